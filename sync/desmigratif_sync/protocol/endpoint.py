"""What an exchange needs of the other side, whoever carries the bytes.

`HttpEndpoint` is the real one; tests put the server's own handler here in process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desmigratif_sync.protocol.messages import State, SyncAnswer, SyncRequest
    from desmigratif_sync.protocol.problems import Problem


class NotReachedError(Exception):
    """No answer that can be trusted: nothing is acknowledged, everything stays.

    Attributes:
        reason: "offline", "timeout", "redirect", "no_answer", "not_signed", "insecure",
            "other_server", "too_large", "tls", "unavailable" (5xx) or "too_many".
        status: HTTP status if there was one, else 0.
        retry_after_s: what the server asked for, else None.
    """

    def __init__(self, reason: str, text: str = "", *, status: int = 0) -> None:
        super().__init__(text or reason)
        self.reason = reason
        self.status = status
        self.retry_after_s: int | None = None


class RefusedError(Exception):
    """The server refused.

    Attributes:
        problem: code, details and the officer's sentences.
        is_signed: False for the constant answer to a device that the server does not
            know, which a false server could give too: act on it only by telling.
    """

    def __init__(self, problem: Problem, *, is_signed: bool) -> None:
        super().__init__(f"{problem.code} {problem.sentence}")
        self.problem = problem
        self.is_signed = is_signed


class SyncEndpoint(Protocol):
    """The district as an exchange sees it.

    Both calls raise `NotReachedError` or `RefusedError`.
    """

    def sync(self, request: SyncRequest) -> SyncAnswer:
        """Send frames and ask for news, in one round trip."""

    def state(self) -> State:
        """Ask what the server holds of this device, and who belongs to the village."""
