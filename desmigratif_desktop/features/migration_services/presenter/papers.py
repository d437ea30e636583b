"""Papers of a registration: issued once, frozen, printed again from the frozen bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.documents import archive
from desmigratif_desktop.documents.facts import to_json
from desmigratif_desktop.documents.sheets import sheet_named
from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.documents import (
    blank_registration_form,
    issuing,
)
from desmigratif_desktop.features.migration_services.service.paper_facts import office_of
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.records.actors import Right
from desmigratif_desktop.records.unit_of_work import unit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One paper that a registration can print.

    Attributes:
        code: "pendaftaran_cpmi".
        form: "FORM-3".
        title: what officers call it.
        has_blank: whether it can be printed empty, for filling by hand.
    """

    code: str
    form: str
    title: str
    has_blank: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper ready for preview or printer.

    Attributes:
        data: the PDF.
        number: as printed; empty on a blank form.
        words: mark of a copy ("SALINAN · CETAK ULANG KE-1 …"); empty on the first print.
    """

    data: bytes
    number: str
    words: str = ""


PAPERS: Final = (
    PaperKind(issuing.FORM, "FORM-3", issuing.PAPER_NAMES[issuing.FORM], has_blank=True),
    PaperKind(issuing.CERTIFICATE, "FORM-17", issuing.PAPER_NAMES[issuing.CERTIFICATE]),
    PaperKind(issuing.CARD, "FORM-17-kartu", issuing.PAPER_NAMES[issuing.CARD]),
)
"""The papers of this feature, in the order of menus."""


def paper_kind(name: str) -> PaperKind:
    """A paper by its code or form number ("pendaftaran_cpmi", "FORM-3").

    Raises:
        NotFoundError: no such paper.
    """
    wanted = name.strip().casefold()
    for one in PAPERS:
        if wanted in {one.code, one.form.casefold()}:
            return one
    raise NotFoundError("Formulir ini tidak dikenal.", "Lihat daftar formulir yang tersedia.")


def blank_paper(store: Store, session: Session, kind: PaperKind, sheet: str = "f4") -> PrintedPaper:
    """An empty form for filling by hand; it takes no number.

    Raises:
        NotFoundError: this paper has no blank form.
    """
    if not kind.has_blank:
        raise NotFoundError("Surat ini tidak mempunyai formulir kosong.")
    pressed = blank_registration_form(office_of(store, session), sheet_named(sheet))
    return PrintedPaper(pressed.data, "")


def preview_paper(
    store: Store, session: Session, kind: PaperKind, episode: bytes, sheet: str = "f4"
) -> PrintedPaper:
    """What would be printed now; nothing is issued.

    Raises:
        NotFoundError: no such registration here.
        InputError: a value does not fit or cannot be printed.
    """
    facts = service.registration_facts(store, session, episode)
    pressed = issuing.press_paper(kind.code, facts, sheet_named(sheet))
    return PrintedPaper(pressed.data, facts.registration_no)


def print_paper(
    store: Store, actor: Actor, kind: PaperKind, episode: bytes, sheet: str = "f4"
) -> PrintedPaper:
    """Issue a paper, or mark a copy of the one that was issued.

    A copy is printed only while the facts are still those of the issued paper; when they
    were corrected since, a new paper with the same registration number is issued.

    Args:
        store: the opened store.
        actor: who prints.
        kind: which paper.
        episode: the registration.
        sheet: "f4" or "a4".

    Raises:
        NotAllowedError: the role does not include printing.
        NotFoundError: no such registration here.
        InputError: a value does not fit or cannot be printed.

    Writes: issued_paper.
    """
    actor.require(Right.PRINT)
    today = local_date(store.clock)
    with store.read() as session:
        person = service.show_episode(session, episode).person
        facts = service.registration_facts(store, session, episode)
        issued = [
            one
            for one in archive.papers_of(session, person)
            if (one.paper_type, one.facts, one.sheet) == (kind.code, to_json(facts), sheet)
            and not one.voided_on
        ]
    if issued:
        copy = archive.reprint(store, issued[0].id, on=today, render=issuing.render_paper)
        return PrintedPaper(copy.data, issued[0].number, copy.words)
    with unit(store, actor, "paper.issue") as work:
        facts = service.registration_facts(store, work.session, episode)
        made = issuing.issue_paper(
            work, kind.code, person, facts, on=today, sheet=sheet_named(sheet)
        )
    return PrintedPaper(made.pressed.data, facts.registration_no)
