"""Who changed what, in words: the change log read as a person's story.

Only a person's own register stands here, with their household's moves; each line says
the field, the old value and the new one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.foundation.clock import hlc_datetime
from desmigratif_desktop.foundation.identity import mask_nik
from desmigratif_desktop.foundation.partial_dates import format_with_weekday
from desmigratif_desktop.people import words
from desmigratif_desktop.people.fields import BY_NAME, OTHER_LABELS, FieldSpec
from desmigratif_desktop.people.model import Household, Officer
from desmigratif_desktop.people.values import ChangeLine, HistoryLine
from desmigratif_desktop.records import changelog

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.changelog import FieldChange, HistoryEntry
    from desmigratif_desktop.records.engine import Store

TITLES: Final = {
    "person.register": "Warga didaftarkan",
    "person.correct": "Data diubah",
    "person.complete": "Data dilengkapi",
    "duplicate.distinct": "Dinyatakan dua orang",
    "duplicate.again": "Boleh dibandingkan lagi",
    "household.correct": "Kartu keluarga diubah",
    "people.import": "Diimpor dari daftar",
    "act.undo": "Perubahan dikembalikan",
    "migration.register_cpmi": "Didaftarkan sebagai calon PMI",
    "migration.register_abroad": "Didaftarkan sebagai PMI",
    "migration.register_returning": "Didaftarkan sebagai PMI purna",
    "migration.record_stage": "Tahap dicatat",
    "migration.correct": "Data migrasi diubah",
    "migration.details": "Keterangan dilengkapi",
    "migration.consent": "Persetujuan dicatat",
    "migration.document": "Dokumen dicatat",
    "paper.issue": "Surat dicetak",
    "post.open": "Pos layanan dibuat",
    "village.correct": "Data desa diubah",
    "post.correct": "Data pos diubah",
    "officer.add": "Petugas ditambahkan",
    "officer.retire": "Petugas berhenti",
}
"""What each act is called; an unknown act is called a change."""
_PLACES: Final = {name: place for place, name in enumerate(BY_NAME)}
MAX_NAMED: Final = 3
_Known = tuple[Mapping[bytes, str], Mapping[str, Mapping[str, FieldSpec]]]


def history_of(
    store: Store,
    session: Session,
    record: bytes,
    *,
    also: Collection[bytes] = (),
    specs: Mapping[str, Mapping[str, FieldSpec]] = MappingProxyType({}),
) -> tuple[HistoryLine, ...]:
    """The story of one record, newest first.

    Args:
        store: the opened store.
        session: the reader lane.
        record: id of a person or household.
        also: further records whose changes belong to the same story.
        specs: fields of those records, by kind and register name.
    """
    found: dict[Any, HistoryEntry] = {}
    for one in (record, *also):
        for entry in changelog.history(session, one):
            known = found.get(entry.dot)
            found[entry.dot] = entry if known is None else replace(
                known, changes=(*known.changes, *entry.changes),
                is_creation=known.is_creation or entry.is_creation,
            )  # fmt: skip
    entries = sorted(found.values(), key=lambda one: (one.hlc, one.dot.seq), reverse=True)
    officers = _officer_names(session, {one.officer_id for one in entries if one.officer_id})
    households = _household_names(session, entries)
    return tuple(_line(store, one, officers, (households, specs)) for one in entries)


def _officer_names(session: Session, ids: set[bytes]) -> dict[bytes, str]:
    query = sa.select(Officer.id, Officer.name).where(Officer.id.in_(ids))
    return {row.id: row.name or "" for row in session.execute(query)}


def _household_names(session: Session, entries: list[HistoryEntry]) -> dict[bytes, str]:
    ids = {
        value
        for entry in entries
        for change in entry.changes
        if change.field == "household"
        for value in (change.old, change.new)
        if isinstance(value, bytes)
    }
    query = sa.select(Household.id, Household.no_kk).where(Household.id.in_(ids))
    return {row.id: f"No. KK {mask_nik(row.no_kk)}" for row in session.execute(query)}


def _line(
    store: Store, entry: HistoryEntry, officers: Mapping[bytes, str], known: _Known
) -> HistoryLine:
    moment = hlc_datetime(entry.hlc)
    is_ours = entry.dot.device == store.replica.device
    changes = tuple(_change(one, known) for one in sorted(entry.changes, key=_in_form_order))
    return HistoryLine(
        act=entry.act,
        at=moment.isoformat(timespec="seconds"),
        day=format_with_weekday(moment.date()),
        clock=moment.strftime("%H.%M"),
        officer=officers.get(entry.officer_id or b"", "") or "Petugas lain",
        device=entry.dot.device,
        device_line="laptop ini" if is_ours else "laptop lain",
        action=entry.action,
        title=TITLES.get(entry.action, "Data diubah"),
        summary=_summary(entry, changes),
        reason=entry.reason or "",
        changes=changes,
    )


def _in_form_order(change: FieldChange) -> tuple[int, str, str]:
    """The order of the forms, the same on every laptop whatever order the wire kept."""
    return (_PLACES.get(change.field, len(_PLACES)), change.kind, change.field)


def _change(change: FieldChange, known: _Known) -> ChangeLine:
    households, specs = known
    spec = specs.get(change.kind, BY_NAME).get(change.field)
    label = spec.label if spec else OTHER_LABELS.get(change.field, change.field)

    def said(value: Any) -> str:
        if isinstance(value, bytes):
            return households.get(value, words.EMPTY)
        return words.spell(spec, value)

    return ChangeLine(
        change.field, label, said(change.old), said(change.new), kept(change.old), kept(change.new)
    )


def kept(value: Any) -> Any:
    """A kept value as programs read it: ids as hex, groups as plain objects."""
    if isinstance(value, bytes):
        return value.hex()
    return dict(value) if isinstance(value, Mapping) else value


def _summary(entry: HistoryEntry, changes: tuple[ChangeLine, ...]) -> str:
    if entry.is_creation:
        return f"{len(changes)} isian"
    if len(changes) == 1:
        one = changes[0]
        if one.old == words.EMPTY:
            return f"{one.label} diisi"
        return f"{one.label} dikosongkan" if one.new == words.EMPTY else f"{one.label} diganti"
    named = ", ".join(one.label for one in changes[:MAX_NAMED])
    rest = len(changes) - MAX_NAMED
    return f"{named}, dan {rest} isian lain" if rest > 0 else named
