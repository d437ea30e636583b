"""Taking frames: verified before any lock, numbered without gaps under one row's lock.

A frame is stored as it came, or refused with a verdict of its own; the rest of the
request goes on. Frames of another laptop of the same village are welcome, whoever
carries them: the signature tells whose they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desmigratif_server.store import now_ms
from desmigratif_server.tables import author_head, device, frame, stream_head
from desmigratif_sync.protocol.frames import (
    NO_FRAME,
    FrameError,
    FrameResult,
    check_chain,
    frame_hash,
    read_header,
    verify_frame,
)
from desmigratif_sync.protocol.keys import digest
from desmigratif_sync.protocol.limits import MAX_RAW_BYTES
from desmigratif_sync.protocol.messages import DeviceState, FrameVerdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desmigratif_server.devices import DeviceRow
    from desmigratif_sync.protocol.frames import FrameHeader

MAX_VILLAGE_BYTES = 4 * 1024**3
"""Quota of one stream of one village; a real one needs some megabytes."""
CHAINED_AS = b"desmigratif stream 1\0"
WRITERS = frozenset({DeviceState.ACTIVE, DeviceState.REPLACED})


def next_chain(chain: bytes, name: bytes) -> bytes:
    """The stream's chain hash after one more frame."""
    return digest(CHAINED_AS, chain, name)


@dataclass(frozen=True, slots=True)
class Verified:
    """A frame that its device really sealed for this village and this kind of server."""

    raw: bytes
    header: FrameHeader
    name: bytes


def verify(
    raw: bytes, authors: Mapping[bytes, DeviceRow], village: str, *, practice: bool
) -> Verified:
    """Check everything that needs no database.

    Raises:
        FrameError: with the verdict.
    """
    header = read_header(raw)
    if header.village != village:
        raise FrameError(FrameResult.WRONG_VILLAGE, "another village")
    author = authors.get(header.device)
    if author is None or author.state not in WRITERS:
        raise FrameError(FrameResult.NOT_ALLOWED, "a device that may not write here")
    if header.practice != practice:
        raise FrameError(FrameResult.NOT_ALLOWED, "practice and real do not mix")
    if header.raw_len > MAX_RAW_BYTES:
        raise FrameError(FrameResult.TOO_LARGE, "body too large")
    verify_frame(raw, author.public)
    return Verified(raw, header, frame_hash(raw))


def take(
    connection: sa.Connection,
    village: str,
    checked: Sequence[Verified | FrameResult],
    *,
    via: bytes,
) -> tuple[FrameVerdict, ...]:
    """Store verified frames; one verdict each, in their order.

    The heads of the streams concerned are locked in a fixed order before the first
    decision, so two carriers of the same frame cannot both store it.
    """
    audiences = {one.header.audience for one in checked if isinstance(one, Verified)}
    heads = {audience: _Head.lock(connection, village, audience) for audience in sorted(audiences)}
    verdicts = [
        heads[one.header.audience].take(one, via)
        if isinstance(one, Verified)
        else FrameVerdict(one)
        for one in checked
    ]
    for head in heads.values():
        head.write_back()
    return tuple(verdicts)


class _Head:
    """One stream of one village while its row is locked."""

    def __init__(self, connection: sa.Connection, row: sa.Row[Any]) -> None:
        self._connection = connection
        self._village, self._audience = str(row.village), str(row.audience)
        self._seq, self._chain, self._bytes = row.seq, row.chain, row.stored_bytes
        self._moved = False

    @classmethod
    def lock(cls, connection: sa.Connection, village: str, audience: str) -> _Head:
        at = stream_head.c
        query = sa.select(stream_head).where(at.village == village, at.audience == audience)
        return cls(connection, connection.execute(query.with_for_update()).one())

    def take(self, one: Verified, via: bytes) -> FrameVerdict:
        known = self._known(one.header)
        if known is not None:
            same = known.hash == one.name
            return FrameVerdict(FrameResult.DUPLICATE, known.seq) if same else self._fork(one)
        last, prev, is_new = self._author(one.header)
        try:
            check_chain(one.header, last, prev)
        except FrameError as broken:
            if broken.result == FrameResult.FORK:
                return self._fork(one)
            return FrameVerdict(broken.result)
        if self._bytes + len(one.raw) > MAX_VILLAGE_BYTES:
            return FrameVerdict(FrameResult.QUOTA)
        self._store(one, via, is_new=is_new)
        return FrameVerdict(FrameResult.STORED, self._seq)

    def _known(self, header: FrameHeader) -> Any:
        at = frame.c
        query = sa.select(at.seq, at.hash).where(
            at.village == self._village,
            at.audience == self._audience,
            at.device == header.device,
            at.epoch == header.epoch,
            at.first == header.first,
        )
        return self._connection.execute(query).one_or_none()

    def _author(self, header: FrameHeader) -> tuple[int, bytes, bool]:
        query = sa.select(author_head.c.last, author_head.c.hash).where(*self._is_author(header))
        row = self._connection.execute(query).one_or_none()
        return (0, NO_FRAME, True) if row is None else (row.last, row.hash, False)

    def _is_author(self, header: FrameHeader) -> tuple[sa.ColumnElement[bool], ...]:
        at = author_head.c
        return (
            at.village == self._village,
            at.audience == self._audience,
            at.device == header.device,
            at.epoch == header.epoch,
        )

    def _fork(self, one: Verified) -> FrameVerdict:
        """Another history of the same device: nothing is stored, a person must look."""
        flag = sa.update(device).where(device.c.device == one.header.device)
        self._connection.execute(flag.values(flagged_at=now_ms()))
        return FrameVerdict(FrameResult.FORK)

    def _store(self, one: Verified, via: bytes, *, is_new: bool) -> None:
        header = one.header
        self._seq += 1
        self._chain = next_chain(self._chain, one.name)
        self._bytes += len(one.raw)
        self._moved = True
        whose = {
            "village": self._village,
            "audience": self._audience,
            "device": header.device,
            "epoch": header.epoch,
            "last": header.last,
            "hash": one.name,
        }
        facts = {
            "seq": self._seq,
            "first": header.first,
            "chain": self._chain,
            "received_at": now_ms(),
            "via": via,
            "size": len(one.raw),
            "raw": one.raw,
        }
        self._connection.execute(sa.insert(frame), whose | facts)
        if is_new:
            self._connection.execute(sa.insert(author_head), whose)
        else:
            moved = sa.update(author_head).where(*self._is_author(header))
            self._connection.execute(moved.values(last=header.last, hash=one.name))

    def write_back(self) -> None:
        if self._moved:
            at = stream_head.c
            row = sa.update(stream_head).where(
                at.village == self._village, at.audience == self._audience
            )
            values = {"seq": self._seq, "chain": self._chain, "stored_bytes": self._bytes}
            self._connection.execute(row.values(**values))
