"""The last steps of an import: what would happen, and what happened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.app import import_words as words
from desmigratif_desktop.app.import_steps import StepLine
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.people.imports.apply import Choices
from desmigratif_desktop.people.imports.cases import CHANGE
from desmigratif_desktop.people.imports.plan import Outcome
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.buttons import Size, danger, ghost, link, secondary
from desmigratif_desktop.ui.cards import Card
from desmigratif_desktop.ui.choices import Check
from desmigratif_desktop.ui.labels import ElidedLabel, PlainLabel
from desmigratif_desktop.ui.page import ScrollBody
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desmigratif_desktop.people.imports.apply import Imported
    from desmigratif_desktop.people.imports.cases import Case
    from desmigratif_desktop.people.imports.plan import Plan, PlannedRow

    Key = tuple[int, int]

AT_ONCE: Final = 40
"""Lines of a list that are laid out at first; more on demand."""


def number_row(numbers: Sequence[tuple[str, int]]) -> QWidget:
    """Big numbers side by side, each with its name."""
    card = Card(padding=16)
    line = QHBoxLayout()
    line.setSpacing(16)
    for name, number in numbers:
        column = QVBoxLayout()
        column.setSpacing(0)
        shown = PlainLabel(format_number(number), 22, 600, Hue.INK if number else Hue.INK_3)
        shown.setAccessibleName(f"{format_number(number)} {name}")
        column.addWidget(shown)
        column.addWidget(PlainLabel(name, 13, 400, Hue.INK_2))
        line.addLayout(column)
        line.addStretch(1)
    card.add(line)
    return card


class Lines(Card):
    """A list whose lines are made a page at a time.

    Args:
        title: of the card.
        items: what the lines show.
        make: makes a line of an item.
    """

    def __init__(
        self, title: str, items: Sequence[object], make: Callable[[object], QWidget]
    ) -> None:
        super().__init__(title, format_number(len(items)))
        self._items, self._make, self._shown = items, make, 0
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.add(self._lines)
        self._more = link("")
        self._more.clicked.connect(self.show_more)
        self.add(self._more)
        self.show_more()

    def show_more(self) -> None:
        """Lay out the next lines."""
        upto = min(self._shown + AT_ONCE, len(self._items))
        for one in self._items[self._shown : upto]:
            self._lines.addWidget(self._make(one))
        self._shown = upto
        rest = len(self._items) - upto
        self._more.set_words(t("Tampilkan lagi ({n} tersisa)").format(n=format_number(rest)))
        self._more.setVisible(rest > 0)


def problem_line(item: object) -> QWidget:
    """Place, field and sentence; a refusal in another colour than a note."""
    line: tuple[str, str, str, bool] = item  # type: ignore[assignment]
    place, head, sentence, is_note = line
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    where = ElidedLabel(place, 13, 600, Hue.INK_2 if is_note else Tone.SOGA.value.text)
    where.setFixedWidth(150)
    what = ElidedLabel(head, 13, 600)
    what.setFixedWidth(150)
    row.addWidget(where)
    row.addWidget(what)
    row.addWidget(PlainLabel(sentence, 13, wrap=True), 1)
    return holder


class ReportStep(ScrollBody):
    """The dry run: numbers, cells, proposals to tick.

    Args:
        plan: what would be done.
        on_save: asks where the report is to be kept.
        on_ticked: hears that the ticked proposals changed.
        band: what has to be said first.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        on_save: Callable[[], None],
        on_ticked: Callable[[], None],
        band: Band | None = None,
    ) -> None:
        super().__init__(padding=24, spacing=16)
        self.plan, self._on_ticked = plan, on_ticked
        self._accepted: set[Key] = set()
        self.checks: dict[Key, Check] = {}
        self.add(StepLine(2))
        if band is not None:
            self.add(band)
        self.add(number_row(words.plan_numbers(plan)))
        for note in plan.notes:
            self.add(Band(note, "", Tone.INDIGO))
        self._add_changes()
        self._add_problems(on_save)
        self.end()

    def choices(self) -> Choices:
        """What the officer ticked."""
        return Choices(accepted=frozenset(self._accepted))

    def _add_changes(self) -> None:
        changed = self.plan.of(Outcome.CHANGED)
        if not changed:
            return
        card = Lines(t("Usul perubahan"), changed, self._change_line)
        for said, on in ((t("Terima semua"), True), (t("Kosongkan"), False)):
            button = ghost(said, size=Size.SMALL)
            button.clicked.connect(partial(self._tick_all, is_on=on))
            card.add_head(button)
        self.add(card)

    def _change_line(self, item: object) -> QWidget:
        row: PlannedRow = item  # type: ignore[assignment]
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        check = Check(words.row_words(row))
        check.setChecked(row.read.key in self._accepted)
        check.edited.connect(lambda: self._tick(row.read.key, is_on=check.isChecked()))
        self.checks[row.read.key] = check
        line.addWidget(check)
        line.addWidget(ElidedLabel(words.change_words(row.changes), 13, 400, Hue.INK_2), 1)
        return holder

    def _tick(self, key: Key, *, is_on: bool) -> None:
        (self._accepted.add if is_on else self._accepted.discard)(key)
        self._on_ticked()

    def _tick_all(self, *_: object, is_on: bool) -> None:
        keys = {one.read.key for one in self.plan.of(Outcome.CHANGED)}
        self._accepted = keys if is_on else set()
        for check in self.checks.values():
            check.setChecked(is_on)
        self._on_ticked()

    def _add_problems(self, on_save: Callable[[], None]) -> None:
        lines = words.problem_lines(self.plan)
        save = secondary(t("Simpan laporan"), icon="save", size=Size.SMALL)
        save.clicked.connect(on_save)
        if lines:
            card: Card = Lines(t("Yang perlu dilihat"), lines, problem_line)
        else:
            card = Card(t("Yang perlu dilihat"))
            card.add(PlainLabel(t("Tidak ada sel yang bermasalah."), 14, 400, Hue.INK_2))
        card.add_head(save)
        self.add(card)


