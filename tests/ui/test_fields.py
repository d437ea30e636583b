"""Fields read and show kept values."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.ui.choices import Check, Choice
from desmigratif_desktop.ui.fields import DateField, NumberField, PhoneField, RupiahField, TextField
from desmigratif_desktop.ui.nik_field import NikField
from desmigratif_desktop.ui.theme import Hue

pytestmark = pytest.mark.qt


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_text_is_cleaned_and_empty_is_none(qtbot):
    field = shown(qtbot, TextField())
    qtbot.keyClicks(field, "  Mu'arifah ")
    assert field.value() == "Mu'arifah"
    field.set_value(None)
    assert field.value() is None


def test_setting_a_value_is_not_an_edit(qtbot):
    for field in (TextField(), PhoneField(), DateField(), RupiahField(), NikField()):
        shown(qtbot, field)
        with qtbot.assertNotEmitted(field.edited):
            field.set_value("3518175207920003" if isinstance(field, NikField) else None)


def test_dates_are_kept_as_exactly_as_they_are_known(qtbot):
    field = shown(qtbot, DateField(not_after=date(2026, 11, 19)))
    for typed, kept in (("21-07-1992", "1992-07-21"), ("Juli 1992", "1992-07"), ("1992", "1992")):
        field.setText(typed)
        assert field.value() == kept
    field.setText("12-13-1990")
    with pytest.raises(InputError):
        field.value()
    field.set_value("1992-07")
    assert field.text() == "07-1992"


def test_rupiah_groups_while_typing_and_keeps_the_cursor(qtbot):
    field = shown(qtbot, RupiahField(tall=48))
    qtbot.keyClicks(field, "1050000")
    assert field.text() == "1.050.000"
    assert field.value() == 1_050_000
    field.setCursorPosition(1)
    qtbot.keyClicks(field, "2")
    assert field.text() == "12.050.000"
    assert field.cursorPosition() == 2


def test_phone_is_kept_in_one_form(qtbot):
    field = shown(qtbot, PhoneField())
    qtbot.keyClicks(field, "081233444471")
    assert field.value() == "+6281233444471"
    field.set_value("+6281233444471")
    assert field.text().startswith("0812-")


def test_number_has_a_range(qtbot):
    field = shown(qtbot, NumberField(1, 50))
    field.setText("51")
    with pytest.raises(InputError):
        field.value()
    field.setText("1²")
    with pytest.raises(InputError):
        field.value()
    field.setText("50")
    assert field.value() == 50


def test_nik_groups_6_6_4_and_explains(qtbot):
    field = shown(qtbot, NikField())
    qtbot.keyClicks(field.line, "3518175207920003")
    assert field.line.text() == "351817 520792 0003"
    assert field.value() == "3518175207920003"
    place, day, serial = field.brackets()
    assert day.title == "12 Juli 1992, perempuan"
    assert day.under == "tanggal 52 dikurangi 40"
    assert day.colour == Hue.LEAF
    assert serial.title == "nomor urut"
    assert place.title


def test_nik_mismatch_turns_only_its_bracket_amber(qtbot):
    field = shown(qtbot, NikField())
    field.set_value("3518175207920003")
    place_before = field.brackets()[0].colour
    field.set_partner("1992-07-21", "P")
    assert [one.colour for one in field.brackets()] == [place_before, Hue.WARN_EDGE, Hue.EDGE]
    field.set_partner("1992-07", "P")
    assert field.brackets()[1].colour == Hue.LEAF
    field.set_partner("1992-07", "L")
    assert field.brackets()[1].colour == Hue.WARN_EDGE


def test_nik_keeps_the_cursor_when_a_digit_is_put_in_the_middle(qtbot):
    field = shown(qtbot, NikField())
    field.set_value("351817520792003")
    field.line.setCursorPosition(3)
    qtbot.keyClicks(field.line, "9")
    assert field.digits().startswith("3519817")
    assert field.line.cursorPosition() == 4


def test_a_nik_of_14_digits_is_refused(qtbot):
    field = shown(qtbot, NikField())
    qtbot.keyClicks(field.line, "35181752079200")
    with pytest.raises(InputError) as wrong:
        field.value()
    assert wrong.value.problems[0].field == "nik"


def test_choice_finds_by_typing_and_never_takes_free_text(qtbot):
    options = [(f"c{n}", f"Pekerjaan {n}") for n in range(12)]
    box = shown(qtbot, Choice(options))
    assert box.isEditable()
    box.lineEdit().setText("Pekerjaan 7")
    with qtbot.waitSignal(box.edited):
        box.lineEdit().editingFinished.emit()
    assert box.value() == "c7"
    box.lineEdit().setText("dukun")
    box.lineEdit().editingFinished.emit()
    assert box.value() is None
    assert not box.lineEdit().text()


def test_choice_shows_a_code_that_left_the_table(qtbot):
    box = shown(qtbot, Choice([("islam", "Islam")]))
    box.set_value("lama")
    assert box.value() == "lama"
    box.set_value(None)
    assert box.value() is None


def test_a_check_box_is_pressed_anywhere_on_its_line(qtbot):
    box = shown(qtbot, Check("Suami hadir dan membawa KTP"))
    box.resize(300, 32)
    with qtbot.waitSignal(box.edited):
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.value() is True


def test_F01_nik_takes_only_ascii_digits(qtbot):
    field = shown(qtbot, NikField())
    field.line.setText("")
    for typed in ("٣٥١٨١٧٥٢٠٧٩٢٠٠٠٣", "３５１８１７５２０７９２０００３", "abc"):
        field.line.setText(typed)
        assert field.value() is None
    for bad in ("3518170007920003", "3518177207920003", "3518175213920003"):
        field.set_value(bad)
        with pytest.raises(InputError):
            field.value()


def test_F02_text_refuses_or_strips_what_nobody_can_see(qtbot):
    field = shown(qtbot, TextField(limit=100))
    field.setText("D. 'Siti' O'Neil")
    assert field.value() == "D. 'Siti' O'Neil"
    for bad in ("Si\u202eti", "x" * 10_000):
        field.setText(bad)
        try:
            kept = field.value()
        except InputError:
            continue
        assert "\u202e" not in str(kept)
        assert len(str(kept)) <= 100
