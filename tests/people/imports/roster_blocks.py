"""Buku Induk Penduduk in three layouts, and four sheets as officers make them."""

from __future__ import annotations

from datetime import date, datetime

import xlsxwriter
import xlwt
from roster_people import (
    BLOOD,
    EDUCATION,
    HERE,
    HOMES,
    KK,
    MARITAL,
    MARITAL_BIP,
    MONTHS,
    NIKS,
    PEOPLE,
    RELATION,
    RELIGION,
    WORK,
)

BIP_HEAD = ["NO", "NIK", "NAMA LENGKAP", "JK", "TEMPAT DAN TANGGAL LAHIR", "", "GOL DRH", "AGAMA", "STATUS", "SHDK",
            "PENDIDIKAN", "PEKERJAAN", "NAMA IBU", "NAMA AYAH"]  # fmt: skip


def bip_cells(place: int, number: int) -> list[object]:
    (
        _,
        name,
        sex,
        born,
        relation,
        religion,
        marital,
        education,
        work,
        blood,
        town,
        father,
        mother,
    ) = PEOPLE[place]
    return [number, NIKS[place], name + "\u00a0", "Lk" if sex == "L" else "Pr", town, f"{born:%d-%m-%Y}", BLOOD[blood],
            RELIGION[religion], MARITAL_BIP[marital], RELATION[relation], EDUCATION[education], WORK[work], mother, father]  # fmt: skip


