"""Fields of a registration that hold more than one value: languages, earlier work, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.cards import Hairline
from desmigratif_desktop.ui.choices import Check, Choice
from desmigratif_desktop.ui.fields import DateField, TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

USUAL: Final = ("inggris", "mandarin", "kanton", "arab", "jepang", "korea")
"""The languages with a box on FORM-3."""
WORKS: Final = 2


class LanguagesField(QWidget):
    """The usual languages as check boxes, one more by search.

    Signals:
        edited(): the officer changed something.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        table = reference.table("language")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        self._checks: dict[str, Check] = {}
        for place, code in enumerate(USUAL):
            check = Check(table.label(code))
            check.edited.connect(self.edited)
            self._checks[code] = check
            grid.addWidget(check, place // 3, place % 3)
        rest = [pair for pair in table.choices() if pair[0] not in USUAL]
        self._other = Choice(rest, placeholder=t("Bahasa lain"))
        self._other.setAccessibleName(t("Bahasa lain"))
        self._other.edited.connect(self.edited)
        grid.addWidget(self._other, 2, 0, 1, 3)
        self.setFocusProxy(self._checks[USUAL[0]])

    def value(self) -> object:
        """Codes of the languages; None for none."""
        codes = [code for code, check in self._checks.items() if check.isChecked()]
        other = self._other.value()
        return [*codes, other] if other else codes or None

    def set_value(self, value: object) -> None:
        """Show codes without a signal."""
        codes: Sequence[str] = value if isinstance(value, list | tuple) else ()
        for code, check in self._checks.items():
            check.set_value(code in codes)
        rest = [code for code in codes if code not in USUAL]
        self._other.set_value(rest[0] if rest else None)

    def set_mark(self, mark: str) -> None:
        """Boxes carry no mark; the message below speaks."""


class ExperienceField(QWidget):
    """Earlier work: what, where, from and to which year.

    Signals:
        edited(): the officer typed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        countries = reference.table("destination_country").choices()
        self._rows: list[tuple[TextField, Choice, DateField, DateField]] = []
        for number in range(1, WORKS + 1):
            work, country = TextField(t("Pekerjaan")), Choice(countries, placeholder=t("Negara"))
            start, end = DateField(placeholder=t("dari tahun")), DateField(placeholder=t("sampai"))
            for field, name in (
                (work, t("Pekerjaan ke-{n}")), (country, t("Negara pekerjaan ke-{n}")),
                (start, t("Tahun mulai ke-{n}")), (end, t("Tahun selesai ke-{n}")),
            ):  # fmt: skip
                field.setAccessibleName(name.format(n=number))
                field.edited.connect(self.edited)
            line = QHBoxLayout()
            line.setSpacing(8)
            for field, share in ((work, 4), (country, 3), (start, 2), (end, 2)):
                line.addWidget(field, share)
            column.addLayout(line)
            self._rows.append((work, country, start, end))
        self.setFocusProxy(self._rows[0][0])

    def value(self) -> object:
        """Rows as [work, country, started, ended]; None for none.

        Raises:
            InputError: a year cannot be read.
        """
        rows = [[field.value() for field in row] for row in self._rows]
        return [row for row in rows if row[0]] or None

    def set_value(self, value: object) -> None:
        """Show rows without a signal."""
        rows: list[Any] = list(value) if isinstance(value, list | tuple) else []
        for number, fields in enumerate(self._rows):
            kept = rows[number] if number < len(rows) else (None,) * 4
            work, country, start, end = fields
            work.set_value(kept[0])
            country.set_value(kept[1])
            start.set_value(kept[2])
            end.set_value(kept[3])

    def set_mark(self, mark: str) -> None:
        """Mark the years, which are what can be unreadable."""
        for _work, _country, start, end in self._rows:
            start.set_mark(mark)
            end.set_mark(mark)


class DocumentsField(QWidget):
    """The checklist: a box for each document, and its number when it is there.

    Signals:
        edited(): the officer changed something.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows: dict[str, tuple[Check, TextField]] = {}
        for row in reference.table("document"):
            name = row.label.split(",")[0].split(" / ")[0]
            check, number = Check(name), TextField(t("nomor"))
            number.setFixedWidth(190)
            number.setAccessibleName(t("Nomor {name}").format(name=name))
            number.setEnabled(False)
            check.edited.connect(lambda check=check, number=number: self._follow(check, number))
            number.edited.connect(self.edited)
            holder = QWidget()
            holder.setFixedHeight(46)
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 2, 0, 2)
            line.addWidget(check, 1)
            line.addWidget(number)
            column.addWidget(holder)
            column.addWidget(Hairline())
            self._rows[row.code] = (check, number)
        self.setFocusProxy(next(iter(self._rows.values()))[0])

    def _follow(self, check: Check, number: TextField) -> None:
        number.setEnabled(check.isChecked())
        self.edited.emit()

    def value(self) -> object:
        """The documents that are there, as [code, number]; None for none."""
        rows = [
            [code, number.value()]
            for code, (check, number) in self._rows.items()
            if check.isChecked()
        ]
        return rows or None

    def set_value(self, value: object) -> None:
        """Show rows without a signal."""
        rows: list[Any] = list(value) if isinstance(value, list | tuple) else []
        held = {row[0]: row[1] for row in rows}
        for code, (check, number) in self._rows.items():
            check.set_value(code in held)
            number.set_value(held.get(code))
            number.setEnabled(code in held)

    def set_mark(self, mark: str) -> None:
        """Boxes carry no mark; the message below speaks."""
