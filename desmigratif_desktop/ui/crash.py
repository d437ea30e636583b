"""Uncaught errors: what is known becomes a message, a fault becomes a report file.

The report holds types and places, never a value: no name, number or text of a villager.
"""

from __future__ import annotations

import platform
import sys
import time
from collections import deque
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from desmigratif_desktop import __version__
from desmigratif_desktop.foundation.errors import BugError, DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.logs import describe_exception, route_uncaught
from desmigratif_desktop.ui.dialogs import show_error, warn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

KEPT_REPORTS = 20


def write_report(folder: Path, error: BaseException) -> Path:
    """Write a report without values and forget the oldest ones.

    Returns:
        The file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    target = folder / f"laporan-{stamp}-{time.monotonic_ns() % 1_000_000_000:09d}.txt"
    lines = (
        f"Desmigratif Desktop {__version__}",
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, {sys.platform}",
        describe_exception(error),
    )
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for old in sorted(folder.glob("laporan-*.txt"))[:-KEPT_REPORTS]:
        old.unlink(missing_ok=True)
    return target


class CrashGuard(QObject):
    """Shows uncaught errors of any thread on the GUI thread; at most one dialog at a time.

    Args:
        folder: where reports are kept.
        window: gives the window to lie over; None when there is none yet.

    Signals:
        shown(object): an error was shown or reported.
    """

    shown = Signal(object)
    _arrived = Signal()

    def __init__(
        self,
        folder: Path,
        window: Callable[[], QWidget | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder, self._window = folder, window
        self._box: deque[BaseException] = deque()
        self._is_open = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the last station of every uncaught error."""
        route_uncaught(self.post)

    def post(self, error: BaseException) -> None:
        """Take an error from any thread."""
        self._box.append(error)
        self._arrived.emit()

    @Slot()
    def _on_arrived(self) -> None:
        while self._box:
            self._show(self._box.popleft())

    def _show(self, error: BaseException) -> None:
        is_known = isinstance(error, DesmigratifError) and not isinstance(error, BugError)
        report = None if is_known else write_report(self._folder, error)
        window = self._window()
        if window is not None and not self._is_open:
            self._is_open = True
            if isinstance(error, DesmigratifError) and is_known:
                dialog = show_error(window, error)
            else:
                name = report.name if report is not None else ""
                dialog = warn(
                    window,
                    t("Ada yang tidak berjalan semestinya"),
                    t("Perintah terakhir tidak selesai. Data yang sudah tersimpan tetap aman."),
                    t("Coba sekali lagi. Bila terulang, kirimkan berkas {name} kepada Dinas; "
                      "isinya tidak memuat data warga.").format(name=name),
                )  # fmt: skip
            dialog.closed.connect(self._on_closed)
        self.shown.emit(error)

    @Slot()
    def _on_closed(self) -> None:
        self._is_open = False
