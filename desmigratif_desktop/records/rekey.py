"""New keys for a store: when an officer leaves, what they still know must open nothing.

An old slot file and an old passphrase give the old data key. So the database is written
anew under a new one, checked, and swapped in; every slot that stays gets the new keys
sealed to its own public key. The swap is one rename: before it the old slots count,
after it the new ones (`slot_file.finish`). Backups made before keep their old keys.

Source: security design §6.3 (officer leaves).
"""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation.durable_files import move_durably
from desmigratif_desktop.foundation.errors import KnownError, NotFoundError, RuleBrokenError
from desmigratif_desktop.records import device, slot_file
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.actors import WRITING_ROLES
from desmigratif_desktop.records.backup import SPARE_BYTES, copy_pages, require_space
from desmigratif_desktop.records.connection import connect, translated
from desmigratif_desktop.records.folder_lock import FolderLock
from desmigratif_desktop.records.self_check import check_handle, count_rows
from desmigratif_desktop.records.slot_file import DATABASE, DATABASE_NEXT

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.records.keys import OpenedKeys
    from desmigratif_desktop.records.kinds import Registry
    from desmigratif_desktop.records.slot_file import SlotFile

KEY_BYTES, SALT_BYTES = 32, 16
_LOGS: Final = ("-wal", "-shm", "-journal")


def rekey(
    folder: Path, keys: OpenedKeys, registry: Registry, *, without: bytes | None = None
) -> OpenedKeys:
    """Put a closed store under new keys and let one officer's slot go.

    Args:
        folder: the store's folder; no process has it open.
        keys: of the officer at work; not of the one who leaves.
        registry: the kinds, for the check.
        without: the officer who leaves; None only changes the keys.

    Returns:
        The new keys of the same officer.

    Raises:
        StoreBusyError: somebody has the store open.
        RuleBrokenError: the officer at work, or the last who writes, cannot leave.
        NotFoundError: no such officer has a slot here.
        DiskFullError: no room for a second database.
        KnownError: the new file did not pass its checks; nothing was changed.
    """
    lock = FolderLock(folder)
    try:
        slot_file.finish(folder)
        file = _kept(key_slots.read_slots(folder), keys, without)
        fresh = replace(
            keys,
            data_key=secrets.token_bytes(KEY_BYTES),
            salt=secrets.token_bytes(SALT_BYTES),
            office_key=secrets.token_bytes(KEY_BYTES),
        )
        require_space(folder, 2 * (folder / DATABASE).stat().st_size + SPARE_BYTES)
        _write_anew(folder, keys, fresh, registry)
        slots = tuple(key_slots.seal_again(one, fresh) for one in file.slots)
        sealed = replace(file, slots=slots, generation=file.generation + 1)
        slot_file.put_next(folder, key_slots.seal_file(sealed, fresh), fresh.salt)
        move_durably(folder / DATABASE_NEXT, folder / DATABASE)
        slot_file.finish(folder)
    except BaseException:
        slot_file.finish(folder)
        raise
    finally:
        lock.release()
    return fresh


def _kept(file: SlotFile, keys: OpenedKeys, without: bytes | None) -> SlotFile:
    """The slot file without the one who leaves."""
    if keys.office_key is None or keys.actor is None:
        raise RuleBrokenError("Kunci hanya dapat diganti oleh petugas yang sedang masuk.")
    if without is None:
        return file
    if without == keys.actor.officer_id:
        raise RuleBrokenError(
            "Petugas tidak dapat menghentikan dirinya sendiri.", "Mintalah petugas lain."
        )
    slots = tuple(one for one in file.slots if one.officer != without.hex())
    if len(slots) == len(file.slots):
        raise NotFoundError("Petugas itu tidak memiliki kata sandi di laptop ini.")
    if not any(one.role in WRITING_ROLES for one in slots):
        raise RuleBrokenError("Harus tetap ada satu petugas yang dapat mengisi data.")
    return replace(file, slots=slots)


def _write_anew(folder: Path, keys: OpenedKeys, fresh: OpenedKeys, registry: Registry) -> None:
    """Write the database under the new keys and check it; the old one is closed, its log empty."""
    copy = folder / DATABASE_NEXT
    for rest in (copy, *(copy.with_name(copy.name + end) for end in _LOGS)):
        rest.unlink(missing_ok=True)
    source = connect(folder / DATABASE, keys)
    try:
        with translated():
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            counts = count_rows(source, registry)
            copy_pages(source, copy, fresh)
    finally:
        source.close()
    _reseal(copy, keys, fresh, registry, counts)
    for end in _LOGS:
        log = folder / f"{DATABASE}{end}"
        if log.exists() and end == "-wal" and log.stat().st_size:
            raise KnownError("Data masih dipakai proses lain.", "Tutup jendela lain, lalu ulangi.")
        log.unlink(missing_ok=True)


def _reseal(
    copy: Path, keys: OpenedKeys, fresh: OpenedKeys, registry: Registry, counts: dict[str, int]
) -> None:
    """Wrap the laptop's signing key under the new office key, then check the file whole."""
    handle: Any = connect(copy, fresh)
    try:
        with translated():
            (sealed,) = handle.execute("SELECT sealed_seed FROM replica").fetchone()
            seed = bytes(device.open_signing_key(keys, sealed))
            handle.execute("UPDATE replica SET sealed_seed=?", (device.seal_seed(fresh, seed),))
            found = check_handle(handle, registry)
            handle.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        handle.close()
    if found.faults or found.counts != counts:
        raise KnownError(
            "Data dengan kunci baru tidak lulus pemeriksaan, jadi kunci lama tetap dipakai.",
            "Periksa diska, lalu ulangi; data Anda tidak berubah.",
        )
    descriptor = os.open(copy, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
