from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.foundation.partial_dates import (
    age_on,
    age_range_on,
    earliest,
    format_long,
    format_short,
    format_with_weekday,
    is_partial_date,
    latest,
    parse_birth_date,
    parse_partial_date,
    roman_month,
    surely_before,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("21-07-1992", "1992-07-21"), ("21/7/1992", "1992-07-21"), ("21.07.1992", "1992-07-21"),
        ("21 7 1992", "1992-07-21"), ("1992-07-21", "1992-07-21"), ("1992/7/1", "1992-07-01"),
        ("21 Juli 1992", "1992-07-21"), ("21 JULI 1992", "1992-07-21"), ("21-Jul-1992", "1992-07-21"),
        ("12 Mei 1988", "1988-05-12"), ("1 Nopember 1988", "1988-11-01"), ("2 Pebruari 1980", "1980-02-02"),
        ("17 agustus 1945", "1945-08-17"), ("17 Agt 1945", "1945-08-17"), ("5 des. 1970", "1970-12-05"),
        ("Juli 1992", "1992-07"), ("07-1992", "1992-07"), ("7/1992", "1992-07"), ("1992-07", "1992-07"),
        ("1992", "1992"), (" 1992 ", "1992"), ("29-02-2000", "2000-02-29"), ("1900", "1900"),
    ],
)  # fmt: skip
def test_reads_a_date_as_exactly_as_known(text, value):
    assert parse_partial_date(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31-02-1990", "date_day"), ("30-02-2000", "date_day"), ("29-02-1900", "date_day"),
        ("29-02-2023", "date_day"), ("31-04-1990", "date_day"), ("00-01-1990", "date_day"),
        ("32-01-1990", "date_day"), ("01-13-1990", "date_month"), ("01-00-1990", "date_month"),
        ("2569", "date_year"), ("21-07-2569", "date_year"), ("1899", "date_year"),
        ("31-12-1899", "date_year"), ("0000", "date_year"), ("9999-01-01", "date_year"),
        ("12/05/88", "date_short_year"), ("12-05-192", "date_shape"),
        ("", "date_shape"), ("kemarin", "date_shape"), ("21 Jully 1992", "date_shape"),
        ("19920721", "date_shape"), ("1992-07-21T00:00", "date_shape"), ("٢١-٠٧-١٩٩٢", "date_shape"),
        ("２１-07-1992", "date_shape"), ("-1992", "date_shape"), ("33805", "date_shape"),
    ],
)  # fmt: skip
def test_F13_impossible_dates_are_refused_with_a_sentence(text, code):
    with pytest.raises(InputError) as refused:
        parse_partial_date(text, field="birth_date")
    problem = refused.value.problems[0]
    assert (problem.field, problem.code, problem.is_warning) == ("birth_date", code, False)
    assert problem.message.endswith((".", "1992 saja."))


@pytest.mark.parametrize("text", ["22-11-2026", "12-2026", "2027", "1 Januari 2027"])
def test_F13_birth_in_the_future_is_refused(text):
    with pytest.raises(InputError) as refused:
        parse_birth_date(text, TODAY)
    assert refused.value.problems[0].code == "date_future"


@pytest.mark.parametrize("text", ["21-11-2026", "11-2026", "2026"])
def test_F13_a_birth_today_is_no_future(text):
    assert parse_birth_date(text, TODAY)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12/05/88", "1988-05-12"),
        ("12/05/26", "2026-05-12"),
        ("12/05/27", "1927-05-12"),
        ("1 Mei 03", "2003-05-01"),
    ],
)
def test_a_sheet_may_carry_short_years(text, value):
    assert parse_partial_date(text, short_years_until=TODAY) == value


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_reads_back_from_every_spelling(day):
    value = day.isoformat()
    for text in (
        value,
        format_long(value),
        format_short(value),
        f"{day.day}/{day.month}/{day.year}",
    ):
        assert parse_partial_date(text) == value
    assert parse_partial_date(format_long(value[:7])) == value[:7]
    assert earliest(value) == latest(value) == day


@pytest.mark.parametrize(
    "value",
    ["1992-7-21", "1992-13", "1992-02-30", "1899", "", "92", "1992-00", "x", "1992-07-00", "٢٠٠٠"],
)
def test_kept_form_is_strict(value):
    assert not is_partial_date(value)


def test_prints():
    assert format_long("1992-07-21") == "21 Juli 1992"
    assert format_long("1992-07") == "Juli 1992"
    assert format_long("1992") == "1992"
    assert format_long(date(2026, 11, 21)) == "21 November 2026"
    assert format_long(None) == format_long("") == ""
    assert format_short("1992-07-21") == "21-07-1992"
    assert format_with_weekday(date(2026, 11, 21)) == "Sabtu, 21 November 2026"
    assert roman_month(11) == "XI"


def test_age_counts_what_is_certain():
    assert age_on("2000-11-21", TODAY) == 26
    assert age_on("2000-11-22", TODAY) == 25
    assert age_on("2008", TODAY) == 17
    assert age_range_on("2008", TODAY) == (17, 18)
    assert age_on("2008-11", TODAY) == 17
    assert age_on("2008-10", TODAY) == 18
    assert age_on("2026", TODAY) == 0
    assert age_on(None, TODAY) is None
    assert age_on("2008-02-29", date(2026, 2, 28)) == 17
    assert age_on("2008-02-29", date(2026, 3, 1)) == 18


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 40000))
def test_ages_never_fall(born, days):
    on = min(born + timedelta(days=days), date(2100, 1, 1))
    assert age_on(born.isoformat(), on) <= age_on(born.isoformat(), on + timedelta(days=1))


def test_surely_before_needs_certainty():
    assert surely_before("2019", "2020-01")
    assert not surely_before("2019", "2019-12")
    assert surely_before("2019-05-03", "2019-05-04")
