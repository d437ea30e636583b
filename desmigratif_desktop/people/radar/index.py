"""The register in memory, by the keys a slip of the pen leaves standing.

Rows are appended and never moved: a changed person is a new row, and the old one is
empty. 100,000 people take some 60 MB and are read in one query.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from desmigratif_desktop.people.radar.name_key import LONG, MANY, SHORT, full_key, words_of
from desmigratif_desktop.people.radar.nearness import SMALLEST
from desmigratif_desktop.people.radar.slips import birth_in_nik, nik_neighbours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desmigratif_desktop.people.radar.values import Known

FEW: Final = 60
"""A key that so many share is taken whole; a commoner one only together with another."""
LIKE_WORDS: Final = 12


def _rows() -> array[int]:
    return array("I")


class Index:
    """The people by number, date, year, word, whole name and mother.

    Attributes:
        people: by row; None where a newer row stands for them.
    """

    def __init__(self, people: Iterable[Known] = ()) -> None:
        self.people: list[Known | None] = []
        self._row_of: dict[bytes, int] = {}
        self._niks: dict[int, list[int]] = {}
        self._births: defaultdict[str, array[int]] = defaultdict(_rows)
        self._years: defaultdict[str, array[int]] = defaultdict(_rows)
        self._words: defaultdict[str, array[int]] = defaultdict(_rows)
        self._names: defaultdict[str, array[int]] = defaultdict(_rows)
        self._mothers: defaultdict[str, array[int]] = defaultdict(_rows)
        self._vocabulary: list[str] | None = None
        self._likes: dict[str, set[str]] = {}
        self._together_known: dict[tuple[str, ...], int] = {}
        for one in people:
            self.put(one)

    def __len__(self) -> int:
        return len(self._row_of)

    # --- filling ------------------------------------------------------------------

    def put(self, one: Known) -> None:
        """Add a person, or take the place of what was known of them."""
        self.drop(one.uid)
        row = len(self.people)
        self.people.append(one)
        self._row_of[one.uid] = row
        if one.nik:
            self._niks.setdefault(int(one.nik), []).append(row)
        born = one.birth or birth_in_nik(one.nik)
        if born:
            self._births[born].append(row)
            self._years[born[:4]].append(row)
        for name in (one.name, one.alias) if one.alias else (one.name,):
            self._put_name(name, row)
        if one.mother:
            self._mothers[full_key(one.mother)].append(row)

    def _put_name(self, name: str, row: int) -> None:
        words = words_of(name)
        for word in words:
            if word.bones not in self._words:
                self._vocabulary = None
            self._words[word.bones].append(row)
            for other in word.others:
                self._words[other].append(row)
        self._names[full_key(name)].append(row)

    def drop(self, uid: bytes) -> None:
        """Forget a person."""
        row = self._row_of.pop(uid, None)
        if row is not None:
            self.people[row] = None

    @property
    def waste(self) -> int:
        """Rows that stand empty."""
        return len(self.people) - len(self._row_of)

    def get(self, uid: bytes) -> Known | None:
        """What is known of a person."""
        row = self._row_of.get(uid)
        return None if row is None else self.people[row]

    def rows(self) -> Iterator[tuple[int, Known]]:
        """Everybody, with their row."""
        return ((row, one) for row, one in enumerate(self.people) if one is not None)

    # --- how often ----------------------------------------------------------------

    @property
    def population(self) -> int:
        """People, at least `SMALLEST`."""
        return max(len(self._row_of), SMALLEST) + 1

    def words(self, bones: str) -> int:
        """People whose name holds a word of this sound."""
        return len(self._words.get(bones, ()))

    def together(self, bones: tuple[str, ...]) -> int:
        """People whose name holds all these words; Andi Baso is one name here, not two."""
        known = self._together_known.get(bones)
        if known is None:
            lists = sorted((self._words.get(one, ()) for one in bones), key=len)
            known = len(set(lists[0]).intersection(*lists[1:]))
            if len(self._together_known) > MANY:
                self._together_known.clear()
            self._together_known[bones] = known
        return known

    def names(self, key: str) -> int:
        """People of this whole name."""
        return len(self._names.get(key, ()))

    def births(self, date: str) -> int:
        """People of this birth date, as far as it is known."""
        if len(date) == 4:  # noqa: PLR2004 - a year
            return len(self._years.get(date, ()))
        if len(date) == 7:  # noqa: PLR2004 - a month: a twelfth of its year
            return len(self._years.get(date[:4], ())) // 12
        return len(self._births.get(date, ()))

    def mothers(self, key: str) -> int:
        """People whose mother is called so."""
        return len(self._mothers.get(key, ()))

    # --- who may it be ------------------------------------------------------------

    def candidates(self, one: Known, *, with_slips: bool = True) -> set[int]:
        """Rows worth weighing against an entry.

        Args:
            one: what is typed.
            with_slips: look for names with a slip of the fingers, too.
        """
        found = self._by_nik(one.nik)
        born = one.birth or birth_in_nik(one.nik)
        found.update(self._by_birth(born))
        if one.nik and one.birth:
            found.update(self._births.get(birth_in_nik(one.nik, one.birth), ()))
        if one.name:
            beside = _Beside(self, one, born)
            for name in (one.name, one.alias) if one.alias else (one.name,):
                self._by_name(name, beside, found, with_slips=with_slips)
        return found

    def _by_nik(self, nik: str) -> set[int]:
        if not nik:
            return set()
        found = set(self._niks.get(int(nik), ()))
        for number in self._niks.keys() & nik_neighbours(nik):
            found.update(self._niks[number])
        return found

    def _by_birth(self, born: str) -> Iterator[int]:
        dates = [born]
        if len(born) == 10:  # noqa: PLR2004 - a whole date
            year, month, day = born.split("-")
            dates += [f"{year}-{day}-{month}", f"{int(year) - 1}-{month}-{day}",
                      f"{int(year) + 1}-{month}-{day}", born[:7]]  # fmt: skip
        return chain.from_iterable(
            rows for date in dates if len(rows := self._births.get(date, ())) <= 5 * FEW
        )

    def _by_name(self, name: str, beside: _Beside, found: set[int], *, with_slips: bool) -> None:
        beside.take(self._names.get(full_key(name)), found)
        lists: list[array[int]] = []
        for word in words_of(name):
            heard = {word.bones, *word.others}
            if with_slips and len(word.bones) >= SHORT:
                heard |= self._like(word.bones)
            lists += [rows for one in heard if (rows := self._words.get(one)) is not None]
        lists.sort(key=len)
        for place, rows in enumerate(lists):
            beside.take(rows, found)
            if place and len(rows) > FEW:
                self._together(lists[0], rows, found)

    @staticmethod
    def _together(few: array[int], many: array[int], found: set[int]) -> None:
        if len(few) > FEW:
            both = set(few).intersection(many)
            if len(both) <= 2 * FEW:
                found |= both

    def _like(self, bones: str) -> set[str]:
        """Words of the register that differ by one slip."""
        if self._vocabulary is None:
            self._vocabulary = list(self._words)
            self._likes.clear()
        known = self._likes.get(bones)
        if known is not None:
            return known
        slips = 1 if len(bones) < LONG else 2
        hits = process.extract(
            bones, self._vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=LIKE_WORDS
        )
        if len(self._likes) > FEW * FEW:
            self._likes.clear()
        found = self._likes[bones] = {str(one[0]) for one in hits}
        return found


class _Beside:
    """What else is typed, to narrow a name that many carry."""

    def __init__(self, index: Index, one: Known, born: str) -> None:
        self._index, self._born = index, born
        self._mother = full_key(one.mother) if one.mother else ""
        self._near: set[int] | None = None

    def take(self, rows: array[int] | None, found: set[int]) -> None:
        """Take a key's rows: all when they are few, else those near in time or by mother."""
        if rows is None:
            return
        if len(rows) <= FEW:
            found.update(rows)
            return
        found |= self._rows_near().intersection(rows)

    def _rows_near(self) -> set[int]:
        if self._near is None:
            near: set[int] = set()
            if self._born:
                year = int(self._born[:4])
                for one in (year - 1, year, year + 1):
                    near.update(self._index._years.get(str(one), ()))  # noqa: SLF001
            if self._mother:
                near.update(self._index._mothers.get(self._mother, ()))  # noqa: SLF001
            self._near = near
        return self._near
