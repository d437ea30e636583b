"""The pinned server and the village's devices, as this laptop keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.exchange.values import LinkState, PeerDevice
from desmigratif_sync.protocol.keys import WeakKeyError, device_id
from desmigratif_sync.protocol.messages import RosterDevice, ServerIdentity, State

if TYPE_CHECKING:
    from desmigratif_desktop.records.engine import Store

COLUMNS = (
    "url, server, generation, signing, sealing, device, state, practice, sas, enrolled_at,"
    " tried_at, done_at, failures, retry_after_s, skew_ms, problem"
)


@dataclass(frozen=True, slots=True)
class Link:
    """What was pinned at enrolment, and how the last attempts went.

    Attributes:
        url: the server's address.
        identity: its id, generation and keys.
        device: the device that was enrolled; another one after `recover`.
        state: pending, active or revoked.
        practice: the server's mark.
        sas: six digits.
        enrolled_at: milliseconds since 1970.
        tried_at: last attempt.
        done_at: last success.
        failures: failures in a row.
        retry_after_s: what the server asked to wait after the last one.
        skew_ms: this laptop's clock minus the server's.
        problem: sentence of the last failure.
    """

    url: str
    identity: ServerIdentity
    device: bytes
    state: LinkState
    practice: bool
    sas: str
    enrolled_at: int
    tried_at: int | None
    done_at: int | None
    failures: int
    retry_after_s: int | None
    skew_ms: int | None
    problem: str


def load(connection: Any) -> Link | None:
    """The pinned server; None before enrolment."""
    row = connection.exec_driver_sql(f"SELECT {COLUMNS} FROM server").one_or_none()
    if row is None:
        return None
    identity = ServerIdentity(row[1], row[2], row[3], row[4])
    return Link(
        url=row[0],
        identity=identity,
        device=row[5],
        state=LinkState(row[6]),
        practice=bool(row[7]),
        sas=row[8],
        enrolled_at=row[9],
        tried_at=row[10],
        done_at=row[11],
        failures=row[12],
        retry_after_s=row[13],
        skew_ms=row[14],
        problem=row[15] or "",
    )


def pin(connection: Any, link: Link) -> None:
    """Remember a server; the counter of requests never falls."""
    one = link.identity
    connection.exec_driver_sql(
        "INSERT INTO server (one, url, server, generation, signing, sealing, device, state,"
        " practice, sas, counter, enrolled_at) VALUES (1,?,?,?,?,?,?,?,?,?,1,?)"
        " ON CONFLICT (one) DO UPDATE SET url=excluded.url, server=excluded.server,"
        " generation=excluded.generation, signing=excluded.signing, sealing=excluded.sealing,"
        " device=excluded.device, state=excluded.state, practice=excluded.practice,"
        " sas=excluded.sas, enrolled_at=excluded.enrolled_at, failures=0, problem=NULL",
        (link.url, one.server, one.generation, one.signing, one.sealing, link.device,
         str(link.state), int(link.practice), link.sas, link.enrolled_at),
    )  # fmt: skip


def next_counter(store: Store, passed: int) -> int:
    """The next number of a request, on disk before it is used.

    Args:
        store: the store.
        passed: the number that must be passed at least.
    """
    with store.write() as connection:
        sql = connection.exec_driver_sql
        sql("UPDATE server SET counter = max(counter, ?) + 1", (passed,))
        return int(sql("SELECT counter FROM server").scalar_one())


def set_state(connection: Any, state: LinkState) -> None:
    """Note that the district confirmed or revoked this laptop."""
    connection.exec_driver_sql("UPDATE server SET state=?", (str(state),))


def note_state(connection: Any, state: State, now: int) -> None:
    """Take over what a signed answer says of server and village."""
    connection.exec_driver_sql(
        "UPDATE server SET generation=?, skew_ms=?, state='active'",
        (state.identity.generation, now - state.time_ms),
    )
    put_roster(connection, state.roster, now)


def note_attempt(store: Store, problem: str, retry_after_s: int | None) -> None:
    """Note how an attempt ended; an empty problem is a success."""
    now = store.clock.millis()
    with store.write() as connection:
        if problem:
            connection.exec_driver_sql(
                "UPDATE server SET tried_at=?, failures=failures+1, retry_after_s=?, problem=?",
                (now, retry_after_s, problem),
            )
        else:
            connection.exec_driver_sql(
                "UPDATE server SET tried_at=?, done_at=?, failures=0, retry_after_s=NULL,"
                " problem=NULL",
                (now, now),
            )


def put_roster(connection: Any, roster: tuple[RosterDevice, ...], now: int) -> None:
    """Keep the village's devices; a key that does not make its device's name is not kept."""
    for one in roster:
        try:
            sound = device_id(one.public) == one.device
        except WeakKeyError:
            sound = False
        if not sound:
            continue
        connection.exec_driver_sql(
            "INSERT INTO peer_device VALUES (?,?,?,?,?,?) ON CONFLICT (device) DO UPDATE SET"
            " label=excluded.label, letter=excluded.letter, state=excluded.state",
            (one.device, one.public, one.label, one.letter, str(one.state), now),
        )


def public_keys(connection: Any) -> dict[bytes, bytes]:
    """Keys of the village's devices by device, this laptop's own included."""
    rows = connection.exec_driver_sql(
        "SELECT device, public_key FROM replica"
        " UNION ALL SELECT device, public_key FROM peer_device"
    )
    return {row[0]: row[1] for row in rows}


def devices(connection: Any) -> tuple[PeerDevice, ...]:
    """The village's devices, laptops first."""
    rows = connection.exec_driver_sql(
        "SELECT p.device, p.label, p.letter, p.state, p.device = r.device, p.seen_at"
        " FROM peer_device p, replica r ORDER BY p.letter = '', p.letter, p.device"
    )
    return tuple(PeerDevice(row[0], row[1], row[2], row[3], bool(row[4]), row[5]) for row in rows)
