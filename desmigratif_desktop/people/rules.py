"""What may stand in a person's fields: hard errors refuse, warnings ask for a reason.

Only a name is required. A NIK is refused only when it cannot be one; that it disagrees
with the birth date or the sex is a warning, because a NIK is never changed when the
data are corrected.

Source: reference/domain.md §3.1, §3.4-3.7; redlist F01, F02, F13.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from desmigratif_desktop.foundation import identity, partial_dates, reference
from desmigratif_desktop.foundation.contacts import (
    check_passport,
    normalise_passport,
    normalise_phone,
)
from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.foundation.money import parse_rupiah
from desmigratif_desktop.foundation.places import Regions
from desmigratif_desktop.foundation.texts import (
    LINE_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    clean_text,
    warn_identifiers,
)
from desmigratif_desktop.people.fields import BY_NAME, FieldSpec, Holds
from desmigratif_desktop.people.values import FieldValue, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

ROLES: Final = ("cpmi", "pmi", "purna", "keluarga_pmi", "pencari_kerja_dalam_negeri")
MIN_WORKING_AGE: Final = 18
"""UU 18/2017 art. 5 (a): 18 years to work abroad; younger is a named warning here."""
MAX_AGE: Final = 120
MAX_COUNT: Final = 40
MAX_MONTHS: Final = 600
_UNIT = re.compile(r"[0-9]{1,3}")
_AREA = re.compile(r"[0-9]{10}")
_IGNORED = frozenset({"uid", "roles", "conflicts", "household"})


def read_person(
    raw: Mapping[str, Any], today: date, *, known: Mapping[str, FieldValue] | None = None
) -> Reading:
    """Read a person's raw texts into canonical values.

    Args:
        raw: field name to typed text; only the fields that were given or touched.
        today: of the post.
        known: what already stands in the record, for checks across fields; None = a new
            person, whose name is required.
    """
    warnings = [
        FieldProblem(
            name, "field_unknown", f"Isian {name} tidak dikenal dan tidak disimpan.",
            is_warning=True,
        )
        for name in raw
        if name not in BY_NAME and name not in _IGNORED and not name.endswith("_label")
    ]  # fmt: skip
    given = {name: one for name, one in raw.items() if name in BY_NAME}
    values, errors = read_fields(BY_NAME, given, today)
    whole = {**(known or {}), **values}
    if not whole.get("name") and not any(one.field == "name" for one in errors):
        errors.append(FieldProblem("name", "name_empty", "Nama belum diisi."))
    warnings.extend(check_across(whole, set(values), today))
    return Reading(values, tuple(errors), tuple(warnings))


def read_fields(
    specs: Mapping[str, FieldSpec], raw: Mapping[str, Any], today: date
) -> tuple[dict[str, FieldValue], list[FieldProblem]]:
    """Read raw texts by their fields: the values, and what is wrong with the others.

    Args:
        specs: fields by name; a name without a field is a problem.
        raw: field name to typed text.
        today: of the post.
    """
    values: dict[str, FieldValue] = {}
    errors: list[FieldProblem] = []
    for name, given in raw.items():
        if name not in specs:
            errors.append(FieldProblem(name, "field_unknown", f"Isian {name} tidak dikenal."))
            continue
        try:
            values[name] = read_field(specs[name], given, today)
        except InputError as refused:
            errors.extend(refused.problems)
    return values, errors


def read_touched(
    fields: tuple[FieldSpec, ...], raw: Mapping[str, Any], today: date
) -> dict[str, FieldValue]:
    """Read touched fields all or nothing.

    Raises:
        InputError: a field cannot be taken.
    """
    values, errors = read_fields({one.name: one for one in fields}, raw, today)
    if errors:
        raise InputError(tuple(errors))
    return values


def read_field(spec: FieldSpec, given: Any, today: date) -> FieldValue:
    """Read one field.

    Raises:
        InputError: the text cannot be a value of this field.
    """
    text = _as_text(spec, given)
    if text is None:
        return None
    return _READERS[spec.holds](spec, text, today)


def _as_text(spec: FieldSpec, given: Any) -> str | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, str | int):
        _refuse(spec, "value_type", f"{spec.label} harus berupa teks.")
    return str(given) if str(given).strip() else None


def _read_text(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    limit = {Holds.NAME: NAME_LIMIT, Holds.NOTE: NOTE_LIMIT}.get(spec.holds, LINE_LIMIT)
    multiline = spec.holds is Holds.NOTE
    return clean_text(text, limit, field=spec.name, label=spec.label, multiline=multiline) or None


def _read_nik(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    return _sixteen(text, identity.check_nik(text, field=spec.name))


def _read_no_kk(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    return _sixteen(text, identity.check_no_kk(text, field=spec.name))


def _sixteen(text: str, problems: tuple[FieldProblem, ...]) -> str:
    hard = tuple(one for one in problems if not one.is_warning)
    if hard:
        raise InputError(hard)
    return text


def _read_code(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    table = reference.table(spec.table)
    plain = text.strip()
    if plain in table.codes():
        return plain
    found = table.code_of(plain)
    if found is None:
        shown = plain if len(plain) <= NAME_LIMIT else f"{plain[:NAME_LIMIT]}…"
        _refuse(spec, "code_unknown", f"{spec.label} “{shown}” tidak ada dalam daftar pilihan.")
    return found


def _read_date(spec: FieldSpec, text: str, today: date) -> FieldValue:
    last = today if spec.holds is Holds.PAST_DATE else None
    return partial_dates.parse_partial_date(text, field=spec.name, not_after=last)


def _read_phone(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    return normalise_phone(text, field=spec.name) or None


def _read_unit(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    plain = text.strip()
    if plain in {"-", "0", "00", "000"}:
        return None
    if not (_UNIT.fullmatch(plain) and plain.isascii()):
        _refuse(spec, "unit_shape", f"{spec.label} terdiri atas paling banyak tiga angka.")
    return plain.zfill(3)


def _read_count(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    plain = text.strip()
    most = MAX_MONTHS if spec.holds is Holds.MONTHS else MAX_COUNT
    if not (plain.isascii() and plain.isdigit() and len(plain) < 4 and int(plain) <= most):  # noqa: PLR2004
        _refuse(spec, "count_range", f"{spec.label} harus angka 0 sampai {most}.")
    return int(plain)


def _read_money(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    amount = parse_rupiah(text, field=spec.name)
    if amount < 0:
        _refuse(spec, "money_negative", f"{spec.label} tidak boleh kurang dari nol.")
    return amount


def _read_area(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    plain = text.strip().replace(".", "")
    if not (_AREA.fullmatch(plain) and plain.isascii()):
        _refuse(spec, "area_shape", "Kode wilayah terdiri atas 10 angka.")
    return plain


def _read_passport(spec: FieldSpec, text: str, _today: date) -> FieldValue:
    return normalise_passport(clean_text(text, 20, field=spec.name, label=spec.label)) or None


_READERS: Final[Mapping[Holds, Callable[[FieldSpec, str, date], FieldValue]]] = {
    Holds.NAME: _read_text,
    Holds.TEXT: _read_text,
    Holds.NOTE: _read_text,
    Holds.NIK: _read_nik,
    Holds.NO_KK: _read_no_kk,
    Holds.CODE: _read_code,
    Holds.DATE: _read_date,
    Holds.PAST_DATE: _read_date,
    Holds.PHONE: _read_phone,
    Holds.UNIT: _read_unit,
    Holds.COUNT: _read_count,
    Holds.MONTHS: _read_count,
    Holds.MONEY: _read_money,
    Holds.AREA: _read_area,
    Holds.PASSPORT: _read_passport,
}


def check_across(
    whole: Mapping[str, FieldValue], touched: set[str], today: date
) -> tuple[FieldProblem, ...]:
    """Warnings that concern the touched fields, seen with the whole record."""
    found: list[FieldProblem] = []
    nik, birth, sex = (_text(whole, name) for name in ("nik", "birth_date", "sex"))
    if nik and touched & {"nik", "birth_date", "sex"}:
        found.extend(identity.compare_nik(nik, birth, sex, today=today))
    area = _text(whole, "area_code")
    if "area_code" in touched and area and not Regions.load().has(area):
        sentence = "Kode wilayah ini tidak ada dalam daftar desa."
        found.append(_warn("area_code", "area_unknown", sentence))
    if "passport_no" in touched:
        found.extend(check_passport(_text(whole, "passport_no") or ""))
    if "no_kk" in touched and (no_kk := _text(whole, "no_kk")):
        found.extend(identity.check_no_kk(no_kk))
    if "note" in touched and (note := _text(whole, "note")):
        found.extend(warn_identifiers(note))
    found.extend(_check_dates(whole, touched, today))
    return tuple(found)


def _check_dates(
    whole: Mapping[str, FieldValue], touched: set[str], today: date
) -> list[FieldProblem]:
    found: list[FieldProblem] = []
    birth = _text(whole, "birth_date")
    if not birth:
        return found
    age = partial_dates.age_on(birth, today)
    if "birth_date" in touched and age is not None and age > MAX_AGE:
        found.append(_warn("birth_date", "age_high", f"Umur {age} tahun. Periksa tahun lahirnya."))
    married = _text(whole, "marriage_date")
    is_new = bool(touched & {"birth_date", "marriage_date"})
    if is_new and married and partial_dates.surely_before(married, birth):
        found.append(
            _warn(
                "marriage_date",
                "marriage_before_birth",
                "Tanggal perkawinan lebih awal daripada tanggal lahir.",
            )
        )
    return found


def working_age_warning(birth: str | None, on: date) -> FieldProblem | None:
    """Name it when somebody is not yet 18 on the day of departure (or today).

    Source: UU 18/2017 art. 5 and 80; F13.
    """
    age = partial_dates.age_on(birth, on) if birth else None
    if age is None or age >= MIN_WORKING_AGE:
        return None
    return _warn(
        "birth_date",
        "age_under_18",
        f"Umur {age} tahun. Bekerja ke luar negeri baru boleh mulai umur "
        f"{MIN_WORKING_AGE} tahun; pelayanan lain tetap dapat diberikan.",
    )


def _text(whole: Mapping[str, FieldValue], name: str) -> str | None:
    value = whole.get(name)
    return value if isinstance(value, str) else None


def _warn(field: str, code: str, message: str) -> FieldProblem:
    return FieldProblem(field, code, message, is_warning=True)


def _refuse(spec: FieldSpec, code: str, message: str) -> NoReturn:
    raise InputError((FieldProblem(spec.name, code, message),))
