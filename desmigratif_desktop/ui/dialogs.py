"""Dialogs that lie over the page: a scrim, one card, effect at the right, escape beside it.

A dialog is a child of the window, so nothing runs a loop of its own: the answer comes
through a signal or a callback. While it is open it takes every key of the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.buttons import Button, Kind, icon_button
from desmigratif_desktop.ui.labels import IconLabel, PlainLabel
from desmigratif_desktop.ui.painting import box, shadow, smooth
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from desmigratif_desktop.foundation.errors import DesmigratifError

WIDE = 560


class Overlay(QWidget):
    """Scrim over the whole window with one card in its middle; keys stay inside.

    Args:
        over: any widget of the window to cover.
        width: of the card.
        height: of the card; 0 lets it follow its content.

    Attributes:
        card: the widget the owner fills.

    Signals:
        closed(): it went away, whatever the answer was.
    """

    closed = Signal()

    def __init__(self, over: QWidget, width: int = WIDE, height: int = 0) -> None:
        super().__init__(over.window())
        self._returns_to = QApplication.focusWidget()
        self._wide, self._high = width, height
        self.card = QWidget(self)
        self.card.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        over.window().installEventFilter(self)
        self.setGeometry(over.window().rect())

    def open(self, focus: QWidget | None = None) -> None:
        """Show it and give a widget in it the keyboard."""
        self._place()
        self.show()
        self.raise_()
        (focus or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_overlay(self) -> None:
        """Take it away and return the keyboard to where it was."""
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        self.hide()
        back = self._returns_to
        self._returns_to = None
        if back is not None and _is_alive(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def dismiss(self) -> None:
        """What Esc and a press beside the card do."""
        self.close_overlay()

    def confirm(self) -> None:
        """What Enter does."""

    def _place(self) -> None:
        wide = min(self._wide, self.width() - 32)
        self.card.setFixedWidth(wide)
        layout = self.card.layout()
        if self._high:
            high = self._high
        elif layout is not None and layout.hasHeightForWidth():
            high = layout.totalHeightForWidth(wide)
        else:
            high = self.card.sizeHint().height()
        high = min(high, self.height() - 24)
        self.card.setFixedHeight(high)
        self.card.move((self.width() - wide) // 2, (self.height() - high) // 2)
        self.update()

    def replace_card(self) -> None:
        """Measure again after the content changed."""
        self.card.setMaximumHeight(16_777_215)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.setGeometry(watched.rect())
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Take every shortcut of the window while open."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Enter does the effect, a button's key presses it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        else:
            pressed = QKeySequence(event.keyCombination())
            for button in self.card.findChildren(Button):
                if button.isEnabled() and button.shortcut() == pressed:
                    button.click()
                    break
        event.accept()

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Let Tab walk in a circle inside the card."""
        ring = [
            one
            for one in self.card.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.isVisibleTo(self)
            and one.isEnabled()
            and one.focusProxy() is None
        ]
        if not ring:
            return True
        here = QApplication.focusWidget()
        step = 1 if next_ else -1
        at = ring.index(here) + step if here in ring else (0 if next_ else -1)
        reason = Qt.FocusReason.TabFocusReason if next_ else Qt.FocusReason.BacktabFocusReason
        ring[at % len(ring)].setFocus(reason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Swallow presses beside the card."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint scrim, shadow and card."""
        painter = smooth(self)
        scrim = QColor(Hue.PINE_DEEP)
        scrim.setAlpha(120)
        painter.fillRect(self.rect(), scrim)
        area = QRectF(self.card.geometry())
        shadow(painter, area, 12, 22, 8)
        box(painter, area, 12, Hue.SURFACE)


def _is_alive(widget: QWidget) -> bool:
    import shiboken6  # noqa: PLC0415 - only asked when a dialog closes

    return bool(shiboken6.isValid(widget))


class Dialog(Overlay):
    """Head with icon and cross, a body, a foot with buttons.

    Args:
        over: any widget of the window to cover.
        title: 18/600.
        icon: icon name before the title; empty for none.
        width: 560, a merge 800.

    Attributes:
        body: layout the owner fills.

    Signals:
        accepted(): the effect was confirmed.
        rejected(): the officer left.
    """

    accepted = Signal()
    rejected = Signal()

    def __init__(self, over: QWidget, title: str, *, icon: str = "", width: int = WIDE) -> None:
        super().__init__(over, width)
        self.setAccessibleName(title)
        self.effect: Button | None = None
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 10, 12, 0)
        head.setSpacing(14)
        if icon:
            head.addWidget(IconLabel(icon, Hue.LEAF, 22))
        head.addWidget(PlainLabel(title, 18, 600, wrap=True), 1)
        cross = icon_button("x", t("Tutup"))
        cross.clicked.connect(self.dismiss)
        head.addWidget(cross)
        column.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(24, 14, 24, 24)
        self.body.setSpacing(16)
        column.addLayout(self.body)
        column.addStretch(1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.setContentsMargins(24, 0, 24, 0)
        self._foot.addStretch(1)
        column.addLayout(self._foot)

    def add(self, item: QWidget | QLayout) -> None:
        """Put a thing into the body."""
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)

    def add_escape(self, words: str = "") -> Button:
        """The way out, left of the effect."""
        button = Button(words or t("Batal"), Kind.SECONDARY, key="Esc")
        button.clicked.connect(self.dismiss)
        self._foot.addWidget(button)
        return button

    def add_effect(self, words: str, *, icon: str = "", is_danger: bool = False) -> Button:
        """The effect, at the right; Enter confirms it."""
        kind = Kind.DANGER if is_danger else Kind.PRIMARY
        button = Button(words, kind, icon=icon, key="" if is_danger else "Enter")
        button.clicked.connect(self.confirm)
        self._foot.addWidget(button)
        self.effect = button
        return button

    def open(self, focus: QWidget | None = None) -> None:
        """Show it; without a wish the effect has the keyboard."""
        super().open(focus or self.effect)

    def confirm(self) -> None:
        """Do the effect, unless its button is off."""
        if self.effect is not None and not self.effect.isEnabled():
            return
        self.accepted.emit()
        self.close_overlay()

    def dismiss(self) -> None:
        """Leave without effect."""
        self.rejected.emit()
        self.close_overlay()


