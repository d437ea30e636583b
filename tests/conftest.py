"""What every test stands on: no screen, no network, no real home folder, one language, one clock."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="desmigratif-test-"))
"""Everything a test writes outside its own folder lands here, and goes with it."""


def _settle_environment() -> None:
    os.environ.setdefault("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("QT_STYLE_OVERRIDE", None)
    os.environ.pop("QT_SCALE_FACTOR", None)
    for name in [name for name in os.environ if name.startswith("DESMIGRATIF_PASSPHRASE")]:
        del os.environ[name]
    for name in ("LANG", "LC_ALL"):
        os.environ[name] = "C.UTF-8"
    os.environ.pop("LANGUAGE", None)
    os.environ.pop("LC_CTYPE", None)
    for variable, folder in {
        "HOME": "home",
        "USERPROFILE": "home",
        "APPDATA": "home/roaming",
        "LOCALAPPDATA": "home/local",
        "XDG_DATA_HOME": "home/.local/share",
        "XDG_CONFIG_HOME": "home/.config",
        "XDG_CACHE_HOME": "home/.cache",
        "XDG_STATE_HOME": "home/.local/state",
        "XDG_DOCUMENTS_DIR": "home/Documents",
        "XDG_RUNTIME_DIR": "run",
    }.items():
        place = _HOME / folder
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ[variable] = str(place)


_settle_environment()
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)

# Only now may anything that reads the environment be imported.
import hypothesis  # noqa: E402
import pytest  # noqa: E402

from desmigratif_desktop.foundation.clock import FrozenClock  # noqa: E402
from desmigratif_desktop.foundation.ids import new_id  # noqa: E402
from desmigratif_desktop.records.actors import Actor, Role  # noqa: E402
from desmigratif_desktop.records.keys import OpenedKeys, new_keys  # noqa: E402
from kit import redlist  # noqa: E402

MORNING = 1_794_531_600_000
"""13 November 2026, 08.00 at a village office in West Java."""

_FAST = {"deadline": None, "print_blob": True}
_SLOW_IS_FINE = [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large]
hypothesis.settings.register_profile(
    "default", max_examples=60, suppress_health_check=_SLOW_IS_FINE, **_FAST
)
hypothesis.settings.register_profile(
    "ci", max_examples=60, derandomize=True, suppress_health_check=_SLOW_IS_FINE, **_FAST
)
hypothesis.settings.register_profile(
    "all", max_examples=1_000, suppress_health_check=_SLOW_IS_FINE, **_FAST
)
if os.environ.get("DESMIGRATIF_TEST_ALL"):
    hypothesis.settings.load_profile("all")
else:
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that stands at a working morning until a test moves it."""
    return FrozenClock(MORNING)


@pytest.fixture(scope="session")
def opened_keys() -> OpenedKeys:
    """Keys as an opened slot gives them, without waiting for Argon2 at each test."""
    return new_keys(Actor(new_id(), "Wulandari", Role.PETUGAS))


@pytest.fixture(scope="session")
def runs_all() -> bool:
    """Whether this is `start.py test --all`: whole sweeps instead of a seeded share."""
    return bool(os.environ.get("DESMIGRATIF_TEST_ALL"))


def _is_here(address: object) -> bool:
    """Whether an address is this machine's own (or a socket in its file system)."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    return host in {"localhost", "::1", ""} or host.startswith("127.")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail, rather than wait for, whoever reaches for another machine.

    `pytest.fail` raises what no `except Exception` of the product swallows.
    """
    real_connect, real_connect_ex, real_lookup = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def connect(self: socket.socket, address: object) -> object:
        if not _is_here(address):
            pytest.fail(f"a test reached for the network: {address!r}")
        return real_connect(self, address)  # type: ignore[arg-type]

    def connect_ex(self: socket.socket, address: object) -> object:
        if not _is_here(address):
            pytest.fail(f"a test reached for the network: {address!r}")
        return real_connect_ex(self, address)  # type: ignore[arg-type]

    def lookup(host: object, *rest: object, **named: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_here((name,)):
            pytest.fail(f"a test asked for the address of {name!r}")
        return real_lookup(host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that asks for Qt carries the marker, so `-m "not qt"` leaves them all out."""
    for item in items:
        if {"qtbot", "qapp"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("qt")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which rows of the redlist no test answers yet."""
    if terminalreporter.config.args_source.name != "TESTPATHS":
        return  # a chosen few say nothing about the whole
    for line in redlist.summary():
        terminalreporter.write_line(line)


def pytest_report_header() -> str:
    """Name the versions that decide a result."""
    return f"desmigratif: Python {sys.version.split()[0]}, offscreen, no network"
