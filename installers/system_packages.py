"""What Debian or Ubuntu must give before Qt can start, and how to get it there.

A Python wheel carries Qt but not the libraries of the screen, the fonts and the printer.
The lists were found by `ldd` on Qt's own files in a bare Debian 12. Only what cannot be
loaded is installed, so a machine that has it under another package's name is left alone.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Need(NamedTuple):
    """One thing the system must have.

    Attributes:
        kind: `library` (a name the loader knows), `program` or `module` (of this Python).
        name: what is looked for.
        packages: Debian packages that bring it, the newest name first.
    """

    kind: str
    name: str
    packages: tuple[str, ...]


def _library(name: str, *packages: str) -> Need:
    return Need("library", name, packages)


OFFSCREEN = (
    _library("libglib-2.0.so.0", "libglib2.0-0t64", "libglib2.0-0"),
    _library("libGL.so.1", "libgl1"),
    _library("libEGL.so.1", "libegl1"),
    _library("libxkbcommon.so.0", "libxkbcommon0"),
    _library("libfontconfig.so.1", "libfontconfig1"),
    _library("libdbus-1.so.3", "libdbus-1-3"),
)
"""Without these `import PySide6.QtWidgets` fails, even with no screen at all."""

WINDOW = (
    _library("libxcb-cursor.so.0", "libxcb-cursor0"),
    _library("libxcb-icccm.so.4", "libxcb-icccm4"),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    _library("libxcb-image.so.0", "libxcb-image0"),
    _library("libxcb-render-util.so.0", "libxcb-render-util0"),
    _library("libxcb-shape.so.0", "libxcb-shape0"),
    _library("libxcb-xkb.so.1", "libxcb-xkb1"),
    _library("libcups.so.2", "libcups2t64", "libcups2"),
)
"""For a window on a real screen, and for the printer."""

TEST_TOOLS = (
    Need("program", "pdftoppm", ("poppler-utils",)),
    Need("program", "Xvfb", ("xvfb",)),
)
"""Programs some tests look through: papers as pictures, a screen nobody sees."""

BUILD_TOOLS = (
    Need("program", "objdump", ("binutils",)),
    Need("program", "dpkg-deb", ("dpkg",)),
)
"""Programs PyInstaller and the .deb need."""

UNTESTED_WITHOUT = {
    "pdftoppm": "gambar halaman surat (perlu poppler-utils)",
    "Xvfb": "jendela pada layar sungguhan (perlu xvfb)",
}

WITHOUT_POSTGRES = "server di atas PostgreSQL (tidak wajib; perlu paket postgresql)"
"""This release promises the server on its embedded store, so no machine must have PostgreSQL."""


def has_postgres() -> bool:
    """Whether the tests can make a PostgreSQL cluster of their own here."""
    places = [str(one) for one in sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    return (
        shutil.which("initdb", path=os.pathsep.join([os.environ.get("PATH", ""), *places]))
        is not None
    )


def venv_need() -> tuple[Need, ...]:
    """Debian's Python comes without `ensurepip`; name the package of this very version."""
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    return (Need("module", "ensurepip", (package, "python3-venv")),)


def is_missing(need: Need) -> bool:
    """Whether this machine lacks it now."""
    if need.kind == "program":
        return shutil.which(need.name) is None
    if need.kind == "module":
        probe = [sys.executable, "-c", f"import {need.name}, venv"]
        return subprocess.run(probe, capture_output=True, check=False).returncode != 0
    try:
        ctypes.CDLL(need.name)
    except OSError:
        return True
    return False


def missing(needs: tuple[Need, ...]) -> list[Need]:
    """Those of `needs` that the machine lacks; only Linux is looked at for libraries."""
    if not sys.platform.startswith("linux"):
        return []
    return [need for need in needs if is_missing(need)]


def _root_prefix() -> list[str] | None:
    """How to act as root without asking anybody; None when it cannot be done."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _known(package: str) -> bool:
    """Whether apt has a real package of that name here (t64 names exist since Debian 13)."""
    shown = subprocess.run(
        ["apt-cache", "show", "--no-all-versions", package], capture_output=True, check=False
    )
    return shown.returncode == 0 and b"Package:" in shown.stdout


def package_names(needs: list[Need]) -> list[str]:
    """One package for each need, by the name this release of Debian or Ubuntu uses."""
    names: list[str] = []
    for need in needs:
        name = next((package for package in need.packages if _known(package)), need.packages[-1])
        if name not in names:
            names.append(name)
    return names


def _apt(prefix: list[str], *words: str) -> bool:
    # `env` stands inside sudo, which would drop the variable otherwise.
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", *words]
    ran = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if ran.returncode != 0:
        print("\n".join(ran.stdout.decode(errors="replace").splitlines()[-12:]))
    return ran.returncode == 0


def provide(needs: tuple[Need, ...]) -> list[Need]:
    """Install what is missing where that is allowed; say what is done.

    Returns:
        What is still missing. When something is, the exact line to run was printed.
    """
    absent = missing(needs)
    if not absent:
        return []
    if shutil.which("apt-get") is None:
        wanted = ", ".join(need.name for need in absent)
        print(f"Komputer ini belum punya: {wanted}. Pasang lewat pengelola paket sistem Anda.")
        return absent
    prefix = _root_prefix()
    if prefix is None:
        print("Ada bagian sistem yang belum terpasang. Jalankan satu baris ini, lalu ulangi:")
        print(f"  sudo apt-get update && sudo apt-get install -y {' '.join(package_names(absent))}")
        return absent
    print("Memperbarui daftar paket sistem (apt-get update) …", flush=True)
    if not _apt(prefix, "update"):
        print("Daftar paket tidak dapat diperbarui; dicoba dengan daftar yang ada.")
    names = package_names(absent)
    print(f"Memasang paket sistem: {' '.join(names)} …", flush=True)
    if not _apt(prefix, "install", "-y", "--no-install-recommends", *names):
        print("Paket sistem tidak dapat dipasang. Jalankan satu baris ini, lalu ulangi:")
        print(f"  sudo apt-get update && sudo apt-get install -y {' '.join(names)}")
    return missing(tuple(absent))
