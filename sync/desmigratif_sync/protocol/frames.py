"""Sealed frames: the same bytes by HTTP, by USB, to a second laptop, in the district.

    frame = "DSF1" | u16 length of header | header | 64 bytes Ed25519 | body
    header = canonical CBOR {0 v, 1 practice, 2 village, 3 audience, 4 device, 5 epoch,
             6 first, 7 entries, 8 deps, 9 prev, 10 key id, 11 schema, 12 codec,
             13 raw length, 14 BLAKE2b-256 of the body}
    body = zstd(raw), see `column_writer`

The signature covers the header, and the header the body by its hash: so a frame whose
body was erased still proves its place in the chain. A frame's own hash is the hash of
its header; `prev` is that of the frame before in the same stream of the same epoch.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import zstandard

from desmigratif_sync.protocol.column_reader import Place, decode_entries
from desmigratif_sync.protocol.cutting import EntryTooLargeError, cut
from desmigratif_sync.protocol.entries import (
    MAX_OPERATIONS,
    Audience,
    Dot,
    Entry,
)
from desmigratif_sync.protocol.keys import (
    DEVICE_BYTES,
    HASH_BYTES,
    SIGNATURE_BYTES,
    DeviceKey,
    digest,
    is_signed,
)
from desmigratif_sync.protocol.limits import (
    MAX_FRAME_ENTRIES,
    MAX_FRAME_TOTAL,
    MAX_HEADER_BYTES,
    MAX_RAW_BYTES,
)
from desmigratif_sync.protocol.packing import CodecError
from desmigratif_sync.protocol.problems import WireError
from desmigratif_sync.protocol.wire import Fields, Tree, pack, unpack
from desmigratif_sync.protocol.words import decompress

if TYPE_CHECKING:
    from collections.abc import Sequence

MAGIC = b"DSF1"
LENGTH_BYTES = 2
FRAME_VERSION = 1
NO_FRAME = bytes(HASH_BYTES)
"""`prev` of the first frame of a stream."""
SIGNED_AS = b"desmigratif frame 1\0"
NAMED_AS = b"desmigratif frame hash 1\0"
VILLAGE_DIGITS = 10


class FrameResult(StrEnum):
    """What became of one frame, in the words of the wire."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    FORK = "fork"
    BAD_SIGNATURE = "bad_signature"
    BAD_CHAIN = "bad_chain"
    WRONG_VILLAGE = "wrong_village"
    NOT_ALLOWED = "not_allowed"
    TOO_LARGE = "too_large"
    QUOTA = "quota"
    MALFORMED = "malformed"

    @property
    def is_safe(self) -> bool:
        """Whether the server holds the frame durably."""
        return self in {FrameResult.STORED, FrameResult.DUPLICATE}


