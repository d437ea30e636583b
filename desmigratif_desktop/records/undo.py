"""Undo: a new act that takes an older act back, and lists it.

Only what nobody has touched since is taken back; the rest is named and left alone. A
row that the act made stays, with the state 'undone'.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.records.actors import Actor, Right
from desmigratif_desktop.records.bodies import Body
from desmigratif_desktop.records.unit_of_work import Work, unit
from desmigratif_desktop.records.versions import LocalDot, Versions

if TYPE_CHECKING:
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.kinds import Kind, Register
    from desmigratif_sync.protocol.entries import Value

UNDONE = "undone"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """What an undo came to.

    Attributes:
        act: the new act.
        taken_back: number of fields and rows taken back.
        kept: (kind, record, field) that somebody changed since; field is empty for rows.
    """

    act: bytes
    taken_back: int
    kept: tuple[tuple[str, bytes, str], ...]


def undo(store: Store, actor: Actor, act: bytes) -> UndoOutcome:
    """Take an act back.

    Raises:
        NotFoundError: no such act on this laptop.
        NotAllowedError: the role does not include changing the register.
    """
    actor.require(Right.REGISTER)
    with store.read() as session:
        rows = (
            session.connection()
            .exec_driver_sql("SELECT author, audience, seq, body FROM entry WHERE act=?", (act,))
            .all()
        )
    if not rows:
        raise NotFoundError("Tindakan itu tidak ada di laptop ini.")
    bodies = [(LocalDot(*row[:3]), Body.load(row[3])) for row in rows]
    kept: list[tuple[str, bytes, str]] = []
    count = 0
    with unit(store, actor, "act.undo", undoes=act, bulk=len(bodies) > 1) as work:
        versions = Versions(work.session.connection())
        mentions = _mentions(work, act, bodies)
        made = [(one[0], one[1]) for _, body in bodies for one in body.creates]
        kept += [(kind_name, record, "") for kind_name, record in made if mentions[record]]
        count += _mark_undone(work, [one for one in made if not mentions[one[1]]])
        for dot, body in bodies:
            for kind_name, record, name, _, _, old in body.edits:
                if _take_back(work, versions, dot, (kind_name, record, name), old):
                    count += 1
                else:
                    kept.append((kind_name, record, name))
    return UndoOutcome(work.act, count, tuple(kept))


def _mentions(work: Work, act: bytes, bodies: list[tuple[LocalDot, Body]]) -> Counter[bytes]:
    """How many entries of other acts touch each record that this act made."""
    sql = work.session.connection().exec_driver_sql
    found: Counter[bytes] = Counter()
    for chunk in _chunks([one[1] for _, body in bodies for one in body.creates]):
        marks = ",".join("?" * len(chunk))
        rows = sql(
            "SELECT r.record, count(*) FROM entry_record r"
            " JOIN entry e USING (author, audience, seq)"
            f" WHERE r.record IN ({marks}) AND e.act<>? GROUP BY r.record",
            (*chunk, act),
        )
        found.update({row[0]: row[1] for row in rows})
    return found


def _mark_undone(work: Work, made: list[tuple[str, bytes]]) -> int:
    """Set the state of rows that the act made, in bulk; returns how many were live."""
    by_kind: dict[str, list[bytes]] = {}
    for kind_name, record in made:
        by_kind.setdefault(kind_name, []).append(record)
    count = 0
    for kind_name, records in by_kind.items():
        kind = work.store.registry.by_name.get(kind_name)
        if kind is None:
            continue
        for chunk in _chunks(records):
            marks = ",".join("?" * len(chunk))
            count += work.session.connection().exec_driver_sql(
                f"UPDATE {kind.table.name} SET state=? WHERE state IS NULL AND id IN ({marks})",
                (UNDONE, *chunk),
            ).rowcount  # fmt: skip
    return count


def _chunks(records: list[bytes]) -> list[list[bytes]]:
    return [records[start : start + CHUNK] for start in range(0, len(records), CHUNK)]


def _take_back(
    work: Work, versions: Versions, dot: LocalDot, target: tuple[str, bytes, str], old: Value
) -> bool:
    kind_name, record, name = target
    kind: Kind | None = work.store.registry.by_name.get(kind_name)
    register: Register | None = kind.by_name.get(name) if kind else None
    if kind is None or register is None:
        return False
    row: Any = work.session.get(kind.model, record)
    version = versions.row(record)
    if row is None or version is None:
        return False
    shown = register.value_of({one: getattr(row, one) for one in register.members})
    lives = versions.lives(record, register, shown, version)
    if {one.dot for one in lives} != {dot}:
        return False
    for column, value in register.columns_of(old).items():
        setattr(row, column, value)
    return True
