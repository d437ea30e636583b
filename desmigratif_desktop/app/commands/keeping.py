"""Keeping the data whole: check, backup, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.app.commands.answers import (
    DAMAGED,
    DONE,
    Answer,
    Problem,
    Streams,
    UsageError,
)
from desmigratif_desktop.app.commands.folders import folder_of, opened, passphrase_of
from desmigratif_desktop.app.commands.post import sheet_code

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def check(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Check the store: file, cipher, schema, change log against rows."""
    from desmigratif_desktop.records.self_check import check as check_store

    with opened(arguments) as (store, _actor):
        found = check_store(store)
    data = {"faults": list(found.faults), "counts": found.counts}
    if found.faults:
        problems = tuple(Problem("fault", one) for one in found.faults)
        return Answer(data, ("Data bermasalah.",), problems, DAMAGED)
    return Answer(data, ("Data utuh.",), (), DONE)


def backup_folder(folder: Path) -> Path:
    """Where backups lie when nobody says otherwise: beside the folder, not in it."""
    from desmigratif_desktop.app import assembly

    return assembly.backup_folder(folder)


def backup(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Make a backup; it counts only once it was read back."""
    from desmigratif_desktop.records.actors import Right
    from desmigratif_desktop.records.backup import make_backup

    target = arguments.to or backup_folder(folder_of(arguments))
    with opened(arguments) as (store, actor):
        actor.require(Right.BACKUP)
        made = make_backup(store, target)
    data = {"file": str(made.path), "at": made.at, "bytes": made.size, "counts": made.counts}
    return Answer(data, (f"Cadangan teruji: {made.path}.",))


def rehearse(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Restore the newest backup on trial, check and count it, and forget the trial."""
    from desmigratif_desktop.records.actors import Right
    from desmigratif_desktop.records.rehearsal import rehearse as rehearse_backup

    target = arguments.to or backup_folder(folder_of(arguments))
    with opened(arguments) as (store, actor):
        actor.require(Right.BACKUP)
        done = rehearse_backup(store, target)
    data = {"file": done.name, "at": done.at, "made_at": done.made_at, "counts": done.counts}
    return Answer(data, (f"Cadangan {done.name} dapat dipulihkan; isinya cocok.",))


def restore(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Put a backup in place; a folder that is there is set aside, never overwritten."""
    from desmigratif_desktop.app import catalogue
    from desmigratif_desktop.records.restore import restore as restore_backup

    if not arguments.file.is_file():
        raise UsageError(f"Berkas cadangan {arguments.file.name} tidak ada.")
    secret = sheet_code(arguments.sheet) if arguments.sheet else passphrase_of(arguments)
    done = restore_backup(arguments.file, folder_of(arguments), secret, catalogue.registry())
    data = {
        "folder": str(done.folder),
        "set_aside": str(done.set_aside) if done.set_aside else None,
        "made_at": done.made_at,
        "counts": done.counts,
    }
    lines = [f"Data per {done.made_at} dipulihkan di {done.folder}."]
    if done.set_aside:
        lines.append(f"Folder lama disimpan di {done.set_aside}.")
    return Answer(data, tuple(lines))
