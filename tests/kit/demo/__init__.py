"""Builders of a small real village: an opened store with its post and officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.documents import model as paper_model
from desmigratif_desktop.documents import steps as paper_steps
from desmigratif_desktop.features.migration_services import model as migration_model
from desmigratif_desktop.features.migration_services import steps as migration_steps
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.people import model as people_model
from desmigratif_desktop.people import officers, village
from desmigratif_desktop.people import steps as people_steps
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.actors import Actor, Role
from desmigratif_desktop.records.engine import Store
from desmigratif_desktop.records.kinds import Registry
from desmigratif_desktop.records.unit_of_work import unit

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.foundation.clock import Clock

VILLAGE = "3212162004"
"""A village of Indramayu that exists."""

_REGISTRY = Registry((*people_model.KINDS, *paper_model.KINDS, *migration_model.KINDS))
_MIGRATIONS = (people_steps.migrations, paper_steps.migrations, migration_steps.migrations)


@dataclass(frozen=True)
class Post:
    """An opened store and who works in it."""

    store: Store
    officer: Actor
    viewer: Actor


def open_village(folder: Path, clock: Clock, *, laptop: str = "A", practice: bool = True) -> Post:
    """Make a store with village, post and two officers."""
    officer = Actor(new_id(), "Wulandari", Role.PETUGAS)
    viewer = Actor(new_id(), "Pak Kuwu", Role.PENANGGUNG_JAWAB)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.create(
        folder, key_slots.new_keys(officer), _REGISTRY, clock, _MIGRATIONS,
        village=VILLAGE, laptop=laptop, practice=practice,
    )  # fmt: skip
    with unit(store, officer, "post.open") as work:
        village.put_village(work, VILLAGE)
        village.put_post(work, VILLAGE, "Kantor Desa")
        officers.put_officer(work, officer)
        officers.put_officer(work, viewer)
    return Post(store, officer, viewer)
