"""Dates of sheets: real ones, texts in many styles, serial numbers, two-digit years.

    12-5-1988  12/05/88  12.5.1988  12 Mei 1988  1988-05-12  12051988  32275  1988

The day comes first unless the column was told otherwise. A number between 1900 and
2100 is a year; other numbers are days counted from 1900 or 1904.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.foundation.partial_dates import (
    FIRST_YEAR,
    LAST_YEAR,
    format_long,
    parse_partial_date,
)

if TYPE_CHECKING:
    from desmigratif_desktop.people.imports.values import Cell

FIRST_SERIAL: Final = 2_200
"""From March 1906 on; lower numbers are years or something else."""
LAST_SERIAL: Final = 60_000
_EPOCH_1900: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_CLOCK = re.compile(
    r"[ T]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?\s*(?:[AP]M)?$", re.IGNORECASE
)
_COMPACT = re.compile(r"[0-9]{8}")
_NUMERIC = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{2,4})")
_SHORT = re.compile(r"(?:^|[-/. ])([0-9]{2})$")
_UNKNOWN_PART = re.compile(r"^0{1,2}[-/.](?:0{1,2}[-/.](?=[0-9]{4}$)|(?=[0-9]{1,2}[-/.][0-9]{4}$))")
_WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DateRead:
    """What a cell says as a date.

    Attributes:
        value: kept form; None when it cannot be a date.
        note: code of what helped: "", "date_serial", "date_short_year", "date_compact".
        sentence: the help or the refusal in words.
    """

    value: str | None
    note: str = ""
    sentence: str = ""


def read_date(
    cell: Cell, *, today: date | None = None, is_1904: bool = False, order: str = "dmy"
) -> DateRead:
    """Read a cell as a date.

    Args:
        cell: as kept in the sheet.
        today: two-digit years do not pass it, nor do births.
        is_1904: serial numbers count from 1904.
        order: "dmy" or "mdy" for texts of numbers.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _of_day(cell, today)
    if isinstance(cell, bool) or cell is None or isinstance(cell, timedelta):
        return DateRead(None, sentence="Isi sel ini bukan tanggal.")
    if isinstance(cell, int | float):
        return _of_number(float(cell), today, is_1904=is_1904)
    return _of_text(str(cell), today, order)


def _of_day(day: date, today: date | None) -> DateRead:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return DateRead(None, sentence=f"Tahun {day.year} tidak mungkin.")
    if today is not None and day > today:
        return DateRead(
            None, sentence=f"Tanggal {format_long(day)} belum terjadi; periksa tahunnya."
        )
    return DateRead(day.isoformat())


def _of_number(number: float, today: date | None, *, is_1904: bool) -> DateRead:
    whole = int(number)
    if FIRST_YEAR <= number <= LAST_YEAR and number == whole:
        return _of_text(str(whole), today, "dmy")
    if number == whole and 1_01_1900 <= whole <= 31_12_2100:  # noqa: PLR2004 - 12051988 as a number
        return _of_text(f"{whole:08}", today, "dmy")
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return DateRead(None, sentence=f"Angka {number:g} bukan tanggal.")
    epoch = _EPOCH_1904 if is_1904 else _EPOCH_1900
    read = _of_day(epoch + timedelta(days=whole), today)
    if read.value is None:
        return read
    return DateRead(
        read.value, "date_serial", f"Angka seri {whole} dibaca {format_long(read.value)}."
    )


@lru_cache(maxsize=50_000)
def _of_text(given: str, today: date | None, order: str) -> DateRead:
    text = _WEEKDAY.sub("", _CLOCK.sub("", given.strip().lstrip("'`’").strip()))
    text = re.sub(r"\s*([-/.])\s*", r"\1", text).rstrip(".,")
    text = _UNKNOWN_PART.sub("", text)
    note = ""
    if _COMPACT.fullmatch(text):
        return _of_compact(text, today)
    if order == "mdy" and (parts := _NUMERIC.fullmatch(text)):
        text = f"{parts[2]}-{parts[1]}-{parts[3]}"
    if re.fullmatch(r"[0-9]{5}", text) and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return _of_number(float(text), today, is_1904=False)
    if _SHORT.search(text) and not re.fullmatch(r"[0-9]{4}([-/.][0-9]{1,2}){1,2}", text):
        note = "date_short_year"
    limit = today or date(LAST_YEAR, 12, 31)
    try:
        value = parse_partial_date(text, not_after=today, short_years_until=limit)
    except InputError as refused:
        return DateRead(None, sentence=refused.problems[0].message)
    if note and int(value[:4]) % 100 == int(text[-2:]) and today is not None:
        return DateRead(value, note, f"Tahun dua angka pada “{given}” dibaca {value[:4]}.")
    return DateRead(value)


def _of_compact(text: str, today: date | None) -> DateRead:
    spellings = {
        f"{text[4:]}-{text[2:4]}-{text[:2]}",
        f"{text[:4]}-{text[4:6]}-{text[6:]}",
    }
    found = []
    for one in spellings:
        try:
            found.append(parse_partial_date(one, not_after=today))
        except InputError:
            continue
    if len(found) != 1:
        return DateRead(
            None, sentence=f"“{text}” dapat dibaca lebih dari satu cara, atau bukan tanggal."
        )
    return DateRead(found[0], "date_compact", f"“{text}” dibaca {format_long(found[0])}.")


def can_be_month_first(text: str) -> bool | None:
    """Whether a text of numbers can only be month first (True), only day first (False)."""
    parts = _NUMERIC.fullmatch(_CLOCK.sub("", text.strip().lstrip("'`’")))
    if parts is None:
        return None
    first, second = int(parts[1]), int(parts[2])
    if first > 12 and second <= 12:  # noqa: PLR2004 - months
        return False
    if second > 12 and first <= 12:  # noqa: PLR2004
        return True
    return None
