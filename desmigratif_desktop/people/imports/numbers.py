"""Sixteen digits out of a cell that a spreadsheet may have spoilt.

A number in a spreadsheet has 53 bits: above 9,007,199,254,740,992 a NIK's last digit is
lost with no sign, and a program that keeps fifteen digits leaves a zero at the end.

Source: DESIGN §10; trials T15.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.identity import check_nik, check_no_kk, ungroup_nik
from desmigratif_desktop.people.imports.grid import SIXTEEN, is_empty, text_of

if TYPE_CHECKING:
    from desmigratif_desktop.people.imports.values import Cell

LARGEST_WHOLE: Final = 9_007_199_254_740_992
"""2 to the 53rd: up to here a spreadsheet's number is exact."""

SPOILT: Final = "nik_rusak_oleh_lembar_kerja"
_SCIENTIFIC = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]{1,2}")
_DECIMAL = re.compile(r"([0-9]{14,17})[.,]0+")
_LEADS = "'`’‘\"*"


@dataclass(frozen=True, slots=True)
class DigitsRead:
    """What a cell says as a NIK or No. KK.

    Attributes:
        value: 16 digits; None when empty or impossible.
        code: "" when nothing is to be said.
        sentence: in words.
        is_note: the value was taken.
        digits: what stood there, for the report.
    """

    value: str | None
    code: str = ""
    sentence: str = ""
    is_note: bool = False
    digits: str = ""


def read_sixteen(cell: Cell, field: str, label: str) -> DigitsRead:
    """Read a NIK or No. KK.

    Args:
        cell: as kept in the sheet.
        field: "nik", "no_kk", "father_nik" or "mother_nik".
        label: how sentences call it.
    """
    if isinstance(cell, bool):
        return DigitsRead(
            None, "digits", f"{label} tidak terbaca dari sel ini.", digits=text_of(cell)
        )
    if isinstance(cell, int | float):
        return _of_number(cell, field, label)
    text = text_of(cell).strip(_LEADS + " ").strip()
    if is_empty(text) or not text.strip("0"):
        return DigitsRead(None)
    if _SCIENTIFIC.fullmatch(text):
        return _spoilt(text, label)
    if one := _DECIMAL.fullmatch(text):
        return _of_number(int(one.group(1)), field, label)
    return _checked(ungroup_nik(text), field, text)


def _of_number(number: float, field: str, label: str) -> DigitsRead:
    digits = text_of(number)
    if number == 0:
        return DigitsRead(None)
    if number != int(number):
        return DigitsRead(None, "digits", f"{label} tidak mungkin berupa pecahan.", digits=digits)
    if len(digits) >= SIXTEEN and (number > LARGEST_WHOLE or digits.endswith("0")):
        return _spoilt(digits, label)
    read = _checked(digits, field, digits)
    if read.value is None:
        return read
    sentence = f"{label} tersimpan sebagai angka di lembar kerja; cocokkan dengan KTP atau KK."
    return DigitsRead(read.value, f"{field}_number", sentence, is_note=True, digits=digits)


def _spoilt(digits: str, label: str) -> DigitsRead:
    sentence = (
        f"{label} rusak oleh lembar kerja: angka terakhirnya hilang karena tersimpan sebagai "
        "bilangan; ketik ulang dari KTP atau KK."
    )
    return DigitsRead(None, SPOILT, sentence, digits=digits)


def _checked(text: str, field: str, given: str) -> DigitsRead:
    check = check_no_kk if field == "no_kk" else check_nik
    hard = [one for one in check(text, field=field) if not one.is_warning]
    if hard:
        return DigitsRead(None, hard[0].code, hard[0].message, digits=given)
    return DigitsRead(text)
