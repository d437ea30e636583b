"""One encrypted connection: the pragmas, read back, and the errors in the house's words.

Source: security design §6.1; trials T8 (96-hex key), T10, G1 (foreign and recursive
triggers); stack §2. Every pragma is read back: a cipher that was silently not there
would write plaintext.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlalchemy.exc import DBAPIError

from desmigratif_desktop.foundation.errors import (
    BugError,
    DesmigratifError,
    DiskFullError,
    KnownError,
    StoreBusyError,
    StoreDamagedError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desmigratif_desktop.records.keys import OpenedKeys

OLDEST_SQLITE = (3, 51, 3)
BUSY_MS = 5000
_REQUIRED: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("fullfsync", "ON", 1),
    ("checkpoint_fullfsync", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("trusted_schema", "OFF", 0),
    ("secure_delete", "ON", 1),
    ("cache_size", "-16000", -16000),
    ("wal_autocheckpoint", "0", 0),
)


def check_library() -> None:
    """Refuse an SQLite that can corrupt a write-ahead log (all before 3.51.3).

    Raises:
        KnownError: the library is too old.
    """
    version = sqlcipher3.sqlite_version_info
    if version < OLDEST_SQLITE:
        found = ".".join(str(part) for part in version)
        raise KnownError(
            f"Pustaka penyimpanan di laptop ini terlalu lama (SQLite {found}).",
            "Pasang ulang Desmigratif; data Anda tidak disentuh.",
        )


def connect(path: Path, keys: OpenedKeys, *, read_only: bool = False) -> Any:
    """Open one connection, keyed and checked.

    Args:
        path: the database file.
        keys: what an opened slot gave.
        read_only: the reader lane: refuses every write.

    Raises:
        StoreDamagedError: wrong key, or not a database.
        KnownError: no cipher in the library, or a pragma was not taken.
    """
    handle = sqlcipher3.connect(
        str(path), check_same_thread=False, timeout=BUSY_MS / 1000, isolation_level=None
    )
    try:
        handle.execute(f"PRAGMA key=\"x'{keys.pragma_hex}'\"")
        handle.execute("PRAGMA cipher_log_level=NONE")
        _require_cipher(handle)
        handle.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _apply_pragmas(handle)
        if read_only:
            handle.execute("PRAGMA query_only=ON")
    except sqlcipher3.DatabaseError as error:
        handle.close()
        raise translate(error) from None
    except KnownError:
        handle.close()
        raise
    return handle


def _require_cipher(handle: Any) -> None:
    if not handle.execute("PRAGMA cipher_version").fetchone():
        raise KnownError(
            "Penyandian data tidak tersedia di laptop ini.", "Pasang ulang Desmigratif."
        )


def _apply_pragmas(handle: Any) -> None:
    handle.execute("PRAGMA mmap_size=0")
    handle.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    for name, value, expected in _REQUIRED:
        handle.execute(f"PRAGMA {name}={value}")
        found = handle.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != expected:
            raise KnownError(
                f"Penyimpanan tidak mau bekerja dengan aman ({name}).",
                "Jangan lanjutkan; hubungi pendamping kabupaten.",
            )


def check_header(path: Path) -> None:
    """Make sure that the file on disk is not readable by a plain SQLite.

    Raises:
        KnownError: the file begins like an unencrypted database.
    """
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(b"SQLite format 3"):
        raise KnownError(
            "Berkas data tidak tersandi.", "Jangan lanjutkan; hubungi pendamping kabupaten."
        )


def translate(error: BaseException) -> DesmigratifError:
    """Put an SQLite error into the house's words; values never travel along."""
    original = getattr(error, "orig", None) or error
    text = str(original).lower()
    if "full" in text:
        return DiskFullError(
            "Ruang diska habis, jadi perubahan terakhir belum tersimpan.",
            "Kosongkan sedikitnya 200 MB, lalu simpan lagi; isian Anda masih ada.",
        )
    if "locked" in text or "busy" in text:
        return StoreBusyError(
            "Data sedang dipakai proses lain.", "Tunggu sebentar, lalu coba lagi."
        )
    if "not a database" in text or "malformed" in text or "disk image" in text or "hmac" in text:
        return StoreDamagedError(
            "Berkas data rusak atau kuncinya bukan miliknya.",
            "Jangan hapus apa pun. Pulihkan dari cadangan terakhir.",
        )
    if "disk i/o" in text or "unable to open" in text or "readonly" in text:
        return KnownError(
            "Diska tidak menjawab dengan benar, jadi perubahan terakhir belum tersimpan.",
            "Tutup lalu buka lagi Desmigratif. Bila terulang, periksa diska.",
        )
    return BugError(
        "Terjadi kesalahan di dalam program.", "Perubahan terakhir dibatalkan; data lain aman."
    )


@contextmanager
def translated() -> Iterator[None]:
    """Turn database errors into the house's own on the way out."""
    try:
        yield
    except (DBAPIError, sqlcipher3.DatabaseError) as error:
        raise translate(error) from error
