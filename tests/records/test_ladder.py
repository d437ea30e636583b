"""Which backups stay: a table of rows, and what a broken clock may never cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.records.ladder import to_keep

NOW = datetime(2026, 11, 13, 15, tzinfo=UTC)


def ago(days: float = 0, hours: float = 0) -> datetime:
    return NOW - timedelta(days=days, hours=hours)


@pytest.mark.parametrize(
    ("made", "gone"),
    [
        ([], []),
        ([ago()], []),
        ([ago(hours=n) for n in range(8)], []),
        ([ago(hours=n) for n in range(10)], [ago(hours=8), ago(hours=9)]),
        # an hour and two hours before the newest of its day, five days ago
        ([ago(), ago(5), ago(5, 1), ago(5, 2)], [ago(5, 1), ago(5, 2)]),
        # seven days; the eighth is neither the newest of its week (a Sunday is) nor of its month
        ([ago(n) for n in range(7)], []),
        ([ago(n) for n in range(10)], [ago(7), ago(8), ago(9)]),
        # one a week: eight weeks stay, then only the newest of each month
        ([ago(7 * n) for n in range(9)], [ago(56)]),
        ([ago(7 * n) for n in range(12)], [ago(56), ago(63), ago(70)]),
    ],
)
def test_rungs(made: list[datetime], gone: list[datetime]) -> None:
    assert sorted(set(made) - to_keep(made, NOW)) == sorted(gone)


def test_two_years_of_nightly_backups_come_to_a_few_dozen() -> None:
    kept: set[datetime] = set()
    start = NOW - timedelta(days=730)
    for day in range(731):
        now = start + timedelta(days=day)
        kept = set(to_keep(kept | {now}, now))
    assert len(kept) <= 8 + 7 + 8 + 12
    assert {one.date() for one in kept} >= {(NOW - timedelta(days=n)).date() for n in range(7)}
    assert len({one.isocalendar()[:2] for one in kept}) >= 8
    assert len({(one.year, one.month) for one in kept}) == 12
    assert max(kept) == NOW


def test_the_last_proven_one_never_goes() -> None:
    made = [ago(n, 1) for n in range(400)]
    proven = ago(203, 1)
    assert proven not in to_keep(made, NOW)
    assert proven in to_keep(made, NOW, proven)
    assert ago(203) not in to_keep(made, NOW, ago(203)), "one that is not there is not invented"


@pytest.mark.parametrize("year", [1970, 1999, 2025, 2080, 2099])
def test_L18_a_clock_that_cannot_be_right_deletes_nothing(year: int) -> None:
    made = [ago(n, hour) for n in range(60) for hour in range(3)]
    now = datetime(year, 1, 2, tzinfo=UTC)
    assert to_keep([*made, now], now) == frozenset([*made, now])


def test_L18_backups_of_another_clock_count_for_nothing_and_stay() -> None:
    ours = [ago(n) for n in range(7)]
    ahead = [datetime(2031, 5, day, tzinfo=UTC) for day in range(1, 29)]
    assert to_keep([*ours, *ahead], NOW) == frozenset([*ours, *ahead])
    jumped = datetime(2031, 5, 29, tzinfo=UTC)
    kept = to_keep([*ours, *ahead, jumped], jumped)
    assert set(ours) <= kept
    assert set(ahead) - kept, "the ladder goes on under the new clock"


@given(
    st.lists(st.integers(0, 900 * 24), unique=True, max_size=120),
    st.integers(0, 40),
)
def test_the_newest_always_stays_and_a_second_look_changes_nothing(
    hours: list[int], later: int
) -> None:
    made = [NOW - timedelta(hours=one) for one in hours]
    kept = to_keep(made, NOW)
    assert kept <= set(made)
    if made:
        assert max(made) in kept
    assert to_keep(kept, NOW) == kept
    assert to_keep(kept, NOW + timedelta(days=later)) <= kept
