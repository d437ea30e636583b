"""A long form in steps: list of sections at the left, one section open, a column at the right.

The steps are forms of their own, so what was touched, asked and refused stays per field;
the owner sees one form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.ui.buttons import Area
from desmigratif_desktop.ui.cards import Hairline
from desmigratif_desktop.ui.form import Form, Section
from desmigratif_desktop.ui.nik_field import NikField
from desmigratif_desktop.ui.painting import CENTRE, box, ring, smooth, text
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPaintEvent

LIST_WIDE, LIST_SLIM = 200, 60
SIDE_WIDE, SIDE_SLIM = 316, 300


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a long form.

    Attributes:
        key: identifier.
        title: words in the list.
        sections: what it asks.
    """

    key: str
    title: str
    sections: tuple[Section, ...]


class _StepRow(Area):
    """Number in a disc, title, state; the open one is a white card."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__(title)
        self._number, self._title, self._state, self._is_warning = number, title, "", False
        self._slim = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(52)

    def set_state(self, words: str, *, is_warning: bool) -> None:
        self._state, self._is_warning = words, is_warning
        self.setAccessibleName(f"{self._number}. {self._title}. {words}")
        self.update()

    def set_slim(self, slim: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        self._slim = slim
        self.setFixedHeight(50 if slim else 52)
        self.setToolTip("")

    def sizeHint(self) -> QSize:
        return QSize(44 if self._slim else 172, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        area = QRectF(self.rect())
        here = self.isChecked()
        if here and not self._slim:
            box(painter, area, 8, Hue.SURFACE, Hue.HAIR_2)
        elif self.underMouse():
            box(painter, area, 8, Hue.GHOST_HOVER)
        size = 28 if self._slim else 24
        left = (area.width() - size) / 2 if self._slim else 9.0
        disc = QRectF(left, (area.height() - size) / 2, size, size)
        box(painter, disc, size / 2, Hue.LEAF if here else Hue.HAIR)
        colour = Hue.SURFACE if here else Hue.INK_2
        text(painter, disc, str(self._number), font(12, 600), colour, CENTRE)
        if not self._slim:
            room = QRectF(43, 7, area.width() - 48, 20)
            text(painter, room, self._title, font(14, 600 if here else 400), Hue.INK)
            tone = Hue.SOGA if self._is_warning else Hue.INK_3
            text(painter, room.translated(0, 19), self._state, font(12), tone)
        elif self._is_warning:
            box(painter, QRectF(disc.right() - 6, disc.top() - 2, 9, 9), 4.5, Hue.LAMP)
        if self.hasFocus():
            ring(painter, area, 8)


class _Ground(QWidget):
    """One flat colour behind a column."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour

    def paintEvent(self, _event: QPaintEvent) -> None:
        smooth(self).fillRect(self.rect(), self._colour)


