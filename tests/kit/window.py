"""The whole window, off screen: a made post, hands on the keyboard, eyes on what is shown."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from desmigratif_desktop.app import assembly, catalogue
from desmigratif_desktop.app.main_window import MainWindow
from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.values import DocumentDraft, RegistrationDraft
from desmigratif_desktop.foundation.clock import Clock
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.people import officers, persons
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.actors import Actor, Role
from desmigratif_desktop.records.engine import Store
from desmigratif_desktop.ui.buttons import Button
from desmigratif_desktop.ui.dialogs import Overlay
from desmigratif_desktop.ui.labels import ElidedLabel

VILLAGE = "3518172004"
PASSPHRASE = "kata sandi sendiri"
SECOND_PASSPHRASE = "sandi petugas kedua"
OFFICERS = ("Wulandari", "Bagus Prasetyo")
FULL, NARROW, HALF_AGAIN = (1366, 768), (1093, 614), (910, 512)


class MadePost:
    """A post that was made once; every test gets a copy of it.

    Attributes:
        folder: where the first one lies.
        keys: opened, of the first officer.
        sheet: its recovery code.
        second: the second officer, who has a passphrase, too.
        people: ids of the registered people by name.
    """

    def __init__(self, folder: Path, clock: Clock, *, practice: bool = False) -> None:
        self.folder = folder
        new = assembly.NewPost(
            VILLAGE, "Kantor Desa Contoh", OFFICERS[0], PASSPHRASE, practice=practice
        )
        created = assembly.create_post(folder, new, clock)
        store = created.store
        self.keys, self.sheet = store.keys, created.recovery_code
        actor = store.keys.actor
        assert actor is not None
        self.actor = actor
        self.second = Actor(new_id(), OFFICERS[1], Role.PETUGAS)
        officers.add_officer(store, actor, self.second)
        key_slots.add_officer_slot(folder, store.keys, self.second, SECOND_PASSPHRASE)
        self.people: dict[str, bytes] = {}
        for name, nik, dusun in (
            ("Suparmi", "3518174507920001", "Krajan"),
            ("Nur'aini", "3518175203880002", "Sumber"),
            ("Budi Santoso", "3518171201850003", "Krajan"),
        ):
            draft = PersonDraft({"name": name, "nik": nik, "dusun": dusun})
            self.people[name] = persons.register_person(store, actor, draft).uid
        service.register_cpmi(
            store,
            actor,
            RegistrationDraft(
                values={},
                person=self.people["Suparmi"],
                episode={"destination_country": "Jepang"},
                documents=(DocumentDraft("ktp"), DocumentDraft("paspor", "belum")),
            ),
        )
        store.close()

    def copy(self, folder: Path) -> Path:
        """The same post in another folder."""
        return Path(shutil.copytree(self.folder, folder))

    def open(self, folder: Path, clock: Clock) -> Store:
        """Open a copy without waiting for Argon2."""
        return Store.open(folder, self.keys, catalogue.registry(), clock, catalogue.MIGRATIONS)


class Hands:
    """An officer before the window.

    Args:
        window: shown.
    """

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def settle(self, seconds: float = 10.0) -> None:
        """Let jobs come home and deferred deletions happen."""
        end = time.monotonic() + seconds
        quiet = 0
        while quiet < 3:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            session = getattr(self.window, "session", None)
            quiet = quiet + 1 if session is None or session.jobs.pending == 0 else 0
            assert time.monotonic() < end, "jobs did not come home"
            time.sleep(0.002)

    def wait(self, what: str, ready: Callable[[], object], seconds: float = 6.0) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < end, f"waited too long for: {what}; shown: {self.texts()}"
            QApplication.processEvents()
            time.sleep(0.004)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def stand_in_front(self) -> None:
        """Make the window the active one, as it is on a desk."""
        self.window.show()
        self.window.activateWindow()
        self.wait("the window is active", self.window.isActiveWindow)

    def resize(self, size: tuple[int, int]) -> None:
        """Another size of window, also one below its smallest."""
        self.window.setMinimumSize(1, 1)
        self.window.resize(*size)
        self.settle()

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        QApplication.processEvents()

    def ctrl(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, words: str) -> None:
        """Type where the keyboard is."""
        for one in words:
            QTest.keyClicks(QApplication.focusWidget() or self.window, one)
        QApplication.processEvents()

    def buttons(self) -> list[QAbstractButton]:
        """Every button a person sees."""
        return [one for one in self.window.findChildren(QAbstractButton) if self.sees(one)]

    def button(self, words: str) -> QAbstractButton:
        """The enabled button that says something."""
        fits = [
            one
            for one in self.buttons()
            if one.isEnabled()
            and words.casefold() in (one.accessibleName() or one.text()).casefold()
        ]
        assert fits, f"no button {words!r} among {[one.accessibleName() for one in self.buttons()]}"
        return fits[-1]

    def field(self, name: str) -> QLineEdit:
        """The shown field of a name."""
        fits = [
            one
            for one in self.window.findChildren(QLineEdit)
            if self.sees(one) and name in one.accessibleName()
        ]
        assert fits, f"no field {name!r}"
        return fits[0]

    def fill(self, name: str, words: str) -> None:
        """Type into a field, in place of what stands there."""
        one = self.field(name)
        one.setFocus()
        one.selectAll()
        QTest.keyClicks(one, words)

    def press(self, words: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def sees(self, one: QWidget) -> bool:
        """Whether a widget is shown and not below a dialog that was closed."""
        return shiboken6.isValid(one) and one.isVisibleTo(self.window) and one.isVisible()

    def texts(self) -> list[str]:
        """Everything that is written on the screen."""
        found = []
        for one in self.window.findChildren(QWidget):
            if not self.sees(one):
                continue
            if isinstance(one, QLabel | ElidedLabel) and one.text():
                found.append(one.text())
            elif isinstance(one, QAbstractButton):
                found.append(one.accessibleName() or one.text())
            elif type(one).paintEvent is not QWidget.paintEvent and one.accessibleName():
                found.append(one.accessibleName())
        return found

    def says(self, words: str) -> bool:
        """Whether something on the screen says this."""
        return any(words in one for one in self.texts())

    def dialog(self) -> Overlay | None:
        """The dialog that lies over the window."""
        shown = [one for one in self.window.findChildren(Overlay) if self.sees(one)]
        return shown[-1] if shown else None

    def primaries(self) -> list[str]:
        """Words of the primary buttons on the screen."""
        from desmigratif_desktop.ui.buttons import Kind

        return [
            one.words
            for one in self.window.findChildren(Button)
            if one.kind is Kind.PRIMARY and self.sees(one)
        ]


def enter(folder: Path, made: MadePost, clock: Clock) -> tuple[MainWindow, Hands]:
    """The window with the first officer signed in."""
    window = MainWindow(folder)
    hands = Hands(window)
    hands.stand_in_front()
    window.enter(made.open(folder, clock))
    hands.settle()
    return window, hands


def leave(window: MainWindow, hands: Hands) -> None:
    """Take a window away, whatever state it is in."""
    window._leave()
    window.hide()
    window.deleteLater()
    window.session = None
    hands.settle()


def dress(app: QApplication) -> None:
    """Palette, fonts and language of the program, once."""
    from desmigratif_desktop.ui.qt_language import speak_indonesian
    from desmigratif_desktop.ui.theme import apply_theme

    if app.property("dressed") is None:
        apply_theme(app)
        app.setProperty("dressed", speak_indonesian(app))
