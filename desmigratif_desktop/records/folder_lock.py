"""One process holds the folder; the lock dies with the process, never stays behind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from desmigratif_desktop.foundation.errors import StoreBusyError

if TYPE_CHECKING:
    from pathlib import Path

LOCK_FILE = "dipakai.lock"


class FolderLock:
    """An operating-system lock on a file beside the store."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_FILE
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError:
            os.close(self._descriptor)
            raise StoreBusyError(
                "Data pos layanan sedang dibuka oleh program lain di laptop ini.",
                "Tutup jendela Desmigratif yang lain, lalu coba lagi.",
            ) from None

    def release(self) -> None:
        """Let the folder go."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
