"""The two commands of a newcomer: `run` and `test`; and `deb` for whoever hands it out.

    python3 installers/start.py run      the first time: .venv, install, then the application
    python3 installers/start.py test     the same .venv with the tools, then every default test

Standard library only. On Windows: `py installers\\start.py run`.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for those who have an older one
    sys.exit(
        "Desmigratif memerlukan Python 3.11 atau lebih baru; ini Python " + sys.version.split()[0]
    )

import argparse
import os
import subprocess
import time
from pathlib import Path

import environment
import system_packages as system

ROOT = environment.ROOT


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _call(command: list[str], **variables: str) -> int:
    """Run a program in the checkout; its exit status is ours."""
    try:
        return subprocess.call(command, cwd=ROOT, env={**os.environ, **variables})
    except KeyboardInterrupt:
        return 130


def run(options: argparse.Namespace) -> int:
    """Open the application; on a machine without a screen, let it show itself."""
    window = has_display() and not options.tour
    needs = system.venv_need() + system.OFFSCREEN + (system.WINDOW if window else ())
    if system.provide(needs) or not environment.prepare({"server"}):
        return 1
    if window:
        return _call([str(environment.python()), "-m", "desmigratif_desktop", *options.rest])
    if not options.tour:
        print("Tidak ada layar di sini: aplikasi memperagakan diri tanpa jendela.", flush=True)
    command = [str(environment.python()), "-m", "desmigratif_desktop.app.tour", *options.rest]
    return _call(command, QT_QPA_PLATFORM="offscreen", PYTHONUNBUFFERED="1")


def _pytest(options: argparse.Namespace) -> list[str]:
    """Pytest's command line."""
    command = [str(environment.python()), "-m", "pytest"]
    if not options.all:
        command += ["-m", "not slow"]
    workers = min(os.cpu_count() or 1, 4)
    if workers > 1 and not options.one:
        command += ["-n", str(workers), "--dist", "worksteal"]
    return command + options.rest


def _checks() -> list[tuple[str, list[str]]]:
    """What is looked at before the tests, each by its own tool."""
    places = ["desmigratif_desktop", "sync", "tests", "installers"]
    tools = environment.program
    return [
        (
            "gaya penulisan (ruff)",
            [str(tools("ruff")), "check", "--output-format", "concise", *places],
        ),
        ("tata letak (ruff format)", [str(tools("ruff")), "format", "--check", "--quiet", *places]),
        ("tipe (mypy)", [str(tools("mypy"))]),
        ("dinding antarruang (import-linter)", [str(tools("lint-imports"))]),
    ]


def test(options: argparse.Namespace) -> int:
    """Look at the code, then run every test this machine can run."""
    essential = system.venv_need() + system.OFFSCREEN
    absent = system.provide(essential + system.WINDOW + system.TEST_TOOLS)
    if set(absent) & set(essential) or not environment.prepare({"dev"}):
        return 1
    command = _pytest(options)
    names = {need.name for need in absent}
    untested = [text for name, text in system.UNTESTED_WITHOUT.items() if name in names]
    if any(need in system.WINDOW for need in absent) and "Xvfb" not in names:
        untested.append(system.UNTESTED_WITHOUT["Xvfb"])
    variables = {"QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}
    if options.all:
        variables["DESMIGRATIF_TEST_ALL"] = "1"
    failed = []
    chosen = bool(options.rest)
    for name, check in [] if chosen else _checks():
        print(f"== {name}", flush=True)
        if _call(check) != 0:
            failed.append(name)
    print("== tes (pytest)", flush=True)
    began = time.monotonic()
    if _call(command, **variables) != 0:  # 5, no test ran, is a failure too
        failed.append("tes (pytest)")
    seconds = time.monotonic() - began
    extra = [] if system.has_postgres() else [system.WITHOUT_POSTGRES]
    return _verdict(failed, untested, extra, strict=options.strict, seconds=seconds)


def _verdict(
    failed: list[str], untested: list[str], extra: list[str], *, strict: bool, seconds: float
) -> int:
    """Say what failed and what was not looked at; `extra` is told, and never fails a run."""
    for name in failed:
        print(f"GAGAL: {name}")
    for text in untested + extra:
        print(f"tidak diuji: {text}")
    if failed or (strict and untested):
        return 1
    print(f"Semua pemeriksaan lulus; tes berjalan {seconds:.0f} detik.")
    return 0


def deb(options: argparse.Namespace) -> int:
    """Build the Debian package into `dist/`."""
    needs = system.venv_need() + system.OFFSCREEN + system.WINDOW + system.BUILD_TOOLS
    if system.provide(needs) or not environment.prepare({"package"}):
        return 1
    script = ROOT / "installers" / "debian" / "build.py"
    return _call([str(environment.python()), str(script), *options.rest])


def bench(options: argparse.Namespace) -> int:
    """Measure what DESIGN's budgets name, each beside its base in the same run."""
    if system.provide(system.venv_need() + system.OFFSCREEN) or not environment.prepare({"dev"}):
        return 1
    command = [str(environment.python()), str(ROOT / "tests" / "benchmarks" / "__main__.py")]
    if options.quick:
        command.append("--quick")
    if options.json is not None:
        command += ["--json", str(options.json.absolute())]
    if options.only:
        command += ["--only", options.only]
    paths = os.pathsep.join(str(ROOT / one) for one in ("", "sync", "tests"))
    return _call(command + options.rest, QT_QPA_PLATFORM="offscreen", PYTHONPATH=paths)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="start.py",
        description="Desmigratif: menjalankan dan menguji.",
        epilog="Kata sesudah -- diteruskan kepada programnya.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="perintah")
    running = commands.add_parser("run", help="pasang bila perlu, lalu buka aplikasi")
    running.add_argument("--tour", action="store_true", help="peragaan tanpa jendela")
    running.set_defaults(act=run)
    testing = commands.add_parser("test", help="pasang bila perlu, lalu jalankan semua tes")
    testing.add_argument("--all", action="store_true", help="termasuk tes yang lama")
    testing.add_argument("--one", action="store_true", help="satu proses saja")
    testing.add_argument(
        "--strict",
        action="store_true",
        default=os.environ.get("CI", "").lower() in {"1", "true"},
        help="gagal bila ada yang tidak dapat diuji (selalu begitu bila CI=true)",
    )
    testing.set_defaults(act=test)
    commands.add_parser("deb", help="buat paket .deb di dist/").set_defaults(act=deb)
    measuring = commands.add_parser("bench", help="ukur kecepatan beserta dasarnya")
    measuring.add_argument("--quick", action="store_true", help="10.000 warga saja")
    measuring.add_argument("--json", type=Path, default=None, help="tulis juga ke berkas ini")
    measuring.add_argument("--only", default="", help="save,find,window,wire,apply,import")
    measuring.set_defaults(act=bench)
    return parser


def main(words: list[str] | None = None) -> int:
    """Do what was asked; the exit status is the tool's own."""
    given = sys.argv[1:] if words is None else words
    cut = given.index("--") if "--" in given else len(given)
    options = _parser().parse_args(given[:cut])
    options.rest = given[cut + 1 :]  # meant for the program that is started
    if Path.cwd() != ROOT and not (ROOT / "pyproject.toml").is_file():
        print(
            "Folder ini bukan salinan utuh Desmigratif: pyproject.toml tidak ada.", file=sys.stderr
        )
        return 1
    return int(options.act(options))


if __name__ == "__main__":
    sys.exit(main())
