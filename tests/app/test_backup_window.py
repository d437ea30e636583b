"""Backups in the window: tried, told, carried to a stick, brought back, and an officer leaving."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QFileDialog

from desmigratif_desktop.app.assembly import backup_folder
from desmigratif_desktop.app.first_run import FirstRun
from desmigratif_desktop.foundation.errors import StoreDamagedError, WrongPassphraseError
from desmigratif_desktop.records import backup, backup_stick, keys
from desmigratif_desktop.records.engine import DATABASE
from desmigratif_desktop.records.rehearsal import last_rehearsal
from kit.window import PASSPHRASE, SECOND_PASSPHRASE, VILLAGE, enter

DAY = int(timedelta(days=1).total_seconds() * 1000)


@pytest.fixture
def settings(house):
    window, hands = house
    window.house.go("settings")
    hands.settle()
    return window, hands


def rehearsed(window):
    with window.session.store.read() as session:
        return last_rehearsal(session)


def test_a_trial_is_asked_for_and_its_date_is_shown(settings) -> None:
    window, hands = settings
    window.session.back_up()
    hands.press("Uji pemulihan")
    hands.wait("the trial", lambda: hands.says("Cadangan diuji: dapat dipulihkan"))
    assert rehearsed(window) is not None


def test_the_trial_runs_by_itself_when_nobody_types(house) -> None:
    window, hands = house
    window.session.back_up()
    window._last_life -= 100
    window._on_idle_check()
    hands.wait("the trial", lambda: rehearsed(window) is not None)


def test_home_turns_red_after_thirty_five_days(house, clock) -> None:
    window, hands = house
    window.session.back_up()
    clock.now += 36 * DAY
    window.house.current_screen().reload()
    hands.settle()
    assert hands.says("Cadangan lama tidak diuji")
    window.session.back_up()
    assert window.session.rehearse_when_due() is not None
    window.house.current_screen().reload()
    hands.settle()
    assert not hands.says("Cadangan lama tidak diuji")


def test_a_rotten_backup_is_made_up_for_by_a_new_one(house, folder) -> None:
    window, _hands = house
    made = window.session.back_up()
    raw = bytearray(made.path.read_bytes())
    raw[len(raw) // 2] ^= 1
    made.path.write_bytes(raw)
    window.session.store.clock.now += 60_000
    assert window.session.rehearse_when_due().name != made.path.name


def test_a_stick_is_chosen_labelled_and_filled(settings, tmp_path, monkeypatch) -> None:
    window, hands = settings
    stick = tmp_path / "flash"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    hands.press("Pilih flash disk")
    hands.wait("the copy", lambda: hands.says("cadangan disalin ke sana"))
    assert backup_stick.village_of(stick) == VILLAGE
    assert len(list(stick.glob("*.cadangan"))) == 1
    window.session.store.clock.now += 60_000
    window.session.back_up()
    assert len(list(stick.glob("*.cadangan"))) == 2, "remembered"
    shutil.rmtree(stick)
    assert window.session.back_up().path.exists(), "without the stick the disk's backup is made"


def test_a_restore_shows_what_the_backup_holds_and_lacks(settings, folder) -> None:
    window, hands = settings
    old = window.session.back_up().path
    window.session.store.clock.now += 3 * DAY
    hands.press("Pulihkan dari cadangan")
    hands.press("Lanjutkan")
    hands.wait(
        "the ceremony", lambda: window.findChild(FirstRun) is not None and hands.says("Milik")
    )
    hands.fill("Berkas cadangan", str(old))
    hands.settle()
    assert hands.says("3 warga")
    assert hands.says("Wulandari, Bagus Prasetyo")
    assert hands.says("Data di laptop ini lebih baru")
    hands.fill("Kata sandi salah satu petugas", PASSPHRASE)
    hands.press("Periksa dan pulihkan")
    hands.wait("the house", lambda: window.house is not None, 20)
    hands.settle()
    aside = [one for one in folder.parent.iterdir() if "sebelum-pulih" in one.name]
    assert len(aside) == 1
    assert (aside[0] / DATABASE).exists()


def test_L14_the_officer_is_told_calmly(dressed, made_post, folder, clock, tmp_path) -> None:
    shutil.copyfile(folder / DATABASE, tmp_path / "kemarin.db")
    store = made_post.open(folder, clock)
    from desmigratif_desktop.people import persons
    from desmigratif_desktop.people.values import PersonDraft

    persons.register_person(store, made_post.actor, PersonDraft({"name": "Hari Ini"}))
    store.close()
    shutil.copyfile(tmp_path / "kemarin.db", folder / DATABASE)
    window, hands = enter(folder, made_post, clock)
    assert hands.says("Berkas data lama terpasang")
    hands.press("Tutup")
    window._leave()
    window.hide()
    window.deleteLater()
    hands.settle()


def test_L23_petugas_berhenti(settings, folder, made_post) -> None:
    window, hands = settings
    before = (folder / keys.SLOTS_FILE).read_bytes()
    hands.press("Petugas berhenti: Bagus")
    hands.press("Berhentikan")
    hands.wait(
        "the house again", lambda: window.house is not None and window.session is not None, 30
    )
    hands.settle()
    assert [one.name for one in keys.read_slots(folder).officers] == ["Wulandari"]
    with pytest.raises(WrongPassphraseError):
        keys.unlock(folder, SECOND_PASSPHRASE)
    assert keys.unlock(folder, PASSPHRASE).data_key == window.session.store.keys.data_key
    assert backup.newest(backup_folder(folder)) is not None
    with window.session.store.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT name, active FROM officer ORDER BY name"
        )
        assert rows.all() == [("Bagus Prasetyo", 0), ("Wulandari", 1)]
    window._sign_out()
    for name in (keys.SLOTS_FILE, keys.SLOTS_COPY):
        (folder / name).write_bytes(before)
    old = keys.unlock(folder, SECOND_PASSPHRASE)
    with pytest.raises(StoreDamagedError):
        made_post.open.__func__(type("P", (), {"keys": old})(), folder, window_clock())


def window_clock():
    from desmigratif_desktop.foundation.clock import SystemClock

    return SystemClock()


def test_a_window_left_open_past_the_day_makes_its_backup_by_itself(house, clock) -> None:
    window, hands = house
    first = window.session.back_up()
    window._rehearsed = True
    window._last_life -= 100
    window._on_idle_check()
    hands.settle()
    assert backup.newest(backup_folder(window.session.store.folder)) == first.path
    clock.now += DAY
    window._backup_asked -= 1_000
    window._on_idle_check()
    hands.wait("the daily backup", lambda: not window.session.backup_is_due())
    assert backup.newest(backup_folder(window.session.store.folder)) != first.path
