"""Bands: a message with a tone in the flow of the page; a warning never blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.choices import Choice
from desmigratif_desktop.ui.labels import IconLabel, PlainLabel
from desmigratif_desktop.ui.painting import box, smooth
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from desmigratif_desktop.ui.buttons import Button

TONE_ICONS = {
    Tone.LEAF: "check", Tone.SOGA: "warn", Tone.BRICK: "warn", Tone.INDIGO: "info",
    Tone.STONE: "info",
}  # fmt: skip


class Band(QWidget):
    """Icon, title in tone, one sentence and at most one small button.

    Args:
        title: what happened.
        sentence: what can be done; empty for a one-line band.
        tone: its colours.
        icon: icon name; empty takes the tone's own.
        button: an action, at the right or (`below`) under the sentence.
        below: for columns under 400 px.
    """

    def __init__(
        self,
        title: str,
        sentence: str = "",
        tone: Tone = Tone.INDIGO,
        *,
        icon: str = "",
        button: Button | None = None,
        below: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(17, 12, 12, 12)
        row.setSpacing(12)
        self._icon = IconLabel(icon or TONE_ICONS.get(tone, "info"), tone.value.text, 20)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(2)
        self._title = PlainLabel(title, 14, 600, tone.value.text, wrap=True)
        self._sentence = PlainLabel(sentence, 13, wrap=True)
        self.column.addWidget(self._title)
        self.column.addWidget(self._sentence)
        if not sentence:
            self._sentence.hide()
        row.addLayout(self.column, 1)
        if button and below:
            self.column.addSpacing(8)
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        elif button:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{title} {sentence}".strip())

    def set_words(self, title: str, sentence: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{title} {sentence}".strip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and border."""
        tint = self._tone.value
        box(smooth(self), QRectF(self.rect()), 8, tint.ground, tint.line)


class ReasonBand(Band):
    """A warning under a field that asks why it is kept.

    Args:
        title: what differs.
        sentence: both values.
        reasons: pairs of code and label.

    Signals:
        reason_given(str): code of the reason.
    """

    reason_given = Signal(str)

    def __init__(
        self,
        title: str,
        sentence: str,
        reasons: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, sentence, Tone.SOGA, parent=parent)
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 4, 0)
        line.setSpacing(10)
        ask = PlainLabel(t("Tetap simpan karena"), 13, 600, Hue.INK)
        self._choice = Choice(reasons, placeholder=t("Pilih alasan"))
        self._choice.setAccessibleName(t("Tetap simpan karena"))
        self._choice.edited.connect(self._on_edited)
        line.addWidget(ask)
        line.addWidget(self._choice, 1)
        self.column.addLayout(line)

    @property
    def reason(self) -> str:
        """Code of the reason; empty while none is given."""
        value = self._choice.value()
        return value if isinstance(value, str) else ""

    def ask(self) -> None:
        """Bring the keyboard to the combo, as saving without a reason does."""
        self._choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self.reason_given.emit(self.reason)
