"""Capture triggers, generated from the kinds: nothing writes around the change log.

No open unit of work: the trigger aborts. No fold: SQLite itself refuses the COMMIT,
because a captured row points at the ever-empty `fence`. DELETE aborts. While another
laptop's entries are applied, only the touched ids are captured.

Source: trials T1-T3, T11, snippet G1 (NOT EXISTS, never OR IGNORE: an outer OR REPLACE
overrides it; comparison in BINARY: a NOCASE column would lose 'siti' -> 'Siti').
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desmigratif_desktop.records.kinds import Kind, Registry

NEW_ROW = 0
_GUARD = "SELECT RAISE(ABORT,'no unit of work') WHERE (SELECT mode FROM sync_ctx)='off'"
_USER = "(SELECT mode FROM sync_ctx)='user'"
_APPLY = "(SELECT mode FROM sync_ctx)='apply'"


def trigger_sql(kind: Kind) -> tuple[str, ...]:
    """The three triggers of one kind's table."""
    table, number = kind.table.name, kind.number
    columns = " UNION ALL SELECT ".join(
        f"{field}{' AS f' if first else ''}, old.{name}{' AS o' if first else ''},"
        f" new.{name} COLLATE BINARY{' AS n' if first else ''}"
        for first, (name, field) in zip(
            [True] + [False] * len(kind.column_numbers), kind.column_numbers.items(), strict=False
        )
    )
    row = (
        f"INSERT INTO capture(kind,rid,field) SELECT {number},new.id,{NEW_ROW}"
        f" WHERE {{}} AND NOT EXISTS(SELECT 1 FROM capture c"
        f" WHERE c.kind={number} AND c.rid=new.id AND c.field={NEW_ROW})"
    )
    return (
        (
            f"CREATE TRIGGER cap_{table}_i AFTER INSERT ON {table} BEGIN {_GUARD};"
            f" {row.format(f'({_USER} OR {_APPLY})')}; END"
        ),
        (
            f"CREATE TRIGGER cap_{table}_u AFTER UPDATE ON {table} BEGIN {_GUARD};"
            " SELECT RAISE(ABORT,'key is fixed') WHERE new.id IS NOT old.id;"
            f" INSERT INTO capture(kind,rid,field,old) SELECT {number},new.id,f,o"
            f" FROM (SELECT {columns}) WHERE n IS NOT o AND {_USER}"
            " AND NOT EXISTS(SELECT 1 FROM capture c"
            f" WHERE c.kind={number} AND c.rid=new.id AND c.field IN({NEW_ROW},f));"
            f" {row.format(_APPLY)}; END"
        ),
        (
            f"CREATE TRIGGER cap_{table}_d BEFORE DELETE ON {table} BEGIN"
            " SELECT RAISE(ABORT,'rows are never deleted')"
            " WHERE (SELECT mode FROM sync_ctx)<>'migrate'; END"
        ),
    )


def install(handle: Any, registry: Registry) -> None:
    """Make the store's triggers exactly those of the kinds, in one transaction."""
    wanted = {sql.split()[2]: sql for kind in registry.kinds for sql in trigger_sql(kind)}
    found = dict(
        handle.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type='trigger' AND name LIKE 'cap\\_%' ESCAPE '\\'"
        ).fetchall()
    )
    if found == wanted:
        return
    handle.execute("BEGIN IMMEDIATE")
    try:
        for name in found.keys() - {n for n, sql in wanted.items() if found.get(n) == sql}:
            handle.execute(f"DROP TRIGGER {name}")
        for name, sql in wanted.items():
            if found.get(name) != sql:
                handle.execute(sql)
        handle.execute("COMMIT")
    except BaseException:
        handle.execute("ROLLBACK")
        raise


def fingerprint(registry: Registry) -> str:
    """A short name for this set of triggers, for the support page and the self-check."""
    text = "\n".join(sql for kind in registry.kinds for sql in trigger_sql(kind))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
