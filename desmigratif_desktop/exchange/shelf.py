"""The shelf of frames: sealed ones and received ones, with the same bytes for ever.

All functions take an open connection, so that a pointer moves only in the transaction
that stores what it points past.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from desmigratif_desktop.records.versions import AUDIENCES
from desmigratif_sync.protocol.entries import Audience, Dot
from desmigratif_sync.protocol.frames import NO_FRAME, FrameHeader, frame_hash, read_header
from desmigratif_sync.protocol.keys import digest
from desmigratif_sync.protocol.messages import NO_CHAIN, Cursor, Held

SHARED: tuple[str, ...] = (str(Audience.VILLAGE), str(Audience.DISTRICT))
"""The streams that this laptop writes and reads, in order of reach."""


class Stream(NamedTuple):
    """One device's stream of one epoch."""

    device: bytes
    epoch: bytes
    audience: str


class End(NamedTuple):
    """Where a stream ends on the shelf: number of its last entry, hash of its last frame."""

    last: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class WaitingFrame:
    """A received frame that is not applied yet."""

    no: int
    stream: Stream
    first: int
    chained: bool
    state: str
    reason: str | None


class Verdict(NamedTuple):
    """How a received frame is kept: state, reason, and whether its chain is whole."""

    state: str
    reason: str | None = None
    chained: bool = False


def end_of(connection: Any, stream: Stream) -> End:
    """The last frame of a stream up to which the chain is whole here."""
    row = connection.exec_driver_sql(
        "SELECT last, hash FROM frame WHERE device=? AND epoch=? AND audience=?"
        " AND chained=1 ORDER BY last DESC LIMIT 1",
        tuple(stream),
    ).one_or_none()
    return End(*row) if row else End(0, NO_FRAME)


def put_own(connection: Any, frames: list[bytes]) -> None:
    """Put freshly sealed frames on the shelf."""
    for raw in frames:
        _put(connection, raw, read_header(raw), Verdict("sealed", chained=True), own=1)


def put_received(
    connection: Any, raw: bytes, header: FrameHeader, verdict: Verdict, seq: int
) -> None:
    """Put a received frame on the shelf."""
    _put(connection, raw, header, verdict, own=0, seq=seq)


def put_unreadable(connection: Any, raw: bytes, name: bytes, *, seq: int, reason: str) -> None:
    """Keep bytes that are no frame at all, so that nothing that arrived is lost."""
    connection.exec_driver_sql(
        "INSERT INTO frame (hash, device, epoch, audience, first, last, own, held, chained, state,"
        " seq, reason, sealed) VALUES (?, x'', x'', '', 0, 0, 0, 1, 0, 'quarantine', ?, ?, ?)"
        " ON CONFLICT (hash) DO NOTHING",
        (name, seq, reason, raw),
    )


def _put(
    connection: Any,
    raw: bytes,
    header: FrameHeader,
    verdict: Verdict,
    *,
    own: int,
    seq: int | None = None,
) -> None:
    connection.exec_driver_sql(
        "INSERT INTO frame (hash, device, epoch, audience, first, last, own, held, chained, state,"
        " seq, reason, sealed) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (_name(raw, verdict), header.device, header.epoch, header.audience, header.first,
         header.last, own, int(not own), int(verdict.chained), verdict.state, seq,
         verdict.reason, raw),
    )  # fmt: skip


def _name(raw: bytes, verdict: Verdict) -> bytes:
    """A frame's hash once it is proved; before, its bytes', so that a forgery takes no place."""
    return frame_hash(raw) if verdict.chained else digest(raw)


def knows(connection: Any, name: bytes) -> bool:
    """Whether a frame of this hash lies on the shelf."""
    found = connection.exec_driver_sql("SELECT 1 FROM frame WHERE hash=?", (name,))
    return found.one_or_none() is not None


def unheld(connection: Any, limit: int) -> list[tuple[int, int, int]]:
    """Own frames that the server does not hold: (no, bytes, entries), in their order."""
    rows = connection.exec_driver_sql(
        "SELECT no, length(sealed), last - first + 1 FROM frame WHERE own=1 AND held=0"
        " ORDER BY no LIMIT ?",
        (limit,),
    )
    return [tuple(row) for row in rows]


def count_unheld(connection: Any) -> int:
    """How many own frames the server does not hold."""
    return _number(connection, "SELECT count(*) FROM frame WHERE own=1 AND held=0")


def count_state(connection: Any, state: str) -> int:
    """How many received frames are in a state."""
    return _number(connection, "SELECT count(*) FROM frame WHERE own=0 AND state=?", state)


def count_refused(connection: Any) -> int:
    """Own frames that the server refused when they were last offered."""
    query = "SELECT count(*) FROM frame WHERE own=1 AND held=0 AND reason IS NOT NULL"
    return _number(connection, query)


