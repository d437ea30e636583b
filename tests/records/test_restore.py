"""What a restore says before, what it never does, and an older file put in place."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from desmigratif_desktop.foundation.clock import FrozenClock
from desmigratif_desktop.foundation.errors import (
    KnownError,
    RuleBrokenError,
    StoreDamagedError,
)
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import backup, keys, recovery_code, restore, sentinel
from desmigratif_desktop.records.engine import DATABASE, Store
from kit import store_kit
from kit.store_kit import OFFICER, PASSPHRASE, REGISTRY, STEPS, VILLAGE

MORNING = 1_794_531_600_000
DAY = 86_400_000


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(keys, "ARGON2_MEMORY_KIB", 8)
    monkeypatch.setattr(keys, "ARGON2_PASSES", 1)
    monkeypatch.setattr(keys.attempts, "wait", lambda folder, pause: None)
    store_kit._slot.cache_clear()
    yield
    store_kit._slot.cache_clear()


@pytest.fixture
def post(tmp_path):
    store = store_kit.with_slots(store_kit.new_store(tmp_path / "pos", clock=FrozenClock(MORNING)))
    for number in range(4):
        store_kit.add(store, new_id(), name=f"Orang {number}")
    yield store
    store.close()


def again(store) -> Store:
    return Store.open(store.folder, store.keys, REGISTRY, store.clock, (STEPS,))


def names(store) -> set:
    return {row[0] for row in store_kit.sql(store, "SELECT name FROM kit_villager")}


def dots(store) -> set:
    return set(
        store_kit.sql(
            store, "SELECT device, epoch, audience, seq FROM entry JOIN author ON no=author"
        )
    )


def test_L14_an_older_file_put_in_place_takes_a_new_epoch_before_any_write(post, tmp_path) -> None:
    post.close()
    yesterday = tmp_path / "kemarin.db"
    shutil.copyfile(post.path, yesterday)
    today = again(post)
    assert today.set_back is None
    epoch = today.replica.epoch
    store_kit.add(today, new_id(), name="Hari ini")
    issued = dots(today)
    today.close()
    shutil.copyfile(yesterday, today.path)
    back = again(post)
    assert back.set_back is not None
    assert back.set_back.at.startswith("2026-11-13")
    assert back.replica.epoch != epoch
    store_kit.add(back, new_id(), name="Sesudah disalin")
    fresh = dots(back) - issued
    assert {one[1] for one in fresh} == {back.replica.epoch}, "no dot is issued twice"
    assert not {one for one in dots(back) if one in issued} - dots_of(yesterday, post)
    back.close()
    calm = again(post)
    assert calm.set_back is None, "told once"
    calm.close()


def dots_of(path, store) -> set:
    handle = backup.connect(path, store.keys)
    try:
        return set(
            handle.execute(
                "SELECT device, epoch, audience, seq FROM entry JOIN author ON no=author"
            ).fetchall()
        )
    finally:
        handle.close()


def test_L14_the_mark_is_also_written_when_idle_and_after_an_exchange(post, tmp_path) -> None:
    """The laptop loses power after the idle tidying; then yesterday's file comes back."""
    post.close()
    shutil.copyfile(post.path, tmp_path / "kemarin.db")
    today = again(post)
    store_kit.add(today, new_id(), name="Hari ini")
    today.tidy()
    cut = tmp_path / "cut"
    shutil.copytree(today.folder, cut)
    today.close()
    for end in ("-wal", "-shm"):
        (cut / f"{DATABASE}{end}").unlink(missing_ok=True)
    shutil.copyfile(tmp_path / "kemarin.db", cut / DATABASE)
    back = Store.open(cut, post.keys, REGISTRY, post.clock, (STEPS,))
    assert back.set_back is not None
    back.close()


def test_L14_another_file_of_the_same_length_is_seen_by_its_last_entry(post, tmp_path) -> None:
    post.close()
    shutil.copyfile(post.path, tmp_path / "kemarin.db")
    here = again(post)
    store_kit.add(here, new_id(), name="Di sini")
    here.close()
    twin = tmp_path / "kembar"
    twin.mkdir()
    shutil.copyfile(tmp_path / "kemarin.db", twin / DATABASE)
    other = Store.open(twin, post.keys, REGISTRY, post.clock, (STEPS,))
    store_kit.add(other, new_id(), name="Di sana")
    other.close()
    shutil.copyfile(other.path, here.path)
    back = again(post)
    assert back.set_back is not None
    back.close()


