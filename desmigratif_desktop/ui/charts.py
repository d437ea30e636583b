"""Small charts with their numbers written; each names itself for screen readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.ui.painting import CENTRE, RIGHT, box, hairline, smooth, text
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QPaintEvent


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a stacked bar.

    Attributes:
        words: what it counts.
        count: how many.
        colour: a token of `Hue`.
    """

    words: str
    count: int
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        words: below the bar.
        count: how many; None when it was not recorded (a dashed gap, not a zero).
        is_now: the running period: leaf instead of the paler green, words in bold.
    """

    words: str
    count: int | None
    is_now: bool = False


class StackedBar(QWidget):
    """One bar of parts, and below it each part with its number.

    Args:
        slices: from left to right.
        says: what it shows, before the numbers in the accessible text.
    """

    def __init__(
        self, slices: Sequence[Slice] = (), says: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._slices: tuple[Slice, ...] = ()
        self._says = says
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_slices(slices)

    def set_slices(self, slices: Sequence[Slice]) -> None:
        """Show other numbers."""
        self._slices = tuple(slices)
        told = "; ".join(f"{one.words} {format_number(one.count)}" for one in self._slices)
        self.setAccessibleName(f"{self._says}: {told}" if self._says else told)
        self.setFixedHeight(26 + 21 * len(self._slices))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a usual line."""
        return QSize(280, self.height())

    def minimumSizeHint(self) -> QSize:
        """Room for short words."""
        return QSize(200, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint bar and legend."""
        painter = smooth(self)
        total = sum(one.count for one in self._slices)
        left = 0.0
        shown = [one for one in self._slices if one.count]
        if not total:
            box(painter, QRectF(0, 0, self.width(), 16), 3, Hue.SUNKEN, Hue.HAIR_2)
        room = self.width() - 2 * max(0, len(shown) - 1)
        for one in shown:
            wide = max(3.0, room * one.count / total)
            box(painter, QRectF(left, 0, min(wide, self.width() - left), 16), 3, one.colour)
            left += wide + 2
        top = 26.0
        for one in self._slices:
            box(painter, QRectF(0, top + 4, 10, 10), 2, one.colour)
            line = QRectF(20, top, self.width() - 80, 20)
            text(painter, line, one.words, font(13), Hue.INK_2)
            number = QRectF(self.width() - 60, top, 60, 20)
            text(painter, number, format_number(one.count), font(13, 600), Hue.INK, RIGHT)
            top += 21


class BarChart(QWidget):
    """Upright bars with their numbers above and words below.

    Args:
        bars: from left to right.
        says: what it shows, before the numbers in the accessible text.
    """

    def __init__(
        self, bars: Sequence[Bar] = (), says: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._says = says
        self.setFixedHeight(104)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other numbers."""
        self._bars = tuple(bars)
        told = "; ".join(
            f"{one.words} {t('tidak tercatat') if one.count is None else format_number(one.count)}"
            for one in self._bars
        )
        self.setAccessibleName(f"{self._says}: {told}" if self._says else told)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for the words below."""
        return QSize(36 * max(1, len(self._bars)), 104)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint bars, numbers and words."""
        if not self._bars:
            return
        painter = smooth(self)
        floor = self.height() - 24.0
        step = self.width() / len(self._bars)
        most = max((one.count or 0 for one in self._bars), default=0) or 1
        hairline(painter, 0, floor, self.width(), Hue.HAIR_2)
        for place, one in enumerate(self._bars):
            self._paint_bar(painter, one, place * step, step, floor=floor, most=most)

    def _paint_bar(
        self, painter: QPainter, one: Bar, left: float, step: float, *, floor: float, most: int
    ) -> None:
        wide = min(22.0, step * 0.56)
        middle = left + step / 2
        high = 20.0 if one.count is None else max(2.0, (floor - 20) * one.count / most)
        area = QRectF(middle - wide / 2, floor - high, wide, high)
        number = "–" if one.count is None else format_number(one.count)
        if one.count is None:
            pen = QPen(QColor(Hue.EDGE), 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, 0), 3, 3)
        else:
            box(painter, area, 3, Hue.LEAF if one.is_now else Hue.CHART_2)
            box(painter, area.adjusted(0, max(0, high - 3), 0, 0), 0,
                Hue.LEAF if one.is_now else Hue.CHART_2)  # fmt: skip
        weight = 600 if one.is_now else 400
        over = QRectF(left - 8, floor - high - 18, step + 16, 16)
        text(painter, over, number, font(12, weight), Hue.INK if one.is_now else Hue.INK_2, CENTRE)
        under = QRectF(left - 2, floor + 4, step + 4, 18)
        colour = Hue.INK if one.is_now else Hue.INK_2
        text(painter, under, one.words, font(12, weight), colour, CENTRE)
