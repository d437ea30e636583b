from __future__ import annotations

import pytest

from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.assembly import NewPost, create_post, has_post, open_post
from desmigratif_desktop.foundation.errors import (
    DesmigratifError,
    InputError,
    StoreBusyError,
    WrongPassphraseError,
)
from desmigratif_desktop.people import officers, village
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records import recovery_code
from kit.window import PASSPHRASE, VILLAGE

NEW = NewPost(VILLAGE, "", "Wulandari", PASSPHRASE, "B")


def test_a_post_is_whole_village_post_officer_slots(tmp_path, clock):
    created = create_post(tmp_path / "pos", NEW, clock)
    store = created.store
    with store.read() as session:
        place = village.show_village(store, session).values
        post = village.show_post(store, session).values
        (officer,) = officers.list_officers(session)
    store.close()
    assert (place["subdistrict"], place["regency"]) == ("Gondang", "Kabupaten Nganjuk")
    assert post["office_name"] == "Kantor Desa Karangsemi"
    assert officer.name == "Wulandari"
    assert key_slots.unlock(tmp_path / "pos", recovery_code.read(created.recovery_code))
    assert [one.name for one in tmp_path.iterdir()] == ["pos"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"area_code": "9999999999"},
        {"area_code": "35181"},
        {"officer_name": ""},
        {"officer_name": "\u202e"},
        {"passphrase": "pendek"},
    ],
)
def test_what_is_refused_leaves_nothing_behind(tmp_path, clock, wrong):
    from dataclasses import replace

    with pytest.raises(InputError):
        create_post(tmp_path / "pos", replace(NEW, **wrong), clock)
    assert list(tmp_path.iterdir()) == []


def test_L09_a_folder_with_anything_in_it_is_never_built_over(tmp_path, clock):
    folder = tmp_path / "pos"
    folder.mkdir()
    (folder / "desmigratif.db").write_bytes(b"lama")
    with pytest.raises(DesmigratifError, match="sudah berisi"):
        create_post(folder, NEW, clock)
    assert (folder / "desmigratif.db").read_bytes() == b"lama"
    assert [one.name for one in tmp_path.iterdir()] == ["pos"]


def test_a_fault_in_the_middle_leaves_nothing_half_made(tmp_path, clock, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_slots, "write_slots", full)
    with pytest.raises((OSError, DesmigratifError)):
        create_post(tmp_path / "pos", NEW, clock)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", ["desmigratif.db", "slots.json", "slots.bak"])
def test_L09_a_single_file_left_over_counts_as_a_post(tmp_path, left):
    assert not has_post(tmp_path)
    (tmp_path / left).write_bytes(b"")
    assert has_post(tmp_path)


def test_a_post_is_open_in_one_window_at_a_time(folder):
    store = open_post(folder, PASSPHRASE)
    with pytest.raises(StoreBusyError):
        open_post(folder, PASSPHRASE)
    store.close()
    open_post(folder, PASSPHRASE).close()


def test_a_wrong_passphrase_changes_nothing_but_the_count(folder):
    before = (folder / "desmigratif.db").read_bytes()
    with pytest.raises(WrongPassphraseError):
        open_post(folder, "bukan ini sandinya")
    assert (folder / "desmigratif.db").read_bytes() == before


def test_backups_lie_beside_the_post(tmp_path):
    assert assembly.backup_folder(tmp_path / "pos").parent == tmp_path
