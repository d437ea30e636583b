"""Entries and keys of a laptop that never was."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from desmigratif_sync.protocol.entries import Create, Dot, Edit, Entry
from desmigratif_sync.protocol.keys import DeviceKey

if TYPE_CHECKING:
    from collections.abc import Callable

EPOCH = bytes(range(8))
OFFICER = b"officer-siti-001"


@pytest.fixture(scope="session")
def key() -> DeviceKey:
    """A laptop's key, the same on every run."""
    return DeviceKey.from_seed(bytes(range(32)))


@pytest.fixture(scope="session")
def other() -> DeviceKey:
    """Another laptop's key."""
    return DeviceKey.from_seed(bytes(range(32, 64)))


def _hlc(number: int) -> int:
    return (1_794_531_600_000 + number << 16) + 1


def _record(number: int) -> bytes:
    return random.Random(number).randbytes(16)


@pytest.fixture(scope="session")
def person(key: DeviceKey) -> Callable[[int], Entry]:
    """Makes the entry of one registered person: dot = its number."""

    def made(number: int) -> Entry:
        fields = {
            "name": f"Siti Warga {number}",
            "nik": f"32121641{number:08d}",
            "sex": "P",
            "note": random.Random(number).randbytes(20).hex(),
            "birth_date": f"19{number % 60 + 30}-04-{number % 28 + 1:02d}",
            "residence": {"rt": f"{number % 9 + 1:03d}", "rw": "002", "dusun": "Krajan"},
        }
        if number % 3 == 0:
            fields["phone"] = f"+62812{number * 7919 % 10**8:08d}"
        record = Create("person", _record(number), fields)
        dot = Dot(key.device, EPOCH, "village", number)
        act = random.Random(-number).randbytes(16)
        return Entry(dot, act, _hlc(number), OFFICER, "person.register", creates=(record,))

    return made


@pytest.fixture(scope="session")
def edit(key: DeviceKey) -> Callable[[int, int], Entry]:
    """Makes the entry of one telephone number changed: (its number, the person's)."""

    def made(number: int, of: int) -> Entry:
        base = (Dot(key.device, EPOCH, "village", of),)
        change = Edit("person", _record(of), "phone", base, f"+62812{number:08d}")
        dot = Dot(key.device, EPOCH, "village", number)
        act = random.Random(-number).randbytes(16)
        reason = "nomor baru"
        return Entry(dot, act, _hlc(number), OFFICER, "person.edit", reason, edits=(change,))

    return made


@pytest.fixture(scope="session")
def persons(person: Callable[[int], Entry]) -> list[Entry]:
    """Three thousand registered persons, dots 1 … 3000."""
    return [person(number) for number in range(1, 3001)]
