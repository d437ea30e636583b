"""The real window opens on a real X screen (one that nobody sees), not only off screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kit import house

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOOK = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

def look():
    app = QApplication.instance()
    windows = [w for w in app.topLevelWidgets() if w.isVisible() and w.windowHandle() is not None]
    picture = app.primaryScreen().grabWindow(0).toImage()
    places = [(x, y) for x in range(8, picture.width(), 16) for y in range(8, picture.height(), 16)]
    colours = len({picture.pixel(x, y) for x, y in places})
    exposed = any(w.windowHandle().isExposed() for w in windows)
    print("seen", app.platformName(), exposed, colours, flush=True)
    app.quit()

real = QApplication.exec
QApplication.exec = staticmethod(lambda: (QTimer.singleShot(2_500, look), real())[1])
from desmigratif_desktop.app.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen of 1366 by 768 that nobody sees."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    try:
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("Xvfb") is None, reason="needs Xvfb"
)
def test_the_window_opens_on_an_x_screen(screen: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": os.pathsep.join([str(house.ROOT), str(house.ROOT / "sync")]),
    }
    ran = subprocess.run(
        [sys.executable, "-c", LOOK, "--folder", str(tmp_path / "pos")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    seen, platform, exposed, colours = ran.stdout.split()[-4:]
    assert (seen, platform, exposed) == ("seen", "xcb", "True")
    assert int(colours) > 3, "the window is empty"
    assert "Traceback" not in ran.stderr
