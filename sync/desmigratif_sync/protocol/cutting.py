"""Where a stream of entries is cut into frames: only between entries, at 64 KiB.

The cut is found by trying: compress a beginning, guess from its size how much more
fits, and stop when the rest would gain little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_sync.protocol.column_writer import encode_entries
from desmigratif_sync.protocol.entries import MAX_ENTRY_BYTES, MAX_FRAME_BYTES
from desmigratif_sync.protocol.limits import (
    MAX_FRAME_ENTRIES,
    MAX_FRAME_OPERATIONS,
    MAX_RAW_BYTES,
)
from desmigratif_sync.protocol.words import PLAIN, WORDS_1, compress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desmigratif_sync.protocol.entries import Entry

SMALL_RAW = 32 * 1024
"""Up to this raw length the dictionary of words helps; above, it does nothing."""
LEVEL = 19
MIN_CUT = 8


class EntryTooLargeError(ValueError):
    """One entry beyond 2,000 operations or 256 KiB; it is refused when it is saved."""


def cut(entries: Sequence[Entry], guess: int) -> tuple[int, bytes, int, bytes]:
    """The largest beginning that fits one frame: its length, raw form, codec and body.

    Args:
        entries: what is left of the stream, at least one.
        guess: how many fitted last time.

    Raises:
        EntryTooLargeError: the first entry alone is beyond its bounds.
        CodecError: a value cannot travel.
    """
    low, high = 0, _bounded(entries)
    best: tuple[int, bytes, int, bytes] | None = None
    taken = min(guess, high)
    while low < high:
        raw = encode_entries(entries[:taken])
        codec, body = _squeeze(raw) if len(raw) <= MAX_RAW_BYTES else (PLAIN, b"")
        if body and (len(body) <= MAX_FRAME_BYTES or taken == 1):
            if len(raw) > MAX_ENTRY_BYTES and taken == 1:
                raise EntryTooLargeError(f"{len(raw)} bytes")
            low, best = taken, (taken, raw, codec, body)
            reach = taken * MAX_FRAME_BYTES * 31 // (32 * len(body))
        else:
            high = taken - 1
            reach = taken * MAX_FRAME_BYTES * 31 // (32 * len(body)) if body else taken // 2
        if low >= high or (best and reach - low <= max(MIN_CUT, low // 32)):
            break
        taken = min(max(reach, low + 1), high)
    if best is None:
        raise EntryTooLargeError("an entry that fits no frame")
    return best


def _bounded(entries: Sequence[Entry]) -> int:
    operations = 0
    for place, one in enumerate(entries[:MAX_FRAME_ENTRIES]):
        operations += one.operations
        if operations > MAX_FRAME_OPERATIONS:
            return place
    return min(len(entries), MAX_FRAME_ENTRIES)


def _squeeze(raw: bytes) -> tuple[int, bytes]:
    codec = WORDS_1 if len(raw) <= SMALL_RAW else PLAIN
    return codec, compress(raw, codec, LEVEL)


def entry_size(entry: Entry) -> int:
    """Bytes of one entry alone, raw; `MAX_ENTRY_BYTES` is refused when it is saved.

    Raises:
        CodecError: a value cannot travel.
    """
    return len(encode_entries([entry]))
