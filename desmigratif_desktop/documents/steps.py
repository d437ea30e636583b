"""Schema steps of this room: exact texts, equal to what the mapped classes would create."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Migrations

migrations = Migrations("documents")

ISSUED_PAPER = (
    "number TEXT", "paper_type TEXT", "subject BLOB", "facts TEXT", "template TEXT",
    "template_version INTEGER", "sha256 TEXT", "pages INTEGER", "issued_on TEXT", "officer BLOB",
    "letter TEXT", "serial INTEGER", "series TEXT", "year INTEGER", "sheet TEXT",
    "voided_on TEXT", "voided_reason TEXT", "replaced_by TEXT", "id BLOB NOT NULL", "state TEXT",
    "PRIMARY KEY (id)",
)  # fmt: skip
PAPER_BYTES = (
    "paper BLOB NOT NULL", "body BLOB", "size INTEGER NOT NULL", "reprints INTEGER NOT NULL",
    "PRIMARY KEY (paper)",
)  # fmt: skip
PAPER_COUNTER = (
    "letter TEXT NOT NULL", "series TEXT NOT NULL", "year INTEGER NOT NULL",
    "last INTEGER NOT NULL", "PRIMARY KEY (letter, series, year)",
)  # fmt: skip


@migrations()
def m001_papers(db: Any) -> None:
    """Make the tables of issued papers, their bytes and the counters of numbers."""
    _create(db, "issued_paper", ISSUED_PAPER)
    db.execute("CREATE INDEX ix_issued_paper_subject ON issued_paper (subject)")
    db.execute("CREATE INDEX ix_issued_paper_serial ON issued_paper (letter, series, year, serial)")
    _create(db, "paper_bytes", PAPER_BYTES)
    _create(db, "paper_counter", PAPER_COUNTER)


def _create(db: Any, table: str, columns: tuple[str, ...]) -> None:
    joined = ", \n\t".join(columns)
    db.execute(f"CREATE TABLE {table} (\n\t{joined}\n)\n STRICT")
