"""The invented people of all rosters in `files/`, and what sheets call their values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

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
