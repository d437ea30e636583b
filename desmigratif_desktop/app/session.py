"""A signed-in sitting: store, officer, lanes, notices, and the context screens are given.

Made after the key was accepted, closed by lock, sign-out and the end of the program.
The lock keeps the store open and forgets the screens; drafts lie in the store.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.settings import Settings, load_settings, save_settings
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.backup import BackupMade, make_backup
from desmigratif_desktop.ui.jobs import JobRunner
from desmigratif_desktop.ui.notice_board import NoticeBoard
from desmigratif_desktop.ui.shell import ScreenContext

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store

BACKUP_FOLDER = "cadangan"
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
        store.subscribe(self.board.post)
        store.subscribe(lambda _: self._note_change())
        self.context = ScreenContext(
            jobs=self.jobs,
            board=self.board,
            store=lambda: self.store,
            actor=lambda: self.actor,
            settings=self.settings,
        )

    def _note_change(self) -> None:
        self.changed = True

    def remember(self, **changes: object) -> None:
        """Keep a setting of this laptop."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        save_settings(self.store.folder, self.settings)
        self.context.settings = self.settings

    @property
    def backup_folder(self) -> Path:
        """Where backups of this store lie."""
        return self.store.folder / BACKUP_FOLDER

    def backup_is_due(self) -> bool:
        """Whether the last proven backup is older than a working day."""
        label = key_slots.read_slots(self.store.folder).label
        if not label.last_backup:
            return True
        made = datetime.fromisoformat(label.last_backup)
        now = datetime.fromtimestamp(max(self.store.clock.millis(), 0) / 1000, UTC)
        return not timedelta(0) <= now - made < BACKUP_EVERY

    def back_up(self) -> BackupMade:
        """Make a backup now, on the thread that calls."""
        made = make_backup(self.store, self.backup_folder)
        self.changed = False
        return made

    def back_up_quietly(self) -> BackupMade | None:
        """Make a backup at closing time; a full disk must not keep the officer here."""
        try:
            return self.back_up()
        except DesmigratifError:
            return None

    def close(self) -> None:
        """Finish what writes, then close the store."""
        self.jobs.close()
        self.store.close()


__all__ = ["Session", "Settings"]
