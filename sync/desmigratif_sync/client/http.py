"""The district over HTTP, by `requests`.

Nothing is believed that the pinned server did not sign over this very request: captive
portals, proxies and false servers may answer what they like. Redirects are not
followed, certificates are always checked, plain HTTP goes to this machine only.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import requests

from desmigratif_sync.protocol.endpoint import NotReachedError, RefusedError
from desmigratif_sync.protocol.enrolment import (
    NO_SERVER,
    EnrolAnswer,
    EnrolRequest,
    read_code,
)
from desmigratif_sync.protocol.envelopes import (
    ANSWER_MAGIC,
    CONTENT_TYPE,
    RequestHeader,
    answer_body,
    open_answer,
    sign_request,
)
from desmigratif_sync.protocol.limits import MAX_ANSWER_BYTES
from desmigratif_sync.protocol.messages import (
    ENROL_PATH,
    STATE_PATH,
    SYNC_PATH,
    ServerIdentity,
    State,
    SyncAnswer,
    SyncRequest,
    read_problem,
)
from desmigratif_sync.protocol.problems import Code, Problem, WireError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_sync.protocol.keys import DeviceKey

CONNECT_S = 30.0
READ_S = 120.0
WHOLE_S = 15 * 60.0
CHUNK = 64 * 1024
OK = 200
LONGEST_WAIT_DIGITS = 6
REDIRECTS = range(300, 400)
FAILURES = range(500, 600)
TOO_MANY = 429
UNAUTHORISED = 401
TOO_LARGE = 413
HEADERS = {
    "Content-Type": CONTENT_TYPE,
    "Accept": CONTENT_TYPE,
    "Accept-Encoding": "identity",
    "User-Agent": "desmigratif",
}

Message = TypeVar("Message")


def new_session() -> requests.Session:
    """A session that takes nothing from the environment: no proxy, no netrc, no CA file."""
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    session.headers.update(HEADERS)
    return session


def check_url(url: str) -> str:
    """Give the server's address back without a closing slash.

    Raises:
        NotReachedError: "insecure": plain HTTP to another machine, or no web address.
    """
    parts = urlsplit(url.strip())
    plain = parts.scheme == "http" and _is_this_machine(parts.hostname or "")
    if not parts.hostname or not (plain or parts.scheme == "https") or parts.query:
        raise NotReachedError("insecure", f"not a safe address: {parts.scheme}://{parts.netloc}")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    raw: bytes
    retry_after_s: int | None


class _Line:
    """Posts bytes and reads bounded answers; knows nothing of their meaning."""

    def __init__(
        self, url: str, session: requests.Session, connect_s: float, read_s: float
    ) -> None:
        self._url = check_url(url)
        self._session = session
        self._timeouts = (connect_s, read_s)

    def post(self, path: str, raw: bytes) -> _Answer:
        """One round trip.

        Raises:
            NotReachedError: no answer, or one that is certainly not the server's.
        """
        try:
            with self._session.post(
                self._url + path,
                data=raw,
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
                verify=True,
            ) as answer:
                return self._read(answer)
        except requests.exceptions.SSLError as broken:
            raise NotReachedError("tls", "the certificate is not trusted") from broken
        except requests.exceptions.Timeout as broken:
            raise NotReachedError("timeout") from broken
        except (requests.exceptions.RequestException, OSError) as broken:
            raise NotReachedError("offline", type(broken).__name__) from broken

    def _read(self, answer: requests.Response) -> _Answer:
        if answer.status_code in REDIRECTS:
            raise NotReachedError("redirect", status=answer.status_code)
        until = time.monotonic() + WHOLE_S
        found = bytearray()
        for chunk in answer.iter_content(CHUNK):
            found += chunk
            if len(found) > MAX_ANSWER_BYTES:
                raise NotReachedError("too_large", status=answer.status_code)
            if time.monotonic() > until:
                raise NotReachedError("timeout", status=answer.status_code)
        wait = answer.headers.get("Retry-After", "")
        seconds = (
            int(wait)
            if wait.isdecimal() and wait.isascii() and len(wait) <= LONGEST_WAIT_DIGITS
            else None
        )
        return _Answer(answer.status_code, bytes(found), seconds)


def _untrusted(answer: _Answer) -> NotReachedError | RefusedError:
    """What an answer without the pinned server's signature is worth."""
    if answer.status == UNAUTHORISED and _is_constant_refusal(answer.raw):
        return RefusedError(Problem(Code.NOT_AUTHENTIC), is_signed=False)
    reason = "no_answer"
    if answer.status in FAILURES:
        reason = "unavailable"
    elif answer.status == TOO_MANY:
        reason = "too_many"
    elif answer.status == TOO_LARGE:
        reason = "too_large"
    elif answer.raw.startswith(ANSWER_MAGIC):
        reason = "not_signed"
    error = NotReachedError(reason, status=answer.status)
    error.retry_after_s = answer.retry_after_s
    return error


