"""Build the Debian package: a PyInstaller folder below /usr/lib, two names in /usr/bin.

Run through `python3 installers/start.py deb`, which brings PyInstaller along.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "installers" / "debian"
BUILD = ROOT / "build" / "deb"
DIST = ROOT / "dist"

sys.path.insert(0, str(ROOT / "installers"))

import system_packages  # noqa: E402

CARRIES_SYMBOLS = re.compile(r"/(sqlcipher3|zstandard|rapidfuzz)/|/libpython3")
"""Libraries that come with their debugging symbols; Qt's own are left as they are."""

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def version() -> str:
    """The program's version, from the one place that has it."""
    source = (ROOT / "sync" / "desmigratif_sync" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', source, re.MULTILINE)
    if found is None:
        raise SystemExit("sync/desmigratif_sync/__init__.py tidak menyebut versi.")
    return found[1]


def dependencies() -> str:
    """What apt brings along: what the program cannot be started without."""
    names = ["libc6 (>= 2.34)", "libgcc-s1", "libstdc++6"]
    for need in system_packages.OFFSCREEN + system_packages.WINDOW:
        choice = " | ".join(need.packages)
        if choice not in names:
            names.append(choice)
    return ", ".join(names)


def epoch() -> str:
    """The time stamp of everything inside: the commit's, so that two builds are alike."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return os.environ["SOURCE_DATE_EPOCH"]
    asked = ["git", "log", "-1", "--format=%ct"]
    try:
        ran = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "1767225600"
    return ran.stdout.strip() or "1767225600"


def freeze(stamp: str) -> Path:
    """The folder with Python, Qt and the program."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(BUILD / "frozen"), "--workpath", str(BUILD / "work")]
    command.append(str(HERE / "desmigratif.spec"))
    settled = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": stamp}
    subprocess.run(command, cwd=ROOT, env=settled, check=True)
    folder = BUILD / "frozen" / "desmigratif"
    for library in folder.rglob("*.so*"):
        if CARRIES_SYMBOLS.search(library.as_posix()) and not library.is_symlink():
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
    return folder


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def lay_out(frozen: Path, tree: Path) -> None:
    """The package's files as they will lie on the machine."""
    shutil.copytree(frozen, tree / "usr" / "lib" / "desmigratif", symlinks=True)
    programs = tree / "usr" / "bin"
    programs.mkdir(parents=True)
    for name in ("desmigratif", "desmigratif-tool"):
        (programs / name).symlink_to(f"../lib/desmigratif/{name}")
    share = tree / "usr" / "share"
    _copy(HERE / "desmigratif.desktop", share / "applications" / "desmigratif.desktop")
    icons = share / "icons" / "hicolor" / "scalable" / "apps"
    _copy(HERE / "desmigratif.svg", icons / "desmigratif.svg")
    papers = share / "doc" / "desmigratif"
    papers.mkdir(parents=True)
    (papers / "copyright").write_text(copyright_page(), "utf-8")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (papers / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))


def copyright_page() -> str:
    """Whose work this is, in Debian's form."""
    return textwrap.dedent("""\
        Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
        Upstream-Name: Desmigratif Desktop

        Files: *
        Copyright: the Desmigratif authors
        License: GPL-3.0-or-later
         On Debian systems the full text lies in /usr/share/common-licenses/GPL-3.
         Libraries, fonts, icons and data inside keep their own licences; those of fonts and
         data lie beside them below /usr/lib/desmigratif.
        """)


def control(tree: Path) -> str:
    """The package's name plate."""
    kilobytes = sum(
        path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink()
    )
    return textwrap.dedent(f"""\
        Package: desmigratif
        Version: {version()}
        Architecture: {ARCHITECTURES[os.uname().machine]}
        Maintainer: Desmigratif <desmigratif@localhost>
        Installed-Size: {kilobytes // 1024}
        Depends: {dependencies()}
        Recommends: cups
        Section: misc
        Priority: optional
        Description: pos layanan Desa Migran Produktif
         Aplikasi petugas Desmigratif di kantor desa: pendaftaran pekerja migran dan
         keluarganya, surat, dan pertukaran data dengan kabupaten. Berjalan tanpa jaringan.
        """)


def settle_rights(tree: Path) -> None:
    """Nobody but root writes; programs and libraries can be run."""
    for path in [tree, *tree.rglob("*")]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or (path.parent.name == "desmigratif" and path.suffix == "")
        path.chmod(0o755 if runs or ".so" in path.name else 0o644)


def main() -> int:
    """Freeze, lay out, pack."""
    stamp = epoch()
    shutil.rmtree(BUILD, ignore_errors=True)
    print("Membekukan program (PyInstaller) …", flush=True)
    tree = BUILD / "tree"
    lay_out(freeze(stamp), tree)
    plate = control(tree)
    settle_rights(tree)
    (tree / "DEBIAN").mkdir(mode=0o755)
    (tree / "DEBIAN" / "control").write_text(plate, "utf-8")
    DIST.mkdir(exist_ok=True)
    made = DIST / f"desmigratif_{version()}_{ARCHITECTURES[os.uname().machine]}.deb"
    print("Mengemas .deb …", flush=True)
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(made)]
    packed = {**os.environ, "SOURCE_DATE_EPOCH": stamp}
    subprocess.run(command, env=packed, stdout=subprocess.DEVNULL, check=True)
    print(f"{made} ({made.stat().st_size / 1e6:.1f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
