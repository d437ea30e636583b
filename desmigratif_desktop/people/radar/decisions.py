"""What an officer decides about two people who may be one, and what still waits.

*Bukan orang ini* is kept, syncs and is never asked again. *Orang yang sama* completes the
old record with the values that were chosen; joining two records under one id is a merge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desmigratif_desktop.people.persons import edit_person
from desmigratif_desktop.people.radar.cases import open_case, part, unpart
from desmigratif_desktop.people.values import Corrected
from desmigratif_desktop.records.actors import Right
from desmigratif_desktop.records.unit_of_work import unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.unit_of_work import Touched

CHUNK = 500
_OPEN = (
    " FROM duplicate_case c JOIN person a ON a.id=c.first JOIN person b ON b.id=c.second"
    " WHERE c.state IS NULL AND coalesce(c.decision,'open')='open'"
    " AND a.state IS NULL AND b.state IS NULL AND NOT EXISTS (SELECT 1 FROM distinct_pair d"
    " WHERE d.first=c.first AND d.second=c.second AND d.present=1 AND d.state IS NULL)"
)


def tell_apart(store: Store, actor: Actor, left: bytes, right: bytes, *, origin: str = "") -> bytes:
    """*Bukan orang ini*: two people are not one.

    Args:
        store: the opened store.
        actor: who decides.
        left: one of the two.
        right: the other.
        origin: mark of the screen.

    Returns:
        The act, for an undo.

    Raises:
        NotAllowedError: the role does not include it.

    Writes: distinct_pair, duplicate_case.
    """
    actor.require(Right.REGISTER)
    with unit(store, actor, "duplicate.distinct", origin=origin) as work:
        part(work, left, right)
    return work.act


def ask_again(store: Store, actor: Actor, left: bytes, right: bytes) -> bytes:
    """Take *bukan orang ini* back.

    Returns:
        The act.

    Writes: distinct_pair, duplicate_case.
    """
    actor.require(Right.REGISTER)
    with unit(store, actor, "duplicate.again") as work:
        unpart(work, left, right)
    return work.act


def open_cases_for(store: Store, actor: Actor, pairs: Iterable[tuple[bytes, bytes]]) -> int:
    """Keep what a search over the whole register found, so that it waits for a decision.

    Returns:
        How many cases are new.

    Writes: duplicate_case.
    """
    actor.require(Right.REGISTER)
    wanted = list(pairs)
    new = 0
    for start in range(0, len(wanted), CHUNK):
        with unit(store, actor, "duplicate.search", bulk=True) as work:
            new += sum(open_case(work, *one) for one in wanted[start : start + CHUNK])
    return new


def complete_person(
    store: Store,
    actor: Actor,
    person: bytes,
    touched: Touched,
    *,
    other: bytes | None = None,
    override_reason: str | None = None,
    origin: str = "",
) -> Corrected:
    """*Orang yang sama*: write the chosen values, and only those, to the old record.

    Args:
        store: the opened store.
        actor: who decides.
        person: the old record.
        touched: chosen values, with the dots the comparison was loaded with.
        other: a second record of the same person; its case stays open for a merge.
        override_reason: why warnings were passed.
        origin: mark of the screen.

    Raises:
        InputError: a value cannot be taken.
        NotFoundError: no such person here.

    Writes: person, household, duplicate_case.
    """
    actor.require(Right.REGISTER)
    with unit(store, actor, "person.complete", reason=override_reason, origin=origin) as work:
        warnings = edit_person(work, person, touched)
        if other is not None:
            open_case(work, person, other)
    overtaken = tuple(name for record, name in work.result.concurrent if record == person)
    return Corrected(work.act if work.result.records else b"", warnings, overtaken)


def open_cases(session: Session, limit: int = 1_000) -> tuple[tuple[bytes, bytes], ...]:
    """Pairs of live people that wait for a decision."""
    found: Any = session.connection().exec_driver_sql(
        f"SELECT c.first, c.second{_OPEN} ORDER BY c.second DESC, c.first LIMIT ?", (limit,)
    )
    return tuple((first, second) for first, second in found)


def count_open_cases(session: Session) -> int:
    """How many pairs wait for a decision."""
    return int(session.connection().exec_driver_sql(f"SELECT count(*){_OPEN}").scalar_one())
