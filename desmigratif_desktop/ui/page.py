"""A page: header with actions, body that scrolls, and the honest foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.badges import Avatar, KeyCaps
from desmigratif_desktop.ui.buttons import icon_button
from desmigratif_desktop.ui.cards import Hairline
from desmigratif_desktop.ui.labels import ElidedLabel, IconLabel, PlainLabel
from desmigratif_desktop.ui.painting import box, smooth
from desmigratif_desktop.ui.rail import Rail
from desmigratif_desktop.ui.theme import NARROW_BELOW, Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from desmigratif_desktop.ui.tabs import TabBar


class PageHeader(QWidget):
    """Title, line below it, and the actions at the right.

    Args:
        title: 22/600, a person's name 24/600.
        subtitle: 13 px below it.
        back: a square arrow at the left.
        avatar: whose initials stand before the title; empty for none.

    Signals:
        back_asked(): the arrow was pressed.
    """

    back_asked = Signal()

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        *,
        back: bool = False,
        avatar: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(80)
        row = QHBoxLayout(self)
        row.setContentsMargins(16 if back else 24, 0, 24, 0)
        row.setSpacing(8)
        if back:
            arrow = icon_button("left", t("Kembali"))
            arrow.clicked.connect(self.back_asked)
            row.addWidget(arrow)
            row.addSpacing(4)
        self._avatar = Avatar(avatar or "?", 56, Tone.SOGA)
        if not avatar:
            self._avatar.hide()
        row.addWidget(self._avatar)
        if avatar:
            row.addSpacing(8)
        row.addLayout(self._make_words(title, subtitle, 24 if avatar else 22), 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        row.addLayout(self._actions)

    def _make_words(self, title: str, subtitle: str, size: int) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(9)
        self._title = ElidedLabel(title, size, 600)
        first.addWidget(self._title)
        self._badges = QHBoxLayout()
        self._badges.setSpacing(9)
        first.addSpacing(4)
        first.addLayout(self._badges)
        first.addStretch(1)
        column.addLayout(first)
        self._second = QHBoxLayout()
        self._second.setSpacing(10)
        self._subtitle = ElidedLabel(subtitle, 13, 400, Hue.INK_2)
        self._second.addWidget(self._subtitle)
        self._second.addStretch(1)
        column.addLayout(self._second)
        column.addStretch(1)
        return column

    def set_title(self, title: str, subtitle: str | None = None) -> None:
        """Change the words; None leaves the lower line."""
        self._title.setText(title)
        if subtitle is not None:
            self._subtitle.setText(subtitle)

    def set_avatar(self, name: str) -> None:
        """Show another person's initials."""
        self._avatar.set_name(name)

    def set_badges(self, badges: Sequence[QWidget]) -> None:
        """Put signs beside the title, in place of those before."""
        while (item := self._badges.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for badge in badges:
            self._badges.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_fact(self, widget: QWidget) -> None:
        """Put a masked number or link after the lower line."""
        self._second.insertWidget(self._second.count() - 1, widget)

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right; the primary one is added last."""
        self._actions.addWidget(widget)


class FootBar(QWidget):
    """Keys of this screen at the left, the truth about the data at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(36)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(18)
        self._keys: list[KeyCaps] = []
        self._row.addStretch(1)
        self._sign = IconLabel("check", Hue.LEAF, 14)
        self._truth = PlainLabel("", 12, 400, Hue.INK_2)
        right = QHBoxLayout()
        right.setSpacing(6)
        right.addWidget(self._sign)
        right.addWidget(self._truth)
        self._row.addLayout(right)
        self._sign.hide()

    def set_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Name the keys: pairs of key ("Ctrl+P") and effect."""
        for old in self._keys:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._keys = [KeyCaps(key, words) for key, words in keys]
        for place, caps in enumerate(self._keys):
            self._row.insertWidget(place, caps)
        self._fold()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys named here; a test compares them with the bound ones."""
        return tuple((caps.key, caps.words) for caps in self._keys)

    def set_truth(self, words: str, icon: str = "check", tone: Tone = Tone.LEAF) -> None:
        """Say what is saved, sent or waiting."""
        self._truth.setText(words)
        self._sign.set_icon(icon, tone.value.text)
        self._sign.setVisible(bool(words))
        self._fold()

    def set_saved(self, now: datetime) -> None:
        """Say that everything lies on this laptop, as read at this time."""
        clock = f"{now:%H.%M}"
        self.set_truth(t("Semua tersimpan di laptop ini · {clock}").format(clock=clock))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the keys that do not fit; the truth always stays."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.width() - 48 - self._truth.sizeHint().width() - 40
        for caps in self._keys:
            room -= caps.sizeHint().width() + 18
            caps.setVisible(room >= 0)

    def minimumSizeHint(self) -> QSize:
        """The truth alone."""
        return QSize(self._truth.sizeHint().width() + 80, 36)


class _Inner(QWidget):
    """What scrolls; its least height is measured at its real width, not at its least."""

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        hint = super().minimumSizeHint()
        if layout is not None and layout.hasHeightForWidth():
            hint.setHeight(layout.minimumHeightForWidth(max(self.width(), hint.width())))
        return hint


class ScrollBody(QScrollArea):
    """A body that scrolls only when it must and never sideways.

    Args:
        padding: distance to the sheet's edges.
        spacing: distance between the things in it.

    Attributes:
        column: layout the owner fills.
    """

    def __init__(self, padding: int = 24, spacing: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = _Inner()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(padding, 16, padding, 16)
        self.column.setSpacing(spacing)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a thing below the others."""
        if isinstance(item, QWidget):
            self.column.addWidget(item, stretch)
        else:
            self.column.addLayout(item, stretch)

    def end(self) -> None:
        """Close the column with a stretch so that nothing is spread."""
        self.column.addStretch(1)


class Page(QWidget):
    """The sheet's content: header, optional tabs, body, foot.

    Args:
        title: of the header.
        subtitle: of the header.
        back: arrow at the left of the header.
        avatar: initials before the title.
        lined: a hairline under the header.

    Attributes:
        header: the `PageHeader`.
        foot: the `FootBar`.

    Signals:
        back_asked(): the header's arrow or Esc of the owner.
    """

    back_asked = Signal()

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        *,
        back: bool = False,
        avatar: str = "",
        lined: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.header = PageHeader(title, subtitle, back=back, avatar=avatar)
        self.header.back_asked.connect(self.back_asked)
        self.foot = FootBar()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._line = Hairline()
        if not lined:
            self._line.hide()
        self._column.addWidget(self._line)
        self._body: QWidget | None = None
        self._column.addWidget(Hairline())
        self._column.addWidget(self.foot)

    def set_tabs(self, tabs: TabBar) -> None:
        """Put tabs under the header; the hairline moves under them."""
        self._column.insertWidget(1, tabs)

    def set_body(self, body: QWidget) -> None:
        """Put the body in, in place of the one before."""
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.setParent(None)
            self._body.deleteLater()
        self._body = body
        self._column.insertWidget(self._column.count() - 2, body, 1)
        self._put_header_last()

    def _put_header_last(self) -> None:
        """Leave and enter again: the keyboard reaches the header after the body."""
        self._column.removeWidget(self.header)
        self.header.hide()
        self.header.setParent(None)
        self._column.insertWidget(0, self.header)
        self.header.show()

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Told by the frame under 1200 px; pages with side panels override it."""


class HouseFrame(QWidget):
    """The frame: pine ground, rail at the left, one sheet of paper.

    Attributes:
        rail: the `Rail`.

    Signals:
        narrowed(bool): the window crossed 1200 logical pixels.
    """

    narrowed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rail = Rail()
        self._narrow = False
        self._page: QWidget | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(0)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.rail)
        self._slot = QVBoxLayout()
        self._slot.setContentsMargins(0, 8, 0, 8)
        row.addLayout(self._slot, 1)

    def show_page(self, page: QWidget) -> QWidget | None:
        """Lay another page on the sheet; returns the one before, which the owner keeps."""
        before = self._page
        if before is page:
            return None
        if before is not None:
            self._slot.removeWidget(before)
            before.hide()
        self._page = page
        self._slot.addWidget(page)
        self._tell(page)
        page.show()
        return before

    def _tell(self, page: QWidget) -> None:
        tell = getattr(page, "set_narrow", None)
        if callable(tell):
            tell(self._narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold at 1200 px."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW
        if narrow != self._narrow:
            self._narrow = narrow
            self.rail.set_slim(narrow)
            if self._page is not None:
                self._tell(self._page)
            self.narrowed.emit(narrow)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint frame and sheet."""
        painter = smooth(self)
        painter.fillRect(self.rect(), Hue.PINE)
        left = self.rail.width()
        sheet = QRectF(left, 8, self.width() - left - 8, self.height() - 16)
        box(painter, sheet, 10, Hue.PAPER)
