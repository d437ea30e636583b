"""Text that people type: stored as typed, without what nobody can see.

O'Neil, D. 'Siti', an emoji and every script are kept verbatim in NFC. Control,
bidirectional and zero-width characters are refused, or taken out and reported.

Source: redlist F02, F16; domain reference §3.4 (names).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from desmigratif_desktop.foundation.errors import FieldProblem, InputError

NAME_LIMIT: Final = 100
LINE_LIMIT: Final = 200
NOTE_LIMIT: Final = 4000

_JOINER = "\u200d"
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f")
"""Letters by category, but nothing on paper."""
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NIK_IN_TEXT = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){15}(?![0-9])")
_PASSPORT_IN_TEXT = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9]{6,8}(?![A-Za-z0-9])")
_PHONE_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])(?:\+[1-9]|08|628)[0-9](?:[ -]?[0-9]){6,13}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text and what had to be taken out of it.

    Attributes:
        text: NFC, trimmed, free of unseen characters.
        removed: the names of the characters taken out, in order of first appearance.
    """

    text: str
    removed: tuple[str, ...]


def tidy_text(raw: str, *, multiline: bool = False) -> Cleaned:
    """Take out what nobody can see and say so; the caller shows `removed`.

    Args:
        raw: what was typed or read from a sheet.
        multiline: keep line breaks (as LF); tabs become spaces.
    """
    kept: list[str] = []
    removed: dict[str, None] = {}
    text = _spaces(raw, multiline=multiline)
    for place, char in enumerate(text):
        if _is_hidden(text, place, multiline=multiline):
            removed[_spell(char)] = None
        else:
            kept.append(char)
    return Cleaned(unicodedata.normalize("NFC", "".join(kept)).strip(), tuple(removed))


def clean_text(
    raw: str,
    limit: int = LINE_LIMIT,
    *,
    field: str = "",
    label: str = "Isian ini",
    multiline: bool = False,
    required: bool = False,
) -> str:
    """Take a typed text as it is, or refuse it with a sentence.

    Args:
        raw: what was typed.
        limit: the most characters after NFC.
        field: the field the problem is shown beside.
        label: how the sentence calls the field ("Nama").
        multiline: line breaks are allowed (notes, chronologies).
        required: an empty text is refused.

    Returns:
        The text in NFC without blanks at its ends; "" when empty and not required.

    Raises:
        InputError: unseen characters, too long, or empty though required.
    """
    cleaned = tidy_text(raw, multiline=multiline)
    if cleaned.removed:
        sentence = f"{label} memuat tanda yang tidak terlihat; ketik ulang, jangan ditempel."
        raise InputError((FieldProblem(field, "text_hidden", sentence),))
    if len(cleaned.text) > limit:
        sentence = f"{label} terlalu panjang: {len(cleaned.text)} huruf, paling banyak {limit}."
        raise InputError((FieldProblem(field, "text_long", sentence),))
    if required and not cleaned.text:
        raise InputError((FieldProblem(field, "text_empty", f"{label} belum diisi."),))
    return cleaned.text


def warn_identifiers(text: str, *, field: str = "note") -> tuple[FieldProblem, ...]:
    """Warn when a free note carries a NIK, passport or phone number (redlist F16)."""
    found: list[FieldProblem] = []
    for code, name, pattern in (
        ("note_nik", "NIK atau No. KK", _NIK_IN_TEXT),
        ("note_passport", "nomor paspor", _PASSPORT_IN_TEXT),
        ("note_phone", "nomor telepon", _PHONE_IN_TEXT),
    ):
        if pattern.search(text):
            sentence = f"Catatan ini memuat {name}; simpan di isiannya sendiri, bukan di catatan."
            found.append(FieldProblem(field, code, sentence, is_warning=True))
    return tuple(found)


def _spaces(raw: str, *, multiline: bool) -> str:
    """Every kind of blank becomes a plain space; line ends become LF where they may stand."""
    if multiline:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    else:
        raw = raw.strip()
    return "".join(" " if unicodedata.category(char) == "Zs" else char for char in raw)


def _is_hidden(text: str, place: int, *, multiline: bool) -> bool:
    char = text[place]
    if char == "\n":
        return not multiline
    if char == _JOINER:
        return not _joins_pictures(text, place)
    return char in _BLANKS or unicodedata.category(char) in _HIDDEN_CATEGORIES


def _joins_pictures(text: str, place: int) -> bool:
    """Whether a zero-width joiner holds an emoji together (a family, a profession)."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    is_picture = bool(before) and (
        unicodedata.category(before) in {"So", "Sk"} or before == "\ufe0f"
    )
    return is_picture and bool(after) and unicodedata.category(after) == "So"


def _spell(char: str) -> str:
    return unicodedata.name(char, f"U+{ord(char):04X}")
