"""The door: the painted porch at the left, what is asked at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desmigratif_desktop.ui.cards import Hairline
from desmigratif_desktop.ui.labels import IconLabel, PlainLabel
from desmigratif_desktop.ui.picture import OpeningPicture
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

PICTURE_WIDTH = 440
PICTURE_WIDTH_NARROW = 304
MARGIN = 64


class Door(QWidget):
    """The frame of first run and sign-in.

    Args:
        title: big words over the picture.
        under: one sentence below them.
        assurance: what the foot says at the left; empty for no foot.
        remark: what it says at the right.

    Attributes:
        column: layout the owner fills.
    """

    def __init__(self, title: str, under: str, assurance: str = "", remark: str = "") -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.picture = OpeningPicture(title, under)
        self.picture.setFixedWidth(PICTURE_WIDTH)
        row.addWidget(self.picture)
        right = QVBoxLayout()
        right.setSpacing(0)
        row.addLayout(right, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("inner")
        self._holder = QVBoxLayout(inner)
        self._holder.setContentsMargins(MARGIN, 40, MARGIN, 24)
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        self._holder.addStretch(1)
        self._holder.addLayout(self.column)
        self._holder.addStretch(1)
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        right.addWidget(scroll, 1)
        if assurance:
            right.addWidget(Hairline())
            right.addLayout(_foot(assurance, remark))

    def resizeEvent(self, event: object) -> None:
        """A narrow window keeps the picture slim."""
        slim = self.width() < 1200
        self.picture.setFixedWidth(PICTURE_WIDTH_NARROW if slim else PICTURE_WIDTH)
        margin = 32 if slim else MARGIN
        self._holder.setContentsMargins(margin, 32 if slim else 40, margin, 24)
        super().resizeEvent(event)  # type: ignore[arg-type]


def _foot(assurance: str, remark: str) -> QLayout:
    line = QHBoxLayout()
    line.setContentsMargins(34, 12, 34, 14)
    line.setSpacing(8)
    line.addWidget(IconLabel("lock", Hue.LEAF, 14))
    line.addWidget(PlainLabel(assurance, 12, 400, Hue.INK_2, wrap=True), 1)
    if remark:
        line.addWidget(PlainLabel(remark, 12, 400, Hue.INK_3))
    return line
