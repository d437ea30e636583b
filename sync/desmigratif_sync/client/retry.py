"""When to try again: 5 seconds, doubling to half an hour, with jitter. Pure."""

from __future__ import annotations

import random

FIRST_S = 5.0
LONGEST_S = 30 * 60.0


def delay_s(
    failures: int, *, retry_after_s: float | None = None, chance: float | None = None
) -> float:
    """Seconds to wait after so many failures in a row.

    Args:
        failures: 1 after the first; 0 or less waits not at all.
        retry_after_s: what the server asked for; never shortened, at most half an hour.
        chance: 0 … 1, where in the upper half of the step to fall; None draws it.

    Returns:
        0 … 1800.
    """
    if failures <= 0:
        return 0.0
    step = min(FIRST_S * float(1 << min(failures - 1, 16)), LONGEST_S)
    drawn = random.random() if chance is None else chance  # noqa: S311 - jitter, no secret
    waited = max(FIRST_S, step * (0.5 + drawn / 2))
    return min(max(waited, retry_after_s or 0.0), LONGEST_S)


def next_budget(
    budget: int, seconds: float, *, broken: bool, least: int = 16 * 1024, most: int
) -> int:
    """Bytes for the next request: doubled while one takes under 10 s, halved on a break."""
    if broken:
        return max(least, budget // 2)
    return min(most, budget * 2) if seconds < FAST_S else budget


FAST_S = 10.0
