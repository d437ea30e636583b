"""What a feature tells the house about itself: one frozen manifest, no imports of it.

`features/<name>/feature.py` builds a `Feature`; `app/catalogue.py` lists them; the
shell makes menus, screens and panels of what they declare. Types of higher floors
are named by shape only, since this floor knows neither Qt nor the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class Screen(Protocol):
    """A page of the main window, as the shell sees it."""

    def widget(self) -> Any:
        """The QWidget to show; the same one each time."""

    def reload(self) -> None:
        """Read again what is shown; called when the page is entered or the data changed."""

    def may_leave(self) -> bool:
        """Whether the page may be left now; asks about unsaved typing itself."""

    def close(self) -> None:
        """Let go of subscriptions and clear personal data (screen lock, sign-out)."""


ScreenFactory = Callable[[Any], Screen]
"""Makes a screen from the screen context that `app.assembly` builds."""

PanelFactory = Callable[[Any, bytes], Any]
"""Makes a panel for one person's page: (screen context, person id) -> panel widget."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of the side menu.

    Attributes:
        key: identifier of the page ("migration_services.journeys").
        title: Indonesian source text, translated where it is shown.
        icon: name of a file in resources/icons without the ending.
        screen: makes the page when it is first opened.
        order: smaller stands higher.
        right: the `Right` (its value) needed to see the line; "" for everybody.
        shortcut: key sequence ("Ctrl+2"); "" for none.
    """

    key: str
    title: str
    icon: str
    screen: ScreenFactory
    order: int = 100
    right: str = ""
    shortcut: str = ""


PageFactory = Callable[[Any, Any], Screen]
"""Makes a page for one subject: (screen context, subject or None) -> screen."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page that is reached by navigation and does not stand in the menu.

    Attributes:
        key: identifier ("migration_services.register").
        make: makes the page for one subject.
        room: key of the menu entry that stays lit while the page is open.
    """

    key: str
    make: PageFactory
    room: str = "people"


@dataclass(frozen=True, slots=True)
class PersonPanel:
    """A section that a feature adds to a person's page.

    Attributes:
        key: identifier ("migration_services.episodes").
        title: Indonesian source text.
        panel: makes the section for one person.
        order: smaller stands higher.
        right: the `Right` (its value) needed to see it; "" for everybody.
    """

    key: str
    title: str
    panel: PanelFactory
    order: int = 100
    right: str = ""


@dataclass(frozen=True, slots=True)
class HomeTile:
    """A line on the home page that says what waits: a count and where to go.

    Attributes:
        key: identifier ("migration_services.papers_expiring").
        title: Indonesian source text with `{count}`.
        count: number waiting, read from a read session.
        page: key of the menu entry it opens.
        order: smaller stands higher.
    """

    key: str
    title: str
    count: Callable[[Any], int]
    page: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class Feature:
    """The manifest of one feature folder.

    Attributes:
        name: name of the folder ("migration_services").
        title: Indonesian source text of the pillar or room.
        models: mapped classes of the feature, synced and local.
        migrations: sets of steps (sqlite-utils `Migrations`), in order.
        menu: its pages in the side menu.
        pages: its pages that are reached by navigation.
        person_panels: its sections on a person's page.
        home_tiles: its lines on the home page.
        commands: adds subcommands to the command line's parser.
        demo: fills the practice village with this feature's cases.
    """

    name: str
    title: str
    models: tuple[type[Any], ...] = ()
    migrations: tuple[Any, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    pages: tuple[PageEntry, ...] = ()
    person_panels: tuple[PersonPanel, ...] = ()
    home_tiles: tuple[HomeTile, ...] = ()
    commands: Callable[[Any], None] | None = None
    demo: Callable[[Any], None] | None = None

    def __post_init__(self) -> None:
        """Refuse a manifest whose keys do not begin with the feature's name."""
        keys = [entry.key for entry in self.menu]
        keys += [page.key for page in self.pages]
        keys += [panel.key for panel in self.person_panels]
        keys += [tile.key for tile in self.home_tiles]
        strangers = [key for key in keys if key.split(".")[0] != self.name]
        if strangers:
            raise ValueError(f"keys of {self.name} must begin with its name: {strangers}")
        if len(set(keys)) != len(keys):
            raise ValueError(f"a key of {self.name} stands twice")
