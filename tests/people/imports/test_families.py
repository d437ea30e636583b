"""Each family of rosters in several layouts, against figures counted by eye."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from desmigratif_desktop.people.imports import session
from desmigratif_desktop.people.imports.readers import open_book
from desmigratif_desktop.people.imports.recognise import recognise
from desmigratif_desktop.people.imports.values import Book, Sheet

HERE = Path(__file__).parent
FIGURES = json.loads((HERE / "figures.json").read_text("utf-8"))
NAMES = sorted(FIGURES)
BORN = {
    "SUTRISNO": "1975-03-12", "KASIYEM": "1978-07-04", "AGUS PRIYONO": "2001-08-17",
    "DEWI LESTARI": "2009-12-01", "H. MAS'UD ROFI'I": "1961-02-17", "HOSNIA": "1966-09-23",
    "MASRUROH": "1970-01-30", "SUMIATI": "1983-05-12", "RINA WAHYUNI": "2005-04-09",
    "BUDI SANTOSO": "2012-11-25", "YOHANES OLA TOKAN": "1985-06-06", "MARIA KEWA": "1988-10-10",
    "PAINEM": "1940-01-01",
}  # fmt: skip
"""Who stands in every file, and when they were born; copied by hand from the first list."""


def load(name: str) -> session.Loaded:
    return session.load(HERE / "files" / name)


def people(loaded, people_of):
    return [one for one in people_of(loaded).rows if not one.is_refused]


def identity(rows):
    return sorted(
        (str(one.values["name"]).upper(), one.values.get("nik") or "", one.values.get("no_kk") or "",
         one.values.get("birth_date") or "", one.values.get("sex") or "")
        for one in rows
    )  # fmt: skip


def test_every_file_has_its_figures() -> None:
    assert {one.name for one in (HERE / "files").iterdir()} == set(FIGURES)


@pytest.mark.parametrize("name", NAMES)
def test_a_roster_gives_the_people_counted_by_eye(name, people_of) -> None:
    loaded, told = load(name), FIGURES[name]
    assert loaded.found.is_sure, loaded.found.questions
    assert {one.kind for one in loaded.found.tables} == {told["kind"]}
    read = people_of(loaded)
    taken = [one for one in read.rows if not one.is_refused]
    assert len(taken) == told["people"]
    assert len(read.rows) - len(taken) == told["refused"]
    assert len({one.values.get("no_kk") for one in taken} - {None}) == told["cards"]
    without = sorted(str(one.values["name"]) for one in taken if not one.values.get("nik"))
    assert without == told["without_nik"]
    hard = [one.cell for row in read.rows for one in row.problems if not one.is_note]
    assert hard == told["cells"]
    assert len(read.left) + len(loaded.found.left) == told["left"]


@pytest.mark.parametrize("name", NAMES)
def test_names_and_birth_dates_are_those_on_the_paper(name, people_of) -> None:
    for one in people(load(name), people_of):
        given = str(one.values["name"]).upper()
        assert given in BORN
        if name != "bebas_berdampingan.xlsx":
            assert one.values["birth_date"] == BORN[given]


def test_words_codes_and_homes_come_out_alike(people_of) -> None:
    by_file = {
        name: {one.values["name"]: one.values for one in people(load(name), people_of)}
        for name in ("opensid_2019.xlsx", "siak.xls", "siak_judul.xls", "bip_blok.xls")
    }
    for name, found in by_file.items():
        agus, sumiati = found["AGUS PRIYONO"], found["SUMIATI"]
        assert agus["education_level"] == "slta_sederajat", name
        assert agus["occupation"] == "karyawan_swasta", name
        assert (agus["dusun"], agus["rt"], agus["rw"]) == ("KRAJAN", "002", "001"), name
        assert sumiati["marital_status"] == "cerai_mati", name
        assert sumiati["household_relation"] == "kepala_keluarga", name
    siak = by_file["siak.xls"]
    assert siak["SUTRISNO"]["blood_type"] == "tidak_tahu"
    assert siak["SUMIATI"]["dusun"] == "PRAPAT"
    assert siak["PAINEM"]["dusun"] == "JIWET", "DS is a hamlet where Dsn of the same name stands"
    assert siak["PAINEM"]["life_status"] == "tidak_valid"
    assert "rw" not in by_file["opensid_2019.xlsx"]["SUMIATI"]


def test_the_head_of_a_card_is_known_from_the_line_above_it(people_of) -> None:
    found = {one.values["name"]: one.values for one in people(load("bip_halaman.xlsx"), people_of)}
    heads = [name for name, values in found.items() if values.get("household_relation")]
    assert heads == ["SUTRISNO", "H. MAS'UD ROFI'I", "SUMIATI", "YOHANES OLA TOKAN"]


def test_titles_stand_beside_the_name(people_of) -> None:
    found = {one.values["name"]: one.values for one in people(load("bebas_gaya.xlsx"), people_of)}
    assert found["Yohanes Ola Tokan"]["title_before"] == "Drs."
    assert found["Yohanes Ola Tokan"]["title_after"] == "S.Pd"
    assert found["Maria Kewa"]["title_after"] == "A.Md.Kep"
    assert found["H. Mas'Ud Rofi'I"]["nik"].endswith("0005")


# --- the same files, otherwise laid out: the same people, or a clear question ---

PLAIN = [name for name in NAMES if not open_book(HERE / "files" / name).sheets[0].merges]


def changed(loaded: session.Loaded, change) -> session.Loaded:
    book = replace(loaded.book, sheets=tuple(change(one) for one in loaded.book.sheets))
    return session.Loaded(book, recognise(book))


def same_or_asked(before, after, people_of) -> bool:
    if after.found.questions:
        return True
    assert identity(people(after, people_of)) == identity(people(before, people_of))
    return False


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("seed", [1, 2])
def test_moved_columns_give_the_same_people(name, seed, people_of) -> None:
    before = load(name)
    if len(before.found.tables) > 1 or before.found.tables[0].kind == "bip":
        pytest.skip("lines of labels and tables side by side have an order")

    def move(sheet: Sheet) -> Sheet:
        width = max(len(row) for row in sheet.rows)
        order = random.Random(seed).sample(range(width), width)
        rows = [[row[c] if c < len(row) else None for c in order] for row in sheet.rows]
        return replace(sheet, rows=rows)

    after = changed(before, move)
    assert not same_or_asked(before, after, people_of), after.found.questions


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_empty_rows_put_in_give_the_same_people(name, people_of) -> None:
    before = load(name)

    def insert(sheet: Sheet) -> Sheet:
        title = [["DAFTAR WARGA"], [], ["Dicetak oleh petugas"]]
        merges = tuple((a + 3, b, c + 3, d) for a, b, c, d in sheet.merges)
        return Sheet(sheet.name, [*title, *sheet.rows, [], [None] * 5, []], merges)

    assert not same_or_asked(before, changed(before, insert), people_of)


@pytest.mark.parametrize("name", PLAIN)
def test_an_empty_row_after_every_row_gives_the_same_people(name, people_of) -> None:
    before = load(name)
    head = max(before.found.tables[0].head_rows)

    def spread(sheet: Sheet) -> Sheet:
        rows = [line for place, row in enumerate(sheet.rows)
                for line in ((row, []) if place > head else (row,))]  # fmt: skip
        return replace(sheet, rows=rows)

    assert not same_or_asked(before, changed(before, spread), people_of)


@pytest.mark.parametrize("name", [one for one in PLAIN if not one.startswith("bip")])
def test_page_heads_repeated_in_the_middle_give_the_same_people(name, people_of) -> None:
    before = load(name)
    heads = before.found.tables[0].head_rows
    middle = heads[-1] + 6

    def repeat(sheet: Sheet) -> Sheet:
        again = [["DAFTAR WARGA"], ["Halaman 2"], *(sheet.rows[row] for row in heads)]
        return replace(sheet, rows=[*sheet.rows[:middle], *again, *sheet.rows[middle:]])

    assert not same_or_asked(before, changed(before, repeat), people_of)


RENAMED = {
    "nama": "Sebutan Lengkap", "nik": "Kode Induk", "no kk": "Berkas", "nomor kk": "Berkas", "nokk": "Berkas",
    "tanggal lahir": "Hari Jadi", "tanggallahir": "Hari Jadi", "tgl lahir": "Hari Jadi", "jk": "X", "sex": "X",
    "agama": "Keyakinan", "agama id": "Keyakinan", "nama penduduk": "Sebutan", "kelamin": "X",
    "nama lgkp": "Sebutan", "jenis klmin": "X",
}  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("word", sorted(RENAMED))
def test_a_renamed_heading_gives_the_same_people_or_a_question(name, word, people_of) -> None:
    from desmigratif_desktop.people.imports.headings import fold_heading

    before = load(name)

    def rename(sheet: Sheet) -> Sheet:
        rows = [
            [RENAMED[word] if isinstance(one, str) and fold_heading(one) == word else one
             for one in row]
            for row in sheet.rows
        ]  # fmt: skip
        return replace(sheet, rows=rows)

    same_or_asked(before, changed(before, rename), people_of)


def test_without_any_heading_everything_is_asked() -> None:
    book = open_book(HERE / "files" / "siak.xls")
    bare = Book("x", "xls", (replace(book.sheets[0], rows=book.sheets[0].rows[1:]),))
    found = recognise(bare)
    assert found.tables
    assert found.questions
    assert {one.field for one in found.tables[0].columns} >= {"nik", "no_kk", "sex", "religion"}
