"""Frames that arrived: verified, put on the shelf, then applied slice by slice.

Receipt is not application. A frame that cannot be taken is set aside with its reason and
never blocks another device's; one that came before what it builds on waits.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.exchange import link, shelf
from desmigratif_desktop.exchange.shelf import SHARED, Stream, Verdict, WaitingFrame
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.merge import GapError, apply_entries, carry_followers
from desmigratif_desktop.records.versions import AUDIENCES
from desmigratif_sync.protocol.frames import (
    FrameError,
    FrameHeader,
    FrameResult,
    check_chain,
    frame_hash,
    open_frame,
    read_header,
    verify_frame,
)
from desmigratif_sync.protocol.keys import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.records.engine import Store
    from desmigratif_sync.protocol.entries import Entry

SLICE_S = 0.035
"""A slice aims at this, so that it stays under 50 ms and the officer's save gets in."""
FIRST_SLICE = 24
MAX_SLICE = 400


@dataclass(slots=True)
class Applying:
    """What applying came to.

    Attributes:
        entries: newly applied.
        unread: of them, those with parts this program does not know.
        longest_ms: the longest single hold of the writer lane.
    """

    entries: int = 0
    unread: int = 0
    longest_ms: float = 0.0


@dataclass(slots=True)
class _Pace:
    """How many entries fit one slice, learnt while going."""

    size: int = FIRST_SLICE
    spent: float = field(default=0.0)

    def learn(self, done: int, seconds: float) -> None:
        self.spent = max(self.spent, seconds)
        fitting = int(done * SLICE_S / max(seconds, 1e-4))
        self.size = max(1, min(MAX_SLICE, fitting, self.size * 2))


def take(store: Store, connection: Any, raw: bytes, seq: int) -> bool:
    """Verify one frame and put it on the shelf, inside the caller's transaction.

    Args:
        store: the opened store.
        connection: the writer lane.
        raw: the frame as it arrived.
        seq: its number in the village's stream.

    Returns:
        Whether it is new here.
    """
    try:
        header, name = read_header(raw), frame_hash(raw)
    except FrameError as broken:
        shelf.put_unreadable(connection, raw, digest(raw), seq=seq, reason=str(broken.result))
        return True
    if shelf.knows(connection, name) or shelf.knows(connection, digest(raw)):
        return False
    verdict = _judge(store, connection, raw, header)
    shelf.put_received(connection, raw, header, verdict, seq)
    return True


def _judge(store: Store, connection: Any, raw: bytes, header: FrameHeader) -> Verdict:
    why = _foreign(store, header)
    if why is not None:
        return Verdict("quarantine", why)
    public = link.public_keys(connection).get(header.device)
    if public is None:
        return Verdict("parked", "unknown_device")
    try:
        verify_frame(raw, public)
        end = shelf.end_of(connection, Stream(header.device, header.epoch, header.audience))
        check_chain(header, end.last, end.hash)
    except FrameError as broken:
        if broken.result == FrameResult.BAD_CHAIN:
            return Verdict("parked", "waits")
        return Verdict("quarantine", str(broken.result))
    return Verdict("stored", chained=True)


def _foreign(store: Store, header: FrameHeader) -> str | None:
    if header.practice != store.replica.practice:
        return "practice"
    if header.village != store.replica.village:
        return str(FrameResult.WRONG_VILLAGE)
    return None if header.audience in SHARED else str(FrameResult.NOT_ALLOWED)


