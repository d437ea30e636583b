"""Migrations as screens show them: the person page, the list of registrations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.features.migration_services.model import (
    Consent,
    DocumentCheck,
    EmergencyContact,
    EpisodeStage,
    MigrationEpisode,
    PersonLanguage,
    PersonSkill,
    WorkExperience,
)
from desmigratif_desktop.features.migration_services.rules import (
    CONSENT_PURPOSES,
    EPISODE_FIELDS,
    HISTORY_FIELDS,
    next_step,
    step_marks,
    tone_of,
)
from desmigratif_desktop.features.migration_services.values import (
    ConsentLine,
    ContactDraft,
    DocumentLine,
    EpisodeRow,
    EpisodeView,
    ExperienceDraft,
    LanguageDraft,
    MigrationView,
    SkillDraft,
    StageLine,
    StepMark,
)
from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.people.fields import BY_NAME, OTHER_LABELS
from desmigratif_desktop.people.history import history_of
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.people.words import labels_of
from desmigratif_desktop.records import changelog

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.people.values import HistoryLine
    from desmigratif_desktop.records.engine import Store

_BADGES: Final = {"cpmi": "CPMI", "pmi": "PMI", "purna": "Purna"}


def migration_of(session: Session, person: bytes) -> MigrationView:
    """All of a person's migration: episodes newest first, and what stands around them."""
    query = (
        sa.select(MigrationEpisode)
        .where(MigrationEpisode.person == person, MigrationEpisode.state.is_(None))
        .order_by(MigrationEpisode.id.desc())
    )
    episodes = tuple(_episode(session, one) for one in session.scalars(query))
    consents = _consents(session, person)
    step = ""
    if episodes:
        step = next_step(episodes[0].stage, [one.stage for one in episodes[0].stages])
    return MigrationView(
        person=person,
        episodes=episodes,
        contacts=_contacts(session, person),
        skills=_skills(session, person),
        languages=_languages(session, person),
        experiences=_experiences(session, person),
        consents=consents,
        next_step=step,
        consents_complete=all(one.answer for one in consents),
    )


def show_episode(session: Session, episode: bytes) -> EpisodeView:
    """One episode.

    Raises:
        NotFoundError: no such episode here.
    """
    row = session.get(MigrationEpisode, episode)
    if row is None or row.state is not None:
        raise NotFoundError("Pendaftaran ini tidak ada di laptop ini.", "Cari lagi dari daftar.")
    return _episode(session, row)


def history_with_migration(
    store: Store, session: Session, person: bytes
) -> tuple[HistoryLine, ...]:
    """A person's history together with that of their migrations, newest first.

    What says nothing to an officer (which record points at which) is left out.
    """
    also = [
        one
        for model in (MigrationEpisode, Consent)
        for one in session.scalars(sa.select(model.id).where(model.person == person))
    ]
    for model in (EpisodeStage, DocumentCheck):
        also += session.scalars(sa.select(model.id).where(model.episode.in_(also)))
    lines = history_of(store, session, person, also=also, specs=HISTORY_FIELDS)
    told = {*BY_NAME, *OTHER_LABELS, *(name for one in HISTORY_FIELDS.values() for name in one)}
    return tuple(
        replace(one, changes=tuple(change for change in one.changes if change.field in told))
        for one in lines
    )


def list_episodes(
    session: Session, *, tone: str = "", text: str = "", limit: int = 200
) -> tuple[EpisodeRow, ...]:
    """Registrations, the newest first.

    Args:
        session: the reader lane.
        tone: "cpmi", "pmi", "purna" or "closed" only; "" = all.
        text: part of a name or number.
        limit: at most this many.
    """
    query = (
        sa.select(MigrationEpisode, Person.name)
        .join(Person, Person.id == MigrationEpisode.person)
        .where(MigrationEpisode.state.is_(None), Person.state.is_(None))
        .order_by(MigrationEpisode.id.desc())
    )
    if text.strip():
        part = text.strip()
        query = query.where(
            Person.name.icontains(part, autoescape=True)
            | MigrationEpisode.registration_no.icontains(part, autoescape=True)
        )
    if tone:
        stages = reference.table("stage").codes()
        query = query.where(
            MigrationEpisode.stage.in_([one for one in stages if tone_of(one) == tone])
        )
    rows = session.execute(query.limit(limit))
    return tuple(_row(episode, name or "") for episode, name in rows)


def _row(episode: MigrationEpisode, name: str) -> EpisodeRow:
    stage = episode.stage or ""
    return EpisodeRow(
        episode=episode.id,
        person=episode.person or b"",
        name=name,
        registration_no=episode.registration_no or "",
        registered_on=episode.registered_on,
        stage=stage,
        stage_label=reference.table("stage").label(stage),
        country_label=reference.table("destination_country").label(episode.destination_country),
        badge=_badge(episode),
        tone=tone_of(stage),
    )


