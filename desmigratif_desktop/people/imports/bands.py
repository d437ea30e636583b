"""Rows of headings: one row or several, merged or not, repeated on every page.

A band is found by its words, wherever it stands. What stands over a column is the text
of all its rows together: "Tempat dan Tanggal Lahir" over "Tempat" and "Tanggal".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.people.imports import headings
from desmigratif_desktop.people.imports.grid import Grid, is_column_numbers, labels_of, rows_of
from desmigratif_desktop.people.imports.headings import IDENTITY, exact, fold_heading, match

if TYPE_CHECKING:
    from collections.abc import Iterable

Matches = tuple[tuple[str, float], ...]

FEWEST: Final = 3
LOOK_NEAR: Final = 80
"""How far down headings with other words are looked for when none was found by its words."""

_SHARE: Final = 0.4
_DOWN: Final = 0.6
_GENERIC_PLACE: Final = frozenset({"tempat", "tmp", "tmpt", "tpt"})
_GENERIC_DATE: Final = frozenset({"tanggal", "tgl", "tgl bln thn", "tanggal bulan tahun", "waktu"})
_DATA = re.compile(r"[0-9]{5,}|[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{2,4}")


@dataclass(frozen=True, slots=True)
class Band:
    """The heading rows of one table, or of several side by side.

    Attributes:
        rows: the rows, top to bottom.
        texts: column -> the whole heading.
        matches: column -> fields it may mean, best first.
    """

    rows: tuple[int, ...]
    texts: dict[int, str]
    matches: dict[int, Matches]

    @property
    def signature(self) -> str:
        """The headings in one text."""
        return "|".join(fold_heading(self.texts[column]) for column in sorted(self.texts))

    def field(self, column: int) -> str:
        """The likeliest field of a column; "" when unknown."""
        found = self.matches.get(column, ())
        return found[0][0] if found else ""

    def is_like(self, other: Band) -> bool:
        """Whether this is the other's headings once more (a page further)."""
        known = {c: self.field(c) for c in self.texts if self.field(c)}
        theirs = {c: other.field(c) for c in other.texts if other.field(c)}
        return known == theirs


def find_bands(grid: Grid) -> list[Band]:
    """All heading rows of a sheet, top to bottom."""
    anchors = [row for row in rows_of(grid) if _is_anchor(grid, row, near=False)]
    if not anchors:
        first = [row for row in rows_of(grid)][:LOOK_NEAR]  # noqa: C416 - a generator is cut
        anchors = [row for row in first if _is_anchor(grid, row, near=True)][:1]
    bands: list[Band] = []
    taken = -1
    for anchor in anchors:
        if anchor <= taken:
            continue
        rows = _grow(grid, anchor, taken)
        bands.append(_band(grid, rows))
        taken = rows[-1]
    return bands


def _is_anchor(grid: Grid, row: int, *, near: bool) -> bool:
    cells = grid.sheet.rows[row]
    words = [cell for cell in cells if isinstance(cell, str)]
    if len(words) < 2:  # noqa: PLR2004 - one word over no table
        return False
    hits = [found for word in words if (found := _fields(word, near=near))]
    if len(hits) < 2:  # noqa: PLR2004
        return False
    filled = grid.filled(row)
    fields = {one for found in hits for one in found[:1]}
    has_identity = any(set(found) & IDENTITY for found in hits)
    if not has_identity or len(hits) < _SHARE * len(filled):
        return False
    is_whole = len(hits) == len(filled) and bool(fields & IDENTITY)
    if len(fields) < FEWEST and not is_whole and not near:
        return False
    if any(_DATA.search(text) for _, text in filled):
        return False
    return "no_kk" not in labels_of(grid, row)


def _fields(word: str, *, near: bool) -> tuple[str, ...]:
    if found := exact(word):
        return found
    return tuple(field for field, _ in match(word)) if near else ()


def _grow(grid: Grid, anchor: int, taken: int) -> tuple[int, ...]:
    rows = [anchor]
    for row in (anchor - 1, anchor - 2):
        if row <= taken or row < 0 or not _leads(grid, row, rows[0]):
            break
        rows.insert(0, row)
    for row in (anchor + 1, anchor + 2):
        if row >= grid.height or not _follows(grid, row, tuple(rows)):
            break
        rows.append(row)
    return tuple(rows)


