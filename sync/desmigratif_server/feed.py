"""Frames down: what a laptop lacks of its village's streams, within its budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from desmigratif_server.tables import frame, stream_head
from desmigratif_sync.protocol.limits import MAX_BUDGET
from desmigratif_sync.protocol.messages import NO_CHAIN, Cursor, StreamDown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desmigratif_sync.protocol.messages import SyncRequest

MAX_ROWS = 4_000
"""Stream rows looked at in one request."""


def news(
    connection: sa.Connection, village: str, request: SyncRequest
) -> tuple[tuple[StreamDown, ...], bool]:
    """The streams asked for, and whether another round would bring more."""
    if not request.budget:
        return (), False
    budget = _Budget(min(request.budget, MAX_BUDGET))
    vector = {dot[:3]: dot.seq for dot in request.vector}
    wanted = {cursor.audience: cursor for cursor in request.cursors}
    streams = []
    for cursor in wanted.values():
        at = stream_head.c
        query = sa.select(at.seq).where(at.village == village, at.audience == cursor.audience)
        head = connection.execute(query).scalar_one_or_none()
        if head is not None:
            streams.append(_stream(connection, village, (cursor, head), vector, budget))
    more = any(one.cursor.seq < one.head for one in streams)
    return tuple(streams), more


class _Budget:
    """Bytes left; the first frame of an answer always goes."""

    def __init__(self, left: int) -> None:
        self._left = left
        self._spent = False

    def spend(self, size: int) -> bool:
        if self._spent and size > self._left:
            return False
        self._left -= size
        self._spent = True
        return True


def _stream(
    connection: sa.Connection,
    village: str,
    place: tuple[Cursor, int],
    vector: Mapping[tuple[bytes, bytes, str], int],
    budget: _Budget,
) -> StreamDown:
    at = frame.c
    cursor, head = place
    here = (at.village == village, at.audience == cursor.audience)
    rewound = not _is_ours(connection, here, cursor)
    reached = Cursor(cursor.audience) if rewound else cursor
    query = sa.select(at.seq, at.device, at.epoch, at.last, at.chain, at.size)
    query = query.where(*here, at.seq > reached.seq).order_by(at.seq).limit(MAX_ROWS)
    chosen: list[int] = []
    for row in connection.execute(query):
        if vector.get((row.device, row.epoch, cursor.audience), 0) < row.last:
            if not budget.spend(row.size):
                break
            chosen.append(row.seq)
        reached = Cursor(cursor.audience, row.seq, row.chain)
    bodies = sa.select(at.seq, at.raw).where(*here, at.seq.in_(chosen)).order_by(at.seq)
    found = connection.execute(bodies).all() if chosen else []
    frames = tuple((row.seq, row.raw) for row in found)
    return StreamDown(reached, head, rewound, frames)


def _is_ours(
    connection: sa.Connection, here: Sequence[sa.ColumnElement[bool]], cursor: Cursor
) -> bool:
    """Whether the cursor stands on this server's own history."""
    if cursor.seq == 0:
        return cursor.chain == NO_CHAIN
    query = sa.select(frame.c.chain).where(*here, frame.c.seq == cursor.seq)
    return connection.execute(query).scalar_one_or_none() == cursor.chain
