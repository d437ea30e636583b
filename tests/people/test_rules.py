from __future__ import annotations

from datetime import date

import pytest

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.people.fields import BY_NAME, PERSON_FIELDS, Holds
from desmigratif_desktop.people.households import HOUSEHOLD_FIELDS
from desmigratif_desktop.people.rules import read_person, read_touched, working_age_warning

TODAY = date(2026, 11, 21)


def codes(raw, **known):
    reading = read_person(raw, TODAY, known=known or None)
    return {one.code for one in reading.errors}, {one.code for one in reading.warnings}


GOOD = "3212165207920003"


@pytest.mark.parametrize("nik", [
    "321216520792000", "32121652079200034", "32121652O7920003", "3212 1652 0792 0003",
    " 3212165207920003", "٣٢١٢١٦٥٢٠٧٩٢٠٠٠٣", "".join(chr(ord(d) + 0xFEE0) for d in "3212165207920003"), "3212160007920003",
    "3212163207920003", "3212167207920003", "3212165213920003", "3212165200920003",
    "1111111111111111", "-212165207920003", "3.21E+15",
])  # fmt: skip
def test_F01_what_cannot_be_a_nik_is_refused(nik):
    errors, _ = codes({"name": "Siti", "nik": nik})
    assert errors
    assert all(one.startswith("nik_") for one in errors)


@pytest.mark.parametrize(("nik", "warning"), [
    (GOOD, None), ("9901015207920003", "nik_region_unknown"), ("0001015207920003", "nik_region_unknown"),
    ("3212163102920003", "nik_calendar"), ("3212165207920000", "nik_serial"),
])  # fmt: skip
def test_F01_what_may_be_a_nik_is_at_most_warned_of(nik, warning):
    errors, warnings = codes({"name": "Siti", "nik": nik})
    assert errors == set()
    assert (warning in warnings) if warning else not warnings


def test_F01_birth_date_and_sex_that_differ_from_the_nik_only_warn():
    errors, warnings = codes({"name": "Siti", "nik": GOOD, "birth_date": "21-07-1992", "sex": "L"})
    assert errors == set()
    assert {"nik_birth_date", "nik_sex"} <= warnings


def test_F01_a_woman_s_day_plus_forty_agrees_with_her_birth_date():
    assert codes({"name": "Siti", "nik": GOOD, "birth_date": "12-07-1992", "sex": "P"}) == (
        set(),
        set(),
    )


def test_changing_the_birth_date_alone_is_compared_with_the_nik_that_stands():
    _, warnings = codes({"birth_date": "1991"}, name="Siti", nik=GOOD)
    assert "nik_birth_date" in warnings


@pytest.mark.parametrize("name", ["O'Neil", "D. 'Siti'", "Siti 😀", "Ńame", "Sukarno", 'Ja"an'])
def test_F02_names_are_kept_as_typed(name):
    assert read_person({"name": name}, TODAY).values["name"] == name


@pytest.mark.parametrize(
    "name", ["Siti\u202etxt", "Si\x00ti", "Si\u200bti", "x" * 10_000, "   ", "\u2066", ""]
)
def test_F02_names_that_hide_something_are_refused(name):
    reading = read_person({"name": name}, TODAY)
    assert {one.field for one in reading.errors} == {"name"}


def test_F02_combining_marks_become_one_form():
    assert read_person({"name": "Jose\u0301"}, TODAY).values["name"] == "Jos\u00e9"


@pytest.mark.parametrize(("field", "typed"), [
    ("birth_date", "31-02-1990"), ("birth_date", "12-07-2569"), ("birth_date", "1899"),
    ("birth_date", "22-11-2026"), ("birth_date", "bukan tanggal"), ("marriage_date", "2027"),
])  # fmt: skip
def test_F13_dates_that_cannot_be_are_refused_and_never_mended(field, typed):
    reading = read_person({"name": "Siti", field: typed}, TODAY)
    assert [one.field for one in reading.errors] == [field]
    assert field not in reading.values


