"""The opening picture: volcano, sun, ridges, terraces and the porch, in flat colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.painting import box, smooth
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

WIDE = 440
GROUND = 768.0


class OpeningPicture(QWidget):
    """The left third of first run and sign-in.

    Args:
        title: 28/600.
        under: 14 px below it.
    """

    def __init__(self, title: str, under: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 40, 40, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(_Logo())
        head.addWidget(PlainLabel("Desmigratif Desktop", 16, 600, Hue.CREAM))
        head.addStretch(1)
        column.addLayout(head)
        column.addSpacing(30)
        self._title = PlainLabel(title, 28, 600, Hue.CREAM, wrap=True)
        self._under = PlainLabel(under, 14, 400, Hue.MIST, wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._under)
        column.addStretch(1)

    def set_words(self, title: str, under: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._under.setText(under)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint from the sky down."""
        painter = smooth(self)
        painter.fillRect(self.rect(), QColor(Hue.PINE))
        painter.translate(0, self.height() - GROUND)
        painter.setPen(Qt.PenStyle.NoPen)
        _sky(painter)
        _ridges(painter, self.width())
        _terraces(painter, self.width())
        _porch(painter)


class _Logo(QWidget):
    """The logo on a raised square."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(48, 48)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        box(painter, QRectF(self.rect()), 10, "#1E4D42")
        draw_icon(painter, "logo", Hue.CREAM, 0, 0, 48)


def _sky(painter: QPainter) -> None:
    painter.setBrush(QColor("#27432F"))
    painter.drawEllipse(QPointF(308, 407), 84, 84)
    painter.setBrush(QColor(Hue.LAMP))
    painter.drawEllipse(QPointF(308, 407), 38, 38)
    painter.setBrush(QColor("#1E5548"))
    cone = QPainterPath(QPointF(0, 540))
    cone.cubicTo(50, 500, 85, 440, 119, 393)
    cone.lineTo(150, 393)
    cone.cubicTo(180, 430, 215, 470, 270, 495)
    cone.lineTo(270, 560)
    cone.lineTo(0, 560)
    painter.drawPath(cone)


def _ridge(painter: QPainter, colour: str, start: QPointF, curves: tuple[float, ...]) -> None:
    path = QPainterPath(start)
    for place in range(0, len(curves), 6):
        path.cubicTo(*curves[place : place + 6])
    path.lineTo(path.currentPosition().x(), GROUND + 400)
    path.lineTo(start.x(), GROUND + 400)
    painter.setBrush(QColor(colour))
    painter.drawPath(path)


def _ridges(painter: QPainter, width: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    _ridge(
        painter, "#236152", QPointF(0, 511),
        (60, 509, 90, 494, 150, 492, 240, 490, 230, 463, 310, 461, 370, 460, 390, 443, width, 442),
    )  # fmt: skip
    _ridge(
        painter, "#1D5144", QPointF(0, 530),
        (70, 530, 110, 545, 170, 541, 230, 536, 250, 503, 320, 503, 370, 503, 400, 511, width, 511),
    )  # fmt: skip
    _ridge(
        painter, "#164136", QPointF(0, 603),
        (80, 600, 120, 588, 190, 594, 260, 600, 330, 607, 380, 606, 400, 606, 420, 606, width, 606),
    )  # fmt: skip


def _terraces(painter: QPainter, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number in range(7):
        top = 648 + number * 19.5
        line = QColor("#B9CCC4")
        line.setAlpha(max(16, 104 - number * 15))
        painter.setPen(QPen(line, 1.4))
        path = QPainterPath(QPointF(0, top + 3))
        path.cubicTo(120, top - 8, 200, top + 14, 300, top + 6)
        path.cubicTo(370, top + 1, 410, top - 2, width, top - 6)
        painter.drawPath(path)


def _porch(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(Hue.PINE_DEEP))
    painter.drawRect(QRectF(73, 570, 92, 30))
    painter.setBrush(QColor(Hue.LAMP))
    painter.drawRect(QRectF(110, 576, 18, 24))
    pen = QPen(QColor(Hue.CREAM), 3)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(Hue.PINE_DEEP))
    roof = QPainterPath(QPointF(51, 570))
    for x, y in ((87, 552), (100, 530), (138, 530), (151, 552), (187, 570), (51, 570)):
        roof.lineTo(x, y)
    painter.drawPath(roof)
    for x in (65, 89, 149, 173):
        painter.drawLine(QPointF(x, 572), QPointF(x, 600))
    painter.drawLine(QPointF(45, 601), QPointF(193, 601))
