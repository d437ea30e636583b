"""Small strokes shared by all painted widgets: boxes, rings, shadows, key caps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QWidget

KEY_CAP = 18
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
KEY_WORDS = {
    "Return": "↵", "Enter": "↵", "Down": "↓", "Up": "↑", "Right": "→", "Left": "←",
    "Space": "Spasi", "Backspace": "⌫",
}  # fmt: skip


def smooth(widget: QWidget) -> QPainter:
    """Open a painter with soft edges on a widget."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: str | None,
    line: str | None = None,
    *,
    width: float = 1.0,
) -> None:
    """Paint a rounded box whose border lies inside the rectangle."""
    half = width / 2 if line else 0.0
    painter.setPen(QPen(QColor(line), width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def ring(painter: QPainter, rect: QRectF, radius: float = 8, colour: str = Hue.LEAF) -> None:
    """Paint the focus ring just inside the rectangle."""
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def hairline(painter: QPainter, x1: float, y: float, x2: float, colour: str = Hue.HAIR) -> None:
    """Paint one crisp horizontal line; antialiasing off so that 125 % shows no seam."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(QRectF(x1, y, x2 - x1, 1), QColor(colour))
    painter.restore()


def text(  # noqa: PLR0917 - one line of text needs place, face and colour at each call
    painter: QPainter,
    rect: QRectF,
    words: str,
    face: QFont,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Paint one line, cut with dots when it does not fit; returns the width used."""
    painter.setFont(face)
    painter.setPen(QColor(colour))
    metrics = QFontMetricsF(face)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.drawText(rect, int(align) | int(Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)


def width_of(words: str, face: QFont) -> float:
    """Width of one line in logical pixels."""
    return QFontMetricsF(face).horizontalAdvance(words)


def shadow(painter: QPainter, rect: QRectF, radius: float, layers: int = 16, drop: int = 6) -> None:
    """Paint a soft shadow of rounded rectangles with falling alpha."""
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(layers, 0, -1):
        alpha = 1 + round(4 * (1 - step / layers))
        painter.setBrush(QColor(11, 41, 35, alpha))
        grown = rect.adjusted(-step, -step + drop, step, step + drop)
        painter.drawRoundedRect(grown, radius + step, radius + step)


def key_text(key: str, join: str = " ") -> str:
    """Spell a key for a cap: "Ctrl+Return" becomes "Ctrl ↵"."""
    return join.join(KEY_WORDS.get(part, part) for part in key.split("+"))


def key_face() -> QFont:
    """The face of key caps; the smallest that is ever used."""
    return font(11, 600)


def key_width(words: str) -> float:
    """Width of a key cap with these words."""
    return max(20.0, round(width_of(words, key_face()) + 12))


def key_cap(
    painter: QPainter,
    x: float,
    y: float,
    words: str,
    *,
    text_colour: str = Hue.INK_2,
    line: str = Hue.HAIR_2,
    fill: str | None = Hue.SURFACE,
) -> float:
    """Paint one key cap with its top left corner at a place; returns its width."""
    wide = key_width(words)
    rect = QRectF(x, y, wide, KEY_CAP)
    box(painter, rect, 4, fill, line)
    text(painter, rect, words, key_face(), text_colour, CENTRE)
    return wide


def tick(painter: QPainter, centre: QPointF, reach: float, colour: str, pen: float = 2.0) -> None:
    """Paint a check mark around a point."""
    stroke = QPen(QColor(colour), pen)
    stroke.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroke.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(stroke)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y = centre.x(), centre.y()
    painter.drawPolyline(
        [
            QPointF(x - reach, y + reach * 0.1),
            QPointF(x - reach * 0.3, y + reach * 0.75),
            QPointF(x + reach, y - reach * 0.7),
        ]
    )
