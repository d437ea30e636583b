"""Opening a folder for one command: which folder, whose passphrase, and closing it again."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.app.commands.answers import UsageError
from desmigratif_desktop.foundation.errors import KnownError, StoreDamagedError
from desmigratif_desktop.foundation.paths import default_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store

VARIABLE: Final = "DESMIGRATIF_PASSPHRASE_FILE"
MOST_BYTES: Final = 4096


def folder_of(arguments: argparse.Namespace) -> Path:
    """The folder named, or the usual one."""
    named: Path | None = getattr(arguments, "folder", None)
    return Path(named).absolute() if named else default_folder()


def passphrase_of(arguments: argparse.Namespace) -> str:
    """The passphrase: from the file named, from the variable's file, or typed.

    Raises:
        UsageError: none of these.
    """
    named = getattr(arguments, "passphrase_file", None) or os.environ.get(VARIABLE)
    if named:
        return read_secret(Path(named))
    if sys.stdin is not None and sys.stdin.isatty():
        import getpass

        return getpass.getpass("Kata sandi: ")
    raise UsageError(
        "Kata sandi belum diberikan.", f"Pakai --passphrase-file BERKAS atau variabel {VARIABLE}."
    )


def read_secret(path: Path) -> str:
    """The first line of a small file.

    Raises:
        UsageError: no such file, or not text.
    """
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError):
        raise UsageError(f"Berkas {path.name} tidak dapat dibaca.") from None
    return text.splitlines()[0] if text else ""


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[tuple[Store, Actor]]:
    """The store and its acting officer; closed at the end.

    Raises:
        StoreBusyError: the window, or another command, holds the folder.
        WrongPassphraseError: no slot opens.
        KnownError: no post in the folder.
        StoreDamagedError: a damaged one.
    """
    from desmigratif_desktop.app import assembly

    folder = folder_of(arguments)
    if not assembly.has_post(folder):
        raise KnownError(
            "Folder ini tidak berisi pos layanan.", "Sebutkan --folder, atau buat dengan init."
        )
    store = assembly.open_post(folder, passphrase_of(arguments))
    try:
        actor = store.keys.actor
        if actor is None:
            raise StoreDamagedError("Kunci ini bukan milik seorang petugas.")
        yield store, actor
    finally:
        store.close()
