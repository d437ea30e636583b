"""Undo is a new act; it takes back what nobody has touched since, and names the rest."""

from __future__ import annotations

import pytest

from desmigratif_desktop.foundation.errors import NotAllowedError, NotFoundError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import changelog, search
from desmigratif_desktop.records.undo import undo
from desmigratif_desktop.records.unit_of_work import unit
from kit import store_kit
from kit.store_kit import OFFICER, VIEWER, Skill, Villager


def test_an_edit_is_taken_back_and_the_log_says_so(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti", rt="1")
    act = store_kit.edit(store, record, name="Sitti", rt="2")
    outcome = undo(store, OFFICER, act)
    assert (outcome.taken_back, outcome.kept) == (2, ())
    assert store_kit.values(store, record) == {"name": "Siti", "rt": "1"}
    with store.read() as session:
        assert changelog.history(session, record)[0].undoes == act


def test_an_undo_can_be_undone(store) -> None:
    record = new_id()
    act = store_kit.add(store, record, name="Siti")
    first = undo(store, OFFICER, act)
    assert store_kit.values(store, record)["state"] == "undone"
    undo(store, OFFICER, first.act)
    assert store_kit.values(store, record) == {"name": "Siti"}


def test_what_somebody_changed_since_is_kept_and_named(pair) -> None:
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti", age=1)
    act = store_kit.edit(here, record, name="Sitti", age=2)
    store_kit.send(here, there)
    store_kit.edit(there, record, age=3)
    store_kit.send(there, here)
    outcome = undo(here, OFFICER, act)
    assert (outcome.taken_back, outcome.kept) == (1, (("kit_villager", record, "age"),))
    assert store_kit.values(here, record) == {"name": "Siti", "age": 3}
    store_kit.send(here, there)
    assert store_kit.digests(here) == store_kit.digests(there)
    assert not store_kit.conflicts(there)


def test_an_import_is_taken_back_but_for_what_was_worked_on(store) -> None:
    people = [new_id() for _ in range(50)]
    with unit(store, OFFICER, "import", bulk=True) as work:
        for record in people:
            work.session.add(Villager(id=record, name="Impor"))
            work.session.add(Skill(id=new_id(), villager=record, skill="las"))
    store_kit.edit(store, people[7], name="Sudah diperiksa")
    outcome = undo(store, OFFICER, work.act)
    assert outcome.kept == (("kit_villager", people[7], ""),)
    assert outcome.taken_back == 99
    live = store_kit.sql(store, "SELECT id FROM kit_villager WHERE state IS NULL")
    assert live == [(people[7],)]
    with store.read() as session:
        assert search.find(session, store.registry, "impor", kind="kit_villager") == []
    assert store_kit.sql(store, "SELECT count(*) FROM kit_villager") == [(50,)]


def test_unknown_acts_and_viewers_are_refused(store) -> None:
    act = store_kit.add(store, new_id(), name="Siti")
    with pytest.raises(NotFoundError):
        undo(store, OFFICER, new_id())
    with pytest.raises(NotAllowedError):
        undo(store, VIEWER, act)
