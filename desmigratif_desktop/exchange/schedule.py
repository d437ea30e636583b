"""When to try the next exchange by itself. Pure: the caller keeps the time and the timer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.exchange.values import LinkState
from desmigratif_sync.client.retry import delay_s

if TYPE_CHECKING:
    from desmigratif_desktop.exchange.values import ExchangeStatus

QUIET_MS = 30 * 60 * 1000
"""With nothing to send the district is asked for news this often."""
AFTER_ACT_MS = 60 * 1000
"""After an officer's act a minute passes, so that a day's work is not a hundred requests."""
PENDING_MS = 2 * 60 * 1000
"""While the district has not confirmed the laptop yet."""


def next_try(
    status: ExchangeStatus,
    now: int,
    *,
    last_act: int | None = None,
    chance: float | None = None,
) -> int | None:
    """When to try next, in milliseconds since 1970; in the past = now.

    Args:
        status: where things stand.
        now: milliseconds since 1970.
        last_act: when an officer saved last.
        chance: 0 … 1 for the jitter; None draws it.

    Returns:
        None when only an officer's own step can help (not enrolled, revoked, new key).
    """
    if status.link not in {LinkState.ACTIVE, LinkState.PENDING}:
        return None
    tried = status.tried_at
    if tried is None or tried > now:
        return now  # never tried, or the clock was set back meanwhile
    if status.failures:
        wait = delay_s(status.failures, retry_after_s=status.retry_after_s, chance=chance)
        return tried + int(wait * 1000)
    if status.link is LinkState.PENDING:
        return tried + PENDING_MS
    if status.unsent_acts:
        return max(tried, last_act or now) + AFTER_ACT_MS
    return tried + QUIET_MS
