from __future__ import annotations

import pytest

from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.values import (
    ConsentDraft,
    ContactDraft,
    DocumentDraft,
    ExperienceDraft,
    LanguageDraft,
    RegistrationDraft,
    SkillDraft,
)
from desmigratif_desktop.foundation.errors import InputError, NotAllowedError
from desmigratif_desktop.people import persons, roster
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records import drafts
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_sync.protocol.entries import Audience
from kit.demo import open_village

PERSON = {
    "name": "Siti Khoiriah", "nik": "3212165207920003", "no_kk": "3212162008150011",
    "household_relation": "istri", "sex": "P", "birth_date": "1992-07-12", "dusun": "Krajan",
    "phone": "081233444471", "religion": "islam",
}  # fmt: skip
DRAFT = RegistrationDraft(
    values=PERSON,
    episode={
        "destination_country": "Jepang", "abroad_occupation": "pengasuh_lansia",
        "placement_scheme": "p_to_p", "agency": "PT Contoh", "recruiter": "Pak Rudi",
        "fee_asked": "Rp2.000.000", "health_statement": "sehat", "heir_name": "Sutrisno",
        "heir_relation": "suami", "registered_at": "Balai Desa",
    },
    contacts=(ContactDraft("Sutrisno", "Suami", "081200004417", "desa ini"),),
    skills=(SkillDraft("Merawat lansia"), SkillDraft("merawat  LANSIA", "cukup")),
    languages=(LanguageDraft("Mandarin", "sedikit"),),
    experiences=(ExperienceDraft("Asisten rumah tangga", country="Hong Kong", started="2013", ended="2017"),),
    consents=(ConsentDraft("photo", "given", "cap_jempol"), ConsentDraft("health_note", "refused")),
    documents=(DocumentDraft("ktp"), DocumentDraft("paspor", "belum")),
)  # fmt: skip


def entries(store):
    with store.read() as session:
        return (
            session.connection().exec_driver_sql("SELECT count(DISTINCT act) FROM entry").scalar()
        )


def test_a_registration_is_one_act_with_everything_in_it(post):
    before = entries(post.store)
    done = service.register_cpmi(post.store, post.officer, DRAFT)
    assert entries(post.store) == before + 1
    with post.store.read() as session:
        person = roster.show_person(post.store, session, done.person)
        view = service.migration_of(session, done.person)
    assert person.roles == ("cpmi",)
    (episode,) = view.episodes
    assert episode.badge == "CPMI · Jepang"
    assert episode.values["fee_asked"] == 2_000_000
    assert episode.values["legal_basis"] == "tugas_publik"
    assert episode.values["registration_no"] == done.registration_no
    assert [one.stage for one in episode.stages] == ["terdaftar_desa"]
    assert [one.skill for one in view.skills] == ["merawat  LANSIA"]
    assert view.languages == (LanguageDraft("mandarin", "sedikit"),)
    assert view.contacts[0].relation == "suami"
    assert view.experiences[0].country == "hk"
    assert {one.purpose: one.answer for one in view.consents} == {
        "agency": "", "contact_family": "", "health_note": "refused", "photo": "given",
    }  # fmt: skip
    assert not view.consents_complete
    assert episode.documents_held == 1
    assert [one.mark for one in episode.steps][:2] == ["done", "current"]
    assert view.next_step == "Langkah berikutnya: terverifikasi"


def test_a_service_opens_person_and_household_to_the_district(post):
    known = persons.register_person(post.store, post.officer, PersonDraft(PERSON)).uid
    with post.store.read() as session:
        household = roster.show_person(post.store, session, known).household
        assert persons.audience_of(session, known) == Audience.VILLAGE
    service.register_cpmi(post.store, post.officer, RegistrationDraft(values={}, person=known))
    with post.store.read() as session:
        assert persons.audience_of(session, known) == Audience.DISTRICT
        assert persons.audience_of(session, household) == Audience.DISTRICT


