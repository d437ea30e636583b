"""How likely two entries are one person: each agreement weighs by how rare it is here.

The weights are bits: "Siti" agrees with every fifth woman of a village and says little,
"Kasiyem" with three and says much; a birth date shared by forty people (1 January of an
estimated year) says less than one that nobody else has. A village of N people asks for
log2(N) bits before a hit is worth a glance, so a clean entry raises no alarm.

The manner is that of Fellegi and Sunter (1969), with frequencies of the register itself.
"""

from __future__ import annotations

from functools import lru_cache
from math import log2
from typing import TYPE_CHECKING, Final, Protocol

from desmigratif_desktop.people.radar.name_key import (
    SAME_BONES,
    SAME_SOUND,
    TYPING,
    Word,
    alike,
    full_key,
    plain_name,
    words_of,
)
from desmigratif_desktop.people.radar.slips import (
    SERIAL_FROM,
    Birth,
    birth_in_nik,
    compare_births,
    nik_slip,
)
from desmigratif_desktop.people.radar.values import Band

if TYPE_CHECKING:
    from desmigratif_desktop.people.radar.values import Known

CERTAIN: Final = 40.0
VERY_FROM, RATHER_FROM = 3.0, -2.5
PRIOR: Final = 2.0
"""One entry in four or so is about somebody who is known already."""
SMALLEST: Final = 2_000
"""Frequencies of a smaller register mean nothing: it counts as one of this size."""
WORD_CAP, NAME_CAP, MOTHER_CAP = 11.0, 13.0, 9.0
CLASH, MISSING, NOTHING = -12.0, -2.5, -14.0
CLASH_CAP: Final = 4.0
"""A family name in common says little when the own names differ."""
APART: Final = -13.0
MOST_BESIDES: Final = NAME_CAP + MOTHER_CAP + 1.0
"""More than this name, mother and hamlet together never add."""
WHOLE: Final = 10
"""Letters of a date that is known to the day."""
SLIP_COST, BONES_COST = 3.5, 1.5
_BIRTH: Final = {
    Birth.SWAPPED: 10.0, Birth.NEXT_YEAR: 8.0, Birth.ONE_DIGIT: 6.5, Birth.SAME_MONTH: 2.0,
    Birth.SAME_YEAR: -1.0, Birth.NEAR_YEAR: 1.0, Birth.UNKNOWN: 0.0, Birth.OTHER: -8.0,
}  # fmt: skip


class Counts(Protocol):
    """How often things stand in the register."""

    @property
    def population(self) -> int:
        """People, at least `SMALLEST`."""

    def words(self, bones: str) -> int:
        """People whose name holds a word of this sound."""

    def together(self, bones: tuple[str, ...]) -> int:
        """People whose name holds all these words."""

    def names(self, key: str) -> int:
        """People of this whole name."""

    def births(self, date: str) -> int:
        """People of this birth date, as far as it is known."""

    def mothers(self, key: str) -> int:
        """People whose mother is called so."""


def bits_of(typed: Known, kept: Known, counts: Counts) -> float:
    """The weight of everything together; 0 is as likely as not."""
    if typed.nik and typed.nik == kept.nik:
        return CERTAIN
    bits = _dates_and_numbers(typed, kept, counts) - log2(counts.population) - PRIOR
    if bits + MOST_BESIDES < RATHER_FROM:
        return bits
    bits += name_bits(typed, kept, counts)
    if typed.sex and kept.sex and typed.sex != kept.sex:
        bits -= 4.0
    if typed.mother and kept.mother:
        bits += mother_bits(typed.mother, kept.mother, counts)
    if typed.dusun and kept.dusun:
        bits += 1.0 if typed.dusun.casefold() == kept.dusun.casefold() else -1.0
    return bits


def _dates_and_numbers(typed: Known, kept: Known, counts: Counts) -> float:
    birth, date = near_births(typed, kept)
    if birth is not Birth.SAME and _each_is_whole(typed, kept):
        return APART
    return birth_bits(birth, date, counts) + nik_bits(typed.nik, kept.nik, birth)


def _each_is_whole(one: Known, two: Known) -> bool:
    """Whether each has a written date that their own NIK confirms: then no slip parts them."""
    return is_whole(one) and is_whole(two)


def is_whole(one: Known) -> bool:
    """Whether a date is written to the day and the NIK says the same."""
    return len(one.birth) == WHOLE and birth_in_nik(one.nik, one.birth) == one.birth


def score_of(bits: float) -> int:
    """Bits as 0 to 100: 39 is worth a glance, 67 is very alike."""
    return round(100 / (1 + 2 ** (-bits / 3)))


def band_of(bits: float) -> Band | None:
    """The band; None is below notice."""
    if bits >= VERY_FROM:
        return Band.VERY
    return Band.RATHER if bits >= RATHER_FROM else None


