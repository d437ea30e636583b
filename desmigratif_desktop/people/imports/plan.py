"""The dry run: what would become of every row, before anything is written.

    read = added + changed + unchanged + duplicate cases + refused

The same uid, or the same NIK with a name alike, is somebody who is here: what differs is
proposed and never applied silently. The same NIK with another name, or twice in a file,
waits for an officer. Without a NIK, name, birth date and mother decide.

Source: redlist F09, F14.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.people.imports.register import (
    Met,
    Register,
    are_near,
    contradict,
    differences,
    name_key,
    whole_records,
)
from desmigratif_desktop.people.imports.values import Progress
from desmigratif_desktop.people.radar.radar import Radar
from desmigratif_desktop.people.radar.values import Band

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.people.imports.rows import RowRead, RowsRead
    from desmigratif_desktop.people.imports.values import CellProblem, LeftLine
    from desmigratif_desktop.people.values import FieldValue

DAY_LENGTH: Final = 10
TELL_EVERY: Final = 200
NEAR_NOTE: Final = "near"


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


OUTCOME_LABELS: Final = {
    Outcome.ADDED: "ditambahkan", Outcome.CHANGED: "usul perubahan",
    Outcome.UNCHANGED: "sudah sama",
    Outcome.DUPLICATE: "kembar, perlu diputuskan", Outcome.REFUSED: "ditolak",
}  # fmt: skip


@dataclass(slots=True)
class PlannedRow:
    """What becomes of one row.

    Attributes:
        read: the row.
        outcome: what becomes of it.
        person: who in the register it is, or may be.
        twin: (table, row) of the same file that it repeats.
        changes: (field, old, new) proposed.
        reasons: why it is a duplicate, in words.
    """

    read: RowRead
    outcome: Outcome
    person: bytes | None = None
    twin: tuple[int, int] | None = None
    changes: tuple[tuple[str, FieldValue, FieldValue], ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes:
        file: name of the file, for words.
        rows: every row that was read.
        left: filled lines that are no people.
        notes: sentences about the whole file.
        stamp: how the register stood when it was compared.
    """

    file: str
    rows: tuple[PlannedRow, ...]
    left: tuple[LeftLine, ...] = ()
    notes: tuple[str, ...] = ()
    counts: Counter[Outcome] = field(default_factory=Counter)
    stamp: tuple[int, ...] = ()

    @property
    def read(self) -> int:
        """How many rows were taken for people."""
        return len(self.rows)

    @property
    def households(self) -> int:
        """How many family cards the rows to be added name."""
        return len({
            one.read.values["no_kk"] for one in self.rows
            if one.outcome is Outcome.ADDED and one.read.values.get("no_kk")
        })  # fmt: skip

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Everything said about cells, in reading order."""
        return tuple(problem for one in self.rows for problem in one.read.problems)

    def of(self, outcome: Outcome) -> tuple[PlannedRow, ...]:
        """The rows with one outcome."""
        return tuple(one for one in self.rows if one.outcome is outcome)


def plan_rows(
    session: Session,
    file: str,
    read: RowsRead,
    *,
    notes: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Plan:
    """Say what would become of every row.

    Args:
        session: either lane.
        file: name of the file.
        read: its rows.
        notes: sentences about the whole file, passed on.
        progress: hears how far it is, and may stop.

    Raises:
        CancelledError: it was stopped.
    """
    for row in read.rows:
        row.problems = [one for one in row.problems if one.code != NEAR_NOTE]
    rows = _Planner(session).plan(read.rows, progress or Progress())
    counts = Counter(one.outcome for one in rows)
    return Plan(file, tuple(rows), tuple(read.left), notes, counts, stamp_of(session))


def stamp_of(session: Session) -> tuple[int, ...]:
    """A mark that differs whenever anything was written or received."""
    row = session.connection().exec_driver_sql(
        "SELECT hlc, (SELECT count(*) FROM entry) FROM sync_ctx"
    )
    return tuple(row.one())


class _Planner:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._register = Register.load(session)
        self._radar = Radar.load(session) if self._register.people else None
        self._niks: dict[str, RowRead] = {}
        self._uids: dict[bytes, RowRead] = {}
        self._births: dict[tuple[str, str], list[RowRead]] = {}
        self._bare: dict[str, list[RowRead]] = {}
        self._taken: dict[bytes, RowRead] = {}

    def plan(self, rows: list[RowRead], progress: Progress) -> list[PlannedRow]:
        planned = []
        for place, row in enumerate(rows):
            if place % TELL_EVERY == 0:
                progress.tell("memeriksa", place, len(rows))
                progress.stop_if_cancelled()
            planned.append(self._one(row))
        self._compare(planned)
        for one in planned:
            if one.outcome is Outcome.ADDED and self._radar is not None:
                self._look_around(one)
        return planned

    def _one(self, row: RowRead) -> PlannedRow:
        if row.is_refused:
            return PlannedRow(row, Outcome.REFUSED)
        one = self._met(row) or self._repeated(row) or PlannedRow(row, Outcome.ADDED)
        if one.outcome is Outcome.ADDED:
            self._remember(row)
        elif one.outcome is Outcome.CHANGED and one.person is not None:
            earlier = self._taken.setdefault(one.person, row)
            if earlier is not row:
                reason = f"Warga ini sudah ada pada baris {earlier.row} berkas ini."
                return PlannedRow(
                    row, Outcome.DUPLICATE, one.person, earlier.key, reasons=(reason,)
                )
        return one

    def _met(self, row: RowRead) -> PlannedRow | None:
        """Somebody of the register: CHANGED until the records are compared."""
        if row.uid is not None and row.uid in self._register.people:
            return PlannedRow(row, Outcome.CHANGED, row.uid)
        nik = row.values.get("nik")
        if nik and (found := self._register.by_nik.get(str(nik))):
            return self._same_nik(row, found)
        if not row.values.get("birth_date"):
            return self._same_name(row)
        return self._same_birth(row)

    def _same_nik(self, row: RowRead, found: list[Met]) -> PlannedRow:
        near = [one for one in found if are_near(one.name, str(row.values["name"]))]
        if len(near) == 1 and len(found) == 1:
            return PlannedRow(row, Outcome.CHANGED, near[0].uid)
        if near:
            reason = f"NIK ini tercatat pada {len(found)} warga di pos ini."
        else:
            reason = f"NIK ini sudah tercatat atas nama {found[0].name}, bukan {row.shown}."
        return PlannedRow(row, Outcome.DUPLICATE, (near or found)[0].uid, reasons=(reason,))

    def _same_birth(self, row: RowRead) -> PlannedRow | None:
        values = row.values
        key = (name_key(str(values["name"])), str(values["birth_date"]))
        mother = values.get("mother_name")
        found = [
            one for one in self._register.by_birth.get(key, ())
            if not contradict(one.mother, mother) and not (one.nik and values.get("nik"))
        ]  # fmt: skip
        if not found:
            return None
        agrees = len(key[1]) >= DAY_LENGTH or bool(mother and found[0].mother)
        if len(found) == 1 and (agrees or self._is_within(found[0], row)):
            return PlannedRow(row, Outcome.CHANGED, found[0].uid)
        reason = f"Nama dan tanggal lahir sama dengan {found[0].name} yang sudah tercatat."
        return PlannedRow(row, Outcome.DUPLICATE, found[0].uid, reasons=(reason,))

    def _same_name(self, row: RowRead) -> PlannedRow | None:
        """Nothing but a name: the same person only where everything given is known so."""
        if row.values.get("nik"):
            return None
        for one in self._register.by_name.get(name_key(str(row.values["name"])), ()):
            if self._is_within(one, row):
                return PlannedRow(row, Outcome.CHANGED, one.uid)
        return None

    def _is_within(self, one: Met, row: RowRead) -> bool:
        known = whole_records(self._session, (one.uid,)).get(one.uid, {})
        return not differences(known, row.values)

    def _repeated(self, row: RowRead) -> PlannedRow | None:
        """Somebody who stands in this file already."""
        values, nik = row.values, str(row.values.get("nik") or "")
        if row.uid is not None:
            return self._same_uid(row, row.uid)
        if nik and (earlier := self._niks.get(nik)):
            reason = f"NIK ini juga ada pada baris {earlier.row} berkas ini ({earlier.shown})."
            return PlannedRow(row, Outcome.DUPLICATE, None, earlier.key, reasons=(reason,))
        key = name_key(str(values["name"]))
        born = str(values.get("birth_date") or "")
        earlier_rows = self._births.get((key, born), []) if born else self._bare.get(key, [])
        for earlier in earlier_rows:
            if nik and earlier.values.get("nik"):
                continue
            if contradict(earlier.values.get("mother_name"), values.get("mother_name")):
                continue
            if not born and earlier.values != values:
                continue
            reason = f"Nama dan tanggal lahir sama dengan baris {earlier.row} berkas ini."
            return PlannedRow(row, Outcome.DUPLICATE, None, earlier.key, reasons=(reason,))
        return None

    def _same_uid(self, row: RowRead, uid: bytes) -> PlannedRow | None:
        """An own export tells its people apart by their uids; one uid twice is a mistake."""
        earlier = self._uids.setdefault(uid, row)
        if earlier is row:
            return None
        reason = f"Nomor data ini juga ada pada baris {earlier.row} berkas ini."
        return PlannedRow(row, Outcome.DUPLICATE, None, earlier.key, reasons=(reason,))

    def _remember(self, row: RowRead) -> None:
        if nik := row.values.get("nik"):
            self._niks.setdefault(str(nik), row)
        key = name_key(str(row.values["name"]))
        if born := row.values.get("birth_date"):
            self._births.setdefault((key, str(born)), []).append(row)
        else:
            self._bare.setdefault(key, []).append(row)

    def _compare(self, planned: list[PlannedRow]) -> None:
        """Lay the rows beside the records they were recognised as."""
        met = [one for one in planned if one.outcome is Outcome.CHANGED]
        known = whole_records(self._session, (one.person for one in met if one.person))
        for one in met:
            record = known.get(one.person or b"", {})
            one.changes = differences(record, one.read.values)
            if not one.changes:
                one.outcome = Outcome.UNCHANGED

    def _look_around(self, one: PlannedRow) -> None:
        """The radar: very near is a case to decide, rather near a note beside the row."""
        assert self._radar is not None  # noqa: S101 - asked by the caller
        near = self._radar.near(one.read.values)
        if not near:
            return
        first = near[0]
        words = tuple(reason.words for reason in first.reasons if reason.agrees)
        line = f"Mirip dengan {first.name} yang sudah tercatat: {', '.join(words)}."
        if first.band is Band.VERY:
            one.outcome, one.person, one.reasons = Outcome.DUPLICATE, first.person, (line,)
        else:
            one.read.say(one.read.cell_of("name"), "", NEAR_NOTE, line, is_note=True)
