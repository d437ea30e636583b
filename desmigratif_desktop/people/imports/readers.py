"""A roster file becomes sheets of cells: only values as they were saved, within caps.

Formulas are never reckoned: what the other program had saved is what is read. Numbers
stay as seen, so that a NIK typed as a number can be judged.

Source: DESIGN §10; redlist F06, F07; stack §9.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation.errors import KnownError, RuleBrokenError
from desmigratif_desktop.people.imports.archive_check import (
    MAX_FILE,
    MAX_ROWS,
    broken,
    check_archive,
    check_cells,
    too_large,
)
from desmigratif_desktop.people.imports.delimited import read_delimited
from desmigratif_desktop.people.imports.legacy_check import check_legacy
from desmigratif_desktop.people.imports.values import Book, Cell, Sheet

if TYPE_CHECKING:
    from pathlib import Path

FORMS: Final = ("xlsx", "xlsm", "xls", "ods", "csv", "txt", "tsv", "json")
"""Endings that are taken; what the file really is, is read from its first bytes."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


def open_book(path: Path) -> Book:
    """Read a roster file.

    Raises:
        KnownError: the file is not here, or another program holds it.
        RuleBrokenError: not a roster, damaged, locked with a passphrase, or too large.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise RuleBrokenError(
            "Berkas daftar warga harus berakhiran .xlsx, .xlsm, .xls, .ods, atau .csv.",
            "Simpan ulang dalam salah satu bentuk itu.",
        )
    return read_book(path.name, form, _bytes(path))


def read_book(name: str, form: str, raw: bytes) -> Book:
    """Read a roster that is in memory.

    Args:
        name: what the file is called, for words.
        form: the ending it carries; what it really is, is read from its first bytes.
        raw: the file.

    Raises:
        RuleBrokenError: not a roster, damaged, locked with a passphrase, or too large.
    """
    if len(raw) > MAX_FILE:
        raise too_large("lebih dari 20 MB")
    if raw.startswith(_ZIP):
        kind = "ods" if form == "ods" else "xlsx"
        return _workbook(name, kind, raw, is_1904=check_archive(raw))
    if raw.startswith(_OLE):
        return _workbook(name, "xls", raw, is_1904=check_legacy(raw))
    if form in {"xlsx", "xlsm", "ods"}:
        raise broken()
    if not raw.strip():
        raise RuleBrokenError("Berkas ini kosong.")
    if form == "json":
        return Book(name, "json", (read_objects(raw),))
    if form == "xls" and raw.lstrip()[:1] == b"<":
        raise RuleBrokenError(
            "Berkas .xls ini sebenarnya halaman web.",
            "Buka di program lembar kerja, lalu simpan sebagai .xlsx.",
        )
    sheet, notes = read_delimited(raw)
    return Book(name, "csv", (sheet,), notes=notes)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise too_large("lebih dari 20 MB")
        with path.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise KnownError("Berkas itu tidak ada.", "Periksa nama dan foldernya.") from None
    except PermissionError:
        raise held_elsewhere() from None
    except IsADirectoryError:
        raise KnownError("Itu folder, bukan berkas.", "Pilih satu berkas.") from None
    except OSError:
        raise KnownError(
            "Berkas itu tidak dapat dibaca.", "Salin dahulu ke laptop ini, lalu coba lagi."
        ) from None
    return raw


def held_elsewhere() -> KnownError:
    """The refusal of a file that another program holds."""
    return KnownError(
        "Berkas itu sedang dibuka di program lain atau tidak boleh dibaca.",
        "Tutup berkas itu di program lembar kerja, lalu coba lagi.",
    )


def _workbook(name: str, form: str, raw: bytes, *, is_1904: bool) -> Book:
    import python_calamine as calamine  # noqa: PLC0415 - loaded only when a roster is read

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except calamine.PasswordError:
        raise RuleBrokenError(
            "Berkas ini terkunci dengan kata sandi.", "Simpan ulang tanpa kata sandi."
        ) from None
    except Exception:  # noqa: BLE001 - whatever the reader chokes on is a damaged file
        raise broken() from None
    sheets, notes = [], []
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if about.visible != calamine.SheetVisibleEnum.Visible:
            notes.append(f"Lembar tersembunyi “{about.name}” tidak dibaca.")
            continue
        sheet = _sheet(book, about.name)
        if any(cell is not None for row in sheet.rows for cell in row):
            sheets.append(sheet)
    return Book(name, form, tuple(sheets), is_1904, tuple(notes))


def _sheet(book: Any, name: str) -> Sheet:
    try:
        found = book.get_sheet_by_name(name)
    except Exception:  # noqa: BLE001 - see above
        raise broken() from None
    check_cells(found.total_height, found.total_width)
    known: dict[str, str] = {}
    rows: list[list[Cell]] = []
    if found.start is not None:
        left = found.start[1]
        rows = [[None] * left + _cells(row, known) for row in found.iter_rows()]
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    merges = tuple((a, b, c, d) for (a, b), (c, d) in found.merged_cell_ranges or ())
    return Sheet(name, rows, merges)


def _cells(row: list[Any], known: dict[str, str]) -> list[Cell]:
    """A row's cells; a word that stands in many of them is kept once."""
    return [
        (known.setdefault(cell, cell) if cell else None) if isinstance(cell, str) else cell
        for cell in row
    ]


def read_objects(raw: bytes) -> Sheet:
    """Flat objects as our own export writes them, in a list or one a line.

    Raises:
        RuleBrokenError: not such a JSON, or too many.
    """
    try:
        given = _parsed(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise RuleBrokenError("Berkas ini bukan JSON yang utuh.") from None
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise RuleBrokenError("Berkas JSON harus berisi daftar warga seperti hasil ekspor.")
    if len(given) > MAX_ROWS:
        raise too_large(f"lebih dari {MAX_ROWS:,} baris".replace(",", "."))
    names = list(dict.fromkeys(str(name) for one in given for name in one))
    check_cells(0, len(names))
    rows: list[list[Cell]] = [list(names)]
    rows += [[_flat(one.get(name)) for name in names] for one in given]
    return Sheet("Berkas", rows)


def _parsed(text: str) -> Any:
    try:
        given = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    return [given] if isinstance(given, dict) else given


def _flat(value: Any) -> Cell:
    if isinstance(value, list):
        return "|".join(str(one) for one in value) or None
    if isinstance(value, str):
        return value or None
    return value if isinstance(value, int | float | None) else str(value)
