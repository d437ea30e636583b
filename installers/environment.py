"""The project's own Python environment, `.venv`: made once, renewed when the manifest changes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The checkout this file lies in."""

FOLDER = ROOT / ".venv"
RECORD = FOLDER / "desmigratif.json"
MANIFESTS = ("pyproject.toml", "sync/pyproject.toml")
SCHEME = "1"
"""Raise it when the way of installing changes, so that everybody installs anew."""


def program(name: str) -> Path:
    """A program inside the environment."""
    if os.name == "nt":
        return FOLDER / "Scripts" / f"{name}.exe"
    return FOLDER / "bin" / name


def python() -> Path:
    """The environment's Python."""
    return program("python")


def fingerprint() -> str:
    """What an installation depends on: the manifests, this Python, this place."""
    digest = hashlib.blake2b(digest_size=16)
    for word in (SCHEME, str(sys.implementation.cache_tag), str(ROOT)):
        digest.update(word.encode() + b"\0")
    for name in MANIFESTS:
        path = ROOT / name
        digest.update(path.read_bytes() if path.is_file() else b"-")
        digest.update(b"\0")
    return digest.hexdigest()


def _recorded() -> tuple[str, set[str]]:
    try:
        record = json.loads(RECORD.read_text("utf-8"))
        return str(record["fingerprint"]), set(record["extras"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", set()


def is_ready(extras: set[str]) -> bool:
    """Whether `.venv` already holds these extras for the manifest as it is now."""
    print_of_now, held = _recorded()
    covered = held | ({"server", "postgres"} if "dev" in held else set())
    return print_of_now == fingerprint() and extras <= covered and _works()


def _works() -> bool:
    if not python().exists():
        return False
    probe = [str(python()), "-c", "import pip, desmigratif_desktop"]
    return subprocess.run(probe, capture_output=True, cwd=FOLDER, check=False).returncode == 0


def _make() -> bool:
    tag = sys.implementation.cache_tag
    probe = f"import pip, sys; sys.exit(sys.implementation.cache_tag != {tag!r})"
    command = [str(python()), "-c", probe]
    usable = python().exists() and (
        subprocess.run(command, capture_output=True, check=False).returncode == 0
    )
    if usable:
        return True
    print("Menyiapkan lingkungan Python di .venv …", flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    return subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=False).returncode == 0


def prepare(extras: set[str]) -> bool:
    """Make `.venv` and install the program with these extras, unless that is done already.

    Returns:
        Whether the environment can be used. If not, a sentence was printed.
    """
    if is_ready(extras):
        return True
    if not _make():
        print("Lingkungan Python tidak dapat dibuat; lihat pesan di atas.")
        return False
    _, held = _recorded()
    wanted = sorted(held | extras)
    print(f"Memasang program dan pustakanya ({', '.join(wanted)}); perlu jaringan …", flush=True)
    RECORD.unlink(missing_ok=True)
    target = f"{ROOT}[{','.join(wanted)}]"
    command = [str(python()), "-m", "pip", "install", "--quiet", "--editable", target]
    environment = {
        **os.environ,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
        print("Pustaka tidak dapat dipasang. Periksa jaringan, lalu jalankan perintah yang sama.")
        return False
    record = {"fingerprint": fingerprint(), "extras": wanted}
    RECORD.write_text(json.dumps(record), "utf-8")
    return True
