"""A sheet as a reader's eye takes it: texts, merged cells, lines with "label : value"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.people.imports.headings import fold_heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desmigratif_desktop.people.imports.values import Cell, Sheet

EMPTIES: Final = frozenset({
    "", "-", "--", "---", "–", "—", "_", ".", "..", "null", "nil", "none", "n/a", "#n/a", "nan",
    "#ref!", "#value!", "#div/0!", "#name?", "?", "'", "`", "x'", "0000-00-00",
})  # fmt: skip
"""What stands in a cell when nothing is known."""

MAX_MERGED: Final = 200_000
SIXTEEN: Final = 16

_UNSEEN = re.compile(r"[\u200b\ufeff]+")
_LABEL = re.compile(
    r"(?P<no_kk>(?:no\.?|nomor|nmr)\s*\.?\s*(?:kk|k\.k\.?|kartu\s+keluarga))"
    r"|(?P<head_name>nama\s+(?:kepala|kep\.?)\s*(?:keluarga|kel\w*\.?|kk)|nama\s+kk"
    r"|kepala\s+keluarga)"
    r"|(?P<rt_rw>rt\s*/\s*rw)|(?P<rw_rt>rw\s*/\s*rt)"
    r"|(?P<dusun>dusun|dsn|dukuh|pedukuhan|padukuhan|lingkungan|banjar|jorong)"
    r"|(?P<rt>rt|rukun\s+tetangga)|(?P<rw>rw|rukun\s+warga)"
    r"|(?P<address>alamat)"
    r"|(?P<other>desa\s*/?\s*kel\w*|desa|kelurahan|nagari|gampong|kecamatan|kab\w*\.?(?:\s*/\s*kota)?"
    r"|kota|prop\w*|provinsi|kode\s+pos|jumlah\s+\w+(?:\s+\w+)?|tanggal\s+cetak|tahun|periode)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\(?\s*-?\s*([0-9]{1,3})\s*\)?(?:\.0)?")


class Grid:
    """One sheet with its merged cells spread."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._texts: list[list[str] | None] = [None] * self.height
        self._home: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in sheet.merges:
            if (bottom - top + 1) * (right - left + 1) + len(self._home) > MAX_MERGED:
                continue
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        self._home[row, column] = (top, left)

    def home(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the value shown here."""
        return self._home.get((row, column), (row, column))

    def texts(self, row: int) -> list[str]:
        """The texts of a row, read once."""
        found = self._texts[row]
        if found is None:
            found = self._texts[row] = [
                "" if cell is None else text_of(cell) for cell in self.sheet.rows[row]
            ]
        return found

    def text(self, row: int, column: int) -> str:
        """The text of the cell itself."""
        if row >= self.height:
            return ""
        texts = self.texts(row)
        return texts[column] if column < len(texts) else ""

    def shown(self, row: int, column: int) -> str:
        """The text a reader sees here, merged cells spread."""
        return self.text(*self.home(row, column))

    def filled(self, row: int) -> list[tuple[int, str]]:
        """Column and text of the cells of a row that are not empty."""
        return [(column, text) for column, text in enumerate(self.texts(row)) if text]


def text_of(cell: Cell) -> str:  # noqa: PLR0911 - one return a kind of cell
    """A cell as text: whole numbers without ".0", dates ISO, blanks made plain."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        plain = " ".join(cell.split())
        if not plain.isascii():
            plain = _UNSEEN.sub("", plain).strip()
        return cell if plain == cell else plain
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else repr(cell)  # noqa: PLR2004
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell)


def is_empty(text: str) -> bool:
    """Whether a text says that nothing is known."""
    return text.casefold() in EMPTIES


def is_column_numbers(grid: Grid, row: int) -> bool:
    """Whether a row only counts the columns: 1 2 3, (1) (2) (3), -1 -2 -3."""
    found = grid.filled(row)
    if not found or not _NUMBERS.fullmatch(found[0][1]):
        return False
    numbers = [int(one.group(1)) for _, text in found if (one := _NUMBERS.fullmatch(text))]
    if len(numbers) < 3 or len(numbers) < len(found):  # noqa: PLR2004 - fewer prove nothing
        return False
    steps = sum(after - before == 1 for before, after in pairwise(numbers))
    return steps >= 0.6 * (len(numbers) - 1)


class Labels(dict[str, tuple[int, str]]):
    """What a line of labels says: field -> (column of the value, text)."""


def labels_of(grid: Grid, row: int) -> Labels:
    """Read a line like "No. KK : 3518… | Nama Kepala Keluarga : SUTRISNO".

    Empty when the line is none: a label counts when a colon follows it, or sixteen
    digits.
    """
    found = Labels()
    if not any(":" in one or "kk" in one.casefold() for one in grid.texts(row)):
        return found
    text, starts = _joined(grid, row)
    marks = [one for one in _LABEL.finditer(text) if _is_label(text, one, starts)]
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        value = text[mark.end() : end]
        lead = len(value) - len(value.lstrip(" :.\x1f"))
        value = value.strip(" :\x1f").replace("\x1f", " ").strip()
        column = max((c for start, c in starts if start <= mark.end() + lead), default=0)
        name = str(mark.lastgroup)
        if name not in found and not is_empty(value):
            found[name] = (column, value)
        elif name == "other" or not value:
            found.setdefault("other", (column, value))
    return found


def _joined(grid: Grid, row: int) -> tuple[str, list[tuple[int, int]]]:
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    place = 0
    for column, text in grid.filled(row):
        starts.append((place, column))
        parts.append(text)
        place += len(text) + 1
    return "\x1f".join(parts), starts


def _is_label(text: str, mark: re.Match[str], starts: list[tuple[int, int]]) -> bool:
    before = text[: mark.start()]
    if before and (before[-1].isalnum() or before[-1] == "/"):
        return False
    rest = text[mark.end() :].lstrip(" .\x1f")
    if rest.startswith(":"):
        return True
    digits = re.match(r"[0-9]{16}(?![0-9])", rest)
    return mark.lastgroup == "no_kk" and digits is not None and len(starts) <= 6  # noqa: PLR2004


def begins_with_label(text: str) -> bool:
    """Whether a text begins with a known label."""
    return _LABEL.match(text) is not None


def is_section_line(text: str) -> tuple[str, str] | None:
    """A line that only names a hamlet or units: "DUSUN KRAJAN" -> ("dusun", "KRAJAN")."""
    if len(text) > 40:  # noqa: PLR2004 - a sentence, no title
        return None
    folded = fold_heading(text)
    if one := re.fullmatch(
        r"(?:dusun|dsn|dukuh|lingkungan|banjar|jorong) ([a-z][a-z0-9 ]*)", folded
    ):
        return "dusun", text[-len(one.group(1)) :]
    if one := re.fullmatch(r"rt ([0-9]{1,3}) rw ([0-9]{1,3})", folded):
        return "rt_rw", f"{one.group(1)}/{one.group(2)}"
    if one := re.fullmatch(r"(rt|rw) ([0-9]{1,3})", folded):
        return one.group(1), one.group(2)
    return None


def rows_of(grid: Grid) -> Iterator[int]:
    """The rows that are not empty."""
    for row, cells in enumerate(grid.sheet.rows):
        if any(cell is not None for cell in cells):
            yield row
