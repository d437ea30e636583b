"""Registering a worker: one act for the person, the household, the wish and all around it.

A candidate, somebody already abroad and somebody who came back are registered by the
same act; only the first stage and the number's letters differ. A re-departure is a new
episode of the same person.

Source: UU 18/2017 art. 42 (b), (d); reference/domain.md §2.2; DESIGN decision 7.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desmigratif_desktop.documents import numbering
from desmigratif_desktop.features.migration_services.model import EpisodeStage, MigrationEpisode
from desmigratif_desktop.features.migration_services.rules import (
    FIRST_STAGE,
    LEGAL_BASIS,
    read_episode,
    roles_at,
)
from desmigratif_desktop.features.migration_services.service.details import (
    put_consent,
    put_contact,
    put_document,
    put_experience,
    put_language,
    put_skill,
)
from desmigratif_desktop.features.migration_services.service.paper_facts import office_of
from desmigratif_desktop.features.migration_services.values import (
    FieldValue,
    RegistrationDone,
    RegistrationDraft,
)
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import FieldProblem, NotFoundError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.foundation.partial_dates import parse_partial_date
from desmigratif_desktop.people.model import Household, Person
from desmigratif_desktop.people.persons import (
    add_person,
    edit_person,
    known_values,
    put_role,
    same_nik_warnings,
    sound,
)
from desmigratif_desktop.people.radar.cases import note_told
from desmigratif_desktop.people.rules import read_person
from desmigratif_desktop.people.values import Reading
from desmigratif_desktop.records.actors import Actor, Right
from desmigratif_desktop.records.drafts import clear_draft
from desmigratif_desktop.records.unit_of_work import Touched, Work, unit
from desmigratif_sync.protocol.entries import Audience

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store


def draft_form(kind: str) -> str:
    """Name of the draft of one registration form: "registration.cpmi".

    Saving drops the draft in the same transaction.
    """
    return f"registration.{kind}"


def register_cpmi(
    store: Store, actor: Actor, draft: RegistrationDraft, *, origin: str = ""
) -> RegistrationDone:
    """Register somebody who wants to work abroad.

    Raises:
        InputError: a field cannot be taken.
        NotAllowedError: the role does not include it.

    Writes: person, household, migration_episode, episode_stage, person_role, and what
        the form carried of contacts, skills, languages, experience, consents, documents.
    """
    return _register(store, actor, draft, "cpmi", origin)


def register_abroad(
    store: Store, actor: Actor, draft: RegistrationDraft, *, origin: str = ""
) -> RegistrationDone:
    """Register somebody already abroad, at any stage, dates and route as far as known.

    Raises:
        InputError: a field cannot be taken.

    Writes: as `register_cpmi`.
    """
    return _register(store, actor, draft, "pmi", origin)


def register_returning(
    store: Store, actor: Actor, draft: RegistrationDraft, *, origin: str = ""
) -> RegistrationDone:
    """Register somebody who came back.

    Raises:
        InputError: a field cannot be taken.

    Writes: as `register_cpmi`.
    """
    return _register(store, actor, draft, "purna", origin)


def _read_registration(
    store: Store, session: Session, draft: RegistrationDraft, kind: str
) -> tuple[Reading, Reading]:
    """Read a registration without saving it: (person, episode), with their problems.

    Args:
        store: the opened store.
        session: either lane.
        draft: what the form holds.
        kind: "cpmi", "pmi" or "purna".

    Raises:
        NotFoundError: the draft names a person who is not here.
    """
    today = local_date(store.clock)
    known = None
    if draft.person is not None:
        row = session.get(Person, draft.person)
        if row is None or row.state is not None:
            raise NotFoundError("Warga ini tidak ada di laptop ini.", "Cari lagi dari daftar.")
        known = known_values(session, row)
    person = read_person(draft.values, today, known=known)
    found = same_nik_warnings(session, person.values, draft.person)
    person = replace(person, warnings=(*person.warnings, *found))
    birth = {**(known or {}), **person.values}.get("birth_date")
    given = {
        "stage": FIRST_STAGE[kind],
        "registered_on": today.isoformat(),
        "legal_basis": LEGAL_BASIS,
        **{name: value for name, value in draft.episode.items() if value not in (None, "")},
    }
    return person, read_episode(given, today, birth=birth if isinstance(birth, str) else None)


def _register(
    store: Store, actor: Actor, draft: RegistrationDraft, kind: str, origin: str
) -> RegistrationDone:
    actor.require(Right.REGISTER)
    with store.read() as session:
        person_reading, episode_reading = _read_registration(store, session, draft, kind)
    sound(Reading({}, (*person_reading.errors, *episode_reading.errors)))
    happened_on = draft.happened_on and parse_partial_date(
        draft.happened_on, field="happened_on", not_after=local_date(store.clock)
    )
    action = {"cpmi": "cpmi", "pmi": "abroad", "purna": "returning"}[kind]
    with unit(
        store, actor, f"migration.register_{action}", reason=draft.override_reason, origin=origin
    ) as work:
        person = _put_person(work, draft, person_reading)
        values = {
            **episode_reading.values,
            "registration_no": _number(work, kind),
            "registered_as": kind,
        }
        episode = _put_episode(work, actor, person, values, happened_on)
        _put_around(work, draft, person, episode)
        _open_to_district(work, person)
        clear_draft(work.session, draft_form(kind), draft.person, actor.officer_id)
    warnings: tuple[FieldProblem, ...] = (*person_reading.warnings, *episode_reading.warnings)
    number = episode.registration_no or ""
    return RegistrationDone(person.id, episode.id, work.act, number, warnings)


def _put_person(work: Work, draft: RegistrationDraft, reading: Reading) -> Person:
    if draft.person is None:
        made = add_person(work, reading.values)
        note_told(work, made.id, draft.told)
        return made
    edit_person(work, draft.person, Touched(dict(draft.values), draft.bases))
    work.session.flush()
    return work.get(Person, draft.person)


def _put_episode(
    work: Work, actor: Actor, person: Person, values: Any, happened_on: FieldValue
) -> MigrationEpisode:
    episode = MigrationEpisode(
        id=new_id(), person=person.id, registered_by=actor.officer_id, **values
    )
    stage = str(values["stage"])
    work.session.add(episode)
    work.session.add(EpisodeStage(
        id=new_id(), episode=episode.id, stage=stage, happened_on=happened_on,
        officer=actor.officer_id,
    ))  # fmt: skip
    work.session.flush()
    for role, present in roles_at(stage).items():
        put_role(work, person.id, role, present=present)
    return episode


def _number(work: Work, kind: str) -> str:
    """The next registration number of this laptop, also after a recovery without counters."""
    today = local_date(work.store.clock)
    office = office_of(work.store, work.session)
    rule = numbering.registration_rule(office, work.store.replica.laptop, kind)
    start = rule.pattern.split("«", 1)[0]
    query = sa.select(MigrationEpisode.registration_no).where(
        MigrationEpisode.registration_no.startswith(start, autoescape=True)
    )
    seen = numbering.highest_serial(rule, today.year, work.session.scalars(query))
    return numbering.take_number(work, rule, today, at_least=seen).text


def _put_around(
    work: Work, draft: RegistrationDraft, person: Person, episode: MigrationEpisode
) -> None:
    for contact in draft.contacts:
        put_contact(work, person.id, contact)
    for skill in draft.skills:
        put_skill(work, person.id, skill)
    for language in draft.languages:
        put_language(work, person.id, language)
    for experience in draft.experiences:
        put_experience(work, person.id, experience)
    for consent in draft.consents:
        put_consent(work, person.id, consent)
    for document in draft.documents:
        put_document(work, episode.id, document)


def _open_to_district(work: Work, person: Person) -> None:
    """A service has started: the district sees this person and their household."""
    work.widen(person, Audience.DISTRICT)
    if person.household is not None:
        household = work.session.get(Household, person.household)
        if household is not None:
            work.widen(household, Audience.DISTRICT)
