"""Wrong passphrases make the next try wait: 1, 2, 4 … 60 seconds, also after a restart.

The count lies beside the slots. Whoever steals the files ignores it (the key derivation
is the defence there); it slows down whoever tries at the laptop. Nothing is ever wiped.

Source: security design §6.2, redlist L11.
"""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.foundation.durable_files import write_durably

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ATTEMPTS_FILE = "percobaan.json"
LONGEST_WAIT_S = 60
MAX_BYTES = 1_024


@dataclass(frozen=True, slots=True)
class Attempts:
    """What went before.

    Attributes:
        failed: wrong passphrases in a row.
        at_ms: when the last of them was, by the laptop's clock.
        before_success: how many had failed before the last good one, for the officer to see.
    """

    failed: int = 0
    at_ms: int = 0
    before_success: int = 0


def read(folder: Path) -> Attempts:
    """Read the count; a missing or damaged file counts as none."""
    try:
        raw = (folder / ATTEMPTS_FILE).read_bytes()[:MAX_BYTES]
        found = json.loads(raw)
        return Attempts(*(int(found[name]) for name in Attempts.__slots__))
    except (OSError, ValueError, KeyError, TypeError):
        return Attempts()


def wait_seconds(folder: Path, now_ms: int) -> float:
    """How long the next try has to wait; a clock set back starts the wait again, not for ever."""
    found = read(folder)
    if not found.failed:
        return 0.0
    wait = float(min(2 ** (min(found.failed, 7) - 1), LONGEST_WAIT_S))
    passed = (now_ms - found.at_ms) / 1000
    return wait if passed < 0 else max(0.0, wait - passed)


def _write(folder: Path, found: Attempts) -> None:
    content = {name: getattr(found, name) for name in Attempts.__slots__}
    with contextlib.suppress(OSError):
        write_durably(folder / ATTEMPTS_FILE, json.dumps(content).encode())


def note_failure(folder: Path, now_ms: int) -> None:
    """One more wrong passphrase."""
    found = read(folder)
    _write(folder, Attempts(found.failed + 1, now_ms, found.before_success))


def note_success(folder: Path) -> None:
    """The right one; keep for the officer how many had failed."""
    found = read(folder)
    if found.failed or found.before_success:
        _write(folder, Attempts(0, 0, found.failed))


def wait(folder: Path, pause: Callable[[float], object] = time.sleep) -> None:
    """Wait as long as the failures before demand."""
    seconds = wait_seconds(folder, _now_ms())
    if seconds:
        pause(seconds)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