def make_bip_blocks() -> None:
    """Household blocks, headings and counting row over each; the page head repeated."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("BIP")
    row = bip_title(sheet, 0)
    for card in range(4):
        if card == 2:
            row = bip_title(sheet, row + 2)
        row += 1
        head = next(one[1] for one in PEOPLE if one[0] == card)
        dusun, rt, rw = HOMES[card]
        sheet.write(row, 0, f"No. KK :\u00a0{KK[card]}")
        sheet.write(row, 4, f"Nama Kepala Keluarga : {head}")
        sheet.write(row, 8, f"Alamat : DUSUN {dusun}")
        sheet.write(row, 11, f"RT/RW : {rt}/{rw}")
        row += 1
        for column, heading in enumerate(BIP_HEAD):
            if column == 4:
                sheet.write_merge(row, row, 4, 5, heading)
            elif column != 5:
                sheet.write_merge(row, row + 1, column, column, heading)
        sheet.write(row + 1, 4, "TEMPAT")
        sheet.write(row + 1, 5, "TANGGAL")
        row += 2
        for column in range(len(BIP_HEAD)):
            sheet.write(row, column, -(column + 1))
        members = [place for place, one in enumerate(PEOPLE) if one[0] == card]
        for number, place in enumerate(members, 1):
            row += 1
            for column, value in enumerate(bip_cells(place, number)):
                sheet.write(row, column, value)
        row += 1
    sheet.write(row + 1, 9, "Mengetahui, Kuwu Eretan")
    book.save(str(HERE / "bip_blok.xls"))


def bip_title(sheet: xlwt.Worksheet, row: int) -> int:
    for place, text in enumerate(("BUKU INDUK PENDUDUK", "PROVINSI : JAWA BARAT", "KABUPATEN : INDRAMAYU",
                                  "KECAMATAN : KANDANGHAUR", "DESA/KELURAHAN : ERETAN")):  # fmt: skip
        sheet.write(row + place, 0, text)
    return row + 5


def make_bip_once() -> None:
    """Another year: headings once, label and value in cells of their own, L/P, dates real."""
    book = xlsxwriter.Workbook(HERE / "bip_sekali.xlsx")
    sheet = book.add_worksheet("Buku Induk")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range(0, 0, 0, 9, "BUKU INDUK PENDUDUK WNI")
    sheet.write(2, 0, "Desa/Kelurahan")
    sheet.write(2, 2, ": ERETAN")
    heads = ["No.", "Nama Lengkap", "L/P", "Hubungan Keluarga", "Tempat Lahir", "Tanggal Lahir", "Status Perkawinan",
             "Agama", "Pendidikan Terakhir", "Pekerjaan", "NIK"]  # fmt: skip
    sheet.write_row(4, 0, heads)
    sheet.write_row(5, 0, [f"({place + 1})" for place in range(len(heads))])
    row = 6
    for card in range(4):
        dusun, rt, rw = HOMES[card]
        sheet.write_row(row, 0, ["No. KK", ":", KK[card]])
        sheet.write_row(row + 1, 0, ["Dusun", ":", dusun, "RT", ":", rt, "RW", ":", rw])
        row += 2
        for number, place in enumerate((p for p, one in enumerate(PEOPLE) if one[0] == card), 1):
            _, name, sex, born, relation, religion, marital, education, work, _, town, *_ = PEOPLE[
                place
            ]
            sheet.write_row(row, 0, [number, name, sex, RELATION[relation], town])
            sheet.write_datetime(row, 5, datetime(born.year, born.month, born.day), day)
            sheet.write_row(
                row, 6, [MARITAL[marital], RELIGION[religion], EDUCATION[education], WORK[work]]
            )
            sheet.write_string(row, 10, NIKS[place])
            row += 1
        row += 1
    book.close()


def make_bip_pages() -> None:
    """A third: No. KK as a merged column beside the members, page head after every page."""
    book = xlsxwriter.Workbook(HERE / "bip_halaman.xlsx")
    sheet = book.add_worksheet("Hal")
    row = 0
    for page, cards in enumerate(((0, 1), (2, 3)), 1):
        sheet.write(row, 0, "BUKU INDUK KEPENDUDUKAN DESA ERETAN")
        sheet.write(row + 1, 0, f"Halaman {page} dari 2")
        heads = ["NO URUT", "NOMOR KK", "NAMA KEPALA KELUARGA", "NAMA ANGGOTA KELUARGA", "N I K", "JENIS KELAMIN",
                 "KELAHIRAN", "", "AGAMA", "STATUS KAWIN", "ALAMAT", "", ""]  # fmt: skip
        for column, heading in enumerate(heads):
            if column == 6:
                sheet.merge_range(row + 3, 6, row + 3, 7, heading)
            elif column == 10:
                sheet.merge_range(row + 3, 10, row + 3, 12, heading)
            elif column not in {7, 11, 12}:
                sheet.merge_range(row + 3, column, row + 4, column, heading)
        for column, heading in (
            (6, "TEMPAT"),
            (7, "TANGGAL"),
            (10, "DUSUN"),
            (11, "RT"),
            (12, "RW"),
        ):
            sheet.write(row + 4, column, heading)
        row += 5
        for card in cards:
            places = [p for p, one in enumerate(PEOPLE) if one[0] == card]
            sheet.merge_range(row, 1, row + len(places) - 1, 1, KK[card])
            sheet.merge_range(row, 2, row + len(places) - 1, 2, PEOPLE[places[0]][1])
            for number, place in enumerate(places, 1):
                _, name, sex, born, _, religion, marital, *_, town, _, _ = PEOPLE[place]
                dusun, rt, rw = HOMES[card]
                sheet.write(row, 0, number)
                sheet.write_row(row, 3, [name, NIKS[place], sex, town,
                                         f"{born.day} {MONTHS[born.month - 1]} {born.year}", RELIGION[religion],
                                         MARITAL[marital], dusun, f"RT {rt}", int(rw)])  # fmt: skip
                row += 1
        sheet.write(row, 3, f"Jumlah jiwa halaman {page}: 7")
        row += 3
    book.close()


def make_free() -> None:
    make_free_numbers()
    make_free_sides()
    make_free_header7()
    make_free_styles()


def make_free_numbers() -> None:
    """NIK as numbers (one beyond 2^53, one with a lost end), serial dates without a format."""
    book = xlsxwriter.Workbook(HERE / "bebas_angka.xlsx")
    sheet = book.add_worksheet("Warga RT 2")
    sheet.write_row(0, 0, ["No", "NIK", "Nama", "Tgl Lahir", "JK", "No HP"])
    for place, one in enumerate(PEOPLE):
        number = float(NIKS[place])
        if place == 5:
            number = 9171011205880004.0
        if place == 6:
            number = 3212167001700000.0
        sheet.write_row(place + 1, 0, [place + 1, number, one[1], (one[3] - date(1899, 12, 30)).days, one[2],
                                       f"'08123456{place:04}"])  # fmt: skip
    book.close()


def make_free_sides() -> None:
    """Two tables side by side under one title, apostrophes and blanks in NIK."""
    book = xlsxwriter.Workbook(HERE / "bebas_berdampingan.xlsx")
    sheet = book.add_worksheet("Peserta")
    sheet.merge_range(0, 0, 0, 8, "DAFTAR PESERTA PELATIHAN MENJAHIT")
    sheet.merge_range(1, 0, 1, 3, "KELOMPOK A")
    sheet.merge_range(1, 5, 1, 8, "KELOMPOK B")
    for start, places in ((0, range(7)), (5, range(7, 13))):
        sheet.write_row(2, start, ["No", "Nama", "NIK", "Alamat"])
        for number, place in enumerate(places, 1):
            dusun, rt, rw = HOMES[PEOPLE[place][0]]
            digits = NIKS[place]
            spelled = f"'{digits}" if start else f"{digits[:6]} {digits[6:12]} {digits[12:]}"
            sheet.write_row(2 + number, start, [number, PEOPLE[place][1].title(), spelled,
                                                f"Dusun {dusun.title()} RT {rt} RW {rw}"])  # fmt: skip
    sheet.write(11, 6, "Mengetahui, Kepala Desa")
    book.close()


def make_free_header7() -> None:
    """Header in row 7, merged headings in two rows, a hamlet's name between the people."""
    book = xlsxwriter.Workbook(HERE / "bebas_baris7.xlsx")
    sheet = book.add_worksheet("Data")
    for row, text in enumerate(("PEMERINTAH KABUPATEN INDRAMAYU", "KECAMATAN KANDANGHAUR", "DESA ERETAN", "",
                                "DATA WARGA TAHUN 2025")):  # fmt: skip
        sheet.write(row, 0, text)
    for column, heading in enumerate(("No", "Nama Lengkap", "NIK", "No. KK", "Jenis Kelamin")):
        sheet.merge_range(6, column, 7, column, heading)
    sheet.merge_range(6, 5, 6, 6, "Tempat/Tgl Lahir")
    sheet.write_row(7, 5, ["Tempat", "Tanggal"])
    sheet.merge_range(6, 7, 6, 8, "Nama Orang Tua")
    sheet.write_row(7, 7, ["Ayah", "Ibu"])
    sheet.merge_range(6, 9, 7, 9, "Ket")
    row = 8
    for card in range(4):
        sheet.write(row, 0, f"DUSUN {HOMES[card][0]}")
        row += 1
        for place, one in enumerate(PEOPLE):
            if one[0] != card:
                continue
            born = one[3]
            sheet.write_row(row, 0, [place + 1, one[1], NIKS[place], KK[card], one[2], one[10],
                                     f"{born.day}/{born.month}/{born:%y}", one[11], one[12]])  # fmt: skip
            row += 1
    sheet.write(row + 1, 1, "Jumlah")
    sheet.write(row + 1, 2, 13)
    book.close()


