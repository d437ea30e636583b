from __future__ import annotations

from datetime import date

import pytest

from desmigratif_desktop.documents import archive
from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.presenter import papers
from desmigratif_desktop.features.migration_services.presenter.registration import (
    RegistrationPresenter,
    nik_brackets,
)
from desmigratif_desktop.features.migration_services.presenter.sections import SECTIONS
from desmigratif_desktop.foundation.errors import InputError, NotAllowedError, NotFoundError
from desmigratif_desktop.people import persons, roster
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records.unit_of_work import Touched

TODAY = date(2026, 11, 13)


def filled(post, **more):
    form = RegistrationPresenter(post.store, post.officer)
    texts = {
        "nik": "3212165207920003",
        "name": "Siti Khoiriah",
        "birth_date": "12-07-1992",
        "sex": "P",
        "episode.destination_country": "jp",
        "contact.name": "Sutrisno",
        "contact.phone": "081200004417",
        **more,
    }
    for key, text in texts.items():
        form.change(key, text)
    form.texts.documents["ktp"] = "ada"
    form.texts.consents["photo"] = "given"
    form.texts.languages.append("jepang")
    return form


def checked(post, form):
    with post.store.read() as session:
        return form.check(session)


def test_rows_fill_seven_parts_and_no_field_stands_twice():
    keys = [one.key for section in SECTIONS for row in section.rows for one in row]
    assert len(keys) == len(set(keys))
    for section in SECTIONS:
        for row in section.rows:
            assert sum(one.parts for one in row) == 7, [one.key for one in row]
            assert len(row) <= 3


def test_a_whole_form_is_saved(post):
    form = filled(post)
    check = checked(post, form)
    assert (check.errors, check.warnings, check.same) == ((), (), ())
    done = form.save()
    with post.store.read() as session:
        view = service.migration_of(session, done.person)
    assert view.contacts[0].name == "Sutrisno"
    assert view.languages[0].language == "jepang"
    assert view.episodes[0].documents_held == 1


def test_problems_stand_beside_their_fields_and_sections(post):
    form = filled(
        post, **{"birth_date": "21-07-1992", "contact.phone": "halo", "episode.fee_asked": "banyak"}
    )
    check = checked(post, form)
    assert {one.field for one in check.errors} == {"contact.phone", "episode.fee_asked"}
    assert [one.code for one in check.warnings] == ["nik_birth_date"]
    assert check.needs_reason
    assert not check.may_save
    status = {one.key: (one.line, one.tone) for one in form.status(check)}
    assert status["identity"] == ("1 peringatan", "warning")
    assert status["family"] == ("1 perlu diperbaiki", "error")
    assert status["documents"][0].startswith("1 dari ")
    assert status["consents"] == ("perlu ditanyakan", "")


def test_the_reason_for_passing_a_warning_is_in_the_history(post):
    form = filled(post, birth_date="21-07-1992")
    done = form.save("sesuai_ktp")
    with post.store.read() as session:
        from desmigratif_desktop.people.history import history_of

        assert history_of(post.store, session, done.person)[0].reason == "sesuai_ktp"


def test_an_equal_nik_is_shown_while_typing(post):
    persons.register_person(
        post.store, post.officer, PersonDraft({"name": "Sumiati", "nik": "3212165207920003"})
    )
    check = checked(post, filled(post))
    assert [one.name for one in check.same] == ["Sumiati"]
    assert check.may_save


def test_a_form_of_an_existing_person_saves_only_what_was_touched(post):
    uid = persons.register_person(post.store, post.officer, PersonDraft(
        {"name": "Siti", "phone": "081233444471", "birth_date": "1992-07-12", "religion": "islam"})).uid  # fmt: skip
    form = RegistrationPresenter(post.store, post.officer, person=uid)
    with post.store.read() as session:
        form.load(session)
    assert form.texts.fields["birth_date"] == "12-07-1992"
    assert form.texts.fields["phone"] == "0812-3344-4471"
    persons.correct_person(post.store, post.officer, uid, Touched({"phone": "081299990000"}))
    form.change("dusun", "Sawah")
    assert form.draft().values == {"dusun": "Sawah"}
    form.save()
    with post.store.read() as session:
        values = roster.show_person(post.store, session, uid).values
    assert values["phone"] == "+6281299990000"
    assert values["dusun"] == "Sawah"


def test_F18_a_half_filled_form_comes_back_for_its_officer_only(post):
    form = filled(post, name="Siti Kh")
    form.keep_draft()
    again = RegistrationPresenter(post.store, post.officer)
    other = RegistrationPresenter(post.store, post.viewer)
    purna = RegistrationPresenter(post.store, post.officer, kind="purna")
    with post.store.read() as session:
        assert again.load(session)
        assert not other.load(session)
        assert not purna.load(session)
        assert roster.count_people(session) == 0
    assert again.texts == form.texts
    again.save()
    with post.store.read() as session:
        assert not RegistrationPresenter(post.store, post.officer).load(session)


def test_F18_a_refused_save_keeps_the_draft(post):
    form = filled(post, name="")
    form.keep_draft()
    with pytest.raises(InputError):
        form.save()
    with post.store.read() as session:
        assert RegistrationPresenter(post.store, post.officer).load(session)


def test_a_dropped_draft_is_gone(post):
    form = filled(post)
    form.keep_draft()
    form.drop_draft()
    with post.store.read() as session:
        assert not RegistrationPresenter(post.store, post.officer).load(session)


def test_the_nik_is_explained_while_it_is_typed():
    told = nik_brackets("3212165207920003", "1992-07-12", "P", TODAY)
    assert told.birth == "12 Juli 1992, perempuan"
    assert told.birth_note == "tanggal 52 dikurangi 40"
    assert told.place.startswith("Kec. ")
    assert told.mismatch == ()
    assert nik_brackets("3212165207920003", "1992-07-21", "P", TODAY).mismatch == ("birth",)
    assert nik_brackets("9912165207920003", None, None, TODAY).mismatch == ("place",)
    assert "16" in nik_brackets("32121652079200", None, None, TODAY).message
    assert nik_brackets("", None, None, TODAY).message == ""


def test_an_unchanged_paper_is_copied_and_a_corrected_one_issued_anew(post):
    done = filled(post).save()
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
    done = filled(post).save()
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
