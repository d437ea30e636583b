"""The rooms that this house has: a new feature is one folder and one line here."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.documents import model as paper_model
from desmigratif_desktop.documents import steps as paper_steps
from desmigratif_desktop.exchange import steps as exchange_steps
from desmigratif_desktop.features.migration_services import model as migration_model
from desmigratif_desktop.features.migration_services import steps as migration_steps
from desmigratif_desktop.people import model as people_model
from desmigratif_desktop.people import steps as people_steps
from desmigratif_desktop.records.kinds import Registry, Synced

if TYPE_CHECKING:
    from desmigratif_desktop.foundation.feature import Feature

_MODEL_ROOMS: Final = (people_model, paper_model, migration_model)

MIGRATIONS: Final = (
    people_steps.migrations,
    paper_steps.migrations,
    exchange_steps.migrations,
    migration_steps.migrations,
)


def _synced(room: Any) -> list[type[Synced]]:
    """The synced classes that a model module itself defines, by kind number."""
    found = [
        one
        for one in vars(room).values()
        if isinstance(one, type) and issubclass(one, Synced) and one.__module__ == room.__name__
    ]
    return sorted(found, key=lambda one: one.__kind__.number)


@functools.cache
def registry() -> Registry:
    """All kinds of this program."""
    return Registry([one for room in _MODEL_ROOMS for one in _synced(room)])


@functools.cache
def features() -> tuple[Feature, ...]:
    """The manifests of the features, for the window; the command line does not need them."""
    from desmigratif_desktop.features.migration_services.feature import FEATURE

    return (FEATURE,)
