"""Restore and recover: a copy becomes the store again, with a new epoch.

The live folder is never overwritten: it is set aside under a name that tells when. A
restored laptop takes a new epoch, so no sequence number is ever issued twice; a
recovered one (by the sheet) is a new device as well and keeps the laptop's letter.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from desmigratif_desktop.foundation.durable_files import move_durably
from desmigratif_desktop.foundation.errors import (
    NotFoundError,
    RuleBrokenError,
    StoreDamagedError,
)
from desmigratif_desktop.records import device, recovery_code
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.actors import Actor, Role
from desmigratif_desktop.records.backup_file import check_extracted, open_backup
from desmigratif_desktop.records.connection import connect, translated
from desmigratif_desktop.records.folder_lock import FolderLock
from desmigratif_desktop.records.sentinel import forget_mark, read_mark
from desmigratif_desktop.records.slot_file import DATABASE

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.records.keys import OpenedKeys
    from desmigratif_desktop.records.kinds import Registry


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to.

    Attributes:
        folder: the store, ready to be opened.
        set_aside: where the former folder lies now; None when there was none.
        counts: rows per kind.
        made_at: when the backup was made.
    """

    folder: Path
    set_aside: Path | None
    counts: dict[str, int]
    made_at: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a recovery by sheet came to.

    Attributes:
        code: the new recovery code, to be printed at once; the used one is dead.
        officer: whose passphrase opens the store now.
    """

    code: str
    officer: str


@dataclass(frozen=True, slots=True)
class BackupSeen:
    """What a backup says of itself before anybody opened it.

    Attributes:
        file: the backup.
        village, title: whose it is.
        laptop: which laptop made it.
        practice: whether it is of a practice folder.
        made_at: when, UTC ISO text.
        counts: rows per kind.
        officers: whose passphrase opens it.
        is_other_village: it belongs to another village than the folder.
        live_at: how far the live data had come, when that is later; "" = not later.
        exchanged_at: the last exchange, when that was later; "" = not later.
    """

    file: Path
    village: str
    title: str
    laptop: str
    practice: bool
    made_at: str
    counts: dict[str, int]
    officers: tuple[str, ...]
    is_other_village: bool
    live_at: str
    exchanged_at: str

    @property
    def is_older(self) -> bool:
        """Whether the laptop already knew more than this backup holds."""
        return bool(self.live_at or self.exchanged_at)


def look_at(file: Path, folder: Path) -> BackupSeen:
    """Read what a backup says of itself and compare it with the data at hand.

    Nothing here is proven yet: its seal is checked by `restore`.

    Args:
        file: the backup.
        folder: where it would be restored to.

    Raises:
        StoreDamagedError: not a backup, or cut short.
    """
    with open_backup(file) as opened:
        manifest, label, officers = opened.manifest, opened.label(), opened.officers()
    mark = read_mark(folder)
    village = _village_of(folder)
    return BackupSeen(
        file,
        manifest.village,
        label.title,
        manifest.laptop,
        label.practice,
        manifest.at,
        manifest.counts,
        officers,
        village not in ("", manifest.village),
        _when_later(mark.at if mark else "", manifest.at),
        _when_later(mark.exchanged_at if mark else "", manifest.at),
    )


def _village_of(folder: Path) -> str:
    try:
        return key_slots.read_slots(folder).label.village
    except StoreDamagedError:
        return ""


def _when_later(one: str, other: str) -> str:
    try:
        later = datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return ""
    return one if later else ""


def restore(file: Path, folder: Path, secret: str | bytes, registry: Registry) -> Restored:
    """Put a backup in place of a folder.

    Args:
        file: the backup.
        folder: where the store shall lie; an existing one is set aside.
        secret: passphrase, or the 20 bytes of the recovery code.
        registry: the kinds, for the checks.

    Raises:
        StoreDamagedError: changed, cut or not a backup; nothing was touched.
        RuleBrokenError: the folder holds the data of another village.
        WrongPassphraseError: the secret opens no slot of the backup.
        StoreBusyError: the folder is open in another process.
    """
    scratch = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    scratch.parent.mkdir(parents=True, exist_ok=True)
    scratch.mkdir(mode=0o700)
    try:
        with open_backup(file) as opened:
            keys = opened.unlock(secret, scratch)
            manifest = opened.manifest
            _refuse_other_village(folder, manifest.village)
            opened.extract(scratch / DATABASE)
        check_extracted(scratch / DATABASE, keys, registry, manifest.counts)
        _new_epoch(scratch, keys)
        set_aside = _swap(scratch, folder)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    return Restored(folder, set_aside, manifest.counts, manifest.at)


def _refuse_other_village(folder: Path, village: str) -> None:
    if _village_of(folder) not in ("", village):
        raise RuleBrokenError(
            "Cadangan itu milik desa lain, jadi tidak dipulihkan di folder ini.",
            "Pilih cadangan desa ini, atau folder yang lain.",
        )


def _new_epoch(folder: Path, keys: OpenedKeys) -> None:
    handle = connect(folder / DATABASE, keys)
    try:
        with translated():
            handle.execute("UPDATE replica SET epoch=?", (device.new_epoch(),))
            handle.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        handle.close()


def _swap(scratch: Path, folder: Path) -> Path | None:
    if not folder.exists():
        move_durably(scratch, folder)
        return None
    if not any(folder.iterdir()):
        folder.rmdir()
        move_durably(scratch, folder)
        return None
    FolderLock(folder).release()
    name = f"{folder.name}-sebelum-pulih-{datetime.now():%Y%m%d-%H%M%S}"  # noqa: DTZ005 - a name for people
    aside = folder.with_name(name)
    number = 1
    while aside.exists():
        number += 1
        aside = folder.with_name(f"{name}-{number}")
    move_durably(folder, aside)
    move_durably(scratch, folder)
    return aside


def recover(folder: Path, code: bytes, officer_name: str | None, passphrase: str) -> Recovered:
    """Open a store with the recovery sheet: new device, new epoch, one officer, new sheet.

    Args:
        folder: a store (in place, or restored from a backup).
        code: the sheet's 20 bytes.
        officer_name: whose passphrase to set; None = the first officer of the store.
        passphrase: the new passphrase.

    Raises:
        WrongPassphraseError: not this store's sheet, or one already used.
        InputError: the passphrase cannot be used.
        NotFoundError: no officer of that name.
    """
    key_slots.check_new_passphrase(passphrase)
    lock = FolderLock(folder)
    try:
        opened = key_slots.unlock(folder, code)
        file = key_slots.read_slots(folder)
        wanted = next((one for one in file.officers if officer_name in (None, one.name)), None)
        if wanted is None:
            raise NotFoundError("Tidak ada petugas dengan nama itu pada pos layanan ini.")
        actor = Actor(bytes.fromhex(wanted.officer), wanted.name, Role.PETUGAS)
        forget_mark(folder)
        keys = replace(opened, office_key=secrets.token_bytes(32), actor=actor)
        _new_identity(folder, keys)
        fresh = recovery_code.new_code()
        slots = (
            key_slots.make_slot(keys, actor, passphrase),
            key_slots.make_slot(keys, None, fresh),
        )
        key_slots.write_slots(folder, replace(file, slots=slots), keys)
    finally:
        lock.release()
    return Recovered(recovery_code.spell(fresh), wanted.name)


def _new_identity(folder: Path, keys: OpenedKeys) -> None:
    public, sealed = device.new_device(keys)
    handle = connect(folder / DATABASE, keys)
    try:
        with translated():
            handle.execute(
                "UPDATE replica SET device=?, epoch=?, public_key=?, sealed_seed=?",
                (device.device_of(public), device.new_epoch(), public, sealed),
            )
            handle.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        handle.close()
