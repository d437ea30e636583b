"""Delimited text as village computers write it: any of four encodings, three delimiters.

What cannot be read for certain is refused with the number of its line.

Source: redlist F07.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from desmigratif_desktop.foundation.errors import RuleBrokenError
from desmigratif_desktop.people.imports.archive_check import (
    MAX_COLUMNS,
    MAX_ROWS,
    ROWS_BELOW_HEAD,
    check_cells,
)
from desmigratif_desktop.people.imports.formulas import open_cell
from desmigratif_desktop.people.imports.values import Cell, Sheet

MAX_CELL: Final = 32_768
DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE_LINES: Final = 60
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)


def read_delimited(raw: bytes) -> tuple[Sheet, tuple[str, ...]]:
    """Read a delimited text.

    Returns:
        Its one sheet, and sentences about how it was read.

    Raises:
        RuleBrokenError: a line that cannot be read, or beyond the caps.
    """
    text, encoding = decode(raw)
    _refuse_unseen(text)
    separator, text = _told_delimiter(text)
    delimiter = separator or _delimiter(text)
    rows, lines = _rows(text, delimiter)
    note = f"Berkas teks dibaca dengan pengodean {encoding} dan pemisah “{_spell(delimiter)}”."
    return Sheet("Berkas", rows, lines=tuple(lines)), (note,)


def decode(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.

    Raises:
        RuleBrokenError: none of the known encodings.
    """
    for mark, codec, name in _BOMS:
        if raw.startswith(mark):
            try:
                return raw.decode(codec), name
            except UnicodeDecodeError:
                raise _unreadable() from None
    head = raw[:4_096]
    if head[1::2].count(0) > len(head) // 5:
        return _decode_wide(raw, "utf-16-le")
    if head[::2].count(0) > len(head) // 5:
        return _decode_wide(raw, "utf-16-be")
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise _unreadable() from None


def _decode_wide(raw: bytes, codec: str) -> tuple[str, str]:
    try:
        return raw.decode(codec), "UTF-16"
    except UnicodeDecodeError:
        raise _unreadable() from None


def _unreadable() -> RuleBrokenError:
    return RuleBrokenError(
        "Berkas teks ini tidak dapat dibaca: pengodeannya tidak dikenal.",
        "Simpan ulang sebagai CSV UTF-8.",
    )


def _refuse_unseen(text: str) -> None:
    place = text.find("\0")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        raise RuleBrokenError(
            f"Baris {line} memuat karakter kosong (NUL); berkas ini rusak atau bukan teks.",
            "Simpan ulang dari program asalnya.",
        )


def _told_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;" tells the delimiter."""
    first, _, rest = text.partition("\n")
    told = first.strip().removeprefix("\ufeff").lower()
    if told.startswith("sep=") and len(told) == 5:  # noqa: PLR2004 - "sep=" and one sign
        return told[4], f"\n{rest}"
    return "", text


def _delimiter(text: str) -> str:
    """The sign that parts most lines into the same number of cells."""
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0.0
    for sign in DELIMITERS:
        counts = [_outside_quotes(line, sign) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        if not usual:
            counts = [one for one in counts if one]
            usual = max(set(counts), key=counts.count, default=0)
        score = sum(one == usual for one in counts) * min(usual, 50) if usual else 0
        if score > best_score:
            best, best_score = sign, score
    return best


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _rows(text: str, delimiter: str) -> tuple[list[list[Cell]], list[int]]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[Cell]] = []
    lines: list[int] = []
    begun = 1
    try:
        for record in reader:
            rows.append([open_cell(cell) if cell.strip() else None for cell in record])
            lines.append(begun)
            begun = reader.line_num + 1
            if len(rows) > MAX_ROWS + ROWS_BELOW_HEAD or any(record[MAX_COLUMNS:]):
                check_cells(len(rows), len(record))
    except csv.Error as error:
        raise RuleBrokenError(_csv_sentence(str(error), begun), "Perbaiki baris itu.") from None
    return rows, lines


def _csv_sentence(error: str, line: int) -> str:
    if "limit" in error:
        return f"Sel pada baris {line} terlalu panjang; mungkin tanda kutipnya tidak ditutup."
    if "end of data" in error:
        return f"Tanda kutip yang dibuka pada baris {line} tidak ditutup sampai akhir berkas."
    return f"Tanda kutip pada baris {line} tidak berpasangan."


def _spell(delimiter: str) -> str:
    return "tab" if delimiter == "\t" else delimiter
