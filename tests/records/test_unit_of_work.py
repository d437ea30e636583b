"""One act, one transaction, its entries; and a form that writes only what was touched."""

from __future__ import annotations

import pytest

from desmigratif_desktop.foundation.errors import BugError, NotFoundError, RuleBrokenError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.unit_of_work import Touched, unit
from desmigratif_sync.protocol.entries import Audience
from kit import store_kit
from kit.store_kit import OFFICER, Skill, Villager, Voucher


def everything(store) -> list:
    tables = [
        row[0] for row in store_kit.sql(store, "SELECT name FROM sqlite_master WHERE type='table'")
    ]
    return [
        (one, sorted(map(repr, store_kit.sql(store, f"SELECT * FROM {one}"))))
        for one in sorted(tables)
    ]


def test_rollback_leaves_nothing(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti")
    before = everything(store)
    with pytest.raises(ZeroDivisionError), unit(store, OFFICER, "bad") as work:
        work.session.add(Villager(id=new_id(), name="Hantu"))
        work.edit(work.get(Villager, record), Touched({"name": "Hantu"}))
        work.session.flush()
        raise ZeroDivisionError
    assert everything(store) == before
    assert store_kit.add(store, new_id(), name="Berikutnya")


def test_an_act_too_large_for_one_entry_is_refused_whole(store) -> None:
    before = everything(store)
    with pytest.raises(RuleBrokenError, match="terlalu besar"), unit(store, OFFICER, "big") as work:
        work.session.add_all([Villager(id=new_id(), name="x", nik="y") for _ in range(700)])
    with pytest.raises(RuleBrokenError, match="terlalu besar"), unit(store, OFFICER, "fat") as work:
        work.session.add(Villager(id=new_id(), name="x" * 300_000))
    assert everything(store) == before


def test_a_bulk_act_makes_one_entry_per_aggregate(store) -> None:
    people = [new_id() for _ in range(900)]
    with unit(store, OFFICER, "import", bulk=True) as work:
        for record in people:
            work.session.add(Villager(id=record, name="x", nik="y"))
            work.session.add(Skill(id=new_id(), villager=record, skill="las"))
    assert work.result.entries == 900
    assert store_kit.sql(store, "SELECT count(DISTINCT act), count(*), max(seq) FROM entry") == [
        (1, 900, 900)
    ]


def test_two_audiences_two_entries_one_act(store) -> None:
    with unit(store, OFFICER, "both") as work:
        work.session.add_all([Villager(id=new_id(), name="x"), Voucher(id=new_id(), amount=5)])
    assert store_kit.sql(
        store, "SELECT audience, seq FROM entry WHERE act=? ORDER BY audience", work.act
    ) == [(0, 1), (1, 1)]


def test_what_the_officer_did_not_touch_is_never_written(pair) -> None:
    """DESIGN 2.4, trials T12: the other laptop's new phone number survives a slow form."""
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti", nik="0812", age=30)
    store_kit.send(here, there)
    form = store_kit.bases(here, record)
    store_kit.edit(there, record, nik="0899")
    store_kit.send(there, here)
    act = store_kit.edit(here, record, form, age=31)
    assert store_kit.values(here, record) == {"name": "Siti", "nik": "0899", "age": 31}
    assert not store_kit.conflicts(here)
    with here.read() as session:
        newest = changelog.history(session, record)[0]
    assert newest.act == act
    assert [one.field for one in newest.changes] == ["age"]


def test_a_whole_draft_written_back_would_be_caught(pair) -> None:
    """The bug of T12 planted: every field of the form is assigned, touched or not."""
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti", nik="0812", age=30)
    store_kit.send(here, there)
    draft = store_kit.values(here, record)
    store_kit.edit(there, record, nik="0899")
    store_kit.send(there, here)
    store_kit.edit(here, record, None, **{**draft, "age": 31})
    assert store_kit.values(here, record)["nik"] == "0812", "the planted bug reverts the number"


def test_a_touched_field_that_moved_on_is_kept_beside(pair) -> None:
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti")
    store_kit.send(here, there)
    form = store_kit.bases(here, record)
    store_kit.edit(there, record, name="Sitti")
    store_kit.send(there, here)
    with unit(here, OFFICER, "edit") as work:
        work.edit(work.get(Villager, record), Touched({"name": "Siti A."}, form))
    assert work.result.concurrent == [(record, "name")]
    assert store_kit.conflicts(here) == {(record, "name"): frozenset({"Sitti", "Siti A."})}


def test_a_field_first_filled_elsewhere_is_not_written_over_unseen(pair) -> None:
    """The form was opened when the field was empty on this laptop."""
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti")
    store_kit.send(here, there)
    form = store_kit.bases(here, record)
    store_kit.edit(there, record, nik="1")
    store_kit.send(there, here)
    store_kit.edit(here, record, form, nik="2")
    assert store_kit.conflicts(here) == {(record, "nik"): frozenset({"1", "2"})}


@pytest.mark.parametrize("kept", ["shown", "other"])
def test_a_conflict_is_settled_with_either_value(pair, kept: str) -> None:
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti")
    store_kit.send(here, there)
    store_kit.edit(here, record, name="A")
    store_kit.edit(there, record, name="B")
    store_kit.send(there, here)
    store_kit.send(here, there)
    with here.read() as session:
        (open_one,) = changelog.open_conflicts(session, here.registry)
        assert changelog.count_conflicts(session) == 1
    value = open_one.shown.value if kept == "shown" else open_one.others[0].value
    store_kit.edit(here, record, store_kit.bases(here, record), name=value)
    store_kit.send(here, there)
    for store in pair:
        assert not store_kit.conflicts(store)
        assert store_kit.values(store, record) == {"name": value}


def test_a_unit_inside_a_unit_is_our_mistake_and_does_not_hang(store) -> None:
    with unit(store, OFFICER, "outer"), pytest.raises(BugError), unit(store, OFFICER, "inner"):
        pass
    assert store_kit.add(store, new_id(), name="Siti")


def test_unknown_and_undone_records_are_not_there(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti")
    store_kit.edit(store, record, state="undone")
    for missing in (record, new_id()):
        with pytest.raises(NotFoundError), unit(store, OFFICER, "edit") as work:
            work.get(Villager, missing)


def test_an_unknown_field_is_refused(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti")
    with pytest.raises(RuleBrokenError):
        store_kit.edit(store, record, nama="x")


def test_a_notice_names_what_changed_after_the_commit(store) -> None:
    heard = []
    store.subscribe(lambda notice: heard.append((notice, store_kit.values(store, record))))
    record = new_id()
    act = store_kit.add(store, record, name="Siti")
    (notice, seen), = heard  # fmt: skip
    assert (notice.act, notice.kinds, notice.records) == (act, {"kit_villager"}, {record})
    assert notice.concerns("kit_villager", record)
    assert not notice.concerns("kit_villager", new_id())
    assert seen == {"name": "Siti"}


def test_widening_twice_writes_once(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti")
    for expected in (1, 0):
        with unit(store, OFFICER, "service") as work:
            work.widen(work.get(Villager, record), Audience.DISTRICT)
        assert work.result.entries == expected
