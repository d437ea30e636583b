"""Stages as they are reached, or told of later; nothing is overwritten.

Source: reference/domain.md §2.2; UU 18/2017 art. 42 (d).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desmigratif_desktop.features.migration_services.model import EpisodeStage, MigrationEpisode
from desmigratif_desktop.features.migration_services.rules import (
    FIELDS_BY_NAME,
    moves_on,
    read_episode,
    roles_at,
)
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.people.fields import FieldSpec, Holds
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.people.persons import put_role, sound
from desmigratif_desktop.people.rules import read_field
from desmigratif_desktop.people.values import Corrected
from desmigratif_desktop.records.actors import Actor, Right
from desmigratif_desktop.records.unit_of_work import Touched, Work, unit

if TYPE_CHECKING:
    from desmigratif_desktop.records.engine import Store

_HAPPENED = FieldSpec("happened_on", "Tanggal tahap", Holds.PAST_DATE)
_NOTE = FieldSpec("stage_note", "Keterangan tahap", Holds.NOTE)


def record_stage(
    store: Store,
    actor: Actor,
    episode: bytes,
    stage: str,
    *,
    happened_on: str | None = None,
    note: str | None = None,
    return_reason: str | None = None,
    origin: str = "",
) -> Corrected:
    """Record that a stage was reached, now or, told later, at some earlier time.

    A late stage joins the history without moving the episode back.

    Args:
        store: the opened store.
        actor: who records.
        episode: the episode's id.
        stage: code of the table `stage`.
        happened_on: the day, month or year; None = not known.
        note: how it is known, or why it is told late.
        return_reason: for a return.
        origin: mark of the screen.

    Raises:
        InputError: unknown stage, or a date that cannot be.
        NotFoundError: no such episode here.

    Writes: episode_stage, migration_episode, person_role.
    """
    actor.require(Right.REGISTER)
    today = local_date(store.clock)
    code = read_field(FIELDS_BY_NAME["stage"], stage, today)
    day = read_field(_HAPPENED, happened_on, today)
    text = read_field(_NOTE, note, today)
    reason = read_field(FIELDS_BY_NAME["return_reason"], return_reason, today)
    with unit(store, actor, "migration.record_stage", origin=origin) as work:
        row = work.get(MigrationEpisode, episode)
        current_on = _reached_on(work, row)
        work.session.add(EpisodeStage(
            id=new_id(), episode=episode, stage=code, happened_on=day, note=text,
            officer=actor.officer_id,
        ))  # fmt: skip
        _fill_dates(row, str(code), day, reason)
        if moves_on(row.stage, current_on, str(code), day if isinstance(day, str) else None):
            row.stage = str(code)
            for role, present in roles_at(str(code)).items():
                put_role(work, row.person or b"", role, present=present)
        work.session.flush()
        known = {name: getattr(row, name) for name in FIELDS_BY_NAME}
        reading = sound(read_episode({}, today, birth=_birth(work, row), known=known))
    return Corrected(work.act, reading.warnings)


def correct_episode(
    store: Store,
    actor: Actor,
    episode: bytes,
    touched: Touched,
    *,
    override_reason: str | None = None,
    origin: str = "",
) -> Corrected:
    """Correct what the officer touched of an episode, and nothing else.

    The stage is not corrected here but recorded, so that its history stays whole.

    Raises:
        InputError: a field cannot be taken.
        NotFoundError: no such episode here.

    Writes: migration_episode.
    """
    actor.require(Right.REGISTER)
    given = {name: value for name, value in touched.values.items() if name != "stage"}
    with unit(store, actor, "migration.correct", reason=override_reason, origin=origin) as work:
        row = work.get(MigrationEpisode, episode)
        known: dict[str, Any] = {name: getattr(row, name) for name in FIELDS_BY_NAME}
        reading = sound(
            read_episode(given, local_date(store.clock), birth=_birth(work, row), known=known)
        )
        changed: dict[str, Any] = {
            name: value for name, value in reading.values.items() if known[name] != value
        }
        work.edit(row, Touched(changed, touched.bases))
    overtaken = tuple(name for record, name in work.result.concurrent if record == episode)
    return Corrected(work.act if changed else b"", reading.warnings, overtaken)


def _reached_on(work: Work, row: MigrationEpisode) -> str | None:
    """When the present stage was reached, as far as known."""
    query = (
        sa.select(EpisodeStage.happened_on)
        .where(EpisodeStage.episode == row.id, EpisodeStage.stage == row.stage)
        .order_by(EpisodeStage.id.desc())
        .limit(1)
    )
    return work.session.scalar(query)


def _fill_dates(row: MigrationEpisode, stage: str, day: Any, reason: Any) -> None:
    """A stage's own date is the officer's word for departure and return, if none stands."""
    if stage == "berangkat" and day and row.departure_date is None:
        row.departure_date = day
    if stage == "pulang":
        if day and row.return_date is None:
            row.return_date = day
        if reason:
            row.return_reason = reason


def _birth(work: Work, row: MigrationEpisode) -> str | None:
    person = work.session.get(Person, row.person) if row.person else None
    return person.birth_date if person else None
