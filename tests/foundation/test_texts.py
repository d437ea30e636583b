from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.foundation.texts import clean_text, tidy_text, warn_identifiers


@pytest.mark.parametrize(
    "name",
    ["O'Neil", "D. 'Siti'", "Ma'ruf", 'Soka"an', "Sukarno", "I Gusti Ayu", "Núñez", "李小龍", "محمد",
     "Siti 🌾", "👨‍👩‍👧 Keluarga", "👩🏽‍🌾", "❤️‍🔥", "=cmd|' /C calc'!A0", "<b>Siti", "%_\\", "Robert'); DROP TABLE--"],
)  # fmt: skip
def test_F02_names_are_kept_verbatim(name):
    assert clean_text(name, 100) == unicodedata.normalize("NFC", name)


def test_F02_combining_marks_become_nfc():
    assert clean_text("Nu\u0301n\u0303ez") == "N\u00fa\u00f1ez"


@pytest.mark.parametrize(
    "raw",
    ["Siti\x00", "Si\x00ti", "Si\tti", "Si\nti", "Si\x1bti", "Si\x7fti", "Si\x9bti",
     "Siti\u202egnuhcnag", "\u2066Siti\u2069", "\u200fSiti", "Si\u200bti", "Si\u200cti", "Si\u200dti",
     "Si\ufeffti", "Si\u00adti", "Si\u2060ti", "Si\u2028ti", "Si\u3164ti", "Si\u2800ti", "Si\ud800ti",
     "Si\U000e0041ti"],
)  # fmt: skip
def test_F02_what_nobody_sees_is_refused(raw):
    with pytest.raises(InputError) as refused:
        clean_text(raw, 100, field="name", label="Nama")
    assert refused.value.problems[0].code == "text_hidden"
    assert refused.value.problems[0].field == "name"


@pytest.mark.parametrize(
    "raw", ["Si\u200bti", "\u202eSiti", "Si\x00ti", "\ufeffSiti", "Siti\u3164"]
)
def test_F02_a_sheet_is_stripped_visibly(raw):
    cleaned = tidy_text(raw)
    assert cleaned.text == "Siti"
    assert len(cleaned.removed) == 1


@pytest.mark.parametrize("raw", ["", " ", "\u00a0\u2003 ", "\u3000"])
def test_F02_only_spaces_is_empty(raw):
    assert clean_text(raw) == ""
    with pytest.raises(InputError) as refused:
        clean_text(raw, required=True, label="Nama")
    assert refused.value.sentence == "Nama belum diisi."


def test_F02_the_limit_counts_after_nfc():
    assert clean_text("n\u0303" * 100, 100) == "\u00f1" * 100
    for raw in ("a" * 101, "a" * 10_000, "a" + "\u0335" * 100):
        with pytest.raises(InputError) as refused:
            clean_text(raw, 100)
        assert refused.value.problems[0].code == "text_long"


def test_blanks_of_other_kinds_become_spaces():
    assert clean_text("Siti\u00a0Aminah\u2009Dewi") == "Siti Aminah Dewi"


def test_notes_keep_their_lines():
    assert clean_text("satu\r\ndua\rtiga\tempat", multiline=True) == "satu\ndua\ntiga empat"


@given(st.text(max_size=60))
def test_F02_whatever_comes_in_what_is_kept_is_stable_and_printable(raw):
    cleaned = tidy_text(raw).text
    assert clean_text(cleaned) == cleaned
    assert tidy_text(cleaned).removed == ()
    cleaned.encode()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("NIK 3212162004880001 belum dicek", ("note_nik",)),
        ("3212 1620 0488 0001", ("note_nik",)),
        ("paspor C1234567", ("note_passport",)),
        ("hubungi 0812-3456-7890", ("note_phone",)),
        ("WA +852 9123 4567", ("note_phone",)),
        ("datang 21-11-2026 membawa 5.000.000", ()),
        ("No. 470/012/Ds.Krg-A/XI/2026", ()),
    ],
)
def test_F16_notes_with_identifiers_warn(text, codes):
    found = warn_identifiers(text)
    assert tuple(one.code for one in found) == codes
    assert all(one.is_warning for one in found)
