from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from desmigratif_desktop.documents.model import IssuedPaper, PaperBytes, PaperCounter
from kit.papers import paper_store

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.foundation.clock import FrozenClock


def test_the_steps_make_what_the_mapped_classes_say(tmp_path: Path, clock: FrozenClock) -> None:
    store = paper_store(tmp_path / "a", clock)
    with store.read() as session:
        rows = session.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        made = dict(iter(rows))
    store.close()
    for model in (IssuedPaper, PaperBytes, PaperCounter):
        table = model.__table__
        wanted = str(CreateTable(table).compile(dialect=sqlite.dialect())).strip()
        assert made[table.name] == wanted
        for index in table.indexes:
            assert made[index.name] == str(CreateIndex(index).compile(dialect=sqlite.dialect()))
