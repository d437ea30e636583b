"""Blocks that papers are composed of: letterheads, combs, tick boxes, signatures, marks.

Measures are those of the paper study, §1-§2; each was copied twice and still read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Paragraph, Table

from desmigratif_desktop.documents import styles
from desmigratif_desktop.documents.pen import GUIDE_GREY, Pen, fit_size, too_long
from desmigratif_desktop.documents.sheets import MM, Sheet
from desmigratif_desktop.documents.styles import BOLD, ITALIC, REGULAR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desmigratif_desktop.documents.facts import Office

CELL_WIDTH, CELL_HEIGHT, CELL_GAP = 5.0, 6.0, 1.6
NIK_GROUPS = (6, 6, 4)
TICK_SIDE = 3.4
MOST_STRETCH = 0.9
"""Spaces of a justified line may grow by this share (1.9 times the normal space)."""
BARE_TABLE = (
    ("FONTNAME", (0, 0), (-1, -1), REGULAR), ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
)  # fmt: skip
"""Every table needs a font name of its own, or an unembedded one slips into the file."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """One signature block.

    Attributes:
        lines: place and date, then capacity lines, top to bottom.
        name: printed bold and underlined; empty = dots in brackets.
        below: NIP or NIPD line.
    """

    lines: tuple[str, ...]
    name: str = ""
    below: str = ""


def village_letterhead(pen: Pen, office: Office, emblem: bytes | None = None) -> float:
    """Draw the village's kop surat; give back the y of its thin rule."""
    left, right = pen.sheet.letter_left, pen.sheet.letter_end
    middle, room = (left + right) / 2, right - left - 46
    upper = (office.regency_line, f"{office.subdistrict_term} {office.subdistrict}")
    first = f"PEMERINTAH {upper[0].upper()}"
    second = upper[1].upper()
    size = min(_shrunk(one, BOLD, 13, room, 9, "office") for one in (first, second))
    pen.text(middle, 16.6, first, size, BOLD, align="centre", tracking=0.2)
    pen.text(middle, 22.7, second, size, BOLD, align="centre", tracking=0.2)
    third = f"{office.village_term} {office.village}".upper()
    size = _shrunk(third, BOLD, 17, room, 11, "office")
    pen.text(middle, 29.9, third, size, BOLD, align="centre", tracking=0.2)
    lines = [one for one in (office.address, office.contact) if one]
    size = min((_shrunk(one, REGULAR, 8.5, room, 7, "office") for one in lines), default=8.5)
    for y, line in zip((35.3, 39.5), lines, strict=False):
        pen.text(middle, y, line, size, align="centre")
    if emblem:
        pen.image(emblem, left + 1, 16.8, 18, 23)
    pen.rule(left, right, 42.9, 2.0)
    pen.rule(left, right, 44.05, 0.6)
    return 44.05


def post_letterhead(pen: Pen, office: Office, emblem: bytes | None = None) -> float:
    """Draw the service post's kop at the left; give back the y of its thin rule."""
    left, right = pen.sheet.left, pen.sheet.end
    text_x = left + 18 if emblem else left
    room = right - text_x
    if emblem:
        pen.image(emblem, left, 10.8, 14, 18)
    post = office.post_name.upper()
    pen.text(text_x, 15.2, post, _shrunk(post, BOLD, 12.5, room, 9, "office"), BOLD, tracking=0.2)
    address = " · ".join(one for one in (office.address, office.contact) if one)
    fitting = fit_size(office.place_line, REGULAR, 9, room, 7.5)
    if fitting:
        lines, size = [office.place_line, address], fitting
    else:
        halves = styles.balanced_lines(office.place_line, REGULAR, 8, room, 2)
        lines, size = [*(halves or [office.place_line]), address], 8.0
    y = 20.3 if fitting else 19.6
    for line in (one for one in lines if one):
        pen.text(text_x, y, line, _shrunk(line, REGULAR, size, room, 5, "office"))
        y += 4.4 if fitting else 3.7
    pen.rule(left, right, 31.0, 2.0)
    pen.rule(left, right, 32.15, 0.6)
    return 32.15


def footer(pen: Pen, left_text: str, right_text: str, *, letter: bool = False) -> None:
    """Draw the footer line with the paper's name and "Halaman 1 dari 2"."""
    left = pen.sheet.letter_left if letter else pen.sheet.left
    right = pen.sheet.letter_end if letter else pen.sheet.end
    y = pen.sheet.footer_y
    pen.rule(left, right, y, 0.3)
    pen.text(left, y + 3.5, left_text, 7)
    pen.text(right, y + 3.5, right_text, 7, align="right")


def section(pen: Pen, y: float, letter: str, title: str, note: str = "") -> None:
    """Draw a section's rule at y with its letter, title and note under it."""
    left, right = pen.sheet.left, pen.sheet.end
    pen.rule(left, right, y, 1.0)
    pen.text(left, y + 4.4, letter, 10, BOLD)
    pen.text(left + 6, y + 4.4, title, 10, BOLD)
    if note:
        pen.text(right, y + 4.4, note, 8, ITALIC, align="right")


