"""After the recovery sheet: what the lost key never sent reaches the district all the same."""

from __future__ import annotations

from dataclasses import replace

from desmigratif_desktop.records import device
from desmigratif_desktop.records.connection import connect
from desmigratif_desktop.records.engine import DATABASE, Store
from desmigratif_desktop.records.self_check import check
from exchange.district import MIGRATIONS, REGISTRY, Laptop, roster


def _recovered(one: Laptop, folder=None) -> Laptop:
    """The same store under a new device key and epoch, as `recover` leaves it."""
    folder = folder or one.store.folder
    public, sealed = device.new_device(one.store.keys)
    handle = connect(folder / DATABASE, one.store.keys)
    handle.execute(
        "UPDATE replica SET device=?, epoch=?, public_key=?, sealed_seed=?",
        (device.device_of(public), device.new_epoch(), public, sealed),
    )
    handle.close()
    keys = replace(one.store.keys)
    return Laptop(Store.open(folder, keys, REGISTRY, one.store.clock, MIGRATIONS), one.officer)


def test_unsent_work_of_a_lost_key_reaches_the_other_laptop(district, laptop):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    sent = first.register(roster(3))
    first.exchange()
    unsent = first.register(roster(4, seed=2))
    first.correct(sent[0], name="Diubah sebelum hilang")
    first.correct(unsent[0], name="Diubah dua kali")
    first.store.close()
    again = _recovered(first)
    again.correct(unsent[0], phone="+628123456789")
    again.correct(sent[1], name="Diubah sesudah pulih")
    again.enrol(district)
    outcome = again.exchange()
    assert outcome.complete
    assert again.status().unsent_acts == 0
    second.exchange()
    assert second.people() == again.people()
    assert second.people()[unsent[0]]["name"] == "Diubah dua kali"
    assert second.people()[sent[0]]["name"] == "Diubah sebelum hilang"
    assert second.status().conflicts == again.status().conflicts == 0
    assert second.sql("SELECT count(*) FROM unread") == [(0,)]
    assert check(again.store).faults == check(second.store).faults == ()
    again.store.close()


def test_a_laptop_that_never_exchanged_is_adopted_whole(district, laptop):
    first = laptop()
    people = first.register(roster(5))
    first.store.close()
    again = _recovered(first)
    again.enrol(district)
    assert again.exchange().complete
    second = laptop("B", enrolled_at=district)
    second.exchange()
    assert set(people) == set(second.people())
    assert second.people() == again.people()
    again.store.close()


def test_what_the_lost_laptop_sent_itself_is_fetched_and_not_adopted(district, laptop, tmp_path):
    import shutil

    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    first.register(roster(2))
    first.exchange()
    late = first.register(roster(3, seed=2))
    first.store.tidy()
    first.store.close()
    shutil.copytree(first.store.folder, tmp_path / "cadangan")
    lost = Laptop(
        Store.open(first.store.folder, first.store.keys, REGISTRY, first.store.clock, MIGRATIONS),
        first.officer,
    )
    lost.exchange()  # after the backup, before it was lost
    lost.store.close()
    again = _recovered(first, tmp_path / "cadangan")
    again.enrol(district)
    assert again.exchange().complete
    second.exchange()
    assert set(late) <= set(second.people())
    assert second.people() == again.people()
    acts = "SELECT count(*) FROM entry e WHERE (SELECT count(*) FROM entry o WHERE o.act=e.act) > 2"
    assert again.sql(acts) == [(0,)]
    assert second.status().conflicts == 0
    again.store.close()
