"""The log as people read it: history with old and new on every laptop, conflicts, heads, digests."""

from __future__ import annotations

from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.unit_of_work import Touched, unit
from kit import store_kit
from kit.store_kit import OFFICER, OTHER_OFFICER, Villager


def told(store, record: bytes) -> list[tuple]:
    with store.read() as session:
        return [
            (one.action, one.reason, one.officer_id, one.is_creation,
             sorted((change.field, repr(change.old), repr(change.new)) for change in one.changes))
            for one in changelog.history(session, record)
        ]  # fmt: skip


def test_old_and_new_on_both_laptops(pair) -> None:
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti", rt="1")
    store_kit.send(here, there)
    with unit(there, OTHER_OFFICER, "person.edit", reason="salah ketik") as work:
        work.edit(work.get(Villager, record), Touched({"name": "Sitti", "rt": "2", "age": 30}))
    store_kit.send(there, here)
    group = {"rt": "1", "rw": None, "dusun": None}
    assert told(here, record) == told(there, record) == [
        ("person.edit", "salah ketik", OTHER_OFFICER.officer_id, False, [
            ("age", "None", "30"), ("name", "'Siti'", "'Sitti'"),
            ("residence", repr(group), repr({**group, "rt": "2"})),
        ]),
        ("villager.register", None, OFFICER.officer_id, True, [
            ("name", "None", "'Siti'"), ("residence", "None", repr(group)),
        ]),
    ]  # fmt: skip


def test_the_old_value_of_a_concurrent_edit_is_what_its_officer_saw(pair) -> None:
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti")
    store_kit.send(here, there)
    form = store_kit.bases(here, record)
    store_kit.edit(there, record, name="Sitti")
    store_kit.send(there, here)
    store_kit.edit(here, record, form, name="Siti A.")
    store_kit.send(here, there)
    for store in pair:
        edits = {one[4][0] for one in told(store, record) if not one[3]}
        assert edits == {("name", "'Siti'", "'Sitti'"), ("name", "'Siti'", "'Siti A.'")}


def test_heads_are_the_highest_numbers_of_each_stream(pair) -> None:
    here, there = pair
    for name in "ab":
        store_kit.add(here, new_id(), name=name)
    store_kit.add(there, new_id(), name="c")
    store_kit.send(here, there)
    with there.read() as session:
        heads = changelog.heads(session.connection())
    assert heads == {
        (here.replica.device, here.replica.epoch, "village"): 2,
        (there.replica.device, there.replica.epoch, "village"): 1,
    }


def test_a_digest_sees_every_value_and_only_values(pair) -> None:
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti")
    store_kit.send(here, there)
    same = store_kit.digests(here)
    assert same == store_kit.digests(there)
    for field, value in (("name", "siti"), ("age", 0), ("photo", b""), ("nik", "")):
        store_kit.edit(here, record, **{field: value})
        assert store_kit.digests(here) != same, field
        same = store_kit.digests(here)


def test_a_page_of_history_is_bounded(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="0")
    for number in range(1, 20):
        store_kit.edit(store, record, name=str(number))
    with store.read() as session:
        found = changelog.history(session, record, limit=5)
    assert [one.changes[0].new for one in found] == ["19", "18", "17", "16", "15"]
