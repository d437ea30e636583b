"""Fold: what an act captured becomes entries, versions and search, then COMMIT may pass.

One act makes one entry per audience; a bulk act one per aggregate and audience, all
with one act id. Widening carries the record's live registers into the wider stream
with their own dots; later edits go only there.

Source: DESIGN decisions 1, 2, 4 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desmigratif_sync.protocol.entries import MAX_ENTRY_BYTES, MAX_OPERATIONS, Dot

from desmigratif_desktop.foundation.clock import next_hlc
from desmigratif_desktop.foundation.errors import RuleBrokenError
from desmigratif_desktop.records import search
from desmigratif_desktop.records.bodies import Body
from desmigratif_desktop.records.capture import NEW_ROW
from desmigratif_desktop.records.kinds import Kind, Register, Registry
from desmigratif_desktop.records.versions import (
    AUDIENCES,
    Authors,
    Live,
    LocalDot,
    RowVersion,
    Versions,
)

CHUNK = 500


@dataclass(slots=True)
class Act:
    """What a unit of work tells the fold about the act.

    Attributes:
        act: 16 bytes.
        officer: who acts, 16 bytes; None for the program.
        action: code of the act.
        reason: the officer's reason.
        undoes: the act taken back.
        bulk: one entry per aggregate.
        bases: dots that a form was loaded with, by (record, register name).
        widened: records whose audience widens, with the wider audience's number.
    """

    act: bytes
    officer: bytes | None
    action: str
    reason: str | None = None
    undoes: bytes | None = None
    bulk: bool = False
    bases: dict[tuple[bytes, str], tuple[Dot, ...]] = field(default_factory=dict)
    widened: dict[bytes, int] = field(default_factory=dict)


@dataclass(slots=True)
class Folded:
    """What an act came to.

    Attributes:
        kinds: names of the kinds touched.
        records: ids touched.
        entries: number of entries written.
        concurrent: (record, register) edits that met somebody else's newer value.
    """

    kinds: set[str] = field(default_factory=set)
    records: set[bytes] = field(default_factory=set)
    entries: int = 0
    concurrent: list[tuple[bytes, str]] = field(default_factory=list)


class Fold:
    """Folds one act, inside its transaction."""

    def __init__(self, connection: Any, registry: Registry, author: tuple[bytes, bytes], act: Act,
                 millis: int) -> None:
        self._connection = connection
        self._sql = connection.exec_driver_sql
        self._registry = registry
        self._act = act
        self._authors = Authors(connection)
        self._versions = Versions(connection, self._authors)
        self._author = self._authors.number(*author)
        last = self._sql("SELECT hlc FROM sync_ctx").scalar_one()
        self.hlc = next_hlc(last, millis)
        self._seqs: dict[int, int] = {}
        self._bodies: dict[tuple[bytes, int], tuple[LocalDot, Body]] = {}
        self.result = Folded()

    def run(self) -> Folded:
        """Fold everything captured; afterwards COMMIT is possible."""
        captured: dict[int, dict[bytes, dict[int, Any]]] = {}
        for kind, record, number, old in self._sql("SELECT kind, rid, field, old FROM capture"):
            captured.setdefault(kind, {}).setdefault(record, {})[number] = old
        seen: set[bytes] = set()
        for number, records in captured.items():
            kind = self._registry.by_number[number]
            for rows in self._live_rows(kind, list(records)):
                self._fold_rows(kind, rows, records)
                seen.update(row["id"] for row in rows)
        for record in self._act.widened.keys() - seen:
            self._widen_only(record)
        self._write_entries()
        self._sql("DELETE FROM capture")
        return self.result

    def _live_rows(self, kind: Kind, records: list[bytes]) -> Iterator[list[Mapping[str, Any]]]:
        columns = ", ".join(("id", *kind.columns))
        for start in range(0, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            marks = ",".join("?" * len(chunk))
            yield list(self._sql(
                f"SELECT {columns} FROM {kind.table.name} WHERE id IN ({marks})", tuple(chunk)
            ).mappings())

    def _fold_rows(self, kind: Kind, rows: list[Mapping[str, Any]],
                   captured: dict[bytes, dict[int, Any]]) -> None:
        fresh = []
        for row in rows:
            old = captured[row["id"]]
            if NEW_ROW in old:
                self._create(kind, row)
                fresh.append(row)
            else:
                self._edit(kind, row, old)
        if kind.search and fresh:
            search.index_new(self._connection, kind, fresh)

    def _create(self, kind: Kind, row: Mapping[str, Any]) -> None:
        record = row["id"]
        reach = max(AUDIENCES.index(kind.audience), self._act.widened.get(record, 0))
        dot, body = self._body(self._root(kind, row), reach)
        values = {one.name: one.value_of(row) for one in kind.registers}
        body.creates.append(
            (kind.name, record, {name: value for name, value in values.items() if value is not None}))
        self._versions.insert_rows([(record, kind.number, dot, self.hlc, reach)])
        self._touch(kind, record)

    def _edit(self, kind: Kind, row: Mapping[str, Any], old: dict[int, Any]) -> None:
        record = row["id"]
        version = self._row_version(record)
        before = dict(row)
        for name, number in kind.column_numbers.items():
            if number in old:
                before[name] = old[number]
        changed = [one for one in kind.registers if one.value_of(before) != one.value_of(row)]
        reach = max(version.reach, self._act.widened.get(record, 0))
        if reach > version.reach:
            self._carry(kind, before, version, reach)
        for register in changed:
            self._edit_register(kind, register, before, row, version, reach)
        if kind.search and any(
            name in (*kind.search, "state") for one in changed for name in one.members
        ):
            search.index_again(self._connection, kind, row)

    def _edit_register(self, kind: Kind, register: Register, before: Mapping[str, Any],
                       row: Mapping[str, Any], version: RowVersion, reach: int) -> None:
        record = row["id"]
        value, old = register.value_of(row), register.value_of(before)
        lives = self._versions.lives(record, register, old, version)
        dot, body = self._body(self._root(kind, row), reach)
        given = self._act.bases.get((record, register.name))
        if given is None:
            base = tuple(one.dot for one in lives)
        else:
            base = tuple(self._authors.local(one) for one in given)
        kept = [one for one in lives if one.dot not in base and one.dot != dot]
        if kept:
            self.result.concurrent.append((record, register.name))
            old = self._value_at(base, lives, old)
        body.edits.append((kind.name, record, register.name, base, value, old))
        self._versions.put(record, register, [*kept, Live(dot, self.hlc, value)], len(lives) > 1)
        self._touch(kind, record)

    def _value_at(self, base: tuple[LocalDot, ...], lives: list[Live], shown: Any) -> Any:
        return next((one.value for one in lives if one.dot in base), shown)

    def _carry(self, kind: Kind, before: Mapping[str, Any], version: RowVersion, reach: int) -> None:
        record = before["id"]
        carried = []
        for register in kind.registers:
            for live in self._versions.lives(record, register, register.value_of(before), version):
                follows = live.dot.author == self._author and live.dot.audience < reach
                if reach > version.reach or follows:
                    carried.append((kind.name, record, register.name, live.dot, live.hlc, live.value))
        if not carried:
            return
        _, body = self._body(self._root(kind, before), reach)
        body.carries += carried
        self._versions.set_reach(record, reach)
        self._touch(kind, record)

    def _widen_only(self, record: bytes) -> None:
        version = self._row_version(record)
        reach = self._act.widened[record]
        if reach < version.reach:
            return
        kind = self._registry.by_number[version.kind]
        for rows in self._live_rows(kind, [record]):
            for row in rows:
                self._carry(kind, row, version, reach)

    def _row_version(self, record: bytes) -> RowVersion:
        version = self._versions.row(record)
        if version is None:
            raise RuleBrokenError("Data ini tidak memiliki asal-usul; jalankan pemeriksaan data.")
        return version

    def _root(self, kind: Kind, row: Mapping[str, Any]) -> bytes:
        if not self._act.bulk:
            return b""
        return (row[kind.aggregate] if kind.aggregate else None) or row["id"]

    def _touch(self, kind: Kind, record: bytes) -> None:
        self.result.kinds.add(kind.name)
        self.result.records.add(record)

    def _body(self, root: bytes, audience: int) -> tuple[LocalDot, Body]:
        found = self._bodies.get((root, audience))
        if found is None:
            seq = self._seqs.get(audience)
            if seq is None:
                seq = self._sql("SELECT coalesce(max(seq), 0) FROM entry WHERE author=? AND audience=?",
                                (self._author, audience)).scalar_one()
            self._seqs[audience] = seq + 1
            found = (LocalDot(self._author, audience, seq + 1), Body())
            self._bodies[root, audience] = found
        return found

    def _write_entries(self) -> None:
        act = self._act
        rows, links = [], []
        for dot, body in self._bodies.values():
            raw = body.dump()
            if body.operations > MAX_OPERATIONS or len(raw) > MAX_ENTRY_BYTES:
                raise RuleBrokenError(
                    "Perubahan ini terlalu besar untuk disimpan sekaligus.",
                    "Bagilah menjadi beberapa bagian.",
                )
            rows.append((*dot, act.act, self.hlc, act.officer, act.action, act.reason, act.undoes, raw))
            links += [(record, *dot) for record in body.records]
        if rows:
            self._sql("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
            self._sql("INSERT INTO entry_record VALUES (?,?,?,?)", links)
        self.result.entries = len(rows)
