"""A form made of FieldSpecs: sections, rows, problems under their fields.

It never writes what the officer did not touch: `touched()` returns only the fields
that were changed and differ from what was loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.bands import ReasonBand
from desmigratif_desktop.ui.form_parts import FieldFrame
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from desmigratif_desktop.ui.fields import Field


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form.

    Attributes:
        name: identifier of the field ("birth_place").
        label: 13/600 above it.
        make: builds the widget; it must answer to `fields.Field`.
        optional: writes *boleh kosong* beside the label; required is the rule.
        help: grey words under the field.
        meaning: what F1 tells.
        link: a link at the right of the label ("NIK belum ada").
        span: share of the row's width.
    """

    name: str
    label: str
    make: Callable[[], QWidget]
    optional: bool = False
    help: str = ""
    meaning: str = ""
    link: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one title.

    Attributes:
        name: identifier ("identity").
        title: 16/600.
        rows: fields side by side.
        hint: grey words after the title.
    """

    name: str
    title: str
    rows: tuple[tuple[FieldSpec, ...], ...]
    hint: str = ""


class Form(QWidget):
    """Sections of fields.

    Args:
        sections: from top to bottom.

    Signals:
        changed(str): the officer changed this field.
        submitted(): Ctrl Enter.
        link_asked(str): the link beside this field's label was pressed.
    """

    changed = Signal(str)
    submitted = Signal()
    link_asked = Signal(str)

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[str, FieldSpec] = {}
        self._frames: dict[str, FieldFrame] = {}
        self._places: dict[str, tuple[QVBoxLayout, QWidget]] = {}
        self._bands: dict[str, ReasonBand] = {}
        self._loaded: dict[str, object] = {}
        self._edited: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        for section in sections:
            self._add_section(section)
        self._column.addStretch(1)

    # --- building -----------------------------------------------------------------

    def _add_section(self, section: Section) -> None:
        if section.title:
            head = QWidget()
            line = QHBoxLayout(head)
            line.setContentsMargins(0, 4, 0, 0)
            line.setSpacing(10)
            line.addWidget(PlainLabel(section.title, 16, 600))
            line.addWidget(PlainLabel(section.hint, 13, 400, Hue.INK_3, wrap=True), 1)
            self._column.addWidget(head)
        for row in section.rows:
            self._add_row(row)

    def _add_row(self, specs: Sequence[FieldSpec]) -> None:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(16)
        rows.addLayout(line)
        for spec in specs:
            widget = spec.make()
            frame = FieldFrame(
                spec.label,
                widget,
                optional=spec.optional,
                help_words=spec.help,
                link=spec.link,
            )
            frame.link_asked.connect(lambda name=spec.name: self.link_asked.emit(name))
            line.addWidget(frame, spec.span, Qt.AlignmentFlag.AlignTop)
            self._specs[spec.name] = spec
            self._frames[spec.name] = frame
            self._places[spec.name] = (rows, holder)
            self._field(spec.name).edited.connect(
                lambda *_args, name=spec.name: self._on_edited(name)
            )
            self._watch(widget)
        self._column.addWidget(holder)

    def _watch(self, widget: QWidget) -> None:
        for one in (widget, *widget.findChildren(QWidget)):
            one.installEventFilter(self)

    def _field(self, name: str) -> Field:
        return self._frames[name].widget  # type: ignore[return-value]

    # --- values -------------------------------------------------------------------

    def names(self) -> tuple[str, ...]:
        """All fields, in reading order."""
        return tuple(self._specs)

    def widget(self, name: str) -> QWidget:
        """The widget of a field."""
        return self._frames[name].widget

    def load(self, values: Mapping[str, object]) -> None:
        """Show a record; forget what was touched.

        Args:
            values: kept values by field; missing ones are shown empty.
        """
        for name in self._specs:
            self._field(name).set_value(values.get(name))
            self._loaded[name] = values.get(name)
        self._edited.clear()
        self.clear_problems()

    def fill(self, values: Mapping[str, object]) -> None:
        """Put values in as if the officer had typed them (a draft, a sheet)."""
        for name, value in values.items():
            if name in self._specs:
                self._field(name).set_value(value)
                self._edited.add(name)
                self.changed.emit(name)

    def value(self, name: str) -> object:
        """The value of one field; None when it cannot be read."""
        try:
            return self._field(name).value()
        except InputError:
            return None

    def values(self) -> dict[str, object]:
        """All values that can be read."""
        return {name: self.value(name) for name in self._specs}

    def touched(self) -> dict[str, object]:
        """Only the fields the officer changed, with values that differ from the loaded.

        Raises:
            InputError: some touched field cannot be read; its problems are shown too.
        """
        found: list[FieldProblem] = []
        result: dict[str, object] = {}
        for name in self._specs:
            if name not in self._edited:
                continue
            try:
                value = self._field(name).value()
            except InputError as wrong:
                found += [replace(one, field=name) for one in wrong.problems]
                continue
            if value != self._loaded.get(name):
                result[name] = value
        if found:
            self.show_problems(found)
            raise InputError(tuple(found))
        return result

    def is_touched(self) -> bool:
        """Whether leaving now would lose something."""
        for name in self._edited:
            try:
                if self._field(name).value() != self._loaded.get(name):
                    return True
            except InputError:
                return True
        return False

    # --- problems -----------------------------------------------------------------

    def show_problems(self, problems: Sequence[FieldProblem]) -> tuple[FieldProblem, ...]:
        """Mark problems under their fields and go to the first error.

        Returns:
            The problems that belong to no field of this form, for a band above it.
        """
        self.clear_problems()
        homeless: list[FieldProblem] = []
        first = ""
        for problem in problems:
            frame = self._frames.get(problem.field)
            if frame is None:
                homeless.append(problem)
                continue
            frame.show_message(problem.message, "warn" if problem.is_warning else "error")
            if not problem.is_warning and not first:
                first = problem.field
        if first:
            self.widget(first).setFocus(Qt.FocusReason.OtherFocusReason)
        return tuple(homeless)

    def clear_problems(self) -> None:
        """Take all marks off."""
        for frame in self._frames.values():
            frame.show_message("", "")

    def ask_reason(
        self, name: str, title: str, sentence: str, reasons: Sequence[tuple[str, str]]
    ) -> None:
        """Put an amber band below a field's row that asks why the value is kept."""
        self.drop_reason(name)
        rows, _holder = self._places[name]
        band = ReasonBand(title, sentence, reasons)
        rows.addWidget(band)
        self._bands[name] = band
        self._frames[name].show_message("", "warn")

    def drop_reason(self, name: str) -> None:
        """Take the amber band of a field away."""
        band = self._bands.pop(name, None)
        if band is not None:
            band.hide()
            band.setParent(None)
            band.deleteLater()
            self._frames[name].show_message("", "")

    def reasons(self) -> dict[str, str]:
        """The reasons given, by field."""
        return {name: band.reason for name, band in self._bands.items() if band.reason}

    def misses_reason(self) -> bool:
        """Whether a reason is missing."""
        return any(not band.reason for band in self._bands.values())

    def asks_reason(self) -> bool:
        """Whether a reason is missing; the keyboard goes to it, with no dialog."""
        for band in self._bands.values():
            if not band.reason:
                band.ask()
                return True
        return False

    # --- keyboard -----------------------------------------------------------------

    def focus_field(self, name: str) -> None:
        """Bring the keyboard to a field."""
        self.widget(name).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field, Ctrl Enter submits, F1 tells the meaning."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.submitted.emit()
                    return True
                if watched.inherits("QPlainTextEdit"):
                    return False
                self.focusNextPrevChild(True)
                return True
            if event.key() == Qt.Key.Key_F1:
                return self._tell_meaning()
        return super().eventFilter(watched, event)

    def _tell_meaning(self) -> bool:
        here = QApplication.focusWidget()
        for name, frame in self._frames.items():
            if here is not None and frame.isAncestorOf(here):
                meaning = self._specs[name].meaning or self._specs[name].help
                frame.show_meaning(meaning or t("Isian ini belum diberi keterangan."))
                return True
        return False

    def _on_edited(self, name: str) -> None:
        self._edited.add(name)
        self._frames[name].show_message("", "warn" if name in self._bands else "")
        self.changed.emit(name)
