"""The register rule once more, from what people saw; it knows neither tables nor the log.

An operation is a value that somebody typed while seeing certain others. A laptop shows,
of the operations that have reached it, those that none of the reached ones had seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Cell = tuple[bytes, str]


@dataclass(frozen=True, slots=True)
class Op:
    """One value typed.

    Attributes:
        number: in order of typing, over all laptops.
        cell: record and register.
        value: what was typed.
        saw: numbers of the operations that stood in the form.
        rank: (stamp, dot): the largest is shown.
    """

    number: int
    cell: Cell
    value: object
    saw: frozenset[int]
    rank: tuple


@dataclass
class Laptop:
    """What has reached one laptop."""

    reached: set[int] = field(default_factory=set)


@dataclass
class Oracle:
    """Everything ever typed, and what has reached whom."""

    ops: list[Op] = field(default_factory=list)
    laptops: dict[str, Laptop] = field(default_factory=dict)

    def live(self, laptop: str, cell: Cell) -> list[Op]:
        """The operations that a laptop holds and nobody it knows of has superseded."""
        mine = [self.ops[one] for one in self.laptops[laptop].reached if self.ops[one].cell == cell]
        seen = {number for one in mine for number in one.saw}
        return [one for one in mine if one.number not in seen]

    def numbers(self, laptop: str, cell: Cell) -> frozenset[int]:
        """What a form opened now would have seen."""
        return frozenset(one.number for one in self.live(laptop, cell))

    def type(self, laptop: str, cell: Cell, value: object, saw: frozenset[int], rank: tuple) -> int:
        """Somebody typed a value."""
        op = Op(len(self.ops), cell, value, saw, rank)
        self.ops.append(op)
        self.laptops[laptop].reached.add(op.number)
        return op.number

    def shown(self, laptop: str, cell: Cell) -> object:
        """The value on the screen; None when nothing was ever typed."""
        lives = self.live(laptop, cell)
        return max(lives, key=lambda one: one.rank).value if lives else None

    def conflict(self, laptop: str, cell: Cell) -> frozenset:
        """The different values that wait for a decision; empty = none."""
        found = frozenset(one.value for one in self.live(laptop, cell))
        return found if len(found) > 1 else frozenset()

    def cells(self, laptop: str) -> set[Cell]:
        """Every cell that a laptop has heard of."""
        return {self.ops[one].cell for one in self.laptops[laptop].reached}
