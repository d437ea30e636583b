"""Badges, chips, key caps, avatars, meters: small painted signs, never colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.buttons import Area
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.painting import (
    CENTRE,
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
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QPaintEvent

BADGE_HEIGHT = 22


def badge_width(words: str, icon: str = "") -> int:
    """Width of a badge with these words."""
    return round(width_of(words, font(12, 600)) + 16 + (18 if icon else 0) + 1)


def paint_badge(
    painter: QPainter, x: float, y: float, words: str, tone: Tone, *, icon: str = ""
) -> float:
    """Paint one badge with its top left corner at a place; returns its width."""
    tint = tone.value
    wide = badge_width(words, icon)
    box(painter, QRectF(x, y, wide, BADGE_HEIGHT), 5, tint.ground, tint.line)
    left = x + 8
    if icon:
        draw_icon(painter, icon, tint.text, left - 2, y + 4, 14)
        left += 16
    room = QRectF(left, y, x + wide - left, BADGE_HEIGHT)
    text(painter, room, words, font(12, 600), tint.text)
    return wide


class Badge(QWidget):
    """A small sign in a tone, always with words.

    Args:
        words: what it says.
        tone: its three colours.
        icon: icon name before the words; empty for none.
    """

    def __init__(
        self, words: str, tone: Tone = Tone.STONE, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._tone, self._icon = words, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        return QSize(badge_width(self._words, self._icon), BADGE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the badge."""
        paint_badge(smooth(self), 0, 0, self._words, self._tone, icon=self._icon)


class Chip(Area):
    """A round filter: off, on with a cross, or opening a menu of choices.

    Args:
        words: name of the filter ("Semua tahap").
        choices: pairs of value and label; empty for a plain on/off chip.

    Signals:
        picked(object): the value chosen; True/False for a plain chip; None when cleared.
    """

    picked = Signal(object)

    def __init__(
        self,
        words: str,
        choices: Sequence[tuple[object, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._rest = words
        self._choices = tuple(choices)
        self._value: object = None
        self._label = words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    @property
    def value(self) -> object:
        """The value chosen; None when the filter is off."""
        return self._value

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer other choices; the chosen one stays when it is still there."""
        self._choices = tuple(choices)
        if self._value not in {value for value, _label in self._choices}:
            self.set_value(None)

    def set_value(self, value: object) -> None:
        """Turn on with a value, or off with None, without a signal."""
        self._value = value or None
        labels = dict(self._choices)
        self._label = labels.get(value, self._rest) if self._value is not None else self._rest
        state = t("menyala") if self._value is not None else t("mati")
        self.setAccessibleName(f"{self._label}, {state}")
        self.updateGeometry()
        self.update()

    def _on_clicked(self) -> None:
        if self._value is not None:
            self._choose(None)
        elif self._choices:
            self._open_menu()
        else:
            self._choose(value=True)

    def _choose(self, value: object) -> None:
        self.set_value(value)
        self.picked.emit(value)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, label in self._choices:
            action = menu.addAction(label.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, value=value: self._choose(value))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _sign(self) -> str:
        return "x" if self._value is not None else "down" if self._choices else ""

    def sizeHint(self) -> QSize:
        """Room for words and sign."""
        extra = 24 if self._sign() else 0
        return QSize(round(width_of(self._label, font(13, 600)) + 24 + extra + 1), 32)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = smooth(self)
        area = QRectF(self.rect())
        on = self._value is not None
        hover = self.underMouse() and not on
        fill = Hue.DEW if on else Hue.HOVER if hover else Hue.SURFACE
        box(painter, area, 16, fill, Hue.LEAF if on else Hue.HAIR_2)
        colour = Hue.LEAF if on else Hue.INK_2
        width = text(painter, area.adjusted(12, 0, -8, 0), self._label, font(13, 600), colour)
        if self._sign():
            draw_icon(painter, self._sign(), colour, 12 + width + 8, 8, 16)
        if self.hasFocus():
            ring(painter, area, 15)


class KeyCaps(QWidget):
    """Keys and what they do, as in the foot bar.

    Args:
        key: "Ctrl+N" is painted as two caps.
        words: what it does; empty for caps alone.
    """

    def __init__(self, key: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.words = key, words
        self._caps = key_text(key, "\n").split("\n")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{key}: {words}" if words else key)

    def sizeHint(self) -> QSize:
        """Room for caps and words."""
        caps = sum(key_width(cap) for cap in self._caps) + 3 * (len(self._caps) - 1)
        words = 6 + width_of(self.words, font(12)) if self.words else 0
        return QSize(round(caps + words + 1), 20)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint caps and words."""
        painter = smooth(self)
        x = 0.0
        for cap in self._caps:
            x += key_cap(painter, x, (self.height() - KEY_CAP) / 2, cap) + 3
        if self.words:
            room = QRectF(x + 3, 0, self.width() - x, self.height())
            text(painter, room, self.words, font(12), Hue.INK_2)


def initials(name: str) -> str:
    """Up to two capital letters of a name: "Siti Khoiriah" gives "SK"."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


class Avatar(QWidget):
    """A disc with initials.

    Args:
        name: whose initials.
        size: diameter.
        tone: LAMP for the officer at work, SOGA or STONE for others.
    """

    def __init__(
        self, name: str, size: int = 40, tone: Tone = Tone.STONE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._letters = initials(name)
        self._tone = tone
        self.setFixedSize(size, size)
        self.setAccessibleName(name)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self._letters = initials(name)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the disc."""
        paint_avatar(smooth(self), QRectF(self.rect()), self._letters, self._tone)


def paint_avatar(painter: QPainter, area: QRectF, letters: str, tone: Tone) -> None:
    """Paint a disc with letters."""
    tint = tone.value
    box(painter, area, area.width() / 2, tint.ground)
    size = 20 if area.width() >= 48 else 14 if area.width() >= 40 else 11
    text(painter, area, letters, font(size, 600), tint.text, CENTRE)


class Meter(QWidget):
    """How many of how many, as blocks with the numbers in words before them.

    Args:
        done: filled blocks.
        total: all blocks.
    """

    def __init__(self, done: int, total: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._total = done, total
        self.setFixedSize(34 + 9 * total, 20)
        self.setAccessibleName(t("{done} dari {total}").format(done=done, total=total))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint numbers and blocks."""
        paint_meter(smooth(self), QRectF(self.rect()), self._done, self._total)


def paint_meter(painter: QPainter, area: QRectF, done: int, total: int) -> None:
    """Paint `5/8` and eight blocks of 6 x 10."""
    text(painter, area, f"{done}/{total}", font(13), Hue.INK_2)
    top = area.center().y() - 5
    for block in range(total):
        colour = Hue.LEAF if block < done else "#DAD5C8"
        box(painter, QRectF(area.left() + 34 + 9 * block, top, 6, 10), 2, colour)
