"""Who changed what, when, from which laptop: grouped by day, old value struck through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.badges import Avatar, Badge
from desmigratif_desktop.ui.buttons import link
from desmigratif_desktop.ui.cards import Card, Hairline
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import ElidedLabel, PlainLabel, plain_tip
from desmigratif_desktop.ui.painting import smooth, text, width_of
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an act.

    Attributes:
        field: its label.
        old: the value before; empty when there was none.
        new: the value after; empty when it was emptied.
    """

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One act.

    Attributes:
        act: its id, sent by `undo_asked`.
        time: "09.12".
        who: name of the officer.
        where: "laptop ini · belum terkirim".
        changes: its fields.
        note: the officer's words; empty for none.
        may_undo: offers *Kembalikan*.
        badge: words and tone at the right instead; None for none.
        is_mine: the officer at work (lamp disc).
    """

    act: bytes
    time: str
    who: str
    where: str
    changes: tuple[Change, ...]
    note: str = ""
    may_undo: bool = False
    badge: tuple[str, Tone] | None = None
    is_mine: bool = False


class ChangeLine(QWidget):
    """Name of a field, old value struck through, arrow, new value.

    Args:
        change: what it shows.
    """

    def __init__(self, change: Change, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change = change
        self.setFixedHeight(22)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        old, new = change.old or t("kosong"), change.new or t("kosong")
        told = t("{field}: dari {old} menjadi {new}").format(field=change.field, old=old, new=new)
        self.setAccessibleName(told)
        self.setToolTip(plain_tip(told))

    def minimumSizeHint(self) -> QSize:
        """Room for some letters of each."""
        return QSize(260, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter = smooth(self)
        change = self._change
        names = min(176.0, self.width() * 0.36)
        text(painter, QRectF(0, 0, names - 8, 22), change.field, font(13), Hue.INK_2)
        left = names
        strong = font(13, 600)
        if change.old or change.new:
            before = font(13)
            before.setStrikeOut(bool(change.old))
            words = change.old or t("kosong")
            room = max(40.0, self.width() - left - min(width_of(change.new, strong), 160) - 40)
            left += text(painter, QRectF(left, 0, room, 22), words, before, Hue.INK_3) + 8
            draw_icon(painter, "right", Hue.INK_3, left, 4, 14)
            left += 24
        after = change.new or t("kosong")
        text(painter, QRectF(left, 0, self.width() - left, 22), after, strong, Hue.INK)


class HistoryList(QWidget):
    """Acts in cards by day.

    Signals:
        undo_asked(bytes): *Kembalikan* of an act.
    """

    undo_asked = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)

    def set_days(self, days: Sequence[tuple[str, Sequence[HistoryItem]]]) -> None:
        """Show other acts: pairs of day ("Hari ini, 19 November 2026") and its acts."""
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for day, acts in days:
            self._put(PlainLabel(day, 13, 600, Hue.INK_2))
            card = Card(lined=True)
            card.body.setSpacing(0)
            for number, act in enumerate(acts):
                if number:
                    card.add(Hairline())
                card.add(self._row(act))
            self._put(card)

    def _put(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)

    def _row(self, act: HistoryItem) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(20, 12, 20, 12)
        line.setSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        time = PlainLabel(act.time, 14, 600)
        time.setMinimumWidth(44)
        line.addWidget(time, 0, top)
        who = QVBoxLayout()
        who.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(Avatar(act.who, 24, Tone.LAMP if act.is_mine else Tone.STONE))
        first.addWidget(ElidedLabel(act.who, 13, 600), 1)
        who.addLayout(first)
        who.addWidget(ElidedLabel(act.where, 12, 400, Hue.INK_3))
        who.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(176)
        holder.setLayout(who)
        who.setContentsMargins(0, 0, 0, 0)
        line.addWidget(holder, 0, top)
        line.addLayout(self._changes(act), 1)
        if act.badge is not None:
            line.addWidget(Badge(*act.badge), 0, top)
        elif act.may_undo:
            undo = link(t("Kembalikan"), icon="undo")
            undo.clicked.connect(lambda _on=False, act=act.act: self.undo_asked.emit(act))
            line.addWidget(undo, 0, top)
        return row

    def _changes(self, act: HistoryItem) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        for change in act.changes:
            column.addWidget(ChangeLine(change))
        if act.note:
            column.addWidget(PlainLabel(act.note, 12, 400, Hue.INK_2, wrap=True))
        column.addStretch(1)
        return column
