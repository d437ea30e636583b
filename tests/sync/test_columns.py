"""Entries survive the columns exactly, and no hostile body does harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_sync.protocol.column_reader import Place, decode_entries
from desmigratif_sync.protocol.column_writer import encode_entries
from desmigratif_sync.protocol.entries import Carry, Create, Dot, Edit, Entry
from desmigratif_sync.protocol.packing import CodecError, dump

DEVICE, EPOCH = b"device-1", b"epoch--1"
EIGHT = st.binary(min_size=8, max_size=8)
IDS = st.one_of(
    st.sampled_from([bytes([one]) * 16 for one in range(5)]), st.binary(min_size=16, max_size=16)
)
TEXTS = st.one_of(
    st.sampled_from(["", "0123", "a\nb", "\x00", "nik", "x\x00y", "2020-01-02", "\\ud800"]),
    st.text(max_size=12),
)
INTS = st.one_of(st.integers(-(2**63), 2**63 - 1), st.integers(2**53, 2**53 + 3))
SCALARS = st.one_of(st.none(), INTS, TEXTS, IDS, st.binary(max_size=20))
VALUES = st.one_of(SCALARS, st.dictionaries(TEXTS, SCALARS, max_size=3))
NAMES = st.one_of(st.sampled_from(["person", "nik", "name", "residence"]), st.text(max_size=5))
CLOCKS = st.integers(0, 2**63 - 1)
DOTS = st.builds(
    Dot,
    st.sampled_from([b"1" * 8, b"2" * 8]),
    EIGHT,
    st.sampled_from(["village", "district", "a newer audience"]),
    st.integers(1, 2**63 - 1),
)
CREATES = st.builds(Create, NAMES, IDS, st.dictionaries(NAMES, VALUES, max_size=6))
EDITS = st.builds(Edit, NAMES, IDS, NAMES, st.lists(DOTS, max_size=3).map(tuple), VALUES)
CARRIES = st.builds(Carry, NAMES, IDS, NAMES, DOTS, CLOCKS, VALUES)


def _few(rows):
    return st.lists(rows, max_size=6).map(tuple)


ROWS = st.tuples(
    IDS,
    CLOCKS,
    st.none() | IDS,
    TEXTS,
    st.none() | TEXTS,
    st.none() | IDS,
    _few(CREATES),
    _few(EDITS),
    _few(CARRIES),
)


def _entries(rows) -> tuple[Entry, ...]:
    return tuple(
        Entry(Dot(DEVICE, EPOCH, "village", 7 + place), *row) for place, row in enumerate(rows)
    )


def _back(raw: bytes, count: int) -> tuple[Entry, ...]:
    return decode_entries(raw, Place(DEVICE, EPOCH, "village", 7, count))


@given(st.lists(ROWS, min_size=1, max_size=8))
def test_what_is_written_is_read_exactly(rows) -> None:
    entries = _entries(rows)
    back = _back(encode_entries(entries), len(entries))
    assert back == entries
    for one, two in zip(back, entries, strict=True):
        for made, meant in zip(one.creates, two.creates, strict=True):
            types = [type(value) for value in made.fields.values()]
            assert sorted(map(str, types)) == sorted(str(type(v)) for v in meant.fields.values())


def test_absent_and_empty_and_none_are_three_things() -> None:
    creates = tuple(
        Create("person", bytes([number]) * 16, fields)
        for number, fields in enumerate(
            [{"phone": ""}, {"phone": None}, {}, {"phone": {}}, {"phone": b""}, {"phone": 0}]
        )
    )
    (entry,) = _entries([(b"a" * 16, 1, None, "x", None, None, creates, (), ())])
    assert _back(encode_entries([entry]), 1) == (entry,)


def test_many_shapes_of_one_kind_do_not_fill_the_frame_with_absent_cells() -> None:
    creates = tuple(
        Create("anything", number.to_bytes(16), {f"field_{number}": number})
        for number in range(900)
    )
    (entry,) = _entries([(b"a" * 16, 1, None, "x", None, None, creates, (), ())])
    assert _back(encode_entries([entry]), 1) == (entry,)


@pytest.mark.parametrize(
    "value",
    [1.5, True, 2**63, -(2**63) - 1, {"a": {"b": 1}}, {1: "a"}, [1], bytearray(b"x"), "\ud800"],
)
def test_what_cannot_travel_is_refused_before_it_is_sealed(value) -> None:
    create = Create("person", b"r" * 16, {"name": value})
    (entry,) = _entries([(b"a" * 16, 1, None, "x", None, None, (create,), (), ())])
    with pytest.raises(CodecError):
        encode_entries([entry])


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_codec_error(raw: bytes) -> None:
    with pytest.raises(CodecError):
        _back(raw, 1)


def _body(text: str | bytes, ids: bytes = b"", section: bytes = b"") -> bytes:
    told = text.encode() if isinstance(text, str) else text
    return len(told).to_bytes(4) + told + (len(ids) // 16).to_bytes(4) + ids + section


DEEP = "[" * 1000 + "]" * 1000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(DEEP, id="depth"),
        pytest.param("[" * 200_000, id="depth, never closed"),
        pytest.param('[[],{"a":1,"a":2}]', id="key twice"),
        pytest.param("[NaN]", id="NaN"),
        pytest.param("[1e400]", id="1e400"),
        pytest.param("[" + "9" * 5000 + "]", id="5000 digits"),
        pytest.param('["\\ud800"]', id="lone surrogate"),
        pytest.param(b'["\xff\xfe"]', id="not UTF-8"),
        pytest.param("{" + ",".join(f'"{n}":0' for n in range(100_000)) + "}", id="keys"),
        pytest.param("null", id="null"),
    ],
)
def test_S13_hostile_json_is_refused_quickly(text: str | bytes) -> None:
    started = time.process_time()
    with pytest.raises(CodecError):
        _back(_body(text), 1)
    assert time.process_time() - started < 1


def test_a_column_cannot_claim_more_rows_than_the_frame_may_have() -> None:
    k = [{"k": 1_000_000}]
    told = [[], [{"k": 0}, 1, {"k": 0}, {"k": None}, {"k": "x"}, {"k": None}, {"k": None}, *k * 3]]
    body = _body(dump([*told, [[], []], [[], []], [[], []]]), b"\0" * 16)
    with pytest.raises(CodecError):
        _back(body, 4)


def test_every_flipped_byte_is_refused_or_read_but_never_crashes(person) -> None:
    raw = encode_entries([person(number) for number in range(1, 8)])
    for at in range(len(raw)):
        spoiled = raw[:at] + bytes([raw[at] ^ 0x41]) + raw[at + 1 :]
        try:
            decode_entries(spoiled, Place(DEVICE, EPOCH, "village", 1, 7))
        except CodecError:
            continue


def test_left_over_bytes_are_refused(person) -> None:
    raw = encode_entries([person(1)])
    with pytest.raises(CodecError):
        decode_entries(raw + b"x", Place(DEVICE, EPOCH, "village", 1, 1))
