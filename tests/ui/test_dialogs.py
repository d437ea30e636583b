"""Dialogs take every key, walk in a circle, and give the keyboard back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.errors import DiskFullError
from desmigratif_desktop.ui.buttons import Button
from desmigratif_desktop.ui.dialogs import ask, show_error
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.palette import CommandPalette, Hit, HitGroup
from desmigratif_desktop.ui.print_dialog import PrintDialog
from desmigratif_desktop.ui.printing import Paper, PrintOrder

pytestmark = pytest.mark.qt


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    made.field = TextField()
    column.addWidget(made.field)
    made.resize(1024, 600)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    return made


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_enter_does_the_effect_and_the_keyboard_returns(window, qtbot):
    done = []
    ask(window, "Cetak?", "Dua lembar.", effect="Cetak 2 lembar", on_yes=lambda: done.append(1))
    assert isinstance(QApplication.focusWidget(), Button)
    press(qtbot, Qt.Key.Key_Return)
    assert done == [1]
    assert QApplication.focusWidget() is window.field


def test_escape_leaves_without_effect(window, qtbot):
    done = []
    dialog = ask(window, "Cetak?", "x", effect="Cetak", on_yes=lambda: done.append(1))
    with qtbot.waitSignal(dialog.rejected):
        press(qtbot, Qt.Key.Key_Escape)
    assert done == []


def test_a_dangerous_act_has_the_keyboard_on_the_way_out(window, qtbot):
    ask(window, "Batalkan surat?", "x", effect="Batalkan surat", on_yes=list, is_danger=True)
    assert QApplication.focusWidget().words == "Batal"


def test_shortcuts_of_the_window_sleep_while_it_is_open(window, qtbot):
    heard = []
    QShortcut(QKeySequence("Ctrl+N"), window, lambda: heard.append(1))
    press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert heard == [1]
    ask(window, "Cetak?", "x", effect="Cetak", on_yes=list)
    press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert heard == [1]


def test_tab_walks_in_a_circle(window, qtbot):
    dialog = ask(window, "Cetak?", "x", effect="Cetak", on_yes=list)
    seen = set()
    for _ in range(6):
        press(qtbot, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert dialog.isAncestorOf(here)
        seen.add(here)
    assert len(seen) == 3


def test_an_error_shows_sentence_and_advice(window, qtbot):
    dialog = show_error(window, DiskFullError("Flash disk penuh.", "Kosongkan 12 MB."))
    words = [label.text() for label in dialog.findChildren(PlainLabel)]
    assert "Flash disk penuh." in words
    assert "Kosongkan 12 MB." in words


def test_the_print_dialog_names_the_sheets(window, qtbot):
    dialog = PrintDialog(window, "Cetak surat", printers=("Epson",), copies=1)
    dialog.open()
    dialog._copies._step(1)
    assert dialog.effect.words == "Cetak 2 lembar"
    with qtbot.waitSignal(dialog.confirmed) as heard:
        dialog.confirm()
    assert heard.args[0] == PrintOrder("Epson", Paper.F4, 2)


def test_the_print_dialog_without_a_printer_offers_pdf(window):
    dialog = PrintDialog(window, "Cetak surat", printers=())
    dialog.open()
    assert dialog.effect.words == "Simpan PDF"


def test_the_palette_answers_only_the_latest_question(window, qtbot):
    asked = []
    palette = CommandPalette(window, lambda words, take: asked.append((words, take)))
    palette.open()
    qtbot.keyClicks(palette._line, "kh")
    old, new = asked[-2][1], asked[-1][1]
    new((HitGroup("Warga", (Hit(1, "Siti"), Hit(2, "Sitti"))),))
    old((HitGroup("Warga", (Hit(9, "Lama"),)),))
    assert [row.hit.key for row in palette._rows] == [1, 2]
    qtbot.keyClick(palette._line, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as heard:
        qtbot.keyClick(palette._line, Qt.Key.Key_Return)
    assert heard.args == [2]
