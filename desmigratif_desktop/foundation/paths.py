"""Where things lie: the program's own resources, the village's folder, the documents.

Source: stack design §3.2 (resources stand beside the package, or inside the wheel).
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

from desmigratif_desktop.foundation.errors import KnownError

FOLDER_NAME: Final = "desmigratif"
_PACKAGE: Final = Path(__file__).resolve().parent.parent
_DOCUMENTS_LINE = re.compile(r'^XDG_DOCUMENTS_DIR="(?P<place>[^"]+)"', re.MULTILINE)


class ResourceMissingError(KnownError):
    """A file that ships with the program is not there."""

    code = "resource_missing"


def resource_roots() -> tuple[Path, ...]:
    """The places resources may lie, in the order they are tried.

    A frozen program unpacks beside its executable, a wheel carries them inside the
    package, and a clone keeps them next to it.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    unpacked = (
        (Path(frozen) / "desmigratif_desktop" / "_resources", Path(frozen) / "resources")
        if isinstance(frozen, str)
        else ()
    )
    return (*unpacked, _PACKAGE / "_resources", _PACKAGE.parent / "resources")


def resource(name: str) -> Path:
    """The path of a file or folder that ships with the program.

    Args:
        name: path below the resources with slashes ("fonts/NotoSans-Regular.ttf").

    Raises:
        ResourceMissingError: it lies in none of the places.
        ValueError: the name would leave the resources.
    """
    parts = name.split("/")
    if not name or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
        raise ValueError("a resource is named by its path below the resources")
    for root in resource_roots():
        place = root.joinpath(*parts)
        if place.exists():
            return place
    raise ResourceMissingError(
        f"Berkas bawaan program tidak ditemukan: {name}.", "Pasang ulang aplikasi ini."
    )


def default_folder() -> Path:
    """The folder of the village's records when none is named.

    `%LOCALAPPDATA%` (never the roaming profile, which may lie on a server) on Windows,
    `XDG_DATA_HOME` or `~/.local/share` elsewhere.
    """
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / FOLDER_NAME
    given = os.environ.get("XDG_DATA_HOME", "")
    base = Path(given) if given.startswith("/") else Path.home() / ".local" / "share"
    return base / FOLDER_NAME


def documents_folder() -> Path:
    """The officer's own documents folder, where papers and exports are offered to go.

    Windows: `Documents` of the user profile. Elsewhere `XDG_DOCUMENTS_DIR` or what the
    desktop's user directories say, else `~/Documents` or `~/Dokumen`, else the home folder.
    """
    home = Path.home()
    candidates = [*_declared_documents(home), home / "Documents", home / "Dokumen"]
    return next((place for place in candidates if place.is_dir()), home)


def _declared_documents(home: Path) -> list[Path]:
    given = os.environ.get("XDG_DOCUMENTS_DIR", "")
    if given.startswith("/"):
        return [Path(given)]
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "user-dirs.dirs"
    try:
        found = _DOCUMENTS_LINE.search(config.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return []
    return [Path(found["place"].replace("$HOME", str(home)))] if found else []
