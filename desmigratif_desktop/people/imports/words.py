"""The words of coded fields as sheets write them, shortened ones included."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from desmigratif_desktop.foundation import reference

_SHORTENED: Final = {
    "tdk": "tidak", "tidk": "tidak", "blm": "belum", "th": "tahu", "tmt": "tamat",
    "sdrjt": "sederajat",
    "sdrajat": "sederajat", "kary": "karyawan", "peg": "pegawai", "swst": "swasta",
    "kel": "keluarga",
    "kep": "kepala", "kwn": "kawin", "crai": "cerai", "hdp": "hidup", "mt": "mati", "ist": "istri",
    "mnantu": "menantu", "ortu": "orangtua", "rmh": "rumah", "tngga": "tangga", "mhs": "mahasiswa",
    "brh": "buruh", "hrn": "harian", "lps": "lepas", "b": "belum",
}  # fmt: skip
_MEANS_NOTHING: Final = {"life_status": frozenset({"valid", "ada", "normal"})}


def means_nothing(field: str, text: str) -> bool:
    """Whether a word stands for nothing special ("Valid" in SIAK's status)."""
    return text.casefold() in _MEANS_NOTHING.get(field, ())


@lru_cache(maxsize=20_000)
def code_of(table: str, text: str) -> str | None:
    """The code of a word, its shortened spellings included; never a guess."""
    words = reference.table(table)
    if code := words.code_of(text):
        return code
    parts = [one for one in re.split(r"[\s./]+", text.casefold()) if one]
    return words.code_of(" ".join(_SHORTENED.get(one, one) for one in parts))
