"""The slips of a pen: two NIK that differ by one, two birth dates that are nearly one.

Source: reference/domain.md §3.1 (women's day + 40); reference/stack.md §11.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import Final

DATE_FROM, SERIAL_FROM, DIGITS = 6, 12, 16
OFFSET = 4
"""Women's days begin at 41: the tens of the day differ by four."""
_POWERS: Final = tuple(10 ** (DIGITS - 1 - place) for place in range(DIGITS))


def nik_slip(left: str, right: str) -> tuple[str, int] | None:
    """How two NIK differ by one slip: ("digit" | "swap" | "day40", place from 0)."""
    wrong = [place for place in range(DIGITS) if left[place] != right[place]]
    if len(wrong) == 1:
        place = wrong[0]
        is_sex = place == DATE_FROM and abs(int(left[place]) - int(right[place])) == OFFSET
        return ("day40" if is_sex else "digit"), place
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:  # noqa: PLR2004 - two neighbours
        first, second = wrong
        if left[first] == right[second] and left[second] == right[first]:
            return "swap", first
    return None


def nik_neighbours(nik: str) -> set[int]:
    """Every number that is one slip away from this one."""
    number = int(nik)
    digits = [int(one) for one in nik]
    found = {
        number + (other - digit) * power
        for digit, power in zip(digits, _POWERS, strict=True)
        for other in range(10)
    }
    for place, (one, two) in enumerate(pairwise(digits)):
        found.add(number + (two - one) * (_POWERS[place] - _POWERS[place + 1]))
    found.discard(number)
    return found


class Birth(Enum):
    """How two birth dates stand to each other, the nearest first."""

    SAME = "same"
    SWAPPED = "swapped"
    NEXT_YEAR = "next_year"
    ONE_DIGIT = "one_digit"
    SAME_MONTH = "same_month"
    SAME_YEAR = "same_year"
    NEAR_YEAR = "near_year"
    UNKNOWN = "unknown"
    OTHER = "other"


@lru_cache(200_000)
def compare_births(left: str, right: str) -> Birth:
    """Compare two dates that may be precise to a year, a month or a day."""
    if not left or not right:
        return Birth.UNKNOWN
    exact = min(len(left), len(right))
    if left[:exact] == right[:exact]:
        return Birth.SAME
    one, two = left.split("-"), right.split("-")
    years = abs(int(one[0]) - int(two[0]))
    if exact == 4:  # noqa: PLR2004 - a year
        return Birth.NEAR_YEAR if years == 1 else Birth.OTHER
    if len(one) == 3 and len(two) == 3:  # noqa: PLR2004 - year, month, day
        return _compare_days(one, two, years)
    if years == 0:
        return Birth.SAME_YEAR
    return Birth.NEXT_YEAR if years == 1 and one[1] == two[1] else Birth.OTHER


def _compare_days(one: list[str], two: list[str], years: int) -> Birth:
    same_day = one[1:] == two[1:]
    found = Birth.OTHER
    if years == 0:
        found = Birth.SAME_MONTH if one[1] == two[1] else Birth.SAME_YEAR
        if one[1] == two[2] and one[2] == two[1]:
            found = Birth.SWAPPED
        elif _slips("".join(one), "".join(two)) == 1:
            found = Birth.ONE_DIGIT
    elif same_day:
        found = Birth.NEXT_YEAR if years == 1 else Birth.OTHER
        if found is Birth.OTHER and _slips(one[0], two[0]) == 1:
            found = Birth.ONE_DIGIT
    return found


def _slips(left: str, right: str) -> int:
    return sum(one != two for one, two in zip(left, right, strict=True))


@lru_cache(200_000)
def birth_in_nik(nik: str, beside: str = "") -> str:
    """The birth date in a NIK; "" when the calendar has no such month.

    Args:
        nik: 16 digits, or "".
        beside: a birth date on record, which chooses the century.
    """
    if not nik:
        return ""
    day, month, two = int(nik[6:8]) % 40, int(nik[8:10]), nik[10:12]
    if not 1 <= day <= 31 or not 1 <= month <= 12:  # noqa: PLR2004 - the calendar
        return ""
    century = beside[:2] if beside[2:4] == two else "19" if int(two) > YOUNG else "20"
    return f"{century}{two}-{month:02}-{day:02}"


YOUNG: Final = 30
"""Two digits of a year up to this one mean 20.., unless a date beside them says otherwise."""
