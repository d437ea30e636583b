from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.foundation.clock import (
    COUNTER_BITS,
    ZONES,
    FrozenClock,
    SystemClock,
    hlc_datetime,
    local_date,
    next_hlc,
    seen_hlc,
)

DAY = 24 * 3600 * 1000
NOW = 1_795_200_000_000


def ms(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    "readings",
    [
        [NOW, NOW - DAY, NOW - DAY, NOW + 5],
        [0, 0, NOW, 0],
        [ms(2099, 1, 1), NOW, NOW, NOW],
        [-5, -(10**15), 0],
        [NOW, NOW, NOW],
        [ms(2038, 1, 19), 0, ms(1970, 1, 1)],
    ],
)
def test_L18_order_is_kept_whatever_the_clock_says(readings):
    stamps = [0]
    for millis in readings:
        stamps.append(next_hlc(stamps[-1], millis))
    assert stamps == sorted(set(stamps))


def test_L18_a_remote_stamp_of_2099_does_not_poison_us():
    ours = next_hlc(0, NOW)
    assert seen_hlc(ours, ms(2099, 1, 1) << COUNTER_BITS, NOW) == ours
    near = NOW + DAY // 2 << COUNTER_BITS
    assert seen_hlc(ours, near, NOW) == near
    assert seen_hlc(near, ours, NOW) == near


def test_L18_our_own_clock_in_1970_still_follows_the_others():
    ours = NOW << COUNTER_BITS
    assert seen_hlc(ours, ours + 1, 0) == ours + 1


@given(st.integers(0, 2**63), st.integers(-(2**45), 2**46), st.integers(0, 2**63))
def test_L18_stamps_never_fall(last, millis, remote):
    assert next_hlc(last, millis) > last
    assert seen_hlc(last, remote, millis) >= last


@pytest.mark.parametrize(
    "hlc", [0, -1, NOW << COUNTER_BITS, 2**63 - 1, 2**200, ms(9999, 12, 31) << COUNTER_BITS]
)
def test_L18_any_stamp_can_be_shown(hlc):
    assert hlc_datetime(hlc).tzinfo is not None


def test_the_day_turns_at_the_posts_midnight():
    late = FrozenClock(ms(2026, 11, 21, 16, 30))
    assert local_date(late) == date(2026, 11, 21)
    assert local_date(late, ZONES["WITA"]) == date(2026, 11, 22)
    assert local_date(FrozenClock(ms(2026, 11, 21, 17))) == date(2026, 11, 22)


def test_a_frozen_clock_steps_and_the_system_clock_runs():
    clock = FrozenClock(100, step=5)
    assert [clock.millis(), clock.millis()] == [105, 110]
    assert SystemClock().millis() > ms(2020, 1, 1)