def _is_constant_refusal(raw: bytes) -> bool:
    try:
        return read_problem(raw).code == Code.NOT_AUTHENTIC
    except WireError:
        return False


class HttpEndpoint:
    """The district server, as one enrolled device reaches it.

    Args:
        url: "https://sinkron.kabupaten.go.id", or this machine by plain HTTP.
        identity: what was pinned at enrolment.
        key: the device's.
        epoch: 8 bytes, the current one.
        counter: given the least number that must be passed, returns the next counter,
            already written down durably.
        session: made by `new_session` if None.
        connect_s: seconds to wait for a connection.
        read_s: seconds to wait between two pieces of an answer.
    """

    def __init__(
        self,
        url: str,
        *,
        identity: ServerIdentity,
        key: DeviceKey,
        epoch: bytes,
        counter: Callable[[int], int],
        session: requests.Session | None = None,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
    ) -> None:
        self._session = session or new_session()
        self._line = _Line(url, self._session, connect_s, read_s)
        self._identity = identity
        self._key = key
        self._epoch = epoch
        self._counter = counter

    def sync(self, request: SyncRequest) -> SyncAnswer:
        """Send frames and ask for news, in one round trip.

        Raises:
            NotReachedError: no answer that can be trusted; nothing is acknowledged.
            RefusedError: the server refused.
        """
        return _read(SyncAnswer.read, self._ask(SYNC_PATH, request.pack()))

    def state(self) -> State:
        """Ask what the server holds of this device.

        Raises:
            NotReachedError: no answer that can be trusted.
            RefusedError: the server refused.
        """
        return _read(State.read, self._ask(STATE_PATH, b""))

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def _ask(self, path: str, body: bytes) -> bytes:
        try:
            return self._ask_once(path, body, 0)
        except RefusedError as refused:
            last = refused.problem.details.get("last")
            if refused.problem.code != Code.STALE_COUNTER or not isinstance(last, int):
                raise
            return self._ask_once(path, body, last)

    def _ask_once(self, path: str, body: bytes, passed: int) -> bytes:
        server = self._identity.server
        header = RequestHeader(server, self._key.device, self._epoch, self._counter(passed), path)
        request = sign_request(header, body, self._key)
        answer = self._line.post(path, request)
        try:
            status, told = open_answer(
                answer.raw, request=request, server=server, public=self._identity.signing
            )
        except WireError as broken:
            if broken.code == Code.OTHER_SERVER:
                raise NotReachedError("other_server", status=answer.status) from broken
            raise _untrusted(answer) from broken
        if status == OK:
            return told
        raise RefusedError(_read(read_problem, told), is_signed=True)


def enrol(
    url: str,
    code: str,
    request: EnrolRequest,
    *,
    key: DeviceKey,
    epoch: bytes,
    session: requests.Session | None = None,
) -> EnrolAnswer:
    """Enrol this device by a paper code.

    Args:
        url: the server's address.
        code: as the officer typed it.
        request: label, letter, practice mark; lookup and proof are filled in here.
        key: the device's; must be that of `request.public`.
        epoch: 8 bytes.
        session: made by `new_session` if None.

    Returns:
        The answer, proved by the code and signed by the key that it names.

    Raises:
        WireError: the code was mistyped.
        NotReachedError: no answer, or one that does not prove the code.
        RefusedError: wrong code, letter taken, practice and real mixed …
    """
    read = read_code(code)
    asked = replace(request, lookup=read.lookup, public=key.public).proved(read)
    header = RequestHeader(NO_SERVER, key.device, epoch, 1, ENROL_PATH)
    raw = sign_request(header, asked.pack(), key)
    line = _Line(url, session or new_session(), CONNECT_S, READ_S)
    answer = line.post(ENROL_PATH, raw)
    try:
        if answer.status != OK:
            problem = read_problem(answer_body(answer.raw))
            raise RefusedError(problem, is_signed=False)
        told = EnrolAnswer.read(answer_body(answer.raw))
        identity = told.state.identity
        open_answer(answer.raw, request=raw, server=identity.server, public=identity.signing)
    except WireError as broken:
        raise _untrusted(answer) from broken
    if not told.is_proved(read.key, asked):
        raise NotReachedError("not_signed", "the server does not know the code")
    return told


def _read(reader: Callable[[bytes], Message], raw: bytes) -> Message:
    try:
        return reader(raw)
    except WireError as broken:
        raise NotReachedError("no_answer", "a signed answer that cannot be read") from broken
