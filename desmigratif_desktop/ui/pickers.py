"""Choosers: a village by its regions, a person by name, one of a few answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.places import Regions
from desmigratif_desktop.ui.badges import initials, paint_avatar
from desmigratif_desktop.ui.buttons import Area, icon_button
from desmigratif_desktop.ui.choices import Choice, Radio
from desmigratif_desktop.ui.fields import SearchField
from desmigratif_desktop.ui.painting import box, smooth, text
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent, QPaintEvent

LEVELS = (2, 4, 6, 10)
MOST_HITS = 6


class RadioRow(QWidget):
    """A few answers side by side.

    Args:
        options: pairs of code and label.

    Signals:
        edited(): the officer chose.
    """

    edited = Signal()

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._radios: dict[str, Radio] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        for code, label in options:
            radio = Radio(label)
            radio.edited.connect(self.edited)
            self._group.addButton(radio)
            self._radios[code] = radio
            row.addWidget(radio)
        row.addStretch(1)
        if self._radios:
            self.setFocusProxy(next(iter(self._radios.values())))

    def value(self) -> object:
        """Code of the answer; None for none."""
        return next((code for code, one in self._radios.items() if one.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Choose an answer without a signal."""
        self._group.setExclusive(False)
        for code, radio in self._radios.items():
            radio.setChecked(code == value)
        self._group.setExclusive(True)

    def set_mark(self, mark: str) -> None:
        """Discs have no border to mark; the message below speaks."""


