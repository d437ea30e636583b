"""The vocabulary of the change log, as laptops and the district exchange it.

An *entry* is one act of one officer in one stream: rows made, fields edited,
fields carried into a wider audience. Nothing here knows a table or a database.

Source: sync design, decisions 1 (change log), 3 (dots) and 7 (audience).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

Scalar = None | int | str | bytes
"""What one column can hold. Money is whole rupiah; dates are text; ids are 16 bytes."""

Value = Scalar | Mapping[str, Scalar]
"""A register's value: a scalar, or for a field group its members by name."""


class Audience(StrEnum):
    """Who may read a record. An audience can only widen, in this order of reach."""

    VILLAGE = "village"
    DISTRICT = "district"
    CASE = "case"


class Dot(NamedTuple):
    """The identity of one entry, and so of every value that it wrote.

    Attributes:
        device: 8 bytes, BLAKE2b of the device's public key.
        epoch: 8 random bytes made at init, restore and recover.
        audience: the stream inside the village, one of `Audience`.
        seq: 1, 2, 3 … without gaps per (device, epoch, audience).
    """

    device: bytes
    epoch: bytes
    audience: str
    seq: int


class Create(NamedTuple):
    """A new row: its fields that are not empty. An absent field was never written."""

    kind: str
    record: bytes
    fields: dict[str, Value]


class Edit(NamedTuple):
    """A register written: the values with the dots in `base` are superseded by `value`."""

    kind: str
    record: bytes
    field: str
    base: tuple[Dot, ...]
    value: Value


class Carry(NamedTuple):
    """A live register of a record whose audience widens: it keeps its own dot and clock."""

    kind: str
    record: bytes
    field: str
    dot: Dot
    hlc: int
    value: Value


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in one stream, as its device sealed it.

    Attributes:
        dot: who wrote it, where it stands in that device's stream.
        act: 16 bytes, common to all entries of one act.
        hlc: hybrid logical clock, milliseconds since 1970 << 16 | counter. For display and
            for choosing which sibling is shown; it decides nothing else.
        officer: 16 bytes, the officer as the laptop knew them; None for the program itself.
        action: what was done, as a code ("person.register").
        reason: the officer's reason, where one was asked.
        undoes: the act that this act takes back.
    """

    dot: Dot
    act: bytes
    hlc: int
    officer: bytes | None
    action: str
    reason: str | None = None
    undoes: bytes | None = None
    creates: tuple[Create, ...] = field(default=())
    edits: tuple[Edit, ...] = field(default=())
    carries: tuple[Carry, ...] = field(default=())

    @property
    def operations(self) -> int:
        """Number of field operations; at most 2,000 in one entry."""
        made = sum(1 + len(one.fields) for one in self.creates)
        return made + len(self.edits) + len(self.carries)


MAX_OPERATIONS = 2_000
MAX_ENTRY_BYTES = 256 * 1024
"""One entry, raw; a larger one is refused when it is saved."""
MAX_FRAME_BYTES = 64 * 1024
"""One frame's compressed body; a frame holds whole entries and at least one."""