def test_F13_a_wedding_before_birth_is_named():
    _, warnings = codes({"name": "S", "birth_date": "1990", "marriage_date": "1985"})
    assert "marriage_before_birth" in warnings


def test_F13_a_worker_of_twelve_is_named_and_not_refused():
    young = working_age_warning("2014-01-01", TODAY)
    assert young.code == "age_under_18"
    assert young.is_warning
    assert working_age_warning("2008-11-21", TODAY) is None
    assert working_age_warning(None, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "kept"), [("1991", "1991"), ("1991-04", "1991-04"), ("12 April 1991", "1991-04-12")]
)
def test_partial_birth_dates(typed, kept):
    assert read_person({"name": "S", "birth_date": typed}, TODAY).values["birth_date"] == kept


@pytest.mark.parametrize(("field", "typed", "kept"), [
    ("religion", "ISLAM", "islam"), ("religion", "1", "islam"), ("occupation", "KARYAWAN SWASTA", "karyawan_swasta"),
    ("sex", "Perempuan", "P"), ("marital_status", "kawin", "kawin"), ("rt", "7", "007"), ("rw", "-", None),
    ("passport_no", "c 1234567", "C1234567"), ("children_count", 3, 3), ("area_code", "32.12.16.2004", "3212162004"),
    ("phone", "+852 9123 4567", "+85291234567"), ("name", 17, "17"),
])  # fmt: skip
def test_values_take_their_kept_form(field, typed, kept):
    reading = read_person({"name": "S", field: typed}, TODAY)
    assert reading.errors == ()
    assert reading.values[field] == kept


@pytest.mark.parametrize(("field", "typed"), [
    ("religion", "pastafarian"), ("rt", "0001"), ("rt", "1a"), ("area_code", "32"), ("phone", "halo"),
    ("children_count", "-1"), ("children_count", "41"), ("name", True), ("name", ["x"]), ("name", {"a": 1}),
    ("no_kk", "12"), ("address", "x" * 201),
])  # fmt: skip
def test_values_that_cannot_be_are_refused_beside_their_field(field, typed):
    reading = read_person({"name": "S", field: typed}, TODAY)
    assert field in {one.field for one in reading.errors}


def test_all_problems_come_at_once():
    reading = read_person({"name": "", "nik": "1", "birth_date": "x"}, TODAY)
    assert {one.field for one in reading.errors} == {"name", "nik", "birth_date"}


def test_an_unknown_field_is_named_and_not_kept():
    reading = read_person({"name": "S", "favourite": "x", "religion_label": "Islam"}, TODAY)
    assert [one.code for one in reading.warnings] == ["field_unknown"]
    assert "favourite" not in reading.values


def test_kept_values_read_again_are_the_same():
    raw = {
        "name": "Siti", "nik": GOOD, "birth_date": "12-07-1992", "phone": "081234567890",
        "religion": "Islam", "rt": "1", "passport_no": "c1234567", "note": "Dua\nbaris",
    }  # fmt: skip
    once = read_person(raw, TODAY).values
    assert read_person(once, TODAY).values == once


def test_every_field_has_a_label_and_its_table():
    from desmigratif_desktop.foundation import reference

    assert len(BY_NAME) == len(PERSON_FIELDS)
    for one in PERSON_FIELDS:
        assert one.label
        if one.holds is Holds.CODE:
            assert reference.table(one.table).codes()


def test_touched_fields_are_read_all_or_nothing():
    assert read_touched(HOUSEHOLD_FIELDS, {"rt": "3"}, TODAY) == {"rt": "003"}
    with pytest.raises(InputError) as refused:
        read_touched(HOUSEHOLD_FIELDS, {"no_kk": "12", "rt": "3", "colour": "merah"}, TODAY)
    assert [(one.field, one.code) for one in refused.value.problems][1:] == [
        ("colour", "field_unknown")
    ]
    assert refused.value.problems[0].field == "no_kk"
