"""Names that sound alike meet; names that only look alike do not."""

from __future__ import annotations

import pytest

from desmigratif_desktop.people.radar.name_key import (
    SAME_BONES,
    TYPING,
    alike,
    bones_of,
    full_key,
    plain_name,
    sound,
    words_of,
)


def nearest(left: str, right: str) -> float:
    pairs = [max((alike(one, two) for two in words_of(right)), default=0) for one in words_of(left)]
    return min(pairs)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Suparman", "Soeparman"), ("Muhammad Zohri", "Moh. Zohri"), ("M. Zohri", "Mochamad Johri"),
        ("Siti Khoiriah", "Sitti Choiriyah"), ("Zainal", "Jaenal"), ("Syaiful", "Saipul"),
        ("Abdurrahman", "Abdul Rahman"), ("Abd. Rahman", "Abdul Rahman"), ("Nur'aini", "Nuraini"),
        ("Drs. H. Sugeng, M.Pd.", "Sugeng"), ("Hj. Fatimah", "Patimah"), ("SITI AMINAH", "Siti Aminah"),
        ("Fatimah binti Ahmad", "Fatima"), ("Achmad Fauzi", "Ahmad Fozi"), ("Djoko", "Joko"),
        ("St. Aminah", "Siti Aminah"), ("Nur Hidayah", "Nurhidayah"), ("Mu’arifah", "Muarifah"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_sound_the_same(left, right):
    assert plain_name(left) == plain_name(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Hidajah", "Hidayah"), ("Chandra", "Candra"), ("Jusuf", "Yusuf"), ("Tjahjono", "Cahyono"),
     ("Sri Rahaju", "Sri Rahayu"), ("Khoirul", "Khairul"), ("Abdulloh", "Abdullah")],
)  # fmt: skip
def test_old_letters_are_a_second_reading(left, right):
    assert nearest(left, right) >= SAME_BONES


@pytest.mark.parametrize(
    ("left", "right"),
    [("Kasiyem", "Kusuma"), ("Siti", "Sari"), ("Budi", "Rudi"), ("Painem", "Paijo"),
     ("Khoiriah", "Khoirotun"), ("Ayu", "Ayi")],
)  # fmt: skip
def test_other_names_stay_other_names(left, right):
    assert nearest(left, right) < TYPING - 0.04


def test_hard_names_have_words():
    assert words_of("") == ()
    assert next(one.plain for one in words_of("I Wayan Sudarma")) == "wayan"
    assert len(words_of("H.")) == 1, "a name that is only a title is still a name"
    assert len(words_of("M")) == 1
    assert words_of("王小明")
    assert full_key("Sukarno") == full_key("Soekarno")


@pytest.mark.parametrize(
    "word", ["choiriyyah", "dhuhaa", "soekarno", "ngatinah", "zz", "y", "ieie"]
)
def test_sounding_twice_changes_nothing(word):
    once = sound(word)
    assert sound(once) == once
    assert bones_of(once)
