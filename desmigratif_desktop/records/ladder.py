"""Which backups stay: the ladder of days, weeks and months. Pure; knows no files.

All of the last two days (at most 8), the newest of each of 7 days, 8 weeks and 12
months, and always the last one that a rehearsal has proven. A clock that says 1970 or
2099 must not cost a single older backup: whoever cannot trust the time deletes nothing.

Source: security design §6.10.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

RECENT: Final = timedelta(days=2)
MOST_RECENT: Final = 8
DAYS, WEEKS, MONTHS = 7, 8, 12
EARLIEST: Final = datetime(2026, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2080, 1, 1, tzinfo=UTC)
"""A clock outside these is a dead battery, not a date."""
LEAP: Final = timedelta(days=366)
"""Backups further apart than this were made under different clocks."""
AHEAD: Final = timedelta(hours=1)


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return (moment.year, moment.month)


_RUNGS: Final[tuple[tuple[Callable[[datetime], Any], int], ...]] = (
    (_day, DAYS),
    (_week, WEEKS),
    (_month, MONTHS),
)


def to_keep(
    made: Iterable[datetime], now: datetime, proven: datetime | None = None
) -> frozenset[datetime]:
    """The moments whose backups stay.

    Args:
        made: when the backups were made, in UTC.
        now: what the laptop's clock says.
        proven: the one that the last rehearsal restored.
    """
    every = sorted(set(made))
    if not EARLIEST <= now <= LATEST:
        return frozenset(every)
    ours = _of_this_clock(every, now)
    kept = set(every) - set(ours)
    recent = [one for one in ours if now - one <= RECENT]
    kept.update(recent[-MOST_RECENT:])
    for bucket, most in _RUNGS:
        newest = {bucket(one): one for one in ours}
        kept.update(sorted(newest.values())[-most:])
    if proven is not None:
        kept.add(proven)
    return frozenset(kept & set(every))


def _of_this_clock(every: list[datetime], now: datetime) -> list[datetime]:
    """Those that this clock can have made: not ahead of it, no leap of a year between."""
    found: list[datetime] = []
    after = now
    for one in reversed(every):
        if one > now + AHEAD:
            continue
        if after - one > LEAP:
            break
        found.append(one)
        after = one
    return found[::-1]
