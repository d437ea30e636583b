"""Small facts of this laptop: a name and a text, kept in the store, never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store


def fact(session: Session, name: str) -> str | None:
    """What is remembered under a name."""
    found = session.execute(sa.text("SELECT value FROM fact WHERE name=:name"), {"name": name})
    value = found.scalar_one_or_none()
    return None if value is None else str(value)


def remember(store: Store, name: str, value: str) -> None:
    """Keep a text under a name."""
    with store.local_write() as session:
        session.execute(
            sa.text("INSERT OR REPLACE INTO fact VALUES (:name, :value)"),
            {"name": name, "value": value},
        )
