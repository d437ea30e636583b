"""Fields for one value: text, note, phone, money, date, number.

Every field of the kit answers to the same five names, so that a form can hold any:
`value()` (raises `InputError`), `set_value(value)`, `set_mark(mark)`, the signal
`edited()`, and being a QWidget that takes the focus itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from desmigratif_desktop.foundation.contacts import format_phone, normalise_phone
from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number, parse_rupiah
from desmigratif_desktop.foundation.partial_dates import format_short, parse_partial_date
from desmigratif_desktop.foundation.texts import clean_text
from desmigratif_desktop.ui.choices import set_mark
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.painting import smooth, text
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QFocusEvent, QPaintEvent

LINE_LIMIT = 200
NOTE_LIMIT = 4000


class Field(Protocol):
    """What a form needs of a field."""

    edited: SignalInstance

    def value(self) -> object:
        """The value in its kept form; None for empty."""

    def set_value(self, value: object) -> None:
        """Show a kept value without a signal."""

    def set_mark(self, mark: str) -> None:
        """Show "error", "warn" or nothing on the border."""


class TextField(QLineEdit):
    """One line of text.

    Args:
        placeholder: an example in grey.
        limit: the most characters.
        tall: 40, 44 or 48 px.

    Signals:
        edited(): the officer typed.
    """

    edited = Signal()

    def __init__(
        self,
        placeholder: str = "",
        *,
        limit: int = LINE_LIMIT,
        tall: int = 40,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.limit = limit
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(72)
        if tall != 40:
            self.setProperty("tall", str(tall))
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> object:
        """The cleaned text; None when empty.

        Raises:
            InputError: too long, or letters nobody can see.
        """
        return clean_text(self.text(), self.limit) or None

    def set_value(self, value: object) -> None:
        """Show a text without a signal."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def set_mark(self, mark: str) -> None:
        """Show "error", "warn" or nothing on the border."""
        set_mark(self, mark)


class SearchField(TextField):
    """A search line with a glass; focus puts the cursor at the end instead of selecting.

    Args:
        placeholder: what can be searched.
        tall: 40 or 44 px.
    """

    def __init__(self, placeholder: str, *, tall: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, tall=tall, parent=parent)
        self.setFont(font(16 if tall > 40 else 14))
        self.setTextMargins(31, 0, 0, 0)
        self.setAccessibleName(placeholder)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed; do not select it."""
        super().focusInEvent(event)
        self.deselect()
        self.end(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, then the glass."""
        super().paintEvent(event)
        draw_icon(smooth(self), "search", Hue.LEAF, 15, self.height() / 2 - 9, 18)


