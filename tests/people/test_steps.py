"""The schema after all steps equals the schema of the mapped classes, text for text."""

from __future__ import annotations

import pytest
import sqlite_utils
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from desmigratif_desktop.features.migration_services import model as migration_model
from desmigratif_desktop.features.migration_services import steps as migration_steps
from desmigratif_desktop.people import model as people_model
from desmigratif_desktop.people import steps as people_steps

ROOMS = {"people": (people_model, people_steps), "migration": (migration_model, migration_steps)}


@pytest.mark.parametrize("room", ROOMS)
def test_steps_and_mapped_classes_say_the_same(room):
    model, steps = ROOMS[room]
    db = sqlite_utils.Database(memory=True)
    steps.migrations.apply(db)
    found = dict(db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL AND tbl_name <> '_sqlite_migrations'"
    ).fetchall())  # fmt: skip
    wanted = {}
    for kind in model.KINDS:
        table = kind.__table__
        wanted[table.name] = str(CreateTable(table).compile(dialect=sqlite.dialect())).strip()
        for index in table.indexes:
            wanted[index.name] = str(CreateIndex(index).compile(dialect=sqlite.dialect())).strip()
    assert {name: sql for name, sql in found.items() if not name.startswith("sqlite_")} == wanted


@pytest.mark.parametrize("room", ROOMS)
def test_field_numbers_are_unique_and_groups_stand_apart(room):
    for kind in ROOMS[room][0].KINDS:
        spec = kind.__kind__
        numbers = [
            column.info["field"] for column in kind.__table__.columns if "field" in column.info
        ]
        numbers += [group.number for group in dict(spec.groups or {}).values()]
        assert len(numbers) == len(set(numbers)), kind
        assert max(numbers) < 63, kind
        if spec.aggregate:
            assert spec.aggregate in kind.__table__.columns
