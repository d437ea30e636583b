"""Sealing: once, chained, whole entries, deps that can always be met."""

from __future__ import annotations

from desmigratif_desktop.exchange import outbox
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.records.unit_of_work import unit
from desmigratif_sync.protocol.entries import MAX_FRAME_BYTES, Audience
from desmigratif_sync.protocol.frames import NO_FRAME, frame_hash, open_frame, read_header
from exchange.district import roster


def _seal(one) -> list[bytes]:
    outbox.seal_new(one.store, outbox.device_key(one.store))
    return [row[0] for row in one.sql("SELECT sealed FROM frame ORDER BY no")]


def test_every_entry_is_sealed_once_in_an_unbroken_chain(laptop):
    one = laptop()
    for seed in range(3):
        one.register(roster(3, seed=seed))
        _seal(one)
    frames = _seal(one)
    assert frames == _seal(one)
    for audience, entries in (("village", 9), ("district", 1)):
        prev, last = NO_FRAME, 0
        for raw in frames:
            header = read_header(raw)
            if header.audience != audience:
                continue
            assert (header.first, header.prev) == (last + 1, prev)
            assert (header.village, header.practice) == (one.store.replica.village, True)
            prev, last = frame_hash(raw), header.last
        assert last == entries


def test_a_large_import_is_cut_into_full_frames(laptop):
    one = laptop()
    one.register(roster(5_000), bulk=True)
    frames = [raw for raw in _seal(one) if read_header(raw).audience == "village"]
    sizes = [len(raw) for raw in frames]
    assert max(sizes) <= MAX_FRAME_BYTES + 512
    assert min(sizes[:-1]) > MAX_FRAME_BYTES * 8 // 10
    public = one.store.replica.public_key
    assert sum(len(open_frame(raw, public).entries) for raw in frames) == 5_000


def test_a_wide_frame_builds_on_the_narrow_one_and_never_the_other_way(laptop):
    one = laptop()
    (person,) = one.register(roster(1))
    with unit(one.store, one.officer, "episode.open") as work:
        work.widen(work.get(Person, person), Audience.DISTRICT)
    one.register(roster(1, seed=2))
    headers = {read_header(raw).audience: read_header(raw) for raw in _seal(one)}
    replica = one.store.replica
    assert headers["village"].deps == ()
    assert headers["district"].deps == ((replica.device, replica.epoch, "village", 2),)


def test_a_new_epoch_begins_a_new_chain(laptop):
    from dataclasses import replace

    one = laptop()
    one.register(roster(1))
    _seal(one)
    one.store.replica = replace(one.store.replica, epoch=b"ulang-01")
    one.register(roster(1, seed=2))
    last = read_header(_seal(one)[-1])
    assert (last.epoch, last.first, last.prev) == (b"ulang-01", 1, NO_FRAME)
