"""What a column's values say, whatever stands over it.

Content proves or contradicts a heading, and names a column whose heading nobody knows.
Where it only suggests, the officer is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.identity import ungroup_nik
from desmigratif_desktop.people.fields import BY_NAME, Holds
from desmigratif_desktop.people.imports.dates import FIRST_SERIAL, LAST_SERIAL, read_date
from desmigratif_desktop.people.imports.grid import text_of
from desmigratif_desktop.people.imports.words import code_of, means_nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desmigratif_desktop.people.imports.values import Cell

SAMPLE: Final = 400
FEWEST: Final = 5
"""Fewer values prove nothing against a heading."""

AGREES: Final = 0.5
BY_CONTENT: Final = 0.9
CODED_BY_CONTENT: Final = (
    "religion", "marital_status", "household_relation", "blood_type", "education_level",
    "occupation", "nationality",
)  # fmt: skip
_SIXTEEN = re.compile(r"[0-9]{14,18}")
_NAME = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"[0-9]")
_UNIT = re.compile(r"(?:r[tw]\.?\s*)?[0-9]{1,3}", re.IGNORECASE)
_UNITS = re.compile(r"(?:rt\.?\s*)?[0-9]{1,3}\s*[/\-\\]\s*(?:rw\.?\s*)?[0-9]{1,3}", re.IGNORECASE)
_SEX_WORDS: Final = frozenset({
    "l", "p", "lk", "pr", "lk.", "pr.", "laki-laki", "laki laki", "perempuan", "pria", "wanita",
    "w",
})  # fmt: skip


class Values:
    """The filled cells of one column, some hundreds at most.

    Attributes:
        cells: as kept in the sheet.
        texts: the same as texts.
        filled: how many cells of the column are filled.
    """

    def __init__(self, cells: Sequence[Cell], filled: int) -> None:
        self.cells = list(cells)
        self.texts = [text_of(cell) for cell in cells]
        self.filled = filled

    def share(self, field: str) -> float:
        """How many of the values can be values of a field, 0 to 1."""
        if not self.cells:
            return 1.0
        pairs = [
            (cell, text)
            for cell, text in zip(self.cells, self.texts, strict=True)
            if text.strip("0") or not _is_number_field(field)
        ]
        good = sum(can_be(field, cell, text) for cell, text in pairs)
        return good / len(pairs) if pairs else 1.0

    @property
    def is_sixteen(self) -> bool:
        """Whether these are numbers like NIK and No. KK."""
        return bool(self.cells) and self.share("nik") >= BY_CONTENT

    @property
    def distinct(self) -> float:
        """How many of the values differ, 0 to 1: a NIK's nearly all, a No. KK's do not."""
        return len(set(self.texts)) / len(self.texts) if self.texts else 1.0

    @property
    def has_numbers(self) -> bool:
        """Whether any value is a bare number: no word of a list."""
        return any(one.isdigit() for one in self.texts)


def guess(  # noqa: PLR0911 - one return a kind of content
    values: Values, taken: frozenset[str]
) -> tuple[str, float, str] | None:
    """Name a column by its values: (field, confidence, reason).

    Args:
        values: of the column.
        taken: fields that other columns hold already.
    """
    if len(values.cells) < 3:  # noqa: PLR2004 - too few to say anything
        return None
    if values.is_sixteen:
        return _guess_sixteen(values, taken)
    if "sex" not in taken and _all_sex(values):
        return "sex", 0.9, "Semua isinya L dan P."
    for field in CODED_BY_CONTENT:
        if field in taken or values.has_numbers or not _is_telling(values):
            continue
        if values.share(field) >= BY_CONTENT:
            label = BY_NAME[field].label.lower()
            return field, 0.85, f"Isinya kata-kata {label}."
    if "sex" not in taken and set(values.texts) == {"1", "2"}:
        return "sex", 0.6, "Isinya hanya 1 dan 2, mungkin laki-laki dan perempuan."
    if "birth_date" not in taken and (_all_dates(values) or _all_serials(values)):
        return "birth_date", 0.6, "Isinya tanggal; belum tentu tanggal lahir."
    if "name" not in taken and _all_names(values):
        return "name", 0.6, "Isinya seperti nama orang."
    return None


def _guess_sixteen(values: Values, taken: frozenset[str]) -> tuple[str, float, str] | None:
    if values.distinct >= 0.97 and "nik" not in taken:  # noqa: PLR2004 - NIKs hardly repeat
        return "nik", 0.6, "Isinya angka 16 digit yang tidak berulang, seperti NIK."
    if "no_kk" not in taken:
        return "no_kk", 0.6, "Isinya angka 16 digit yang berulang, seperti nomor KK."
    return ("nik", 0.6, "Isinya angka 16 digit.") if "nik" not in taken else None


def _all_sex(values: Values) -> bool:
    words = {one.casefold() for one in values.texts}
    return len(words) > 1 and words <= _SEX_WORDS


def _is_telling(values: Values) -> bool:
    """Whether the words are long and different enough to say anything."""
    return len(set(values.texts)) > 1 or all(len(one) > 3 for one in values.texts)  # noqa: PLR2004


def _all_dates(values: Values) -> bool:
    dated = sum(not isinstance(one, int | float) for one in values.cells)
    return dated == len(values.cells) and values.share("birth_date") >= BY_CONTENT


def _all_serials(values: Values) -> bool:
    """Whether these are whole numbers as dates are kept in, and not all alike."""
    days = [one for one in values.cells if isinstance(one, int | float) and one == int(one)]
    in_range = sum(FIRST_SERIAL <= one <= LAST_SERIAL for one in days)
    return in_range == len(values.cells) and values.distinct > AGREES


def _all_names(values: Values) -> bool:
    return values.share("name") >= 0.98 and values.distinct > 0.5 and values.distinct * len(  # noqa: PLR2004
        values.texts) >= 3  # noqa: PLR2004  # fmt: skip


def can_be(  # noqa: PLR0911 - one return a kind of field
    field: str, cell: Cell, text: str
) -> bool:
    """Whether a cell may hold a value of a field; unknown fields take anything."""
    if field in {"rt_rw", "rw_rt"}:
        return bool(_UNITS.fullmatch(text))
    if field == "birth":
        return bool(_NAME.search(text)) or bool(_DIGIT.search(text))
    spec = BY_NAME.get(field)
    if spec is None:
        return True
    if spec.holds in {Holds.NIK, Holds.NO_KK}:
        return bool(_SIXTEEN.fullmatch(ungroup_nik(text.lstrip("'`’")).replace(" ", "")))
    if spec.holds is Holds.NAME:
        return bool(_NAME.search(text)) and not _DIGIT.search(text)
    if spec.holds is Holds.CODE:
        return _is_word(spec.name, spec.table, text)
    if spec.holds in {Holds.DATE, Holds.PAST_DATE}:
        return read_date(cell).value is not None
    if spec.holds is Holds.UNIT:
        return bool(_UNIT.fullmatch(text))
    if spec.holds is Holds.PHONE:
        return len(_DIGIT.findall(text)) >= 8  # noqa: PLR2004 - the shortest number
    return True


def _is_number_field(field: str) -> bool:
    """Whether zeros mean that nothing is known."""
    spec = BY_NAME.get(field)
    return spec is not None and spec.holds in {Holds.NIK, Holds.NO_KK}


def _is_word(field: str, table: str, text: str) -> bool:
    if text.isdigit() or means_nothing(field, text):
        return True
    return code_of(table, text) is not None or (table == "sex" and text.casefold() in _SEX_WORDS)
