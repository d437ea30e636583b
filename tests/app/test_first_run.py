from __future__ import annotations

import socket

import pytest
from fences import broken, too_large
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.first_run import FirstRun
from desmigratif_desktop.app.first_run_steps import JoinStep, PostStep
from desmigratif_desktop.app.opening_steps import RecoverStep, RestoreStep, SheetStep
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.backup import make_backup
from kit.window import FULL, HALF_AGAIN, NARROW, PASSPHRASE, VILLAGE

STEPS = {"post": PostStep, "join": JoinStep, "restore": RestoreStep}


@pytest.fixture
def fresh(door, tmp_path):
    """The window before an empty folder: (window, hands, folder)."""
    folder = tmp_path / "pos"
    window, hands = door(folder)
    return window, hands, folder


def _step(window, kind):
    return window.findChild(kind)


def _fill_post(window, kind=PostStep, *, village=VILLAGE, officer="Wulandari", secret=PASSPHRASE):
    step = _step(window, kind)
    step.village.set_value(village)
    step.office.setText("Kantor Desa Baru")
    step.officer.setText(officer)
    step.passphrase.setText(secret)
    return step


def _visible_band(step) -> str:
    return step.band.accessibleName() if step.band.isVisible() else ""


def test_four_ways_are_offered_and_nothing_is_written(fresh):
    _window, hands, folder = fresh
    for words in ("Mulai belajar", "Siapkan", "Bergabung", "Pilih berkas"):
        assert hands.button(words).isEnabled()
    assert not folder.exists()
    assert list(folder.parent.iterdir()) == []


def test_each_way_has_its_key_and_a_way_back(fresh):
    window, hands, folder = fresh
    for key, way in (("S", "post"), ("B", "join"), ("L", "restore")):
        hands.key(getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.AltModifier)
        hands.wait("the step", lambda way=way: _step(window, STEPS[way]))
        hands.press("Kembali")
        hands.settle()
        assert hands.says("Mulai dari mana?")
    assert not folder.exists()


def test_a_new_post_through_the_form_the_sheet_and_into_the_house(fresh):
    window, hands, folder = fresh
    hands.press("Siapkan")
    step = _fill_post(window)
    step.letter.set_value("B")
    hands.press("Buat pos layanan")
    hands.wait("the sheet", lambda: _step(window, SheetStep) is not None)
    begin = next(one for one in hands.buttons() if one.accessibleName() == "Mulai bekerja")
    assert not begin.isEnabled(), "first the sheet is kept"
    assert window.house is None
    hands.press("Tampilkan untuk disalin")
    code = _step(window, SheetStep)._created.recovery_code
    assert hands.says(code)
    _step(window, SheetStep).kept.setChecked(True)
    hands.press("Mulai bekerja")
    hands.wait("the house", lambda: window.house is not None)
    hands.settle()
    assert window.session.store.replica.laptop == "B"
    assert window.session.store.replica.village == VILLAGE
    assert not hands.says(code)
    assert key_slots.read_slots(folder).label.title == "Desa Karangsemi"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"village": ""}, "desa"),
        ({"officer": "   "}, "ama"),
        ({"secret": "pendek"}, "8"),
        ({"secret": ""}, "8"),
    ],
)
def test_refused_input_is_one_sentence_and_nothing_is_written(fresh, change, sentence):
    window, hands, folder = fresh
    hands.press("Siapkan")
    step = _fill_post(window, **change)
    hands.press("Buat pos layanan")
    hands.wait("the refusal", lambda: step.band.isVisible())
    said = " ".join(hands.texts())
    assert sentence in said
    assert "Error" not in said and "Traceback" not in said
    assert step.effect.isEnabled() and step.effect.words == "Buat pos layanan"
    assert not folder.exists()
    assert list(folder.parent.iterdir()) == []


def test_after_a_refusal_the_same_form_goes_through(fresh):
    window, hands, folder = fresh
    hands.press("Siapkan")
    step = _fill_post(window, secret="pendek")
    hands.press("Buat pos layanan")
    hands.wait("the refusal", lambda: step.band.isVisible())
    step.passphrase.setText(PASSPHRASE)
    hands.press("Buat pos layanan")
    hands.wait("the sheet", lambda: _step(window, SheetStep) is not None)
    assert assembly.has_post(folder)


