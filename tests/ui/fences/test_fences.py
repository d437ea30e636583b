"""The sheets of the gallery stand inside the fences, full and narrow."""

from __future__ import annotations

import fences
import gallery_sheets
import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desmigratif_desktop.ui.labels import PlainLabel

pytestmark = pytest.mark.qt
QUIET = [name for name in gallery_sheets.SHEETS if name != "opening"]


@pytest.mark.parametrize("room", [fences.FULL, fences.NARROW], ids=["full", "narrow"])
@pytest.mark.parametrize("name", QUIET)
def test_nothing_is_squeezed(qtbot, name, room):
    window = gallery_sheets.SHEETS[name]()
    qtbot.addWidget(window)
    window.resize(*room)
    window.show()
    qtbot.wait(1)
    window.settle() if hasattr(window, "settle") else None
    qtbot.wait(1)
    assert fences.broken(window) == []
    assert (window.width(), window.height()) == room
    assert fences.too_large(window, room) == ""


def test_one_primary_button_in_the_form(qtbot):
    window = gallery_sheets.form()
    qtbot.addWidget(window)
    window.resize(*fences.FULL)
    window.show()
    assert fences.primaries(window) == 1


def test_a_squeezed_label_is_seen(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    label = PlainLabel("Nama lengkap menurut akta kelahiran")
    label.setMaximumWidth(30)
    row.addWidget(label)
    window.show()
    assert fences.broken(window)