class RegionChooser(QWidget):
    """Province, regency, subdistrict, village: each opens the next.

    Args:
        level: digits of the code that is wanted: 2, 4, 6 or 10.

    Signals:
        edited(): the officer chose on some level.
    """

    edited = Signal()

    def __init__(self, level: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = LEVELS[: LEVELS.index(level) + 1]
        hints = (t("Provinsi"), t("Kabupaten/kota"), t("Kecamatan"), t("Desa/kelurahan"))
        self._boxes: list[Choice] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        for place, hint in enumerate(hints[: len(self._digits)]):
            if place % 2 == 0:
                line = QHBoxLayout()
                line.setSpacing(16)
                column.addLayout(line)
            choice = Choice(placeholder=hint, searchable=True)
            choice.setAccessibleName(hint)
            choice.setEnabled(place == 0)
            choice.edited.connect(lambda place=place: self._on_edited(place))
            line.addWidget(choice, 1)
            self._boxes.append(choice)
        self._fill(0, "")
        self.setFocusProxy(self._boxes[0])

    def _fill(self, place: int, parent_code: str) -> None:
        if place >= len(self._boxes):
            return
        box_ = self._boxes[place]
        try:
            below = Regions.load().children(parent_code) if place == 0 or parent_code else ()
        except NotFoundError:
            below = ()
        box_.set_value(None)
        box_.set_options([(one.code, one.name) for one in below])
        box_.set_value(None)
        box_.setEnabled(bool(below))

    def _on_edited(self, place: int) -> None:
        code = self._boxes[place].value() or ""
        for later in range(place + 1, len(self._boxes)):
            self._fill(later, code if later == place + 1 else "")
        self.edited.emit()

    def value(self) -> object:
        """The code of the wanted level; None until it is reached."""
        return self._boxes[-1].value()

    def set_value(self, value: object) -> None:
        """Show a code, whole or the part that is known, without a signal."""
        code = str(value or "")
        self._boxes[0].set_value(code[:2] or None)
        for place in range(1, len(self._boxes)):
            above = code[: self._digits[place - 1]]
            known = len(above) == self._digits[place - 1]
            self._fill(place, above if known else "")
            if len(code) >= self._digits[place] and known:
                self._boxes[place].set_value(code[: self._digits[place]])

    def set_mark(self, mark: str) -> None:
        """Mark the boxes."""
        for one in self._boxes:
            one.set_mark(mark)


@dataclass(frozen=True, slots=True)
class PersonHit:
    """One person offered by the chooser.

    Attributes:
        record: id.
        name: full name.
        under: "34 th · Dusun Ja'an", never a whole NIK.
    """

    record: bytes
    name: str
    under: str = ""


class _HitLine(Area):
    """One offered person."""

    def __init__(self, hit: PersonHit) -> None:
        super().__init__(f"{hit.name}, {hit.under}")
        self.hit = hit
        self.is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(44)

    def sizeHint(self) -> QSize:
        return QSize(240, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        if self.is_current or self.underMouse():
            box(painter, QRectF(self.rect()), 6, Hue.DEW if self.is_current else Hue.HOVER)
        paint_avatar(painter, QRectF(8, 8, 28, 28), initials(self.hit.name), Tone.SOGA)
        room = QRectF(46, 4, self.width() - 54, 19)
        text(painter, room, self.hit.name, font(14, 600), Hue.INK)
        text(painter, room.translated(0, 18), self.hit.under, font(12), Hue.INK_3)


class PersonChooser(QWidget):
    """A search line that offers people, and shows the chosen one.

    Args:
        ask: called with what was typed and a function that takes the hits; it may
            answer at once or later, from the GUI thread.
        hint: placeholder.

    Signals:
        edited(): the officer chose or cleared.
    """

    edited = Signal()

    def __init__(
        self,
        ask: Callable[[str, Callable[[Sequence[PersonHit]], None]], None],
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._turn = 0
        self._chosen: PersonHit | None = None
        self._lines: list[_HitLine] = []
        self._at = 0
        self._search = SearchField(hint or t("Nama atau NIK"), tall=40)
        self._search.textEdited.connect(self._on_typed)
        self._search.installEventFilter(self)
        self._clear = icon_button("x", t("Kosongkan"))
        self._clear.clicked.connect(self._on_cleared)
        self._clear.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._search, 1)
        row.addWidget(self._clear)
        self._popup = QFrame()
        self._popup.hide()
        self._popup.setStyleSheet(
            f"QFrame {{ background:{Hue.SURFACE}; border:1px solid {Hue.HAIR_2}; }}"
        )
        self._list = QVBoxLayout(self._popup)
        self._list.setContentsMargins(6, 6, 6, 6)
        self._list.setSpacing(2)
        self.setFocusProxy(self._search)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the offers away with the page."""
        super().hideEvent(event)
        self._popup.hide()

    def value(self) -> object:
        """Id of the chosen person; None for nobody."""
        return self._chosen.record if self._chosen else None

    def chosen(self) -> PersonHit | None:
        """The chosen person."""
        return self._chosen

    def set_value(self, value: object) -> None:
        """Show a person without a signal; takes a `PersonHit` or None."""
        self._chosen = value if isinstance(value, PersonHit) else None
        self._search.setText(self._chosen.name if self._chosen else "")
        self._clear.setVisible(self._chosen is not None)

    def set_mark(self, mark: str) -> None:
        """Mark the search line."""
        self._search.set_mark(mark)

    def _on_cleared(self) -> None:
        self.set_value(None)
        self._search.setFocus()
        self.edited.emit()

    def _on_typed(self, words: str) -> None:
        if self._chosen is not None:
            self._chosen = None
            self._clear.hide()
            self.edited.emit()
        self._turn += 1
        turn = self._turn
        if len(words.strip()) < 2:
            self._popup.hide()
            return
        self._ask(words.strip(), lambda hits: self._take(turn, hits))

    def _take(self, turn: int, hits: Sequence[PersonHit]) -> None:
        if turn != self._turn:
            return
        for line in self._lines:
            line.hide()
            line.setParent(None)
            line.deleteLater()
        self._lines = []
        for hit in tuple(hits)[:MOST_HITS]:
            line = _HitLine(hit)
            line.clicked.connect(lambda _on=False, hit=hit: self._choose(hit))
            self._list.addWidget(line)
            self._lines.append(line)
        if not self._lines:
            self._popup.hide()
            return
        self._move_to(0)
        self._popup.setFixedWidth(max(240, self._search.width()))
        self._popup.adjustSize()
        self._place_popup()
        self._popup.show()

    def _place_popup(self) -> None:
        """Below the line, or above it when the window ends there."""
        window = self.window()
        self._popup.setParent(window)
        below = self._search.mapTo(window, QPoint(0, self._search.height() + 2))
        high = self._popup.sizeHint().height()
        if below.y() + high > window.height():
            above = self._search.mapTo(window, QPoint(0, -2 - high))
            below = above if above.y() >= 0 else below
        self._popup.move(below)
        self._popup.raise_()

    def _move_to(self, place: int) -> None:
        self._at = max(0, min(place, len(self._lines) - 1))
        for number, line in enumerate(self._lines):
            line.is_current = number == self._at
            line.update()

    def _choose(self, hit: PersonHit) -> None:
        self._popup.hide()
        self.set_value(hit)
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk, Enter chooses, Esc closes the offers; leaving closes them too."""
        if watched is self._search:
            if event.type() == QEvent.Type.FocusOut:
                self._popup.hide()
            elif event.type() == QEvent.Type.KeyPress and not self._popup.isHidden():
                return isinstance(event, QKeyEvent) and self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move_to(self._at + (1 if event.key() == Qt.Key.Key_Down else -1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._lines[self._at].hit)
        elif event.key() == Qt.Key.Key_Escape:
            self._popup.hide()
        else:
            return False
        return True
