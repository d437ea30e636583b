"""Which entries a recovery left without a key, and when they may be adopted.

Entries of other devices come to this laptop only inside frames. An entry of another
device that no frame holds is therefore our own former device's, from before a recovery.
It is adopted after everything of that device has been fetched: had the lost laptop sealed
and sent it, the genuine frame arrives first and covers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desmigratif_desktop.records.adopt import Stranded, adopt
from desmigratif_desktop.records.versions import AUDIENCES, Authors

if TYPE_CHECKING:
    from desmigratif_desktop.records.engine import Store


def stranded(store: Store, connection: Any) -> tuple[Stranded, ...]:
    """The ends of streams whose entries nobody can seal any more."""
    authors = Authors(connection)
    rows = connection.exec_driver_sql(
        "SELECT a.no, a.device, a.epoch, e.audience, max(e.seq) FROM author a"
        " JOIN entry e ON e.author = a.no WHERE a.device <> ? GROUP BY a.no, e.audience",
        (store.replica.device,),
    ).all()
    found = []
    for _, device, epoch, audience, last in rows:
        covered = connection.exec_driver_sql(
            "SELECT coalesce(max(last), 0) FROM frame"
            " WHERE device=? AND epoch=? AND audience=? AND state <> 'quarantine'",
            (device, epoch, AUDIENCES[audience]),
        ).scalar_one()
        number = authors.known(device, epoch)
        if number is not None and covered < last:
            found.append(Stranded(number, audience, covered + 1))
    return tuple(found)


def has_stranded(store: Store) -> bool:
    """Whether a recovery left entries without a key."""
    with store.read() as session:
        return bool(stranded(store, session.connection()))


def adopt_stranded(store: Store) -> int:
    """Give them to this device; call it when everything the district holds was fetched."""
    own = (store.replica.device, store.replica.epoch)
    with store.write() as connection:
        return adopt(connection, own, stranded(store, connection))