def comb(
    pen: Pen, x: float, baseline: float, text: str | None, groups: Sequence[int] = NIK_GROUPS
) -> float:
    """Draw cells for one letter each, in groups; give back the x where they end."""
    top = baseline - 4.25
    letters = iter((text or "").ljust(sum(groups)))
    for count in groups:
        pen.box(x, top, CELL_WIDTH * count, CELL_HEIGHT, 0.7)
        for place in range(count):
            if place:
                line_x = x + CELL_WIDTH * place
                pen.segment(line_x, top, line_x, top + CELL_HEIGHT, 0.7)
            letter = next(letters)
            if letter != " ":
                middle = x + CELL_WIDTH * (place + 0.5)
                pen.text(middle, baseline + 0.1, letter, 10.5, align="centre")
        x += CELL_WIDTH * count + CELL_GAP
    return x - CELL_GAP


def tick_box(pen: Pen, x: float, baseline: float, ticked: bool) -> None:  # noqa: FBT001
    """Draw a tick box standing on a baseline; the tick is two lines, not a glyph."""
    top = baseline - 2.95
    pen.box(x, top, TICK_SIDE, TICK_SIDE, 0.7)
    if ticked:
        pen.polyline(((x + 0.7, top + 1.7), (x + 1.4, top + 2.6), (x + 2.8, top + 0.8)), 1.2)


def choice(pen: Pen, x: float, baseline: float, label: str, ticked: bool) -> None:  # noqa: FBT001
    """Draw a tick box with its word."""
    tick_box(pen, x, baseline, ticked)
    pen.text(x + 5.0, baseline, label, 8.5)


def guide_box(  # noqa: PLR0917 - a place and a size
    pen: Pen, left: float, top: float, width: float, height: float, caption: Sequence[str],
    size: float = 7,
) -> None:  # fmt: skip
    """Draw a dashed box for what is put there by hand, with grey words in its middle."""
    pen.box(left, top, width, height, 0.5, 0.2, dash=(2, 2))
    pitch = size * 0.48
    y = top + height / 2 - pitch * (len(caption) - 1) / 2 + size * 0.12
    for line in caption:
        pen.text(left + width / 2, y, line, size, align="centre", grey=GUIDE_GREY)
        y += pitch


def photo_box(pen: Pen, left: float, top: float, photo: bytes | None = None) -> None:
    """Draw the place of a 3 x 4 photo, or the photo."""
    if photo:
        pen.image(photo, left, top, 30, 40)
        pen.box(left, top, 30, 40, 0.5)
    else:
        guide_box(pen, left, top, 30, 40, ("Pas foto", "3 × 4 cm"), 8)


def thumb_box(pen: Pen, left: float, top: float, height: float = 28) -> None:
    """Draw the place of a thumbprint for who cannot sign."""
    caption = ("Cap jempol kiri", "bila tidak dapat", "menandatangani")
    guide_box(pen, left, top, 22, height, caption)


def duty_stamp_box(pen: Pen, centre: float, capacity_y: float) -> None:
    """Draw the place of the meterai so that the signature crosses it."""
    guide_box(pen, centre - 34, capacity_y + 3, 30, 20, ("Meterai", "Rp10.000"), 8)


def signature(
    pen: Pen, centre: float, y: float, who: Signatory, *, space: float = 28, width: float = 70,
    size: float = 10.5, field: str = "name",
) -> float:  # fmt: skip
    """Draw a signature block; give back the y of its last line.

    Args:
        pen: draws.
        centre: x of the block's middle.
        y: baseline of the first line.
        who: the lines and the name.
        space: from the last capacity line to the name.
        width: that lines and name may take.
        size: of the type.
        field: named when the name is too long.
    """
    for line in who.lines:
        fits = fit_size(line, REGULAR, size, width)
        parts = [line] if fits else styles.balanced_lines(line, REGULAR, 8, width, 2) or [line]
        for up, part in enumerate(reversed(parts)):
            pen.text(centre, y - up * 3.2, part, fits or 8, align="centre")
        y += 4.6
    y += space - 4.6
    if not who.name:
        pen.text(centre - 22, y, "(", 10.5, align="centre")
        pen.text(centre + 22, y, ")", 10.5, align="centre")
        pen.dots(centre - 20.2, centre + 20.2, y + 0.5)
    for line, fitting in _name_lines(who.name, size, width, field):
        wide = pen.text(centre, y, line, fitting, BOLD, align="centre")
        pen.rule(centre - wide / 2, centre + wide / 2, y + 1.2, 0.6)
        y += size * 0.45
    if who.below:
        pen.text(centre, y + 0.2, who.below, size - 1, align="centre")
        y += size * 0.45
    return y - size * 0.45


