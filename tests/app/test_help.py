from __future__ import annotations

import re

import pytest

from desmigratif_desktop.app.help_texts import TEXTS

ENGLISH = re.compile(r"\b(the|and|press|save|back|sync|user|click|ok)\b", re.IGNORECASE)


@pytest.mark.parametrize("page", sorted(TEXTS))
def test_a_help_text_is_short_plain_indonesian(page):
    title, sentence, keys = TEXTS[page]
    assert title and keys
    assert 40 < len(sentence) < 260
    assert "!" not in sentence and "gagal" not in sentence.lower()
    assert not ENGLISH.search(f"{title} {sentence}")
    assert sentence.endswith(".")
