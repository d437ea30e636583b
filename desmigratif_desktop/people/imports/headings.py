"""What the headings of rosters mean: a table of words, and words that are nearly those.

Source: resources/reference/import_headings.csv (headings of OpenSID, SIAK, BIP, KTP/KK
and of officers' own sheets).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from desmigratif_desktop.foundation import reference
from desmigratif_desktop.people.fields import PERSON_FIELDS

NUMBER: Final = "number"
IGNORE: Final = "ignore"
HEAD_NAME: Final = "head_name"
BIRTH: Final = "birth"
SKIPPED: Final = frozenset({NUMBER, IGNORE, "conflicts"})
"""Recognised, and not kept: row numbers, ages, districts, marks of other programs."""

IDENTITY: Final = frozenset({"name", "nik", "no_kk", "uid"})
LONGEST: Final = 60
SURE: Final = 0.75
"""From here on a column is taken without a question."""

_NEAR: Final = 88
_NEAR_FROM: Final = 5
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_WORD = re.compile(r"[^0-9a-zà-öø-ÿ]+")


def fold_heading(text: str) -> str:
    """The comparable form of a heading: "No. KK" -> "no kk"."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row in reference.table("import_headings"):
        words = [row.code.replace("_", " "), row.label, *row.extras.get("aliases", "").split("|")]
        for word in words:
            for spelling in (fold_heading(word), fold_heading(word).replace(" ", "")):
                if spelling:
                    found.setdefault(spelling, {})[row.code] = None
    for one in PERSON_FIELDS:
        for word in (one.name.replace("_", " "), one.label):
            found.setdefault(fold_heading(word), {})[one.name] = None
    return {phrase: tuple(fields) for phrase, fields in found.items()}


@lru_cache(maxsize=100_000)
def exact(text: str) -> tuple[str, ...]:
    """The fields a heading names in so many words; empty when none."""
    if len(text) > LONGEST:
        return ()
    phrases = _phrases()
    folded = fold_heading(text)
    if found := phrases.get(folded):
        return found
    bare = fold_heading(_IN_BRACKETS.sub(" ", text))
    return phrases.get(bare, ()) if bare else ()


@lru_cache(maxsize=4_096)
def match(text: str) -> tuple[tuple[str, float], ...]:
    """The fields a heading may mean, with how sure that is (0 to 1), best first."""
    if found := exact(text):
        return tuple((field, 1.0 if len(found) == 1 else 0.8) for field in found)
    bare = fold_heading(_IN_BRACKETS.sub(" ", text)) or fold_heading(text)
    if len(bare) < _NEAR_FROM or len(bare) > LONGEST or bare.isdigit():
        return ()
    near = process.extract(bare, _phrases().keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=3)
    scores: dict[str, float] = {}
    for phrase, score, _ in near:
        for field in _phrases()[phrase]:
            scores[field] = max(scores.get(field, 0.0), score / 100 * 0.9)
    return tuple(sorted(scores.items(), key=lambda one: -one[1]))


def label_of(field: str) -> str:
    """What officers call a field or a special column."""
    return reference.table("import_headings").label(field)
