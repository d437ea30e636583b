"""Everything a person's page shows, read in one job: the person, their migration, their story."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.features.migration_services.presenter import glance
from desmigratif_desktop.features.migration_services.rules import FIELDS_BY_NAME
from desmigratif_desktop.features.migration_services.service import migration_of
from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.clock import hlc_datetime, local_date
from desmigratif_desktop.foundation.partial_dates import format_long
from desmigratif_desktop.people import words
from desmigratif_desktop.people.fields import BY_NAME
from desmigratif_desktop.people.history import history_of
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

HIDDEN: Final = frozenset({"person", "registered_by", "legal_basis", "state", "village"})
"""Registers that say nothing to a reader."""
OTHER: Final = {
    "registration_no": "Nomor pendaftaran",
    "registered_as": "Didaftarkan sebagai",
    "head": "Kepala keluarga",
}


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
            story=_story(store, session, person, migration, may=actor.may(Right.REGISTER)),
            differences=_differences(store, session, person) if view.open_conflicts else (),
            today=local_date(store.clock),
            now=hlc_datetime(store.clock.millis() << 16),
            no_kk_masked=str(view.values.get("no_kk") or ""),
        )


# --- the story ------------------------------------------------------------------------


def _story(
    store: Store, session: Session, person: bytes, migration: MigrationView, *, may: bool
) -> tuple[StoryLine, ...]:
    own = history_of(store, session, person)
    beginning = own[-1].act if own else b""
    acts: dict[bytes, HistoryLine] = {one.act: one for one in own}
    for episode in migration.episodes:
        for line in history_of(store, session, episode.uid):
            said = replace(line, changes=_migration_changes(line.changes))
            before = acts.get(line.act)
            if before is not None and before.act != beginning:
                said = replace(before, changes=(*before.changes, *said.changes))
            acts[line.act] = before if line.act == beginning and before is not None else said
    lines = sorted(acts.values(), key=lambda one: one.at, reverse=True)
    undone = {one.undoes for one in changelog.history(session, person) if one.undoes}
    return tuple(
        StoryLine(
            one, one.act == beginning,
            may and one.act not in undone | {beginning} and one.action != "act.undo",
        )
        for one in lines
    )  # fmt: skip


def _migration_changes(changes: tuple[ChangeLine, ...]) -> tuple[ChangeLine, ...]:
    """The registers of an episode in the words of its form."""
    said = []
    for one in changes:
        if one.field in HIDDEN:
            continue
        spec = FIELDS_BY_NAME.get(one.field)
        label = spec.label if spec is not None else OTHER.get(one.field, one.label)
        old, new = one.old, one.new
        if spec is not None:
            old, new = words.spell(spec, one.old_value), words.spell(spec, one.new_value)
        elif one.field == "registered_as":
            table = reference.table("person_role")
            old, new = table.label(one.old_value), table.label(one.new_value)
        said.append(replace(one, label=label, old=old, new=new))
    return tuple(said)


# --- differences ----------------------------------------------------------------------


def _differences(store: Store, session: Session, person: bytes) -> tuple[Difference, ...]:
    found = changelog.open_conflicts(session, store.registry)
    return tuple(_difference(store, session, one) for one in found if one.record == person)


def _difference(store: Store, session: Session, conflict: OpenConflict) -> Difference:
    spec = BY_NAME.get(conflict.field)
    labels = {"residence": "Alamat", "marriage": "Perkawinan", "household": "Kartu keluarga"}
    label = spec.label if spec is not None else labels.get(conflict.field, conflict.field)
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
        conflict.field, label, tuple(said(one) for one in lives), tuple(one.dot for one in lives)
    )


def decide(
    store: Store, actor: Actor, person: bytes, difference: Difference, chosen: int
) -> bytes:
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
