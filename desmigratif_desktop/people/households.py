"""Family cards: found by their number, made when new, shown with their members.

A household's id derives from the village and its first No. KK, so two laptops that
enter one card apart converge to one household.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.foundation.identity import mask_nik
from desmigratif_desktop.foundation.partial_dates import age_on
from desmigratif_desktop.people.fields import FieldSpec, Holds
from desmigratif_desktop.people.model import Household, Person, household_id, village_id
from desmigratif_desktop.people.rules import read_touched
from desmigratif_desktop.people.values import FieldValue, HouseholdView, MemberLine
from desmigratif_desktop.people.words import address_line
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.actors import Actor, Right
from desmigratif_desktop.records.unit_of_work import Touched, Work, unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store

HEAD: Final = "kepala_keluarga"
SHARED: Final = ("address", "area_code", "rt", "rw", "dusun")
"""What a new household takes from its first member."""

HOUSEHOLD_FIELDS: Final = (
    FieldSpec("no_kk", "Nomor KK", Holds.NO_KK),
    FieldSpec("address", "Alamat"),
    FieldSpec("dusun", "Dusun"),
    FieldSpec("rt", "RT", Holds.UNIT),
    FieldSpec("rw", "RW", Holds.UNIT),
    FieldSpec("area_code", "Kode wilayah", Holds.AREA),
    FieldSpec("issued_on", "Tanggal terbit", Holds.PAST_DATE),
    FieldSpec("note", "Catatan", Holds.NOTE),
)


def with_number(session: Session, no_kk: str) -> bytes | None:
    """The live household that carries this No. KK now; the oldest when two do."""
    session.flush()
    found: bytes | None = (
        session.connection()
        .exec_driver_sql(
            "SELECT id FROM household WHERE no_kk=? AND state IS NULL ORDER BY id LIMIT 1", (no_kk,)
        )
        .scalar()
    )
    return found


def household_for(work: Work, no_kk: str, values: Mapping[str, FieldValue], member: bytes) -> bytes:
    """Find the household of a No. KK, or make it from its first member's address.

    Args:
        work: the open unit.
        no_kk: 16 digits.
        values: the member's fields; a head is noted where none is known.
        member: the person's id.

    Returns:
        The household's id.

    Writes: household.
    """
    is_head = values.get("household_relation") == HEAD
    found = with_number(work.session, no_kk)
    if found is not None:
        if is_head:
            household = work.session.get_one(Household, found)
            household.head = household.head or member
        return found
    village = work.store.replica.village
    identity = household_id(village, no_kk)
    if _is_taken(work.session, identity):
        identity = household_id(village, None)
    shared: dict[str, Any] = {name: values.get(name) for name in SHARED}
    made = Household(
        id=identity, no_kk=no_kk, village=village_id(village), head=member if is_head else None,
        **shared,
    )  # fmt: skip
    work.session.add(made)
    return identity


def _is_taken(session: Session, identity: bytes) -> bool:
    query = "SELECT 1 FROM household WHERE id=?"
    return session.connection().exec_driver_sql(query, (identity,)).scalar() is not None


def correct_household(
    store: Store,
    actor: Actor,
    household: bytes,
    touched: Touched,
    *,
    reason: str | None = None,
    origin: str = "",
) -> bytes:
    """Correct a household's touched fields.

    Returns:
        The act's id.

    Raises:
        InputError: a field cannot be taken.
        NotFoundError: no such household here.

    Writes: household.
    """
    actor.require(Right.REGISTER)
    today = local_date(store.clock)
    values: dict[str, Any] = dict(read_touched(HOUSEHOLD_FIELDS, touched.values, today))
    with unit(store, actor, "household.correct", reason=reason, origin=origin) as work:
        row = work.get(Household, household)
        changed = {name: one for name, one in values.items() if getattr(row, name) != one}
        work.edit(row, Touched(changed, touched.bases))
    return work.act


def members_of(session: Session, household: bytes | None, today: Any) -> tuple[MemberLine, ...]:
    """The live members, head first, then by the order of the card."""
    if household is None:
        return ()
    head = session.scalar(sa.select(Household.head).where(Household.id == household))
    query = sa.select(Person.id, Person.name, Person.household_relation, Person.birth_date).where(
        Person.household == household, Person.state.is_(None)
    )
    relations = reference.table("household_relation")
    order = {code: place for place, code in enumerate(relations.codes())}
    rows = sorted(
        session.execute(query).all(),
        key=lambda row: (row.id != head, order.get(row.household_relation or "", 99), row.id),
    )
    return tuple(
        MemberLine(
            row.id, row.name or "", relations.label(row.household_relation),
            age_on(row.birth_date, today), row.id == head,
        )
        for row in rows
    )  # fmt: skip


def show_household(store: Store, session: Session, household: bytes) -> HouseholdView:
    """A household page.

    Raises:
        NotFoundError: no such household here.
    """
    row = session.get(Household, household)
    if row is None or row.state is not None:
        raise NotFoundError("Kartu keluarga ini tidak ada di laptop ini.", "Cari lagi dari daftar.")
    today = local_date(store.clock)
    members = members_of(session, household, today)
    values = {one.name: getattr(row, one.name) for one in HOUSEHOLD_FIELDS}
    return HouseholdView(
        uid=row.id,
        values=values,
        no_kk_masked=mask_nik(row.no_kk),
        head_name=next((one.name for one in members if one.is_head), ""),
        address_line=address_line(values),
        members=members,
        bases=changelog.bases(session, Household, household),
    )
