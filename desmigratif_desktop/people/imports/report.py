"""The report of an import: every row that was not simply taken, cell by cell.

Made for the officer's desk: opened in a spreadsheet, none of its cells is a formula.

Source: redlist F05.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.people.fields import BY_NAME
from desmigratif_desktop.people.imports.formulas import guard_cell
from desmigratif_desktop.people.imports.plan import OUTCOME_LABELS, Outcome, Plan, PlannedRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADINGS: Final = (
    "Lembar", "Baris", "Sel", "Nama", "Hasil", "Isian", "Kode", "Keterangan", "Isi sel",
    "Catatan saja",
)  # fmt: skip


def report_lines(plan: Plan) -> Iterator[tuple[str, ...]]:
    """The lines of a report, headings first."""
    yield HEADINGS
    for note in plan.notes:
        yield ("", "", "", "", "", "", "note", note, "", "ya")
    for row in plan.rows:
        yield from _row_lines(row)
    for left in plan.left:
        yield (left.sheet, str(left.row), f"A{left.row}", "", "bukan warga", "", "left",
               "Baris ini bukan data warga dan tidak dibaca.", left.text, "ya")  # fmt: skip


def _row_lines(row: PlannedRow) -> Iterator[tuple[str, ...]]:
    read = row.read
    head = (read.sheet, str(read.row))
    outcome = OUTCOME_LABELS[row.outcome]
    own = read.cell_of("name")
    for one in read.problems:
        yield (*head, one.cell, read.shown, outcome, _label(one.field), one.code, one.sentence,
               one.shown, "ya" if one.is_note else "")  # fmt: skip
    for reason in row.reasons:
        yield (*head, own, read.shown, outcome, "", "duplicate", reason, "", "")
    for name, old, new in row.changes if row.outcome is Outcome.CHANGED else ():
        sentence = f"Tercatat “{old or 'kosong'}”, menurut berkas “{new}”; belum diubah."
        yield (
            *head,
            read.cell_of(name),
            read.shown,
            outcome,
            _label(name),
            "change",
            sentence,
            str(new),
            "",
        )


def _label(name: str) -> str:
    spec = BY_NAME.get(name)
    return spec.label if spec else name


def report_bytes(plan: Plan, form: str) -> bytes:
    """The report as a file.

    Args:
        plan: what was, or would be, done.
        form: "csv" or "xlsx".
    """
    return _xlsx(plan) if form == "xlsx" else _csv(plan)


def report_form(path: Path) -> str:
    """The form a file name asks for: "xlsx" or "csv"; "" for any other."""
    ending = path.suffix.lower().removeprefix(".")
    return ending if ending in {"csv", "xlsx"} else ""


def _csv(plan: Plan) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([guard_cell(cell) for cell in line] for line in report_lines(plan))
    return text.getvalue().encode("utf-8-sig")


def _xlsx(plan: Plan) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - loaded only when a report is written

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    })  # fmt: skip
    sheet = book.add_worksheet("Laporan")
    text = book.add_format({"num_format": "@"})
    for row, line in enumerate(report_lines(plan)):
        for column, cell in enumerate(line):
            if cell:
                sheet.write_string(row, column, cell, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row, 1), len(HEADINGS) - 1)
    book.close()
    return target.getvalue()