def ask(
    over: QWidget,
    title: str,
    sentence: str,
    *,
    effect: str,
    on_yes: Callable[[], None],
    escape: str = "",
    icon: str = "info",
    is_danger: bool = False,
) -> Dialog:
    """Ask before an act; the buttons are named by what they do, never *OK*.

    Args:
        over: any widget of the window.
        title: the question.
        sentence: what follows from it.
        effect: words of the acting button.
        on_yes: called when the officer agrees.
        escape: words of the way out; empty is *Batal*.
        icon: icon name of the head.
        is_danger: brick button; then the way out has the keyboard.
    """
    dialog = Dialog(over, title, icon="warn" if is_danger else icon)
    dialog.add(PlainLabel(sentence, 14, 400, Hue.INK_2, wrap=True))
    out = dialog.add_escape(escape)
    dialog.add_effect(effect, is_danger=is_danger)
    dialog.accepted.connect(on_yes)
    dialog.open(out if is_danger else None)
    return dialog


def warn(over: QWidget, title: str, sentence: str, advice: str = "") -> Dialog:
    """Say what happened and what can be done."""
    dialog = Dialog(over, title, icon="warn")
    dialog.add(PlainLabel(sentence, 14, wrap=True))
    if advice:
        dialog.add(PlainLabel(advice, 14, 400, Hue.INK_2, wrap=True))
    dialog.add_effect(t("Tutup"))
    dialog.open()
    return dialog


def show_error(over: QWidget, error: DesmigratifError) -> Dialog:
    """Show an expected error: first what happened, then what can be done."""
    sentence = error.sentence or t("Perintah ini tidak dapat diselesaikan.")
    advice = error.advice or t("Data yang sudah tersimpan tidak berubah.")
    return warn(over, t("Belum dapat dilakukan"), sentence, advice)