def _number(connection: Any, query: str, *values: object) -> int:
    return int(connection.exec_driver_sql(query, values).scalar_one())


def sealed_bytes(connection: Any, no: int) -> bytes:
    """The bytes of one frame."""
    return bytes(
        connection.exec_driver_sql("SELECT sealed FROM frame WHERE no=?", (no,)).scalar_one()
    )


def mark_verdict(connection: Any, no: int, *, is_safe: bool, seq: int, reason: str | None) -> None:
    """Note what the server's signed answer said of one frame."""
    connection.exec_driver_sql(
        "UPDATE frame SET held=max(held, ?), seq=coalesce(nullif(?, 0), seq), reason=? WHERE no=?",
        (int(is_safe), seq, reason, no),
    )


def settle_held(connection: Any, device: bytes, held: tuple[Held, ...]) -> None:
    """Make the server's word the truth about what is safe there.

    A frame beyond what the server holds goes back to the unsent ones: the server was
    restored from an old backup, or never stored it.
    """
    sql = connection.exec_driver_sql
    ends = {(one.epoch, one.audience): one.last for one in held if one.device == device}
    streams = sql("SELECT DISTINCT epoch, audience FROM frame WHERE own=1 AND device=?", (device,))
    for epoch, audience in streams.all():
        last = ends.get((epoch, audience), 0)
        sql(
            "UPDATE frame SET held = last <= ? WHERE own=1 AND device=? AND epoch=? AND audience=?"
            " AND held <> (last <= ?)",
            (last, device, epoch, audience, last),
        )
    sql("UPDATE frame SET state='applied', reason=NULL WHERE own=1 AND held=1 AND state='sealed'")


def cursors(connection: Any) -> tuple[Cursor, ...]:
    """Where this laptop stands in each shared stream of the village."""
    rows = connection.exec_driver_sql("SELECT audience, seq, chain FROM cursor").all()
    known = {row[0]: Cursor(*row) for row in rows}
    return tuple(known.get(audience, Cursor(audience, 0, NO_CHAIN)) for audience in SHARED)


def move_cursor(connection: Any, cursor: Cursor) -> None:
    """Stand elsewhere; only in the transaction that stores the frames before it."""
    connection.exec_driver_sql(
        "INSERT INTO cursor VALUES (?,?,?) ON CONFLICT (audience) DO UPDATE SET"
        " seq=excluded.seq, chain=excluded.chain",
        (cursor.audience, cursor.seq, cursor.chain),
    )


def vector(connection: Any) -> tuple[Dot, ...]:
    """The highest number held of every stream; chains are checked, so without a gap."""
    rows = connection.exec_driver_sql(
        "SELECT device, epoch, audience, max(last) FROM frame WHERE chained=1"
        " GROUP BY device, epoch, audience"
    )
    return tuple(Dot(*row) for row in rows)


def waiting(connection: Any) -> list[WaitingFrame]:
    """Received frames not applied yet: narrow streams first, each in its order."""
    rows = connection.exec_driver_sql(
        "SELECT no, device, epoch, audience, first, chained, state, reason FROM frame"
        " WHERE state IN ('stored','parked')"
    ).all()
    found = [
        WaitingFrame(one[0], Stream(*one[1:4]), one[4], bool(one[5]), *one[6:]) for one in rows
    ]
    return sorted(found, key=lambda one: (AUDIENCES.index(one.stream.audience), one.first, one.no))


def judge_again(connection: Any, no: int, verdict: Verdict) -> None:
    """Move a received frame on."""
    name = _name(sealed_bytes(connection, no), verdict)
    connection.exec_driver_sql(
        "UPDATE frame SET state=?, reason=?, chained=?, hash=? WHERE no=?",
        (verdict.state, verdict.reason, int(verdict.chained), name, no),
    )


def try_set_aside_again(connection: Any) -> None:
    """Give frames another chance whose chain is whole but whose body could not be read.

    A newer program may read what an older one could not.
    """
    connection.exec_driver_sql(
        "UPDATE frame SET state='parked' WHERE state='quarantine' AND chained=1"
    )


def set_aside(connection: Any) -> list[int]:
    """Received frames that cannot be taken."""
    rows = connection.exec_driver_sql("SELECT no FROM frame WHERE state='quarantine' ORDER BY no")
    return [row[0] for row in rows]


def told_of(connection: Any, no: int) -> tuple[str, int, int, str]:
    """What is told of one frame: stream, first and last entry, reason."""
    row = connection.exec_driver_sql(
        "SELECT audience, first, last, coalesce(reason, '') FROM frame WHERE no=?", (no,)
    ).one()
    return tuple(row)
