from __future__ import annotations

from datetime import date

import pytest

from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.model import MigrationEpisode
from desmigratif_desktop.features.migration_services.values import DocumentDraft, RegistrationDraft
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.overview.dashboard import read_dashboard
from desmigratif_desktop.people import persons
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records.undo import undo
from desmigratif_desktop.records.unit_of_work import Touched, unit
from kit.demo import open_village

TODAY = date(2026, 11, 13)  # a Friday


@pytest.fixture
def post(tmp_path, clock):
    made = open_village(tmp_path / "pos", clock)
    yield made
    made.store.close()


def _board(post, today=TODAY):
    with post.store.read() as session:
        return read_dashboard(session, today)


def _register(post, name, on="2026-11-13", kind="cpmi", **more):
    make = {
        "cpmi": service.register_cpmi,
        "pmi": service.register_abroad,
        "purna": service.register_returning,
    }[kind]
    draft = RegistrationDraft(
        values={"name": name, **more.pop("person", {})},
        episode={"registered_on": on, **more.pop("episode", {})},
        **more,
    )
    return make(post.store, post.officer, draft)


def test_an_empty_village_has_nothing_and_says_so(post):
    board = _board(post)
    assert board.due == () and board.due_total == 0 and board.people == 0
    assert board.stages == (("cpmi", 0), ("pmi", 0), ("purna", 0))
    assert [count for _, count in board.weeks] == [None] * 8
    assert board.reminders == () and board.conflicts == 0


def test_a_small_village_counted_by_hand(post):
    # 3 candidates, 2 abroad, 1 returned; 2 people of the register who never migrated
    for name, day in (("Ani", "2026-11-13"), ("Bela", "2026-11-09"), ("Cici", "2026-10-01")):
        _register(post, name, day)
    for name in ("Dedi", "Edo"):
        _register(post, name, "2026-11-02", kind="pmi")
    _register(post, "Fani", "2026-11-08", kind="purna")
    for name in ("Gito", "Hani"):
        persons.register_person(post.store, post.officer, PersonDraft({"name": name}))
    board = _board(post)
    assert board.people == 8
    assert board.stages == (("cpmi", 3), ("pmi", 2), ("purna", 1))
    assert board.due_total == 3
    assert [one.name for one in board.due] == ["Ani", "Bela", "Cici"]  # the oldest act first
    assert board.weeks == (
        (date(2026, 9, 21), None),  # nothing was recorded before the first registration
        (date(2026, 9, 28), 1),
        (date(2026, 10, 5), 0),
        (date(2026, 10, 12), 0),
        (date(2026, 10, 19), 0),
        (date(2026, 10, 26), 0),
        (date(2026, 11, 2), 3),
        (date(2026, 11, 9), 2),
    )


def test_a_due_line_names_goal_step_and_missing_documents(post):
    _register(
        post,
        "Ani",
        episode={"destination_country": "Jepang"},
        documents=(
            DocumentDraft("ktp"),
            DocumentDraft("paspor", "belum"),
            DocumentDraft("kk", "belum"),
        ),
    )
    (line,) = _board(post).due
    assert line.sentence == "Pendaftaran CPMI tujuan Jepang"
    assert line.missing == 2
    assert "terverifikasi" in line.step.lower()


def test_the_next_step_moves_on_and_departure_ends_the_waiting(post):
    done = _register(post, "Ani", on="2026-10-01")
    service.record_stage(
        post.store, post.officer, done.episode, "terverifikasi_desa", happened_on="2026-10-05"
    )
    assert "siapkerja" in _board(post).due[0].step.lower()
    service.record_stage(
        post.store, post.officer, done.episode, "berangkat", happened_on="2026-11-01"
    )
    board = _board(post)
    assert board.due == ()
    assert board.stages == (("cpmi", 0), ("pmi", 1), ("purna", 0))


def test_one_person_counts_once_with_the_latest_journey(post):
    first = _register(post, "Ani", kind="purna")
    draft = RegistrationDraft(values={}, person=first.person)
    service.register_cpmi(post.store, post.officer, draft)
    assert _board(post).stages == (("cpmi", 1), ("pmi", 0), ("purna", 0))


def test_an_undone_registration_is_counted_nowhere(post):
    _register(post, "Ani")
    gone = _register(post, "Salah")
    undo(post.store, post.officer, gone.act)
    board = _board(post)
    assert board.people == 1
    assert board.due_total == 1
    assert board.stages[0] == ("cpmi", 1)
    assert sum(count or 0 for _, count in board.weeks) == 1


def test_an_undone_person_takes_the_journey_along(post):
    known = persons.register_person(post.store, post.officer, PersonDraft({"name": "Impor"}))
    draft = RegistrationDraft(values={}, person=known.uid)
    service.register_cpmi(post.store, post.officer, draft)
    with unit(post.store, post.officer, "test.hide") as work:
        from desmigratif_desktop.people.model import Person

        work.edit(work.get(Person, known.uid), Touched({"state": "merged"}))
    board = _board(post)
    assert board.people == 0
    assert board.due_total == 0
    assert board.stages[0] == ("cpmi", 0)


@pytest.mark.parametrize(
    ("until", "remark", "late"),
    [
        ("2026-11-27", "14 hari lagi", False),
        ("2026-11-13", "0 hari lagi", False),
        ("2026-11-03", "10 hari lalu", True),
        ("2027-02-11", "90 hari lagi", False),
    ],
)
def test_a_passport_that_runs_out_is_told_in_days(post, until, remark, late):
    persons.register_person(
        post.store, post.officer, PersonDraft({"name": "Ani", "passport_valid_until": until})
    )
    (one,) = _board(post).reminders
    assert (one.remark, one.is_late) == (remark, late)


def test_a_passport_far_from_its_end_is_silent(post):
    persons.register_person(
        post.store, post.officer, PersonDraft({"name": "Ani", "passport_valid_until": "2027-02-12"})
    )
    assert _board(post).reminders == ()


def test_somebody_without_news_is_reminded_of(post):
    _register(post, "Ani", kind="pmi", episode={"stage": "hilang_kontak"})
    (one,) = _board(post).reminders
    assert one.sentence == "Ani belum memberi kabar" and one.is_late


@pytest.mark.parametrize("odd", ["2026-13-45", "2026-1x-01", "20261113..", "2026", ""])
def test_odd_dates_from_another_laptop_break_no_home_page(post, odd):
    _register(post, "Ani")
    with unit(post.store, post.officer, "test.odd") as work:
        work.session.add(
            MigrationEpisode(
                id=new_id(), person=new_id(), stage="terdaftar_desa", registered_on=odd
            )
        )
    board = _board(post)
    assert sum(count or 0 for _, count in board.weeks) == 1
