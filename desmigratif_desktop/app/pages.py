"""Which pages the house has, and how each is made: own ones and those of the features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.app import catalogue
from desmigratif_desktop.records.actors import Right
from desmigratif_desktop.ui.rail import RailEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.foundation.feature import Screen
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.ui.shell import ScreenContext


@dataclass(frozen=True, slots=True)
class Room:
    """One page as the window knows it.

    Attributes:
        key: what `navigate` is given.
        make: makes the page for a subject (None where it has none).
        entry: its line in the rail; None = reached by navigation only.
        room: key of the rail line that is lit while it is open.
    """

    key: str
    make: Callable[[ScreenContext, object], Screen]
    entry: RailEntry | None = None
    room: str = ""


def _own_rooms() -> list[Room]:
    from desmigratif_desktop.app.home import HomeScreen
    from desmigratif_desktop.app.import_screen import ImportScreen
    from desmigratif_desktop.app.people_screens.duplicates import DuplicatesScreen
    from desmigratif_desktop.app.people_screens.household import HouseholdScreen
    from desmigratif_desktop.app.people_screens.listing import PeopleScreen
    from desmigratif_desktop.app.people_screens.person import PersonScreen
    from desmigratif_desktop.app.people_screens.person_form import PersonFormScreen
    from desmigratif_desktop.app.settings_screen import SettingsScreen
    from desmigratif_desktop.app.sync_screen import SyncScreen

    return [
        Room("home", lambda c, _: HomeScreen(c), RailEntry("home", "Beranda", "home")),
        Room("people", PeopleScreen, RailEntry("people", "Warga", "people")),
        Room("person", PersonScreen, room="people"),
        Room("person.form", PersonFormScreen, room="people"),
        Room("household", HouseholdScreen, room="people"),
        Room("people.duplicates", DuplicatesScreen, room="people"),
        Room("people.import", ImportScreen, room="people"),
        Room(
            "sync",
            lambda c, _: SyncScreen(c),
            RailEntry("sync", "Kirim & terima", "swap", at_foot=True),
        ),
        Room(
            "settings",
            lambda c, _: SettingsScreen(c),
            RailEntry("settings", "Pengaturan", "gear", at_foot=True),
        ),
    ]


def rooms(actor: Actor) -> dict[str, Room]:
    """All pages this officer may open, in the order of the rail."""
    own = _own_rooms()
    found = [one for one in own if one.entry is None or not one.entry.at_foot]
    for feature in catalogue.features():
        for entry in sorted(feature.menu, key=lambda one: one.order):
            if not entry.right or any(right.value == entry.right for right in _rights(actor)):
                line = RailEntry(entry.key, entry.title, entry.icon)
                found.append(Room(entry.key, _without_subject(entry.screen), line))
        found += [Room(one.key, one.make, room=one.room) for one in feature.pages]
    found += [one for one in own if one.entry is not None and one.entry.at_foot]
    return {one.key: one for one in found}


def _without_subject(make: Callable[[Any], Screen]) -> Callable[[ScreenContext, object], Screen]:
    return lambda context, _: make(context)


def _rights(actor: Actor) -> list[Right]:

    return [right for right in Right if actor.may(right)]
