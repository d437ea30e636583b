from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from desmigratif_desktop.foundation import durable_files
from desmigratif_desktop.foundation.durable_files import move_durably, write_durably


def test_a_file_is_replaced_whole_and_private(tmp_path):
    place = tmp_path / "slots.json"
    write_durably(place, b"one")
    write_durably(place, b"two")
    assert place.read_bytes() == b"two"
    assert [one.name for one in tmp_path.iterdir()] == ["slots.json"]
    if sys.platform != "win32":
        assert stat.S_IMODE(place.stat().st_mode) == 0o600


@pytest.mark.parametrize("call", ["fsync", "open"])
def test_a_failing_call_leaves_the_old_file(tmp_path, monkeypatch, call):
    place = tmp_path / "slots.json"
    write_durably(place, b"one")

    def broken(*_given: object, **_named: object) -> int:
        raise OSError(5, "disk")

    monkeypatch.setattr(durable_files.os, call, broken)
    with pytest.raises(OSError):
        write_durably(place, b"two")
    monkeypatch.undo()
    assert place.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["slots.json"]


def test_the_content_is_synced_before_the_name_changes(tmp_path, monkeypatch):
    place = tmp_path / "slots.json"
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(durable_files.os, "fsync", lambda one: order.append("sync") or fsync(one))
    monkeypatch.setattr(Path, "replace", lambda one, to: order.append("rename") or replace(one, to))
    write_durably(place, b"one")
    assert order[:2] == ["sync", "rename"]
    assert sys.platform == "win32" or order == ["sync", "rename", "sync"]


def test_a_file_held_for_a_moment_is_tried_again(tmp_path, monkeypatch):
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"x")
    replace, tries = Path.replace, []

    def held(one, to):
        tries.append(1)
        if len(tries) < 3:
            raise PermissionError
        return replace(one, to)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(durable_files, "RENAME_PAUSE_S", 0)
    move_durably(source, target)
    assert target.read_bytes() == b"x"
    assert len(tries) == 3