def test_enter_is_the_next_field_and_ctrl_enter_the_act(fresh):
    window, hands, _folder = fresh
    hands.press("Siapkan")
    step = _fill_post(window, secret="pendek")
    step.officer.setFocus()
    hands.key(Qt.Key.Key_Return)
    assert not step.officer.hasFocus() and not step.band.isVisible()
    step.passphrase.setFocus()
    hands.ctrl(Qt.Key.Key_Return)
    hands.wait("the refusal", lambda: step.band.isVisible())
    step.effect.setFocus()
    step.passphrase.setText(PASSPHRASE)
    hands.key(Qt.Key.Key_Return)
    hands.wait("the sheet", lambda: _step(window, SheetStep) is not None)


def test_the_suggested_passphrase_is_taken(fresh):
    window, hands, _folder = fresh
    hands.press("Siapkan")
    hands.press("Sarankan")
    assert len(_step(window, PostStep).passphrase.text().split()) == 4


def test_joining_a_district_that_does_not_answer_leaves_nothing_behind(fresh):
    window, hands, folder = fresh
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    hands.press("Bergabung")
    step = _fill_post(window, JoinStep)
    step.address.setText(f"http://127.0.0.1:{port}")
    step.code.setText("2222-2222-2222-2222-2")
    hands.press("Bergabung")
    hands.wait("the refusal", lambda: step.band.isVisible(), 20)
    assert not folder.exists()
    assert list(folder.parent.iterdir()) == []
    assert step.effect.isEnabled()


def test_joining_later_makes_the_post_without_a_network(fresh):
    window, hands, folder = fresh
    hands.press("Bergabung")
    step = _fill_post(window, JoinStep)
    step.later.setChecked(True)
    hands.press("Bergabung")
    hands.wait("the sheet", lambda: _step(window, SheetStep) is not None)
    assert key_slots.read_slots(folder).label.laptop == "B"


def test_the_practice_village_opens_and_is_marked(fresh, monkeypatch):
    from desmigratif_desktop.app import practice

    monkeypatch.setattr(practice, "PEOPLE", 20)
    window, hands, folder = fresh
    hands.press("Mulai belajar")
    hands.wait("the house", lambda: window.house is not None, 30)
    hands.settle()
    assert window.session.store.replica.practice
    assert hands.says("Latihan")
    assert key_slots.read_slots(folder).label.practice
    window.lock()
    hands.settle()
    assert hands.says("Kata sandinya: belajar bersama")


def test_L08_a_damaged_post_shows_only_the_way_back_from_a_backup(door, folder):
    (folder / "slots.json").write_bytes(b"rusak")
    (folder / "slots.bak").write_bytes(b"")
    before = (folder / "desmigratif.db").read_bytes()
    window, hands = door(folder)
    assert not hands.says("Siapa yang bertugas?")
    names = {one.accessibleName(): one.isEnabled() for one in hands.buttons()}
    assert names["Pilih berkas"]
    assert not names["Siapkan"] and not names["Mulai belajar"] and not names["Bergabung"]
    assert (folder / "desmigratif.db").read_bytes() == before


def test_from_a_backup_with_a_passphrase(door, made_post, tmp_path, clock):
    source = made_post.copy(tmp_path / "asal")
    store = made_post.open(source, clock)
    made = make_backup(store, tmp_path / "flash")
    store.close()
    window, hands = door(tmp_path / "pos")
    hands.press("Pilih berkas")
    step = _step(window, RestoreStep)
    step.file.setText(str(made.path))
    step.secret.setText("bukan kata sandinya")
    hands.press("Periksa dan pulihkan")
    hands.wait("the refusal", lambda: step.band.isVisible())
    assert not assembly.has_post(tmp_path / "pos")
    step.secret.setText(PASSPHRASE)
    hands.press("Periksa dan pulihkan")
    hands.wait("the house", lambda: window.house is not None)
    hands.settle()
    assert _names(window) == {"Suparmi", "Nur'aini", "Budi Santoso"}


def _names(window) -> set[str]:
    from desmigratif_desktop.people.roster import page_people

    store = window.session.store
    with store.read() as session:
        return {row.name for row in page_people(store, session).rows}


