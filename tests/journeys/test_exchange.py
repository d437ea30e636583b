"""Two laptops of one village and their district, through a real server process."""

from __future__ import annotations

import pytest

from desmigratif_desktop.people.model import Person
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.undo import undo
from desmigratif_sync.protocol.entries import Audience
from exchange.conftest import district, laptop, line, village_code  # noqa: F401 - fixtures
from exchange.district import Line, roster


def _history(one, person: bytes) -> list[tuple]:
    with one.store.read() as reading:
        return [
            (entry.act, entry.action, entry.officer_id, entry.changes)
            for entry in changelog.history(reading, person)
        ]


def _conflicts(one) -> list[tuple[str, frozenset]]:
    with one.store.read() as reading:
        return [
            (found.field, frozenset((found.shown.value, *(live.value for live in found.others))))
            for found in changelog.open_conflicts(reading, one.store.registry)
        ]


def _whole_village(count: int, district, laptop, line) -> None:  # noqa: F811
    first = laptop(enrolled_at=district)
    people = roster(count)
    ids = first.register(people, bulk=True)
    up = first.exchange(url=line.url)
    second = laptop("B", enrolled_at=district, opens=False)
    down = second.exchange(url=line.url)
    assert (up.complete, down.complete) == (True, True)
    there = second.people()
    assert len(there) == count
    assert {one: there[one] for one in ids} == {
        one: {name: value for name, value in given.items() if value is not None}
        for one, given in zip(ids, people, strict=True)
    }  # against what was typed, not against the other laptop
    changed = ids[count // 2]
    second.correct(changed, second.bases(changed), phone="+6281200000001")
    second.exchange(url=line.url)
    first.exchange(url=line.url)
    assert first.person(changed)["phone"] == "+6281200000001"
    assert first.digests() == second.digests()
    assert _history(first, changed) == _history(second, changed)
    assert [one[1] for one in _history(first, changed)] == ["person.correct", "person.register"]
    assert _history(first, changed)[0][2] == second.officer.officer_id


def test_a_new_laptop_gets_the_whole_village_and_both_go_on(district, laptop, line):  # noqa: F811
    _whole_village(300, district, laptop, line)


@pytest.mark.slow
def test_a_new_laptop_gets_six_thousand_people(district, laptop, runs_all):  # noqa: F811
    if not runs_all:
        pytest.skip("start.py test --all")
    line = Line(("127.0.0.1", district.port))  # noqa: F811
    _whole_village(6_000, district, laptop, line)
    assert line.requests <= 16
    assert line.up + line.down < 6_000 * 80 * 2 + 64 * 1024
    line.close()


def test_a_stale_form_never_undoes_and_both_values_wait_for_a_decision(district, laptop):  # noqa: F811
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    (person,) = first.register([roster(1)[0] | {"phone": "+628110000000", "occupation": None}])
    first.exchange()
    second.exchange()
    loaded = second.bases(person)  # the form on laptop B is open since now
    first.correct(person, first.bases(person), phone="+628111111111", mother_name="Sumiati")
    first.exchange()
    second.exchange()
    second.correct(person, loaded, phone="+628122222222", occupation="wiraswasta")
    second.exchange()
    outcome = first.exchange()
    for one in (first, second):
        assert one.person(person)["mother_name"] == "Sumiati"  # untouched by B's form
        assert one.person(person)["occupation"] == "wiraswasta"
        assert _conflicts(one) == [("phone", frozenset({"+628111111111", "+628122222222"}))]
        assert one.status().conflicts == 1
    assert outcome.conflicts == 1
    first.correct(person, first.bases(person), phone="+628122222222")
    first.exchange()
    second.exchange()
    assert (_conflicts(first), _conflicts(second)) == ([], [])
    assert first.digests() == second.digests()


def test_offline_for_weeks_on_both_sides_then_one_exchange_each(district, laptop):  # noqa: F811
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    ids = first.register(roster(10))
    first.exchange()
    second.exchange()
    for number, person in enumerate(ids):
        first.correct(person, address=f"Blok A {number}")
        second.correct(person, dusun="Sukamaju", phone=f"+62813{number:08}")
    act = first.correct(ids[0], address="Salah")
    undo(first.store, first.officer, act)
    more = second.register(roster(5, seed=8))
    first.exchange()
    second.exchange()
    first.exchange()
    assert first.digests() == second.digests()
    assert {*ids, *more} == set(first.people())
    assert first.person(ids[3])["address"] == "Blok A 3"
    assert first.person(ids[3])["dusun"] == "Sukamaju"
    assert (_conflicts(first), _conflicts(second)) == ([], [])


def test_a_record_widened_on_one_laptop_and_edited_on_the_other_converges(district, laptop):  # noqa: F811
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    (person,) = first.register(roster(1))
    first.exchange()
    second.exchange()
    from desmigratif_desktop.records.unit_of_work import unit

    with unit(first.store, first.officer, "episode.open") as work:
        work.widen(work.get(Person, person), Audience.DISTRICT)
    second.correct(person, phone="+6281299999999")
    first.exchange()
    second.exchange()  # applies the widening, carries its own value, and sends that too
    first.exchange()
    assert first.person(person)["phone"] == "+6281299999999"
    assert first.digests() == second.digests()
    carried = second.sql("SELECT count(*) FROM entry WHERE action='audience.follow'")
    assert carried == [(1,)]
    second.exchange()
    assert second.sql("SELECT count(*) FROM entry WHERE action='audience.follow'") == carried
    assert (first.status().unsent_acts, second.status().unsent_acts) == (0, 0)


def test_two_laptops_set_up_without_a_network_converge_on_one_village(district, laptop):  # noqa: F811
    first, second = laptop(), laptop("B")  # both made village and post by themselves
    first.enrol(district)
    second.enrol(district)
    for one in (first, second, first, second):
        one.exchange()
    assert first.digests() == second.digests()
    assert first.sql("SELECT count(*) FROM village") == [(1,)]
    assert first.sql("SELECT count(*) FROM post") == [(1,)]
    assert first.sql("SELECT count(*) FROM officer") == [(2,)]
    assert _conflicts(first) == []
