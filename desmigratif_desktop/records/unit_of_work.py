"""One officer's act = one SQL transaction = its entries. No third state exists."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.orm import Session

from desmigratif_desktop.foundation.errors import NotFoundError, RuleBrokenError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records.fold import Act, Fold, Folded
from desmigratif_desktop.records.kinds import Synced
from desmigratif_desktop.records.notices import ChangeNotice
from desmigratif_desktop.records.versions import AUDIENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import sqlalchemy as sa

    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store
    from desmigratif_sync.protocol.entries import Audience, Dot, Scalar

Model = TypeVar("Model", bound=Synced)
MAX_NAMED = 2_000


@dataclass(frozen=True, slots=True)
class Touched:
    """What a form's officer changed, and which versions the form had been loaded with.

    Attributes:
        values: new values by column name; untouched columns are absent.
        bases: dots by register name, from `changelog.bases` when the form was loaded. A
            register without a base is written over whatever is live now.
    """

    values: Mapping[str, Scalar]
    bases: Mapping[str, tuple[Dot, ...]] = field(default_factory=dict)


class Work:
    """An open unit of work.

    Attributes:
        session: the ORM session of the writer lane.
        store: the store.
        actor: who acts.
        act: 16 bytes, the act's id.
        result: after success: what was folded.
        notice: after success: what changed.
    """

    def __init__(self, store: Store, actor: Actor | None, session: Session, act: Act) -> None:
        self.store = store
        self.actor = actor
        self.session = session
        self.result = Folded()
        self.notice = ChangeNotice(act.act, frozenset(), frozenset())
        self._act = act

    @property
    def act(self) -> bytes:
        """The act's id."""
        return self._act.act

    def get(self, model: type[Model], record: bytes) -> Model:
        """Load a live record.

        Raises:
            NotFoundError: it is not here, or no longer live.
        """
        found = self.session.get(model, record)
        if found is None or found.state is not None:
            raise NotFoundError("Data ini tidak ada di laptop ini.", "Cari lagi dari daftar.")
        return found

    def edit(self, row: Synced, touched: Touched) -> None:
        """Write only what the officer touched, over the versions their form had seen.

        Raises:
            RuleBrokenError: a name that is not a field of this kind.
        """
        kind = self.store.registry.of(type(row))
        for name, value in touched.values.items():
            register = kind.by_column.get(name)
            if register is None:
                raise RuleBrokenError(f"Isian {name} tidak dikenal.")
            if register.name in touched.bases:
                self._act.bases[row.id, register.name] = tuple(touched.bases[register.name])
            setattr(row, name, value)

    def widen(self, row: Synced, audience: Audience) -> None:
        """Let more people read a record; an audience never narrows."""
        number = AUDIENCES.index(audience)
        self._act.widened[row.id] = max(number, self._act.widened.get(row.id, 0))

    def follow(self, reach: Mapping[bytes, int]) -> None:
        """Carry own values of records whose audience another laptop has widened already."""
        self._act.widened.update(reach)


@contextmanager
def unit(
    store: Store,
    actor: Actor | None,
    action: str,
    *,
    reason: str | None = None,
    undoes: bytes | None = None,
    bulk: bool = False,
    origin: str = "",
) -> Iterator[Work]:
    """Open a unit of work; leaving it folds and commits, an exception rolls back.

    Args:
        store: the opened store.
        actor: the officer; None for the program itself.
        action: what is done, as a code ("person.register").
        reason: the officer's reason, where one was asked.
        undoes: the act that this one takes back.
        bulk: one entry per aggregate (imports).
        origin: mark of the screen that caused it, for the notice.

    Raises:
        RuleBrokenError: the act is too large for one entry.
        KnownError: the disk is full, busy or does not answer; nothing was changed.
    """
    act = Act(new_id(), actor.officer_id if actor else None, action, reason, undoes, bulk)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE sync_ctx SET mode='user'")
        with Session(connection, expire_on_commit=False) as session:
            work = Work(store, actor, session, act)
            work.notice = ChangeNotice(act.act, frozenset(), frozenset(), origin)
            yield work
            session.flush()
            _fold(store, connection, work, act)
    store.publish(work.notice)


def _fold(store: Store, connection: sa.Connection, work: Work, act: Act) -> None:
    author = (store.replica.device, store.replica.epoch)
    fold = Fold(connection, store.registry, author, act, store.clock.millis())
    work.result = fold.run()
    connection.exec_driver_sql("UPDATE sync_ctx SET mode='off', hlc=?", (fold.hlc,))
    records = work.result.records
    named = frozenset(records) if len(records) <= MAX_NAMED else frozenset()
    work.notice = ChangeNotice(act.act, frozenset(work.result.kinds), named, work.notice.origin)
