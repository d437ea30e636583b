"""Ctrl K: find anything, or a command after `>`; results come from whoever knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.badges import KeyCaps, initials, paint_avatar
from desmigratif_desktop.ui.buttons import Area
from desmigratif_desktop.ui.cards import Hairline
from desmigratif_desktop.ui.dialogs import Overlay
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import IconLabel, PlainLabel
from desmigratif_desktop.ui.painting import box, key_cap, key_text, key_width, smooth, text
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

WIDE, HIGH, ROW = 680, 500, 44


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the palette.

    Attributes:
        key: what `chosen` sends; the owner knows what it means.
        title: 14/600.
        under: 13 px after it.
        icon: icon name; empty shows the initials of the title.
        shortcut: key cap at the right.
    """

    key: object
    title: str
    under: str = ""
    icon: str = ""
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Lines under one caption.

    Attributes:
        title: "Warga".
        hits: its lines.
    """

    title: str
    hits: tuple[Hit, ...]


class _HitRow(Area):
    """One painted line."""

    def __init__(self, hit: Hit) -> None:
        super().__init__(f"{hit.title}. {hit.under}" if hit.under else hit.title)
        self.hit = hit
        self.is_current = False
        self.setFixedHeight(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(400, ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        area = QRectF(self.rect())
        if self.is_current or self.underMouse():
            box(painter, area, 8, Hue.DEW if self.is_current else Hue.HOVER)
        if self.hit.icon:
            colour = Hue.LEAF if self.is_current else Hue.INK_2
            draw_icon(painter, self.hit.icon, colour, 20, 12, 20)
        else:
            paint_avatar(painter, QRectF(16, 8, 28, 28), initials(self.hit.title), Tone.SOGA)
        cap = "↵" if self.is_current else key_text(self.hit.shortcut)
        right = area.width() - 16
        if cap:
            right -= key_width(cap)
            key_cap(painter, right, (ROW - 18) / 2, cap)
        room = QRectF(58, 0, max(60.0, (right - 70) * 0.6), ROW)
        used = text(painter, room, self.hit.title, font(14, 600), Hue.INK)
        rest = QRectF(58 + used + 11, 0, right - 70 - used - 11, ROW)
        text(painter, rest, self.hit.under, font(13), Hue.INK_2)


class CommandPalette(Overlay):
    """The palette over the window.

    Args:
        over: any widget of the window.
        ask: called with what was typed and a function that takes the groups; it may
            answer at once or later, from the GUI thread.

    Signals:
        chosen(object): key of the line.
    """

    chosen = Signal(object)

    def __init__(
        self,
        over: QWidget,
        ask: Callable[[str, Callable[[Sequence[HitGroup]], None]], None],
    ) -> None:
        super().__init__(over, WIDE, HIGH)
        self.setAccessibleName(t("Cari apa saja"))
        self._ask = ask
        self._turn = 0
        self._rows: list[_HitRow] = []
        self._at = 0
        self._line = TextField(t("Cari warga, surat, atau ketik > untuk perintah"))
        self._line.setProperty("plain", "yes")
        self._line.setFont(font(18))
        self._line.setAccessibleName(t("Cari apa saja"))
        self._line.textChanged.connect(self._search)
        self._line.installEventFilter(self)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self.card)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 20, 24, 20)
        head.setSpacing(10)
        head.addWidget(IconLabel("search", Hue.LEAF, 18))
        head.addWidget(self._line, 1)
        column.addLayout(head)
        column.addWidget(Hairline())
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 10, 0, 8)
        self._list.setSpacing(2)
        scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        column.addWidget(scroll, 1)
        column.addWidget(Hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 16, 20, 16)
        foot.setSpacing(16)
        for key, words in (("Up+Down", t("Pilih")), ("Return", t("Buka")), ("Esc", t("Tutup"))):
            foot.addWidget(KeyCaps(key, words))
        foot.addStretch(1)
        foot.addWidget(PlainLabel(t("Ketik “>” untuk perintah"), 12, 400, Hue.INK_3))
        column.addLayout(foot)

    def open(self, focus: QWidget | None = None) -> None:
        """Show it with the keyboard in its line."""
        super().open(focus or self._line)
        self._search(self._line.text())

    def _search(self, words: str) -> None:
        self._turn += 1
        turn = self._turn
        self._ask(words.strip(), lambda groups: self._take(turn, groups))

    def _take(self, turn: int, groups: Sequence[HitGroup]) -> None:
        if turn != self._turn:
            return
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        self._rows = []
        for group in groups:
            title = PlainLabel(group.title, 12, 600, Hue.INK_2)
            title.setContentsMargins(16, 4, 0, 4)
            self._list.addWidget(title)
            for hit in group.hits:
                row = _HitRow(hit)
                row.clicked.connect(lambda _on=False, row=row: self._choose(row))
                self._rows.append(row)
                self._list.addWidget(row)
        if not self._rows:
            empty = PlainLabel(t("Tidak ada yang cocok. Coba kata lain."), 14, 400, Hue.INK_2)
            empty.setContentsMargins(16, 12, 0, 0)
            self._list.addWidget(empty)
        self._list.addStretch(1)
        self._move_to(0)

    def _move_to(self, place: int) -> None:
        self._at = max(0, min(place, len(self._rows) - 1))
        for number, row in enumerate(self._rows):
            row.is_current = number == self._at
            row.update()
        if self._rows:
            self._scroll.ensureWidgetVisible(self._rows[self._at], 0, 24)
            self._line.setAccessibleDescription(self._rows[self._at].accessibleName())

    def _choose(self, row: _HitRow) -> None:
        key = row.hit.key
        self.close_overlay()
        self.chosen.emit(key)

    def confirm(self) -> None:
        """Open the current line."""
        if self._rows:
            self._choose(self._rows[self._at])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk through the lines while the keyboard stays in the search line."""
        if watched is self._line and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6,
                Qt.Key.Key_PageUp: -6,
            }  # fmt: skip
            if isinstance(event, QKeyEvent) and (step := steps.get(Qt.Key(event.key()))):
                self._move_to(self._at + step)
                return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: object) -> None:
        """A press beside the card closes it."""
        self.dismiss()
        event.accept()  # type: ignore[attr-defined]
