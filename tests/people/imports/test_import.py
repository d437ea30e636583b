"""Dry run, import, undo, and what waits for a decision."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from desmigratif_desktop.foundation.errors import (
    InputError,
    NotAllowedError,
    NotFoundError,
    StaleRecordError,
)
from desmigratif_desktop.people.imports import cases, session
from desmigratif_desktop.people.imports import mapping as mappings
from desmigratif_desktop.people.imports.apply import Choices, apply_plan, undo_import
from desmigratif_desktop.people.imports.plan import Outcome
from desmigratif_desktop.people.imports.values import CancelledError, Progress
from desmigratif_desktop.people.model import Household, Person
from desmigratif_desktop.people.persons import register_person
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records.engine import Store
from kit.demo import VILLAGE

FILES = Path(__file__).parent / "files"

HEAD = ["Nama", "NIK", "Tgl Lahir", "JK", "Nama Ibu", "No KK", "SHDK"]
SITI = [
    "Siti Nur'aini",
    "3212165207920003",
    "12-07-1992",
    "P",
    "Kasiyem",
    "3212161201100001",
    "Istri",
]
BUDI = [
    "Budi Santoso",
    "3212161203880004",
    "12-03-1988",
    "L",
    "Murni",
    "3212161201100001",
    "Kepala Keluarga",
]
AMAT = ["Amat", "", "1950", "L", "Sumi", "", ""]


def counts(plan):
    return {one.value: plan.counts[one] for one in Outcome if plan.counts[one]}


def live(post, model=Person):
    with post.store.read() as reading:
        return list(reading.scalars(sa.select(model).where(model.state.is_(None))))


def test_a_file_comes_in_and_its_sum_holds(post, take, sheet) -> None:
    plan, done = take(sheet(HEAD, SITI, BUDI, AMAT, ["", "3212161203880005", "1-1-1990", "L"]))
    assert (done.read, done.added, done.refused, done.households) == (4, 3, 1, 1)
    assert (
        done.read
        == done.added + done.changed + done.unchanged + done.duplicate_cases + done.refused
    )
    (card,) = live(post, Household)
    people = {one.name: one for one in live(post)}
    assert card.head == people["Budi Santoso"].id
    assert people["Siti Nur'aini"].household == card.id
    assert people["Amat"].birth_date == "1950"
    with post.store.read() as reading:
        audiences = reading.execute(
            sa.text("SELECT DISTINCT audience FROM entry WHERE act=:act"), {"act": done.act}
        ).scalars()
        entries = reading.execute(
            sa.text("SELECT count(*) FROM entry WHERE act=:act"), {"act": done.act}
        ).scalar()
        assert list(audiences) == [0]
        assert entries == 4


@pytest.mark.parametrize("name", sorted(one.name for one in FILES.iterdir()))
def test_F09_every_roster_twice_adds_nobody_and_undone_adds_all_again(post, take, name) -> None:
    _, first = take(FILES / name)
    assert first.added == 13
    _, second = take(FILES / name)
    assert (second.added, second.changed, second.duplicate_cases) == (0, 0, 0)
    assert second.unchanged == 13
    assert second.act == b""
    undone = undo_import(post.store, post.officer, first.act)
    assert undone.kept == ()
    assert live(post) == []
    assert live(post, Household) == []
    _, third = take(FILES / name)
    assert third.added == 13
    assert third.households == first.households


def test_F09_one_changed_row_is_listed_and_not_applied_silently(post, take, sheet) -> None:
    take(sheet(HEAD, SITI, BUDI))
    moved = [*SITI[:4], "Kasiyem binti Paijo", *SITI[5:]]
    plan, done = take(sheet(HEAD, moved, BUDI))
    assert counts(plan) == {"changed": 1, "unchanged": 1}
    (row,) = plan.of(Outcome.CHANGED)
    assert row.changes == (("mother_name", "Kasiyem", "Kasiyem binti Paijo"),)
    assert row.read.cell_of("mother_name") == "E2"
    assert done.act == b""
    assert {one.mother_name for one in live(post)} == {"Kasiyem", "Murni"}
    made = apply_plan(post.store, post.officer, plan, Choices(accepted=frozenset({row.read.key})))
    assert made.made == 1
    assert {one.mother_name for one in live(post)} == {"Kasiyem binti Paijo", "Murni"}


def test_an_empty_cell_never_empties_a_field(post, take, sheet) -> None:
    take(sheet(HEAD, SITI))
    plan, _ = take(sheet(HEAD, [*SITI[:3], "", "-", "NULL", ""]))
    assert counts(plan) == {"unchanged": 1}


def test_F14_one_nik_for_two_people_waits_with_both_shown(post, take, sheet) -> None:
    plan, done = take(sheet(HEAD, SITI, ["Paijo", *SITI[1:4]], AMAT))
    assert counts(plan) == {"added": 2, "duplicate": 1}
    (row,) = plan.of(Outcome.DUPLICATE)
    assert row.twin == (0, 2)
    assert "baris 2" in row.reasons[0]
    plan, again = take(sheet(HEAD, ["Paijo", *SITI[1:4]]))
    assert counts(plan) == {"duplicate": 1}
    assert "Siti Nur'aini" in plan.rows[0].reasons[0]
    assert (done.duplicate_cases, again.duplicate_cases) == (1, 1)
    assert len(live(post)) == 2


def test_a_case_that_waits_is_decided_once(post, take, sheet) -> None:
    _, done = take(sheet(HEAD, SITI, ["Paijo", *SITI[1:4]], AMAT))
    with post.store.read() as reading:
        (case,) = cases.waiting(reading)
    assert (case.name, case.row, case.act) == ("Paijo", 3, done.act)
    cases.settle(post.store, post.officer, case, "add")
    assert sorted(str(one.name) for one in live(post)) == ["Amat", "Paijo", "Siti Nur'aini"]
    with pytest.raises(NotFoundError):
        cases.settle(post.store, post.officer, case, "leave")
    with post.store.read() as reading:
        assert cases.waiting(reading) == ()


def test_somebody_known_without_nik_is_met_by_name_birth_and_mother(post, take, sheet) -> None:
    register_person(post.store, post.officer, PersonDraft({
        "name": "SITI NURAINI", "birth_date": "1992-07-12", "mother_name": "Kasiyem",
    }))  # fmt: skip
    plan, _ = take(sheet(HEAD, SITI))
    (row,) = plan.rows
    assert row.outcome is Outcome.CHANGED
    assert ("nik", None, "3212165207920003") in row.changes
    plan, _ = take(sheet(HEAD, [SITI[0], "", *SITI[2:4], "Theresia", "", ""]))
    assert plan.rows[0].outcome is not Outcome.CHANGED


def test_a_near_miss_of_the_nik_waits_for_an_officer(post, take, sheet) -> None:
    take(sheet(HEAD, SITI, BUDI))
    slip = [SITI[0], "3212165207920008", *SITI[2:]]
    plan, done = take(sheet(HEAD, slip))
    assert counts(plan) == {"duplicate": 1}
    assert "Mirip" in plan.rows[0].reasons[0]
    assert done.added == 0


def test_a_twin_the_officer_knows_to_be_another_comes_in(post, take, sheet) -> None:
    take(sheet(HEAD, SITI))
    loaded = session.load(sheet(HEAD, ["Paijo", *SITI[1:4]]))
    plan = session.dry_run(post.store, loaded, loaded.found)
    done = apply_plan(post.store, post.officer, plan, Choices(added=frozenset({(0, 2)})))
    assert (done.added, done.duplicate_cases) == (1, 0)
    assert len(live(post)) == 2


def test_what_changed_since_the_dry_run_is_seen(post, sheet) -> None:
    loaded = session.load(sheet(HEAD, SITI))
    plan = session.dry_run(post.store, loaded, loaded.found)
    register_person(post.store, post.officer, PersonDraft({"name": SITI[0], "nik": SITI[1]}))
    with pytest.raises(StaleRecordError):
        apply_plan(post.store, post.officer, plan)
    assert len(live(post)) == 1


def test_stopping_at_any_moment_leaves_nobody(post, sheet) -> None:
    rows = [
        [f"Warga {chr(97 + n % 26)}{chr(97 + n // 26)}sih", "", f"{n % 28 + 1}-3-1980", "L"]
        for n in range(600)
    ]
    loaded = session.load(sheet(HEAD, *rows))
    plan = session.dry_run(post.store, loaded, loaded.found)

    class Stop(Progress):
        told = 0

        def tell(self, *_told):
            Stop.told += 1

        def is_cancelled(self):
            return Stop.told == self.at

    for at in (1, 2, 3):
        Stop.told, stop = 0, Stop()
        stop.at = at
        with pytest.raises(CancelledError):
            apply_plan(post.store, post.officer, plan, progress=stop)
        assert live(post) == []
    assert apply_plan(post.store, post.officer, plan).added == plan.counts[Outcome.ADDED]


def test_only_officers_import(post, sheet) -> None:
    loaded = session.load(sheet(HEAD, SITI))
    plan = session.dry_run(post.store, loaded, loaded.found)
    with pytest.raises(NotAllowedError):
        apply_plan(post.store, post.viewer, plan)
    with pytest.raises(NotFoundError):
        undo_import(post.store, post.officer, bytes(16))


def test_a_question_is_asked_answered_and_remembered(post, sheet) -> None:
    path = sheet(
        ["Sebutan", "NIK", "Hari", "JK"],
        SITI[:4],
        BUDI[:4],
        ["Rina", "3212164904050009", "9-4-2005", "P"],
    )
    loaded = session.load(path)
    with pytest.raises(InputError, match="nama"):
        session.confirmed(loaded.found, None)
    text = '{"tables": [{"columns": {"A": "name", "C": "birth_date"}}]}'
    mapping = mappings.read_mapping(text, loaded.found)
    found = session.confirmed(loaded.found, mapping)
    assert session.dry_run(post.store, loaded, found).counts[Outcome.ADDED] == 3
    mappings.remember(post.store, loaded.found, mapping)
    with post.store.read() as reading:
        assert mappings.recall(reading, session.load(path).found) == mapping
        other = session.load(sheet(HEAD, SITI, name="lain.csv"))
        assert mappings.recall(reading, other.found) is None
    assert (
        mappings.read_mapping(mappings.write_mapping(mapping, loaded.found), loaded.found)
        == mapping
    )


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", '{"tables": []}', '{"tables": [{"columns": {"ZZ": "name"}}]}', '{"tables": 1}',
     '{"tables": [{"columns": {"A": "raja"}}]}', '{"tables": [{"columns": {"A": "nik"}}]}',
     '{"tables": [{"columns": {}, "date_order": "ymd"}]}'],
)  # fmt: skip
def test_a_mapping_that_cannot_be_followed_is_refused(sheet, text) -> None:
    loaded = session.load(sheet(HEAD, SITI))
    with pytest.raises(InputError):
        mappings.read_mapping(text, loaded.found)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_F08_a_kill_in_the_middle_of_an_import_leaves_all_or_nobody(
    tmp_path, clock, opened_keys, runs_all, sheet
) -> None:
    from desmigratif_desktop.people.imports.plan import plan_rows  # noqa: F401 - warm before the fork
    from kit import demo

    count = 5_000 if runs_all else 800
    rows = [[f"Warga {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}man", "", f"{n % 28 + 1}-{n % 12 + 1}-19{n % 60 + 20}", "L"] for n in range(count)]  # fmt: skip
    path = sheet(HEAD, *rows)
    chance = random.Random(8)
    seen = set()
    for attempt in range(50 if runs_all else 6):
        folder = tmp_path / f"pos{attempt}"
        folder.mkdir()
        Store.create(folder, opened_keys, demo._REGISTRY, clock, demo._MIGRATIONS, village=VILLAGE,
                     laptop="A", practice=True).close()  # fmt: skip
        child = os.fork()
        if not child:
            try:
                store = Store.open(folder, opened_keys, demo._REGISTRY, clock, demo._MIGRATIONS)
                loaded = session.load(path)
                plan = session.dry_run(store, loaded, loaded.found)
                (folder / "siap").touch()
                apply_plan(store, opened_keys.actor, plan)
                (folder / "selesai").touch()
                time.sleep(30)
            finally:
                os._exit(0)
        while not (folder / "siap").exists():
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 1.2 if not runs_all else 8))
        finished = (folder / "selesai").exists()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        store = Store.open(folder, opened_keys, demo._REGISTRY, clock, demo._MIGRATIONS)
        with store.read() as reading:
            found = reading.execute(sa.text("SELECT count(*) FROM person")).scalar()
        store.close()
        assert found in {0, count}
        assert found == count or not finished
        seen.add(found)
    assert seen <= {0, count}
