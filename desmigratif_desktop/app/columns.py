"""Two columns side by side that become one where the window is narrow (150 % and more)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

GAP = 16


class TwoColumns(QWidget):
    """Left and right beside each other, or the right below the left.

    Args:
        left: share of the left column.
        right: share of the right column.

    Attributes:
        left: layout the owner fills.
        right: the other one.
    """

    def __init__(self, left: int, right: int) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, share in ((self.left, left), (self.right, right)):
            column.setSpacing(GAP)
            self._row.addLayout(column, share)

    def end(self) -> None:
        """Close both columns with a stretch so that nothing is spread."""
        self.left.addStretch(1)
        self.right.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider column: the other one can go below it."""
        wide = max(self.left.minimumSize().width(), self.right.minimumSize().width())
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction by the room there is."""
        needed = self.left.minimumSize().width() + GAP + self.right.minimumSize().width()
        fits = event.size().width() >= needed
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
            self.updateGeometry()
        super().resizeEvent(event)
