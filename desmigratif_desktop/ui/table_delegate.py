"""Paints the cells of all tables: one delegate, few kinds, no grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desmigratif_desktop.ui.badges import paint_badge, paint_meter
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.painting import (
    CENTRE,
    LEFT,
    RIGHT,
    box,
    hairline,
    ring,
    text,
    tick,
    width_of,
)
from desmigratif_desktop.ui.table_model import CELL_ROLE, Cell, CellKind
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
SHEET_PADDING = 24


class CellDelegate(QStyledItemDelegate):
    """Hairline below each row, dew and a leaf bar for the selected one.

    Args:
        row_height: 44; attendance 40, worklist 64.
        first_padding: distance of the first column from the edge.
        cell_focus: rings the current cell (attendance) instead of the row.
    """

    def __init__(
        self,
        row_height: int = 44,
        first_padding: int = SHEET_PADDING,
        *,
        cell_focus: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._height, self._first, self._cell_focus = row_height, first_padding, cell_focus

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Height of a row."""
        return QSize(60, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, hairline and content."""
        area = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        ground = Hue.DEW if selected else Hue.SURFACE
        painter.fillRect(area.adjusted(0, 0, 1, 0), QColor(ground))
        if selected and index.column() == 0:
            painter.fillRect(QRectF(area.left(), area.top(), 3, area.height()), QColor(Hue.LEAF))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hairline(painter, area.left(), area.bottom() - 1, area.right() + 1)
        left = self._first if index.column() == 0 else 0
        inner = area.adjusted(left, 0, -10, -1)
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            self._paint_cell(painter, inner, cell)
            focused = option.state & QStyle.StateFlag.State_HasFocus
            if self._cell_focus and focused:
                ring(painter, QRectF(area.center().x() - 23, area.center().y() - 17, 46, 34), 8)
        else:
            _paint_bone(painter, inner, index.row() + index.column())
        painter.restore()

    def _paint_cell(self, painter: QPainter, area: QRectF, cell: Cell) -> None:
        kind = cell.kind
        if kind in (CellKind.NAME, CellKind.TWO_LINES):
            _paint_lines(painter, area, cell)
        elif kind is CellKind.MASKED:
            colour = cell.tone.value.text if cell.tone else Hue.INK_2
            text(painter, area, cell.text, font(13, spacing=1), colour)
        elif kind is CellKind.BADGE:
            if cell.text:
                middle = area.center().y() - 11
                tone = cell.tone or Tone.STONE
                paint_badge(painter, area.left(), middle, cell.text, tone, icon=cell.icon)
        elif kind is CellKind.METER:
            if cell.total:
                paint_meter(painter, area, cell.done, cell.total)
            else:
                text(painter, area, "–", font(13), Hue.INK_2)
        elif kind is CellKind.MARK:
            _paint_mark(painter, area, cell)
        elif kind is CellKind.SHARE:
            _paint_share(painter, area, cell)
        elif kind is CellKind.ACTION:
            _paint_action(painter, area, cell)
        else:
            _paint_word(painter, area, cell)


def _paint_word(painter: QPainter, area: QRectF, cell: Cell) -> None:
    strong = cell.kind in (CellKind.STRONG, CellKind.MONEY)
    at_right = cell.kind in (CellKind.NUMBER, CellKind.MONEY)
    colour = cell.tone.value.text if cell.tone else Hue.INK if strong else Hue.INK_2
    face = font(14 if cell.kind is CellKind.STRONG else 13, 600 if strong else 400)
    text(painter, area, cell.text, face, colour, RIGHT if at_right else LEFT)


def _paint_lines(painter: QPainter, area: QRectF, cell: Cell) -> None:
    name = cell.kind is CellKind.NAME
    face = font(14 if name else 13, 600 if name else 400)
    room = QRectF(area.left(), area.top(), area.width(), area.height())
    if cell.under:
        room = QRectF(area.left(), area.center().y() - 18, area.width(), 19)
        text(painter, room.translated(0, 18), cell.under, font(12), Hue.INK_3)
    metrics = QFontMetricsF(face)
    for start, length in cell.hits:
        left = area.left() + metrics.horizontalAdvance(cell.text[:start])
        wide = metrics.horizontalAdvance(cell.text[start : start + length])
        if left < area.right():
            high = metrics.height() + 1
            behind = QRectF(left - 1, room.center().y() - high / 2, wide + 2, high)
            box(painter, behind.intersected(area), 3, Hue.HIT)
    text(painter, room, cell.text, face, cell.tone.value.text if cell.tone else Hue.INK)


def _paint_mark(painter: QPainter, area: QRectF, cell: Cell) -> None:
    cap = QRectF(area.center().x() - 13, area.center().y() - 11, 36, 22)
    if not cell.text and not cell.icon:
        box(painter, cap, 5, Hue.SURFACE, Hue.EDGE)
    elif cell.icon == "check":
        box(painter, cap, 5, Hue.DEW)
        tick(painter, QPointF(cap.center().x(), cap.center().y()), 4, Hue.LEAF, 1.8)
    elif cell.tone is None:
        text(painter, cap, cell.text, font(13), Hue.INK_3, CENTRE)
    else:
        box(painter, cap, 5, cell.tone.value.ground)
        text(painter, cap, cell.text, font(12, 700), cell.tone.value.text, CENTRE)


def _paint_share(painter: QPainter, area: QRectF, cell: Cell) -> None:
    track = QRectF(area.left(), area.center().y() - 3, 64, 6)
    box(painter, track, 3, Hue.HAIR)
    enough = cell.done >= cell.total
    filled = QRectF(track.left(), track.top(), max(6.0, 64 * min(cell.done, 100) / 100), 6)
    box(painter, filled, 3, Hue.LEAF if enough else Hue.SOGA)
    if cell.total:
        notch = track.left() + 64 * cell.total / 100
        painter.fillRect(QRectF(notch, track.top() - 3, 1, 12), QColor(Hue.INK_3))
    room = area.adjusted(72, 0, 0, 0)
    text(painter, room, f"{cell.done} %", font(13, 600), Hue.INK)


def _paint_action(painter: QPainter, area: QRectF, cell: Cell) -> None:
    if not cell.text:
        return
    face = font(13, 600)
    wide = width_of(cell.text, face)
    left = max(area.left(), area.right() - wide - 22)
    text(painter, QRectF(left, area.top(), wide + 1, area.height()), cell.text, face, Hue.INK_2)
    draw_icon(painter, "right", Hue.INK_2, left + wide + 6, area.center().y() - 8, 16)


def _paint_bone(painter: QPainter, area: QRectF, seed: int) -> None:
    wide = min(area.width(), 40 + seed * 37 % 70)
    box(painter, QRectF(area.left(), area.center().y() - 4, wide, 8), 4, Hue.SUNKEN)


def find_hits(words: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a query begin a word of a text: ranges for `Cell.hits`.

    Args:
        words: the text shown.
        query: what was typed ("sit nur").
    """
    low = words.casefold()
    if len(low) != len(words):
        return ()
    found: list[tuple[int, int]] = []
    for part in query.casefold().split():
        at = low.find(part)
        while at >= 0 and at and low[at - 1].isalnum():
            at = low.find(part, at + 1)
        if at >= 0:
            found.append((at, len(part)))
    return tuple(sorted(set(found)))