def test_L14_a_power_cut_after_a_save_is_no_older_file(post, tmp_path) -> None:
    post.tidy()
    store_kit.add(post, new_id(), name="Sesudah tanda")
    cut = tmp_path / "cut"
    shutil.copytree(post.folder, cut)
    back = Store.open(cut, post.keys, REGISTRY, post.clock, (STEPS,))
    assert back.set_back is None
    assert back.replica.epoch == post.replica.epoch
    back.close()


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"heads": 1}', b"\xff" * 99, b"x" * 70_000])
def test_L14_a_mark_that_cannot_be_read_keeps_nobody_out(post, raw: bytes) -> None:
    post.close()
    (post.folder / sentinel.SENTINEL).write_bytes(raw)
    back = again(post)
    assert back.set_back is None
    back.close()
    assert sentinel.read_mark(post.folder) is not None


def test_what_a_backup_holds_is_shown_before_anything_is_asked(post, tmp_path) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    seen = restore.look_at(made.path, tmp_path / "kosong")
    assert (seen.village, seen.title, seen.laptop) == (VILLAGE, "Desa Kertasmaya", "A")
    assert (seen.made_at, seen.counts["kit_villager"]) == (made.at, 4)
    assert seen.officers == (OFFICER.name,)
    assert not seen.is_older
    assert not seen.is_other_village


def test_L22_a_backup_older_than_the_data_or_the_last_exchange_is_told_with_dates(
    post, tmp_path
) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    post.clock.now += 2 * DAY
    post.remember_place(exchanged=True)
    post.clock.now += DAY
    store_kit.add(post, new_id(), name="Sesudah cadangan")
    post.close()
    seen = restore.look_at(made.path, post.folder)
    assert seen.is_older
    assert seen.exchanged_at.startswith("2026-11-15")
    assert seen.live_at.startswith("2026-11-16")


def test_L22_a_backup_of_another_village_is_refused_and_told(post, tmp_path) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    other = tmp_path / "desa-lain"
    other.mkdir()
    file = keys.read_slots(post.folder)
    label = keys.OfficeLabel("3212162005", "Desa lain", "A", practice=False)
    keys.write_slots(other, keys.replace(file, label=label), post.keys)
    (other / DATABASE).write_bytes(b"di sini")
    assert restore.look_at(made.path, other).is_other_village
    with pytest.raises(RuleBrokenError, match="desa lain"):
        restore.restore(made.path, other, PASSPHRASE, REGISTRY)
    assert (other / DATABASE).read_bytes() == b"di sini"
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


def test_L22_something_that_is_no_backup_is_refused_at_the_look(tmp_path) -> None:
    for raw in (b"", b"PK\3\4" * 400, b"\0" * 20_000):
        (tmp_path / "x.cadangan").write_bytes(raw)
        with pytest.raises(StoreDamagedError):
            restore.look_at(tmp_path / "x.cadangan", tmp_path / "pos")
    with pytest.raises(StoreDamagedError):
        restore.look_at(tmp_path / "tidak-ada.cadangan", tmp_path / "pos")


def test_L19_a_restore_sets_unsent_rows_aside_and_they_open_there(post, tmp_path) -> None:
    """There is no way back that deletes: three restores leave three folders."""
    made = backup.make_backup(post, tmp_path / "cadangan")
    kept: list[set] = []
    for number in range(3):
        store = again(post) if post._is_closed else post
        store_kit.add(store, new_id(), name=f"Belum terkirim {number}")
        kept.append(names(store))
        store.close()
        restore.restore(made.path, post.folder, PASSPHRASE, REGISTRY)
    aside = sorted(one for one in tmp_path.iterdir() if "sebelum-pulih" in one.name)
    assert len(aside) == 3
    for folder, wanted in zip(aside, kept, strict=True):
        old = Store.open(folder, post.keys, REGISTRY, post.clock, (STEPS,))
        assert names(old) == wanted
        old.close()


def test_L19_a_refused_restore_leaves_every_unsent_row(post, tmp_path) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    store_kit.add(post, new_id(), name="Belum terkirim")
    wanted = names(post)
    post.close()
    with pytest.raises(KnownError):
        restore.restore(made.path, post.folder, "sandi yang salah", REGISTRY)
    back = again(post)
    assert names(back) == wanted
    back.close()


def test_L19_recovery_by_sheet_keeps_every_unsent_row(post) -> None:
    code = recovery_code.new_code()
    keys.replace_recovery_slot(post.folder, post.keys, code)
    wanted, issued = names(post), dots(post)
    post.close()
    restore.recover(post.folder, code, None, "sandi sesudah pulih")
    opened = keys.unlock(post.folder, "sandi sesudah pulih")
    back = Store.open(post.folder, opened, REGISTRY, post.clock, (STEPS,))
    assert names(back) == wanted
    assert dots(back) == issued
    assert back.set_back is None, "a new identity on purpose is no older file"
    back.close()


def test_the_date_of_a_backup_is_utc(post, tmp_path) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    assert datetime.fromisoformat(made.at) == datetime.fromtimestamp(MORNING / 1000, UTC)
