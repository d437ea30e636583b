"""A record as its log tells it: the definition that the fast path must agree with.

Of each register live are the values that any entry wrote, less those that any entry
listed as its base. This holds for every order of arrival. `merge` reaches the same
state entry by entry; where arrival was out of the ordinary (an entry of the narrow
stream after the record had widened, an edit before its record, a kind or field that
this program did not know yet) it asks here.

Source: sync design §4.5.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cbor2

from desmigratif_desktop.records import search
from desmigratif_desktop.records.bodies import Body
from desmigratif_desktop.records.versions import (
    AUDIENCES,
    Authors,
    Live,
    LocalDot,
    RowVersion,
    Versions,
)

if TYPE_CHECKING:
    from desmigratif_desktop.records.kinds import Kind, Register, Registry
    from desmigratif_sync.protocol.entries import Scalar, Value


def fits(kind: Kind, name: str, value: Scalar) -> bool:
    """Tell whether a value from the wire has the column's type."""
    if value is None:
        return True
    return type(value) is _column_type(kind, name)


@functools.cache
def _column_type(kind: Kind, name: str) -> type:
    return kind.column(name).type.python_type  # a collation must not matter here


def is_sound(kind: Kind, register: Register, value: Value) -> bool:
    """Tell whether a register can hold a value from the wire."""
    if not register.is_group:
        return not isinstance(value, Mapping) and fits(kind, register.members[0], value)
    if value is None:
        return True
    return isinstance(value, Mapping) and all(
        fits(kind, name, value.get(name)) for name in register.members
    )


def fits_plainly(kind: Kind, register: Register, value: Value) -> bool:
    """The common case of `is_sound`: a plain register with a plain value of its type."""
    return type(value) is _column_type(kind, register.members[0])


def is_whole(register: Register, value: Value) -> bool:
    """Tell whether the columns can hold all of a value; a newer program's group may be wider."""
    return not isinstance(value, Mapping) or value.keys() <= set(register.members)


def sound_fields(
    registry: Registry, kind_name: str, fields: Mapping[str, Value]
) -> tuple[Kind | None, dict[str, Value], bool]:
    """The kind, the fields this program can hold, and whether nothing was left out."""
    kind = registry.by_name.get(kind_name)
    if kind is None:
        return None, {}, False
    good, whole = {}, True
    for name, value in fields.items():
        register = kind.by_name.get(name)
        if register is not None and not register.is_group and fits_plainly(kind, register, value):
            good[name] = value
            continue
        if register is None or not is_sound(kind, register, value):
            whole = False
            continue
        good[name] = value
        whole &= is_whole(register, value)
    return kind, good, whole


@dataclass(slots=True)
class Told:
    """What the log says of one record.

    Attributes:
        kind: its kind; None when no entry names one that this program knows.
        first: dot and stamp of the first entry that made it; None = only edited so far.
        reach: the widest audience of its entries.
        written: by register name, every value by its dot.
        dead: by register name, the dots that some entry listed as its base, and which did.
    """

    kind: Kind | None = None
    first: tuple[LocalDot, int] | None = None
    reach: int = 0
    written: dict[str, dict[LocalDot, Live]] = field(default_factory=dict)
    dead: dict[str, dict[LocalDot, set[LocalDot]]] = field(default_factory=dict)

    def lives(self, name: str) -> list[Live]:
        """The live values of a register."""
        dead = self.dead.get(name, {})
        return [one for dot, one in self.written.get(name, {}).items() if dot not in dead]

    def killed_by(self, name: str, dot: LocalDot, author: int, reach: int) -> bool:
        """Whether this author superseded a value in a stream narrower than `reach`."""
        killers = self.dead.get(name, {}).get(dot, ())
        return any(one.author == author and one.audience < reach for one in killers)


def tell(connection: Any, registry: Registry, record: bytes, *, reach: int = 0) -> Told:
    """Read what the entries of the audiences from `reach` up say of a record."""
    rows = connection.exec_driver_sql(
        "SELECT e.author, e.audience, e.seq, e.hlc, e.body FROM entry_record r"
        " JOIN entry e USING (author, audience, seq) WHERE r.record=? AND r.audience>=?"
        " ORDER BY e.hlc, e.author, e.audience, e.seq",
        (record, reach),
    ).all()
    told = Told()
    for author, audience, seq, hlc, raw in rows:
        _read(told, registry, record, Live(LocalDot(author, audience, seq), hlc, None), raw)
    return told


def _read(told: Told, registry: Registry, record: bytes, by: Live, raw: bytes) -> None:
    body = Body.load(raw)
    told.reach = max(told.reach, by.dot.audience)

    def write(kind_name: str, fields: Mapping[str, Value], dot: LocalDot, hlc: int) -> bool:
        kind, good, _ = sound_fields(registry, kind_name, fields)
        told.kind = told.kind or kind
        for name, value in good.items():
            told.written.setdefault(name, {})[dot] = Live(dot, hlc, value)
        return bool(good)

    for kind_name, rid, fields in body.creates:
        if rid == record:
            write(kind_name, fields, by.dot, by.hlc)
            told.first = told.first or (by.dot, by.hlc)
    for kind_name, rid, name, dot, hlc, value in body.carries:
        if rid == record:
            write(kind_name, {name: value}, dot, hlc)
            told.first = told.first or (by.dot, by.hlc)
    for kind_name, rid, name, base, value, _ in body.edits:
        if rid == record and write(kind_name, {name: value}, by.dot, by.hlc):
            dead = told.dead.setdefault(name, {})
            for one in base:
                dead.setdefault(one, set()).add(by.dot)


