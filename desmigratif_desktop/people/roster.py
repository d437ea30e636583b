"""The people of the village as lists and pages show them: find, page, count, show.

Everything here reads; nothing writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.contacts import mask_phone
from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.foundation.identity import mask_nik
from desmigratif_desktop.foundation.partial_dates import age_on
from desmigratif_desktop.people import words
from desmigratif_desktop.people.fields import PERSON_FIELDS
from desmigratif_desktop.people.households import members_of
from desmigratif_desktop.people.model import Person, PersonRole
from desmigratif_desktop.people.persons import audience_of, known_values
from desmigratif_desktop.people.rules import ROLES
from desmigratif_desktop.people.values import FieldValue, PeoplePage, PersonRow, PersonView
from desmigratif_desktop.records import changelog, paging, search

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store

PAGE: Final = 60
_FILTERS: Final = frozenset({"dusun", "role", "without_nik"})


def find_people(
    store: Store, session: Session, text: str, limit: int = 50
) -> tuple[PersonRow, ...]:
    """People whose name, nickname or NIK begins with each typed word.

    Args:
        store: the opened store.
        session: the reader lane.
        text: what was typed; any characters.
        limit: at most this many.
    """
    ids = search.find(session, store.registry, text, kind="person", limit=limit)
    return rows_of(session, ids, local_date(store.clock))


def page_people(
    store: Store,
    session: Session,
    *,
    after: tuple[str, bytes] | None = None,
    limit: int = PAGE,
    **filters: Any,
) -> PeoplePage:
    """One page of the people by name; never skips or repeats a row.

    Args:
        store: the opened store.
        session: the reader lane.
        after: key of the last row of the page before; None = the first page.
        limit: rows a page.
        filters: `dusun="Krajan"`, `role="cpmi"`, `without_nik=True`.
    """
    query = _filtered(sa.select(Person.name_key, Person.id), filters)
    found = paging.page(session, query, Person.name_key, Person.id, after=after, limit=limit)
    rows = rows_of(session, [one.id for one in found.rows], local_date(store.clock))
    return PeoplePage(rows, found.after)


def count_people(session: Session, **filters: Any) -> int:
    """How many live people the filters let through."""
    query = _filtered(sa.select(sa.func.count()).select_from(Person), filters)
    return int(session.scalar(query) or 0)


def hamlets(session: Session) -> tuple[str, ...]:
    """The hamlets people live in, for a filter."""
    query = sa.select(Person.dusun).where(Person.state.is_(None), Person.dusun.is_not(None))
    return tuple(sorted(one for one in session.scalars(query.distinct()) if one))


def _filtered(query: Any, filters: Mapping[str, Any]) -> Any:
    unknown = filters.keys() - _FILTERS
    if unknown:
        raise ValueError(f"unknown filters: {sorted(unknown)}")
    query = query.where(Person.state.is_(None))
    if filters.get("dusun"):
        query = query.where(Person.dusun == filters["dusun"])
    if filters.get("without_nik"):
        query = query.where(Person.nik.is_(None))
    if filters.get("role"):
        held = sa.select(PersonRole.person).where(
            PersonRole.role == filters["role"], PersonRole.present == 1
        )
        query = query.where(Person.id.in_(held))
    return query


def rows_of(session: Session, ids: Collection[bytes], today: date) -> tuple[PersonRow, ...]:
    """List rows of these people, in this order."""
    people = {one.id: one for one in session.scalars(sa.select(Person).where(Person.id.in_(ids)))}
    roles = roles_of(session, ids)
    return tuple(_row(people[one], roles.get(one, ()), today) for one in ids if one in people)


def roles_of(session: Session, ids: Collection[bytes]) -> dict[bytes, tuple[str, ...]]:
    """The roles in force of these people, in the programme's order."""
    query = sa.select(PersonRole.person, PersonRole.role).where(
        PersonRole.person.in_(ids), PersonRole.present == 1, PersonRole.state.is_(None)
    )
    held: dict[bytes, set[str]] = {}
    for person, role in session.execute(query):
        if person is None or role is None:
            continue
        held.setdefault(person, set()).add(role)
    return {person: tuple(one for one in ROLES if one in roles) for person, roles in held.items()}


def _row(person: Person, roles: tuple[str, ...], today: date) -> PersonRow:
    values = {"rt": person.rt, "rw": person.rw}
    subtitle = f"panggilan {person.alias}" if person.alias else person.bin_binti or ""
    return PersonRow(
        uid=person.id,
        name=person.name or "",
        subtitle=subtitle,
        nik_masked=mask_nik(person.nik),
        age=age_on(person.birth_date, today),
        sex=person.sex,
        dusun=person.dusun or "",
        units=words.units_line(values),
        roles=roles,
        role_label=words.role_label(roles),
        key=(person.name_key or "", person.id),
    )


def person_values(session: Session, person: bytes) -> dict[str, FieldValue]:
    """Every field of a live person by identifier, `no_kk` included.

    Raises:
        NotFoundError: no such person here.
    """
    row = session.get(Person, person)
    if row is None or row.state is not None:
        raise NotFoundError("Warga ini tidak ada di laptop ini.", "Cari lagi dari daftar.")
    known = known_values(session, row)
    return {one.name: known[one.name] for one in PERSON_FIELDS}


def show_person(store: Store, session: Session, person: bytes) -> PersonView:
    """A person page, in words.

    Raises:
        NotFoundError: no such person here.
    """
    values = person_values(session, person)
    row = session.get_one(Person, person)
    today = local_date(store.clock)
    roles = roles_of(session, (person,)).get(person, ())
    bases = changelog.bases(session, Person, person)
    born = values["birth_date"]
    return PersonView(
        uid=person,
        values=values,
        labels=words.labels_of(values, PERSON_FIELDS),
        bases=bases,
        roles=roles,
        role_labels=tuple(words.role_label((one,)) for one in roles),
        name=row.name or "",
        full_name=words.full_name(values),
        initials=words.initials(row.name or ""),
        nik_masked=mask_nik(row.nik),
        phone_masked=mask_phone(row.phone),
        age=age_on(str(born), today) if born else None,
        birth_line=words.birth_line(values, today),
        address_line=words.address_line(values),
        household=row.household,
        members=members_of(session, row.household, today),
        audience=audience_of(session, person),
        open_conflicts=_conflicts(store, session, person, bases),
    )


def _conflicts(
    store: Store, session: Session, person: bytes, bases: Mapping[str, tuple[Any, ...]]
) -> tuple[str, ...]:
    if all(len(dots) == 1 for dots in bases.values()):
        return ()
    found = changelog.open_conflicts(session, store.registry)
    return tuple(one.field for one in found if one.record == person)
