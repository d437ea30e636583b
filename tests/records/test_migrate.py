"""The tables that the steps make are, letter for letter, those that the classes map."""

from __future__ import annotations

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from desmigratif_desktop.records import migrate
from kit import store_kit
from kit.store_kit import REGISTRY, STEPS


def differences(store, tables) -> dict[str, tuple[str, str]]:
    """Tables whose text in the store differs from their mapped class; for the whole app, too."""
    made = dict(store_kit.sql(store, "SELECT name, sql FROM sqlite_master WHERE type='table'"))
    wanted = {
        one.name: str(CreateTable(one).compile(dialect=sqlite.dialect())).strip() for one in tables
    }
    return {
        name: (made.get(name, ""), text)
        for name, text in wanted.items()
        if " ".join(made.get(name, "").split()) != " ".join(text.split())
    }


def test_steps_and_classes_agree(store) -> None:
    tables = [kind.table for kind in REGISTRY.kinds] + [store_kit.Counter.__table__]
    assert differences(store, tables) == {}


def test_a_difference_would_be_seen(store) -> None:
    with store.raw_handle() as handle:
        handle.execute("ALTER TABLE kit_counter ADD COLUMN forgotten TEXT")
    assert list(differences(store, [store_kit.Counter.__table__])) == ["kit_counter"]


def test_steps_run_once(store) -> None:
    with store.raw_handle() as handle:
        assert not migrate.pending(handle, (STEPS,))
        before = handle.execute("SELECT * FROM _sqlite_migrations").fetchall()
        migrate.migrate(handle, (STEPS,))
        assert handle.execute("SELECT * FROM _sqlite_migrations").fetchall() == before


def test_every_table_is_strict_and_no_synced_one_has_constraints(store) -> None:
    for name, text in store_kit.sql(
        store, "SELECT name, sql FROM sqlite_master WHERE type='table'"
    ):
        if not name.startswith(("search_text", "sqlite_", "_sqlite")):
            assert "STRICT" in text.upper(), name
    for kind in REGISTRY.kinds:
        (text,), = store_kit.sql(store, "SELECT sql FROM sqlite_master WHERE name=?", kind.table.name)  # fmt: skip
        for word in ("UNIQUE", "CHECK", "REFERENCES"):
            assert word not in text.upper()
