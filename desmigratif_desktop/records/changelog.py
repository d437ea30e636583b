"""Reading the change log: bases for forms, history for people, open conflicts, counts.

The same entries are the record's history, the audit trail, the undo and the feed; there
is no second mechanism for any of them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cbor2

from desmigratif_desktop.records.bodies import Body
from desmigratif_desktop.records.kinds import Kind, Registry, Synced, kind_of
from desmigratif_desktop.records.versions import AUDIENCES, Authors, LocalDot, Versions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from desmigratif_sync.protocol.entries import Dot, Entry, Value


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One register before and after one entry.

    Attributes:
        kind: name of the kind.
        record: id.
        field: register's name.
        old: value before; None when it was empty.
        new: value after.
    """

    kind: str
    record: bytes
    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry as a record's history shows it.

    Attributes:
        dot: who wrote it, where.
        act: the act it belongs to.
        hlc: when, for display.
        officer_id: who, as that laptop knew them; None for the program.
        action: code of the act.
        reason: the officer's reason.
        undoes: the act it took back.
        changes: the registers it changed.
        is_creation: whether the record began here.
    """

    dot: Dot
    act: bytes
    hlc: int
    officer_id: bytes | None
    action: str
    reason: str | None
    undoes: bytes | None
    changes: tuple[FieldChange, ...]
    is_creation: bool


@dataclass(frozen=True, slots=True)
class LiveValue:
    """One of several live values of a register.

    Attributes:
        dot: what to list as base when it is settled.
        hlc: when it was written.
        value: the value.
        officer_id: who wrote it.
    """

    dot: Dot
    hlc: int
    value: Value
    officer_id: bytes | None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A register with two or more different live values.

    Attributes:
        kind: name of the kind.
        record: id.
        field: register's name.
        shown: the value on the screens now.
        others: the other live values, oldest first.
    """

    kind: str
    record: bytes
    field: str
    shown: LiveValue
    others: tuple[LiveValue, ...]


def bases(session: Session, model: type[Synced], record: bytes) -> dict[str, tuple[Dot, ...]]:
    """The live dots of each register: what a form loads beside the values.

    A register that was never written has an empty base, so that a form opened before
    another laptop's first value arrives does not write over it unseen.
    """
    kind = kind_of(model)
    connection = session.connection()
    versions = Versions(connection)
    version = versions.row(record)
    row = _row(connection, kind, record)
    if version is None or row is None:
        return {}
    found = {}
    for register in kind.registers:
        lives = versions.lives(record, register, register.value_of(row), version)
        found[register.name] = tuple(versions.authors.wide(one.dot) for one in lives)
    return found


def history(session: Session, record: bytes, *, limit: int = 500) -> list[HistoryEntry]:
    """A record's entries, newest first, with old and new values."""
    connection = session.connection()
    authors = Authors(connection)
    rows = connection.exec_driver_sql(
        "SELECT e.* FROM entry_record r JOIN entry e USING (author, audience, seq)"
        " WHERE r.record=? ORDER BY e.hlc DESC, e.seq DESC LIMIT ?",
        (record, limit),
    ).mappings()
    return [_as_history(authors, row, record) for row in rows]


def _as_history(authors: Authors, row: Any, record: bytes) -> HistoryEntry:
    body = Body.load(row["body"])
    changes: list[FieldChange] = []
    made = [one for one in body.creates if one[1] == record]
    for kind, _, fields in made:
        changes += [FieldChange(kind, record, name, None, value) for name, value in fields.items()]
    changes += [
        FieldChange(kind, record, name, old, value)
        for kind, touched, name, _, value, old in body.edits
        if touched == record
    ]
    dot = authors.wide(LocalDot(row["author"], row["audience"], row["seq"]))
    return HistoryEntry(
        dot,
        row["act"],
        row["hlc"],
        row["officer"],
        row["action"],
        row["reason"],
        row["undoes"],
        tuple(changes),
        bool(made),
    )


