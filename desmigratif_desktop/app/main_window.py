"""The window: first the door (first run, sign-in), then the house; it locks itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.backup_card import iso_words
from desmigratif_desktop.app.door import Door
from desmigratif_desktop.app.first_run import FirstRun
from desmigratif_desktop.app.house import House
from desmigratif_desktop.app.retirement import retire_officer
from desmigratif_desktop.app.session import Session
from desmigratif_desktop.app.sign_in import SignIn
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.ui.dialogs import Overlay, ask, show_error, warn
from desmigratif_desktop.ui.jobs import JobRunner

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from desmigratif_desktop.records.engine import Store

CHECK_IDLE_MS = 5_000
TIDY_AFTER_S = 20
REHEARSE_AFTER_S = 90
ASK_BACKUP_S = 900
"""How often a window that stays open looks whether the daily backup is due."""
SLEPT_S = 60
"""Two looks at the clock this far apart: the laptop slept in between."""
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
    }
)


class MainWindow(QMainWindow):
    """The program's one window.

    Args:
        folder: where the post lies or shall lie.

    Attributes:
        session: the sitting, while somebody is signed in or the screen is locked.
        house: the signed-in house; None at the door.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("Desmigratif Desktop")
        room = self.screen().availableSize()
        self.setMinimumSize(min(1024, room.width()), min(600, room.height()))
        self.resize(1366, 768)
        self._folder = folder
        self.session: Session | None = None
        self.house: House | None = None
        self._return_to: tuple[str, object] | None = None
        self._last_life = time.monotonic()
        self._last_check = time.time()
        self._tidied = True
        self._backup_asked = time.monotonic()
        self._rehearsed = False
        self._closing = False
        self._has_left = False
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._on_idle_check)
        self._idle.start(CHECK_IDLE_MS)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        QApplication.instance().applicationStateChanged.connect(  # type: ignore[union-attr]
            self._on_application_state
        )
        self._copied = False
        QApplication.clipboard().dataChanged.connect(self._on_copied)
        self.show_door()

    def _on_copied(self) -> None:
        """Remember whether what lies in the clipboard came from here."""
        in_front = QApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        self._copied = in_front or QApplication.clipboard().ownsClipboard()

    def show_door(self) -> None:
        """First run where there is no post yet, sign-in where there is one."""
        if assembly.has_post(self._folder):
            try:
                slots = key_slots.read_slots(self._folder)
            except DesmigratifError as error:
                self._show_damaged(error)
                return
            self._put(
                SignIn(
                    self._folder,
                    slots,
                    on_open=self.enter,
                    on_other=self._show_recovery,
                    on_damaged=self._show_damaged,
                )
            )
        else:
            self._show_first_run()

    def _show_first_run(self) -> None:
        self._put(FirstRun(self._folder, on_ready=self.enter))

    def _show_damaged(self, error: DesmigratifError) -> None:
        self._put(FirstRun(self._folder, damaged=error, on_ready=self.enter))

    def _show_recovery(self) -> None:
        page = FirstRun(self._folder, on_ready=self.enter, on_back=self.show_door)
        self._put(page)
        page.begin("recover")

    def _put(self, widget: QObject) -> None:
        old = self._stack.currentWidget()
        self._stack.addWidget(widget)  # type: ignore[arg-type]
        self._stack.setCurrentWidget(widget)  # type: ignore[arg-type]
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def enter(self, store: Store) -> None:
        """Somebody's key was accepted: open the house."""
        actor = store.keys.actor
        if actor is None:
            return
        self.session = Session(store, actor)
        self.session.remember(last_officer=actor.officer_id.hex())
        self._open_house(("home", None))
        if store.set_back is not None:
            self._tell_set_back(store.set_back.at)
        if self.session.backup_is_due():
            QTimer.singleShot(60_000, self._daily_backup)

    def _open_house(self, page: tuple[str, object]) -> None:
        if self.session is None:
            return
        label = key_slots.read_slots(self._folder).label
        self.house = House(self.session, label)
        self.house.lock_asked.connect(self.lock)
        self.session.context.parts |= {"restore": self._leave_to_restore, "retire": self._retire}
        self._put(self.house)
        self._last_life = time.monotonic()
        self.house.go(*page)

    def _tell_set_back(self, at: str) -> None:
        warn(
            self,
            t("Berkas data lama terpasang"),
            t(
                "Berkas data di folder ini lebih lama daripada pekerjaan terakhir laptop ini"
                " ({when}). Laptop melanjutkan dengan penanda baru; catatan lama tidak tertimpa."
            ).format(when=iso_words(at)),
            t("Yang sudah terkirim kembali saat bertukar data. Bila keliru, pulihkan cadangan."),
        )

    def _leave_to_restore(self) -> None:
        """The ceremony of a restore begins at the door, the store closed."""
        self._close_house()
        if self.session is not None:
            self.session.close()
            self.session = None
        page = FirstRun(self._folder, on_ready=self.enter, on_back=self.show_door)
        self._put(page)
        page.begin("restore")

    def _retire(self, officer: bytes) -> None:
        """An officer stops: the house closes, the data get new keys, the house opens again."""
        session = self.session
        if session is None:
            return
        self._close_house()
        self._put(Door(t("Kunci sedang diganti"), t("Tunggu sebentar; jangan matikan laptop.")))
        session.jobs.close()
        runner = JobRunner(self)

        def done(store: Store) -> None:
            self.enter(store)

        def failed(error: BaseException) -> None:
            self.session = None
            self.show_door()
            if not isinstance(error, DesmigratifError):
                raise error
            show_error(self, error)

        self.session = None
        runner.outside(
            lambda _: retire_officer(session.store, session.actor, officer),
            done,
            failed,
            owner=self,
        )

    def lock(self) -> None:
        """Hide and forget the screens; drafts stay in the store, the store stays open."""
        if self.house is None or self.session is None:
            return
        self._return_to = self.house.here()
        self._close_house()
        if self._copied:
            QApplication.clipboard().clear()
        slots = key_slots.read_slots(self._folder)
        self._put(
            SignIn(
                self._folder,
                slots,
                on_keys=self._unlocked,
                locked_by=self.session.actor,
                on_other=self._sign_out,
            )
        )

    def _unlocked(self, keys: key_slots.OpenedKeys) -> None:
        if self.session is None or keys.actor is None:
            return
        page = self._return_to or ("home", None)
        if keys.actor.officer_id != self.session.actor.officer_id:
            store = self.session.store
            changed = self.session.changed
            self.session.hand_over()
            store.keys = keys
            self.session = Session(store, keys.actor)
            self.session.changed = changed
            self.session.remember(last_officer=keys.actor.officer_id.hex())
            page = ("home", None)
        self._open_house(page)

    def _sign_out(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session = None
        self.show_door()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there."""
        if event.type() in _SIGNS_OF_LIFE:
            self._last_life = time.monotonic()
            self._tidied = False
        return super().eventFilter(watched, event)

    def _on_idle_check(self) -> None:
        now, before = time.time(), self._last_check
        self._last_check = now
        if self.session is None:
            return
        if now - before > SLEPT_S:
            self.lock()
            return
        quiet = time.monotonic() - self._last_life
        if quiet > TIDY_AFTER_S and not self._tidied:
            self._tidied = True
            self.session.jobs.write(self.session.store.tidy)
        if quiet > REHEARSE_AFTER_S and not self._rehearsed:
            self._rehearsed = True
            session = self.session
            session.jobs.outside(
                lambda _: session.rehearse_when_due(), failed=self._on_backup_failed, owner=self
            )
        if quiet > REHEARSE_AFTER_S and time.monotonic() - self._backup_asked > ASK_BACKUP_S:
            self._backup_asked = time.monotonic()
            self._daily_backup()
        if self.house is not None and quiet > self.session.settings.lock_minutes * 60:
            self.lock()

    def _daily_backup(self) -> None:
        session = self.session
        if session is None or not session.backup_is_due():
            return
        session.jobs.outside(lambda _: session.back_up(), failed=self._on_backup_failed, owner=self)

    def _on_backup_failed(self, error: BaseException) -> None:
        if isinstance(error, DesmigratifError) and self.house is not None:
            show_error(self, error)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close with a backup when something changed; an unsaved form keeps the window."""
        if self.session is None or self._closing:
            self._leave()
            event.accept()
            return
        screen = self.house.current_screen() if self.house is not None else None
        if screen is not None and not screen.may_leave():
            event.ignore()
            return
        if not self.session.changed:
            self._leave()
            event.accept()
            return
        event.ignore()
        self._close_with_backup()

    def _close_with_backup(self) -> None:
        session = self.session
        if session is None:
            return
        self.setEnabled(False)
        self.setWindowTitle(t("Desmigratif Desktop · membuat cadangan, tunggu sebentar"))

        def done(made: object) -> None:
            self.setEnabled(True)
            if made is None:
                ask(
                    self,
                    t("Cadangan belum dibuat"),
                    t(
                        "Perubahan hari ini tersimpan di laptop ini, tetapi cadangannya belum dapat"
                        " dibuat. Periksa ruang diska."
                    ),
                    effect=t("Tutup tanpa cadangan"),
                    on_yes=self._close_now,
                    icon="warn",
                )
                return
            self._close_now()

        session.jobs.outside(lambda _: session.back_up_quietly(), done, owner=self)

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    def _leave(self) -> None:
        self._idle.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        if not self._has_left:
            self._has_left = True
            QApplication.clipboard().dataChanged.disconnect(self._on_copied)
            QApplication.instance().applicationStateChanged.disconnect(  # type: ignore[union-attr]
                self._on_application_state
            )
        if self.house is not None:
            self._close_house()
        if self.session is not None:
            self.session.close()
            self.session = None

        door = self._stack.currentWidget()
        if isinstance(door, FirstRun):
            door.leave()

    def _close_house(self) -> None:
        """Let the pages keep their drafts; no dialog and no popup outlives them."""
        if self.house is None:
            return
        self.house.close_pages()
        self.house = None
        for one in self.findChildren(Overlay):
            one.hide()
            one.deleteLater()
        for top in QApplication.topLevelWidgets():
            if top is not self and top.isVisible() and self.isAncestorOf(top):
                top.close()

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        """Lock when the system puts the program aside (sleep, lid)."""
        if state == Qt.ApplicationState.ApplicationSuspended:
            self.lock()
