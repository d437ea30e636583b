"""A village drawn by lot, and the slips by which one of its people is written twice.

Names are those of the practice village: few and common, so that agreement says little.
Serials of the NIK are small, as in a real subdistrict: people born on one day differ by
one digit. Older people's dates fall on 1 January, 1 July and 31 December.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desmigratif_desktop.app.commands.demo_names import HAMLETS, POOLS, NamePool

TODAY = date(2026, 11, 13)
REGION = "351817"
Values = dict[str, Any]


class Village:
    """Draws people.

    Args:
        seed: the same seed draws the same people.
    """

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self._serials: Counter[str] = Counter()
        self._given: set[str] = set()

    def people(self, count: int) -> list[Values]:
        """So many people, by households."""
        found: list[Values] = []
        while len(found) < count:
            found += self._household()
        return found[:count]

    def _household(self) -> list[Values]:
        draw = self.draw
        pool = draw.choices(POOLS, [one.weight for one in POOLS])[0]
        dusun, age = draw.choice(HAMLETS), draw.randint(24, 75)
        head = self.person(pool, "L", age, dusun, self.name(pool, "P"))
        wife = self.person(
            pool, "P", max(age - draw.randint(0, 9), 19), dusun, self.name(pool, "P")
        )
        found = [head, wife]
        for _ in range(draw.choice((0, 1, 1, 2, 2, 3))):
            child = self.person(
                pool, draw.choice("LP"), draw.randint(0, max(age - 22, 1)), dusun, wife["name"]
            )
            if child["name"] not in {one["name"] for one in found}:
                found.append(child)
        return found

    def name(self, pool: NamePool, sex: str) -> str:
        """As the practice village draws it."""
        first = self.draw.choice(pool.men if sex == "L" else pool.women)
        return first if self.draw.random() < 0.25 else f"{first} {self.draw.choice(pool.second)}"

    def person(self, pool: NamePool, sex: str, age: int, dusun: str, mother: str) -> Values:
        """One person; a few have no NIK, no mother on record, or a date known in part."""
        draw = self.draw
        born = TODAY - timedelta(age * 365 + draw.randint(1, 364))
        if age > 50 and draw.random() < 0.15:
            born = date(born.year, *draw.choice(((1, 1), (7, 1), (12, 31))))
        values: Values = {
            "name": self.name(pool, sex), "sex": sex, "birth_date": born.isoformat(),
            "dusun": dusun, "nik": self.nik(born, sex), "mother_name": mother,
        }  # fmt: skip
        if draw.random() < 0.05:
            del values["nik"]
        if draw.random() < 0.15:
            del values["mother_name"]
        if draw.random() < 0.03:
            values["birth_date"] = born.isoformat()[: draw.choice((4, 7))]
        return values

    def nik(self, born: date, sex: str) -> str:
        """The next number of its day."""
        while True:
            day = born.day + (40 if sex == "P" else 0)
            stem = f"{REGION}{day:02}{born:%m%y}"
            self._serials[stem] += 1 if self.draw.random() < 0.7 else self.draw.randint(2, 5)
            nik = f"{stem}{self._serials[stem]:04}"
            if nik not in self._given:
                self._given.add(nik)
                return nik

    def clean(self, count: int, known: list[Values]) -> Iterator[Values]:
        """People who are not in the register: strangers, and one in forty a sibling or twin."""
        strangers = self.people(count)
        for place, one in enumerate(strangers):
            if place % 40 == 0:
                other = self.draw.choice([each for each in known if len(each["birth_date"]) == 10])
                yield self.sibling(other, is_twin=place % 80 == 0)
            else:
                yield one

    def sibling(self, other: Values, *, is_twin: bool) -> Values:
        """Somebody of the same mother and house, with another name."""
        pool = next(
            pool for pool in POOLS if other["name"].startswith((*pool.men, *pool.women))
        )  # fmt: skip
        born = date.fromisoformat(other["birth_date"])
        if not is_twin:
            born += timedelta(self.draw.randint(400, 3_000) * self.draw.choice((1, -1)))
        found = self.person(pool, other["sex"], 30, other["dusun"], "")
        names = pool.men if other["sex"] == "L" else pool.women
        found["name"] = self.draw.choice([one for one in names if one not in other["name"]])
        found |= {"birth_date": born.isoformat(), "nik": self.nik(born, other["sex"])}
        return {**found, "mother_name": other.get("mother_name")}


@dataclass(frozen=True, slots=True)
class Planted:
    """Somebody of the register, written a second time.

    Attributes:
        row: who, by place in the register.
        kind: by which slip.
        values: as typed.
    """

    row: int
    kind: str
    values: Values


def plant(seed: int, known: list[Values], count: int = 100) -> list[Planted]:
    """Near-duplicates of people of the register, each kind equally often."""
    draw = random.Random(seed * 7 + 1)
    whole = [
        row for row, one in enumerate(known)
        if one.get("nik") and one.get("mother_name") and len(one["birth_date"]) == 10
    ]  # fmt: skip
    found: list[Planted] = []
    kinds = list(KINDS.items())
    while len(found) < count:
        name, slip = kinds[len(found) % len(kinds)]
        row = draw.choice(whole)
        values = slip(draw, dict(known[row]))
        if values is not None:
            found.append(Planted(row, name, values))
    return found


Slip = Callable[[random.Random, Values], Values | None]


def _replaced(draw: random.Random, one: Values, changes: tuple[tuple[str, str], ...]) -> bool:
    """Spell the name otherwise; tells whether it could."""
    before = one["name"].lower()
    ways = [(old, new) for old, new in changes if old in before]
    for old, new in draw.sample(ways, min(2, len(ways))):
        before = before.replace(old, new, 1)
    one["name"], changed = before.title(), before != one["name"].lower()
    return changed


def _without(one: Values, *fields: str) -> Values:
    return {name: value for name, value in one.items() if name not in fields}


OLD = (("u", "oe"), ("j", "dj"), ("y", "j"), ("c", "tj"), ("ny", "nj"))
ARABIC = (
    ("kh", "ch"), ("ch", "kh"), ("sy", "sh"), ("s", "sy"), ("f", "ph"), ("f", "p"), ("z", "j"),
    ("h", "ch"), ("ur", "oer"), ("iy", "i"), ("dh", "dl"), ("mad", "mmad"),
)  # fmt: skip
SHORT = (("moh.", "muhammad"), ("muhammad", "mochamad"), ("abd.", "abdul"), ("siti", "sitti"),
         ("sitti", "st."), ("nur", "noer"))  # fmt: skip
DOUBLE = (("t", "tt"), ("n", "nn"), ("r", "rr"), ("m", "mm"), ("l", "ll"), ("h", ""))
VOWEL = (("o", "u"), ("u", "o"), ("i", "e"), ("e", "i"))


def _digit(draw: random.Random, one: Values) -> Values | None:
    place = draw.choice((0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15))
    nik = one["nik"]
    wrong = str((int(nik[place]) + draw.randint(1, 9)) % 10)
    return {**one, "nik": nik[:place] + wrong + nik[place + 1 :]}


def _swap(draw: random.Random, one: Values) -> Values | None:
    nik = one["nik"]
    places = [place for place in range(15) if nik[place] != nik[place + 1]]
    at = draw.choice(places)
    return {**one, "nik": nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]}


def _day40(draw: random.Random, one: Values) -> Values | None:
    day = int(one["nik"][6:8])
    other = day - 40 if day > 40 else day + 40
    return {**one, "nik": f"{one['nik'][:6]}{other:02}{one['nik'][8:]}"}


def _spelt(changes: tuple[tuple[str, str], ...]) -> Slip:
    def slip(draw: random.Random, one: Values) -> Values | None:
        return _without(one, "nik") if _replaced(draw, one, changes) else None

    return slip


def _turned(draw: random.Random, one: Values) -> Values | None:
    year, month, day = one["birth_date"].split("-")
    if int(day) > 12 or day == month:
        return None
    return {**_without(one, "nik"), "birth_date": f"{year}-{day}-{month}"}


def _year(draw: random.Random, one: Values) -> Values | None:
    year, rest = one["birth_date"].split("-", 1)
    return {**_without(one, "nik"), "birth_date": f"{int(year) + draw.choice((1, -1))}-{rest}"}


def _in_part(length: int) -> Slip:
    return lambda draw, one: {**_without(one, "nik"), "birth_date": one["birth_date"][:length]}


def _typo(draw: random.Random, one: Values) -> Values | None:
    name = one["name"]
    places = [place for place in range(1, len(name) - 1) if name[place : place + 2].isalpha()]
    at = draw.choice(places)
    letter = draw.choice("abdegiklmnoprstuw")
    how = draw.randrange(3)
    put = (name[at + 1] + name[at], letter + name[at + 1], name[at + 1])[how]
    return {**_without(one, "nik"), "name": name[:at] + put + name[at + 2 :]}


def _half(draw: random.Random, one: Values) -> Values | None:
    words = one["name"].split()
    if len(words) < 2:
        return None
    return {**_without(one, "nik"), "name": draw.choice((words[0], " ".join(words[1:])))}


def _longer(draw: random.Random, one: Values) -> Values | None:
    pool = draw.choice(POOLS)
    return {**_without(one, "nik"), "name": f"{one['name']} {draw.choice(pool.second)}"}


def _titled(draw: random.Random, one: Values) -> Values | None:
    title = draw.choice(("H. {}", "Hj. {}", "Drs. {}", "{}, S.Pd.", "{} binti Ahmad", "Ny. {}"))
    return _without({**one, "name": title.format(one["name"])}, "nik", "mother_name")


def _bare(draw: random.Random, one: Values) -> Values | None:
    return {"name": one["name"].replace("'", ""), "birth_date": one["birth_date"]}


def _shouted(draw: random.Random, one: Values) -> Values | None:
    return _without({**one, "name": one["name"].upper()}, "nik", "dusun", "sex")


def _nickname(draw: random.Random, one: Values) -> Values | None:
    words = one["name"].split()
    return _without({**one, "name": words[-1], "alias": words[0]}, "nik")


def _moved(draw: random.Random, one: Values) -> Values | None:
    changed = _replaced(draw, one, VOWEL)
    return {**one, "dusun": "Sumber", "nik": _digit(draw, one)["nik"]} if changed else None


def _same_nik(draw: random.Random, one: Values) -> Values | None:
    _replaced(draw, one, DOUBLE)
    return _without(one, "birth_date", "mother_name")


def _only_nik(draw: random.Random, one: Values) -> Values | None:
    return {"name": one["name"], "nik": _swap(draw, one)["nik"], "sex": one["sex"]}


KINDS: dict[str, Slip] = {
    "nik: satu angka": _digit, "nik: dua angka tertukar": _swap, "nik: tanggal +40": _day40,
    "nik sama, nama lain ejaan": _same_nik, "nik tertukar, tanpa tanggal lahir": _only_nik,
    "ejaan lama": _spelt(OLD), "ejaan Arab": _spelt(ARABIC), "singkatan": _spelt(SHORT),
    "huruf ganda": _spelt(DOUBLE), "vokal": _spelt(VOWEL), "salah ketik nama": _typo,
    "hari dan bulan tertukar": _turned, "tahun lahir +-1": _year,
    "hanya tahun dan bulan lahir": _in_part(7), "hanya tahun lahir": _in_part(4),
    "sebagian nama": _half, "nama bertambah": _longer, "gelar, tanpa ibu": _titled,
    "hanya nama dan tanggal lahir": _bare, "huruf besar": _shouted,
    "nama panggilan": _nickname, "pindah dusun, nik dan vokal": _moved,
}  # fmt: skip
