"""Disks that fail, tear and fill up: visible, rolled back, nothing acknowledged lost (L03, L04)."""

from __future__ import annotations

import pytest

from desmigratif_desktop.foundation.errors import DesmigratifError, DiskFullError, KnownError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records.drafts import load_draft, save_draft
from desmigratif_desktop.records.engine import Store
from desmigratif_desktop.records.self_check import check
from desmigratif_desktop.records.unit_of_work import unit
from kit import recording_vfs, store_kit
from kit.store_kit import OFFICER, REGISTRY, STEPS, Villager

needs_vfs = pytest.mark.skipif(
    not recording_vfs.is_available(), reason="tidak diuji: cipher library exports no VFS here"
)


def opened(folder, keys) -> Store:
    return Store.open(folder, keys, REGISTRY, store_kit.SystemClock(), (STEPS,))


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
        return isinstance(error, KnownError) and bool(error.sentence and error.advice), done
    finally:
        recorder.fail = None
    return False, done


@needs_vfs
@pytest.mark.parametrize("what", ["write", "short", "sync", "full", "read"])
def test_L03_L04_the_nth_call_fails_and_nothing_is_lost(
    tmp_path, what: str, runs_all: bool
) -> None:
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
    save_draft(store, "registration", None, OFFICER.officer_id, {"name": "Siti"})
    with store.raw_handle() as handle:
        pages = handle.execute("PRAGMA page_count").fetchone()[0]
        handle.execute(f"PRAGMA max_page_count={pages}")
    entries = store_kit.sql(store, "SELECT count(*) FROM entry")
    with (
        pytest.raises(DiskFullError, match="Kosongkan sedikitnya 200 MB"),
        unit(store, OFFICER, "import", bulk=True) as work,
    ):
        work.session.add_all([Villager(id=new_id(), name="x" * 200) for _ in range(2_000)])
    assert store_kit.sql(store, "SELECT count(*) FROM entry") == entries
    with store.read() as session:
        assert load_draft(session, "registration", None, OFFICER.officer_id).fields == {
            "name": "Siti"
        }
    with store.raw_handle() as handle:
        handle.execute("PRAGMA max_page_count=100000")
    assert store_kit.add(store, new_id(), name="Siti")
    assert not check(store).faults
