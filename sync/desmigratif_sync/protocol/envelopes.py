"""Signed envelopes: who asks, and that the answer is the server's own.

    request = "DSQ1" | u16 length | header | 64 bytes Ed25519 of the device | body
    header  = canonical CBOR {0 protocol, 1 server id, 2 device, 3 epoch, 4 counter, 5 path}
    signed  = "desmigratif request 1" NUL | header | BLAKE2b-256(body)

    answer  = "DSA1" | u16 length | header | 64 bytes Ed25519 of the server | body
    header  = canonical CBOR {0 protocol, 1 server id, 2 HTTP status}
    signed  = "desmigratif answer 1" NUL | header | BLAKE2b-256(request) | BLAKE2b-256(body)

The counter rises with every request of one device and epoch, so a request heard on the
line cannot be played again. An answer without a valid signature over *this* request is
not an answer: captive portals say 200 too.
"""

from __future__ import annotations

from dataclasses import dataclass

from desmigratif_sync import PROTOCOL_VERSION
from desmigratif_sync.protocol.keys import (
    DEVICE_BYTES,
    SIGNATURE_BYTES,
    DeviceKey,
    digest,
    is_signed,
)
from desmigratif_sync.protocol.problems import Code, WireError
from desmigratif_sync.protocol.wire import Fields, Tree, pack, unpack

REQUEST_MAGIC = b"DSQ1"
ANSWER_MAGIC = b"DSA1"
REQUEST_SIGNED_AS = b"desmigratif request 1\0"
ANSWER_SIGNED_AS = b"desmigratif answer 1\0"
SERVER_ID_BYTES = 16
LENGTH_BYTES = 2
MAX_ENVELOPE_HEADER = 256
CONTENT_TYPE = "application/vnd.desmigratif"


@dataclass(frozen=True, slots=True)
class RequestHeader:
    """Who asks whom, and for what.

    Attributes:
        server: 16 bytes, the server that the device was enrolled with.
        device: 8 bytes.
        epoch: 8 bytes.
        counter: rises with every request of this device and epoch, from 1.
        path: "/v1/sync".
        version: of the protocol.
    """

    server: bytes
    device: bytes
    epoch: bytes
    counter: int
    path: str
    version: int = PROTOCOL_VERSION


@dataclass(frozen=True, slots=True)
class Request:
    """A request as read, not yet believed."""

    header: RequestHeader
    told: bytes
    signature: bytes
    body: bytes

    def is_signed_by(self, public: bytes) -> bool:
        """Whether this device key signed header and body."""
        signed = REQUEST_SIGNED_AS + self.told + digest(self.body)
        return is_signed(public, signed, self.signature)


def sign_request(header: RequestHeader, body: bytes, key: DeviceKey) -> bytes:
    """Write a request envelope."""
    told = pack(
        {
            0: header.version,
            1: header.server,
            2: header.device,
            3: header.epoch,
            4: header.counter,
            5: header.path,
        }
    )
    signature = key.sign(REQUEST_SIGNED_AS + told + digest(body))
    return _joined(REQUEST_MAGIC, told, signature, body)


def read_request(raw: bytes) -> Request:
    """Read a request envelope; the caller checks `is_signed_by` before the body.

    Raises:
        WireError: not an envelope, or of another protocol version.
    """
    told, signature, body = _split(raw, REQUEST_MAGIC)
    fields = Fields(_tree(told), Code.UNREADABLE_ENVELOPE)
    version = fields.number(0)
    if version != PROTOCOL_VERSION:
        raise WireError(Code.VERSION, f"protocol {version}")
    header = RequestHeader(
        server=fields.octets(1, SERVER_ID_BYTES),
        device=fields.octets(2, DEVICE_BYTES),
        epoch=fields.octets(3, DEVICE_BYTES),
        counter=fields.number(4, least=1),
        path=fields.text(5, most=32),
        version=version,
    )
    return Request(header, told, signature, body)


def sign_answer(
    server: bytes, status: int, body: bytes, *, request: bytes, key: DeviceKey
) -> bytes:
    """Write an answer envelope over the whole request that it answers."""
    told = pack({0: PROTOCOL_VERSION, 1: server, 2: status})
    signature = key.sign(ANSWER_SIGNED_AS + told + digest(request) + digest(body))
    return _joined(ANSWER_MAGIC, told, signature, body)


def open_answer(raw: bytes, *, request: bytes, server: bytes, public: bytes) -> tuple[int, bytes]:
    """Verify an answer to this very request.

    Args:
        raw: the whole answer.
        request: the whole request, as it was sent.
        server: 16 bytes, the pinned server.
        public: the pinned signing key of the server.

    Returns:
        Its HTTP status and its body.

    Raises:
        WireError: not an answer, not to this request, or not of this server.
    """
    told, signature, body = _split(raw, ANSWER_MAGIC)
    fields = Fields(_tree(told), Code.UNREADABLE_ENVELOPE)
    if fields.number(0) != PROTOCOL_VERSION:
        raise WireError(Code.VERSION, "an answer of another protocol version")
    if fields.octets(1, SERVER_ID_BYTES) != server:
        raise WireError(Code.OTHER_SERVER, "another server answered")
    signed = ANSWER_SIGNED_AS + told + digest(request) + digest(body)
    if not is_signed(public, signed, signature):
        raise WireError(Code.NOT_AUTHENTIC, "the answer is not signed by the server")
    return fields.number(2, least=200, most=599), body


def answer_body(raw: bytes) -> bytes:
    """The body of an answer that nobody has verified yet (enrolment, problems).

    Raises:
        WireError: not an answer envelope.
    """
    return _split(raw, ANSWER_MAGIC)[2]


def _tree(told: bytes) -> Tree:
    return unpack(told, max_bytes=MAX_ENVELOPE_HEADER, code=Code.UNREADABLE_ENVELOPE)


def _joined(magic: bytes, told: bytes, signature: bytes, body: bytes) -> bytes:
    return b"".join((magic, len(told).to_bytes(LENGTH_BYTES), told, signature, body))


def _split(raw: bytes, magic: bytes) -> tuple[bytes, bytes, bytes]:
    start = len(magic) + LENGTH_BYTES
    length = int.from_bytes(raw[len(magic) : start])
    end = start + length + SIGNATURE_BYTES
    if raw[: len(magic)] != magic or length > MAX_ENVELOPE_HEADER or len(raw) < end:
        raise WireError(Code.UNREADABLE_ENVELOPE, "not an envelope")
    return raw[start : start + length], raw[start + length : end], raw[end:]
