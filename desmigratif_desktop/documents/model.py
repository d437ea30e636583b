"""Issued papers: what was printed, under which number, from which facts.

The record, its facts and the hash sync; the PDF's bytes stay on the laptop that pressed
them (and in its backups). A counter belongs to one laptop's letter and never goes back.

Source: design §2.15 and §10 (letter numbers).
"""

from __future__ import annotations

from sqlalchemy import BLOB, INTEGER, TEXT, Index
from sqlalchemy.orm import Mapped, mapped_column

from desmigratif_desktop.records.kinds import (
    Base,
    KindSpec,
    Synced,
    id_field,
    int_field,
    text_field,
)
from desmigratif_sync.protocol.entries import Audience

STRICT = {"sqlite_strict": True}


class IssuedPaper(Synced):
    """A paper that was issued. It may be voided with a reason; its number stays used.

    Attributes:
        number: as printed.
        paper_type: "pendaftaran_cpmi", "tanda_bukti_pendaftaran", "pengantar" …
        subject: the person or record it is about.
        facts: canonical JSON of the frozen facts.
        template: name of the drawing that pressed it, with its version.
        sha256: of the PDF, hex digits.
        letter: the laptop whose counter gave the number.
        serial: the counter's value; None when the paper carries another paper's number.
        series: the counter's type.
        year: of the counter.
        sheet: "f4" or "a4".
        replaced_by: number of the paper that replaces a void one.
    """

    __tablename__ = "issued_paper"
    __kind__ = KindSpec(20, "issued_paper", audience=Audience.DISTRICT, aggregate="subject")
    __table_args__ = (
        Index("ix_issued_paper_subject", "subject"),
        Index("ix_issued_paper_serial", "letter", "series", "year", "serial"),
        STRICT,
    )

    number: Mapped[str | None] = text_field(2)
    paper_type: Mapped[str | None] = text_field(3)
    subject: Mapped[bytes | None] = id_field(4)
    facts: Mapped[str | None] = text_field(5)
    template: Mapped[str | None] = text_field(6)
    template_version: Mapped[int | None] = int_field(7)
    sha256: Mapped[str | None] = text_field(8)
    pages: Mapped[int | None] = int_field(9)
    issued_on: Mapped[str | None] = text_field(10)
    officer: Mapped[bytes | None] = id_field(11)
    letter: Mapped[str | None] = text_field(12)
    serial: Mapped[int | None] = int_field(13)
    series: Mapped[str | None] = text_field(14)
    year: Mapped[int | None] = int_field(15)
    sheet: Mapped[str | None] = text_field(16)
    voided_on: Mapped[str | None] = text_field(17)
    voided_reason: Mapped[str | None] = text_field(18)
    replaced_by: Mapped[str | None] = text_field(19)


class PaperBytes(Base):
    """The frozen bytes of a paper on this laptop, and how often they were printed again.

    Attributes:
        body: the PDF, zstd; None when another laptop pressed it.
        size: bytes of the PDF before compression, the bound when it is opened.
        reprints: copies printed here after the first.
    """

    __tablename__ = "paper_bytes"
    __table_args__ = STRICT

    paper: Mapped[bytes] = mapped_column(BLOB, primary_key=True)
    body: Mapped[bytes | None] = mapped_column(BLOB, nullable=True)
    size: Mapped[int] = mapped_column(INTEGER, nullable=False)
    reprints: Mapped[int] = mapped_column(INTEGER, nullable=False)


class PaperCounter(Base):
    """The last number taken, for one laptop's letter, kind of number and year."""

    __tablename__ = "paper_counter"
    __table_args__ = STRICT

    letter: Mapped[str] = mapped_column(TEXT, primary_key=True)
    series: Mapped[str] = mapped_column(TEXT, primary_key=True)
    year: Mapped[int] = mapped_column(INTEGER, primary_key=True)
    last: Mapped[int] = mapped_column(INTEGER, nullable=False)


KINDS: tuple[type[Synced], ...] = (IssuedPaper,)
"""The synced classes of this room."""
