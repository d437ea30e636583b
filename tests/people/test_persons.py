from __future__ import annotations

import pytest

from desmigratif_desktop.foundation.errors import InputError, NotAllowedError, NotFoundError
from desmigratif_desktop.people import persons, roster
from desmigratif_desktop.people.history import history_of
from desmigratif_desktop.people.model import Household, household_id
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records.unit_of_work import Touched
from kit.demo import VILLAGE

SITI = {
    "name": "Siti Khoiriah", "nik": "3212165207920003", "no_kk": "3212162008150011",
    "household_relation": "kepala_keluarga", "sex": "P", "birth_place": "Indramayu",
    "birth_date": "12-07-1992", "religion": "Islam", "phone": "0812-3344-4471",
    "dusun": "Krajan", "rt": "2", "rw": "1", "address": "Jalan Melati 4", "alias": "Riah",
}  # fmt: skip


def register(post, **values):
    return persons.register_person(post.store, post.officer, PersonDraft({**SITI, **values})).uid


def shown(post, uid):
    with post.store.read() as session:
        return roster.show_person(post.store, session, uid)


def test_registering_keeps_canonical_values_and_makes_the_household(post):
    view = shown(post, register(post))
    assert view.values["birth_date"] == "1992-07-12"
    assert view.values["religion"] == "islam"
    assert view.values["phone"] == "+6281233444471"
    assert (view.values["rt"], view.values["rw"]) == ("002", "001")
    assert view.values["no_kk"] == SITI["no_kk"]
    assert view.household == household_id(VILLAGE, SITI["no_kk"])
    assert view.members[0].is_head
    assert view.birth_line == "Indramayu, 12 Juli 1992 (34 tahun)"
    assert view.address_line == "Jalan Melati 4, Dusun Krajan RT 002 RW 001"
    assert "•" in view.nik_masked
    assert SITI["nik"] not in view.nik_masked


def test_only_a_name_is_needed(post):
    made = persons.register_person(post.store, post.officer, PersonDraft({"name": "Sukarno"}))
    assert made.warnings == ()
    assert shown(post, made.uid).name == "Sukarno"


def test_a_viewer_registers_nobody(post):
    with pytest.raises(NotAllowedError):
        persons.register_person(post.store, post.viewer, PersonDraft({"name": "Siti"}))


def test_correcting_touches_only_what_was_touched(post):
    uid = register(post)
    form = shown(post, uid)
    persons.correct_person(post.store, post.officer, uid, Touched({"dusun": "Sawah"}))
    done = persons.correct_person(
        post.store, post.officer, uid, Touched({"phone": "081299990000"}, form.bases)
    )
    view = shown(post, uid)
    assert view.values["dusun"] == "Sawah"
    assert view.values["phone"] == "+6281299990000"
    assert done.overtaken == ()


def test_a_field_that_moved_on_meanwhile_keeps_both_values(post):
    uid = register(post)
    form = shown(post, uid)
    persons.correct_person(post.store, post.officer, uid, Touched({"phone": "081211112222"}))
    done = persons.correct_person(
        post.store, post.officer, uid, Touched({"phone": "081233334444"}, form.bases)
    )
    assert done.overtaken == ("phone",)
    assert shown(post, uid).open_conflicts == ("phone",)


def test_correcting_with_the_same_value_is_no_act(post):
    uid = register(post)
    assert (
        persons.correct_person(post.store, post.officer, uid, Touched({"dusun": "Krajan"})).act
        == b""
    )


def test_emptying_a_field(post):
    uid = register(post)
    persons.correct_person(post.store, post.officer, uid, Touched({"phone": ""}))
    assert shown(post, uid).values["phone"] is None


def test_the_name_cannot_be_emptied(post):
    uid = register(post)
    with pytest.raises(InputError):
        persons.correct_person(post.store, post.officer, uid, Touched({"name": " "}))


def test_moving_to_another_family_card(post):
    uid = register(post)
    persons.correct_person(post.store, post.officer, uid, Touched({"no_kk": "3212162008150022"}))
    view = shown(post, uid)
    assert view.values["no_kk"] == "3212162008150022"
    with post.store.read() as session:
        assert session.get(Household, household_id(VILLAGE, SITI["no_kk"])) is not None


def test_members_of_one_card_share_a_household(post):
    first = register(post)
    second = register(post, name="Sutrisno", nik="3212161203880001", household_relation="suami")
    view = shown(post, second)
    assert [one.uid for one in view.members] == [first, second]


