"""An import as one act: whole or not at all, undone as one.

Everything lies in a single transaction: a power cut in the middle leaves nobody, a
moment later everybody. Imported people are of audience `village`.

Source: DESIGN §2.1 (bulk acts), §2 Atomicity; redlist F08.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import NotFoundError, StaleRecordError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.people.fields import COLUMNS
from desmigratif_desktop.people.households import HEAD, SHARED
from desmigratif_desktop.people.imports import cases
from desmigratif_desktop.people.imports.plan import (
    Outcome,
    Plan,
    PlannedRow,
    plan_rows,
    stamp_of,
)
from desmigratif_desktop.people.imports.rows import RowsRead
from desmigratif_desktop.people.imports.values import Progress
from desmigratif_desktop.people.model import (
    Household,
    Person,
    PersonRole,
    household_id,
    role_id,
    village_id,
)
from desmigratif_desktop.people.persons import edit_person
from desmigratif_desktop.records import undo as undoing
from desmigratif_desktop.records.actors import Actor, Right
from desmigratif_desktop.records.unit_of_work import Touched, Work, unit

if TYPE_CHECKING:
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.undo import UndoOutcome

ACTION: Final = "people.import"
CHUNK: Final = 500

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the officer decided on the dry run, by `RowRead.key`.

    Attributes:
        accepted: rows whose proposed changes are made.
        added: duplicate cases that are another person after all.
    """

    accepted: frozenset[Key] = frozenset()
    added: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; read = added + changed + unchanged + duplicate_cases + refused.

    Attributes:
        act: id of the act; empty when nothing was written.
        changed: rows with proposals, made or waiting; made: how many were made.
        households: new family cards.
    """

    act: bytes
    read: int
    added: int
    changed: int
    unchanged: int
    duplicate_cases: int
    refused: int
    made: int = 0
    households: int = 0


@dataclass(slots=True)
class _Batch:
    """Rows waiting for the store."""

    people: list[dict[str, Any]] = field(default_factory=list)
    households: list[dict[str, Any]] = field(default_factory=list)
    roles: list[dict[str, Any]] = field(default_factory=list)


def apply_plan(
    store: Store,
    actor: Actor,
    plan: Plan,
    choices: Choices | None = None,
    *,
    progress: Progress | None = None,
    origin: str = "",
) -> Imported:
    """Take in what is sure, as one act.

    Args:
        store: the opened store.
        actor: who imports.
        plan: the dry run.
        choices: what the officer decided on it.
        progress: hears how far it is; its wish to stop is heard until the end.
        origin: mark of the screen.

    Raises:
        CancelledError: it was stopped; nothing was written.
        StaleRecordError: the register moved since the dry run, and the result with it.
        NotAllowedError: the role does not include it.

    Writes: household, person, person_role.
    """
    actor.require(Right.REGISTER)
    chosen = choices or Choices()
    watch = progress or Progress()
    adding = _adding(plan, chosen)
    accepting = [one for one in plan.rows if _is_accepted(one, chosen)]
    if not adding and not accepting:
        return _outcome(b"", plan, adding, accepting, 0)
    with unit(store, actor, ACTION, reason=plan.file, bulk=True, origin=origin) as work:
        _refuse_stale(work, plan)
        made = _add(work, adding, watch)
        for one in accepting:
            assert one.person is not None  # noqa: S101 - a change is of somebody
            edit_person(work, one.person, Touched({name: new for name, _, new in one.changes}))
        work.session.flush()
        done = _outcome(work.act, plan, adding, accepting, made)
        cases.keep(work, plan, chosen.accepted | chosen.added)
        watch.tell("menyimpan", len(adding), len(adding))
        watch.stop_if_cancelled()
    return done


def _adding(plan: Plan, chosen: Choices) -> list[PlannedRow]:
    return [
        one
        for one in plan.rows
        if one.outcome is Outcome.ADDED
        or (one.outcome is Outcome.DUPLICATE and one.read.key in chosen.added)
    ]


def _is_accepted(one: PlannedRow, chosen: Choices) -> bool:
    return one.outcome is Outcome.CHANGED and one.read.key in chosen.accepted


def _outcome(
    act: bytes, plan: Plan, adding: list[PlannedRow], accepting: list[PlannedRow], cards: int
) -> Imported:
    counts = plan.counts
    forced = len(adding) - counts[Outcome.ADDED]
    return Imported(
        act, plan.read, len(adding), counts[Outcome.CHANGED], counts[Outcome.UNCHANGED],
        counts[Outcome.DUPLICATE] - forced, counts[Outcome.REFUSED], len(accepting), cards,
    )  # fmt: skip


def _refuse_stale(work: Work, plan: Plan) -> None:
    """Look again, inside the transaction: somebody may have been registered meanwhile."""
    if plan.stamp == stamp_of(work.session):
        return
    again = plan_rows(work.session, plan.file, RowsRead([one.read for one in plan.rows]))
    if [(one.outcome, one.person) for one in again.rows] != [
        (one.outcome, one.person) for one in plan.rows
    ]:
        raise StaleRecordError(
            "Data warga berubah sejak berkas ini diperiksa.", "Periksa berkasnya sekali lagi."
        )


def _add(work: Work, adding: list[PlannedRow], watch: Progress) -> int:
    """Write people, their cards and roles; returns how many cards are new."""
    builder = _Builder(work)
    for place in range(0, len(adding), CHUNK):
        watch.tell("menyimpan", place, len(adding))
        watch.stop_if_cancelled()
        builder.write(adding[place : place + CHUNK])
    builder.close()
    return builder.new_cards


class _Builder:
    """Makes rows of the store out of planned rows."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._sql = work.session.connection().exec_driver_sql
        self._village = work.store.replica.village
        self._since = local_date(work.store.clock).isoformat()
        cards = self._sql("SELECT id, no_kk, head, state FROM household").all()
        self._by_number = {row[1]: row[0] for row in reversed(cards) if row[1] and row[3] is None}
        self._known_cards = frozenset(row[0] for row in cards)
        self._headless = {row[0] for row in cards if row[3] is None and row[2] is None}
        self._new: dict[str, dict[str, Any]] = {}
        self._heads: dict[bytes, bytes] = {}
        self.new_cards = 0

    def write(self, rows: list[PlannedRow]) -> None:
        """Write some people; their new cards follow at the end."""
        batch = _Batch()
        taken = self._taken([one.read.uid for one in rows if one.read.uid])
        for one in rows:
            values = one.read.values
            wanted = one.read.uid
            uid = wanted if wanted and wanted not in taken else new_id()
            taken.add(uid)
            person: dict[str, Any] = {
                name: values[name] for name in COLUMNS if values.get(name) is not None
            }
            person["id"] = uid
            if values.get("no_kk"):
                person["household"] = self._household(values, uid)
            batch.people.append(person)
            batch.roles += [
                {"id": role_id(uid, role), "person": uid, "role": role, "present": 1,
                 "since": self._since}
                for role in one.read.roles
            ]  # fmt: skip
        self._insert(Person, batch.people)
        self._insert(PersonRole, batch.roles)

    def close(self) -> None:
        """Write the new cards, and the heads that older cards lacked."""
        self._insert(Household, list(self._new.values()))
        self.new_cards = len(self._new)
        for card, person in self._heads.items():
            self._work.session.get_one(Household, card).head = person

    def _taken(self, wanted: list[bytes]) -> set[bytes]:
        if not wanted:
            return set()
        marks = ",".join("?" * len(wanted))
        return {
            row[0]
            for row in self._sql(f"SELECT id FROM person WHERE id IN ({marks})", tuple(wanted))
        }

    def _household(self, values: dict[str, Any], person: bytes) -> bytes:
        number = str(values["no_kk"])
        is_head = values.get("household_relation") == HEAD
        found = self._by_number.get(number)
        if found is None:
            return self._make(number, values, person if is_head else None)
        if number in self._new:
            card = self._new[number]
            if is_head and card["head"] is None:
                card["head"] = person
                card.update({name: values[name] for name in SHARED if values.get(name)})
            for name in SHARED:
                card[name] = card[name] or values.get(name)
        elif is_head and found in self._headless:
            self._headless.discard(found)
            self._heads[found] = person
        return bytes(found)

    def _make(self, number: str, values: dict[str, Any], head: bytes | None) -> bytes:
        identity = household_id(self._village, number)
        if identity in self._known_cards:
            identity = household_id(self._village, None)
        self._by_number[number] = identity
        self._new[number] = {
            "id": identity, "no_kk": number, "village": village_id(self._village), "head": head,
            **{name: values.get(name) for name in SHARED},
        }  # fmt: skip
        return identity

    def _insert(self, model: Any, rows: list[dict[str, Any]]) -> None:
        """Write many rows at once, naming only the columns that some row fills."""
        if not rows:
            return
        names = list(dict.fromkeys(name for row in rows for name in row))
        marks = ",".join("?" * len(names))
        self._sql(
            f"INSERT INTO {model.__tablename__} ({', '.join(names)}) VALUES ({marks})",
            [tuple(map(row.get, names)) for row in rows],
        )


def undo_import(store: Store, actor: Actor, act: bytes) -> UndoOutcome:
    """Take a whole import back; what somebody changed since stays and is named.

    Raises:
        NotFoundError: no such import on this laptop.
        NotAllowedError: the role does not include it.
    """
    with store.read() as session:
        action = session.execute(
            sa.text("SELECT action FROM entry WHERE act=:act LIMIT 1"), {"act": act}
        ).scalar()
    if action != ACTION:
        raise NotFoundError("Impor itu tidak ada di laptop ini.", "Periksa nomor tindakannya.")
    done = undoing.undo(store, actor, act)
    cases.forget(store, act)
    return done


def with_choice(choices: Choices, *, accept: Key | None = None, add: Key | None = None) -> Choices:
    """The choices with one more decision."""
    return replace(
        choices,
        accepted=choices.accepted | ({accept} if accept else frozenset()),
        added=choices.added | ({add} if add else frozenset()),
    )
