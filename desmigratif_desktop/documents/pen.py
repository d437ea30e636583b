"""The pen: marks on one page, in millimetres from the top left, as the paper study measures.

Texts are drawn as they stand, never read as markup. A value too wide for its place shrinks,
then takes two lines, then is refused with the name of its field: it is never cut.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from reportlab.lib.utils import ImageReader

from desmigratif_desktop.documents import styles
from desmigratif_desktop.documents.sheets import MM, Sheet
from desmigratif_desktop.documents.styles import BOLD, REGULAR
from desmigratif_desktop.foundation.errors import FieldProblem, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

GUIDE_GREY = 0.35
"""Only for what will be covered: photo, thumb, duty stamp; and for captions of cut lines."""
SMALLEST = 8.0
"""No value smaller than this."""


class Pen:
    """Draws on one page of a canvas.

    Attributes:
        canvas: the page.
        sheet: its size and margins.
    """

    def __init__(self, canvas: Canvas, sheet: Sheet) -> None:
        self.canvas = canvas
        self.sheet = sheet

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x * MM, (self.sheet.height - y) * MM

    def text(
        self, x: float, y: float, text: str, size: float = 10.5, face: str = REGULAR, *,
        align: str = "left", tracking: float = 0, grey: float = 0,
    ) -> float:  # fmt: skip
        """Draw one line with its baseline at y; give back its width in millimetres.

        Args:
            x: where it is aligned.
            y: baseline.
            text: drawn as it stands; runs of blanks become one.
            size: in points.
            face: a font of `styles`.
            tracking: points between letters.
            grey: 0 = black.
            align: "left", "right" or "centre" of x.
        """
        text = " ".join(text.split())
        lost = styles.missing_glyphs(text, face)
        if lost:
            raise unprintable("", lost)
        wide = styles.width_mm(text, face, size, tracking)
        left = x - {"left": 0.0, "right": wide, "centre": wide / 2}[align]
        shape = self.canvas.beginText(*self._at(left, y))
        shape.setFont(face, size)
        shape.setFillGray(grey)
        shape.setCharSpace(tracking)
        shape.textOut(text)
        shape.setCharSpace(0)
        self.canvas.drawText(shape)
        return wide

    def rule(self, left: float, right: float, y: float, weight: float, grey: float = 0) -> None:
        """Draw a horizontal line."""
        self.segment(left, y, right, y, weight, grey)

    def segment(  # noqa: PLR0917 - a place and a size
        self, x1: float, y1: float, x2: float, y2: float, weight: float, grey: float = 0,
        dash: Sequence[float] = (),
    ) -> None:  # fmt: skip
        """Draw a straight line."""
        self.canvas.setDash(list(dash))
        self.canvas.setLineWidth(weight)
        self.canvas.setStrokeGray(grey)
        self.canvas.line(*self._at(x1, y1), *self._at(x2, y2))
        self.canvas.setDash([])

    def box(  # noqa: PLR0917 - a place and a size
        self, left: float, top: float, width: float, height: float, weight: float = 0.7,
        grey: float = 0, dash: Sequence[float] = (),
    ) -> None:  # fmt: skip
        """Draw an empty frame."""
        self.canvas.setDash(list(dash))
        self.canvas.setLineWidth(weight)
        self.canvas.setStrokeGray(grey)
        x, y = self._at(left, top + height)
        self.canvas.rect(x, y, width * MM, height * MM, stroke=1, fill=0)
        self.canvas.setDash([])

    def dots(self, left: float, right: float, baseline: float) -> None:
        """Draw the dotted line for handwriting under a baseline."""
        self.segment(left, baseline + 0.9, right, baseline + 0.9, 1.0, dash=(0.9, 2.1))

    def polyline(self, points: Sequence[tuple[float, float]], weight: float) -> None:
        """Draw connected lines with round ends."""
        path = self.canvas.beginPath()
        path.moveTo(*self._at(*points[0]))
        for one in points[1:]:
            path.lineTo(*self._at(*one))
        self.canvas.setLineWidth(weight)
        self.canvas.setStrokeGray(0)
        self.canvas.setLineCap(1)
        self.canvas.setLineJoin(1)
        self.canvas.drawPath(path, stroke=1, fill=0)
        self.canvas.setLineCap(0)
        self.canvas.setLineJoin(0)

    def circle(self, x: float, y: float, radius: float, weight: float) -> None:
        """Draw an empty circle."""
        self.canvas.setLineWidth(weight)
        self.canvas.setStrokeGray(0)
        self.canvas.circle(*self._at(x, y), radius * MM, stroke=1, fill=0)

    def outline(self, x: float, y: float, text: str, size: float, angle: float) -> None:
        """Draw large hollow letters, centred and turned, that hide nothing under them."""
        self.canvas.saveState()
        self.canvas.translate(*self._at(x, y))
        self.canvas.rotate(angle)
        shape = self.canvas.beginText(-styles.width_mm(text, BOLD, size) * MM / 2, 0)
        shape.setFont(BOLD, size)
        shape.setTextRenderMode(1)
        self.canvas.setStrokeGray(0)
        self.canvas.setLineWidth(1.3)
        shape.textOut(text)
        shape.setTextRenderMode(0)
        self.canvas.drawText(shape)
        self.canvas.restoreState()

    def image(self, png: bytes, left: float, top: float, width: float, height: float) -> None:
        """Draw a picture inside a box, centred, its proportions kept."""
        picture = ImageReader(io.BytesIO(png))
        wide, high = picture.getSize()
        scale = min(width / wide, height / high)
        w, h = wide * scale, high * scale
        x, y = self._at(left + (width - w) / 2, top + (height + h) / 2)
        self.canvas.drawImage(picture, x, y, w * MM, h * MM, mask="auto")

    def qr(self, content: str, left: float, top: float, side: float) -> None:
        """Draw a QR code, level M, as one path; four quiet modules lie inside the side."""
        import segno

        matrix: Any = segno.make(content, error="m", boost_error=False, micro=False).matrix
        count = len(matrix)
        module = side / (count + 8)
        path = self.canvas.beginPath()
        for row, modules in enumerate(matrix):
            for start, end in _runs(modules):
                x, y = self._at(left + (start + 4) * module, top + (row + 5) * module)
                path.rect(x, y, (end - start) * module * MM, module * MM)
        self.canvas.setFillGray(0)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def value(
        self, x: float, y: float, text: str | None, width: float, *, field: str,
        size: float = 10.5, face: str = REGULAR,
    ) -> None:  # fmt: skip
        """Draw a value into its place: shrink, then two small lines, then refuse.

        Args:
            x: left edge.
            y: baseline.
            text: the value; None and blanks draw nothing.
            size: to begin with.
            face: a font of `styles`.
            width: of the place, in millimetres.
            field: named in the refusal.
        """
        line = " ".join((text or "").split())
        if not line:
            return
        fitting = fit_size(line, face, size, width)
        if fitting:
            self.text(x, y, line, fitting, face)
            return
        for small in (SMALLEST, 7.5, 7.0):
            lines = styles.balanced_lines(line, face, small, width, 2)
            if lines:
                self.text(x, y - 2.6, lines[0], small, face)
                self.text(x, y + 0.35, lines[-1], small, face)
                return
        raise too_long(field)


def fit_size(
    text: str, face: str, size: float, width: float, least: float = SMALLEST
) -> float | None:
    """The largest type size, in half points, that holds a text in one line; None if none does."""
    while size >= least:
        if styles.width_mm(text, face, size) <= width:
            return size
        size -= 0.5
    return None


def too_long(field: str) -> InputError:
    """The refusal of a value that does not fit on its paper."""
    message = f"Isian “{field_label(field)}” terlalu panjang untuk kertas ini."
    return InputError(
        (FieldProblem(field, "too_long_for_paper", message),),
        "Pendekkan isian itu, lalu cetak lagi.",
    )


def unprintable(field: str, characters: str) -> InputError:
    """The refusal of characters that the fonts do not have."""
    shown = " ".join(f"“{one}” (U+{ord(one):04X})" for one in characters[:5])
    where = f"Isian “{field_label(field)}”" if field else "Tulisan ini"
    message = f"{where} memuat huruf yang tidak dapat dicetak: {shown}."
    return InputError((FieldProblem(field, "unprintable", message),), "Tulis dengan huruf Latin.")


FIELD_LABELS = {
    "name": "Nama lengkap", "passport_name": "Nama di paspor", "birth_place": "Tempat lahir",
    "address": "Alamat", "dusun": "Dusun", "mother_name": "Nama ibu kandung",
    "father_name": "Nama ayah", "spouse_name": "Nama suami/istri", "officer": "Petugas",
    "occupation": "Jabatan", "agency": "Nama P3MI", "courses": "Pelatihan/kursus",
    "destination_country": "Negara tujuan", "place": "Tempat", "religion": "Agama",
    "recruiter_name": "Sponsor/perekrut", "work_history": "Pengalaman kerja",
    "documents": "Kelengkapan dokumen", "languages": "Bahasa asing",
    "emergency_contact": "Kontak darurat", "heir": "Ahli waris", "caregiver": "Pengasuh anak",
    "office": "Data kantor", "signer_name": "Nama penanda tangan",
}  # fmt: skip
"""The words on screen for fields that a refusal names."""


def field_label(field: str) -> str:
    """The field's words for an officer; its identifier when it has none."""
    return FIELD_LABELS.get(field.partition(".")[0], field)


def _runs(modules: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, dark in enumerate([*modules, 0]):
        if dark and start is None:
            start = index
        elif not dark and start is not None:
            runs.append((start, index))
            start = None
    return runs
