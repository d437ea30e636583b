"""Regions open one another; a person is chosen, never typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desmigratif_desktop.foundation.places import Regions
from desmigratif_desktop.ui.pickers import PersonChooser, PersonHit, RadioRow, RegionChooser

pytestmark = pytest.mark.qt


def test_regions_open_one_another(qtbot):
    chooser = RegionChooser()
    qtbot.addWidget(chooser)
    assert not chooser._boxes[1].isEnabled()
    chooser.set_value("3212162004")
    assert chooser.value() == "3212162004"
    chooser._boxes[0].set_value("52")
    chooser._boxes[0].edited.emit()
    assert chooser.value() is None
    names = {chooser._boxes[1].itemText(at) for at in range(chooser._boxes[1].count())}
    assert names == {one.name for one in Regions.load().children("52")}


def test_a_person_is_chosen_by_the_keyboard(qtbot):
    hits = (PersonHit(b"1" * 16, "Siti Khoiriah", "34 th"), PersonHit(b"2" * 16, "Sitti"))
    chooser = PersonChooser(lambda _words, take: take(hits))
    qtbot.addWidget(chooser)
    chooser.show()
    chooser.activateWindow()
    chooser._search.setFocus()
    qtbot.keyClicks(chooser._search, "si")
    qtbot.keyClick(chooser._search, Qt.Key.Key_Down)
    with qtbot.waitSignal(chooser.edited):
        qtbot.keyClick(chooser._search, Qt.Key.Key_Return)
    assert chooser.value() == b"2" * 16
    qtbot.keyClicks(chooser._search, "x")
    assert chooser.value() is None, "typing on makes it nobody again"


def test_a_radio_row_can_be_empty(qtbot):
    row = RadioRow([("L", "Laki-laki"), ("P", "Perempuan")])
    qtbot.addWidget(row)
    row.set_value("P")
    assert row.value() == "P"
    row.set_value(None)
    assert row.value() is None
