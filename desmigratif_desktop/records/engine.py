"""The opened store: one folder, one process, one writer lane, one reader lane.

Start-up order: library, place, lock, key, cipher, header, newer-store check, steps,
triggers, replica. Each refusal is one sentence and leaves the folder as it was.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import sqlcipher3
from sqlalchemy.orm import Session

from desmigratif_desktop.foundation.errors import (
    BugError,
    DiskFullError,
    KnownError,
    StoreDamagedError,
)
from desmigratif_desktop.foundation.place_check import check_place
from desmigratif_desktop.records import capture, device, migrate
from desmigratif_desktop.records.connection import (
    BUSY_MS,
    check_header,
    check_library,
    connect,
    translate,
    translated,
)
from desmigratif_desktop.records.folder_lock import FolderLock
from desmigratif_desktop.records.rebuild import replay_when_wiser
from desmigratif_desktop.records.sentinel import Mark, is_behind, read_mark, write_mark
from desmigratif_desktop.records.slot_file import DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nacl.signing import SigningKey
    from sqlite_utils import Migrations

    from desmigratif_desktop.foundation.clock import Clock
    from desmigratif_desktop.records.keys import OpenedKeys
    from desmigratif_desktop.records.kinds import Registry
    from desmigratif_desktop.records.notices import ChangeNotice


WAL_CEILING_BYTES = 16 * 1024 * 1024
"""The log is moved into the file when idle; a save does it only beyond this size."""


class Store:
    """An opened, encrypted store.

    Attributes:
        folder: where it lies.
        registry: the kinds it knows.
        clock: where time comes from.
        keys: what the officer's slot gave.
        replica: which laptop this is.
        set_back: the mark that the database was behind of when it was opened; None = it was
            not. A new epoch was taken then.
    """

    def __init__(
        self,
        folder: Path,
        keys: OpenedKeys,
        registry: Registry,
        clock: Clock,
        lock: FolderLock,
    ) -> None:
        self.folder = folder
        self.keys = keys
        self.registry = registry
        self.clock = clock
        self._lock = lock
        self._listeners: list[Callable[[ChangeNotice], None]] = []
        self._broken = False
        self._is_closed = False
        self._writing = threading.Lock()
        self._writing_thread = 0
        self._tidy_beyond = WAL_CEILING_BYTES
        self._writer = self._engine(read_only=False)
        self._reader = self._engine(read_only=True)
        self.replica = self._read_replica()
        self.set_back = self._new_epoch_when_behind()
        with self.write() as connection:
            replay_when_wiser(connection, registry)

    @classmethod
    def open(
        cls,
        folder: Path,
        keys: OpenedKeys,
        registry: Registry,
        clock: Clock,
        migrations: tuple[Migrations, ...] = (),
        *,
        before_steps: Callable[[Any], object] | None = None,
    ) -> Store:
        """Open an existing store.

        Args:
            folder: where it lies.
            keys: what the officer's slot gave.
            registry: the kinds.
            clock: where time comes from.
            migrations: the schema steps above this floor.
            before_steps: called with the keyed connection before the first pending step.

        Raises:
            StoreBusyError: another process holds it.
            StoreDamagedError: missing, damaged, or not these keys' store.
            StoreTooNewError: written by a newer program.
        """
        check_library()
        check_place(folder)
        if not (folder / DATABASE).is_file():
            raise StoreDamagedError(
                "Berkas data pos layanan tidak ditemukan di folder ini.",
                "Pulihkan dari cadangan terakhir; jangan membuat pos baru di folder yang sama.",
            )
        lock = FolderLock(folder)
        try:
            _prepare(folder, keys, registry, migrations, before_steps)
            return cls(folder, keys, registry, clock, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def create(
        cls,
        folder: Path,
        keys: OpenedKeys,
        registry: Registry,
        clock: Clock,
        migrations: tuple[Migrations, ...] = (),
        *,
        village: str,
        laptop: str,
        practice: bool,
    ) -> Store:
        """Make a new store in a folder that holds none; its first identity is made here.

        Raises:
            KnownError: the folder already holds a store.
        """
        check_library()
        check_place(folder)
        if (folder / DATABASE).exists():
            raise KnownError(
                "Folder ini sudah berisi data pos layanan.", "Pilih folder yang kosong."
            )
        lock = FolderLock(folder)
        try:
            _prepare(folder, keys, registry, migrations)
            _found_replica(folder, keys, (village, laptop, int(practice)))
            return cls(folder, keys, registry, clock, lock)
        except BaseException:
            lock.release()
            raise

    def _engine(self, *, read_only: bool) -> sa.Engine:
        engine = sa.create_engine(
            "sqlite://",
            module=sqlcipher3,
            poolclass=sa.pool.QueuePool,
            pool_size=2 if read_only else 1,
            max_overflow=2 if read_only else 0,
            creator=lambda: connect(self.folder / DATABASE, self.keys, read_only=read_only),
            hide_parameters=True,
        )
        begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        sa.event.listen(engine, "begin", lambda one: one.exec_driver_sql(begin))
        return engine

    def _read_replica(self) -> device.Replica:
        with translated(), self._reader.connect() as connection:
            row = connection.exec_driver_sql(
                "SELECT store, village, laptop, practice, device, epoch, public_key FROM replica"
            ).one_or_none()
        if row is None or row[0] != self.keys.store_id:
            raise StoreDamagedError(
                "Pos layanan di folder ini belum selesai disiapkan.",
                "Hapus folder yang kosong itu atau pilih folder lain.",
            )
        return device.Replica(row[0], row[1], row[2], bool(row[3]), row[4], row[5], row[6])

    def _new_epoch_when_behind(self) -> Mark | None:
        """An older file was put in place: no sequence number may be issued twice."""
        mark = read_mark(self.folder)
        if mark is None:
            return None
        with self.read() as session:
            if not is_behind(mark, session.connection(), self.replica):
                return None
        with self.write() as connection:
            connection.exec_driver_sql("UPDATE replica SET epoch=?", (device.new_epoch(),))
        self.replica = self._read_replica()
        self.remember_place()
        return mark

    def remember_place(self, *, exchanged: bool = False) -> None:
        """Mark beside the database how far it has come (after an exchange, idle, on close)."""
        with self.read() as session:
            connection = session.connection()
            write_mark(
                self.folder, connection, self.replica, self.clock.millis(), exchanged=exchanged
            )

    @property
    def path(self) -> Path:
        """The database file."""
        return self.folder / DATABASE

    def signing_key(self) -> SigningKey:
        """This laptop's signing key; needs an officer's slot."""
        with self.read() as session:
            sealed = session.execute(sa.text("SELECT sealed_seed FROM replica")).scalar_one()
        return device.open_signing_key(self.keys, sealed)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read-only snapshot; never blocked by the writer."""
        with translated(), Session(self._reader, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """The writer lane: one transaction, committed at the end, rolled back on error.

        For the change log's own machinery (unit of work, merge, exchange).
        """
        with self._lane():
            with self._writer.begin() as connection:
                yield connection
            # The act is on disk: whatever becomes of the log now, it is not this act's failure.
            with contextlib.suppress(KnownError), self._watched():
                self._tidy(self._tidy_beyond)

    @contextmanager
    def _lane(self) -> Iterator[None]:
        """One writer at a time; none after the disk has failed; never one inside another."""
        me = threading.get_ident()
        if self._writing_thread == me:
            raise BugError("Terjadi kesalahan di dalam program.", "Perubahan ini dibatalkan.")
        with self._writing:
            if self._broken:
                raise KnownError(
                    "Diska pernah gagal, jadi data hanya dapat dibaca sampai dibuka ulang.",
                    "Tutup lalu buka lagi Desmigratif.",
                )
            self._writing_thread = me
            try:
                with self._watched():
                    yield
            finally:
                self._writing_thread = 0

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """After a disk error nothing more is written: the pages in memory are in doubt."""
        try:
            yield
        except (sa.exc.DBAPIError, sqlcipher3.DatabaseError) as error:
            if "disk i/o" in str(error).lower():
                self._broken = True
            raise translate(error) from error

    @contextmanager
    def local_write(self) -> Iterator[Session]:
        """Write local tables (drafts, counters, caches); synced tables abort."""
        with self.write() as connection, Session(connection, expire_on_commit=False) as session:
            yield session
            session.flush()

    @contextmanager
    def raw_handle(self) -> Iterator[Any]:
        """The writer's own connection outside a transaction: checks, backups, sqlite-utils."""
        with self._lane(), self._writer.connect() as connection:
            connection.rollback()
            yield connection.connection.driver_connection

    def tidy(self) -> None:
        """Move the write-ahead log into the file while nobody types; never on the save path."""
        with self._lane():
            self._tidy(1)
        self.remember_place()

    def _tidy(self, ceiling: int) -> None:
        """Checkpoint and cut the log; a reader in the way only postpones it."""
        log = self.path.with_name(DATABASE + "-wal")
        size = log.stat().st_size if log.exists() else 0
        if size < ceiling:
            return
        with self._writer.connect() as connection:
            connection.rollback()
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA busy_timeout=0")
            busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        self._tidy_beyond = WAL_CEILING_BYTES + (size if busy else 0)

    def subscribe(self, listener: Callable[[ChangeNotice], None]) -> None:
        """Hear of every act after its COMMIT, on the thread that committed."""
        self._listeners.append(listener)

    def publish(self, notice: ChangeNotice) -> None:
        """Tell the listeners."""
        for listener in tuple(self._listeners):
            listener(notice)

    def require_space(self, needed: int) -> None:
        """Refuse work that needs more disk than there is.

        Raises:
            DiskFullError: says how many MB are missing.
        """
        free = shutil.disk_usage(self.folder).free
        if free < needed:
            missing = (needed - free) // 1_000_000 + 1
            raise DiskFullError(
                f"Ruang diska kurang {missing} MB.",
                "Kosongkan diska, lalu coba lagi; data Anda aman.",
            )

    def close(self) -> None:
        """Checkpoint, close both lanes, let the folder go; twice does no harm."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            with contextlib.suppress(KnownError, BugError):
                self.remember_place()
            self._reader.dispose()
            if not self._broken:
                with self._watched(), self._writer.connect() as connection:
                    raw: Any = connection.connection.driver_connection
                    connection.rollback()
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self._writer.dispose()
            self._lock.release()


def _found_replica(folder: Path, keys: OpenedKeys, facts: tuple[str, str, int]) -> None:
    """Give a new store its first identity: (village, laptop, practice)."""
    public, sealed = device.new_device(keys)
    handle = connect(folder / DATABASE, keys)
    try:
        handle.execute(
            "INSERT INTO replica VALUES (1,?,?,?,?,?,?,?,?)",
            (
                keys.store_id,
                *facts,
                device.device_of(public),
                device.new_epoch(),
                public,
                sealed,
            ),
        )
    finally:
        handle.close()


def _prepare(
    folder: Path,
    keys: OpenedKeys,
    registry: Registry,
    migrations: tuple[Migrations, ...],
    before_steps: Callable[[Any], object] | None = None,
) -> None:
    handle = connect(folder / DATABASE, keys)
    try:
        with translated():
            migrate.refuse_newer(handle, migrations)
            if migrate.pending(handle, migrations):
                if before_steps is not None:
                    before_steps(handle)
                migrate.migrate(handle, migrations)
            capture.install(handle, registry)
        check_header(folder / DATABASE)
    finally:
        handle.close()


__all__ = ["DATABASE", "WAL_CEILING_BYTES", "Store"]
