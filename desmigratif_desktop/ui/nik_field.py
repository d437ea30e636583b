"""The NIK field: grouped 6-6-4 while typing, with what the digits say painted below.

Source: domain §3 (structure of the NIK), VISUAL §4 *NIK live*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.errors import InputError, NotFoundError
from desmigratif_desktop.foundation.identity import NikReading, check_nik, explain_nik
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.partial_dates import format_long
from desmigratif_desktop.foundation.paths import ResourceMissingError
from desmigratif_desktop.foundation.places import Regions
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.painting import box, smooth, text
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent

DIGITS = 16
GROUPS = (6, 12)
SHARES = (0.341, 0.381, 0.222)


def group_nik(digits: str) -> str:
    """Group 6-6-4: "3518175207920003" -> "351817 520792 0003"."""
    return " ".join(part for part in (digits[:6], digits[6:12], digits[12:16]) if part)


@dataclass(frozen=True, slots=True)
class Bracket:
    """One bracket under the digits.

    Attributes:
        title: what the digits say.
        under: how they say it.
        colour: of line and title.
    """

    title: str
    under: str = ""
    colour: str = Hue.EDGE


def place_of(code6: str) -> str:
    """Name the subdistrict of first registration; empty when the list lacks it."""
    try:
        regions = Regions.load()
        regency = regions.name(code6[:4]).removeprefix("Kabupaten ")
        return t("Kec. {name}, {regency}").format(name=regions.name(code6), regency=regency)
    except (NotFoundError, ResourceMissingError):
        return ""


def read_brackets(digits: str, birth_date: str | None, sex: str | None) -> tuple[Bracket, ...]:
    """Say what the digits typed so far mean.

    Args:
        digits: 0 to 16 digits.
        birth_date: what stands in the date field, in the kept form.
        sex: what stands beside it, "L" or "P".
    """
    place = Bracket(t("tempat"), t("6 angka pertama"))
    day = Bracket(t("tanggal lahir, jenis kelamin"), t("6 angka berikutnya"))
    serial = Bracket(t("nomor urut"))
    if len(digits) >= 6:
        name = place_of(digits[:6])
        colour = Hue.LEAF if name else Hue.WARN_EDGE
        under = t("tempat NIK pertama dibuat")
        place = Bracket(name or t("Kode {c}").format(c=digits[:6]), under, colour)
    if len(digits) >= 12:
        day = _day_bracket(digits, birth_date, sex)
    return (place, day, serial)


def _day_bracket(digits: str, birth_date: str | None, sex: str | None) -> Bracket:
    try:
        reading = explain_nik(digits[:12] + "0001", birth_date)
    except InputError:
        return Bracket(t("tanggal tidak ada"), t("periksa angka ke-7 sampai 12"), Hue.WARN_EDGE)
    words = t("perempuan") if reading.sex == "P" else t("laki-laki")
    spelled = format_long(reading.birth_date) if reading.birth_date else t("tanggal tidak ada")
    if reading.sex == "P":
        under = t("tanggal {d} dikurangi 40").format(d=digits[6:8])
    else:
        under = t("tanggal, bulan, dan tahun")
    colour = Hue.LEAF if _agrees(reading, birth_date, sex) else Hue.WARN_EDGE
    return Bracket(f"{spelled}, {words}", under, colour)


def _agrees(reading: NikReading, birth_date: str | None, sex: str | None) -> bool:
    if reading.birth_date is None or (sex and sex != reading.sex):
        return False
    return not birth_date or reading.birth_date.startswith(birth_date)


class NikBrackets(QWidget):
    """Three brackets with their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brackets = read_brackets("", None, None)
        self.setFixedHeight(52)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(t("Arti angka NIK"))

    def show_brackets(self, brackets: tuple[Bracket, ...]) -> None:
        """Show other words."""
        self._brackets = brackets
        said = "; ".join(f"{one.title}, {one.under}".strip(", ") for one in brackets)
        self.setAccessibleDescription(said)
        self.update()

    def brackets(self) -> tuple[Bracket, ...]:
        """What is shown now."""
        return self._brackets

    def sizeHint(self) -> QSize:
        """Room for the words of a usual place."""
        return QSize(420, 52)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint lines and words."""
        painter = smooth(self)
        gaps = (1 - sum(SHARES)) / 2 * self.width()
        left = 0.0
        for share, bracket in zip(SHARES, self._brackets, strict=True):
            wide = share * self.width()
            box(painter, QRectF(left, 5, wide, 2), 1, bracket.colour)
            colour = {Hue.EDGE: Hue.INK_2, Hue.WARN_EDGE: Hue.SOGA}.get(
                bracket.colour, bracket.colour
            )
            room = QRectF(left, 12, wide + gaps - 4, 18)
            text(painter, room, bracket.title, font(13, 600), colour)
            text(painter, room.translated(0, 18), bracket.under, font(12), Hue.INK_3)
            left += wide + gaps


class _NikLine(TextField):
    """The line with grouped digits."""

    def __init__(self) -> None:
        super().__init__("", limit=40)
        self.setFont(font(18, spacing=1))
        self.setPlaceholderText("")
        self.textEdited.connect(self._group)

    def digits(self) -> str:
        """The digits alone."""
        return "".join(char for char in self.text() if char.isascii() and char.isdigit())

    def _group(self, typed: str) -> None:
        before = typed[: self.cursorPosition()]
        place = sum(char.isdigit() for char in before)
        bare = "".join(char for char in typed if char.isascii() and char.isdigit())[:DIGITS]
        grouped = group_nik(bare)
        self.setText(grouped)
        self.setCursorPosition(min(place + sum(place > cut for cut in GROUPS), len(grouped)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.deselect()
        self.end(False)


class NikField(QWidget):
    """16 digits grouped 6-6-4, and brackets that explain them while they are typed.

    Args:
        explain: show the brackets (not for No. KK).

    Signals:
        edited(): the officer typed.
    """

    edited = Signal()

    def __init__(self, *, explain: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _NikLine()
        self._brackets = NikBrackets()
        if not explain:
            self._brackets.hide()
        self._birth_date: str | None = None
        self._sex: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.line)
        column.addWidget(self._brackets)
        self.setFocusProxy(self.line)
        self.line.edited.connect(self._on_edited)

    def value(self) -> object:
        """16 digits; None when empty.

        Raises:
            InputError: not 16 digits, or no possible NIK.
        """
        digits = self.line.digits()
        if not digits:
            return None
        problems = check_nik(digits)
        if problems:
            raise InputError(problems)
        return digits

    def digits(self) -> str:
        """What was typed so far."""
        return self.line.digits()

    def set_value(self, value: object) -> None:
        """Show digits without a signal."""
        self.line.setText(group_nik(str(value)) if value else "")
        self._explain()

    def set_partner(self, birth_date: str | None, sex: str | None) -> None:
        """Tell what stands in the fields beside it; a mismatch turns the bracket amber."""
        self._birth_date, self._sex = birth_date, sex
        self._explain()

    def brackets(self) -> tuple[Bracket, ...]:
        """What the brackets say now."""
        return self._brackets.brackets()

    def set_mark(self, mark: str) -> None:
        """Show "error", "warn" or nothing on the border."""
        self.line.set_mark(mark)

    def setAccessibleName(self, name: str) -> None:
        """Name the line, which takes the focus."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def _on_edited(self) -> None:
        self._explain()
        self.edited.emit()

    def _explain(self) -> None:
        brackets = read_brackets(self.line.digits(), self._birth_date, self._sex)
        self._brackets.show_brackets(brackets)
