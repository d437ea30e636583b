"""Headings and values together: what each column of a table holds, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.identity import check_nik, explain_nik, ungroup_nik
from desmigratif_desktop.people.fields import BY_NAME
from desmigratif_desktop.people.imports.contents import AGREES, BY_CONTENT, FEWEST, SAMPLE, Values
from desmigratif_desktop.people.imports.contents import guess as guess_by_values
from desmigratif_desktop.people.imports.dates import can_be_month_first, read_date
from desmigratif_desktop.people.imports.found import ColumnFound
from desmigratif_desktop.people.imports.grid import Grid, is_column_numbers, is_empty, text_of
from desmigratif_desktop.people.imports.headings import SKIPPED, SURE, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desmigratif_desktop.people.imports.bands import Band
    from desmigratif_desktop.people.imports.values import Cell

SHOWN: Final = 3
LONGEST_SHOWN: Final = 40
_ONLY_ONCE: Final = frozenset({*BY_NAME, "birth", "rt_rw", "rw_rt", "uid", "roles", "head_name"})


def values_of(grid: Grid, rows: Iterable[int], columns: Sequence[int]) -> dict[int, Values]:
    """The filled cells of each column below the headings."""
    found: dict[int, list[Cell]] = {column: [] for column in columns}
    filled = dict.fromkeys(columns, 0)
    for row in rows:
        cells, texts = grid.sheet.rows[row], grid.texts(row)
        width = len(cells)
        for column in columns:
            if column >= width or not (text := texts[column]) or is_empty(text):
                continue
            cell = cells[column]
            filled[column] += 1
            if len(found[column]) < SAMPLE:
                found[column].append(cell)
    return {column: Values(found[column], filled[column]) for column in columns}


def data_rows(grid: Grid, first: int, last: int, heads: frozenset[int]) -> list[int]:
    """The rows between headings that may hold people, counting rows left out."""
    return [
        row
        for row in range(first, last + 1)
        if row not in heads and grid.sheet.rows[row] and not is_column_numbers(grid, row)
    ]


def columns_of(
    band: Band | None, columns: Sequence[int], values: dict[int, Values]
) -> list[ColumnFound]:
    """Name every column of a table.

    Args:
        band: the headings; None when there are none.
        columns: the table's columns.
        values: their values.
    """
    found: dict[int, ColumnFound] = {}
    taken: set[str] = set()
    for column in columns:
        one = _by_heading(band, column, values[column], taken)
        if one is not None:
            found[column] = one
            if one.field in _ONLY_ONCE and one.confidence >= AGREES:
                taken.add(one.field)
    for column in columns:
        if column in found or not values[column].filled:
            continue
        found[column] = _by_values(band, column, values[column], taken)
        if found[column].field in _ONLY_ONCE:
            taken.add(found[column].field)
    return [found[column] for column in sorted(found)]


def _by_heading(
    band: Band | None, column: int, values: Values, taken: set[str]
) -> ColumnFound | None:
    heading = band.texts.get(column, "") if band else ""
    matches = band.matches.get(column, ()) if band else ()
    if not matches:
        return None
    ranked = sorted(matches, key=lambda one: (-round(values.share(one[0]), 1), -one[1]))
    open_ = [one for one in ranked if one[0] not in taken] or ranked
    field, score = open_[0]
    if not values.filled:
        return ColumnFound(column, heading, field, score, f"Judulnya “{heading}”; kolomnya kosong.")
    share = values.share(field)
    if field in SKIPPED and values.is_sixteen:
        return None
    if share < AGREES and (len(values.cells) >= FEWEST or share == 0) and field in BY_NAME:
        return _contradicted(column, heading, field, values, taken)
    how = "sama dengan" if score >= 0.9 else "mirip"  # noqa: PLR2004 - exact or fuzzy
    reason = f"Judul “{heading}” {how} “{label_of(field)}”."
    return _found(column, heading, field, score, reason, values)


def _contradicted(
    column: int, heading: str, field: str, values: Values, taken: set[str]
) -> ColumnFound:
    """A heading that its values deny: the values may know better, and the officer decides."""
    instead = guess_by_values(values, frozenset(taken))
    label = label_of(field).lower()
    if field == "life_status" and instead and instead[1] >= SURE:
        return _found(column, heading, *instead, values)
    reason = f"Judulnya “{heading}”, tetapi isinya tidak seperti {label}."
    return _found(column, heading, instead[0] if instead else field, 0.4, reason, values)


def _by_values(band: Band | None, column: int, values: Values, taken: set[str]) -> ColumnFound:
    heading = band.texts.get(column, "") if band else ""
    named = guess_by_values(values, frozenset(taken))
    if named is None:
        reason = f"Judul “{heading}” tidak dikenal." if heading else "Kolom ini tidak berjudul."
        return _found(column, heading, "", 0.0, reason, values)
    return _found(column, heading, *named, values)


def _found(  # noqa: PLR0917 - a record's fields in their order
    column: int, heading: str, field: str, confidence: float, reason: str, values: Values
) -> ColumnFound:
    samples = tuple(dict.fromkeys(text[:LONGEST_SHOWN] for text in values.texts))[:SHOWN]
    return ColumnFound(column, heading, field, confidence, reason, samples, values.filled)


def agree_with_nik(nik: list[str], dates: list[Cell], order: str) -> tuple[int, int]:
    """How many dates are those of their NIK, and how many could be compared."""
    same = compared = 0
    for number, cell in zip(nik, dates, strict=True):
        digits = ungroup_nik(number.lstrip("'`’"))
        read = read_date(cell, order=order)
        if read.value is None or len(read.value) < 10 or check_nik(digits):  # noqa: PLR2004 - a day
            continue
        told = explain_nik(digits, read.value)
        compared += 1
        same += read.value[5:] == f"{told.month:02}-{told.birth_day:02}"
    return same, compared


def date_order(grid: Grid, rows: Sequence[int], columns: Sequence[ColumnFound]) -> tuple[str, bool]:
    """Whether texts of numbers put the day first, and whether that is sure.

    The dates themselves tell (no month has 25 days), and the NIK beside them.
    """
    place = next((one.column for one in columns if one.field in {"birth_date", "birth"}), None)
    if place is None:
        return "dmy", True
    beside = next((one.column for one in columns if one.field == "nik"), None)
    cells = [grid.sheet.cell(row, place) for row in rows[: SAMPLE * 2]]
    texts = [text_of(one).rsplit(",", 1)[-1].strip() for one in cells if isinstance(one, str)]
    kinds = [can_be_month_first(one) for one in texts]
    if True not in kinds:
        return "dmy", True
    if False not in kinds:
        return "mdy", True
    if beside is not None:
        niks = [grid.text(row, beside) for row in rows[: SAMPLE * 2]]
        day_first = agree_with_nik(niks, cells, "dmy")
        month_first = agree_with_nik(niks, cells, "mdy")
        if day_first[0] >= 3 * max(month_first[0], 1):
            return "dmy", True
        if month_first[0] >= 3 * max(day_first[0], 1):
            return "mdy", True
    return "dmy", kinds.count(False) >= 9 * kinds.count(True)


def confirm_by_nik(
    grid: Grid, rows: Sequence[int], columns: list[ColumnFound]
) -> list[ColumnFound]:
    """Raise what values only suggested, where NIK and birth date prove each other.

    Sixteen digits whose middle is the birth date beside them are a NIK; a date that most
    NIKs carry is the birth date.
    """
    by_field = {one.field: one for one in columns}
    nik, born = by_field.get("nik"), by_field.get("birth_date")
    if nik is None or born is None or min(nik.confidence, born.confidence) >= SURE:
        return columns
    sample = list(rows[:SAMPLE])
    numbers = [grid.text(row, nik.column) for row in sample]
    days = [grid.sheet.cell(row, born.column) for row in sample]
    same, compared = agree_with_nik(numbers, days, "dmy")
    if compared < FEWEST or same < 0.6 * compared:
        return columns
    reason = "Tanggal lahir dan NIK saling cocok."
    return [
        ColumnFound(one.column, one.heading, one.field, max(one.confidence, BY_CONTENT), reason,
                    one.samples, one.filled)
        if one.column in {nik.column, born.column} else one
        for one in columns
    ]  # fmt: skip
