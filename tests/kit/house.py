"""The house as files: what the contracts read."""

from __future__ import annotations

import ast
import functools
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ("desmigratif_desktop", "sync", "installers")
"""The folders whose Python is the product."""

_SKIPPED = {".git", ".venv", "__pycache__", "build", "dist", "node_modules"}
_CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis")


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, committed."""
    listed = (
        subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if (ROOT / ".git").exists() and _has_git()
        else None
    )
    if listed is not None and listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
        return tuple(sorted(ROOT / name for name in names if name and (ROOT / name).is_file()))
    return tuple(sorted(_walk()))


def _has_git() -> bool:
    return any(
        (Path(place) / name).exists()
        for place in os.environ.get("PATH", "").split(os.pathsep)
        for name in ("git", "git.exe")
    )


def _walk() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _SKIPPED and name not in _CACHES]
        yield from (Path(folder) / name for name in names)


def python_files(*tops: str) -> list[Path]:
    """The Python files under these top folders."""
    return [path for path in files() if path.suffix == ".py" and _top(path) in tops]


def _top(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def place(path: Path) -> str:
    """A file's name as a person writes it."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text("utf-8"), str(path))


def python(
    *words: str, cwd: Path = ROOT, path: Path = ROOT, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run this Python in a process of its own, with the house importable."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(path), str(path / "sync")]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
