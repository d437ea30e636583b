"""Everything a person's page shows, read in one job: the person, their migration, their story."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.features.migration_services.presenter import glance
from desmigratif_desktop.features.migration_services.service import (
    history_with_migration,
    migration_of,
)
from desmigratif_desktop.foundation.clock import hlc_datetime, local_date
from desmigratif_desktop.foundation.partial_dates import format_long
from desmigratif_desktop.people import words
from desmigratif_desktop.people.fields import BY_NAME, label_of
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.people.officers import officer_name
from desmigratif_desktop.people.roster import show_person
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.actors import Right
from desmigratif_desktop.records.unit_of_work import Touched, unit

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from desmigratif_desktop.features.migration_services.presenter.glance import Glance
    from desmigratif_desktop.features.migration_services.values import MigrationView
    from desmigratif_desktop.people.values import ChangeLine, HistoryLine, PersonView
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.changelog import LiveValue, OpenConflict
    from desmigratif_desktop.records.engine import Store

UNDOABLE: Final = frozenset({
    "person.correct", "conflict.decide", "migration.record_stage", "migration.correct",
    "migration.consent", "migration.document", "migration.details", "migration.register_cpmi",
    "migration.register_abroad", "migration.register_returning", "household.correct",
})  # fmt: skip
"""Acts that *Kembalikan* is offered for."""


@dataclass(frozen=True, slots=True)
class LiveWords:
    """One of several values of a field.

    Attributes:
        columns: the value as columns carry it, to keep it.
    """

    words: str
    about: str
    columns: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with more than one value; the first is the one shown."""

    register: str
    label: str
    values: tuple[LiveWords, ...]
    bases: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One act about a person, with whether it may be taken back."""

    line: HistoryLine
    is_beginning: bool
    may_undo: bool


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A whole person's page."""

    view: PersonView
    migration: MigrationView
    glance: Glance | None
    story: tuple[StoryLine, ...]
    differences: tuple[Difference, ...]
    today: date
    now: datetime
    no_kk_masked: str


def read_person_page(store: Store, person: bytes, actor: Actor) -> PersonFacts:
    """Read a person's page.

    Raises:
        NotFoundError: no such person here.
    """
    with store.read() as session:
        view = show_person(store, session, person)
        migration = migration_of(session, person)
        return PersonFacts(
            view=view,
            migration=migration,
            glance=glance.glances(session, (person,)).get(person),
            story=_story(store, session, person, may=actor.may(Right.REGISTER)),
            differences=_differences(store, session, person) if view.open_conflicts else (),
            today=local_date(store.clock),
            now=hlc_datetime(store.clock.millis() << 16),
            no_kk_masked=str(view.values.get("no_kk") or ""),
        )


# --- the story ------------------------------------------------------------------------


def _story(store: Store, session: Session, person: bytes, *, may: bool) -> tuple[StoryLine, ...]:
    lines: dict[bytes, HistoryLine] = {}
    for line in history_with_migration(store, session, person):
        before = lines.get(line.act)
        both = (*before.changes, *line.changes) if before is not None else line.changes
        lines[line.act] = replace(before or line, changes=both)
    own = changelog.history(session, person)
    beginning = own[-1].act if own and own[-1].is_creation else b""
    undone = _undone(session)
    return tuple(
        StoryLine(
            replace(one, changes=_told_once(one.changes)),
            one.act == beginning,
            may and one.act != beginning and one.act not in undone and one.action in UNDOABLE,
        )
        for one in lines.values()
    )


def _undone(session: Session) -> frozenset[bytes]:
    """The acts that were taken back already."""
    rows = session.connection().exec_driver_sql(
        "SELECT DISTINCT undoes FROM entry WHERE undoes IS NOT NULL"
    )
    return frozenset(row[0] for row in rows)


def _told_once(changes: tuple[ChangeLine, ...]) -> tuple[ChangeLine, ...]:
    """A stage stands on its episode and on its own line; one of them is enough."""
    told: dict[tuple[str, str], ChangeLine] = {}
    for one in changes:
        if one.old == one.new:
            continue
        known = told.get((one.label, one.new))
        if known is None or known.old == words.EMPTY:
            told[one.label, one.new] = one
    return tuple(told.values())


# --- differences ----------------------------------------------------------------------


def _differences(store: Store, session: Session, person: bytes) -> tuple[Difference, ...]:
    found = changelog.open_conflicts(session, store.registry)
    return tuple(_difference(store, session, one) for one in found if one.record == person)


def _difference(store: Store, session: Session, conflict: OpenConflict) -> Difference:
    spec = BY_NAME.get(conflict.field)
    kind = store.registry.by_name[conflict.kind]
    register = kind.by_name[conflict.field]
    lives = (conflict.shown, *reversed(conflict.others))

    def said(live: LiveValue) -> LiveWords:
        is_ours = live.dot.device == store.replica.device
        moment = hlc_datetime(live.hlc)
        who = officer_name(session, live.officer_id) or "petugas lain"
        place = "laptop ini" if is_ours else "laptop lain"
        about = f"{who}, {place}, {format_long(moment.date())} pukul {moment:%H.%M}"
        return LiveWords(
            words.spell(spec, live.value), about, dict(register.columns_of(live.value))
        )

    return Difference(
        conflict.field,
        label_of(conflict.field),
        tuple(said(one) for one in lives),
        tuple(one.dot for one in lives),
    )


def decide(store: Store, actor: Actor, person: bytes, difference: Difference, chosen: int) -> bytes:
    """Keep one of the values of a field; all that were seen are settled with it.

    Returns:
        The act's id.

    Raises:
        NotAllowedError: the role does not include changing the register.
        NotFoundError: no such person here.

    Writes: person.
    """
    actor.require(Right.REGISTER)
    with unit(store, actor, "conflict.decide") as work:
        row = work.get(Person, person)
        values = difference.values[chosen].columns
        work.edit(row, Touched(values, {difference.register: difference.bases}))
    return work.act
