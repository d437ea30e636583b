"""Fold: what an act captured becomes entries, versions and search, then COMMIT may pass.

One act makes one entry per audience; a bulk act one per aggregate and audience, all
with one act id. Widening carries the record's live registers into the wider stream
with their own dots; later edits go only there.

Source: DESIGN decisions 1, 2, 4 and 7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.foundation.clock import next_hlc
from desmigratif_desktop.foundation.errors import RuleBrokenError
from desmigratif_desktop.records import search
from desmigratif_desktop.records.bodies import Body
from desmigratif_desktop.records.capture import NEW_ROW
from desmigratif_desktop.records.quick import Quick
from desmigratif_desktop.records.rebuild import index_rebuilt, tell
from desmigratif_desktop.records.versions import (
    AUDIENCES,
    Authors,
    Live,
    LocalDot,
    RowVersion,
    Versions,
)
from desmigratif_sync.protocol.entries import MAX_ENTRY_BYTES, MAX_OPERATIONS, Dot, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desmigratif_desktop.records.kinds import Kind, Register, Registry

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

    def __init__(
        self,
        connection: Any,
        registry: Registry,
        author: tuple[bytes, bytes],
        act: Act,
        millis: int,
    ) -> None:
        self._connection = connection = Quick(connection)
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
        self._written: set[tuple[bytes, str]] = set()
        self._shown_anew: list[tuple[Kind, bytes]] = []
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
        for record, name in self._act.bases.keys() - self._written:
            self._settle_only(record, name)
        for kind, record in self._shown_anew:
            index_rebuilt(self._connection, kind, record)
        self._write_entries()
        self._sql("DELETE FROM capture")
        return self.result

    def _live_rows(self, kind: Kind, records: list[bytes]) -> Iterator[list[Mapping[str, Any]]]:
        columns = ", ".join(("id", *kind.columns))
        for start in range(0, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            marks = ",".join("?" * len(chunk))
            yield list(
                self._sql(
                    f"SELECT {columns} FROM {kind.table.name} WHERE id IN ({marks})", tuple(chunk)
                ).mappings()
            )

    def _fold_rows(
        self, kind: Kind, rows: list[Mapping[str, Any]], captured: dict[bytes, dict[int, Any]]
    ) -> None:
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
            (
                kind.name,
                record,
                {name: value for name, value in values.items() if value is not None},
            )
        )
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
            change = (before, row, register.value_of(row))
            self._edit_register(kind, register, change, version, reach)
        if kind.search and any(
            name in (*kind.search, "state") for one in changed for name in one.members
        ):
            search.index_again(self._connection, kind, row)

    def _edit_register(
        self,
        kind: Kind,
        register: Register,
        change: tuple[Mapping[str, Any], Mapping[str, Any], Any],
        version: RowVersion,
        reach: int,
    ) -> None:
        """Write one register over its base.

        Args:
            kind: the kind.
            register: the register.
            change: the row before, the row now, the new value.
            version: how the row came to be.
            reach: the stream to write in.
        """
        before, row, value = change
        record, old = row["id"], register.value_of(before)
        self._written.add((record, register.name))
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
            old = self._value_at(record, register.name, base, old)
        body.edits.append((kind.name, record, register.name, base, value, old))
        fresh = Live(dot, self.hlc, value)
        shown = self._versions.put(record, register, [*kept, fresh], len(lives) > 1)
        if shown != register.value_of(row):
            self._show(kind, register, record, shown)
        self._touch(kind, record)

    def _show(self, kind: Kind, register: Register, record: bytes, value: Value) -> None:
        columns = register.columns_of(value)
        pairs = ", ".join(f"{name}=?" for name in columns)
        self._sql(f"UPDATE {kind.table.name} SET {pairs} WHERE id=?", (*columns.values(), record))
        self._shown_anew.append((kind, record))

    def _value_at(
        self, record: bytes, name: str, base: tuple[LocalDot, ...], shown: Value
    ) -> Value:
        """What the officer's form had shown, from the log: history and undo go by it."""
        written = tell(self._connection, self._registry, record).written.get(name, {})
        return next((written[dot].value for dot in base if dot in written), shown)

    def _carry(
        self, kind: Kind, before: Mapping[str, Any], version: RowVersion, reach: int
    ) -> None:
        """Carry a record's whole live state into the wider stream, siblings and all."""
        record = before["id"]
        _, body = self._body(self._root(kind, before), reach)
        lives = self._all_lives(kind, before, version)
        for register, live in lives:
            body.carries.append((kind.name, record, register.name, live.dot, live.hlc, live.value))
        if not lives:
            body.creates.append((kind.name, record, {}))
        self._versions.set_reach(record, reach)
        self._touch(kind, record)

    def _follow(self, kind: Kind, row: Mapping[str, Any], version: RowVersion, reach: int) -> None:
        """Carry own values that were written while another laptop widened the record.

        Where ours superseded a value that had been carried already, the wider stream must
        hear that it is dead, and only an edit can say so.
        """
        record = row["id"]
        told = tell(self._connection, self._registry, record)
        wide = tell(self._connection, self._registry, record, reach=reach)
        for register in kind.registers:
            lives = self._versions.lives(record, register, register.value_of(row), version)
            here = {one.dot for one in lives}
            stale = tuple(
                one.dot
                for one in wide.lives(register.name)
                if one.dot not in here
                and told.killed_by(register.name, one.dot, self._author, reach)
            )
            known = wide.written.get(register.name, {})
            ours = [one for one in lives if self._is_narrow(one, reach) and one.dot not in known]
            if stale and lives:
                chosen = ours.pop(0) if ours else lives[0]
                base = tuple(self._authors.wide(dot) for dot in (*stale, chosen.dot))
                self._act.bases[record, register.name] = base
                self._edit_register(kind, register, (row, row, chosen.value), version, reach)
            for one in ours:
                _, body = self._body(self._root(kind, row), reach)
                body.carries.append((kind.name, record, register.name, one.dot, one.hlc, one.value))
                self._touch(kind, record)

    def _is_narrow(self, live: Live, reach: int) -> bool:
        """Whether a value is our own, from a stream narrower than this."""
        return live.dot.author == self._author and live.dot.audience < reach

    def _all_lives(
        self, kind: Kind, row: Mapping[str, Any], version: RowVersion
    ) -> list[tuple[Register, Live]]:
        return [
            (register, live)
            for register in kind.registers
            for live in self._versions.lives(row["id"], register, register.value_of(row), version)
        ]

    def _widen_only(self, record: bytes) -> None:
        version = self._row_version(record)
        reach = self._act.widened[record]
        kind = self._registry.by_number[version.kind]
        for rows in self._live_rows(kind, [record]):
            for row in rows:
                if reach > version.reach:
                    self._carry(kind, row, version, reach)
                elif reach == version.reach:
                    self._follow(kind, row, version, reach)

    def _settle_only(self, record: bytes, name: str) -> None:
        """The officer kept the shown value: the others that they saw are settled with it."""
        version = self._versions.row(record)
        kind = self._registry.by_number[version.kind] if version else None
        if version is None or kind is None:
            return
        register = kind.by_name[name]
        for rows in self._live_rows(kind, [record]):
            for row in rows:
                shown = register.value_of(row)
                if len(self._versions.lives(record, register, shown, version)) > 1:
                    reach = max(version.reach, self._act.widened.get(record, 0))
                    self._edit_register(kind, register, (row, row, shown), version, reach)

    def _row_version(self, record: bytes) -> RowVersion:
        version = self._versions.row(record)
        if version is None:
            raise RuleBrokenError("Data ini tidak memiliki asal-usul; jalankan pemeriksaan data.")
        return version

    def _root(self, kind: Kind, row: Mapping[str, Any]) -> bytes:
        if not self._act.bulk:
            return b""
        owner: bytes | None = row[kind.aggregate] if kind.aggregate else None
        return owner or bytes(row["id"])

    def _touch(self, kind: Kind, record: bytes) -> None:
        self.result.kinds.add(kind.name)
        self.result.records.add(record)

    def _body(self, root: bytes, audience: int) -> tuple[LocalDot, Body]:
        found = self._bodies.get((root, audience))
        if found is None:
            seq = self._seqs.get(audience)
            if seq is None:
                seq = self._sql(
                    "SELECT coalesce(max(seq), 0) FROM entry WHERE author=? AND audience=?",
                    (self._author, audience),
                ).scalar_one()
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
            rows.append(
                (*dot, act.act, self.hlc, act.officer, act.action, act.reason, act.undoes, raw)
            )
            links += [(record, *dot) for record in body.records]
        if rows:
            self._sql("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
            self._sql("INSERT INTO entry_record VALUES (?,?,?,?)", links)
        self.result.entries = len(rows)
