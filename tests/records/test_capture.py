"""Nothing writes around the change log: every way that was tried (trials T1, T2, T11)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlite_utils import Database

from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import capture
from desmigratif_desktop.records.unit_of_work import unit
from kit import store_kit
from kit.store_kit import OFFICER, REGISTRY, Skill, Villager


def count(store) -> tuple[int, int]:
    return (
        store_kit.sql(store, "SELECT count(*) FROM kit_villager")[0][0],
        store_kit.sql(store, "SELECT count(*) FROM entry")[0][0],
    )


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO kit_villager(id, name) VALUES (randomblob(16), 'x')",
        "UPDATE kit_villager SET name='x'",
        "DELETE FROM kit_villager",
        "INSERT OR REPLACE INTO kit_villager(id, name) SELECT id, 'x' FROM kit_villager",
        "INSERT OR IGNORE INTO kit_villager(id, name) VALUES (randomblob(16), 'x')",
        "UPDATE OR REPLACE kit_villager SET name='x'",
    ],
)
def test_no_unit_of_work_no_write(store, statement: str) -> None:
    store_kit.add(store, new_id(), name="Siti")
    before = count(store)
    with pytest.raises(DesmigratifError), store.local_write() as session:
        session.execute(sa.text(statement))
    assert count(store) == before
    assert store_kit.sql(store, "SELECT name FROM kit_villager") == [("Siti",)]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM kit_villager",
        "INSERT OR REPLACE INTO kit_villager(id, name) SELECT id, 'x' FROM kit_villager",
        "UPDATE kit_villager SET id=randomblob(16)",
    ],
)
def test_what_aborts_even_inside_a_unit_of_work(store, statement: str) -> None:
    store_kit.add(store, new_id(), name="Siti")
    before = count(store)
    with pytest.raises(DesmigratifError), unit(store, OFFICER, "bad") as work:
        work.session.execute(sa.text(statement))
    assert count(store) == before


def test_an_orm_delete_aborts(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti")
    with pytest.raises(DesmigratifError), unit(store, OFFICER, "bad") as work:
        work.session.delete(work.get(Villager, record))
        work.session.flush()
    assert store_kit.values(store, record) == {"name": "Siti"}


@pytest.mark.parametrize("mode", ["user", "apply"])
def test_a_raw_commit_without_a_fold_is_refused(store, mode: str) -> None:
    with store.raw_handle() as handle:
        handle.execute("BEGIN IMMEDIATE")
        handle.execute("UPDATE sync_ctx SET mode=?", (mode,))
        handle.execute("INSERT INTO kit_villager(id, name) VALUES (randomblob(16), 'x')")
        with pytest.raises(Exception, match="FOREIGN KEY"):
            handle.execute("COMMIT")
        handle.execute("ROLLBACK")
    assert count(store) == (0, 0)


def test_bulk_sql_upserts_and_sqlite_utils_are_captured(store) -> None:
    records = [new_id() for _ in range(4)]
    with unit(store, OFFICER, "import") as work:
        for record in records[:2]:
            work.session.add(Villager(id=record, name="lama", age=1))
    with unit(store, OFFICER, "bulk") as work:
        work.session.execute(sa.update(Villager).values(age=40))
        work.session.execute(
            sa.text("INSERT INTO kit_villager(id, name) VALUES (:id, 'x')"
                    " ON CONFLICT (id) DO UPDATE SET name='dari upsert'"),
            {"id": records[0]},
        )  # fmt: skip
        raw = work.session.connection().connection.driver_connection
        tables = Database(raw, recursive_triggers=False, execute_plugins=False)
        tables["kit_villager"].upsert({"id": records[1], "name": "dari utils"}, pk="id")
    with store.read() as session:
        from desmigratif_desktop.records import changelog

        changes = {
            (one.record, one.field): (one.old, one.new)
            for record in records[:2]
            for one in changelog.history(session, record)[0].changes
        }
    assert changes == {
        (records[0], "age"): (1, 40), (records[0], "name"): ("lama", "dari upsert"),
        (records[1], "age"): (1, 40), (records[1], "name"): ("lama", "dari utils"),
    }  # fmt: skip


def test_sqlite_utils_replace_aborts(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="Siti")
    with pytest.raises(DesmigratifError), unit(store, OFFICER, "bad") as work:
        raw = work.session.connection().connection.driver_connection
        tables = Database(raw, recursive_triggers=False, execute_plugins=False)
        tables["kit_villager"].insert({"id": record, "name": "x"}, pk="id", replace=True)
    assert store_kit.values(store, record) == {"name": "Siti"}


def test_a_change_of_case_alone_is_captured(store) -> None:
    """T11: `alias` ignores case in its column; 'siti' to 'Siti' is a change all the same."""
    record = new_id()
    store_kit.add(store, record, alias="siti")
    act = store_kit.edit(store, record, alias="Siti")
    assert store_kit.sql(store, "SELECT count(*) FROM entry WHERE act=?", act) == [(1,)]
    with store.read() as session:
        from desmigratif_desktop.records import changelog

        (change,) = changelog.history(session, record)[0].changes
    assert (change.field, change.old, change.new) == ("alias", "siti", "Siti")


def test_the_first_old_value_wins(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="satu")
    with unit(store, OFFICER, "twice") as work:
        row = work.get(Villager, record)
        for name in ("dua", "tiga"):
            row.name = name
            work.session.flush()
    with store.read() as session:
        from desmigratif_desktop.records import changelog

        (change,) = changelog.history(session, record)[0].changes
    assert (change.old, change.new) == ("satu", "tiga")


def test_a_value_changed_there_and_back_is_no_change(store) -> None:
    record = new_id()
    store_kit.add(store, record, name="satu")
    with unit(store, OFFICER, "twice") as work:
        row = work.get(Villager, record)
        for name in ("dua", "satu"):
            row.name = name
            work.session.flush()
    assert work.result.entries == 0


def test_a_savepoint_takes_its_capture_with_it(store) -> None:
    record, gone = new_id(), new_id()
    with unit(store, OFFICER, "half") as work:
        work.session.add(Villager(id=record, name="Siti"))
        work.session.flush()
        inner = work.session.begin_nested()
        work.session.add(Skill(id=gone, villager=record, skill="las"))
        work.session.flush()
        inner.rollback()
    assert work.result.records == {record}
    assert store_kit.values(store, gone, Skill) is None


def test_the_triggers_are_those_of_the_kinds(store) -> None:
    with store.raw_handle() as handle:
        handle.execute("DROP TRIGGER cap_kit_villager_u")
        handle.execute("CREATE TRIGGER cap_stray AFTER UPDATE ON kit_skill BEGIN SELECT 1; END")
    store_kit.again(store).close()
    again = store_kit.Store.open(
        store.folder, store.keys, REGISTRY, store.clock, (store_kit.STEPS,)
    )
    found = dict(store_kit.sql(again, "SELECT name, sql FROM sqlite_master WHERE type='trigger'"))
    again.close()
    wanted = {sql.split()[2]: sql for kind in REGISTRY.kinds for sql in capture.trigger_sql(kind)}
    assert found == wanted
