"""An officer leaves: what they know opens nothing any more; a cut at any step is survived."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from desmigratif_desktop.foundation.errors import (
    DiskFullError,
    KnownError,
    NotFoundError,
    RuleBrokenError,
    StoreBusyError,
    StoreDamagedError,
    WrongPassphraseError,
)
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import keys, recovery_code, rekey, slot_file
from desmigratif_desktop.records.engine import DATABASE, Store
from desmigratif_desktop.records.self_check import check
from kit import store_kit
from kit.store_kit import OFFICER, OTHER_OFFICER, PASSPHRASE, REGISTRY, STEPS, VIEWER

LEAVING = "sandi yang pergi"
VIEWING = "sandi pak kuwu"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(keys, "ARGON2_MEMORY_KIB", 8)
    monkeypatch.setattr(keys, "ARGON2_PASSES", 1)
    monkeypatch.setattr(keys.attempts, "wait", lambda folder, pause: None)
    store_kit._slot.cache_clear()
    yield
    store_kit._slot.cache_clear()


@pytest.fixture
def post(store):
    store_kit.with_slots(store)
    keys.add_officer_slot(store.folder, store.keys, OTHER_OFFICER, LEAVING)
    keys.add_officer_slot(store.folder, store.keys, VIEWER, VIEWING)
    keys.replace_recovery_slot(store.folder, store.keys, CODE)
    for number in range(30):
        store_kit.add(store, new_id(), name=f"Orang {number}")
    return store


CODE = recovery_code.new_code()


def change(post) -> keys.OpenedKeys:
    post.close()
    return rekey.rekey(post.folder, post.keys, REGISTRY, without=OTHER_OFFICER.officer_id)


def opened(post, secret) -> Store:
    found = keys.unlock(post.folder, secret)
    return Store.open(post.folder, found, REGISTRY, post.clock, (STEPS,))


def people(store) -> list:
    return sorted(store_kit.sql(store, "SELECT id, name FROM kit_villager"))


def test_L23_the_one_who_left_opens_nothing_and_the_others_go_on(post) -> None:
    wanted, seed = people(post), bytes(post.signing_key())
    generation = keys.read_slots(post.folder).generation
    fresh = change(post)
    assert fresh.data_key != post.keys.data_key
    assert fresh.office_key != post.keys.office_key
    assert keys.read_slots(post.folder).generation > generation
    with pytest.raises(WrongPassphraseError):
        keys.unlock(post.folder, LEAVING)
    for secret in (PASSPHRASE, VIEWING):
        store = opened(post, secret)
        assert people(store) == wanted
        assert not check(store).faults
        store.close()
    assert keys.unlock(post.folder, CODE).data_key == fresh.data_key, "the sheet stays valid"
    assert keys.unlock(post.folder, VIEWING).office_key is None
    store = opened(post, PASSPHRASE)
    assert bytes(store.signing_key()) == seed, "the laptop stays the same device"
    assert store_kit.add(store, new_id(), name="Sesudahnya")
    store.close()


def test_L23_the_old_slot_file_and_passphrase_do_not_open_the_database(post) -> None:
    before = {
        name: (post.folder / name).read_bytes() for name in (keys.SLOTS_FILE, keys.SLOTS_COPY)
    }
    change(post)
    for name, raw in before.items():
        (post.folder / name).write_bytes(raw)
    old = keys.unlock(post.folder, LEAVING)
    assert old.data_key == post.keys.data_key, "the old file itself opens, by design of slots"
    with pytest.raises(StoreDamagedError):
        Store.open(post.folder, old, REGISTRY, post.clock, (STEPS,))


def test_L23_the_copy_answers_when_only_the_first_slot_file_is_put_back(post) -> None:
    old = (post.folder / keys.SLOTS_FILE).read_bytes()
    change(post)
    (post.folder / keys.SLOTS_FILE).write_bytes(old)
    store = opened(post, PASSPHRASE)
    assert len(people(store)) == 30
    store.close()


def test_L23_nothing_of_the_old_key_is_left_in_the_folder(post) -> None:
    change(post)
    left = {one.name for one in post.folder.iterdir()}
    assert not {one for one in left if "next" in one or "wal" in one or "shm" in one}, left
    for one in post.folder.iterdir():
        raw = one.read_bytes()
        assert post.keys.salt not in raw, one.name


CUT = 77


def _cut_at(number: int, post) -> int:
    """Run the change in a child that dies at its n-th durable step; returns its exit status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count = 0

    def dying(real):
        def call(*args, **named):
            nonlocal count
            count += 1
            if count == number:
                os._exit(CUT)
            return real(*args, **named)

        return call

    rekey.copy_pages = dying(rekey.copy_pages)
    rekey.move_durably = dying(rekey.move_durably)
    rekey._reseal = dying(rekey._reseal)
    slot_file.write_durably = dying(slot_file.write_durably)
    slot_file.finish = dying(slot_file.finish)
    try:
        rekey.rekey(post.folder, post.keys, REGISTRY, without=OTHER_OFFICER.officer_id)
    except BaseException:
        os._exit(1)
    os._exit(0)


