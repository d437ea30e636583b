"""Start the window; everything heavy is imported after the arguments were read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status.

    Args:
        argv: arguments; None = those of the process.
    """
    parser = argparse.ArgumentParser(prog="desmigratif", description="Pos layanan Desmigratif")
    parser.add_argument("--folder", type=Path, help="folder data pos layanan")
    given = parser.parse_args(argv)

    from PySide6.QtWidgets import QApplication

    from desmigratif_desktop.app.main_window import MainWindow
    from desmigratif_desktop.foundation.logs import start_logging
    from desmigratif_desktop.foundation.paths import default_folder
    from desmigratif_desktop.ui.crash import CrashGuard
    from desmigratif_desktop.ui.qt_language import speak_indonesian
    from desmigratif_desktop.ui.theme import apply_theme

    app = QApplication(sys.argv[:1])
    app.setApplicationName("Desmigratif Desktop")
    apply_theme(app)
    speak_indonesian(app, app)
    folder = given.folder or default_folder() / "pos"
    start_logging(folder.parent / "catatan")
    window = MainWindow(folder)
    guard = CrashGuard(folder.parent / "catatan", lambda: window, window)
    guard.install()
    window.show()
    return int(app.exec())


if __name__ == "__main__":
    sys.exit(main())