def apply_waiting(
    store: Store,
    *,
    told: Callable[[int, int], None] = lambda _entries, _left: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Applying:
    """Apply every frame on the shelf whose ground is laid, until none is left that can.

    Args:
        store: the opened store.
        told: called with (entries applied so far, frames left).
        cancelled: asked between slices; what is applied stays.
    """
    _follow_left_over(store)
    with store.write() as connection:
        shelf.try_set_aside_again(connection)
    done = Applying()
    pace = _Pace()
    moved = True
    while moved and not cancelled():
        with store.read() as session:
            frames = shelf.waiting(session.connection())
        moved = False
        for place, frame in enumerate(frames):
            if cancelled():
                break
            moved |= _apply_frame(store, frame, done, pace, cancelled)
            told(done.entries, len(frames) - place - 1)
    done.longest_ms = pace.spent * 1000
    return done


def _apply_frame(
    store: Store, frame: WaitingFrame, done: Applying, pace: _Pace, cancelled: Callable[[], bool]
) -> bool:
    """Apply one frame if it can be; tell whether anything moved."""
    with store.read() as session:
        raw = shelf.sealed_bytes(session.connection(), frame.no)
    header = read_header(raw)
    if not frame.chained and not _chain_now(store, frame, raw, header):
        return False
    with store.read() as session:
        connection = session.connection()
        public = link.public_keys(connection)[header.device]
        is_grounded = _is_grounded(connection, frame, header)
    if not is_grounded:
        _move(store, frame, Verdict("parked", "waits", chained=True))
        return False
    try:
        entries = open_frame(raw, public).entries
        whole = _apply_slices(store, entries, done, pace, cancelled)
    except FrameError as broken:
        _move(store, frame, Verdict("quarantine", str(broken.result), chained=True))
        return False
    except GapError:
        return False
    if whole:
        _move(store, frame, Verdict("applied", chained=True))
    return whole


def _move(store: Store, frame: WaitingFrame, verdict: Verdict) -> None:
    if verdict != (frame.state, frame.reason, frame.chained):
        with store.write() as connection:
            shelf.judge_again(connection, frame.no, verdict)


def _chain_now(store: Store, frame: WaitingFrame, raw: bytes, header: FrameHeader) -> bool:
    """Look again at a frame that came too early, or from a device nobody knew."""
    with store.read() as session:
        verdict = _judge(store, session.connection(), raw, header)
    _move(store, frame, verdict)
    return verdict.chained


def _is_grounded(connection: Any, frame: WaitingFrame, header: FrameHeader) -> bool:
    """Whether everything that a frame builds on is applied here."""
    heads = changelog.heads(connection)
    if (
        frame.first
        > heads.get((frame.stream.device, frame.stream.epoch, frame.stream.audience), 0) + 1
    ):
        return False
    return all(
        heads.get((one.device, one.epoch, one.audience), 0) >= one.seq
        for one in header.deps
        if one.audience in SHARED
    )


def _apply_slices(
    store: Store,
    entries: tuple[Entry, ...],
    done: Applying,
    pace: _Pace,
    cancelled: Callable[[], bool],
) -> bool:
    at = 0
    while at < len(entries):
        if cancelled():
            return False
        part = entries[at : at + pace.size]
        widens = any(one.carries for one in part)
        if widens:
            _expect_followers(store, part)
        began = time.perf_counter()
        applied = apply_entries(store, part)
        pace.learn(len(part), time.perf_counter() - began)
        done.entries += applied.entries
        done.unread += applied.unread
        if widens:
            carry_followers(store, applied.follow)
            _forget_followers(store)
        at += len(part)
    return True


def _expect_followers(store: Store, entries: tuple[Entry, ...]) -> None:
    """Write down which records a slice widens, so that a power cut forgets none of ours."""
    reach = {
        carry.record: AUDIENCES.index(entry.dot.audience)
        for entry in entries
        for carry in entry.carries
    }
    with store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO follow VALUES (?,?) ON CONFLICT (record) DO NOTHING", list(reach.items())
        )


def _forget_followers(store: Store) -> None:
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM follow")


def _follow_left_over(store: Store) -> None:
    """Carry what a power cut between an apply and its follow-up had left."""
    with store.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT f.record, f.reach FROM follow f JOIN row_version USING (record)"
        )
        left = {row[0]: row[1] for row in rows}
    if left:
        carry_followers(store, left)
        _forget_followers(store)
