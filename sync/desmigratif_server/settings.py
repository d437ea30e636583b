"""A server's folder: its keys in a file of mode 0600, its database beside it.

Keys never lie in the database or its backups; whoever copies `server.db` away has
nothing readable.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nacl.public import PrivateKey

from desmigratif_sync.protocol.envelopes import SERVER_ID_BYTES
from desmigratif_sync.protocol.keys import DeviceKey
from desmigratif_sync.protocol.messages import ServerIdentity

if TYPE_CHECKING:
    from pathlib import Path

KEYS_FILE = "server.keys.json"
DATABASE_FILE = "server.db"
DATABASE_KEY_BYTES = 48
"""SQLCipher's 96-hex form, key and salt: safe against a torn first page."""
SCHEMA = 1


class SettingsError(Exception):
    """The folder is not a server's, or its keys cannot be used; a sentence for people."""


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """What a running server needs to know.

    Attributes:
        folder: where everything lies.
        server: 16 bytes, fixed for ever.
        practice: serves practice folders only, or real ones only.
        generation: rises when the database was restored from a backup.
        key: Ed25519 key of answers and of the district's frames.
        sealing: X25519 key of what is sealed for the district.
        database_key: 96 hex digits.
        database_url: PostgreSQL; empty = the file in the folder.
    """

    folder: Path
    server: bytes
    practice: bool
    generation: int
    key: DeviceKey
    sealing: PrivateKey
    database_key: str
    database_url: str = ""

    @property
    def database(self) -> Path:
        """The embedded database."""
        return self.folder / DATABASE_FILE

    @property
    def identity(self) -> ServerIdentity:
        """What laptops pin."""
        sealing = bytes(self.sealing.public_key)
        return ServerIdentity(self.server, self.generation, self.key.public, sealing)


def create(folder: Path, *, practice: bool, database_url: str = "") -> Settings:
    """Make a new server's keys.

    Raises:
        SettingsError: the folder already holds a server.
    """
    if (folder / KEYS_FILE).exists() or (folder / DATABASE_FILE).exists():
        raise SettingsError("Folder ini sudah berisi server kabupaten.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = Settings(
        folder=folder,
        server=secrets.token_bytes(SERVER_ID_BYTES),
        practice=practice,
        generation=1,
        key=DeviceKey.generate(),
        sealing=PrivateKey.generate(),
        database_key=secrets.token_hex(DATABASE_KEY_BYTES),
        database_url=database_url,
    )
    _write(settings)
    return settings


def _write(settings: Settings) -> None:
    told = {
        "schema": SCHEMA,
        "server": settings.server.hex(),
        "practice": settings.practice,
        "generation": settings.generation,
        "signing": settings.key.seed.hex(),
        "sealing": bytes(settings.sealing).hex(),
        "database_key": settings.database_key,
        "database_url": settings.database_url,
    }
    target = settings.folder / KEYS_FILE
    fresh = target.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(told, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(target)


def load(folder: Path) -> Settings:
    """Read a server's keys.

    Raises:
        SettingsError: missing, unreadable, or open to other users of the machine.
    """
    target = folder / KEYS_FILE
    try:
        told = json.loads(target.read_text("ascii"))
        if os.name == "posix" and target.stat().st_mode & 0o077:
            raise SettingsError(
                f"Berkas {KEYS_FILE} dapat dibaca pengguna lain: jalankan chmod 600."
            )
        return Settings(
            folder=folder,
            server=bytes.fromhex(told["server"]),
            practice=told["practice"] is True,
            generation=int(told["generation"]),
            key=DeviceKey.from_seed(bytes.fromhex(told["signing"])),
            sealing=PrivateKey(bytes.fromhex(told["sealing"])),
            database_key=str(told["database_key"]),
            database_url=str(told["database_url"]),
        )
    except FileNotFoundError:
        raise SettingsError(
            "Folder ini belum berisi server kabupaten: jalankan `desmigratif-server init`."
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise SettingsError(f"Berkas {KEYS_FILE} tidak dapat dibaca.") from broken
