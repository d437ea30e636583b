"""Icons of the house: own line drawings, coloured and cached for each screen density."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desmigratif_desktop.foundation.paths import resource
from desmigratif_desktop.ui.theme import Hue

THICK_UNDER = 18
"""Icons drawn smaller than this get a heavier line so that they stay legible."""


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def _stroke(size: int) -> str:
    return "1.75" if size >= THICK_UNDER else "2.2" if size >= 16 else "2.6"


@lru_cache(maxsize=512)
def icon_pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Draw an icon once for a screen density.

    Args:
        name: file name in `resources/icons` without ending ("print").
        colour: "#RRGGBB" put into the drawing.
        size: logical pixels of its square.
        ratio: device pixels per logical pixel.
    """
    text = _source(name).replace("currentColor", colour)
    text = text.replace('stroke-width="1.75"', f'stroke-width="{_stroke(size)}"')
    edge = max(1, round(size * ratio))
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def draw_icon(  # noqa: PLR0917 - name, colour, place and size at each call
    painter: QPainter, name: str, colour: str, x: float, y: float, size: int
) -> None:
    """Put an icon at a place, as sharp as the painter's device allows."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(round(x), round(y)), icon_pixmap(name, colour, size, ratio))


def icon(name: str, colour: str = Hue.INK_2, size: int = 20, ratio: float = 1.0) -> QIcon:
    """An icon for menus and windows."""
    return QIcon(icon_pixmap(name, colour, size, ratio))
