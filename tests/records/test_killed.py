"""kill -9 at any moment: what was acknowledged is there, and nothing is half done (L02)."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest

from desmigratif_desktop.records.engine import Store
from desmigratif_desktop.records.self_check import check
from kit import store_kit
from kit.store_kit import REGISTRY, STEPS


def kill_once(store, seed: int, dice: random.Random) -> set[str]:
    """Let an officer work, kill the process, answer what it had acknowledged."""
    keys = store.keys
    worker = subprocess.Popen(
        [sys.executable, "-m", "kit.busy_officer", str(store.folder), keys.data_key.hex(),
         keys.salt.hex(), keys.store_id.hex(), str(seed)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    time.sleep(dice.uniform(0.0, 0.4))
    worker.kill()
    said = worker.stdout.read().split("\n")
    worker.wait()
    return {one for one in said if len(one) == 32}


def campaign(store, times: int, seconds: float, seed: int) -> tuple[int, int]:
    dice = random.Random(seed)
    store.close()
    acknowledged: set[str] = set()
    kills, until = 0, time.monotonic() + seconds
    while kills < times and time.monotonic() < until:
        acknowledged |= kill_once(store, dice.randrange(10**9), dice)
        kills += 1
        again = Store.open(store.folder, store.keys, REGISTRY, store.clock, (STEPS,))
        found = {row[0].hex() for row in store_kit.sql(again, "SELECT DISTINCT act FROM entry")}
        assert acknowledged <= found, f"lost after {kills} kills, seed {seed}"
        bulk = store_kit.sql(
            again, "SELECT act FROM entry WHERE action='import' GROUP BY act HAVING count(*)<>50"
        )
        assert not bulk, "half an import"
        assert not check(again, quick=kills % 10 != 0).faults
        again.close()
    return kills, len(acknowledged)


def test_L02_killed_at_random_times_a_seeded_share(store) -> None:
    kills, acts = campaign(store, 500, 8, 20_261_121)
    assert kills >= 3
    assert acts > 0


@pytest.mark.slow
def test_L02_killed_500_times(store) -> None:
    kills, acts = campaign(store, 500, 3_600, 1)
    assert kills == 500
    assert acts > 5_000


def test_L02_an_acknowledgement_before_the_commit_would_be_caught(store, monkeypatch) -> None:
    """The harness counts what was said outside the database; a lie is found."""
    dice = random.Random(3)
    store.close()
    said = kill_once(store, 1, dice) | {"00" * 16}
    again = Store.open(store.folder, store.keys, REGISTRY, store.clock, (STEPS,))
    found = {row[0].hex() for row in store_kit.sql(again, "SELECT DISTINCT act FROM entry")}
    again.close()
    assert said - found == {"00" * 16}
