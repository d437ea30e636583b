"""Two entries side by side: for each row the officer chooses what is right, by digit or mouse.

Source: picture 06b.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.radar.comparing import NEW, OLD
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.buttons import Area, secondary
from desmigratif_desktop.ui.cards import Hairline
from desmigratif_desktop.ui.dialogs import Dialog
from desmigratif_desktop.ui.labels import PlainLabel, plain_tip
from desmigratif_desktop.ui.painting import box, ring, smooth, text, tick, width_of
from desmigratif_desktop.ui.section_form import scrolled
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from desmigratif_desktop.people.radar.comparing import CompareRow

WIDE, LABEL, ROW = 800, 120, 48


class _Side(Area):
    """One value of a row: disc and words; a tick where both agree."""

    def __init__(self, words: str, says: str, *, agrees: bool, empty: str) -> None:
        super().__init__(f"{says}: {words or empty}")
        self._words, self._agrees, self._is_empty = words or empty, agrees, not words
        self.setCheckable(True)
        self.setEnabled(not agrees)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(ROW - 8)

    def sizeHint(self) -> QSize:
        """As wide as half the card."""
        return QSize(240, ROW - 8)

    def minimumSizeHint(self) -> QSize:
        """Longer words end in dots; the whole is a tool tip."""
        return QSize(120, ROW - 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the choice."""
        painter = smooth(self)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        chosen = self.isChecked() and not self._agrees
        if chosen:
            box(painter, area, 6, Hue.DEW, Tone.LEAF.value.line)
        elif self.underMouse() and not self._agrees:
            box(painter, area, 6, Hue.HOVER)
        middle = QPointF(24, self.height() / 2)
        if self._agrees:
            tick(painter, middle, 6, Hue.INK_2)
        elif chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(Hue.LEAF))
            painter.drawEllipse(middle, 9, 9)
            painter.setBrush(QColor(Hue.SURFACE))
            painter.drawEllipse(middle, 3.5, 3.5)
        else:
            painter.setPen(QPen(QColor(Hue.EDGE), 1.5))
            painter.setBrush(QColor(Hue.SURFACE))
            painter.drawEllipse(middle, 8.5, 8.5)
        face = font(14, 600 if chosen else 400)
        room = QRectF(43, 0, self.width() - 51, self.height())
        colour = Hue.INK_2 if self._is_empty or self._agrees else Hue.INK
        text(painter, room, self._words, face, colour)
        is_cut = width_of(self._words, face) > room.width()
        self.setToolTip(plain_tip(self._words) if is_cut else "")


class _Row(QWidget):
    """Label, old value, new value.

    Signals:
        moved(int): an arrow key asked for the row before or after.
    """

    moved = Signal(int)

    def __init__(self, row: CompareRow, heads: tuple[str, str]) -> None:
        super().__init__()
        self.row = row
        self.setFixedHeight(ROW)
        self.setAccessibleName(row.label)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        label = PlainLabel(row.label, 13, 400, Hue.INK_2, wrap=True)
        label.setFixedWidth(LABEL)
        line.addWidget(label)
        empty = (t("belum ada"), t("belum diisi"))
        self.sides = tuple(
            _Side(words, f"{row.label}, {head}", agrees=row.agrees, empty=none)
            for words, head, none in zip((row.old, row.new), heads, empty, strict=True)
        )
        for place, side in enumerate(self.sides):
            line.addWidget(side, 1)
            side.clicked.connect(lambda _on=False, way=(OLD, NEW)[place]: self.choose(way))
        if not row.agrees:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.choose(row.proposed)

    @property
    def choice(self) -> int:
        """`OLD` or `NEW`."""
        return NEW if self.sides[1].isChecked() else OLD

    def choose(self, way: int) -> None:
        """Take one side."""
        self.sides[0].setChecked(way == OLD)
        self.sides[1].setChecked(way == NEW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose and go on, arrows choose or walk."""
        key = event.key()
        if key in {Qt.Key.Key_1, Qt.Key.Key_2}:
            self.choose(OLD if key == Qt.Key.Key_1 else NEW)
            self.moved.emit(1)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.choose(OLD if key == Qt.Key.Key_Left else NEW)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring of the row that has the keyboard."""
        if self.hasFocus():
            ring(smooth(self), QRectF(self.rect()).adjusted(LABEL - 6, 2, -1, -2), 8)


class CompareDialog(Dialog):
    """Ask whether two entries are one person, and which of their values is right.

    Args:
        over: any widget of the window.
        rows: of `comparing.compare_rows`.
        heads: words over the two columns, with a remark each.
        outcome: title and sentence of what *ya* does.
        effect: words of the effect; empty is *Ya, satu orang yang sama*.

    Signals:
        told_apart(): *Bukan, tetap dua orang*.
    """

    told_apart = Signal()

    def __init__(
        self,
        over: QWidget,
        rows: Sequence[CompareRow],
        heads: tuple[tuple[str, str], tuple[str, str]],
        outcome: tuple[str, str],
        *,
        effect: str = "",
    ) -> None:
        super().__init__(over, t("Apakah ini orang yang sama?"), icon="radar", width=WIDE)
        self.body.setSpacing(10)
        told = t("Pilih nilai yang benar dengan angka 1 atau 2. Yang tidak dipilih tetap tersimpan"
                 " dalam riwayat.")  # fmt: skip
        self.add(PlainLabel(told, 14, 400, Hue.INK_2, wrap=True))
        self.add(_head(heads))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = [_Row(one, (heads[0][0], heads[1][0])) for one in rows]
        for row in self.rows:
            column.addWidget(Hairline())
            column.addWidget(row)
            row.moved.connect(lambda step, row=row: self._walk(row, step))
        column.addStretch(1)
        area = scrolled(inner)
        room = max(over.window().height() - 24 - 340, 3 * ROW)
        area.setFixedHeight(min(len(self.rows) * (ROW + 1) + 2, room))
        self._area = area
        self.add(area)
        self.add(Band(outcome[0], outcome[1], Tone.LEAF, icon="link"))
        apart = secondary(t("Bukan, tetap dua orang"))
        apart.clicked.connect(self._part)
        self._foot.insertWidget(0, apart)
        self.add_escape()
        self.add_effect(effect or t("Ya, satu orang yang sama"), icon="link")

    def choices(self) -> dict[str, int]:
        """What is chosen, by the first field of each row."""
        return {one.row.fields[0]: one.choice for one in self.rows}

    def _walk(self, row: _Row, step: int) -> None:
        free = [one for one in self.rows if not one.row.agrees]
        place = free.index(row) + step
        if 0 <= place < len(free):
            free[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(free[place])
        elif place >= len(free) and self.effect is not None:
            self.effect.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Open with the keyboard on the first row that wants a choice."""
        free = [one for one in self.rows if not one.row.agrees]
        self.open(free[0] if free else None)

    def _part(self) -> None:
        self.told_apart.emit()
        self.close_overlay()


def _head(heads: tuple[tuple[str, str], tuple[str, str]]) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(LABEL, 4, 0, 0)
    line.setSpacing(0)
    for place, (words, remark) in enumerate(heads):
        cell = QHBoxLayout()
        cell.setContentsMargins(14, 0, 0, 0)
        cell.setSpacing(8)
        cell.addWidget(PlainLabel(f"{place + 1}  {words}", 14, 600))
        cell.addWidget(PlainLabel(remark, 12, 400, Hue.INK_2))
        cell.addStretch(1)
        line.addLayout(cell, 1)
    return holder


__all__ = ["CompareDialog"]
