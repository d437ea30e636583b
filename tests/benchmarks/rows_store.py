"""Saving, finding, applying: ours beside the bare library, in one run."""

from __future__ import annotations

import random
import statistics
import time
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Row, each, p99
from benchmarks.people import VILLAGE, open_post, persons
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.people.roster import find_people
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.connection import connect
from desmigratif_desktop.records.merge import apply_entries
from desmigratif_desktop.records.search import query_of
from desmigratif_desktop.records.unit_of_work import Touched, unit
from exchange.district import new_laptop
from kit import recording_vfs, store_kit

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.keys import OpenedKeys

PAGE = 4096
SLICE = 250


def _bare(folder: Path, keys: OpenedKeys, count: int) -> tuple[Any, list[bytes]]:
    """The same people in one bare table of the same cipher, WAL and FULL."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = connect(folder / "dasar.db", keys)
    names = sorted({name for one in persons(200) for name in one})
    columns = ", ".join(f"{name} {'BLOB' if name == 'household' else 'TEXT'}" for name in names)
    handle.execute(f"CREATE TABLE person (id BLOB PRIMARY KEY, {columns}) STRICT, WITHOUT ROWID")
    rows = [(new_id(), *(one.get(name) for name in names)) for one in persons(count)]
    marks = ",".join("?" * (len(names) + 1))
    handle.execute("BEGIN")
    handle.executemany(f"INSERT INTO person VALUES ({marks})", rows)
    handle.execute("COMMIT")
    handle.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return handle, [row[0] for row in rows]


def _ids(store: Store, most: int) -> list[bytes]:
    with store.read() as session:
        rows = session.connection().exec_driver_sql("SELECT id FROM person LIMIT ?", (most,))
        return [row[0] for row in rows]


def _edit(store: Store, record: bytes, **values: str) -> None:
    _loaded(store, record, **values)()


def _loaded(store: Store, record: bytes, **values: str) -> Any:
    """A form as it was loaded; calling it saves."""
    with store.read() as session:
        bases = changelog.bases(session, Person, record)

    def save_it() -> None:
        with unit(store, store.keys.actor, "person.correct") as work:
            work.edit(work.get(Person, record), Touched(values, bases))

    return save_it


def save(folder: Path, keys: OpenedKeys, scratch: Path, times: int) -> list[Row]:
    """One form saved, durable, with its entry and the search index."""
    store = open_post(folder, keys)
    bare, numbers = _bare(scratch / "bare", keys, 2_000)
    draw = random.Random(3)
    ids = _ids(store, 2_000)

    def raw() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(
            "UPDATE person SET phone=?, address=? WHERE id=?",
            (f"+62812{draw.randrange(10**8)}", f"Jl. Melati {draw.random()}", draw.choice(numbers)),
        )
        bare.execute("COMMIT")

    def plain() -> Any:
        phone = f"+62812{draw.randrange(10**8)}"
        return _loaded(store, draw.choice(ids), phone=phone, address=f"Jl. Melati {draw.random()}")

    def searched() -> Any:
        name = f"Siti {draw.randrange(10**6)}"
        return _loaded(store, draw.choice(ids), name=name, address=f"Jl. Mawar {draw.random()}")

    def fresh() -> Any:
        values = persons(1, draw.randrange(10**6))[0]

        def save_it() -> None:
            with unit(store, store.keys.actor, "person.register") as work:
                work.session.add(Person(id=new_id(), **values))

        return save_it

    rows = []
    for name, make in (
        ("simpan formulir, 2 isian", plain),
        ("simpan formulir, nama ikut berubah", searched),
        ("warga baru, 25 isian", fresh),
    ):
        mine, theirs = [], []
        for number in range(times + 20):
            ours, base = each(make(), 1), each(raw, 1)
            if number >= 20:
                mine += ours
                theirs += base
        rows.append(Row(name, statistics.median(mine), statistics.median(theirs), "ms", 4, 2.6))
    store.close()
    bare.close()
    return rows


def pages(folder: Path, keys: OpenedKeys, times: int = 60) -> list[Row]:
    """Pages written and syncs of one save, counted at the disk."""
    rows = []
    with recording_vfs.recording(folder) as recorder:
        store = open_post(folder, keys)
        ids = _ids(store, 2_000)
        draw = random.Random(4)
        for name, given in (
            ("halaman tiap simpan, isian biasa", lambda: {"phone": f"+62{draw.randrange(10**9)}"}),
            (
                "halaman tiap simpan, nama berubah",
                lambda: {"name": f"Siti {draw.randrange(10**6)}"},
            ),
        ):
            store.tidy()
            for _ in range(15):
                _edit(store, draw.choice(ids), **given())
            counted, syncs, checkpoints = [], [], 0
            for _ in range(times):
                recorder.steps.clear()
                _edit(store, draw.choice(ids), **given())
                counted.append(
                    sum(one.what == "write" and len(one.data) == PAGE for one in recorder.steps)
                )
                syncs.append(recorder.count("sync"))
                checkpoints += recorder.count("write", ".db")
            remark = f"fsync {statistics.mean(syncs):.2f}, checkpoint {checkpoints}"
            rows.append(Row(name, statistics.median(counted), 0, "hal", 8, 8, "value", remark))
        store.close()
    return rows


def find(folder: Path, keys: OpenedKeys, count: int, times: int) -> list[Row]:
    """While typing: the query and the rows that are shown, against the bare index."""
    store = open_post(folder, keys)
    draw = random.Random(5)
    words = [one["name"].split() for one in persons(500, 9)]
    typed = []
    for _ in range(times):
        name = draw.choice(words)
        typed.append(draw.choice((name[0][:2], name[0][:3], name[-1][:4], " ".join(name)[:9])))

    def ours(text: str) -> None:
        with store.read() as session:
            find_people(store, session, text, limit=50)

    with store.read() as session:
        raw = session.connection()

        def bare(text: str) -> None:
            query = "SELECT rowid FROM search_text WHERE body MATCH ? ORDER BY rowid LIMIT 50"
            raw.exec_driver_sql(query, (query_of(text),)).all()

        base = [each(lambda one=one: bare(one), 1)[0] for one in typed]
    mine = [each(lambda one=one: ours(one), 1)[0] for one in typed]
    store.close()
    return [
        Row(
            f"cari sambil mengetik, {count:,} warga, p99",
            p99(mine),
            p99(base),
            "ms",
            30,
            16,
            "value",
        )
    ]


def apply(scratch: Path, count: int) -> list[Row]:
    """Rows a second of a first download, against a raw insert of the same rows."""
    first, second = (new_laptop(scratch / one, VILLAGE, one.upper()) for one in ("a", "b"))
    first.register(persons(count), bulk=True)
    entries = store_kit.entries_of(first.store, audience="village")
    began = time.perf_counter()
    for start in range(0, len(entries), SLICE):
        apply_entries(second.store, entries[start : start + SLICE])
    ours = time.perf_counter() - began
    rows = first.sql("SELECT * FROM person")
    handle = connect(scratch / "mentah.db", first.store.keys)
    names = ", ".join(f"c{number} ANY" for number in range(len(rows[0])))
    handle.execute(f"CREATE TABLE v ({names}) STRICT")
    marks = ",".join("?" * len(rows[0]))
    began = time.perf_counter()
    for start in range(0, len(rows), SLICE):
        handle.execute("BEGIN IMMEDIATE")
        handle.executemany(f"INSERT INTO v VALUES ({marks})", rows[start : start + SLICE])
        handle.execute("COMMIT")
    base = time.perf_counter() - began
    for one in (handle, first.store, second.store):
        one.close()
    return [
        Row(
            f"terapkan unduhan, {count:,} warga", ours * 1000, base * 1000, "ms", 0.2, 0.33, "speed"
        )
    ]
