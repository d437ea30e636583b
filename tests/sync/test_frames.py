"""Sealed once, verified everywhere: cutting, chaining, tampering, bombs, weight."""

from __future__ import annotations

import dataclasses
import random

import pytest
import zstandard

from desmigratif_sync.protocol import frames
from desmigratif_sync.protocol.cutting import EntryTooLargeError, entry_size
from desmigratif_sync.protocol.entries import MAX_FRAME_BYTES, Create, Dot
from desmigratif_sync.protocol.frames import (
    NO_FRAME,
    FrameError,
    FrameResult,
    check_chain,
    frame_hash,
    open_frame,
    read_header,
    seal,
    verify_frame,
)
from desmigratif_sync.protocol.keys import digest
from desmigratif_sync.protocol.limits import MAX_RAW_BYTES
from desmigratif_sync.protocol.packing import CodecError
from desmigratif_sync.protocol.words import PLAIN, WORDS, WORDS_1, compress

VILLAGE = "3212162004"


def test_thousands_of_entries_come_back_from_chained_frames(persons, key) -> None:
    sealed = seal(persons, key=key, village=VILLAGE)
    assert len(sealed) >= 2
    back, last, prev = [], 0, NO_FRAME
    for raw in sealed:
        frame = open_frame(raw, key.public)
        check_chain(frame.header, last, prev)
        back += frame.entries
        last, prev = frame.header.last, frame.hash
    assert back == persons


def test_frames_are_full_but_never_beyond_64_kib(persons, key) -> None:
    sizes = [len(raw) for raw in seal(persons, key=key, village=VILLAGE)]
    assert max(sizes) < MAX_FRAME_BYTES + 400
    assert min(sizes[:-1]) > MAX_FRAME_BYTES * 9 // 10


def test_sealing_again_gives_the_same_bytes(persons, key) -> None:
    assert seal(persons[:50], key=key, village=VILLAGE) == seal(
        persons[:50], key=key, village=VILLAGE
    )


def test_the_header_tells_what_was_sealed(persons, key, other) -> None:
    deps = (Dot(other.device, b"other-ep", "district", 12),)
    (raw,) = seal(
        persons[4:9], key=key, village="0100000007", practice=True, deps=deps, schema=3,
        prev=b"p" * 32,
    )  # fmt: skip
    header = read_header(raw)
    assert (header.village, header.practice, header.audience) == ("0100000007", True, "village")
    assert (header.first, header.last, header.count) == (5, 9, 5)
    assert (header.deps, header.schema, header.prev) == (deps, 3, b"p" * 32)
    assert header.key_id == 0


def test_one_person_alone_and_bulk_weigh_what_was_promised(persons, key) -> None:
    (alone,) = seal(persons[:1], key=key, village=VILLAGE)
    assert len(alone) < 500
    bulk = sum(map(len, seal(persons, key=key, village=VILLAGE)))
    assert bulk / len(persons) < 75


def test_entries_that_do_not_follow_each_other_are_not_sealed(persons, key, other) -> None:
    for wrong in ([persons[0], persons[2]], [persons[1], persons[0]], [persons[0]] * 2):
        with pytest.raises(CodecError):
            seal(wrong, key=key, village=VILLAGE)
    with pytest.raises(CodecError):
        seal(persons[:2], key=other, village=VILLAGE)


def test_an_entry_beyond_its_bounds_is_refused(person, key) -> None:
    one = person(1)
    fat = dataclasses.replace(
        one, creates=(Create("person", b"r" * 16, {"note": "x" * 300 * 1024}),)
    )
    assert entry_size(fat) > 256 * 1024
    many = dataclasses.replace(
        one, creates=tuple(Create("p", n.to_bytes(16), {"a": 1}) for n in range(1001))
    )
    for wrong in (fat, many):
        with pytest.raises(EntryTooLargeError):
            seal([wrong], key=key, village=VILLAGE)


def test_one_entry_that_hardly_compresses_is_a_frame_of_its_own(person, key) -> None:
    noise = random.Random(1).randbytes(100_000).hex()
    fat = dataclasses.replace(person(2), creates=(Create("person", b"r" * 16, {"note": noise}),))
    sealed = seal([person(1), fat, person(3)], key=key, village=VILLAGE)
    assert [read_header(raw).count for raw in sealed] == [1, 1, 1]
    assert open_frame(sealed[1], key.public).entries == (fat,)


