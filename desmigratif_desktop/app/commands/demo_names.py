"""Names for the practice village: common given names of several regions, nobody real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random


@dataclass(frozen=True, slots=True)
class NamePool:
    """How people of one region are called.

    Attributes:
        men, women: first names.
        second: what may follow.
        religion: the usual one; practice families of other religions are drawn apart.
        weight: how often.
    """

    men: tuple[str, ...]
    women: tuple[str, ...]
    second: tuple[str, ...]
    religion: str
    weight: int


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


JAVA: Final = NamePool(
    _words("Sutrisno Slamet Supriyadi Wagiman Sugeng Paijo Agus Bambang Joko Suparno Mulyono Eko "
           "Wahyu Tri Hadi Sarwono Ngadiman Tukiman Budi Rudi"),
    _words("Siti Sumiati Painem Sulastri Wulandari Kasiyem Suparmi Ngatinah Sri Endang Yuni "
           "Rahayu Murni Tini Lestari Dewi Partini Sumini Rina Wahyuni"),
    _words("Santoso Wibowo Lestari Rahayu Utomo Prasetyo Handayani Susanti Setiawan Hidayat "
           "Kusuma Purnomo Widodo Astuti Ningsih"),
    "islam", 10,
)  # fmt: skip
SUNDA: Final = NamePool(
    _words("Asep Ujang Cecep Dadang Dedi Tatang Rustandi Iwan Yayan Encep"),
    _words("Neneng Euis Lilis Imas Tuti Eneng Yeyet Darsinih Tarsih Casmini"),
    _words("Sopandi Kurniawan Suryana Rukmana Hidayat Permana Saepudin Rohaeni Nurjanah Komariah"),
    "islam", 6,
)  # fmt: skip
SASAK: Final = NamePool(
    ("Lalu Sitiawan", "Lalu Wira", "Amaq Sahnun", "Muhammad Zaini", "Hamdan", "Mahsun"),
    ("Baiq Siti Hajrah", "Baiq Nurlaila", "Inaq Sarah", "Nur'aini", "Hartini", "Fatmawati"),
    _words("Zahra Hamdi Jayadi Kurniati Sahabudin"),
    "islam", 3,
)  # fmt: skip
MADURA: Final = NamePool(
    _words("Mat Moh. Hasan Abd. Sukri Samsul Rofi'i Mas'ud"),
    _words("Sitti Mu'arifah Hosnia Masruroh Rohmatul Suparmi'ah Nurul"),
    _words("Choiriyah Jannah Arifin Hasanah Rahman Zaini"),
    "islam", 3,
)  # fmt: skip
BUGIS: Final = NamePool(
    ("Andi Baso", "Daeng Nompo", "Ambo Tuwo", "Syamsul", "La Ode Ali"),
    ("Andi Tenri", "Daeng Ngai", "Hasnah", "Wa Ode Sitti", "Marlina"),
    _words("Basri Mappa Latif Rahim Rosmini"),
    "islam", 2,
)  # fmt: skip
BALI: Final = NamePool(
    ("I Wayan Sudarma", "I Made Arta", "I Nyoman Gede", "I Ketut Rai"),
    ("Ni Luh Ayu", "Ni Made Sari", "Ni Nyoman Rai", "Ni Ketut Murni"),
    _words("Suarni Putra Dewi Astawa"),
    "hindu", 1,
)  # fmt: skip
FLORES: Final = NamePool(
    _words("Yohanes Petrus Markus Paulus Anton"),
    _words("Maria Marta Yuliana Kristina Theresia"),
    ("Latuconsina", "Ola Tokan", "da Silva", "Kewa", "Lamere"),
    "katholik", 1,
)  # fmt: skip
BATAK: Final = NamePool(
    _words("Yusuf Hotman Parulian Jonson"),
    _words("Rosmauli Tiur Nurhayati Duma"),
    _words("Sitinjak Siregar Manurung Nasution Simanjuntak"),
    "kristen", 1,
)  # fmt: skip
SINGLE_NAMES: Final = 0.25
"""Share of people with one name only."""
POOLS: Final = (JAVA, SUNDA, SASAK, MADURA, BUGIS, BALI, FLORES, BATAK)
WELL_KNOWN: Final = frozenset({
    "Joko Widodo", "Joko Santoso", "Dewi Lestari", "Dewi Astuti", "Wahyu Setiawan", "Hadi Utomo",
    "Endang Rahayu", "Budi Utomo",
})  # fmt: skip
"""Names that the pools could make and that everybody would take for one known person."""


def draw_name(draw: random.Random, pool: NamePool, sex: str) -> str:
    """Draw a name of one region; nobody in the practice village is a well-known person."""
    while True:
        first = draw.choice(pool.men if sex == "L" else pool.women)
        name = first if draw.random() < SINGLE_NAMES else f"{first} {draw.choice(pool.second)}"
        if name not in WELL_KNOWN:
            return name


HAMLETS: Final = ("Krajan", "Ja'an", "Soka'an")
STREETS: Final = _words(
    "Melati Mawar Kenanga Anggrek Diponegoro Kartini Pahlawan Raya Masjid Sawah"
)
WORK_MEN: Final = (
    "petani_pekebun", "buruh_tani_perkebunan", "wiraswasta", "karyawan_swasta",
    "buruh_harian_lepas", "pedagang", "sopir",
)  # fmt: skip
WORK_WOMEN: Final = (
    "mengurus_rumah_tangga", "pedagang", "petani_pekebun", "karyawan_swasta", "tukang_jahit",
)  # fmt: skip
SCHOOLING: Final = (
    "tamat_sd_sederajat", "sltp_sederajat", "slta_sederajat", "belum_tamat_sd_sederajat",
    "diploma_iv_strata_i",
)  # fmt: skip
