"""Choices: combo box with search by typing, check box, radio disc; painted by the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QListView,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import plain_tip
from desmigratif_desktop.ui.painting import box, ring, smooth, text, tick, width_of
from desmigratif_desktop.ui.theme import Hue, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QPaintEvent, QWheelEvent

SEARCH_FROM = 9
"""A table with at least this many rows can be searched by typing."""


class Choice(QComboBox):
    """A combo box over codes and labels.

    Args:
        options: pairs of code and label; a reference table's rows.
        placeholder: shown while nothing is chosen.
        searchable: None decides by the number of rows.

    Signals:
        edited(): the officer chose something.
    """

    edited = Signal()

    def __init__(
        self,
        options: Sequence[tuple[str, str]] = (),
        *,
        placeholder: str = "",
        searchable: bool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hint = placeholder or t("Belum diketahui")
        self._wanted = searchable
        view = QListView()
        view.setObjectName("options")
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setView(view)
        self.setMaxVisibleItems(9)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._on_activated)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other rows; the chosen code stays when it is still there."""
        before = self.value()
        self.clear()
        for code, label in options:
            self.addItem(label, code)
        self._make_searchable(
            on=bool(self._wanted if self._wanted is not None else len(options) >= SEARCH_FROM)
        )
        self.set_value(before)

    def _make_searchable(self, *, on: bool) -> None:
        if on == self.isEditable():
            return
        self.setEditable(on)
        line = self.lineEdit()
        if not on or line is None:
            return
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line.setPlaceholderText(self._hint)
        line.editingFinished.connect(self._on_typed)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("options")
        completer.activated.connect(self._on_completed)
        self.setCompleter(completer)

    def value(self) -> str | None:
        """The chosen code; None for nothing."""
        code = self.currentData()
        return code if isinstance(code, str) and code else None

    def set_value(self, value: object) -> None:
        """Choose a code without a signal; an unknown code is shown as it is."""
        place = self.findData(value) if value else -1
        if value and place < 0:
            self.addItem(str(value), str(value))
            place = self.count() - 1
        self.setCurrentIndex(place)
        if place < 0 and self.isEditable():
            self.setEditText("")
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)  # a long label shows its beginning
            self.setToolTip(plain_tip(self.currentText()) if place >= 0 else "")

    def _on_activated(self, _place: int) -> None:
        self.edited.emit()

    def _on_completed(self, label: str) -> None:
        self.setCurrentIndex(self.findText(label, Qt.MatchFlag.MatchFixedString))
        self.edited.emit()

    def _on_typed(self) -> None:
        typed = self.currentText().strip()
        place = self.findText(typed, Qt.MatchFlag.MatchFixedString) if typed else -1
        if place != self.currentIndex():
            self.setCurrentIndex(place)
            if place < 0:
                self.setEditText("")
            self.edited.emit()
        elif place < 0:
            self.setEditText("")

    def set_mark(self, mark: str) -> None:
        """Show "error", "warn" or nothing on the border."""
        set_mark(self, mark)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Never change a value by rolling over it; the page scrolls instead."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the sheet paint the box, then the arrow and the hint."""
        super().paintEvent(event)
        painter = smooth(self)
        colour = Hue.INK_2 if self.isEnabled() else Hue.OFF_TEXT
        draw_icon(painter, "down", colour, self.width() - 27, self.height() / 2 - 8, 16)
        if self.currentIndex() < 0 and not self.isEditable():
            room = QRectF(13, 0, self.width() - 44, self.height())
            text(painter, room, self._hint, font(14), Hue.INK_3)


def set_mark(widget: QWidget, mark: str) -> None:
    """Set the sheet's property `mark` and dress the widget again."""
    if widget.property("mark") != mark:
        widget.setProperty("mark", mark)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class _Painted:
    """What check box and radio disc share: size and hover."""

    @staticmethod
    def hint(words: str, face_px: int) -> QSize:
        return QSize(round(22 + 10 + width_of(words, font(face_px)) + 6), 32)


class Check(QCheckBox):
    """A check box of 22 px.

    Args:
        words: what is true when it is ticked.
        strong: words in 600.

    Signals:
        edited(): the officer changed it.
    """

    edited = Signal()

    def __init__(
        self, words: str = "", *, strong: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self._words, self._weight = words, 600 if strong else 400
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.edited)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick or clear without a signal."""
        self.setChecked(bool(value))

    def sizeHint(self) -> QSize:
        """Room for box and words."""
        return _Painted.hint(self._words, 14)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """The whole line is the target."""
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint for hover."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint after hover."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, tick, words and ring."""
        painter = smooth(self)
        top = (self.height() - 22) / 2
        area = QRectF(1, top, 22, 22)
        on, off = self.isChecked(), not self.isEnabled()
        if on:
            box(painter, area, 4, Hue.OFF_GROUND if off else Hue.LEAF)
            tick(painter, area.center(), 5, Hue.OFF_TEXT if off else Hue.SURFACE, 2.2)
        else:
            edge = Hue.HAIR_2 if off else Hue.INK_2 if self.underMouse() else Hue.EDGE
            box(painter, area, 4, Hue.SUNKEN if off else Hue.SURFACE, edge, width=1.5)
        room = QRectF(33, 0, self.width() - 33, self.height())
        colour = Hue.OFF_TEXT if off else Hue.INK
        text(painter, room, self._words, font(14, self._weight), colour)
        if self.hasFocus():
            ring(painter, QRectF(self.rect()).adjusted(-1, 1, 0, -1), 6)


class Radio(QRadioButton):
    """A radio disc of 22 px.

    Args:
        words: the answer.

    Signals:
        edited(): the officer chose it.
    """

    edited = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.edited)

    def sizeHint(self) -> QSize:
        """Room for disc and words."""
        return _Painted.hint(self._words, 14)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint disc, words and ring."""
        painter = smooth(self)
        middle = QPointF(12, self.height() / 2)
        off = not self.isEnabled()
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(Hue.OFF_GROUND if off else Hue.LEAF))
            painter.drawEllipse(middle, 11, 11)
            painter.setBrush(QColor(Hue.SURFACE))
            painter.drawEllipse(middle, 4, 4)
        else:
            painter.setPen(QPen(QColor(Hue.HAIR_2 if off else Hue.EDGE), 1.5))
            painter.setBrush(QColor(Hue.SUNKEN if off else Hue.SURFACE))
            painter.drawEllipse(middle, 10.2, 10.2)
        room = QRectF(33, 0, self.width() - 33, self.height())
        text(painter, room, self._words, font(14), Hue.OFF_TEXT if off else Hue.INK)
        if self.hasFocus():
            ring(painter, QRectF(self.rect()).adjusted(-1, 1, 0, -1), 6)
