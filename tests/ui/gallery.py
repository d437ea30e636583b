"""Draws sheets of every part in every state, for the eye: `gallery.py FOLDER [SCALE]`.

Not a test. Run off screen, once as it is and once with the scale 1.25.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if len(sys.argv) > 2:
    os.environ["QT_SCALE_FACTOR"] = sys.argv[2]

from PySide6.QtWidgets import QApplication, QWidget

from desmigratif_desktop.ui.qt_language import speak_indonesian
from desmigratif_desktop.ui.theme import apply_theme

sys.path.insert(0, str(Path(__file__).parent))
import gallery_sheets


def shoot(app: QApplication, make: object, target: Path, width: int, height: int) -> None:
    """Show one sheet, let it settle, keep it."""
    sheet: QWidget = make()  # type: ignore[operator]
    sheet.resize(width, height)
    sheet.show()
    app.processEvents()
    settle = getattr(sheet, "settle", None)
    if settle is not None:
        settle()
        app.processEvents()
    app.processEvents()
    sheet.grab().save(str(target))
    sheet.close()


def main() -> int:
    """Draw all sheets into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    only = sys.argv[3:]
    app = QApplication(sys.argv[:1])
    apply_theme(app)
    speak_indonesian(app)
    width, height = round(1366 / scale), round(768 / scale)
    for name, make in gallery_sheets.SHEETS.items():
        if not only or name in only:
            shoot(app, make, folder / f"{name}-{round(scale * 100)}.png", width, height)
    print(f"{len(gallery_sheets.SHEETS)} lembar di {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
