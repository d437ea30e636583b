"""Cases and decisions as rows, inside an open unit: open one, tell two people apart.

Ids derive from the ordered pair, so two laptops that find or decide the same meet in one
record, and nothing stands in it that they could fill differently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.people.model import (
    DistinctPair,
    DuplicateCase,
    case_id,
    distinct_id,
    pair_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from desmigratif_desktop.people.radar.values import Told
    from desmigratif_desktop.records.unit_of_work import Work

OPEN: Final = "open"
DISTINCT: Final = "distinct"


def open_case(work: Work, left: bytes, right: bytes) -> bool:
    """Open the case of two people, unless it is open, decided, or they were told apart.

    Returns:
        Whether it is new.

    Writes: duplicate_case.
    """
    if left == right or is_distinct(work.session, left, right):
        return False
    if work.session.get(DuplicateCase, case_id(left, right)) is not None:
        return False
    first, second = pair_of(left, right)
    work.session.add(DuplicateCase(id=case_id(left, right), first=first, second=second))
    return True


def is_distinct(session: Session, left: bytes, right: bytes) -> bool:
    """Whether an officer said that two people are not one."""
    row = session.get(DistinctPair, distinct_id(left, right))
    return row is not None and row.present == 1 and row.state is None


def part(work: Work, left: bytes, right: bytes) -> None:
    """Keep for ever that two people are not one; an open case of theirs is settled.

    Writes: distinct_pair, duplicate_case.
    """
    if left == right:
        return
    first, second = pair_of(left, right)
    row = work.session.get(DistinctPair, distinct_id(left, right))
    if row is None:
        row = DistinctPair(id=distinct_id(left, right), first=first, second=second)
        work.session.add(row)
    if row.present != 1:
        row.present = 1
    case = work.session.get(DuplicateCase, case_id(left, right))
    if case is not None and case.decision != DISTINCT:
        case.decision = DISTINCT


def unpart(work: Work, left: bytes, right: bytes) -> None:
    """Take back that two people are not one; they may be asked about again.

    Writes: distinct_pair, duplicate_case.
    """
    row = work.session.get(DistinctPair, distinct_id(left, right))
    if row is not None and row.present:
        row.present = 0
    case = work.session.get(DuplicateCase, case_id(left, right))
    if case is not None and case.decision == DISTINCT:
        case.decision = OPEN


def note_told(work: Work, person: bytes, told: Told) -> None:
    """Keep what was decided beside the form of a person who is saved only now.

    Writes: distinct_pair, duplicate_case.
    """
    for other in told.distinct:
        part(work, person, other)
    for other in _rest(told):
        open_case(work, person, other)


def _rest(told: Told) -> Iterable[bytes]:
    return (one for one in told.alike if one not in told.distinct)
