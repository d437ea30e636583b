"""Identities: UUIDv7 for what people make, BLAKE2b for what the world names.

A record whose identity is given by the world (a village by its code, a set element
by its owner and value) derives its id, so two laptops that made it apart converge.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time

from desmigratif_desktop.foundation.errors import FieldProblem, InputError

ID_BYTES = 16
_lock = threading.Lock()
_last = 0


def new_id() -> bytes:
    """Make a UUIDv7: 48-bit milliseconds, rising inside one process, 62 random bits."""
    global _last  # noqa: PLW0603 - the rising counter is this module's whole state
    with _lock:
        now = max(time.time_ns() // 1_000_000 << 12, _last + 1)
        _last = now
    millis, rising = now >> 12, now & 0xFFF
    tail = int.from_bytes(os.urandom(8)) & (1 << 62) - 1 | 2 << 62
    return ((millis & (1 << 48) - 1) << 80 | 7 << 76 | rising << 64 | tail).to_bytes(ID_BYTES)


def derived_id(kind: str, *natural_key: str | bytes) -> bytes:
    """Derive the id of a record that the world names.

    Args:
        kind: name of the kind ("village").
        natural_key: its parts in fixed order ("3212162004",); 16-byte ids or text.
    """
    digest = hashlib.blake2b(digest_size=ID_BYTES, person=b"desmigratif-id")
    for part in (kind, *natural_key):
        raw = part.encode() if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(4) + raw)
    return digest.digest()


def to_text(identity: bytes) -> str:
    """Spell an id for people and files: 32 hex digits in the UUID grouping."""
    h = identity.hex()
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def from_text(text: str) -> bytes:
    """Read an id as `to_text` wrote it.

    Raises:
        InputError: not 32 hex digits.
    """
    plain = text.strip().replace("-", "")
    try:
        raw = bytes.fromhex(plain)
    except ValueError:
        raw = b""
    if len(raw) != ID_BYTES:
        problem = FieldProblem("uid", "uid_shape", "Nomor data ini tidak dikenali.")
        raise InputError((problem,))
    return raw
