"""A post from nothing, from its folder, from a sheet: what window and commands share.

A new post is built in a scratch folder beside its place and moved in whole, so a power
cut during the first run leaves nothing half made.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.app import catalogue
from desmigratif_desktop.foundation.clock import Clock, SystemClock
from desmigratif_desktop.foundation.durable_files import move_durably
from desmigratif_desktop.foundation.errors import KnownError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.people import officers, village
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records import recovery_code
from desmigratif_desktop.records.actors import Actor, Role
from desmigratif_desktop.records.backup import keep_before_steps
from desmigratif_desktop.records.engine import DATABASE, Store
from desmigratif_desktop.records.unit_of_work import unit

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.records.keys import OpenedKeys

PRACTICE_PASSPHRASE = "belajar bersama"  # noqa: S105 - it stands on the sign-in page
PRACTICE_VILLAGE = "3518172004"
LAPTOPS = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class NewPost:
    """What the first run asks for.

    Attributes:
        area_code: the village's 10 digits.
        office_name: as it stands on the letterhead; "" for the village's own name.
        officer_name: the first officer.
        passphrase: theirs.
        laptop: "A", "B" or "C".
        practice: a folder for practising.
    """

    area_code: str
    office_name: str
    officer_name: str
    passphrase: str
    laptop: str = "A"
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """A new post.

    Attributes:
        store: opened, signed in as the first officer.
        recovery_code: to be printed at once and kept nowhere else.
    """

    store: Store
    recovery_code: str


def has_post(folder: Path) -> bool:
    """Whether a folder holds a post, even a damaged one."""
    names = (DATABASE, key_slots.SLOTS_FILE, key_slots.SLOTS_COPY)
    return any((folder / name).exists() for name in names)


def backup_folder(folder: Path) -> Path:
    """Where backups of a post lie: beside it, so a folder set aside keeps none of them."""
    return folder.with_name(f"{folder.name}-cadangan")


def create_post(folder: Path, new: NewPost, clock: Clock | None = None) -> Created:
    """Make a post: keys, slots, store, village, post, first officer.

    Raises:
        InputError: unknown village, unusable passphrase or name.
        KnownError: the folder already holds something.
    """
    code = village.check_area_code(new.area_code)
    name = officers.read_name(new.officer_name)
    key_slots.check_new_passphrase(new.passphrase)
    if folder.exists() and any(folder.iterdir()):
        raise KnownError("Folder itu sudah berisi berkas.", "Pilih folder yang kosong.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    scratch.mkdir(mode=0o700)
    actor = Actor(new_id(), name, Role.PETUGAS)
    try:
        sheet = _fill(scratch, new, code, actor, clock or SystemClock())
        if folder.exists():
            folder.rmdir()
        move_durably(scratch, folder)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    return Created(open_post(folder, new.passphrase, actor.officer_id, clock), sheet)


def _fill(scratch: Path, new: NewPost, code: str, actor: Actor, clock: Clock) -> str:
    keys = key_slots.new_keys(actor)
    sheet = recovery_code.new_code()
    store = Store.create(
        scratch,
        keys,
        catalogue.registry(),
        clock,
        catalogue.MIGRATIONS,
        village=code,
        laptop=new.laptop,
        practice=new.practice,
    )
    try:
        with unit(store, actor, "post.open") as work:
            row = village.put_village(work, code)
            title = f"{row.sebutan_desa} {row.name}"
            village.put_post(work, code, new.office_name.strip() or f"Kantor {title}")
            officers.put_officer(work, actor)
    finally:
        store.close()
    label = key_slots.OfficeLabel(code, title, new.laptop, new.practice)
    slots = (
        key_slots.make_slot(keys, actor, new.passphrase),
        key_slots.make_slot(keys, None, sheet),
    )
    file = key_slots.SlotFile(keys.store_id, 0, label, slots)
    key_slots.write_slots(scratch, file, keys)
    return recovery_code.spell(sheet)


def open_post(
    folder: Path, secret: str | bytes, officer: bytes | None = None, clock: Clock | None = None
) -> Store:
    """Open a post with an officer's passphrase.

    Raises:
        WrongPassphraseError: it opens no slot.
        StoreDamagedError, StoreBusyError, StoreTooNewError: as they say.
    """
    return open_with(folder, key_slots.unlock(folder, secret, officer), clock)


def open_with(folder: Path, keys: OpenedKeys, clock: Clock | None = None) -> Store:
    """Open a post with keys at hand; before a newer program's steps a backup is made.

    Raises:
        StoreDamagedError, StoreBusyError, StoreTooNewError, DiskFullError: as they say.
    """
    target = backup_folder(folder)
    return Store.open(
        folder,
        keys,
        catalogue.registry(),
        clock or SystemClock(),
        catalogue.MIGRATIONS,
        before_steps=lambda handle: keep_before_steps(folder, keys, target, handle),
    )
