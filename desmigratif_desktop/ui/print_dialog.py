"""The print dialog: printer, paper, copies; the effect names the number of sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.buttons import Button, Kind
from desmigratif_desktop.ui.cards import ChoiceCard
from desmigratif_desktop.ui.choices import Choice
from desmigratif_desktop.ui.dialogs import Dialog
from desmigratif_desktop.ui.fields import NumberField
from desmigratif_desktop.ui.form_parts import FieldFrame
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.printing import Paper, PrintOrder, printer_names
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_COPIES = 50


class Stepper(QWidget):
    """A number between two square buttons.

    Args:
        value: at first.
        least: smallest.
        most: largest.

    Signals:
        changed(int): another number.
    """

    changed = Signal(int)

    def __init__(
        self, value: int = 1, least: int = 1, most: int = MOST_COPIES, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        less = Button("", Kind.SECONDARY, icon="minus", says=t("Kurangi"))
        more = Button("", Kind.SECONDARY, icon="plus", says=t("Tambah"))
        self._field = NumberField(least, most)
        self._field.setFixedWidth(64)
        self._field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field.setAccessibleName(t("Jumlah"))
        self._field.set_value(value)
        less.clicked.connect(lambda: self._step(-1))
        more.clicked.connect(lambda: self._step(1))
        self._field.edited.connect(lambda: self.changed.emit(self.number()))
        for one in (less, self._field, more):
            row.addWidget(one)
        self.setFocusProxy(self._field)

    def number(self) -> int:
        """The number; the smallest while the field cannot be read."""
        words = self._field.text().strip()
        number = int(words[:6]) if words.isascii() and words.isdigit() else self._least
        return max(self._least, min(self._most, number))

    def _step(self, by: int) -> None:
        self._field.set_value(max(self._least, min(self._most, self.number() + by)))
        self.changed.emit(self.number())


class PrintDialog(Dialog):
    """Asks where and how often.

    Args:
        over: any widget of the window.
        title: "Cetak surat izin suami".
        paper: what the pages were made for; chosen at first.
        copies: at first.
        copies_hint: "1 untuk warga, 1 arsip desa".
        note: title and sentence of the band above the foot; None for none.
        printers: names; None asks the laptop.

    Signals:
        confirmed(PrintOrder): the officer pressed the effect; without any printer
            `printer` is empty, and the owner asks for a file.
    """

    confirmed = Signal(object)

    def __init__(
        self,
        over: QWidget,
        title: str,
        *,
        paper: Paper = Paper.F4,
        copies: int = 1,
        copies_hint: str = "",
        note: tuple[str, str] | None = None,
        printers: Sequence[str] | None = None,
    ) -> None:
        super().__init__(over, title, icon="print")
        names = printer_names() if printers is None else tuple(printers)
        self._printer = Choice([(name, name) for name in names], searchable=False)
        self._printer.set_value(names[0] if names else None)
        self._printer.setEnabled(bool(names))
        frame = FieldFrame(t("Pencetak"), self._printer)
        self.add(frame)
        if not names:
            words = t("Belum ada pencetak yang dikenal laptop ini. Simpan dahulu sebagai PDF.")
            frame.show_message(words, "warn")
        self.add(self._papers(paper))
        self._copies = Stepper(copies)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._copies)
        line.addWidget(PlainLabel(copies_hint, 13, 400, Hue.INK_2))
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        holder.setFocusProxy(self._copies)
        self.add(FieldFrame(t("Jumlah lembar"), holder))
        if note is not None:
            self.add(Band(*note, Tone.STONE, icon="lock"))
        self.add_escape()
        self._has_printer = bool(names)
        self.add_effect("", icon="print" if names else "save")
        self._copies.changed.connect(self._name_effect)
        self._name_effect(copies)

    def _papers(self, chosen: Paper) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._group = QButtonGroup(self)
        self._cards: dict[Paper, ChoiceCard] = {}
        for paper in Paper:
            card = ChoiceCard(paper.label, paper.words, icon="doc")
            card.setChecked(paper is chosen)
            self._group.addButton(card)
            self._cards[paper] = card
            row.addWidget(card)
        return FieldFrame(t("Kertas"), holder)

    def _name_effect(self, copies: int) -> None:
        if self.effect is not None:
            words = t("Cetak {n} lembar").format(n=copies)
            self.effect.set_words(words if self._has_printer else t("Simpan PDF"))

    def order(self) -> PrintOrder:
        """What was decided so far."""
        paper = next(one for one, card in self._cards.items() if card.isChecked())
        return PrintOrder(self._printer.value() or "", paper, self._copies.number())

    def confirm(self) -> None:
        """Hand the order over."""
        self.confirmed.emit(self.order())
        super().confirm()
