from __future__ import annotations

import pytest

from desmigratif_desktop.documents import archive
from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.presenter import papers, registration
from desmigratif_desktop.foundation.errors import InputError, NotAllowedError, NotFoundError
from desmigratif_desktop.people import persons, roster
from desmigratif_desktop.people.history import history_of
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records import drafts
from desmigratif_desktop.records.unit_of_work import Touched

SITI = {
    "nik": "3212165207920003",
    "name": "Siti Khoiriah",
    "birth_date": "1992-07-12",
    "sex": "P",
    "destination_country": "jp",
    "note": "datang bersama ibunya",
    "contact_name": "Sutrisno",
    "contact_phone": "+6281200004417",
    "consent_photo": "given",
    "consent_method": "cap_jempol",
    "languages": ["jepang"],
    "experiences": [["Penjahit", None, "2015", "2018"]],
    "documents": [["ktp", "3212"]],
}


def saved(post, *, person=None, bases=None, reason=None, whole=None, **more):
    touched = ({} if person else SITI) | more
    draft = registration.draft_of(
        touched, whole or touched, person=person, bases=bases or {}, reason=reason
    )
    return registration.save(post.store, post.officer, "cpmi", draft, "")


def loaded(post, person=None, *, officer=None, tone="cpmi"):
    who = officer or post.officer
    return registration.load(post.store, tone, person, who.officer_id)


def test_a_whole_form_is_saved(post):
    done = saved(post)
    with post.store.read() as session:
        view = service.migration_of(session, done.person)
        values = roster.person_values(session, done.person)
    assert (values["name"], values["sex"]) == ("Siti Khoiriah", "P")
    assert values.get("note") is None, "the note is the registration's"
    assert view.episodes[0].values["note"] == "datang bersama ibunya"
    assert view.contacts[0].name == "Sutrisno"
    assert view.languages[0].language == "jepang"
    assert view.experiences[0].work == "Penjahit"
    assert view.episodes[0].documents_held == 1
    (photo,) = [one for one in view.consents if one.purpose == "photo"]
    assert (photo.answer, photo.method) == ("given", "cap_jempol")


def test_problems_name_the_fields_of_the_form(post):
    with pytest.raises(InputError) as refused:
        saved(post, nik="3212", fee_asked="banyak")
    assert {one.field for one in refused.value.problems} == {"nik", "fee_asked"}
    with pytest.raises(InputError) as refused:
        saved(post, contact_name=None)
    assert [one.field for one in refused.value.problems] == ["contact_name"]


def test_the_reason_for_passing_a_warning_is_in_the_history(post):
    done = saved(post, birth_date="1992-07-21", reason="sesuai_ktp")
    assert [one.code for one in done.warnings] == ["nik_birth_date"]
    with post.store.read() as session:
        assert history_of(post.store, session, done.person)[0].reason == "sesuai_ktp"


def test_a_form_of_an_existing_person_saves_only_what_was_touched(post):
    uid = persons.register_person(post.store, post.officer, PersonDraft(
        {"name": "Siti", "phone": "081233444471", "religion": "islam"})).uid  # fmt: skip
    view = loaded(post, uid).view
    persons.correct_person(post.store, post.officer, uid, Touched({"phone": "081299990000"}))
    whole = {**view.values, "dusun": "Sawah"}
    saved(post, person=uid, bases=view.bases, whole=whole, dusun="Sawah")
    with post.store.read() as session:
        values = roster.person_values(session, uid)
        view = service.migration_of(session, uid)
    assert values["phone"] == "+6281299990000"
    assert values["dusun"] == "Sawah"
    assert view.contacts == ()


def test_a_contact_is_saved_whole_when_one_part_was_touched(post):
    done = saved(post)
    around = registration.load_around(loaded(post, done.person).migration)
    again = {**around, "contact_place": "Hong Kong"}
    saved(post, person=done.person, whole=again, contact_place="Hong Kong")
    with post.store.read() as session:
        (contact,) = service.migration_of(session, done.person).contacts
    assert (contact.name, contact.phone, contact.place) == (
        "Sutrisno", "+6281200004417", "Hong Kong",
    )  # fmt: skip


def test_what_is_known_around_a_person_stands_in_the_form(post):
    around = registration.load_around(loaded(post, saved(post).person).migration)
    assert around["contact_name"] == "Sutrisno"
    assert around["consent_photo"] == "given"
    assert around["languages"] == ["jepang"]
    assert registration.load_around(None) == {"consent_method": "tanda_tangan"}


