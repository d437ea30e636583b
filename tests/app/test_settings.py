from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from desmigratif_desktop.app import settings_dialogs
from desmigratif_desktop.app.assembly import backup_folder
from desmigratif_desktop.foundation.errors import PaperNotWrittenError, WrongPassphraseError
from desmigratif_desktop.foundation.settings import load_settings
from desmigratif_desktop.people import officers, village
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records import recovery_code
from desmigratif_desktop.ui.choices import Choice
from desmigratif_desktop.ui.print_dialog import PrintDialog
from desmigratif_desktop.ui.printing import PrintOrder
from kit.window import PASSPHRASE, SECOND_PASSPHRASE


@pytest.fixture
def settings(house):
    window, hands = house
    window.house.go("settings")
    hands.settle()
    return window, hands


def _village(window) -> dict:
    store = window.session.store
    with store.read() as session:
        return {
            **village.show_post(store, session).values,
            **village.show_village(store, session).values,
        }


def test_office_name_and_village_head_are_changed_by_the_form(settings):
    window, hands = settings
    hands.fill("Nama kantor pada kop surat", "Kantor Kepala Desa Karangsemi")
    hands.fill("Nama kepala desa", "H. Suyitno, S.Sos.")
    hands.press("Simpan")
    hands.settle()
    now = _village(window)
    assert now["office_name"] == "Kantor Kepala Desa Karangsemi"
    assert now["village_head"] == "H. Suyitno, S.Sos."
    assert now["address"] is None, "what was not touched is not written"
    assert hands.says("Pengaturan tersimpan.")


def test_saving_without_a_change_writes_no_act(settings):
    window, hands = settings
    before = _acts(window)
    hands.press("Simpan")
    hands.settle()
    assert _acts(window) == before


def _acts(window) -> int:
    with window.session.store.read() as session:
        return (
            session.connection().exec_driver_sql("SELECT count(DISTINCT act) FROM entry").scalar()
        )


def test_a_value_that_cannot_be_is_told_and_what_was_typed_stays(settings):
    window, hands = settings
    hands.fill("Nama kepala desa", "Pak Lurah")
    hands.fill("Telepon", "bukan nomor")
    hands.press("Simpan")
    hands.settle()
    if hands.dialog() is not None:
        hands.press("Tutup")
    assert hands.field("Nama kepala desa").text() == "Pak Lurah"
    assert _village(window)["village_head"] in (None, "")


def test_a_second_officer_gets_a_name_and_a_way_in(settings, folder):
    window, hands = settings
    hands.press("Tambah petugas")
    hands.fill("Nama lengkap", "Kartini")
    words = hands.field("Kata sandi pertama").text()
    assert len(words.split()) == 4
    hands.press("Tambahkan petugas")
    hands.settle()
    assert hands.says("Kartini")
    slot = next(one for one in key_slots.read_slots(folder).slots if one.name == "Kartini")
    opened = key_slots.unlock(folder, words, bytes.fromhex(slot.officer))
    with window.session.store.read() as session:
        assert "Kartini" in {one.name for one in officers.list_officers(session)}
    assert opened.actor is not None


@pytest.mark.parametrize(("name", "secret"), [("", "cukup panjang"), ("Kartini", "pendek")])
def test_a_refused_officer_leaves_neither_name_nor_slot(settings, folder, name, secret):
    window, hands = settings
    hands.press("Tambah petugas")
    hands.fill("Nama lengkap", name)
    hands.fill("Kata sandi pertama", secret)
    hands.press("Tambahkan petugas")
    hands.settle()
    assert hands.dialog() is not None, "the refusal is told"
    assert len(key_slots.read_slots(folder).officers) == 2
    with window.session.store.read() as session:
        assert len(officers.list_officers(session)) == 2


def test_the_own_passphrase_is_changed(settings, folder, made_post):
    _window, hands = settings
    hands.press("Ganti kata sandi saya")
    hands.fill("Kata sandi sekarang", PASSPHRASE)
    hands.fill("Kata sandi baru", "sandi yang lain lagi")
    hands.press("Ganti kata sandi")
    hands.settle()
    who = made_post.actor.officer_id
    assert key_slots.unlock(folder, "sandi yang lain lagi", who).actor is not None
    with pytest.raises(WrongPassphraseError):
        key_slots.unlock(folder, PASSPHRASE, who)
    assert key_slots.unlock(folder, SECOND_PASSPHRASE, made_post.second.officer_id)


