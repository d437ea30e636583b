"""The rows of a roster as people: values, roles, and every cell that needs a word.

A row becomes a person, or is refused with a cell and a sentence, or is a line that is
no person (a title, a sum, a signature), which is told as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.foundation.ids import from_text
from desmigratif_desktop.people.imports import found as kinds
from desmigratif_desktop.people.imports.blocks import Context
from desmigratif_desktop.people.imports.contents import can_be
from desmigratif_desktop.people.imports.convert import Converter
from desmigratif_desktop.people.imports.grid import Grid, is_column_numbers, is_empty, text_of
from desmigratif_desktop.people.imports.headings import HEAD_NAME
from desmigratif_desktop.people.imports.homes import find_homes
from desmigratif_desktop.people.imports.mapping import PRIA_WANITA
from desmigratif_desktop.people.imports.values import (
    CellProblem,
    LeftLine,
    Progress,
    cell_name,
    column_name,
)
from desmigratif_desktop.people.rules import ROLES, check_across

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desmigratif_desktop.people.imports.found import Recognised, TableFound
    from desmigratif_desktop.people.imports.values import Book, Cell
    from desmigratif_desktop.people.values import FieldValue

MERGED_DOWN: Final = frozenset(
    {"no_kk", "address", "dusun", "rt", "rw", "rt_rw", "rw_rt", HEAD_NAME}
)
"""Fields that a cell merged over several members gives to each of them."""

IDENTIFYING: Final = frozenset({
    "nik", "no_kk", "sex", PRIA_WANITA, "birth_date", "birth", "household_relation", "uid",
})  # fmt: skip
Taken = tuple[int, str, "Cell", str]
"""Column, field, cell and its text."""

_LETTER = re.compile(r"[^\W\d_]")
_NO_PERSON = re.compile(
    r"(?:jumlah|total|halaman|hal\.|mengetahui|catatan|keterangan|sumber|dicetak|tanggal cetak|"
    r"kepala desa|sekretaris desa|lurah|kuwu|petugas|ketua rt|ketua rw|camat|a\.?n\.? )",
    re.IGNORECASE,
)
_TELL_EVERY: Final = 500
_WIDE: Final = 4
_STRAY: Final = 2


@dataclass(slots=True)
class RowRead:
    """One row taken for a person.

    Attributes:
        table: number of the table; sheet, row: where it stands (row counted from 1).
        values: canonical values by field, `no_kk` included; only what the file gives.
        cells: where each value came from: letters of its column, or a whole address when
            it came from another row; `cell_of` gives the address.
        problems: what is said about its cells.
        uid: the id an own export carries; roles: its roles.
        is_refused: it cannot come in.
        shown: the name as written, for lists.
    """

    table: int
    sheet: str
    row: int
    values: dict[str, FieldValue] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    uid: bytes | None = None
    roles: tuple[str, ...] = ()
    is_refused: bool = False
    shown: str = ""

    @property
    def key(self) -> tuple[int, int]:
        """What a choice of the officer names this row by: (table, row)."""
        return self.table, self.row

    def cell_of(self, name: str) -> str:
        """The address of the cell that gave a field; the name's where none did."""
        found = self.cells.get(name) or self.cells.get("name") or "A"
        return found if found[-1:].isdigit() else f"{found}{self.row}"

    def say(
        self, cell: str, name: str, code: str, sentence: str, *, is_note: bool, shown: str = ""
    ) -> None:
        """Note something about a cell of this row."""
        self.problems.append(
            CellProblem(self.sheet, cell, self.row, name, code, sentence, is_note, shown)
        )


@dataclass(slots=True)
class RowsRead:
    """Everything the people tables gave.

    Attributes:
        rows: people and refused rows, in reading order.
        left: filled lines that are no people.
    """

    rows: list[RowRead] = field(default_factory=list)
    left: list[LeftLine] = field(default_factory=list)


def read_rows(
    book: Book, found: Recognised, today: date, progress: Progress | None = None
) -> RowsRead:
    """Read the people of all tables.

    Args:
        book: the file.
        found: its tables, as confirmed.
        today: of the post.
        progress: hears how far it is, and may stop.

    Raises:
        CancelledError: it was stopped.
    """
    read = RowsRead()
    watch = progress or Progress()
    total = sum(one.last_row - one.first_row + 1 for one in found.tables)
    for number, table in enumerate(found.tables):
        if table.column_of("name") is None:
            continue
        rows: list[RowRead] = []
        for one in _TableReader(book, table, number, today, read.left).rows():
            rows.append(one)
            if len(rows) % _TELL_EVERY == 0:
                watch.tell("membaca", len(read.rows) + len(rows), total)
                watch.stop_if_cancelled()
        if table.kind != kinds.OWN:
            find_homes(rows)
        for one in rows:
            _check_whole(one, today)
        read.rows += rows
    return read


