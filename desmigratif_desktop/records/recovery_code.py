"""The recovery code on paper: 160 bits in Crockford letters, each group with its check.

Source: security design §6.3 (recovery sheet) and PAPERS "Lembar kunci pemulihan".
"""

from __future__ import annotations

import secrets

from desmigratif_desktop.foundation.errors import FieldProblem, InputError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> bytes:
    """Make 20 random bytes."""
    return secrets.token_bytes(20)


def _times(one: int, other: int) -> int:
    """Multiply in the field of 32 elements (x^5 + x^2 + 1)."""
    product = 0
    for bit in range(5):
        if other >> bit & 1:
            product ^= one << bit
    for bit in range(8, 4, -1):
        if product >> bit & 1:
            product ^= 0b100101 << bit - 5
    return product


def _check(group: str, place: int) -> str:
    """The check letter: sees every wrong letter, every exchange, and a group out of place."""
    total = place + 1
    for weight, letter in enumerate(group, 2):
        total ^= _times(weight, ALPHABET.index(letter))
    return ALPHABET[total]


def spell(code: bytes) -> str:
    """Write a code as eight groups of four letters and a check letter."""
    number = int.from_bytes(code)
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(155, -1, -5))
    groups = [letters[i : i + 4] for i in range(0, 32, 4)]
    return " ".join(group + _check(group, place) for place, group in enumerate(groups))


def read(text: str) -> bytes:
    """Read a code as an officer typed it.

    Raises:
        InputError: names the first group that cannot be right.
    """
    plain = "".join(text.upper().translate(_LOOKALIKES).replace("-", " ").split())
    if len(plain) != GROUPS * 5 or any(letter not in ALPHABET for letter in plain):
        raise InputError(
            (
                FieldProblem(
                    "recovery_code",
                    "recovery_shape",
                    "Kode pemulihan terdiri atas 8 kelompok berisi 5 huruf atau angka.",
                ),
            )
        )
    number = 0
    for place in range(GROUPS):
        group, check = plain[place * 5 : place * 5 + 4], plain[place * 5 + 4]
        if _check(group, place) != check:
            raise InputError(
                (
                    FieldProblem(
                        "recovery_code",
                        "recovery_group",
                        f"Kelompok ke-{place + 1} kode pemulihan keliru. Periksa pada lembarnya.",
                    ),
                )
            )
        for letter in group:
            number = number << 5 | ALPHABET.index(letter)
    return number.to_bytes(20)
