"""The second place of a backup: a USB stick that carries the label of this village.

Only a folder with the label is written to, so a borrowed stick is never filled. The copy
is written under another name, synced, read back from the stick and compared, and only
then takes its name; a stick that is pulled meanwhile still holds every older backup.
FAT knows no atomic replace: a name that stands is never written over.

Source: security design §6.10.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.durable_files import sync_folder, write_durably
from desmigratif_desktop.foundation.errors import DiskFullError, KnownError, NotFoundError
from desmigratif_desktop.records import ladder
from desmigratif_desktop.records.backup import now_of
from desmigratif_desktop.records.backup_file import backups_of, hash_file
from desmigratif_desktop.records.facts import fact, remember

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.records.engine import Store

LABEL: Final = "CADANGAN.txt"
PART: Final = ".sebagian"
COPIED: Final = "backup.stick"
"""Fact: when a backup last came onto the stick, UTC ISO text."""
BLOCK: Final = 1 << 20
FAT_LIMIT: Final = (1 << 32) - 1
_MARK: Final = "Desmigratif"


@dataclass(frozen=True, slots=True)
class StickCopy:
    """A backup on the stick, read back and compared.

    Attributes:
        path: the file there.
        at: when it was copied, UTC ISO text.
    """

    path: Path
    at: str


def label_stick(folder: Path, village: str, title: str) -> None:
    """Make a folder on a stick the village's place for backups.

    Args:
        folder: the folder the officer chose; the stick's top or one below it.
        village: 10-digit code.
        title: the village's name.

    Raises:
        KnownError: the stick does not take it, or belongs to another village.
    """
    held = village_of(folder)
    if held not in (None, village):
        raise KnownError(
            "Flash disk itu sudah menjadi tempat cadangan desa lain.", "Pakai flash disk lain."
        )
    words = f"{_MARK} {village}\r\nTempat cadangan {title}. Jangan hapus berkas ini.\r\n"
    try:
        write_durably(folder / LABEL, words.encode())
    except OSError as error:
        raise _gone(error) from error


def village_of(folder: Path) -> str | None:
    """The village whose label lies in a folder; None = no label."""
    try:
        with (folder / LABEL).open("rb") as file:
            first = file.read(4096).decode("utf-8", "replace").splitlines()[:1]
    except OSError:
        return None
    mark, _, village = (first[0] if first else "").partition(" ")
    return village.strip() if mark == _MARK and village.strip().isdigit() else None


def is_present(folder: Path, village: str) -> bool:
    """Whether the stick is in, with the label of this village."""
    return village_of(folder) == village


def copy_to_stick(store: Store, made: Path, folder: Path) -> StickCopy:
    """Copy a backup to the stick and prove the copy.

    Args:
        store: the opened store.
        made: a backup on this laptop's disk.
        folder: the labelled folder on the stick.

    Raises:
        NotFoundError: the stick is not in, or has no label.
        DiskFullError: no room on it.
        KnownError: it was pulled, or gave back something else; older backups are untouched.
    """
    if not is_present(folder, store.replica.village):
        raise NotFoundError(
            "Flash disk cadangan belum terpasang.", "Pasang flash disk CADANGAN, lalu coba lagi."
        )
    size = made.stat().st_size
    if size > FAT_LIMIT:
        raise KnownError("Cadangan lebih besar dari 4 GB, batas flash disk.", "Pakai diska luar.")
    part = folder / f".{secrets.token_hex(4)}{PART}"
    target = folder / made.name
    try:
        _clear_parts(folder)
        _write(made, part)
        if _read_back(part) != hash_file(made):
            raise KnownError(
                "Flash disk tidak mengembalikan apa yang ditulis.",
                "Pakai flash disk lain; cadangan di laptop ini utuh.",
            )
        target.unlink(missing_ok=True)
        part.rename(target)
        sync_folder(folder)
        _prune(store, folder)
    except OSError as error:
        raise _gone(error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    at = now_of(store).isoformat(timespec="seconds")
    remember(store, COPIED, at)
    return StickCopy(target, at)


def last_copy(store: Store) -> str:
    """When a backup last came onto the stick, UTC ISO text; "" = never."""
    with store.read() as session:
        return fact(session, COPIED) or ""


def _clear_parts(folder: Path) -> None:
    """What a pulled stick left half written is no backup."""
    for rest in folder.glob(f".*{PART}"):
        rest.unlink(missing_ok=True)


def _write(source: Path, part: Path) -> None:
    with source.open("rb") as file, part.open("xb") as out:
        while block := file.read(BLOCK):
            out.write(block)
        out.flush()
        os.fsync(out.fileno())


def _read_back(part: Path) -> str:
    """Hash what the stick holds, not what the system remembers of it."""
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(part, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)
    return hash_file(part)


def _prune(store: Store, folder: Path) -> None:
    own = backups_of(folder, store.replica.village, store.replica.laptop)
    kept = ladder.to_keep((at for at, _ in own), now_of(store))
    for at, path in own:
        if at not in kept:
            path.unlink(missing_ok=True)


def _gone(error: OSError) -> KnownError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFullError(
            "Ruang flash disk habis, jadi cadangan belum tersalin ke sana.",
            "Kosongkan flash disk; cadangan lama di sana dan di laptop ini tetap ada.",
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return KnownError(
            "Flash disk tidak dapat ditulisi.", "Geser kuncinya, atau pakai flash disk lain."
        )
    return KnownError(
        "Flash disk tercabut sebelum cadangan selesai disalin.",
        "Pasang lagi lalu ulangi; cadangan lama di sana dan di laptop ini tetap ada.",
    )