@pytest.mark.parametrize(
    ("old", "new"), [("salah sekali ini", "sandi yang baru"), (PASSPHRASE, "x")]
)
def test_a_refused_change_keeps_the_old_passphrase(settings, folder, made_post, old, new):
    _window, hands = settings
    hands.press("Ganti kata sandi saya")
    hands.fill("Kata sandi sekarang", old)
    hands.fill("Kata sandi baru", new)
    hands.press("Ganti kata sandi")
    hands.settle()
    assert hands.dialog() is not None, "the refusal is told"
    assert key_slots.unlock(folder, PASSPHRASE, made_post.actor.officer_id)


def test_a_backup_now_is_made_beside_the_post_and_its_date_is_shown(settings, folder):
    window, hands = settings
    assert hands.says("belum pernah")
    hands.press("Buat cadangan sekarang")
    hands.wait("the backup", lambda: hands.says("Cadangan dibuat dan diperiksa."))
    hands.settle()
    assert len(list(backup_folder(folder).iterdir())) == 1
    assert not hands.says("belum pernah")
    assert not window.session.changed


def test_a_backup_that_fails_is_told_and_can_be_tried_again(settings, folder):
    _window, hands = settings
    backup_folder(folder).write_text("bukan folder")
    hands.press("Buat cadangan sekarang")
    hands.wait("the refusal", lambda: hands.dialog() is not None)
    assert hands.says("Cadangan tidak dapat ditulis.")
    hands.press("Tutup")
    hands.settle()
    backup_folder(folder).unlink()
    hands.press("Buat cadangan sekarang")
    hands.wait("the backup", lambda: hands.says("Cadangan dibuat dan diperiksa."))


def test_the_data_are_checked_and_counted(settings):
    _window, hands = settings
    hands.press("Periksa data")
    hands.wait("the result", lambda: hands.dialog() is not None)
    assert hands.says("Data utuh")
    assert hands.says("3 warga")


def test_a_new_recovery_sheet_goes_to_the_printer_only(settings, folder, made_post, monkeypatch):
    window, hands = settings
    printed: list[bytes] = []
    monkeypatch.setattr(settings_dialogs, "print_pdf", lambda pdf, order: printed.append(pdf))
    before = {one.name for one in folder.rglob("*")}
    hands.press("Cetak lembar baru")
    dialog = window.findChild(PrintDialog)
    dialog.confirmed.emit(PrintOrder("Pencetak desa"))
    hands.settle()
    (pdf,) = printed
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    code = _code_in(text)
    assert key_slots.unlock(folder, recovery_code.read(code)) is not None
    with pytest.raises(WrongPassphraseError):
        key_slots.unlock(folder, recovery_code.read(made_post.sheet))
    assert {one.name for one in folder.rglob("*")} == before, "no copy on the disk"
    assert not hands.says(code)


def _code_in(text: str) -> str:
    groups = re.findall(
        r"^[1-8] ((?:[0-9A-HJKMNP-TV-Z] ){4}[0-9A-HJKMNP-TV-Z])\b", text, re.MULTILINE
    )
    assert len(groups) == 8, text
    return " ".join(one.replace(" ", "") for one in groups)


def test_a_sheet_that_was_not_printed_leaves_the_old_one_alive(
    settings, folder, made_post, monkeypatch
):
    window, hands = settings

    def jammed(_pdf, _order) -> None:
        raise PaperNotWrittenError("Pencetak tidak menjawab.", "Periksa kabelnya.")

    monkeypatch.setattr(settings_dialogs, "print_pdf", jammed)
    hands.press("Cetak lembar baru")
    window.findChild(PrintDialog).confirmed.emit(PrintOrder("Pencetak desa"))
    hands.settle()
    assert hands.says("Pencetak tidak menjawab.")
    assert key_slots.unlock(folder, recovery_code.read(made_post.sheet)) is not None


def test_without_a_printer_no_sheet_is_made(settings, folder, made_post):
    window, hands = settings
    hands.press("Cetak lembar baru")
    window.findChild(PrintDialog).confirmed.emit(PrintOrder(""))
    hands.settle()
    assert hands.says("Belum ada pencetak")
    assert key_slots.unlock(folder, recovery_code.read(made_post.sheet)) is not None


def test_what_this_laptop_remembers_is_kept(settings, folder):
    window, _hands = settings
    paper = next(one for one in window.findChildren(Choice) if one.value() == "F4")
    paper.set_value("A4")
    paper.edited.emit()
    minutes = next(one for one in window.findChildren(Choice) if one.value() == "5")
    minutes.set_value("15")
    minutes.edited.emit()
    kept = load_settings(folder)
    assert (kept.paper, kept.lock_minutes) == ("A4", 15)
    window._last_life -= 10 * 60
    window._on_idle_check()
    assert window.house is not None, "fifteen minutes hold at once"
