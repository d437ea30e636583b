"""When to try next: pure, and never in a hurry on a bad line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.exchange.schedule import AFTER_ACT_MS, PENDING_MS, QUIET_MS, next_try
from desmigratif_desktop.exchange.values import LINK_WORDS, ExchangeStatus, LinkState

NOW = 1_794_531_600_000
IDLE = ExchangeStatus(
    LinkState.ACTIVE, "", "https://sinkron.example.id", "", 0, 0, 0, 0, 0,
    NOW - 1000, NOW - 1000, "", 0, 0, (),
)  # fmt: skip


def test_at_once_when_it_was_never_tried():
    assert next_try(replace(IDLE, tried_at=None), NOW) == NOW


def test_a_clock_that_was_set_back_does_not_stop_it():
    assert next_try(replace(IDLE, tried_at=NOW + 10**9), NOW) == NOW


def test_quiet_when_there_is_nothing_to_send():
    assert next_try(IDLE, NOW) == NOW - 1000 + QUIET_MS


def test_soon_after_an_act_and_not_once_an_act():
    waiting = replace(IDLE, unsent_acts=3)
    assert next_try(waiting, NOW, last_act=NOW - 200) == NOW - 200 + AFTER_ACT_MS


def test_pending_asks_every_two_minutes():
    assert next_try(replace(IDLE, link=LinkState.PENDING), NOW) == NOW - 1000 + PENDING_MS


@pytest.mark.parametrize("state", [LinkState.NOT_ENROLLED, LinkState.REVOKED, LinkState.NEW_DEVICE])
def test_nothing_by_itself_where_only_the_officer_can_help(state):
    assert next_try(replace(IDLE, link=state), NOW) is None
    assert LINK_WORDS[state]


@given(failures=st.integers(1, 60), chance=st.floats(0, 1), asked=st.integers(0, 10**6))
def test_C02_failures_back_off_with_jitter_and_never_beyond_half_an_hour(failures, chance, asked):
    broken = replace(IDLE, failures=failures, tried_at=NOW, retry_after_s=asked)
    wait = next_try(broken, NOW, chance=chance) - NOW
    assert 5_000 <= wait <= 30 * 60 * 1000
    if asked <= 30 * 60:
        assert wait >= asked * 1000
