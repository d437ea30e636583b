from __future__ import annotations

import pytest

from desmigratif_desktop.app import practice
from desmigratif_desktop.app.assembly import PRACTICE_PASSPHRASE, open_post
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.people.roster import count_people

PEOPLE = 60


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    folder = tmp_path_factory.mktemp("latihan") / "pos"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(practice, "PEOPLE", PEOPLE)  # a smaller village, for the test's time
        store = practice.make_practice_post(folder)
    yield folder, store
    store.close()


def test_the_practice_village_has_its_people_and_its_mark(village):
    _folder, store = village
    assert store.replica.practice
    with store.read() as session:
        assert count_people(session) == PEOPLE


def test_it_opens_again_with_the_passphrase_on_its_page(village):
    folder, store = village
    store.close()
    again = open_post(folder, PRACTICE_PASSPHRASE)
    assert again.replica.practice
    again.close()


def test_it_is_never_made_over_something(tmp_path):
    (tmp_path / "penting.txt").write_text("milik orang lain")
    with pytest.raises(DesmigratifError):
        practice.make_practice_post(tmp_path)
    assert (tmp_path / "penting.txt").read_text() == "milik orang lain"
