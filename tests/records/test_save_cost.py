"""One save: one sync, few pages, no checkpoint. Counted at the disk, not timed."""

from __future__ import annotations

import pytest

from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records.unit_of_work import unit
from kit import recording_vfs, store_kit
from kit.store_kit import OFFICER, Villager

pytestmark = pytest.mark.skipif(
    not recording_vfs.is_available(), reason="tidak diuji: cipher library exports no VFS here"
)
PAGE = 4096


def pages(recorder) -> int:
    return sum(one.what == "write" and len(one.data) == PAGE for one in recorder.steps)


def test_a_save_is_one_sync_and_no_checkpoint(tmp_path) -> None:
    with recording_vfs.recording(tmp_path) as recorder:
        store = store_kit.new_store(tmp_path / "pos")
        with unit(store, OFFICER, "import", bulk=True) as work:
            work.session.add_all(
                [Villager(id=new_id(), name=f"Orang {n}", nik=str(n)) for n in range(2_000)]
            )
        record = new_id()
        store_kit.add(store, record, name="Siti", nik="1", rt="1")
        store.tidy()
        store_kit.edit(store, record, age=0)
        counted = []
        for number in range(1, 40):
            recorder.steps.clear()
            store_kit.edit(store, record, age=number, nik=None)
            assert recorder.count("sync") == 1
            assert recorder.count("write", ".db") == 0, "no checkpoint on the save path"
            counted.append(pages(recorder))
        store.close()
    plain = sorted(counted)[len(counted) // 2]
    assert plain <= 8, counted
