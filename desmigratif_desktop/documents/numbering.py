"""Numbers of letters and papers: two laptops without a network never print one twice.

The laptop's letter hangs on the number's village part (`470/012/Ds.Krg-A/XI/2026`); an
office that forbids the letter gives each laptop a range. A number is taken inside the unit
of work that uses it: what rolls back was never taken, what was taken is never used again.

Source: design §10; paper study §1 (number) and §2 (blank print).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from desmigratif_desktop.documents.model import IssuedPaper, PaperCounter
from desmigratif_desktop.foundation.errors import RuleBrokenError
from desmigratif_desktop.foundation.partial_dates import roman_month

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from desmigratif_desktop.documents.facts import Office
    from desmigratif_desktop.records.unit_of_work import Work

PRACTICE_WORD = "LATIHAN"


@dataclass(frozen=True, slots=True)
class NumberRule:
    """How one kind of number is made on this laptop.

    Attributes:
        series: the counter ("surat", "pendaftaran"); a series restarts each January.
        letter: the laptop's letter, owner of the counter.
        pattern: the number with «serial», «month» and «year» to be filled.
        digits: least digits of the serial.
        first: first serial of this laptop's range.
        last: last one; None = no end.
    """

    series: str
    letter: str
    pattern: str
    digits: int = 3
    first: int = 1
    last: int | None = None

    def text(self, serial: int, on: date) -> str:
        """The number as printed."""
        filled = self.pattern.replace("«serial»", f"{serial:0{self.digits}d}")
        filled = filled.replace("«month»", roman_month(on.month))
        return filled.replace("«year»", str(on.year))

    def serial_in(self, number: str, year: int) -> int | None:
        """The serial of a number that this rule could have made in a year, else None."""
        shape = re.escape(self.pattern.replace("«year»", str(year)))
        shape = shape.replace(re.escape("«month»"), "[IVX]+")
        found = re.fullmatch(shape.replace(re.escape("«serial»"), r"(\d+)"), number)
        return int(found[1]) if found and found.groups() else None


@dataclass(frozen=True, slots=True)
class TakenNumber:
    """A number that now belongs to one paper."""

    text: str
    letter: str
    series: str
    year: int
    serial: int


def letter_rule(
    office: Office, laptop: str, code: str, *, series: str = "surat", in_number: bool = True,
    first: int = 1, last: int | None = None,
) -> NumberRule:  # fmt: skip
    """The rule for letters: 470/012/Ds.Krg-A/XI/2026.

    Args:
        office: whose letter it is.
        laptop: the laptop's letter.
        code: classification of the letter ("470"); an office may change it.
        series: one agenda for all letters, or one counter per letter type.
        in_number: False for an office that forbids the letter; then give a range.
        first: first serial of this laptop's range.
        last: last serial of the range; None = no end.
    """
    village = office.short_name or short_name(office)
    device = f"-{laptop}" if in_number else ""
    if office.practice:
        pattern = f"{PRACTICE_WORD}/000/{village}{device}/«month»/«year»"
    else:
        pattern = f"{code}/«serial»/{village}{device}/«month»/«year»"
    return NumberRule(series, laptop, pattern, 3, first, last)


def registration_rule(office: Office, laptop: str, registrant: str = "cpmi") -> NumberRule:
    """The rule for registrations: CPMI/99.05.01.2003/A/2026/0047."""
    return paper_rule(office, laptop, registrant.upper(), series=f"pendaftaran_{registrant}")


def paper_rule(office: Office, laptop: str, kind: str, *, series: str) -> NumberRule:
    """The rule for papers that are not letters: TYPE/village/laptop/year/serial."""
    word = PRACTICE_WORD if office.practice else kind
    pattern = f"{word}/{office.dotted_code}/{laptop}/«year»/«serial»"
    return NumberRule(series, laptop, pattern, 4)


def short_name(office: Office) -> str:
    """The village part when the office chose none: "Desa Karanganyar" -> "Ds.Krn"."""
    term = {"desa": "Ds", "gampong": "G", "nagari": "Ng", "kalurahan": "Kal"}
    word = term.get(office.village_term.lower(), office.village_term[:2])
    letters = [one for one in office.village if one.isalpha()]
    rest = "".join(one for one in letters[1:] if one.lower() not in "aeiou")
    return f"{word}.{''.join(letters[:1])}{rest[:2]}"


def take_number(work: Work, rule: NumberRule, on: date, *, at_least: int = 0) -> TakenNumber:
    """Take the next number inside an open unit of work.

    Args:
        work: the open unit of work.
        rule: how this number is made here.
        on: date of the paper; it names month and year.
        at_least: highest serial seen elsewhere (numbers on records that came back from the
            district after a recovery, whose counters did not).

    Raises:
        RuleBrokenError: this laptop's range is used up.
    """
    session = work.session
    counter = session.get(PaperCounter, (rule.letter, rule.series, on.year))
    used = max(rule.first - 1, at_least, _highest(session, rule, on.year))
    serial = max(used, counter.last if counter else 0) + 1
    if rule.last is not None and serial > rule.last:
        raise RuleBrokenError(
            f"Nomor laptop {rule.letter} untuk tahun {on.year} sudah habis ({rule.last}).",
            "Atur rentang nomor yang baru di Pengaturan.",
        )
    _advance(session, rule, on.year, serial)
    return TakenNumber(rule.text(serial, on), rule.letter, rule.series, on.year, serial)


def reserve_numbers(work: Work, rule: NumberRule, on: date, count: int) -> tuple[TakenNumber, ...]:
    """Set numbers aside for papers filled by hand; they are registered later under them."""
    return tuple(take_number(work, rule, on) for _ in range(count))


def claim_number(session: Session, rule: NumberRule, on: date, serial: int) -> TakenNumber:
    """Name a number that was set aside, for the paper that was filled by hand.

    Raises:
        RuleBrokenError: it was never set aside, or a paper already carries it.
    """
    if serial not in gaps(session, rule, on.year):
        raise RuleBrokenError(
            f"Nomor {rule.text(serial, on)} tidak tersedia.",
            "Pilih nomor yang belum dipakai dari daftar nomor kosong.",
        )
    return TakenNumber(rule.text(serial, on), rule.letter, rule.series, on.year, serial)


def gaps(session: Session, rule: NumberRule, year: int) -> tuple[int, ...]:
    """Serials that were taken and that no paper carries; an office must be able to explain them."""
    counter = session.get(PaperCounter, (rule.letter, rule.series, year))
    chosen = select(IssuedPaper.serial).where(
        IssuedPaper.letter == rule.letter, IssuedPaper.series == rule.series,
        IssuedPaper.year == year,
    )  # fmt: skip
    used = set(session.scalars(chosen))
    last = counter.last if counter else 0
    return tuple(one for one in range(rule.first, last + 1) if one not in used)


def is_taken(session: Session, number: TakenNumber) -> bool:
    """Whether a paper, void ones included, already owns this number."""
    chosen = select(IssuedPaper.id).where(
        IssuedPaper.letter == number.letter,
        IssuedPaper.series == number.series,
        IssuedPaper.year == number.year,
        IssuedPaper.serial == number.serial,
    )
    return session.scalars(chosen.limit(1)).first() is not None


def highest_serial(rule: NumberRule, year: int, numbers: Iterable[str | None]) -> int:
    """The highest serial of this rule among numbers found on records; 0 when there is none."""
    found = (rule.serial_in(one, year) for one in numbers if one)
    return max((one for one in found if one is not None), default=0)


def _highest(session: Session, rule: NumberRule, year: int) -> int:
    highest = session.scalar(
        select(func.max(IssuedPaper.serial)).where(
            IssuedPaper.letter == rule.letter,
            IssuedPaper.series == rule.series,
            IssuedPaper.year == year,
        )
    )
    return highest or 0


def _advance(session: Session, rule: NumberRule, year: int, serial: int) -> None:
    counter = session.get(PaperCounter, (rule.letter, rule.series, year))
    if counter is None:
        session.add(PaperCounter(letter=rule.letter, series=rule.series, year=year, last=serial))
    else:
        counter.last = serial
    session.flush()
