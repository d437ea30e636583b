"""Cards, hairlines, facts and rows: the plain furniture of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desmigratif_desktop.ui.buttons import Area
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import ElidedLabel, PlainLabel
from desmigratif_desktop.ui.painting import box, hairline, key_cap, key_width, ring, smooth, text
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Hairline(QWidget):
    """One crisp line between two things.

    Args:
        colour: a token of `Hue`.
        upright: a vertical line.
    """

    def __init__(
        self, colour: str = Hue.HAIR, *, upright: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._colour = colour
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the line."""
        painter = smooth(self)
        if self.width() > 1:
            hairline(painter, 0, 0, self.width(), self._colour)
        else:
            painter.fillRect(self.rect(), self._colour)


class Card(QFrame):
    """A white sheet in the sheet: head line, then its body.

    Args:
        title: 16/600 in the head; empty for a card without a head.
        remark: grey words after the title.
        padding: inner distance; 20, in narrow columns 16.
        lined: a hairline under the head, the body goes to the edges.
        sunken: ground of read-only things.

    Attributes:
        body: layout the owner fills.
    """

    def __init__(
        self,
        title: str = "",
        remark: str = "",
        *,
        padding: int = 20,
        lined: bool = False,
        sunken: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sunken = sunken
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._title = PlainLabel(title, 16, 600)
        self._remark = PlainLabel(remark, 13, 400, Hue.INK_3)
        if title:
            column.addWidget(self._make_head(padding))
            self.setAccessibleName(title)
        if lined and title:
            column.addWidget(Hairline())
        self.body = QVBoxLayout()
        self.body.setSpacing(0 if lined else 8)
        top = 0 if title and not lined else padding
        inner = (0, 0, 0, 0) if lined else (padding, top, padding, padding)
        self.body.setContentsMargins(*inner)
        column.addLayout(self.body, 1)

    def _make_head(self, padding: int) -> QWidget:
        head = QWidget()
        head.setFixedHeight(48)
        head.setLayout(self._head)
        self._head.setContentsMargins(padding, 0, padding, 0)
        self._head.addWidget(self._title)
        self._head.addWidget(self._remark)
        if not self._remark.text():
            self._remark.hide()
        self._head.addStretch(1)
        return head

    def set_title(self, title: str, remark: str = "") -> None:
        """Change the words of the head."""
        self._title.setText(title)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))

    def add_head(self, widget: QWidget) -> None:
        """Put a link or badge at the right of the head."""
        self._head.addWidget(widget)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a thing below the others."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and border."""
        area = QRectF(self.rect())
        if self._sunken:
            box(smooth(self), area, 10, Hue.SUNKEN)
        else:
            box(smooth(self), area, 10, Hue.SURFACE, Hue.HAIR)


