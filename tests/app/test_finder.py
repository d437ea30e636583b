from __future__ import annotations

from PySide6.QtCore import Qt

from desmigratif_desktop.app import finder, pages


def test_a_person_is_found_from_anywhere_with_the_keyboard_alone(house, made_post):
    window, hands = house
    for start in ("home", "people", "settings", "sync", "person.form"):
        window.house.go(start)
        hands.settle()
        hands.ctrl(Qt.Key.Key_K)
        hands.type("nuraini")
        hands.wait("the person", lambda: hands.says("Nur'aini."))
        hands.key(Qt.Key.Key_Return)
        hands.wait("her page", lambda: window.house.here()[0] == "person")
        assert window.house.here() == ("person", made_post.people["Nur'aini"]), start
        assert hands.dialog() is None


def test_the_finder_shows_the_nik_masked(house):
    window, hands = house
    hands.ctrl(Qt.Key.Key_K)
    hands.type("suparmi")
    hands.wait("the person", lambda: any("Suparmi." in one for one in _under(hands)))
    assert not any("3518174507920001" in one for one in hands.texts())


def _under(hands):
    return [one for one in hands.texts() if "Suparmi" in one]


def test_arrows_choose_and_enter_opens_the_second(house, made_post):
    window, hands = house
    hands.ctrl(Qt.Key.Key_K)
    hands.type("krajan")
    hands.settle()
    hands.key(Qt.Key.Key_Escape)
    assert hands.dialog() is None
    hands.ctrl(Qt.Key.Key_K)
    hands.type("> be")
    hands.wait("commands", lambda: hands.says("Beranda"))
    hands.type("randa")
    hands.settle()
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert window.house.here() == ("home", None)


def test_a_command_locks_the_screen(house):
    window, hands = house
    hands.ctrl(Qt.Key.Key_K)
    hands.type(">kunci")
    hands.settle()
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert window.house is None


def test_nothing_found_says_so(house):
    _window, hands = house
    hands.ctrl(Qt.Key.Key_K)
    hands.type("zzzz")
    hands.wait("the sentence", lambda: hands.says("Tidak ada yang cocok"))
    hands.key(Qt.Key.Key_Return)
    assert hands.dialog() is not None


def test_F03_what_is_typed_is_never_a_query_language(house):
    _window, hands = house
    hands.ctrl(Qt.Key.Key_K)
    hands.type('" OR * NEAR( %')
    hands.settle()
    assert hands.dialog() is not None
    assert not hands.says("Nur'aini")


def test_every_command_leads_to_a_page_that_exists(house):
    window, _hands = house
    known = set(pages.rooms(window.session.actor))
    leads = [one.key for one in finder.commands()]
    assert {subject for kind, subject in leads if kind == "page"} <= known
