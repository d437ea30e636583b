"""The only labels of the house: plain text, never HTML.

Source: security finding 6 (a label that guesses rich text opens local files).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.painting import smooth, text, width_of
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class PlainLabel(QLabel):
    """A label that shows its text literally.

    Args:
        words: what it says.
        size: logical pixels.
        weight: 400, 600 or 700.
        colour: a token of `Hue`.
        wrap: break into lines; its height follows its width.
    """

    def __init__(
        self,
        words: str = "",
        size: int = 14,
        weight: int = 400,
        colour: str = Hue.INK,
        *,
        wrap: bool = False,
        italic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, weight, italic=italic))
        self.set_colour(colour)
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setText(words)

    def set_colour(self, colour: str) -> None:
        """Change the colour of the words."""
        dress = self.palette()
        dress.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        self.setPalette(dress)

    def setTextFormat(self, _format: Qt.TextFormat) -> None:
        """Keep plain text, whatever is asked."""
        super().setTextFormat(Qt.TextFormat.PlainText)


class ElidedLabel(QWidget):
    """One line that is cut with dots when its column is narrow; the whole is a tool tip.

    Args:
        words: what it says.
        size: logical pixels.
        weight: 400, 600 or 700.
        colour: a token of `Hue`.
    """

    def __init__(
        self,
        words: str = "",
        size: int = 14,
        weight: int = 400,
        colour: str = Hue.INK,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = ""
        self._colour = colour
        self.setFont(font(size, weight))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def text(self) -> str:
        """The whole text."""
        return self._words

    def setText(self, words: str) -> None:
        """Change the words."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_colour(self, colour: str) -> None:
        """Change the colour of the words."""
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        return QSize(round(width_of(self._words, self.font()) + 1.5), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(48, self.sizeHint().width()), self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line and offer the whole as a tool tip when it was cut."""
        painter = smooth(self)
        colour = self._colour if self.isEnabled() else Hue.OFF_TEXT
        text(painter, QRectF(self.rect()), self._words, self.font(), colour)
        self.setToolTip(plain_tip(self._words) if self.sizeHint().width() > self.width() else "")


class IconLabel(QWidget):
    """An icon that stands alone; decoration unless it is given a name.

    Args:
        name: icon name.
        colour: a token of `Hue`.
        size: logical pixels.
    """

    def __init__(
        self,
        name: str,
        colour: str = Hue.INK_2,
        size: int = 20,
        says: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._colour, self._size = name, colour, size
        self.setFixedSize(size, size)
        self.setAccessibleName(says)

    def set_icon(self, name: str, colour: str) -> None:
        """Show another icon."""
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon."""
        draw_icon(smooth(self), self._name, self._colour, 0, 0, self._size)


def plain_tip(words: str) -> str:
    """Make a tool tip literal: Qt guesses rich text in tool tips, so the guess is defused."""
    if not any(mark in words for mark in "<>&"):
        return words
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>"


def caption(words: str, *, wrap: bool = False) -> PlainLabel:
    """A 12 px remark."""
    return PlainLabel(words, 12, 400, Hue.INK_3, wrap=wrap)