def test_moving_a_served_person_opens_the_new_household_too(post):
    done = service.register_cpmi(post.store, post.officer, DRAFT)
    persons.correct_person(
        post.store, post.officer, done.person, Touched({"no_kk": "3212162008150022"})
    )
    with post.store.read() as session:
        household = roster.show_person(post.store, session, done.person).household
        assert persons.audience_of(session, household) == Audience.DISTRICT


def test_nothing_is_left_when_one_part_is_refused(post):
    before = entries(post.store)
    bad = RegistrationDraft(values=PERSON, consents=(ConsentDraft("photo", "maybe"),))
    with pytest.raises(InputError):
        service.register_cpmi(post.store, post.officer, bad)
    assert entries(post.store) == before
    with post.store.read() as session:
        assert roster.count_people(session) == 0
    first = service.register_cpmi(post.store, post.officer, DRAFT)
    assert first.registration_no.endswith("0001")


def test_problems_of_person_and_wish_come_together(post):
    bad = RegistrationDraft(values={"name": ""}, episode={"destination_country": "Atlantis"})
    with pytest.raises(InputError) as refused:
        service.register_cpmi(post.store, post.officer, bad)
    assert {one.field for one in refused.value.problems} == {"name", "destination_country"}


def test_somebody_abroad_is_registered_without_dates_or_papers(post):
    done = service.register_abroad(post.store, post.officer, RegistrationDraft(
        values={"name": "Darsinih", "nik_missing_reason": "di_luar_negeri"},
        episode={"destination_country": "sa", "route_status": "tidak_diketahui", "stage": "hilang_kontak"},
    ))  # fmt: skip
    assert done.warnings == ()
    with post.store.read() as session:
        assert roster.show_person(post.store, session, done.person).roles == ("pmi",)
        (episode,) = service.migration_of(session, done.person).episodes
    assert episode.tone == "pmi"
    assert episode.stages[0].happened_on is None


def test_whoever_is_known_to_have_left_without_papers_is_a_worker_like_any_other(post):
    done = service.register_abroad(
        post.store,
        post.officer,
        RegistrationDraft(values={"name": "Tarsih"}, episode={"stage": "nonprosedural_diketahui"}),
    )
    with post.store.read() as session:
        assert roster.show_person(post.store, session, done.person).roles == ("pmi",)


def test_a_return_and_a_new_departure_are_two_episodes(post):
    first = service.register_returning(post.store, post.officer, RegistrationDraft(
        values=PERSON, episode={"destination_country": "tw", "departure_date": "2018", "return_date": "2021-03",
                                "return_reason": "kontrak_selesai"}))  # fmt: skip
    service.register_cpmi(
        post.store,
        post.officer,
        RegistrationDraft(values={}, person=first.person, episode={"destination_country": "jp"}),
    )
    with post.store.read() as session:
        view = service.migration_of(session, first.person)
        assert roster.show_person(post.store, session, first.person).roles == ("cpmi", "purna")
    assert [one.badge for one in view.episodes] == ["CPMI · Jepang", "Purna · Taiwan"]
    assert (view.episodes[1].since, view.episodes[1].until) == ("2018", "2021-03")


def test_stages_are_added_and_late_ones_do_not_move_the_episode_back(post):
    done = service.register_cpmi(post.store, post.officer, DRAFT)
    for stage, day in (("paspor", "2026-03"), ("berangkat", "2026-10-02"), ("visa", "2026-05-01")):
        service.record_stage(post.store, post.officer, done.episode, stage, happened_on=day)
    with post.store.read() as session:
        episode = service.show_episode(session, done.episode)
        assert roster.show_person(post.store, session, done.person).roles == ("pmi",)
    assert episode.stage == "berangkat"
    assert episode.since == "2026-10-02"
    assert [one.stage for one in episode.stages] == [
        "terdaftar_desa",
        "paspor",
        "visa",
        "berangkat",
    ]
    service.record_stage(
        post.store,
        post.officer,
        done.episode,
        "pulang",
        happened_on="2026-11",
        return_reason="sakit",
    )
    with post.store.read() as session:
        episode = service.show_episode(session, done.episode)
    assert (episode.tone, episode.until, episode.values["return_reason"]) == (
        "purna",
        "2026-11",
        "sakit",
    )


