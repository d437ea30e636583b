"""Where the exchange stands, for the home page, the exchange page and `--json` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desmigratif_desktop.exchange import link, shelf
from desmigratif_desktop.exchange.shelf import SHARED
from desmigratif_desktop.exchange.values import LINK_WORDS, ExchangeStatus, LinkState
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.versions import AUDIENCES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store


def exchange_status(store: Store, session: Session) -> ExchangeStatus:
    """Read everything that the screens show of the exchange.

    Args:
        store: the opened store.
        session: the reader lane.
    """
    connection = session.connection()
    pinned = link.load(connection)
    state = _link_state(store, pinned)
    return ExchangeStatus(
        link=state,
        link_words=LINK_WORDS[state],
        url=pinned.url if pinned else "",
        sas=pinned.sas if pinned and state is LinkState.PENDING else "",
        unsent_acts=unsent_acts(connection, store.replica.device),
        waiting=len(shelf.waiting(connection)),
        set_aside=shelf.count_state(connection, "quarantine"),
        refused=shelf.count_refused(connection),
        conflicts=changelog.count_conflicts(session),
        done_at=pinned.done_at if pinned else None,
        tried_at=pinned.tried_at if pinned else None,
        problem=pinned.problem if pinned else "",
        failures=pinned.failures if pinned else 0,
        skew_ms=pinned.skew_ms if pinned else None,
        devices=link.devices(connection),
        retry_after_s=pinned.retry_after_s if pinned else None,
    )


def _link_state(store: Store, pinned: link.Link | None) -> LinkState:
    if pinned is None:
        return LinkState.NOT_ENROLLED
    if pinned.device != store.replica.device:
        return LinkState.NEW_DEVICE
    return pinned.state


def unsent_acts(connection: Any, device: bytes) -> int:
    """How many acts of this laptop the district does not hold yet.

    Args:
        connection: an open connection.
        device: this laptop's.
    """
    sql = connection.exec_driver_sql
    acts: set[bytes] = set()
    for number, epoch in sql("SELECT no, epoch FROM author WHERE device=?", (device,)).all():
        for audience in SHARED:
            held = sql(
                "SELECT coalesce(max(last), 0) FROM frame WHERE device=? AND epoch=?"
                " AND audience=? AND held=1 AND chained=1",
                (device, epoch, audience),
            ).scalar_one()
            rows = sql(
                "SELECT DISTINCT act FROM entry WHERE author=? AND audience=? AND seq>?",
                (number, AUDIENCES.index(audience), held),
            )
            acts.update(row[0] for row in rows)
    return len(acts)
