from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile

import pytest
import xlsxwriter

from desmigratif_desktop.foundation.errors import DesmigratifError, KnownError, RuleBrokenError
from desmigratif_desktop.people.imports import session
from desmigratif_desktop.people.imports.readers import open_book, read_book

HEAD = "Nama;NIK;Tgl Lahir;JK\n"
SITI = "Siti Nur'aini;3212165207920003;12-07-1992;P\n"


def test_F07_encodings_delimiters_and_line_ends_are_read_alike() -> None:
    texts = {sign: (HEAD + SITI + "Café Ünal;;1988;L\n").replace(";", sign) for sign in ";,\t"}
    wanted = [["Nama", "NIK", "Tgl Lahir", "JK"],
              ["Siti Nur'aini", "3212165207920003", "12-07-1992", "P"],
              ["Café Ünal", None, "1988", "L"]]  # fmt: skip
    for text in texts.values():
        for ends in (text, text.replace("\n", "\r\n"), text.replace("\n", "\r"),
                     text.replace("\n", "\r\n", 1)):  # fmt: skip
            for codec in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"):
                book = read_book("x.csv", "csv", ends.encode(codec))
                assert book.sheets[0].rows == wanted, (codec, ends)


def test_F07_an_unclosed_quote_names_its_line() -> None:
    with pytest.raises(RuleBrokenError, match="baris 3"):
        read_book("x.csv", "csv", (HEAD + SITI + '"Budi;1\n' + SITI).encode())


def test_F07_a_nul_names_its_line_and_a_huge_line_is_refused() -> None:
    with pytest.raises(RuleBrokenError, match="Baris 2"):
        read_book("x.csv", "csv", (HEAD + "Bu\0di;1;;\n" + SITI * 40).encode())
    with pytest.raises(RuleBrokenError, match="Sel pada baris 2"):
        read_book("x.csv", "csv", (HEAD + '"' + "x" * 1_000_000).encode())
    with pytest.raises(RuleBrokenError, match="20 MB"):
        read_book("x.csv", "csv", b"x" * (20 * 1024 * 1024 + 1))


@pytest.mark.parametrize("form", ["xlsx", "xlsm", "xls", "ods", "csv", "json", "pdf", ""])
@pytest.mark.parametrize(
    "raw",
    [b"", b" ", b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 99, b"\xd0\xcf\x11\xe0" + b"\xff" * 600,
     b"<html><table>", b"%PDF-1.7", b"{", b"[1]", b"\xff\xfe", b"\x81\x8d\x8f"],
)  # fmt: skip
def test_F06_F07_what_is_no_roster_is_one_sentence(form, raw, tmp_path) -> None:
    path = tmp_path / f"x.{form}"
    path.write_bytes(raw)
    try:
        sentence = "" if session.load(path).found.is_sure else "Ada yang ditanyakan."
    except DesmigratifError as refused:
        sentence = refused.sentence
    assert sentence.endswith(".")


def _workbook(path, parts: dict[str, bytes]) -> None:
    xlsxwriter.Workbook(path).close()
    with zipfile.ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, body in {**kept, **parts}.items():
            new.writestr(name, body)


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
PART = "xl/worksheets/sheet1.xml"


def test_F06_a_bomb_a_far_cell_and_entities_are_refused_before_they_unpack(tmp_path) -> None:
    path = tmp_path / "bom.xlsx"
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'
    many = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 60_000))
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SHEET % b""
    for parts in (
        {PART: b" " * (201 * 1024 * 1024)},
        {PART: SHEET % far},
        {PART: SHEET % many},
        {PART: laughs},
    ):
        _workbook(path, parts)
        with pytest.raises(RuleBrokenError):
            open_book(path)


def test_F06_one_long_text_named_by_very_many_cells_is_refused(tmp_path) -> None:
    path = tmp_path / "teks.xlsx"
    shared = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    rows = b"".join(
        b'<row r="%d">' % n + b"".join(b'<c r="%c%d" t="s"><v>0</v></c>' % (65 + c, n) for c in range(10))
        + b"</row>" for n in range(1, 2_000)
    )  # fmt: skip
    _workbook(path, {PART: SHEET % rows, "xl/sharedStrings.xml": shared})
    with pytest.raises(RuleBrokenError, match="200 MB"):
        open_book(path)


