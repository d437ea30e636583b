"""List, page, form and household of a person, by hand and by eye."""

from __future__ import annotations

import fences
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desmigratif_desktop.people.persons import correct_person, register_person
from desmigratif_desktop.people.roster import person_values, show_person
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records import changelog, drafts
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_desktop.ui.labels import ElidedLabel

pytestmark = pytest.mark.qt
EVIL = "<img src=file:///etc/passwd><b>Siti</b><a href='x'>&amp;"


def go(house, key, subject=None):
    window, hands = house
    window.house.go(key, subject)
    hands.settle()
    return window.house.current_screen()


def correct(window, person, **values):
    """What another window or laptop would have written meanwhile."""
    store = window.session.store
    return correct_person(store, window.session.actor, person, Touched(values, {}), origin="lain")


def values_of(window, person):
    with window.session.store.read() as session:
        return person_values(session, person)


def type_into(form, name, words):
    """Put words into a line as fingers do."""
    from PySide6.QtTest import QTest

    widget = form.widget(name)
    line = getattr(widget, "line", widget)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words)


# --- the list -------------------------------------------------------------------------


def test_the_list_finds_while_typing_and_enter_opens(house):
    window, hands = house
    go(house, "people")
    hands.type("nur")
    hands.settle()
    assert hands.says("1 warga")
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert window.house.here()[0] == "person"
    assert hands.says("Nur'aini")


def test_coming_back_from_a_person_the_keyboard_is_on_the_same_row(house, made_post):
    window, hands = house
    screen = go(house, "people")
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Down)
    row = screen.widget().table.current_id()
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    assert window.house.here()[0] == "people"
    assert screen.widget().table.hasFocus()
    assert screen.widget().table.current_id() == row


def test_a_name_nobody_has_tells_what_to_do(house):
    _window, hands = house
    go(house, "people")
    hands.type("suparmi'ah")
    hands.settle()
    assert hands.says("Tidak ada warga yang cocok")
    assert hands.says("Nama yang mirip")
    assert hands.says("Buka Suparmi")


def test_nik_is_masked_in_list_and_header(house, made_post):
    _window, hands = house
    go(house, "people")
    assert not hands.says("3518174507920001")
    go(house, "person", made_post.people["Suparmi"])
    assert not hands.says("3518174507920001")
    hands.press("Tampilkan")
    assert hands.says("351817 450792 0001")


def test_a_chip_narrows_the_list(house):
    _window, hands = house
    screen = go(house, "people")
    screen.widget().chip("role").picked.emit("cpmi")
    hands.settle()
    assert hands.says("1 warga")


# --- the form -------------------------------------------------------------------------


def test_only_touched_fields_are_saved(house, made_post):
    window, hands = house
    person = made_post.people["Budi Santoso"]
    screen = go(house, "person.form", person)
    type_into(screen.form, "alias", "Budi Kecil")
    hands.settle()
    correct(window, person, phone="081233444417")
    hands.settle()
    assert hands.says("Data ini baru saja berubah di tempat lain: Nomor HP")
    screen.save()
    hands.settle()
    assert window.house.here() == ("person", person)
    found = values_of(window, person)
    assert (found["alias"], found["phone"]) == ("Budi Kecil", "+6281233444417")
    with window.session.store.read() as session:
        newest = changelog.history(session, person)[0]
    assert [one.field for one in newest.changes] == ["alias"]


def test_a_field_both_changed_keeps_both_and_is_decided_on_the_page(house, made_post):
    window, hands = house
    person = made_post.people["Budi Santoso"]
    screen = go(house, "person.form", person)
    type_into(screen.form, "phone", "081233444471")
    correct(window, person, phone="085700112290")
    hands.settle()
    screen.save()
    hands.settle()
    assert hands.says("juga diubah di tempat lain")
    hands.press("Buka halaman warga")
    hands.settle()
    assert window.house.here() == ("person", person)
    assert hands.says("Nomor HP berbeda di dua tempat")
    assert hands.says("0857-0011-2290")
    hands.press("Pilih yang benar")
    hands.key(Qt.Key.Key_2)
    hands.press("Pakai yang dipilih")
    hands.settle()
    with window.session.store.read() as session:
        view = show_person(window.session.store, session, person)
    assert view.open_conflicts == ()
    assert view.values["phone"] == "+6285700112290"


def test_F18_a_half_filled_form_survives_the_lock_for_its_officer_alone(house, made_post):
    window, hands = house
    screen = go(house, "person.form")
    type_into(screen.form, "name", "Siti Khoiriah")
    type_into(screen.form, "nik", "35181752")
    type_into(screen.form, "birth_date", "21-07-")
    store = window.session.store
    window.lock()
    hands.settle()
    with store.read() as session:
        mine = drafts.load_draft(session, "person", None, window.session.actor.officer_id)
        other = drafts.load_draft(session, "person", None, made_post.second.officer_id)
    assert other is None
    assert mine is not None
    assert (mine.fields["name"], mine.fields["nik"]) == ("Siti Khoiriah", "35181752")
    assert mine.fields["birth_date"] == "21-07-"
    window._open_house(("person.form", None))
    hands.settle()
    again = window.house.current_screen()
    assert hands.says("Melanjutkan draf pukul")
    assert again.form.value("name") == "Siti Khoiriah"
    assert again.form.widget("nik").digits() == "35181752"
    assert again.form.widget("birth_date").text() == "21-07-"
    assert again.form.widget("birth_date").hasFocus()


