"""Canonical CBOR for headers and messages: one value, one spelling.

Reading is: bounded, decode, encode again, compare byte by byte. So a second spelling
(long lengths, unsorted or repeated keys, indefinite lengths, tags, floats) is refused.
"""

from __future__ import annotations

from typing import Any

import cbor2

from desmigratif_sync.protocol.limits import MAX_DEPTH, MAX_ITEMS
from desmigratif_sync.protocol.problems import Code, WireError

Tree = Any
"""None, bool, int, str, bytes, list of trees, or dict of int or str to tree."""

INT_BOUND = 2**63


def pack(tree: Tree) -> bytes:
    """Write a tree in its one spelling."""
    return cbor2.dumps(tree, canonical=True)


def unpack(raw: bytes, *, max_bytes: int, code: str = Code.UNREADABLE_MESSAGE) -> Tree:
    """Read a tree strictly.

    Args:
        raw: the whole of it.
        max_bytes: more is refused before it is read.
        code: problem code of a refusal.

    Raises:
        WireError: too long, not CBOR, not canonical, too deep, or of forbidden types.
    """
    if len(raw) > max_bytes:
        raise WireError(Code.TOO_LARGE, "message too large")
    try:
        tree = cbor2.loads(raw)
        _check(tree, MAX_DEPTH, [MAX_ITEMS])
        same = pack(tree) == raw
    except WireError:
        raise WireError(code, "message of a forbidden shape") from None
    except (ValueError, TypeError, OverflowError, RecursionError, EOFError, MemoryError) as broken:
        raise WireError(code, "message is not CBOR") from broken
    except cbor2.CBORError as broken:
        raise WireError(code, "message is not CBOR") from broken
    if not same:
        raise WireError(code, "message is not canonical")
    return tree


def _check(tree: Tree, depth: int, left: list[int]) -> None:
    left[0] -= 1
    if depth < 0 or left[0] < 0:
        raise WireError(Code.UNREADABLE_MESSAGE, "too deep or too long")
    if isinstance(tree, dict):
        for key, one in tree.items():
            if type(key) not in {int, str}:
                raise WireError(Code.UNREADABLE_MESSAGE, "a key of a forbidden type")
            _check(one, depth - 1, left)
    elif isinstance(tree, list):
        for one in tree:
            _check(one, depth - 1, left)
    elif type(tree) is int:
        if not -INT_BOUND <= tree < INT_BOUND:
            raise WireError(Code.UNREADABLE_MESSAGE, "a number beyond 64 bits")
    elif tree is not None and type(tree) not in {str, bytes, bool}:
        raise WireError(Code.UNREADABLE_MESSAGE, "a value of a forbidden type")


class Fields:
    """Typed reading of a map with whole-number keys.

    Unknown keys are left alone: a newer peer may say more.
    """

    def __init__(self, tree: Tree, code: str = Code.UNREADABLE_MESSAGE) -> None:
        self._code = code
        if not isinstance(tree, dict):
            raise self.error("not a map")
        self._tree = tree

    def error(self, text: str) -> WireError:
        """A refusal of this message."""
        return WireError(self._code, text)

    def has(self, key: int) -> bool:
        """Whether the key is there."""
        return key in self._tree

    def number(self, key: int, *, least: int = 0, most: int = INT_BOUND - 1) -> int:
        """A whole number in a range."""
        one = self._tree.get(key)
        if type(one) is not int or not least <= one <= most:
            raise self.error(f"field {key} is not a number in its range")
        return one

    def octets(self, key: int, length: int | None = None) -> bytes:
        """Bytes, of a fixed length if one is given."""
        one = self._tree.get(key)
        if type(one) is not bytes or (length is not None and len(one) != length):
            raise self.error(f"field {key} is not bytes of its length")
        return one

    def text(self, key: int, *, most: int = 200) -> str:
        """Text of at most so many characters."""
        one = self._tree.get(key)
        if type(one) is not str or len(one) > most:
            raise self.error(f"field {key} is not text of its length")
        return one

    def truth(self, key: int) -> bool:
        """True or false."""
        one = self._tree.get(key)
        if type(one) is not bool:
            raise self.error(f"field {key} is not a truth value")
        return one

    def rows(self, key: int) -> list[Tree]:
        """A list."""
        one = self._tree.get(key)
        if not isinstance(one, list):
            raise self.error(f"field {key} is not a list")
        return one
