"""Start the window; everything heavy is imported after the arguments were read."""

from __future__ import annotations

import argparse
import faulthandler
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMessageLogContext, QtMsgType

_LEVELS = {
    "QtDebugMsg": logging.DEBUG, "QtInfoMsg": logging.INFO, "QtWarningMsg": logging.WARNING,
    "QtCriticalMsg": logging.ERROR, "QtFatalMsg": logging.CRITICAL,
}  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status.

    Args:
        argv: arguments; None = those of the process.
    """
    parser = argparse.ArgumentParser(prog="desmigratif", description="Pos layanan Desmigratif")
    parser.add_argument("--folder", type=Path, help="folder data pos layanan")
    given = parser.parse_args(argv)

    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from desmigratif_desktop.app.main_window import MainWindow
    from desmigratif_desktop.foundation.language import bind
    from desmigratif_desktop.foundation.logs import start_fault_log, start_logging
    from desmigratif_desktop.foundation.paths import default_folder
    from desmigratif_desktop.ui.crash import CrashGuard
    from desmigratif_desktop.ui.qt_language import speak_indonesian
    from desmigratif_desktop.ui.theme import apply_theme

    folder = given.folder or default_folder() / "pos"
    logs = folder.with_name(f"{folder.name}-catatan")
    start_logging(logs)
    faults = start_fault_log(logs)
    qInstallMessageHandler(_note_qt)
    bind()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Desmigratif Desktop")
    apply_theme(app)
    speak_indonesian(app, app)
    window = MainWindow(folder)
    guard = CrashGuard(logs, lambda: window, window)
    guard.install()
    window.show()
    status = int(app.exec())
    faulthandler.disable()
    faults.close()
    return status


def _note_qt(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Qt's own messages go where ours go: masked, to the log."""
    logging.getLogger("desmigratif_desktop.qt").log(_LEVELS.get(kind.name, logging.INFO), words)


if __name__ == "__main__":
    sys.exit(main())
