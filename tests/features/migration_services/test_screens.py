"""The registration by hand: keyboard alone, drafts, one act, papers from the archive."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desmigratif_desktop.documents import archive
from desmigratif_desktop.features.migration_services.service import migration_of
from desmigratif_desktop.foundation.clock import FrozenClock
from desmigratif_desktop.people.roster import count_people, find_people, person_values
from desmigratif_desktop.records import changelog, drafts
from kit.window import MadePost, enter

_FENCES = str(Path(__file__).parents[2] / "ui" / "fences")
if _FENCES not in sys.path:
    sys.path.insert(0, _FENCES)
import fences  # noqa: E402

pytestmark = pytest.mark.qt
MORNING = 1_794_531_600_000
EVIL = "<img src=file:///etc/passwd><b>Siti</b>"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return MadePost(tmp_path_factory.mktemp("jadi") / "pos", FrozenClock(MORNING))


@pytest.fixture
def house(qapp, made, tmp_path, clock):
    from desmigratif_desktop.ui.qt_language import speak_indonesian
    from desmigratif_desktop.ui.theme import apply_theme

    if qapp.property("dressed") is None:
        apply_theme(qapp)
        qapp.setProperty("dressed", speak_indonesian(qapp))
    window, hands = enter(made.copy(tmp_path / "pos"), made, clock)
    yield window, hands
    window._leave()
    window.hide()
    window.deleteLater()
    window.session = None
    hands.settle()


def go(house, key, subject=None):
    window, hands = house
    window.house.go(key, subject)
    hands.settle()
    return window.house.current_screen()


def type_into(form, name, words):
    widget = form.widget(name)
    line = getattr(widget, "line", widget)
    line.setFocus()
    QTest.keyClicks(line, words)


def newest(window, person):
    with window.session.store.read() as session:
        return migration_of(session, person).episodes[0]


@pytest.mark.qt_log_ignore("This plugin does not support .*", extend=True)
def test_the_keyboard_alone_registers_a_candidate(house):
    window, hands = house
    hands.ctrl(Qt.Key.Key_N)
    hands.wait("the question", lambda: hands.says("Siapa yang datang hari ini?"))
    hands.settle()
    hands.key(Qt.Key.Key_1)
    hands.settle()
    assert window.house.here() == ("migration_services.register", ("cpmi", None))
    screen = window.house.current_screen()
    assert screen.form.widget("nik").line.hasFocus()
    hands.type("3518175207920003")
    hands.key(Qt.Key.Key_Return)
    assert screen.form.widget("name").hasFocus()
    hands.type("Siti Khoiriah")
    hands.key(Qt.Key.Key_Tab)
    hands.type("Riah")
    alt = Qt.KeyboardModifier.AltModifier
    hands.key(Qt.Key.Key_Down, alt)
    assert screen.form.at == 1
    hands.key(Qt.Key.Key_Down, alt)
    for one in "Jepang":
        QTest.keyClicks(QApplication.activePopupWidget() or QApplication.focusWidget(), one)
    QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), Qt.Key.Key_Tab)
    hands.stand_in_front()  # off screen, a closed list of choices leaves no window active
    assert screen.form.widget("destination_place").hasFocus()
    for _ in range(2):
        hands.key(Qt.Key.Key_Down, alt)
    assert screen.form.widget("consent_agency").value() is None
    hands.key(Qt.Key.Key_Space)
    hands.ctrl(Qt.Key.Key_S)
    hands.settle()
    assert window.house.here()[0] == "migration_services.papers"
    assert hands.says("Pendaftaran tersimpan. Nomor CPMI/35.18.17.2004/A/2026/0002")
    store = window.session.store
    with store.read() as session:
        (row,) = find_people(store, session, "Siti Khoiriah")
        view = migration_of(session, row.uid)
        acts = {one.act for one in changelog.history(session, row.uid)}
        values = person_values(session, row.uid)
    assert (values["nik"], values["alias"]) == ("3518175207920003", "Riah")
    assert view.episodes[0].values["destination_country"] == "jp"
    assert [one.answer for one in view.consents if one.purpose == "agency"] == ["given"]
    assert len(acts) == 1


def test_F18_a_registration_draft_comes_back_and_goes_with_the_save(house):
    window, hands = house
    screen = go(house, "migration_services.register", ("cpmi", None))
    type_into(screen.form, "name", "Siti")
    screen.form.go(2)
    type_into(screen.form, "agency", "PT Contoh")
    screen.form.widget("documents").set_value([["ktp", "12"]])
    screen.form.widget("documents").edited.emit()
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    assert window.house.here()[0] == "home"
    store, officer = window.session.store, window.session.actor.officer_id

    def kept():
        with store.read() as session:
            return drafts.load_draft(session, "registration.cpmi", None, officer)

    assert kept() is not None
    again = go(house, "migration_services.register", ("cpmi", None))
    assert hands.says("Melanjutkan draf pukul")
    assert again.form.at == 2
    assert again.form.value("name") == "Siti"
    assert again.form.value("agency") == "PT Contoh"
    assert again.form.value("documents") == [["ktp", "12"]]
    again.save()
    hands.settle()
    assert window.house.here()[0] == "migration_services.papers"
    assert kept() is None


def test_F18_a_refused_save_keeps_form_and_draft(house):
    window, hands = house
    screen = go(house, "migration_services.register", ("purna", None))
    type_into(screen.form, "name", "Siti")
    screen.form.go(2)
    type_into(screen.form, "departure_date", "2022")
    type_into(screen.form, "return_date", "2020")
    screen.save()
    hands.settle()
    assert window.house.here()[0] == "migration_services.register"
    assert hands.says("Tanggal pulang lebih awal daripada tanggal berangkat")
    assert screen.form.widget("return_date").hasFocus()
    window.house.go("home")
    hands.settle()
    with window.session.store.read() as session:
        assert count_people(session) == 3


def test_a_known_person_is_completed_and_not_doubled(house, made):
    window, hands = house
    screen = go(house, "migration_services.register", ("purna", None))
    type_into(screen.form, "nik", "3518175203880002")
    type_into(screen.form, "alias", "Nur")
    hands.wait("the radar found her", screen.radar.has_same_nik)
    hands.ctrl(Qt.Key.Key_D)
    hands.settle()
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    person = made.people["Nur'aini"]
    assert window.house.here() == ("migration_services.register", ("purna", person))
    again = window.house.current_screen()
    assert again.form.value("alias") == "Nur"
    assert again.form.value("name") == "Nur'aini"
    again.save()
    hands.settle()
    with window.session.store.read() as session:
        assert count_people(session) == 3
        values = person_values(session, person)
    assert (values["alias"], values["dusun"]) == ("Nur", "Sumber")
    assert newest(window, person).tone == "purna"


def test_F13_a_candidate_under_18_is_named_and_registered_all_the_same(house):
    window, hands = house
    screen = go(house, "migration_services.register", ("cpmi", None))
    type_into(screen.form, "name", "Muda Belia")
    type_into(screen.form, "birth_date", "2010")
    hands.settle()
    assert hands.says("Belum berumur 18 tahun")
    screen.save()
    assert screen.form.form_of("birth_date")._bands["birth_date"]._choice.hasFocus()
    screen.form.form_of("birth_date")._bands["birth_date"]._choice.set_value("keterangan_warga")
    screen.save()
    hands.settle()
    assert window.house.here()[0] == "migration_services.papers"


def test_a_paper_is_issued_once_and_printed_again_from_the_frozen_bytes(house, made, tmp_path):
    window, hands = house
    person = made.people["Suparmi"]
    episode = newest(window, person).uid
    screen = go(house, "migration_services.papers", episode)
    assert hands.says("belum pernah")
    first, second = tmp_path / "satu.pdf", tmp_path / "dua.pdf"
    screen.keep_at(first)
    hands.settle()
    assert hands.says("Cetak ulang")
    shown = screen._desk.data
    screen.keep_at(second)
    hands.settle()
    with window.session.store.read() as session:
        issued = archive.papers_of(session, person)
        assert len(issued) == 1
        assert archive.frozen_bytes(session, issued[0].id) == first.read_bytes() == shown
    assert second.read_bytes() != first.read_bytes()


def test_the_blank_form_takes_no_number(house, tmp_path):
    _window, hands = house
    screen = go(house, "migration_services.papers", ("blank", None))
    target = tmp_path / "kosong.pdf"
    screen.keep_at(target)
    hands.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert hands.says("tanpa nomor")


def test_the_list_of_registrations_opens_the_person(house, made):
    window, hands = house
    go(house, "migration_services.episodes")
    assert hands.says("1 pendaftaran")
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert window.house.here() == ("person", made.people["Suparmi"])


def test_F04_markup_in_a_registration_is_shown_as_it_was_typed(house):
    window, hands = house
    screen = go(house, "migration_services.register", ("cpmi", None))
    type_into(screen.form, "name", EVIL)
    screen.form.go(2)
    type_into(screen.form, "agency", EVIL)
    screen.save()
    hands.settle()
    for key, subject in ((window.house.here()), ("migration_services.episodes", None)):
        go(house, key, subject)
        for label in window.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText
        assert hands.says(EVIL) or key == "migration_services.episodes"


@pytest.mark.parametrize("size", [fences.FULL, fences.NARROW], ids=["full", "narrow"])
@pytest.mark.parametrize("what", ["choose", "cpmi", "pmi", "purna", "papers", "blank", "episodes"])
def test_nothing_is_squeezed(house, made, what, size):
    window, hands = house
    hands.resize(size)
    episode = newest(window, made.people["Suparmi"]).uid
    key, subject = {
        "choose": ("choose", None), "papers": ("papers", ("saved", episode)),
        "blank": ("papers", ("blank", None)), "episodes": ("episodes", None),
    }.get(what, ("register", (what, None)))  # fmt: skip
    screen = go(house, f"migration_services.{key}", subject)
    for step in range(5 if key == "register" else 1):
        if key == "register":
            screen.form.go(step)
            hands.settle()
        assert fences.broken(window.house) == []
        assert fences.primaries(window.house) == (0 if key == "choose" else 1)
    assert (window.width(), window.height()) == size
    room = (size[0] - (224 if size == fences.FULL else 72), size[1] - 16)
    assert fences.too_large(screen.widget(), room) == ""
