"""A fault leaves a report without values; a known error is told in words."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QWidget

from desmigratif_desktop.foundation.errors import DiskFullError
from desmigratif_desktop.ui.crash import CrashGuard
from desmigratif_desktop.ui.labels import PlainLabel

pytestmark = pytest.mark.qt


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def test_a_fault_of_another_thread_leaves_a_report_without_values(window, qtbot, tmp_path):
    guard = CrashGuard(tmp_path, lambda: window)

    def fail():
        try:
            raise RuntimeError("NIK 3518175207920003 Siti Khoiriah")
        except RuntimeError as error:
            guard.post(error)

    with qtbot.waitSignal(guard.shown):
        threading.Thread(target=fail).start()
    (report,) = tmp_path.glob("laporan-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "3518175207920003" not in text
    assert "Siti" not in text


def test_a_known_error_leaves_no_report(window, qtbot, tmp_path):
    guard = CrashGuard(tmp_path, lambda: window)
    with qtbot.waitSignal(guard.shown):
        guard.post(DiskFullError("Flash disk penuh.", "Kosongkan 12 MB."))
    assert list(tmp_path.glob("*")) == []
    assert "Flash disk penuh." in [label.text() for label in window.findChildren(PlainLabel)]


def test_a_rain_of_faults_opens_one_dialog(window, qtbot, tmp_path):
    guard = CrashGuard(tmp_path, lambda: window)
    for _ in range(5):
        guard.post(ValueError("x"))
    qtbot.wait(20)
    titles = [one.text() for one in window.findChildren(PlainLabel)]
    assert titles.count("Ada yang tidak berjalan semestinya") == 1
