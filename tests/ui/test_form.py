"""A form never hands over what its officer did not touch."""

from __future__ import annotations

import pytest
from gallery_sheets import make_form
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from desmigratif_desktop.foundation.errors import FieldProblem, InputError

pytestmark = pytest.mark.qt
RECORD = {"name": "Siti", "birth_date": "1992-07-21", "sex": "P", "religion": "islam"}


@pytest.fixture
def form(qtbot):
    made = make_form()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.load(RECORD)
    return made


def test_nothing_touched_after_loading(form):
    assert form.touched() == {}
    assert not form.is_touched()


def test_only_the_changed_field_is_touched(form, qtbot):
    qtbot.keyClicks(form.widget("alias"), "Riah")
    assert form.touched() == {"alias": "Riah"}


def test_typing_a_value_back_is_no_change(form, qtbot):
    field = form.widget("name")
    field.setCursorPosition(4)
    qtbot.keyClicks(field, "x")
    assert form.is_touched()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert form.touched() == {}


def test_emptying_a_field_is_a_change(form, qtbot):
    field = form.widget("name")
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert form.touched() == {"name": None}


def test_an_unreadable_field_is_told_under_it(form, qtbot):
    field = form.widget("birth_date")
    field.selectAll()
    qtbot.keyClicks(field, "12-13-1990")
    with pytest.raises(InputError) as wrong:
        form.touched()
    assert wrong.value.problems[0].field == "birth_date"
    assert form._frames["birth_date"].message()
    assert field.property("mark") == "error"


def test_problems_of_other_fields_come_back(form):
    rest = form.show_problems(
        (FieldProblem("name", "x", "Nama belum diisi."), FieldProblem("", "y", "Semua."))
    )
    assert [one.code for one in rest] == ["y"]
    assert form._frames["name"].message() == "Nama belum diisi."


def test_enter_goes_to_the_next_field_and_ctrl_enter_submits(form, qtbot):
    form.activateWindow()
    form.focus_field("name")
    qtbot.keyClick(form.widget("name"), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.widget("alias")
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.widget("alias"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_f1_tells_the_meaning(form, qtbot):
    form.activateWindow()
    form.focus_field("birth_date")
    qtbot.keyClick(form.widget("birth_date"), Qt.Key.Key_F1)
    assert "akta" in form._frames["birth_date"].message()


def test_a_missing_reason_takes_the_keyboard_and_no_dialog(form, qtbot):
    form.activateWindow()
    form.ask_reason("birth_date", "Berbeda", "Keduanya bisa benar.", [("akta", "Sesuai akta")])
    assert form.asks_reason()
    assert isinstance(QApplication.focusWidget(), QComboBox)
    band = form._bands["birth_date"]
    band._choice.set_value("akta")
    assert not form.asks_reason()
    assert form.reasons() == {"birth_date": "akta"}


def test_every_field_has_a_name_for_screen_readers(form):
    for name in form.names():
        assert form.widget(name).accessibleName(), name
