"""A roster comes in through the window: looked at, taken in, taken back, taken in again."""

from __future__ import annotations

import csv
import json
import threading
from pathlib import Path

import fences
import pytest
from PySide6.QtCore import Qt

from desmigratif_desktop.app.people_screens import reading
from desmigratif_desktop.people.imports import apply, cases
from desmigratif_desktop.people.roster import count_people
from kit.window import FULL, NARROW

pytestmark = pytest.mark.qt
ROSTERS = Path(__file__).parent.parent / "people" / "imports"
FILES = ROSTERS / "files"
FIGURES = json.loads((ROSTERS / "figures.json").read_text("utf-8"))
HEAD = ("Nama", "NIK", "Tgl Lahir", "JK", "Dusun")
AMAT = ("Amat", "", "12-03-1950", "L", "Krajan")
SUPARMI = ("Suparmi", "3518174507920001", "05-07-1992", "P", "Krajan")


def people(window):
    with window.session.store.read() as session:
        return count_people(session)


def sheet(folder, *rows, head=HEAD):
    path = folder / "warga.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((head, *rows))
    return path


def read(house, path):
    """The page with the file's columns shown."""
    window, hands = house
    window.house.go("people.import")
    hands.settle()
    if window.house.current_screen().is_busy:
        window.house.current_screen()._to_file()
        hands.settle()
    hands.fill("Letak berkas", str(path))
    hands.press("Lanjut")
    hands.settle()
    return window.house.current_screen()


def checked(house, path):
    """The page with the dry run shown."""
    screen = read(house, path)
    house[1].press("Lanjut")
    house[1].settle()
    return screen


@pytest.mark.parametrize("name", ["opensid_2023.xlsx", "bebas_gaya.xlsx"])
def test_a_roster_comes_in_is_taken_back_and_comes_in_again(house, name):
    window, hands = house
    figures, before = FIGURES[name], people(window)
    added = figures["people"]
    screen = checked(house, FILES / name)
    plan = screen.body.plan
    assert plan.read == added + figures["refused"]
    assert people(window) == before, "a dry run writes nothing"
    for cell in figures["cells"]:
        assert hands.says(f"!{cell}"), cell
    hands.press(f"Masukkan {added} warga")
    hands.settle()
    assert hands.says(f"{added} warga masuk daftar desa.")
    assert people(window) == before + added
    hands.press("Batalkan seluruh impor")
    assert people(window) == before + added, "asked first"
    hands.press("Batalkan impor")
    hands.settle()
    assert hands.says("Impor dibatalkan.")
    assert people(window) == before
    screen = checked(house, FILES / name)
    hands.press(f"Masukkan {added} warga")
    hands.settle()
    assert people(window) == before + added


def test_a_file_that_is_no_roster_is_told_in_a_band(house, tmp_path):
    _, hands = house
    screen = read(house, tmp_path / "tidak ada.xlsx")
    assert not screen.is_busy
    assert hands.field("Letak berkas")
    assert hands.says("Berkas itu tidak ada.")


def test_a_name_column_left_out_is_refused_in_words(house, tmp_path):
    _, hands = house
    screen = read(house, sheet(tmp_path, AMAT))
    screen.body.choices[0][0].set_value("ignore")
    hands.press("Lanjut")
    hands.settle()
    assert hands.says("Kolom nama pada lembar")
    screen.body.choices[0][0].set_value("name")
    hands.press("Lanjut")
    hands.settle()
    assert hands.button("Masukkan 1 warga")


def test_a_table_that_is_not_wanted_stays_out(house):
    _, hands = house
    whole = len(checked(house, FILES / "bebas_berdampingan.xlsx").body.plan.rows)
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    house[0].house.current_screen().body.unused[1].click()
    hands.press("Lanjut")
    hands.settle()
    plan = house[0].house.current_screen().body.plan
    assert 0 < plan.read < whole
    assert {one.read.table for one in plan.rows} == {0}


