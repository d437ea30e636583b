from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from desmigratif_desktop.foundation.feature import Feature, HomeTile, MenuEntry, PersonPanel, Screen


class Page:
    def widget(self) -> object:
        return self

    def reload(self) -> None: ...

    def may_leave(self) -> bool:
        return True

    def close(self) -> None: ...


def test_a_manifest_holds_what_the_shell_needs():
    entry = MenuEntry("arisan.meetings", "Arisan", "users", lambda _context: Page())
    panel = PersonPanel("arisan.shares", "Arisan", lambda _context, _person: None)
    tile = HomeTile("arisan.due", "{count} giliran", lambda _session: 3, "arisan.meetings")
    feature = Feature("arisan", "Arisan", menu=(entry,), person_panels=(panel,), home_tiles=(tile,))
    assert isinstance(feature.menu[0].screen(None), Screen)
    assert feature.home_tiles[0].count(None) == 3
    with pytest.raises(FrozenInstanceError):
        feature.name = "other"


def test_a_half_screen_is_no_screen():
    assert not isinstance(object(), Screen)


def test_keys_are_the_features_own_and_single():
    def entry(key: str) -> MenuEntry:
        return MenuEntry(key, "Arisan", "users", lambda _context: Page())

    with pytest.raises(ValueError, match="begin with"):
        Feature("arisan", "Arisan", menu=(entry("other.page"),))
    with pytest.raises(ValueError, match="twice"):
        Feature("arisan", "Arisan", menu=(entry("arisan.a"), entry("arisan.a")))
