"""A list page: search line, chips, count, table, peek panel, empty state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desmigratif_desktop.ui.cards import Hairline
from desmigratif_desktop.ui.empty_state import Drawing, EmptyState
from desmigratif_desktop.ui.fields import SearchField
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.page import Page
from desmigratif_desktop.ui.record_table import RecordTable
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent, QObject

    from desmigratif_desktop.ui.badges import Chip
    from desmigratif_desktop.ui.table_model import RecordTableModel

PEEK_WIDE = 300


class TablePage(Page):
    """A page around one table.

    Args:
        title: of the header.
        subtitle: of the header.
        model: rows and columns.
        search_hint: placeholder of the search line; empty for no line.
        chips: filters by key; `Alt 1` to `Alt 5` press them.
        row_height: of the table.

    Attributes:
        table: the `RecordTable`.

    Signals:
        searched(str): the search line changed.
        filtered(str, object): a chip changed: its key and value (None is off).
        sorted_by(str, bool): a head was pressed.
        opened(bytes): Enter or a double press on a row.
        picked(bytes): another row is the current one.
    """

    searched = Signal(str)
    filtered = Signal(str, object)
    sorted_by = Signal(str, bool)
    opened = Signal(bytes)
    picked = Signal(bytes)

    def __init__(
        self,
        title: str,
        subtitle: str,
        model: RecordTableModel,
        *,
        search_hint: str = "",
        chips: Sequence[tuple[str, Chip]] = (),
        row_height: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, lined=False, parent=parent)
        self._records = model
        self._narrow = False
        self._left_from_table = False
        self._chips = dict(chips)
        self.search = SearchField(search_hint) if search_hint else None
        self.table = RecordTable(model, row_height=row_height)
        self.table.setAccessibleName(title)
        self.table.opened.connect(self._on_opened)
        self.table.picked.connect(self.picked)
        self.table.sorted_by.connect(self.sorted_by)
        self._strong = PlainLabel("", 13, 600)
        self._rest = PlainLabel("", 13, 400, Hue.INK_3)
        self._empty: QWidget = EmptyState("", "", Drawing.SEARCH)
        self._stack = QStackedWidget()
        self._peek = self._make_peek()
        self._build()

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.search is not None:
            line = QHBoxLayout()
            line.setContentsMargins(24, 0, 24, 12)
            line.addWidget(self.search)
            column.addLayout(line)
            self.search.textChanged.connect(self._on_searched)
            self.search.installEventFilter(self)
            QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        column.addLayout(self._chip_line())
        column.addWidget(Hairline())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.table, 1)
        self._peek_line = Hairline(upright=True)
        self._peek_line.hide()
        middle.addWidget(self._peek_line)
        middle.addWidget(self._peek)
        holder = QWidget()
        holder.setLayout(middle)
        middle.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(holder)
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)
        self.set_body(body)
        peek_key = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table, self._toggle_peek)
        peek_key.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _chip_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(24, 0, 24, 14)
        line.setSpacing(8)
        for number, (key, chip) in enumerate(self._chips.items(), 1):
            chip.picked.connect(lambda value, key=key: self.filtered.emit(key, value))
            if number <= 5:
                chip.setShortcut(QKeySequence(f"Alt+{number}"))
            line.addWidget(chip)
        line.addStretch(1)
        count = QHBoxLayout()
        count.setSpacing(5)
        count.addWidget(self._strong)
        count.addWidget(self._rest)
        line.addLayout(count)
        return line

    def _make_peek(self) -> QScrollArea:
        peek = QScrollArea()
        peek.setFixedWidth(PEEK_WIDE)
        peek.setWidgetResizable(True)
        peek.setFrameShape(QFrame.Shape.NoFrame)
        peek.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        peek.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        peek.hide()
        return peek

    def set_ids(self, ids: Sequence[bytes]) -> None:
        """Show other records; the current one stays when it is still there."""
        before = self.table.current_id()
        self._records.set_ids(ids)
        self._stack.setCurrentIndex(0 if ids else 1)
        self.table.select_id(before)

    def set_count(self, strong: str, rest: str = "") -> None:
        """Say how many: "23 warga" and "dari 1.284"."""
        self._strong.setText(strong)
        self._rest.setText(rest)

    def set_empty(self, empty: QWidget) -> None:
        """Say what stands there when no row does."""
        self._stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = empty
        self._stack.addWidget(empty)
        self._stack.setCurrentIndex(0 if self._records.ids else 1)

    def set_peek(self, panel: QWidget | None) -> None:
        """Show a panel about the current row at the right; None takes it away."""
        old = self._peek.takeWidget()
        if old is not None:
            old.deleteLater()
        if panel is not None:
            panel.setAutoFillBackground(False)
            self._peek.setWidget(panel)
            self._peek.viewport().setAutoFillBackground(False)
            panel.setAutoFillBackground(False)
        self._show_peek(on=panel is not None and not self._narrow)

    def _show_peek(self, *, on: bool) -> None:
        self._peek.setVisible(on)
        self._peek_line.setVisible(on)

    def _toggle_peek(self) -> None:
        if self._peek.widget() is not None:
            self._show_peek(on=self._peek.isHidden())

    def _on_opened(self, uid: bytes) -> None:
        self._left_from_table = self.table.hasFocus()
        self.opened.emit(uid)

    def _on_searched(self, text: str) -> None:
        self._left_from_table = False
        self.searched.emit(text)

    def take_keyboard(self) -> None:
        """Bring the keyboard back to the row that was opened, else to the search line."""
        here = self.table if self._left_from_table else self.search
        if here is not None:
            here.setFocus(Qt.FocusReason.OtherFocusReason)

    def chip(self, key: str) -> Chip:
        """A filter by its key."""
        return self._chips[key]

    def clear_filters(self) -> None:
        """Turn all filters off and tell so."""
        for key, chip in self._chips.items():
            if chip.value is not None:
                chip.set_value(None)
                self.filtered.emit(key, None)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Hide the peek panel; the space bar opens it as a drawer."""
        self._narrow = narrow
        self._show_peek(on=not narrow and self._peek.widget() is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter go from the search line to the table, Esc clears it."""
        if watched is self.search and event.type() == event.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if key == Qt.Key.Key_Escape and self.search is not None and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)
