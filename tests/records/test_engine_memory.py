"""No memory in the middle of a save: nothing of it stays, and the next save works."""

from __future__ import annotations

import functools
import inspect

from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import (
    bodies,
    fold,
    quick,
    rebuild,
    search,
    unit_of_work,
    versions,
)
from desmigratif_desktop.records.self_check import check
from desmigratif_desktop.records.unit_of_work import Touched, unit
from kit import store_kit
from kit.store_kit import OFFICER, Skill, Villager

MODULES = (bodies, fold, quick, rebuild, search, unit_of_work, versions)


class Shortage:
    """Counts the calls of the change log's machinery; the n-th one finds no memory."""

    def __init__(self, monkeypatch) -> None:
        self.calls = 0
        self.at = 0
        for module in MODULES:
            for name, one in vars(module).items():
                if inspect.isfunction(one) and one.__module__ == module.__name__:
                    if not hasattr(one, "__wrapped__"):
                        monkeypatch.setattr(module, name, self._short(one))
                elif inspect.isclass(one) and one.__module__ == module.__name__:
                    for part, method in list(vars(one).items()):
                        if inspect.isfunction(method) and not part.startswith("__"):
                            monkeypatch.setattr(one, part, self._short(method))

    def _short(self, real):
        @functools.wraps(real)
        def call(*args, **named):
            self.calls += 1
            if self.calls == self.at:
                raise MemoryError
            return real(*args, **named)

        return call

    def begin(self, at: int) -> None:
        self.calls, self.at = 0, at


def save(store, record: bytes, name: str) -> None:
    """A whole act: a new person, an old one changed over its base, a set element, a widening."""
    bases = store_kit.bases(store, record)
    with unit(store, OFFICER, "villager.edit") as work:
        work.session.add(Villager(id=new_id(), name=name, nik="1"))
        row = work.get(Villager, record)
        work.edit(row, Touched({"name": name, "rt": "9"}, bases))
        work.session.add(Skill(id=new_id(), villager=record, skill=name))
        work.widen(row, store_kit.Audience.DISTRICT)


def state(store) -> list:
    tables = (
        "kit_villager",
        "kit_skill",
        "entry",
        "row_version",
        "field_version",
        "search_doc",
        "capture",
    )
    return [sorted(map(repr, store_kit.sql(store, f"SELECT * FROM {one}"))) for one in tables]


def test_L06_no_memory_at_the_nth_call_of_a_save_rolls_back_and_goes_on(
    store, monkeypatch, runs_all: bool
) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti", nik="1", rt="1")
    shortage = Shortage(monkeypatch)
    save(store, record, "Percobaan")
    for number in range(1, 2_000, 1 if runs_all else 3):
        before = state(store)
        shortage.begin(number)
        try:
            save(store, record, f"Gagal {number}")
        except MemoryError:
            shortage.begin(0)
            assert state(store) == before, number
        else:
            break
        if number % 10 == 1:
            save(store, record, f"Berhasil {number}")
            assert state(store) != before
    assert 60 < number < 1_900, "every call found no memory once"
    assert not check(store).faults


def test_L06_no_memory_inside_the_database_itself(store) -> None:
    """The library's own allocations fail below an ever lower ceiling."""
    record = new_id()
    store_kit.add(store, record, name="Siti", nik="1", rt="1")
    failed = 0
    for number in range(60):
        before = state(store)
        _ceiling(store, used(store) + number * 2_000 + 1)
        try:
            save(store, record, f"Sesak {number}")
        except (MemoryError, DesmigratifError):
            failed += 1
            _ceiling(store, 0)
            assert state(store) == before, number
        finally:
            _ceiling(store, 0)
    assert failed >= 5, "the ceiling was never felt"
    save(store, record, "Lega")
    assert not check(store).faults


def used(store) -> int:
    import ctypes

    import sqlcipher3

    library = ctypes.CDLL(sqlcipher3._sqlite3.__file__)
    library.sqlite3_memory_used.restype = ctypes.c_int64
    return library.sqlite3_memory_used()


def _ceiling(store, amount: int) -> None:
    import ctypes

    import sqlcipher3

    library = ctypes.CDLL(sqlcipher3._sqlite3.__file__)
    library.sqlite3_hard_heap_limit64.argtypes = [ctypes.c_int64]
    library.sqlite3_hard_heap_limit64.restype = ctypes.c_int64
    library.sqlite3_hard_heap_limit64(amount)
