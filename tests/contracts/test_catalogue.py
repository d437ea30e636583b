"""The catalogue knows every feature, every kind and every step of the house."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

import pytest

import desmigratif_desktop
from desmigratif_desktop.app import catalogue
from desmigratif_desktop.records.kinds import Synced
from kit import house

if TYPE_CHECKING:
    from types import ModuleType

FEATURES = house.ROOT / "desmigratif_desktop" / "features"
NINE = {
    "values",
    "model",
    "rules",
    "service",
    "documents",
    "presenter",
    "screens",
    "steps",
    "feature",
}
KINDS = {
    1: "village", 2: "post", 3: "officer", 4: "household", 5: "person", 6: "person_role",
    7: "emergency_contact", 8: "migration_episode", 9: "episode_stage", 10: "person_skill",
    11: "person_language", 12: "consent", 13: "work_experience", 15: "duplicate_case",
    16: "distinct_pair", 20: "issued_paper",
}  # fmt: skip
"""Numbers stand in signed frames: a number once given is never given again."""


def _folders() -> list[str]:
    return sorted(
        path.name
        for path in FEATURES.iterdir()
        if path.is_dir() and any(path.glob("*.py")) and path.name != "__pycache__"
    )


def _modules(last: str) -> list[ModuleType]:
    """Every module of the desktop with this last name."""
    names = [
        found.name
        for found in pkgutil.walk_packages(desmigratif_desktop.__path__, "desmigratif_desktop.")
        if found.name.rsplit(".", 1)[-1] == last
    ]
    return [importlib.import_module(name) for name in names]


def test_every_feature_is_in_the_catalogue() -> None:
    assert sorted(feature.name for feature in catalogue.features()) == _folders()


@pytest.mark.parametrize("name", _folders())
def test_a_feature_has_the_nine_names(name: str) -> None:
    held = {path.stem for path in (FEATURES / name).iterdir() if path.stem != "__init__"}
    assert held - {"__pycache__"} == NINE


def test_every_synced_class_is_registered() -> None:
    _modules("model")
    known = {spec.__name__ for spec in _registered()}
    made = {
        one.__name__
        for one in _subclasses(Synced)
        if one.__module__.startswith("desmigratif_desktop.") and "__kind__" in vars(one)
    }
    assert made == known


def _subclasses(parent: type) -> list[type]:
    found = []
    for child in parent.__subclasses__():
        found += [child, *_subclasses(child)]
    return found


def _registered() -> list[type[Synced]]:
    return [one for room in _modules("model") for one in catalogue._synced(room)]


def test_the_numbers_of_kinds_are_for_ever() -> None:
    given = {one.__kind__.number: one.__kind__.name for one in _registered()}
    assert {number: given.get(number) for number in KINDS} == KINDS
    assert len(given) == len(_registered()), "a number was given twice"


def test_every_set_of_steps_is_run() -> None:
    """Those of the records room are run by the room itself."""
    lost = [
        module.__name__
        for module in _modules("steps")
        if hasattr(module, "migrations") and module.migrations not in catalogue.MIGRATIONS
    ]
    assert [name for name in lost if not name.startswith("desmigratif_desktop.records")] == []


def test_every_icon_of_the_menu_exists() -> None:
    icons = house.ROOT / "resources" / "icons"
    for feature in catalogue.features():
        for entry in feature.menu:
            assert (icons / f"{entry.icon}.svg").is_file(), entry
