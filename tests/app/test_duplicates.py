"""The radar beside the form, the comparison, the pairs that wait: by hand and by eye."""

from __future__ import annotations

import fences
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desmigratif_desktop.people.persons import correct_person, register_person
from desmigratif_desktop.people.radar.decisions import count_open_cases, open_cases_for
from desmigratif_desktop.people.radar.values import Band
from desmigratif_desktop.people.roster import count_people, person_values
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_desktop.ui.compare import CompareDialog
from kit.window import FULL, NARROW

pytestmark = pytest.mark.qt
OLD = {"name": "Sitti Choiriyah", "birth_date": "1992-07", "birth_place": "Nganjuk", "sex": "P",
       "dusun": "Soka'an", "rt": "003", "rw": "003", "phone": "085700112290"}  # fmt: skip
NIK = "3518175207920003"


def go(house, key, subject=None):
    window, hands = house
    window.house.go(key, subject)
    hands.settle()
    return window.house.current_screen()


def add(house, values):
    window, _ = house
    return register_person(window.session.store, window.session.actor, PersonDraft(values)).uid


def people(window):
    with window.session.store.read() as session:
        return count_people(session), count_open_cases(session)


def values_of(window, person):
    with window.session.store.read() as session:
        return person_values(session, person)


def fill(screen, hands, **values):
    for name, words in values.items():
        widget = screen.form.widget(name)
        line = getattr(widget, "line", widget)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, words)
    hands.settle()


def typed(house):
    """A new person who looks like the old one, and the radar that noticed."""
    _, hands = house
    screen = go(house, "person.form")
    fill(screen, hands, nik=NIK, name="Siti Khoiriah", birth_date="21-07-1992", alias="Riah")
    hands.wait("the radar", lambda: screen.radar.candidates())
    hands.settle()
    return screen


def dialog_of(window) -> CompareDialog:
    return next(one for one in window.findChildren(CompareDialog) if one.isVisible())


def test_the_radar_says_why(house):
    _, hands = house
    add(house, OLD)
    typed(house)
    for words in ("Sitti Choiriyah", "Sangat mirip", "Nama sebunyi", "Lahir Juli 1992",
                  "NIK belum ada pada data lama"):  # fmt: skip
        assert hands.says(words), words


def test_the_old_record_is_completed_with_the_keyboard_and_nobody_is_doubled(house):
    window, hands = house
    old = add(house, OLD)
    before = people(window)
    typed(house)
    hands.ctrl(Qt.Key.Key_D)
    hands.settle()
    dialog = dialog_of(window)
    assert dialog.rows[0].hasFocus()
    hands.key(Qt.Key.Key_1)
    assert [one.row.fields[0] for one in dialog.rows if one.hasFocus()] == ["nik"]
    hands.key(Qt.Key.Key_2)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert window.house.here() == ("person", old)
    assert people(window) == before
    values = values_of(window, old)
    assert (values["name"], values["nik"]) == ("Sitti Choiriyah", NIK)
    assert (values["birth_date"], values["alias"]) == ("1992-07-21", "Riah")
    assert (values["birth_place"], values["phone"]) == ("Nganjuk", "+6285700112290")
    assert not go(house, "person.form").form.raw(), "the draft is gone"


def test_esc_leaves_the_comparison_and_nothing_is_written(house):
    window, hands = house
    old = add(house, OLD)
    screen = typed(house)
    hands.ctrl(Qt.Key.Key_D)
    hands.settle()
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    assert window.house.current_screen() is screen
    assert values_of(window, old)["nik"] is None


def test_not_this_one_is_kept_with_the_person_and_through_a_draft(house):
    window, hands = house
    add(house, OLD)
    screen = typed(house)
    hands.press("Sitti Choiriyah bukan orang ini")
    hands.settle()
    assert not screen.radar.candidates()
    window.house.go("people")
    hands.settle()
    again = go(house, "person.form")
    hands.wait("the draft", lambda: again.form.value("name") == "Siti Khoiriah")
    hands.settle()
    assert not again.radar.candidates()
    again.save()
    hands.settle()
    _, made = window.house.here()
    assert people(window)[1] == 0
    form = go(house, "person.form", made)
    hands.settle()
    assert not form.radar.candidates()


def test_saving_all_the_same_never_blocks_and_leaves_a_case(house):
    window, hands = house
    add(house, OLD)
    screen = typed(house)
    assert screen.radar.candidates()[0].near.band is Band.VERY
    screen.form.form_of("birth_date").drop_reason("birth_date")
    screen._watch._shown.clear()
    screen.save()
    hands.settle()
    assert window.house.here()[0] == "person"
    assert people(window)[1] == 1
    go(house, "home")
    assert hands.says("1 warga mungkin tercatat ganda")


def test_the_whole_register_is_searched_and_pairs_decided(house):
    window, hands = house
    old = add(house, OLD)
    new = add(house, {**OLD, "name": "Siti Khoiriah", "birth_date": "1992-07-21", "nik": NIK})
    screen = go(house, "people.duplicates")
    assert hands.says("Tidak ada warga yang menunggu")
    screen.look_through()
    hands.settle()
    assert people(window)[1] == 1
    assert hands.says("Sitti Choiriyah  ·  Siti Khoiriah")
    hands.press("Bandingkan Sitti")
    hands.settle()
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert values_of(window, old)["nik"] == NIK
    assert people(window)[1] == 1, "both records are still there: a merge decides"
    hands.press("dua orang")
    hands.settle()
    assert people(window)[1] == 0
    assert hands.says("Tidak ada warga yang menunggu")
    open_cases_for(window.session.store, window.session.actor, [(old, new)])
    assert people(window)[1] == 0


def test_another_laptops_change_is_kept_beside_the_chosen_value(house):
    window, hands = house
    old = add(house, OLD)
    typed(house)
    hands.ctrl(Qt.Key.Key_D)
    hands.settle()
    correct_person(window.session.store, window.session.actor, old,
                   Touched({"name": "Sitti Choiriyah Lama"}, {}), origin="lain")  # fmt: skip
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert hands.says("2 nilai") or hands.says("berbeda")


@pytest.mark.parametrize("size", [FULL, NARROW])
def test_nothing_is_cut(house, size, request, tmp_path):
    window, hands = house
    old = add(house, OLD)
    new = add(house, {**OLD, "name": "Siti Khoiriah", "birth_date": "1992-07-21", "nik": NIK,
                      "mother_name": "Kasiyem", "occupation": "mengurus_rumah_tangga"})  # fmt: skip
    open_cases_for(window.session.store, window.session.actor, [(old, new)])
    hands.resize(size)
    go(house, "people.duplicates")
    assert fences.broken(window) == []
    hands.press("Bandingkan Sitti")
    hands.settle()
    assert fences.broken(window) == []
    dialog = dialog_of(window)
    assert window.rect().contains(dialog.card.geometry())
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    typed(house)
    assert fences.broken(window) == []
