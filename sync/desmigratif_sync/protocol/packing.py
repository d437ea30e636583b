"""One column of cells, packed the shortest of five plain ways.

A cell is what JSON can hold: text, a whole number, a list, an object, or null for
"absent in this row". Each way is exact; which one was taken stands in the column:

    [cell, …]        J  the cells themselves; always legal
    {"k": cell}      K  the same cell in every row
    {"c": [cell…]}   C  a table, and one byte per row in the binary section
    {"p": width}     P  ASCII text, byte planes: first characters, second characters …
    {"t": bytes}     T  text lines joined by LF, an absent one is a NUL
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = Any
"""JSON cell; null = absent."""

MAX_CODES = 255
MAX_PLANES = 40
MIN_ROWS_A_CODE = 3
ABSENT_LINE = "\x00"
MAX_INT_DIGITS = 20
LONE_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
"""What may spell half a character in JSON; only then is the tree looked through."""


class CodecError(ValueError):
    """A body that this codec never wrote, or entries it cannot carry."""


def dump(tree: Cell) -> str:
    """JSON without spaces, text as it is."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _refuse(text: str) -> NoReturn:
    raise CodecError(f"number not allowed: {text[:30]}")


def _read_int(text: str) -> int:
    if len(text) > MAX_INT_DIGITS:
        _refuse(text)
    return int(text)


def _unique(pairs: list[tuple[str, Cell]]) -> dict[str, Cell]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise CodecError("a key stands twice")
    return made


def parse(raw: bytes) -> Cell:
    """Read JSON strictly: no floats, no key twice, no endless number, no half character.

    Raises:
        CodecError: it is anything else.
    """
    try:
        tree = json.loads(
            raw.decode("utf-8"),
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_read_int,
            object_pairs_hook=_unique,
        )
        if LONE_SURROGATE.search(raw):
            dump(tree).encode()
    except (ValueError, RecursionError) as broken:
        raise CodecError("not strict JSON") from broken
    return tree


class Packer:
    """Packs columns; what is binary gathers in `section`, in order."""

    def __init__(self) -> None:
        self.section = bytearray()

    def pack(self, cells: Sequence[Cell]) -> Cell:
        """Pack one column."""
        if len(cells) < MIN_ROWS_A_CODE:
            return list(cells)
        keys = [(dump(one),) if type(one) in {list, dict} else one for one in cells]
        table: dict[Any, int] = {}
        codes = [table.setdefault(key, len(table)) for key in keys]
        if len(table) == 1:
            return {"k": cells[0]}
        if len(table) <= MAX_CODES and len(table) * MIN_ROWS_A_CODE <= len(cells):
            self.section += bytes(codes)
            return {"c": [cells[codes.index(code)] for code in range(len(table))]}
        return self._pack_text(cells)

    def _pack_text(self, cells: Sequence[Cell]) -> Cell:
        if not all(one is None or type(one) is str for one in cells):
            return list(cells)
        lines = [ABSENT_LINE if one is None else one for one in cells]
        width = max(map(len, lines))
        if width <= MAX_PLANES and _suits_planes(cells):
            rows = [(b"" if one is None else one.encode()).ljust(width, b"\0") for one in cells]
            block = b"".join(rows)
            self.section += b"".join(block[place::width] for place in range(width))
            return {"p": width}
        if any("\n" in one or ABSENT_LINE in one for one in cells if one is not None):
            return list(cells)
        raw = "\n".join(lines).encode()
        self.section += raw
        return {"t": len(raw)}


def _suits_planes(cells: Sequence[Cell]) -> bool:
    present = [one for one in cells if one is not None]
    joined = "".join(present)
    if not joined.isascii() or "\0" in joined or not all(present):
        return False
    digits = sum(map(joined.count, "0123456789"))
    return 2 * digits >= len(joined)


class Unpacker:
    """Unpacks columns in the order in which they were packed.

    Args:
        section: the binary section.
        max_cells: how many cells all columns together may have.
    """

    def __init__(self, section: bytes, max_cells: int) -> None:
        self._section = section
        self._at = 0
        self._left = max_cells

    def unpack(self, column: Cell, rows: int) -> list[Cell]:
        """Unpack one column of so many rows.

        Raises:
            CodecError: the column does not hold exactly these rows.
        """
        self._left -= rows
        if self._left < 0:
            raise CodecError("too many cells")
        if type(column) is list:
            cells = column
        elif type(column) is dict and len(column) == 1:
            ((way, told),) = column.items()
            cells = self._unpack_way(way, told, rows)
        else:
            raise CodecError("not a column")
        if len(cells) != rows:
            raise CodecError("a column of another length")
        return cells

    def _unpack_way(self, way: str, told: Cell, rows: int) -> list[Cell]:
        if way == "k":
            return [told] * rows
        if way == "c" and type(told) is list:
            codes = self._take(rows)
            if codes and max(codes) >= len(told):
                raise CodecError("a code without a meaning")
            return [told[code] for code in codes]
        if type(told) is not int or told < 0:
            raise CodecError("not a column")
        if way == "p" and 0 < told <= MAX_PLANES:
            return _lines(self._take(rows * told), rows)
        if way == "t":
            text = _text(self._take(told))
            return [None if one == ABSENT_LINE else one for one in text.split("\n")]
        raise CodecError("an unknown way to pack a column")

    def _take(self, length: int) -> bytes:
        end = self._at + length
        if end > len(self._section):
            raise CodecError("the binary section is too short")
        taken = self._section[self._at : end]
        self._at = end
        return taken

    def finish(self) -> None:
        """Check that nothing is left over.

        Raises:
            CodecError: bytes remain that no column claims.
        """
        if self._at != len(self._section):
            raise CodecError("the binary section is too long")


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        raise CodecError("text is not UTF-8") from broken


def _lines(block: bytes, rows: int) -> list[str | None]:
    try:
        text = block.decode("ascii")
    except UnicodeDecodeError as broken:
        raise CodecError("text in planes is not plain ASCII") from broken
    planes = [text[at : at + rows] for at in range(0, len(text), rows)]
    lines = ["".join(row).rstrip("\0") for row in zip(*planes, strict=True)]
    if any("\0" in line for line in lines):
        raise CodecError("text in planes has a hole")
    return [line or None for line in lines]


def whole(cells: Iterable[Cell]) -> list[int]:
    """The cells as whole numbers.

    Raises:
        CodecError: one of them is not.
    """
    made = list(cells)
    if not all(type(one) is int for one in made):
        raise CodecError("not a whole number")
    return made