def rebuild(connection: Any, registry: Registry, record: bytes) -> Kind | None:
    """Write a record anew from its log; the caller has set the mode to 'apply'.

    Returns:
        its kind; None when the log does not say enough to make the row.
    """
    told = tell(connection, registry, record)
    kind = told.kind
    if kind is None or told.first is None:
        return None
    sql = connection.exec_driver_sql
    versions = Versions(connection, Authors(connection))
    reach = max(told.reach, AUDIENCES.index(kind.audience))
    version = versions.row(record)
    if version is None:
        version = RowVersion(kind.number, *told.first, reach)
        sql(f"INSERT INTO {kind.table.name}(id) VALUES (?)", (record,))
        versions.insert_rows([(record, kind.number, *told.first, reach)])
    versions.set_reach(record, reach)
    columns: dict[str, Scalar] = {}
    for register in kind.registers:
        lives = told.lives(register.name)
        where = (record, register.number)
        sql("DELETE FROM sibling WHERE record=? AND field=?", where)
        if lives:
            shown = versions.put(record, register, lives, had_others=False)
        else:
            sql("DELETE FROM field_version WHERE record=? AND field=?", where)
            shown = None
        columns |= register.columns_of(shown)
    pairs = ", ".join(f"{name}=?" for name in columns)
    sql(f"UPDATE {kind.table.name} SET {pairs} WHERE id=?", (*columns.values(), record))
    return kind


def index_rebuilt(connection: Any, kind: Kind, record: bytes) -> None:
    """Bring the search index up to a rebuilt row."""
    if not kind.search:
        return
    columns = ", ".join(("id", *kind.columns))
    row = (
        connection.exec_driver_sql(f"SELECT {columns} FROM {kind.table.name} WHERE id=?", (record,))
        .mappings()
        .one()
    )
    search.index_again(connection, kind, row)


def is_readable(connection: Any, registry: Registry, body: Body) -> bool:
    """Tell whether this program can show everything an entry says."""
    parts = [(kind, fields) for kind, _, fields in body.creates]
    parts += [(kind, {name: value}) for kind, _, name, _, _, value in body.carries]
    parts += [(kind, {name: value}) for kind, _, name, _, value, _ in body.edits]
    if not all(sound_fields(registry, kind, fields)[2] for kind, fields in parts):
        return False
    versions = Versions(connection, Authors(connection))
    return all(versions.row(record) is not None for record in body.records) and all(
        _is_known(connection, record, dot)
        for _, record, _, base, _, _ in body.edits
        for dot in base
    )


def _is_known(connection: Any, record: bytes, dot: LocalDot) -> bool:
    """Whether what an edit superseded is in the log, in its own entry or carried."""
    sql = connection.exec_driver_sql
    if sql(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE author=? AND audience=? AND seq=?)", tuple(dot)
    ).scalar_one():
        return True
    bodies = sql(
        "SELECT e.body FROM entry_record r JOIN entry e USING (author, audience, seq)"
        " WHERE r.record=? AND r.audience>?",
        (record, dot.audience),
    ).all()
    return any(one[3] == dot for (raw,) in bodies for one in Body.load(raw).carries)


def waiting_records(connection: Any) -> set[bytes]:
    """Records of which some entry could not be read in full."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT r.record FROM unread u JOIN entry_record r USING (author, audience, seq)"
    )
    return {row[0] for row in rows.all()}


def replay_unread(
    connection: Any, registry: Registry, near: set[bytes] | None = None
) -> dict[bytes, Kind]:
    """Read again what this store could not read before; what is readable now is applied.

    The caller's transaction is in mode 'apply' and empties `capture` at its end.

    Args:
        connection: the transaction.
        registry: the kinds that this program knows.
        near: only entries that touch these records; None = all.

    Returns:
        the records written anew, with their kinds.
    """
    sql = connection.exec_driver_sql
    rows = sql(
        "SELECT u.no, e.body FROM unread u JOIN entry e USING (author, audience, seq) ORDER BY u.no"
    ).all()
    bodies = [(no, Body.load(raw)) for no, raw in rows]
    if near is not None:
        bodies = [(no, body) for no, body in bodies if not near.isdisjoint(body.records)]
    done: dict[bytes, Kind] = {}
    for record in sorted({record for _, body in bodies for record in body.records}):
        kind = rebuild(connection, registry, record)
        if kind is not None:
            done[record] = kind
    for no, body in bodies:
        if is_readable(connection, registry, body):
            sql("DELETE FROM unread WHERE no=?", (no,))
    return done


def replay_when_wiser(connection: Any, registry: Registry) -> None:
    """At the start of a program with other kinds or fields: read the unread again."""
    sql = connection.exec_driver_sql
    if not sql("SELECT EXISTS (SELECT 1 FROM unread)").scalar_one():
        return
    known = cbor2.dumps(
        [[kind.name, [[one.name, *one.members] for one in kind.registers]]
         for kind in registry.kinds]
    )  # fmt: skip
    before = sql("SELECT value FROM fact WHERE name='read_with'").scalar_one_or_none()
    if before == known:
        return
    sql("UPDATE sync_ctx SET mode='apply'")
    for record, kind in replay_unread(connection, registry).items():
        index_rebuilt(connection, kind, record)
    sql("DELETE FROM capture")
    sql("UPDATE sync_ctx SET mode='off'")
    sql("INSERT OR REPLACE INTO fact VALUES ('read_with', ?)", (known,))
