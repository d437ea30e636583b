"""Suggested passphrases: four plain Indonesian words from a list of 2,048 (44 bits)."""

from __future__ import annotations

import functools
import secrets

from desmigratif_desktop.foundation.paths import resource

WORDS = 4


@functools.cache
def word_list() -> tuple[str, ...]:
    """The words, one a line in resources/reference/words.txt."""
    text = resource("reference/words.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line and not line.startswith("#"))


def suggest_passphrase() -> str:
    """Four words, drawn by the system's own randomness."""
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS))
