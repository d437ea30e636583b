"""`installers/start.py`: installs only when it must, and says what it may not do."""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kit import house

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def installers(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    monkeypatch.syspath_prepend(str(house.ROOT / "installers"))
    names = ("system_packages", "environment", "start")
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    return {name: importlib.import_module(name) for name in names}


def test_an_older_python_hears_one_sentence() -> None:
    source = (house.ROOT / "installers" / "start.py").read_text("utf-8")
    old = source.replace("(3, 11)", "(9, 9)")
    ran = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("Desmigratif memerlukan Python 3.11")
    assert "Traceback" not in ran.stderr


def test_only_the_standard_library_is_used() -> None:
    allowed = set(sys.stdlib_module_names) | {"environment", "system_packages"}
    probe = (
        "import ast, sys\n"
        "for path in sys.argv[1:]:\n"
        "    for node in ast.walk(ast.parse(open(path, encoding='utf-8').read())):\n"
        "        if isinstance(node, ast.Import): [print(a.name) for a in node.names]\n"
        "        if isinstance(node, ast.ImportFrom): print(node.module)\n"
    )
    names = ("start", "environment", "system_packages")
    files = [str(house.ROOT / "installers" / f"{name}.py") for name in names]
    used = set(house.python("-c", probe, *files).stdout.split())
    assert {name.split(".")[0] for name in used} <= allowed


def test_the_environment_is_renewed_when_the_manifest_changes(
    installers: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = installers["environment"]
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "FOLDER", tmp_path / ".venv")
    monkeypatch.setattr(environment, "RECORD", tmp_path / "record.json")
    monkeypatch.setattr(environment, "_works", lambda: True)
    monkeypatch.setattr(environment, "_make", lambda: True)
    manifest = tmp_path / "pyproject.toml"
    manifest.write_text("[project]\n", "utf-8")
    installs: list[list[str]] = []

    def fake(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        installs.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(environment.subprocess, "run", fake)
    assert environment.prepare({"server"})
    assert environment.prepare({"server"})
    assert len(installs) == 1
    assert installs[0][-1].endswith("[server]")
    assert environment.prepare({"dev"})
    assert installs[-1][-1].endswith("[dev,server]")
    assert environment.prepare({"server"})  # dev brings the server along
    assert len(installs) == 2
    manifest.write_text("[project]\nname = 'x'\n", "utf-8")
    assert environment.prepare({"server"})
    assert len(installs) == 3
    assert installs[-1][-1].endswith("[dev,server]"), "what was held is not lost"


def test_a_failed_install_is_tried_again(
    installers: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = installers["environment"]
    monkeypatch.setattr(environment, "RECORD", tmp_path / "record.json")
    monkeypatch.setattr(environment, "_works", lambda: True)
    monkeypatch.setattr(environment, "_make", lambda: True)
    outcome = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(environment.subprocess, "run", lambda *_a, **_k: outcome)
    assert not environment.prepare({"server"})
    assert not environment.is_ready({"server"})


ABSENT = ("libdesmigratif-absent.so.7", "program-that-is-absent")


def _needs(system: ModuleType) -> tuple[object, ...]:
    return (
        system.Need("library", ABSENT[0], ("libabsent7t64", "libabsent7")),
        system.Need("program", ABSENT[1], ("absent-tools",)),
        system.Need("library", "libc.so.6", ("libc6",)),
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian only")
def test_without_root_one_exact_line_is_printed(
    installers: dict[str, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    system = installers["system_packages"]
    monkeypatch.setattr(system, "_root_prefix", lambda: None)
    monkeypatch.setattr(system, "_known", lambda name: not name.endswith("t64"))
    monkeypatch.setattr(system.shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)
    left = system.provide(_needs(system))
    assert [need.name for need in left] == list(ABSENT)
    said = capsys.readouterr().out
    line = "  sudo apt-get update && sudo apt-get install -y libabsent7 absent-tools"
    assert said.splitlines()[-1] == line


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian only")
def test_as_root_the_list_is_renewed_first_and_what_is_installed_is_said(
    installers: dict[str, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    system = installers["system_packages"]
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(system, "_root_prefix", list)
    monkeypatch.setattr(system, "_known", lambda _name: True)
    monkeypatch.setattr(system.shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)
    monkeypatch.setattr(system, "_apt", lambda _prefix, *words: asked.append(words) or True)
    assert system.provide(_needs(system))  # nothing really came, so it is still missing
    assert asked[0] == ("update",)
    assert asked[1][-2:] == ("libabsent7t64", "absent-tools")
    assert "libabsent7t64 absent-tools" in capsys.readouterr().out


def test_what_was_not_tested_is_listed_and_fails_only_in_strict_mode(
    installers: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    verdict = installers["start"]._verdict
    assert verdict([], ["gambar"], [], strict=False, seconds=1) == 0
    assert "tidak diuji: gambar" in capsys.readouterr().out
    assert verdict([], ["gambar"], [], strict=True, seconds=1) == 1
    assert verdict(["tes"], [], [], strict=False, seconds=1) == 1
    assert verdict([], [], [], strict=True, seconds=1) == 0


def test_postgres_is_told_when_it_is_absent_and_fails_nothing(
    installers: dict[str, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    start, system = installers["start"], installers["system_packages"]
    monkeypatch.setattr(start.system, "provide", lambda _needs: [])
    monkeypatch.setattr(start.environment, "prepare", lambda _extras: True)
    monkeypatch.setattr(start, "_call", lambda _command, **_variables: 0)
    options = argparse.Namespace(all=False, one=True, rest=[], strict=True)
    monkeypatch.setattr(start.system, "has_postgres", lambda: False)
    assert start.test(options) == 0
    assert f"tidak diuji: {system.WITHOUT_POSTGRES}" in capsys.readouterr().out
    monkeypatch.setattr(start.system, "has_postgres", lambda: True)
    assert start.test(options) == 0
    assert "PostgreSQL" not in capsys.readouterr().out


def test_without_a_display_run_is_the_tour(
    installers: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = installers["start"]
    started: list[tuple[list[str], dict[str, str]]] = []

    def record(command: list[str], **variables: str) -> int:
        started.append((command, variables))
        return 7

    monkeypatch.setattr(start, "_call", record)
    monkeypatch.setattr(start.system, "provide", lambda _needs: [])
    monkeypatch.setattr(start.environment, "prepare", lambda _extras: True)
    monkeypatch.setattr(start, "has_display", lambda: False)
    options = argparse.Namespace(tour=False, rest=["--here"])
    assert start.run(options) == 7, "the tour's own status"
    command, variables = started.pop()
    assert command[1:] == ["-m", "desmigratif_desktop.app.tour", "--here"]
    assert variables["QT_QPA_PLATFORM"] == "offscreen"
    monkeypatch.setattr(start, "has_display", lambda: True)
    start.run(options)
    assert started.pop()[0][1:] == ["-m", "desmigratif_desktop", "--here"]


def test_strict_is_the_rule_under_ci(
    installers: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    parser = installers["start"]._parser
    monkeypatch.setenv("CI", "true")
    assert parser().parse_args(["test"]).strict
    monkeypatch.delenv("CI")
    assert not parser().parse_args(["test"]).strict
    assert parser().parse_args(["test", "--strict"]).strict
