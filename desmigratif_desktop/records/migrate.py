"""Schema steps: numbered, each whole or not at all; a newer store is never touched.

Order: this floor, people, documents, exchange, then the features in catalogue order.
sqlite-utils keeps the book of steps; this module hides it behind one function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlite_utils import Database, Migrations

from desmigratif_desktop.foundation.errors import StoreTooNewError
from desmigratif_desktop.records.steps.s0001_first import first

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORDS = Migrations("records")
RECORDS(name="0001_first")(first)


def refuse_newer(handle: Any, sets: Iterable[Migrations]) -> None:
    """Refuse a store that holds steps this program does not know.

    Raises:
        StoreTooNewError: it was written by a newer program.
    """
    found = handle.execute(
        "SELECT name FROM sqlite_master WHERE name = '_sqlite_migrations'"
    ).fetchone()
    if found is None:
        return
    known = {(one.name, step.name) for one in (RECORDS, *sets) for step in one._migrations}  # noqa: SLF001 - no public list
    done = set(handle.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall())
    if done - known:
        raise StoreTooNewError(
            "Data ini ditulis oleh Desmigratif yang lebih baru.",
            "Pasang versi yang sama atau lebih baru; data tidak diubah.",
        )


def pending(handle: Any, sets: Iterable[Migrations]) -> bool:
    """Tell whether any step is still to be done."""
    db = Database(handle, recursive_triggers=False, execute_plugins=False)
    return any(one.pending(db) for one in (RECORDS, *sets))


def migrate(handle: Any, sets: Iterable[Migrations]) -> None:
    """Run every step that is still to be done, in order, each in its own transaction.

    A step that rewrites rows of a synced table first sets `sync_ctx.mode` to 'migrate'
    and back to 'off' at its end, so that capture stays silent; most steps only add.
    """
    db = Database(handle, recursive_triggers=False, execute_plugins=False)
    for one in (RECORDS, *sets):
        one.apply(db)
