from __future__ import annotations

import csv
import re
from datetime import date

import pytest

from desmigratif_desktop.foundation.paths import ResourceMissingError, resource
from desmigratif_desktop.foundation.reference import (
    FIXED_COLUMNS,
    fold_word,
    read_table,
    table,
    table_names,
)

CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
OWN_CODES = {"sex": {"L", "P"}, "currency": None, "zone": None, "province_zone": None}
SIZES = {
    "religion": 7, "marital_status": 4, "blood_type": 13, "education_level": 10, "household_relation": 11,
    "occupation": 89, "nationality": 3, "disability": 7, "sex": 2, "person_role": 5, "document": 16,
    "placement_scheme": 8, "route_status": 3, "province_zone": 38, "stage": 30,
}  # fmt: skip


@pytest.mark.parametrize("name", table_names())
def test_every_table_is_sound(name):
    rows = table(name).rows()
    assert rows
    assert [row.code for row in rows] == list(dict.fromkeys(row.code for row in rows))
    for row in rows:
        assert row.label.strip() == row.label
        assert row.label
        assert row.source, row.code
        if name not in OWN_CODES:
            assert CODE.fullmatch(row.code), row.code
        assert row.valid_from is None or row.valid_to is None or row.valid_from <= row.valid_to


@pytest.mark.parametrize("name", table_names())
def test_every_label_and_number_leads_back_to_its_own_code(name):
    whole = table(name)
    for row in whole:
        assert whole.code_of(row.code) == row.code
        assert whole.code_of(row.label.upper()) == row.code
        if row.extras.get("opensid"):
            assert whole.code_of(f"{row.extras['opensid']}.0") == row.code


@pytest.mark.parametrize("name", table_names())
def test_no_spelling_leads_to_two_codes(name):
    owner: dict[str, str] = {}
    for row in table(name):
        for word in (row.code, row.label, *filter(None, row.extras.get("aliases", "").split("|"))):
            assert owner.setdefault(fold_word(word), row.code) == row.code, word


@pytest.mark.parametrize("name", table_names())
def test_files_are_plain_utf8_with_lf(name):
    raw = resource(f"reference/{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    first = next(csv.reader([raw.decode().split("\n")[0]]))
    assert tuple(first[:5]) == FIXED_COLUMNS


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_official_lists_are_whole(name, size):
    assert len(table(name)) == size


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("occupation", 15, "karyawan_swasta"), ("occupation", "15.0", "karyawan_swasta"), ("occupation", 2.0, "mengurus_rumah_tangga"),
        ("occupation", "KARYAWAN SWASTA", "karyawan_swasta"), ("occupation", "79", "pelaut"), ("occupation", "89", "lainnya"),
        ("occupation", "Petani / Pekebun", "petani_pekebun"), ("occupation", "penerjemah", "penterjemah"),
        ("religion", "KATOLIK", "katholik"), ("religion", "Islam ", "islam"), ("religion", 7, "kepercayaan_terhadap_tuhan_yme_lainnya"),
        ("marital_status", "BK", "belum_kawin"), ("marital_status", "KAWIN TERCATAT", "kawin"), ("marital_status", "CM", "cerai_mati"),
        ("education_level", "TAMAT SD / SEDERAJAT", "tamat_sd_sederajat"), ("education_level", "S1", "diploma_iv_strata_i"),
        ("blood_type", "AB-", "ab_minus"), ("blood_type", "AB+", "ab_plus"), ("blood_type", "AB", "ab"), ("blood_type", "Tdk Th", "tidak_tahu"),
        ("sex", "Lk", "L"), ("sex", "Pr", "P"), ("sex", "PEREMPUAN", "P"), ("sex", 1, "L"), ("sex", "l", "L"),
        ("household_relation", "ORANG TUA", "orangtua"), ("household_relation", "ISTERI", "istri"),
        ("destination_country", "Hongkong", "hk"), ("destination_country", "Hong Kong", "hk"), ("destination_country", "Saudi Arabia", "sa"),
        ("stage", "terdaftar_siapkerja/AK1", "terdaftar_siapkerja"), ("stage", "pelatihan/sertifikasi", "pelatihan_sertifikasi"),
        ("nik_missing_reason", "NIK rusak oleh lembar kerja", "nik_rusak_oleh_lembar_kerja"),
        ("occupation", "astronot", None), ("occupation", "90", None), ("occupation", "", None), ("occupation", None, None),
        ("sex", "-", None), ("blood_type", "15", None), ("occupation", "١٥", None), ("occupation", "nan", None),
    ],
)  # fmt: skip
def test_finds_the_code_or_nothing(name, said, code):
    assert table(name).code_of(said) == code


def test_shows_unknown_codes_of_newer_tables():
    occupation = table("occupation")
    assert occupation.label("karyawan_swasta") == "Karyawan Swasta"
    assert occupation.label("penjaga_bulan") == "Penjaga bulan"
    assert occupation.label(None) == occupation.label("") == ""
    assert "penjaga_bulan" not in occupation
    assert occupation.get("penjaga_bulan") is None
    assert occupation.extra("karyawan_swasta", "opensid") == "15"
    assert occupation.extra("penjaga_bulan", "opensid") == ""


def test_stages_follow_the_journey():
    phases = [row.extras["phase"] for row in table("stage")]
    assert phases == sorted(phases, key=("sebelum", "selama", "setelah", "keluar").index)
    orders = [int(row.extras["order"]) for row in table("stage")]
    assert orders == sorted(set(orders))


def test_hong_kong_is_named_as_people_name_it():
    assert table("destination_country").label("hk") == "Hong Kong"
    assert table("destination_country").codes()[:3] == ("hk", "tw", "my")
    assert "id" not in table("destination_country")


def test_values_come_and_go_with_their_dates(tmp_path):
    place = tmp_path / "fee.csv"
    place.write_text(
        "code,label,valid_from,valid_to,source\nold,Lama,,2025-12-31,x\nnew,Baru,2026-01-01,,x\n"
    )
    fee = read_table("fee", place)
    assert fee.codes(date(2025, 12, 31)) == ("old",)
    assert fee.codes(date(2026, 1, 1)) == ("new",)
    assert fee.choices() == (("old", "Lama"), ("new", "Baru"))
    assert fee.label("old") == "Lama"


@pytest.mark.parametrize(
    "text",
    ["", "code,label\na,b\n", "label,code,valid_from,valid_to,source\n", "code,label,valid_from,valid_to,source\na,A,,,x\na,B,,,x\n",
     "code,label,valid_from,valid_to,source\na,A,1 Mei,,x\n"],
)  # fmt: skip
def test_a_malformed_table_is_refused(tmp_path, text):
    place = tmp_path / "broken.csv"
    place.write_text(text)
    with pytest.raises(ValueError):
        read_table("broken", place)


@pytest.mark.parametrize("name", ["../SOURCE", "Religion", "a/b", "", "religion.csv"])
def test_a_table_name_is_no_path(name):
    with pytest.raises(ValueError):
        table(name)


def test_an_unknown_table_says_so():
    with pytest.raises(ResourceMissingError):
        table("no_such_table")
