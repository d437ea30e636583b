"""Brings the store's change notices to the screens, on the GUI thread."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from desmigratif_desktop.records.notices import ChangeNotice


class NoticeBoard(QObject):
    """One signal around `ChangeNotice`; screens answer with a reload.

    `post` may be called from any thread: give it to `store.subscribe`.

    Signals:
        posted(object): a `ChangeNotice`, in the order of the acts.
    """

    posted = Signal(object)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._box: deque[ChangeNotice] = deque()
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def post(self, notice: ChangeNotice) -> None:
        """Put a notice up."""
        self._box.append(notice)
        self._arrived.emit()

    @Slot()
    def _on_arrived(self) -> None:
        while self._box:
            self.posted.emit(self._box.popleft())


def concerns(notice: ChangeNotice, kinds: frozenset[str]) -> bool:
    """Whether a screen that shows these kinds has to reload."""
    return bool(notice.kinds & kinds)
