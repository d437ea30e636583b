"""Time, drawn: the steps of a road, the episodes of a life abroad, the history list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.painting import CENTRE, box, hairline, smooth, text, tick, width_of
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QPaintEvent


class StepState(Enum):
    """How far a step is."""

    DONE = "selesai"
    CURRENT = "sedang"
    LATER = "nanti"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a road.

    Attributes:
        words: one or two lines.
        state: how far it is.
    """

    words: str
    state: StepState


class StepLine(QWidget):
    """Steps from left to right: disc with tick, lamp ring, empty ring.

    Args:
        steps: up to a dozen.
    """

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setFixedHeight(68)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show another road."""
        self._steps = tuple(steps)
        told = "; ".join(f"{one.words} {one.state.value}" for one in self._steps)
        self.setAccessibleName(t("Langkah: {told}").format(told=told))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for narrow words."""
        return QSize(56 * len(self._steps), 68)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line, discs and words."""
        if not self._steps:
            return
        painter = smooth(self)
        step = self.width() / len(self._steps)
        for place, one in enumerate(self._steps):
            middle = QPointF(step * (place + 0.5), 14)
            if place:
                done = self._steps[place - 1].state is StepState.DONE
                painter.setPen(QPen(QColor(Hue.LEAF if done else Hue.HAIR_2), 2))
                painter.drawLine(QPointF(middle.x() - step + 13, 14), QPointF(middle.x() - 13, 14))
            _paint_disc(painter, middle, one.state)
            _paint_words(painter, middle, step, one)


def _paint_disc(painter: QPainter, middle: QPointF, state: StepState) -> None:
    if state is StepState.DONE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Hue.LEAF))
        painter.drawEllipse(middle, 10, 10)
        tick(painter, middle, 4.2, Hue.SURFACE, 1.8)
        return
    current = state is StepState.CURRENT
    painter.setPen(QPen(QColor(Hue.LAMP if current else Hue.HAIR_2), 2.5 if current else 2))
    painter.setBrush(QColor(Hue.SURFACE))
    painter.drawEllipse(middle, 9, 9)
    if current:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Hue.LAMP))
        painter.drawEllipse(middle, 4.5, 4.5)


def _paint_words(painter: QPainter, middle: QPointF, step: float, one: Step) -> None:
    current = one.state is StepState.CURRENT
    later = one.state is StepState.LATER
    colour = Hue.INK if current else Hue.INK_3 if later else Hue.INK_2
    face = font(12, 600 if current else 400)
    words = one.words.split()
    lines = [one.words]
    if width_of(one.words, face) > step - 4 and len(words) > 1:
        half = min(
            range(1, len(words)),
            key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))),
        )
        lines = [" ".join(words[:half]), " ".join(words[half:])]
    for number, line in enumerate(lines):
        room = QRectF(middle.x() - step / 2 - 2, 29 + 17 * number, step + 4, 17)
        text(painter, room, line, face, colour, CENTRE)


@dataclass(frozen=True, slots=True)
class Episode:
    """One stay abroad.

    Attributes:
        title: country.
        under: work and length.
        start: year with fraction (2014.2).
        end: the same; planned episodes end in the future.
        is_planned: dashed, not begun.
    """

    title: str
    under: str
    start: float
    end: float
    is_planned: bool = False


class EpisodeBar(QWidget):
    """Stays abroad on an axis of years, with a line for today.

    Args:
        episodes: in any order.
        today: year with fraction.
    """

    def __init__(
        self,
        episodes: Sequence[Episode] = (),
        today: float = 2026.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._episodes: tuple[Episode, ...] = ()
        self._today = today
        self.setFixedHeight(84)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_episodes(episodes, today)

    def set_episodes(self, episodes: Sequence[Episode], today: float) -> None:
        """Show another life."""
        self._episodes, self._today = tuple(episodes), today
        told = "; ".join(
            f"{one.title} {int(one.start)}-{int(one.end)}, {one.under}" for one in self._episodes
        )
        self.setAccessibleName(t("Perjalanan migrasi: {told}").format(told=told))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for a few years."""
        return QSize(300, 84)

    def _span(self) -> tuple[float, float]:
        starts = [one.start for one in self._episodes] + [self._today]
        ends = [one.end for one in self._episodes] + [self._today]
        first, last = min(starts) - 0.6, max(ends) + 0.3
        return (first, max(last, first + 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axis, episodes and today."""
        painter = smooth(self)
        first, last = self._span()
        scale = (self.width() - 1) / (last - first)
        hairline(painter, 0, 58, self.width(), Hue.HAIR_2)
        every = 1 if last - first <= 8 else 2 if last - first <= 24 else 5
        today_x = (self._today - first) * scale
        for year in range(int(first) + 1, int(last) + 1):
            x = (year - first) * scale
            if year % every == 0 and 18 < x < self.width() - 18 and abs(x - today_x) > 44:
                painter.fillRect(QRectF(x, 58, 1, 5), QColor(Hue.HAIR_2))
                text(painter, QRectF(x - 24, 64, 48, 18), str(year), font(12), Hue.INK_3, CENTRE)
        for one in sorted(self._episodes, key=lambda each: each.start):
            left = (one.start - first) * scale
            wide = max(14.0, (one.end - one.start) * scale)
            _paint_episode(painter, one, QRectF(left, 4, wide, 46))
        painter.fillRect(QRectF(today_x, 0, 1.5, 62), QColor(Hue.BRICK))
        room = QRectF(min(today_x - 4, self.width() - 48), 64, 60, 18)
        text(painter, room, t("hari ini"), font(12, 600), Hue.BRICK)


def _paint_episode(painter: QPainter, one: Episode, area: QRectF) -> None:
    if one.is_planned:
        pen = QPen(QColor(Hue.SOGA), 1.4, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(Hue.SOGA_GROUND))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)
    else:
        box(painter, area, 5, Hue.DEW_HOVER)
        box(painter, QRectF(area.left(), area.top(), 4, area.height()), 2, Hue.LEAF)
    colour = Hue.SOGA if one.is_planned else Hue.LEAF
    wide = max(width_of(one.title, font(13, 600)), width_of(one.under, font(12))) + 2
    inner = area.adjusted(14, 0, -6, 0)
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    if wide > inner.width() and one.is_planned and area.left() > wide + 8:
        inner = QRectF(area.left() - wide - 8, area.top(), wide, area.height())
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    upper = QRectF(inner.left(), area.top() + 4, inner.width(), 20)
    text(painter, upper, one.title, font(13, 600), colour, align)
    text(painter, upper.translated(0, 19), one.under, font(12), Hue.INK_2, align)
