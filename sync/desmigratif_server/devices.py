"""Who may speak for which village: paper codes, enrolment, confirmation, revocation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desmigratif_server.store import now_ms
from desmigratif_server.tables import author_head, device, enrol_code, stream_head
from desmigratif_sync.protocol.enrolment import make_code, read_code
from desmigratif_sync.protocol.entries import Audience
from desmigratif_sync.protocol.keys import device_id
from desmigratif_sync.protocol.limits import LETTERS
from desmigratif_sync.protocol.messages import (
    NO_CHAIN,
    DeviceState,
    Held,
    RosterDevice,
    State,
)
from desmigratif_sync.protocol.problems import Code, Problem

if TYPE_CHECKING:
    from desmigratif_sync.protocol.enrolment import EnrolRequest
    from desmigratif_sync.protocol.messages import ServerIdentity

CODE_LIFE_MS = 72 * 3600 * 1000
WRONG_TRIES = 5
VILLAGE_DIGITS = 10
DISTRICT_LABEL = "Kabupaten"
LIVING = (DeviceState.PENDING, DeviceState.ACTIVE)


class DeviceError(Exception):
    """A command about a device or code that cannot be done; a sentence for people."""


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One enrolled device."""

    device: bytes
    village: str
    public: bytes
    label: str
    letter: str
    state: str
    replaces: bytes
    sas: str
    app: str
    enrolled_at: int
    seen_at: int
    flagged_at: int


class RefusedEnrolment(Exception):  # noqa: N818 - it carries a problem, it is no fault
    """The enrolment is refused."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def find(connection: sa.Connection, name: bytes) -> DeviceRow | None:
    """The device of this id, whatever its state."""
    row = connection.execute(sa.select(device).where(device.c.device == name)).one_or_none()
    return None if row is None else DeviceRow(*row)


def of_village(connection: sa.Connection, village: str) -> list[DeviceRow]:
    """The devices of one village, oldest first."""
    query = sa.select(device).where(device.c.village == village)
    rows = connection.execute(query.order_by(device.c.enrolled_at, device.c.device))
    return [DeviceRow(*row) for row in rows]


def every(connection: sa.Connection) -> list[DeviceRow]:
    """All devices, by village."""
    query = sa.select(device).order_by(device.c.village, device.c.letter, device.c.enrolled_at)
    return [DeviceRow(*row) for row in connection.execute(query)]


def roster(
    connection: sa.Connection, village: str, identity: ServerIdentity
) -> tuple[RosterDevice, ...]:
    """The village's devices as laptops see them, the district's own at the end."""
    rows = [
        RosterDevice(one.device, one.public, one.label, one.letter, DeviceState(one.state))
        for one in of_village(connection, village)
    ]
    district = RosterDevice(
        device_id(identity.signing), identity.signing, DISTRICT_LABEL, "", DeviceState.DISTRICT
    )
    return (*rows, district)


def state_of(
    connection: sa.Connection, name: bytes, village: str, identity: ServerIdentity
) -> State:
    """What the server holds of a device, and its village's roster."""
    at = author_head.c
    query = sa.select(at.device, at.epoch, at.audience, at.last, at.hash)
    query = query.where(at.village == village, at.device == name)
    rows = connection.execute(query.order_by(at.epoch, at.audience))
    held = tuple(Held(*row) for row in rows)
    return State(identity, now_ms(), village, held, roster(connection, village, identity))


def issue_code(connection: sa.Connection, village: str, *, confirmed: bool) -> str:
    """Draw a paper code for a village and make its streams if it is new.

    Args:
        connection: a writer.
        village: 10 digits.
        confirmed: no second step is asked of the district (for scripts).

    Raises:
        DeviceError: not a village code.
    """
    if len(village) != VILLAGE_DIGITS or not (village.isascii() and village.isdecimal()):
        raise DeviceError("Kode desa terdiri atas 10 angka.")
    expired = enrol_code.c.expires_at < now_ms() - CODE_LIFE_MS
    connection.execute(sa.delete(enrol_code).where(expired))
    _make_streams(connection, village)
    text = make_code()
    while _known(connection, read_code(text).lookup):
        text = make_code()
    code = read_code(text)
    row = {
        "lookup": code.lookup,
        "village": village,
        "key": code.key,
        "confirmed": int(confirmed),
        "expires_at": now_ms() + CODE_LIFE_MS,
        "wrong": 0,
        "used_by": b"",
    }
    connection.execute(sa.insert(enrol_code), row)
    return text


def _make_streams(connection: sa.Connection, village: str) -> None:
    at = stream_head.c
    known = set(connection.execute(sa.select(at.audience).where(at.village == village)).scalars())
    for audience in Audience:
        if audience not in known:
            row = {"village": village, "audience": str(audience), "seq": 0}
            row |= {"chain": NO_CHAIN, "stored_bytes": 0}
            connection.execute(sa.insert(stream_head), row)


