from __future__ import annotations

import json
from dataclasses import replace

import pytest

from desmigratif_desktop.foundation import durable_files, settings
from desmigratif_desktop.foundation.settings import Settings, load_settings, save_settings


def test_nothing_written_means_customary_values(tmp_path):
    assert load_settings(tmp_path) == Settings()
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_loaded(tmp_path):
    wanted = replace(
        Settings(), zone="WITA", text_percent=125, printer="Épson", exchange_on_start=False
    )
    save_settings(tmp_path, wanted)
    assert load_settings(tmp_path) == wanted
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]


def test_keys_of_another_version_are_kept(tmp_path):
    place = tmp_path / "settings.json"
    place.write_text(json.dumps({"version": 7, "theme": {"dark": True}, "paper": "A4"}))
    found = load_settings(tmp_path)
    assert (found.paper, found.version) == ("A4", 7)
    save_settings(tmp_path, replace(found, paper="F4"))
    assert json.loads(place.read_text())["theme"] == {"dark": True}
    assert json.loads(place.read_text())["version"] == 7


@pytest.mark.parametrize(
    ("name", "value"),
    [("paper", "Letter"), ("zone", 7), ("text_percent", 1000), ("text_percent", "125"), ("lock_minutes", 0),
     ("lock_minutes", True), ("exchange_on_start", 1), ("printer", None), ("language", "xx")],
)  # fmt: skip
def test_an_unsound_value_falls_back_alone(tmp_path, name, value):
    (tmp_path / "settings.json").write_text(json.dumps({name: value, "backup_folder": "/mnt/x"}))
    found = load_settings(tmp_path)
    assert getattr(found, name) == getattr(Settings(), name)
    assert found.backup_folder == "/mnt/x"
    with pytest.raises(ValueError):
        save_settings(tmp_path, replace(found, **{name: value}))


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b"[" * 100_000, b"{}" + b" " * (1 << 20)]
)
def test_an_unreadable_file_is_put_aside_not_lost(tmp_path, raw):
    place = tmp_path / "settings.json"
    place.write_bytes(raw)
    assert load_settings(tmp_path) == Settings()
    assert place.read_bytes() == raw
    save_settings(tmp_path, Settings(paper="A4"))
    assert (tmp_path / "settings.rusak.json").read_bytes() == raw
    assert load_settings(tmp_path).paper == "A4"


def test_a_failing_disk_changes_nothing(tmp_path, monkeypatch):
    save_settings(tmp_path, Settings(paper="A4"))

    def broken(_descriptor: int) -> None:
        raise OSError("disk")

    monkeypatch.setattr(durable_files.os, "fsync", broken)
    with pytest.raises(OSError):
        save_settings(tmp_path, Settings(paper="F4"))
    assert load_settings(tmp_path).paper == "A4"
    assert [one.name for one in tmp_path.iterdir()] == [settings.FILE_NAME]
