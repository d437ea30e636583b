"""Every icon the kit names exists, is our own line drawing, and draws something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desmigratif_desktop.foundation.paths import resource
from desmigratif_desktop.ui.icons import icon_pixmap

pytestmark = pytest.mark.qt
NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))
SET = [
    "home",
    "people",
    "person",
    "plane",
    "cap",
    "shop",
    "book",
    "coin",
    "shield",
    "chart",
    "swap",
    "gear",
    "search",
    "plus",
    "minus",
    "check",
    "x",
    "down",
    "right",
    "left",
    "print",
    "doc",
    "warn",
    "info",
    "clock",
    "bell",
    "usb",
    "cloud",
    "lock",
    "eye",
    "edit",
    "phone",
    "pin",
    "filter",
    "history",
    "more",
    "laptop",
    "save",
    "house",
    "flag",
    "power",
    "trash",
    "link",
    "undo",
    "key",
    "radar",
    "box",
    "stamp",
    "calendar",
    "sprout",
]


def test_the_whole_set_is_there():
    assert set(SET) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_icon_draws_something(qapp, name):
    picture = icon_pixmap(name, "#11604F", 20, 2.0).toImage()
    assert picture.width() == 40
    inked = sum(picture.pixelColor(x, y).alpha() > 80 for x in range(40) for y in range(40))
    assert inked > 8


def test_no_icon_carries_script_or_links():
    for name in NAMES:
        text = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
        assert not re.search(r"<script|href|<image|url\(", text), name


def test_icons_named_in_the_kit_exist():
    kit = Path(__file__).parents[2] / "desmigratif_desktop" / "ui"
    named: set[str] = set()
    for path in kit.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'\bicon="(\w+)"', text))
        named |= set(re.findall(r'draw_icon\(\s*painter, "(\w+)"', text))
        named |= set(re.findall(r'IconLabel\("(\w+)"', text))
    assert named
    assert named <= set(NAMES)
