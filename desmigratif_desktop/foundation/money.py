"""Whole rupiah: reading what an officer types, printing, and the amount in words.

Village books know no sen. Money is an `int`; nothing here ever meets a float.

Source: domain reference §3.7 (spelling) and §4.1 (terbilang).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.errors import FieldProblem, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_RUPIAH: Final = 999_999_999_999_999
"""Below 2**53, so that a spreadsheet, JSON and SQLite all carry it unharmed."""

_PLAIN = re.compile(r"[0-9]{1,18}", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+", re.ASCII)
_TAIL = re.compile(r",(?:00|-|--)$|\.-$|-$")
_UNITS: Final = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip
_SCALES: Final = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"))


def format_number(number: int) -> str:
    """Print a whole number with dots between thousands: 1250000 -> "1.250.000"."""
    return f"{number:,}".replace(",", ".")


def format_rupiah(amount_rp: int) -> str:
    """Print an amount: 1250000 -> "Rp1.250.000", -5000 -> "-Rp5.000"."""
    sign = "-" if amount_rp < 0 else ""
    return f"{sign}Rp{format_number(abs(amount_rp))}"


def parse_rupiah(text: str, *, field: str = "amount_rp") -> int:
    """Read an amount as an officer types it: "1250000", "Rp 1.250.000,00", "1.250.000,-".

    A comma between thousands, a fraction of a rupiah and a sign are refused, not guessed.

    Args:
        text: what was typed.
        field: the field the problem is shown beside.

    Raises:
        InputError: not a whole amount from 0 to `MAX_RUPIAH`.
    """
    bare = text.strip().replace("\u00a0", " ")
    if bare[:2].casefold() == "rp":
        bare = bare[2:].lstrip(". ")
    bare = _TAIL.sub("", bare.strip())
    if not bare:
        raise _refused(field, "money_empty", "Jumlah uang belum diisi.")
    if not (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        sentence = "Tulis jumlah uang dalam rupiah utuh, misalnya 1.250.000 (tanpa sen)."
        raise _refused(field, "money_shape", sentence)
    amount = int(bare.replace(".", ""))
    if amount > MAX_RUPIAH:
        raise _refused(field, "money_range", "Jumlah uang terlalu besar.")
    return amount


def number_in_words(number: int) -> str:
    """Spell a whole number: 11 -> "sebelas", 1100 -> "seribu seratus".

    Raises:
        ValueError: beyond `MAX_RUPIAH` on either side.
    """
    if abs(number) > MAX_RUPIAH:
        raise ValueError("number beyond MAX_RUPIAH")
    if number < 0:
        return f"minus {number_in_words(-number)}"
    return _spell(number)


def in_words(amount_rp: int) -> str:
    """Spell an amount for a receipt: "satu juta dua ratus lima puluh ribu rupiah"."""
    return f"{number_in_words(amount_rp)} rupiah"


def share(total_rp: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide an amount by weights so that the parts sum to the whole.

    What rounding leaves goes to the largest remainders, the earlier place first.

    Args:
        total_rp: whole rupiah >= 0.
        weights: whole weights >= 0; at least one above zero.

    Raises:
        ValueError: a negative amount or weight, or nothing to weigh by.
    """
    whole = sum(weights)
    if total_rp < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("amount and weights must not be negative, and one weight above zero")
    parts = [total_rp * weight // whole for weight in weights]
    remainders = sorted(
        range(len(parts)), key=lambda place: (-(total_rp * weights[place] % whole), place)
    )
    for place in remainders[: total_rp - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def _spell(number: int) -> str:
    if number < 12:  # noqa: PLR2004 - twelve words are irregular
        return _UNITS[number]
    if number < 20:  # noqa: PLR2004
        return f"{_UNITS[number - 10]} belas"
    for size, name in _SCALES:
        if number >= size:
            head = "seribu" if number // size == 1 and size == 1000 else ""  # noqa: PLR2004
            return _join(head or f"{_spell(number // size)} {name}", number % size)
    if number >= 100:  # noqa: PLR2004
        hundreds = "seratus" if number < 200 else f"{_UNITS[number // 100]} ratus"  # noqa: PLR2004
        return _join(hundreds, number % 100)
    return _join(f"{_UNITS[number // 10]} puluh", number % 10)


def _join(head: str, rest: int) -> str:
    return f"{head} {_spell(rest)}" if rest else head


def _refused(field: str, code: str, sentence: str) -> InputError:
    return InputError((FieldProblem(field, code, sentence),))
