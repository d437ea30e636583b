"""The service behind Starlette: exact paths, bounded bodies, patience with an end."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from desmigratif_server.patience import MAX_HEAD_BYTES
from desmigratif_server.service import CEILINGS, report
from desmigratif_sync.protocol.envelopes import CONTENT_TYPE
from desmigratif_sync.protocol.messages import pack_problem
from desmigratif_sync.protocol.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from desmigratif_server.service import Service

log = logging.getLogger("desmigratif.access")
PIECE_S = 30.0
"""Longest silence inside a body."""
WHOLE_S = 15 * 60.0
GRACE_S = 30.0
LEAST_BYTES_A_SECOND = 500
MEMORY_BYTES = 96 * 1024 * 1024
"""Bodies being received by all connections together."""
RETRY_AFTER_S = "60"
NOT_FOUND = pack_problem(Problem(Code.NOT_FOUND))
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SECURE_HEADERS = {"Strict-Transport-Security": "max-age=31536000"}


class _Refused(Exception):  # noqa: N818 - a problem on its way out
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.problem = Problem(code)


class _Reader:
    """Reads bodies of all connections within one budget of memory."""

    def __init__(self) -> None:
        self._held = 0

    async def read(self, request: Request, ceiling: int) -> bytes:
        """The whole body.

        Raises:
            _Refused: too large, too slow, or the server is full.
        """
        told = request.headers.get("content-length", "")
        if told.isdecimal() and int(told[:12]) > ceiling:
            raise _Refused(Code.TOO_LARGE)
        body = bytearray()
        started = time.monotonic()
        pieces = request.stream().__aiter__()
        try:
            while True:
                try:
                    piece = await asyncio.wait_for(anext(pieces), PIECE_S)
                except StopAsyncIteration:
                    return bytes(body)
                except TimeoutError:
                    raise _Refused(Code.TOO_SLOW) from None
                body += piece
                self._held += len(piece)
                self._check(len(body), ceiling, time.monotonic() - started)
        finally:
            self._held -= len(body)

    def _check(self, length: int, ceiling: int, seconds: float) -> None:
        if length > ceiling:
            raise _Refused(Code.TOO_LARGE)
        if self._held > MEMORY_BYTES:
            raise _Refused(Code.STORE_AWAY)
        if seconds > WHOLE_S or (
            seconds > GRACE_S and length < (seconds - GRACE_S) * LEAST_BYTES_A_SECOND
        ):
            raise _Refused(Code.TOO_SLOW)


def create_app(service: Service, *, behind_proxy: bool = False) -> Starlette:
    """Build the ASGI application.

    Args:
        service: what answers.
        behind_proxy: TLS ends at a proxy in front; browsers are told so.
    """
    reader = _Reader()
    headers = HEADERS | (SECURE_HEADERS if behind_proxy else {})

    def respond(status: int, raw: bytes, *, close: bool = False) -> Response:
        more = {"Retry-After": RETRY_AFTER_S} if status in {429, 503} else {}
        if close:
            more["Connection"] = "close"
        return Response(raw, status, headers | more, CONTENT_TYPE)

    def endpoint(path: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if _is_odd(request, path):
                return respond(404, NOT_FOUND, close=True)
            try:
                raw = await reader.read(request, CEILINGS[path])
                reply = await run_in_threadpool(service.handle, path, raw)
            except _Refused as refused:
                raw = pack_problem(refused.problem)
                return respond(refused.problem.status, raw, close=True)
            except ClientDisconnect:
                return respond(400, b"", close=True)
            log.info("%s %d %d>%d", path, reply.status, len(raw), len(reply.raw))
            return respond(reply.status, reply.raw)

        return answer

    async def not_found(_request: Request, _error: Exception) -> Response:
        return respond(404, NOT_FOUND, close=True)

    async def failed(_request: Request, error: Exception) -> Response:
        raw = pack_problem(Problem(Code.FAILED, {"error": report(error)}))
        return respond(500, raw, close=True)

    routes = [Route(path, endpoint(path), methods=["POST"]) for path in CEILINGS]
    handlers = {404: not_found, 405: not_found, 500: failed}
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return app


def _is_odd(request: Request, path: str) -> bool:
    """A path or query spelled otherwise than the protocol does; doubled or endless heads."""
    length = sum(len(name) + len(value) for name, value in request.headers.raw)
    names = [name for name, _ in request.headers.raw]
    doubled = any(names.count(one) > 1 for one in (b"content-length", b"content-type", b"host"))
    raw_path = request.scope.get("raw_path", path.encode())
    return (
        doubled
        or length > MAX_HEAD_BYTES
        or raw_path != path.encode()
        or bool(request.scope["query_string"])
    )