class FrameError(Exception):
    """A frame that cannot be taken.

    Attributes:
        result: why, in the words of the wire.
    """

    def __init__(self, result: FrameResult, text: str) -> None:
        super().__init__(text)
        self.result = result


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """What the signature of a frame covers.

    Attributes:
        practice: made in a practice folder; never mixes with real ones.
        village: 10 digits.
        audience: the stream inside the village.
        device: 8 bytes, who sealed it.
        epoch: 8 bytes.
        first: number of its first entry in (device, epoch, audience).
        count: entries in it, 1 or more.
        deps: highest contiguous dot of each stream that the author had applied.
        prev: hash of the author's frame before in this stream, zeros for the first.
        key_id: 0 = the body is not encrypted beyond transport and storage.
        schema: the author's schema of kinds.
        codec: 1 = columns in zstd, 2 = the same with the first dictionary of words.
        raw_len: bytes of the body after decompression.
        body_hash: BLAKE2b-256 of the body.
    """

    practice: bool
    village: str
    audience: str
    device: bytes
    epoch: bytes
    first: int
    count: int
    deps: tuple[Dot, ...]
    prev: bytes
    key_id: int
    schema: int
    codec: int
    raw_len: int
    body_hash: bytes
    version: int = FRAME_VERSION

    @property
    def last(self) -> int:
        """Number of its last entry."""
        return self.first + self.count - 1

    def pack(self) -> bytes:
        """The header's one spelling."""
        deps = [[dot.device, dot.epoch, dot.audience, dot.seq] for dot in self.deps]
        told = (
            self.version, self.practice, int(self.village), self.audience, self.device, self.epoch,
            self.first, self.count, deps, self.prev, self.key_id, self.schema, self.codec,
            self.raw_len, self.body_hash,
        )  # fmt: skip
        return pack(dict(enumerate(told)))


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame, opened and verified.

    Attributes:
        header: what its device signed.
        hash: its name in the chain, 32 bytes.
        entries: what it carries.
    """

    header: FrameHeader
    hash: bytes
    entries: tuple[Entry, ...]


def seal(
    entries: Sequence[Entry],
    *,
    key: DeviceKey,
    village: str,
    prev: bytes = NO_FRAME,
    practice: bool = False,
    deps: Sequence[Dot] = (),
    schema: int = 1,
) -> list[bytes]:
    """Seal entries that follow each other in one stream, cutting only between entries.

    Args:
        entries: in order of their dots, without a gap, all of one stream of `key`.
        key: the device that made them.
        village: 10 digits.
        prev: `frame_hash` of the frame before in this stream.
        practice: the folder's mark.
        deps: highest contiguous dot of each stream that this device had applied.
        schema: the program's schema of kinds.

    Returns:
        The frames, each chained to the one before.

    Raises:
        EntryTooLargeError: an entry is beyond its bounds.
        CodecError: the entries do not follow each other, or a value cannot travel.
    """
    _check_order(entries, key.device)
    frames: list[bytes] = []
    at = 0
    guess = MAX_FRAME_ENTRIES
    while at < len(entries):
        taken, raw, codec, body = cut(entries[at:], guess)
        first = entries[at].dot
        header = FrameHeader(
            practice, village, str(first.audience), first.device, first.epoch, first.seq, taken,
            tuple(deps), prev, 0, schema, codec, len(raw), digest(body),
        )  # fmt: skip
        frames.append(_signed(header, key, body))
        prev = frame_hash(frames[-1])
        at += taken
        guess = taken
    return frames


def _signed(header: FrameHeader, key: DeviceKey, body: bytes) -> bytes:
    told = header.pack()
    if len(told) > MAX_HEADER_BYTES:
        raise CodecError("too many deps for one header")
    length = len(told).to_bytes(LENGTH_BYTES)
    return b"".join((MAGIC, length, told, key.sign(SIGNED_AS + told), body))


def _check_order(entries: Sequence[Entry], device: bytes) -> None:
    for place, one in enumerate(entries):
        expected = entries[0].dot._replace(seq=entries[0].dot.seq + place)
        if one.dot != expected or one.dot.device != device or one.dot.seq < 1:
            raise CodecError("entries of one frame follow each other in one stream")
        if one.operations > MAX_OPERATIONS:
            raise EntryTooLargeError(f"{one.operations} operations")


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    if len(raw) > MAX_FRAME_TOTAL:
        raise FrameError(FrameResult.TOO_LARGE, "frame too large")
    start = len(MAGIC) + LENGTH_BYTES
    length = int.from_bytes(raw[len(MAGIC) : start])
    end = start + length + SIGNATURE_BYTES
    if raw[: len(MAGIC)] != MAGIC or length > MAX_HEADER_BYTES or len(raw) <= end:
        raise FrameError(FrameResult.MALFORMED, "not a frame")
    return raw[start : start + length], raw[start + length : end], raw[end:]


def frame_hash(raw: bytes) -> bytes:
    """A frame's name in the chain: BLAKE2b-256 of its header.

    Raises:
        FrameError: not a frame.
    """
    return digest(NAMED_AS, _split(raw)[0])


def read_header(raw: bytes) -> FrameHeader:
    """Read a frame's header without verifying anything.

    Raises:
        FrameError: not a frame, or a header that is not in its one spelling.
    """
    try:
        return _header(unpack(_split(raw)[0], max_bytes=MAX_HEADER_BYTES))
    except WireError as broken:
        raise FrameError(FrameResult.MALFORMED, str(broken)) from broken


def _header(tree: Tree) -> FrameHeader:
    told = Fields(tree)
    if told.number(0) != FRAME_VERSION:
        raise told.error("a frame of another version")
    audience = told.text(3, most=16)
    if audience not in set(Audience):
        raise told.error("an audience that is not known")
    return FrameHeader(
        practice=told.truth(1),
        village=str(told.number(2, most=10**VILLAGE_DIGITS - 1)).zfill(VILLAGE_DIGITS),
        audience=audience,
        device=told.octets(4, DEVICE_BYTES),
        epoch=told.octets(5, DEVICE_BYTES),
        first=told.number(6, least=1, most=2**62),
        count=told.number(7, least=1, most=MAX_FRAME_ENTRIES),
        deps=tuple(dot_from(one) for one in told.rows(8)),
        prev=told.octets(9, HASH_BYTES),
        key_id=told.number(10),
        schema=told.number(11),
        codec=told.number(12, least=1),
        raw_len=told.number(13, least=1, most=MAX_RAW_BYTES),
        body_hash=told.octets(14, HASH_BYTES),
    )


def dot_from(tree: Tree) -> Dot:
    """Read a dot of a header or message.

    Raises:
        WireError: not a dot.
    """
    told = Fields(dict(enumerate(tree)) if isinstance(tree, list) else None)
    device, epoch = told.octets(0, DEVICE_BYTES), told.octets(1, DEVICE_BYTES)
    return Dot(device, epoch, told.text(2, most=16), told.number(3))


def verify_frame(raw: bytes, public: bytes) -> FrameHeader:
    """Check signature and body hash, without looking into the body.

    Raises:
        FrameError: malformed, or not sealed by this key.
    """
    header = read_header(raw)
    told, signature, body = _split(raw)
    if digest(public)[:DEVICE_BYTES] != header.device:
        raise FrameError(FrameResult.BAD_SIGNATURE, "sealed by another device")
    if not is_signed(public, SIGNED_AS + told, signature):
        raise FrameError(FrameResult.BAD_SIGNATURE, "signature does not fit")
    if digest(body) != header.body_hash:
        raise FrameError(FrameResult.BAD_SIGNATURE, "body does not fit the header")
    return header


def open_frame(raw: bytes, public: bytes) -> Frame:
    """Verify a frame and read its entries.

    Args:
        raw: the whole frame.
        public: key of the device that the header names.

    Raises:
        FrameError: malformed, not sealed by this key, or a body that cannot be read
            (encrypted for others, codec of a newer program, a bomb).
    """
    header = verify_frame(raw, public)
    if header.key_id:
        raise FrameError(FrameResult.NOT_ALLOWED, "sealed for others")
    place = Place(header.device, header.epoch, header.audience, header.first, header.count)
    try:
        plain = decompress(_split(raw)[2], header.codec, header.raw_len)
        entries = decode_entries(plain, place)
    except (CodecError, zstandard.ZstdError) as broken:
        raise FrameError(FrameResult.MALFORMED, f"body cannot be read: {broken}") from broken
    return Frame(header, frame_hash(raw), entries)


def check_chain(header: FrameHeader, last: int, prev: bytes) -> None:
    """Check that a frame follows what is held of its (device, epoch, audience).

    Args:
        header: of the frame.
        last: number of the last entry held, 0 for none.
        prev: hash of the last frame held, `NO_FRAME` for none.

    Raises:
        FrameError: a gap (`BAD_CHAIN`), or another history (`FORK`).
    """
    if header.first > last + 1:
        raise FrameError(FrameResult.BAD_CHAIN, "frames are missing in between")
    if header.first <= last or header.prev != prev:
        raise FrameError(FrameResult.FORK, "another history of the same device")
