"""Dates as people know them: a day, a month, or only a year.

Kept as text: "1992-07-21", "1992-07" or "1992"; text order is date order. An
impossible date is refused with a sentence and never mended.

Source: redlist F13; domain reference §3.7 and §12 (partial and late data are normal).
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final, NoReturn

from desmigratif_desktop.foundation.errors import FieldProblem, InputError

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
    "September", "Oktober", "November", "Desember",
)  # fmt: skip
WEEKDAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ROMAN_MONTHS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_OTHER_NAMES: Final = {
    "pebruari": 2, "peb": 2, "mrt": 3, "may": 5, "jun": 6, "jul": 7, "ags": 8, "agt": 8,
    "agu": 8, "agust": 8, "aug": 8, "august": 8, "sept": 9, "oct": 10, "october": 10,
    "nop": 11, "nopember": 11, "dec": 12, "december": 12, "january": 1, "february": 2,
    "march": 3, "june": 6, "july": 7,
}  # fmt: skip
_MONTH_OF: Final = {
    **{name.casefold(): place for place, name in enumerate(MONTHS, 1)},
    **{name[:3].casefold(): place for place, name in enumerate(MONTHS, 1)},
    **_OTHER_NAMES,
}
_SEPARATOR = r"(?:\s*[-/.]\s*|\s+)"
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}}){_SEPARATOR}([0-9]{{2,4}})")
_MONTH_YEAR = re.compile(rf"([0-9]{{1,2}}){_SEPARATOR}([0-9]{{4}})")
_NAMED = re.compile(rf"(?:([0-9]{{1,2}}){_SEPARATOR})?([A-Za-z]+)\.?{_SEPARATOR}([0-9]{{2,4}})")
_KEPT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_HINT = "Tulis tanggal seperti 21-07-1992, Juli 1992, atau 1992 saja."


def parse_partial_date(
    text: str,
    *,
    field: str = "date",
    not_after: date | None = None,
    short_years_until: date | None = None,
) -> str:
    """Read a date as an officer types it, as exactly as it is known.

    Args:
        text: "21-07-1992", "21/7/1992", "21 Juli 1992", "Juli 1992", "07-1992", "1992",
            "1992-07-21" or "1992-07".
        field: the field the problem is shown beside.
        not_after: the last day allowed; a birth cannot lie in the future.
        short_years_until: given, a two-digit year means the latest year that does not
            pass this day's ("88" -> 1988); without it such a year is refused.

    Returns:
        "1992-07-21", "1992-07" or "1992".

    Raises:
        InputError: not a date, not in the calendar, or out of range.
    """
    year_text, month, day = _parts(text.strip(), field)
    year = int(year_text)
    if len(year_text) == 2:  # noqa: PLR2004 - 88 for 1988
        if short_years_until is None:
            _refuse(field, "date_short_year", "Tulis tahun dengan empat angka, misalnya 1988.")
        year = short_years_until.year - (short_years_until.year - year) % 100
    _check_calendar(year, month, day, field)
    value = _spell(year, month, day)
    if not_after is not None and earliest(value) > not_after:
        sentence = f"Tanggal {format_long(value)} belum terjadi; periksa tahunnya."
        _refuse(field, "date_future", sentence)
    return value


def parse_birth_date(text: str, today: date, *, field: str = "birth_date") -> str:
    """Read a birth date; it cannot lie in the future or before 1900.

    Raises:
        InputError: not a date, or not one a living memory can hold.
    """
    return parse_partial_date(text, field=field, not_after=today)


def is_partial_date(value: str) -> bool:
    """Whether a text is a date in the kept form, possible in the calendar."""
    kept = _KEPT.fullmatch(value)
    if kept is None:
        return False
    year, month, day = (int(part) if part else 0 for part in kept.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR or (kept[2] and not 1 <= month <= 12):  # noqa: PLR2004
        return False
    return not kept[3] or 1 <= day <= calendar.monthrange(year, month)[1]


def earliest(value: str) -> date:
    """The first day a kept date can mean: "1992-07" -> 1 July 1992."""
    year, month, day = _split(value)
    return date(year, month or 1, day or 1)


def latest(value: str) -> date:
    """The last day a kept date can mean: "1992" -> 31 December 1992."""
    year, month, day = _split(value)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def surely_before(value: str, other: str) -> bool:
    """Whether one date lies before another however their gaps are filled."""
    return latest(value) < earliest(other)


def age_range_on(value: str, on: date) -> tuple[int, int]:
    """The least and the most whole years somebody born then has on a day."""
    return _age(latest(value), on), _age(earliest(value), on)


def age_on(value: str | None, on: date) -> int | None:
    """Whole years reached for certain on a day; None when the birth date is unknown.

    A person of whom only the year is known counts as born on its last day, so that
    nobody passes an age limit by a gap in the register.
    """
    return None if not value else max(age_range_on(value, on)[0], 0)


def format_long(value: str | date | None) -> str:
    """Print for letters: "21 Juli 1992", "Juli 1992", "1992"; "" when unknown."""
    if not value:
        return ""
    year, month, day = _split(value.isoformat() if isinstance(value, date) else value)
    words = (str(day) if day else "", MONTHS[month - 1] if month else "", str(year))
    return " ".join(word for word in words if word)


def format_short(value: str | date | None) -> str:
    """Print for lists and forms: "21-07-1992", "07-1992", "1992"; "" when unknown."""
    if not value:
        return ""
    text = value.isoformat() if isinstance(value, date) else value
    return "-".join(reversed(text.split("-")))


def format_with_weekday(day: date) -> str:
    """Print for meetings and minutes: "Sabtu, 21 November 2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {format_long(day)}"