def test_F18_a_half_filled_form_comes_back_for_its_officer_only(post):
    form, officer = service.draft_form("cpmi"), post.officer.officer_id
    drafts.save_draft(post.store, form, None, officer, {"name": "Siti Kh"})
    assert loaded(post).draft.fields == {"name": "Siti Kh"}
    assert loaded(post, officer=post.viewer).draft is None
    assert loaded(post, tone="purna").draft is None
    with pytest.raises(InputError):
        saved(post, name="")
    assert loaded(post).draft is not None
    saved(post)
    assert loaded(post).draft is None


def test_a_known_person_is_completed_and_the_rest_of_the_form_goes_on(post):
    uid = persons.register_person(post.store, post.officer, PersonDraft(
        {"name": "Siti Khoiriah", "phone": "081233444471"})).uid  # fmt: skip
    officer = post.officer.officer_id
    form = service.draft_form("cpmi")
    drafts.save_draft(post.store, form, None, officer, {"name": "Siti"})
    drafts.save_draft(post.store, form, uid, officer, {"agency": "PT Lama"})
    raw = {"name": "Siti", "alias": "Riah", "agency": "PT Baru", "recruiter": "Pak Darto"}
    chosen = (uid, Touched({"alias": "Riah"}))
    registration.hand_over(post.store, "cpmi", post.officer, chosen, raw)
    with post.store.read() as session:
        person = roster.person_values(session, uid)
    assert (person["name"], person["alias"]) == ("Siti Khoiriah", "Riah")
    assert loaded(post, uid).draft.fields == {"agency": "PT Lama", "recruiter": "Pak Darto"}
    assert loaded(post).draft is None


def test_the_list_of_steps_says_how_far_each_is():
    empty = {key: {} for key in ("identity", "address", "work", "documents", "consents")}
    words = registration.step_words(empty, 0)
    assert (words["identity"], words["address"]) == ("nama belum diisi", "belum diisi")
    assert words["documents"].startswith("0 dari ")
    assert words["consents"].startswith("0 dari ")
    filled = {
        "identity": {"name": "Siti"},
        "address": {"dusun": "Sawah", "rt": None},
        "work": {},
        "documents": {"documents": [["ktp", None]]},
        "consents": {"consent_photo": "refused", "consent_method": "lisan"},
    }
    words = registration.step_words(filled, 0)
    assert (words["identity"], words["address"]) == ("sedang diisi", "1 terisi")
    assert words["documents"].startswith("1 dari ")
    assert words["consents"].startswith("1 dari ")
    assert registration.step_words(filled, 2)["identity"] == "2 peringatan"


def test_an_unchanged_paper_is_copied_and_a_corrected_one_issued_anew(post):
    done = saved(post)
    kind = papers.paper_kind("form-3")
    first = papers.print_paper(post.store, post.officer, kind, done.episode)
    copy = papers.print_paper(post.store, post.officer, kind, done.episode)
    persons.correct_person(post.store, post.officer, done.person, Touched({"name": "Nama Baru"}))
    fresh = papers.print_paper(post.store, post.officer, kind, done.episode)
    assert first.data.startswith(b"%PDF")
    assert (first.words, fresh.words) == ("", "")
    assert copy.words.startswith("SALINAN")
    assert first.number == copy.number == fresh.number == done.registration_no
    with post.store.read() as session:
        issued = archive.papers_of(session, done.person)
    assert len({one.sha256 for one in issued}) == len(issued) == 2


def test_preview_and_blank_issue_nothing(post):
    done = saved(post)
    with post.store.read() as session:
        for kind in papers.PAPERS:
            assert papers.preview_paper(post.store, session, kind, done.episode, "a4").data
        assert papers.blank_paper(post.store, session, papers.PAPERS[0]).number == ""
        with pytest.raises(NotFoundError):
            papers.blank_paper(post.store, session, papers.PAPERS[1])
        assert (
            session.connection().exec_driver_sql("SELECT count(*) FROM issued_paper").scalar() == 0
        )
    with pytest.raises(NotAllowedError):
        papers.print_paper(post.store, post.viewer, papers.PAPERS[0], done.episode)
    with pytest.raises(NotFoundError):
        papers.paper_kind("FORM-99")
