from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from desmigratif_desktop.people.imports import session
from desmigratif_desktop.people.imports.apply import apply_plan
from desmigratif_desktop.people.imports.rows import read_rows

FILES = Path(__file__).parent / "files"
TODAY = date(2026, 11, 13)


@pytest.fixture
def people_of():
    """The rows of a loaded file that may come in."""

    def read(loaded, found=None):
        return read_rows(loaded.book, found or session.confirmed(loaded.found, None), TODAY)

    return read


@pytest.fixture
def take(post):
    """Dry run and import of a file; returns the plan and the result."""

    def run(path, **named):
        loaded = session.load(Path(path))
        plan = session.dry_run(post.store, loaded, session.confirmed(loaded.found, None))
        return plan, apply_plan(post.store, post.officer, plan, **named)

    return run


@pytest.fixture
def sheet(tmp_path):
    """Writes a small CSV roster."""

    def write(*rows, name="warga.csv", encoding="utf-8"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write
