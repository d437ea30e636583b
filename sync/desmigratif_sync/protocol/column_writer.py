"""Entries to the raw body of a frame, column by column.

    raw = u32 length of JSON | JSON | u32 number of ids | ids in 16 byte planes | section
    JSON = [authors, entries, creates, edits, carries]

Ids stand once in a table in the order of their first use; a row refers to one by 0 =
the next id of the table, k = the k-th last one of those already used. Dots name their
author by a table of the frame ([] = the frame's own) and their number by the step from
the dot before. What the header says (device, epoch, audience, first) is not repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from desmigratif_sync.protocol.entries import Carry, Create, Dot, Edit, Entry, Value
from desmigratif_sync.protocol.packing import Cell, CodecError, Packer, dump

ID_BYTES = 16
WORD = 4
SPARSE = 4
"""Rows of a kind share columns unless that would make more than so many cells a field."""
INT_MIN, INT_MAX = -(2**63), 2**63 - 1

Operation = TypeVar("Operation", Edit, Carry)
BlockKey = tuple[str, tuple[str, ...]]


def encode_entries(entries: Sequence[Entry]) -> bytes:
    """Write entries that follow each other in one stream of one device.

    Raises:
        CodecError: a value cannot travel (float, truth value, nested group, lone
            surrogate, a number beyond 64 bits, an id that has not 16 bytes).
    """
    writer = _Writer()
    tree = [
        writer.entries(entries),
        writer.creates([one for entry in entries for one in entry.creates]),
        writer.edits([one for entry in entries for one in entry.edits]),
        writer.carries([one for entry in entries for one in entry.carries]),
    ]
    own = entries[0].dot[:3]
    authors = [[] if one == own else [one[0].hex(), one[1].hex(), one[2]] for one in writer.authors]
    try:
        text = dump([authors, *tree]).encode()
    except UnicodeEncodeError as broken:
        raise CodecError("text holds a lone surrogate") from broken
    ids = b"".join(writer.ids)
    planes = b"".join(ids[place::ID_BYTES] for place in range(ID_BYTES))
    counts = len(text).to_bytes(WORD), len(writer.ids).to_bytes(WORD)
    return b"".join((counts[0], text, counts[1], planes, writer.packer.section))


class _Writer:
    """The tables of one frame while it is written."""

    def __init__(self) -> None:
        self.packer = Packer()
        self.ids: dict[bytes, int] = {}
        self.authors: dict[tuple[bytes, bytes, str], int] = {}

    def ref(self, identity: bytes) -> int:
        place = self.ids.get(identity)
        if place is not None:
            return len(self.ids) - place
        if type(identity) is not bytes or len(identity) != ID_BYTES:
            raise CodecError("an id has 16 bytes")
        self.ids[identity] = len(self.ids)
        return 0

    def refs(self, identities: Iterable[bytes | None]) -> Cell:
        return self.packer.pack([None if one is None else self.ref(one) for one in identities])

    def cell(self, value: Value, *, inside: bool = False) -> Cell:
        if type(value) is str:
            return value
        if value is None:
            return []
        if type(value) is int and INT_MIN <= value <= INT_MAX:
            return value
        if type(value) is bytes:
            return [self.ref(value)] if len(value) == ID_BYTES else [value.hex()]
        if isinstance(value, Mapping) and not inside and all(type(name) is str for name in value):
            return {name: self.cell(one, inside=True) for name, one in value.items()}
        raise CodecError(f"a value that cannot travel: {type(value).__name__}")

    def values(self, values: Iterable[Value]) -> Cell:
        return self.packer.pack([self.cell(one) for one in values])

    def dots(self, dots: Sequence[Dot]) -> list[Cell]:
        if not all(0 < one.seq <= INT_MAX for one in dots):
            raise CodecError("a dot counts from 1")
        told = [self.authors.setdefault(one[:3], len(self.authors)) for one in dots]
        return [self.packer.pack(told), self.packer.pack(_steps(one.seq for one in dots))]

    def entries(self, entries: Sequence[Entry]) -> Cell:
        pack = self.packer.pack
        hlcs = [one.hlc for one in entries]
        if not all(type(one) is int and 0 <= one <= INT_MAX for one in hlcs):
            raise CodecError("a clock counts from 0")
        texts = ([one.action for one in entries], [one.reason for one in entries])
        if not all(one is None or type(one) is str for column in texts for one in column):
            raise CodecError("action and reason are text")
        return [
            self.refs(one.act for one in entries),
            hlcs[0],
            pack(_steps(hlcs)[1:]),
            self.refs(one.officer for one in entries),
            pack(texts[0]),
            pack(texts[1]),
            self.refs(one.undoes for one in entries),
            pack([len(one.creates) for one in entries]),
            pack([len(one.edits) for one in entries]),
            pack([len(one.carries) for one in entries]),
        ]

    def creates(self, creates: Sequence[Create]) -> Cell:
        blocks: dict[BlockKey, list[Create]] = {}
        keys = _block_keys(creates)
        for one, key in zip(creates, keys, strict=True):
            blocks.setdefault(key, []).append(one)
        places = {key: place for place, key in enumerate(blocks)}
        told = self.packer.pack([places[key] for key in keys])
        return [told, [self._block(key, rows) for key, rows in blocks.items()]]

    def _block(self, key: BlockKey, rows: list[Create]) -> Cell:
        kind, fields = key
        records = self.refs(one.record for one in rows)
        columns = [
            self.packer.pack(
                [self.cell(one.fields[name]) if name in one.fields else None for one in rows]
            )
            for name in fields
        ]
        return [kind, records, list(fields), columns]

    def edits(self, edits: Sequence[Edit]) -> Cell:
        places, groups = _grouped(edits)
        told = self.packer.pack(places)
        blocks = []
        for (kind, name), rows in groups.items():
            records = self.refs(one.record for one in rows)
            counts = self.packer.pack([len(one.base) for one in rows])
            bases = self.dots([dot for one in rows for dot in one.base])
            values = self.values(one.value for one in rows)
            blocks.append([kind, name, records, counts, *bases, values])
        return [told, blocks]

    def carries(self, carries: Sequence[Carry]) -> Cell:
        places, groups = _grouped(carries)
        told = self.packer.pack(places)
        blocks = []
        for (kind, name), rows in groups.items():
            if not all(type(one.hlc) is int and 0 <= one.hlc <= INT_MAX for one in rows):
                raise CodecError("a clock counts from 0")
            records = self.refs(one.record for one in rows)
            dots = self.dots([one.dot for one in rows])
            clocks = self.packer.pack(_steps(one.hlc for one in rows))
            values = self.values(one.value for one in rows)
            blocks.append([kind, name, records, *dots, clocks, values])
        return [told, blocks]


def _steps(numbers: Iterable[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *numbers])]


def _names_by_kind(creates: Sequence[Create]) -> dict[str, tuple[str, ...] | None]:
    """The columns that the rows of a kind share; None where each shape stands alone."""
    seen: dict[str, dict[str, None]] = {}
    rows: dict[str, int] = {}
    filled: dict[str, int] = {}
    for one in creates:
        if not all(type(name) is str for name in (one.kind, *one.fields)):
            raise CodecError("kinds and fields have names")
        seen.setdefault(one.kind, {}).update(dict.fromkeys(one.fields))
        rows[one.kind] = rows.get(one.kind, 0) + 1
        filled[one.kind] = filled.get(one.kind, 0) + len(one.fields)
    return {
        kind: tuple(names) if len(names) * rows[kind] <= SPARSE * filled[kind] else None
        for kind, names in seen.items()
    }


def _block_keys(creates: Sequence[Create]) -> list[BlockKey]:
    names = _names_by_kind(creates)
    made: list[BlockKey] = []
    for one in creates:
        shared = names[one.kind]
        made.append((one.kind, tuple(one.fields) if shared is None else shared))
    return made


def _grouped(
    rows: Sequence[Operation],
) -> tuple[list[int], dict[tuple[str, str], list[Operation]]]:
    """Rows by kind and field in the order of first use, and each row's group."""
    groups: dict[tuple[str, str], list[Operation]] = {}
    for one in rows:
        if type(one.kind) is not str or type(one.field) is not str:
            raise CodecError("kinds and fields have names")
        groups.setdefault((one.kind, one.field), []).append(one)
    places = {key: place for place, key in enumerate(groups)}
    return [places[one.kind, one.field] for one in rows], groups
