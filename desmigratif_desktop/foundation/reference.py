"""Reference tables: the value lists that ship with the program, each with its source.

One CSV a table: `code,label,valid_from,valid_to,source` and what else the table
needs. Codes are identifiers kept in records; labels are what people read. A code
that this laptop does not know (a newer table elsewhere) is shown, never refused.

Source: DESIGN §7 (coded fields) and §10 (data to ship).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FIXED_COLUMNS: Final = ("code", "label", "valid_from", "valid_to", "source")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE_ID = re.compile(r"[0-9]+(?:\.0+)?")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_FOLDER: Final = "reference"


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One value of a list.

    Attributes:
        code: identifier kept in records ("karyawan_swasta").
        label: the printed word ("Karyawan Swasta").
        valid_from: first day it may be chosen; None from ever.
        valid_to: last day it may be chosen; None without end.
        source: regulation, list or practice it comes from.
        extras: the table's further columns by name ("opensid": "15"); "" when empty.
    """

    code: str
    label: str
    valid_from: date | None
    valid_to: date | None
    source: str
    extras: Mapping[str, str]

    def holds_on(self, day: date) -> bool:
        """Whether the value may be chosen on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class ReferenceTable:
    """A value list in its official order."""

    def __init__(self, name: str, rows: tuple[ReferenceRow, ...]) -> None:
        self.name = name
        self._rows = rows
        self._by_code = {row.code: row for row in rows}
        self._by_word: dict[str, str] = {}
        for row in rows:
            for word in _words(row):
                self._by_word.setdefault(word, row.code)

    def __iter__(self) -> Iterator[ReferenceRow]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def rows(self, on: date | None = None) -> tuple[ReferenceRow, ...]:
        """All values, or those that may be chosen on a day."""
        return self._rows if on is None else tuple(row for row in self._rows if row.holds_on(on))

    def codes(self, on: date | None = None) -> tuple[str, ...]:
        """The identifiers, in the official order."""
        return tuple(row.code for row in self.rows(on))

    def choices(self, on: date | None = None) -> tuple[tuple[str, str], ...]:
        """(code, label) pairs for a picker, in the official order."""
        return tuple((row.code, row.label) for row in self.rows(on))

    def get(self, code: str | None) -> ReferenceRow | None:
        """The row of a code; None when unknown."""
        return self._by_code.get(code) if code is not None else None

    def label(self, code: str | None) -> str:
        """The printed word of a code; "" for None, a readable form when unknown."""
        if not code:
            return ""
        row = self._by_code.get(code)
        return row.label if row else code.replace("_", " ").capitalize()

    def extra(self, code: str | None, column: str) -> str:
        """A further column of a code; "" when unknown or empty."""
        row = self.get(code)
        return row.extras.get(column, "") if row else ""

    def code_of(self, value: str | float | None) -> str | None:
        """Find the code that a sheet or an officer means.

        Args:
            value: a code, a label in any case, an alias, or OpenSID's number
                ("15", "15.0", 15).

        Returns:
            The code, or None when nothing matches: never a guess.
        """
        if value is None:
            return None
        text = str(value).strip()
        if text in self._by_code:
            return text
        if _CODE_ID.fullmatch(text):
            return self._by_word.get(f"#{int(float(text))}")
        return self._by_word.get(fold_word(text))


def fold_word(text: str) -> str:
    """The comparable form of a label: "TAMAT SD/SEDERAJAT" -> "tamat_sd_sederajat".

    Signs that tell blood groups apart are kept as words.
    """
    signs = text.casefold().replace("+", " plus").replace("−", "-")
    if signs.endswith("-"):
        signs = f"{signs[:-1]} minus"
    return _NOT_WORD.sub("_", signs).strip("_")


@cache
def table(name: str) -> ReferenceTable:
    """Read a table once and keep it.

    Args:
        name: "religion", "occupation", "stage", ...; see `table_names`.

    Raises:
        ResourceMissingError: there is no such table.
        ValueError: the name or the file has not the shape of a table.
    """
    if not _NAME.fullmatch(name):
        raise ValueError("a table is named by its file without the ending")
    return read_table(name, resource(f"{_FOLDER}/{name}.csv"))


def table_names() -> tuple[str, ...]:
    """The names of all tables that ship."""
    return tuple(sorted(place.stem for place in resource(_FOLDER).glob("*.csv")))


def read_table(name: str, path: Path) -> ReferenceTable:
    """Read a table from a file.

    Raises:
        ValueError: a column is missing, a code twice, or a date not ISO.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        columns = tuple(reader.fieldnames or ())
        if columns[: len(FIXED_COLUMNS)] != FIXED_COLUMNS:
            raise ValueError(f"table {name}: columns must begin with {','.join(FIXED_COLUMNS)}")
        rows = tuple(_row(record, columns[len(FIXED_COLUMNS) :]) for record in reader)
    if len({row.code for row in rows}) != len(rows):
        raise ValueError(f"table {name}: a code stands twice")
    return ReferenceTable(name, rows)


def _row(record: Mapping[str, str], extras: tuple[str, ...]) -> ReferenceRow:
    return ReferenceRow(
        code=record["code"],
        label=record["label"],
        valid_from=_day(record["valid_from"]),
        valid_to=_day(record["valid_to"]),
        source=record["source"],
        extras=MappingProxyType({name: record[name] for name in extras}),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _words(row: ReferenceRow) -> Iterator[str]:
    yield fold_word(row.code)
    yield fold_word(row.label)
    if row.extras.get("opensid"):
        yield f"#{int(row.extras['opensid'])}"
    yield from (fold_word(alias) for alias in row.extras.get("aliases", "").split("|") if alias)
