"""Time: UTC inside, the post's zone outside, and a hybrid logical clock between laptops.

The clock of a village laptop may say 1970 or 2099. Nothing here decides which of two
edits wins a fact; it only orders what is shown.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

COUNTER_BITS = 16
MAX_AHEAD_MS = 24 * 3600 * 1000
"""A remote stamp further ahead than this is kept but does not advance our clock."""

LATEST_MS = 1 << 46
"""Year 4199: a clock beyond it would not fit the 63 bits of a stamp."""

ZONES = {
    "WIB": timezone(timedelta(hours=7)),
    "WITA": timezone(timedelta(hours=8)),
    "WIT": timezone(timedelta(hours=9)),
}


class Clock(Protocol):
    """Where the time comes from; tests freeze it."""

    def millis(self) -> int:
        """Milliseconds since 1970, UTC, as the laptop believes."""


class SystemClock:
    """The laptop's own clock."""

    def millis(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000


@dataclass(slots=True)
class FrozenClock:
    """A clock that stands where a test put it; each reading may advance it.

    Attributes:
        now: milliseconds since 1970.
        step: milliseconds added at each reading.
    """

    now: int
    step: int = 0

    def millis(self) -> int:
        """Read and advance."""
        self.now += self.step
        return self.now


def next_hlc(last: int, millis: int) -> int:
    """The next stamp of a hybrid logical clock: never falls, follows the wall when it can.

    Args:
        last: the last stamp given or taken here; 0 at first.
        millis: the laptop's clock.
    """
    return max(last + 1, min(max(millis, 0), LATEST_MS) << COUNTER_BITS)


def seen_hlc(last: int, remote: int, millis: int) -> int:
    """Our clock after seeing a remote stamp; a stamp from 2099 does not poison it."""
    if remote >> COUNTER_BITS > max(millis, last >> COUNTER_BITS) + MAX_AHEAD_MS:
        return last
    return max(last, remote)


def hlc_datetime(hlc: int, zone: timezone = ZONES["WIB"]) -> datetime:
    """Show a stamp as local time."""
    try:
        moment = datetime.fromtimestamp((hlc >> COUNTER_BITS) / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        moment = datetime(1970, 1, 1, tzinfo=UTC)
    return moment.astimezone(zone)


def local_date(clock: Clock, zone: timezone = ZONES["WIB"]) -> date:
    """Today, in the post's zone."""
    return hlc_datetime(clock.millis() << COUNTER_BITS, zone).date()