def practice_marks(pen: Pen) -> None:
    """Mark a paper of the practice village: it is not valid."""
    corner_box(pen, "LATIHAN · TIDAK BERLAKU")
    pen.outline(pen.sheet.width / 2 + 1, pen.sheet.height / 2, "LATIHAN", 104, 38)


def corner_box(pen: Pen, words: str) -> None:
    """Draw the box at the upper right margin that says what this copy is."""
    right = pen.sheet.end
    size = _shrunk(words, BOLD, 8, right - 12, 6, "reason")
    wide = styles.width_mm(words, BOLD, size) + 4
    pen.box(right - wide, 4.6, wide, 5.4, 0.7)
    pen.text(right - 2, 8.3, words, size, BOLD, align="right")


def field_list(
    rows: Sequence[tuple[str, str]], *, size: float, leading: float, width: float,
    indent: float = 10, colon: float = 47, bold_first: bool = True,
) -> Flowable:  # fmt: skip
    """Make the list of labels, colons in a column of their own, and values that wrap.

    Args:
        rows: label and value as plain text.
        size: of the type.
        leading: line pitch in points.
        indent: of the labels.
        colon: from a label to its colon.
        bold_first: whether the first value, the name, is bold.
        width: of the text column, in millimetres; indent and colon too.
    """
    style = styles.cell_style(size, leading)
    cells = [
        [
            Paragraph(styles.plain(label), style),
            Paragraph(":", style),
            Paragraph(styles.bold(value) if bold_first and not n else styles.plain(value), style),
        ]
        for n, (label, value) in enumerate(rows)
    ]
    columns = [colon * MM, 3.2 * MM, (width - indent - colon - 3.2) * MM]
    table = Table(cells, columns, style=list(BARE_TABLE), hAlign="RIGHT")
    table.spaceBefore = 2
    return table


def paragraph(text: str, style: ParagraphStyle, width: float) -> Flowable:
    """Make a justified paragraph; ragged when a line would be stretched too far.

    Args:
        text: plain text, escaped here.
        style: justified.
        width: of the column, in millimetres.
    """
    made: Any = Paragraph(styles.plain(text), style)
    made.wrap(width * MM, 10_000)
    space = pdfmetrics.stringWidth(" ", style.fontName, style.fontSize)
    for line in made.blPara.lines[:-1]:
        spare, words = (
            (line[0], len(line[1]))
            if isinstance(line, tuple)
            else (line.extraSpace, line.wordCount)
        )
        if words > 1 and spare / (words - 1) > MOST_STRETCH * space:
            ragged = ParagraphStyle("ragged", style, alignment=TA_LEFT)
            return Paragraph(styles.plain(text), ragged)
    return Paragraph(styles.plain(text), style)


def letter_title(pen: Pen, y: float, title: str, number: str) -> None:
    """Draw a letter's title, underlined as long as its text, and its number."""
    middle = (pen.sheet.letter_left + pen.sheet.letter_end) / 2
    room = pen.sheet.letter_end - pen.sheet.letter_left
    size = _shrunk(title, BOLD, 13, room, 9, "title")
    wide = pen.text(middle, y, title, size, BOLD, align="centre", tracking=0.3)
    pen.rule(middle - wide / 2, middle + wide / 2, y + 1.3, 0.9)
    if number:
        line = f"Nomor : {number}"
        pen.text(middle, y + 6.6, line, _shrunk(line, REGULAR, 11, room, 8, "number"),
                 align="centre")  # fmt: skip


def _shrunk(  # noqa: PLR0917 - measures
    text: str, face: str, size: float, room: float, least: float, field: str
) -> float:
    fitting = fit_size(text, face, size, room, least)
    if fitting is None:
        raise too_long(field)
    return fitting


def _name_lines(name: str, size: float, width: float, field: str) -> list[tuple[str, float]]:
    if not name:
        return []
    fitting = fit_size(name, BOLD, size, width, size - 1)
    if fitting:
        return [(name, fitting)]
    for small, most in ((size, 2), (size - 1, 2), (size - 1, 3), (8.0, 3), (8.0, 4)):
        lines = styles.balanced_lines(name, BOLD, small, width, most)
        if lines:
            return [(line, small) for line in lines]
    raise too_long(field)


class Drawn(Flowable):
    """A drawn block inside a flowing paper: a signature pair, a photo and its neighbours."""

    def __init__(self, width: float, height: float, draw: Callable[[Pen], None]) -> None:
        """Take a drawing of fixed size, in millimetres from its own top left."""
        super().__init__()
        self.sheet = Sheet("block", width, height)
        self.drawing = draw

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Tell platypus the size."""
        return self.sheet.points

    def draw(self) -> None:
        """Draw at the place platypus found."""
        self.drawing(Pen(self.canv, self.sheet))
