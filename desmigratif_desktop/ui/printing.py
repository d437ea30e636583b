"""Printing: the page's own picture in printer dots, 1:1 on the sheet, nothing scaled.

Source: stack §1.5; DESIGN §5 (pypdfium2 raster at printer resolution on QPrinter).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from desmigratif_desktop.foundation.errors import PaperNotWrittenError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.pdf_pages import PdfPages
from desmigratif_desktop.ui.theme import font

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

MOST_DPI = 600
"""More makes letters no better and a page of F4 four times as large."""


class Paper(Enum):
    """Papers of a village office: name, width and height in millimetres."""

    F4 = ("F4", 215.0, 330.0)
    A4 = ("A4", 210.0, 297.0)
    FOLIO = ("Folio", 216.0, 330.0)

    @property
    def label(self) -> str:
        """The name on the packet."""
        return str(self.value[0])

    @property
    def size(self) -> QSizeF:
        """Upright, in millimetres."""
        return QSizeF(self.value[1], self.value[2])

    @property
    def words(self) -> str:
        """Spell "215 × 330 mm"."""
        return f"{self.value[1]:.0f} × {self.value[2]:.0f} mm"


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What the officer decided in the print dialog.

    Attributes:
        printer: its name; empty prints to `pdf_to`.
        paper: sheet in the tray.
        copies: how many.
        pdf_to: file instead of a printer.
        mark: words at the upper edge of each page ("Cetak ulang ke-1").
    """

    printer: str = ""
    paper: Paper = Paper.F4
    copies: int = 1
    pdf_to: Path | None = None
    mark: str = ""


def paper_of(size_mm: QSizeF) -> Paper | None:
    """The paper a page was made for; None for another size."""
    upright = QSizeF(min(size_mm.width(), size_mm.height()), max(size_mm.width(), size_mm.height()))
    for paper in Paper:
        gap = max(
            abs(paper.size.width() - upright.width()), abs(paper.size.height() - upright.height())
        )
        if gap < 0.9:
            return paper
    return None


def printer_names() -> tuple[str, ...]:
    """Printers this laptop knows, the usual one first."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - loaded on first print

    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return tuple(sorted(names, key=lambda name: (name != usual, name)))


def make_printer(order: PrintOrder, *, landscape: bool) -> QPrinter:
    """A printer set to the sheet's full page, without margins and without scaling."""
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - loaded on first print

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if order.printer:
        printer.setPrinterName(order.printer)
    else:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(order.pdf_to or ""))
    printer.setResolution(min(printer.resolution(), MOST_DPI))
    printer.setFullPage(True)
    match = QPageSize.SizeMatchPolicy.ExactMatch
    size = QPageSize(order.paper.size, QPageSize.Unit.Millimeter, order.paper.label, match)
    if order.paper is Paper.A4:
        size = QPageSize(QPageSize.PageSizeId.A4)
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    if order.printer:
        printer.setCopyCount(max(1, order.copies))
    return printer


def print_pdf(pdf: bytes, order: PrintOrder) -> int:
    """Print all pages of a PDF.

    Args:
        pdf: its bytes.
        order: printer, paper, copies.

    Returns:
        Number of pages sent for one copy.

    Raises:
        PaperNotWrittenError: the printer or the file did not take it.
    """
    pages = PdfPages(pdf)
    try:
        first = pages.size_mm(0)
        printer = make_printer(order, landscape=first.width() > first.height())
        painter = QPainter()
        if not painter.begin(printer):
            raise PaperNotWrittenError(
                t("Pencetak tidak menjawab."),
                t("Periksa kabel dan dayanya, atau simpan dahulu sebagai PDF."),
            )
        for page in range(len(pages)):
            if page:
                printer.newPage()
            painter.drawImage(0, 0, pages.picture(page, printer.resolution(), grey=True))
            draw_mark(painter, order.mark, pages.size_mm(page).width(), printer.resolution())
        if not painter.end():
            raise PaperNotWrittenError(
                t("Pencetakan terhenti."), t("Periksa kertas dan pencetak, lalu cetak lagi.")
            )
        return len(pages)
    finally:
        pages.close()


def draw_mark(painter: QPainter, mark: str, width_mm: float, dpi: float) -> None:
    """Write the reprint mark over the page; the kept bytes never change."""
    if not mark:
        return
    face = font(round(9 / 72 * dpi), italic=True)
    painter.setFont(face)
    painter.setPen(Qt.GlobalColor.black)
    right = (width_mm - 12) / 25.4 * dpi
    metrics_width = painter.fontMetrics().horizontalAdvance(mark)
    painter.drawText(round(right - metrics_width), round(8 / 25.4 * dpi), mark)


def save_pdf(pdf: bytes, target: Path) -> None:
    """Keep the bytes as they are.

    Raises:
        PaperNotWrittenError: the place cannot be written.
    """
    try:
        target.write_bytes(pdf)
    except OSError as wrong:
        raise PaperNotWrittenError(
            t("Berkas PDF tidak dapat disimpan di tempat itu."),
            t("Pilih folder lain, atau periksa ruang kosongnya."),
        ) from wrong
