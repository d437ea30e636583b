from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from desmigratif_desktop.app import sync_screen
from desmigratif_desktop.app.sync_cards import EnrolCard
from desmigratif_desktop.app.tour_district import PracticeDistrict
from desmigratif_desktop.exchange.enrolment import enrol
from desmigratif_desktop.foundation.clock import FrozenClock
from desmigratif_desktop.people.persons import register_person
from desmigratif_desktop.people.values import PersonDraft
from kit.window import VILLAGE, MadePost, enter


@pytest.fixture(scope="module")
def practice_post(tmp_path_factory):
    return MadePost(
        tmp_path_factory.mktemp("latihan") / "pos", FrozenClock(1_794_531_600_000), practice=True
    )


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    made = PracticeDistrict(tmp_path_factory.mktemp("kabupaten") / "server")
    yield made
    made.stop()


@pytest.fixture
def screen(dressed, practice_post, tmp_path, clock):
    """The exchange page of a laptop that no district knows yet."""
    window, hands = enter(practice_post.copy(tmp_path / "pos"), practice_post, clock)
    window.house.go("sync")
    hands.settle()
    yield window, hands
    window._leave()
    window.hide()
    window.deleteLater()
    hands.settle()


@pytest.fixture
def enrolled(screen, district):
    window, hands = screen
    enrol(window.session.store, district.url, district.enrol_code(VILLAGE))
    window.house.current_screen().reload()
    hands.settle()
    return window, hands


def test_a_laptop_enrols_with_address_and_code_and_exchanges(screen, district):
    window, hands = screen
    assert hands.says("6 perubahan") or hands.says("Belum terkirim: 6")
    card = window.findChild(EnrolCard)
    card._url.setText(district.url)
    card._code.setText(district.enrol_code(VILLAGE))
    hands.press("Daftarkan laptop")
    hands.wait("enrolled", lambda: hands.says("Kirim & terima sekarang"))
    hands.settle()
    hands.key(Qt.Key.Key_F9)
    hands.wait("the outcome", lambda: hands.says("Isi pertukaran ini"))
    hands.settle()
    assert hands.says("Belum terkirim: 0")
    assert hands.says("Semua perubahan laptop ini sudah di kabupaten.")
    assert hands.button("Kirim & terima sekarang").isEnabled()
    register_person(window.session.store, window.session.actor, PersonDraft({"name": "Baru"}))
    hands.wait("the count", lambda: hands.says("Belum terkirim: 1"))
    hands.settle()
    hands.press("Kirim & terima sekarang")
    hands.wait("sent", lambda: hands.says("Belum terkirim: 0"))


@pytest.mark.parametrize(
    ("url", "code"),
    [("", ""), ("bukan alamat", "2222-2222-2222-2222-2"), ("http://127.0.0.1:9", "x")],
)
def test_a_wrong_address_or_code_is_one_sentence(screen, url, code):
    window, hands = screen
    card = window.findChild(EnrolCard)
    card._url.setText(url)
    card._code.setText(code)
    hands.press("Daftarkan laptop")
    hands.wait("the refusal", lambda: hands.dialog() is not None)
    hands.press("Tutup")
    hands.settle()
    assert hands.button("Daftarkan laptop").isEnabled()
    assert window.findChild(EnrolCard)._url.text() == url, "what was typed stays"


def test_a_district_that_is_gone_is_one_clear_sentence_and_nothing_is_lost(screen, tmp_path):
    window, hands = screen
    gone = PracticeDistrict(tmp_path / "kabupaten")
    enrol(window.session.store, gone.url, gone.enrol_code(VILLAGE))
    window.house.current_screen().reload()
    hands.settle()
    gone.stop()
    hands.key(Qt.Key.Key_F9)
    hands.wait("the sentence", lambda: hands.says("tidak dapat dihubungi"), 20)
    hands.settle()
    said = [one for one in hands.texts() if "tidak dapat dihubungi" in one]
    assert len(set(said)) == 1, "one sentence, and it stays after the page was read again"
    assert hands.dialog() is None
    assert hands.says("Belum terkirim: 6")
    assert hands.button("Kirim & terima sekarang").isEnabled()


def _held(started: threading.Event):
    """An exchange that only ends when it is stopped."""
    from desmigratif_desktop.exchange.session import run_exchange as real

    def slow(store, *, progress, cancelled):
        started.set()
        while not cancelled():
            threading.Event().wait(0.005)
        return real(store, progress=progress, cancelled=cancelled)

    return slow


def test_esc_stops_a_running_exchange_and_stays_on_the_page(enrolled, monkeypatch):
    window, hands = enrolled
    started = threading.Event()
    monkeypatch.setattr(sync_screen, "run_exchange", _held(started))
    hands.key(Qt.Key.Key_F9)
    hands.wait("it runs", started.is_set)
    assert not window.house.current_screen()._run.start.isEnabled()
    hands.key(Qt.Key.Key_F9)  # a second press starts no second one
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    assert window.house.here() == ("sync", None)
    assert hands.says("Dihentikan. Yang sudah sampai tetap tersimpan.")
    assert hands.button("Kirim & terima sekarang").isEnabled()
    monkeypatch.undo()
    hands.key(Qt.Key.Key_F9)
    hands.wait("sent", lambda: hands.says("Belum terkirim: 0"))


def test_a_running_exchange_survives_a_walk_through_the_house(enrolled, monkeypatch, practice_post):
    window, hands = enrolled
    started = threading.Event()
    go_on = threading.Event()
    from desmigratif_desktop.exchange.session import run_exchange as real

    def slow(store, *, progress, cancelled):
        started.set()
        go_on.wait(10)
        return real(store, progress=progress, cancelled=cancelled)

    monkeypatch.setattr(sync_screen, "run_exchange", slow)
    hands.key(Qt.Key.Key_F9)
    hands.wait("it runs", started.is_set)
    for person in practice_post.people.values():
        window.house.go("person", person)
    window.house.go("home")
    go_on.set()
    hands.settle()
    window.house.go("sync")
    hands.settle()
    assert hands.says("Isi pertukaran ini")
    assert hands.says("Belum terkirim: 0")


def test_locking_during_an_exchange_breaks_nothing(enrolled, monkeypatch):
    window, hands = enrolled
    started = threading.Event()
    monkeypatch.setattr(sync_screen, "run_exchange", _held(started))
    hands.key(Qt.Key.Key_F9)
    hands.wait("it runs", started.is_set)
    window.lock()
    hands.settle()
    assert window.house is None
    assert window.session.jobs.pending == 0
