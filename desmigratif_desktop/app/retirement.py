"""An officer stops: register, backup, new keys, and the store open again. Knows no window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.app import assembly, catalogue
from desmigratif_desktop.people import officers
from desmigratif_desktop.records.actors import Right
from desmigratif_desktop.records.backup import make_backup
from desmigratif_desktop.records.rekey import rekey

if TYPE_CHECKING:
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store


def retire_officer(store: Store, actor: Actor, officer: bytes) -> Store:
    """Let an officer go; what they know opens nothing of this laptop any more.

    The old store is closed whatever happens; the one returned is open under new keys, with
    a fresh backup beside it. A cut at any step leaves a store that opens.

    Args:
        store: the opened store.
        actor: who decides it.
        officer: who leaves.

    Raises:
        NotAllowedError: the role does not include managing officers.
        KnownError: the disk or the rules refused it; the store is closed and unchanged.
    """
    actor.require(Right.MANAGE_OFFICERS)
    folder, keys, clock = store.folder, store.keys, store.clock
    target = assembly.backup_folder(folder)
    try:
        make_backup(store, target)
        officers.retire_officer(store, actor, officer)
    finally:
        store.close()
    fresh = rekey(folder, keys, catalogue.registry(), without=officer)
    opened = assembly.open_with(folder, fresh, clock)
    make_backup(opened, target)
    return opened