def test_an_equal_nik_is_shown_and_never_blocks(post):
    register(post)
    made = persons.register_person(
        post.store, post.officer, PersonDraft({"name": "Sitti", "nik": SITI["nik"]})
    )
    (warning,) = [one for one in made.warnings if one.code == "nik_same"]
    assert "Siti Khoiriah, Dusun Krajan" in warning.message
    assert warning.is_warning
    with post.store.read() as session:
        assert len(persons.same_nik(session, SITI["nik"])) == 2
        assert len(persons.same_nik(session, SITI["nik"], but_not=made.uid)) == 1
        assert persons.same_nik(session, None) == ()


def test_finding_by_name_nickname_and_nik(post):
    uid = register(post)
    register(post, name="Nur'aini Zahra", nik=None, alias=None)
    with post.store.read() as session:
        for text in ("siti", "khoi sit", "riah", "321216520792"):
            assert [one.uid for one in roster.find_people(post.store, session, text)] == [uid], text
        assert roster.find_people(post.store, session, "nuraini")[0].name == "Nur'aini Zahra"


def test_pages_neither_skip_nor_repeat(post):
    names = [f"Warga {number:02}" for number in range(25)] * 2
    for name in names:
        persons.register_person(post.store, post.officer, PersonDraft({"name": name}))
    seen, after = [], None
    with post.store.read() as session:
        while True:
            page = roster.page_people(post.store, session, after=after, limit=7)
            seen += [one.name for one in page.rows]
            after = page.after
            if after is None:
                break
        assert roster.count_people(session) == 50
    assert seen == sorted(names)


def test_pages_by_hamlet_role_and_missing_nik(post):
    uid = register(post)
    register(post, name="Painem", nik=None, dusun="Sawah")
    with persons.unit(post.store, post.officer, "test") as work:
        persons.put_role(work, uid, "cpmi")
    with post.store.read() as session:

        def names(**filters):
            return [one.name for one in roster.page_people(post.store, session, **filters).rows]

        assert names(dusun="Sawah") == ["Painem"]
        assert names(without_nik=True) == ["Painem"]
        assert names(role="cpmi") == ["Siti Khoiriah"]
        assert roster.hamlets(session) == ("Krajan", "Sawah")


def test_a_role_taken_twice_is_one_and_can_end(post):
    uid = register(post)
    for present in (True, True, False):
        with persons.unit(post.store, post.officer, "test") as work:
            persons.put_role(work, uid, "pmi", present=present)
    assert shown(post, uid).roles == ()


def test_history_says_who_changed_what(post):
    uid = register(post)
    persons.correct_person(
        post.store, post.officer, uid, Touched({"phone": "081233444417", "rt": "004"}),
        override_reason="Dua angka terbalik",
    )  # fmt: skip
    with post.store.read() as session:
        changed, made = history_of(post.store, session, uid)
    assert made.title == "Warga didaftarkan"
    assert (changed.officer, changed.device_line) == ("Wulandari", "laptop ini")
    assert changed.reason == "Dua angka terbalik"
    lines = {one.label: (one.old, one.new) for one in changed.changes}
    assert lines["Nomor HP"] == ("0812-3344-4471", "0812-3344-4417")
    assert lines["Alamat"] == ("Dusun Krajan RT 002 RW 001", "Dusun Krajan RT 004 RW 001")


def test_an_unknown_person_is_one_sentence(post):
    with post.store.read() as session, pytest.raises(NotFoundError, match="tidak ada"):
        roster.show_person(post.store, session, b"\0" * 16)


def test_a_wanted_id_is_taken_when_free(post):
    uid = b"\x01" * 16
    made = persons.register_person(post.store, post.officer, PersonDraft({"name": "A"}, uid=uid))
    assert made.uid == uid


INJECTIONS = (
    "'; DROP TABLE person;--",
    '" OR * NEAR(',
    "%",
    "_",
    "name:siti",
    "a AND b",
    "((",
    "^x",
    "\x00",
    "*",
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_F03_fragments_are_plain_text(post, text):
    register(post)
    with post.store.read() as session:
        before = (
            session.connection()
            .exec_driver_sql("SELECT group_concat(sql) FROM sqlite_master")
            .scalar()
        )
        roster.find_people(post.store, session, text)
        roster.page_people(post.store, session, dusun=text)
    clean = text.replace("\x00", "")
    uid = persons.register_person(
        post.store,
        post.officer,
        PersonDraft({"name": f"X {clean}", "address": clean, "dusun": clean}),
    ).uid
    assert shown(post, uid).name == f"X {clean}".strip()
    with post.store.read() as session:
        after = (
            session.connection()
            .exec_driver_sql("SELECT group_concat(sql) FROM sqlite_master")
            .scalar()
        )
        assert roster.count_people(session) == 2
    assert before == after
