"""The table widget: rows as one thing, heads that sort, Enter opens, letters jump."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.painting import LEFT, RIGHT, hairline, text
from desmigratif_desktop.ui.table_delegate import SHEET_PADDING, CellDelegate
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
    from PySide6.QtGui import QKeyEvent

    from desmigratif_desktop.ui.table_model import RecordTableModel

    Index = QModelIndex | QPersistentModelIndex

HEAD = 36


class _Head(QHeaderView):
    """Heads in 12/600 with a small arrow on the sorted one."""

    def __init__(self, model: RecordTableModel, first: int, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model, self._first = model, first
        self.sorted_key, self.falling = "", False
        self.setFixedHeight(HEAD)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("")

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(rect.adjusted(0, 0, 1, 0), QColor(Hue.SURFACE))
        hairline(painter, rect.left(), rect.bottom(), rect.right() + 2, Hue.HAIR_2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = self._model.columns[logicalIndex]
        left = self._first if logicalIndex == 0 else 0
        area = QRectF(rect).adjusted(left, 0, -10, 0)
        here = column.key == self.sorted_key
        colour = Hue.INK if here else Hue.INK_3
        used = text(
            painter, area, column.title, font(12, 600), colour, RIGHT if column.right else LEFT
        )
        if here and not column.right:
            name = "sort_down" if self.falling else "sort_up"
            draw_icon(painter, name, Hue.INK_2, area.left() + used + 2, area.center().y() - 8, 16)
        painter.restore()


class RecordTable(QTableView):
    """A table over a `RecordTableModel`.

    Args:
        model: rows and columns.
        row_height: 44 by default.
        first_padding: distance of the first column from the left edge.
        cell_focus: move between cells instead of rows (attendance).

    Signals:
        opened(bytes): Enter or a double press on a row.
        picked(bytes): another row is the current one.
        sorted_by(str, bool): a head was pressed: key of the column, falling.
        key_pressed(str): a letter in a table with cells, for quick marks.
    """

    opened = Signal(bytes)
    picked = Signal(bytes)
    sorted_by = Signal(str, bool)
    key_pressed = Signal(str)

    def __init__(
        self,
        model: RecordTableModel,
        *,
        row_height: int = 44,
        first_padding: int = SHEET_PADDING,
        cell_focus: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._records = model
        self._cell_focus = cell_focus
        self.setModel(model)
        delegate = CellDelegate(row_height, first_padding, cell_focus=cell_focus, parent=self)
        self.setItemDelegate(delegate)
        self._head = _Head(model, first_padding, self)
        self.setHorizontalHeader(self._head)
        self._head.sectionClicked.connect(self._on_head)
        self._dress(row_height)
        self._set_widths(first_padding)
        self.doubleClicked.connect(self._on_double)

    def _dress(self, row_height: int) -> None:
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(
            behaviour.SelectItems if self._cell_focus else behaviour.SelectRows
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setCornerButtonEnabled(False)
        down = self.verticalHeader()
        down.hide()
        down.setMinimumSectionSize(24)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(row_height)

    def _set_widths(self, first_padding: int) -> None:
        self._head.setMinimumSectionSize(36)
        for place, column in enumerate(self._records.columns):
            if column.width:
                extra = first_padding if place == 0 else 0
                self._head.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                self._head.resizeSection(place, column.width + extra)
            else:
                self._head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def current_id(self) -> bytes | None:
        """Id of the current row."""
        return self._records.id_at(self.currentIndex().row())

    def select_id(self, record: bytes | None) -> None:
        """Make a record the current row; the first one when it is gone."""
        row = self._records.row_of(record) if record is not None else -1
        if row < 0 and self._records.rowCount():
            row = 0
        if row >= 0:
            self.setCurrentIndex(self._records.index(row, max(self.currentIndex().column(), 0)))

    def show_sorting(self, key: str, *, falling: bool) -> None:
        """Put the arrow on a head without a signal."""
        self._head.sorted_key, self._head.falling = key, falling
        self._head.viewport().update()

    def _on_head(self, place: int) -> None:
        column = self._records.columns[place]
        if not column.sortable:
            return
        falling = not self._head.falling if self._head.sorted_key == column.key else False
        self.show_sorting(column.key, falling=falling)
        self.sorted_by.emit(column.key, falling)

    def _on_double(self, index: QModelIndex) -> None:
        record = self._records.id_at(index.row())
        if record is not None:
            self.opened.emit(record)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is the current one."""
        super().currentChanged(current, previous)
        record = self._records.id_at(current.row())
        if record is not None and current.row() != previous.row():
            self.picked.emit(record)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Home and End go to the ends; letters mark cells."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return
            record = self.current_id()
            if record is not None:
                self.opened.emit(record)
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not self._cell_focus:
            count = self._records.rowCount()
            row = 0 if event.key() == Qt.Key.Key_Home else count - 1
            if count:
                self.setCurrentIndex(self._records.index(row, 0))
            return
        if self._cell_focus and event.text().isalpha() and not event.modifiers():
            self.key_pressed.emit(event.text().upper())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Jump by the first letters of the first column, among the rows already here."""
        start = self.currentIndex().row()
        count = self._records.rowCount()
        low = search.casefold()
        for step in range(min(count, 400)):
            row = (start + (0 if len(search) > 1 else 1) + step) % count
            cell = self._records.cell(row, 0)
            if cell is not None and cell.text.casefold().startswith(low):
                self.setCurrentIndex(self._records.index(row, 0))
                return
