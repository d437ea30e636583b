"""Adopt: after a recovery by sheet, unsent entries of the lost key get a key again.

The recovered laptop is a new device and cannot sign for the old one. What the old key
had sealed travels as it is; what it had not sealed nobody else has ever seen, so those
entries may still change their author: same act, same officer, same stamp, the next
numbers of the new device. Every place that names their dots changes with them, in one
transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from desmigratif_desktop.records.bodies import Body
from desmigratif_desktop.records.versions import Authors, LocalDot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_VERSION_TABLES = ("row_version", "field_version", "sibling")


class Stranded(NamedTuple):
    """The unsealed end of another device's stream.

    Attributes:
        author: this store's number of the device and epoch.
        audience: index of the stream's audience.
        first: the first entry that no frame holds.
    """

    author: int
    audience: int
    first: int


def adopt(connection: Any, own: tuple[bytes, bytes], stranded: Iterable[Stranded]) -> int:
    """Give stranded entries to this device.

    Args:
        connection: the writer lane, inside its transaction.
        own: this laptop's device and epoch.
        stranded: ends of streams that nobody can seal any more.

    Returns:
        How many entries changed their author.
    """
    author = Authors(connection).number(*own)
    moved = _numbered(connection, author, list(stranded))
    if not moved:
        return 0
    sql = connection.exec_driver_sql
    _rewrite_bodies(connection, moved, author)
    for old, new in moved.items():
        change = (*new, *old)
        where = "author=?, audience=?, seq=? WHERE author=? AND audience=? AND seq=?"
        sql(f"UPDATE entry SET {where}", change)
        for table in ("entry_record", *_VERSION_TABLES, "unread"):
            sql(f"UPDATE {table} SET {where}", change)
    return len(moved)


def _numbered(connection: Any, author: int, stranded: list[Stranded]) -> dict[LocalDot, LocalDot]:
    """Old dot to new dot, in the order the acts happened."""
    sql = connection.exec_driver_sql
    rows = []
    for end in stranded:
        rows += sql(
            "SELECT hlc, author, audience, seq FROM entry"
            " WHERE author=? AND audience=? AND seq>=?", tuple(end),
        ).all()  # fmt: skip
    heads: dict[int, int] = {}
    moved = {}
    for _, old_author, audience, seq in sorted(tuple(row) for row in rows):
        if audience not in heads:
            heads[audience] = sql(
                "SELECT coalesce(max(seq), 0) FROM entry WHERE author=? AND audience=?",
                (author, audience),
            ).scalar_one()
        heads[audience] += 1
        old = LocalDot(old_author, audience, seq)
        moved[old] = LocalDot(author, audience, heads[audience])
    return moved


def _rewrite_bodies(connection: Any, moved: Mapping[LocalDot, LocalDot], author: int) -> None:
    """Bases and carried dots inside the moved entries and our own later ones."""
    sql = connection.exec_driver_sql
    authors = {author, *(old.author for old in moved)}
    for one in sorted(authors):
        rows = sql("SELECT audience, seq, body FROM entry WHERE author=?", (one,)).all()
        for audience, seq, raw in rows:
            body = Body.load(raw)
            if _rename(body, moved):
                sql("UPDATE entry SET body=? WHERE author=? AND audience=? AND seq=?",
                    (body.dump(), one, audience, seq))  # fmt: skip


def _rename(body: Body, moved: Mapping[LocalDot, LocalDot]) -> bool:
    """Replace dots in a body; tell whether there were any."""
    edits = [
        (kind, record, name, tuple(moved.get(dot, dot) for dot in base), value, old)
        for kind, record, name, base, value, old in body.edits
    ]
    carries = [
        (kind, record, name, moved.get(dot, dot), hlc, value)
        for kind, record, name, dot, hlc, value in body.carries
    ]
    changed = edits != body.edits or carries != body.carries
    body.edits, body.carries = edits, carries
    return changed
