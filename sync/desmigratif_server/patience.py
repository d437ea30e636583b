"""uvicorn with an end to its patience for request heads (slowloris)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

HEAD_S = 20.0
MAX_HEAD_BYTES = 8 * 1024


class PatientProtocol(H11Protocol):
    """Closes a connection whose request head does not arrive within `HEAD_S`."""

    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait for the next head, or stop waiting when one has come."""
        super().data_received(data)
        if self._is_answering():
            self._stop()
        elif self._head_timer is None:
            self._wait()

    def on_response_complete(self) -> None:
        """The keep-alive timer takes over."""
        super().on_response_complete()
        self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing to wait for."""
        self._stop()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_S, self._give_up)

    def _stop(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        self._head_timer = None
        if not self._is_answering() and not self.transport.is_closing():
            self.transport.close()
