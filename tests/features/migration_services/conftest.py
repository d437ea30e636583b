from __future__ import annotations

import pytest

from kit.demo import open_village


@pytest.fixture
def post(tmp_path, clock):
    made = open_village(tmp_path / "pos", clock)
    yield made
    made.store.close()
