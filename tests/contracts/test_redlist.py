"""Every promised row of the redlist has a test, and every test named in the map exists."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from kit import house, redlist

if TYPE_CHECKING:
    from pathlib import Path

RENEW = "run: python tests/kit/redlist_map.py --write"
MAP = redlist.read()


def test_the_map_knows_all_148_rows() -> None:
    assert tuple(MAP) == redlist.IDS
    assert len(redlist.IDS) == 148
    assert sum(row.pilot for row in MAP.values()) == 97


def test_every_mapped_test_exists() -> None:
    exist = set(redlist.names_of_tests())
    lost = {key: test for key, row in MAP.items() for test in row.tests if test not in exist}
    assert not lost, RENEW


def test_the_map_is_what_the_names_say() -> None:
    answers = redlist.found()
    old = [key for key, row in MAP.items() if row.tests != answers[key]]
    assert not old, RENEW


def test_no_test_carries_an_id_that_is_none() -> None:
    wrong = [
        name for name in redlist.names_of_tests() if redlist.strangers_in(name.rsplit("::", 1)[-1])
    ]
    assert not wrong


@pytest.mark.parametrize("key", [key for key, row in MAP.items() if row.due])
def test_the_row_is_answered(key: str) -> None:
    assert MAP[key].answered, f"{key}: {MAP[key].fault}"


def test_a_manual_protocol_is_a_file() -> None:
    lost = [
        row.protocol
        for row in MAP.values()
        if row.protocol and not (house.ROOT / row.protocol).is_file()
    ]
    assert not lost


def test_the_map_is_written_as_it_is_read(tmp_path: Path) -> None:
    copy = tmp_path / "redlist.toml"
    redlist.write(MAP, copy)
    assert copy.read_text("utf-8") == redlist.MAP.read_text("utf-8")


def test_names_are_found_without_running_them(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "test_x.py").write_text(
        "def test_L01_L02_cut(): ...\n"
        "class TestLock:\n    def test_S01_no_signature(self): ...\n"
        "def helper_L03(): ...\n",
        "utf-8",
    )
    answers = redlist.found(tmp_path)
    assert answers["L01"] == answers["L02"] == ("records/test_x.py::test_L01_L02_cut",)
    assert answers["S01"] == ("records/test_x.py::TestLock::test_S01_no_signature",)
    assert answers["L03"] == ()
    assert redlist.strangers_in("test_F20_nothing") == ["F20"]


def test_the_end_of_a_run_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "redlist.toml"
    rows = {key: dataclasses.replace(row, tests=("a.py::test_a",)) for key, row in MAP.items()}
    rows["Q01"] = dataclasses.replace(rows["Q01"], tests=(), protocol="")
    redlist.write(rows, copy)
    original = redlist.read
    monkeypatch.setattr(redlist, "read", lambda: original(copy))
    said = "\n".join(redlist.summary())
    assert "147 of 148" in said
    assert said.endswith("later: Q01")
