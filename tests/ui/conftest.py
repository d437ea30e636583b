"""Every test of the kit runs off screen, dressed, and with Qt speaking Indonesian."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _folder in (Path(__file__).parent, Path(__file__).parent / "fences"):
    if str(_folder) not in sys.path:
        sys.path.insert(0, str(_folder))


@pytest.fixture(autouse=True)
def dressed(qapp):
    from desmigratif_desktop.ui.qt_language import speak_indonesian
    from desmigratif_desktop.ui.theme import apply_theme

    if qapp.property("dressed") is None:
        apply_theme(qapp)
        qapp.setProperty("dressed", speak_indonesian(qapp))
    return qapp
