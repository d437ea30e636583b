"""A read-only table over ids: rows are fetched in pages, when they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desmigratif_desktop.ui.theme import Tone

PAGE = 100
KEEP_PAGES = 20
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
ID_ROLE = Qt.ItemDataRole.UserRole + 2
_NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class CellKind(Enum):
    """How a cell is painted."""

    TEXT = "text"
    STRONG = "strong"
    NAME = "name"
    TWO_LINES = "two_lines"
    MASKED = "masked"
    BADGE = "badge"
    METER = "meter"
    NUMBER = "number"
    MONEY = "money"
    ACTION = "action"
    MARK = "mark"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: first line; the words of a badge or action; the letter of a mark.
        kind: how it is painted.
        under: second line.
        tone: colours of a badge, mark or warning text; None for the usual.
        hits: ranges (start, length) in `text` with the search hit behind the letters.
        done: filled blocks of a meter, percent of a share.
        total: blocks of a meter, threshold percent of a share.
        icon: icon name in a badge or mark.
    """

    text: str = ""
    kind: CellKind = CellKind.TEXT
    under: str = ""
    tone: Tone | None = None
    hits: tuple[tuple[int, int], ...] = ()
    done: int = 0
    total: int = 0
    icon: str = ""

    def spoken(self) -> str:
        """The cell in words, for screen readers."""
        first = f"{self.done}/{self.total}" if self.kind is CellKind.METER else self.text
        return f"{first}, {self.under}" if self.under else first


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: identifier, sent when the head is pressed to sort.
        title: words of the head.
        width: logical pixels; 0 stretches.
        right: numbers stand at the right.
        sortable: the head can be pressed.
    """

    key: str
    title: str
    width: int = 0
    right: bool = False
    sortable: bool = True


Row = tuple[Cell, ...]


class RecordTableModel(QAbstractTableModel):
    """Columns over an array of ids.

    Args:
        columns: from left to right.
        fetch: called with ids and a function that takes (rows by id); it may answer at
            once or later, from the GUI thread. Rows not here yet are painted as bones.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Callable[[tuple[bytes, ...], Callable[[dict[bytes, Row]], None]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids: tuple[bytes, ...] = ()
        self._pages: OrderedDict[int, dict[bytes, Row]] = OrderedDict()
        self._asked: set[int] = set()
        self._turn = 0

    @property
    def ids(self) -> tuple[bytes, ...]:
        """The ids in display order."""
        return self._ids

    def set_ids(self, ids: Sequence[bytes]) -> None:
        """Show other records."""
        self.beginResetModel()
        self._ids = tuple(ids)
        self._forget()
        self.endResetModel()

    def refresh(self) -> None:
        """Fetch the shown rows again; selection and scroll stay."""
        self._forget()
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()
        self._turn += 1

    def row_of(self, record: bytes) -> int:
        """Row of an id; -1 when it is not shown."""
        try:
            return self._ids.index(record)
        except ValueError:
            return -1

    def id_at(self, row: int) -> bytes | None:
        """Id of a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Number of records."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell; None while its page is on the way."""
        if not 0 <= row < len(self._ids):
            return None
        page = row // PAGE
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            rows = self._pages.get(page)
            if rows is None:
                return None
        else:
            self._pages.move_to_end(page)
        whole = rows.get(self._ids[row])
        return whole[column] if whole is not None and column < len(whole) else Cell()

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        turn = self._turn
        wanted = self._ids[page * PAGE : (page + 1) * PAGE]
        self._fetch(wanted, lambda rows: self._take(turn, page, rows))

    def _take(self, turn: int, page: int, rows: dict[bytes, Row]) -> None:
        if turn != self._turn:
            return
        self._pages[page] = rows
        self._asked.discard(page)
        while len(self._pages) > KEEP_PAGES:
            self._pages.popitem(last=False)
        last = min((page + 1) * PAGE, len(self._ids)) - 1
        first_cell, last_cell = self.index(page * PAGE, 0), self.index(last, self.columnCount() - 1)
        self.dataChanged.emit(first_cell, last_cell)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell object for the delegate, words for screen readers."""
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role not in (
            CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole,
        ):  # fmt: skip
            return None
        cell = self.cell(index.row(), index.column())
        if role == CELL_ROLE:
            return cell
        return cell.spoken() if cell is not None else ""

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Words of the heads."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None
