"""Own entries become sealed frames: sealed once, kept for ever, the same bytes each time.

Both streams go up; the district keeps `village` frames safe and builds nothing from
them. What a frame builds on (`deps`) names streams of the same or a narrower reach
only: an edit goes to the widest stream its record has reached, so a narrow entry never
builds on a wide one, and two frames never wait for each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.exchange import shelf
from desmigratif_desktop.exchange.shelf import SHARED, Stream
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.versions import AUDIENCES
from desmigratif_sync.protocol.entries import Dot
from desmigratif_sync.protocol.frames import seal
from desmigratif_sync.protocol.keys import DeviceKey
from desmigratif_sync.protocol.limits import MAX_FRAME_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.records.engine import Store
    from desmigratif_sync.protocol.messages import Held

MAX_DEPS = 96
"""A header has room for so many; the authors heard of last come first."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a sealing came to."""

    frames: int
    entries: int


def device_key(store: Store) -> DeviceKey:
    """This laptop's signing key.

    Raises:
        NotAllowedError: the slot in use carries no office key.
    """
    return DeviceKey.from_seed(bytes(store.signing_key()))


def seal_new(
    store: Store, key: DeviceKey, *, told: Callable[[int], None] = lambda _frames: None
) -> Sealed:
    """Seal every own entry of this epoch that no frame holds yet.

    Args:
        store: the opened store.
        key: this laptop's.
        told: called after each batch with the number of frames sealed so far.
    """
    frames = entries = 0
    for audience in SHARED:
        stream = Stream(store.replica.device, store.replica.epoch, audience)
        made = _seal_stream(store, key, stream, _after(frames, told))
        frames, entries = frames + made.frames, entries + made.entries
    return Sealed(frames, entries)


def seal_former_epochs(store: Store, key: DeviceKey, held: tuple[Held, ...]) -> Sealed:
    """Seal what an epoch before a restore had left unsealed.

    The laptop of that time may have sealed the same entries after the backup was made. So
    this waits until the server's and our own shelf end alike: what it has is fetched
    first, and only what nobody sealed is sealed here.
    """
    frames = entries = 0
    for stream in _former_streams(store):
        with store.read() as session:
            end = shelf.end_of(session.connection(), stream)
        there = next((one for one in held if Stream(*_stream_of(one)) == stream), None)
        if (there.last if there else 0) != end.last or (there and there.hash != end.hash):
            continue
        made = _seal_stream(store, key, stream, lambda _frames: None)
        frames, entries = frames + made.frames, entries + made.entries
    return Sealed(frames, entries)


def _after(before: int, told: Callable[[int], None]) -> Callable[[int], None]:
    return lambda more: told(before + more)


def _stream_of(held: Held) -> tuple[bytes, bytes, str]:
    return held.device, held.epoch, held.audience


def _former_streams(store: Store) -> list[Stream]:
    device, epoch = store.replica.device, store.replica.epoch
    with store.read() as session:
        heads = changelog.heads(session.connection())
    return [
        Stream(*one)
        for one in sorted(heads)
        if one[0] == device and one[1] != epoch and one[2] in SHARED
    ]


def _seal_stream(
    store: Store, key: DeviceKey, stream: Stream, told: Callable[[int], None]
) -> Sealed:
    frames = entries = 0
    while True:
        with store.read() as session:
            connection = session.connection()
            end = shelf.end_of(connection, stream)
            fresh = changelog.entries_after(
                connection, stream[:2], stream.audience, end.last, limit=MAX_FRAME_ENTRIES
            )
            deps = _deps(connection, stream)
        if not fresh:
            return Sealed(frames, entries)
        village, practice = store.replica.village, store.replica.practice
        made = seal(fresh, key=key, village=village, prev=end.hash, practice=practice, deps=deps)
        if len(fresh) == MAX_FRAME_ENTRIES and len(made) > 1:
            made.pop()  # the next batch begins with these entries, so no frame is cut short
        with store.write() as connection:
            if shelf.end_of(connection, stream) != end:
                continue
            shelf.put_own(connection, made)
            sealed = shelf.end_of(connection, stream).last - end.last
        frames, entries = frames + len(made), entries + sealed
        told(frames)


def _deps(connection: Any, stream: Stream) -> tuple[Dot, ...]:
    """What the entries of a stream may build on, as far as it can ever travel."""
    reach = AUDIENCES.index(stream.audience)
    held = {Stream(*one[:3]): one.seq for one in shelf.vector(connection)}
    found = []
    for (device, epoch, audience), seq in changelog.heads(connection).items():
        one = Stream(device, epoch, audience)
        if one == stream or AUDIENCES.index(audience) > reach:
            continue
        reached = seq if device == stream.device else min(seq, held.get(one, 0))
        if reached:
            found.append(Dot(*one, reached))
    return tuple(sorted(found[-MAX_DEPS:]))
