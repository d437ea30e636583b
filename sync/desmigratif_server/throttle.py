"""How often one device may ask: by its key after the signature, never by address.

Behind one phone mast a whole district shares an address.
"""

from __future__ import annotations

import threading
import time

A_MINUTE = 60.0
REQUESTS_A_MINUTE = 600
ENROLMENTS_A_MINUTE = 120
MAX_NAMES = 20_000


class Throttle:
    """Token buckets in memory.

    Args:
        per_minute: how many go through in a minute; also the burst.
    """

    def __init__(self, per_minute: int = REQUESTS_A_MINUTE) -> None:
        self._per_second = per_minute / A_MINUTE
        self._burst = float(per_minute)
        self._lock = threading.Lock()
        self._left: dict[bytes, tuple[float, float]] = {}

    def admits(self, name: bytes, now: float | None = None) -> bool:
        """Whether this one may go through now."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            if len(self._left) > MAX_NAMES:
                self._left.clear()
            left, since = self._left.get(name, (self._burst, moment))
            left = min(self._burst, left + (moment - since) * self._per_second)
            admitted = left >= 1
            self._left[name] = (left - admitted, moment)
        return admitted
