"""Two entries side by side, row by row: what agrees, what may be chosen, what is proposed.

The old record is proposed where the new entry says nothing; the new one where it knows
more (a NIK, a whole date) or says otherwise. Coupled fields are chosen together, because
they are one register.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation.partial_dates import format_long, is_partial_date
from desmigratif_desktop.people import words
from desmigratif_desktop.people.fields import BY_NAME, PERSON_FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

GROUPS: Final = (
    ("Lahir", ("birth_place", "birth_date")),
    ("Alamat", ("address", "dusun", "rt", "rw")),
    ("Perkawinan", ("marital_status", "marriage_date", "marriage_record")),
)
FIRST: Final = ("name", "nik", "birth_place", "address", "mother_name", "phone")
"""Rows an officer looks at first; the others follow in the order of forms."""
ALWAYS: Final = frozenset({"name", "nik", "birth_place", "address", "mother_name", "phone"})
HIDDEN: Final = frozenset({"nik_missing_reason", "area_code", "note"})
OLD, NEW = 1, 2


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One row of the comparison.

    Attributes:
        label: "Lahir".
        fields: identifiers that are chosen together.
        old, new: in words; "" when nothing stands there.
        agrees: nothing to choose.
        proposed: `OLD` or `NEW`.
    """

    label: str
    fields: tuple[str, ...]
    old: str
    new: str
    agrees: bool
    proposed: int


def compare_rows(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[CompareRow, ...]:
    """The rows of two entries.

    Args:
        old: canonical values of the record.
        new: canonical values of the other; only the fields it has.
    """
    grouped = {one: group for group in GROUPS for one in group[1]}
    rows: dict[str, CompareRow] = {}
    for spec in PERSON_FIELDS:
        label, fields = grouped.get(spec.name, (spec.label, (spec.name,)))
        if spec.name in HIDDEN or fields[0] in rows:
            continue
        row = _row(label, fields, old, new)
        if (row.new and not row.agrees) or (fields[0] in ALWAYS and (row.old or row.new)):
            rows[fields[0]] = row
    order = {name: place for place, name in enumerate(FIRST)}
    return tuple(sorted(rows.values(), key=lambda one: order.get(one.fields[0], len(order))))


def _row(
    label: str, fields: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any]
) -> CompareRow:
    left, right = _spell(fields, old), _spell(fields, new)
    said = [one for one in fields if new.get(one)]
    agrees = all(old.get(one) == new.get(one) for one in said) or left == right
    adds = any(_knows_more(new.get(one), old.get(one)) for one in said)
    loses = any(_knows_more(old.get(one), new.get(one)) for one in said)
    is_new = bool(said) and not agrees and (not left or adds or not loses)
    return CompareRow(label, fields, left, right, agrees and bool(said), NEW if is_new else OLD)


def _knows_more(one: Any, other: Any) -> bool:
    """Whether a value is there where the other is not, or is a more exact date."""
    if not one:
        return False
    if not other:
        return True
    left, right = str(one), str(other)
    return len(left) > len(right) and is_partial_date(left) and is_partial_date(right)


def _spell(fields: tuple[str, ...], values: Mapping[str, Any]) -> str:
    if not any(values.get(one) for one in fields):
        return ""
    if fields[0] == "birth_place":
        date = str(values.get("birth_date") or "")
        day = format_long(date) if is_partial_date(date) else date
        return ", ".join(one for one in (str(values.get("birth_place") or ""), day) if one)
    if fields[0] == "address":
        return words.address_line(dict(values))
    if fields[0] == "nik":
        nik = str(values["nik"])
        return f"{nik[:6]} {nik[6:12]} {nik[12:]}"
    spelt = [words.spell(BY_NAME[one], values[one]) for one in fields if values.get(one)]
    return ", ".join(spelt)


def chosen_values(
    rows: Collection[CompareRow],
    choices: Mapping[str, int],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
) -> dict[str, Any]:
    """The values to write to the old record: chosen from the new one, and different.

    Args:
        rows: of `compare_rows`.
        choices: `OLD` or `NEW` by the first field of each row.
        old: canonical values of the record.
        new: canonical values of the other. What it leaves empty is never written, but
            another hamlet never keeps the RT of the one before.
    """
    taken = [row for row in rows if choices.get(row.fields[0]) == NEW and not row.agrees]
    chosen = {
        one: new[one]
        for row in taken
        for one in row.fields
        if new.get(one) and new[one] != old.get(one)
    }
    if chosen.get("dusun"):
        chosen |= {one: new.get(one) for one in ("rt", "rw") if new.get(one) != old.get(one)}
    return chosen