class ResultStep(ScrollBody):
    """What an import came to, and what still waits.

    Args:
        done: the numbers; None shows only what waits.
        on_undo: asks, then takes the import back.
        on_open: opens the list of people.
        on_settle: decides a case: "add", "change" or "leave".
        band: what has to be said first.
    """

    def __init__(
        self,
        done: Imported | None,
        *,
        on_undo: Callable[[], None],
        on_open: Callable[[], None],
        on_settle: Callable[[Case, str], None],
        band: Band | None = None,
    ) -> None:
        super().__init__(padding=24, spacing=16)
        self._on_settle = on_settle
        self.add(StepLine(3))
        if band is not None:
            self.add(band)
        if done is not None:
            self.add(number_row(words.done_numbers(done)))
        line = QHBoxLayout()
        line.setSpacing(8)
        look = secondary(t("Buka daftar warga"), icon="people")
        look.clicked.connect(on_open)
        line.addWidget(look)
        if done is not None and done.act:
            back = danger(t("Batalkan seluruh impor"), icon="undo")
            back.clicked.connect(on_undo)
            line.addWidget(back)
        line.addStretch(1)
        self.add(line)
        self._place = QVBoxLayout()
        self._card: QWidget | None = None
        self.add(self._place)
        self.end()

    def show_cases(self, found: Sequence[Case]) -> None:
        """Show what waits for a decision, in place of what was shown."""
        if self._card is not None:
            self._place.removeWidget(self._card)
            self._card.hide()
            self._card.setParent(None)
            self._card.deleteLater()
            self._card = None
        if found:
            self._card = Lines(t("Menunggu keputusan"), found, self._case_line)
            self._place.addWidget(self._card)

    def _case_line(self, item: object) -> QWidget:
        case: Case = item  # type: ignore[assignment]
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(0)
        place = t("{name} · lembar {sheet}, baris {row}").format(
            name=case.name, sheet=case.sheet, row=case.row
        )
        column.addWidget(ElidedLabel(place, 14, 600))
        says = words.change_words(case.changes) if case.kind == CHANGE else " ".join(case.reasons)
        column.addWidget(ElidedLabel(says, 13, 400, Hue.INK_2))
        line.addLayout(column, 1)
        offers = [("leave", t("Biarkan"))]
        if case.person is not None:
            offers.insert(0, ("change", t("Pakai isi berkas")))
        if case.kind != CHANGE:
            offers.insert(0, ("add", t("Orang lain, tambahkan")))
        for how, said in offers:
            button = (ghost if how == "leave" else secondary)(said, size=Size.SMALL)
            button.setAccessibleName(f"{said}: {case.name}")
            button.clicked.connect(partial(self._settle, case, how))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _settle(self, case: Case, how: str, *_: object) -> None:
        self._on_settle(case, how)
