"""The press: pages become one PDF, always the same bytes for the same facts.

Drawn papers (forms, cards) come as one function per page; flowing papers (letters) come as a
story that is set smaller until it stands on one page, or refused with the field to shorten.

Source: paper study, §2 (snapshot, one page) and §4; redlist F17.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame

from desmigratif_desktop.documents import styles
from desmigratif_desktop.documents.facts import strings_of
from desmigratif_desktop.documents.pen import Pen, too_long, unprintable
from desmigratif_desktop.documents.sheets import MM, Sheet
from desmigratif_desktop.foundation.durable_files import write_durably
from desmigratif_desktop.foundation.errors import (
    DesmigratifError,
    DiskFullError,
    PaperNotWrittenError,
)

if TYPE_CHECKING:
    from pathlib import Path

CREATOR = "Desmigratif Desktop"
DISK_FULL = (28, 112)
"""ENOSPC, and Windows' ERROR_DISK_FULL."""

PageDrawing = Callable[[Pen], None]


@dataclass(frozen=True, slots=True)
class PaperMeta:
    """What the file says of itself; it shows in the print queue, so never a full name.

    Attributes:
        title: the paper's name and the holder's initials.
        issued_on: ISO date; the file itself carries no clock.
        author: the issuing office.
    """

    title: str
    issued_on: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class PressedPaper:
    """A finished paper.

    Attributes:
        data: the PDF's bytes.
        sha256: their hash, as hex digits.
        pages: how many pages.
    """

    data: bytes
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How tightly a flowing paper is set.

    Attributes:
        size: type size of the body.
        spacing: factor for the spaces between parts.
    """

    size: float
    spacing: float = 1.0

    @property
    def leading(self) -> float:
        """Line pitch that belongs to the size."""
        return self.size * 1.5


FITS = (Fit(11), Fit(10.5), Fit(10), Fit(10, 0.8))
"""Tried in this order: 11, 10.5, 10 points, then spaces a fifth smaller."""


@dataclass(frozen=True, slots=True)
class Body:
    """Where a story stands on its page, in millimetres from the top left."""

    left: float
    top: float
    width: float
    height: float


def initials(name: str) -> str:
    """Initials for the print queue: "Siti Nurhalimah" -> "S.N."."""
    return "".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())[:8]


def require_printable(facts: Any) -> None:
    """Refuse facts with characters that no font of ours has, naming the field.

    Raises:
        InputError: names the first such field.
    """
    for field, text in strings_of(facts):
        lost = styles.missing_glyphs(" ".join(text.split()))
        if lost:
            raise unprintable(field, lost)


def press(pages: Sequence[PageDrawing], sheet: Sheet, meta: PaperMeta) -> PressedPaper:
    """Press drawn pages.

    Args:
        pages: one drawing per page.
        sheet: the paper.
        meta: what the file says of itself.
    """
    styles.ready()
    buffer = io.BytesIO()
    canvas = _canvas(buffer, sheet, meta)
    for draw in pages:
        draw(Pen(canvas, sheet))
        canvas.showPage()
    canvas.save()
    return _pressed(buffer.getvalue(), len(pages))


def press_story(
    build: Callable[[Fit], list[Flowable]], sheet: Sheet, meta: PaperMeta, *, body: Body,
    furniture: PageDrawing, longest: Callable[[], str],
) -> PressedPaper:  # fmt: skip
    """Press a flowing paper on exactly one page.

    Args:
        build: makes the story anew for each fit; flowables cannot be set twice.
        sheet: the paper.
        meta: what the file says of itself.
        body: where it stands.
        furniture: letterhead, marks and footer of the page.
        longest: names the field to shorten when even the tightest fit overflows.

    Raises:
        InputError: it does not fit.
    """
    styles.ready()
    for fit in FITS:
        buffer = io.BytesIO()
        canvas = _canvas(buffer, sheet, meta)
        furniture(Pen(canvas, sheet))
        bottom = sheet.height - body.top - body.height
        frame = Frame(
            body.left * MM, bottom * MM, body.width * MM, body.height * MM,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        story = build(fit)
        frame.addFromList(story, canvas)
        if not story:
            canvas.showPage()
            canvas.save()
            return _pressed(buffer.getvalue(), 1)
    raise too_long(longest())


def longest_field(facts: Any, fields: Iterable[str]) -> str:
    """The field with the longest text, which an officer should shorten first."""
    lengths = {name: len(getattr(facts, name) or "") for name in fields}
    return max(lengths, key=lambda name: lengths[name])


def press_each(
    papers: Iterable[tuple[str, Callable[[], PressedPaper]]],
) -> tuple[dict[str, PressedPaper], dict[str, DesmigratifError]]:
    """Press a run of papers; one that cannot be printed does not stop the others.

    Args:
        papers: a key and the function that presses it.

    Returns:
        What was pressed, and why the others were not, by key.
    """
    done: dict[str, PressedPaper] = {}
    refused: dict[str, DesmigratifError] = {}
    for key, make in papers:
        try:
            done[key] = make()
        except DesmigratifError as problem:
            refused[key] = problem
    return done, refused


def write_file(paper: PressedPaper, target: Path) -> Path:
    """Write a paper to a file, whole or not at all.

    Raises:
        DiskFullError: no room.
        PaperNotWrittenError: the folder is not there or the file is held by a viewer.
    """
    try:
        write_durably(target, paper.data)
    except OSError as problem:
        if problem.errno in DISK_FULL:
            raise DiskFullError(
                "Ruang penyimpanan tidak cukup untuk menyimpan surat.",
                "Kosongkan sebagian ruang atau pilih tempat lain.",
            ) from problem
        raise PaperNotWrittenError(
            f"Surat tidak dapat disimpan di {target}.",
            "Tutup berkas itu bila sedang dibuka, atau pilih tempat lain.",
        ) from problem
    return target


def _canvas(buffer: io.BytesIO, sheet: Sheet, meta: PaperMeta) -> Canvas:
    make: Any = Canvas  # its stubs name initialFontName a number
    canvas: Canvas = make(
        buffer, pagesize=sheet.points, invariant=1, pageCompression=1, lang="id",
        initialFontName=styles.REGULAR,
    )  # fmt: skip
    canvas.setTitle(meta.title)
    canvas.setAuthor(meta.author)
    canvas.setSubject(meta.issued_on)
    canvas.setCreator(CREATOR)
    return canvas


def _pressed(data: bytes, pages: int) -> PressedPaper:
    return PressedPaper(data, hashlib.sha256(data).hexdigest(), pages)
