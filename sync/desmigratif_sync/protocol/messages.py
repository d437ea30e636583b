"""What laptop and server say to each other inside the envelopes.

Every message has `pack()` and a `read` that is strict about what it knows and lets a
newer peer say more (unknown keys are left alone). PROTOCOL.md shows one of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desmigratif_sync.protocol.entries import Audience, Dot
from desmigratif_sync.protocol.envelopes import SERVER_ID_BYTES
from desmigratif_sync.protocol.frames import FrameResult, dot_from
from desmigratif_sync.protocol.keys import DEVICE_BYTES, HASH_BYTES, KEY_BYTES
from desmigratif_sync.protocol.limits import (
    DEFAULT_BUDGET,
    MAX_ANSWER_BYTES,
    MAX_FRAMES_A_REQUEST,
    MAX_LABEL,
    MAX_REQUEST_BYTES,
)
from desmigratif_sync.protocol.problems import Problem
from desmigratif_sync.protocol.wire import Fields, Tree, pack, unpack

SYNC_PATH = "/v1/sync"
STATE_PATH = "/v1/state"
ENROL_PATH = "/v1/enrol"
NO_CHAIN = bytes(HASH_BYTES)
"""Chain hash of a stream at its beginning."""


class DeviceState(StrEnum):
    """Where a device of the village stands."""

    PENDING = "pending"
    ACTIVE = "active"
    REVOKED = "revoked"
    REPLACED = "replaced"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in one stream of the village.

    Attributes:
        audience: the stream.
        seq: the last stream number held, 0 for none.
        chain: the stream's chain hash there, `NO_CHAIN` at 0.
    """

    audience: str
    seq: int = 0
    chain: bytes = NO_CHAIN

    def tree(self) -> Tree:
        """As it stands in a message."""
        return [self.audience, self.seq, self.chain]

    @classmethod
    def read(cls, tree: Tree) -> Cursor:
        """From a message."""
        told = _row(tree)
        return cls(told.text(0, most=16), told.number(1), told.octets(2, HASH_BYTES))


@dataclass(frozen=True, slots=True)
class Held:
    """What the server holds of one stream of one device: the truth about what is safe.

    Attributes:
        device: 8 bytes.
        epoch: 8 bytes.
        audience: the stream.
        last: number of the last entry held.
        hash: hash of the last frame held; the `prev` of the next.
    """

    device: bytes
    epoch: bytes
    audience: str
    last: int
    hash: bytes

    def tree(self) -> Tree:
        """As it stands in a message."""
        return [self.device, self.epoch, self.audience, self.last, self.hash]

    @classmethod
    def read(cls, tree: Tree) -> Held:
        """From a message."""
        told = _row(tree)
        device, epoch = told.octets(0, DEVICE_BYTES), told.octets(1, DEVICE_BYTES)
        return cls(device, epoch, told.text(2, most=16), told.number(3), told.octets(4, HASH_BYTES))


@dataclass(frozen=True, slots=True)
class RosterDevice:
    """One device of the village, the district's own included.

    Attributes:
        device: 8 bytes.
        public: 32 bytes; frames of this device are verified with it.
        label: what the officers call it.
        letter: "A", "B", "C"; empty for the district.
        state: may it write?
    """

    device: bytes
    public: bytes
    label: str
    letter: str
    state: DeviceState

    def tree(self) -> Tree:
        """As it stands in a message."""
        return [self.device, self.public, self.label, self.letter, str(self.state)]

    @classmethod
    def read(cls, tree: Tree) -> RosterDevice:
        """From a message."""
        told = _row(tree)
        state = told.text(4, most=16)
        if state not in set(DeviceState):
            raise told.error("a state that is not known")
        public = told.octets(1, KEY_BYTES)
        letter = told.text(3, most=1)
        label = told.text(2, most=MAX_LABEL)
        return cls(told.octets(0, DEVICE_BYTES), public, label, letter, DeviceState(state))


