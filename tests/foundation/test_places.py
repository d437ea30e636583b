from __future__ import annotations

import random
import time

import pytest

from desmigratif_desktop.foundation.errors import NotFoundError, StoreDamagedError
from desmigratif_desktop.foundation.paths import resource
from desmigratif_desktop.foundation.places import MAGIC, Regions, pack_regions, tidy_region_name

SHIPPED = "reference/regions/regions.bin"


@pytest.fixture(scope="module")
def regions():
    return Regions.load()


def test_a_village_with_all_above_it(regions):
    village = regions.village("3212162004")
    assert village == regions.village("32.12.16.2004")
    assert (village.regency, village.province) == ("Kabupaten Indramayu", "Jawa Barat")
    assert not village.is_kelurahan
    assert (
        village.line
        == f"Desa {village.village}, Kecamatan {village.subdistrict}, Kabupaten Indramayu, Jawa Barat"
    )
    assert regions.village("1101012001").village == "Keude Bakongan"


def test_a_kelurahan_is_no_desa(regions):
    ward = next(one for one in regions.children("317101") if one.code[6] == "1")
    assert regions.village(ward.code).is_kelurahan
    assert regions.village(ward.code).line.startswith("Kelurahan ")


def test_the_whole_country_is_there(regions):
    provinces = regions.children()
    regencies = [one for province in provinces for one in regions.children(province.code)]
    subdistricts = [one for regency in regencies for one in regions.children(regency.code)]
    assert (len(provinces), len(regencies), len(subdistricts)) == (38, 514, 7285)
    villages = 0
    for subdistrict in subdistricts:
        below = regions.children(subdistrict.code)
        villages += len(below)
        assert all(len(one.code) == 10 and one.name and one.level == "village" for one in below)
    assert villages == 83_762


def test_names_are_written_as_people_write_them(regions):
    assert regions.name("11.01") == "Kabupaten Aceh Selatan"
    assert regions.name("3513152017") == 'Soka"an'
    assert regions.name("7401011001") == "19 Nopember"
    assert regions.name("130504") == "2 x 11 Anam Lingkuang"
    assert regions.name("8203052018") == "MKCM"
    assert all(one.name.startswith(("Kabupaten ", "Kota ")) for one in regions.children("32"))


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("KABUPATEN ACEH SELATAN", "Kabupaten Aceh Selatan"),
        ("KOTA JAKARTA SELATAN", "Kota Jakarta Selatan"),
        ("DKI JAKARTA", "DKI Jakarta"),
        (
            "KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO",
            "Kabupaten Kepulauan Siau Tagulandang Biaro",
        ),
        ("KOTA PARE-PARE", "Kota Pare-Pare"),
        ('SOKA"AN', 'Soka"an'),
        ("JA'AN", "Ja'an"),
        ("II KOTO", "II Koto"),
        ("Kluet  Utara ", "Kluet Utara"),
        ("2 x 11 Kayu Tanam", "2 x 11 Kayu Tanam"),
    ],
)
def test_tidies_official_capitals(given, written):
    assert tidy_region_name(given) == written


@pytest.mark.parametrize(
    "code",
    [
        "",
        "99",
        "9999",
        "321299",
        "3212169999",
        "3",
        "321",
        "32121620",
        "32121620041",
        "abcdefghij",
        "٣٢",
        "３２",
        "../..",
    ],
)
def test_unknown_codes_are_not_found(regions, code):
    assert not regions.has(code)
    with pytest.raises(NotFoundError):
        regions.name(code)
    with pytest.raises(NotFoundError):
        regions.village(code)
    if code:
        with pytest.raises(NotFoundError):
            regions.children(code)


def test_nothing_lies_below_a_village(regions):
    assert regions.children("3212162004") == ()


def test_search_puts_wider_and_beginning_names_first(regions):
    found = regions.search("indramayu")
    assert found[0].name == "Kabupaten Indramayu"
    assert {one.level for one in found} >= {"regency", "subdistrict"}
    assert regions.search('soka"an')[0].code == "3513152017"
    inside = regions.search("kar", within="3212", limit=50)
    assert inside
    assert all(one.code.startswith("3212") for one in inside)
    assert len(regions.search("a a", limit=5)) <= 5
    assert regions.search("a") == ()
    assert regions.search("  ") == ()
    assert regions.search("%' OR 1=1") == ()
    assert regions.search("indramayu", within="99") == ()


def test_opening_reads_no_village_and_one_regency_reads_one_block():
    path = resource(SHIPPED)
    best_open = best_village = 1.0
    codes = random.Random(3).sample([one.code for one in Regions.load().children("32")], 5)
    for regency in codes:
        started = time.perf_counter()
        fresh = Regions(path)
        opened = time.perf_counter()
        fresh.children(fresh.children(regency)[0].code)
        best_open = min(best_open, opened - started)
        best_village = min(best_village, time.perf_counter() - opened)
    assert best_open < 0.150
    assert best_village < 0.005
    assert fresh._regency.cache_info().misses == 1


def test_what_is_packed_reads_back(tmp_path):
    names = {
        "32": "Jawa Barat",
        "3212": "Kabupaten Indramayu",
        "321216": "Sindang",
        "3212162004": 'A "x" ü',
        "33": "Lain",
    }
    place = tmp_path / "regions.bin"
    place.write_bytes(pack_regions(names))
    regions = Regions(place)
    assert {code: regions.name(code) for code in names} == names
    assert regions.children("33") == ()


@pytest.mark.parametrize("damage", ["empty", "magic", "half", "flip", "block"])
def test_a_damaged_file_says_so(tmp_path, damage):
    raw = resource(SHIPPED).read_bytes()
    head = len(MAGIC) + 4 + int.from_bytes(raw[len(MAGIC) : len(MAGIC) + 4])
    broken = {
        "empty": b"",
        "magic": b"X" + raw[1:],
        "half": raw[:200],
        "flip": raw[:40] + bytes([raw[40] ^ 255]) + raw[41:],
        "block": raw[: head + 50] + b"\0" * 300 + raw[head + 350 :],
    }[damage]
    place = tmp_path / "regions.bin"
    place.write_bytes(broken)
    with pytest.raises(StoreDamagedError):
        Regions(place).name("1101012001")
