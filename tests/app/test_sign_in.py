from __future__ import annotations

import pytest
from fences import broken, too_large
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desmigratif_desktop.app.sign_in import OfficerRow, SignIn
from desmigratif_desktop.foundation.settings import Settings, save_settings
from kit.window import FULL, HALF_AGAIN, NARROW, OFFICERS, PASSPHRASE, SECOND_PASSPHRASE


@pytest.fixture
def sign_in(door, folder):
    window, hands = door(folder)
    return window, hands


def _try(hands, words) -> None:
    one = hands.window.findChild(SignIn)._field
    one.setFocus()
    one.selectAll()
    QTest.keyClicks(one, words)
    hands.key(Qt.Key.Key_Return)


def test_only_village_officers_and_last_backup_are_readable(sign_in, folder, made_post):
    _window, hands = sign_in
    said = " ".join(hands.texts())
    for words in ("Desa Karangsemi", *OFFICERS, "Belum ada cadangan"):
        assert words in said
    for secret in (*made_post.people, "3518174507920001", "Kantor Desa Contoh"):
        assert secret not in said
    plain = (
        (folder / "slots.json").read_text() + (folder / "settings.json").read_text()
        if (folder / "settings.json").exists()
        else (folder / "slots.json").read_text()
    )
    assert not any(secret in plain for secret in (*made_post.people, "3518174507920001"))


def test_the_keyboard_waits_in_the_passphrase(sign_in):
    window, _hands = sign_in
    assert window.findChild(SignIn)._field.hasFocus()


def test_a_wrong_passphrase_is_one_sentence_and_the_field_is_ready_again(sign_in):
    window, hands = sign_in
    _try(hands, "salah salah salah")
    hands.wait("the sentence", lambda: hands.says("Kata sandi belum cocok"))
    assert hands.says("Periksa Caps Lock, atau pakai lembar pemulihan")
    field = window.findChild(SignIn)._field
    assert field.hasFocus() and field.selectedText() == field.text()
    assert window.house is None


def test_the_right_passphrase_opens_the_house(sign_in, made_post):
    window, hands = sign_in
    _try(hands, PASSPHRASE)
    hands.wait("the house", lambda: window.house is not None)
    hands.settle()
    assert window.session.actor.officer_id == made_post.actor.officer_id
    assert hands.says("Wulandari")


def test_the_officer_is_chosen_and_only_their_passphrase_opens(sign_in, made_post):
    window, hands = sign_in
    row = next(one for one in window.findChildren(OfficerRow) if one.slot.name == OFFICERS[1])
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert hands.says(f"Kata sandi {OFFICERS[1]}")
    _try(hands, PASSPHRASE)
    hands.wait("the sentence", lambda: hands.says("Kata sandi belum cocok"))
    _try(hands, SECOND_PASSPHRASE)
    hands.wait("the house", lambda: window.house is not None)
    assert window.session.actor.officer_id == made_post.second.officer_id


def test_who_signed_in_last_is_chosen(door, folder, made_post):
    save_settings(folder, Settings(last_officer=made_post.second.officer_id.hex()))
    _window, hands = door(folder)
    assert hands.says(f"Kata sandi {OFFICERS[1]}")


def test_the_passphrase_can_be_shown_and_hidden(sign_in):
    window, hands = sign_in
    field = window.findChild(SignIn)._field
    assert field.echoMode() == QLineEdit.EchoMode.Password
    hands.press("Tampilkan")
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    hands.press("Sembunyikan")
    assert field.echoMode() == QLineEdit.EchoMode.Password


def test_an_empty_passphrase_does_nothing(sign_in):
    window, hands = sign_in
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert window.house is None
    assert not hands.says("belum cocok")


def test_a_folder_that_is_open_elsewhere_says_so(sign_in, made_post, folder, clock):
    window, hands = sign_in
    other = made_post.open(folder, clock)
    _try(hands, PASSPHRASE)
    hands.wait("the sentence", lambda: _said(hands))
    assert window.house is None
    other.close()
    _try(hands, PASSPHRASE)
    hands.wait("the house", lambda: window.house is not None)


def _said(hands) -> bool:
    return bool(hands.window.findChild(SignIn)._message.words())


def test_the_practice_passphrase_stands_on_no_real_page(sign_in):
    _window, hands = sign_in
    assert not hands.says("belajar bersama")


def test_nothing_is_squeezed(sign_in):
    window, hands = sign_in
    for size in (FULL, NARROW, HALF_AGAIN):
        hands.resize(size)
        assert (size, broken(window)) == (size, [])
        assert too_large(window.findChild(SignIn), size) == ""
        assert len(hands.primaries()) == 1


def test_damage_behind_a_good_key_offers_the_way_back(door, folder):
    database = folder / "desmigratif.db"
    raw = bytearray(database.read_bytes())
    raw[: len(raw)] = b"\0" * len(raw)
    database.write_bytes(raw)
    window, hands = door(folder)
    _try(hands, PASSPHRASE)
    hands.wait("the way back", lambda: hands.says("Lanjutkan dari cadangan"))
    assert window.house is None
    assert database.exists() or any("rusak" in one.name for one in folder.parent.iterdir())
