"""Rehearsal: the newest backup is really restored, aside, once a month.

A backup that was never restored is a hope. The program takes the newest file as it lies
there, opens its seal, writes the database into a scratch folder, runs every check,
compares the counts with those of the live store at the time of making, and throws the
scratch away. The date is kept; after 35 days without one it turns red.

Source: security design §6.10.
"""

from __future__ import annotations

import json
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.errors import NotFoundError, StoreDamagedError
from desmigratif_desktop.records.backup import PROVEN, SPARE_BYTES, now_of, require_space
from desmigratif_desktop.records.backup_file import backups_of, check_extracted, open_backup
from desmigratif_desktop.records.facts import fact, remember

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store

EVERY: Final = timedelta(days=30)
RED_AFTER: Final = timedelta(days=35)
REHEARSED: Final = "backup.rehearsed"
"""Fact: when, of which file, made when; as JSON."""
SCRATCH: Final = "-uji-"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A backup that was restored on trial.

    Attributes:
        at: when it was tried, UTC ISO text.
        name: the file's name.
        made_at: when that backup was made, UTC ISO text.
        counts: rows per kind, as they were in the live store then; empty when read back.
    """

    at: str
    name: str
    made_at: str
    counts: dict[str, int]


def rehearse(store: Store, target: Path) -> Rehearsed:
    """Restore the newest backup into a scratch folder, check it whole, forget the scratch.

    Args:
        store: the opened store; it is only read, and goes on working.
        target: where its backups lie.

    Raises:
        NotFoundError: there is no backup of this laptop.
        StoreDamagedError: the backup does not restore; make another one at once.
        DiskFullError: no room for the trial.
    """
    replica = store.replica
    own = backups_of(target, replica.village, replica.laptop)
    if not own:
        raise NotFoundError(
            "Belum ada cadangan yang dapat diuji.", "Buat cadangan dahulu di Pengaturan."
        )
    file = own[-1][1]
    require_space(store.folder, 2 * file.stat().st_size + SPARE_BYTES)
    clear_scratch(store.folder)
    scratch = store.folder.with_name(f".{store.folder.name}{SCRATCH}{secrets.token_hex(4)}")
    scratch.mkdir(mode=0o700)
    try:
        found = _restore_aside(store, file, scratch)
    except StoreDamagedError as error:
        raise StoreDamagedError(
            f"Cadangan {file.name} tidak lulus uji pemulihan.",
            "Buat cadangan baru sekarang dan periksa diska; data di laptop ini tidak diubah.",
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    remember(store, PROVEN, found.name)
    kept = {"at": found.at, "name": found.name, "made_at": found.made_at}
    remember(store, REHEARSED, json.dumps(kept, sort_keys=True))
    return found


def _restore_aside(store: Store, file: Path, scratch: Path) -> Rehearsed:
    with open_backup(file) as opened:
        manifest = opened.manifest
        if not opened.is_sealed_by(store.keys.data_key):
            raise StoreDamagedError("Segel cadangan tidak cocok.")
        copy = scratch / "uji.db"
        opened.extract(copy)
    check_extracted(copy, store.keys, store.registry, manifest.counts)
    at = now_of(store).isoformat(timespec="seconds")
    return Rehearsed(at, file.name, manifest.at, manifest.counts)


def clear_scratch(folder: Path) -> None:
    """Remove what a rehearsal that was cut short has left."""
    for rest in folder.parent.glob(f".{folder.name}{SCRATCH}*"):
        shutil.rmtree(rest, ignore_errors=True)


def last_rehearsal(session: Session) -> Rehearsed | None:
    """The last rehearsal that passed; None = never."""
    text = fact(session, REHEARSED)
    if text is None:
        return None
    try:
        kept = json.loads(text)
        datetime.fromisoformat(kept["at"])
        return Rehearsed(str(kept["at"]), str(kept["name"]), str(kept["made_at"]), {})
    except (ValueError, KeyError, TypeError):
        return None


def is_due(last: Rehearsed | None, now: datetime) -> bool:
    """Whether it is time for the next one; a date ahead of the clock proves nothing."""
    return last is None or not timedelta(0) <= now - _moment(last.at) < EVERY


def is_red(last: Rehearsed | None, first_backup: datetime | None, now: datetime) -> bool:
    """Whether the officer must be told.

    Args:
        last: the last rehearsal.
        first_backup: when the oldest backup here was made; None = there is none.
        now: the time.
    """
    since = _moment(last.at) if last is not None else first_backup
    return since is not None and now - since > RED_AFTER


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


__all__ = ["Rehearsed", "is_due", "is_red", "last_rehearsal", "rehearse"]