@dataclass(frozen=True, slots=True)
class ServerIdentity:
    """Who the server is; pinned by the laptop at enrolment.

    Attributes:
        server: 16 random bytes, fixed for ever.
        generation: rises when the server was restored from a backup.
        signing: Ed25519 public key of its answers and frames.
        sealing: X25519 public key, what is sealed for the district.
    """

    server: bytes
    generation: int
    signing: bytes
    sealing: bytes

    def tree(self) -> Tree:
        """As it stands in a message."""
        return [self.server, self.generation, self.signing, self.sealing]

    @classmethod
    def read(cls, tree: Tree) -> ServerIdentity:
        """From a message."""
        told = _row(tree)
        server, generation = told.octets(0, SERVER_ID_BYTES), told.number(1)
        return cls(server, generation, told.octets(2, KEY_BYTES), told.octets(3, KEY_BYTES))


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """One exchange, up.

    Attributes:
        cursors: where the laptop stands in each stream it wants.
        vector: highest contiguous dot held per (device, epoch, audience), its own
            included; the server leaves out what it covers. A restored laptop leaves
            its lost epochs out and so gets them back.
        frames: sealed frames, in order.
        budget: bytes of frames wanted in the answer; 0 = none.
    """

    cursors: tuple[Cursor, ...] = ()
    vector: tuple[Dot, ...] = ()
    frames: tuple[bytes, ...] = ()
    budget: int = DEFAULT_BUDGET

    def pack(self) -> bytes:
        """The message's one spelling."""
        return pack(
            {
                0: [one.tree() for one in self.cursors],
                1: [list(dot) for dot in self.vector],
                2: list(self.frames),
                3: self.budget,
            }
        )

    @classmethod
    def read(cls, raw: bytes) -> SyncRequest:
        """Read strictly.

        Raises:
            WireError: not this message.
        """
        told = Fields(unpack(raw, max_bytes=MAX_REQUEST_BYTES))
        return cls(
            cursors=tuple(Cursor.read(one) for one in told.rows(0)),
            vector=tuple(dot_from(one) for one in told.rows(1)),
            frames=_frames(told, 2),
            budget=told.number(3),
        )


@dataclass(frozen=True, slots=True)
class FrameVerdict:
    """What became of one frame, in the order in which they were sent.

    Attributes:
        result: see `FrameResult`.
        seq: its number in the village's stream when it is held, else 0.
    """

    result: FrameResult
    seq: int = 0


@dataclass(frozen=True, slots=True)
class StreamDown:
    """News of one stream.

    Attributes:
        cursor: where the laptop stands once it has stored these frames. It moves past
            frames that the laptop holds already.
        head: the stream's last number at the server.
        rewound: the cursor sent was not of this server's history (one of both was
            restored); it is answered from the beginning, nothing is deleted.
        frames: (stream number, sealed frame), rising.
    """

    cursor: Cursor
    head: int
    rewound: bool = False
    frames: tuple[tuple[int, bytes], ...] = ()

    def tree(self) -> Tree:
        """As it stands in a message."""
        frames = [list(one) for one in self.frames]
        return [self.cursor.tree(), self.head, self.rewound, frames]

    @classmethod
    def read(cls, tree: Tree) -> StreamDown:
        """From a message."""
        told = _row(tree)
        rows = [_row(one) for one in told.rows(3)]
        frames = tuple((one.number(0, least=1), one.octets(1)) for one in rows)
        return cls(Cursor.read(_at(tree, 0)), told.number(1), told.truth(2), frames)