@pytest.mark.skipif(sys.platform == "win32", reason="fork")
def test_L23_a_cut_at_each_step_leaves_a_store_that_opens(post, tmp_path) -> None:
    wanted = people(post)
    post.close()
    whole = tmp_path / "whole"
    shutil.copytree(post.folder, whole)
    old_salt, done = post.keys.salt, 0
    for number in range(1, 40):
        shutil.rmtree(post.folder)
        shutil.copytree(whole, post.folder)
        status = _cut_at(number, post)
        if status == 0:
            break
        assert status == CUT, number
        store = opened(post, PASSPHRASE)
        assert people(store) == wanted, number
        assert not check(store).faults
        changed = store.keys.salt != old_salt
        store.close()
        assert not [one for one in post.folder.iterdir() if "next" in one.name], number
        if changed:
            done += 1
            with pytest.raises(WrongPassphraseError):
                keys.unlock(post.folder, LEAVING)
        else:
            assert keys.unlock(post.folder, LEAVING).data_key == post.keys.data_key
    assert number > 7, "every durable step was cut"
    assert done >= 2, "cuts before and after the swap were both seen"


def test_L23_a_change_that_fails_its_check_keeps_the_old_keys(post, monkeypatch) -> None:
    post.close()
    real = rekey.count_rows
    monkeypatch.setattr(rekey, "count_rows", lambda *args: real(*args) | {"kit_villager": 31})
    with pytest.raises(KnownError, match="kunci lama tetap dipakai"):
        rekey.rekey(post.folder, post.keys, REGISTRY, without=OTHER_OFFICER.officer_id)
    store = opened(post, LEAVING)
    assert len(people(store)) == 30
    store.close()
    assert not [one for one in post.folder.iterdir() if "next" in one.name]


def test_an_open_store_is_not_changed_below_its_officer(post) -> None:
    with pytest.raises(StoreBusyError):
        rekey.rekey(post.folder, post.keys, REGISTRY, without=OTHER_OFFICER.officer_id)
    assert (post.folder / DATABASE).exists()


def test_reading_the_slots_meanwhile_does_not_disturb_a_running_change(post) -> None:
    """Another window's sign-in page reads the slots while the change is half done."""
    lock = None
    post.close()
    lock = rekey.FolderLock(post.folder)
    slot_file.put_next(post.folder, keys.read_slots(post.folder), b"\1" * 16)
    keys.read_slots(post.folder)
    assert (post.folder / slot_file.SLOTS_NEXT).exists()
    lock.release()
    keys.read_slots(post.folder)
    assert not (post.folder / slot_file.SLOTS_NEXT).exists()


def test_who_cannot_be_let_go(post) -> None:
    post.close()
    with pytest.raises(RuleBrokenError, match="dirinya sendiri"):
        rekey.rekey(post.folder, post.keys, REGISTRY, without=OFFICER.officer_id)
    with pytest.raises(NotFoundError):
        rekey.rekey(post.folder, post.keys, REGISTRY, without=new_id())
    viewer = keys.unlock(post.folder, VIEWING)
    with pytest.raises(RuleBrokenError):
        rekey.rekey(post.folder, viewer, REGISTRY, without=OFFICER.officer_id)
    assert keys.unlock(post.folder, LEAVING)


def test_no_room_for_a_second_database_is_refused_before(post, monkeypatch) -> None:
    post.close()
    real = shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: real(path)._replace(free=1_000_000))
    with pytest.raises(DiskFullError):
        rekey.rekey(post.folder, post.keys, REGISTRY, without=OTHER_OFFICER.officer_id)
    assert keys.unlock(post.folder, LEAVING)
