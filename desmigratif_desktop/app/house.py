"""The signed-in house: rail, sheet, pages kept alive, keys that work everywhere."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desmigratif_desktop.app.finder import open_finder
from desmigratif_desktop.app.help_texts import open_help
from desmigratif_desktop.app.pages import rooms
from desmigratif_desktop.exchange.status import exchange_status
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.records.actors import Role
from desmigratif_desktop.ui.dialogs import show_error
from desmigratif_desktop.ui.page import HouseFrame

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desmigratif_desktop.app.session import Session
    from desmigratif_desktop.foundation.feature import Screen
    from desmigratif_desktop.records.keys import OfficeLabel

MOST_ALIVE = 3
ROLE_WORDS = {
    Role.PETUGAS: "Petugas", Role.PENANGGUNG_JAWAB: "Penanggung jawab", Role.BENDAHARA: "Bendahara",
    Role.PENGURUS: "Pengurus koperasi", Role.PENGAWAS: "Pengawas",
}  # fmt: skip
Key = tuple[str, object]


class House(QWidget):
    """Everything between sign-in and lock.

    Args:
        session: the sitting.
        label: the post as the sign-in page knows it.

    Signals:
        lock_asked(): Ctrl Shift L, or the padlock.
    """

    lock_asked = Signal()

    def __init__(self, session: Session, label: OfficeLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rooms = rooms(session.actor)
        self._alive: OrderedDict[Key, Screen] = OrderedDict()
        self._trail: list[Key] = []
        self._here: Key | None = None
        self._frame = HouseFrame()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._frame)
        self._fill_rail(label)
        context = session.context
        context.navigate = self.go
        context.announce = self._announce
        context.window = self.window
        context.parts |= {
            "session": session,
            "back": self.back,
            "leave_to": self.leave_to,
            "label": label,
            "lock": self.lock_asked.emit,
        }
        session.jobs.failed.connect(self._on_failed)
        session.board.posted.connect(self._on_notice)
        self._bind_keys()
        self._count_unsent()

    def _fill_rail(self, label: OfficeLabel) -> None:
        rail = self._frame.rail
        rail.set_place(label.title, t("Latihan") if label.practice else t("Pos Desmigratif"))
        rail.set_user(self._session.actor.name, t(ROLE_WORDS[self._session.actor.role]))
        rail.set_entries([one.entry for one in self._rooms.values() if one.entry is not None])
        rail.chosen.connect(self.go)
        rail.search_asked.connect(self._find)
        rail.lock_asked.connect(self.lock_asked)

    def _bind_keys(self) -> None:
        for key, act in (
            ("Ctrl+K", self._find),
            ("F2", lambda: self.go("people")),
            ("F9", self._exchange),
            ("Ctrl+N", lambda: self.go("migration_services.choose")),
            ("Ctrl+Shift+L", self.lock_asked.emit),
            ("F6", self._frame.rail.focus_first),
            ("F1", self._help),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)

    def go(self, key: str, subject: object = None) -> None:
        """Open a page, unless the one here has something unsaved and stays."""
        if key not in self._rooms or not self._may_leave():
            return
        if self._here is not None and self._here != (key, subject):
            self._trail.append(self._here)
        self._open((key, subject))

    def back(self) -> None:
        """Go to the page before."""
        if not self._may_leave():
            return
        if self._here is not None and self._here[0].endswith((".form", ".register")):
            self._forget(self._here)
        self._open(self._trail.pop() if self._trail else ("home", None))

    def leave_to(self, key: str, subject: object = None) -> None:
        """Close the page here for good (it saved) and open another."""
        if self._here is not None:
            self._forget(self._here)
        self._open((key, subject))

    def _open(self, key: Key) -> None:
        room = self._rooms[key[0]]
        screen = self._alive.pop(key, None)
        if screen is None:
            screen = room.make(self._session.context, key[1])
        self._alive[key] = screen
        self._here = key
        self._frame.show_page(screen.widget())
        self._frame.rail.set_current(room.room or room.key)
        if not screen.widget().isAncestorOf(QApplication.focusWidget()):
            screen.widget().setFocus(Qt.FocusReason.OtherFocusReason)
        screen.reload()
        resting = [one for one in self._alive if one != key and not _is_busy(self._alive[one])]
        while len(self._alive) > MOST_ALIVE and resting:
            self._forget(resting.pop(0))

    def _forget(self, key: Key) -> None:
        screen = self._alive.pop(key, None)
        if self._here == key:
            self._here = None
        if screen is not None:
            screen.close()
            screen.widget().deleteLater()

    def _may_leave(self) -> bool:
        screen = self._alive.get(self._here) if self._here is not None else None
        return screen is None or screen.may_leave()

    def here(self) -> Key | None:
        """The page that is open, to open it again after the lock."""
        return self._here

    def current_screen(self) -> Screen | None:
        """The screen that is open."""
        return self._alive.get(self._here) if self._here is not None else None

    def close_pages(self) -> None:
        """Let every page keep its draft and forget what it shows (lock, sign-out)."""
        for key in list(self._alive):
            self._forget(key)
        self._session.board.posted.disconnect(self._on_notice)
        self._session.jobs.failed.disconnect(self._on_failed)

    def _find(self) -> None:
        open_finder(self, self._session.context)

    def _help(self) -> None:
        if self._here is not None:
            open_help(self, self._here[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no field, list or dialog wanted goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            return
        super().keyPressEvent(event)

    def _exchange(self) -> None:
        """F9 opens the exchange, and there it starts it."""
        start = getattr(self.current_screen(), "start", None)
        if self._here == ("sync", None) and start is not None:
            start()
        else:
            self.go("sync")

    def _escape(self) -> None:
        escape = getattr(self.current_screen(), "escape", None)
        if escape is not None and escape():
            return
        if self._here is not None and self._here[0] != "home":
            self.back()

    def _announce(self, words: str, is_warning: bool = False) -> None:  # noqa: FBT001, FBT002
        screen = self.current_screen()
        foot = getattr(screen.widget(), "foot", None) if screen is not None else None
        if foot is not None:
            foot.set_truth(words, "warn" if is_warning else "check")

    def _on_failed(self, error: object) -> None:
        if isinstance(error, DesmigratifError):
            show_error(self, error)
        elif isinstance(error, BaseException):
            raise error

    def _on_notice(self, _notice: object) -> None:
        self._count_unsent()

    def _count_unsent(self) -> None:
        store = self._session.store

        def read() -> int:
            with store.read() as session:
                return exchange_status(store, session).unsent_acts

        def show(count: int) -> None:
            self._frame.rail.set_count("sync", count)

        self._session.jobs.read("house.unsent", read, show, owner=self)


def _is_busy(screen: Screen) -> bool:
    """Whether a page does something that leaving it must not end."""
    return bool(getattr(screen, "is_busy", False))
