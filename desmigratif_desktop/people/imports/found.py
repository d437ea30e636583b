"""What recognition says of a sheet: tables, columns with reasons, open questions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.people.imports.headings import SKIPPED, SURE
from desmigratif_desktop.people.imports.values import cell_name, column_name

if TYPE_CHECKING:
    from desmigratif_desktop.people.imports.values import LeftLine

OWN: Final = "own"
OPENSID: Final = "opensid"
SIAK: Final = "siak"
BIP: Final = "bip"
FREE: Final = "free"
KIND_LABELS: Final = {
    OWN: "ekspor program ini", OPENSID: "lembar penduduk OpenSID", SIAK: "ekspor SIAK",
    BIP: "Buku Induk Penduduk", FREE: "lembar buatan petugas",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """One column of a table.

    Attributes:
        column: counted from 0.
        heading: what stands over it; empty without a heading.
        field: what it holds, "" when nobody knows.
        confidence: 0 to 1; below `SURE` it is asked.
        reason: why, one sentence for the mapping screen.
        samples: some of its values.
        filled: how many rows fill it.
    """

    column: int
    heading: str
    field: str
    confidence: float
    reason: str
    samples: tuple[str, ...] = ()
    filled: int = 0

    @property
    def letter(self) -> str:
        """The column's letters."""
        return column_name(self.column)

    @property
    def is_kept(self) -> bool:
        """Whether the column feeds a field."""
        return bool(self.field) and self.field not in SKIPPED


@dataclass(frozen=True, slots=True)
class Question:
    """What the program will not guess.

    Attributes:
        code: "no_name", "unsure", "disagree", "twice", "sixteen", "date_order", "sex_letters".
        sentence: the question in one sentence.
        table: number of the table.
        column: the column asked about; None = the whole table.
        choices: fields that may answer, likeliest first; or "dmy", "mdy".
    """

    code: str
    sentence: str
    table: int
    column: int | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table of people in a sheet.

    Attributes:
        sheet: name of the sheet; index its place in the book.
        kind: "own", "opensid", "siak", "bip" or "free".
        head_rows: rows of headings, all of their repetitions.
        first_row, last_row: where people may stand, both included.
        columns: every filled column of the table.
        left, right: columns of the table, both included.
        signature: the headings in one text; a remembered mapping belongs to it.
        date_order: "dmy" or "mdy".
    """

    sheet: str
    index: int
    kind: str
    head_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[ColumnFound, ...]
    left: int
    right: int
    signature: str
    date_order: str = "dmy"

    @property
    def head_cell(self) -> str:
        """The cell where the table's headings begin, "A7"."""
        return cell_name(self.head_rows[0] if self.head_rows else self.first_row, self.left)

    def column_of(self, name: str) -> int | None:
        """The column that holds a field; None without one."""
        return next((one.column for one in self.columns if one.field == name), None)

    def with_columns(self, columns: tuple[ColumnFound, ...]) -> TableFound:
        """The same table, otherwise read."""
        return replace(self, columns=columns)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a book was recognised to be.

    Attributes:
        tables: the tables of people.
        questions: what must be answered before anything is taken in.
        notes: sentences worth a look; nothing is asked.
        left: filled lines outside of all tables.
    """

    tables: tuple[TableFound, ...]
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    left: tuple[LeftLine, ...] = field(default=())

    @property
    def is_sure(self) -> bool:
        """Whether nothing has to be asked."""
        return bool(self.tables) and not self.questions

    @property
    def kind_label(self) -> str:
        """What the file is, in words."""
        kinds = dict.fromkeys(one.kind for one in self.tables)
        return ", ".join(KIND_LABELS[one] for one in kinds)


def is_sure(column: ColumnFound) -> bool:
    """Whether a column is taken without a question."""
    return not column.is_kept or column.confidence >= SURE
