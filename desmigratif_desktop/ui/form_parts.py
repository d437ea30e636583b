"""What stands around a field: label line above, help or message below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.buttons import link as make_link
from desmigratif_desktop.ui.labels import IconLabel, PlainLabel
from desmigratif_desktop.ui.theme import Hue


class MessageLine(QWidget):
    """Icon 16 and a sentence under a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 0)
        row.setSpacing(6)
        self._icon = IconLabel("warn", Hue.BRICK, 16)
        self._words = PlainLabel("", 13, 600, Hue.BRICK, wrap=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, words: str, icon: str, colour: str) -> None:
        """Show a sentence; an empty one hides the line."""
        self._icon.set_icon(icon, colour)
        self._words.set_colour(colour)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """The sentence shown; empty when hidden."""
        return self._words.text() if not self.isHidden() else ""


class FieldFrame(QWidget):
    """Label, field, help and message.

    Args:
        label: 13/600 above the field.
        widget: the field.
        optional: writes *boleh kosong* beside the label.
        help_words: grey words under the field.
        link: a link at the right of the label.

    Signals:
        link_asked(): the link was pressed.
    """

    link_asked = Signal()

    def __init__(
        self,
        label: str,
        widget: QWidget,
        *,
        optional: bool = False,
        help_words: str = "",
        link: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.widget = widget
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if label:
            column.addLayout(self._label_line(label, link, optional=optional))
        column.addWidget(widget)
        self._help = PlainLabel(help_words, 12, 400, Hue.INK_3, wrap=True)
        if not help_words:
            self._help.hide()
        self._message = MessageLine()
        column.addWidget(self._help)
        column.addWidget(self._message)
        if not widget.accessibleName():
            widget.setAccessibleName(label)

    def _label_line(self, label: str, link: str, *, optional: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(7)
        name = PlainLabel(label.replace("&", "&&"), 13, 600)
        name.setBuddy(self.widget)
        name.setMinimumHeight(20)
        line.addWidget(name)
        if optional:
            line.addWidget(PlainLabel(t("boleh kosong"), 12, 400, Hue.INK_3))
        line.addStretch(1)
        if link:
            button = make_link(link)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(self.link_asked)
            line.addWidget(button)
        return line

    def show_message(self, words: str, mark: str) -> None:
        """Show an error or warning under the field.

        Args:
            words: the sentence; empty hides the line.
            mark: "error", "warn" or "" for the border.
        """
        colour = Hue.SOGA if mark == "warn" else Hue.BRICK
        self._message.say(words, "warn", colour)
        self._help.setVisible(bool(self._help.text()) and not words)
        set_mark = getattr(self.widget, "set_mark", None)
        if callable(set_mark):
            set_mark(mark)

    def show_meaning(self, words: str) -> None:
        """Tell what the field means; F1 a second time hides it."""
        shown = self._message.words() == words
        self._message.say("" if shown else words, "info", Hue.INDIGO)

    def message(self) -> str:
        """The sentence shown under the field."""
        return self._message.words()
