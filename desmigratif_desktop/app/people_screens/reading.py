"""What the list of people reads: ids by filter, rows by page, the person peeked at.

Plain Python for the reader lane; no widget is known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desmigratif_desktop.features.migration_services.presenter import glance
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.people.model import Person, PersonRole
from desmigratif_desktop.people.roster import count_people, hamlets, rows_of, show_person
from desmigratif_desktop.records import search
from desmigratif_desktop.records.paging import ids_in_order

if TYPE_CHECKING:
    from collections.abc import Collection

    from desmigratif_desktop.features.migration_services.presenter.glance import Glance
    from desmigratif_desktop.people.values import PersonRow, PersonView
    from desmigratif_desktop.records.engine import Store

MOST_HITS = 2_000
MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the officer looks for.

    Attributes:
        text: typed words; role, dusun, country: "" for all.
        lacking: candidates whose documents are not all there.
        falling: from Z to A.
    """

    text: str = ""
    role: str = ""
    dusun: str = ""
    country: str = ""
    lacking: bool = False
    without_nik: bool = False
    falling: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether a chip is on."""
        return bool(self.role or self.dusun or self.country or self.lacking or self.without_nik)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer to `Wanted`.

    Attributes:
        ids: in display order.
        total: of the whole village.
        alike: rows with a like name, when nothing was found.
    """

    ids: tuple[bytes, ...]
    total: int
    hamlets: tuple[str, ...]
    countries: tuple[tuple[str, str], ...]
    alike: tuple[tuple[PersonRow, Glance | None], ...] = ()


def find(store: Store, wanted: Wanted) -> Found:
    """Ids of the people looked for, by name."""
    with store.read() as session:
        query = sa.select(Person.id).where(Person.state.is_(None))
        if wanted.text.strip():
            hits = search.find(session, store.registry, wanted.text, kind="person", limit=MOST_HITS)
            query = query.where(Person.id.in_(hits))
        if wanted.dusun:
            query = query.where(Person.dusun == wanted.dusun)
        if wanted.without_nik:
            query = query.where(Person.nik.is_(None))
        if wanted.role:
            held = sa.select(PersonRole.person).where(
                PersonRole.role == wanted.role,
                PersonRole.present == 1,
                PersonRole.state.is_(None),
            )
            query = query.where(Person.id.in_(held))
        if wanted.lacking:
            query = query.where(Person.id.in_(glance.lacking_documents()))
        if wanted.country:
            query = query.where(Person.id.in_(glance.bound_for(wanted.country)))
        key = Person.name_key.desc() if wanted.falling else Person.name_key
        ids = tuple(ids_in_order(session, query.order_by(key, Person.id)))
        places = hamlets(session)
        countries = glance.countries_named(session)
        total = count_people(session)
    alike = _alike(store, wanted.text) if not ids and wanted.text.strip() else ()
    return Found(ids, total, places, countries, alike)


def _alike(store: Store, text: str) -> tuple[tuple[PersonRow, Glance | None], ...]:
    """People whose name begins like the first typed word, ever shorter."""
    word = "".join(one for one in text.split(maxsplit=1)[0] if one.isalnum())
    for length in range(len(word) - 1, 2, -1):
        with store.read() as session:
            ids = search.find(session, store.registry, word[:length], limit=MOST_ALIKE)
        if ids:
            return tuple(rows(store, ids).values())
    return ()


def rows(store: Store, ids: Collection[bytes]) -> dict[bytes, tuple[PersonRow, Glance | None]]:
    """List rows with what stands of their migration."""
    with store.read() as session:
        found = glance.glances(session, ids)
        people = rows_of(session, ids, local_date(store.clock))
        return {one.uid: (one, found.get(one.uid)) for one in people}


@dataclass(frozen=True, slots=True)
class Peek:
    """A person beside the list."""

    view: PersonView
    glance: Glance | None


def peek(store: Store, person: bytes) -> Peek | None:
    """The person peeked at; None when they are gone meanwhile."""
    with store.read() as session:
        try:
            view = show_person(store, session, person)
        except NotFoundError:
            return None
        return Peek(view, glance.glances(session, (person,)).get(person))
