"""Single cells: numbers a sheet spoilt, dates in every style, titles, homes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.people.imports.convert import Converter
from desmigratif_desktop.people.imports.dates import read_date
from desmigratif_desktop.people.imports.formulas import FORMULA_STARTS, guard_cell, open_cell
from desmigratif_desktop.people.imports.grid import text_of
from desmigratif_desktop.people.imports.headings import exact, match
from desmigratif_desktop.people.imports.numbers import SPOILT, read_sixteen
from desmigratif_desktop.people.imports.titles import part_titles
from desmigratif_desktop.people.imports.values import cell_name

TODAY = date(2026, 11, 13)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        (3212165207920003.0, "3212165207920003", "nik_number"),
        (3212165207920000.0, None, SPOILT),
        (9007101207880002, "9007101207880002", "nik_number"),
        (9171011205880004.0, None, SPOILT),
        ("9171011205880003", "9171011205880003", ""),
        ("'3212165207920003", "3212165207920003", ""),
        ("3212 1652 0792 0003", "3212165207920003", ""),
        ("321216-520792-0003", "3212165207920003", ""),
        ("3,21217E+15", None, SPOILT),
        ("3.21216520792000E+15", None, SPOILT),
        ("3212165207920003.0", "3212165207920003", "nik_number"),
        ("0", None, ""), ("", None, ""), ("-", None, ""), (0.0, None, ""),
        ("123", None, "nik_length"), ("3212165207920O03", None, "nik_digits"),
        (True, None, "digits"), (12.5, None, "digits"),
    ],
)  # fmt: skip
def test_a_nik_out_of_a_cell(cell, value, code) -> None:
    read = read_sixteen(cell, "nik", "NIK")
    assert (read.value, read.code) == (value, code)


def test_a_spoilt_nik_leaves_a_reason_and_its_digits() -> None:
    values, said = Converter("free", TODAY).read("nik", 9171011205880004.0, "9171011205880004")
    assert values == {"nik": None, "nik_missing_reason": SPOILT}
    assert said[0][1] == SPOILT


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12-5-1988", "1988-05-12"), ("12 Mei 1988", "1988-05-12"), ("12/05/88", "1988-05-12"),
        (32275, "1988-05-12"), (32275.0, "1988-05-12"), ("12.5.1988", "1988-05-12"),
        ("1988-05-12", "1988-05-12"), ("1988-05-12 00:00:00", "1988-05-12"), ("12051988", "1988-05-12"),
        (12051988.0, "1988-05-12"), ("Kamis, 12 Mei 1988", "1988-05-12"), ("12 - 05 - 1988", "1988-05-12"),
        (date(1988, 5, 12), "1988-05-12"), (datetime(1988, 5, 12, 7), "1988-05-12"), ("1988", "1988"),
        (1988.0, "1988"), ("Mei 1988", "1988-05"), ("00-00-1988", "1988"), ("00-05-1988", "1988-05"),
        ("10-10-1988", "1988-10-10"), ("31-02-1988", None), ("12-05-2569", None), ("12-05-2030", None),
        ("tidak tahu", None), (12.5, None), (7.0, None), (True, None), ("12-05-888", None),
    ],
)  # fmt: skip
def test_a_date_out_of_a_cell(cell, value) -> None:
    assert read_date(cell, today=TODAY).value == value


def test_serials_of_1904_and_dates_month_first() -> None:
    assert read_date(32275 - 1462, today=TODAY, is_1904=True).value == "1988-05-12"
    assert read_date("05/12/1988", today=TODAY, order="mdy").value == "1988-05-12"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Drs. H. Mulyono, S.Pd, M.M.", ("H. Mulyono", "Drs.", "S.Pd, M.M.")),
        ("dr. Siti Aminah", ("Siti Aminah", "dr.", "")),
        ("SUMIATI, SITI", ("SUMIATI, SITI", "", "")),
        ("Irma Suryani", ("Irma Suryani", "", "")),
        ("Ir. Soekarno", ("Soekarno", "Ir.", "")),
        ("Drajat", ("Drajat", "", "")),
        ("Maria Kewa, A.Md.Kep", ("Maria Kewa", "", "A.Md.Kep")),
        ("O'Neil", ("O'Neil", "", "")),
    ],
)
def test_titles_are_parted_only_where_they_are_certain(text, parts) -> None:
    found = part_titles(text)
    assert (found.name, found.before, found.after) == parts


@pytest.mark.parametrize(
    ("field", "text", "values"),
    [
        ("rt_rw", "002/001", {"rt": "002", "rw": "001"}), ("rt_rw", "RT 2 RW 1", {"rt": "002", "rw": "001"}),
        ("rw_rt", "001/002", {"rw": "001", "rt": "002"}), ("rt", "RT.04", {"rt": "004"}),
        ("rt", "004/002", {"rt": "004", "rw": "002"}), ("rw", "-", {}),
        ("birth", "Nganjuk, 12-07-1992", {"birth_place": "Nganjuk", "birth_date": "1992-07-12"}),
        ("birth", "Ja'an/12 Mei 1988", {"birth_place": "Ja'an", "birth_date": "1988-05-12"}),
        ("birth", "Nganjuk", {"birth_place": "Nganjuk"}),
        ("marital_status", "BK", {"marital_status": "belum_kawin"}),
        ("marital_status", "Kawin Belum Tercatat", {"marital_status": "kawin", "marriage_record": "belum_tercatat"}),
        ("blood_type", "Tdk Th", {"blood_type": "tidak_tahu"}), ("sex", "Lk", {"sex": "L"}),
        ("sex", "2", {"sex": "P"}), ("life_status", "Valid", {}), ("religion", "1", {}),
        ("phone", "081234567890 / 085712345678", {"phone": "+6281234567890"}),
        ("household_relation", "Kep. Keluarga", {"household_relation": "kepala_keluarga"}),
    ],
)  # fmt: skip
def test_a_cell_becomes_values(field, text, values) -> None:
    assert Converter("free", TODAY).read(field, text, text)[0] == values


def test_rt_rw_that_a_sheet_made_a_date_is_said() -> None:
    values, said = Converter("free", TODAY).read("rt_rw", date(2026, 2, 1), "2026-02-01")
    assert values == {}
    assert said[0][1] == "unit_date"


def test_numbers_of_opensid_are_read_only_in_its_sheet() -> None:
    assert Converter("opensid", TODAY).read("religion", 2.0, "2")[0] == {"religion": "kristen"}
    assert Converter("free", TODAY).read("religion", 2.0, "2")[1][0][1] == "code_number"


@pytest.mark.parametrize(
    ("heading", "field"),
    [("N I K", "nik"), ("No. KK", "no_kk"), ("TGL_LHR", "birth_date"), ("Tempat/Tgl Lahir", "birth"),
     ("Nama Lengkap (sesuai KTP)", "name"), ("Jns Kelamin", "sex"), ("Agama*", "religion"),
     ("Nama Kepala Keluarga", "head_name"), ("Umur", "ignore"), ("Pendidikn Terakhir", "education_level")],
)  # fmt: skip
def test_headings_are_known_in_their_many_spellings(heading, field) -> None:
    assert match(heading)[0][0] == field


def test_words_that_are_no_heading_are_none() -> None:
    for word in ("SUTRISNO", "ISLAM", "KAWIN", "3212165207920003", "Krajan", "x" * 200, ""):
        assert exact(word) == ()


@given(st.text(max_size=40))
def test_F05_every_text_comes_back_from_a_guarded_cell(text) -> None:
    guarded = guard_cell(text)
    assert open_cell(guarded) == text
    assert guarded[:1] not in set(FORMULA_STARTS) - {"'"}


@given(
    st.one_of(
        st.text(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.integers(),
        st.booleans(),
        st.dates(),
    )
)
def test_no_cell_breaks_the_reader(cell) -> None:
    text = text_of(cell)
    convert = Converter("free", TODAY)
    for field in ("name", "nik", "no_kk", "birth_date", "birth", "rt", "rt_rw", "phone", "sex", "religion",
                  "children_count", "passport_no", "area_code", "note", "pria_wanita"):  # fmt: skip
        values, said = convert.read(field, cell, text)
        assert isinstance(values, dict)
        assert all(sentence.strip() for _, _, sentence, _ in said)


def test_cells_are_called_as_sheets_call_them() -> None:
    assert [cell_name(0, 0), cell_name(16, 2), cell_name(9, 25), cell_name(9, 26), cell_name(0, 701)] == [
        "A1", "C17", "Z10", "AA10", "ZZ1",
    ]  # fmt: skip
