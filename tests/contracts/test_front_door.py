"""What the README tells a newcomer to type can be typed."""

from __future__ import annotations

import importlib
import re
import tomllib

import pytest

from kit import house

README = (house.ROOT / "README.md").read_text("utf-8")
COMMAND = re.compile(r"python3 installers/start\.py ([a-z]+)")


def _manifest(name: str = "pyproject.toml") -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((house.ROOT / name).read_text("utf-8"))


def test_the_two_commands_stand_in_the_readme() -> None:
    assert {"run", "test"} <= set(COMMAND.findall(README))


@pytest.mark.parametrize("command", sorted(set(COMMAND.findall(README))))
def test_each_command_of_the_readme_exists(command: str) -> None:
    ran = house.python("installers/start.py", command, "--help")
    assert ran.returncode == 0, ran.stderr


def test_every_folder_on_the_map_exists() -> None:
    for name in re.findall(r"^  (\w+)/  +", README, re.MULTILINE):
        assert (house.ROOT / "desmigratif_desktop" / name).is_dir(), name
    for name in re.findall(r"^(\w+)/  +", README, re.MULTILINE):
        assert (house.ROOT / name).is_dir(), name


def test_every_link_of_the_front_pages_leads_somewhere() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "installers/README.md"):
        text = (house.ROOT / page).read_text("utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert ((house.ROOT / page).parent / target).exists(), f"{page}: {target}"


@pytest.mark.parametrize(
    "entry",
    [
        *_manifest()["project"]["gui-scripts"].values(),
        *_manifest()["project"]["scripts"].values(),
    ],
)
def test_every_installed_program_can_be_started(entry: str) -> None:
    module, _, function = entry.partition(":")
    assert callable(getattr(importlib.import_module(module), function))


def test_programs_answer_help_without_a_traceback() -> None:
    for module in ("desmigratif_desktop.app.commands", "desmigratif_server"):
        ran = house.python("-m", module, "--help")
        assert ran.returncode == 0, ran.stderr
        assert "Traceback" not in ran.stderr


def test_commands_never_load_qt() -> None:
    """A district's machine has no Qt, and a script should not wait for it."""
    probe = (
        "import sys\n"
        "for name in ('PySide6', 'shiboken6'): sys.modules[name] = None\n"
        "from desmigratif_desktop.app import catalogue\n"
        "from desmigratif_desktop.app.commands import main\n"
        "catalogue.registry()\n"
        "main(['--help'])\n"
    )
    ran = house.python("-c", probe)
    assert ran.returncode == 0, ran.stderr
    assert "desmigratif-tool" in ran.stdout


def test_ci_runs_the_readme_command_in_strict_mode() -> None:
    script = house.ROOT / ".ci" / "run"
    assert "python3 installers/start.py test --strict" in script.read_text("utf-8")
    assert script.stat().st_mode & 0o111
