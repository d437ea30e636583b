from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.foundation.identity import (
    check_nik,
    check_no_kk,
    compare_nik,
    explain_nik,
    is_masked,
    mask_nik,
    ungroup_nik,
)

TODAY = date(2026, 11, 21)


def codes(problems):
    return tuple(one.code for one in problems)


@pytest.mark.parametrize(
    "nik",
    ["3212162004880001", "3212166004880001", "3212160101000001", "3212163112990001", "3212167112990001",
     "3212164101000001", "0012162004880001", "9999992004880001", "3212162004880000"],
)  # fmt: skip
def test_F01_what_can_be_a_nik_is_taken(nik):
    assert check_nik(nik) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nik_empty"), ("321216200488000", "nik_length"), ("32121620048800011", "nik_length"),
        ("321216200488000A", "nik_digits"), ("3212 1620 0488 0001", "nik_digits"),
        ("3212162004880001 ", "nik_digits"), (" 3212162004880001", "nik_digits"),
        ("3212162004880001\n", "nik_digits"), ("3212.1620.0488.0001", "nik_digits"),
        ("٣٢١٢١٦٢٠٠٤٨٨٠٠٠١", "nik_digits"), ("３２１２１６２００４８８０００１", "nik_digits"),
        ("321216200488000²", "nik_digits"), ("3212162004880001.0", "nik_digits"),
        ("3.2E+15", "nik_digits"), ("-212162004880001", "nik_digits"),
        ("1111111111111111", "nik_same"), ("0000000000000000", "nik_same"),
        ("3212160004880001", "nik_day"), ("3212163204880001", "nik_day"),
        ("3212164004880001", "nik_day"), ("3212167204880001", "nik_day"), ("3212169904880001", "nik_day"),
        ("3212162000880001", "nik_month"), ("3212162013880001", "nik_month"),
    ],
)  # fmt: skip
def test_F01_what_cannot_be_a_nik_is_refused(text, code):
    problems = check_nik(text)
    assert codes(problems) == (code,)
    assert not problems[0].is_warning
    assert problems[0].field == "nik"
    with pytest.raises(InputError):
        explain_nik(text, today=TODAY)


def test_F01_day_and_month_are_both_named():
    assert codes(check_nik("3212163213880001")) == ("nik_day", "nik_month")


def test_F01_female_day_is_less_forty():
    reading = explain_nik("3212166004880001", today=TODAY)
    assert (reading.sex, reading.birth_day, reading.month, reading.year_candidates) == (
        "P",
        20,
        4,
        (1988,),
    )
    assert (reading.region_code6, reading.serial, reading.birth_date) == (
        "321216",
        "0001",
        "1988-04-20",
    )


@pytest.mark.parametrize(
    ("two", "birth", "candidates"),
    [("88", None, (1988,)), ("26", None, (2026, 1926)), ("27", None, (1927,)), ("05", None, (2005, 1905)),
     ("05", "1905", (1905, 2005)), ("05", "1905-03-02", (1905, 2005)), ("05", "1999", (2005, 1905))],
)  # fmt: skip
def test_century_follows_the_typed_date_else_the_nearest_past(two, birth, candidates):
    assert explain_nik(f"3212162004{two}0001", birth, TODAY).year_candidates == candidates


def warned(nik, birth=None, sex=None, **more):
    problems = compare_nik(nik, birth, sex, today=TODAY, **more)
    assert all(
        one.is_warning and one.field == "nik" and one.message.endswith(".") for one in problems
    )
    return codes(problems)


def test_F01_agreement_is_silent():
    assert warned("3212166004880001", "1988-04-20", "P") == ()
    assert warned("3212166004880001", "1988-04", "P") == ()
    assert warned("3212166004880001", "1988", None) == ()
    assert warned("3212162004880001") == ()
    assert warned("3212160504050001", "1905-04-05", "L") == ()


def test_F01_disagreement_is_a_warning_never_an_error():
    assert warned("3212166004880001", "1988-04-21", "P") == ("nik_birth_date",)
    assert warned("3212166004880001", "1989", "L") == ("nik_birth_date", "nik_sex")
    assert warned("3212163102900001", None, "L") == ("nik_calendar",)
    assert warned("3212162004880000") == ("nik_serial",)
    assert warned("3212162004880001", area_code="1101012001") == ("nik_area",)
    assert warned("3212162004880001", area_code="3212162004") == ()


@pytest.mark.parametrize("nik", ["9999992004880001", "0012162004880001", "3212992004880001"])
def test_F01_unknown_region_is_a_warning(nik):
    assert warned(nik) == ("nik_region_unknown",)
    assert warned(nik, knows_region=lambda _code: True) == ()


def test_warnings_name_both_sides():
    message = compare_nik("3212166004880001", "1988-04-21", "P", today=TODAY)[0].message
    assert message == "Menurut NIK lahir 20 April 1988, yang diketik 21 April 1988."


def test_no_warnings_about_what_cannot_be_a_nik():
    assert compare_nik("123", "1988", "L", today=TODAY) == ()


@given(st.text(max_size=20))
def test_F01_no_text_breaks_the_check(text):
    taken = check_nik(text) == ()
    assert taken <= (len(text) == 16 and text.isascii() and text.isdigit())
    check_no_kk(text)
    mask_nik(text)
    ungroup_nik(text)


@given(
    st.from_regex(
        r"[0-9]{6}([04-6][1-9]|[1-2][0-9]|5[0-9]|7[01])(0[1-9]|1[0-2])[0-9]{6}", fullmatch=True
    )
)
def test_every_taken_nik_can_be_explained(nik):
    if check_nik(nik) == ():
        reading = explain_nik(nik, today=TODAY)
        assert 1 <= reading.birth_day <= 31
        assert all(year <= 2026 for year in reading.year_candidates)


def test_grouping_is_taken_out_only_when_asked():
    assert ungroup_nik(" 3212 1620 0488 0001 ") == "3212162004880001"
    assert (
        ungroup_nik("3212.1620.0488.0001")
        == ungroup_nik("321216-200488-0001")
        == "3212162004880001"
    )
    assert ungroup_nik("3212 abc") == "3212 abc"
    assert ungroup_nik("'3212162004880001") == "'3212162004880001"
    assert ungroup_nik("٣٢١٢ ١٦٢٠") == "٣٢١٢ ١٦٢٠"


def test_family_card_number():
    assert check_no_kk("3212160804170001") == ()
    assert codes(check_no_kk("321216080417000")) == ("no_kk_length",)
    assert codes(check_no_kk("２" * 16)) == ("no_kk_digits",)
    assert codes(check_no_kk("7" * 16)) == ("no_kk_same",)
    unusual = check_no_kk("3212164804170001")
    assert codes(unusual) == ("no_kk_date",)
    assert unusual[0].is_warning


def test_mask_keeps_province_and_regency():
    assert mask_nik("3212162004880001") == "321216" + "•" * 6 + "0001"
    assert mask_nik("32121620") == "3212••••"
    assert mask_nik(None) == mask_nik("") == ""
    assert is_masked(mask_nik("3212162004880001"))
    assert codes(check_nik(mask_nik("3212162004880001"))) == ("nik_digits",)
