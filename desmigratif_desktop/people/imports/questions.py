"""What is asked before a roster is taken in: names, numbers, dates, letters in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.people.imports.columns import date_order, values_of
from desmigratif_desktop.people.imports.found import (
    ColumnFound,
    Question,
    TableFound,
    is_sure,
)
from desmigratif_desktop.people.imports.headings import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desmigratif_desktop.people.imports.grid import Grid

_REPEATS: Final = 0.6
_UNIQUE: Final = 0.95
_MANY: Final = 8


def ask(tables: Sequence[TableFound], grids: Sequence[Grid]) -> Iterator[Question]:
    """The questions of all tables, in reading order."""
    for place, table in enumerate(tables):
        yield from _about(place, table, grids[table.index])


def _about(place: int, table: TableFound, grid: Grid) -> Iterator[Question]:
    if table.column_of("name") is None:
        yield Question(
            "no_name", f"{_where(table)}: kolom mana yang berisi nama warga?", place,
            choices=tuple(one.letter for one in table.columns if not one.field),
        )  # fmt: skip
    for one in table.columns:
        if one.filled and not is_sure(one):
            yield _unsure(place, table, one)
    yield from _twice(place, table)
    yield from _swapped(place, table, grid)
    yield from _order(place, table, grid)
    yield from _letters(place, table, grid)


def _where(table: TableFound) -> str:
    return f"Lembar “{table.sheet}”, tabel mulai {table.head_cell}"


def _unsure(place: int, table: TableFound, one: ColumnFound) -> Question:
    heading = f" “{one.heading}”" if one.heading else ""
    label = label_of(one.field)
    sentence = f"{_where(table)}: apakah kolom {one.letter}{heading} berisi {label}? {one.reason}"
    return Question("unsure", sentence, place, one.column, (one.field, ""))


def _twice(place: int, table: TableFound) -> Iterator[Question]:
    first: dict[str, ColumnFound] = {}
    for one in table.columns:
        if not one.is_kept or not one.filled:
            continue
        if one.field in first:
            other = first[one.field]
            sentence = (
                f"{_where(table)}: kolom {other.letter} “{other.heading}” dan kolom {one.letter} "
                f"“{one.heading}” sama-sama tampak berisi {label_of(one.field)}; mana yang dipakai?"
            )
            yield Question("twice", sentence, place, one.column, ("", one.field))
        else:
            first[one.field] = one


def _rows(table: TableFound) -> list[int]:
    heads = set(table.head_rows)
    return [row for row in range(table.first_row, table.last_row + 1) if row not in heads]


def _swapped(place: int, table: TableFound, grid: Grid) -> Iterator[Question]:
    """A NIK that repeats beside a No. KK that never does: the headings may be exchanged."""
    nik, card = table.column_of("nik"), table.column_of("no_kk")
    if nik is None or card is None:
        return
    values = values_of(grid, _rows(table), (nik, card))
    if min(len(values[nik].cells), len(values[card].cells)) < _MANY:
        return
    if values[nik].distinct < _REPEATS and values[card].distinct > _UNIQUE:
        sentence = f"{_where(table)}: NIK berulang-ulang sedangkan nomor KK tidak; apakah tertukar?"
        yield Question("disagree", sentence, place, nik, ("no_kk", "nik"))


def _order(place: int, table: TableFound, grid: Grid) -> Iterator[Question]:
    order, is_certain = date_order(grid, _rows(table), table.columns)
    if is_certain:
        return
    sentence = (
        f"{_where(table)}: sebagian tanggal hanya dapat dibaca tanggal-bulan-tahun dan sebagian "
        "hanya bulan-tanggal-tahun; urutan mana yang dipakai?"
    )
    yield Question("date_order", sentence, place, None, (order, "mdy" if order == "dmy" else "dmy"))


def _letters(place: int, table: TableFound, grid: Grid) -> Iterator[Question]:
    """P beside W means Pria, not Perempuan."""
    column = table.column_of("sex")
    if column is None:
        return
    words = {one.casefold() for one in values_of(grid, _rows(table), (column,))[column].texts}
    if words and words <= {"p", "w"} and "w" in words:
        sentence = f"{_where(table)}: isinya P dan W; apakah P berarti Pria?"
        yield Question("sex_letters", sentence, place, column, ("pria_wanita", "sex"))
