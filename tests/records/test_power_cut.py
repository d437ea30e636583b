"""Power cuts on the encrypted store: nothing acknowledged is lost, nothing is left half done."""

from __future__ import annotations

import pytest

from desmigratif_desktop.records import connection
from desmigratif_desktop.records.keys import OpenedKeys
from kit import power_cut, recording_vfs

pytestmark = pytest.mark.skipif(
    not recording_vfs.is_available(), reason="tidak diuji: cipher library exports no VFS here"
)
SEED = 20_261_121


def test_L01_power_cut_at_a_seeded_share_of_all_points() -> None:
    day = power_cut.record_day(SEED, rounds=3)
    outcome = power_cut.campaign(day, 600, SEED, seconds=10)
    assert sum(outcome.cuts.values()) > 100
    assert not outcome.wrong, outcome.example


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_L01_power_cut_2000_times(seed: int) -> None:
    outcome = power_cut.campaign(power_cut.record_day(seed), 2_000, seed)
    assert sum(outcome.cuts.values()) == 2_000
    assert not outcome.wrong, outcome.example


def test_L01_a_key_without_its_salt_would_be_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trials T8: with the 64-hex key, garbage in page 1 makes the file unopenable."""
    monkeypatch.setattr(OpenedKeys, "pragma_hex", property(lambda keys: keys.data_key.hex()))
    power_cut.store_kit._template.cache_clear()
    power_cut.store_kit._slot.cache_clear()
    try:
        day = power_cut.record_day(SEED, rounds=2)
        outcome = power_cut.campaign(day, 120, SEED)
    finally:
        power_cut.store_kit._template.cache_clear()
        power_cut.store_kit._slot.cache_clear()
    assert any(one.startswith("unopenable") for one in outcome.wrong)


def test_L01_a_commit_without_a_sync_would_be_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """synchronous=NORMAL loses acts that the officer was told are saved."""
    pragmas = tuple(
        ("synchronous", "NORMAL", 1) if one[0] == "synchronous" else one
        for one in connection._REQUIRED
    )
    monkeypatch.setattr(connection, "_REQUIRED", pragmas)
    day = power_cut.record_day(SEED, rounds=2)
    outcome = power_cut.campaign(day, 120, SEED, aim=False)
    assert outcome.wrong["acknowledged act lost"]