def test_F18_a_draft_is_kept_after_two_quiet_seconds_and_dropped_by_saving(house):
    window, hands = house
    screen = go(house, "person.form")
    type_into(screen.form, "name", "Wagiman")
    store, officer = window.session.store, window.session.actor.officer_id

    def kept():
        with store.read() as session:
            return drafts.load_draft(session, "person", None, officer)

    assert kept() is None
    hands.wait("the draft is kept", lambda: kept() is not None)
    screen.save()
    hands.settle()
    assert window.house.here()[0] == "person"
    assert kept() is None


def test_a_warning_asks_for_a_reason_and_never_blocks(house):
    window, hands = house
    screen = go(house, "person.form")
    type_into(screen.form, "name", "Siti")
    type_into(screen.form, "nik", "3518175207920003")
    type_into(screen.form, "birth_date", "21-07-1992")
    hands.settle()
    assert hands.says("Tanggal lahir berbeda dengan NIK")
    screen.save()
    hands.settle()
    assert window.house.here()[0] == "person.form"
    assert hands.says("Pilih alasan")
    band = screen.form.form_of("birth_date")._bands["birth_date"]
    band._choice.set_value("sesuai_ktp")
    screen.save()
    hands.settle()
    key, person = window.house.here()
    assert key == "person"
    with window.session.store.read() as session:
        assert changelog.history(session, person)[0].reason == (
            "Sesuai KTP atau KK yang ditunjukkan"
        )


def test_the_same_nik_is_shown_at_the_right_and_does_not_block(house, made_post):
    window, hands = house
    screen = go(house, "person.form")
    type_into(screen.form, "nik", "3518174507920001")
    type_into(screen.form, "name", "Suparmi Lagi")
    hands.wait("the radar found her", screen.radar.has_same_nik)
    hands.settle()
    assert hands.says("NIK sama")
    screen.save()
    hands.settle()
    assert window.house.here()[0] == "person"
    assert window.house.here()[1] != made_post.people["Suparmi"]


def test_an_unreadable_field_is_named_and_nothing_is_written(house):
    window, hands = house
    screen = go(house, "person.form")
    type_into(screen.form, "name", "Siti")
    type_into(screen.form, "nik", "35181752")
    screen.save()
    hands.settle()
    assert window.house.here()[0] == "person.form"
    assert hands.says("16 angka")
    assert screen.form.widget("nik").line.hasFocus()


# --- the page -------------------------------------------------------------------------


def test_the_story_shows_old_and_new_and_takes_a_change_back(house, made_post):
    window, hands = house
    person = made_post.people["Budi Santoso"]
    correct(window, person, occupation="petani_pekebun")
    correct(window, person, occupation="wiraswasta")
    go(house, "person", person)
    hands.ctrl(Qt.Key.Key_4)
    told = "Pekerjaan: dari Petani/Pekebun menjadi Wiraswasta"
    hands.wait("the story is open", lambda: hands.says(told))
    undo = [one for one in hands.buttons() if one.accessibleName() == "Kembalikan"]
    undo[0].click()
    hands.settle()
    hands.press("Kembalikan")
    hands.settle()
    assert values_of(window, person)["occupation"] == "petani_pekebun"


def test_a_stage_is_recorded_from_the_page(house, made_post):
    window, hands = house
    person = made_post.people["Suparmi"]
    go(house, "person", person)
    hands.press("Catat tahap")
    hands.settle()
    assert hands.dialog() is not None
    hands.press("Catat tahap ini")
    hands.settle()
    assert hands.dialog() is None
    with window.session.store.read() as session:
        from desmigratif_desktop.features.migration_services.service import migration_of

        assert migration_of(session, person).episodes[0].stage == "terverifikasi_desa"


def test_F04_markup_is_shown_as_it_was_typed(house):
    window, hands = house
    store, actor = window.session.store, window.session.actor
    texts = (
        "name",
        "alias",
        "birth_place",
        "address",
        "dusun",
        "mother_name",
        "father_name",
        "spouse_name",
        "title_before",
        "bin_binti",
        "current_address",
        "note",
    )
    values = {name: f"{EVIL}{name}"[:90] for name in texts} | {"no_kk": "3518174507920009"}
    person = register_person(store, actor, PersonDraft(values)).uid
    with store.read() as session:
        household = show_person(store, session, person).household
    for key, subject in (
        ("people", None), ("person", person), ("person.form", person), ("household", household),
    ):  # fmt: skip
        go(house, key, subject)
        for place in ("documents", "family", "story") if key == "person" else ("",):
            if place:
                window.house.current_screen()._go_tab(place)
                hands.settle()
            for label in window.findChildren(QLabel):
                assert label.textFormat() == Qt.TextFormat.PlainText
            for one in window.findChildren(QWidget):
                assert "<img" not in one.toolTip()
        if key == "person":
            window.house.current_screen()._go_tab("summary")
            hands.settle()
            shown = [one.text() for one in window.findChildren(ElidedLabel)]
            assert any(one.startswith(EVIL[:20]) for one in shown)


@pytest.mark.parametrize("size", [fences.FULL, fences.NARROW], ids=["full", "narrow"])
@pytest.mark.parametrize("key", ["people", "person", "person.form", "new", "household"])
def test_nothing_is_squeezed(house, made_post, key, size):
    window, hands = house
    person = made_post.people["Suparmi"]
    correct(window, person, no_kk="3518174507920009", phone="081233444417", birth_date="1992")
    hands.resize(size)
    subject: object = person
    if key == "household":
        with window.session.store.read() as session:
            subject = show_person(window.session.store, session, person).household
    elif key in {"people", "new"}:
        subject = None
    go(house, "person.form" if key == "new" else key, subject)
    assert fences.broken(window.house) == []
    assert fences.primaries(window.house) == 1
    assert (window.width(), window.height()) == size
    room = (size[0] - (224 if size == fences.FULL else 72), size[1] - 16)
    assert fences.too_large(window.house.current_screen().widget(), room) == ""
