"""Buttons: painted, named by their effect, with the key that presses them inside."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import plain_tip
from desmigratif_desktop.ui.painting import (
    KEY_CAP,
    box,
    key_cap,
    key_text,
    key_width,
    ring,
    smooth,
    text,
    width_of,
)
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent


class Dress(NamedTuple):
    """Fill, border and text of one state; an empty string paints nothing."""

    fill: str
    line: str
    text: str


class Look(NamedTuple):
    """The four states of a kind of button."""

    rest: Dress
    hover: Dress
    pressed: Dress
    off: Dress


_OFF_SOLID = Dress(Hue.OFF_GROUND, "", Hue.OFF_TEXT)
_OFF_BARE = Dress("", "", Hue.OFF_TEXT)


class Kind(Enum):
    """What a button weighs on the screen; one PRIMARY a screen."""

    PRIMARY = Look(
        Dress(Hue.LEAF, "", Hue.SURFACE),
        Dress(Hue.LEAF_HOVER, "", Hue.SURFACE),
        Dress(Hue.LEAF_PRESSED, "", Hue.SURFACE),
        _OFF_SOLID,
    )
    SECONDARY = Look(
        Dress(Hue.SURFACE, Hue.EDGE, Hue.INK),
        Dress(Hue.HOVER, Hue.EDGE, Hue.INK),
        Dress(Hue.SUNKEN, Hue.EDGE, Hue.INK),
        Dress(Hue.SUNKEN, Hue.HAIR_2, Hue.OFF_TEXT),
    )
    TINT = Look(
        Dress(Hue.DEW, "", Hue.LEAF),
        Dress(Hue.DEW_HOVER, "", Hue.LEAF),
        Dress(Hue.DEW_PRESSED, "", Hue.LEAF),
        Dress(Hue.SUNKEN, "", Hue.OFF_TEXT),
    )
    GHOST = Look(
        Dress("", "", Hue.INK_2),
        Dress(Hue.GHOST_HOVER, "", Hue.INK_2),
        Dress(Hue.GHOST_PRESSED, "", Hue.INK_2),
        _OFF_BARE,
    )
    LINK = Look(
        Dress("", "", Hue.LEAF), Dress("", "", Hue.LEAF), Dress("", "", Hue.LEAF_PRESSED), _OFF_BARE
    )
    DANGER = Look(
        Dress(Hue.BRICK, "", Hue.SURFACE),
        Dress(Hue.BRICK_HOVER, "", Hue.SURFACE),
        Dress(Hue.BRICK_PRESSED, "", Hue.SURFACE),
        _OFF_SOLID,
    )


class Size(Enum):
    """Height, side padding, size of type."""

    SMALL = (32, 12, 13)
    NORMAL = (40, 16, 14)
    LARGE = (48, 20, 14)


_SOLID = (Kind.PRIMARY, Kind.DANGER)
_UNBOUND = ("Esc", "Enter", "Return", "↵")
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_GAP = 8
_KEY_GAP = 10


class Button(QPushButton):
    """A painted push button.

    Args:
        words: the effect ("Cetak 2 lembar").
        kind: its weight.
        icon: icon name before the words; with no words the button is a square.
        trailing: icon name after the words ("right").
        key: the key that presses it ("Ctrl+P"); shown as a cap and bound, except Esc and
            Enter, which belong to the dialog or form around it.
        size: height and padding.
        says: accessible name when there are no words.
    """

    def __init__(
        self,
        words: str = "",
        kind: Kind = Kind.SECONDARY,
        *,
        icon: str = "",
        trailing: str = "",
        key: str = "",
        size: Size = Size.NORMAL,
        says: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._icon, self._trailing, self._key = kind, icon, trailing, key
        self._height, self._pad, self._type = size.value
        if kind is Kind.LINK:
            self._height, self._pad, self._type = 24, 4, 13
        self._forced = ""
        self._words = ""
        self._says = says
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        if key and key not in _UNBOUND:
            self.setShortcut(QKeySequence(key))

    @property
    def kind(self) -> Kind:
        """Its weight."""
        return self._kind

    @property
    def key(self) -> str:
        """The key named on it; empty when there is none."""
        return self._key

    @property
    def words(self) -> str:
        """The words as shown, without mnemonic marks."""
        return self._words

    def set_words(self, words: str) -> None:
        """Change the words."""
        shortcut = self.shortcut()
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words or self._says)
        if not words or self._key:
            tip = (words or self._says) + (f" ({key_text(self._key)})" if self._key else "")
            self.setToolTip(plain_tip(tip))
        if not shortcut.isEmpty():
            self.setShortcut(shortcut)
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Name another key on it; the owner binds it."""
        self._key = key
        self.setShortcut(QKeySequence())
        self.set_words(self._words)

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def force_state(self, state: str) -> None:
        """Paint as if "hover", "pressed" or "focus"; for the gallery only."""
        self._forced = state
        self.update()

    def _face_weight(self) -> int:
        return 600

    def _icon_size(self) -> int:
        return 18 if self._type >= 14 else 16

    def _parts_width(self) -> float:
        width = 0.0
        face = font(self._type, self._face_weight())
        if self._icon:
            width += self._icon_size()
        if self._words:
            width += (_GAP if self._icon else 0) + width_of(self._words, face)
        if self._trailing:
            width += 6 + 16
        if self._key:
            width += _KEY_GAP + key_width(key_text(self._key))
        return width

    def sizeHint(self) -> QSize:
        """Room for icon, words and key cap."""
        if self._icon and not self._words:
            return QSize(self._height, self._height)
        return QSize(round(self._parts_width() + 2 * self._pad + 1), self._height)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for hover."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint after hover."""
        super().leaveEvent(event)
        self.update()

    def _state(self) -> str:
        if self._forced:
            return self._forced
        if not self.isEnabled():
            return "off"
        if self.isDown():
            return "pressed"
        if self.hasFocus():
            return "focus"
        return "hover" if self.underMouse() else "rest"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the state: the fill shrinks and the ring stands outside it on focus."""
        painter = smooth(self)
        state = self._state()
        look = self._kind.value
        dress = getattr(look, "rest" if state == "focus" else state)
        area = QRectF(self.rect())
        if state == "focus":
            ring(painter, area)
            inner = area.adjusted(3.5, 3.5, -3.5, -3.5)
            box(painter, inner, 6, dress.fill or None, dress.line or None)
        else:
            radius = 6 if self._height <= 32 else 8
            box(painter, area, radius, dress.fill or None, dress.line or None)
        self._paint_parts(painter, dress.text, underline=state == "hover")

    def _paint_parts(self, painter: QPainter, colour: str, *, underline: bool) -> None:
        x = (self.width() - self._parts_width()) / 2
        if self._kind is Kind.LINK:
            x = self._pad
        middle = self.height() / 2
        if self._icon:
            size = self._icon_size()
            draw_icon(painter, self._icon, colour, x, middle - size / 2, size)
            x += size + _GAP
        if self._words:
            face = font(self._type, self._face_weight())
            face.setUnderline(underline and self._kind is Kind.LINK)
            room = QRectF(x, 0, self.width() - x, self.height())
            x += text(painter, room, self._words, face, colour)
        if self._trailing:
            draw_icon(painter, self._trailing, colour, x + 6, middle - 8, 16)
            x += 22
        if self._key:
            self._paint_key(painter, x + _KEY_GAP, middle - KEY_CAP / 2, colour)

    def _paint_key(self, painter: QPainter, x: float, y: float, colour: str) -> None:
        words = key_text(self._key)
        if self._kind in _SOLID and self.isEnabled():
            key_cap(painter, x, y, words, text_colour=Hue.SURFACE, line="#6FA296", fill=None)
        elif self._kind is Kind.TINT and self.isEnabled():
            key_cap(painter, x, y, words, text_colour=Hue.LEAF, line=Hue.CHART_2, fill=None)
        elif self._kind is Kind.GHOST:
            key_cap(painter, x, y, words, text_colour=colour, fill=None)
        else:
            key_cap(painter, x, y, words, text_colour=Hue.INK_2)


def primary(words: str, *, icon: str = "", key: str = "", size: Size = Size.NORMAL) -> Button:
    """The one main action of a screen."""
    return Button(words, Kind.PRIMARY, icon=icon, key=key, size=size)


def secondary(words: str, *, icon: str = "", key: str = "", size: Size = Size.NORMAL) -> Button:
    """An action beside the main one."""
    return Button(words, Kind.SECONDARY, icon=icon, key=key, size=size)


def tint(words: str, *, icon: str = "", key: str = "", size: Size = Size.NORMAL) -> Button:
    """A soft main action inside a card."""
    return Button(words, Kind.TINT, icon=icon, key=key, size=size)


def ghost(
    words: str, *, icon: str = "", trailing: str = "", key: str = "", size: Size = Size.NORMAL
) -> Button:
    """A way out: back, cancel, later."""
    return Button(words, Kind.GHOST, icon=icon, trailing=trailing, key=key, size=size)


def link(words: str, *, icon: str = "", trailing: str = "") -> Button:
    """An action in a line of text."""
    return Button(words, Kind.LINK, icon=icon, trailing=trailing)


def danger(words: str, *, icon: str = "", key: str = "", size: Size = Size.NORMAL) -> Button:
    """An act that cannot be taken back by itself."""
    return Button(words, Kind.DANGER, icon=icon, key=key, size=size)


def icon_button(name: str, says: str, *, kind: Kind = Kind.GHOST, key: str = "") -> Button:
    """A square button with an icon only; `says` is its accessible name and tool tip.

    The key is bound and told in the tool tip, but no cap is painted.
    """
    made = Button("", kind, icon=name, says=says)
    if key:
        made.setShortcut(QKeySequence(key))
        made.setToolTip(plain_tip(f"{says} ({key_text(key)})"))
    return made


class Area(QAbstractButton):
    """A large pressable area that its owner paints or fills; base of rows and choice cards.

    Args:
        says: accessible name.

    Signals:
        clicked: inherited; also sent for Enter and Space.
    """

    entered = Signal()
    gives_arrows_up = False
    """Whether the widget around it walks with the arrows (tabs, rail)."""

    def __init__(self, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for hover."""
        super().enterEvent(event)
        self.entered.emit()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint after hover."""
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if self.gives_arrows_up and event.key() in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)
