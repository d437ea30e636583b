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
from roster_blocks import make_bip_blocks, make_bip_once, make_bip_pages, make_free
from roster_people import (
    BLOOD,
    EDUCATION,
    HERE,
    HOMES,
    KK,
    MARITAL,
    NIKS,
    PEOPLE,
    RELATION,
    RELIGION,
    WORK,
)

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