def test_an_open_question_holds_the_import_until_it_is_answered(house, tmp_path):
    _, hands = house
    rows = [("Amat", "03-25-1950"), ("Siti", "26-03-1951"), ("Budi", "04-27-1952")]
    screen = read(house, sheet(tmp_path, *rows, head=("Nama", "Tanggal Lahir")))
    found = screen._loaded.found
    assert found.questions
    assert fences.broken(house[0]) == []
    hands.press("Lanjut")
    hands.settle()
    assert hands.says("Jawab dahulu pertanyaan ini.")
    for asked in screen.body._asked:
        asked.choice.setCurrentIndex(0)
        asked.choice.edited.emit()
    hands.press("Lanjut")
    hands.settle()
    assert screen.body.plan.read == 3


def test_a_proposed_change_is_made_only_when_ticked(house, tmp_path):
    window, hands = house
    screen = checked(house, sheet(tmp_path, SUPARMI, AMAT))
    (check,) = screen.body.checks.values()
    assert not check.isChecked()
    hands.press("Masukkan 1 warga")
    hands.settle()
    assert hands.says("Menunggu keputusan")
    hands.press("Pakai isi berkas: Suparmi")
    hands.settle()
    with window.session.store.read() as session:
        assert cases.waiting(session) == ()
    assert not hands.says("Menunggu keputusan")
    screen = checked(house, sheet(tmp_path, (*SUPARMI[:4], "Sumber")))
    hands.press("Terima semua")
    hands.press("Simpan 1 perubahan")
    hands.settle()
    assert hands.says("1 data diperbarui.")


def test_the_report_is_kept_where_the_officer_says(house, tmp_path):
    _, hands = house
    screen = checked(house, FILES / "bebas_gaya.xlsx")
    for name in ("laporan.csv", "laporan.xlsx"):
        screen.save_report(tmp_path / name)
        hands.settle()
        assert (tmp_path / name).stat().st_size > 100
    assert "A15" in (tmp_path / "laporan.csv").read_text("utf-8-sig")


def test_an_import_is_stopped_before_it_is_kept_and_the_window_stays_alive(
    house, tmp_path, monkeypatch
):
    window, hands = house
    before = people(window)
    started, go = threading.Event(), threading.Event()
    keep = cases.keep

    def slow(*told):
        started.set()
        go.wait(10)
        keep(*told)

    monkeypatch.setattr(apply.cases, "keep", slow)
    screen = checked(house, sheet(tmp_path, AMAT))
    hands.press("Masukkan 1 warga")
    hands.wait("the writing", started.is_set)
    found = []
    store = window.session.store
    window.session.jobs.read(
        "test", lambda: reading.find(store, reading.Wanted(text="Suparmi")), found.append
    )
    hands.wait("a search meanwhile", lambda: found)
    hands.press("Hentikan")
    go.set()
    hands.settle()
    assert hands.says("Impor dihentikan; tidak ada data yang berubah.")
    assert people(window) == before
    assert screen._job is None
    assert hands.button("Masukkan 1 warga")


@pytest.mark.parametrize("size", [FULL, NARROW])
def test_every_step_fits(house, tmp_path, size):
    window, hands = house
    hands.resize(size)
    read(house, FILES / "bebas_berdampingan.xlsx")
    assert fences.broken(window) == []
    read_again = checked(house, sheet(tmp_path, SUPARMI, AMAT, AMAT, ("", "1", "x", "L", "")))
    assert read_again.body.plan.read == 4
    assert fences.broken(window) == []
    hands.press("Masukkan 1 warga")
    hands.settle()
    assert hands.says("Menunggu keputusan")
    assert fences.broken(window) == []


def test_an_import_can_still_be_taken_back_after_other_pages(house, tmp_path):
    window, hands = house
    before = people(window)
    checked(house, sheet(tmp_path, AMAT))
    hands.press("Masukkan 1 warga")
    hands.settle()
    for key in ("people", "sync", "settings", "home", "people.import"):
        window.house.go(key)
        hands.settle()
    hands.press("Batalkan seluruh impor")
    hands.press("Batalkan impor")
    hands.settle()
    assert people(window) == before


def test_the_import_is_reached_from_the_list(house):
    window, hands = house
    window.house.go("people")
    hands.settle()
    hands.press("Impor dari berkas")
    hands.settle()
    assert window.house.here() == ("people.import", None)
    assert hands.says("Langkah 1 dari 4: Berkas")
