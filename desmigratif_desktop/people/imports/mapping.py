"""What an officer decided about a roster's columns, remembered by its headings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.people.fields import BY_NAME
from desmigratif_desktop.people.imports.headings import (
    BIRTH,
    HEAD_NAME,
    SKIPPED,
    SURE,
    label_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from sqlalchemy.orm import Session

    from desmigratif_desktop.people.imports.found import ColumnFound, Recognised, TableFound
    from desmigratif_desktop.records.engine import Store

PRIA_WANITA: Final = "pria_wanita"
TARGETS: Final = frozenset({
    *BY_NAME, BIRTH, HEAD_NAME, "rt_rw", "rw_rt", "uid", "roles", PRIA_WANITA, "", *SKIPPED,
})  # fmt: skip
"""What a column may be mapped to; "" leaves it out."""

ORDERS: Final = ("dmy", "mdy")
_FACT: Final = "import_mapping/"


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Which column of one table feeds which field.

    Attributes:
        columns: column -> field, or "" to leave it out.
        date_order: "dmy" or "mdy".
        is_taken: whether the table is imported at all.
    """

    columns: Table[int, str]
    date_order: str = "dmy"
    is_taken: bool = True


@dataclass(frozen=True, slots=True)
class Mapping:
    """The decisions for a whole book, one a table, in the order of `Recognised.tables`.

    Attributes:
        is_confirmed: an officer looked at it (or remembered it): questions are answered.
    """

    tables: tuple[TableMapping, ...]
    is_confirmed: bool = field(default=False)


def propose(found: Recognised) -> Mapping:
    """The mapping that recognition alone would use."""
    return Mapping(tuple(
        TableMapping({one.column: one.field for one in table.columns}, table.date_order)
        for table in found.tables
    ))  # fmt: skip


def check(mapping: Mapping, found: Recognised) -> None:
    """Refuse a mapping that cannot be followed.

    Raises:
        InputError: a field twice, no name, an unknown field or column.
    """
    problems: list[FieldProblem] = []
    if len(mapping.tables) != len(found.tables):
        raise InputError((FieldProblem("", "mapping_tables", "Pemetaan ini untuk berkas lain."),))
    for one, table in zip(mapping.tables, found.tables, strict=True):
        if not one.is_taken:
            continue
        fields = [name for name in one.columns.values() if name and name not in SKIPPED]
        names = {"sex" if name == PRIA_WANITA else name for name in fields}
        problems += [
            FieldProblem(name, "field_unknown", f"Isian {name} tidak dikenal.")
            for name in sorted(set(one.columns.values()) - TARGETS)
        ]
        if one.date_order not in ORDERS:
            problems.append(FieldProblem("", "date_order", "Urutan tanggal harus dmy atau mdy."))
        if len(names) < len(fields):
            twice = next(name for name in fields if fields.count(name) > 1 or name == PRIA_WANITA)
            sentence = f"{label_of(twice)} dipilih untuk dua kolom pada lembar “{table.sheet}”."
            problems.append(FieldProblem(twice, "field_twice", sentence))
        if "name" not in names:
            sentence = f"Kolom nama pada lembar “{table.sheet}” belum dipilih."
            problems.append(FieldProblem("name", "no_name", sentence))
    if problems:
        raise InputError(tuple(problems))


def apply_to(found: Recognised, mapping: Mapping) -> Recognised:
    """What was recognised, read the officer's way; no question and no unwanted table is left."""
    tables = []
    for one, table in zip(mapping.tables, found.tables, strict=True):
        if not one.is_taken:
            continue
        columns = tuple(_told(column, one) for column in table.columns)
        tables.append(replace(table, columns=columns, date_order=one.date_order))
    return replace(found, tables=tuple(tables), questions=())


def _told(column: ColumnFound, mapping: TableMapping) -> ColumnFound:
    chosen = mapping.columns.get(column.column, "")
    if chosen == column.field and column.confidence >= SURE:
        return column
    return replace(column, field=chosen, confidence=1.0, reason="Ditentukan petugas.")


def read_mapping(text: str, found: Recognised) -> Mapping:
    """Read a mapping from JSON: `{"tables": [{"columns": {"B": "name"}, "date_order": "dmy"}]}`.

    Columns that are not named keep what was recognised, where that is sure.

    Raises:
        InputError: not such a JSON, or it cannot be followed.
    """
    try:
        given = json.loads(text)
        raw = given["tables"]
        pairs = list(zip(raw, found.tables, strict=True))
        tables = tuple(_read_table(one, table) for one, table in pairs)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sentence = 'Pemetaan harus JSON {"tables": [{"columns": {"B": "name"}}]}, satu tiap tabel.'
        raise InputError((FieldProblem("", "mapping_shape", sentence),)) from None
    mapping = Mapping(tables, is_confirmed=True)
    check(mapping, found)
    return mapping


def _read_table(given: Any, table: TableFound) -> TableMapping:
    by_letter = {one.letter: one.column for one in table.columns}
    columns = {one.column: one.field if one.confidence >= SURE else "" for one in table.columns}
    for letter, name in given.get("columns", {}).items():
        columns[by_letter[letter.upper()]] = str(name)
    return TableMapping(
        columns, given.get("date_order", table.date_order), given.get("taken", True)
    )


def write_mapping(mapping: Mapping, found: Recognised) -> str:
    """The mapping as JSON, for `--mapping` and for looking at."""
    return json.dumps({"tables": [
        {"sheet": table.sheet, "head": table.head_cell, "date_order": one.date_order,
         "taken": one.is_taken,
         "columns": {column.letter: one.columns.get(column.column, "") for column in table.columns}}
        for one, table in zip(mapping.tables, found.tables, strict=True)
    ]}, ensure_ascii=False, indent=1)  # fmt: skip


def _key(found: Recognised) -> str:
    text = "\n".join(one.signature for one in found.tables)
    return _FACT + hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def remember(store: Store, found: Recognised, mapping: Mapping) -> None:
    """Keep a confirmed mapping for the next file with the same headings."""
    body = json.dumps([
        {"columns": {str(column): name for column, name in one.columns.items()},
         "date_order": one.date_order, "taken": one.is_taken}
        for one in mapping.tables
    ])  # fmt: skip
    with store.local_write() as session:
        session.execute(
            sa.text("INSERT OR REPLACE INTO fact(name, value) VALUES (:name, :value)"),
            {"name": _key(found), "value": body},
        )


def recall(session: Session, found: Recognised) -> Mapping | None:
    """The mapping that an officer confirmed for these headings; None when there is none.

    A remembered mapping that no longer fits is forgotten, never half used.
    """
    value = session.execute(
        sa.text("SELECT value FROM fact WHERE name=:name"), {"name": _key(found)}
    ).scalar()
    if value is None:
        return None
    try:
        mapping = Mapping(tuple(
            TableMapping({int(column): name for column, name in one["columns"].items()},
                         one["date_order"], one["taken"])
            for one in json.loads(value)
        ), is_confirmed=True)  # fmt: skip
        check(mapping, found)
    except (InputError, ValueError, KeyError, TypeError):
        return None
    return mapping
