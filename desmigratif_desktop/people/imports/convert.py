"""One cell becomes a value of a field, with what has to be said about it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.people.fields import BY_NAME, FieldSpec, Holds
from desmigratif_desktop.people.imports import found as kinds
from desmigratif_desktop.people.imports.dates import DateRead, read_date
from desmigratif_desktop.people.imports.grid import is_empty
from desmigratif_desktop.people.imports.mapping import PRIA_WANITA
from desmigratif_desktop.people.imports.numbers import SPOILT, read_sixteen
from desmigratif_desktop.people.imports.titles import part_titles
from desmigratif_desktop.people.imports.words import code_of, means_nothing
from desmigratif_desktop.people.rules import read_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.people.imports.values import Cell
    from desmigratif_desktop.people.values import FieldValue

Said = tuple[str, str, str, bool]
"""(field, code, sentence, whether it is only a note)."""

_UNITS = re.compile(
    r"(?:rt)?\.?\s*([0-9]{1,3})\s*[-/\\.]?\s*(?:rw)?\.?\s*([0-9]{1,3})", re.IGNORECASE
)
_SLASHED = re.compile(
    r"(?:r[tw])?\.?\s*([0-9]{1,3})\s*[-/\\]\s*(?:r[tw])?\.?\s*([0-9]{1,3})", re.IGNORECASE
)
_UNIT = re.compile(r"(?:r\.?[tw]\.?|no\.?)?\s*:?\s*0*([0-9]{1,3})", re.IGNORECASE)
_BIRTH = re.compile(r"(?P<place>[^0-9]*?)[\s,/;.-]*(?P<date>[0-9].*)")
_NAMED_DATE = re.compile(r"(?P<place>.*?)[\s,/;]+(?P<date>[A-Za-z]{3,9}\.?\s+[0-9]{4})")
_PHONES = re.compile(r"\s*(?:[/;,|]|\batau\b|\bdan\b|\n)\s*")
_RECORDED: Final = {
    "kawin tercatat": "tercatat", "kawin belum tercatat": "belum_tercatat",
    "kawin tidak tercatat": "belum_tercatat", "nikah siri": "belum_tercatat",
    "kawin siri": "belum_tercatat",
}  # fmt: skip


class Converter:
    """Reads the cells of one table; equal cells are read once."""

    def __init__(
        self, kind: str, today: date, *, is_1904: bool = False, order: str = "dmy"
    ) -> None:
        self._kind = kind
        self._today = today
        self._is_1904 = is_1904
        self._order = order
        self._known: dict[tuple[str, str], tuple[dict[str, FieldValue], tuple[Said, ...]]] = {}
        self._special: dict[
            str, Callable[[Cell, str], tuple[dict[str, FieldValue], list[Said]]]
        ] = {
            "rt_rw": lambda cell, text: self._units(cell, text, ("rt", "rw")),
            "rw_rt": lambda cell, text: self._units(cell, text, ("rw", "rt")),
            "birth": self._birth,
            "name": self._name,
            PRIA_WANITA: self._pria_wanita,
        }

    def read(
        self, field: str, cell: Cell, text: str
    ) -> tuple[dict[str, FieldValue], tuple[Said, ...]]:
        """Read a cell.

        Returns:
            Values by field (a cell may feed several), and what is said about them.
        """
        if self._kind != kinds.OWN and is_empty(text):
            return {}, ()
        if not isinstance(cell, str):
            return _packed(self._read(field, cell, text))
        known = self._known.get((field, cell))
        if known is None:
            known = self._known[field, cell] = _packed(self._read(field, cell, text))
        return known

    def _read(  # noqa: PLR0911 - one return a kind of field
        self, field: str, cell: Cell, text: str
    ) -> tuple[dict[str, FieldValue], list[Said]]:
        if self._kind == kinds.OWN and field in BY_NAME:
            return self._plain(BY_NAME[field], str(cell) if isinstance(cell, str) else text)
        if special := self._special.get(field):
            return special(cell, text)
        spec = BY_NAME[field]
        if spec.holds in {Holds.NIK, Holds.NO_KK}:
            return self._sixteen(spec, cell)
        if spec.holds is Holds.CODE:
            return self._code(spec, text)
        if spec.holds in {Holds.DATE, Holds.PAST_DATE}:
            return self._date(spec, cell)
        if spec.holds is Holds.UNIT:
            return self._unit(spec, cell, text)
        if spec.holds is Holds.PHONE:
            return self._phone(spec, text)
        return self._plain(spec, text)

    def _plain(self, spec: FieldSpec, text: str) -> tuple[dict[str, FieldValue], list[Said]]:
        try:
            return {spec.name: read_field(spec, text, self._today)}, []
        except InputError as refused:
            return {}, [(one.field, one.code, one.message, False) for one in refused.problems]

    def _name(self, _cell: Cell, text: str) -> tuple[dict[str, FieldValue], list[Said]]:
        parted = part_titles(text.strip("'`").strip(" ,;"))
        values, said = self._plain(BY_NAME["name"], parted.name)
        for field, title in (("title_before", parted.before), ("title_after", parted.after)):
            if title and values:
                values[field] = title
        return values, said

    def _sixteen(self, spec: FieldSpec, cell: Cell) -> tuple[dict[str, FieldValue], list[Said]]:
        read = read_sixteen(cell, spec.name, spec.label)
        said = [(spec.name, read.code, read.sentence, read.is_note)] if read.code else []
        if read.value is not None:
            return {spec.name: read.value}, said
        if spec.name == "nik" and read.code:
            reason = SPOILT if read.code == SPOILT else "belum_ditanyakan"
            return {"nik": None, "nik_missing_reason": reason}, said
        return {}, said

    def _code(self, spec: FieldSpec, text: str) -> tuple[dict[str, FieldValue], list[Said]]:
        if means_nothing(spec.name, text):
            return {}, []
        if text.isdigit() and spec.name != "sex" and self._kind != kinds.OPENSID:
            sentence = f"{spec.label} tertulis sebagai angka {text}; artinya tidak pasti."
            return {}, [(spec.name, "code_number", sentence, False)]
        code = code_of(spec.table, text)
        if code is None:
            return self._plain(spec, text)
        values: dict[str, FieldValue] = {spec.name: code}
        folded = " ".join(text.casefold().replace(".", " ").split())
        if spec.name == "marital_status" and folded in _RECORDED:
            values["marriage_record"] = _RECORDED[folded]
        return values, []

    def _pria_wanita(self, _cell: Cell, text: str) -> tuple[dict[str, FieldValue], list[Said]]:
        code = {"p": "L", "w": "P", "pria": "L", "wanita": "P"}.get(text.casefold())
        if code is None:
            return self._plain(BY_NAME["sex"], text)
        return {"sex": code}, []

    def _date(self, spec: FieldSpec, cell: Cell) -> tuple[dict[str, FieldValue], list[Said]]:
        read = self._day(spec, cell)
        if read.value is None:
            return {}, [(spec.name, "date_shape", f"{spec.label}: {read.sentence}", False)]
        said = [(spec.name, read.note, read.sentence, True)] if read.note else []
        return {spec.name: read.value}, said

    def _day(self, spec: FieldSpec, cell: Cell) -> DateRead:
        today = self._today if spec.holds is Holds.PAST_DATE else None
        return read_date(cell, today=today, is_1904=self._is_1904, order=self._order)

    def _birth(self, cell: Cell, text: str) -> tuple[dict[str, FieldValue], list[Said]]:
        """Place and date in one cell: "Nganjuk, 12-07-1992"."""
        if not isinstance(cell, str):
            return self._date(BY_NAME["birth_date"], cell)
        parts = _BIRTH.fullmatch(text) or _NAMED_DATE.fullmatch(text)
        if parts is None:
            return self._plain(BY_NAME["birth_place"], text)
        values: dict[str, FieldValue] = {}
        said: list[Said] = []
        if place := parts["place"].strip(" ,/;.-"):
            values, said = self._plain(BY_NAME["birth_place"], place)
        more, also = self._date(BY_NAME["birth_date"], parts["date"])
        return {**values, **more}, said + also

    def _units(
        self, cell: Cell, text: str, names: tuple[str, str]
    ) -> tuple[dict[str, FieldValue], list[Said]]:
        if isinstance(cell, date | datetime):
            sentence = "RT/RW diubah menjadi tanggal oleh lembar kerja; ketik ulang sebagai teks."
            return {}, [(names[0], "unit_date", sentence, False)]
        parts = _UNITS.fullmatch(text) if "/" in text or "-" in text or " " in text else None
        if parts is None:
            values, said = self._unit(BY_NAME[names[0]], cell, text)
            return values, [(f, "unit_shape", "RT/RW ini tidak dapat dipisahkan.", False)
                            for f, *_ in said]  # fmt: skip
        first, said = self._unit(BY_NAME[names[0]], parts[1], parts[1])
        second, also = self._unit(BY_NAME[names[1]], parts[2], parts[2])
        return {**first, **second}, said + also

    def _unit(
        self, spec: FieldSpec, cell: Cell, text: str
    ) -> tuple[dict[str, FieldValue], list[Said]]:
        if isinstance(cell, date | datetime):
            return self._units(cell, text, ("rt", "rw"))
        if parts := _SLASHED.fullmatch(text):
            names = ("rt", "rw") if spec.name == "rt" else ("rw", "rt")
            values: dict[str, FieldValue] = {
                names[0]: parts[1].zfill(3),
                names[1]: parts[2].zfill(3),
            }
            return values, [(spec.name, "unit_both", "RT dan RW ada dalam satu sel.", True)]
        digits = _UNIT.fullmatch(text)
        return self._plain(spec, digits.group(1) if digits else text)

    def _phone(self, spec: FieldSpec, text: str) -> tuple[dict[str, FieldValue], list[Said]]:
        numbers = [one for one in _PHONES.split(text.strip("'`’")) if one]
        if not numbers:
            return {}, []
        values, said = self._plain(spec, numbers[0])
        if len(numbers) > 1 and values:
            sentence = f"{spec.label} memuat lebih dari satu nomor; yang pertama diambil."
            said.append((spec.name, "phone_more", sentence, True))
        return values, said


def _packed(
    read: tuple[dict[str, FieldValue], list[Said]],
) -> tuple[dict[str, FieldValue], tuple[Said, ...]]:
    return read[0], tuple(read[1])
