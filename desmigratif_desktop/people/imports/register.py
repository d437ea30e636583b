"""The register as an import meets it: everybody by id, NIK, name and birth date.

Read once in one query; whole records only of those that are met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rapidfuzz import fuzz

from desmigratif_desktop.people.fields import COLUMNS
from desmigratif_desktop.people.radar.name_key import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from desmigratif_desktop.people.values import FieldValue

CHUNK: Final = 500
NEAR: Final = 80
MOTHER_NEAR: Final = 70


class Met(NamedTuple):
    """What identifies somebody of the register."""

    uid: bytes
    name: str
    nik: str
    birth: str
    mother: str


class Register:
    """Everybody alive in the register, findable."""

    def __init__(self, people: Iterable[Met]) -> None:
        self.people: dict[bytes, Met] = {}
        self.by_nik: dict[str, list[Met]] = {}
        self.by_birth: dict[tuple[str, str], list[Met]] = {}
        self.by_name: dict[str, list[Met]] = {}
        for one in people:
            self.people[one.uid] = one
            if one.nik:
                self.by_nik.setdefault(one.nik, []).append(one)
            key = name_key(one.name)
            if one.birth:
                self.by_birth.setdefault((key, one.birth), []).append(one)
            self.by_name.setdefault(key, []).append(one)

    @classmethod
    def load(cls, session: Session) -> Register:
        """Read everybody in one query."""
        rows = session.connection().exec_driver_sql(
            "SELECT id, coalesce(name,''), coalesce(nik,''), coalesce(birth_date,''),"
            " coalesce(mother_name,'') FROM person WHERE state IS NULL"
        )
        return cls(Met(*row) for row in rows)


def whole_records(session: Session, ids: Iterable[bytes]) -> dict[bytes, dict[str, FieldValue]]:
    """Every field of these people, `no_kk` included."""
    wanted = list(dict.fromkeys(ids))
    columns = ", ".join(f"p.{name}" for name in COLUMNS)
    found: dict[bytes, dict[str, FieldValue]] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ",".join("?" * len(part))
        rows = session.connection().exec_driver_sql(
            f"SELECT p.id, h.no_kk, {columns} FROM person p LEFT JOIN household h"
            f" ON h.id=p.household WHERE p.id IN ({marks})",
            tuple(part),
        )
        for uid, no_kk, *values in rows:
            found[uid] = {**dict(zip(COLUMNS, values, strict=True)), "no_kk": no_kk}
    return found


def name_key(name: str) -> str:
    """Names that sound alike have one key."""
    return plain_name(name) or " ".join(name.casefold().split())


def are_near(one: str, other: str) -> bool:
    """Whether two spellings may be one name: sound, order and small slips aside."""
    if name_key(one) == name_key(other):
        return True
    return fuzz.token_set_ratio(one.casefold(), other.casefold()) >= NEAR


def contradict(one: Any, other: Any) -> bool:
    """Whether two mothers' names cannot be one; an unknown one contradicts nobody."""
    if not one or not other:
        return False
    first, second = str(one).casefold(), str(other).casefold()
    return name_key(first) != name_key(second) and fuzz.ratio(first, second) < MOTHER_NEAR


def differences(
    known: Mapping[str, FieldValue], given: Mapping[str, FieldValue]
) -> tuple[tuple[str, FieldValue, FieldValue], ...]:
    """(field, old, new) where the file says something else than the register.

    An empty cell says nothing; capitals and blanks alone are no difference; a date that
    is known more exactly here is kept.
    """
    found = []
    for field, value in given.items():
        old = known.get(field)
        if value is None or _is_same(old, value) or _is_coarser(field, old, value):
            continue
        if field == "nik_missing_reason" and (known.get("nik") or old):
            continue
        found.append((field, old, value))
    return tuple(found)


def _is_same(old: FieldValue, new: FieldValue) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return " ".join(old.casefold().split()) == " ".join(new.casefold().split())
    return old == new


def _is_coarser(field: str, old: FieldValue, new: FieldValue) -> bool:
    return field.endswith("_date") and isinstance(old, str) and old.startswith(f"{new}-")
