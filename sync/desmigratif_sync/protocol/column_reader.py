"""The raw body of a frame back to entries; the mirror of `column_writer`.

Whatever a hostile body says, reading it takes bounded memory and ends either in
entries or in a `CodecError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, islice, repeat
from typing import TYPE_CHECKING, TypeVar

from desmigratif_sync.protocol.column_writer import ID_BYTES, INT_MAX, INT_MIN, WORD
from desmigratif_sync.protocol.entries import Carry, Create, Dot, Edit, Entry, Scalar, Value
from desmigratif_sync.protocol.limits import (
    MAX_FRAME_CELLS,
    MAX_FRAME_ENTRIES,
    MAX_FRAME_OPERATIONS,
)
from desmigratif_sync.protocol.packing import Cell, CodecError, Unpacker, parse, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ENTRY_COLUMNS = 10
DEVICE_BYTES = 8

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a frame's entries stand: the part of their dots that its header tells."""

    device: bytes
    epoch: bytes
    audience: str
    first: int
    count: int


def decode_entries(raw: bytes, place: Place) -> tuple[Entry, ...]:
    """Read the entries of one body.

    Raises:
        CodecError: the body is not what `encode_entries` writes.
    """
    if not 0 < place.count <= MAX_FRAME_ENTRIES:
        raise CodecError("a frame holds at least one entry, and not so many")
    try:
        return _read(raw, place)
    except CodecError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, StopIteration) as broken:
        raise CodecError("the body is not well formed") from broken


def _read(raw: bytes, place: Place) -> tuple[Entry, ...]:
    text, rest = _cut(raw)
    number = int.from_bytes(rest[:WORD])
    planes, section = rest[WORD:][: number * ID_BYTES], rest[WORD + number * ID_BYTES :]
    if len(rest) < WORD or len(planes) != number * ID_BYTES:
        raise CodecError("the table of ids is cut")
    reader = _Reader([planes[row::number] for row in range(number)], section)
    authors, entries, creates, edits, carries = parse(text)
    reader.authors = [_author(one, place) for one in authors]
    columns = reader.entry_columns(entries, place.count)
    counts = [whole(column) for column in columns[-3:]]
    totals = [sum(column) for column in counts]
    if min(map(min, counts)) < 0 or sum(totals) > MAX_FRAME_OPERATIONS:
        raise CodecError("impossible numbers of operations")
    made = reader.creates(creates, totals[0])
    edited = reader.edits(edits, totals[1])
    carried = reader.carries(carries, totals[2])
    reader.finish()
    head = zip(*columns[:-3], strict=True)
    rows = zip(
        _sliced(made, counts[0]),
        _sliced(edited, counts[1]),
        _sliced(carried, counts[2]),
        strict=True,
    )
    found = []
    for number, (facts, operations) in enumerate(zip(head, rows, strict=True)):
        act, hlc, officer, action, reason, undoes = facts
        dot = Dot(place.device, place.epoch, place.audience, place.first + number)
        found.append(Entry(dot, act, hlc, officer, action, reason, undoes, *operations))
    return tuple(found)