class FactRow(QWidget):
    """A name and a value in one line, as in side columns.

    Args:
        name: 12 px grey.
        value: 13 px.
        strong: value in 600.
        tone: colour of the value; None for ink.
        spread: value at the right edge; else beside a 88 px column.
    """

    def __init__(
        self,
        name: str,
        value: str,
        *,
        strong: bool = False,
        tone: Tone | None = None,
        spread: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        label = PlainLabel(name, 13 if spread else 12, 400, Hue.INK_2 if spread else Hue.INK_3)
        colour = tone.value.text if tone else Hue.INK
        self._value = ElidedLabel(value, 13, 600 if strong or tone else 400, colour)
        if spread:
            row.addWidget(label)
            row.addStretch(1)
            row.addWidget(self._value)
        else:
            label.setMinimumWidth(76)
            row.addWidget(label)
            row.addWidget(self._value, 1)

    def set_value(self, value: str) -> None:
        """Change the value."""
        self._value.setText(value)


class ListRow(Area):
    """A pressable row: icon box, two lines, arrow; the whole row is one target.

    Args:
        title: 14/600.
        under: 13 px below it.
        icon: icon name in a tinted box; empty for none.
        tone: colours of the box.
        lined: a hairline above the row.
    """

    def __init__(
        self,
        title: str,
        under: str = "",
        *,
        icon: str = "",
        tone: Tone = Tone.STONE,
        lined: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"{title}. {under}" if under else title, parent)
        self._title, self._under, self._icon = title, under, icon
        self._tone, self._lined = tone, lined
        self.setFixedHeight(64)
        self.setMinimumWidth(180)

    def set_words(self, title: str, under: str) -> None:
        """Change both lines."""
        self._title, self._under = title, under
        self.setAccessibleName(f"{title}. {under}" if under else title)
        self.update()

    def sizeHint(self) -> QSize:
        """A row of 64."""
        return QSize(300, 64)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the row."""
        painter = smooth(self)
        area = QRectF(self.rect())
        if self.underMouse():
            box(painter, area.adjusted(0, 1, 0, 0), 0, Hue.HOVER)
        if self._lined:
            hairline(painter, 0, 0, area.width())
        left = 16.0
        if self._icon:
            tint = self._tone.value
            box(painter, QRectF(left, 12, 40, 40), 8, tint.ground)
            draw_icon(painter, self._icon, tint.text, left + 11, 23, 18)
            left += 52
        room = QRectF(left, 12, area.width() - left - 40, 20)
        if not self._under:
            room.moveTop(22)
        text(painter, room, self._title, font(14, 600), Hue.INK)
        text(painter, room.translated(0, 21), self._under, font(13), Hue.INK_2)
        draw_icon(painter, "right", Hue.INK_3, area.width() - 32, 24, 16)
        if self.hasFocus():
            ring(painter, area.adjusted(2, 2, -2, -2), 6)


class ChoiceCard(Area):
    """One of a few big answers; the chosen one is dew with a leaf border.

    Args:
        title: 14/600 or 16/600.
        under: 12-13 px below it.
        icon: icon name at the left; empty for none.
        key: key cap at the right ("F9", "1").
        tall: 72 px with a 16 px title; else 56 px.
    """

    def __init__(
        self,
        title: str,
        under: str = "",
        *,
        icon: str = "",
        key: str = "",
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"{title}. {under}" if under else title, parent)
        self._title, self._under, self._icon, self._key = title, under, icon, key
        self._tall = tall
        self.setCheckable(True)
        self.setFixedHeight(72 if tall else 56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the longer line."""
        from_text = max(len(self._title) * 9, len(self._under) * 7)
        return QSize(from_text + 90, self.height())

    def minimumSizeHint(self) -> QSize:
        """Room for some letters."""
        return QSize(140, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the state."""
        painter = smooth(self)
        area = QRectF(self.rect())
        on = self.isChecked()
        fill = Hue.DEW if on else Hue.HOVER if self.underMouse() else Hue.SURFACE
        line, wide = (Hue.LEAF, 2.0) if on else (Hue.HAIR_2, 1.0)
        box(painter, area, 12 if self._tall else 8, fill, line, width=wide)
        colour = Hue.LEAF if on else Hue.INK_2
        left = 24.0 if self._tall else 18.0
        middle = area.height() / 2
        if self._icon:
            draw_icon(painter, self._icon, colour, left, middle - 10, 20)
            left += 36 if self._tall else 28
        right = area.width() - 16
        if self._key:
            right -= key_width(self._key) + 8
            key_cap(painter, right + 8, middle - 9, self._key)
        top = middle - (20 if self._under else 10)
        room = QRectF(left, top, right - left, 20)
        text(painter, room, self._title, font(16 if self._tall else 14, 600), Hue.INK)
        lower = font(13 if self._tall else 12)
        text(painter, room.translated(0, 20), self._under, lower, Hue.INK_2)
        if self.hasFocus() and not on:
            ring(painter, area, 11 if self._tall else 7)
        elif self.hasFocus():
            ring(painter, area.adjusted(4, 4, -4, -4), 6)


class IconDisc(QWidget):
    """A rounded square or disc with one icon, as before titles.

    Args:
        icon: icon name.
        tone: its colours.
        size: edge.
        round_: a disc instead of a square.
    """

    def __init__(
        self,
        icon: str,
        tone: Tone = Tone.LEAF,
        size: int = 48,
        *,
        round_: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._round = icon, tone, round_
        self.setFixedSize(size, size)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box and icon."""
        painter = smooth(self)
        tint = self._tone.value
        edge = self.width()
        box(painter, QRectF(self.rect()), edge / 2 if self._round else 8, tint.ground)
        size = 20 if edge < 64 else 36
        draw_icon(painter, self._icon, tint.text, (edge - size) / 2, (edge - size) / 2, size)