def entries_after(
    connection: Any, author: tuple[bytes, bytes], audience: str, seq: int, limit: int = 1_000
) -> list[Entry]:
    """Entries of one device's stream after a sequence number, spelled out for sealing."""
    authors = Authors(connection)
    number = authors.known(*author)
    rows = (
        connection.exec_driver_sql(
            "SELECT * FROM entry WHERE author=? AND audience=? AND seq>? ORDER BY seq LIMIT ?",
            (number, AUDIENCES.index(audience), seq, limit),
        )
        .mappings()
        .all()
    )
    return [Body.load(row["body"]).wide(authors, row) for row in rows]


def heads(connection: Any) -> dict[tuple[bytes, bytes, str], int]:
    """The village vector: the highest applied sequence per (device, epoch, audience)."""
    authors = Authors(connection)
    rows = connection.exec_driver_sql(
        "SELECT author, audience, max(seq) FROM entry GROUP BY author, audience"
    ).all()
    found = {}
    for author, audience, seq in rows:
        dot = authors.wide(LocalDot(author, audience, seq))
        found[dot.device, dot.epoch, dot.audience] = seq
    return found


def open_conflicts(
    session: Session, registry: Registry, *, limit: int = 1_000
) -> list[OpenConflict]:
    """Registers whose live values differ, the oldest disagreement first."""
    connection = session.connection()
    rows = connection.exec_driver_sql(
        "SELECT s.record, s.field, v.kind, min(s.hlc) h FROM sibling s"
        " JOIN row_version v USING (record) WHERE s.differs=1"
        " GROUP BY s.record, s.field ORDER BY h LIMIT ?",
        (limit,),
    ).all()
    versions = Versions(connection)
    found = []
    for record, number, kind_number, _ in rows:
        kind = registry.by_number[kind_number]
        conflict = _conflict(connection, versions, kind, record, number)
        if conflict is not None:
            found.append(conflict)
    return found


def count_conflicts(session: Session) -> int:
    """How many registers wait for a decision."""
    found = session.connection().exec_driver_sql(
        "SELECT count(*) FROM (SELECT 1 FROM sibling WHERE differs=1 GROUP BY record, field)"
    )
    return int(found.scalar_one())


def _conflict(
    connection: Any, versions: Versions, kind: Kind, record: bytes, number: int
) -> OpenConflict | None:
    register = next((one for one in kind.registers if one.number == number), None)
    row = _row(connection, kind, record)
    version = versions.row(record)
    if register is None or row is None or version is None or row["state"] is not None:
        return None
    lives = [
        LiveValue(versions.authors.wide(one.dot), one.hlc, one.value, _officer(connection, one.dot))
        for one in versions.lives(record, register, register.value_of(row), version)
    ]
    others = tuple(sorted(lives[1:], key=lambda one: one.hlc))
    return OpenConflict(kind.name, record, register.name, lives[0], others)


def _officer(connection: Any, dot: LocalDot) -> bytes | None:
    return connection.exec_driver_sql(  # type: ignore[no-any-return]
        "SELECT officer FROM entry WHERE author=? AND audience=? AND seq=?", tuple(dot)
    ).scalar_one_or_none()


def _row(connection: Any, kind: Kind, record: bytes) -> Any:
    columns = ", ".join(("id", *kind.columns))
    return (
        connection.exec_driver_sql(f"SELECT {columns} FROM {kind.table.name} WHERE id=?", (record,))
        .mappings()
        .one_or_none()
    )


def digest(session: Session, kind: Kind) -> str:
    """One short name for all shown values of a kind: equal replicas give equal digests."""
    found = hashlib.blake2b(digest_size=16)
    columns = ("id", *sorted(kind.columns))
    rows: Iterable[Any] = session.connection().exec_driver_sql(
        f"SELECT {', '.join(columns)} FROM {kind.table.name} ORDER BY id"
    )
    for row in rows:
        found.update(cbor2.dumps([*row], canonical=True))
    return found.hexdigest()
