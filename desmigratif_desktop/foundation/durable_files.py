"""Files that are either the old one or the new one, whatever happens in between."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

RENAME_TRIES = 10
RENAME_PAUSE_S = 0.1


def write_durably(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace a file whole: temporary name, fsync, rename, fsync of the folder.

    Args:
        path: the file to write; its folder exists.
        data: its new content.
        mode: permission bits of a new file.

    Raises:
        OSError: nothing was changed.
    """
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        move_durably(fresh, path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def move_durably(source: Path, target: Path) -> None:
    """Rename over the target; antivirus programs may hold a file for a moment."""
    for attempt in range(RENAME_TRIES):
        try:
            source.replace(target)
            break
        except PermissionError:
            if attempt == RENAME_TRIES - 1:
                raise
            time.sleep(RENAME_PAUSE_S)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows cannot open a folder and does not need it."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
