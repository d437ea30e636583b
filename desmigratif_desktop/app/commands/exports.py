"""Exports: plain files by nature, and said to be so. Cells are text, never formulas.

Source: redlist F05; DESIGN §7 (`export people`).
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.app.commands.answers import Answer, Streams, UsageError
from desmigratif_desktop.app.commands.folders import opened
from desmigratif_desktop.foundation.errors import PaperNotWrittenError
from desmigratif_desktop.foundation.ids import to_text
from desmigratif_desktop.people.fields import PERSON_FIELDS
from desmigratif_desktop.people.imports.formulas import guard_cell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store

CHUNK: Final = 500


def export_people(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Every field of every living record of a person, in one canonical form."""
    from desmigratif_desktop.records.actors import Right

    makers = {".json": _json, ".csv": _csv, ".xlsx": _xlsx}
    make = makers.get(arguments.to.suffix.lower())
    if make is None:
        raise UsageError("Berkas ekspor harus berakhiran .json, .csv, atau .xlsx.")
    with opened(arguments) as (store, actor):
        actor.require(Right.EXPORT)
        with store.read() as session:
            people = list(people_json(store, session))
    write_file(arguments.to, make(people))
    data = {"file": str(arguments.to), "people": len(people)}
    line = f"{len(people)} warga ditulis ke {arguments.to}. Berkas ini tidak terkunci."
    return Answer(data, (line,))


def people_json(store: Store, session: Session) -> Iterator[dict[str, Any]]:
    """Every live person ordered by uid, with every field; equal replicas give equal objects."""
    from desmigratif_desktop.people.model import Household, Person
    from desmigratif_desktop.people.roster import roles_of
    from desmigratif_desktop.records import changelog

    cards = dict(session.execute(sa.select(Household.id, Household.no_kk)).all())
    conflicts: dict[bytes, list[str]] = {}
    for one in changelog.open_conflicts(session, store.registry, limit=1_000_000):
        conflicts.setdefault(one.record, []).append(one.field)
    query = sa.select(Person).where(Person.state.is_(None)).order_by(Person.id)
    for group in session.scalars(query).partitions(CHUNK):
        roles = roles_of(session, [one.id for one in group])
        for person in group:
            values = {
                one.name: getattr(person, one.name) for one in PERSON_FIELDS if one.name != "no_kk"
            }
            yield {
                "uid": to_text(person.id),
                **values,
                "no_kk": cards.get(person.household) if person.household else None,
                "roles": list(roles.get(person.id, ())),
                "conflicts": sorted(conflicts.get(person.id, ())),
            }
        session.expunge_all()


def write_file(target: Path, body: bytes) -> None:
    """Write an export whole, or not at all.

    Raises:
        PaperNotWrittenError: the place cannot be written.
    """
    from desmigratif_desktop.foundation.durable_files import write_durably

    try:
        write_durably(target.absolute(), body)
    except OSError:
        raise PaperNotWrittenError(
            f"Berkas {target.name} tidak dapat ditulis.", "Periksa folder dan ruang diskanya."
        ) from None


def _json(people: list[dict[str, Any]]) -> bytes:
    return (json.dumps(people, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _columns() -> list[str]:
    return ["uid", *(one.name for one in PERSON_FIELDS), "roles", "conflicts"]


def _cells(person: dict[str, Any]) -> list[str]:
    found = []
    for name in _columns():
        value = person[name]
        found.append(
            "|".join(value) if isinstance(value, list) else "" if value is None else str(value)
        )
    return found


def _csv(people: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_columns())
    writer.writerows([guard_cell(cell) for cell in _cells(person)] for person in people)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(people: list[dict[str, Any]]) -> bytes:
    from datetime import datetime

    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - equal bytes each time
    sheet = book.add_worksheet("Warga")
    text = book.add_format({"num_format": "@"})
    for column, name in enumerate(_columns()):
        sheet.write_string(0, column, name, text)
    for row, person in enumerate(people, 1):
        for column, cell in enumerate(_cells(person)):
            if cell:
                sheet.write_string(row, column, cell, text)
    book.close()
    return target.getvalue()