def make_free_styles() -> None:
    """Place and date in one cell in four styles, titles beside names, RT/RW in one, No. KK at heads only."""
    book = xlsxwriter.Workbook(HERE / "bebas_gaya.xlsx")
    sheet = book.add_worksheet("Keluarga")
    heads = [
        "Nama",
        "Nomor Kartu Keluarga",
        "NIK",
        "SHDK",
        "TTL",
        "Status",
        "Pekerjaan",
        "RT/RW",
        "Telp",
    ]
    sheet.write_row(0, 0, heads)
    for place, one in enumerate(PEOPLE):
        card, name, _, born, relation, _, marital, _, work, _, town, *_ = one
        styles = (f"{born.day}-{born.month}-{born.year}", f"{born.day} {MONTHS[born.month - 1]} {born.year}",
                  f"{born:%d/%m/%Y}", f"{born:%d.%m.%Y}")  # fmt: skip
        shown = {10: "Drs. Yohanes Ola Tokan, S.Pd", 11: "Maria Kewa, A.Md.Kep"}.get(
            place, name.title()
        )
        _, rt, rw = HOMES[card]
        sheet.write_row(place + 1, 0, [
            shown, KK[card] if relation == 1 else "", NIKS[place], RELATION[relation].title(),
            f"{town.title()}, {styles[place % 4]}", MARITAL[marital].title(), WORK[work].title(), f"{rt}/{rw}",
            "081234567890 / 085712345678" if place == 0 else "",
        ])  # fmt: skip
    sheet.write(14, 0, "Tukang Baru")
    book.close()
