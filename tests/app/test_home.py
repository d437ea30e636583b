from __future__ import annotations

from datetime import date

import pytest

from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.home import greeting, read_home
from desmigratif_desktop.app.home_rows import waiting_lines
from desmigratif_desktop.people.persons import correct_person, register_person
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records.drafts import save_draft
from desmigratif_desktop.records.unit_of_work import Touched


def test_the_page_shows_the_village_as_it_is(house):
    _window, hands = house
    assert hands.says("Selamat pagi, Wulandari")
    assert hands.says("Jumat, 13 November 2026")
    assert hands.says("Suparmi")
    assert hands.says("Pendaftaran CPMI tujuan Jepang")
    assert hands.says("1 dokumen kurang")
    assert hands.says("1 pendaftaran menunggu")
    assert hands.says("CPMI, menyiapkan berangkat 1; PMI, sedang bekerja 0; Purna PMI 0")
    assert hands.says("Angka dari 3 warga di laptop A sampai pukul 08.00.")
    assert hands.says("6 perubahan belum terkirim")
    assert hands.says("Belum ada cadangan")
    assert not hands.says("Baru satu petugas punya kata sandi")


def test_the_row_opens_the_person(house, made_post):
    window, hands = house
    hands.press("Buka: Suparmi")
    hands.settle()
    assert window.house.here() == ("person", made_post.people["Suparmi"])


def test_a_change_from_elsewhere_is_shown_at_once(house):
    window, hands = house
    register_person(
        window.session.store, window.session.actor, PersonDraft({"name": "Baru Datang"})
    )
    hands.wait("the count", lambda: hands.says("Angka dari 4 warga"))
    assert hands.says("7 perubahan belum terkirim")


def test_changes_in_a_row_never_touch_a_page_that_is_gone(house, made_post):
    window, hands = house
    store, actor = window.session.store, window.session.actor
    for number in range(15):
        correct_person(store, actor, made_post.people["Suparmi"], Touched({"dusun": f"D{number}"}))
        window.house.go("people" if number % 2 else "home")
    hands.settle()
    assert window.house is not None


def test_a_draft_waits_on_the_home_page_and_leads_back(house):
    window, hands = house
    store = window.session.store
    save_draft(store, "person", None, window.session.actor.officer_id, {"name": "Setengah Jadi"})
    window.house.current_screen().reload()
    hands.settle()
    assert hands.says("Setengah Jadi")
    hands.press("Lanjutkan: Setengah Jadi")
    hands.settle()
    assert window.house.here() == ("person.form", None)


def test_the_first_day_of_a_lone_officer(tmp_path, clock):
    new = assembly.NewPost("3518172004", "", "Sendiri", "kata sandi sendiri")
    store = assembly.create_post(tmp_path / "pos", new, clock).store
    actor = store.keys.actor
    facts = read_home(store, actor.officer_id)
    store.close()
    assert facts.today == date(2026, 11, 13)
    assert facts.board.people == 0
    titles = [line.title for line in waiting_lines(facts)]
    assert titles == ["Baru satu petugas punya kata sandi"], "no backup is asked for nothing"


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, "pagi"),
        (10, "pagi"),
        (11, "siang"),
        (14, "siang"),
        (15, "sore"),
        (18, "sore"),
        (19, "malam"),
    ],
)
def test_the_greeting_follows_the_day(hour, part):
    assert greeting(hour, "Siti Aminah") == f"Selamat {part}, Siti"
    assert greeting(hour, "") == f"Selamat {part}"
