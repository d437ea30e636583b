"""Papers from the command line: which there are, and one pressed to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.app.commands.answers import Answer, Streams, UsageError
from desmigratif_desktop.app.commands.exports import write_file
from desmigratif_desktop.app.commands.folders import opened
from desmigratif_desktop.app.commands.people import whose
from desmigratif_desktop.foundation.errors import NotFoundError

if TYPE_CHECKING:
    import argparse

    from sqlalchemy.orm import Session


def forms(_arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """The forms that this program prints."""
    from desmigratif_desktop.features.migration_services.presenter.papers import PAPERS

    found = [
        {"code": one.code, "form": one.form, "title": one.title, "blank": one.has_blank,
         "sheets": ["f4", "a4"]}
        for one in PAPERS
    ]  # fmt: skip
    lines = tuple(f"{one['form']}  {one['code']}  {one['title']}" for one in found)
    return Answer({"forms": found}, lines)


def print_form(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Issue a paper to a PDF file; printed again, it says so."""
    from desmigratif_desktop.features.migration_services.presenter import papers

    kind = papers.paper_kind(arguments.form)
    if arguments.blank == bool(arguments.record):
        raise UsageError("Sebutkan --record, atau --blank untuk formulir kosong.")
    with opened(arguments) as (store, actor):
        if arguments.blank:
            with store.read() as session:
                paper = papers.blank_paper(store, session, kind, arguments.sheet)
        else:
            with store.read() as session:
                episode = _episode(session, arguments.record)
            paper = papers.print_paper(store, actor, kind, episode, arguments.sheet)
    write_file(arguments.to, paper.data)
    data = {"file": str(arguments.to), "form": kind.form, "number": paper.number or None,
            "copy": paper.words or None}  # fmt: skip
    return Answer(data, (f"{kind.title} {paper.number} ditulis ke {arguments.to}.",))


def _episode(session: Session, record: str) -> bytes:
    """The registration meant: its own uid, or the newest one of a person.

    Raises:
        NotFoundError: no registration.
    """
    from desmigratif_desktop.features.migration_services.model import MigrationEpisode
    from desmigratif_desktop.features.migration_services.service import migration_of

    found = whose(session, record)
    if session.get(MigrationEpisode, found) is not None:
        return found
    episodes = migration_of(session, found).episodes
    if not episodes:
        raise NotFoundError("Warga ini belum mempunyai pendaftaran migrasi.", "Daftarkan dahulu.")
    return episodes[0].uid
