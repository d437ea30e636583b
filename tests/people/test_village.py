from __future__ import annotations

import pytest

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.people import officers, village
from desmigratif_desktop.people.households import correct_household, show_household
from desmigratif_desktop.people.persons import register_person
from desmigratif_desktop.people.roster import show_person
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records.actors import Actor, Role
from desmigratif_desktop.records.unit_of_work import Touched
from kit.demo import VILLAGE, open_village


def test_a_village_knows_its_whole_address_chain(post):
    with post.store.read() as session:
        view = village.show_village(post.store, session)
    assert view.area_code == VILLAGE
    assert all(view.word(name) for name in ("name", "subdistrict", "regency", "province", "zone"))
    assert view.word("zone") == "WIB"


def test_two_laptops_make_one_village_and_one_post(post, tmp_path, clock):
    other = open_village(tmp_path / "lain", clock, laptop="B")
    with post.store.read() as here, other.store.read() as there:
        assert (
            village.show_village(post.store, here).uid
            == village.show_village(other.store, there).uid
        )
        assert village.show_post(post.store, here).uid == village.show_post(other.store, there).uid
    other.store.close()


@pytest.mark.parametrize("code", ["", "3212", "9999999999", "32121620x4", "٣٢١٢١٦٢٠٠٤"])
def test_an_unknown_village_code_is_refused(code):
    with pytest.raises(InputError):
        village.check_area_code(code)


def test_a_code_with_dots_is_the_same_village():
    assert village.check_area_code("32.12.16.2004") == VILLAGE


@pytest.mark.parametrize(
    ("code", "zone"), [("5203072001", "WITA"), ("9103012001", "WIT"), ("1101012001", "WIB")]
)
def test_zones(code, zone):
    assert village.zone_of(code) == zone


def test_correcting_village_and_post(post):
    village.correct_village(
        post.store, post.officer, Touched({"village_head": "H. Sanusi", "phone": "0234567890"})
    )
    village.correct_post(post.store, post.officer, Touched({"office_name": "Pos Desmigratif"}))
    with pytest.raises(InputError):
        village.correct_village(post.store, post.officer, Touched({"area_code": "1"}))
    with post.store.read() as session:
        assert village.show_village(post.store, session).word("village_head") == "H. Sanusi"
        assert village.show_post(post.store, session).values["office_name"] == "Pos Desmigratif"


def test_officers_are_listed_and_added(post):
    officers.add_officer(post.store, post.officer, Actor(b"\x02" * 16, "Agus", Role.BENDAHARA))
    with post.store.read() as session:
        names = {one.name: one.position for one in officers.list_officers(session)}
        assert officers.officer_name(session, b"\x02" * 16) == "Agus"
    assert names["Agus"] == "Bendahara Koperasi"
    assert names["Wulandari"] == "Petugas Desmigratif"


def test_a_household_page_and_its_correction(post):
    made = register_person(post.store, post.officer, PersonDraft({
        "name": "Sutrisno", "no_kk": "3212162008150011", "household_relation": "kepala_keluarga",
        "dusun": "Krajan", "rt": "1",
    }))  # fmt: skip
    with post.store.read() as session:
        household = show_person(post.store, session, made.uid).household
        view = show_household(post.store, session, household)
    assert view.head_name == "Sutrisno"
    assert view.address_line == "Dusun Krajan RT 001"
    assert view.no_kk_masked == "321216••••••0011"
    correct_household(post.store, post.officer, household, Touched({"rw": "3"}, view.bases))
    with post.store.read() as session:
        assert show_household(post.store, session, household).values["rw"] == "003"
