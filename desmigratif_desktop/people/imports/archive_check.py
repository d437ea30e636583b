"""What a workbook would unpack to, asked before anything unpacks it.

A sheet of some kilobytes can hold gigabytes: zeros packed a thousandfold, one long text
named by a million cells, a single cell at the far end of an empty sheet. The parts are
streamed once and counted, never kept.

Source: redlist F06.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.errors import RuleBrokenError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILE: Final = 20 * 1024 * 1024
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 256
MAX_PARTS: Final = 4_000
ROWS_BELOW_HEAD: Final = 100
"""Title and heading rows that may stand above 50,000 people."""

_CHUNK: Final = 1 << 20
_TAIL: Final = 4_096
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_VALUED = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>')
_SHARED = re.compile(rb"<(?:\w+:)?si\b[^>]*>(.*?)</(?:\w+:)?si>", re.DOTALL)
_NAMED = re.compile(rb'<c [^>]*t="s"[^>]*>\s*<v>([0-9]{1,9})</v>')
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")
_REPEAT = re.compile(rb'number-(?:columns|rows)-repeated="([0-9]{1,9})"')


def check_archive(raw: bytes) -> bool:
    """Refuse an .xlsx, .xlsm or .ods that is beyond the caps.

    Returns:
        Whether its serial dates count from 1904.

    Raises:
        RuleBrokenError: too large, too many rows, or not a sound workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return _check(packed)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, zlib.error):
        raise broken() from None


def broken() -> RuleBrokenError:
    """The refusal of a file that is no workbook, or a damaged one."""
    return RuleBrokenError(
        "Berkas ini bukan lembar kerja yang utuh.",
        "Buka di program lembar kerja, simpan ulang sebagai .xlsx, lalu coba lagi.",
    )


def too_large(what: str) -> RuleBrokenError:
    """The refusal of a file beyond a cap."""
    return RuleBrokenError(
        f"Berkas ini terlalu besar: {what}.", "Bagilah menjadi beberapa berkas, misalnya per dusun."
    )


def check_cells(rows: int, columns: int) -> None:
    """Refuse a sheet beyond the caps.

    Raises:
        RuleBrokenError: too many rows or columns.
    """
    if rows > MAX_ROWS + ROWS_BELOW_HEAD:
        raise too_large(f"lebih dari {MAX_ROWS:,} baris".replace(",", "."))
    if columns > MAX_COLUMNS:
        raise too_large(f"lebih dari {MAX_COLUMNS} kolom")


def _check(packed: zipfile.ZipFile) -> bool:
    parts = packed.infolist()
    if len(parts) > MAX_PARTS or sum(one.file_size for one in parts) > MAX_UNPACKED:
        raise too_large("isinya lebih dari 200 MB setelah dibuka")
    names = {one.filename for one in parts}
    if any(one.flag_bits & 1 for one in parts):
        raise RuleBrokenError(
            "Berkas ini terkunci dengan kata sandi.", "Simpan ulang tanpa kata sandi."
        )
    if "content.xml" in names:
        _check_ods(packed, "content.xml")
        return False
    sheets = [one for one in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", one)]
    if not sheets:
        raise broken()
    named = [_check_sheet(packed, one) for one in sheets]
    if "xl/sharedStrings.xml" in names:
        _check_shared(packed, sheets, sum(named))
    book = b"".join(_stream(packed, "xl/workbook.xml")) if "xl/workbook.xml" in names else b""
    return bool(re.search(rb'date1904="(?:1|true)"', book))


def _stream(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part in pieces, never more than its promised size.

    Raises:
        RuleBrokenError: it is larger than it says, or defines entities.
    """
    promised = packed.getinfo(name).file_size
    seen = 0
    with packed.open(name) as part:
        while piece := part.read(_CHUNK):
            if seen == 0 and _DOCTYPE.search(piece):
                raise broken()
            seen += len(piece)
            if seen > promised:
                raise broken()
            yield piece


def _windows(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Pieces cut at the end of a tag, so that no tag is seen in two halves."""
    rest = b""
    for piece in _stream(packed, name):
        whole = rest + piece
        cut = whole.rfind(b"<")
        if cut <= 0:
            rest = whole[-_TAIL:]
            continue
        yield whole[:cut]
        rest = whole[cut:]
    yield rest


def _check_sheet(packed: zipfile.ZipFile, name: str) -> int:
    """Look for the last filled cell; returns how many cells are filled."""
    count, last_row, columns = 0, 0, set()
    for piece in _windows(packed, name):
        found = _VALUED.findall(piece)
        count += len(found)
        if found:
            last_row = max(last_row, *(int(row) for _, row in found))
            columns.update({letters for letters, _ in found})
        check_cells(last_row, 0)
    check_cells(last_row, max((_column(one) for one in columns), default=0))
    return count


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_shared(packed: zipfile.ZipFile, sheets: list[str], cells: int) -> None:
    """One long text named by very many cells would unpack without an end."""
    whole = b"".join(_stream(packed, "xl/sharedStrings.xml"))
    lengths = [len(one.group(1)) for one in _SHARED.finditer(whole)]
    if not lengths or max(lengths) * cells <= MAX_UNPACKED:
        return
    total = 0
    for name in sheets:
        for piece in _windows(packed, name):
            numbers = (int(one) for one in _NAMED.findall(piece + b"</v>"))
            total += sum(lengths[one] for one in numbers if one < len(lengths))
            if total > MAX_UNPACKED:
                raise too_large("isinya lebih dari 200 MB setelah dibuka")


def _check_ods(packed: zipfile.ZipFile, name: str) -> None:
    """Rows and cells that say "repeat me a million times" count as often, if filled."""
    rows = columns = repeat = 0
    pending, position = 0, 0
    is_filled = False
    for piece in _windows(packed, name):
        for closing, tag, attributes in _ODS_TAG.findall(piece):
            times = int(found.group(1)) if (found := _REPEAT.search(attributes)) else 1
            if tag == b"table" and not closing:
                pending = rows = 0
            elif tag == b"table-row" and not closing:
                repeat, position, is_filled = times, 0, False
            elif tag == b"table-row":
                rows, pending = (
                    (rows + pending + repeat, 0) if is_filled else (rows, pending + repeat)
                )
                check_cells(rows, columns)
            elif not closing:
                position += times
                if b"value-type" in attributes:
                    is_filled = True
                    columns = max(columns, position)
                    check_cells(rows, columns)
