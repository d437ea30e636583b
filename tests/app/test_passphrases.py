"""Suggested passphrases: the list of words and what is drawn from it."""

from __future__ import annotations

import re
from itertools import pairwise

from desmigratif_desktop.app.passphrases import WORDS, suggest_passphrase, word_list
from desmigratif_desktop.foundation.paths import resource

COUNT = 2048
SHORTEST_PASSPHRASE = 16


def test_the_list_has_2048_words():
    assert len(word_list()) == COUNT


def test_no_word_stands_twice():
    assert len(set(word_list())) == len(word_list())


def test_words_are_four_to_eight_plain_letters():
    assert [word for word in word_list() if not re.fullmatch("[a-z]{4,8}", word)] == []


def test_the_list_is_sorted():
    assert all(before < after for before, after in pairwise(word_list()))


def test_no_two_words_are_one_letter_apart():
    words = set(word_list())
    shapes = [f"{word[:i]}_{word[i + 1 :]}" for word in words for i in range(len(word))]
    assert len(shapes) == len(set(shapes))
    assert [w for w in words for i in range(len(w)) if w[:i] + w[i + 1 :] in words] == []


def test_the_file_opens_with_its_licence_and_count():
    lines = resource("reference/words.txt").read_text("utf-8").splitlines()
    head = "\n".join(line for line in lines if line.startswith("#"))
    assert lines[0].startswith("#")
    assert "GPL-3.0-or-later" in head
    assert str(COUNT) in head


def test_a_suggestion_is_four_words_of_the_list_and_long_enough():
    for _ in range(200):
        passphrase = suggest_passphrase()
        words = passphrase.split(" ")
        assert len(words) == WORDS == 4
        assert set(words) <= set(word_list())
        assert len(passphrase) >= SHORTEST_PASSPHRASE


def test_suggestions_differ():
    assert len({suggest_passphrase() for _ in range(50)}) == 50
