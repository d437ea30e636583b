"""Makes the rosters in `files/` with programs that are not ours.

    python make_files.py        needs xlwt, XlsxWriter and LibreOffice (soffice) on the path

The people are invented; the layouts are those of reference/domain.md §15. What each file
holds was counted by eye into `figures.json`; this script knows nothing of it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
import xlwt

HERE = Path(__file__).parent / "files"
REGION = "321216"
KK = ["3212161201100001", "3212160507120003", "3212162008150011", "3212161111190007"]
# card, name, sex, born, relation, religion, marital, education, occupation, blood, place, father, mother
PEOPLE = [
    (0, "SUTRISNO", "L", date(1975, 3, 12), 1, 1, 2, 3, 9, 13, "INDRAMAYU", "PAIJO", "NGATINAH"),
    (0, "KASIYEM", "P", date(1978, 7, 4), 3, 1, 2, 3, 2, 2, "INDRAMAYU", "WAGIMAN", "PARTINI"),
    (0, "AGUS PRIYONO", "L", date(2001, 8, 17), 4, 1, 1, 5, 15, 13, "INDRAMAYU", "SUTRISNO", "KASIYEM"),
    (0, "DEWI LESTARI", "P", date(2009, 12, 1), 4, 1, 1, 4, 3, 4, "CIREBON", "SUTRISNO", "KASIYEM"),
    (1, "H. MAS'UD ROFI'I", "L", date(1961, 2, 17), 1, 1, 2, 3, 84, 13, "SAMPANG", "SUKRI", "ZAINI"),
    (1, "HOSNIA", "P", date(1966, 9, 23), 3, 1, 2, 2, 2, 13, "SAMPANG", "HASAN", "SITTI"),
    (1, "MASRUROH", "P", date(1970, 1, 30), 3, 1, 2, 2, 2, 1, "BANGKALAN", "ARIFIN", "ROHMAH"),
    (2, "SUMIATI", "P", date(1983, 5, 12), 1, 1, 4, 4, 88, 13, "INDRAMAYU", "TUKIMAN", "SUMINI"),
    (2, "RINA WAHYUNI", "P", date(2005, 4, 9), 4, 1, 1, 5, 3, 13, "INDRAMAYU", "SLAMET", "SUMIATI"),
    (2, "BUDI SANTOSO", "L", date(2012, 11, 25), 4, 1, 1, 2, 3, 13, "INDRAMAYU", "SLAMET", "SUMIATI"),
    (3, "YOHANES OLA TOKAN", "L", date(1985, 6, 6), 1, 3, 2, 8, 65, 3, "LARANTUKA", "PETRUS", "THERESIA"),
    (3, "MARIA KEWA", "P", date(1988, 10, 10), 3, 3, 2, 7, 74, 4, "LARANTUKA", "MARKUS", "YULIANA"),
    (3, "PAINEM", "P", date(1940, 1, 1), 8, 1, 4, 1, 1, 13, "KEDIRI", "-", "-"),
]  # fmt: skip
HOMES = [
    ("KRAJAN", "002", "001"),
    ("JIWET", "001", "002"),
    ("PRAPAT", "003", "002"),
    ("KRAJAN", "004", "001"),
]
RELIGION = ["", "ISLAM", "KRISTEN", "KATHOLIK"]
MARITAL = ["", "BELUM KAWIN", "KAWIN", "CERAI HIDUP", "CERAI MATI"]
MARITAL_BIP = ["", "BK", "K", "CH", "CM"]
RELATION = [
    "",
    "KEPALA KELUARGA",
    "SUAMI",
    "ISTRI",
    "ANAK",
    "MENANTU",
    "CUCU",
    "ORANGTUA",
    "MERTUA",
]
EDUCATION = ["", "TIDAK/BELUM SEKOLAH", "BELUM TAMAT SD/SEDERAJAT", "TAMAT SD/SEDERAJAT", "SLTP/SEDERAJAT",
             "SLTA/SEDERAJAT", "DIPLOMA I/II", "AKADEMI/DIPLOMA III/S. MUDA", "DIPLOMA IV/STRATA I"]  # fmt: skip
BLOOD = {1: "A", 2: "B", 3: "AB", 4: "O", 13: "Tdk Th"}
WORK = {1: "BELUM/TIDAK BEKERJA", 2: "MENGURUS RUMAH TANGGA", 3: "PELAJAR/MAHASISWA", 9: "PETANI/PEKEBUN",
        15: "KARYAWAN SWASTA", 65: "GURU", 74: "PERAWAT", 84: "PEDAGANG", 88: "WIRASWASTA"}  # fmt: skip
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember"]  # fmt: skip


def nik(place: int) -> str:
    _, _, sex, born, *_ = PEOPLE[place]
    day = born.day + (40 if sex == "P" else 0)
    return (
        f"{REGION}{day:02}{born:%m%y}{place + 1:04}"
        if place != 9
        else f"{REGION}{day:02}{born:%m%y}0019"
    )


NIKS = [nik(place) for place in range(len(PEOPLE))]
OPENSID = [
    "alamat",
    "dusun",
    "rw",
    "rt",
    "nama",
    "no_kk",
    "nik",
    "sex",
    "tempatlahir",
    "tanggallahir",
    "agama_id",
    "pendidikan_kk_id",
    "pendidikan_sedang_id",
    "pekerjaan_id",
    "status_kawin",
    "kk_level",
    "warganegara_id",
    "ayah_nik",
    "nama_ayah",
    "ibu_nik",
    "nama_ibu",
    "golongan_darah_id",
    "akta_lahir",
    "dokumen_pasport",
    "tanggal_akhir_paspor",
    "dokumen_kitas",
    "akta_perkawinan",
    "tanggalperkawinan",
    "akta_perceraian",
    "tanggalperceraian",
    "cacat_id",
    "cara_kb_id",
    "hamil",
    "ktp_el",
    "status_rekam",
    "alamat_sekarang",
    "status_dasar",
    "suku",
    "tag_id_card",
    "id_asuransi",
    "no_asuransi",
    "lat",
    "lng",
]


def opensid_rows(*, floats: bool) -> list[dict[str, object]]:
    found = []
    for place, one in enumerate(PEOPLE):
        (
            card,
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
        ) = one
        dusun, rt, rw = HOMES[card]
        code = float if floats else str
        found.append({
            "alamat": "", "dusun": dusun, "rw": "-" if card == 2 else rw, "rt": rt, "nama": name,
            "no_kk": KK[card], "nik": NIKS[place], "sex": code(1 if sex == "L" else 2), "tempatlahir": town,
            "tanggallahir": born.isoformat(), "agama_id": code(religion), "pendidikan_kk_id": code(education),
            "pekerjaan_id": code(work), "status_kawin": code(marital), "kk_level": code(relation),
            "warganegara_id": code(1), "nama_ayah": father, "nama_ibu": mother, "golongan_darah_id": code(blood),
            "ayah_nik": "0" if place == 3 else "", "cacat_id": code(7), "status_dasar": code(1),
            "suku": "Jawa" if card == 0 else "", "hamil": code(2) if sex == "P" else "",
        })  # fmt: skip
    found[12]["nik"] = "32121641014"  # nonsense serials happen
    return found


def make_opensid() -> None:
    for name, floats in (("opensid_2019.xlsx", True), ("opensid_2023.xlsx", False)):
        book = xlsxwriter.Workbook(HERE / name)
        sheet = book.add_worksheet("Data Penduduk")
        box = book.add_format({"border": 1})
        sheet.write_row(0, 0, OPENSID)
        for row, one in enumerate(opensid_rows(floats=floats), 1):
            for column, key in enumerate(OPENSID):
                value = one.get(key, "")
                if value != "":
                    sheet.write(row, column, value)
        for row in range(len(PEOPLE) + 1, 400):
            for column in range(len(OPENSID)):
                sheet.write_blank(row, column, None, box)
        codes = book.add_worksheet("Kode Data")
        codes.write_row(0, 0, ["Kode", "Agama"])
        codes.write_row(1, 0, [1, "ISLAM"])
        codes.hide()
        book.close()


SIAK = [
    "Nomor KK",
    "NIK",
    "Nama Penduduk",
    "Status",
    "Tempat Lahir",
    "Tanggal Lahir",
    "Kelamin",
    "NIK Ayah",
    "Ayah",
    "NIK Ibu",
    "Ibu",
    "Status Kawin",
    "SHDK",
    "Agama",
    "Kecamatan",
    "Desa/Kel",
    "Alamat",
    "RW",
    "RT",
    "Pendidikan",
    "Pekerjaan",
    "Deskripsi Pekerjaan",
    "Gol. Darah",
    "Cacat",
    "Cetak KTP",
    "Ganti KTP",
    "KTP Berakhir",
    "Nomor Paspor",
    "Nomor Akta Lahir",
    "Nomor Akta Kawin",
    "Tanggal Kwn",
    "Nomor Akta Cerai",
    "Tgl Cerai",
    "Tgl Entri",
    "Entri Oleh",
    "Umur",
    "Kode Pos",
]
SIAK_HOMES = ["Dsn KRAJAN", "Dsn JIWET", "DSN. PRAPAT", "DS JIWET"]


def siak_row(place: int) -> list[object]:
    (
        card,
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
    _, rt, rw = HOMES[card]
    status = "Tidak Valid" if place == 12 else "Valid"
    return [KK[card], NIKS[place], name, status, town, f"{born:%d/%m/%Y}", "Laki-laki" if sex == "L" else "Perempuan",
            "", father, "", mother, MARITAL[marital].title(), RELATION[relation].title(), RELIGION[religion].title(),
            "KANDANGHAUR", "ERETAN", SIAK_HOMES[card], rw, rt, EDUCATION[education], WORK[work], "", BLOOD[blood],
            "Tidak Cacat", "Sudah", "", "SEUMUR HIDUP", "", "", "", "", "", "", "01/02/2015", "admin", 2026 - born.year,
            "45254"]  # fmt: skip


def make_siak() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Penduduk")
    for column, heading in enumerate(SIAK):
        sheet.write(0, column, heading)
    for place in range(len(PEOPLE)):
        for column, value in enumerate(siak_row(place)):
            if value != "":
                sheet.write(place + 1, column, value)
    book.save(str(HERE / "siak.xls"))
    # a later export: titles over it, real dates, shorter headings, columns moved
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="DD-MM-YYYY")
    sheet.write(0, 0, "DAFTAR PENDUDUK DESA ERETAN")
    sheet.write(1, 0, "Kecamatan : KANDANGHAUR")
    heads = ["NO", "NAMA_LGKP", "NIK", "NO_KK", "JENIS_KLMIN", "TMPT_LHR", "TGL_LHR", "STAT_HBKEL", "STAT_KWN", "AGAMA",
             "PDDK_AKH", "JENIS_PKRJN", "NAMA_LGKP_IBU", "NAMA_LGKP_AYAH", "ALAMAT", "NO_RT", "NO_RW"]  # fmt: skip
    for column, heading in enumerate(heads):
        sheet.write(3, column, heading)
    for place, one in enumerate(PEOPLE):
        (
            card,
            name,
            sex,
            born,
            relation,
            religion,
            marital,
            education,
            work,
            _,
            town,
            father,
            mother,
        ) = one
        _, rt, rw = HOMES[card]
        cells = [place + 1, name, NIKS[place], KK[card], "LAKI-LAKI" if sex == "L" else "PEREMPUAN", town, born,
                 RELATION[relation], MARITAL[marital], RELIGION[religion], EDUCATION[education], WORK[work], mother,
                 father, SIAK_HOMES[card], int(rt), int(rw)]  # fmt: skip
        for column, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write(4 + place, column, datetime(value.year, value.month, value.day), day)
            else:
                sheet.write(4 + place, column, value)
    sheet.write(5 + len(PEOPLE), 1, "Jumlah : 13 jiwa")
    book.save(str(HERE / "siak_judul.xls"))


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


def convert(source: str, ending: str, target: str, options: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profil", "--convert-to",
                        ending + options, "--outdir", folder, str(HERE / source)], check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        made = next(Path(folder).glob(f"*.{ending}"))
        shutil.move(made, HERE / target)


def main() -> None:
    HERE.mkdir(exist_ok=True)
    make_opensid()
    make_siak()
    make_bip_blocks()
    make_bip_once()
    make_bip_pages()
    make_free()
    convert("opensid_2023.xlsx", "ods", "opensid.ods")
    convert("opensid_2023.xlsx", "csv", "opensid.csv")
    convert(
        "opensid_2019.xlsx", "csv", "opensid_titik_koma.csv", ":Text - txt - csv (StarCalc):59,34,1"
    )
    convert("bip_blok.xls", "ods", "bip_blok.ods")
    convert("bebas_baris7.xlsx", "xls", "bebas_baris7.xls")
    convert("bebas_gaya.xlsx", "csv", "bebas_gaya.csv")


if __name__ == "__main__":
    main()
