"""Stores of their own for every test, always closed."""

from __future__ import annotations

import pytest

from kit import store_kit


@pytest.fixture
def store(tmp_path):
    """A laptop's store."""
    one = store_kit.new_store(tmp_path / "pos")
    yield one
    one.close()


@pytest.fixture
def pair(tmp_path):
    """Two laptops of one village."""
    both = store_kit.new_store(tmp_path / "a", "A"), store_kit.new_store(tmp_path / "b", "B")
    yield both
    for one in both:
        one.close()