def test_F13_a_return_before_the_departure_is_refused(post):
    bad = RegistrationDraft(
        values=PERSON, episode={"departure_date": "2020-05", "return_date": "2019"}
    )
    with pytest.raises(InputError) as refused:
        service.register_returning(post.store, post.officer, bad)
    assert [one.code for one in refused.value.problems] == ["return_before_departure"]


def test_F13_a_departure_before_birth_is_refused_and_a_child_is_named(post):
    with pytest.raises(InputError):
        service.register_abroad(
            post.store,
            post.officer,
            RegistrationDraft(values=PERSON, episode={"departure_date": "1990"}),
        )
    done = service.register_cpmi(
        post.store,
        post.officer,
        RegistrationDraft(values={"name": "Rani", "birth_date": "2014-05-01"}),
    )
    assert [one.code for one in done.warnings] == ["age_under_18"]


def test_F13_age_counts_on_the_day_of_departure(post):
    done = service.register_cpmi(
        post.store,
        post.officer,
        RegistrationDraft(
            values={"name": "Rani", "birth_date": "2009-01-01"},
            episode={"departure_date": "2027-02"},
        ),
    )
    assert done.warnings == ()


def test_correcting_an_episode_touches_only_what_was_touched(post):
    done = service.register_cpmi(post.store, post.officer, DRAFT)
    with post.store.read() as session:
        form = service.show_episode(session, done.episode)
    service.correct_episode(post.store, post.officer, done.episode, Touched({"agency": "PT Lain"}))
    out = service.correct_episode(
        post.store,
        post.officer,
        done.episode,
        Touched({"wage": "15.000.000", "agency": "PT Lain lagi"}, form.bases),
    )
    assert out.overtaken == ("agency",)
    with post.store.read() as session:
        values = service.show_episode(session, done.episode).values
    assert values["wage"] == 15_000_000
    assert values["recruiter"] == "Pak Rudi"


def test_withdrawing_consent_keeps_the_earlier_answer_in_the_history(post):
    done = service.register_cpmi(post.store, post.officer, DRAFT)
    service.answer_consent(
        post.store, post.officer, done.person, ConsentDraft("photo", "withdrawn")
    )
    with post.store.read() as session:
        (photo,) = [
            one
            for one in service.migration_of(session, done.person).consents
            if one.purpose == "photo"
        ]
    assert photo.answer == "withdrawn"
    assert photo.answered_on is not None


def test_skills_and_languages_can_end_and_come_back(post):
    done = service.register_cpmi(post.store, post.officer, DRAFT)
    service.drop_skill(post.store, post.officer, done.person, "Merawat lansia")
    service.drop_language(post.store, post.officer, done.person, "mandarin")
    with post.store.read() as session:
        view = service.migration_of(session, done.person)
    assert view.skills == ()
    assert view.languages == ()
    service.save_details(
        post.store, post.officer, done.person, languages=(LanguageDraft("mandarin"),)
    )
    with post.store.read() as session:
        assert service.migration_of(session, done.person).languages[0].level == "sedikit"


def test_saving_drops_the_draft_of_this_officer_only(post):
    for officer in (post.officer, post.viewer):
        drafts.save_draft(
            post.store, service.draft_form("cpmi"), None, officer.officer_id, {"name": "Si"}
        )
    service.register_cpmi(post.store, post.officer, DRAFT)
    with post.store.read() as session:
        assert (
            drafts.load_draft(session, service.draft_form("cpmi"), None, post.officer.officer_id)
            is None
        )
        assert (
            drafts.load_draft(session, service.draft_form("cpmi"), None, post.viewer.officer_id)
            is not None
        )


def test_F18_a_refused_registration_keeps_the_draft(post):
    drafts.save_draft(
        post.store, service.draft_form("cpmi"), None, post.officer.officer_id, {"name": "Si"}
    )
    with pytest.raises(InputError):
        service.register_cpmi(post.store, post.officer, RegistrationDraft(values={"name": ""}))
    with post.store.read() as session:
        kept = drafts.load_draft(session, service.draft_form("cpmi"), None, post.officer.officer_id)
        assert roster.count_people(session) == 0
    assert kept.fields == {"name": "Si"}


