"""Lists that stay fast at any length: pages found by key, never by counting rows.

The row-value form `(a, b) > (?, ?)` makes SQLite scan; the spelled-out form searches the
index (stack §1.6: 0.22 ms against 35-74 ms at a million rows).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute, Session

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list.

    Attributes:
        rows: at most `limit` rows, in order.
        after: key to ask the next page with; None on the last page.
    """

    rows: tuple[Row, ...]
    after: tuple[Any, bytes] | None


def page(
    session: Session,
    statement: Select[Any],
    key: InstrumentedAttribute[Any],
    identity: InstrumentedAttribute[bytes],
    *,
    after: tuple[Any, bytes] | None = None,
    limit: int = 200,
) -> Page[Any]:
    """Read one page of a statement, ordered by (key, id).

    Args:
        session: the reader lane.
        statement: a select whose first column is the key and second the id.
        key: an indexed column that is never NULL in the selection.
        identity: the id column.
        after: the `after` of the page before.
        limit: rows a page.
    """
    if after is not None:
        statement = statement.where(_beyond(key, identity, after))
    rows = session.execute(statement.order_by(key, identity).limit(limit + 1)).all()
    shown = tuple(rows[:limit])
    more = len(rows) > limit
    return Page(shown, (shown[-1][0], shown[-1][1]) if more else None)


def _beyond(
    key: InstrumentedAttribute[Any],
    identity: InstrumentedAttribute[bytes],
    after: tuple[Any, bytes],
) -> ColumnElement[bool]:
    value, last = after
    return and_(key >= value, or_(key > value, identity > last))


def ids_in_order(session: Session, statement: Select[Any]) -> list[bytes]:
    """All ids of a list in its order: 16 bytes each, 30-40 ms for 100,000 people."""
    return list(session.execute(statement).scalars())
