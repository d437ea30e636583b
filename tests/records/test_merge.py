"""Entries of other laptops, one promise at a time; `test_merge_machine` tries all at once."""

from __future__ import annotations

import itertools

import pytest

from desmigratif_desktop.foundation.ids import derived_id, new_id
from desmigratif_desktop.records import changelog, merge
from desmigratif_desktop.records.kinds import Registry
from desmigratif_desktop.records.merge import GapError, apply_entries, carry_followers
from desmigratif_desktop.records.unit_of_work import unit
from desmigratif_sync.protocol.entries import Audience, Create, Dot, Edit, Entry
from kit import store_kit
from kit.store_kit import OFFICER, Skill, Villager, Voucher

STRANGER = (b"\x09" * 8, b"\x01" * 8)


def entry(seq: int, *, creates=(), edits=(), audience: str = "village", hlc: int = 0) -> Entry:
    return Entry(Dot(*STRANGER, audience, seq), new_id(), hlc or seq << 20, None, "far.act",
                 creates=tuple(creates), edits=tuple(edits))  # fmt: skip


def unread(store) -> int:
    return store_kit.sql(store, "SELECT count(*) FROM unread")[0][0]


def test_an_entry_twice_is_applied_once(store) -> None:
    one = entry(1, creates=[Create("kit_villager", new_id(), {"name": "Siti"})])
    assert apply_entries(store, [one]).entries == 1
    again = apply_entries(store, [one, one])
    assert (again.entries, again.duplicates) == (0, 2)
    assert store_kit.sql(store, "SELECT count(*) FROM kit_villager") == [(1,)]


def test_a_gap_applies_nothing_of_the_slice(store) -> None:
    entries = [
        entry(n, creates=[Create("kit_villager", new_id(), {"name": "x"})]) for n in (1, 2, 4)
    ]
    with pytest.raises(GapError):
        apply_entries(store, entries)
    assert store_kit.sql(store, "SELECT count(*) FROM entry") == [(0,)]
    assert store_kit.add(store, new_id(), name="Berikutnya")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 5), ("name", b"x"), ("name", {"rt": "1"}), ("age", "lima"), ("photo", "x"),
        ("residence", "x"), ("residence", {"rt": 5}), ("age", 1.5), ("age", True),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_kept_unread_and_harms_nothing(
    store, field: str, value
) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti", age=30)
    made = entry(1, creates=[Create("kit_villager", other := new_id(), {"nik": "1", field: value})])
    changed = entry(2, edits=[Edit("kit_villager", record, field, (), value)])
    applied = apply_entries(store, [made, changed])
    assert applied.unread == 2
    assert store_kit.values(store, record) == {"name": "Siti", "age": 30}
    assert store_kit.values(store, other) == {"nik": "1"}
    with store.read() as session:
        kept = changelog.entries_after(session.connection(), STRANGER, "village", 0)
    assert kept == [made, changed], "the log keeps it word for word"


def test_an_unknown_kind_and_field_are_kept_and_read_by_a_newer_program(tmp_path) -> None:

    store = store_kit.new_store(tmp_path / "pos")
    old = Registry([Villager, Voucher])
    store = store_kit.again(store, registry=old)
    record, skill = new_id(), new_id()
    entries = [
        entry(1, creates=[Create("kit_skill", skill, {"skill": "las", "villager": record})]),
        entry(2, creates=[Create("kit_villager", record, {"name": "Siti", "hobby": "catur"})]),
        entry(3, edits=[Edit("kit_skill", skill, "level", (), 3)]),
        entry(
            4, edits=[Edit("kit_skill", skill, "skill", (Dot(*STRANGER, "village", 1),), "jahit")]
        ),
    ]
    assert apply_entries(store, entries).unread == 4
    assert store_kit.sql(store, "SELECT count(*) FROM kit_skill") == [(0,)]
    store = store_kit.again(store, registry=store_kit.REGISTRY)
    assert store_kit.values(store, skill, Skill) == {
        "skill": "jahit",
        "villager": record,
        "level": 3,
    }
    assert store_kit.values(store, record) == {"name": "Siti"}
    assert unread(store) == 1, "the hobby still waits for a newer program"
    store.close()


def test_an_edit_before_its_record_waits_for_it(store) -> None:
    record = new_id()
    late = Entry(Dot(b"\x08" * 8, b"\x01" * 8, "village", 1), new_id(), 5 << 20, None, "far.act",
                 edits=(Edit("kit_villager", record, "name", (Dot(*STRANGER, "village", 1),), "Sitti"),))  # fmt: skip
    assert apply_entries(store, [late]).unread == 1
    assert store_kit.values(store, record) is None
    made = entry(1, creates=[Create("kit_villager", record, {"name": "Siti", "age": 3})])
    apply_entries(store, [made])
    assert store_kit.values(store, record) == {"name": "Sitti", "age": 3}
    assert unread(store) == 0