@pytest.mark.parametrize("file", ["", "tidak/ada.dcad", "folder"])
def test_a_file_that_is_no_backup_is_refused_in_one_sentence(fresh, file, tmp_path):
    window, hands, folder = fresh
    hands.press("Pilih berkas")
    step = _step(window, RestoreStep)
    step.file.setText(str(tmp_path) if file == "folder" else file)
    step.secret.setText(PASSPHRASE)
    hands.press("Periksa dan pulihkan")
    hands.wait("the refusal", lambda: step.band.isVisible())
    assert not assembly.has_post(folder)
    assert step.effect.isEnabled()


def test_L10_recovery_by_the_sheet_in_place(door, made_post, folder):
    window, hands = door(folder)
    hands.press("Lupa kata sandi? Pakai lembar pemulihan")
    hands.settle()
    step = _step(window, RecoverStep)
    wrong = made_post.sheet[:-1] + ("7" if made_post.sheet[-1] != "7" else "8")
    step.code.setText(wrong)
    step.fresh.setText("sandi yang baru sekali")
    hands.press(step.effect.words)
    hands.wait("the refusal", lambda: step.band.isVisible())
    step.code.setText(made_post.sheet)
    hands.press(step.effect.words)
    hands.wait("the new sheet", lambda: _step(window, SheetStep) is not None)
    fresh_code = _step(window, SheetStep)._created.recovery_code
    assert fresh_code != made_post.sheet
    _step(window, SheetStep).kept.setChecked(True)
    hands.press("Mulai bekerja")
    hands.wait("the house", lambda: window.house is not None)
    hands.settle()
    assert "Suparmi" in _names(window)
    with pytest.raises(key_slots.WrongPassphraseError):
        key_slots.unlock(folder, PASSPHRASE, made_post.actor.officer_id)


def test_the_way_back_from_recovery_is_the_sign_in(door, folder):
    window, hands = door(folder)
    hands.press("Lupa kata sandi? Pakai lembar pemulihan")
    hands.settle()
    hands.press("Kembali")
    hands.settle()
    assert hands.says("Siapa yang bertugas?")


def test_closing_the_window_at_the_sheet_leaves_a_post_that_opens(fresh):
    window, hands, folder = fresh
    hands.press("Siapkan")
    _fill_post(window)
    hands.press("Buat pos layanan")
    hands.wait("the sheet", lambda: _step(window, SheetStep) is not None)
    window.close()
    hands.settle()
    store = assembly.open_post(folder, PASSPHRASE)  # the folder is not held any more
    store.close()


def test_F04_names_with_markup_are_shown_literally(fresh):
    window, hands, _folder = fresh
    name = '<b>Wulan</b><img src="file:///etc/hostname">'
    hands.press("Siapkan")
    step = _fill_post(window, officer=name)
    step.office.setText(name)
    hands.press("Buat pos layanan")
    hands.wait("an answer", lambda: _step(window, SheetStep) is not None or step.band.isVisible())
    assert _step(window, SheetStep) is not None, hands.texts()
    _step(window, SheetStep).kept.setChecked(True)
    hands.press("Mulai bekerja")
    hands.wait("the house", lambda: window.house is not None)
    hands.settle()
    assert any(name in one for one in hands.texts())
    window.house.go("settings")
    hands.settle()
    assert any(one.text() == name for one in window.findChildren(QLineEdit))
    window.lock()
    hands.settle()
    assert hands.says(f"Kata sandi {name}")


@pytest.mark.parametrize("size", [FULL, NARROW, HALF_AGAIN], ids=["100", "125", "150"])
def test_nothing_is_squeezed_on_the_first_pages(fresh, size):
    window, hands, _folder = fresh
    hands.resize(size)
    door = window.findChild(FirstRun)
    for way in ("", "post", "join", "restore"):
        if way:
            door.begin(way)
        hands.settle()
        found = broken(window)
        if size is HALF_AGAIN:
            found = [one for one in found if "too narrow" not in one or "button" in one]
        assert (way, found) == (way, [])
        assert too_large(door, size) == ""
        assert len(hands.primaries()) == 1
