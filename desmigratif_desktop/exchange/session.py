"""One exchange: seal, talk until both sides have everything, apply.

The talk comes first and the applying after it, because a hotspot in a village may be
there for a minute. Only what the pinned server signed moves anything here; what it says
it holds is the truth, also after a cut line or a server restored from an old backup.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desmigratif_desktop.exchange import adopting, inbox, link, outbox, shelf, words
from desmigratif_desktop.exchange.values import (
    ExchangeOutcome,
    LinkState,
    Progress,
    RefusedFrame,
    Stage,
)
from desmigratif_desktop.foundation.errors import SyncRefusedError
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.actors import Right
from desmigratif_sync.client.http import HttpEndpoint
from desmigratif_sync.client.retry import delay_s, next_budget
from desmigratif_sync.protocol.endpoint import NotReachedError, RefusedError
from desmigratif_sync.protocol.frames import FrameResult
from desmigratif_sync.protocol.limits import MAX_BUDGET, MAX_FRAMES_A_REQUEST
from desmigratif_sync.protocol.messages import State, SyncAnswer, SyncRequest
from desmigratif_sync.protocol.problems import Code

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.records.engine import Store
    from desmigratif_sync.protocol.endpoint import SyncEndpoint

FIRST_BUDGET = 64 * 1024
LEAST_BUDGET = 16 * 1024
BREAKS_ALLOWED = 5
"""Breaks in a row within one exchange; afterwards the schedule decides when to try again."""
MENDABLE = frozenset({"offline", "timeout", "too_large", "unavailable"})
KB = 1024


def run_exchange(
    store: Store,
    *,
    url: str | None = None,
    progress: Callable[[Progress], None] = lambda _step: None,
    cancelled: Callable[[], bool] = lambda: False,
    pause: Callable[[float], None] = time.sleep,
) -> ExchangeOutcome:
    """Exchange everything new with the district.

    Runs on any thread but the one that paints. The store's writer lane is held for slices
    under 50 ms only, so officers go on working.

    Args:
        store: the opened store.
        url: another address of the same server; None = the pinned one.
        progress: called often, on this thread.
        cancelled: asked between requests and slices; what is done stays done.
        pause: waits between tries after a break.

    Raises:
        SyncRefusedError: not enrolled, or the district refused.
        UnreachableError: no answer that can be trusted; nothing was lost.
        NotAllowedError: the officer's role or slot cannot exchange.
    """
    if store.keys.actor is not None:
        store.keys.actor.require(Right.EXCHANGE)
    with store.read() as session:
        pinned = link.load(session.connection())
    if pinned is None:
        raise SyncRefusedError(
            "Laptop ini belum terdaftar di server kabupaten.",
            "Mintalah kode pendaftaran kepada kabupaten, lalu daftarkan laptop ini.",
        )
    if pinned.device != store.replica.device:
        raise SyncRefusedError(
            "Laptop ini memakai kunci baru sejak pemulihan.",
            "Mintalah kode pendaftaran baru kepada kabupaten, lalu daftarkan kembali.",
        )
    endpoint = HttpEndpoint(
        url or pinned.url,
        identity=pinned.identity,
        key=outbox.device_key(store),
        epoch=store.replica.epoch,
        counter=lambda passed: link.next_counter(store, passed),
    )
    try:
        failures = pinned.failures
        outcome = Exchange(store, endpoint, progress, cancelled, pause, failures=failures).run()
        store.remember_place(exchanged=True)
        return outcome
    finally:
        endpoint.close()


@dataclass(slots=True)
class _Count:
    """What happened so far."""

    sent: int = 0
    sent_entries: int = 0
    received: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    round_trips: int = 0
    left_down: int = 0
    breaks: int = 0
    skew_ms: int | None = None
    refused: dict[int, RefusedFrame] = field(default_factory=dict)


class Exchange:
    """One exchange over an endpoint; see `run_exchange`."""

    def __init__(
        self,
        store: Store,
        endpoint: SyncEndpoint,
        progress: Callable[[Progress], None] = lambda _step: None,
        cancelled: Callable[[], bool] = lambda: False,
        pause: Callable[[float], None] = time.sleep,
        *,
        failures: int = 0,
    ) -> None:
        self._store = store
        self._endpoint = endpoint
        self._progress = progress
        self._cancelled = cancelled
        self._pause = pause
        self._budget = max(LEAST_BUDGET, FIRST_BUDGET >> min(failures, 4))
        self._count = _Count()
        self._applied = inbox.Applying()
        self._state: State | None = None

    def run(self) -> ExchangeOutcome:
        """Run it.

        Raises:
            SyncRefusedError: the district refused.
            UnreachableError: no answer that can be trusted.
        """
        try:
            complete = self._run()
        except NotReachedError as broken:
            told = words.unreachable(broken)
            link.note_attempt(self._store, told.sentence, broken.retry_after_s)
            raise told from broken
        except RefusedError as broken:
            refused = words.refused(broken)
            self._note_refusal(broken, refused)
            raise refused from broken
        if complete:
            link.note_attempt(self._store, "", None)
        return self._outcome(complete=complete)

    def _run(self) -> bool:
        key = outbox.device_key(self._store)
        while True:
            recovered = adopting.has_stranded(self._store)
            if not recovered:  # else fetch first: the lost laptop may have sent them itself
                outbox.seal_new(self._store, key, told=lambda _frames: self._tell(Stage.SEAL))
            self._store.remember_place()
            try:
                finished = self._talk()
            finally:
                self._apply()
            if not finished or self._cancelled():
                return False
            if recovered:
                adopting.adopt_stranded(self._store)
                continue
            held = self._state.held if self._state else ()
            more = outbox.seal_former_epochs(self._store, key, held)
            more_new = outbox.seal_new(self._store, key)
            if not more.frames and not more_new.frames:
                return True

    def _talk(self) -> bool:
        """Requests until both sides have everything; False after a cancel."""
        while not self._cancelled():
            self._tell(Stage.TALK)
            began = time.monotonic()
            try:
                again = self._round()
            except NotReachedError as broken:
                self._mend(broken)
                continue
            self._count.breaks = 0
            seconds = time.monotonic() - began
            self._budget = next_budget(self._budget, seconds, broken=False, most=MAX_BUDGET)
            if not again:
                return True
        return False

    def _round(self) -> bool:
        """One request and its answer; tell whether another one would bring more."""
        numbers, request = self._request()
        self._count.round_trips += 1
        self._count.bytes_up += sum(map(len, request.frames))
        answer = self._endpoint.sync(request)
        moved = self._settle(numbers, answer)
        return moved and (answer.more or self._has_unsent())

    def _request(self) -> tuple[list[int], SyncRequest]:
        with self._store.read() as session:
            connection = session.connection()
            numbers: list[int] = []
            size = 0
            for no, length, _ in shelf.unheld(connection, MAX_FRAMES_A_REQUEST):
                if no in self._count.refused:
                    continue
                if numbers and size + length > self._budget:
                    break
                numbers.append(no)
                size += length
            frames = tuple(shelf.sealed_bytes(connection, no) for no in numbers)
            where = shelf.cursors(connection)
            return numbers, SyncRequest(where, shelf.vector(connection), frames, self._budget)

    def _settle(self, numbers: list[int], answer: SyncAnswer) -> bool:
        """Take over a signed answer in one transaction; tell whether it moved anything."""
        if len(answer.verdicts) != len(numbers):
            raise NotReachedError("no_answer", "an answer to other frames than were sent")
        with self._store.write() as connection:
            before = {one[0]: one for one in shelf.unheld(connection, -1)}
            for no, verdict in zip(numbers, answer.verdicts, strict=True):
                safe = verdict.result.is_safe
                reason = None if safe else str(verdict.result)
                shelf.mark_verdict(connection, no, is_safe=safe, seq=verdict.seq, reason=reason)
                if reason is not None and verdict.result is not FrameResult.BAD_CHAIN:
                    self._count.refused[no] = _refused(connection, no, ours=True)
            link.note_state(connection, answer.state, self._store.clock.millis())
            stood, fresh = shelf.cursors(connection), 0
            for stream in answer.streams:
                for seq, raw in stream.frames:
                    fresh += inbox.take(self._store, connection, raw, seq)
                    self._count.bytes_down += len(raw)
                shelf.move_cursor(connection, stream.cursor)
            shelf.settle_held(connection, self._store.replica.device, answer.state.held)
            went_on = shelf.cursors(connection) != stood
            after = {one[0] for one in shelf.unheld(connection, -1)}
        settled = [one for no, one in before.items() if no not in after]
        self._count.sent += len(settled)
        self._count.sent_entries += sum(one[2] for one in settled)
        self._count.received += fresh
        self._count.left_down = sum(max(0, one.head - one.cursor.seq) for one in answer.streams)
        self._note(answer.state)
        lost_there = after - before.keys()
        return bool(settled or fresh or went_on or lost_there)

    def _note(self, state: State) -> None:
        self._state = state
        self._count.skew_ms = self._store.clock.millis() - state.time_ms

    def _has_unsent(self) -> bool:
        with self._store.read() as session:
            rows = shelf.unheld(session.connection(), MAX_FRAMES_A_REQUEST)
        return any(no not in self._count.refused for no, _, _ in rows)

    def _mend(self, broken: NotReachedError) -> None:
        """After a break: ask what arrived, and go on with smaller pieces.

        Raises:
            NotReachedError: nothing was reached at all, or the line breaks too often.
        """
        count = self._count
        count.breaks += 1
        was_reached = self._state is not None
        if broken.reason not in MENDABLE or count.breaks > BREAKS_ALLOWED:
            raise broken
        if not was_reached and broken.reason != "too_large":
            raise broken
        self._budget = next_budget(
            self._budget, 0.0, broken=True, least=LEAST_BUDGET, most=MAX_BUDGET
        )
        self._pause(delay_s(count.breaks, retry_after_s=broken.retry_after_s))
        try:
            count.round_trips += 1
            state = self._endpoint.state()
        except NotReachedError as still:
            self._mend(still)
            return
        with self._store.write() as connection:
            before = shelf.count_unheld(connection)
            link.note_state(connection, state, self._store.clock.millis())
            shelf.settle_held(connection, self._store.replica.device, state.held)
            count.sent += max(0, before - shelf.count_unheld(connection))
        self._note(state)

    def _apply(self) -> None:
        self._tell(Stage.APPLY)
        before = self._applied.entries

        def told(entries: int, left: int) -> None:
            self._tell(Stage.APPLY, applied=before + entries, left=left)

        done = inbox.apply_waiting(self._store, told=told, cancelled=self._cancelled)
        self._applied.entries += done.entries
        self._applied.unread += done.unread
        self._applied.longest_ms = max(self._applied.longest_ms, done.longest_ms)

    def _tell(self, stage: Stage, *, applied: int | None = None, left: int = 0) -> None:
        count = self._count
        with self._store.read() as session:
            unsent = shelf.count_unheld(session.connection())
        self._progress(
            Progress(
                stage,
                sent_kb=count.bytes_up // KB,
                received_kb=count.bytes_down // KB,
                sent_frames=count.sent,
                applied=self._applied.entries if applied is None else applied,
                left_to_send=unsent,
                left_to_receive=count.left_down,
                left_to_apply=left,
            )
        )

    def _note_refusal(self, error: RefusedError, told: SyncRefusedError) -> None:
        link.note_attempt(self._store, told.sentence, None)
        states = {Code.NOT_CONFIRMED: LinkState.PENDING, Code.REVOKED: LinkState.REVOKED}
        state = states.get(Code(error.problem.code)) if error.problem.code in set(Code) else None
        if state is not None and error.is_signed:
            with self._store.write() as connection:
                link.set_state(connection, state)

    def _outcome(self, *, complete: bool) -> ExchangeOutcome:
        count = self._count
        with self._store.read() as session:
            connection = session.connection()
            aside = shelf.set_aside(connection)
            refused = [
                *count.refused.values(),
                *(_refused(connection, no, ours=False) for no in aside),
            ]
            waiting = len(shelf.waiting(connection))
            conflicts = changelog.count_conflicts(session)
        return ExchangeOutcome(
            complete=complete and not self._has_unsent() and not count.refused,
            sent=count.sent,
            sent_entries=count.sent_entries,
            received=count.received,
            applied=self._applied.entries,
            waiting=waiting,
            unread=self._applied.unread,
            conflicts=conflicts,
            refused=tuple(refused),
            bytes_up=count.bytes_up,
            bytes_down=count.bytes_down,
            round_trips=count.round_trips,
            skew_ms=count.skew_ms,
            finished_at=self._store.clock.millis(),
        )


def _refused(connection: object, no: int, *, ours: bool) -> RefusedFrame:
    audience, first, last, code = shelf.told_of(connection, no)
    return RefusedFrame(audience, first, last, code, words.frame_reason(code), ours)
