"""What an import left to be decided: duplicate cases and proposed changes.

Kept beside the store's own facts until an officer decides; they do not sync, since the
file was opened on this laptop.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.people.imports.plan import Outcome, Plan
from desmigratif_desktop.people.persons import add_person, edit_person
from desmigratif_desktop.records.actors import Actor, Right
from desmigratif_desktop.records.unit_of_work import Touched, Work, unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from desmigratif_desktop.people.values import FieldValue
    from desmigratif_desktop.records.engine import Store

_FACT: Final = "import_cases/"
DUPLICATE: Final = "duplicate"
CHANGE: Final = "change"


@dataclass(frozen=True, slots=True)
class Case:
    """Something an officer has to decide after an import.

    Attributes:
        act: the import; number: place in its list.
        kind: "duplicate" or "change".
        sheet, row, name: where it stood.
        values: what the file says.
        person: who in the register is meant; None = only a twin in the file.
        changes: (field, old, new).
        reasons: in words.
    """

    act: bytes
    number: int
    kind: str
    sheet: str
    row: int
    name: str
    values: dict[str, FieldValue]
    person: bytes | None
    changes: tuple[tuple[str, FieldValue, FieldValue], ...]
    reasons: tuple[str, ...]


def keep(work: Work, plan: Plan, decided: Collection[tuple[int, int]]) -> None:
    """Keep what waits, in the import's own transaction."""
    waiting = [
        {
            "kind": DUPLICATE if one.outcome is Outcome.DUPLICATE else CHANGE,
            "sheet": one.read.sheet, "row": one.read.row, "name": one.read.shown,
            "values": one.read.values, "person": one.person.hex() if one.person else None,
            "changes": [list(change) for change in one.changes], "reasons": list(one.reasons),
        }
        for one in plan.rows
        if one.outcome in {Outcome.DUPLICATE, Outcome.CHANGED} and one.read.key not in decided
    ]  # fmt: skip
    if waiting:
        _write(work.session, work.act, waiting)


def waiting(session: Session, act: bytes | None = None) -> tuple[Case, ...]:
    """The cases that wait, of one import or of all."""
    name = _FACT + (act.hex() if act else "%")
    rows = session.execute(
        sa.text("SELECT name, value FROM fact WHERE name LIKE :name ORDER BY name"), {"name": name}
    )
    return tuple(
        _read(bytes.fromhex(key.removeprefix(_FACT)), number, one)
        for key, value in rows
        for number, one in enumerate(json.loads(value))
        if one is not None
    )


def settle(store: Store, actor: Actor, case: Case, how: str) -> bytes:
    """Decide a case.

    Args:
        store: the opened store.
        actor: who decides.
        case: as `waiting` gave it.
        how: "add" (another person), "change" (take the file's values) or "leave".

    Returns:
        The act's id; empty when nothing was written.

    Raises:
        NotFoundError: somebody decided it already.
        InputError: a value cannot be taken.

    Writes: person, household.
    """
    actor.require(Right.REGISTER)
    if how == "leave":
        with store.local_write() as session:
            _drop(session, case)
        return b""
    with unit(store, actor, f"import.case_{how}") as work:
        _drop(work.session, case)
        if how == "add":
            add_person(work, case.values)
        elif case.person is not None:
            values: dict[str, Any] = dict(case.values)
            if case.changes:
                values = {name: new for name, _, new in case.changes}
            edit_person(work, case.person, Touched(values))
    return work.act


def forget(store: Store, act: bytes) -> None:
    """Drop the cases of an import that was undone."""
    with store.local_write() as session:
        session.execute(sa.text("DELETE FROM fact WHERE name=:name"), {"name": _FACT + act.hex()})


def _drop(session: Session, case: Case) -> None:
    name = {"name": _FACT + case.act.hex()}
    value = session.execute(sa.text("SELECT value FROM fact WHERE name=:name"), name).scalar()
    rows = json.loads(value) if value else []
    if case.number >= len(rows) or rows[case.number] is None:
        raise NotFoundError("Hal ini sudah diputuskan.", "Muat ulang daftarnya.")
    rows[case.number] = None
    if any(rows):
        _write(session, case.act, rows)
    else:
        session.execute(sa.text("DELETE FROM fact WHERE name=:name"), name)


def _write(session: Session, act: bytes, rows: list[Any]) -> None:
    session.execute(
        sa.text("INSERT OR REPLACE INTO fact(name, value) VALUES (:name, :value)"),
        {"name": _FACT + act.hex(), "value": json.dumps(rows, ensure_ascii=False)},
    )


def _read(act: bytes, number: int, one: dict[str, Any]) -> Case:
    return Case(
        act, number, one["kind"], one["sheet"], one["row"], one["name"], one["values"],
        bytes.fromhex(one["person"]) if one["person"] else None,
        tuple((name, old, new) for name, old, new in one["changes"]), tuple(one["reasons"]),
    )  # fmt: skip
