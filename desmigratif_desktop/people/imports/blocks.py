"""Lines between people that hold for those below: household blocks, hamlets, units.

    No. KK : 3518…   Nama Kepala Keluarga : SUTRISNO   Alamat : …   RT/RW : 002/001
    DUSUN KRAJAN

Source: reference/domain.md §15 (BIP).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.people.imports.grid import (
    Grid,
    begins_with_label,
    is_section_line,
    labels_of,
    text_of,
)
from desmigratif_desktop.people.imports.headings import HEAD_NAME
from desmigratif_desktop.people.imports.values import cell_name

if TYPE_CHECKING:
    from desmigratif_desktop.people.imports.convert import Converter
    from desmigratif_desktop.people.imports.rows import RowRead
    from desmigratif_desktop.people.imports.values import Cell
    from desmigratif_desktop.people.values import FieldValue

HEAD: Final = "kepala_keluarga"
_FIELDS: Final = ("no_kk", "address", "dusun", "rt", "rw", "rt_rw", "rw_rt")
_FEW: Final = 2

Given = tuple["FieldValue", str]


class Context:
    """What the lines above say; a line with a No. KK begins a new household."""

    def __init__(self, convert: Converter, sheet: str) -> None:
        self._convert = convert
        self._sheet = sheet
        self._base: dict[str, Given] = {}
        self._block: dict[str, Given] = {}
        self._lines: dict[str, tuple[str, Cell]] = {}
        self._said: list[tuple[str, str, str, str]] = []

    def take(self, grid: Grid, row: int, *, evidence: int = 0) -> bool:
        """Take a line of labels or a section line.

        Args:
            grid: the sheet.
            row: the line.
            evidence: how many identifying cells it has as a person; with several it is one.

        Returns:
            Whether it was such a line.
        """
        filled = grid.filled(row)
        if not filled or evidence >= _FEW:
            return False
        if len(set(text for _, text in filled)) == 1 and (section := is_section_line(filled[0][1])):  # noqa: C401
            self._close()
            self._set(self._base, section[0], section[1], cell_name(row, filled[0][0]))
            self._block = {}
            return True
        labels = labels_of(grid, row)
        if not labels or not self._begins(grid, row, labels):
            return False
        for name, (column, text) in labels.items():
            whole = grid.sheet.cell(row, column)
            cell: Cell = whole if grid.text(row, column) == text else text
            self._lines[name] = (cell_name(row, column), cell)
        return True

    def _begins(self, grid: Grid, row: int, labels: dict[str, tuple[int, str]]) -> bool:
        """Whether labels make the line, and not an address that happens to hold a colon."""
        first = grid.filled(row)[0][1]
        return bool(begins_with_label(first)) or len(labels) * 2 >= len(grid.filled(row))

    def end_of_lines(self) -> None:
        """A person follows: what the lines said begins to hold."""
        if self._lines:
            self._close()

    def _close(self) -> None:
        lines, self._lines = self._lines, {}
        if not lines:
            return
        target = self._base
        if "no_kk" in lines or HEAD_NAME in lines:
            self._block, self._said = {}, []
            target = self._block
        elif self._block:
            target = self._block
        for name, (address, cell) in lines.items():
            if name == HEAD_NAME:
                target[HEAD_NAME] = (str(cell), address)
            elif name in _FIELDS:
                self._set(target, name, cell, address)

    def _set(self, target: dict[str, Given], name: str, cell: Cell, address: str) -> None:
        values, said = self._convert.read(name, cell, text_of(cell))
        for key, value in values.items():
            target[key] = (value, address)
        self._said += [(address, field, code, sentence) for field, code, sentence, _ in said]

    def give(self, row: RowRead) -> None:
        """Give a person what the lines above say and its own cells do not."""
        for name, (value, address) in {**self._base, **self._block}.items():
            if name != HEAD_NAME and row.values.get(name) is None:
                row.values[name] = value
                row.cells[name] = address
        for address, field, code, sentence in self._said:
            row.say(address, field, code, sentence, is_note=True)
        self._said = []
        head = row.cells.pop(HEAD_NAME, "") or str(self._block.get(HEAD_NAME, ("", ""))[0])
        if head and not row.values.get("household_relation") and _same(head, row):
            row.values["household_relation"] = HEAD
            row.cells["household_relation"] = row.cells.get("name", "A")


def _same(head: str, row: RowRead) -> bool:
    return " ".join(head.casefold().split()) == " ".join(
        str(row.values.get("name")).casefold().split()
    )
