"""The first steps of an import: the line of steps, the file, its columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.app import import_words as words
from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.imports.found import KIND_LABELS, is_sure
from desmigratif_desktop.people.imports.headings import IGNORE, SKIPPED
from desmigratif_desktop.people.imports.mapping import Mapping, TableMapping
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.buttons import Size, secondary
from desmigratif_desktop.ui.cards import Card
from desmigratif_desktop.ui.choices import Check, Choice
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.form_parts import FieldFrame
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import ElidedLabel, PlainLabel
from desmigratif_desktop.ui.page import ScrollBody
from desmigratif_desktop.ui.painting import smooth, text
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from desmigratif_desktop.people.imports.found import ColumnFound, Question, Recognised

ENDINGS: Final = "*.xlsx *.xls *.ods *.csv *.json"
PATH_LIMIT: Final = 1000
SAMPLES: Final = 2


class StepLine(QWidget):
    """Berkas > Kolom > Periksa > Selesai, with the step that is open.

    Args:
        at: number of the open step.
    """

    def __init__(self, at: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(28)
        self._at = at
        said = t("Langkah {n} dari {m}: {step}")
        self.setAccessibleName(said.format(n=at + 1, m=len(words.STEPS), step=t(words.STEPS[at])))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the steps one after another."""
        painter = smooth(self)
        left = 0.0
        for place, name in enumerate(words.STEPS):
            here = place == self._at
            colour = Hue.LEAF if here else Hue.INK_2 if place < self._at else Hue.INK_3
            area = self.rect().toRectF().adjusted(left, 0, 0, 0)
            left += text(painter, area, t(name), font(14, 600 if here else 400), colour) + 8
            if place + 1 < len(words.STEPS):
                draw_icon(painter, "right", Hue.INK_3, left, self.height() / 2 - 8, 16)
                left += 24


class FileStep(ScrollBody):
    """Choose the file.

    Args:
        on_file: takes the path once it is chosen or Enter is pressed.
        band: what has to be said first.
    """

    def __init__(self, on_file: Callable[[Path], None], band: Band | None = None) -> None:
        super().__init__(padding=24, spacing=16)
        self._on_file = on_file
        self.add(StepLine(0))
        if band is not None:
            self.add(band)
        card = Card(t("Pilih berkas daftar warga"))
        card.add(PlainLabel(
            t("Lembar penduduk OpenSID, ekspor SIAK, Buku Induk Penduduk, atau daftar buatan"
              " sendiri: xlsx, xls, ods, csv. Berkasnya hanya dibaca dan tidak diubah. Belum ada"
              " yang disimpan sebelum Anda memeriksa hasilnya."),
            14, 400, Hue.INK_2, wrap=True,
        ))  # fmt: skip
        line = QHBoxLayout()
        line.setSpacing(8)
        self.path = TextField(t("Contoh: Daftar warga 2026.xlsx"), limit=PATH_LIMIT)
        self.path.setAccessibleName(t("Letak berkas"))
        self.path.returnPressed.connect(self.submit)
        choose = secondary(t("Pilih berkas"), icon="folder")
        choose.clicked.connect(self._choose)
        line.addWidget(FieldFrame(t("Letak berkas"), self.path), 1)
        line.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        card.add(line)
        self.add(card)
        self._waiting: Band | None = None
        self.end()

    def show_waiting(self, count: int, on_open: Callable[[], None]) -> None:
        """Say that cases wait from imports before."""
        if self._waiting is not None:
            self.column.removeWidget(self._waiting)
            self._waiting.hide()
            self._waiting.deleteLater()
            self._waiting = None
        if count:
            look = secondary(t("Lihat"), size=Size.SMALL)
            look.clicked.connect(on_open)
            said = t("{n} hal dari impor terdahulu menunggu keputusan.").format(n=count)
            self._waiting = Band(said, "", Tone.SOGA, button=look)
            self.column.insertWidget(1, self._waiting)

    def submit(self) -> None:
        """Go on with the path that stands in the field."""
        name = self.path.text().strip().strip('"')
        if name:
            self._on_file(Path(name))

    def _choose(self) -> None:
        dialog = QFileDialog(
            self, t("Pilih berkas daftar warga"), "", t("Daftar warga") + f" ({ENDINGS})"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, name: str) -> None:
        self.path.setText(name)
        self.submit()


@dataclass(slots=True)
class _Asked:
    """A question and the combo that answers it; `done` also by editing the column."""

    question: Question
    choice: Choice
    done: bool = False