@dataclass(frozen=True, slots=True)
class State:
    """What the server holds and who belongs to the village.

    Attributes:
        identity: compare with the pinned one.
        time_ms: the server's clock, milliseconds since 1970.
        village: 10 digits; derived from the device's key.
        held: what it holds of the asking device, each epoch and stream.
        roster: the village's devices.
    """

    identity: ServerIdentity
    time_ms: int
    village: str
    held: tuple[Held, ...]
    roster: tuple[RosterDevice, ...]

    def tree(self) -> Tree:
        """As it stands in a message."""
        held = [one.tree() for one in self.held]
        roster = [one.tree() for one in self.roster]
        return [self.identity.tree(), self.time_ms, self.village, held, roster]

    @classmethod
    def from_tree(cls, tree: Tree) -> State:
        """From a message."""
        told = _row(tree)
        return cls(
            identity=ServerIdentity.read(_at(tree, 0)),
            time_ms=told.number(1),
            village=told.text(2, most=10),
            held=tuple(Held.read(one) for one in told.rows(3)),
            roster=tuple(RosterDevice.read(one) for one in told.rows(4)),
        )

    def pack(self) -> bytes:
        """The message's one spelling."""
        return pack({0: self.tree()})

    @classmethod
    def read(cls, raw: bytes) -> State:
        """Read strictly.

        Raises:
            WireError: not this message.
        """
        return cls.from_tree(_member(unpack(raw, max_bytes=MAX_ANSWER_BYTES), 0))


@dataclass(frozen=True, slots=True)
class SyncAnswer:
    """One exchange, down.

    Attributes:
        state: what the server holds now, with what this request brought.
        verdicts: one for each frame sent.
        streams: news of each stream asked for.
        more: another round would bring more.
    """

    state: State
    verdicts: tuple[FrameVerdict, ...] = ()
    streams: tuple[StreamDown, ...] = ()
    more: bool = False

    def pack(self) -> bytes:
        """The message's one spelling."""
        verdicts = [[str(one.result), one.seq] for one in self.verdicts]
        streams = [one.tree() for one in self.streams]
        return pack({0: self.state.tree(), 1: verdicts, 2: streams, 3: self.more})

    @classmethod
    def read(cls, raw: bytes) -> SyncAnswer:
        """Read strictly.

        Raises:
            WireError: not this message.
        """
        tree = unpack(raw, max_bytes=MAX_ANSWER_BYTES)
        told = Fields(tree)
        return cls(
            state=State.from_tree(_member(tree, 0)),
            verdicts=tuple(_verdict(one) for one in told.rows(1)),
            streams=tuple(StreamDown.read(one) for one in told.rows(2)),
            more=told.truth(3),
        )


def pack_problem(problem: Problem) -> bytes:
    """Write a refusal."""
    return pack({0: problem.code, 1: dict(problem.details)})


def read_problem(raw: bytes) -> Problem:
    """Read a refusal.

    Raises:
        WireError: not this message.
    """
    tree = unpack(raw, max_bytes=MAX_ENROL)
    code = Fields(tree).text(0, most=16)
    details = _member(tree, 1)
    status = code.partition(".")[0]
    if not isinstance(details, dict) or not (status.isdecimal() and status.isascii()):
        raise Fields(tree).error("not a problem")
    kept = {str(name): one for name, one in details.items() if type(one) in {str, int}}
    return Problem(code, kept)


MAX_ENROL = 64 * 1024
_AUDIENCES = frozenset(str(one) for one in Audience)


def all_streams() -> tuple[Cursor, ...]:
    """Cursors at the beginning of every stream that a village has."""
    return tuple(Cursor(audience) for audience in sorted(_AUDIENCES))


def _row(tree: Tree) -> Fields:
    return Fields(dict(enumerate(tree)) if isinstance(tree, list) else None)


def _at(tree: Tree, place: int) -> Tree:
    return tree[place] if isinstance(tree, list) and len(tree) > place else None


def _member(tree: Tree, key: int) -> Tree:
    return tree.get(key) if isinstance(tree, dict) else None


def _frames(told: Fields, key: int) -> tuple[bytes, ...]:
    rows = told.rows(key)
    if len(rows) > MAX_FRAMES_A_REQUEST or not all(type(one) is bytes for one in rows):
        raise told.error("frames are bytes, and not so many")
    return tuple(rows)


def _verdict(tree: Tree) -> FrameVerdict:
    told = _row(tree)
    result = told.text(0, most=32)
    known = result if result in set(FrameResult) else FrameResult.NOT_ALLOWED
    return FrameVerdict(FrameResult(known), told.number(1))
