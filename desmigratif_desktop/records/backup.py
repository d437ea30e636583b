"""Backups: an encrypted copy beside its slots, verified before it counts.

The copy is compared with what the live store held at that moment, checked whole, read
back, and only then does an older one go (`ladder`). Source: security design §6.10.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import sqlcipher3

from desmigratif_desktop.foundation.durable_files import move_durably
from desmigratif_desktop.foundation.errors import DiskFullError, KnownError
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records import ladder
from desmigratif_desktop.records.backup_file import (
    SUFFIX,
    Manifest,
    OpenedBackup,
    backups_of,
    check_extracted,
    hash_file,
    made_at,
    name_of,
    newest,
    open_backup,
    write_backup,
)
from desmigratif_desktop.records.connection import connect
from desmigratif_desktop.records.facts import fact
from desmigratif_desktop.records.self_check import check_handle, count_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.keys import OpenedKeys

    Told = Callable[[int, int], None]

SPARE_BYTES: Final = 200 * 1024 * 1024
PROVEN: Final = "backup.proven"
"""Fact: the name of the backup that the last rehearsal restored."""
STEP_COPY: Final = "sebelum-pembaruan"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was verified.

    Attributes:
        path: the file.
        at: time of making, UTC ISO text.
        size: bytes.
        counts: rows per kind inside.
    """

    path: Path
    at: str
    size: int
    counts: dict[str, int]


def now_of(store: Store) -> datetime:
    """The time by the store's clock, in UTC."""
    return datetime.fromtimestamp(max(store.clock.millis(), 0) / 1000, UTC)


def require_space(place: Path, needed: int) -> None:
    """Refuse work that needs more room than a disk has.

    Raises:
        DiskFullError: says how many MB are missing.
    """
    free = shutil.disk_usage(place).free
    if free < needed:
        missing = (needed - free) // 1_000_000 + 1
        raise DiskFullError(
            f"Ruang diska kurang {missing} MB.", "Kosongkan diska, lalu coba lagi; data Anda aman."
        )


def make_backup(store: Store, target: Path, *, progress: Told | None = None) -> BackupMade:
    """Make and verify a backup.

    Args:
        store: the opened store.
        target: folder for the file; made when missing.
        progress: called with (pages done, pages in all) while copying.

    Raises:
        DiskFullError: less free than twice the database and 200 MB.
        KnownError: the copy did not pass its checks; it was thrown away.
    """
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    require_space(target, 2 * store.path.stat().st_size + SPARE_BYTES)
    moment = now_of(store)
    replica = store.replica
    copy = target / f".{secrets.token_hex(8)}.db"
    fresh = target / f"{copy.name}.tar"
    path = target / name_of(replica.village, replica.laptop, moment)
    try:
        counts = _copy_verified(store, copy, progress)
        manifest = Manifest(
            replica.village,
            replica.laptop,
            moment.isoformat(timespec="seconds"),
            counts,
            hash_file(copy),
            copy.stat().st_size,
            replica.store.hex(),
        )
        slots = (store.folder / key_slots.SLOTS_FILE).read_bytes()
        write_backup(fresh, copy, manifest, slots, store.keys.data_key)
        move_durably(fresh, path)
    except OSError as error:
        raise DiskFullError(
            "Cadangan tidak dapat ditulis ke tempat itu.",
            "Periksa ruang dan sambungan diska; cadangan lama tetap ada.",
        ) from error
    finally:
        for rest in target.glob(copy.name + "*"):
            rest.unlink(missing_ok=True)
    key_slots.update_label(store.folder, store.keys, last_backup=manifest.at)
    prune(store, target)
    return BackupMade(path, manifest.at, path.stat().st_size, counts)


def _copy_verified(store: Store, copy: Path, progress: Told | None) -> dict[str, int]:
    with store.raw_handle() as source:
        live = count_rows(source, store.registry)
        copy_pages(source, copy, store.keys, progress)
    handle = connect(copy, store.keys)
    try:
        found = check_handle(handle, store.registry)
        handle.execute("PRAGMA journal_mode=DELETE")
    finally:
        handle.close()
    if found.faults or found.counts != live:
        raise KnownError(
            "Salinan cadangan tidak lulus pemeriksaan, jadi tidak disimpan.",
            "Coba lagi; bila terulang, periksa diska.",
        )
    return found.counts