def test_F06_a_sheet_that_repeats_a_filled_row_a_million_times_is_refused(tmp_path) -> None:
    path = tmp_path / "x.ods"
    body = (
        b'<office:document-content><table:table table:name="A"><table:table-row '
        b'table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" '
        b'table:number-columns-repeated="200"><text:p>x</text:p></table:table-cell></table:table-row>'
        b"</table:table></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", body)
    with pytest.raises(RuleBrokenError, match="baris"):
        open_book(path)


def test_F06_only_saved_values_of_visible_sheets_are_read(tmp_path) -> None:
    path = tmp_path / "rumus.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Warga")
    sheet.write_row(0, 0, ["Nama", "JK", "Tgl Lahir"])
    sheet.write_formula(1, 0, '="Si"&"ti"', None, "Siti")
    sheet.write_formula(1, 1, "='[luar.xlsx]A'!A1", None, "P")
    hidden = book.add_worksheet("Rahasia")
    hidden.write_row(0, 0, ["Nama", "NIK"])
    hidden.hide()
    book.close()
    found = open_book(path)
    assert found.sheets[0].rows[1][:2] == ["Siti", "P"]
    assert [one.name for one in found.sheets] == ["Warga"]
    assert "Rahasia" in found.notes[0]


def test_formatted_rows_down_to_the_end_are_no_reason_to_refuse(tmp_path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nama", "NIK"])
    sheet.write_row(1, 0, ["Siti", "3212165207920003"])
    sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()
    assert len(open_book(path).sheets[0].rows) == 2


def test_a_file_that_is_not_here_or_held_elsewhere_says_so(tmp_path) -> None:
    with pytest.raises(KnownError, match="tidak ada"):
        open_book(tmp_path / "x.csv")
    with pytest.raises(KnownError, match="folder"):
        (tmp_path / "y.csv").mkdir()
        open_book(tmp_path / "y.csv")


def test_a_file_open_in_another_program_says_so(tmp_path, monkeypatch) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK")

    def held(*_args, **_named):
        raise PermissionError(13, "sharing violation")

    monkeypatch.setattr(type(path), "open", held)
    with pytest.raises(KnownError, match="program lain"):
        open_book(path)


def test_serials_of_1904_are_known(tmp_path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    book.add_worksheet().write_row(0, 0, ["Nama", "NIK"])
    book.close()
    assert open_book(path).is_1904


def test_a_json_of_ours_and_lines_of_objects_are_read() -> None:
    rows = [{"Nama": "Siti", "NIK": "3212165207920003"}, {"Nama": "Budi", "JK": "L"}]
    for text in (json.dumps(rows), "\n".join(json.dumps(one) for one in rows)):
        sheet = read_book("x", "json", text.encode()).sheets[0]
        assert sheet.rows == [["Nama", "NIK", "JK"], ["Siti", "3212165207920003", None],
                              ["Budi", None, "L"]]  # fmt: skip


def test_F06_fifty_thousand_rows_stay_under_300_mb(tmp_path) -> None:
    path = tmp_path / "besar.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nama", "NIK", "Tgl Lahir", "JK", "Dusun", "RT", "RW", "Agama"])
    for row in range(1, 50_001):
        sheet.write_row(row, 0, [f"Warga Nomor{'abcdefghij'[row % 10]} {row % 977}", f"321216120788{row % 9999 + 1:04}",
                                 "12-07-1988", "L", "Krajan", "001", "002", "Islam"])  # fmt: skip
    book.close()
    script = (
        "import sys,pathlib,datetime;"
        "from desmigratif_desktop.people.imports import session;"
        "from desmigratif_desktop.people.imports.rows import read_rows;"
        "l=session.load(pathlib.Path(sys.argv[1]));"
        "r=read_rows(l.book,l.found,datetime.date(2026,11,13));"
        "peak=[l for l in open('/proc/self/status') if l.startswith('VmHWM')] if sys.platform=='linux'"
        " else ['x 0'];print(len(r.rows), peak[0].split()[1])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True,
                          check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    count, peak = map(int, done.stdout.split())
    assert count == 50_000
    assert peak < 300 * 1024
