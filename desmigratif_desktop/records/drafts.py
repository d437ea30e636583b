"""Half-filled forms, kept in the encrypted store: a lock, a kill or a power cut loses nothing.

A draft belongs to its officer alone and never becomes a record by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store

NEW = b""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was left.

    Attributes:
        form: which form ("registration").
        subject: id of the record being changed; empty for a new one.
        fields: raw texts by field name, with whatever else the form wants back.
        saved_at: milliseconds since 1970.
    """

    form: str
    subject: bytes
    fields: dict[str, Any]
    saved_at: int


def save_draft(
    store: Store, form: str, subject: bytes | None, officer: bytes, fields: dict[str, Any]
) -> None:
    """Keep a form as it stands now."""
    with store.local_write() as session:
        session.execute(
            sa.text("INSERT OR REPLACE INTO draft VALUES (:form,:subject,:officer,:fields,:at)"),
            {
                "form": form,
                "subject": subject or NEW,
                "officer": officer,
                "fields": json.dumps(fields, ensure_ascii=False),
                "at": store.clock.millis(),
            },
        )


def load_draft(session: Session, form: str, subject: bytes | None, officer: bytes) -> Draft | None:
    """The officer's own draft of this form, if one was left."""
    row = session.execute(
        sa.text(
            "SELECT fields, saved_at FROM draft"
            " WHERE form=:form AND subject=:subject AND officer=:officer"
        ),
        {"form": form, "subject": subject or NEW, "officer": officer},
    ).one_or_none()
    return Draft(form, subject or NEW, json.loads(row[0]), row[1]) if row else None


def drafts_of(session: Session, officer: bytes) -> list[Draft]:
    """All drafts of an officer, newest first."""
    rows = session.execute(
        sa.text(
            "SELECT form, subject, fields, saved_at FROM draft WHERE officer=:officer"
            " ORDER BY saved_at DESC"
        ),
        {"officer": officer},
    )
    return [Draft(form, subject, json.loads(fields), at) for form, subject, fields, at in rows]


def clear_draft(session: Session, form: str, subject: bytes | None, officer: bytes) -> None:
    """Drop a draft, inside the unit of work that saves the record."""
    session.execute(
        sa.text("DELETE FROM draft WHERE form=:form AND subject=:subject AND officer=:officer"),
        {"form": form, "subject": subject or NEW, "officer": officer},
    )
