"""Around a person: contacts, skills, languages, experience, consents, documents.

Set elements have derived ids: put twice, here or on two laptops, they are one.

Source: UU 18/2017 art. 13; UU 27/2022 art. 21-24.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.features.migration_services.model import (
    Consent,
    DocumentCheck,
    EmergencyContact,
    MigrationEpisode,
    PersonLanguage,
    PersonSkill,
    WorkExperience,
    element_id,
)
from desmigratif_desktop.features.migration_services.rules import (
    check_consent,
)
from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.people.fields import FieldSpec, Holds
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.people.rules import read_field
from desmigratif_desktop.records.actors import Actor, Right
from desmigratif_desktop.records.unit_of_work import Work, unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desmigratif_desktop.features.migration_services.values import (
        ConsentDraft,
        ContactDraft,
        DocumentDraft,
        ExperienceDraft,
        LanguageDraft,
        SkillDraft,
    )
    from desmigratif_desktop.records.engine import Store

_NAME: Final = FieldSpec("contact_name", "Nama kontak darurat", Holds.NAME)
_RELATION: Final = FieldSpec("contact_relation", "Hubungan kontak darurat")
_PHONE: Final = FieldSpec("contact_phone", "Nomor HP kontak darurat", Holds.PHONE)
_PLACE: Final = FieldSpec("contact_place", "Tempat tinggal kontak darurat")
_SKILL: Final = FieldSpec("skill", "Keterampilan")
_LANGUAGE: Final = FieldSpec("language", "Bahasa")
_WORK: Final = FieldSpec("work", "Pekerjaan")
_TEXT: Final = FieldSpec("detail", "Keterangan")
_YEAR: Final = FieldSpec("year", "Tahun", Holds.PAST_DATE)
_UNTIL: Final = FieldSpec("valid_until", "Berlaku sampai", Holds.DATE)
_WITNESS: Final = FieldSpec("witness", "Saksi", Holds.NAME)


def save_details(
    store: Store,
    actor: Actor,
    person: bytes,
    *,
    contacts: Sequence[ContactDraft] = (),
    skills: Sequence[SkillDraft] = (),
    languages: Sequence[LanguageDraft] = (),
    experiences: Sequence[ExperienceDraft] = (),
    origin: str = "",
) -> bytes:
    """Add to or complete what stands around a person; returns the act's id.

    Raises:
        InputError: a field cannot be taken.
        NotFoundError: no such person here.

    Writes: emergency_contact, person_skill, person_language, work_experience.
    """
    actor.require(Right.REGISTER)
    with unit(store, actor, "migration.details", origin=origin) as work:
        work.get(Person, person)
        for contact in contacts:
            put_contact(work, person, contact)
        for skill in skills:
            put_skill(work, person, skill)
        for language in languages:
            put_language(work, person, language)
        for experience in experiences:
            put_experience(work, person, experience)
    return work.act


def answer_consent(
    store: Store, actor: Actor, person: bytes, draft: ConsentDraft, *, origin: str = ""
) -> bytes:
    """Note what a person answered about one purpose; withdrawing is an answer, too.

    Raises:
        InputError: unknown purpose, answer or method.
        NotFoundError: no such person here.

    Writes: consent.
    """
    actor.require(Right.REGISTER)
    with unit(store, actor, "migration.consent", origin=origin) as work:
        work.get(Person, person)
        put_consent(work, person, draft)
    return work.act


def set_document(
    store: Store, actor: Actor, episode: bytes, draft: DocumentDraft, *, origin: str = ""
) -> bytes:
    """Note whether a document is there; returns the act's id.

    Raises:
        InputError: unknown document or status.
        NotFoundError: no such episode here.

    Writes: document_check.
    """
    actor.require(Right.REGISTER)
    with unit(store, actor, "migration.document", origin=origin) as work:
        work.get(MigrationEpisode, episode)
        put_document(work, episode, draft)
    return work.act


def drop_skill(store: Store, actor: Actor, person: bytes, skill: str, *, origin: str = "") -> bytes:
    """Note that a skill no longer stands; the element and its history stay.

    Raises:
        NotFoundError: the person has no such skill.

    Writes: person_skill.
    """
    return _drop(store, actor, PersonSkill, element_id("person_skill", person, skill), origin)


def drop_language(
    store: Store, actor: Actor, person: bytes, language: str, *, origin: str = ""
) -> bytes:
    """Note that a language no longer stands; the element and its history stay.

    Raises:
        NotFoundError: the person has no such language.

    Writes: person_language.
    """
    identity = element_id("person_language", person, language)
    return _drop(store, actor, PersonLanguage, identity, origin)


def _drop(
    store: Store,
    actor: Actor,
    model: type[PersonSkill | PersonLanguage],
    identity: bytes,
    origin: str,
) -> bytes:
    actor.require(Right.REGISTER)
    with unit(store, actor, "migration.details", origin=origin) as work:
        work.get(model, identity).present = 0
    return work.act


def put_contact(work: Work, person: bytes, draft: ContactDraft) -> None:
    """Add a contact, or complete the one of the same name."""
    today = local_date(work.store.clock)
    values = {
        "name": _read(_NAME, draft.name, today),
        "relation": _coded("family_relation", _RELATION, draft.relation, today),
        "phone": _read(_PHONE, draft.phone, today),
        "place": _read(_PLACE, draft.place, today),
    }
    name = values["name"]
    if name is None:
        sentence = "Nama kontak darurat belum diisi."
        raise InputError((FieldProblem("contact_name", "contact_empty", sentence),))
    query = sa.select(EmergencyContact).where(
        EmergencyContact.person == person, EmergencyContact.state.is_(None)
    )
    same = [one for one in work.session.scalars(query) if _same(one.name, str(name))]
    if same:
        _complete(same[0], values)
    else:
        work.session.add(
            EmergencyContact(id=_new_contact(person, str(name)), person=person, **values)
        )
    work.session.flush()


def _new_contact(person: bytes, name: str) -> bytes:
    return element_id("emergency_contact", person, name)


def put_skill(work: Work, person: bytes, draft: SkillDraft) -> None:
    """Add a skill to the set, or complete it."""
    today = local_date(work.store.clock)
    skill = _read(_SKILL, draft.skill, today)
    if skill is None:
        return
    values = {
        "skill": skill,
        "level": _read(_TEXT, draft.level, today),
        "certificate_no": _read(_TEXT, draft.certificate_no, today),
        "present": 1,
    }
    _put(work, PersonSkill, element_id("person_skill", person, str(skill)), values, person=person)


def put_language(work: Work, person: bytes, draft: LanguageDraft) -> None:
    """Add a language to the set, or complete it."""
    today = local_date(work.store.clock)
    language = _coded("language", _LANGUAGE, draft.language, today)
    if language is None:
        return
    values = {
        "language": language,
        "level": _coded("language_level", _TEXT, draft.level, today),
        "present": 1,
    }
    identity = element_id("person_language", person, str(language))
    _put(work, PersonLanguage, identity, values, person=person)


def put_experience(work: Work, person: bytes, draft: ExperienceDraft) -> None:
    """Add earlier work; the same work of the same years is one."""
    today = local_date(work.store.clock)
    what = _read(_WORK, draft.work, today)
    if what is None:
        return
    values = {
        "work": what,
        "place": _read(_TEXT, draft.place, today),
        "country": _coded("destination_country", _TEXT, draft.country, today),
        "started": _read(_YEAR, draft.started, today),
        "ended": _read(_YEAR, draft.ended, today),
        "stop_reason": _read(_TEXT, draft.stop_reason, today),
    }
    key = f"{what}|{values['started'] or ''}|{values['country'] or ''}"
    identity = element_id("work_experience", person, key)
    _put(work, WorkExperience, identity, values, person=person)


def put_consent(work: Work, person: bytes, draft: ConsentDraft) -> None:
    """Note an answer; an earlier one stays in the history."""
    check_consent(draft.purpose, draft.answer, draft.method)
    today = local_date(work.store.clock)
    day = _read(_YEAR, draft.answered_on, today) or today.isoformat()
    values: dict[str, Any] = {
        "purpose": draft.purpose,
        "answer": draft.answer,
        "method": draft.method,
        "witness": _read(_WITNESS, draft.witness, today),
        "version": reference.table("consent_purpose").extra(draft.purpose, "version") or None,  # noqa: S610 - a column of our own table
    }
    values["withdrawn_on" if draft.answer == "withdrawn" else "answered_on"] = day
    identity = element_id("consent", person, draft.purpose)
    _put(work, Consent, identity, values, person=person)


def put_document(work: Work, episode: bytes, draft: DocumentDraft) -> None:
    """Note whether a document of the checklist is there."""
    if draft.document not in reference.table("document") or draft.status not in reference.table(
        "document_status"
    ):
        sentence = "Dokumen ini tidak ada dalam daftar."
        raise InputError((FieldProblem("documents", "document_unknown", sentence),))
    today = local_date(work.store.clock)
    values = {
        "document": draft.document,
        "status": draft.status,
        "number": _read(_TEXT, draft.number, today),
        "noted_on": today.isoformat(),
        "valid_until": _read(_UNTIL, draft.valid_until, today),
    }
    identity = element_id("document_check", episode, draft.document)
    _put(work, DocumentCheck, identity, values, episode=episode)


def _read(spec: FieldSpec, given: str | None, today: date) -> Any:
    return read_field(spec, given, today)


def _coded(table: str, spec: FieldSpec, given: str | None, today: date) -> Any:
    """A code of the table where the word is one, else the word as told."""
    return reference.table(table).code_of(given) or _read(spec, given, today)


def _same(left: str | None, right: str) -> bool:
    return " ".join((left or "").casefold().split()) == " ".join(right.casefold().split())


def _put(work: Work, model: Any, identity: bytes, values: dict[str, Any], **owner: bytes) -> None:
    row = work.session.get(model, identity)
    if row is None:
        work.session.add(model(id=identity, **owner, **values))
    else:
        _complete(row, values)
    work.session.flush()


def _complete(row: Any, values: dict[str, Any]) -> None:
    """Write what was said now; what was not said stays."""
    for name, value in values.items():
        if value is not None and getattr(row, name) != value:
            setattr(row, name, value)