def scrolled(inner: QWidget) -> QScrollArea:
    """A column that scrolls down only, without a frame or a ground of its own."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def raw_of(widget: QWidget) -> object:
    """What stands in a field as typed, readable or not; for drafts."""
    if isinstance(widget, NikField):
        return widget.digits()
    if isinstance(widget, QLineEdit):
        return widget.text()
    try:
        return widget.value()  # type: ignore[attr-defined]
    except InputError:
        plain = getattr(widget, "toPlainText", None)
        return plain() if callable(plain) else None


class SectionedForm(QWidget):
    """Steps, the open step's form, and a column beside it.

    Args:
        steps: from first to last.
        side: column at the right; None for none.

    Signals:
        changed(str): the officer changed this field.
        moved(int): another step is open.
        submitted(): Ctrl Enter in a field.
        link_asked(str): the link beside this field's label.
    """

    changed = Signal(str)
    moved = Signal(int)
    submitted = Signal()
    link_asked = Signal(str)

    def __init__(
        self, steps: Sequence[Step], side: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.steps = tuple(steps)
        self.forms: list[Form] = []
        self._rows: list[_StepRow] = []
        self._areas: list[QScrollArea] = []
        self._edited: set[str] = set()
        self._stack = QStackedWidget()
        self._list = _Ground(Hue.PAPER)
        self._side = side
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self._stack, 1)
        if side is not None:
            row.addWidget(Hairline(upright=True))
            row.addWidget(side)
        self._fill_list()
        for step in self.steps:
            self._add_form(step)
        self.set_narrow(narrow=False)
        self.go(0, focus=False)
        for key, by in (("Alt+Down", 1), ("Alt+Up", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.step_by(by))

    def _fill_list(self) -> None:
        column = QVBoxLayout(self._list)
        column.setContentsMargins(16, 20, 12, 16)
        column.setSpacing(2)
        for number, step in enumerate(self.steps):
            row = _StepRow(number + 1, step.title)
            row.clicked.connect(lambda _on=False, number=number: self.go(number))
            column.addWidget(row)
            self._rows.append(row)
        column.addStretch(1)

    def _add_form(self, step: Step) -> None:
        form = Form(step.sections)
        form.changed.connect(self._on_changed)
        form.submitted.connect(self.submitted)
        form.link_asked.connect(self.link_asked)
        ground = _Ground(Hue.SURFACE)
        column = QVBoxLayout(ground)
        column.setContentsMargins(24, 14, 24, 20)
        column.addWidget(form)
        area = scrolled(ground)
        self.forms.append(form)
        self._areas.append(area)
        self._stack.addWidget(area)

    # --- walking ------------------------------------------------------------------

    @property
    def at(self) -> int:
        """The open step."""
        return self._stack.currentIndex()

    def go(self, place: int, *, focus: bool = True) -> None:
        """Open a step and bring the keyboard to its first field."""
        place = max(0, min(place, len(self.steps) - 1))
        self._stack.setCurrentIndex(place)
        for number, row in enumerate(self._rows):
            row.setChecked(number == place)
        if focus:
            names = [one for one in self.forms[place].names() if self._is_shown(one)]
            if names:
                self.forms[place].focus_field(names[0])
        self.moved.emit(place)

    def step_by(self, by: int) -> None:
        """Open the next or previous step."""
        self.go(self.at + by)

    def _is_shown(self, name: str) -> bool:
        holder = self.holder(name)
        return holder is not None and not holder.isHidden()

    def reveal(self, name: str) -> None:
        """Open the step of a field, scroll to it and give it the keyboard."""
        place = self._place(name)
        if place is None:
            return
        if place != self.at:
            self.go(place, focus=False)
        widget = self.forms[place].widget(name)
        self.forms[place].focus_field(name)
        self._areas[place].ensureWidgetVisible(widget, 0, 60)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Under 1200 px the list becomes numbers."""
        self._list.setFixedWidth(LIST_SLIM if narrow else LIST_WIDE)
        layout = self._list.layout()
        if layout is not None:
            layout.setContentsMargins(8 if narrow else 16, 20, 8 if narrow else 12, 16)
        for row in self._rows:
            row.set_slim(narrow)
        if self._side is not None:
            self._side.setFixedWidth(SIDE_SLIM if narrow else SIDE_WIDE)

    def set_state(self, key: str, words: str, *, is_warning: bool = False) -> None:
        """Say in the list how far a step is."""
        for step, row in zip(self.steps, self._rows, strict=True):
            if step.key == key:
                row.set_state(words, is_warning=is_warning)

    # --- values -------------------------------------------------------------------

    def _place(self, name: str) -> int | None:
        return next((n for n, form in enumerate(self.forms) if name in form.names()), None)

    def form_of(self, name: str) -> Form:
        """The form that asks for a field."""
        return self.forms[self._place(name) or 0]

    def widget(self, name: str) -> QWidget:
        """The widget of a field."""
        return self.form_of(name).widget(name)

    def holder(self, name: str) -> QWidget | None:
        """The whole row a field stands in, to hide or show it."""
        frame = self.widget(name).parentWidget()
        return frame.parentWidget() if frame is not None else None

    def names(self) -> tuple[str, ...]:
        """All fields, in reading order."""
        return tuple(name for form in self.forms for name in form.names())

    def load(self, values: Mapping[str, object]) -> None:
        """Show a record; forget what was touched."""
        for form in self.forms:
            form.load(values)
        self._edited.clear()

    def value(self, name: str) -> object:
        """The value of one field; None when it cannot be read or is not asked here."""
        place = self._place(name)
        return self.forms[place].value(name) if place is not None else None

    def values(self) -> dict[str, object]:
        """All values that can be read."""
        return {name: value for form in self.forms for name, value in form.values().items()}

    def touched(self) -> dict[str, object]:
        """Only what the officer changed.

        Raises:
            InputError: some touched field cannot be read; the step with it is open then.
        """
        found: list[FieldProblem] = []
        result: dict[str, object] = {}
        for form in self.forms:
            try:
                result |= form.touched()
            except InputError as wrong:
                found += wrong.problems
        if found:
            self.reveal(found[0].field)
            raise InputError(tuple(found))
        return result

    def is_touched(self) -> bool:
        """Whether leaving now would lose something."""
        return any(form.is_touched() for form in self.forms)

    def raw(self) -> dict[str, object]:
        """What was typed, field by field, readable or not."""
        return {name: raw_of(self.widget(name)) for name in self.names() if name in self._edited}

    def restore(self, raw: Mapping[str, object]) -> None:
        """Put typed texts back as if the officer had typed them again."""
        for name, typed in raw.items():
            if self._place(name) is None:
                continue
            widget = self.widget(name)
            self.form_of(name).fill({name: None})
            if isinstance(widget, QLineEdit):
                widget.setText(str(typed or ""))
            else:
                widget.set_value(typed)  # type: ignore[attr-defined]
            self.changed.emit(name)

    def focused(self) -> str:
        """The field that has the keyboard; empty for none."""
        here = QApplication.focusWidget()
        for name in self.names():
            widget = self.widget(name)
            if here is not None and (widget is here or widget.isAncestorOf(here)):
                return name
        return ""

    # --- problems -----------------------------------------------------------------

    def show_problems(self, problems: Sequence[FieldProblem]) -> tuple[FieldProblem, ...]:
        """Mark problems under their fields, open the first; returns those without a field."""
        homeless = tuple(one for one in problems if self._place(one.field) is None)
        for number, form in enumerate(self.forms):
            mine = [one for one in problems if self._place(one.field) == number]
            form.show_problems(mine)
        first = next((one for one in problems if not one.is_warning and one not in homeless), None)
        if first is not None:
            self.reveal(first.field)
        return homeless

    def reasons(self) -> dict[str, str]:
        """The reasons given, by field."""
        return {name: code for form in self.forms for name, code in form.reasons().items()}

    def asks_reason(self) -> bool:
        """Whether a reason is missing; the step opens and the combo takes the keyboard."""
        for number, form in enumerate(self.forms):
            if form.misses_reason():
                self.go(number, focus=False)
                form.asks_reason()
                return True
        return False

    def _on_changed(self, name: str) -> None:
        self._edited.add(name)
        self.changed.emit(name)
