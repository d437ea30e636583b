"""A person in words: names with titles, where they live, when they were born."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.contacts import format_phone, mask_phone
from desmigratif_desktop.foundation.partial_dates import age_on, format_long, is_partial_date
from desmigratif_desktop.people.fields import FieldSpec, Holds

if TYPE_CHECKING:
    from datetime import date

    from desmigratif_desktop.people.values import FieldValue

EMPTY: Final = "kosong"
ROLE_ORDER: Final = ("cpmi", "pmi", "purna", "keluarga_pmi", "pencari_kerja_dalam_negeri")


def full_name(values: Mapping[str, FieldValue]) -> str:
    """The name with its titles: "dr. Siti Aminah, S.Kep."."""
    before, name, after = (
        str(values.get(one) or "") for one in ("title_before", "name", "title_after")
    )
    front = f"{before} {name}".strip()
    return f"{front}, {after}" if after else front


def initials(name: str) -> str:
    """One or two letters for the disc beside a name."""
    parts = [word for word in name.split() if word[:1].isalpha()]
    if not parts:
        return "?"
    ends = parts[:1] if len(parts) == 1 else [parts[0], parts[-1]]
    return "".join(word[0].upper() for word in ends)


def units_line(values: Mapping[str, FieldValue]) -> str:
    """The units as lists write them: "RT 004/002"."""
    rt, rw = values.get("rt"), values.get("rw")
    return f"RT {rt or '–'}/{rw or '–'}" if rt or rw else ""


def address_line(values: Mapping[str, FieldValue]) -> str:
    """The street, hamlet and units in one line: "Dusun Krajan RT 002 RW 001"."""
    parts = [str(values["address"])] if values.get("address") else []
    unit = []
    if values.get("dusun"):
        unit.append(f"Dusun {values['dusun']}")
    if values.get("rt"):
        unit.append(f"RT {values['rt']}")
    if values.get("rw"):
        unit.append(f"RW {values['rw']}")
    if unit:
        parts.append(" ".join(unit))
    return ", ".join(parts)


def birth_line(values: Mapping[str, FieldValue], today: date) -> str:
    """Place and day of birth as far as known: "Nganjuk, 12 Juli 1992 (34 tahun)"."""
    born = values.get("birth_date")
    day = format_long(str(born)) if born else ""
    age = age_on(str(born), today) if born else None
    place = str(values.get("birth_place") or "")
    line = ", ".join(one for one in (place, day) if one)
    return f"{line} ({age} tahun)" if age is not None else line


def role_label(roles: tuple[str, ...]) -> str:
    """The word for the strongest role: "CPMI", "PMI", "Purna"; "" without a role."""
    table = reference.table("person_role")
    return next((table.label(one) for one in ROLE_ORDER if one in roles), "")


def labels_of(values: Mapping[str, FieldValue], fields: tuple[FieldSpec, ...]) -> dict[str, str]:
    """The printed words of the coded fields that are filled."""
    return {
        one.name: reference.table(one.table).label(str(values[one.name]))
        for one in fields
        if one.holds is Holds.CODE and values.get(one.name)
    }


def spell(spec: FieldSpec | None, value: Any, *, masked: bool = False) -> str:
    """A value as history lines and lists say it; "kosong" when there is none.

    Args:
        spec: the field; None = a register that is no field of a form.
        value: a column's value, or a group's members by name.
        masked: hide numbers that identify.
    """
    if isinstance(value, Mapping):
        return _spell_group(value)
    if isinstance(value, bytes):
        return value.hex()[:8]
    text = "" if value is None else str(value)
    if spec is not None and text:
        text = _spell_field(spec, text, masked=masked)
    return text or EMPTY


def _spell_field(spec: FieldSpec, text: str, *, masked: bool) -> str:
    if spec.holds is Holds.CODE:
        return reference.table(spec.table).label(text)
    if spec.holds in {Holds.DATE, Holds.PAST_DATE} and is_partial_date(text):
        return format_long(text)
    if spec.holds is Holds.PHONE:
        return mask_phone(text) if masked else format_phone(text)
    return text


def _spell_group(value: Mapping[str, Any]) -> str:
    if "rt" in value:
        return address_line(value) or EMPTY
    words = [
        reference.table("marital_status").label(value.get("marital_status")),
        format_long(value.get("marriage_date")),
        reference.table("marriage_record").label(value.get("marriage_record")),
    ]
    return ", ".join(word for word in words if word) or EMPTY
