"""Regions of Indonesia by the codes of the Ministry of Home Affairs.

One packed file: a small index of provinces and regencies, and one compressed block
a regency with its subdistricts and villages. Opening reads the index; asking for a
village reads one block; only a search over the whole country reads them all.

Source: see resources/reference/regions/SOURCE.md (data under ODbL).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.errors import NotFoundError, StoreDamagedError
from desmigratif_desktop.foundation.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC: Final = b"DSMREG1\n"
LEVELS: Final = {2: "province", 4: "regency", 6: "subdistrict", 10: "village"}
KELURAHAN_DIGIT: Final = "1"
"""First digit of a village's own number: 1 kelurahan, 2 desa, 3 desa adat."""
_MOST_BYTES: Final = 4 << 20
_FILE: Final = "reference/regions/regions.bin"
_DAMAGED: Final = "Berkas daftar wilayah rusak."
_ADVICE: Final = "Pasang ulang aplikasi ini."


@dataclass(frozen=True, slots=True)
class Region:
    """One region: 2, 4, 6 or 10 digits and its name as people write it."""

    code: str
    name: str

    @property
    def level(self) -> str:
        """One of: province, regency, subdistrict, village."""
        return LEVELS[len(self.code)]


@dataclass(frozen=True, slots=True)
class VillageAddress:
    """A village with all that stands above it.

    Attributes:
        code: 10 digits without dots.
        village: "Krangkeng".
        subdistrict: "Krangkeng", without the word Kecamatan.
        regency: "Kabupaten Indramayu" or "Kota Metro".
        province: "Jawa Barat".
    """

    code: str
    village: str
    subdistrict: str
    regency: str
    province: str

    @property
    def is_kelurahan(self) -> bool:
        """Whether it is a kelurahan (town ward) and not a desa."""
        return self.code[6] == KELURAHAN_DIGIT

    @property
    def line(self) -> str:
        """One line for letters: "Desa Krangkeng, Kecamatan Krangkeng, Kabupaten …, Jawa Barat"."""
        word = "Kelurahan" if self.is_kelurahan else "Desa"
        parts = (f"{word} {self.village}", f"Kecamatan {self.subdistrict}", self.regency)
        return ", ".join((*parts, self.province))


