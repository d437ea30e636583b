"""Why two entries may be one person, in the words an officer reads beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.partial_dates import format_long, is_partial_date
from desmigratif_desktop.people.radar.name_key import full_key, plain_name, words_of
from desmigratif_desktop.people.radar.nearness import align, near_births
from desmigratif_desktop.people.radar.slips import Birth, nik_slip
from desmigratif_desktop.people.radar.values import Reason

if TYPE_CHECKING:
    from desmigratif_desktop.people.radar.values import Known

_DATES: Final = {
    Birth.SWAPPED: "Tanggal dan bulan lahir tertukar ({date})",
    Birth.NEXT_YEAR: "Tahun lahir berselisih satu ({date})",
    Birth.ONE_DIGIT: "Tanggal lahir berbeda satu angka ({date})",
    Birth.SAME_MONTH: "Lahir pada bulan yang sama ({date})",
    Birth.NEAR_YEAR: "Tahun lahir berselisih satu ({date})",
    Birth.SAME_YEAR: "Lahir {date}, tahunnya sama",
    Birth.OTHER: "Lahir {date}",
}
_AGREEING: Final = frozenset(
    {Birth.SWAPPED, Birth.NEXT_YEAR, Birth.ONE_DIGIT, Birth.SAME_MONTH, Birth.NEAR_YEAR}
)
_SEX: Final = {"L": "Laki-laki", "P": "Perempuan"}


def reasons_of(
    typed: Known, kept: Known, *, without: str = "NIK belum Anda isi"
) -> tuple[Reason, ...]:
    """The lines beside a candidate: what agrees first, then what differs.

    Args:
        typed: what stands in the form.
        kept: what the register says.
        without: what is said where only the kept entry has a NIK.
    """
    found = [
        _nik(typed, kept, without), _name(typed, kept), _birth(typed, kept), _mother(typed, kept),
        _sex(typed, kept), _dusun(typed, kept),
    ]  # fmt: skip
    said = [one for one in found if one is not None]
    return tuple(sorted(said, key=lambda one: not one.agrees))


def _nik(typed: Known, kept: Known, without: str) -> Reason | None:
    if typed.nik and kept.nik:
        return _two_nik(typed.nik, kept.nik)
    if typed.nik:
        return Reason(False, "NIK belum ada pada data lama")
    return Reason(False, without) if kept.nik else None


def _two_nik(typed: str, kept: str) -> Reason:
    if typed == kept:
        return Reason(True, "NIK sama")
    slip = nik_slip(typed, kept)
    if slip is None:
        return Reason(False, "NIK berbeda")
    kind, place = slip
    if kind == "day40":
        return Reason(True, "NIK berbeda 40 pada tanggal (penanda perempuan)")
    if kind == "swap":
        return Reason(True, f"NIK: angka ke-{place + 1} dan {place + 2} tertukar")
    return Reason(True, f"NIK berbeda satu angka (angka ke-{place + 1})")


def _name(typed: Known, kept: Known) -> Reason | None:
    if not typed.name:
        return None
    left, right = typed.name, kept.name
    if left.casefold().split() == right.casefold().split():
        return Reason(True, "Nama sama")
    if plain_name(left) == plain_name(right) or full_key(left) == full_key(right):
        return Reason(True, "Nama sebunyi")
    pairs, lone_left, lone_right = align(words_of(left), words_of(right))
    if pairs and not min(lone_left, lone_right):
        is_part = bool(lone_left or lone_right)
        return Reason(True, "Sebagian nama sama" if is_part else "Nama mirip")
    if _by_nickname(typed, kept):
        return Reason(True, "Nama panggilan sama")
    return Reason(False, "Hanya sebagian nama mirip" if pairs else "Nama berbeda")


def _by_nickname(typed: Known, kept: Known) -> bool:
    ways = ((typed.name, kept.alias), (typed.alias, kept.name), (typed.alias, kept.alias))
    return any(one and two and plain_name(one) == plain_name(two) for one, two in ways)


def _birth(typed: Known, kept: Known) -> Reason | None:
    birth, shared = near_births(typed, kept)
    if birth is Birth.UNKNOWN:
        return None
    if birth is Birth.SAME:
        return Reason(True, f"Lahir {_long(shared)}")
    date = kept.birth or shared
    return Reason(birth in _AGREEING, _DATES[birth].format(date=_long(date)))


def _long(date: str) -> str:
    return format_long(date) if is_partial_date(date) else date


def _mother(typed: Known, kept: Known) -> Reason | None:
    if not typed.mother or not kept.mother:
        return None
    if full_key(typed.mother) == full_key(kept.mother):
        return Reason(True, "Nama ibu sama")
    pairs, lone_left, lone_right = align(words_of(typed.mother), words_of(kept.mother))
    if pairs and not min(lone_left, lone_right):
        return Reason(True, "Nama ibu mirip")
    return Reason(False, f"Nama ibu {kept.mother}")


def _sex(typed: Known, kept: Known) -> Reason | None:
    if not typed.sex or not kept.sex or typed.sex == kept.sex:
        return None
    return Reason(False, _SEX.get(kept.sex, kept.sex))


def _dusun(typed: Known, kept: Known) -> Reason | None:
    if not typed.dusun or not kept.dusun:
        return None
    if typed.dusun.casefold() == kept.dusun.casefold():
        return Reason(True, f"Dusun {kept.dusun}")
    return Reason(False, f"Dusun {kept.dusun}, bukan {typed.dusun}")
