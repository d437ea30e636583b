"""The steps of an import in order, as a screen or a command takes them.

loaded = load(path)                          recognise
found = confirmed(loaded.found, mapping)     mapping screen
plan = dry_run(store, loaded, found)         dry run with its per-cell report
done = apply_plan(store, actor, plan)        import of what is sure
undo_import(store, actor, done.act)          all of it taken back
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.people.imports import mapping as mappings
from desmigratif_desktop.people.imports.plan import Plan, plan_rows
from desmigratif_desktop.people.imports.readers import open_book, read_book
from desmigratif_desktop.people.imports.recognise import recognise
from desmigratif_desktop.people.imports.rows import read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.people.imports.found import Recognised
    from desmigratif_desktop.people.imports.mapping import Mapping
    from desmigratif_desktop.people.imports.values import Book, Progress
    from desmigratif_desktop.records.engine import Store


@dataclass(frozen=True, slots=True)
class Loaded:
    """A roster file, read and recognised.

    Attributes:
        book: its cells.
        found: what they are, with open questions.
    """

    book: Book
    found: Recognised


def load(path: Path) -> Loaded:
    """Read and recognise a file.

    Raises:
        KnownError: the file is not here, or another program holds it.
        RuleBrokenError: not a roster, damaged, locked, or too large.
    """
    book = open_book(path)
    return Loaded(book, recognise(book))


def load_bytes(name: str, form: str, raw: bytes) -> Loaded:
    """Read and recognise a file that is in memory; see `load`."""
    book = read_book(name, form, raw)
    return Loaded(book, recognise(book))


def confirmed(found: Recognised, mapping: Mapping | None) -> Recognised:
    """What was recognised, as an officer confirmed it.

    Args:
        found: with its questions.
        mapping: the officer's; None = go on only where nothing has to be asked.

    Raises:
        InputError: a question is open, or the mapping cannot be followed.
    """
    if mapping is not None:
        mappings.check(mapping, found)
        return mappings.apply_to(found, mapping)
    if found.questions:
        raise InputError(
            tuple(FieldProblem("", f"ask_{one.code}", one.sentence) for one in found.questions),
            "Tentukan isi kolomnya, lalu ulangi.",
        )
    return found


def dry_run(
    store: Store, loaded: Loaded, found: Recognised, progress: Progress | None = None
) -> Plan:
    """Say what would become of every row; nothing is written.

    Raises:
        CancelledError: it was stopped.
    """
    read = read_rows(loaded.book, found, local_date(store.clock), progress)
    notes = tuple(loaded.found.notes)
    with store.read() as session:
        return plan_rows(session, loaded.book.name, read, notes=notes, progress=progress)