def test_a_viewer_registers_nobody(post):
    with pytest.raises(NotAllowedError):
        service.register_cpmi(post.store, post.viewer, DRAFT)


def test_numbers_run_per_kind_and_laptop_and_never_repeat(tmp_path, clock):
    made = {}
    for laptop in "AB":
        post = open_village(tmp_path / laptop, clock, laptop=laptop, practice=False)
        draft = RegistrationDraft(values={"name": "W"})
        made[laptop] = [
            service.register_cpmi(post.store, post.officer, draft).registration_no for _ in range(2)
        ]
        made[laptop].append(
            service.register_returning(post.store, post.officer, draft).registration_no
        )
        post.store.close()
    assert made["A"] == [
        "CPMI/32.12.16.2004/A/2026/0001",
        "CPMI/32.12.16.2004/A/2026/0002",
        "PURNA/32.12.16.2004/A/2026/0001",
    ]
    assert not set(made["A"]) & set(made["B"])


def test_the_list_of_registrations_finds_and_filters(post):
    service.register_cpmi(post.store, post.officer, DRAFT)
    service.register_abroad(post.store, post.officer, RegistrationDraft(values={"name": "Daeng %"}))
    with post.store.read() as session:
        assert [one.name for one in service.list_episodes(session)] == ["Daeng %", "Siti Khoiriah"]
        assert [one.name for one in service.list_episodes(session, tone="cpmi")] == [
            "Siti Khoiriah"
        ]
        assert [one.name for one in service.list_episodes(session, text="%")] == ["Daeng %"]


def test_facts_of_the_form_say_what_the_register_says(post):
    done = service.register_cpmi(post.store, post.officer, DRAFT)
    with post.store.read() as session:
        facts = service.registration_facts(post.store, session, done.episode)
    assert facts.registration_no == done.registration_no
    assert facts.officer == "Wulandari"
    assert facts.destination_country == "Jepang"
    assert facts.occupation == "Pengasuh lansia"
    assert facts.emergency_contact.phone == "0812-0000-4417"
    assert facts.languages == ("Mandarin",)
    assert facts.work_history[0].years == "2013–2017"
    assert facts.work_history[0].country == "Hong Kong"
    assert facts.consents == ("photo",)
    assert facts.signs_with == "thumbprint"
    held = {one.label: one.held for one in facts.documents}
    assert held["KTP elektronik"] is True
    assert held["Paspor"] is False
    assert facts.office.practice is True
    assert facts.registrant == "cpmi"


def test_health_leaves_the_register_only_with_consent(post):
    done = service.register_cpmi(post.store, post.officer, DRAFT)
    with post.store.read() as session:
        assert (
            service.registration_facts(post.store, session, done.episode).health_statement is None
        )
    service.answer_consent(
        post.store, post.officer, done.person, ConsentDraft("health_note", "given")
    )
    with post.store.read() as session:
        assert (
            service.registration_facts(post.store, session, done.episode).health_statement
            == "sehat"
        )


def test_the_history_of_a_person_tells_their_stages_too(post):
    done = service.register_cpmi(post.store, post.officer, DRAFT)
    service.record_stage(post.store, post.officer, done.episode, "paspor", happened_on="2026-10")
    service.answer_consent(
        post.store, post.officer, done.person, ConsentDraft("photo", "withdrawn")
    )
    with post.store.read() as session:
        consent, stage, made = service.history_with_migration(post.store, session, done.person)
    assert made.title == "Didaftarkan sebagai calon PMI"
    assert made.changes[0].label == "Nama lengkap"
    lines = [(one.label, one.old, one.new) for one in stage.changes]
    assert ("Tahap", "Terdaftar di desa", "Paspor") in lines
    assert ("Tanggal tahap", "kosong", "Oktober 2026") in lines
    assert [one.label for one in consent.changes] == ["Jawaban", "Ditarik"] or {
        "Jawaban",
        "Ditarik",
    } <= {one.label for one in consent.changes}
