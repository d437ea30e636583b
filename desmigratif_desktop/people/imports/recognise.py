"""Which rows are headings and which columns hold what; where it is unsure, a question.

Recognised is by content and heading, never by one template: the layouts of OpenSID,
SIAK and BIP differ by year and region.

Source: reference/domain.md §15.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.people.imports import found as kinds
from desmigratif_desktop.people.imports.bands import Band, find_bands, segments
from desmigratif_desktop.people.imports.columns import (
    columns_of,
    confirm_by_nik,
    data_rows,
    date_order,
    values_of,
)
from desmigratif_desktop.people.imports.found import (
    ColumnFound,
    Question,
    Recognised,
    TableFound,
    is_sure,
)
from desmigratif_desktop.people.imports.grid import Grid, labels_of, rows_of
from desmigratif_desktop.people.imports.headings import fold_heading
from desmigratif_desktop.people.imports.questions import ask
from desmigratif_desktop.people.imports.values import LeftLine

if TYPE_CHECKING:
    from desmigratif_desktop.people.imports.values import Book

_OPENSID_WORDS: Final = frozenset({
    "agama id", "kk level", "pendidikan kk id", "pekerjaan id", "tanggallahir", "tempatlahir",
    "status dasar", "warganegara id", "golongan darah id", "cacat id", "nama ayah", "status kawin",
})  # fmt: skip
_SIAK_WORDS: Final = frozenset({
    "nama penduduk", "shdk", "tgl cerai", "tanggal kwn", "cetak ktp", "ganti ktp", "desa kel",
    "nomor akta kawin", "deskripsi pekerjaan", "ktp berakhir", "nama lgkp", "stat hbkel",
    "jenis klmin", "tmpt lhr", "tgl lhr", "stat kwn", "pddk akh", "jenis pkrjn", "nama lgkp ibu",
})  # fmt: skip
_ENOUGH: Final = 4
_TOLD_ROWS: Final = 40


def recognise(book: Book) -> Recognised:
    """Recognise the tables of people in a book."""
    tables: list[TableFound] = []
    left: list[LeftLine] = []
    notes: list[str] = list(book.notes)
    for index, sheet in enumerate(book.sheets):
        grid = Grid(sheet)
        found = _tables(grid, index)
        if not found:
            notes.append(f"Lembar “{sheet.name}” tidak memuat tabel warga; tidak dibaca.")
            left += _lines(grid, range(grid.height), sheet.name)
            continue
        left += _lines(grid, range(min(one.first_row for one in found)), sheet.name, found)
        tables += found
    questions = tuple(ask(tables, [Grid(one) for one in book.sheets]))
    if not tables:
        questions = (
            Question("no_table", "Tidak ada tabel warga yang dikenali dalam berkas ini.", 0),
        )
    notes += [note for table in tables for note in _notes(table)]
    return Recognised(tuple(tables), questions, tuple(notes), tuple(left))


def _lines(
    grid: Grid, rows: range, sheet: str, tables: list[TableFound] | None = None
) -> list[LeftLine]:
    heads = {row for one in tables or () for row in one.head_rows}
    found = [
        LeftLine(sheet, row + 1, " ".join(text for _, text in grid.filled(row))[:200])
        for row in rows
        if row not in heads and grid.filled(row) and (tables is None or not labels_of(grid, row))
    ]
    return found[:_TOLD_ROWS] if tables is None else found


def _tables(grid: Grid, index: int) -> list[TableFound]:
    bands = find_bands(grid)
    if not bands:
        return _without_headings(grid, index)
    groups: list[list[Band]] = []
    for band in bands:
        if groups and band.is_like(groups[-1][0]):
            groups[-1].append(band)
        else:
            groups.append([band])
    tables: list[TableFound] = []
    for place, group in enumerate(groups):
        end = groups[place + 1][0].rows[0] - 1 if place + 1 < len(groups) else grid.height - 1
        tables += _group_tables(grid, index, group, end)
    return tables


def _group_tables(grid: Grid, index: int, group: list[Band], end: int) -> list[TableFound]:
    band = group[0]
    heads = tuple(row for one in group for row in one.rows)
    first = band.rows[-1] + 1
    parts = segments(band)
    found = []
    for place, columns in enumerate(parts):
        left = 0 if place == 0 else min(columns)
        right = min(parts[place + 1]) - 1 if place + 1 < len(parts) else grid.width - 1
        every = list(range(left, right + 1))
        found.append(_table(grid, index, (band, heads, every), (first, end)))
    return found


def _table(
    grid: Grid,
    index: int,
    head: tuple[Band | None, tuple[int, ...], list[int]],
    span: tuple[int, int],
) -> TableFound:
    band, heads, every = head
    rows = data_rows(grid, *span, frozenset(heads))
    plain = [row for row in rows if not labels_of(grid, row)] if _has_labels(grid, rows) else rows
    columns = columns_of(band, every, values_of(grid, plain, every))
    columns = confirm_by_nik(grid, plain, columns)
    order, _ = date_order(grid, plain, columns)
    known = [one.column for one in columns]
    texts = band.texts if band else {}
    is_block = _is_register(grid, span[0]) or len(plain) < len(rows)
    return TableFound(
        sheet=grid.sheet.name, index=index, kind=_kind(columns, is_block=is_block),
        head_rows=heads, first_row=span[0], last_row=span[1], columns=tuple(columns),
        left=min(known, default=every[0]), right=max(known, default=every[-1]),
        signature="|".join(fold_heading(texts.get(one, "")) for one in every), date_order=order,
    )  # fmt: skip


def _has_labels(grid: Grid, rows: list[int]) -> bool:
    """Whether any line among the people says "label : value"."""
    return any(":" in cell or "KK" in cell.upper() for row in rows for cell in grid.sheet.rows[row]
               if isinstance(cell, str) and len(cell) < 200)  # noqa: PLR2004  # fmt: skip


def _kind(columns: list[ColumnFound], *, is_block: bool) -> str:
    fields = {one.field for one in columns}
    words = {fold_heading(one.heading) for one in columns}
    if "uid" in fields and "nik_missing_reason" in fields:
        return kinds.OWN
    if len(words & _OPENSID_WORDS) >= _ENOUGH:
        return kinds.OPENSID
    if len(words & _SIAK_WORDS) >= _ENOUGH:
        return kinds.SIAK
    return kinds.BIP if is_block else kinds.FREE


def _is_register(grid: Grid, first: int) -> bool:
    """Whether a title over the table calls it Buku Induk."""
    return any(
        "buku induk" in fold_heading(text)
        for row in range(max(first - _TOLD_ROWS, 0), first)
        for _, text in grid.filled(row)
    )


def _without_headings(grid: Grid, index: int) -> list[TableFound]:
    """A sheet of bare values: columns are named by content, and all of it is asked."""
    rows = list(rows_of(grid))
    if len(rows) < 2:  # noqa: PLR2004 - one line is no table
        return []
    table = _table(grid, index, (None, (), list(range(grid.width))), (rows[0], grid.height - 1))
    fields = {one.field for one in table.columns}
    if not fields & {"nik", "no_kk"} and not ("name" in fields and len(fields - {""}) > 1):
        return []
    unsure = tuple(
        ColumnFound(one.column, one.heading, one.field, min(one.confidence, 0.6), one.reason,
                    one.samples, one.filled)
        for one in table.columns
    )  # fmt: skip
    return [table.with_columns(unsure)]


def _notes(table: TableFound) -> list[str]:
    """Filled columns that are not taken: told, never dropped in silence."""
    found = []
    for one in table.columns:
        if one.is_kept or not one.filled or one.field in {"number", "conflicts"}:
            continue
        heading = f" “{one.heading}”" if one.heading else ""
        found.append(f"Lembar “{table.sheet}” kolom {one.letter}{heading} tidak diambil.")
    if any(one.is_kept and not is_sure(one) for one in table.columns):
        found.append(f"Lembar “{table.sheet}”: ada kolom yang perlu dipastikan.")
    return found
