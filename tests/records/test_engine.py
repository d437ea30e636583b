"""Opening, refusing, failing and going on: the store and the machine it stands on."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlcipher3
import sqlalchemy as sa

from desmigratif_desktop.foundation import place_check
from desmigratif_desktop.foundation.clock import FrozenClock
from desmigratif_desktop.foundation.errors import (
    DesmigratifError,
    DiskFullError,
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
from desmigratif_desktop.records.unit_of_work import unit
from kit import recording_vfs, store_kit
from kit.store_kit import OFFICER, REGISTRY, STEPS, Villager

needs_vfs = pytest.mark.skipif(
    not recording_vfs.is_available(), reason="tidak diuji: cipher library exports no VFS here"
)


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
    ran = subprocess.run([sys.executable, "-c", program, str(store.folder)], env={"PYTHONPATH": ":".join(sys.path)})
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
        assert [one.changes[0].new for one in changelog.history(session, record)] == ["tiga", "dua", "satu"]
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


# L03, L04


def acts_until_failure(store, recorder, what: str, number: int, how) -> tuple[bool, list[bytes]]:
    """Work with one failing call; answer whether it was met, and what was acknowledged."""
    done = []
    recorder.fail = recording_vfs.on_call(number, what, how)
    try:
        for turn in range(3):
            record = new_id()
            store_kit.add(store, record, name=f"Orang {turn}")
            done.append(record)
            if turn == 1:
                store.tidy()
    except DesmigratifError as error:
        assert isinstance(error, KnownError), error
        assert error.sentence
        assert error.advice
        return True, done
    finally:
        recorder.fail = None
    return False, done


@needs_vfs
@pytest.mark.parametrize("what", ["write", "short", "sync", "full", "read"])
def test_L03_L04_the_nth_call_fails_and_nothing_is_lost(tmp_path, what: str, runs_all: bool) -> None:
    how = {"write": recording_vfs.IOERR_WRITE, "short": "short", "sync": 1, "full": recording_vfs.SQLITE_FULL,
           "read": 1}[what]  # fmt: skip
    kind = {"short": "write", "full": "write"}.get(what, what)
    met = 0
    numbers = range(1, 120) if runs_all else [1, 2, 3, 4, 7, 11, 16, 22, 29, 37, 46, 56, 67, 79]
    for number in numbers:
        folder = tmp_path / f"{what}-{number}"
        with recording_vfs.recording(folder) as recorder:
            store = store_kit.new_store(folder)
            store_kit.add(store, new_id(), name="Pertama")
            failed, done = acts_until_failure(store, recorder, kind, number, how)
            met += failed
            if failed and what != "full":
                in_doubt = store._broken
                if in_doubt:
                    with pytest.raises(KnownError, match="dibuka ulang"):
                        store_kit.add(store, new_id(), name="Sesudah")
                    assert store_kit.sql(store, "SELECT count(*) FROM kit_villager")[0][0] >= 1
            elif failed:
                assert not store._broken
                assert store_kit.add(store, new_id(), name="Sesudah disk dikosongkan")
            store.close()
            again = opened(folder, store.keys)
            found = {row[0] for row in store_kit.sql(again, "SELECT id FROM kit_villager")}
            assert set(done) <= found
            assert not check(again).faults
            assert store_kit.add(again, new_id(), name="Esoknya")
            again.close()
    assert met >= 3


@needs_vfs
def test_L03_after_a_failed_sync_everything_is_read_only_until_a_restart(tmp_path) -> None:
    with recording_vfs.recording(tmp_path) as recorder:
        store = store_kit.new_store(tmp_path / "pos")
        store_kit.add(store, new_id(), name="Pertama")
        recorder.fail = recording_vfs.on_call(1, "sync")
        with pytest.raises(KnownError, match="Diska tidak menjawab"):
            store_kit.add(store, new_id(), name="Gagal")
        for _ in range(2):
            with pytest.raises(KnownError, match="hanya dapat dibaca"):
                store_kit.add(store, new_id(), name="Ditolak")
        with pytest.raises(KnownError, match="hanya dapat dibaca"):
            store.tidy()
        recorder.fail = None
        store = store_kit.again(store)
        assert store_kit.add(store, new_id(), name="Esoknya")
        assert not check(store).faults
        store.close()


def test_L04_a_full_disk_leaves_the_state_and_the_draft_and_then_saves(store) -> None:
    from desmigratif_desktop.records.drafts import load_draft, save_draft

    save_draft(store, "registration", None, OFFICER.officer_id, {"name": "Siti"})
    with store.raw_handle() as handle:
        pages = handle.execute("PRAGMA page_count").fetchone()[0]
        handle.execute(f"PRAGMA max_page_count={pages}")
    entries = store_kit.sql(store, "SELECT count(*) FROM entry")
    with pytest.raises(DiskFullError, match="Kosongkan sedikitnya 200 MB"), unit(store, OFFICER, "import", bulk=True) as work:
        work.session.add_all([Villager(id=new_id(), name="x" * 200) for _ in range(2_000)])
    assert store_kit.sql(store, "SELECT count(*) FROM entry") == entries
    with store.read() as session:
        assert load_draft(session, "registration", None, OFFICER.officer_id).fields == {"name": "Siti"}
    with store.raw_handle() as handle:
        handle.execute("PRAGMA max_page_count=100000")
    assert store_kit.add(store, new_id(), name="Siti")
    assert not check(store).faults


def test_errno_is_known() -> None:
    assert errno.ENOSPC


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
            assert not store_kit.sql(old, "SELECT 1 FROM sqlite_master WHERE name IN ('later', 'ix_later')")
            assert "seen" not in store_kit.sql(old, "SELECT sql FROM sqlite_master WHERE name='kit_counter'")[0][0]
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
