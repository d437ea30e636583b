"""An old .xls workbook, looked through before it is unpacked: last cell, lock, epoch.

Source: redlist F06; the record layout of BIFF8 in an OLE2 container is public.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.errors import RuleBrokenError
from desmigratif_desktop.people.imports.archive_check import broken, check_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

_END: Final = 0xFFFFFFFA
_HEADER: Final = 512
_IN_HEADER: Final = 109
_ENTRY: Final = 128
_SMALL: Final = 4_096
_VALUED: Final = frozenset({0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_DATEMODE: Final = 0x0022
_FILEPASS: Final = 0x002F


def check_legacy(raw: bytes) -> bool:
    """Refuse an .xls beyond the caps.

    Returns:
        Whether its serial dates count from 1904.

    Raises:
        RuleBrokenError: too many rows, locked, or damaged.
    """
    try:
        stream = _workbook_stream(raw)
    except (struct.error, IndexError, ValueError):
        raise broken() from None
    is_1904 = False
    last_row = last_column = 0
    for kind, start in _records(stream):
        if kind == _FILEPASS:
            raise RuleBrokenError(
                "Berkas ini terkunci dengan kata sandi.", "Simpan ulang tanpa kata sandi."
            )
        if kind in _VALUED and start + 4 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, start)
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
        elif kind == _DATEMODE:
            is_1904 = stream[start : start + 1] == b"\1"
    check_cells(last_row, last_column)
    return is_1904


def _records(stream: bytes) -> Iterator[tuple[int, int]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == 0 and length == 0:
            return
        yield kind, place + 4
        place += 4 + length


def _workbook_stream(raw: bytes) -> bytes:
    """The stream that holds the sheets; empty when it is too small to matter."""
    size = 1 << struct.unpack_from("<H", raw, 30)[0]
    if size not in {512, 4096}:
        raise ValueError("not an OLE sector size")
    table = _sector_table(raw, size)
    directory = _chain(raw, size, table, struct.unpack_from("<I", raw, 48)[0])
    for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[place : place + _ENTRY]
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
        if name in {"Workbook", "Book"}:
            start, stream_size = struct.unpack_from("<II", entry, 116)
            if stream_size < _SMALL:
                return b""
            return _chain(raw, size, table, start)[:stream_size]
    raise ValueError("no workbook inside")


def _sector_table(raw: bytes, size: int) -> list[int]:
    places = list(struct.unpack_from(f"<{_IN_HEADER}I", raw, 76))
    further, seen = struct.unpack_from("<I", raw, 68)[0], 0
    while further < _END and seen * size < len(raw):
        block = raw[_HEADER + further * size :][:size]
        numbers = struct.unpack(f"<{len(block) // 4}I", block)
        places += numbers[:-1]
        further, seen = numbers[-1], seen + 1
    table: list[int] = []
    for one in places:
        if one >= _END:
            continue
        block = raw[_HEADER + one * size :][:size]
        table += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
    return table


def _chain(raw: bytes, size: int, table: list[int], start: int) -> bytes:
    parts, one, seen = [], start, 0
    while one < _END:
        if seen > len(table):
            raise ValueError("the chain has no end")
        parts.append(raw[_HEADER + one * size :][:size])
        one, seen = table[one], seen + 1
    return b"".join(parts)