def test_every_changed_byte_is_found(persons, key) -> None:
    (raw,) = seal(persons[:3], key=key, village=VILLAGE)
    for at in range(len(raw)):
        spoiled = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(FrameError):
            verify_frame(spoiled, key.public)
    for cut in range(0, len(raw), 7):
        with pytest.raises(FrameError):
            verify_frame(raw[:cut], key.public)
    with pytest.raises(FrameError):
        verify_frame(raw + b"\0", key.public)


def test_another_device_cannot_claim_a_frame(persons, key, other) -> None:
    (raw,) = seal(persons[:1], key=key, village=VILLAGE)
    with pytest.raises(FrameError) as refused:
        open_frame(raw, other.public)
    assert refused.value.result == FrameResult.BAD_SIGNATURE


def test_a_gap_and_another_history_are_told_apart(persons, key) -> None:
    first, second = (
        seal(persons[a:b], key=key, village=VILLAGE, prev=prev)[0]
        for a, b, prev in ((0, 2, NO_FRAME), (2, 4, b"x" * 32))
    )
    for header, last, prev, result in (
        (read_header(second), 0, NO_FRAME, FrameResult.BAD_CHAIN),
        (read_header(second), 2, frame_hash(first), FrameResult.FORK),
        (read_header(first), 2, frame_hash(first), FrameResult.FORK),
        (read_header(second), 3, frame_hash(first), FrameResult.FORK),
    ):
        with pytest.raises(FrameError) as refused:
            check_chain(header, last, prev)
        assert refused.value.result == result


def _with_body(key, body: bytes, raw_len: int, codec: int = PLAIN) -> bytes:
    header = frames.FrameHeader(
        False, VILLAGE, "village", key.device, b"epoch--1", 1, 1, (), NO_FRAME, 0, 1, codec,
        raw_len, digest(body),
    )  # fmt: skip
    return frames._signed(header, key, body)


@pytest.mark.parametrize("size", [256 * 1024 * 1024, MAX_RAW_BYTES])
def test_S12_a_bomb_is_refused_without_being_unpacked(key, size: int) -> None:
    bomb = zstandard.ZstdCompressor(level=3).compress(bytes(size))
    for told in (100, MAX_RAW_BYTES):
        with pytest.raises(FrameError):
            open_frame(_with_body(key, bomb, told), key.public)


def test_a_body_of_another_length_or_with_a_tail_is_refused(key) -> None:
    body = compress(b"[]" * 50, PLAIN, 3)
    unsized = zstandard.ZstdCompressor(write_content_size=False).compress(b"[]" * 50)
    for raw in (
        _with_body(key, body, 99),
        _with_body(key, body + b"tail", 100),
        _with_body(key, unsized, 100),
        _with_body(key, b"no zstd at all", 100),
        _with_body(key, body, 100, codec=9),
    ):
        with pytest.raises(FrameError) as refused:
            open_frame(raw, key.public)
        assert refused.value.result == FrameResult.MALFORMED


def test_the_dictionary_of_words_is_frozen() -> None:
    """Frames sealed with it must be readable in ten years: never edit it, add a codec."""
    assert digest(WORDS.encode()).hex() == FROZEN
    raw = b'["name","nik","birth_date"]'
    assert len(compress(raw, WORDS_1, 19)) < len(compress(raw, PLAIN, 19))


FROZEN = "6bd18eb036c23ac0a1d82c8b510be2b5bf719ed81e91c912a938b9eccb043943"


def test_a_header_has_one_spelling(persons, key) -> None:
    (raw,) = seal(persons[:1], key=key, village=VILLAGE)
    length = int.from_bytes(raw[4:6])
    told = raw[6 : 6 + length]
    assert read_header(raw).pack() == told
    longer = told[:1] + b"\x18\x00" + told[2:]
    spelled = raw[:4] + len(longer).to_bytes(2) + longer + raw[6 + length :]
    with pytest.raises(FrameError):
        read_header(spelled)
