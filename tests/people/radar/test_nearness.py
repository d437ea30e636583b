"""Slips of NIK and dates, their weights, and their words."""

from __future__ import annotations

import pytest

from desmigratif_desktop.people.radar.radar import Radar
from desmigratif_desktop.people.radar.slips import (
    Birth,
    birth_in_nik,
    compare_births,
    nik_neighbours,
    nik_slip,
)
from desmigratif_desktop.people.radar.values import Band, Known, Reason

NIK = "3518175207920003"


@pytest.mark.parametrize(
    ("other", "slip"),
    [("3518175207920013", ("digit", 14)), ("3518175209720003", ("swap", 9)), ("3518172507920003", ("swap", 6)),
     ("3518171207920003", ("day40", 6)), ("3518175207920030", ("swap", 14)), ("3518175307920004", None)],
)  # fmt: skip
def test_nik_slips(other, slip):
    assert nik_slip(NIK, other) == slip
    assert (int(other) in nik_neighbours(NIK)) == (slip is not None)


def test_every_neighbour_is_a_slip():
    for number in nik_neighbours(NIK):
        assert nik_slip(NIK, f"{number:016}") is not None


@pytest.mark.parametrize(
    ("left", "right", "how"),
    [
        ("1992-07-12", "1992-07-12", Birth.SAME), ("1992-07", "1992-07-12", Birth.SAME),
        ("1992", "1992-07-12", Birth.SAME), ("1992-07-12", "1992-12-07", Birth.SWAPPED),
        ("1992-07-12", "1993-07-12", Birth.NEXT_YEAR), ("1992-07-12", "1992-07-13", Birth.ONE_DIGIT),
        ("1992-07-12", "1962-07-12", Birth.ONE_DIGIT), ("1992-07-12", "1992-07-28", Birth.SAME_MONTH),
        ("1992-07-12", "1992-01-30", Birth.SAME_YEAR), ("1992", "1991", Birth.NEAR_YEAR),
        ("1992-07-12", "1954-01-30", Birth.OTHER), ("", "1992", Birth.UNKNOWN),
    ],
)  # fmt: skip
def test_births(left, right, how):
    assert compare_births(left, right) is how
    assert compare_births(right, left) is how


def test_the_date_in_a_nik():
    assert birth_in_nik(NIK) == "1992-07-12"
    assert birth_in_nik("3518171201150003") == "2015-01-12"
    assert birth_in_nik("3518171201150003", "1915-01-12") == "1915-01-12"
    assert birth_in_nik("3518173913920003") == ""


def _near(old, new, **more):
    radar = Radar([Known.of(old, b"alt"), Known.of({"name": "Wagiman", **more}, b"lain")])
    return radar.near(new)


def test_picture_06_in_words():
    old = {"name": "Sitti Choiriyah", "birth_date": "1992-07", "dusun": "Soka'an", "sex": "P"}
    new = {
        "name": "Siti Khoiriah",
        "nik": NIK,
        "birth_date": "1992-07-21",
        "dusun": "Ja'an",
        "sex": "P",
    }
    (found,) = _near(old, new)
    assert (found.person, found.band) == (b"alt", Band.VERY)
    assert found.reasons == (
        Reason(True, "Nama sebunyi"), Reason(True, "Lahir Juli 1992"),
        Reason(False, "NIK belum ada pada data lama"), Reason(False, "Dusun Soka'an, bukan Ja'an"),
    )  # fmt: skip


def test_a_digit_of_the_nik_is_named():
    old = {"name": "Suparmi", "nik": NIK, "birth_date": "1992-07-12"}
    new = {"name": "Soeparmi", "nik": "3518175297920003", "birth_date": "1992-07-12"}
    (found,) = _near(old, new)
    assert Reason(True, "NIK berbeda satu angka (angka ke-9)") in found.reasons


def test_same_nik_is_certain_whatever_the_name():
    (found,) = _near({"name": "Suparmi", "nik": NIK}, {"name": "Bambang", "nik": NIK})
    assert found.same_nik
    assert found.score == 100
    assert Reason(False, "Nama berbeda") in found.reasons


def test_twins_are_no_alarm():
    mother = {"mother_name": "Kasiyem", "birth_date": "2001-05-04", "dusun": "Krajan"}
    old = {"name": "Hasan Wibowo", "nik": "3518170405010001", "sex": "L", **mother}
    new = {"name": "Rudi Wibowo", "nik": "3518170405010002", "sex": "L", **mother}
    assert not _near(old, new)


@pytest.mark.parametrize(
    "values", [{}, {"name": ""}, {"nik": "12"}, {"birth_date": "1992"}, {"name": "  "}]
)
def test_an_empty_form_asks_nothing(values):
    assert _near({"name": "Suparmi", "birth_date": "1992-07-12"}, values) == ()


def test_a_nickname_finds_its_owner():
    old = {"name": "Siti Khoiriah", "alias": "Riah", "birth_date": "1992-07-21"}
    (found,) = _near(old, {"name": "Riah", "birth_date": "1992-07-21"})
    assert Reason(True, "Nama panggilan sama") in found.reasons