def _cut(raw: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(raw[:WORD])
    text = raw[WORD : WORD + length]
    if len(raw) < WORD or len(text) != length:
        raise CodecError("the columns are cut")
    return text, raw[WORD + length :]


def _author(told: Cell, place: Place) -> tuple[bytes, bytes, str]:
    if told == []:
        return place.device, place.epoch, place.audience
    device, epoch, audience = told
    author = bytes.fromhex(device), bytes.fromhex(epoch), _text(audience)
    if len(author[0]) != DEVICE_BYTES or len(author[1]) != DEVICE_BYTES:
        raise CodecError("a device and its epoch have 8 bytes")
    return author


def _text(cell: Cell) -> str:
    if type(cell) is not str:
        raise CodecError("not text")
    return cell


def _sliced(rows: Sequence[Row], counts: Iterable[int]) -> Iterator[tuple[Row, ...]]:
    left = iter(rows)
    return (tuple(islice(left, one)) for one in counts)


class _Reader:
    """The tables of one frame while it is read."""

    def __init__(self, ids: list[bytes], section: bytes) -> None:
        self._ids = ids
        self._used = 0
        self._columns = Unpacker(section, MAX_FRAME_CELLS)
        self.authors: list[tuple[bytes, bytes, str]] = []

    def finish(self) -> None:
        if self._used != len(self._ids):
            raise CodecError("ids that no row names")
        self._columns.finish()

    def ref(self, back: Cell) -> bytes:
        if type(back) is not int or not 0 <= back <= self._used:
            raise CodecError("an id that is not in the table")
        if back == 0:
            self._used += 1
            return self._ids[self._used - 1]
        return self._ids[self._used - back]

    def refs(self, column: Cell, rows: int) -> list[bytes]:
        return [self.ref(one) for one in self._columns.unpack(column, rows)]

    def refs_or_none(self, column: Cell, rows: int) -> list[bytes | None]:
        cells = self._columns.unpack(column, rows)
        return [None if one is None else self.ref(one) for one in cells]

    def scalar(self, cell: Cell) -> Scalar:
        if type(cell) is str:
            return cell
        if type(cell) is int and INT_MIN <= cell <= INT_MAX:
            return cell
        if type(cell) is list and not cell:
            return None
        if type(cell) is list and len(cell) == 1:
            return bytes.fromhex(cell[0]) if type(cell[0]) is str else self.ref(cell[0])
        raise CodecError("not a value")

    def value(self, cell: Cell) -> Value:
        if type(cell) is dict:
            return {_text(name): self.scalar(one) for name, one in cell.items()}
        return self.scalar(cell)

    def values(self, column: Cell, rows: int) -> list[Value]:
        return [self.value(one) for one in self._columns.unpack(column, rows)]

    def numbers(self, column: Cell, rows: int) -> list[int]:
        return whole(self._columns.unpack(column, rows))

    def steps(self, column: Cell, rows: int, *, start: int = 0, least: int = 0) -> list[int]:
        made = list(islice(accumulate(self.numbers(column, rows), initial=start), 1, None))
        if made and not least <= min(made) <= max(made) <= INT_MAX:
            raise CodecError("a number out of its range")
        return made

    def dots(self, authors: Cell, steps: Cell, rows: int) -> Iterator[Dot]:
        told = self.numbers(authors, rows)
        if told and not 0 <= min(told) <= max(told) < len(self.authors):
            raise CodecError("an author that is not in the table")
        seqs = self.steps(steps, rows, least=1)
        return (Dot(*self.authors[one], seq) for one, seq in zip(told, seqs, strict=True))

    def entry_columns(self, told: Cell, rows: int) -> list[list[Cell]]:
        acts, clock, clocks, officers, actions, reasons, undoes, *counts = told
        if len(told) != ENTRY_COLUMNS or type(clock) is not int or not 0 <= clock <= INT_MAX:
            raise CodecError("not the columns of entries")
        unpack = self._columns.unpack
        return [
            list(self.refs(acts, rows)),
            [clock, *self.steps(clocks, rows - 1, start=clock)],
            list(self.refs_or_none(officers, rows)),
            [_text(one) for one in unpack(actions, rows)],
            [None if one is None else _text(one) for one in unpack(reasons, rows)],
            list(self.refs_or_none(undoes, rows)),
            *(unpack(column, rows) for column in counts),
        ]

    def _blocks(self, told: Cell, rows: int) -> tuple[list[int], list[tuple[Cell, int]]]:
        """Which block each row belongs to, and each block with its number of rows."""
        column, blocks = told
        places = self.numbers(column, rows)
        sizes = [0] * len(blocks)
        for one in places:
            if one < 0:
                raise CodecError("a block that is not there")
            sizes[one] += 1
        if (rows == 0 and blocks) or not all(sizes):
            raise CodecError("a block without rows")
        return places, list(zip(blocks, sizes, strict=True))

    def creates(self, told: Cell, rows: int) -> list[Create]:
        places, blocks = self._blocks(told, rows)
        made = []
        for (kind, records, names, columns), size in blocks:
            ids = self.refs(records, size)
            fields: list[dict[str, Value]] = [{} for _ in range(size)]
            for name, column in zip(names, columns, strict=True):
                _text(name)
                for row, one in zip(fields, self._columns.unpack(column, size), strict=True):
                    if type(one) is str:
                        row[name] = one
                    elif one is not None:
                        row[name] = self.value(one)
            made.append(map(Create, repeat(_text(kind)), ids, fields))
        return [next(made[place]) for place in places]

    def edits(self, told: Cell, rows: int) -> list[Edit]:
        places, blocks = self._blocks(told, rows)
        made = []
        for (kind, name, records, counts, authors, steps, values), size in blocks:
            ids = self.refs(records, size)
            sizes = self.numbers(counts, size)
            if min(sizes) < 0:
                raise CodecError("impossible numbers of dots")
            dots = self.dots(authors, steps, sum(sizes))
            bases = [tuple(islice(dots, one)) for one in sizes]
            worths = self.values(values, size)
            found = map(Edit, repeat(_text(kind)), ids, repeat(_text(name)), bases, worths)
            made.append(found)
        return [next(made[place]) for place in places]

    def carries(self, told: Cell, rows: int) -> list[Carry]:
        places, blocks = self._blocks(told, rows)
        made = []
        for (kind, name, records, authors, steps, clocks, values), size in blocks:
            ids = self.refs(records, size)
            dots = self.dots(authors, steps, size)
            hlcs = self.steps(clocks, size)
            worths = self.values(values, size)
            found = map(Carry, repeat(_text(kind)), ids, repeat(_text(name)), dots, hlcs, worths)
            made.append(found)
        return [next(made[place]) for place in places]
