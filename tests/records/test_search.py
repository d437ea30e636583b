"""Finding while typing: any characters, live rows only, in step with the rows."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import search
from desmigratif_desktop.records.unit_of_work import unit
from kit import store_kit
from kit.store_kit import OFFICER, Skill, Villager

NASTY = [
    "'; DROP TABLE kit_villager; --", '"', '""', "' OR 1=1", "%", "_", "*", '" OR *', "NEAR(a b)",
    "a AND", "NOT", "OR", "name:siti", "^siti", "siti*", "(", ")", "{", "+", "-", "\\", "\0", "a\0b",
    "😀", "\u202e", "‮siti", "x" * 5_000, "a " * 500, "ﷺ", "'", "`", "´", "–", "سيتي", "㍿", "siti\n\tsiti",
]  # fmt: skip


def hits(store, text: str) -> list[bytes]:
    with store.read() as session:
        return search.find(session, store.registry, text, kind="kit_villager")


def shape(store) -> tuple:
    return (
        store_kit.sql(store, "SELECT count(*) FROM kit_villager"),
        store_kit.sql(store, "SELECT name, sql FROM sqlite_master ORDER BY name"),
    )


@pytest.mark.parametrize("text", NASTY)
def test_F03_whatever_is_typed_is_only_text(store, text: str) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti Aminah", nik="3212160101900001")
    before = shape(store)
    hits(store, text)
    store_kit.add(store, new_id(), name=text, alias=text, rt=text)
    store_kit.edit(store, record, name=text)
    after = shape(store)
    assert (before[0][0][0] + 1, before[1]) == (after[0][0][0], after[1])
    assert store_kit.values(store, record)["name"] == text


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=60))
def test_F03_no_text_breaks_the_search(store, text: str) -> None:
    assert hits(store, text) == []


def test_prefixes_words_accents_and_apostrophes(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="Mu'arifah binti Sulémān", nik="3212160101900001")
    for text in (
        "mu",
        "MU'ARI",
        "muari",
        "mu’arifah",
        "sule",
        "binti mu",
        "321216",
        "3212160101900001",
    ):
        assert hits(store, text) == [record], text
    for text in ("arifahx", "3212160101900002", "bintu", ""):
        assert hits(store, text) == [], text


def test_the_index_follows_every_change(pair) -> None:
    here, there = pair
    record = new_id()
    store_kit.add(here, record, name="Siti")
    store_kit.send(here, there)
    store_kit.edit(there, record, name="Aminah")
    assert (hits(here, "siti"), hits(here, "aminah")) == ([record], [])
    store_kit.send(there, here)
    assert (hits(here, "siti"), hits(here, "aminah")) == ([], [record])
    store_kit.edit(here, record, state="undone")
    assert hits(here, "aminah") == []
    store_kit.send(here, there)
    assert hits(there, "aminah") == []


def test_a_rollback_leaves_no_ghost(store) -> None:
    with pytest.raises(ZeroDivisionError), unit(store, OFFICER, "bad") as work:
        work.session.add(Villager(id=new_id(), name="Hantu"))
        work.session.flush()
        raise ZeroDivisionError
    assert hits(store, "hantu") == []
    assert store_kit.sql(store, "SELECT count(*) FROM search_doc") == [(0,)]


def test_a_rebuild_finds_the_same(store) -> None:
    records = [new_id() for _ in range(30)]
    for number, record in enumerate(records):
        store_kit.add(store, record, name=f"Siti {number}")
    store_kit.edit(store, records[3], state="undone")
    before = sorted(hits(store, "siti"))
    with store.write() as connection:
        search.rebuild(connection, store.registry)
    assert sorted(hits(store, "siti")) == before
    assert len(before) == 29
    with store.raw_handle() as handle:
        handle.execute("INSERT INTO search_text(search_text) VALUES ('integrity-check')")


def test_kinds_without_search_are_not_indexed(store) -> None:
    with unit(store, OFFICER, "skill") as work:
        work.session.add(Skill(id=new_id(), skill="las"))
    assert store_kit.sql(store, "SELECT count(*) FROM search_doc") == [(0,)]
