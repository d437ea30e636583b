"""How Indonesian names sound: one spelling for the many ways to write one name.

Suparman = Soeparman, Muhammad = Moh. = Mochamad, Siti Khoiriah = Sitti Choiriyah,
Jaenal = Zainal, Abdurrahman = Abdul Rahman. Titles and what follows *bin* or a comma are
no part of a name. Old j for y (Hidajah) and c for ch (Chandra) clash with living names,
so they stand beside the key as a second reading and never replace it.

Source: reference/stack.md §11; reference/domain.md §3.4.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

MANY: Final = 200_000
"""Words kept ready; a large register has some ten thousand."""
NAMES: Final = 20_000
"""Whole names kept ready: enough for what is weighed, little beside the register."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES: Final = _words(
    "h hj haji hajjah hajah drs dra dr ir prof ust ustad ustadz ustadzah kh kyai kiai "
    "ny nn tn sdr sdri bpk bapak ibu alm almh almarhum almarhumah raden r rr rd drg"
)
PATRONYMS: Final = _words("bin binti bte bt binte")
_PREFIXES: Final = {
    "muhamad": "moh mohd mhd muh much moch mohamad mohammad mohamed mohammed muhamad muhammad "
    "muhamed muhammed mochamad mochammad muchamad muchammad mukhamad mukhammad "
    "mokhamad mokhammad mokamad mukamad muchamat mochamat muhamat mohamat",
    "siti": "siti sitti sity sitty st sti",
    "abdul": "abd abdul abdoel abdoul abdl",
    "nur": "nur noer noor nor",
    "ahmad": "ahmad achmad akhmad ahmat achmat akhmat achmed ahmed",
    "sri": "sri srie",
}
PREFIXES: Final = {one: put for put, many in _PREFIXES.items() for one in many.split()}
"""Names that everybody shortens or spells in many ways, and their one spelling."""

_SOUNDS: Final = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(.)\1+", r"\1"), ("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"),
        ("sj|sy|sh|ts|dz(?=[^aeiou])", "s"),
        ("kh|ch", "h"), ("gh", "g"), ("dh|dl(?=[aeiou])|dz", "d"), ("th", "t"), ("bh", "b"),
        ("ph|v|f", "p"), ("z", "j"), ("x", "ks"), ("q|ck", "k"), ("ij$|ie", "i"),
        ("iy(?=[aeiou])", "i"), ("uw(?=[aeiou])", "u"), ("ae|ei|(?:ay|ey)(?![aeiou])", "ai"),
        ("oi", "ai"), ("aw(?![aeiou])", "au"), ("au", "o"), ("y$", "i"), (r"(.)\1+", r"\1"),
        ("(?<=[aeiou])h$", ""),
    )
)  # fmt: skip
_OLD_J: Final = re.compile("(?<!d)(?<!t)(?<!n)(?<!s)j")
_CH: Final = re.compile("ch")
_VOWELS: Final = re.compile("[aeiou]")
_WORDS: Final = re.compile(r"[^\W\d_]+")
_ABDU: Final = re.compile(r"^abd[uoe]+([lrnsztjd])(.{4,})$")
_MARKS: Final = str.maketrans("", "", "'’‘`ʼ´\"")
SHORT: Final = 3
"""A skeleton of fewer consonants says too little: the whole word stands for it."""
VOWELS: Final = 2
"""So many vowels may differ between two spellings of one name: Kasiyem is no Kusuma."""
LONG: Final = 8
"""A word this long may carry two slips."""
SURE, SAME_SOUND, SAME_BONES, INITIAL, TYPING = 1.0, 0.97, 0.9, 0.55, 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a name as it sounds; `word_of` makes each once, so it hashes as itself.

    Attributes:
        plain: the one spelling.
        bones: consonants after the first letter; blocks the index.
        others: further readings (old j for y, c for ch).
        is_initial: a single letter.
    """

    plain: str
    bones: str
    others: frozenset[str]
    is_initial: bool = False


def sound(word: str) -> str:
    """Spell one lower-case word by its sound; twice changes nothing."""
    for pattern, put in _SOUNDS:
        word = pattern.sub(put, word)
    return word


def bones_of(plain: str) -> str:
    """The consonants of a sound-spelt word, behind its first letter."""
    first = "a" if plain[:1] in "aeiou" else plain[:1]
    bones = re.sub(r"(.)\1+", r"\1", first + _VOWELS.sub("", plain[1:]).replace("h", ""))
    return bones if len(bones) >= SHORT else plain


@lru_cache(MANY)
def word_of(raw: str) -> Word:
    """One lower-case word of a name."""
    known = PREFIXES.get(raw)
    if known is not None:
        plain = sound(known)
        return Word(plain, bones_of(plain), frozenset())
    plain = sound(raw) or raw
    readings = {sound(_OLD_J.sub("y", raw)), sound(_CH.sub("c", raw))} - {plain, ""}
    return Word(plain, bones_of(plain), frozenset(readings), len(raw) == 1)


@lru_cache(NAMES)
def words_of(name: str) -> tuple[Word, ...]:
    """The words of a name that count: no titles, nothing after a comma or *bin*."""
    plain = unicodedata.normalize("NFKD", name.partition(",")[0].casefold())
    bare = "".join(one for one in plain if not unicodedata.combining(one)).translate(_MARKS)
    raw = [one for one in _WORDS.findall(bare) if one]
    kept: list[str] = []
    for place, one in enumerate(raw):
        if one in PATRONYMS and place:
            break
        kept.append(one)
    named = [one for one in kept if one not in TITLES] or kept
    return tuple(word_of(one) for part in _spread(named) for one in part)


def _spread(raw: list[str]) -> list[list[str]]:
    """Take Abdurrahman apart and drop the letter of *I Wayan*; a lone M is Muhammad."""
    parts: list[list[str]] = []
    for place, one in enumerate(raw):
        if one in {"i", "ni"} and place == 0 and len(raw) > 1:
            continue
        if one == "m" and place == 0 and len(raw) > 1:
            parts.append(["muhammad"])
            continue
        found = _ABDU.match(one)
        is_joined = found is not None and (found[1] == "l" or found[1] == found[2][0])
        parts.append(["abdul", found[2]] if found is not None and is_joined else [one])
    return parts


@lru_cache(NAMES)
def full_key(name: str) -> str:
    """The whole name by its bones, without gaps: Nur Hidayah = Nurhidayah."""
    return "".join(one.bones for one in words_of(name))


@lru_cache(NAMES)
def plain_name(name: str) -> str:
    """The whole name by its sound, without gaps."""
    return "".join(one.plain for one in words_of(name))


@lru_cache(MANY)
def alike(left: Word, right: Word) -> float:
    """How alike two words are, 0 to 1; below 0.7 only an initial agrees."""
    if left.plain == right.plain:
        return SURE
    if left.plain in right.others or right.plain in left.others or left.others & right.others:
        return SAME_SOUND
    if left.is_initial or right.is_initial:
        return INITIAL if left.plain[:1] == right.plain[:1] else 0.0
    if left.bones == right.bones and OSA.distance(left.plain, right.plain) <= VOWELS:
        return SAME_BONES
    return _typing(left.plain, right.plain)


def _typing(left: str, right: str) -> float:
    """How alike two words are that differ by a slip of the fingers."""
    shorter = min(len(left), len(right))
    if shorter <= SHORT:
        return 0.0
    slips = OSA.distance(left, right, score_cutoff=2)
    if slips > (1 if shorter < LONG else 2):
        return 0.0
    return TYPING - 0.04 * (slips - 1) - (0.05 if left[0] != right[0] else 0)