def _badge(episode: MigrationEpisode) -> str:
    stage = episode.stage or ""
    word = _BADGES.get(tone_of(stage)) or reference.table("stage").label(stage)
    country = reference.table("destination_country").label(episode.destination_country)
    return f"{word} · {country}" if country else word


def _episode(session: Session, row: MigrationEpisode) -> EpisodeView:
    values: dict[str, Any] = {one.name: getattr(row, one.name) for one in EPISODE_FIELDS}
    values["registration_no"] = row.registration_no
    stages = _stages(session, row.id)
    marks = step_marks(row.stage or "", [one.stage for one in stages])
    return EpisodeView(
        uid=row.id,
        person=row.person or b"",
        values=values,
        labels=labels_of(values, EPISODE_FIELDS),
        stage=row.stage or "",
        stage_label=reference.table("stage").label(row.stage),
        badge=_badge(row),
        tone=tone_of(row.stage or ""),
        since=row.departure_date,
        until=row.return_date,
        steps=tuple(StepMark(*one) for one in marks),
        stages=stages,
        documents=_documents(session, row.id),
        bases=changelog.bases(session, MigrationEpisode, row.id),
    )


def _stages(session: Session, episode: bytes) -> tuple[StageLine, ...]:
    """The dated history: by day where it is known, else in the order it was told."""
    query = sa.select(EpisodeStage).where(
        EpisodeStage.episode == episode, EpisodeStage.state.is_(None)
    )
    table = reference.table("stage")
    rows = sorted(session.scalars(query), key=lambda one: one.id)
    dated = sorted((one for one in rows if one.happened_on), key=lambda one: str(one.happened_on))
    rows = [*(one for one in rows if not one.happened_on), *dated]
    return tuple(
        StageLine(one.id, one.stage or "", table.label(one.stage), one.happened_on, one.note or "")
        for one in rows
    )


def _documents(session: Session, episode: bytes) -> tuple[DocumentLine, ...]:
    """The required documents, and whatever else was noted."""
    query = sa.select(DocumentCheck).where(DocumentCheck.episode == episode)
    noted = {one.document: one for one in session.scalars(query)}
    lines = []
    for row in reference.table("document"):
        check = noted.get(row.code)
        if check is None and not row.extras.get("required"):
            continue
        lines.append(
            DocumentLine(
                document=row.code,
                label=row.label,
                status=(check.status if check else None) or "belum",
                number=(check.number if check else None) or "",
                noted_on=check.noted_on if check else None,
                valid_until=check.valid_until if check else None,
            )
        )
    return tuple(lines)


def _consents(session: Session, person: bytes) -> tuple[ConsentLine, ...]:
    query = sa.select(Consent).where(Consent.person == person, Consent.state.is_(None))
    given = {one.purpose: one for one in session.scalars(query)}
    purposes = reference.table("consent_purpose")
    answers = reference.table("consent_answer")
    lines = []
    for purpose in CONSENT_PURPOSES:
        one = given.get(purpose)
        answer = (one.answer if one else None) or ""
        day = (one.withdrawn_on if answer == "withdrawn" else one.answered_on) if one else None
        method = (one.method if one else None) or ""
        lines.append(
            ConsentLine(
                purpose, purposes.label(purpose), answer, answers.label(answer), day, method
            )
        )
    return tuple(lines)


def _contacts(session: Session, person: bytes) -> tuple[ContactDraft, ...]:
    query = sa.select(EmergencyContact).where(
        EmergencyContact.person == person, EmergencyContact.state.is_(None)
    )
    return tuple(
        ContactDraft(one.name or "", one.relation, one.phone, one.place)
        for one in session.scalars(query.order_by(EmergencyContact.id))
    )


def _skills(session: Session, person: bytes) -> tuple[SkillDraft, ...]:
    query = sa.select(PersonSkill).where(PersonSkill.person == person, PersonSkill.present == 1)
    return tuple(
        SkillDraft(one.skill or "", one.level, one.certificate_no)
        for one in session.scalars(query.order_by(PersonSkill.skill))
    )


def _languages(session: Session, person: bytes) -> tuple[LanguageDraft, ...]:
    query = sa.select(PersonLanguage).where(
        PersonLanguage.person == person, PersonLanguage.present == 1
    )
    return tuple(
        LanguageDraft(one.language or "", one.level)
        for one in session.scalars(query.order_by(PersonLanguage.language))
    )


def _experiences(session: Session, person: bytes) -> tuple[ExperienceDraft, ...]:
    query = sa.select(WorkExperience).where(
        WorkExperience.person == person, WorkExperience.state.is_(None)
    )
    return tuple(
        ExperienceDraft(
            one.work or "", one.place, one.country, one.started, one.ended, one.stop_reason
        )
        for one in session.scalars(query.order_by(WorkExperience.started, WorkExperience.id))
    )