def _leads(grid: Grid, row: int, below: int) -> bool:
    """Whether a row above belongs to the headings: it names columns that stand open below."""
    filled = grid.filled(row)
    if not filled or labels_of(grid, row) or any(_DATA.search(text) for _, text in filled):
        return False
    if any(not isinstance(grid.sheet.cell(row, column), str) for column, _ in filled):
        return False
    return any(
        exact(text) if not grid.text(below, column) else exact(f"{text} {grid.text(below, column)}")
        for column, text in filled
    )


def _follows(grid: Grid, row: int, above: tuple[int, ...]) -> bool:
    """Whether a row below belongs to the headings: words under a wider heading."""
    filled = grid.filled(row)
    if not filled or is_column_numbers(grid, row) or labels_of(grid, row):
        return False
    if any(not isinstance(grid.sheet.cell(row, column), str) for column, _ in filled):
        return False
    if any(_DATA.search(text) for _, text in filled):
        return False
    names = [c for c in range(grid.width) if "name" in exact(grid.shown(above[-1], c))]
    if any(grid.text(row, column) for column in names):
        return False
    known = sum(bool(_of_column(_parts(grid, (*above, row), c))) for c, _ in filled)
    return known >= _DOWN * len(filled)


def _band(grid: Grid, rows: tuple[int, ...]) -> Band:
    texts: dict[int, str] = {}
    matches: dict[int, Matches] = {}
    for column in range(grid.width):
        parts = _parts(grid, rows, column)
        if parts:
            texts[column] = " ".join(parts)
            if found := _of_column(parts):
                matches[column] = found
    return Band(rows, texts, matches)


def _parts(grid: Grid, rows: tuple[int, ...], column: int) -> tuple[str, ...]:
    """The texts over a column, top to bottom, each once."""
    parts: dict[str, None] = {}
    for place, row in enumerate(rows):
        text = grid.shown(row, column)
        if not text and place + 1 < len(rows) and grid.text(rows[place + 1], column):
            text = _over(grid, row, rows[place + 1], column)
        if text:
            parts[text] = None
    return tuple(parts)


def _over(grid: Grid, row: int, below: int, column: int) -> str:
    """The wider heading to the left, where the sheet kept no merged cells."""
    for left in range(column - 1, -1, -1):
        if not grid.text(below, left):
            return ""
        if text := grid.shown(row, left):
            return text
    return ""


def _of_column(parts: Iterable[str]) -> Matches:
    texts = tuple(parts)
    joined, last = " ".join(texts), texts[-1]
    if exact(joined):
        return match(joined)
    if len(texts) > 1:
        above = fold_heading(" ".join(texts[:-1]))
        if special := _generic(above, fold_heading(last)):
            return ((special, 0.95),)
        for text in (last, *texts[:-1]):
            if exact(text):
                return tuple((field, score * 0.95) for field, score in match(text))
    return match(joined) or (match(last) if len(texts) > 1 else ())


def _generic(above: str, last: str) -> str:
    """A lone "Tanggal" says little; under "Kelahiran" it is the day of birth."""
    is_birth = "lahir" in above
    if last in _GENERIC_PLACE and is_birth:
        return "birth_place"
    if last in _GENERIC_DATE and is_birth:
        return "birth_date"
    if last in _GENERIC_DATE and ("kawin" in above or "nikah" in above):
        return "marriage_date"
    return ""


def segments(band: Band) -> list[list[int]]:
    """The columns of each table of a band: more than one where tables stand side by side."""
    found: list[list[int]] = [[]]
    seen: set[str] = set()
    columns = sorted(band.texts)
    for place, column in enumerate(columns):
        field = band.field(column)
        rest = {band.field(one) for one in columns[place:]}
        begins_again = field in seen and field in {headings.NUMBER, *IDENTITY}
        if begins_again and "name" in seen and "name" in rest:
            found.append([])
            seen = set()
        if field:
            seen.add(field)
        found[-1].append(column)
    return found