def _known(connection: sa.Connection, lookup: str) -> bool:
    query = sa.select(enrol_code.c.lookup).where(enrol_code.c.lookup == lookup)
    return connection.execute(query).one_or_none() is not None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An enrolment that was taken."""

    village: str
    key: bytes
    is_active: bool


def enrol(
    connection: sa.Connection, asked: EnrolRequest, identity: ServerIdentity, *, practice: bool
) -> Enrolled:
    """Take a laptop into the village of its code; asked again by the same, answers again.

    Wrong proofs are counted, so the caller commits even when this refuses.

    Raises:
        RefusedEnrolment: with the problem to answer.
    """
    code = _open_code(connection, asked)
    if asked.practice != practice:
        raise RefusedEnrolment(Problem(Code.PRACTICE_MIXED))
    name = device_id(asked.public)
    known = find(connection, name)
    if known is not None and known.village != code.village:
        raise RefusedEnrolment(Problem(Code.DEVICE_ELSEWHERE))
    if known is not None and known.state in {DeviceState.REVOKED, DeviceState.REPLACED}:
        raise RefusedEnrolment(Problem(Code.REVOKED))
    _check_letter(connection, code.village, asked, name)
    was_active = known is not None and known.state == DeviceState.ACTIVE
    is_active = bool(code.confirmed) or was_active
    row = {
        "device": name,
        "village": code.village,
        "public": asked.public,
        "label": asked.label,
        "letter": asked.letter,
        "state": str(DeviceState.ACTIVE if is_active else DeviceState.PENDING),
        "replaces": asked.replaces,
        "sas": asked.sas(identity.signing),
        "app": asked.app,
        "enrolled_at": known.enrolled_at if known else now_ms(),
        "seen_at": now_ms(),
        "flagged_at": known.flagged_at if known else 0,
    }
    connection.execute(sa.delete(device).where(device.c.device == name))
    connection.execute(sa.insert(device), row)
    used = sa.update(enrol_code).where(enrol_code.c.lookup == asked.lookup)
    connection.execute(used.values(used_by=name))
    if is_active:
        _retire(connection, code.village, asked.replaces)
    return Enrolled(code.village, code.key, is_active)


def _open_code(connection: sa.Connection, asked: EnrolRequest) -> sa.Row[Any]:
    query = sa.select(enrol_code).where(enrol_code.c.lookup == asked.lookup).with_for_update()
    code = connection.execute(query).one_or_none()
    refused = RefusedEnrolment(Problem(Code.BAD_CODE))
    if code is None or code.wrong >= WRONG_TRIES or code.expires_at < now_ms():
        raise refused
    if not asked.is_proved(code.key):
        wrong = sa.update(enrol_code).where(enrol_code.c.lookup == asked.lookup)
        connection.execute(wrong.values(wrong=enrol_code.c.wrong + 1))
        raise refused
    if code.used_by not in {b"", device_id(asked.public)}:
        raise refused
    return code


def _check_letter(
    connection: sa.Connection, village: str, asked: EnrolRequest, name: bytes
) -> None:
    others = [
        one
        for one in of_village(connection, village)
        if one.state in LIVING and one.device not in {name, asked.replaces}
    ]
    taken = {one.letter for one in others}
    if asked.letter in taken:
        free = "".join(one for one in LETTERS if one not in taken)
        details = {"letter": asked.letter, "free": free}
        raise RefusedEnrolment(Problem(Code.LETTER_TAKEN, details))


def _retire(connection: sa.Connection, village: str, replaced: bytes) -> None:
    if replaced:
        known = sa.and_(device.c.device == replaced, device.c.village == village)
        change = sa.update(device).where(known, device.c.state.in_(LIVING))
        connection.execute(change.values(state=str(DeviceState.REPLACED)))


def confirm(connection: sa.Connection, name: bytes) -> DeviceRow:
    """A person at the district has compared the six digits.

    Raises:
        DeviceError: no such device is waiting.
    """
    known = find(connection, name)
    if known is None or known.state not in LIVING:
        raise DeviceError("Tidak ada laptop dengan nomor ini yang menunggu pengesahan.")
    _set_state(connection, name, DeviceState.ACTIVE)
    _retire(connection, known.village, known.replaces)
    return known


def revoke(connection: sa.Connection, name: bytes) -> DeviceRow:
    """Take a device's rights away; what it sent stays.

    Raises:
        DeviceError: no such device.
    """
    known = find(connection, name)
    if known is None:
        raise DeviceError("Tidak ada laptop dengan nomor ini.")
    _set_state(connection, name, DeviceState.REVOKED)
    return known


def _set_state(connection: sa.Connection, name: bytes, state: DeviceState) -> None:
    change = sa.update(device).where(device.c.device == name)
    connection.execute(change.values(state=str(state)))