class Regions:
    """The packed list, read as far as it is asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names, self._blocks = _read_index(path)
        self._regency = lru_cache(maxsize=8)(self._read_regency)

    @staticmethod
    def load() -> Regions:
        """The list that ships with the program; opened once."""
        return _shipped()

    def has(self, code: str) -> bool:
        """Whether a code of 2, 4, 6 or 10 digits, with or without dots, is known."""
        return self._find(bare_code(code)) is not None

    def name(self, code: str) -> str:
        """The name of a region of any level.

        Raises:
            NotFoundError: no such code in the list.
        """
        bare = bare_code(code)
        found = self._find(bare)
        if found is None:
            raise NotFoundError(f"Kode wilayah {bare[:13]} tidak ada dalam daftar.")
        return found

    def village(self, code: str) -> VillageAddress:
        """A village by its 10 digits, with or without dots.

        Raises:
            NotFoundError: no such village in the list.
        """
        bare = bare_code(code)
        if LEVELS.get(len(bare)) != "village":
            raise NotFoundError("Kode desa terdiri dari 10 angka.")
        names = [self.name(bare[:digits]) for digits in (10, 6, 4, 2)]
        return VillageAddress(bare, *names)

    def children(self, code: str = "") -> tuple[Region, ...]:
        """The regions directly below, by code; without a code the provinces.

        Raises:
            NotFoundError: no such code in the list.
        """
        bare = bare_code(code)
        if bare:
            self.name(bare)
        if len(bare) == 10:  # noqa: PLR2004 - nothing lies below a village
            return ()
        digits = {0: 2, 2: 4, 4: 6, 6: 10}[len(bare)]
        below = self._names if len(bare) < 4 else self._regency(bare[:4])  # noqa: PLR2004
        return tuple(
            Region(one, name)
            for one, name in below.items()
            if len(one) == digits and one.startswith(bare)
        )

    def search(self, text: str, *, within: str = "", limit: int = 20) -> tuple[Region, ...]:
        """Find regions by a part of their name; wider levels and names that begin so first.

        Args:
            text: at least two characters.
            within: only below this code; searching one regency reads one block.
            limit: the most hits.
        """
        wanted = text.strip().casefold()
        inside = bare_code(within)
        if len(wanted) < 2:  # noqa: PLR2004
            return ()
        hits = [region for region in self._below(inside, wanted) if region.code.startswith(inside)]
        hits.sort(
            key=lambda hit: (
                not _plain(hit.name).startswith(wanted),
                len(hit.code),
                hit.name.casefold(),
                hit.code,
            )
        )
        return tuple(hits[:limit])

    def _find(self, bare: str) -> str | None:
        if len(bare) not in LEVELS or not (bare.isascii() and bare.isdigit()):
            return None
        if len(bare) <= 4:  # noqa: PLR2004 - provinces and regencies stand in the index
            return self._names.get(bare)
        return self._regency(bare[:4]).get(bare) if bare[:4] in self._blocks else None

    def _below(self, inside: str, wanted: str) -> Iterator[Region]:
        for code, name in self._names.items():
            if wanted in name.casefold():
                yield Region(code, name)
        for regency in self._blocks:
            if regency.startswith(inside[:4]):
                text = self._block(regency)
                if wanted in text.casefold():
                    for code, name in _unpack(regency, text).items():
                        if wanted in name.casefold():
                            yield Region(code, name)

    def _read_regency(self, regency: str) -> dict[str, str]:
        return _unpack(regency, self._block(regency))

    def _block(self, regency: str) -> str:
        offset, length = self._blocks[regency]
        with self._path.open("rb") as file:
            file.seek(offset)
            return _inflate(file.read(length))


def _plain(name: str) -> str:
    return name.casefold().removeprefix("kabupaten ").removeprefix("kota ")


def bare_code(code: str) -> str:
    """A code without dots: "32.12.16.2004" -> "3212162004"."""
    return code.strip().replace(".", "")


def tidy_region_name(name: str) -> str:
    """A name as people write it: "KABUPATEN ACEH SELATAN" -> "Kabupaten Aceh Selatan".

    A name with small letters is taken as it is; quotes stay, odd ones too (Soka"an).
    """
    name = " ".join(name.split())
    if name != name.upper():
        return name
    return " ".join(_tidy_word(word) for word in name.split(" "))


def _tidy_word(word: str) -> str:
    if word in {"DKI", "DI"} or (set(word) <= set("IVX") and word):
        return word
    return "-".join(
        "/".join(part[:1] + part[1:].lower() for part in half.split("/"))
        for half in word.split("-")
    )


def pack_regions(names: dict[str, str]) -> bytes:
    """Write the packed file from codes and names; the build script's half of `Regions`."""
    blocks: list[bytes] = []
    index: list[str] = []
    at = 0
    lines: dict[str, list[str]] = {}
    for code in sorted(names):
        if len(code) > 4:  # noqa: PLR2004
            lines.setdefault(code[:4], []).append(f"{code[4:]}{names[code]}")
    for code in sorted(names):
        if len(code) <= 4:  # noqa: PLR2004
            block = zlib.compress("\n".join(lines[code]).encode(), 9) if code in lines else b""
            index.append(f"{code}\t{names[code]}\t{at}\t{len(block)}")
            blocks.append(block)
            at += len(block)
    head = zlib.compress("\n".join(index).encode(), 9)
    return b"".join((MAGIC, len(head).to_bytes(4), head, *blocks))


def _read_index(path: Path) -> tuple[dict[str, str], dict[str, tuple[int, int]]]:
    with path.open("rb") as file:
        start = file.read(len(MAGIC) + 4)
        if not start.startswith(MAGIC) or len(start) != len(MAGIC) + 4:
            raise StoreDamagedError(_DAMAGED, _ADVICE)
        size = int.from_bytes(start[-4:])
        text = _inflate(file.read(size))
    names: dict[str, str] = {}
    blocks: dict[str, tuple[int, int]] = {}
    base = len(start) + size
    for line in text.split("\n"):
        code, name, offset, length = line.split("\t")
        names[code] = name
        if int(length):
            blocks[code] = (base + int(offset), int(length))
    return names, blocks


def _unpack(regency: str, text: str) -> dict[str, str]:
    """Lines are the digits below the regency (2 or 6) and the name, which begins otherwise."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        digits = 6 if line[2:6].isdigit() else 2
        found[regency + line[:digits]] = line[digits:]
    return found


def _inflate(packed: bytes) -> str:
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(packed, _MOST_BYTES)
        if not unpacker.eof:
            raise StoreDamagedError(_DAMAGED, _ADVICE)
        return raw.decode()
    except (zlib.error, UnicodeDecodeError) as broken:
        raise StoreDamagedError(_DAMAGED, _ADVICE) from broken


@cache
def _shipped() -> Regions:
    return Regions(resource(_FILE))
