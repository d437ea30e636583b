"""What the radar is given and what it answers: frozen values, no rows of the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Band(StrEnum):
    """How strongly the radar speaks."""

    VERY = "sangat_mirip"
    RATHER = "agak_mirip"


class Known(NamedTuple):
    """What the radar compares of a person, kept or being typed; "" where it is unknown.

    Attributes:
        nik: 16 digits; anything else counts as unknown.
        birth: "1992", "1992-07" or "1992-07-12".
    """

    uid: bytes
    name: str = ""
    nik: str = ""
    birth: str = ""
    mother: str = ""
    sex: str = ""
    dusun: str = ""
    alias: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any], uid: bytes = b"") -> Known:
        """Read a form's or a sheet's canonical values.

        Args:
            values: fields of a person by identifier; more and fewer are welcome.
            uid: id of the person, where there is one.
        """
        nik = str(values.get("nik") or "")
        words = (values.get(one) for one in ("birth_date", "mother_name", "sex", "dusun", "alias"))
        birth, mother, sex, dusun, alias = (str(one or "").strip() for one in words)
        name = str(values.get("name") or "").strip()
        return cls(uid, name, nik if is_nik(nik) else "", birth, mother, sex, dusun, alias)


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an answer.

    Attributes:
        agrees: a tick; else a dash.
        words: "Nama sebunyi".
    """

    agrees: bool
    words: str


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody in the register who may be the one that is typed.

    Attributes:
        person: id.
        score: 0 to 100.
        reasons: the agreeing ones first.
        same_nik: carries exactly this NIK.
    """

    person: bytes
    name: str
    score: int
    band: Band
    reasons: tuple[Reason, ...]
    same_nik: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people of the register who may be one; the smaller id first."""

    first: bytes
    second: bytes
    first_name: str
    second_name: str
    score: int
    band: Band
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was decided beside the form of somebody who is saved only now.

    Attributes:
        distinct: people of whom the officer said *bukan orang ini*.
        alike: people who look very alike and were left undecided; they become cases.
    """

    distinct: tuple[bytes, ...] = ()
    alike: tuple[bytes, ...] = ()


NOTHING_TOLD = Told()


def is_nik(text: str) -> bool:
    """Whether a text has the shape of a NIK."""
    return len(text) == 16 and text.isascii() and text.isdigit()  # noqa: PLR2004 - digits of a NIK
