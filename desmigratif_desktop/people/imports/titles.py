"""Academic titles beside a name; religious and noble ones belong to the name.

Source: Permendagri 73/2022 art. 5 (titles may stand on KK and KTP).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_BEFORE = re.compile(
    r"(?:(?:prof|dr|drs|dra|drg|drh|ir|apt|ns|bd)\.(?:\s*|$))+|(?:(?:drs|dra|drg|drh|ir|prof)\s+)+",
    re.IGNORECASE,
)
_AFTER_WORDS: Final = (
    r"A\.?Md\.?(?:\.?\s?[A-Z][A-Za-z]*\.?)?", r"[SM]\.\s?[A-Z][A-Za-z]{0,6}\.?(?:\.?[A-Z]\.?)?",
    r"[SM](?:Pd|Kep|Kom|Ag|Sos|Psi|Hut|Pt|Farm|Gz|Si|Pi)\.?(?:\.?I\.?)?",
    r"SE|SH|ST|SS|SKM|MM|MH|MT|MBA|BA|BSc|Ners|Apt",
    r"Ph\.?D\.?|Lc\.?|Sp\.?\s?[A-Z]+|Tr\.?\s?[A-Z][a-z]+\.?|S\.Tr\.[A-Za-z]+\.?",
)  # fmt: skip
_AFTER = re.compile(rf"(?:{'|'.join(_AFTER_WORDS)})")


@dataclass(frozen=True, slots=True)
class PartedName:
    """A name and the titles beside it."""

    name: str
    before: str = ""
    after: str = ""


def part_titles(text: str) -> PartedName:
    """Part "Drs. H. Mulyono, S.Pd, M.M." into "H. Mulyono" and its titles.

    What is not certainly a title stays in the name.
    """
    name, before = text, ""
    lead = _BEFORE.match(text)
    if lead and len(text) > lead.end():
        before, name = lead.group(0).strip(), text[lead.end() :].strip()
    parts = [one.strip() for one in name.split(",")]
    if len(parts) > 1 and all(_AFTER.fullmatch(one) for one in parts[1:] if one):
        return PartedName(parts[0], before, ", ".join(one for one in parts[1:] if one))
    return PartedName(name, before)
