"""Empty pages: a small line drawing, one sentence, one line, one or two actions."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.painting import box, smooth
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent


class Drawing(Enum):
    """Which drawing stands above the sentence."""

    PORCH = "porch"
    SEARCH = "search"
    PAPER = "paper"
    DONE = "done"


class _Picture(QWidget):
    """160 x 112: dew ellipse, leaf strokes, one stroke of the lamp."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self._drawing = drawing
        self.setFixedSize(160, 112)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Hue.DEW))
        painter.drawEllipse(QPointF(80, 56), 56, 52)
        pen = QPen(QColor(Hue.LEAF), 2.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        paint = {
            Drawing.PORCH: _porch, Drawing.SEARCH: _search, Drawing.PAPER: _paper,
            Drawing.DONE: _done,
        }[self._drawing]  # fmt: skip
        paint(painter, pen)


def _porch(painter: QPainter, pen: QPen) -> None:
    painter.setBrush(QColor(Hue.LAMP))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(80, 30), 12, 12)
    painter.setPen(pen)
    painter.setBrush(QColor(Hue.DEW))
    roof = QPainterPath(QPointF(36, 74))
    for x, y in ((60, 60), (64, 48), (96, 48), (100, 60), (124, 74)):
        roof.lineTo(x, y)
    painter.drawPath(roof)
    painter.drawLine(QPointF(48, 68), QPointF(48, 92))
    painter.drawLine(QPointF(112, 68), QPointF(112, 92))
    painter.drawRect(QRectF(71, 74, 18, 18))
    painter.drawLine(QPointF(34, 92), QPointF(126, 92))


def _lines(painter: QPainter, left: float, tops: Sequence[tuple[float, float]]) -> None:
    painter.setPen(QPen(QColor(Hue.DEW_LINE), 2.2))
    for top, wide in tops:
        painter.drawLine(QPointF(left, top), QPointF(left + wide, top))


def _search(painter: QPainter, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(QColor(Hue.SURFACE))
    painter.drawRoundedRect(QRectF(40, 30, 80, 54), 5, 5)
    _lines(painter, 52, ((44, 30), (57, 44), (70, 24)))
    painter.setPen(pen)
    painter.drawEllipse(QPointF(108, 72), 17, 17)
    painter.drawLine(QPointF(120, 84), QPointF(132, 96))
    painter.setPen(QPen(QColor(Hue.LAMP), 3))
    painter.drawLine(QPointF(102, 72), QPointF(114, 72))


def _paper(painter: QPainter, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(QColor(Hue.SURFACE))
    painter.drawRoundedRect(QRectF(54, 18, 54, 74), 4, 4)
    _lines(painter, 64, ((34, 34), (46, 34), (58, 22)))
    painter.setPen(QPen(QColor(Hue.LAMP), 3))
    painter.drawLine(QPointF(64, 76), QPointF(84, 76))


def _done(painter: QPainter, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(QColor(Hue.SURFACE))
    painter.drawEllipse(QPointF(80, 56), 32, 32)
    thick = QPen(QColor(Hue.LAMP), 4)
    thick.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(thick)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(66, 57), QPointF(76, 67), QPointF(95, 46)])


class EmptyState(QWidget):
    """A calm page without content.

    Args:
        sentence: 18/600 ("Belum ada layanan hari ini").
        line: 14 px below it.
        drawing: which picture.
        actions: one or two buttons; the primary last.
        raised: stands a little above the middle, for whole pages.
    """

    def __init__(
        self,
        sentence: str,
        line: str = "",
        drawing: Drawing = Drawing.PORCH,
        actions: Sequence[QWidget] = (),
        *,
        raised: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(6)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Picture(drawing), 0, middle)
        column.addSpacing(8)
        self._sentence = PlainLabel(sentence, 18, 600, wrap=True)
        self._line = PlainLabel(line, 14, 400, Hue.INK_2, wrap=True)
        for label in (self._sentence, self._line):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        if not line:
            self._line.hide()
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for action in actions:
            row.addWidget(action)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3 if raised else 2)
        self.setAccessibleName(f"{sentence}. {line}".strip())

    def set_words(self, sentence: str, line: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self.setAccessibleName(f"{sentence}. {line}".strip())


class Bones(QWidget):
    """Grey bones of a coming list, shown after 0.3 seconds of waiting.

    Args:
        rows: how many.
    """

    def __init__(self, rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setFixedHeight(36 * rows)
        self.setMinimumWidth(160)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint discs and bars."""
        painter = smooth(self)
        for row in range(self._rows):
            top = 36.0 * row
            box(painter, QRectF(0, top + 4, 26, 26), 13, Hue.HAIR)
            room = self.width() - 38
            first, second = (0.55, 0.8), (0.43, 0.71)
            share = first if row % 2 == 0 else second
            box(painter, QRectF(38, top + 7, room * share[0], 8), 4, Hue.HAIR)
            box(painter, QRectF(38, top + 20, room * share[1], 7), 3.5, Hue.SUNKEN)
