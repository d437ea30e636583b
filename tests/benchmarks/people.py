"""The seeded workload as persons of this program, and a post that holds them.

Fields of the workload that a person lacks go to like ones of like length: e-mail to the
passport name, BPJS number to the passport number, birth certificate to the marriage
record, note to the alias, income and time stamps nowhere.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import workload
from desmigratif_desktop.app import assembly, catalogue
from desmigratif_desktop.foundation.clock import SystemClock
from desmigratif_desktop.foundation.ids import derived_id, new_id
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.records.engine import Store
from desmigratif_desktop.records.unit_of_work import unit

if TYPE_CHECKING:
    from desmigratif_desktop.records.keys import OpenedKeys

VILLAGE = "3205142007"
LIKE = {
    "name": "nama", "nik": "nik", "sex": "jk", "birth_place": "tempat_lahir",
    "birth_date": "tgl_lahir", "religion": "agama", "marital_status": "status_kawin",
    "education_level": "pendidikan", "occupation": "pekerjaan", "blood_type": "gol_darah",
    "nationality": "kewarganegaraan", "household_relation": "hubungan",
    "father_name": "nama_ayah", "mother_name": "nama_ibu", "address": "alamat", "rt": "rt",
    "rw": "rw", "dusun": "dusun", "area_code": "kode_desa", "phone": "no_hp",
    "passport_name": "email", "passport_no": "no_bpjs", "marriage_record": "no_akta",
    "disability": "disabilitas", "alias": "catatan",
}  # fmt: skip
COLUMNS = {name: like for name, like in LIKE.items() if hasattr(Person, name)}


def persons(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """As many persons, empty fields absent."""
    found = []
    for row in workload.persons(count, seed):
        given = dict(zip(workload.FIELDS, row, strict=True))
        values = {
            name: given[like] for name, like in COLUMNS.items() if given[like] not in ("", None)
        }
        values["household"] = derived_id("household", VILLAGE, given["no_kk"])
        found.append(values)
    return found


def fill(store: Store, actor: Any, count: int) -> None:
    """Write them as imports do."""
    rows = persons(count)
    for start in range(0, count, 10_000):
        with unit(store, actor, "import", bulk=True) as work:
            work.session.add_all(Person(id=new_id(), **one) for one in rows[start : start + 10_000])


def make_post(folder: Path, count: int) -> OpenedKeys:
    """A post with so many people; closed again."""
    shutil.rmtree(folder, ignore_errors=True)
    new = assembly.NewPost(VILLAGE, "", "Wulandari", "sandi pengukuran", practice=True)
    made = assembly.create_post(folder, new)
    fill(made.store, made.store.keys.actor, count)
    made.store.tidy()
    made.store.close()
    return made.store.keys


def open_post(folder: Path, keys: OpenedKeys) -> Store:
    return Store.open(folder, keys, catalogue.registry(), SystemClock(), catalogue.MIGRATIONS)