class NoteField(QPlainTextEdit):
    """Several lines of text.

    Args:
        placeholder: an example in grey.
        rows: visible lines.

    Signals:
        edited(): the officer typed.
    """

    edited = Signal()

    def __init__(
        self, placeholder: str = "", *, rows: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(rows * 20 + 20)
        self._silent = False
        self.textChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        if not self._silent:
            self.edited.emit()

    def value(self) -> object:
        """The cleaned text; None when empty.

        Raises:
            InputError: too long.
        """
        return clean_text(self.toPlainText(), NOTE_LIMIT, multiline=True) or None

    def set_value(self, value: object) -> None:
        """Show a text without a signal."""
        self._silent = True
        self.setPlainText("" if value is None else str(value))
        self._silent = False

    def set_mark(self, mark: str) -> None:
        """Show "error", "warn" or nothing on the border."""
        set_mark(self, mark)

    def insertFromMimeData(self, source: object) -> None:
        """Paste plain text only."""
        words = source.text()  # type: ignore[attr-defined]
        self.textCursor().insertText(words)


class PhoneField(TextField):
    """A phone number, kept as E.164 and shown as people write it."""

    def __init__(self, placeholder: str = "08…", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, limit=24, parent=parent)
        self.editingFinished.connect(self._tidy)

    def value(self) -> object:
        """The number in E.164; None when empty.

        Raises:
            InputError: not a phone number.
        """
        return normalise_phone(self.text().strip()) or None

    def set_value(self, value: object) -> None:
        """Show a kept number as people write it."""
        self.setText(format_phone(str(value)) if value else "")

    def _tidy(self) -> None:
        try:
            self.set_value(self.value())
        except InputError:
            return


class DateField(TextField):
    """A date as exactly as it is known: day, month or year.

    Args:
        not_after: the last day allowed.
        placeholder: an example in grey.
    """

    def __init__(
        self,
        *,
        not_after: date | None = None,
        placeholder: str = "21-07-1992",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder, limit=24, parent=parent)
        self._not_after = not_after
        self.editingFinished.connect(self._tidy)

    def value(self) -> object:
        """Read "1992-07-21", "1992-07" or "1992"; None when empty.

        Raises:
            InputError: not a date.
        """
        words = self.text().strip()
        return parse_partial_date(words, not_after=self._not_after) if words else None

    def set_value(self, value: object) -> None:
        """Show a kept date as 21-07-1992."""
        self.setText(format_short(str(value)) if value else "")

    def _tidy(self) -> None:
        try:
            self.set_value(self.value())
        except InputError:
            return


class NumberField(TextField):
    """A whole number of the trade (hours, people, months).

    Args:
        least: smallest allowed.
        most: largest allowed.
    """

    def __init__(
        self,
        least: int = 0,
        most: int = 999_999,
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder, limit=12, parent=parent)
        self._least, self._most = least, most

    def value(self) -> object:
        """The number; None when empty.

        Raises:
            InputError: not a number, or out of range.
        """
        words = self.text().strip().replace(".", "")
        if not words:
            return None
        if not (words.isascii() and words.isdigit()):
            problem = FieldProblem("", "number_shape", t("Tulis angka bulat, misalnya 12."))
            raise InputError((problem,))
        number = int(words[:15])
        if not self._least <= number <= self._most:
            sentence = t("Angka ini harus antara {a} dan {b}.").format(
                a=format_number(self._least), b=format_number(self._most)
            )
            raise InputError((FieldProblem("", "number_range", sentence),))
        return number

    def set_value(self, value: object) -> None:
        """Show a number."""
        self.setText("" if value is None else str(value))


class RupiahField(TextField):
    """Whole rupiah: `Rp` at the left, digits grouped while typing, aligned right.

    Args:
        tall: 40, or 48 for the amount of a teller.
    """

    def __init__(self, *, tall: int = 40, parent: QWidget | None = None) -> None:
        super().__init__("0", limit=24, tall=tall, parent=parent)
        self._big = tall > 40
        self.setFont(font(24, 600) if self._big else font(14))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setTextMargins(36, 0, 6, 0)
        self.textEdited.connect(self._group)

    def value(self) -> object:
        """Whole rupiah; None when empty.

        Raises:
            InputError: not an amount.
        """
        return parse_rupiah(self.text()) if self.text().strip() else None

    def set_value(self, value: object) -> None:
        """Show an amount."""
        self.setText(format_number(value) if isinstance(value, int) else "")

    def _group(self, typed: str) -> None:
        bare = typed.replace(".", "")
        if not (bare.isascii() and bare.isdigit()):
            return
        before = sum(char != "." for char in typed[: self.cursorPosition()])
        grouped = format_number(int(bare[:15]))
        place = 0
        while place < len(grouped) and sum(char != "." for char in grouped[:place]) < before:
            place += 1
        self.setText(grouped)
        self.setCursorPosition(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then `Rp`."""
        super().paintEvent(event)
        face = font(18 if self._big else 14, 600 if self._big else 400)
        room = QRectF(16 if self._big else 12, 0, 40, self.height())
        text(smooth(self), room, "Rp", face, Hue.INK_3)
