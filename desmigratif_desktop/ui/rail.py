"""The side rail: rooms of the house, the search box, who is at work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.badges import initials, paint_avatar
from desmigratif_desktop.ui.buttons import Area
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import plain_tip
from desmigratif_desktop.ui.painting import (
    CENTRE,
    KEY_CAP,
    box,
    hairline,
    key_cap,
    key_width,
    ring,
    smooth,
    text,
    width_of,
)
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

WIDE = 216
SLIM = 64


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One room in the rail.

    Attributes:
        key: what `chosen` sends.
        words: name of the room.
        icon: icon name.
        locked: shows a padlock at the right.
        at_foot: stands in the lower group.
    """

    key: str
    words: str
    icon: str
    locked: bool = False
    at_foot: bool = False


class RailItem(Area):
    """One line of the rail; the lamp at its left says *here*.

    Args:
        entry: what it shows.
    """

    gives_arrows_up = True

    def __init__(self, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(entry.words, parent)
        self.entry = entry
        self._count = 0
        self._slim = False
        self.setCheckable(True)
        self.setFixedHeight(40)

    def set_count(self, count: int) -> None:
        """Show how much waits there; 0 hides the number."""
        self._count = count
        waiting = t("{n} menunggu").format(n=count)
        self.setAccessibleName(f"{self.entry.words}, {waiting}" if count else self.entry.words)
        self.update()

    def set_slim(self, slim: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Show the icon only; the words become a tool tip."""
        self._slim = slim
        self.setToolTip(plain_tip(self.entry.words) if slim else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the state."""
        painter = smooth(self)
        area = QRectF(self.rect())
        here = self.isChecked()
        if here or self.underMouse():
            box(painter, area, 8, Hue.PINE_RAISED if here else "#1B443A")
        if here:
            painter.setBrush(QColor(Hue.LAMP))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(0, 10, 3, 20), 1.5, 1.5)
        colour = Hue.SURFACE if here else Hue.RAIL_TEXT
        left = (area.width() - 20) / 2 if self._slim else 14
        draw_icon(painter, self.entry.icon, colour, left, 10, 20)
        if self._slim:
            if self._count:
                box(painter, QRectF(area.width() / 2 + 5, 6, 8, 8), 4, Hue.LAMP)
        else:
            self._paint_words(painter, area, colour, here=here)
        if self.hasFocus():
            ring(painter, area, 8, Hue.LAMP)

    def _paint_words(self, painter: QPainter, area: QRectF, colour: str, *, here: bool) -> None:
        right = area.right() - 12
        if self._count:
            number = str(self._count) if self._count < 1000 else "999+"
            wide = max(26.0, width_of(number, font(12, 700)) + 12)
            pill = QRectF(right - wide, 10, wide, 20)
            box(painter, pill, 10, Hue.LAMP)
            text(painter, pill, number, font(12, 700), Hue.PINE_DEEP, CENTRE)
            right = pill.left() - 6
        elif self.entry.locked:
            draw_icon(painter, "lock", Hue.MIST, right - 16, 12, 16)
            right -= 22
        room = QRectF(46, 0, right - 46, area.height())
        text(painter, room, self.entry.words, font(14, 600 if here else 400), colour)


class SearchBox(Area):
    """The box that looks like a field and opens the command palette."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(t("Cari apa saja"), parent)
        self.setFixedHeight(36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint glass, words and key cap."""
        painter = smooth(self)
        area = QRectF(self.rect())
        box(painter, area, 8, Hue.PINE_DEEP, "#3E655B" if self.underMouse() else Hue.PINE_LINE)
        draw_icon(painter, "search", Hue.MIST, 13, 10, 16)
        wide = key_width("Ctrl K")
        room = QRectF(38, 0, area.width() - 38 - wide - 16, area.height())
        text(painter, room, t("Cari apa saja"), font(13), Hue.MIST)
        cap_top = (area.height() - KEY_CAP) / 2
        key_cap(
            painter, area.width() - wide - 10, cap_top, "Ctrl K",
            text_colour=Hue.RAIL_TEXT, line="#4A6B62", fill=None,
        )  # fmt: skip
        if self.hasFocus():
            ring(painter, area, 8, Hue.LAMP)


class _Crest(QWidget):
    """The logo with the village's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.village, self.under = "", ""
        self.slim = False
        self.setFixedHeight(64)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        left = (self.width() - 40) / 2 if self.slim else 16
        box(painter, QRectF(left, 16, 40, 40), 9, Hue.LEAF if self.slim else "#1C4A40")
        draw_icon(painter, "logo", Hue.CREAM, left, 16, 40)
        if not self.slim:
            room = QRectF(68, 15, self.width() - 76, 22)
            text(painter, room, self.village, font(14, 600), Hue.CREAM)
            text(painter, room.translated(0, 20), self.under, font(12), Hue.MIST)


class UserFoot(Area):
    """Who is at work; pressing it locks the application."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(t("Kunci aplikasi"), parent)
        self._name, self._role = "", ""
        self._slim = False
        self.setFixedHeight(52)

    def set_user(self, name: str, role: str) -> None:
        """Show an officer."""
        self._name, self._role = name, role
        self.setAccessibleName(t("{name}, {role}. Kunci aplikasi").format(name=name, role=role))
        self.setToolTip(plain_tip(t("Kunci aplikasi (Ctrl Shift L)")))
        self.update()

    def set_slim(self, slim: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Show the disc only."""
        self._slim = slim
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint disc, name, role and padlock."""
        painter = smooth(self)
        size = 36 if self._slim else 32
        left = (self.width() - size) / 2 if self._slim else 6
        disc = QRectF(left, (self.height() - size) / 2, size, size)
        paint_avatar(painter, disc, initials(self._name), Tone.LAMP)
        if not self._slim:
            room = QRectF(48, 7, self.width() - 84, 20)
            text(painter, room, self._name, font(13, 600), Hue.CREAM)
            text(painter, room.translated(0, 18), self._role, font(12), Hue.MIST)
            draw_icon(painter, "lock", Hue.MIST, self.width() - 28, 18, 16)
        if self.hasFocus():
            ring(painter, QRectF(self.rect()), 8, Hue.LAMP)


class Rail(QWidget):
    """The side bar, 216 wide or 64 with icons only.

    Signals:
        chosen(str): key of the room.
        search_asked(): the search box was pressed.
        lock_asked(): the foot was pressed.
    """

    chosen = Signal(str)
    search_asked = Signal()
    lock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(t("Ruang-ruang"))
        self._items: dict[str, RailItem] = {}
        self._slim = False
        self._crest = _Crest()
        self._search = SearchBox()
        self._foot = UserFoot()
        self._search.clicked.connect(self.search_asked)
        self._foot.clicked.connect(self.lock_asked)
        for one in (self._search, self._foot):
            one.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._upper, self._lower = QVBoxLayout(), QVBoxLayout()
        self._build()
        self.setFixedWidth(WIDE)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 11)
        column.setSpacing(0)
        column.addWidget(self._crest)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 8, 12, 0)
        inner.setSpacing(0)
        inner.addWidget(self._search)
        inner.addSpacing(12)
        for group in (self._upper, self._lower):
            group.setSpacing(2)
            group.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._upper)
        inner.addStretch(1)
        inner.addLayout(self._lower)
        inner.addSpacing(8)
        line = _Line()
        inner.addWidget(line)
        inner.addWidget(self._foot)
        holder = QHBoxLayout()
        holder.addLayout(inner)
        column.addLayout(holder, 1)

    def set_place(self, village: str, under: str) -> None:
        """Show the village's name and the line below it."""
        self._crest.village, self._crest.under = village, under
        self._crest.setAccessibleName(f"{village}, {under}")
        self._crest.update()

    def set_user(self, name: str, role: str) -> None:
        """Show who is at work."""
        self._foot.set_user(name, role)

    def set_entries(self, entries: Sequence[RailEntry]) -> None:
        """Fill the rail anew."""
        for item in self._items.values():
            item.hide()
            item.setParent(None)
            item.deleteLater()
        self._items.clear()
        for entry in entries:
            item = RailItem(entry, self)
            item.set_slim(self._slim)
            item.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            item.clicked.connect(lambda _on=False, key=entry.key: self._on_item(key))
            self._items[entry.key] = item
            (self._lower if entry.at_foot else self._upper).addWidget(item)

    def _on_item(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    def set_current(self, key: str) -> None:
        """Light the lamp of a room."""
        for own, item in self._items.items():
            item.setChecked(own == key)

    def set_count(self, key: str, count: int) -> None:
        """Show how much waits in a room."""
        if key in self._items:
            self._items[key].set_count(count)

    def set_slim(self, slim: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Fold to icons or unfold."""
        if slim == self._slim:
            return
        self._slim = slim
        self._crest.slim = slim
        self._crest.update()
        self._search.setVisible(not slim)
        self._foot.set_slim(slim)
        for item in self._items.values():
            item.set_slim(slim)
        self.setFixedWidth(SLIM if slim else WIDE)

    def focus_first(self) -> None:
        """Bring the keyboard to the rail (F6)."""
        for item in self._items.values():
            if item.isChecked():
                item.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk through the rooms."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        here = QApplication.focusWidget()
        items = list(self._items.values())
        if event.key() in steps and here in items:
            place = (items.index(here) + steps[Qt.Key(event.key())]) % len(items)
            items[place].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """As wide as its form."""
        return QSize(SLIM if self._slim else WIDE, 0)


class _Line(QWidget):
    """A hairline on pine."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        hairline(smooth(self), 0, 0, self.width(), Hue.PINE_LINE)
