"""Pages by key: every row once, and SQLite searches the index instead of scanning."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from desmigratif_desktop.records import paging
from desmigratif_desktop.records.unit_of_work import unit
from kit.store_kit import OFFICER, Villager


def fill(store, count: int) -> list[tuple[str, bytes]]:
    people = [(f"Nama {n % 7}", n.to_bytes(16)) for n in range(count)]
    with unit(store, OFFICER, "import", bulk=True) as work:
        work.session.add_all([Villager(id=record, name=name) for name, record in people])
    return sorted(people)


def test_every_row_once_in_order_also_among_equals(store) -> None:
    people = fill(store, 450)
    statement = select(Villager.name, Villager.id)
    found, after = [], None
    with store.read() as session:
        while True:
            page = paging.page(
                session, statement, Villager.name, Villager.id, after=after, limit=100
            )
            found += [tuple(row) for row in page.rows]
            after = page.after
            if after is None:
                break
        assert paging.ids_in_order(
            session, select(Villager.id).order_by(Villager.name, Villager.id)
        ) == [one[1] for one in people]
    assert found == people


def test_a_page_searches_the_index_and_sorts_nothing(store) -> None:
    fill(store, 50)
    seen = []
    with store.read() as session:

        class Watch:
            def execute(self, statement):
                text = str(
                    statement.compile(
                        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": False}
                    )
                )
                values = statement.compile(dialect=sqlite.dialect()).params
                plan = session.connection().exec_driver_sql(
                    "EXPLAIN QUERY PLAN " + text, tuple(values.values())
                )
                seen.extend(row[3] for row in plan)
                return session.execute(statement)

        paging.page(Watch(), select(Villager.name, Villager.id), Villager.name, Villager.id,
                    after=("Nama 3", bytes(16)), limit=10)  # fmt: skip
    plan = " ".join(seen)
    assert "SEARCH kit_villager USING" in plan
    assert "ix_kit_villager_name" in plan
    assert "TEMP B-TREE" not in plan
    assert "SCAN" not in plan
