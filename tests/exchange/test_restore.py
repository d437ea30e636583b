"""A laptop put back from a backup, a new one from the sheet: nothing twice, nothing lost."""

from __future__ import annotations

import shutil

from desmigratif_desktop.exchange.values import LinkState
from desmigratif_desktop.records import device
from desmigratif_desktop.records.connection import connect
from desmigratif_desktop.records.engine import DATABASE, Store
from exchange.district import MIGRATIONS, REGISTRY, Laptop, roster


def _copy(one: Laptop, folder) -> None:
    one.store.tidy()
    one.store.close()
    shutil.copytree(one.store.folder, folder)


def _opened(one: Laptop, folder, *, new_epoch: bool) -> Laptop:
    if new_epoch:
        handle = connect(folder / DATABASE, one.store.keys)
        handle.execute("UPDATE replica SET epoch=?", (device.new_epoch(),))
        handle.close()
    store = Store.open(folder, one.store.keys, REGISTRY, one.store.clock, MIGRATIONS)
    return Laptop(store, one.officer)


def test_C13_a_restored_laptop_gets_its_lost_work_back_and_keeps_what_was_never_sent(
    district, laptop, tmp_path
):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    first.register(roster(3))
    first.exchange()
    unsent = first.register(roster(2, seed=2))  # in the backup, not yet sealed
    _copy(first, tmp_path / "cadangan")
    first = _opened(first, first.store.folder, new_epoch=False)
    later = first.register(roster(4, seed=3))  # after the backup
    first.exchange()
    everything = first.people()
    first.store.close()
    restored = _opened(first, tmp_path / "cadangan", new_epoch=True)
    fresh = restored.register(roster(1, seed=4))
    outcome = restored.exchange()
    assert outcome.complete
    assert outcome.refused == ()
    there = restored.people()
    assert {*unsent, *later, *fresh} <= set(there)
    assert {one: there[one] for one in everything} == everything
    second.exchange()
    assert second.people() == there
    assert restored.status().unsent_acts == 0
    again = restored.exchange()
    assert (again.sent, again.applied) == (0, 1 if again.received else 0)
    restored.store.close()


def test_what_only_the_backup_knew_still_reaches_the_district(district, laptop, tmp_path):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    first.register(roster(3))
    first.exchange()
    unsent = first.register(roster(2, seed=2))
    _copy(first, tmp_path / "cadangan")  # the laptop is lost here, its work never sent
    restored = _opened(first, tmp_path / "cadangan", new_epoch=True)
    assert restored.exchange().complete
    second.exchange()
    assert set(unsent) <= set(second.people())
    assert second.people() == restored.people()
    assert restored.status().unsent_acts == 0
    restored.store.close()


def test_a_new_key_after_recovery_must_enrol_again(district, laptop):
    one = laptop(enrolled_at=district)
    public, sealed = device.new_device(one.store.keys)
    one.store.close()
    handle = connect(one.store.folder / DATABASE, one.store.keys)
    handle.execute(
        "UPDATE replica SET device=?, epoch=?, public_key=?, sealed_seed=?",
        (device.device_of(public), device.new_epoch(), public, sealed),
    )
    handle.close()
    again = _opened(one, one.store.folder, new_epoch=False)
    assert again.status().link is LinkState.NEW_DEVICE
    again.enrol(district)
    fresh = again.register(roster(1))
    assert again.exchange().complete
    assert again.status().link is LinkState.ACTIVE
    assert again.status().unsent_acts == 0
    second = laptop("B", enrolled_at=district)
    second.exchange()
    assert set(fresh) <= set(second.people())
    again.store.close()
