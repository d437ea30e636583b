"""One real server process for the whole folder; a village of its own for each test."""

from __future__ import annotations

import pytest

from exchange.district import VILLAGES, District, Laptop, Line, new_laptop


@pytest.fixture(scope="session")
def district(tmp_path_factory):
    made = District(tmp_path_factory.mktemp("kabupaten") / "server").start()
    yield made
    made.kill()


@pytest.fixture
def village_code() -> str:
    return next(VILLAGES)


@pytest.fixture
def laptop(tmp_path, village_code):
    """Makes laptops of the test's village; closes them at the end."""
    made: list[Laptop] = []

    def make(letter: str = "A", *, enrolled_at: District | None = None, **named) -> Laptop:
        one = new_laptop(tmp_path / f"pos-{len(made)}", village_code, letter, **named)
        made.append(one)
        if enrolled_at is not None:
            one.enrol(enrolled_at)
        return one

    yield make
    for one in made:
        one.store.close()


@pytest.fixture
def line(district):
    made = Line(("127.0.0.1", district.port))
    yield made
    made.close()
