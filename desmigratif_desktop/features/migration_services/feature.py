"""The manifest of the migration services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desmigratif_desktop.features.migration_services.model import KINDS
from desmigratif_desktop.features.migration_services.steps import migrations
from desmigratif_desktop.foundation.feature import Feature, MenuEntry, PageEntry

if TYPE_CHECKING:
    from desmigratif_desktop.foundation.feature import Screen

NAME = "migration_services"


def _episodes(context: Any) -> Screen:
    from desmigratif_desktop.features.migration_services.screens.episodes import EpisodesScreen

    return EpisodesScreen(context)


def _choose(context: Any, subject: Any) -> Screen:
    from desmigratif_desktop.features.migration_services.screens.choose import ChooseScreen

    return ChooseScreen(context, subject)


def _register(context: Any, subject: Any) -> Screen:
    from desmigratif_desktop.features.migration_services.screens.register import RegisterScreen

    return RegisterScreen(context, subject)


def _papers(context: Any, subject: Any) -> Screen:
    from desmigratif_desktop.features.migration_services.screens.papers import PapersScreen

    return PapersScreen(context, subject)


FEATURE = Feature(
    name=NAME,
    title="Pusat layanan migrasi",
    models=KINDS,
    migrations=(migrations,),
    menu=(MenuEntry(f"{NAME}.episodes", "Layanan migrasi", "plane", _episodes, order=10),),
    pages=(
        PageEntry(f"{NAME}.choose", _choose),
        PageEntry(f"{NAME}.register", _register, room=f"{NAME}.episodes"),
        PageEntry(f"{NAME}.papers", _papers, room=f"{NAME}.episodes"),
    ),
)
"""Prospective, active and returned workers and their families: register, stages, papers."""
