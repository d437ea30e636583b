"""The desk: a PDF as paper, with zoom, before it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.buttons import Button, Kind, Size, ghost
from desmigratif_desktop.ui.cards import Hairline
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.painting import shadow, smooth
from desmigratif_desktop.ui.pdf_pages import PdfPages
from desmigratif_desktop.ui.printing import draw_mark, paper_of
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

SCREEN_DPI = 96.0
MARGIN = 24
ZOOMS = (25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300)
KEPT_PICTURES = 4


class _Sheets(QWidget):
    """The pages one below the other; a page is drawn when it comes into sight."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: PdfPages | None = None
        self.percent = 100
        self.mark = ""
        self._kept: dict[tuple[int, int], QImage] = {}

    def show_pages(self, pages: PdfPages | None) -> None:
        self.pages = pages
        self._kept.clear()
        self.set_percent(self.percent)

    def page_size(self, page: int) -> QSize:
        if self.pages is None:
            return QSize(0, 0)
        points = self.pages.size_points(page)
        scale = SCREEN_DPI / 72 * self.percent / 100
        return QSize(round(points.width() * scale), round(points.height() * scale))

    def set_percent(self, percent: int) -> None:
        self.percent = percent
        count = len(self.pages) if self.pages is not None else 0
        sizes = [self.page_size(page) for page in range(count)]
        high = sum(size.height() + MARGIN for size in sizes) + MARGIN
        wide = max((size.width() for size in sizes), default=0) + 2 * MARGIN
        self.setMinimumSize(wide, high)
        self.resize(max(wide, self.width()), high)
        self.update()

    def areas(self) -> list[QRectF]:
        top = float(MARGIN)
        found: list[QRectF] = []
        for page in range(len(self.pages) if self.pages is not None else 0):
            size = self.page_size(page)
            left = max(float(MARGIN), (self.width() - size.width()) / 2)
            found.append(QRectF(left, top, size.width(), size.height()))
            top += size.height() + MARGIN
        return found

    def _picture(self, page: int) -> QImage:
        ratio = self.devicePixelRatioF()
        key = (page, round(self.percent * ratio))
        picture = self._kept.get(key)
        if picture is None and self.pages is not None:
            picture = self.pages.picture(page, SCREEN_DPI * self.percent / 100 * ratio)
            while len(self._kept) >= KEPT_PICTURES:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = picture
        return picture if picture is not None else QImage()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.fillRect(event.rect(), QColor(Hue.DESK))
        for page, area in enumerate(self.areas()):
            if not area.adjusted(-10, -10, 10, 10).intersects(QRectF(event.rect())):
                continue
            shadow(painter, area, 1, 8, 3)
            painter.fillRect(area, QColor(Hue.SURFACE))
            painter.drawImage(area, self._picture(page))
            if self.mark and self.pages is not None:
                painter.save()
                painter.translate(area.topLeft())
                width = self.pages.size_mm(page).width()
                draw_mark(painter, self.mark, width, SCREEN_DPI * self.percent / 100)
                painter.restore()


class PaperView(QWidget):
    """Tool bar and desk.

    Signals:
        zoomed(int): percent.
    """

    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(t("Pratinjau kertas"))
        self._pages: PdfPages | None = None
        self._fit = "width"
        self._sheets = _Sheets()
        self._percent = PlainLabel("100 %", 13, 600, Hue.INK_2)
        self._percent.setMinimumWidth(48)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._about = PlainLabel("", 13, 400, Hue.INK_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tool_bar())
        column.addWidget(Hairline(Hue.HAIR_2))
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(t("Pratinjau kertas"))
        self._scroll.setWidget(self._sheets)
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.verticalScrollBar().valueChanged.connect(self._tell_page)
        column.addWidget(self._scroll, 1)
        QShortcut(QKeySequence("Ctrl+0"), self, self.fit_page)
        QShortcut(QKeySequence.StandardKey.ZoomIn, self, lambda: self.step_zoom(1))
        QShortcut(QKeySequence.StandardKey.ZoomOut, self, lambda: self.step_zoom(-1))

    def _tool_bar(self) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 20, 0)
        row.setSpacing(4)
        less = Button("", Kind.GHOST, icon="minus", size=Size.SMALL, says=t("Perkecil"))
        more = Button("", Kind.GHOST, icon="plus", size=Size.SMALL, says=t("Perbesar"))
        wide = ghost(t("Lebar"), size=Size.SMALL)
        whole = ghost(t("Satu halaman"), size=Size.SMALL)
        less.clicked.connect(lambda: self.step_zoom(-1))
        more.clicked.connect(lambda: self.step_zoom(1))
        wide.clicked.connect(self.fit_width)
        whole.clicked.connect(self.fit_page)
        for one in (less, self._percent, more, wide, whole):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self._about)
        return bar

    def show_pdf(self, pdf: bytes, mark: str = "") -> None:
        """Lay a PDF on the desk; replaces the one before.

        Args:
            pdf: its bytes.
            mark: words over each page ("Cetak ulang ke-1").

        Raises:
            PaperNotWrittenError: the bytes are no PDF.
        """
        pages = PdfPages(pdf)
        self.clear()
        self._pages = pages
        self._sheets.mark = mark
        self._sheets.show_pages(pages)
        self._refit()
        self._tell_page()

    def clear(self) -> None:
        """Take the paper away and free its memory."""
        self._sheets.show_pages(None)
        if self._pages is not None:
            self._pages.close()
            self._pages = None
        self._about.setText("")

    def percent(self) -> int:
        """The zoom."""
        return self._sheets.percent

    def fit_width(self) -> None:
        """As wide as the desk."""
        self._fit = "width"
        self._refit()

    def fit_page(self) -> None:
        """A whole page at once."""
        self._fit = "page"
        self._refit()

    def step_zoom(self, step: int) -> None:
        """One step larger or smaller."""
        self._fit = ""
        now = self._sheets.percent
        if step > 0:
            wanted = next((one for one in ZOOMS if one > now), ZOOMS[-1])
        else:
            wanted = next((one for one in reversed(ZOOMS) if one < now), ZOOMS[0])
        self._set_percent(wanted)

    def _refit(self) -> None:
        if self._pages is None or not self._fit:
            return
        points = self._pages.size_points(0)
        desk = self._scroll.viewport()
        across = (desk.width() - 2 * MARGIN) / (points.width() * SCREEN_DPI / 72)
        down = (desk.height() - 2 * MARGIN) / (points.height() * SCREEN_DPI / 72)
        share = min(across, 1.25) if self._fit == "width" else min(across, down)
        self._set_percent(max(ZOOMS[0], min(ZOOMS[-1], int(share * 100))))

    def _set_percent(self, percent: int) -> None:
        self._sheets.set_percent(percent)
        self._percent.setText(f"{percent} %")
        self.zoomed.emit(percent)

    def _tell_page(self) -> None:
        if self._pages is None:
            return
        middle = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() / 2
        areas = self._sheets.areas()
        here = next((n for n, one in enumerate(areas) if one.bottom() >= middle), len(areas) - 1)
        size = self._pages.size_mm(here)
        paper = paper_of(size)
        name = f"{paper.label} " if paper else ""
        spelled = (
            paper.words
            if paper and size.width() < size.height()
            else (f"{size.width():.0f} × {size.height():.0f} mm")
        )
        words = t("Halaman {n} dari {all} · {paper}")
        self._about.setText(words.format(n=here + 1, all=len(areas), paper=name + spelled))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._refit()
        self._tell_page()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the desk behind the bar."""
        QPainter(self).fillRect(self.rect(), QColor(Hue.DESK))
