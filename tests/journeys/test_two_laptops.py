"""Two laptops set up apart, offline, and one district: must-show 3, 4 and 5."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QApplication

from desmigratif_desktop.app.main_window import MainWindow
from desmigratif_desktop.app.tour_district import PracticeDistrict
from desmigratif_desktop.exchange.session import run_exchange
from desmigratif_desktop.records import changelog
from kit.tool import VILLAGE, Tool
from kit.window import Hands

COUNT = 300
FIRST = ("Siti", "Nur'aini", "Agus", "I Made", "Maria", "Suparmi", "D. 'Budi'", "Wayan")
LAST = ("", "Santoso", "Khoiriah", "Prasetyo", "binti Kasan", "Lestari")


def people(count: int) -> list[dict]:
    """Different people, in canonical spelling."""
    found = []
    for number in range(count):
        day, year = number % 28 + 1, 60 + number % 40
        one = {
            "name": f"{FIRST[number % 8]} {LAST[number % 6]} {_roman(number)}".replace("  ", " "),
            "nik": f"351817{day:02}07{year:02}{number + 1:04}",
            "birth_date": f"19{year}-07-{day:02}",
            "sex": "L",
            "religion": ("islam", "katholik", "hindu")[number % 3],
            "phone": f"+62812{number:08}",
            "dusun": ("Krajan", "Ja'an", "Sumber")[number % 3],
            "rt": f"{number % 9 + 1:03}",
        }
        if number % 10 == 0:
            del one["nik"]
            one["nik_missing_reason"] = "belum_punya"
        found.append(one)
    return found


def _roman(number: int) -> str:
    letters = "abcdefghij"
    return "".join(letters[int(digit)] for digit in f"{number:03}").title()


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    """Both laptops after their first exchanges: (tool A, tool B, district, people given)."""
    root = tmp_path_factory.mktemp("dua")
    first, second = Tool(root / "a"), Tool(root / "b", "sandi laptop kedua")
    first.init("Kantor Desa Karangsemi", "Wulandari", "A", "--practice")
    second.init("KANTOR DESA KARANG SEMI", "Bagus Prasetyo", "B", "--practice")
    given = people(COUNT)
    first.add(given)
    district = PracticeDistrict(root / "kabupaten")
    for one in (first, second):
        one("enrol", district.url, district.enrol_code(VILLAGE))
    yield first, second, district, given
    district.stop()


def _sync(*tools: Tool) -> None:
    for one in tools:
        data = None
        for expected in (0, 4):
            try:
                data = one("sync", code=expected)
                break
            except AssertionError:
                continue
        assert data is not None, one.told
        assert data["complete"], one.told


@pytest.fixture(scope="module")
def synced(village):
    first, second, _district, _given = village
    _sync(first, second, first, second)
    return village


def test_both_exports_are_the_same_bytes_and_exactly_the_input(synced):
    first, second, _district, given = synced
    raw = first.exported()
    assert raw == second.exported()
    listed = json.loads(raw)
    assert len(listed) == COUNT
    assert [one["uid"] for one in listed] == sorted(one["uid"] for one in listed)
    by_name = {one["name"]: one for one in listed}
    assert len(by_name) == COUNT
    for person in given:
        kept = by_name[person["name"]]
        assert {name: kept[name] for name in person} == person
        extra = {n for n, v in kept.items() if v not in (None, "", [], {}) and n not in person}
        assert extra <= {"uid", "area_code", "nationality", "roles", "religion_label", "state"} | {
            name for name in extra if name.endswith("_label")
        }, extra


def test_there_is_one_village_and_one_post(synced):
    first, second, _district, _given = synced
    from desmigratif_desktop.app import assembly

    for tool, secret in ((first, "kata sandi sendiri"), (second, "sandi laptop kedua")):
        store = assembly.open_post(tool.folder, secret)
        with store.read() as session:
            count = session.connection().exec_driver_sql
            assert count("SELECT count(*) FROM village").scalar() == 1
            assert count("SELECT count(*) FROM post").scalar() == 1
            assert count("SELECT count(*) FROM officer").scalar() == 2
        store.close()


def test_set_and_history_tell_old_new_who_and_when_on_both_laptops(synced):
    first, second, _district, given = synced
    uid = first("person", "show", given[1]["nik"])["uid"]
    first("person", "set", uid, "phone=+6281299990000", "dusun=Mawar")
    _sync(first, second)
    for tool in (first, second):
        (newest, *_) = tool("person", "history", uid)["entries"]
        told = {one["field"]: (one["old"], one["new"]) for one in newest["changes"]}
        assert told["phone"] == (given[1]["phone"], "+6281299990000")
        assert newest["officer"] == "Wulandari"
        assert newest["at"]
    assert _told(first, uid) == _told(second, uid)


def _told(tool: Tool, uid: str) -> list:
    """A history, whatever the order of the fields of one act."""
    entries = tool("person", "history", uid)["entries"]
    for one in entries:
        one["changes"].sort(key=lambda change: change["field"])
    return entries


@pytest.mark.qt
def test_a_form_loaded_before_an_exchange_and_saved_after_it(synced, qapp):
    first, second, _district, given = synced
    nik = given[2]["nik"]
    uid = first("person", "show", nik)["uid"]
    raw = bytes.fromhex(uid.replace("-", ""))
    from desmigratif_desktop.app import assembly

    window = MainWindow(first.folder)
    hands = Hands(window)
    hands.stand_in_front()
    window.enter(assembly.open_post(first.folder, "kata sandi sendiri"))
    hands.settle()
    try:
        window.house.go("person.form", raw)
        hands.wait("the form is loaded", lambda: _shown(window, given[2]["name"]))
        hands.fill("Tempat lahir", "Kediri")  # and the other laptop writes Nganjuk meanwhile
        second("person", "set", uid, "mother_name=Sumiati", "birth_place=Nganjuk")
        _sync(second)
        outcome = run_exchange(window.session.store)
        assert outcome.applied >= 1
        hands.settle()
        hands.fill("Nama panggilan", "Pak De")
        hands.press("Simpan")
        hands.wait("saved, and told", lambda: hands.says("kedua nilai disimpan"))
        hands.press("Buka halaman warga")
        hands.wait("the page", lambda: window.house.here()[0] == "person")
        hands.settle()
        run_exchange(window.session.store)
    finally:
        window._leave()
        window.hide()
        window.deleteLater()
        QApplication.processEvents()
    _sync(second, first)
    for tool in (first, second):
        now = tool("person", "show", uid)
        assert now["mother_name"] == "Sumiati", "untouched by the form"
        assert now["alias"] == "Pak De"
    for folder, secret in (
        (first.folder, "kata sandi sendiri"),
        (second.folder, "sandi laptop kedua"),
    ):
        store = assembly.open_post(folder, secret)
        with store.read() as session:
            open_ones = [
                one
                for one in changelog.open_conflicts(session, store.registry)
                if one.record == raw
            ]
        store.close()
        values = {one.field: {one.shown.value, *(o.value for o in one.others)} for one in open_ones}
        assert values == {"birth_place": {"Nganjuk", "Kediri"}}


def _shown(window, name: str) -> bool:
    from PySide6.QtWidgets import QLineEdit

    return any(one.text() == name for one in window.findChildren(QLineEdit))
