"""The window's tests: dressed as the program is, each on its own copy of one made post."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desmigratif_desktop.foundation.clock import FrozenClock
from kit.window import Hands, MadePost, dress, enter, leave

_FENCES = str(Path(__file__).parent.parent / "ui" / "fences")
if _FENCES not in sys.path:
    sys.path.insert(0, _FENCES)

MORNING = 1_794_531_600_000


@pytest.fixture(scope="session")
def made_post(tmp_path_factory):
    return MadePost(tmp_path_factory.mktemp("jadi") / "pos", FrozenClock(MORNING))


@pytest.fixture
def dressed(qapp):
    dress(qapp)
    return qapp


@pytest.fixture
def folder(made_post, tmp_path):
    return made_post.copy(tmp_path / "pos")


@pytest.fixture
def house(dressed, made_post, folder, clock):
    """The window, signed in, on the home page: (window, hands)."""
    window, hands = enter(folder, made_post, clock)
    yield window, hands
    leave(window, hands)


@pytest.fixture
def door(dressed):
    """Makes the window before a folder and closes it at the end."""
    from desmigratif_desktop.app.main_window import MainWindow

    made = []

    def make(place):
        window = MainWindow(place)
        hands = Hands(window)
        hands.stand_in_front()
        hands.settle()
        made.append((window, hands))
        return window, hands

    yield make
    for window, hands in made:
        leave(window, hands)
