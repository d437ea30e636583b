"""The tour's hands and eyes: spins the event loop, clicks real widgets, keeps pictures.

Only the tour uses it; every wait has an end and says what it waited for.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Kind = TypeVar("Kind", bound=QWidget)
PATIENCE_S = 60.0
SETTLE_S = 0.35


class TourError(Exception):
    """The tour could not go on; its text says where it stood."""


class Guide:
    """Shows the house around.

    Args:
        window: the program's window.
        folder: where pictures and papers are left.
        say: prints one line.
    """

    def __init__(self, window: QWidget, folder: Path, say: Callable[[str], None]) -> None:
        self.window = window
        self.folder = folder
        self.say = say
        self._number = 0
        self.pictures: list[Path] = []
        self.papers: list[Path] = []

    def rest(self, seconds: float = SETTLE_S) -> None:
        """Let the window work for a moment."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)

    def wait(self, what: str, ready: Callable[[], bool], patience: float = PATIENCE_S) -> None:
        """Wait until something holds.

        Raises:
            TourError: it did not within the patience.
        """
        end = time.monotonic() + patience
        while not ready():
            if time.monotonic() > end:
                raise TourError(f"menunggu terlalu lama: {what}")
            QApplication.processEvents()
            time.sleep(0.005)

    def picture(self, name: str, *, narrow: bool = True) -> None:
        """Keep what the window shows, at 100 % and, if `narrow`, as at 125 %."""
        self._number += 1
        for mark, size in (("", (1366, 768)), ("-125", (1093, 614))):
            if mark and not narrow:
                continue
            self.window.resize(*size)
            self.rest()
            target = self.folder / f"{self._number:02d}{mark}-{name}.png"
            self.window.grab().save(str(target))
            self.pictures.append(target)
        self.window.resize(1366, 768)
        self.rest(0.1)

    def paper(self, name: str, data: bytes) -> None:
        """Keep a paper."""
        target = self.folder / f"{name}.pdf"
        target.write_bytes(data)
        self.papers.append(target)

    def find(self, kind: type[Kind], fits: Callable[[Kind], bool] = lambda _: True) -> Kind:
        """The first visible widget of a kind.

        Raises:
            TourError: there is none.
        """
        for one in self.window.findChildren(kind):
            if one.isVisibleTo(self.window) and fits(one):
                return one
        raise TourError(f"tidak ada {kind.__name__} yang sesuai di layar")

    def button(self, words: str) -> QAbstractButton:
        """A visible, enabled button by its accessible name or words."""
        wanted = words.casefold()

        def fits(one: QAbstractButton) -> bool:
            said = (one.accessibleName() or one.text()).casefold()
            return one.isEnabled() and wanted in said

        return self.find(QAbstractButton, fits)

    def press(self, words: str) -> None:
        """Click a button that a person would see."""
        self.wait(f"tombol {words}", lambda: self._has_button(words), 20)
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        self.rest(0.1)

    def _has_button(self, words: str) -> bool:
        try:
            self.button(words)
        except TourError:
            return False
        return True

    def type_into(self, widget: QWidget, words: str) -> None:
        """Type with the keyboard."""
        widget.setFocus()
        QTest.keyClicks(widget, words)
        self.rest(0.05)

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the focus is."""
        if not self.window.isActiveWindow():  # off screen nobody clicks it active
            self.window.activateWindow()
            self.rest(0.1)
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.rest(0.1)