def copy_pages(source: Any, copy: Path, keys: OpenedKeys, progress: Told | None = None) -> None:
    """Copy a database page by page under these keys, which may be others than its own."""
    target = sqlcipher3.connect(str(copy), isolation_level=None)
    try:
        target.execute(f"PRAGMA key=\"x'{keys.pragma_hex}'\"")
        target.execute("PRAGMA cipher_log_level=NONE")
        source.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        source.backup(
            target,
            pages=2_000,
            sleep=0,
            progress=lambda _, left, total: progress and progress(total - left, total),
        )
    finally:
        target.close()


def prune(store: Store, target: Path) -> list[Path]:
    """Let the backups of this laptop go that no rung of the ladder holds; tells which.

    Backups of other villages and laptops in the same folder are nobody's business here.
    """
    with store.read() as session:
        proven = fact(session, PROVEN) or ""
    own = backups_of(target, store.replica.village, store.replica.laptop)
    kept = ladder.to_keep((at for at, _ in own), now_of(store), made_at(proven))
    gone = [path for at, path in own if at not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def keep_before_steps(folder: Path, keys: OpenedKeys, target: Path, handle: Any) -> Path:
    """Keep the store as it is before a newer program's schema steps change it.

    Args:
        folder: the store's folder.
        keys: what an opened slot gave.
        target: folder for the copy.
        handle: the keyed connection, no step done yet.

    Raises:
        DiskFullError: no room for it; then no step is done, either.
    """
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = key_slots.read_slots(folder)
    (size,) = handle.execute(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ).fetchone()
    require_space(target, 2 * size + SPARE_BYTES)
    copy = target / f".{secrets.token_hex(8)}.db"
    fresh = target / f"{copy.name}.tar"
    moment = datetime.now(UTC)
    path = target / f"{STEP_COPY}-{file.label.village}-{moment:%Y%m%d-%H%M%S}{SUFFIX}"
    try:
        copy_pages(handle, copy, keys)
        manifest = Manifest(
            file.label.village,
            file.label.laptop,
            moment.isoformat(timespec="seconds"),
            _counts_of_old(copy, keys),
            hash_file(copy),
            copy.stat().st_size,
            keys.store_id.hex(),
        )
        slots = (folder / key_slots.SLOTS_FILE).read_bytes()
        write_backup(fresh, copy, manifest, slots, keys.data_key)
        move_durably(fresh, path)
    except OSError as error:
        raise DiskFullError(
            "Cadangan sebelum pembaruan tidak dapat ditulis, jadi data belum diperbarui.",
            "Periksa ruang diska, lalu buka lagi.",
        ) from error
    finally:
        for rest in target.glob(copy.name + "*"):
            rest.unlink(missing_ok=True)
    for old in sorted(target.glob(f"{STEP_COPY}-*{SUFFIX}"))[:-2]:
        old.unlink(missing_ok=True)
    return path


def _counts_of_old(copy: Path, keys: OpenedKeys) -> dict[str, int]:
    """Check the pages of a copy whose schema this program may not know."""
    handle = connect(copy, keys)
    try:
        sound = handle.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        handle.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        sealed = not handle.execute("PRAGMA cipher_integrity_check").fetchall()
        (entries,) = handle.execute("SELECT count(*) FROM entry").fetchone()
        handle.execute("PRAGMA journal_mode=DELETE")
    finally:
        handle.close()
    if not (sound and sealed):
        raise KnownError(
            "Data belum dapat diperbarui karena salinannya tidak lulus pemeriksaan.",
            "Jangan hapus apa pun. Pulihkan dari cadangan terakhir.",
        )
    return {"entry": entries}


__all__ = [
    "SUFFIX",
    "BackupMade",
    "Manifest",
    "OpenedBackup",
    "check_extracted",
    "keep_before_steps",
    "make_backup",
    "newest",
    "open_backup",
    "prune",
]
