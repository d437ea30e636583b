"""Damage is found, named, and nothing is deleted on the way."""

from __future__ import annotations

import contextlib
import random
import shutil

import pytest

from desmigratif_desktop.foundation.errors import DesmigratifError, StoreDamagedError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records.engine import DATABASE, Store
from desmigratif_desktop.records.self_check import check
from desmigratif_desktop.records.unit_of_work import unit
from kit import store_kit
from kit.store_kit import OFFICER, REGISTRY, STEPS, Villager

PAGE = 4096


@pytest.fixture
def closed(store):
    with unit(store, OFFICER, "import", bulk=True) as work:
        work.session.add_all([Villager(id=new_id(), name=f"Orang {n}" * 5) for n in range(300)])
    assert not check(store).faults
    assert check(store).counts["kit_villager"] == 300
    store.close()
    return store


def is_noticed(store) -> bool:
    try:
        again = Store.open(store.folder, store.keys, REGISTRY, store.clock, (STEPS,))
    except StoreDamagedError as error:
        return "Pulihkan" in error.advice
    try:
        return bool(check(again).faults)
    except DesmigratifError:
        return True
    finally:
        with contextlib.suppress(DesmigratifError):
            again.close()


def test_L08_a_flipped_byte_in_any_page_is_found(closed, runs_all: bool) -> None:
    good = closed.path.read_bytes()
    pages = len(good) // PAGE
    dice = random.Random(8)
    for page in range(pages) if runs_all else dice.sample(range(pages), 25):
        raw = bytearray(good)
        raw[page * PAGE + dice.randrange(PAGE)] ^= 1 << dice.randrange(8)
        closed.path.write_bytes(raw)
        assert is_noticed(closed), page
        assert closed.path.exists()
    closed.path.write_bytes(good)
    assert not is_noticed(closed)


@pytest.mark.parametrize("page", [0, 1, 7, -1])
def test_L08_a_zeroed_page_is_found(closed, page: int) -> None:
    raw = bytearray(closed.path.read_bytes())
    start = (page % (len(raw) // PAGE)) * PAGE
    raw[start : start + PAGE] = bytes(PAGE)
    closed.path.write_bytes(raw)
    assert is_noticed(closed)


@pytest.mark.parametrize("share", [0.5, 0.99, 0.01])
def test_L08_a_truncated_file_is_found(closed, share: float) -> None:
    raw = closed.path.read_bytes()
    closed.path.write_bytes(raw[: int(len(raw) * share)])
    assert is_noticed(closed)


def test_L08_a_foreign_log_beside_the_file_is_found_or_ignored(closed, tmp_path) -> None:
    """The log of another village: never taken for ours, nothing of it shown."""
    stranger = store_kit.Store.create(
        tmp_path / "x", store_kit.new_keys(), REGISTRY, closed.clock, (STEPS,),
        village="9", laptop="A", practice=True,
    ) if (tmp_path / "x").mkdir() is None else None  # fmt: skip
    for _ in range(20):
        store_kit.add(stranger, new_id(), name="Orang asing")
    log = DATABASE + "-wal"
    shutil.copy(stranger.folder / log, closed.folder / log)
    before = closed.path.read_bytes()
    noticed = is_noticed(closed)
    stranger.close()
    if not noticed:
        again = Store.open(closed.folder, closed.keys, REGISTRY, closed.clock, (STEPS,))
        assert store_kit.sql(again, "SELECT count(*) FROM kit_villager") == [(300,)]
        again.close()
    else:
        assert closed.path.read_bytes()[:PAGE] == before[:PAGE]


def test_L08_a_deleted_log_leaves_a_whole_older_store(store) -> None:
    store_kit.add(store, new_id(), name="Lama")
    store.tidy()
    store_kit.add(store, new_id(), name="Hanya di dalam log")
    folder = store.folder.with_name("salinan")
    folder.mkdir()
    shutil.copy(store.path, folder / DATABASE)
    again = Store.open(folder, store.keys, REGISTRY, store.clock, (STEPS,))
    assert store_kit.sql(again, "SELECT name FROM kit_villager") == [("Lama",)]
    assert not check(again).faults
    again.close()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM entry WHERE seq=1", "tidak urut"),
        ("DELETE FROM row_version", "asal-usul"),
    ],
)
def test_a_log_that_was_tampered_with_is_found(store, statement: str, sentence: str) -> None:
    for number in range(3):
        store_kit.add(store, new_id(), name=f"Orang {number}")
    with store.raw_handle() as handle:
        handle.execute(statement)
    assert any(sentence in one for one in check(store).faults)