def _check_whole(row: RowRead, today: date) -> None:
    """Warnings across the fields of one person, each at its cell."""
    for one in check_across(row.values, set(row.values), today):
        row.say(row.cell_of(one.field), one.field, one.code, one.message, is_note=True)


class _TableReader:
    """Walks the rows of one table with the household and section lines above them."""

    def __init__(
        self, book: Book, table: TableFound, number: int, today: date, left: list[LeftLine]
    ) -> None:
        self._grid = Grid(book.sheets[table.index])
        self._table = table
        self._number = number
        self._left = left
        self._heads = frozenset(table.head_rows)
        self._columns = [(one.column, one.field) for one in table.columns if one.is_kept]
        self._letters = {column: column_name(column) for column, _ in self._columns}
        self._name = next(c for c, name in self._columns if name == "name")
        self._convert = Converter(table.kind, today, is_1904=book.is_1904, order=table.date_order)
        self._context = Context(self._convert, table.sheet)
        self._is_own = table.kind == kinds.OWN
        self._told: set[str] = set()
        self._last: dict[str, str] = {}

    def rows(self) -> Iterator[RowRead]:
        """The people, top to bottom."""
        table = self._table
        self._read_above()
        filled_down = "" if self._is_own else self._fill_down()
        last: tuple[FieldValue, str] | None = None
        for row in range(table.first_row, min(table.last_row + 1, self._grid.height)):
            one = self._one(row)
            if one is None:
                continue
            if filled_down:
                last = self._carry_card(one, last)
            yield one

    def _read_above(self) -> None:
        """Lines of labels over the table hold for all of it."""
        first = min(self._heads, default=self._table.first_row)
        for row in range(max(first - 40, 0), first):
            if row not in self._heads and self._grid.filled(row):
                self._context.take(self._grid, row)

    def _one(self, row: int) -> RowRead | None:
        if row in self._heads or not self._grid.sheet.rows[row]:
            return None
        cells = self._cells(row)
        if not self._is_own and self._is_no_person(row, cells):
            return None
        self._context.end_of_lines()
        if not cells:
            return None
        one = RowRead(self._number, self._table.sheet, row + 1)
        for taken in cells:
            self._take(one, row, taken)
        if not self._is_own:
            self._context.give(one)
        self._judge(one, row, cells)
        one.cells = self._shared(one.cells)
        return one

    def _shared(self, cells: dict[str, str]) -> dict[str, str]:
        """Most rows fill the same columns: they keep one answer between them."""
        if cells != self._last:
            self._last = cells
        return self._last

    def _cells(self, row: int) -> list[Taken]:
        found: list[Taken] = []
        cells, texts = self._grid.sheet.rows[row], self._grid.texts(row)
        for column, name in self._columns:
            cell = cells[column] if column < len(cells) else None
            if cell is None and name in MERGED_DOWN:
                home = self._grid.home(row, column)
                cell = self._grid.sheet.cell(*home) if home[0] != row else None
                if cell is None or home[0] < self._table.first_row:
                    continue
            if cell is None:
                continue
            text = texts[column] if column < len(texts) else ""
            text = text or text_of(cell)
            if self._is_own or not is_empty(text):
                found.append((column, name, cell, text))
        return found

    def _is_no_person(self, row: int, cells: list[Taken]) -> bool:
        """Counting rows, label lines, section lines, sums and signatures."""
        if is_column_numbers(self._grid, row):
            return True
        own = [one for one in cells if self._grid.sheet.cell(row, one[0]) is not None]
        name = self._grid.text(row, self._name)
        evidence = sum(
            about in IDENTIFYING and can_be(about, cell, text) for _, about, cell, text in own
        )
        if self._context.take(self._grid, row, evidence=evidence if name else 0):
            return True
        if not own:
            self._leave(row, is_counted=bool(cells))
            return not cells or not name
        if name and _LETTER.search(name):
            is_line = bool(_NO_PERSON.match(name)) and not evidence
        else:
            is_line = len(own) < _STRAY and not evidence
        if is_line:
            self._leave(row, is_counted=False)
        return is_line

    def _leave(self, row: int, *, is_counted: bool) -> None:
        filled = self._grid.filled(row)
        words = [
            text for c, text in filled if self._table.left <= c <= self._table.right
            and not re.fullmatch(r"[0-9.\- ]*", text)
        ]  # fmt: skip
        if words and not is_counted:
            self._left.append(LeftLine(self._table.sheet, row + 1, " ".join(words)[:200]))

    def _take(self, one: RowRead, row: int, taken: Taken) -> None:
        column, name, cell, text = taken
        letters = self._letters[column]
        address = f"{letters}{row + 1}"
        if name in {"uid", "roles"}:
            self._take_mark(one, address, name, text)
            return
        if name == HEAD_NAME:
            one.cells[HEAD_NAME] = text
            return
        values, said = self._convert.read(name, cell, text)
        for key, value in values.items():
            if one.values.get(key) is None:
                one.values[key] = value
                one.cells[key] = letters
        for about, code, sentence, is_note in said:
            one.say(address, about, code, sentence, is_note=is_note, shown=text[:100])

    def _take_mark(self, one: RowRead, address: str, name: str, text: str) -> None:
        if name == "roles":
            roles = [role for role in text.split("|") if role]
            for role in roles:
                if role not in ROLES:
                    one.say(address, "roles", "role_unknown", f"Peran “{role}” tidak dikenal.",
                            is_note=False, shown=text)  # fmt: skip
            one.roles = tuple(role for role in roles if role in ROLES)
            return
        try:
            one.uid = from_text(text)
        except InputError:
            one.say(address, "uid", "uid_shape", "Nomor data ini tidak utuh; warga dikenali dari "
                    "isian lain.", is_note=True, shown=text)  # fmt: skip

    def _judge(self, one: RowRead, row: int, cells: list[Taken]) -> None:
        """Refuse what cannot be a person, with the name's cell."""
        address = cell_name(row, self._name)
        given = self._grid.text(row, self._name)
        one.shown = str(one.values.get("name") or given)
        one.cells.setdefault("name", self._letters[self._name])
        if not given:
            self._refuse(one, address, "name_empty", "Nama pada baris ini kosong.")
        elif not _LETTER.search(given):
            self._refuse(one, address, "name_letters", "Nama pada baris ini tidak memuat huruf.")
        elif not one.values.get("name"):
            one.is_refused = True
        elif self._is_bare(row, cells):
            sentence = "Baris ini hanya memuat sebuah nama tanpa isian lain."
            self._refuse(one, address, "row_only_name", sentence)

    def _is_bare(self, row: int, cells: list[Taken]) -> bool:
        """Whether a name stands alone in a wide table: a signature, or somebody forgotten."""
        is_alone = len(cells) == 1 and len(self._columns) >= _WIDE
        return is_alone and not self._is_own and not self._is_numbered(row)

    def _is_numbered(self, row: int) -> bool:
        numbers = [one.column for one in self._table.columns if one.field == "number"]
        return any(self._grid.text(row, column) for column in numbers)

    def _refuse(self, one: RowRead, cell: str, code: str, sentence: str) -> None:
        one.is_refused = True
        one.say(cell, "name", code, sentence, is_note=False)

    def _fill_down(self) -> str:
        """The relation's column when only heads of households carry the No. KK; else ""."""
        card, relation = self._table.column_of("no_kk"), self._table.column_of("household_relation")
        if card is None or relation is None:
            return ""
        heads = others = open_heads = 0
        for row in range(self._table.first_row, min(self._table.last_row + 1, self._grid.height)):
            word = self._grid.text(row, relation)
            if not word or row in self._heads:
                continue
            values, _ = self._convert.read("household_relation", word, word)
            is_head = values.get("household_relation") == "kepala_keluarga"
            has_card = not is_empty(self._grid.shown(row, card))
            heads += is_head and has_card
            open_heads += is_head and not has_card
            others += not is_head and has_card
        return "household_relation" if heads and not others and not open_heads else ""

    def _carry_card(
        self, one: RowRead, last: tuple[FieldValue, str] | None
    ) -> tuple[FieldValue, str] | None:
        is_head = one.values.get("household_relation") == "kepala_keluarga"
        if is_head:
            card = one.values.get("no_kk")
            return (card, one.cell_of("no_kk")) if card else None
        if last and not one.values.get("no_kk"):
            one.values["no_kk"] = last[0]
            one.cells = {**one.cells, "no_kk": last[1]}
            if last[1] not in self._told:
                self._told.add(last[1])
                sentence = "Nomor KK ini juga dipakai untuk anggota keluarga di bawahnya."
                one.say(last[1], "no_kk", "no_kk_from_head", sentence, is_note=True)
        return last
