"""Settings of one folder on one laptop: how it looks and behaves, never a record.

One small JSON file, replaced whole. What this version does not know is kept, so
that an older program does not lose a newer one's settings; what cannot be read is
put aside, and the program starts with the customary values.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation.durable_files import move_durably, write_durably

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME: Final = "settings.json"
ASIDE_NAME: Final = "settings.rusak.json"
VERSION: Final = 1
_MOST_BYTES: Final = 1 << 20
_OWN: Final = frozenset({"version", "unknown"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an officer may set for this laptop.

    Attributes:
        language: "id" or "en".
        zone: "WIB", "WITA" or "WIT".
        text_percent: size of the letters on the screen, 100 to 150.
        lock_minutes: idle minutes until the screen locks, 1 to 60.
        paper: "F4" or "A4".
        printer: name of the printer last used; "" for the system's own.
        documents_folder: where papers and exports go; "" for the officer's documents.
        backup_folder: where backups go; "" until chosen.
        server_url: the district's address; "" until enrolled.
        exchange_on_start: try an exchange when the program opens.
        last_officer: who signed in last, as 32 hex digits; "" at first.
        version: version of this file's shape.
        unknown: keys of another version, kept as they are.
    """

    language: str = "id"
    zone: str = "WIB"
    text_percent: int = 100
    lock_minutes: int = 5
    paper: str = "F4"
    printer: str = ""
    documents_folder: str = ""
    backup_folder: str = ""
    server_url: str = ""
    exchange_on_start: bool = True
    last_officer: str = ""
    version: int = VERSION
    unknown: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "language": ("id", "en"),
    "zone": ("WIB", "WITA", "WIT"),
    "paper": ("F4", "A4"),
}
_RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "text_percent": (100, 150),
    "lock_minutes": (1, 60),
}


def load_settings(folder: Path) -> Settings:
    """Read a folder's settings; customary values where none or none sound stand."""
    given = _read(folder / FILE_NAME)
    if given is None:
        return Settings()
    known = {one.name: one for one in fields(Settings) if one.name not in _OWN}
    sound = {name: given[name] for name in known if name in given and _fits(name, given[name])}
    rest = {name: value for name, value in given.items() if name not in known | {"version": 0}}
    version = given.get("version", VERSION)
    return replace(
        Settings(),
        **sound,
        version=max(version, VERSION) if isinstance(version, int) else VERSION,
        unknown=MappingProxyType(rest),
    )


def save_settings(folder: Path, settings: Settings) -> None:
    """Write a folder's settings: temporary file, fsync, rename.

    An unreadable file is put aside first, never overwritten.

    Raises:
        OSError: nothing was changed.
        ValueError: a value is outside what it may be.
    """
    own = {one.name: getattr(settings, one.name) for one in fields(Settings)}
    for name, value in own.items():
        if name not in _OWN and not _fits(name, value):
            raise ValueError(f"setting {name} cannot have this value")
    own.pop("unknown")
    place = folder / FILE_NAME
    if place.exists() and _read(place) is None:
        move_durably(place, folder / ASIDE_NAME)
    text = json.dumps({**settings.unknown, **own}, ensure_ascii=False, indent=2, sort_keys=True)
    write_durably(place, f"{text}\n".encode())


def _fits(name: str, value: object) -> bool:
    """Whether a value has its setting's type and lies where it may."""
    default = getattr(Settings(), name)
    if type(value) is not type(default):
        return False
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in _RANGES and isinstance(value, int):
        low, high = _RANGES[name]
        return low <= value <= high
    return True


def _read(place: Path) -> dict[str, Any] | None:
    """The file's object; None when there is none that can be read."""
    try:
        raw = place.read_bytes()
        given = json.loads(raw) if len(raw) <= _MOST_BYTES else None
    except (OSError, ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None
