from __future__ import annotations

import dataclasses
import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desmigratif_desktop.documents import numbering
from desmigratif_desktop.foundation.errors import RuleBrokenError
from desmigratif_desktop.records.unit_of_work import unit
from kit.papers import OFFICE, OFFICER, paper_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desmigratif_desktop.foundation.clock import FrozenClock
    from desmigratif_desktop.records.engine import Store

DAY = date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path, clock: FrozenClock) -> Iterator[Store]:
    made = paper_store(tmp_path / "a", clock)
    yield made
    made.close()


def take(store: Store, rule: numbering.NumberRule, on: date = DAY) -> numbering.TakenNumber:
    with unit(store, OFFICER, "paper.number") as work:
        return numbering.take_number(work, rule, on)


def test_a_letter_carries_the_laptops_letter_on_its_village_part(store: Store) -> None:
    rule = numbering.letter_rule(OFFICE, "A", "470")
    assert take(store, rule).text == "470/001/Ds.Krg-A/XI/2026"
    assert take(store, rule).text == "470/002/Ds.Krg-A/XI/2026"


def test_a_registration_carries_type_village_laptop_year_serial(store: Store) -> None:
    assert take(store, numbering.registration_rule(OFFICE, "A")).text == (
        "CPMI/99.05.01.2003/A/2026/0001"
    )


def test_each_year_begins_at_one(store: Store) -> None:
    rule = numbering.letter_rule(OFFICE, "A", "470")
    take(store, rule)
    assert take(store, rule, date(2027, 1, 2)).text == "470/001/Ds.Krg-A/I/2027"
    assert take(store, rule).serial == 2


def test_two_offline_laptops_never_print_the_same_number(
    tmp_path: Path, clock: FrozenClock
) -> None:
    printed: list[str] = []
    for laptop in "AB":
        store = paper_store(tmp_path / laptop, clock, laptop)
        rule = numbering.letter_rule(OFFICE, store.replica.laptop, "470")
        printed += [take(store, rule).text for _ in range(20)]
        store.close()
    assert len(set(printed)) == 40


def test_two_offices_without_the_letter_have_ranges(store: Store) -> None:
    a = numbering.letter_rule(OFFICE, "A", "470", in_number=False, first=1, last=2)
    b = numbering.letter_rule(OFFICE, "B", "470", in_number=False, first=500, last=999)
    assert take(store, b).text == "470/500/Ds.Krg/XI/2026"
    assert [take(store, a).serial for _ in range(2)] == [1, 2]
    with pytest.raises(RuleBrokenError, match="sudah habis"):
        take(store, a)


def test_what_rolls_back_was_never_taken(store: Store) -> None:
    rule = numbering.letter_rule(OFFICE, "A", "470")

    def fail() -> None:
        with unit(store, OFFICER, "paper.issue") as work:
            numbering.take_number(work, rule, DAY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert take(store, rule).serial == 1


def test_many_threads_get_different_numbers(store: Store) -> None:
    rule = numbering.letter_rule(OFFICE, "A", "470")
    taken: list[int] = []
    threads = [
        threading.Thread(target=lambda: taken.extend(take(store, rule).serial for _ in range(5)))
        for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(taken) == list(range(1, 21))


def test_a_recovered_counter_goes_on_after_the_numbers_found_on_records(store: Store) -> None:
    rule = numbering.registration_rule(OFFICE, "A")
    found = ["CPMI/99.05.01.2003/A/2026/0047", "CPMI/99.05.01.2003/B/2026/0099", None, "x"]
    highest = numbering.highest_serial(rule, 2026, found)
    assert highest == 47
    with unit(store, OFFICER, "paper.number") as work:
        assert numbering.take_number(work, rule, DAY, at_least=highest).serial == 48


def test_reserved_numbers_are_gaps_until_they_are_claimed(store: Store) -> None:
    rule = numbering.letter_rule(OFFICE, "A", "560")
    with unit(store, OFFICER, "paper.reserve") as work:
        block = numbering.reserve_numbers(work, rule, DAY, 3)
    assert [one.serial for one in block] == [1, 2, 3]
    assert take(store, rule).serial == 4
    with store.read() as session:
        assert numbering.gaps(session, rule, 2026) == (1, 2, 3, 4)
        assert numbering.claim_number(session, rule, DAY, 2).text == "560/002/Ds.Krg-A/XI/2026"
        with pytest.raises(RuleBrokenError):
            numbering.claim_number(session, rule, DAY, 9)


def test_the_practice_village_prints_no_valid_number(store: Store) -> None:
    practice = dataclasses.replace(OFFICE, practice=True)
    letter = numbering.letter_rule(practice, "A", "470")
    assert take(store, letter).text == "LATIHAN/000/Ds.Krg-A/XI/2026"
    registration = numbering.registration_rule(practice, "A")
    assert take(store, registration).text == "LATIHAN/99.05.01.2003/A/2026/0001"


def test_a_village_name_cannot_bend_the_pattern(store: Store) -> None:
    odd = dataclasses.replace(OFFICE, short_name="Ds.{0}%s")
    assert take(store, numbering.letter_rule(odd, "A", "470")).text == (
        "470/001/Ds.{0}%s-A/XI/2026"
    )


@pytest.mark.parametrize(
    ("term", "village", "short"),
    [
        ("Desa", "Karanganyar", "Ds.Krn"),
        ("Gampong", "U", "G.U"),
        ("Nagari", "Aie Dingin", "Ng.ADn"),
    ],
)
def test_an_office_without_a_short_name_gets_one(term: str, village: str, short: str) -> None:
    office = dataclasses.replace(OFFICE, village_term=term, village=village, short_name="")
    assert numbering.short_name(office) == short
