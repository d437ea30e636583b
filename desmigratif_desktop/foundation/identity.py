"""NIK, No. KK, phones and passports: what they say, and what cannot be one.

A NIK has no check digit and is never changed when a birth date is corrected or its
owner moves. So only a text that cannot be a NIK is an error; everything in which
it disagrees with the register is a warning.

Source: domain reference §3.1, §3.2, §3.7; redlist F01.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.clock import ZONES
from desmigratif_desktop.foundation.contacts import (
    check_passport,
    format_phone,
    mask_passport,
    mask_phone,
    normalise_passport,
    normalise_phone,
)
from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.foundation.partial_dates import format_long, is_partial_date
from desmigratif_desktop.foundation.places import Regions

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "NikReading", "check_nik", "check_no_kk", "check_passport", "compare_nik", "explain_nik",
    "format_phone", "is_masked", "mask_nik", "mask_passport", "mask_phone", "normalise_passport",
    "normalise_phone", "ungroup_nik",
]  # fmt: skip

NIK_DIGITS: Final = 16
FEMALE_DAY_OFFSET: Final = 40
SHOWN_DIGITS: Final = 6
SERIAL_DIGITS: Final = 4
HIDDEN_FROM: Final = 4
"""Province and regency stay readable in a masked number."""

_SEX_WORDS: Final = {"L": "laki-laki", "P": "perempuan"}
_GROUPED = re.compile(r"[0-9]+(?:[ .-][0-9]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class NikReading:
    """What the digits of a NIK say.

    Attributes:
        region_code6: subdistrict of first registration, 6 digits.
        birth_day: day of the month, without the 40 of women.
        month: 1 to 12.
        year_candidates: the years its two digits can mean, the likelier first.
        sex: "L" or "P".
        serial: the last 4 digits.
    """

    region_code6: str
    birth_day: int
    month: int
    year_candidates: tuple[int, ...]
    sex: str
    serial: str

    @property
    def birth_year(self) -> int:
        """The likelier year."""
        return self.year_candidates[0]

    @property
    def birth_date(self) -> str | None:
        """The birth date in the kept form; None when the calendar has no such day."""
        value = f"{self.birth_year:04}-{self.month:02}-{self.birth_day:02}"
        return value if is_partial_date(value) else None


def ungroup_nik(text: str) -> str:
    """Take out the blanks, dots or dashes people group digits by.

    For a field that then shows the result, and for sheets that report it; `check_nik`
    itself takes nothing but 16 digits. Anything else is returned trimmed and unchanged.
    """
    bare = text.strip()
    return re.sub(r"[ .-]", "", bare) if _GROUPED.fullmatch(bare) else bare


def check_nik(text: str, *, field: str = "nik") -> tuple[FieldProblem, ...]:
    """Say why a text cannot be a NIK; empty when it can.

    Args:
        text: what stands in the field: 16 ASCII digits and nothing else.
        field: the field the problems are shown beside.
    """
    problems = _check_sixteen(text, "NIK", "nik", field)
    if problems:
        return problems
    found: list[FieldProblem] = []
    day, month = int(text[6:8]), int(text[8:10])
    if not (1 <= day <= 31 or 41 <= day <= 71):  # noqa: PLR2004 - women's days are 41 to 71
        sentence = "Angka ke-7 dan 8 NIK (tanggal lahir) harus 01-31, atau 41-71 untuk perempuan."
        found.append(FieldProblem(field, "nik_day", sentence))
    if not 1 <= month <= 12:  # noqa: PLR2004 - months
        sentence = "Angka ke-9 dan 10 NIK (bulan lahir) harus 01-12."
        found.append(FieldProblem(field, "nik_month", sentence))
    return tuple(found)


def explain_nik(nik: str, birth_date: str | None = None, today: date | None = None) -> NikReading:
    """Read a NIK.

    Args:
        nik: 16 digits, no spaces.
        birth_date: a typed birth date in the kept form; it chooses the century.
        today: local date of the post; without it the laptop's date.

    Raises:
        InputError: the text cannot be a NIK.
    """
    problems = check_nik(nik)
    if problems:
        raise InputError(problems)
    day = int(nik[6:8])
    is_female = day > FEMALE_DAY_OFFSET
    return NikReading(
        region_code6=nik[:6],
        birth_day=day - FEMALE_DAY_OFFSET if is_female else day,
        month=int(nik[8:10]),
        year_candidates=_years(int(nik[10:12]), birth_date, today or _today()),
        sex="P" if is_female else "L",
        serial=nik[12:],
    )


def compare_nik(
    nik: str,
    birth_date: str | None = None,
    sex: str | None = None,
    *,
    area_code: str | None = None,
    today: date | None = None,
    knows_region: Callable[[str], bool] | None = None,
) -> tuple[FieldProblem, ...]:
    """Warn where a possible NIK disagrees with what was typed beside it.

    Args:
        nik: 16 digits; a text that cannot be a NIK gives no warnings (`check_nik` did).
        birth_date: typed birth date in the kept form, or None.
        sex: "L", "P" or None.
        area_code: the village's 10 digits to compare the first registration with; pass
            it only where that matters, since people move.
        today: local date of the post.
        knows_region: whether a 6-digit code is known; without it the shipped regions.
    """
    if check_nik(nik):
        return ()
    reading = explain_nik(nik, birth_date, today)
    sentences = {
        "nik_birth_date": _birth_date_mismatch(reading, birth_date),
        "nik_calendar": _calendar_mismatch(reading),
        "nik_sex": _sex_mismatch(reading, sex),
        "nik_region_unknown": _region_mismatch(reading, knows_region),
        "nik_area": _area_mismatch(reading, area_code),
        "nik_serial": "Empat angka terakhir NIK ini 0000; nomor urut biasanya mulai 0001."
        if reading.serial == "0000"
        else "",
    }
    return tuple(
        FieldProblem("nik", code, sentence, is_warning=True)
        for code, sentence in sentences.items()
        if sentence
    )


def check_no_kk(text: str, *, field: str = "no_kk") -> tuple[FieldProblem, ...]:
    """Say why a text cannot be a family-card number; its date part only warns."""
    problems = _check_sixteen(text, "Nomor KK", "no_kk", field)
    if problems:
        return problems
    day, month = int(text[6:8]), int(text[8:10])
    if 1 <= day <= 31 and 1 <= month <= 12:  # noqa: PLR2004 - days and months
        return ()
    sentence = "Nomor KK ini tidak memuat tanggal terbit yang wajar; cocokkan dengan kartunya."
    return (FieldProblem(field, "no_kk_date", sentence, is_warning=True),)


def mask_nik(nik: str | None) -> str:
    """Hide the middle of a NIK or No. KK, as lists show it: "351817••••••0003".

    The place and the serial help an officer tell two people apart; the birth date does not
    lie open on the screen. Logs hide more (`logs.mask`). Anything shorter keeps four digits.
    """
    if not nik:
        return ""
    if len(nik) <= SHOWN_DIGITS + SERIAL_DIGITS:
        return nik[:HIDDEN_FROM] + "•" * max(len(nik) - HIDDEN_FROM, 0)
    hidden = "•" * (len(nik) - SHOWN_DIGITS - SERIAL_DIGITS)
    return nik[:SHOWN_DIGITS] + hidden + nik[-SERIAL_DIGITS:]


def is_masked(text: str) -> bool:
    """Whether a text is a masked number come back from a list."""
    return "•" in text


def _check_sixteen(text: str, name: str, prefix: str, field: str) -> tuple[FieldProblem, ...]:
    if not text:
        code, sentence = "empty", f"{name} belum diisi."
    elif not (text.isascii() and text.isdigit()):
        code, sentence = "digits", f"{name} hanya boleh memuat angka 0-9, tanpa spasi atau tanda."
    elif len(text) != NIK_DIGITS:
        code, sentence = "length", f"{name} harus {NIK_DIGITS} angka; yang diketik {len(text)}."
    elif len(set(text)) == 1:
        code, sentence = "same", f"{name} tidak mungkin terdiri dari satu angka yang sama."
    else:
        return ()
    return (FieldProblem(field, f"{prefix}_{code}", sentence),)


def _years(two: int, birth_date: str | None, today: date) -> tuple[int, ...]:
    possible = [year for year in (2000 + two, 1900 + two) if year <= today.year]
    typed = int(birth_date[:4]) if birth_date else None
    return tuple(sorted(possible, key=lambda year: year != typed))


def _birth_date_mismatch(reading: NikReading, birth_date: str | None) -> str:
    if not birth_date or not is_partial_date(birth_date):
        return ""
    said = f"{reading.birth_year:04}-{reading.month:02}-{reading.birth_day:02}"
    if said.startswith(birth_date):
        return ""
    shown = format_long(reading.birth_date) if reading.birth_date else said
    return f"Menurut NIK lahir {shown}, yang diketik {format_long(birth_date)}."


def _calendar_mismatch(reading: NikReading) -> str:
    if reading.birth_date:
        return ""
    return "Tanggal lahir di dalam NIK tidak ada di kalender; cocokkan dengan KTP atau KK."


def _sex_mismatch(reading: NikReading, sex: str | None) -> str:
    if sex not in _SEX_WORDS or sex == reading.sex:
        return ""
    return f"Menurut NIK {_SEX_WORDS[reading.sex]}, yang dipilih {_SEX_WORDS[sex]}."


def _region_mismatch(reading: NikReading, knows_region: Callable[[str], bool] | None) -> str:
    knows = knows_region or Regions.load().has
    if knows(reading.region_code6):
        return ""
    return (
        f"Kode wilayah {reading.region_code6} di dalam NIK tidak ada dalam daftar sekarang; "
        "mungkin kecamatan sebelum pemekaran."
    )


def _area_mismatch(reading: NikReading, area_code: str | None) -> str:
    if not area_code or area_code.startswith(reading.region_code6):
        return ""
    return "NIK ini pertama kali diterbitkan di kecamatan lain; wajar bila orangnya pindah."


def _today() -> date:
    return datetime.now(ZONES["WIB"]).date()
