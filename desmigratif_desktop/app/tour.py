"""The tour: an officer's day in the practice village, done by the real program, off screen.

`start.py run` does it on a machine without a display. It works in a fresh folder of its
own and refuses an existing one, says each step, and leaves every screen as a picture and
every paper as a PDF.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Do the tour; 0 when every step was done, 1 when one was not.

    Args:
        argv: arguments; None = those of the process.
    """
    parser = argparse.ArgumentParser(prog="tour", description="Sehari di pos layanan latihan")
    parser.add_argument("--to", type=Path, help="folder baru untuk gambar dan kertas")
    given = parser.parse_args(argv)
    folder = given.to or Path(tempfile.mkdtemp(prefix="desmigratif-tur-"))
    if folder.exists() and any(folder.iterdir()):
        print(f"Folder {folder} tidak kosong; tur memakai folder baru.", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _run(folder)


def _run(folder: Path) -> int:
    from PySide6.QtWidgets import QApplication

    from desmigratif_desktop.app.main_window import MainWindow
    from desmigratif_desktop.app.tour_day import Day
    from desmigratif_desktop.app.tour_guide import Guide, TourError
    from desmigratif_desktop.foundation.errors import DesmigratifError
    from desmigratif_desktop.foundation.logs import start_logging, stop_logging
    from desmigratif_desktop.ui.qt_language import speak_indonesian
    from desmigratif_desktop.ui.theme import apply_theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    apply_theme(app)  # type: ignore[arg-type]
    speak_indonesian(app, app)  # type: ignore[arg-type]
    began = time.monotonic()
    scratch = tempfile.TemporaryDirectory(prefix="desmigratif-tur-data-")
    handlers = start_logging(Path(scratch.name) / "catatan")
    window = MainWindow(Path(scratch.name) / "pos")
    window.show()
    guide = Guide(window, folder, lambda words: print(f"  {words}", flush=True))
    print("Tur: sehari di pos layanan latihan", flush=True)
    day = Day(guide, window, Path(scratch.name))
    status = 0
    try:
        day.run()
    except (TourError, DesmigratifError) as error:
        print(f"Tur berhenti: {error}", file=sys.stderr)
        guide.picture("berhenti", narrow=False)
        status = 1
    finally:
        day.close()
        stop_logging(handlers)
        scratch.cleanup()
    print(
        f"{len(guide.pictures)} gambar dan {len(guide.papers)} kertas ada di {folder}", flush=True
    )
    print(f"Selesai dalam {time.monotonic() - began:.0f} detik.", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
