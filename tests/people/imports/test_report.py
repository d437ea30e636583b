from __future__ import annotations

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from desmigratif_desktop.people.imports import mapping as mappings
from desmigratif_desktop.people.imports import report, session
from desmigratif_desktop.people.imports.formulas import open_cell

EVIL = ["=cmd|'/c calc'!A1", "+62812", "-5", "@x", "\tx", "＝1+1"]


@pytest.fixture
def plan(post, sheet):
    rows = [[one, "12", "31-02-1988", one] for one in EVIL]
    loaded = session.load(sheet(["Nama", "NIK", "Tgl Lahir", "JK"], *rows))
    return session.dry_run(
        post.store, loaded, session.confirmed(loaded.found, mappings.propose(loaded.found))
    )


def test_F05_no_cell_of_a_report_is_a_formula(plan) -> None:
    lines = list(csv.reader(io.StringIO(report.report_bytes(plan, "csv").decode("utf-8-sig"))))
    assert not [cell for line in lines for cell in line if cell[:1] in "=+-@\t\r＝＋－＠" and cell]
    assert [tuple(map(open_cell, line)) for line in lines] == list(report.report_lines(plan))
    raw = report.report_bytes(plan, "xlsx")
    found = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    assert len(found) == len(lines)
    assert b"<f>" not in raw


def test_every_refused_cell_has_its_address_and_a_sentence(plan) -> None:
    lines = [dict(zip(report.HEADINGS, one, strict=True)) for one in report.report_lines(plan)][1:]
    dates = [one for one in lines if one["Kode"] == "date_shape"]
    assert {one["Sel"] for one in dates} == {f"C{row}" for row in range(2, 2 + len(EVIL))}
    assert all(one["Keterangan"].endswith(".") for one in lines)
    assert {one["Isi sel"] for one in lines if one["Kode"] == "nik_length"} == {"12"}
