"""Opening, refusing, failing and going on: the store and the machine it stands on."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
import sqlcipher3

from desmigratif_desktop.foundation import place_check
from desmigratif_desktop.foundation.clock import FrozenClock
from desmigratif_desktop.foundation.errors import (
    KnownError,
    StoreBusyError,
    StoreDamagedError,
    StoreTooNewError,
    UnsafePlaceError,
)
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import changelog, connection
from desmigratif_desktop.records.engine import DATABASE, Store
from desmigratif_desktop.records.self_check import check
from kit import store_kit
from kit.store_kit import REGISTRY, STEPS

if TYPE_CHECKING:
    from pathlib import Path


def opened(folder: Path, keys, steps=(STEPS,), clock=None) -> Store:
    return Store.open(folder, keys, REGISTRY, clock or store_kit.SystemClock(), steps)


# L07, L17, L21


def test_L07_a_refused_place_is_not_opened(store, monkeypatch) -> None:
    line = f"1 1 8:1 / {store.folder} rw - vfat /dev/sdb1 rw"
    monkeypatch.setattr(place_check, "_read_text", lambda path: line)
    before = sorted(one.name for one in store.folder.iterdir())
    with pytest.raises(UnsafePlaceError, match="VFAT"):
        opened(store.folder, store.keys)
    with pytest.raises(UnsafePlaceError):
        Store.create(store.folder / "baru", store.keys, REGISTRY, store.clock, (STEPS,),
                     village="1", laptop="A", practice=True)  # fmt: skip
    assert sorted(one.name for one in store.folder.iterdir()) == before


@pytest.mark.parametrize("how", ["symlink", "hard link"])
def test_L07_a_linked_database_is_not_opened(store, tmp_path, how: str) -> None:
    store.close()
    if how == "symlink":
        real = (store.folder / DATABASE).rename(tmp_path / "elsewhere.db")
        (store.folder / DATABASE).symlink_to(real)
    else:
        (tmp_path / "second.db").hardlink_to(store.folder / DATABASE)
    with pytest.raises(UnsafePlaceError, match="tautan"):
        opened(store.folder, store.keys)


def test_L17_a_second_opening_is_refused_in_this_and_in_another_process(store) -> None:
    with pytest.raises(StoreBusyError, match="sedang dibuka"):
        opened(store.folder, store.keys)
    program = (
        "import sys; from pathlib import Path\n"
        "from desmigratif_desktop.records.folder_lock import FolderLock\n"
        "from desmigratif_desktop.foundation.errors import StoreBusyError\n"
        "try: FolderLock(Path(sys.argv[1]))\n"
        "except StoreBusyError: sys.exit(7)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(store.folder)], env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert ran.returncode == 7
    store_kit.again(store).close()


def test_L17_another_program_that_holds_the_file_only_makes_us_wait(store, monkeypatch) -> None:
    monkeypatch.setattr(connection, "BUSY_MS", 50)
    store.close()
    store = opened(store.folder, store.keys)
    browser = connection.connect(store.path, store.keys)
    browser.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError):
        store_kit.add(store, new_id(), name="Siti")
    browser.execute("ROLLBACK")
    browser.close()
    assert store_kit.add(store, new_id(), name="Siti")
    assert not check(store).faults
    store.close()


def test_L17_many_openings_race_and_one_wins(store) -> None:
    store.close()
    won, refused, lock = [], [], threading.Lock()

    def race() -> None:
        for _ in range(20):
            try:
                one = opened(store.folder, store.keys)
            except StoreBusyError as error:
                with lock:
                    refused.append(error)
                continue
            store_kit.add(one, new_id(), name="Siti")
            one.close()
            with lock:
                won.append(1)

    threads = [threading.Thread(target=race) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    last = opened(store.folder, store.keys)
    assert store_kit.sql(last, "SELECT count(*) FROM kit_villager") == [(len(won),)]
    assert len(won) + len(refused) == 80
    assert not check(last).faults
    last.close()


def test_L21_an_old_sqlite_is_refused_before_anything_is_touched(store, monkeypatch) -> None:
    store.close()
    before = {one.name: one.read_bytes() for one in store.folder.iterdir()}
    monkeypatch.setattr(sqlcipher3, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(KnownError, match="terlalu lama"):
        opened(store.folder, store.keys)
    assert before == {one.name: one.read_bytes() for one in store.folder.iterdir()}


def test_L21_a_library_without_the_cipher_is_refused(store, tmp_path, monkeypatch) -> None:
    store.close()
    monkeypatch.setattr(connection, "sqlcipher3", sqlite3)
    for folder in (store.folder, tmp_path / "new"):
        folder.mkdir(exist_ok=True)
        with pytest.raises(KnownError, match="Penyandian"):
            connection.connect(folder / DATABASE, store.keys)
    fresh = tmp_path / "new" / DATABASE
    assert not fresh.exists() or fresh.stat().st_size == 0


def test_L21_a_pragma_that_is_not_taken_is_refused(store, monkeypatch) -> None:
    store.close()
    monkeypatch.setattr(connection, "_REQUIRED", (*connection._REQUIRED, ("synchronous", "OFF", 2)))
    with pytest.raises(KnownError, match="tidak mau bekerja dengan aman"):
        opened(store.folder, store.keys)


def test_L21_a_plain_file_is_noticed_by_its_first_bytes(tmp_path) -> None:
    plain = sqlite3.connect(tmp_path / DATABASE)
    plain.execute("CREATE TABLE x (y)")
    plain.close()
    with pytest.raises(KnownError, match="tidak tersandi"):
        connection.check_header(tmp_path / DATABASE)
    with pytest.raises(StoreDamagedError):
        opened(tmp_path, store_kit.new_keys())


def test_the_file_is_unreadable_and_the_pragmas_hold(store) -> None:
    store_kit.add(store, new_id(), name="Siti Kenari")
    store.tidy()
    raw = store.path.read_bytes()
    assert not raw.startswith(b"SQLite")
    assert b"Kenari" not in raw
    with store.raw_handle() as handle:
        for name, _, expected in connection._REQUIRED:
            assert handle.execute(f"PRAGMA {name}").fetchone()[0] == expected
    with store.read() as session, pytest.raises(sa.exc.OperationalError):
        session.execute(sa.text("UPDATE kit_villager SET name='x'"))


def test_another_key_is_refused_and_nothing_is_made(store) -> None:
    store.close()
    with pytest.raises(StoreDamagedError):
        opened(store.folder, store_kit.new_keys())
    with pytest.raises(StoreDamagedError, match="tidak ditemukan"):
        opened(store.folder / "none", store.keys)
    assert not (store.folder / "none").exists()


# L18


@pytest.mark.parametrize("now", [0, -5_000, 4_070_908_800_000, 253_402_300_800_000])
def test_L18_a_wrong_clock_keeps_the_order_and_breaks_nothing(tmp_path, now: int) -> None:
    clock = FrozenClock(1_790_000_000_000)
    store = store_kit.new_store(tmp_path / "pos", clock=clock)
    record = new_id()
    store_kit.add(store, record, name="satu")
    clock.now = now
    store_kit.edit(store, record, name="dua")
    clock.now = 1_790_000_000_000
    store_kit.edit(store, record, name="tiga")
    stamps = [row[0] for row in store_kit.sql(store, "SELECT hlc FROM entry ORDER BY seq")]
    assert stamps == sorted(set(stamps))
    with store.read() as session:
        assert [one.changes[0].new for one in changelog.history(session, record)] == [
            "tiga",
            "dua",
            "satu",
        ]
    assert not check(store).faults
    store.close()


def test_L18_a_laptop_from_2099_does_not_take_ours_along(pair) -> None:
    here, there = pair
    here.clock, there.clock = FrozenClock(1_790_000_000_000), FrozenClock(4_070_908_800_000)
    record = new_id()
    store_kit.add(there, record, name="2099")
    store_kit.send(there, here)
    store_kit.add(here, new_id(), name="hari ini")
    ours = store_kit.sql(here, "SELECT hlc >> 16 FROM entry ORDER BY hlc")
    assert ours[0] == (1_790_000_000_000,)


# L20


def test_L20_a_newer_store_is_refused_and_untouched(store) -> None:
    from sqlite_utils import Migrations

    newer = Migrations("kit_newer")
    newer(name="9999_future")(lambda db: db.execute("CREATE TABLE future (x INTEGER) STRICT"))
    store_kit.again(store, steps=(STEPS, newer)).close()
    before = store.path.read_bytes()
    with pytest.raises(StoreTooNewError, match="lebih baru"):
        opened(store.folder, store.keys)
    assert store.path.read_bytes() == before


def test_L20_a_step_killed_at_each_statement_is_whole_or_absent(store) -> None:
    from sqlite_utils import Migrations

    statements = [
        "CREATE TABLE later (id INTEGER PRIMARY KEY, body TEXT) STRICT",
        "INSERT INTO later(body) VALUES ('satu')",
        "ALTER TABLE kit_counter ADD COLUMN seen INTEGER",
        "CREATE INDEX ix_later ON later (body)",
    ]
    store_kit.add(store, new_id(), name="Siti")
    store.close()
    for killed_at in range(len(statements) + 1):
        steps = Migrations("kit_killed")

        @steps(name="0001")
        def run(db, killed_at: int = killed_at) -> None:
            for number, statement in enumerate(statements):
                if number == killed_at:
                    raise KeyboardInterrupt
                db.execute(statement)

        if killed_at < len(statements):
            with pytest.raises(KeyboardInterrupt):
                opened(store.folder, store.keys, (STEPS, steps))
            old = opened(store.folder, store.keys)
            assert not store_kit.sql(
                old, "SELECT 1 FROM sqlite_master WHERE name IN ('later', 'ix_later')"
            )
            assert (
                "seen"
                not in store_kit.sql(old, "SELECT sql FROM sqlite_master WHERE name='kit_counter'")[
                    0
                ][0]
            )
            assert not check(old).faults
            old.close()
        else:
            new = opened(store.folder, store.keys, (STEPS, steps))
            assert store_kit.sql(new, "SELECT body FROM later") == [("satu",)]
            assert not check(new).faults
            new.close()


def test_readers_see_a_snapshot_and_never_wait(store) -> None:
    store_kit.add(store, new_id(), name="Siti")
    with store.read() as session:
        count = session.execute(sa.text("SELECT count(*) FROM kit_villager")).scalar_one()
        store_kit.add(store, new_id(), name="Aminah")
        assert session.execute(sa.text("SELECT count(*) FROM kit_villager")).scalar_one() == count
    assert store_kit.sql(store, "SELECT count(*) FROM kit_villager") == [(2,)]


def test_a_long_log_is_cut_once_and_not_at_every_save(store, monkeypatch) -> None:
    from desmigratif_desktop.records import engine

    monkeypatch.setattr(engine, "WAL_CEILING_BYTES", 200_000)
    store._tidy_beyond = 200_000
    sizes = []
    for number in range(40):
        store_kit.add(store, new_id(), name=f"Orang {number}")
        sizes.append((store.folder / (DATABASE + "-wal")).stat().st_size)
    assert max(sizes) < 300_000
    assert sum(size == 0 for size in sizes) <= 10
