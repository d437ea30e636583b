"""The radar over the whole register: who is near an entry, and which pairs are near.

Loaded in one query, kept in step by change notices (`live.LiveRadar`). Nothing here
writes and nothing refuses: a hit is shown, an officer decides.
"""

from __future__ import annotations

import gc
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.people.model import pair_of
from desmigratif_desktop.people.radar.index import Index
from desmigratif_desktop.people.radar.nearness import (
    CERTAIN,
    RATHER_FROM,
    band_of,
    bits_of,
    is_whole,
    score_of,
)
from desmigratif_desktop.people.radar.reasons import reasons_of
from desmigratif_desktop.people.radar.values import Known, Near, Pair, is_nik
from desmigratif_desktop.records.quick import Quick

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from sqlalchemy.orm import Session

MOST: Final = 8
"""Nobody looks through more candidates than this."""
TELL_EVERY: Final = 200
_READ: Final = (
    "SELECT id, coalesce(name,''), coalesce(nik,''), coalesce(birth_date,''),"
    " coalesce(mother_name,''), coalesce(sex,''), coalesce(dusun,''), coalesce(alias,'')"
    " FROM person WHERE state IS NULL"
)
_READ_DISTINCT: Final = (
    "SELECT first, second FROM distinct_pair"
    " WHERE present=1 AND state IS NULL AND first IS NOT NULL AND second IS NOT NULL"
)


class Radar:
    """The people of a village, ready to be compared.

    Args:
        people: everybody.
        distinct: ordered pairs that are not one person.
    """

    def __init__(
        self, people: Iterable[Known] = (), distinct: Iterable[tuple[bytes, bytes]] = ()
    ) -> None:
        self.index = Index(people)
        self._distinct: dict[bytes, set[bytes]] = {}
        for first, second in distinct:
            self._part(first, second)

    @classmethod
    def load(cls, session: Session) -> Radar:
        """Read the register in one query.

        Args:
            session: either lane.
        """
        connection = session.connection()
        pairs = connection.exec_driver_sql(_READ_DISTINCT).all()
        rows = Quick(connection).exec_driver_sql(_READ)
        same: dict[str, str] = {}
        known = (_known(row, same) for row in rows)
        gc.disable()  # nothing here is a circle, and walking 100,000 people takes longer than them
        try:
            return cls(known, ((first, second) for first, second in pairs))
        finally:
            gc.enable()

    def __len__(self) -> int:
        return len(self.index)

    def follow(self, session: Session, people: Collection[bytes], *, pairs: bool) -> None:
        """Read some people again, and the decisions when they changed.

        Args:
            session: either lane.
            people: ids that changed; those that are gone leave the index.
            pairs: whether decisions changed.
        """
        connection = session.connection()
        wanted = list(people)
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            read = connection.exec_driver_sql(f"{_READ} AND id IN ({marks})", tuple(part)).all()
            for gone in set(part) - {row[0] for row in read}:
                self.index.drop(gone)
            for row in read:
                self.index.put(_known(row))
        if pairs:
            self._distinct.clear()
            for first, second in connection.exec_driver_sql(_READ_DISTINCT):
                self._part(first, second)

    def put(self, values: Mapping[str, Any], uid: bytes) -> None:
        """Add somebody who is not saved yet (an import compares its own rows, too)."""
        self.index.put(Known.of(values, uid))

    def _part(self, first: bytes, second: bytes) -> None:
        self._distinct.setdefault(first, set()).add(second)
        self._distinct.setdefault(second, set()).add(first)

    def near(
        self,
        values: Mapping[str, Any] | Known,
        but_not: Collection[bytes] = (),
        *,
        person: bytes | None = None,
    ) -> tuple[Near, ...]:
        """Who may be the one with these values, the most alike first.

        Args:
            values: fields of a person as far as they are typed.
            but_not: people not to name.
            person: whose data are being corrected; they and everybody they were told
                apart from are not named.
        """
        typed = values if isinstance(values, Known) else Known.of(values)
        hidden = {*but_not, *(self._distinct.get(person, ()) if person else ())}
        if person is not None:
            hidden.add(person)
        best = nlargest(MOST, self._weigh(typed, hidden), key=lambda one: one[0])
        return tuple(_near(typed, kept, bits) for bits, kept in best)

    def _weigh(self, typed: Known, hidden: set[bytes]) -> list[tuple[float, Known]]:
        people, counts = self.index.people, self.index
        found, sure = [], is_whole(typed)
        for row in self.index.candidates(typed):
            kept = people[row]
            if kept is None or kept.uid in hidden:
                continue
            if sure and kept.birth != typed.birth and kept.nik != typed.nik and is_whole(kept):
                continue  # two whole dates, each confirmed by its NIK: no name outweighs that
            bits = bits_of(typed, kept, counts)
            if bits >= RATHER_FROM:
                found.append((bits, kept))
        return found

    def pairs(
        self,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[Pair]:
        """Every pair of the register that may be one person, the most alike first.

        Args:
            progress: told how many of how many people were looked at.
            cancelled: asked now and then; True ends with what was found so far.
        """
        found: list[tuple[float, Known, Known]] = []
        people = self.index.people
        for row, one in self.index.rows():
            if row % TELL_EVERY == 0:
                if cancelled is not None and cancelled():
                    break
                if progress is not None:
                    progress(row, len(people))
            apart = self._distinct.get(one.uid, ())
            for other in self.index.candidates(one, with_slips=False):
                kept = people[other] if other > row else None
                if kept is None or kept.uid in apart:
                    continue
                bits = bits_of(one, kept, self.index)
                if bits >= RATHER_FROM:
                    found.append((bits, one, kept))
        if progress is not None:
            progress(len(people), len(people))
        found.sort(key=lambda one: -one[0])
        return [_pair(*one) for one in found]

    def compare(self, first: bytes, second: bytes) -> Pair | None:
        """Weigh two people of the register; None when one of them is not here."""
        one, two = self.index.get(first), self.index.get(second)
        if one is None or two is None:
            return None
        return _pair(bits_of(one, two, self.index), one, two)


def _known(row: Any, same: dict[str, str] | None = None) -> Known:
    """One row; what many people share is kept once."""
    uid, name, nik, *rest = row
    if same is not None:
        rest = [same.setdefault(one, one) for one in rest]
    return Known(uid, name, nik if is_nik(nik) else "", *rest)


def _near(typed: Known, kept: Known, bits: float) -> Near:
    band = band_of(bits)
    assert band is not None  # noqa: S101 - weaker ones were left out
    return Near(kept.uid, kept.name, score_of(bits), band, reasons_of(typed, kept), bits >= CERTAIN)


def _pair(bits: float, one: Known, two: Known) -> Pair:
    first, second = pair_of(one.uid, two.uid)
    if first != one.uid:
        one, two = two, one
    band = band_of(max(bits, RATHER_FROM))
    assert band is not None  # noqa: S101 - raised to the lowest band above
    reasons = reasons_of(two, one, without="NIK belum ada pada data yang lebih baru")
    return Pair(first, second, one.name, two.name, score_of(bits), band, reasons)