class ColumnsStep(ScrollBody):
    """What each column holds, as proposed, remembered, and then decided.

    Args:
        found: what was recognised.
        mapping: what stands in the combos at first.
        asks: whether the questions are open; not when the mapping is remembered.
        band: what has to be said first.
    """

    def __init__(
        self, found: Recognised, mapping: Mapping, *, asks: bool, band: Band | None = None
    ) -> None:
        super().__init__(padding=24, spacing=16)
        self._found = found
        self._orders = [one.date_order for one in mapping.tables]
        self._asked: list[_Asked] = []
        self.choices: list[dict[int, Choice]] = []
        self.unused: list[Check] = []
        self.add(StepLine(1))
        self._band: Band | None = None
        if band is not None:
            self.say(band)
        for one in found.questions if asks else ():
            self.add(self._question(one))
        for note in found.notes:
            self.add(Band(note, "", Tone.INDIGO))
        for place in range(len(found.tables)):
            self.add(self._table(place, mapping.tables[place], asks=asks))
        self.end()

    def say(self, band: Band) -> None:
        """Put a band on top, in place of the one before, and bring it into sight."""
        if self._band is not None:
            self.column.removeWidget(self._band)
            self._band.hide()
            self._band.deleteLater()
        self._band = band
        self.column.insertWidget(1, band)
        self.verticalScrollBar().setValue(0)

    def mapping(self) -> Mapping:
        """What the officer decided.

        Raises:
            InputError: a question is open.
        """
        tables = tuple(
            TableMapping(
                {column: self._value(place, column) for column in self.choices[place]},
                self._orders[place], not self.unused[place].isChecked(),
            )
            for place in range(len(self._found.tables))
        )  # fmt: skip
        taken = {place for place, one in enumerate(tables) if one.is_taken}
        if not taken:
            raise InputError((FieldProblem("", "no_table", t("Belum ada tabel yang dipakai.")),))
        open_ = [
            FieldProblem("", f"ask_{one.question.code}", one.question.sentence)
            for one in self._asked if not one.done and one.question.table in taken
        ]  # fmt: skip
        if open_:
            raise InputError((open_[0],), t("Jawab dahulu pertanyaan ini."))
        return Mapping(tables, is_confirmed=True)

    def _value(self, place: int, column: int) -> str:
        chosen = self.choices[place][column].value() or ""
        before = next(
            one.field for one in self._found.tables[place].columns if one.column == column
        )
        if chosen in {"", IGNORE}:
            return before if before in SKIPPED else ""
        return chosen

    # --- questions ------------------------------------------------------------------

    def _question(self, one: Question) -> QWidget:
        band = Band(one.sentence, "", Tone.SOGA)
        choice = Choice(words.answer_options(one), placeholder=t("Pilih jawaban"))
        choice.setAccessibleName(one.sentence)
        asked = _Asked(one, choice)
        choice.edited.connect(lambda: self._answer(asked))
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 4, 0)
        line.addWidget(choice, 2)
        line.addStretch(3)
        band.column.addLayout(line)
        self._asked.append(asked)
        return band

    def _answer(self, asked: _Asked) -> None:
        answer, one = asked.choice.value(), asked.question
        asked.done = answer is not None
        if answer is None or answer == words.SEEN:
            return
        table = self._found.tables[one.table]
        if one.code == "date_order":
            self._orders[one.table] = answer
        elif one.code == "no_name":
            column = next(it.column for it in table.columns if it.letter == answer)
            self.choices[one.table][column].set_value("name")
        elif one.column is not None:
            self._give(one, answer)

    def _give(self, one: Question, answer: str) -> None:
        """Give the column its field; whoever had it gets what this one had, or nothing."""
        combos = self.choices[one.table]
        before = combos[one.column or 0].value() or IGNORE
        for column, combo in combos.items():
            if column != one.column and answer != IGNORE and combo.value() == answer:
                combo.set_value(before if one.code == "disagree" else IGNORE)
        combos[one.column or 0].set_value(answer)

    def _edited(self, place: int, column: int) -> None:
        combo = self.choices[place][column]
        combo.set_mark("")
        for asked in self._asked:
            one = asked.question
            names = one.code == "no_name" and combo.value() == "name"
            if one.table == place and (one.column == column or names):
                asked.done = True

    # --- tables ---------------------------------------------------------------------

    def _table(self, place: int, mapping: TableMapping, *, asks: bool) -> QWidget:
        table = self._found.tables[place]
        remark = t("Lembar “{sheet}”, mulai {cell}").format(
            sheet=table.sheet[:40], cell=table.head_cell
        )
        kind = t(KIND_LABELS[table.kind])
        card = Card(kind[:1].upper() + kind[1:], remark)
        unused = Check(t("Jangan pakai tabel ini"))
        unused.setChecked(not mapping.is_taken)
        self.unused.append(unused)
        card.add_head(unused)
        body = QWidget()
        unused.toggled.connect(body.setDisabled)
        body.setDisabled(not mapping.is_taken)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for stretch in ((1, 3), (2, 4), (3, 4)):
            grid.setColumnStretch(*stretch)
        heads = (t("Kolom"), t("Judul pada berkas"), t("Contoh isi"), t("Dipakai sebagai"))
        for at, head in enumerate(heads):
            grid.addWidget(PlainLabel(head, 12, 600, Hue.INK_3), 0, at)
        self.choices.append({})
        for row, one in enumerate(table.columns, start=1):
            self._line(grid, row, place, one, mapping.columns.get(one.column, ""), asks=asks)
        card.add(body)
        return card

    def _line(
        self, grid: QGridLayout, row: int, place: int, one: ColumnFound, name: str, *, asks: bool
    ) -> None:
        combo = Choice(words.field_options(), searchable=True)
        combo.set_value(name if name and name not in SKIPPED else IGNORE)
        combo.setAccessibleName(t("Kolom {letter} dipakai sebagai").format(letter=one.letter))
        combo.edited.connect(lambda: self._edited(place, one.column))
        self.choices[place][one.column] = combo
        samples = " · ".join(words.sample_words(it) for it in one.samples[:SAMPLES])
        grid.addWidget(PlainLabel(one.letter, 14, 600), row, 0)
        grid.addWidget(ElidedLabel(one.heading or t("(tanpa judul)"), 14, 400), row, 1)
        grid.addWidget(ElidedLabel(samples, 13, 400, Hue.INK_2), row, 2)
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addWidget(combo)
        if asks and one.filled and not is_sure(one):
            combo.set_mark("warn")
            cell.addWidget(ElidedLabel(one.reason, 12, 400, Tone.SOGA.value.text))
        grid.addLayout(cell, row, 3)
