"""The slot file as it lies beside the store: label, ways in, copy, and the change of keys.

Two copies are kept; the first that can be read counts. While a store is re-keyed a third
file waits (`slots.next`); which of them is right is told by the database's own first 16
bytes, its salt, so that a cut at any moment leaves a store that opens.

Source: security design §6.3.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation.durable_files import write_durably
from desmigratif_desktop.foundation.errors import StoreBusyError, StoreDamagedError
from desmigratif_desktop.records.folder_lock import FolderLock

if TYPE_CHECKING:
    from pathlib import Path

SLOTS_FILE: Final = "slots.json"
SLOTS_COPY: Final = "slots.bak"
SLOTS_NEXT: Final = "slots.next"
DATABASE: Final = "desmigratif.db"
DATABASE_NEXT: Final = "desmigratif.db.next"
MAX_SLOTS_BYTES: Final = 64 * 1024
SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class OfficeLabel:
    """What may be read before anybody signs in.

    Attributes:
        village: 10-digit code.
        title: the village's name.
        laptop: "A", "B" or "C".
        practice: whether this folder is for practising.
        last_backup: UTC time of the last proven backup, ISO text; empty = none.
    """

    village: str
    title: str
    laptop: str
    practice: bool
    last_backup: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in: an officer's passphrase or the recovery sheet.

    Attributes:
        id: 32 hex digits.
        kind: "passphrase" or "recovery".
        officer: officer id in hex; empty for the sheet.
        name: shown on the sign-in page.
        role: role identifier.
        salt: hex salt of the key derivation.
        sealed: hex of the slot's own private key, sealed under the derived key.
        public: hex of its public key; whoever holds the store's keys can seal new ones to it.
        box: hex of the store's keys, sealed to the public key.
    """

    id: str
    kind: str
    officer: str
    name: str
    role: str
    salt: str
    sealed: str
    public: str
    box: str


@dataclass(frozen=True, slots=True)
class SlotFile:
    """The slots of one store, as they lie beside it."""

    store_id: bytes
    generation: int
    label: OfficeLabel
    slots: tuple[Slot, ...]
    mac: str = ""

    @property
    def officers(self) -> tuple[Slot, ...]:
        """The slots that officers open, in the order they were made."""
        return tuple(one for one in self.slots if one.kind == "passphrase")


def encode(file: SlotFile) -> bytes:
    """Spell a slot file."""
    label = file.label
    content: dict[str, Any] = {
        "v": 1,
        "store": file.store_id.hex(),
        "generation": file.generation,
        "mac": file.mac,
        "office": {
            "village": label.village,
            "title": label.title,
            "laptop": label.laptop,
            "practice": label.practice,
            "last_backup": label.last_backup,
        },
        "slots": [{name: getattr(one, name) for name in Slot.__slots__} for one in file.slots],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1).encode()


def _decode(raw: bytes) -> SlotFile:
    content = json.loads(raw)
    slots = tuple(
        Slot(**{name: str(one[name]) for name in Slot.__slots__}) for one in content["slots"]
    )
    return SlotFile(
        bytes.fromhex(content["store"]),
        int(content["generation"]),
        OfficeLabel(**content["office"]),
        slots,
        str(content["mac"]),
    )


def decode_slots(raw: bytes) -> SlotFile:
    """Read a slot file's bytes.

    Raises:
        StoreDamagedError: they are none.
    """
    try:
        return _decode(raw)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unreadable() from None


def readable(folder: Path) -> list[SlotFile]:
    """Every slot file here that can be read, the first one first.

    Raises:
        StoreDamagedError: none can.
    """
    settle(folder)
    found: list[SlotFile] = []
    for name in (SLOTS_FILE, SLOTS_COPY):
        try:
            raw = (folder / name).read_bytes()
            file = _decode(raw) if len(raw) <= MAX_SLOTS_BYTES else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if file is not None and file not in found:
            found.append(file)
    if not found:
        raise _unreadable()
    return found


def _unreadable() -> StoreDamagedError:
    return StoreDamagedError(
        "Daftar kunci pos layanan tidak terbaca.",
        "Pulihkan dari cadangan; data yang ada tidak diubah.",
    )


def put(folder: Path, file: SlotFile) -> None:
    """Write the slot file and its copy."""
    for name in (SLOTS_COPY, SLOTS_FILE):
        write_durably(folder / name, encode(file))


def salt_of(folder: Path) -> bytes | None:
    """The first 16 bytes of the database: its salt, not a secret."""
    try:
        with (folder / DATABASE).open("rb") as file:
            head = file.read(SALT_BYTES)
    except OSError:
        return None
    return head if len(head) == SALT_BYTES else None


def put_next(folder: Path, file: SlotFile, salt: bytes) -> None:
    """Lay the slots of a re-keyed store ready, with the salt that its file will have."""
    content = {"salt": salt.hex(), "file": encode(file).decode()}
    write_durably(folder / SLOTS_NEXT, json.dumps(content).encode())


def settle(folder: Path) -> None:
    """Finish or drop a change of keys that was cut; a running one is left alone."""
    if not any((folder / name).exists() for name in (SLOTS_NEXT, DATABASE_NEXT)):
        return
    try:
        lock = FolderLock(folder)
    except StoreBusyError:
        return
    try:
        finish(folder)
    finally:
        lock.release()


def finish(folder: Path) -> None:
    """Take the waiting slots when the database is already under them; else drop both."""
    waiting = folder / SLOTS_NEXT
    try:
        content = json.loads(waiting.read_bytes())
        salt, file = bytes.fromhex(content["salt"]), _decode(content["file"].encode())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        salt, file = b"", None
    if file is not None and salt == salt_of(folder):
        put(folder, file)
    for end in ("", "-wal", "-shm", "-journal"):
        (folder / f"{DATABASE_NEXT}{end}").unlink(missing_ok=True)
    waiting.unlink(missing_ok=True)
