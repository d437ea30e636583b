"""Decisions are kept, sync-proof and undoable; the radar follows the register."""

from __future__ import annotations

import pytest

from desmigratif_desktop.people.model import DistinctPair, DuplicateCase, case_id, distinct_id
from desmigratif_desktop.people.persons import correct_person, register_person
from desmigratif_desktop.people.radar.comparing import NEW, OLD, chosen_values, compare_rows
from desmigratif_desktop.people.radar.decisions import (
    ask_again,
    complete_person,
    count_open_cases,
    open_cases,
    open_cases_for,
    tell_apart,
)
from desmigratif_desktop.people.radar.live import live_radar
from desmigratif_desktop.people.radar.values import Told
from desmigratif_desktop.people.roster import person_values, show_person
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records.undo import undo
from desmigratif_desktop.records.unit_of_work import Touched

OLD_ONE = {
    "name": "Sitti Choiriyah",
    "birth_date": "1992-07",
    "dusun": "Soka'an",
    "phone": "085700112290",
}
NEW_ONE = {
    "name": "Siti Khoiriah",
    "birth_date": "1992-07-21",
    "nik": "3518175207920003",
    "dusun": "Ja'an",
}


def add(post, values, **more):
    return register_person(post.store, post.officer, PersonDraft(values, **more)).uid


def near(post, values, **more):
    with post.store.read() as session:
        return [one.person for one in live_radar(post.store).at(session).near(values, **more)]


def cases(post):
    with post.store.read() as session:
        assert count_open_cases(session) == len(open_cases(session))
        return open_cases(session)


def test_the_radar_follows_the_register(post):
    one = add(post, OLD_ONE)
    assert near(post, NEW_ONE) == [one]
    correct_person(
        post.store, post.officer, one, Touched({"name": "Wagiman", "birth_date": "1950"})
    )
    assert near(post, NEW_ONE) == []
    made = register_person(post.store, post.officer, PersonDraft(OLD_ONE))
    assert near(post, NEW_ONE) == [made.uid]
    undo(post.store, post.officer, made.act)
    assert near(post, NEW_ONE) == []


def test_told_apart_is_never_asked_again(post):
    one, two = add(post, OLD_ONE), add(post, NEW_ONE)
    assert near(post, NEW_ONE, person=two) == [one]
    open_cases_for(post.store, post.officer, [(two, one)])
    assert cases(post) == ((one, two),)
    act = tell_apart(post.store, post.officer, two, one)
    assert near(post, NEW_ONE, person=two) == []
    assert near(post, OLD_ONE, person=one) == []
    assert cases(post) == ()
    with post.store.read() as session:
        assert session.get(DistinctPair, distinct_id(one, two)).present == 1
        assert session.get(DuplicateCase, case_id(one, two)).decision == "distinct"
        assert live_radar(post.store).at(session).pairs() == []
    assert open_cases_for(post.store, post.officer, [(one, two)]) == 0
    undo(post.store, post.officer, act)
    assert near(post, NEW_ONE, person=two) == [one]
    assert cases(post) == ((one, two),)


def test_asked_again_when_taken_back(post):
    one, two = add(post, OLD_ONE), add(post, NEW_ONE)
    tell_apart(post.store, post.officer, one, two)
    ask_again(post.store, post.officer, one, two)
    assert near(post, NEW_ONE, person=two) == [one]


def test_what_was_told_beside_a_new_form_is_saved_with_it(post):
    one, two = add(post, OLD_ONE), add(post, {**OLD_ONE, "name": "Siti Choiriyah"})
    made = add(post, NEW_ONE, told=Told(distinct=(one,), alike=(one, two)))
    assert near(post, NEW_ONE, person=made) == [two]
    assert cases(post) == ((two, made),)


def test_a_case_opens_once(post):
    one, two = add(post, OLD_ONE), add(post, NEW_ONE)
    assert open_cases_for(post.store, post.officer, [(one, two), (two, one)]) == 1
    assert open_cases_for(post.store, post.officer, [(one, two)]) == 0


def rows_of(old, new):
    return {one.fields[0]: one for one in compare_rows(old, new)}


def test_the_rows_of_picture_06b():
    rows = rows_of({**OLD_ONE, "mother_name": "Kasiyem"}, {**NEW_ONE, "mother_name": "Kasiyem"})
    assert list(rows) == ["name", "nik", "birth_place", "address", "mother_name", "phone"]
    assert (rows["nik"].old, rows["nik"].new) == ("", "351817 520792 0003")
    assert rows["birth_place"].label == "Lahir"
    assert (rows["birth_place"].old, rows["birth_place"].new) == ("Juli 1992", "21 Juli 1992")
    assert rows["mother_name"].agrees
    assert {name: one.proposed for name, one in rows.items() if not one.agrees} == {
        "name": NEW, "nik": NEW, "birth_place": NEW, "address": NEW, "phone": OLD,
    }  # fmt: skip


def test_another_hamlet_does_not_keep_the_units_of_the_one_before():
    old = {"dusun": "Soka'an", "rt": "003", "rw": "003"}
    rows = compare_rows(old, {"dusun": "Ja'an"})
    chosen = chosen_values(rows, {"address": NEW}, old, {"dusun": "Ja'an"})
    assert chosen == {"dusun": "Ja'an", "rt": None, "rw": None}
    rows = compare_rows(old, {"dusun": "Soka'an", "rt": "004"})
    assert chosen_values(rows, {"address": NEW}, old, {"dusun": "Soka'an", "rt": "004"}) == {
        "rt": "004"
    }


def test_what_knows_less_is_not_proposed():
    rows = rows_of({"birth_date": "1992-07-21"}, {"birth_date": "1992"})
    assert rows["birth_place"].proposed == OLD


@pytest.mark.parametrize("takes", [OLD, NEW])
def test_only_the_chosen_fields_are_written(post, takes):
    one = add(post, OLD_ONE)
    with post.store.read() as session:
        view = show_person(post.store, session, one)
    rows = compare_rows(view.values, NEW_ONE)
    chosen = chosen_values(rows, {"nik": NEW, "name": takes, "phone": NEW}, view.values, NEW_ONE)
    done = complete_person(post.store, post.officer, one, Touched(chosen, view.bases))
    with post.store.read() as session:
        after = person_values(session, one)
    assert after["nik"] == NEW_ONE["nik"]
    assert after["name"] == (NEW_ONE if takes == NEW else OLD_ONE)["name"]
    assert after["birth_date"] == "1992-07"
    assert after["phone"] == "+6285700112290", "an empty field never empties another"
    assert done.overtaken == ()


def test_completing_keeps_a_value_that_came_meanwhile(post):
    one = add(post, OLD_ONE)
    with post.store.read() as session:
        view = show_person(post.store, session, one)
    correct_person(post.store, post.officer, one, Touched({"name": "Sitti Choiriyah A"}, {}))
    done = complete_person(
        post.store, post.officer, one, Touched({"name": "Siti Khoiriah"}, view.bases)
    )
    assert done.overtaken == ("name",)


def test_completing_one_of_two_leaves_their_case_open(post):
    one, two = add(post, OLD_ONE), add(post, NEW_ONE)
    complete_person(post.store, post.officer, one, Touched({"nik": NEW_ONE["nik"]}), other=two)
    assert cases(post) == ((one, two),)
