"""How an entry's operations lie in the local log: CBOR, with this store's small dots.

The wire has its own form (sealed frames); this one also holds the old value of each
edit, so a record's history needs no second table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cbor2

from desmigratif_desktop.records.versions import Authors, LocalDot
from desmigratif_sync.protocol.entries import Carry, Create, Edit, Entry, Value

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Body:
    """The operations of one entry, locally.

    Attributes:
        creates: (kind, record, fields).
        edits: (kind, record, register, base dots, value, old value).
        carries: (kind, record, register, dot, hlc, value).
    """

    creates: list[tuple[str, bytes, dict[str, Value]]] = field(default_factory=list)
    edits: list[tuple[str, bytes, str, tuple[LocalDot, ...], Value, Value]] = field(
        default_factory=list
    )
    carries: list[tuple[str, bytes, str, LocalDot, int, Value]] = field(default_factory=list)

    @property
    def operations(self) -> int:
        """Number of field operations."""
        made = sum(1 + len(fields) for _, _, fields in self.creates)
        return made + len(self.edits) + len(self.carries)

    @property
    def records(self) -> set[bytes]:
        """Ids of the records touched."""
        made = {one[1] for one in self.creates}
        return made | {one[1] for one in self.edits} | {one[1] for one in self.carries}

    def dump(self) -> bytes:
        """Encode for the `entry` table."""
        return cbor2.dumps(
            [
                [list(one) for one in self.creates],
                [[k, r, f, [list(d) for d in base], v, o] for k, r, f, base, v, o in self.edits],
                [[k, r, f, list(d), h, v] for k, r, f, d, h, v in self.carries],
            ]
        )

    @classmethod
    def load(cls, raw: bytes) -> Body:
        """Decode what `dump` wrote."""
        creates, edits, carries = cbor2.loads(raw)
        return cls(
            [(k, r, f) for k, r, f in creates],
            [(k, r, f, tuple(LocalDot(*d) for d in base), v, o) for k, r, f, base, v, o in edits],
            [(k, r, f, LocalDot(*d), h, v) for k, r, f, d, h, v in carries],
        )

    def wide(self, authors: Authors, row: Mapping[str, Any]) -> Entry:
        """Spell an entry out for sealing.

        Args:
            authors: this store's authors.
            row: the columns of the `entry` row.
        """
        dot = authors.wide(LocalDot(row["author"], row["audience"], row["seq"]))
        return Entry(
            dot,
            row["act"],
            row["hlc"],
            row["officer"],
            row["action"],
            row["reason"],
            row["undoes"],
            tuple(Create(*one) for one in self.creates),
            tuple(
                Edit(k, r, f, tuple(authors.wide(d) for d in base), v)
                for k, r, f, base, v, _ in self.edits
            ),
            tuple(Carry(k, r, f, authors.wide(d), h, v) for k, r, f, d, h, v in self.carries),
        )
