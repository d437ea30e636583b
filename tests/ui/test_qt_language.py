"""No standard button of Qt speaks English."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QPlainTextEdit, QPushButton

from desmigratif_desktop.ui.qt_language import WORDS

pytestmark = pytest.mark.qt
ENGLISH = re.compile(
    r"\b(ok|save|cancel|close|yes|no|all|open|help|apply|reset|retry|ignore|abort|discard|undo|"
    r"redo|cut|copy|paste|delete|select|file|folder|name|type|back|forward|parent|new|print|"
    r"restore|defaults)\b",
    re.IGNORECASE,
)


def test_no_standard_button_is_english(qtbot):
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    for which in QDialogButtonBox.StandardButton:
        if which.name == "NoButton":
            continue
        button = box.addButton(which)
        if button is not None:
            assert not ENGLISH.search(button.text().replace("&", "")), which.name


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_no_context_menu_is_english(qtbot, kind):
    field = kind()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    for action in menu.findChildren(QAction):
        words = action.text().split("\t")[0].replace("&", "")
        assert not ENGLISH.search(words), words
    menu.deleteLater()


def test_no_file_dialog_is_english(qtbot):
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, on=True)
    qtbot.addWidget(dialog)
    for button in dialog.findChildren(QPushButton):
        assert not ENGLISH.search(button.text().replace("&", "")), button.text()


def test_print_dialog_words_are_ours():
    for words in ("&Print", "Copies:", "Page size:", "Portrait", "Landscape"):
        assert QCoreApplication.translate("QPrintDialog", words) == WORDS[words]


def test_no_two_mnemonics_of_the_context_menu_are_equal(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    keys = [m.lower() for a in menu.actions() for m in re.findall(r"&(\w)", a.text())]
    assert len(keys) == len(set(keys)), keys
    menu.deleteLater()
