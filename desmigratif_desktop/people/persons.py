"""Residents: register, correct, give roles, and who carries the same NIK.

Only a name is needed to register somebody. Warnings never refuse; an equal NIK is shown
and never blocks.

Source: UU 18/2017 art. 42 (b); reference/domain.md §3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import (
    FieldProblem,
    InputError,
    RuleBrokenError,
)
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.people.fields import COLUMNS
from desmigratif_desktop.people.households import household_for
from desmigratif_desktop.people.model import Household, Person, PersonRole, role_id
from desmigratif_desktop.people.radar.cases import note_told
from desmigratif_desktop.people.rules import ROLES, read_person
from desmigratif_desktop.people.values import (
    Corrected,
    FieldValue,
    PersonDraft,
    Reading,
    Registered,
    SamePerson,
)
from desmigratif_desktop.records.actors import Actor, Right
from desmigratif_desktop.records.unit_of_work import Touched, Work, unit
from desmigratif_desktop.records.versions import AUDIENCES, Versions
from desmigratif_sync.protocol.entries import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store


def register_person(
    store: Store,
    actor: Actor,
    draft: PersonDraft,
    *,
    override_reason: str | None = None,
    origin: str = "",
) -> Registered:
    """Register one resident, with their household when a No. KK is given.

    Args:
        store: the opened store.
        actor: who registers.
        draft: the fields; only `name` is required.
        override_reason: why warnings were passed; kept in the history.
        origin: mark of the screen, for the notice.

    Raises:
        InputError: a field cannot be taken.
        NotAllowedError: the role does not include it.

    Writes: person, household, person_role, distinct_pair, duplicate_case.
    """
    actor.require(Right.REGISTER)
    reading = sound(read_person(draft.values, local_date(store.clock)))
    with unit(store, actor, "person.register", reason=override_reason, origin=origin) as work:
        warnings = (*reading.warnings, *same_nik_warnings(work.session, reading.values, None))
        person = add_person(work, reading.values, draft.uid)
        for role in draft.roles:
            put_role(work, person.id, role)
        note_told(work, person.id, draft.told)
    return Registered(person.id, work.act, warnings)


def correct_person(
    store: Store,
    actor: Actor,
    person: bytes,
    touched: Touched,
    *,
    override_reason: str | None = None,
    origin: str = "",
) -> Corrected:
    """Correct what the officer touched, and nothing else.

    Args:
        store: the opened store.
        actor: who corrects.
        person: the person's id.
        touched: typed values by field (`no_kk` moves the person to that household), and
            the dots the form was loaded with.
        override_reason: why warnings were passed.
        origin: mark of the screen.

    Raises:
        InputError: a field cannot be taken.
        NotFoundError: no such person here.

    Writes: person, household.
    """
    actor.require(Right.REGISTER)
    with unit(store, actor, "person.correct", reason=override_reason, origin=origin) as work:
        warnings = edit_person(work, person, touched)
    overtaken = tuple(name for record, name in work.result.concurrent if record == person)
    return Corrected(work.act if work.result.records else b"", warnings, overtaken)


def sound(reading: Reading) -> Reading:
    """Pass a reading on, or refuse it with everything that is wrong.

    Raises:
        InputError: a field cannot be taken.
    """
    if reading.errors:
        raise InputError(reading.errors)
    return reading


def add_person(work: Work, values: Mapping[str, Any], uid: bytes | None = None) -> Person:
    """Add a person inside an open unit.

    Args:
        work: the open unit.
        values: canonical values, `no_kk` included.
        uid: wanted id; taken when it is free.

    Raises:
        RuleBrokenError: the wanted id is taken.

    Writes: person, household.
    """
    if uid is not None and work.session.get(Person, uid) is not None:
        raise RuleBrokenError("Warga dengan nomor data ini sudah ada di laptop ini.")
    columns = {name: value for name, value in values.items() if name in COLUMNS}
    person = Person(id=uid or new_id(), **columns)
    no_kk = values.get("no_kk")
    if no_kk:
        person.household = household_for(work, str(no_kk), values, person.id)
    work.session.add(person)
    return person


def edit_person(work: Work, person: bytes, touched: Touched) -> tuple[FieldProblem, ...]:
    """Edit a person inside an open unit; only the touched fields, over the form's bases.

    Returns:
        What the officer should still look at.

    Raises:
        InputError: a field cannot be taken.

    Writes: person, household.
    """
    row = work.get(Person, person)
    known = known_values(work.session, row)
    reading = sound(read_person(touched.values, local_date(work.store.clock), known=known))
    values = {name: one for name, one in reading.values.items() if name in COLUMNS}
    changed: dict[str, Any] = {
        name: one for name, one in values.items() if getattr(row, name) != one
    }
    if "no_kk" in reading.values and reading.values["no_kk"] != known["no_kk"]:
        changed["household"] = _move(work, row, reading.values["no_kk"], {**known, **values})
    work.edit(row, Touched(changed, touched.bases))
    return (*reading.warnings, *same_nik_warnings(work.session, values, person))


def _move(work: Work, row: Person, no_kk: FieldValue, values: Mapping[str, Any]) -> bytes | None:
    if not no_kk:
        return None
    household = household_for(work, str(no_kk), values, row.id)
    if audience_of(work.session, row.id) != Audience.VILLAGE:
        work.session.flush()
        work.widen(work.get(Household, household), Audience.DISTRICT)
    return household


def put_role(work: Work, person: bytes, role: str, *, present: bool = True) -> None:
    """Give a person a role, or note that they no longer have it.

    Raises:
        RuleBrokenError: no such role.

    Writes: person_role.
    """
    if role not in ROLES:
        raise RuleBrokenError("Peran warga ini tidak dikenal.")
    row = work.session.get(PersonRole, role_id(person, role))
    if row is None and present:
        since = local_date(work.store.clock).isoformat()
        work.session.add(
            PersonRole(id=role_id(person, role), person=person, role=role, present=1, since=since)
        )
    elif row is not None and row.present != int(present):
        row.present = int(present)
    work.session.flush()


def audience_of(session: Session, record: bytes) -> str:
    """Who may read a record: an `Audience` value."""
    version = Versions(session.connection()).row(record)
    return AUDIENCES[version.reach] if version else Audience.VILLAGE


def same_nik(
    session: Session, nik: str | None, *, but_not: bytes | None = None
) -> tuple[SamePerson, ...]:
    """Live people of this village who carry exactly this NIK.

    Args:
        session: either lane.
        nik: 16 digits; None finds nobody.
        but_not: the person whose form is open.
    """
    if not nik:
        return ()
    ids = session.connection().exec_driver_sql(
        "SELECT id FROM person WHERE nik=? AND state IS NULL ORDER BY id", (nik,)
    )
    found = [session.get_one(Person, row[0]) for row in ids if row[0] != but_not]
    return tuple(
        SamePerson(one.id, one.name or "", f"{one.name}, Dusun {one.dusun}" if one.dusun
                   else one.name or "")
        for one in found
    )  # fmt: skip


def same_nik_warnings(
    session: Session, values: Mapping[str, Any], but_not: bytes | None
) -> tuple[FieldProblem, ...]:
    """The warning that somebody already carries this NIK; it never blocks."""
    found = same_nik(session, values.get("nik"), but_not=but_not)
    if not found:
        return ()
    names = "; ".join(one.line for one in found[:3])
    sentence = f"NIK ini sudah tercatat atas nama {names}. Bandingkan kedua data sebelum menyimpan."
    return (FieldProblem("nik", "nik_same", sentence, is_warning=True),)


def known_values(session: Session, row: Person) -> dict[str, Any]:
    """Every field of a loaded person, `no_kk` included."""
    known: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS}
    known["no_kk"] = no_kk_of(session, row.household)
    return known


def no_kk_of(session: Session, household: bytes | None) -> str | None:
    """The No. KK of a household; None without one."""
    if household is None:
        return None
    return session.scalar(sa.select(Household.no_kk).where(Household.id == household))
