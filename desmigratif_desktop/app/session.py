"""A signed-in sitting: store, officer, lanes, notices, and the context screens are given.

Made after the key was accepted, closed by lock, sign-out and the end of the program.
The lock keeps the store open and forgets the screens; drafts lie in the store.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desmigratif_desktop.app import assembly
from desmigratif_desktop.foundation.errors import (
    DesmigratifError,
    KnownError,
    StoreDamagedError,
)
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.settings import Settings, load_settings, save_settings
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.backup import BackupMade, make_backup, now_of
from desmigratif_desktop.records.backup_file import backups_of
from desmigratif_desktop.records.backup_stick import copy_to_stick, is_present, label_stick
from desmigratif_desktop.records.rehearsal import Rehearsed, is_due, last_rehearsal, rehearse
from desmigratif_desktop.ui.jobs import JobRunner
from desmigratif_desktop.ui.notice_board import NoticeBoard
from desmigratif_desktop.ui.shell import ScreenContext

if TYPE_CHECKING:
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.notices import ChangeNotice

BACKUP_EVERY = timedelta(hours=20)


class Session:
    """One officer at work.

    Attributes:
        store: opened.
        actor: the officer.
        jobs: the lanes.
        board: change notices on the GUI thread.
        context: what each screen is given; the window adds its navigation.
        changed: whether anything was written since the last backup.
    """

    def __init__(self, store: Store, actor: Actor) -> None:
        self.store = store
        self.actor = actor
        self.jobs = JobRunner()
        self.board = NoticeBoard()
        self.settings = load_settings(store.folder)
        self.changed = False
        self._is_over = False
        store.subscribe(self._hear)
        self.context = ScreenContext(
            jobs=self.jobs,
            board=self.board,
            store=lambda: self.store,
            actor=lambda: self.actor,
            settings=self.settings,
        )

    def _hear(self, notice: ChangeNotice) -> None:
        if not self._is_over:
            self.changed = True
            self.board.post(notice)

    def remember(self, **changes: object) -> None:
        """Keep a setting of this laptop."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        save_settings(self.store.folder, self.settings)
        self.context.settings = self.settings

    @property
    def backup_folder(self) -> Path:
        """Where backups of this store lie."""
        return assembly.backup_folder(self.store.folder)

    def backup_is_due(self) -> bool:
        """Whether the last proven backup is older than a working day."""
        label = key_slots.read_slots(self.store.folder).label
        if not label.last_backup:
            return True
        made = datetime.fromisoformat(label.last_backup)
        now = datetime.fromtimestamp(max(self.store.clock.millis(), 0) / 1000, UTC)
        return not timedelta(0) <= now - made < BACKUP_EVERY

    @property
    def stick_folder(self) -> Path | None:
        """The folder on the labelled stick, while it is in; None otherwise."""
        chosen = self.settings.backup_folder
        if not chosen or not is_present(Path(chosen), self.store.replica.village):
            return None
        return Path(chosen)

    def choose_stick(self, folder: Path) -> None:
        """Label a folder on a stick as the second place of backups and remember it.

        Raises:
            KnownError: it cannot be written to, or belongs to another village.
        """
        label = key_slots.read_slots(self.store.folder).label
        label_stick(folder, label.village, label.title)
        self.remember(backup_folder=str(folder))

    def back_up(self) -> BackupMade:
        """Make a backup now, on the thread that calls; onto the stick, too, when it is in.

        Raises:
            KnownError: the disk or the stick refused it; the data are as they were.
        """
        try:
            made = make_backup(self.store, self.backup_folder)
        except OSError as error:
            raise KnownError(
                t("Cadangan tidak dapat ditulis."),
                t("Periksa ruang dan izin folder cadangan; data Anda tidak berubah."),
            ) from error
        self.changed = False
        stick = self.stick_folder
        if stick is not None:
            copy_to_stick(self.store, made.path, stick)
        return made

    def rehearsal_is_due(self) -> bool:
        """Whether the newest backup should be restored on trial, and there is one."""
        with self.store.read() as session:
            last = last_rehearsal(session)
        replica = self.store.replica
        has_one = bool(backups_of(self.backup_folder, replica.village, replica.laptop))
        return has_one and is_due(last, now_of(self.store))

    def rehearse_when_due(self) -> Rehearsed | None:
        """The monthly trial, while nobody types; a failed one is made up for at once.

        Raises:
            DesmigratifError: neither the backup nor a new one passes.
        """
        if not self.rehearsal_is_due():
            return None
        try:
            return rehearse(self.store, self.backup_folder)
        except StoreDamagedError:
            make_backup(self.store, self.backup_folder)
            return rehearse(self.store, self.backup_folder)

    def back_up_quietly(self) -> BackupMade | None:
        """Make a backup at closing time; a full disk must not keep the officer here."""
        try:
            return self.back_up()
        except DesmigratifError:
            return None

    def hand_over(self) -> None:
        """Finish what writes and leave the open store to another officer's sitting."""
        self.jobs.close()
        self._is_over = True

    def close(self) -> None:
        """Finish what writes, then close the store."""
        self.jobs.close()
        self.store.close()


__all__ = ["Session", "Settings"]
