from __future__ import annotations

import random

import pytest

from desmigratif_desktop.app.commands.demo_names import POOLS, WELL_KNOWN, draw_name
from desmigratif_desktop.app.commands.demo_village import fill_village
from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.errors import RuleBrokenError
from desmigratif_desktop.people import roster
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.records.self_check import check
from kit.demo import open_village


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    from desmigratif_desktop.foundation.clock import FrozenClock

    post = open_village(tmp_path_factory.mktemp("latihan") / "pos", FrozenClock(1_794_531_600_000))
    done = fill_village(post.store, post.officer, people=240, seed=3)
    yield post, done
    post.store.close()


def people(post):
    with post.store.read() as session:
        return [
            (
                one.name,
                one.nik,
                one.religion,
                one.marriage_record,
                one.household_relation,
                one.household,
            )
            for one in session.query(Person).order_by(Person.id)
        ]


def test_the_village_has_the_people_and_is_whole(village):
    post, done = village
    assert done.people == len(people(post)) == 240
    assert done.households > 40
    assert check(post.store).faults == ()


def test_every_stage_and_every_kind_of_episode_comes_up(village):
    post, done = village
    with post.store.read() as session:
        rows = service.list_episodes(session, limit=1_000)
    assert len(rows) == done.episodes
    assert {one.stage for one in rows} == set(reference.table("stage").codes())
    assert {one.tone for one in rows} == {"cpmi", "pmi", "purna", "closed"}


def test_the_hard_cases_are_there(village):
    post, _ = village
    found = people(post)
    names = {one[0] for one in found}
    assert {
        "Sukarno",
        "Siti",
        "Suparmi'ah",
        "Rohmatul Jannah",
        "Yohanes Ola Tokan",
        "Warsidi",
        "Tarsih",
    } <= names
    assert any(nik is None for _, nik, *_ in found)
    assert len({one[2] for one in found}) >= 4
    assert any(one[3] == "belum_tercatat" for one in found)
    wives = [one[5] for one in found if one[4] == "istri"]
    assert len(wives) > len(set(wives))
    with post.store.read() as session:
        assert {
            one
            for row in roster.rows_of(
                session,
                [i for (i,) in session.query(Person.id)],
                __import__("datetime").date(2026, 11, 13),
            )
            for one in row.roles
        } >= {"cpmi", "pmi", "purna", "keluarga_pmi"}


def test_the_same_seed_draws_the_same_village(village, tmp_path, clock):
    other = open_village(tmp_path / "lagi", clock)
    fill_village(other.store, other.officer, people=240, seed=3)
    assert [one[:5] for one in people(other)] == [one[:5] for one in people(village[0])]
    other.store.close()


def test_a_real_folder_is_refused(tmp_path, clock):
    post = open_village(tmp_path / "asli", clock, practice=False)
    with pytest.raises(RuleBrokenError):
        fill_village(post.store, post.officer, people=5)
    assert people(post) == []
    post.store.close()


@pytest.mark.parametrize("count", [1, 5, 40])
def test_small_villages_have_exactly_the_people_asked_for(tmp_path, clock, count):
    post = open_village(tmp_path / "kecil", clock)
    assert fill_village(post.store, post.officer, people=count).people == count == len(people(post))
    post.store.close()


def test_nobody_in_the_village_is_a_well_known_person():
    makeable = {
        f"{first} {second}"
        for pool in POOLS
        for first in (*pool.men, *pool.women)
        for second in pool.second
    }
    assert makeable >= WELL_KNOWN, "a refused name that no pool makes refuses nothing"
    draw = random.Random(7)
    drawn = {draw_name(draw, pool, sex) for _ in range(20_000) for pool in POOLS for sex in "LP"}
    assert len(drawn) > 1_000
    assert not drawn & WELL_KNOWN
