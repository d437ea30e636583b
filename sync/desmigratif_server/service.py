"""The server without HTTP: a request's bytes in, status and answer's bytes out.

Order of checks, cheapest and most suspicious first: envelope, key, signature, server,
state of the device, rate, counter; only then is the body looked at.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desmigratif_server import accept, devices, feed
from desmigratif_server.store import now_ms
from desmigratif_server.tables import counter, device
from desmigratif_server.throttle import ENROLMENTS_A_MINUTE, Throttle
from desmigratif_sync.protocol.enrolment import NO_SERVER, EnrolAnswer, EnrolRequest
from desmigratif_sync.protocol.envelopes import read_request, sign_answer
from desmigratif_sync.protocol.frames import FrameError, FrameResult
from desmigratif_sync.protocol.keys import WeakKeyError, device_id
from desmigratif_sync.protocol.limits import MAX_ENROL_BYTES, MAX_REQUEST_BYTES
from desmigratif_sync.protocol.messages import (
    ENROL_PATH,
    STATE_PATH,
    SYNC_PATH,
    DeviceState,
    State,
    SyncAnswer,
    SyncRequest,
    pack_problem,
)
from desmigratif_sync.protocol.problems import Code, Problem, WireError

if TYPE_CHECKING:
    from desmigratif_server.devices import DeviceRow
    from desmigratif_server.settings import Settings
    from desmigratif_server.store import Store
    from desmigratif_sync.protocol.envelopes import Request

log = logging.getLogger("desmigratif.server")
OK = 200
ENVELOPE_ROOM = 1024
CEILINGS = {
    SYNC_PATH: MAX_REQUEST_BYTES + ENVELOPE_ROOM,
    STATE_PATH: 2 * ENVELOPE_ROOM,
    ENROL_PATH: MAX_ENROL_BYTES + ENVELOPE_ROOM,
}
"""Bytes of a request by path; the paths of the protocol are these and no others."""
UNKNOWN = pack_problem(Problem(Code.NOT_AUTHENTIC))
"""The constant answer to everyone whom the server does not know."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back.

    Attributes:
        status: HTTP status.
        raw: the body.
    """

    status: int
    raw: bytes


class _Refused(Exception):  # noqa: N818 - a problem on its way out
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Service:
    """One district server.

    Args:
        settings: its keys and mark.
        store: its database.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._throttle = Throttle()
        self._enrolments = Throttle(ENROLMENTS_A_MINUTE)

    def handle(self, path: str, raw: bytes) -> Reply:
        """Answer one request; never raises."""
        try:
            body = self._enrol(raw) if path == ENROL_PATH else self._ask(path, raw)
        except _Refused as refused:
            return self.refuse(refused.problem, raw)
        except WireError as broken:
            return self.refuse(Problem(broken.code), raw)
        except (sa.exc.OperationalError, sa.exc.InternalError, sa.exc.TimeoutError) as broken:
            return self.refuse(Problem(Code.STORE_AWAY, {"error": report(broken)}), raw)
        except Exception as broken:  # noqa: BLE001 - the border of the server
            return self.refuse(Problem(Code.FAILED, {"error": report(broken)}), raw)
        return self._signed(OK, body, raw)

    def refuse(self, problem: Problem, raw: bytes) -> Reply:
        """Answer a refusal: signed, except to those whom the server does not know."""
        if problem.code == Code.NOT_AUTHENTIC:
            return Reply(problem.status, UNKNOWN)
        return self._signed(problem.status, pack_problem(problem), raw)

    def _signed(self, status: int, body: bytes, raw: bytes) -> Reply:
        settings = self._settings
        signed = sign_answer(settings.server, status, body, request=raw, key=settings.key)
        return Reply(status, signed)

    def _ask(self, path: str, raw: bytes) -> bytes:
        request = self._authentic(path, raw)
        with self._store.read() as connection:
            asking = devices.find(connection, request.header.device)
        public = asking.public if asking else self._settings.key.public
        if not request.is_signed_by(public) or asking is None:
            raise _Refused(Problem(Code.NOT_AUTHENTIC))
        self._check_rights(request, asking)
        if path == STATE_PATH:
            return self._state(request, asking)
        return self._sync(request, asking)

    def _authentic(self, path: str, raw: bytes) -> Request:
        try:
            request = read_request(raw)
        except WireError as broken:
            if broken.code == Code.VERSION:
                raise
            raise _Refused(Problem(Code.NOT_AUTHENTIC)) from broken
        if request.header.path != path:
            raise _Refused(Problem(Code.NOT_AUTHENTIC))
        return request

    def _check_rights(self, request: Request, asking: DeviceRow) -> None:
        if request.header.server != self._settings.server:
            raise _Refused(Problem(Code.OTHER_SERVER))
        if asking.state == DeviceState.PENDING:
            raise _Refused(Problem(Code.NOT_CONFIRMED, {"sas": asking.sas}))
        if asking.state != DeviceState.ACTIVE:
            raise _Refused(Problem(Code.REVOKED))
        if not self._throttle.admits(asking.device):
            raise _Refused(Problem(Code.TOO_MANY))

    def _state(self, request: Request, asking: DeviceRow) -> bytes:
        with self._store.write() as connection:
            self._count(connection, request)
        with self._store.read() as connection:
            return self._state_of(connection, asking).pack()

    def _sync(self, request: Request, asking: DeviceRow) -> bytes:
        asked = SyncRequest.read(request.body)
        with self._store.read() as connection:
            authors = {one.device: one for one in devices.of_village(connection, asking.village)}
        checked = [self._verified(raw, authors, asking.village) for raw in asked.frames]
        with self._store.write() as connection:
            self._count(connection, request)
            verdicts = accept.take(connection, asking.village, checked, via=asking.device)
        with self._store.read() as connection:
            state = self._state_of(connection, asking)
            streams, more = feed.news(connection, asking.village, asked)
        return SyncAnswer(state, verdicts, streams, more).pack()

    def _verified(
        self, raw: bytes, authors: dict[bytes, DeviceRow], village: str
    ) -> accept.Verified | FrameResult:
        try:
            return accept.verify(raw, authors, village, practice=self._settings.practice)
        except FrameError as broken:
            return broken.result

    def _state_of(self, connection: sa.Connection, asking: DeviceRow) -> State:
        return devices.state_of(connection, asking.device, asking.village, self._settings.identity)

    def _count(self, connection: sa.Connection, request: Request) -> None:
        """Let the counter rise, or refuse a request that was heard before."""
        header = request.header
        mine = (counter.c.device == header.device, counter.c.epoch == header.epoch)
        last = connection.execute(
            sa.select(counter.c.last).where(*mine).with_for_update()
        ).scalar_one_or_none()
        if last is None:
            row = {"device": header.device, "epoch": header.epoch, "last": header.counter}
            connection.execute(sa.insert(counter), row)
        elif header.counter <= last:
            raise _Refused(Problem(Code.STALE_COUNTER, {"last": last}))
        else:
            connection.execute(sa.update(counter).where(*mine).values(last=header.counter))
        seen = sa.update(device).where(device.c.device == header.device)
        connection.execute(seen.values(seen_at=now_ms()))

    def _enrol(self, raw: bytes) -> bytes:
        request = read_request(raw)
        asked = EnrolRequest.read(request.body)
        try:
            name = device_id(asked.public)
        except WeakKeyError as weak:
            raise WireError(Code.UNREADABLE_MESSAGE, "a weak key") from weak
        header = request.header
        if (header.server, header.device, header.path) != (NO_SERVER, name, ENROL_PATH):
            raise WireError(Code.UNREADABLE_MESSAGE, "an envelope that is not its own")
        if not request.is_signed_by(asked.public):
            raise _Refused(Problem(Code.NOT_AUTHENTIC))
        if not self._enrolments.admits(b"all"):
            raise _Refused(Problem(Code.TOO_MANY))
        identity, practice = self._settings.identity, self._settings.practice
        with self._store.write() as connection:
            try:
                taken = devices.enrol(connection, asked, identity, practice=practice)
            except devices.RefusedEnrolment as refused:
                problem: Problem | None = refused.problem
            else:
                problem = None
        if problem is not None:
            raise _Refused(problem)
        with self._store.read() as connection:
            state = devices.state_of(connection, name, taken.village, identity)
        return EnrolAnswer(state, taken.is_active, practice).proved(taken.key, asked).pack()


def report(broken: BaseException) -> str:
    """Log a fault by type and place, without values; give back its number for people."""
    number = secrets.token_hex(4)
    frames = traceback.extract_tb(broken.__traceback__)
    places = " < ".join(f"{one.name}:{one.lineno}" for one in reversed(frames[-4:]))
    log.error("fault %s: %s at %s", number, type(broken).__name__, places)
    return number
