"""Issuing this feature's papers, and pressing them again from their facts on another laptop.

FORM-3, FORM-17 and the card share the registration's own number: it was taken when the person
was registered, so printing takes none.

Source: design §2.15 and §10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.documents import archive
from desmigratif_desktop.documents.facts import from_json
from desmigratif_desktop.documents.numbering import TakenNumber, is_taken
from desmigratif_desktop.documents.sheets import F4, Sheet, sheet_named
from desmigratif_desktop.features.migration_services.documents.certificate import (
    registration_card,
    registration_certificate,
)
from desmigratif_desktop.features.migration_services.documents.form import registration_form
from desmigratif_desktop.features.migration_services.values import RegistrationFacts
from desmigratif_desktop.foundation.errors import RuleBrokenError

if TYPE_CHECKING:
    from datetime import date

    from desmigratif_desktop.documents.archive import IssuedView
    from desmigratif_desktop.documents.press import PressedPaper
    from desmigratif_desktop.records.unit_of_work import Work

FORM, CERTIFICATE, CARD = "pendaftaran_cpmi", "tanda_bukti_pendaftaran", "kartu_pendaftaran"
PAPER_NAMES = {
    FORM: "Formulir pendaftaran",
    CERTIFICATE: "Tanda bukti pendaftaran",
    CARD: "Kartu pendaftaran",
}
"""The papers of a registration, in the order in which an office offers them."""
VERSIONS = {FORM: 1, CERTIFICATE: 1, CARD: 1}


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that was issued.

    Attributes:
        id: of the issued paper.
        pressed: to be shown and printed once the unit of work has ended.
    """

    id: bytes
    pressed: PressedPaper


def issue_paper(
    work: Work, paper_type: str, subject: bytes, facts: RegistrationFacts, *, on: date,
    sheet: Sheet = F4, emblem: bytes | None = None, photo: bytes | None = None,
) -> Issued:  # fmt: skip
    """Press one of a registration's papers and keep it, inside an open unit of work.

    Args:
        work: the unit of work.
        paper_type: FORM, CERTIFICATE or CARD.
        subject: the person.
        facts: as the register gives them now; frozen from here on.
        on: today.
        sheet: F4 or A4.
        emblem: the village's emblem as PNG.
        photo: the person's photo as PNG; printed only with consent.

    Raises:
        InputError: a value cannot be printed or does not fit; it names the field.
        NotAllowedError: the officer may not print.
        RuleBrokenError: the registration has no number yet.
    """
    if not facts.registration_no:
        raise RuleBrokenError(
            "Pendaftaran ini belum bernomor.", "Simpan pendaftaran, lalu cetak lagi."
        )
    pressed = press_paper(paper_type, facts, sheet, emblem=emblem, photo=photo)
    order = archive.IssueOrder(
        paper_type, subject, _number(work, facts), facts, pressed, sheet.name, on,
        (paper_type, VERSIONS[paper_type]),
    )  # fmt: skip
    return Issued(archive.issue(work, order), pressed)


def press_paper(
    paper_type: str, facts: RegistrationFacts, sheet: Sheet = F4, *,
    emblem: bytes | None = None, photo: bytes | None = None,
) -> PressedPaper:  # fmt: skip
    """Press one of a registration's papers without keeping it: the preview."""
    if paper_type == CARD:
        return registration_card(facts, sheet)
    press = {FORM: registration_form, CERTIFICATE: registration_certificate}[paper_type]
    return press(facts, sheet, emblem=emblem, photo=photo)


def render_paper(paper: IssuedView) -> PressedPaper:
    """Press an issued paper again from its facts, where its bytes lie on another laptop."""
    if paper.paper_type not in PAPER_NAMES:
        raise RuleBrokenError("Jenis surat ini tidak dikenal.", "Perbarui Desmigratif.")
    facts = from_json(RegistrationFacts, paper.facts)
    return press_paper(paper.paper_type, facts, sheet_named(paper.sheet))


def _number(work: Work, facts: RegistrationFacts) -> TakenNumber | str:
    """The registration's number: owned by the first paper that carries it, shared by others."""
    parts = facts.registration_no.split("/")
    if len(parts) != 5 or not (parts[3].isdigit() and parts[4].isdigit()):
        return facts.registration_no
    series = f"pendaftaran_{facts.registrant}"
    number = TakenNumber(facts.registration_no, parts[2], series, int(parts[3]), int(parts[4]))
    return facts.registration_no if is_taken(work.session, number) else number
