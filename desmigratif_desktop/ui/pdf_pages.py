"""PDF pages as pictures, through pypdfium2 (loaded when the first paper is shown)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from desmigratif_desktop.foundation.errors import PaperNotWrittenError
from desmigratif_desktop.foundation.language import t

POINTS_PER_INCH = 72.0
MM_PER_POINT = 25.4 / POINTS_PER_INCH


class PdfPages:
    """An open PDF; used from the GUI thread only, since PDFium has one thread.

    Args:
        pdf: its bytes.

    Raises:
        PaperNotWrittenError: the bytes are no PDF that can be read.
    """

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2  # noqa: PLC0415 - loaded with the first paper

        try:
            self._document: Any = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as wrong:
            raise PaperNotWrittenError(
                t("Berkas PDF ini tidak dapat dibaca."), t("Buat lagi berkas itu, lalu coba lagi.")
            ) from wrong

    def __len__(self) -> int:
        return len(self._document)

    def size_mm(self, page: int) -> QSizeF:
        """Size of a page in millimetres."""
        width, height = self._document[page].get_size()
        return QSizeF(width * MM_PER_POINT, height * MM_PER_POINT)

    def size_points(self, page: int) -> QSizeF:
        """Size of a page in points."""
        return QSizeF(*self._document[page].get_size())

    def picture(self, page: int, dpi: float, *, grey: bool = False) -> QImage:
        """A page as a picture.

        Args:
            page: from 0.
            dpi: dots per inch.
            grey: 8 bit grey for printers, so that codes keep hard edges.
        """
        bitmap = self._document[page].render(
            scale=dpi / POINTS_PER_INCH, grayscale=grey, rev_byteorder=True
        )
        formats = {
            "L": QImage.Format.Format_Grayscale8,
            "RGB": QImage.Format.Format_RGB888,
            "RGBX": QImage.Format.Format_RGBX8888,
            "RGBA": QImage.Format.Format_RGBA8888,
            "BGR": QImage.Format.Format_BGR888,
        }
        raw = bytes(bitmap.buffer)
        shape = formats[bitmap.mode]
        picture = QImage(raw, bitmap.width, bitmap.height, bitmap.stride, shape).copy()
        bitmap.close()
        return picture

    def close(self) -> None:
        """Let the memory go."""
        self._document.close()
