"""Imports point down, rooms on one floor are strangers: the contracts hold and can fail."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kit import house

if TYPE_CHECKING:
    from pathlib import Path

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def _lint(place: Path) -> tuple[int, str]:
    ran = house.python("-c", LINT, "--no-cache", cwd=place, path=place)
    return ran.returncode, ran.stdout + ran.stderr


def test_every_contract_is_kept() -> None:
    status, said = _lint(house.ROOT)
    assert status == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(
    ("room", "planted", "contract"),
    [
        ("desmigratif_desktop/records/kinds.py", "desmigratif_desktop.people", "Floors"),
        ("desmigratif_desktop/people/__init__.py", "PySide6", "Qt stays upstairs"),
        ("sync/desmigratif_sync/protocol/entries.py", "requests", "The wire knows neither"),
        ("desmigratif_desktop/exchange/__init__.py", "desmigratif_server", "meet only on the wire"),
    ],
)
def test_a_planted_import_is_caught(tmp_path: Path, room: str, planted: str, contract: str) -> None:
    for name in ("desmigratif_desktop", "sync"):
        shutil.copytree(
            house.ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__", "*.pyc"),
        )
    shutil.copy(house.ROOT / "pyproject.toml", tmp_path)
    spoiled = tmp_path / room
    spoiled.write_text(spoiled.read_text("utf-8") + f"\nimport {planted}\n", "utf-8")
    status, said = _lint(tmp_path)
    assert status != 0, said
    broken = [line for line in said.splitlines() if contract in line and "BROKEN" in line]
    assert broken, said


def test_a_room_nobody_placed_is_caught(tmp_path: Path) -> None:
    for name in ("desmigratif_desktop", "sync"):
        shutil.copytree(
            house.ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__", "*.pyc"),
        )
    shutil.copy(house.ROOT / "pyproject.toml", tmp_path)
    helpers = tmp_path / "desmigratif_desktop" / "helpers"
    helpers.mkdir()
    (helpers / "__init__.py").write_text('"""A room nobody placed."""\n', "utf-8")
    status, said = _lint(tmp_path)
    assert status != 0
    assert "helpers" in said
