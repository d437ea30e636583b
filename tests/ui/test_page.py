"""Frame, foot, tabs and the order of the keyboard."""

from __future__ import annotations

import pytest
from gallery_sheets import frame
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desmigratif_desktop.ui import buttons
from desmigratif_desktop.ui.charts import Bar, BarChart
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.rail import SLIM, WIDE
from desmigratif_desktop.ui.tabs import Tab, TabBar

pytestmark = pytest.mark.qt


def make(qtbot):
    page = Page("Judul", "Keterangan")
    action = buttons.primary("Simpan", key="Ctrl+S")
    page.header.add_action(action)
    body = ScrollBody()
    first, second = TextField(), TextField()
    body.add(first)
    body.add(second)
    page.set_body(body)
    window = frame(page)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window, page, action, first, second


def test_tab_reads_the_body_first_and_the_header_last(qtbot):
    window, _page, action, first, second = make(qtbot)
    window.rail.focus_first()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is action
    qtbot.keyClick(action, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first


def test_a_key_on_a_button_presses_it(qtbot):
    _window, _page, action, first, _second = make(qtbot)
    first.setFocus()
    with qtbot.waitSignal(action.clicked):
        qtbot.keyClick(first, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Ctrl S" in action.toolTip()


def test_words_can_change_and_the_key_stays(qtbot):
    button = buttons.secondary("Kirim & terima", key="F9")
    qtbot.addWidget(button)
    button.set_words("Hentikan & simpan")
    assert button.shortcut().toString() == "F9"
    assert button.accessibleName() == "Hentikan & simpan"


def test_the_rail_folds_under_1200(qtbot):
    window, _page, *_rest = make(qtbot)
    assert window.rail.width() == WIDE
    with qtbot.waitSignal(window.narrowed):
        window.resize(1093, 614)
    assert window.rail.width() == SLIM
    window.resize(1366, 768)
    assert window.rail.width() == WIDE


def test_the_rail_tells_room_and_count(qtbot):
    window, *_rest = make(qtbot)
    with qtbot.waitSignal(window.rail.chosen) as heard:
        window.rail._items["people"].click()
    assert heard.args == ["people"]
    assert window.rail._items["people"].isChecked()
    assert "18" in window.rail._items["sync"].accessibleName()


def test_the_foot_hides_keys_that_do_not_fit_but_never_the_truth(qtbot):
    _window, page, *_rest = make(qtbot)
    page.foot.set_keys([("Ctrl+P", f"Perintah nomor {n}") for n in range(20)])
    qtbot.wait(1)
    shown = [caps for caps in page.foot._keys if caps.isVisible()]
    assert 0 < len(shown) < 20
    assert page.foot._truth.isVisible()
    assert page.foot._truth.width() >= page.foot._truth.sizeHint().width()


def test_tabs_answer_ctrl_digits_and_arrows(qtbot):
    bar = TabBar((Tab("a", "Ringkasan"), Tab("b", "Dokumen", "3/8"), Tab("c", "Riwayat")))
    qtbot.addWidget(bar)
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar._buttons[0].setFocus()
    with qtbot.waitSignal(bar.chosen) as heard:
        qtbot.keyClick(bar._buttons[0], Qt.Key.Key_Right)
    assert heard.args == ["b"]
    with qtbot.waitSignal(bar.chosen):
        qtbot.keyClick(bar._buttons[1], Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert bar.current == "c"


def test_a_chart_tells_its_numbers_and_its_gap(qtbot):
    chart = BarChart((Bar("28/9", 14), Bar("5/10", None)), "Layanan per minggu")
    qtbot.addWidget(chart)
    assert chart.accessibleName() == "Layanan per minggu: 28/9 14; 5/10 tidak tercatat"


def test_the_arrows_walk_through_the_rail(qtbot):
    window, *_rest = make(qtbot)
    window.rail.focus_first()
    here = QApplication.focusWidget()
    qtbot.keyClick(here, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is window.rail._items["people"]
