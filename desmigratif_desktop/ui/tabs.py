"""Tabs: words with a leaf bar under exactly the words, counts in caption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desmigratif_desktop.ui.buttons import Area
from desmigratif_desktop.ui.painting import ring, smooth, text, width_of
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab.

    Attributes:
        key: what `chosen` sends.
        words: its name.
        count: caption after it ("3/8"); empty for none.
    """

    key: str
    words: str
    count: str = ""


class _TabButton(Area):
    """One painted tab."""

    gives_arrows_up = True

    def __init__(self, tab: Tab) -> None:
        super().__init__(f"{tab.words}, {tab.count}" if tab.count else tab.words)
        self.tab = tab
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _width(self) -> float:
        words = width_of(self.tab.words, font(14, 600))
        return words + (6 + width_of(self.tab.count, font(12)) if self.tab.count else 0)

    def sizeHint(self) -> QSize:
        return QSize(round(self._width() + 9), 40)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        here = self.isChecked()
        face = font(14, 600 if here else 400)
        colour = Hue.INK if here or self.underMouse() else Hue.INK_2
        used = text(painter, QRectF(4, 0, self.width(), 36), self.tab.words, face, colour)
        if self.tab.count:
            used += 6
            room = QRectF(4 + used, 1, self.width(), 36)
            used += text(painter, room, self.tab.count, font(12), Hue.INK_3)
        if here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(Hue.LEAF))
            painter.drawRoundedRect(QRectF(4, 37, used, 3), 1.5, 1.5)
        if self.hasFocus():
            ring(painter, QRectF(0, 4, self.width(), 30), 6)


class TabBar(QWidget):
    """A row of tabs; `Ctrl 1` to `Ctrl 9` and the arrows choose.

    Args:
        tabs: from left to right.

    Signals:
        chosen(str): key of the tab.
    """

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[Tab] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(20)
        self._row.addStretch(1)
        self._buttons: list[_TabButton] = []
        self._current = ""
        self.setFixedHeight(40)
        self.set_tabs(tabs)

    @property
    def current(self) -> str:
        """Key of the open tab; empty before any."""
        return self._current

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show other tabs; the open one stays open when it is still there."""
        for button in self._buttons:
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self._buttons = []
        for number, tab in enumerate(tabs):
            button = _TabButton(tab)
            button.clicked.connect(lambda _on=False, key=tab.key: self._choose(key))
            if number < 9:
                button.setShortcut(QKeySequence(f"Ctrl+{number + 1}"))
            self._row.insertWidget(number, button)
            self._buttons.append(button)
        keys = [tab.key for tab in tabs]
        if keys:
            self.set_current(self._current if self._current in keys else keys[0])

    def set_current(self, key: str) -> None:
        """Open a tab without a signal."""
        self._current = key
        for button in self._buttons:
            button.setChecked(button.tab.key == key)

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move to the neighbours."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._buttons:
            super().keyPressEvent(event)
            return
        keys = [button.tab.key for button in self._buttons]
        place = (keys.index(self._current) + step) % len(keys)
        self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._choose(keys[place])