def nik_bits(left: str, right: str, birth: Birth) -> float:
    """What two different NIK say; two people born on one day have neighbouring serials."""
    if not left or not right:
        return 0.0
    slip = nik_slip(left, right)
    if slip is None:
        return -4.0 if left[:SERIAL_FROM] == right[:SERIAL_FROM] else -6.0
    if slip[1] >= SERIAL_FROM:
        return -4.0 if birth is Birth.SAME else 6.0
    return 5.0 if birth is Birth.SAME else 8.0


def near_births(typed: Known, kept: Known) -> tuple[Birth, str]:
    """The best agreement of the dates, written or read from the NIK, and the date that agrees.

    A date in the NIK speaks only where none is written: it is no second witness.
    """
    left = typed.birth or birth_in_nik(typed.nik, kept.birth)
    right = kept.birth or birth_in_nik(kept.nik, typed.birth)
    if typed.nik and kept.nik and not (typed.birth and kept.birth):
        return Birth.UNKNOWN, ""
    best = compare_births(left, right)
    shared = left if len(left) <= len(right) else right
    if best is not Birth.SAME and typed.birth and typed.nik and kept.birth and not kept.nik:
        inside = birth_in_nik(typed.nik, kept.birth)
        if compare_births(inside, kept.birth) is Birth.SAME:
            return Birth.SAME, inside[: len(kept.birth)]
    return best, shared


def birth_bits(birth: Birth, date: str, counts: Counts) -> float:
    """What the birth dates say; a date that many share says less."""
    if birth is not Birth.SAME:
        return _BIRTH[birth]
    return min(log2(counts.population / max(counts.births(date), 1)), 14.0)


def mother_bits(left: str, right: str, counts: Counts) -> float:
    """What the mothers' names say; brothers and sisters share her."""
    key = full_key(right)
    if full_key(left) == key:
        return min(log2(counts.population / max(counts.mothers(key), 1)), MOTHER_CAP)
    met, clashes = _kinship(left, right)
    if not met:
        return -6.0
    return -2.0 if clashes else 3.0


def _kinship(left: str, right: str) -> tuple[int, int]:
    pairs, lone_left, lone_right = align(words_of(left), words_of(right))
    return len(pairs), min(lone_left, lone_right)


def name_bits(typed: Known, kept: Known, counts: Counts) -> float:
    """What the names say, the nickname standing in where it says more."""
    best = _name(typed.name, kept.name, counts)
    if kept.alias and typed.name:
        best = max(best, _name(typed.name, kept.alias, counts) - 2.0)
    if typed.alias and kept.name:
        best = max(best, _name(typed.alias, kept.name, counts) - 2.0)
    return best


def _name(left: str, right: str, counts: Counts) -> float:
    if not left or not right:
        return 0.0
    key = full_key(right)
    whole = min(log2(counts.population / max(counts.names(key), 1)), NAME_CAP)
    if plain_name(left) == plain_name(right):
        return whole
    pairs, lone_left, lone_right = align(words_of(left), words_of(right))
    if not pairs:
        return whole - BONES_COST if full_key(left) == key else NOTHING
    bits = sum(_weight(word, sim, counts) for word, sim in pairs)
    if len(pairs) > 1:
        shared = counts.together(tuple(sorted({word.bones for word, _ in pairs})))
        bits = min(bits, log2(counts.population / max(shared, 1)))
    clashes = min(lone_left, lone_right)
    bits = min(bits, CLASH_CAP) if clashes else bits
    bits += clashes * CLASH + (max(lone_left, lone_right) - clashes) * MISSING
    return min(bits, whole) if full_key(left) == key else min(bits, NAME_CAP)


def _weight(word: Word, sim: float, counts: Counts) -> float:
    rare = min(log2(counts.population / max(counts.words(word.bones), 1)), WORD_CAP)
    if sim >= SAME_SOUND:
        return rare
    if sim >= SAME_BONES:
        return max(rare - BONES_COST, 0.3)
    return max(rare - SLIP_COST, 0.3) if sim >= TYPING - 0.1 else 0.5


@lru_cache(50_000)
def align(
    left: tuple[Word, ...], right: tuple[Word, ...]
) -> tuple[tuple[tuple[Word, float], ...], int, int]:
    """Match the words of two names, the most alike first.

    Returns:
        (word of the right name, how alike) for each match, and how many stay alone at
        the left and at the right.
    """
    sims = sorted(
        (
            (sim, -abs(i - j), i, j)
            for i, one in enumerate(left)
            for j, two in enumerate(right)
            if (sim := alike(one, two)) > 0
        ),
        reverse=True,
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    found = []
    for sim, _, i, j in sims:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            found.append((right[j], sim))
    return tuple(found), len(left) - len(used_left), len(right) - len(used_right)
