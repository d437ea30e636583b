"""No label, tool tip or dialog of the kit renders HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget

from desmigratif_desktop.foundation.errors import KnownError
from desmigratif_desktop.ui.dialogs import show_error
from desmigratif_desktop.ui.labels import ElidedLabel, PlainLabel, plain_tip

pytestmark = pytest.mark.qt
KIT = Path(__file__).parents[2] / "desmigratif_desktop" / "ui"


def red_pixels(widget: QWidget) -> int:
    picture = widget.grab().toImage()
    return sum(
        picture.pixelColor(x, y) == QColor("#ff0000")
        for x in range(picture.width())
        for y in range(picture.height())
    )


@pytest.fixture
def red_file(tmp_path):
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ff0000"))
    target = tmp_path / "merah.png"
    picture.save(str(target))
    return target.as_uri()


@pytest.mark.qt_log_ignore("QBuffer", "QImageIOHandler")
def test_F04_a_label_shows_markup_literally(qtbot, red_file):
    words = f'<img src="{red_file}"> <b>tebal</b>'
    for kind in (PlainLabel, ElidedLabel):
        label = kind(words)
        qtbot.addWidget(label)
        label.resize(400, 60)
        label.show()
        assert red_pixels(label) == 0
    guessing = QLabel(words)
    qtbot.addWidget(guessing)
    guessing.resize(400, 60)
    guessing.show()
    assert red_pixels(guessing) > 0, "the trial itself must be able to fail"


def test_F04_a_label_stays_plain_whatever_is_asked(qtbot):
    label = PlainLabel("<b>x</b>")
    qtbot.addWidget(label)
    label.setTextFormat(Qt.TextFormat.RichText)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_F04_dialogs_show_markup_literally(qtbot, red_file):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    window.show()
    show_error(window, KnownError(f'<img src="{red_file}">', "<b>Coba lagi.</b>"))
    qtbot.wait(1)
    assert red_pixels(window) == 0
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_F04_tool_tips_are_escaped():
    assert plain_tip("Siti") == "Siti"
    assert "<img" not in plain_tip('<img src="x">')


def test_F04_only_the_plain_label_is_a_qlabel():
    for path in KIT.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "labels.py":
            assert not re.search(r"\bQLabel\b", text), path.name
        assert "QMessageBox" not in text, path.name
        for call in re.findall(r"setToolTip\(([^\n]*)", text):
            assert "plain_tip" in call or call.startswith('""'), (path.name, call)
