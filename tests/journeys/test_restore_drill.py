"""The drill: another machine, a stick and the recovery sheet, nothing else. Timed."""

from __future__ import annotations

import time

from desmigratif_desktop.app import assembly, catalogue
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.records import recovery_code, restore
from desmigratif_desktop.records.backup import make_backup
from desmigratif_desktop.records.backup_stick import copy_to_stick, label_stick
from desmigratif_desktop.records.self_check import check
from desmigratif_desktop.records.unit_of_work import unit
from exchange.district import roster

VILLAGE = "3518172004"


def people(store) -> list[tuple]:
    with store.read() as session:
        rows = session.connection().exec_driver_sql("SELECT id, name, nik FROM person ORDER BY id")
        return [tuple(row) for row in rows]


def test_a_stolen_laptop_is_replaced_with_stick_and_sheet_only(tmp_path, capsys) -> None:
    first = assembly.create_post(
        tmp_path / "laptop-lama" / "pos",
        assembly.NewPost(VILLAGE, "", "Wulandari", "sandi yang hilang bersama laptop"),
    )
    store = first.store
    with unit(store, store.keys.actor, "import", bulk=True) as work:
        work.session.add_all(Person(id=new_id(), **one) for one in roster(500))
    wanted = people(store)
    stick = tmp_path / "flash"
    stick.mkdir()
    label_stick(stick, VILLAGE, "Desa")
    made = make_backup(store, assembly.backup_folder(store.folder))
    copy_to_stick(store, made.path, stick)
    device = store.replica.device
    store.close()
    (tmp_path / "laptop-lama").rename(tmp_path / "dicuri")

    began = time.monotonic()
    code = recovery_code.read(first.recovery_code.lower())
    (file,) = stick.glob("*.cadangan")
    folder = tmp_path / "laptop-baru" / "pos"
    seen = restore.look_at(file, folder)
    restored = restore.restore(file, folder, code, catalogue.registry())
    fresh = restore.recover(folder, code, None, "sandi laptop baru")
    other = assembly.open_post(folder, "sandi laptop baru")
    seconds = time.monotonic() - began
    with capsys.disabled():
        print(f"\nrestore drill, 500 people, stick and sheet: {seconds:.1f} s")
    assert seen.counts["person"] == restored.counts["person"] == 500
    assert people(other) == wanted
    assert not check(other).faults
    assert other.replica.device != device
    assert fresh.code != first.recovery_code
    assert seconds < 60 * 60
    with unit(other, other.keys.actor, "person.register") as work:
        work.session.add(Person(id=new_id(), name="Sesudah pulih"))
    other.close()
