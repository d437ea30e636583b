"""Must-show 7: five hundred planted names and numbers, and nothing of them on a stolen disk (L12, F19).

Papers and exports are plaintext by nature and lie where the officer put them, never in
the folder of the post; an export is made here to show that the search would see it.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile

import pytest
from PySide6.QtWidgets import QApplication

from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.main_window import MainWindow
from desmigratif_desktop.foundation.identity import check_nik
from desmigratif_desktop.foundation.logs import start_logging, stop_logging
from desmigratif_desktop.people.persons import correct_person
from desmigratif_desktop.records.drafts import save_draft
from desmigratif_desktop.records.unit_of_work import Touched, unit
from desmigratif_desktop.ui.crash import CrashGuard
from kit import canaries
from kit.tool import Tool
from kit.window import Hands

pytestmark = pytest.mark.qt

PLANTED = canaries.plant()
BY_WINDOW = 2
SECRET = "kata sandi sendiri"


def _people() -> list[dict]:
    """Three canaries a person: name, number, passport."""
    found = []
    for place in range(0, len(PLANTED) - 2, 3):
        name, number, passport = PLANTED[place : place + 3]
        one = {"name": name, "alias": passport, "mother_name": f"Ibu {name}"}
        if check_nik(number):
            one |= {"address": f"Jalan {number}", "nik_missing_reason": "belum_punya"}
        else:
            one["nik"] = number
        found.append(one)
    return found


@pytest.fixture(scope="module")
def stolen(tmp_path_factory, qapp):
    """A practice folder after a busy day: (what lies on the disk, what was put in, the window)."""
    root = tmp_path_factory.mktemp("dicuri")
    disk, outside = root / "disk", root / "luar"
    for folder in (disk / "sementara", outside):
        folder.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR"):
            patch.setenv(name, str(disk / "sementara"))
        patch.setattr(tempfile, "tempdir", str(disk / "sementara"))
        yield from _day(disk, outside)


def _day(disk, outside):
    handlers = start_logging(disk / "catatan", stream=(disk / "stderr.txt").open("w"))
    tool = Tool(outside / "pos", SECRET)
    tool.folder = disk / "pos"
    tool.init("Kantor Desa", "Wulandari", "A", "--practice")
    people = _people()
    _by_command(tool, outside, people[BY_WINDOW:])
    tool("backup")
    window = MainWindow(disk / "pos")
    hands = Hands(window)
    hands.stand_in_front()
    window.enter(assembly.open_post(disk / "pos", SECRET))
    hands.settle()
    for person in people[:BY_WINDOW]:
        _by_window(window, hands, person)
    _draft_and_faults(window, disk, people)
    yield disk, outside, window, people
    window._leave()
    window.hide()
    window.deleteLater()
    QApplication.processEvents()
    stop_logging(handlers)


def _by_command(tool, outside, people) -> None:
    file = outside / "masuk.json"
    file.write_text(json.dumps(people), "utf-8")
    tool("person", "add", file)
    found = tool("person", "find", people[0]["name"])["people"]
    tool("person", "set", found[0]["uid"], f"birth_place={PLANTED[5]}")
    tool("export", "people", "--to", outside / "ekspor.csv")
    tool("person", "add", outside / "tidak-ada.json", code=2)


def _by_window(window, hands, person) -> None:
    window.house.go("person.form")
    hands.settle()
    hands.fill("Nama lengkap", person["name"])
    hands.fill("Nama panggilan", person["alias"])
    hands.fill("Nama ibu kandung", person["mother_name"])
    hands.press("Simpan")
    hands.wait("saved", lambda: window.house.here()[0] != "person.form", 10)
    hands.settle()


def _draft_and_faults(window, disk, people) -> None:
    store, actor = window.session.store, window.session.actor
    save_draft(store, "person", None, actor.officer_id, dict(people[4]))
    correct_person(store, actor, _first(store), Touched({"address": f"Rumah {PLANTED[8]}"}))
    log = logging.getLogger("desmigratif_desktop.test")
    guard = CrashGuard(disk / "catatan", lambda: None)
    for number in range(50):
        name, nik, passport = PLANTED[3 * number : 3 * number + 3]
        try:
            _break((number + 1) % 5, store, actor, name, nik, passport)
        except Exception as error:
            log.exception("act failed")
            guard.post(error)
    QApplication.processEvents()


def _break(way: int, store, actor, name: str, nik: str, passport: str) -> None:
    if way == 0:
        raise ValueError(f"{name} {nik} {passport}")
    if way == 1:
        int(passport)
    if way == 2:
        raise KeyError(name) from ValueError(nik)
    with unit(store, actor, "test.break") as work:
        run = work.session.connection().exec_driver_sql
        if way == 3:
            run("INSERT INTO draft SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?", (name,) * 9)
        run("SELECT no_such_column FROM person WHERE name = ?", (nik,))


def _first(store) -> bytes:
    with store.read() as session:
        return session.connection().exec_driver_sql("SELECT min(id) FROM person").scalar()


def test_L12_nothing_of_five_hundred_is_readable_while_the_window_is_open(stolen):
    disk, _outside, window, people = stolen
    assert len(PLANTED) == 500
    with window.session.store.read() as session:
        count = session.connection().exec_driver_sql
        assert count("SELECT count(*) FROM person").scalar() == len(people)
    wal = disk / "pos" / "desmigratif.db-wal"
    assert wal.stat().st_size > 10_000, "the log must lie there for this to mean something"
    assert len(list((disk / "pos-cadangan").iterdir())) == 1
    assert (disk / "pos" / "settings.json").exists()
    assert canaries.search(disk, PLANTED) == {}


def test_F19_fifty_faults_leave_their_kind_and_place_but_no_value(stolen):
    disk, _outside, _window, _people = stolen
    told = (disk / "catatan" / "desmigratif.log").read_text("utf-8")
    assert told.count("act failed") == 50
    assert "ValueError" in told and "test_canaries.py" in told
    assert list((disk / "catatan").glob("laporan-*.txt"))
    assert canaries.search(disk / "catatan", PLANTED) == {}
    logs = (disk / "stderr.txt").read_text("utf-8") + told
    assert not _long_numbers(logs)


def _long_numbers(text: str) -> list[str]:
    import re

    return re.findall(r"(?<!\d)\d{16}(?!\d)", text)


def test_L12_nothing_is_readable_after_backup_lock_and_close(stolen):
    disk, _outside, window, _people = stolen
    window.session.back_up()
    window.lock()
    Hands(window).settle()
    assert canaries.search(disk, PLANTED) == {}
    shown = [one.accessibleName() for one in QApplication.allWidgets() if one.window() is window]
    assert not any(one in " ".join(shown) for one in PLANTED)
    window._leave()
    assert canaries.search(disk, PLANTED) == {}
    assert not list((disk / "sementara").rglob("*.db"))


def test_papers_and_exports_are_plain_and_lie_outside_the_folder(stolen):
    disk, outside, _window, people = stolen
    found = canaries.search(outside, PLANTED)
    assert len(found["ekspor.csv"]) > 400
    assert "masuk.json" in found
    assert not any(os.path.commonpath([disk, one]) == str(disk) for one in outside.rglob("*"))


def test_the_same_search_finds_what_was_planted_in_plain(stolen, tmp_path):
    disk, _outside, _window, people = stolen
    leak = disk / "pos" / "bocor.bin"
    try:
        leak.write_bytes(b"\0\1" + people[7]["name"].encode() + b"\0")
        found = canaries.search(disk, PLANTED)
        assert found == {"pos/bocor.bin": [people[7]["name"]]}
        leak.write_bytes(b"\0\1" + people[7]["alias"].encode("utf-16-le"))
        assert list(canaries.search(disk, PLANTED)) == ["pos/bocor.bin"]
    finally:
        leak.unlink()


def test_a_log_that_writes_values_would_be_seen(stolen, tmp_path):
    file = tmp_path / "catatan" / "kasar.log"
    file.parent.mkdir()
    try:
        raise ValueError(PLANTED[0])
    except ValueError as error:
        file.write_text(f"gagal: {error}", "utf-8")  # what Python's own traceback would do
    assert canaries.search(tmp_path, PLANTED) == {"catatan/kasar.log": [PLANTED[0]]}
