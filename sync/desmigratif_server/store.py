"""The server's database: embedded SQLCipher by default, PostgreSQL by URL, one code path.

What `write()` has left without an exception is on the disk: WAL with FULL on SQLite,
`synchronous_commit` on PostgreSQL. Parameters never reach a log.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import sqlcipher3

from desmigratif_server import tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desmigratif_server.settings import Settings

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
    "busy_timeout = 20000",
    "cipher_memory_security = OFF",
)
SAFE_SQLITE = (3, 51, 3)
"""Older ones carry a WAL corruption bug."""
READERS = 8


class StoreError(Exception):
    """The database is missing, damaged, of another key, or newer; a sentence for people."""


def now_ms() -> int:
    """The server's clock, milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class Store:
    """The opened database.

    Attributes:
        engine: for reading; writers go through `write`.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._writing = threading.Lock()
        if settings.database_url:
            self.engine = sa.create_engine(settings.database_url, hide_parameters=True)
        else:
            self.engine = _embedded(settings)

    @classmethod
    def create(cls, settings: Settings) -> Store:
        """Make the tables of a new server."""
        store = cls(settings)
        with store.write() as connection:
            tables.metadata.create_all(connection)
            row = {"name": "schema", "value": str(tables.SCHEMA)}
            connection.execute(sa.insert(tables.meta), row)
        return store

    @classmethod
    def open(cls, settings: Settings) -> Store:
        """Open an existing server's database.

        Raises:
            StoreError: missing, damaged, of another key, or made by a newer program.
        """
        if not settings.database_url and not settings.database.is_file():
            raise StoreError("Berkas data server tidak ditemukan di folder ini.")
        store = cls(settings)
        schema = sa.select(tables.meta.c.value).where(tables.meta.c.name == "schema")
        try:
            with store.read() as connection:
                found = connection.execute(schema).scalar_one()
        except (sa.exc.SQLAlchemyError, sqlcipher3.Error) as broken:
            raise StoreError("Berkas data server rusak atau kuncinya bukan kuncinya.") from broken
        if int(found) > tables.SCHEMA:
            raise StoreError("Data server dibuat oleh versi program yang lebih baru.")
        return store

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A consistent view."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction; durable when this returns."""
        if self._settings.database_url:
            with self.engine.begin() as connection:
                yield connection
            return
        with self._writing, self.engine.connect() as connection:
            writer = connection.execution_options(desmigratif_begin="BEGIN IMMEDIATE")
            with writer.begin():
                yield writer

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def copy_to(self, target: Path) -> None:
        """Write an encrypted copy of the embedded database and verify it.

        Raises:
            StoreError: the copy is not sound; it is removed.
        """
        handle = connect(self._settings)
        try:
            handle.execute("VACUUM INTO ?", (str(target),))
        finally:
            handle.close()
        copy = _opened(target, self._settings.database_key)
        try:
            sound = [copy.execute("PRAGMA integrity_check").fetchall()]
            sound.append(copy.execute("PRAGMA cipher_integrity_check").fetchall())
        finally:
            copy.close()
        if sound != [[("ok",)], []]:
            target.unlink(missing_ok=True)
            raise StoreError("Salinan cadangan tidak lolos pemeriksaan dan dihapus.")


def _opened(path: Path, key: str) -> Any:
    handle = sqlcipher3.connect(str(path), isolation_level=None, check_same_thread=False)
    handle.execute(f"PRAGMA key = \"x'{key}'\"")
    return handle


def connect(settings: Settings) -> Any:
    """Open one raw connection to the embedded database.

    Raises:
        StoreError: the library is too old or has no cipher.
    """
    if sqlcipher3.sqlite_version_info < SAFE_SQLITE:
        raise StoreError("Pustaka SQLite di komputer ini terlalu tua.")
    handle = _opened(settings.database, settings.database_key)
    if not handle.execute("PRAGMA cipher_version").fetchone():
        raise StoreError("Pustaka SQLCipher tidak tersedia.")
    for pragma in PRAGMAS:
        handle.execute(f"PRAGMA {pragma}")
    return handle


def _embedded(settings: Settings) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=lambda: connect(settings),
        poolclass=sa.pool.QueuePool,
        pool_size=READERS,
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        how = connection.get_execution_options().get("desmigratif_begin", "BEGIN")
        connection.exec_driver_sql(how)

    return engine
