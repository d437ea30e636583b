"""Apply: another laptop's entries become rows, by the same field rule as our own.

Nothing is refused for business reasons and nothing is lost: an edit that did not see
ours stays beside it; a kind or field this program does not know stays in the log,
marked unread, and is applied once a newer program knows it.

The state depends only on the set of entries, not on their order, given causal
delivery (sync design §4.5). An entry that is already here is skipped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from desmigratif_desktop.foundation.clock import seen_hlc
from desmigratif_desktop.records import search
from desmigratif_desktop.records.batch import Batch
from desmigratif_desktop.records.bodies import Body
from desmigratif_desktop.records.notices import ChangeNotice
from desmigratif_desktop.records.quick import Quick
from desmigratif_desktop.records.rebuild import (
    rebuild,
    replay_unread,
    sound_fields,
    tell,
    waiting_records,
)
from desmigratif_desktop.records.unit_of_work import MAX_NAMED, unit
from desmigratif_desktop.records.versions import (
    AUDIENCES,
    Authors,
    Live,
    LocalDot,
    RowVersion,
    Versions,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.kinds import Kind, Register, Registry
    from desmigratif_sync.protocol.entries import Carry, Create, Edit, Entry, Scalar, Value


class GapError(Exception):
    """An entry arrived before its predecessor; the carrier parks the frame."""


@dataclass(slots=True)
class Applied:
    """What an apply came to.

    Attributes:
        entries: newly applied.
        duplicates: already here.
        kinds: names of the kinds touched.
        records: ids touched.
        unread: entries with parts this program does not know.
        follow: records whose audience another laptop widened while values of ours
            were still in the narrower stream; they are carried in an act of our own.
    """

    entries: int = 0
    duplicates: int = 0
    kinds: set[str] = field(default_factory=set)
    records: set[bytes] = field(default_factory=set)
    unread: int = 0
    follow: dict[bytes, int] = field(default_factory=dict)


class Place(NamedTuple):
    """One register of one row."""

    kind: Kind
    register: Register
    record: bytes
    version: RowVersion


class Merge:
    """Applies entries inside one transaction of the writer lane."""

    def __init__(
        self, connection: Any, registry: Registry, own: tuple[bytes, bytes], millis: int
    ) -> None:
        self._connection = connection = Quick(connection)
        self._sql = connection.exec_driver_sql
        self._registry = registry
        self._authors = Authors(connection)
        self._versions = Versions(connection, self._authors)
        self._batch = Batch(connection, self._versions)
        self._own = self._authors.number(*own)
        self._millis = millis
        self._hlc = self._sql("SELECT hlc FROM sync_ctx").scalar_one()
        self._heads: dict[tuple[int, int], int] = {}
        self._stale: dict[bytes, Kind] = {}
        self._again: set[bytes] = set()
        self._killed: dict[bytes, list[tuple[str, LocalDot, int]]] = {}
        self._has_unread = bool(self._sql("SELECT EXISTS (SELECT 1 FROM unread)").scalar_one())
        self.result = Applied()
        self._sql("UPDATE sync_ctx SET mode='apply'")

    def finish(self) -> Applied:
        """Refresh the search index, settle the clock, let COMMIT pass."""
        self._batch.flush()
        if self._has_unread:
            near = waiting_records(self._connection) & self.result.records
            replayed = replay_unread(self._connection, self._registry, near)
            self._again -= replayed.keys()
            self._stale |= replayed
            self.result.records |= replayed.keys()
        for record in sorted(self._again):
            known = rebuild(self._connection, self._registry, record)
            if known is not None:
                self._stale[record] = known
        self._mourn()
        self._batch.index(self._stale)
        for record, kind in self._stale.items():
            row = self._row(kind, record)
            if kind.search and row is not None:
                search.index_again(self._connection, kind, row)
        self._sql("DELETE FROM capture")
        self._sql("UPDATE sync_ctx SET mode='off', hlc=?", (self._hlc,))
        return self.result

    def expect(self, entries: Sequence[Entry]) -> None:
        """Learn what these entries will meet, so that what is new is written many at a time."""
        self._batch.expect(create.record for entry in entries for create in entry.creates)

    def apply(self, entry: Entry) -> None:
        """Apply one entry.

        Raises:
            GapError: its predecessor in that device's stream is not here yet.
        """
        dot = self._authors.local(entry.dot)
        head = self._head(dot)
        if dot.seq <= head:
            self.result.duplicates += 1
            return
        if dot.seq != head + 1:
            raise GapError
        body, complete = Body(), True
        for create in entry.creates:
            complete &= self._create(create, entry, dot)
            body.creates.append((create.kind, create.record, dict(create.fields)))
        if entry.carries or entry.edits:
            self._batch.flush()
        complete &= self._carry_all(entry.carries, entry, dot, body)
        for edit in entry.edits:
            known, old = self._edit(edit, entry, dot)
            complete &= known
            base = tuple(self._authors.local(one) for one in edit.base)
            body.edits.append((edit.kind, edit.record, edit.field, base, edit.value, old))
        self._write(entry, dot, body, complete=complete)

    def _head(self, dot: LocalDot) -> int:
        stream = (dot.author, dot.audience)
        if stream not in self._heads:
            self._heads[stream] = self._sql(
                "SELECT coalesce(max(seq), 0) FROM entry WHERE author=? AND audience=?", stream
            ).scalar_one()
        return self._heads[stream]

    def _write(self, entry: Entry, dot: LocalDot, body: Body, *, complete: bool) -> None:
        row = (*dot, entry.act, entry.hlc, entry.officer, entry.action, entry.reason, entry.undoes)
        self._batch.log((*row, body.dump()), [(record, *dot) for record in body.records])
        if not complete:
            self._sql("INSERT INTO unread(author, audience, seq) VALUES (?,?,?)", tuple(dot))
            self.result.unread += 1
            self._has_unread = True
        self._heads[dot.author, dot.audience] = dot.seq
        self._hlc = seen_hlc(self._hlc, entry.hlc, self._millis)
        self.result.entries += 1

    def _create(self, create: Create, entry: Entry, dot: LocalDot) -> bool:
        kind, fields, whole = sound_fields(self._registry, create.kind, create.fields)
        if kind is None:
            return False
        reach = max(dot.audience, AUDIENCES.index(kind.audience))
        if self._batch.is_absent(create.record):
            self._batch.make(kind, create.record, fields, (dot, entry.hlc, reach))
            self.result.kinds.add(kind.name)
            self.result.records.add(create.record)
            return whole
        self._batch.flush()
        version = self._versions.row(create.record)
        if version is None:
            self._insert(kind, create.record, fields)
            self._versions.insert_rows([(create.record, kind.number, dot, entry.hlc, reach)])
        else:
            for name, value in fields.items():
                place = Place(kind, kind.by_name[name], create.record, version)
                self._settle(place, (), Live(dot, entry.hlc, value))
            self._meet(create.record, version, dot)
            if dot.audience > version.reach:
                self._notice_followers(create.record, set(), dot.audience)
        self._touch(kind, create.record)
        return whole

    def _meet(self, record: bytes, version: RowVersion, dot: LocalDot) -> None:
        """An entry met a row: widen it, or ask the log when it comes from behind a widening."""
        if dot.audience > version.reach:
            self._versions.set_reach(record, dot.audience)
        elif dot.audience < version.reach:
            self._again.add(record)

    def _insert(self, kind: Kind, record: bytes, fields: Mapping[str, Value]) -> None:
        self._batch.is_here(record)
        columns: dict[str, Scalar] = {"id": record}
        for name, value in fields.items():
            columns |= kind.by_name[name].columns_of(value)
        names = ", ".join(columns)
        marks = ",".join("?" * len(columns))
        self._sql(
            f"INSERT INTO {kind.table.name} ({names}) VALUES ({marks})", tuple(columns.values())
        )

    def _edit(self, edit: Edit, entry: Entry, dot: LocalDot) -> tuple[bool, Value]:
        kind, fields, whole = sound_fields(self._registry, edit.kind, {edit.field: edit.value})
        version = self._versions.row(edit.record)
        if kind is None or not fields or version is None:
            return False, None
        base = tuple(self._authors.local(one) for one in edit.base)
        place = Place(kind, kind.by_name[edit.field], edit.record, version)
        whole &= self._has_seen(place, base)
        old = self._settle(place, base, Live(dot, entry.hlc, edit.value))
        self._meet(edit.record, version, dot)
        self._touch(kind, edit.record)
        return whole, old

    def _has_seen(self, place: Place, base: tuple[LocalDot, ...]) -> bool:
        """Whether all that an edit supersedes is here; else the record is told anew later."""
        unseen = {one for one in base if one.seq > self._head(one)}
        if unseen:
            kind, register, record, version = place
            shown = register.value_of(self._row(kind, record) or {})
            unseen -= {one.dot for one in self._versions.lives(record, register, shown, version)}
        return not unseen

    def _settle(self, place: Place, base: tuple[LocalDot, ...], fresh: Live) -> Value:
        """Apply the register rule and show the result; returns the value replaced."""
        kind, register, record, version = place
        row = self._row(kind, record) or {}
        shown = register.value_of(row)
        lives = self._versions.lives(record, register, shown, version)
        kept = [one for one in lives if one.dot not in base and one.dot != fresh.dot]
        value = self._versions.put(record, register, [*kept, fresh], len(lives) > 1)
        if value != shown:
            columns = register.columns_of(value)
            pairs = ", ".join(f"{name}=?" for name in columns)
            self._sql(
                f"UPDATE {kind.table.name} SET {pairs} WHERE id=?", (*columns.values(), record)
            )
        return self._value_at(record, register.name, base, lives, shown) if base else None

    def _value_at(
        self, record: bytes, name: str, base: tuple[LocalDot, ...], lives: list[Live], shown: Value
    ) -> Value:
        """What the other officer's form had shown; the log knows it when it lives no more."""
        for one in lives:
            if one.dot in base:
                return one.value
        written = tell(self._connection, self._registry, record).written.get(name, {})
        return next((written[dot].value for dot in base if dot in written), shown)

    def _row(self, kind: Kind, record: bytes) -> Mapping[str, Any] | None:
        columns = ", ".join(("id", *kind.columns))
        found = self._sql(f"SELECT {columns} FROM {kind.table.name} WHERE id=?", (record,))
        row: Mapping[str, Any] | None = found.mappings().one_or_none()
        return row

    def _carry_all(self, carries: Sequence[Carry], entry: Entry, dot: LocalDot, body: Body) -> bool:
        complete = True
        covered: dict[bytes, set[LocalDot]] = {}
        for carry in carries:
            inner = self._authors.local(carry.dot)
            body.carries.append(
                (carry.kind, carry.record, carry.field, inner, carry.hlc, carry.value)
            )
            complete &= self._carry(carry, inner, entry, dot)
            covered.setdefault(carry.record, set()).add(inner)
        for record, dots in covered.items():
            self._notice_followers(record, dots, dot.audience)
        return complete

    def _carry(self, carry: Carry, inner: LocalDot, entry: Entry, dot: LocalDot) -> bool:
        kind, fields, whole = sound_fields(self._registry, carry.kind, {carry.field: carry.value})
        if kind is None:
            return False
        version = self._versions.row(carry.record)
        if version is None:
            self._insert(kind, carry.record, {})
            version = RowVersion(kind.number, dot, entry.hlc, dot.audience)
            self._versions.insert_rows([(carry.record, kind.number, dot, entry.hlc, dot.audience)])
        self._meet(carry.record, version, dot)
        self._touch(kind, carry.record)
        if fields and inner.seq > self._head(inner):
            place = Place(kind, kind.by_name[carry.field], carry.record, version)
            self._settle(place, (), Live(inner, carry.hlc, carry.value))
        elif fields and not self._is_live(kind, carry, inner, version):
            self._killed.setdefault(carry.record, []).append((carry.field, inner, dot.audience))
        return whole

    def _is_live(self, kind: Kind, carry: Carry, inner: LocalDot, version: RowVersion) -> bool:
        register = kind.by_name[carry.field]
        shown = register.value_of(self._row(kind, carry.record) or {})
        lives = self._versions.lives(carry.record, register, shown, version)
        return any(one.dot == inner for one in lives)

    def _mourn(self) -> None:
        """What we had superseded was carried all the same: the wide stream has to hear of it."""
        for record, carried in self._killed.items():
            told = tell(self._connection, self._registry, record)
            for name, dot, reach in carried:
                if told.killed_by(name, dot, self._own, reach):
                    self.result.follow[record] = max(reach, self.result.follow.get(record, 0))

    def _notice_followers(self, record: bytes, covered: set[LocalDot], reach: int) -> None:
        version = self._versions.row(record)
        if version is None:
            return
        kind = self._registry.by_number[version.kind]
        row = self._row(kind, record)
        if row is None:
            return
        for register in kind.registers:
            for live in self._versions.lives(record, register, register.value_of(row), version):
                if (
                    live.dot.author == self._own
                    and live.dot.audience < reach
                    and live.dot not in covered
                ):
                    self.result.follow[record] = reach

    def _touch(self, kind: Kind, record: bytes) -> None:
        self.result.kinds.add(kind.name)
        self.result.records.add(record)
        self._stale[record] = kind


def apply_entries(store: Store, entries: Sequence[Entry], *, origin: str = "exchange") -> Applied:
    """Apply a slice of entries in one transaction, then tell the screens.

    Args:
        store: the store.
        entries: in their authors' order; keep a slice small (under 50 ms).
        origin: for the notice.

    Raises:
        GapError: nothing of this slice was applied.
    """
    with store.write() as connection:
        merge = Merge(
            connection,
            store.registry,
            (store.replica.device, store.replica.epoch),
            store.clock.millis(),
        )
        merge.expect(entries)
        for entry in entries:
            merge.apply(entry)
        applied = merge.finish()
    if applied.records:
        named = frozenset(applied.records) if len(applied.records) <= MAX_NAMED else frozenset()
        store.publish(ChangeNotice(b"", frozenset(applied.kinds), named, origin))
    return applied


def carry_followers(store: Store, follow: Mapping[bytes, int]) -> None:
    """Carry our own narrower values of records that another laptop widened, as our act."""
    if not follow:
        return
    with unit(store, None, "audience.follow", origin="exchange") as work:
        work.follow(follow)
