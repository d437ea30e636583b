from __future__ import annotations

import pytest
from fences import broken, too_large
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from desmigratif_desktop.app import pages
from desmigratif_desktop.app.help_texts import TEXTS
from desmigratif_desktop.app.main_window import MainWindow
from desmigratif_desktop.foundation.clock import FrozenClock
from desmigratif_desktop.ui.page import FootBar, Page
from kit.window import FULL, HALF_AGAIN, NARROW, dress, enter, leave

MORNING = 1_794_531_600_000
OWN_PAGES = ("home", "people", "person", "person.form", "household", "sync", "settings")
PLAIN_PAGES = ("home", "people", "sync", "settings")
_BY_THE_PAGE = {"Esc", "Enter", "Return", "Tab", "Up", "Down", "Space"}


def _page(window) -> Page:
    return window.house.current_screen().widget()


def _bound(page: QWidget, window: QWidget) -> list[str]:
    """Every key that a shortcut of this page or of the house answers."""
    found = [
        one.key().toString()
        for one in window.findChildren(QShortcut)
        if one.isEnabled() and _reaches(one.parent(), page)
    ]
    found += [
        one.shortcut().toString()
        for one in window.findChildren(QAbstractButton)
        if not one.shortcut().isEmpty() and one.isVisible()
    ]
    return found


def _reaches(owner: object, page: QWidget) -> bool:
    return isinstance(owner, QWidget) and (
        owner is page or owner.isAncestorOf(page) or page.isAncestorOf(owner)
    )


@pytest.fixture(scope="module")
def one_house(made_post, qapp, tmp_path_factory):
    """One house for all tests that only look; dressed as the program is."""
    dress(qapp)
    folder = made_post.copy(tmp_path_factory.mktemp("lihat") / "pos")
    window, hands = enter(folder, made_post, FrozenClock(MORNING))
    yield window, hands
    leave(window, hands)


@pytest.fixture(params=PLAIN_PAGES)
def opened(request, one_house):
    window, hands = one_house
    hands.resize(FULL)
    hands.stand_in_front()
    window.house.go(request.param)
    hands.settle()
    return window, hands, request.param


def test_keys_named_in_the_foot_are_bound_once(opened):
    window, _hands, _key = opened
    page = _page(window)
    bound = _bound(page, window)
    for named, words in page.findChild(FootBar).keys():
        wanted = QKeySequence(named).toString()
        if wanted in _BY_THE_PAGE or not wanted:
            continue
        assert bound.count(wanted) == 1, f"{named} ({words}) is bound {bound.count(wanted)} times"


def test_no_key_is_bound_twice_on_one_page(opened):
    window, _hands, _key = opened
    bound = _bound(_page(window), window)
    assert sorted({one for one in bound if bound.count(one) > 1}) == []


@pytest.mark.parametrize(
    ("key", "modifier", "page"),
    [
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "people"),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, "sync"),
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, "migration_services.choose"),
    ],
)
def test_house_keys_work_from_every_page(one_house, made_post, key, modifier, page):
    window, hands = one_house
    for start in ("home", "people", "settings", "person"):
        window.house.go(start, made_post.people["Suparmi"] if start == "person" else None)
        hands.settle()
        hands.key(key, modifier)
        hands.settle()
        assert window.house.here()[0] == page, start


def test_ctrl_shift_l_locks_and_f6_reaches_the_rail(house):
    window, hands = house
    hands.key(Qt.Key.Key_F6)
    assert window.house._frame.rail.isAncestorOf(QApplication.focusWidget())
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    hands.key(Qt.Key.Key_L, both)
    hands.settle()
    assert window.house is None


def test_every_page_takes_the_keyboard_when_it_opens(opened):
    window, _hands, key = opened
    holder = QApplication.focusWidget()
    assert holder is not None and _page(window).isAncestorOf(holder) or holder is _page(window), key


def test_esc_goes_back_to_where_one_came_from(house, made_post):
    window, hands = house
    window.house.go("people")
    hands.settle()
    window.house.go("person", made_post.people["Suparmi"])
    hands.settle()
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    assert window.house.here() == ("people", None)
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    assert window.house.here() == ("home", None)
    hands.key(Qt.Key.Key_Escape)
    assert window.house.here() == ("home", None)