def test_two_laptops_make_the_same_record(pair) -> None:
    here, there = pair
    record = derived_id("kit_skill", b"x", "las")
    for store, level in ((here, 1), (there, 2)):
        with unit(store, OFFICER, "skill.add") as work:
            work.session.add(Skill(id=record, skill="las", level=level))
    store_kit.send(here, there)
    store_kit.send(there, here)
    assert store_kit.digests(here) == store_kit.digests(there)
    assert (
        store_kit.conflicts(here)
        == store_kit.conflicts(there)
        == {(record, "level"): frozenset({1, 2})}
    )


def test_a_group_conflicts_as_a_whole_and_other_fields_merge(pair) -> None:
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti", rt="1", rw="1")
    store_kit.send(here, there)
    store_kit.edit(here, record, rt="2", age=30)
    store_kit.edit(there, record, rw="9", nik="77")
    store_kit.send(here, there)
    store_kit.send(there, here)
    assert store_kit.digests(here) == store_kit.digests(there)
    assert list(store_kit.conflicts(here)) == [(record, "residence")]
    shown = store_kit.values(here, record)
    assert (shown["age"], shown["nik"], shown["rt"], shown["rw"]) == (30, "77", "1", "9")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_an_edit_during_a_widening_reaches_the_district_and_no_dead_value_stays(
    tmp_path, order
) -> None:
    here, there = store_kit.new_store(tmp_path / "a", "A"), store_kit.new_store(tmp_path / "b", "B")
    record = new_id()
    store_kit.add(here, record, name="Siti")
    store_kit.send(here, there)
    with unit(here, OFFICER, "service.start") as work:
        work.widen(work.get(Villager, record), Audience.DISTRICT)
    store_kit.edit(there, record, name="Sitti")
    applied = store_kit.send(here, there, follow=False)
    assert applied.follow == {record: 1}
    carry_followers(there, applied.follow)
    store_kit.send(there, here)
    assert store_kit.values(here, record) == store_kit.values(there, record) == {"name": "Sitti"}
    assert not store_kit.conflicts(here)
    assert not store_kit.conflicts(there)
    # The district builds from the wide stream alone, in whatever order it arrives.
    streams = [
        store_kit.entries_of(here, here, "district"),
        store_kit.entries_of(there, there, "district"),
        [],
    ]
    office = store_kit.new_store(tmp_path / "d", "C")
    for one in order:
        apply_entries(office, streams[one])
    assert store_kit.values(office, record) == {"name": "Sitti"}
    assert not store_kit.conflicts(office)
    for store in (here, there, office):
        store.close()


def test_later_edits_of_a_widened_record_go_to_the_wide_stream_only(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti")
    with unit(store, OFFICER, "service.start") as work:
        work.widen(work.get(Villager, record), Audience.DISTRICT)
    store_kit.edit(store, record, name="Sitti")
    assert [len(store_kit.entries_of(store, audience=one)) for one in ("village", "district")] == [
        1,
        2,
    ]


def test_a_thousand_new_rows_arrive_whole(pair) -> None:
    here, there = pair
    with unit(here, OFFICER, "import", bulk=True) as work:
        work.session.add_all(
            [Villager(id=new_id(), name=f"Orang {n}", nik=str(n)) for n in range(1_000)]
        )
    assert store_kit.send(here, there).entries == 1_000
    assert store_kit.digests(here) == store_kit.digests(there)
    assert store_kit.entries_of(there, here) == store_kit.entries_of(here)


@pytest.mark.parametrize("is_planted", [False, True])
def test_the_wide_stream_may_come_whole_before_the_narrow_one(
    pair, monkeypatch, is_planted
) -> None:
    """Planted: late entries from behind a widening are trusted, and the dead rise."""
    if is_planted:
        monkeypatch.setattr(merge.Merge, "_meet", lambda self, record, version, dot: None)
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="satu")
    store_kit.edit(here, record, name="dua")
    with unit(here, OFFICER, "service.start") as work:
        work.widen(work.get(Villager, record), Audience.DISTRICT)
    store_kit.edit(here, record, name="tiga")
    for audience in ("district", "village"):
        apply_entries(there, store_kit.entries_of(here, audience=audience))
    is_right = store_kit.values(there, record) == {"name": "tiga"} and not store_kit.conflicts(
        there
    )
    assert is_right is not is_planted