def roman_month(month: int) -> str:
    """The month as letter numbers carry it: 11 -> "XI"."""
    return ROMAN_MONTHS[month - 1]


def _parts(text: str, field: str) -> tuple[str, int | None, int | None]:
    if match := _YEAR_FIRST.fullmatch(text):
        return match[1], _whole(match[2]), _whole(match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _four_or_two(match[3], field), int(match[2]), int(match[1])
    if match := _MONTH_YEAR.fullmatch(text):
        return match[2], int(match[1]), None
    if (match := _NAMED.fullmatch(text)) and (month := _MONTH_OF.get(match[2].casefold())):
        return _four_or_two(match[3], field), month, _whole(match[1])
    return _refuse(field, "date_shape", _HINT if text else f"Tanggal belum diisi. {_HINT}")


def _four_or_two(year: str, field: str) -> str:
    if len(year) == 3:  # noqa: PLR2004 - 192 for 1992
        _refuse(field, "date_shape", _HINT)
    return year


def _check_calendar(year: int, month: int | None, day: int | None, field: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        sentence = f"Tahun {year} tidak mungkin; tahun harus antara {FIRST_YEAR} dan {LAST_YEAR}."
        _refuse(field, "date_year", sentence)
    if month is not None and not 1 <= month <= len(MONTHS):
        _refuse(field, "date_month", f"Bulan {month} tidak ada; bulan hanya 1 sampai 12.")
    if day is not None and month is not None:
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            sentence = f"Tanggal {day} tidak ada; {MONTHS[month - 1]} {year} hanya {last} hari."
            _refuse(field, "date_day", sentence)


def _split(value: str) -> tuple[int, int, int]:
    kept = _KEPT.fullmatch(value)
    if kept is None:
        raise ValueError("not a kept date")
    year, month, day = (int(part) if part else 0 for part in kept.groups())
    return year, month, day


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _spell(year: int, month: int | None, day: int | None) -> str:
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    return "-".join(parts)


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _refuse(field: str, code: str, sentence: str) -> NoReturn:
    raise InputError((FieldProblem(field, code, sentence),))
