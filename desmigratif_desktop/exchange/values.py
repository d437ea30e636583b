"""What this room tells others: progress, outcomes, where things stand. Frozen, Qt-free."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What an exchange is doing just now."""

    SEAL = "seal"
    TALK = "talk"
    APPLY = "apply"


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a running exchange, for a progress bar.

    Attributes:
        stage: what happens now.
        sent_kb: kilobytes of frames brought up so far.
        received_kb: kilobytes of frames taken so far.
        sent_frames: frames that the district holds since the start.
        applied: entries written into this laptop's data so far.
        left_to_send: frames still to send.
        left_to_receive: frames still at the server, as far as it said.
        left_to_apply: frames received and not applied yet.
    """

    stage: Stage
    sent_kb: int = 0
    received_kb: int = 0
    sent_frames: int = 0
    applied: int = 0
    left_to_send: int = 0
    left_to_receive: int = 0
    left_to_apply: int = 0


@dataclass(frozen=True, slots=True)
class RefusedFrame:
    """A frame that somebody would not take; its data stay on this laptop.

    Attributes:
        audience: its stream.
        first: number of its first entry.
        last: number of its last entry.
        code: stable identifier of the reason ("fork", "bad_signature", "quota" …).
        sentence: the reason for the officer.
        ours: True = the server refused a frame of this laptop; False = this laptop set
            aside a frame that arrived.
    """

    audience: str
    first: int
    last: int
    code: str
    sentence: str
    ours: bool


@dataclass(frozen=True, slots=True)
class ExchangeOutcome:
    """What one exchange came to.

    Attributes:
        complete: nothing more to send or to fetch; False after a cancel.
        sent: frames of this laptop that the district now holds and did not before.
        sent_entries: entries in them.
        received: frames taken.
        applied: entries newly written here.
        waiting: frames kept until what they build on arrives.
        unread: applied entries with parts that this program does not know.
        conflicts: open decisions on this laptop now.
        refused: frames that were refused, with reasons.
        bytes_up: bytes of frames sent, repeats included.
        bytes_down: bytes of frames received.
        round_trips: requests made.
        skew_ms: this laptop's clock minus the server's; None when it did not say.
        finished_at: milliseconds since 1970, this laptop's clock.
    """

    complete: bool
    sent: int
    sent_entries: int
    received: int
    applied: int
    waiting: int
    unread: int
    conflicts: int
    refused: tuple[RefusedFrame, ...]
    bytes_up: int
    bytes_down: int
    round_trips: int
    skew_ms: int | None
    finished_at: int


class LinkState(StrEnum):
    """Where this laptop stands with its district."""

    NOT_ENROLLED = "not_enrolled"
    PENDING = "pending"
    ACTIVE = "active"
    REVOKED = "revoked"
    NEW_DEVICE = "new_device"


LINK_WORDS = {
    LinkState.NOT_ENROLLED: "belum terdaftar di kabupaten",
    LinkState.PENDING: "menunggu konfirmasi",
    LinkState.ACTIVE: "terdaftar",
    LinkState.REVOKED: "izin bertukar data dicabut kabupaten",
    LinkState.NEW_DEVICE: "perlu didaftarkan kembali",
}
"""The states in words for the officer."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What enrolling came to.

    Attributes:
        state: ACTIVE, or PENDING until the district confirms.
        sas: six digits to be read over the telephone while pending.
        url: the district server's address.
        devices: how many devices the village has now.
    """

    state: LinkState
    sas: str
    url: str
    devices: int


@dataclass(frozen=True, slots=True)
class PeerDevice:
    """One device of the village, as the district told.

    Attributes:
        device: 8 bytes.
        label: what the officers call it.
        letter: "A", "B" or "C"; empty for the district.
        state: "pending", "active", "revoked", "replaced" or "district".
        is_this: whether it is this laptop.
        seen_at: when this laptop first heard of it, milliseconds since 1970.
    """

    device: bytes
    label: str
    letter: str
    state: str
    is_this: bool
    seen_at: int


@dataclass(frozen=True, slots=True)
class ExchangeStatus:
    """What the home page and the exchange page show.

    Attributes:
        link: where this laptop stands with its district.
        link_words: the same in words.
        url: the server's address; empty before enrolment.
        sas: six digits while waiting for confirmation, else empty.
        unsent_acts: acts of this laptop that the district does not hold yet.
        waiting: frames received that wait for what they build on.
        set_aside: frames received that cannot be taken.
        refused: own frames that the server refused at the last attempt.
        conflicts: open decisions.
        done_at: last successful exchange, milliseconds since 1970; None = never.
        tried_at: last attempt.
        problem: sentence of the last failure; empty after a success.
        failures: failures in a row.
        skew_ms: this laptop's clock minus the server's at the last exchange.
        devices: the village's devices.
        retry_after_s: what the server asked to wait after the last failure.
    """

    link: LinkState
    link_words: str
    url: str
    sas: str
    unsent_acts: int
    waiting: int
    set_aside: int
    refused: int
    conflicts: int
    done_at: int | None
    tried_at: int | None
    problem: str
    failures: int
    skew_ms: int | None
    devices: tuple[PeerDevice, ...]
    retry_after_s: int | None = None
