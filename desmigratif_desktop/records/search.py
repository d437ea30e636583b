"""Find a record while typing: one full-text index, prefix search, live rows only.

The index is written in the same transaction as the row, for own acts and for applied
ones. Officers' text is always quoted: no operator of the index can be typed.

Source: stack §1.7 (never ORDER BY rank for one short word), trials T5.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.kinds import Kind, Registry

_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`´\"", ""))
MAX_WORDS = 8


def searchable_text(kind: Kind, row: Mapping[str, Any]) -> str:
    """The text that finds a row; names with apostrophes are found without them, too."""
    parts = [str(row[name]) for name in kind.search if row[name] is not None]
    text = unicodedata.normalize("NFC", " ".join(parts))
    joined = text.translate(_APOSTROPHES)
    return text if joined == text else f"{text} {joined}"


def index_new(connection: Any, kind: Kind, rows: Iterable[Mapping[str, Any]]) -> None:
    """Index new rows of a searchable kind."""
    live = [row for row in rows if row["state"] is None]
    if not live:
        return
    top = connection.exec_driver_sql("SELECT coalesce(max(no), 0) FROM search_doc").scalar_one()
    docs = [(top + i, kind.number, row["id"]) for i, row in enumerate(live, 1)]
    texts = [(top + i, searchable_text(kind, row)) for i, row in enumerate(live, 1)]
    connection.exec_driver_sql("INSERT INTO search_doc VALUES (?,?,?)", docs)
    connection.exec_driver_sql("INSERT INTO search_text(rowid, body) VALUES (?,?)", texts)


def index_again(connection: Any, kind: Kind, row: Mapping[str, Any]) -> None:
    """Index a changed row again; one that is no longer live goes."""
    sql = connection.exec_driver_sql
    number = sql("SELECT no FROM search_doc WHERE record=?", (row["id"],)).scalar_one_or_none()
    if number is None:
        index_new(connection, kind, (row,))
        return
    sql("DELETE FROM search_text WHERE rowid=?", (number,))
    if row["state"] is not None:
        sql("DELETE FROM search_doc WHERE no=?", (number,))
        return
    sql("INSERT INTO search_text(rowid, body) VALUES (?,?)", (number, searchable_text(kind, row)))


def rebuild(connection: Any, registry: Registry) -> None:
    """Write the whole index anew from the live rows."""
    sql = connection.exec_driver_sql
    sql("DELETE FROM search_doc")
    sql("INSERT INTO search_text(search_text) VALUES ('delete-all')")
    for kind in registry.kinds:
        if kind.search:
            rows = sql(f"SELECT * FROM {kind.table.name}").mappings().all()
            index_new(connection, kind, rows)


def query_of(text: str) -> str | None:
    """Turn typed text into a query of quoted prefixes; None = nothing to look for."""
    words = unicodedata.normalize("NFC", text).replace("\0", " ").split()[:MAX_WORDS]
    quoted = [
        '"' + word.replace('"', '""') + '"*'
        for word in words
        if any(letter.isalnum() for letter in word)
    ]
    return " ".join(quoted) or None


def find(
    session: Session, registry: Registry, text: str, *, kind: str = "person", limit: int = 50
) -> list[bytes]:
    """Ids of the live records that hold all typed words, as prefixes.

    Args:
        session: the reader lane.
        registry: the store's kinds.
        text: what the officer typed; any characters.
        kind: which kind to look in.
        limit: at most this many.
    """
    query = query_of(text)
    if query is None:
        return []
    rows = session.connection().exec_driver_sql(
        "SELECT d.record FROM search_text s JOIN search_doc d ON d.no = s.rowid"
        " WHERE s.body MATCH ? AND d.kind = ? ORDER BY s.rowid LIMIT ?",
        (query, registry.by_name[kind].number, limit),
    )
    return [row[0] for row in rows]
