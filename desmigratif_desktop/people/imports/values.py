"""Sheets as read, and what is said about their cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from desmigratif_desktop.foundation.errors import DesmigratifError

Cell = str | float | int | bool | date | datetime | time | timedelta | None
"""What a sheet keeps in a cell; None when it is empty."""

Place = tuple[int, int]
"""Row and column, counted from 0."""

LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or a whole delimited file.

    Attributes:
        rows: cells by row and column, from A1; rows may differ in length.
        merges: (first row, first column, last row, last column) of merged cells.
        lines: line of the file at which each row begins, for delimited files; empty
            where rows and lines are the same thing.
    """

    name: str
    rows: list[list[Cell]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    lines: tuple[int, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """The cell; None outside the sheet."""
        if row >= len(self.rows):
            return None
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None


@dataclass(frozen=True, slots=True)
class Book:
    """A file as read.

    Attributes:
        name: the file's name, for words only.
        form: "xlsx", "xls", "ods", "csv" or "json".
        sheets: the visible sheets that are not empty.
        is_1904: whether its serial dates count from 1904.
        notes: sentences for the officer: sheets left aside, the encoding found.
    """

    name: str
    form: str
    sheets: tuple[Sheet, ...]
    is_1904: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong, or worth a look, with one cell.

    Attributes:
        sheet: name of the sheet.
        cell: "C17"; the first cell of the row when it is about the whole row.
        row: 17.
        field: identifier of the field; empty for the whole row.
        code: stable identifier.
        sentence: one Indonesian sentence.
        is_note: nothing was refused; the value was taken, or read with help.
        shown: what stood in the cell, as text.
    """

    sheet: str
    cell: str
    row: int
    field: str
    code: str
    sentence: str
    is_note: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A filled line that is no person: a title, a sum, a signature; told, not hidden."""

    sheet: str
    row: int
    text: str


@dataclass(slots=True)
class Progress:
    """Somebody who watches and may stop: `tell` counts, `is_cancelled` asks.

    The default watches nothing.
    """

    cancelled: bool = field(default=False)

    def tell(self, phase: str, done: int, total: int) -> None:
        """Hear how far it is."""

    def is_cancelled(self) -> bool:
        """Whether to stop before anything is kept."""
        return self.cancelled

    def stop_if_cancelled(self) -> None:
        """Stop here when somebody wished it.

        Raises:
            CancelledError: nothing was kept.
        """
        if self.is_cancelled():
            raise CancelledError("Impor dihentikan; tidak ada data yang berubah.")


class CancelledError(DesmigratifError):
    """The officer stopped it before anything was kept."""

    code = "cancelled"


def column_name(column: int) -> str:
    """The letters of a column: 0 -> "A", 27 -> "AB"."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def cell_name(row: int, column: int) -> str:
    """The address of a cell: (16, 2) -> "C17"."""
    return f"{column_name(column)}{row + 1}"
