from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desmigratif_desktop.app.assembly import backup_folder
from desmigratif_desktop.app.house import House
from desmigratif_desktop.app.sign_in import OfficerRow, SignIn
from desmigratif_desktop.ui.page import Page
from kit.window import PASSPHRASE, SECOND_PASSPHRASE


def _records(window) -> list[str]:
    """Widgets that could still show a villager."""
    return [
        type(one).__name__
        for one in QApplication.allWidgets()
        if shiboken6.isValid(one)
        and isinstance(one, House | Page)
        and (one.window() is window or one.parent() is None)
    ]


def _unlock(hands, words) -> None:
    hands.window.findChild(SignIn).type_passphrase(words)
    hands.key(Qt.Key.Key_Return)
    hands.wait("the house", lambda: hands.window.house is not None)
    hands.settle()


def test_L15_idle_locks_and_no_record_widget_is_alive(house):
    window, hands = house
    window.house.go("people")
    hands.settle()
    assert hands.says("Suparmi") or _records(window)
    window._last_life -= 5 * 60 + 1
    window._on_idle_check()
    hands.settle()
    assert window.house is None
    assert _records(window) == []
    assert hands.says("Layar terkunci")
    assert not hands.says("Suparmi")


def test_L15_activity_keeps_the_screen_open(house):
    window, hands = house
    window._last_life -= 5 * 60 + 1
    hands.key(Qt.Key.Key_Down)
    window._on_idle_check()
    assert window.house is not None


def test_L15_the_lock_clears_the_clipboard_and_takes_every_dialog_away(house, made_post):
    window, hands = house
    hands.ctrl(Qt.Key.Key_K)
    hands.type("supar")
    hands.wait("the finder", lambda: hands.says("Suparmi"))
    QGuiApplication.clipboard().setText("3518174507920001")
    window.lock()
    hands.settle()
    assert QGuiApplication.clipboard().text() == ""
    assert hands.dialog() is None
    assert not hands.says("Suparmi")
    shown = [one for one in window.findChildren(QWidget) if "Suparmi" in one.accessibleName()]
    assert shown == []


def test_L15_sleep_is_noticed_by_the_clock_that_jumped(house):
    window, hands = house
    window._on_idle_check()
    assert window.house is not None
    window._last_check -= 120  # the laptop slept between two looks
    window._on_idle_check()
    hands.settle()
    assert window.house is None


def test_L15_the_system_putting_the_program_aside_locks(house):
    window, hands = house
    QGuiApplication.instance().applicationStateChanged.emit(
        Qt.ApplicationState.ApplicationSuspended
    )
    hands.settle()
    assert window.house is None


def test_the_page_comes_back_after_the_lock_with_its_draft(house, made_post):
    window, hands = house
    window.house.go("person.form")
    hands.settle()
    hands.field("Nama lengkap").setFocus()
    hands.type("Kartini Baru")
    hands.settle()
    window.lock()
    hands.settle()
    assert not hands.says("Kartini Baru")
    _unlock(hands, PASSPHRASE)
    assert window.house.here() == ("person.form", None)
    hands.wait("the draft", lambda: _typed(window, "Kartini Baru"))


def _typed(window, words) -> bool:
    from PySide6.QtWidgets import QLineEdit

    return any(one.text() == words for one in window.findChildren(QLineEdit))


def test_another_officer_signs_in_at_the_lock_and_starts_at_home(house, made_post):
    window, hands = house
    window.house.go("settings")
    hands.settle()
    window.session.changed = True
    window.lock()
    hands.settle()
    row = next(one for one in window.findChildren(OfficerRow) if one.slot.name == "Bagus Prasetyo")
    row.click()
    _unlock(hands, SECOND_PASSPHRASE)
    assert window.session.actor.officer_id == made_post.second.officer_id
    assert window.session.store.keys.actor == window.session.actor
    assert window.house.here() == ("home", None)
    assert window.session.changed, "what the first officer wrote still wants its backup"
    assert hands.says("Selamat pagi, Bagus")


def test_F18_a_draft_is_shown_to_its_officer_only(house):
    window, hands = house
    window.house.go("person.form")
    hands.settle()
    hands.field("Nama lengkap").setFocus()
    hands.type("Rahasia Wulandari")
    window.lock()
    hands.settle()
    row = next(one for one in window.findChildren(OfficerRow) if one.slot.name == "Bagus Prasetyo")
    row.click()
    _unlock(hands, SECOND_PASSPHRASE)
    window.house.go("person.form")
    hands.settle()
    assert not _typed(window, "Rahasia Wulandari")


def test_a_wrong_passphrase_at_the_lock_stays_locked(house):
    window, hands = house
    window.lock()
    hands.settle()
    window.findChild(SignIn).type_passphrase("bukan ini sandinya")
    hands.key(Qt.Key.Key_Return)
    hands.wait("the sentence", lambda: hands.says("Kata sandi belum cocok"))
    assert window.house is None
    _unlock(hands, PASSPHRASE)


def test_leaving_at_the_lock_closes_the_store(house):
    window, hands = house
    window.lock()
    hands.settle()
    hands.press("Keluar dan tutup data")
    hands.settle()
    assert window.session is None
    assert hands.says("Siapa yang bertugas?")


def test_closing_makes_a_backup_when_something_changed(house, folder):
    window, hands = house
    window.session.changed = True
    window.close()
    hands.wait("the window is gone", lambda: not window.isVisible())
    assert len(list(backup_folder(folder).iterdir())) == 1
    assert window.session is None


def test_closing_without_a_change_makes_none(house, folder):
    window, _hands = house
    window.session.changed = False
    assert window.close()
    assert not backup_folder(folder).exists()


def test_a_backup_that_cannot_be_made_is_told_and_closing_stays_possible(house, folder):
    window, hands = house
    backup_folder(folder).write_text("bukan folder")
    window.session.changed = True
    window.close()
    hands.wait("the question", lambda: hands.says("Cadangan belum dibuat"))
    assert window.isVisible() and window.isEnabled()
    hands.press("Tutup tanpa cadangan")
    hands.wait("the window is gone", lambda: not window.isVisible())
