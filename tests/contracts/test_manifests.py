"""One manifest builds the desktop with everything it ships, another the server without Qt."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from kit import house

QT = {"PySide6", "shiboken6", "PySide6-Essentials"}


def _wheel(source: Path, target: Path) -> zipfile.ZipFile:
    ran = house.python(
        *("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-cache-dir"),
        *("--wheel-dir", str(target), str(source)),
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    (made,) = target.glob("*.whl")
    return zipfile.ZipFile(made)


def _requirements(wheel: zipfile.ZipFile) -> list[str]:
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    lines = wheel.read(name).decode().splitlines()
    return [line.removeprefix("Requires-Dist: ") for line in lines if "Requires-Dist" in line]


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return _wheel(house.ROOT, tmp_path_factory.mktemp("desktop"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return _wheel(house.ROOT / "sync", tmp_path_factory.mktemp("server"))


def test_the_desktop_wheel_carries_the_program_and_its_resources(desktop: zipfile.ZipFile) -> None:
    names = set(desktop.namelist())
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"desmigratif_desktop", "desmigratif_sync", "desmigratif_server"}
    for path in house.files():
        place = house.place(path)
        if place.startswith("desmigratif_desktop/"):
            assert place in names
        elif place.startswith("resources/"):
            assert place.replace("resources/", "desmigratif_desktop/_resources/", 1) in names
        elif place.startswith(("sync/desmigratif_sync/", "sync/desmigratif_server/")):
            assert place.removeprefix("sync/") in names


def test_the_server_wheel_has_no_qt_and_no_desktop(server: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in server.namelist() if ".dist-info/" not in name}
    assert tops == {"desmigratif_sync", "desmigratif_server"}
    wanted = _requirements(server)
    assert wanted
    assert not [line for line in wanted if any(name in line for name in QT)]


def test_the_server_starts_without_qt(server: zipfile.ZipFile, tmp_path: Path) -> None:
    """Even where Qt is installed, the server never asks for it."""
    server.extractall(tmp_path)
    probe = (
        "import sys\n"
        "for name in ('PySide6', 'shiboken6', 'desmigratif_desktop'): sys.modules[name] = None\n"
        "import desmigratif_server.commands, desmigratif_server.app\n"
        "assert desmigratif_server.__file__.startswith(sys.argv[1]), desmigratif_server.__file__\n"
    )
    ran = house.python("-c", probe, str(tmp_path), cwd=tmp_path, path=tmp_path)
    assert ran.returncode == 0, ran.stderr


def test_both_wheels_have_one_version(desktop: zipfile.ZipFile, server: zipfile.ZipFile) -> None:
    versions = {Path(str(wheel.filename)).name.split("-")[1] for wheel in (desktop, server)}
    assert len(versions) == 1


def test_the_qt_bound_stands() -> None:
    """6.12.0 aborts on the Python of Debian 12."""
    manifest = tomllib.loads((house.ROOT / "pyproject.toml").read_text("utf-8"))
    (line,) = [one for one in manifest["project"]["dependencies"] if one.startswith("PySide6")]
    assert line == "PySide6-Essentials>=6.8,<6.12"
    assert sys.version_info >= (3, 11)
