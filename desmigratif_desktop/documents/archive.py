"""The archive of issued papers: frozen when issued, equal at every reprint.

The laptop that pressed a paper keeps its bytes, compressed, and checks their hash before it
prints them again; another laptop presses the same facts and says *salinan*. A copy carries
its mark as an overlay; what is stored never changes.

Source: design §2.15; redlist F17.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from desmigratif_desktop.documents.facts import to_json
from desmigratif_desktop.documents.model import IssuedPaper, PaperBytes
from desmigratif_desktop.documents.numbering import PRACTICE_WORD, TakenNumber, is_taken
from desmigratif_desktop.foundation.errors import (
    NotFoundError,
    PaperNotWrittenError,
    RuleBrokenError,
    StoreDamagedError,
)
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.foundation.partial_dates import format_long, format_short
from desmigratif_desktop.records.actors import Right
from desmigratif_desktop.records.unit_of_work import Touched, Work

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from desmigratif_desktop.documents.press import PressedPaper
    from desmigratif_desktop.records.engine import Store

MOST_BYTES = 16 * 1024 * 1024
"""No paper of a village is larger; a stored one that claims to be is damaged."""


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """A pressed paper that is to be issued.

    Attributes:
        paper_type: "pendaftaran_cpmi" …
        subject: id of the person or record.
        number: taken for this paper, or the text of a number it shares (FORM-17 carries the
            registration's number).
        facts: the frozen facts it was pressed from.
        template: drawing and version that pressed it.
    """

    paper_type: str
    subject: bytes
    number: TakenNumber | str
    facts: Any
    pressed: PressedPaper
    sheet: str
    issued_on: date
    template: tuple[str, int]


@dataclass(frozen=True, slots=True)
class IssuedView:
    """An issued paper as screens and renderers see it."""

    id: bytes
    number: str
    paper_type: str
    subject: bytes | None
    facts: str
    template: str
    template_version: int
    sha256: str
    pages: int
    issued_on: str
    sheet: str
    voided_on: str | None = None
    voided_reason: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Reprint:
    """A marked copy, ready for the printer.

    Attributes:
        data: the PDF with its mark.
        words: what the mark says.
        is_frozen: True when the stored bytes were used, False when the facts were pressed anew.
    """

    data: bytes
    words: str
    is_frozen: bool


Renderer = Callable[[IssuedView], "PressedPaper"]
"""Presses a paper again from its facts; the features give it for their own papers."""


def issue(work: Work, order: IssueOrder) -> bytes:
    """Keep a pressed paper, inside the unit of work that took its number.

    Print it only after that unit has ended without an error.

    Returns:
        The id of the issued paper.

    Raises:
        NotAllowedError: the officer may not print.
        RuleBrokenError: the number already belongs to another paper.
    """
    if work.actor is not None:
        work.actor.require(Right.PRINT)
    taken = order.number if isinstance(order.number, TakenNumber) else None
    if taken is not None:
        _require_unused(work.session, taken)
    paper = IssuedPaper(
        id=new_id(), number=taken.text if taken else str(order.number),
        paper_type=order.paper_type, subject=order.subject, facts=to_json(order.facts),
        template=order.template[0], template_version=order.template[1],
        sha256=order.pressed.sha256, pages=order.pressed.pages,
        issued_on=order.issued_on.isoformat(), sheet=order.sheet,
        officer=work.actor.officer_id if work.actor else None,
    )  # fmt: skip
    if taken is not None:
        paper.letter, paper.series = taken.letter, taken.series
        paper.year, paper.serial = taken.year, taken.serial
    work.session.add(paper)
    body = _compressed(order.pressed.data)
    work.session.add(
        PaperBytes(paper=paper.id, body=body, size=len(order.pressed.data), reprints=0)
    )
    work.session.flush()
    return paper.id


def void(work: Work, paper_id: bytes, reason: str, on: date, replaced_by: str = "") -> None:
    """Declare a paper void; its number stays used and the reason stays readable.

    Raises:
        RuleBrokenError: no reason was given, or the paper is void already.
    """
    if work.actor is not None:
        work.actor.require(Right.PRINT)
    paper = work.get(IssuedPaper, paper_id)
    if not reason.strip():
        raise RuleBrokenError("Pembatalan surat memerlukan alasan.", "Tuliskan alasannya.")
    if paper.voided_on:
        raise RuleBrokenError("Surat ini sudah dibatalkan.")
    values = {"voided_on": on.isoformat(), "voided_reason": reason.strip()}
    if replaced_by:
        values["replaced_by"] = replaced_by
    work.edit(paper, Touched(values=values))


def view(session: Session, paper_id: bytes) -> IssuedView:
    """Read an issued paper.

    Raises:
        NotFoundError: no such paper here.
    """
    paper = session.get(IssuedPaper, paper_id)
    if paper is None or paper.state is not None:
        raise NotFoundError("Surat ini tidak ada di laptop ini.", "Perbarui data, lalu cari lagi.")
    return _view(paper)


def papers_of(session: Session, subject: bytes) -> list[IssuedView]:
    """The papers issued for a person or record, newest first."""
    chosen = select(IssuedPaper).where(IssuedPaper.subject == subject, IssuedPaper.state.is_(None))
    ordered = chosen.order_by(IssuedPaper.issued_on.desc(), IssuedPaper.id.desc())
    return [_view(paper) for paper in session.scalars(ordered)]


def issued_equal(
    session: Session, paper_type: str, subject: bytes, facts: Any
) -> IssuedView | None:
    """The paper already issued with exactly these facts: print that one again, issue no other."""
    wanted = to_json(facts)
    for paper in papers_of(session, subject):
        if (paper.paper_type, paper.facts, paper.voided_on) == (paper_type, wanted, None):
            return paper
    return None


def frozen_bytes(session: Session, paper_id: bytes) -> bytes | None:
    """The stored PDF of a paper, its hash checked; None when another laptop pressed it.

    Raises:
        StoreDamagedError: the stored bytes are not the ones that were issued.
    """
    paper = view(session, paper_id)
    kept = session.get(PaperBytes, paper_id)
    if kept is None or kept.body is None:
        return None
    data = _decompressed(kept.body)
    if data is None or hashlib.sha256(data).hexdigest() != paper.sha256:
        raise StoreDamagedError(
            f"Arsip surat nomor {paper.number} tidak sama dengan yang dikeluarkan.",
            "Jangan mencetak ulang surat ini; periksa data dengan perintah check.",
        )
    return data


def reprint(store: Store, paper_id: bytes, *, on: date, render: Renderer | None = None) -> Reprint:
    """Make a marked copy: SALINAN · CETAK ULANG KE-n · dd-mm-yyyy, or the archive copy of a void.

    Args:
        store: the opened store.
        paper_id: the issued paper.
        on: today, printed in the mark.
        render: presses the facts where the bytes lie on another laptop.

    Raises:
        PaperNotWrittenError: neither bytes nor a renderer.
        StoreDamagedError: the stored bytes were changed.
    """
    with store.read() as session:
        paper = view(session, paper_id)
        data = frozen_bytes(session, paper_id)
    is_frozen = data is not None
    if data is None:
        if render is None:
            raise PaperNotWrittenError(
                "Surat ini dicetak di laptop lain.", "Cetak ulang dari laptop itu."
            )
        data = render(paper).data
    from desmigratif_desktop.documents.marks import Mark, overlay

    count = 0 if paper.voided_on else _count_reprint(store, paper_id)
    words = _void_words(paper) if paper.voided_on else _copy_words(count, on, is_frozen=is_frozen)
    foot = "Arsip, cetakan bukti pembatalan"
    if not paper.voided_on:
        foot = f"Isi sama dengan surat yang dikeluarkan {format_long(paper.issued_on)}"
    mark = Mark(words, foot, bool(paper.voided_on), paper.number.startswith(PRACTICE_WORD))
    return Reprint(overlay(data, mark), words, is_frozen)


def _copy_words(count: int, on: date, *, is_frozen: bool) -> str:
    source = "" if is_frozen else " · DARI LAPTOP LAIN"
    return f"SALINAN · CETAK ULANG KE-{count} · {format_short(on)}{source}"


def _void_words(paper: IssuedView) -> str:
    words = f"DIBATALKAN {format_short(paper.voided_on)} · {paper.voided_reason}"
    return f"{words} · diganti {paper.replaced_by}" if paper.replaced_by else words


def _count_reprint(store: Store, paper_id: bytes) -> int:
    with store.local_write() as session:
        kept = session.get(PaperBytes, paper_id)
        if kept is None:
            kept = PaperBytes(paper=paper_id, body=None, size=0, reprints=0)
            session.add(kept)
        kept.reprints += 1
        return kept.reprints


def _require_unused(session: Session, taken: TakenNumber) -> None:
    if is_taken(session, taken):
        raise RuleBrokenError(
            f"Nomor {taken.text} sudah dipakai surat lain.", "Ambil nomor yang baru."
        )


def _view(paper: IssuedPaper) -> IssuedView:
    return IssuedView(
        paper.id, paper.number or "", paper.paper_type or "", paper.subject, paper.facts or "{}",
        paper.template or "", paper.template_version or 0, paper.sha256 or "", paper.pages or 0,
        paper.issued_on or "", paper.sheet or "f4", paper.voided_on, paper.voided_reason,
        paper.replaced_by,
    )  # fmt: skip


def _compressed(data: bytes) -> bytes:
    import zstandard

    packed: bytes = zstandard.ZstdCompressor(level=9).compress(data)
    return packed


def _decompressed(body: bytes) -> bytes | None:
    import zstandard

    try:
        if not 0 < zstandard.frame_content_size(body) <= MOST_BYTES:
            return None
        data: bytes = zstandard.ZstdDecompressor().decompress(body, max_output_size=MOST_BYTES)
    except zstandard.ZstdError:
        return None
    return data
