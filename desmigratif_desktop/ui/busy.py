"""Waiting: bones over 0.3 seconds, a bar with count and *Hentikan* over 2 seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.buttons import Button, Kind, Size
from desmigratif_desktop.ui.labels import ElidedLabel
from desmigratif_desktop.ui.painting import CENTRE, box, smooth, text
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

TRACK = "#E3DED1"


class ProgressBar(QWidget):
    """A bar of 6 px.

    Args:
        percent: 0 to 100.
    """

    def __init__(self, percent: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._percent = percent
        self.setFixedHeight(8)
        self.setMinimumWidth(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_percent(percent)

    def set_percent(self, percent: int) -> None:
        """Show another share."""
        self._percent = max(0, min(100, percent))
        self.setAccessibleName(t("{n} persen selesai").format(n=self._percent))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint track and share."""
        painter = smooth(self)
        track = QRectF(0, 1, self.width(), 6)
        box(painter, track, 3, TRACK)
        if self._percent:
            wide = max(6.0, self.width() * self._percent / 100)
            box(painter, QRectF(0, 1, wide, 6), 3, Hue.LEAF)


class ProgressRing(QWidget):
    """A ring of 80 px with the percent in its middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._percent = 0
        self.setFixedSize(80, 80)
        self.set_percent(0)

    def set_percent(self, percent: int) -> None:
        """Show another share."""
        self._percent = max(0, min(100, percent))
        self.setAccessibleName(t("{n} persen selesai").format(n=self._percent))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ring and number."""
        painter = smooth(self)
        area = QRectF(4, 4, 72, 72)
        pen = QPen(QColor(TRACK), 6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(area, 0, 360 * 16)
        pen.setColor(QColor(Hue.LEAF))
        painter.setPen(pen)
        if self._percent:
            painter.drawArc(area, 90 * 16, -round(360 * 16 * self._percent / 100))
        text(painter, QRectF(self.rect()), f"{self._percent}%", font(18, 600), Hue.INK, CENTRE)


class Progress(QWidget):
    """What is done, how much is left, a bar, and a way to stop.

    Args:
        title: 14/600 ("Mengimpor 6.000 warga").
        can_stop: shows *Hentikan*.

    Signals:
        stop_asked(): *Hentikan* or Esc.
    """

    stop_asked = Signal()

    def __init__(self, title: str, *, can_stop: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        line = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = ElidedLabel(title, 14, 600)
        self._under = ElidedLabel("", 13, 400, Hue.INK_2)
        words.addWidget(self._title)
        words.addWidget(self._under)
        line.addLayout(words, 1)
        self._stop = Button(t("Hentikan"), Kind.SECONDARY, key="Esc", size=Size.SMALL)
        self._stop.clicked.connect(self._on_stop)
        if not can_stop:
            self._stop.hide()
        line.addWidget(self._stop)
        column.addLayout(line)
        self._bar = ProgressBar()
        column.addWidget(self._bar)

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self.stop_asked.emit()

    def show_progress(self, done: int, total: int, words: str = "") -> None:
        """Tell how far it is."""
        self._bar.set_percent(100 * done // total if total else 0)
        if words:
            self._under.setText(words)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)

    def sizeHint(self) -> QSize:
        """Room for a usual title."""
        return QSize(360, super().sizeHint().height())