def test_the_way_back_does_not_run_in_circles(house):
    window, hands = house
    for key in ("people", "sync", "people", "sync"):
        window.house.go(key)
        hands.settle()
    for _ in range(4):
        window.house.back()
        hands.settle()
    assert window.house.here() == ("home", None)


def test_at_most_three_pages_are_alive(house, made_post):
    window, hands = house
    for name in made_post.people.values():
        window.house.go("person", name)
        hands.settle()
    window.house.go("settings")
    hands.settle()
    window.house.go("people")
    hands.settle()
    assert len(window.house._alive) == 3
    assert len(window.findChildren(Page)) == 3


def test_every_rail_line_opens_its_page(one_house):
    window, hands = one_house
    rail = window.house._frame.rail
    entries = [one.entry for one in pages.rooms(window.session.actor).values() if one.entry]
    for entry in entries:
        rail.chosen.emit(entry.key)
        hands.settle()
        assert window.house.here() == (entry.key, None)


def test_f1_tells_the_meaning_of_every_page(one_house):
    window, _hands = one_house
    keys = set(pages.rooms(window.session.actor))
    assert keys <= set(TEXTS), keys - set(TEXTS)


def test_f1_opens_and_esc_closes_help_and_returns_the_keyboard(opened):
    window, hands, key = opened
    before = QApplication.focusWidget()
    hands.key(Qt.Key.Key_F1)
    hands.settle()
    assert hands.dialog() is not None
    assert hands.says(TEXTS[key][1][:40])
    hands.key(Qt.Key.Key_F9)  # the dialog keeps every key
    hands.settle()
    assert window.house.here()[0] == key
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    assert hands.dialog() is None
    assert QApplication.focusWidget() is before


class _Flashes(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched, event) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, MainWindow)
        ):
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_flashes_as_a_window_of_its_own(house, made_post):
    window, hands = house
    watch = _Flashes()
    subjects = {"person": made_post.people["Suparmi"], "household": _household(window)}
    QApplication.instance().installEventFilter(watch)
    for key in OWN_PAGES:
        window.house.go(key, subjects.get(key))
        hands.settle()
        assert (key, watch.seen) == (key, [])
    QApplication.instance().removeEventFilter(watch)
    assert window.isActiveWindow()


def _household(window) -> bytes | None:
    from desmigratif_desktop.people.persons import register_person
    from desmigratif_desktop.people.roster import show_person
    from desmigratif_desktop.people.values import PersonDraft

    store, actor = window.session.store, window.session.actor
    draft = PersonDraft({"name": "Sutrisno", "no_kk": "3518172008150011"})
    uid = register_person(store, actor, draft).uid
    with store.read() as session:
        return show_person(store, session, uid).household


def test_nothing_is_squeezed_and_one_button_is_the_main_one(opened):
    window, hands, key = opened
    for size in (FULL, NARROW):
        hands.resize(size)
        assert (key, size, broken(window)) == (key, size, [])
        assert too_large(window.house, size) == ""
        assert len(hands.primaries()) <= 1, (key, hands.primaries())


def test_everything_is_reachable_at_150_percent(opened):
    window, hands, key = opened
    hands.resize(HALF_AGAIN)
    frame = window.rect()
    for one in window.findChildren(QWidget):
        if not one.isVisible() or not one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        place = one.mapTo(window, one.rect().center())
        scroll = _scroll_of(one)
        if scroll is None:
            assert frame.contains(place), f"{key}: {one.accessibleName()} lies outside at {place}"
        else:
            inner = scroll.widget()
            inside = one.mapTo(inner, one.rect().bottomRight())
            assert inside.x() <= scroll.viewport().width(), f"{key}: {one.accessibleName()} is cut"
            wide = inner.height() - scroll.viewport().height()
            assert scroll.verticalScrollBar().maximum() >= wide - 1


def _scroll_of(one: QWidget) -> QScrollArea | None:
    above = one.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def test_no_standard_button_speaks_english(opened):
    _window, hands, _key = opened
    english = {"ok", "cancel", "yes", "no", "close", "save", "open", "apply", "reset", "help"}
    assert [one for one in hands.texts() if one.casefold() in english] == []


def test_tab_walks_through_the_page_and_comes_round(opened):
    window, hands, key = opened
    seen = set()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    reachable = {
        one
        for one in _page(window).findChildren(QAbstractButton)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    hidden = [one.accessibleName() for one in reachable - seen]
    assert hidden == [], key
