"""First tables of the records floor: context, capture, entries, versions, search, drafts.

Trials G1: `fence` stays empty, so no COMMIT passes while `capture` holds a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    """CREATE TABLE sync_ctx (
	one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
	mode TEXT NOT NULL CHECK (mode IN ('off','user','apply','migrate')),
	hlc INTEGER NOT NULL
) STRICT""",
    "INSERT INTO sync_ctx VALUES (1, 'off', 0)",
    "CREATE TABLE fence (id INTEGER NOT NULL PRIMARY KEY) STRICT",
    """CREATE TABLE capture (
	kind INTEGER NOT NULL,
	rid BLOB NOT NULL,
	field INTEGER NOT NULL,
	old ANY,
	fence INTEGER NOT NULL DEFAULT 1 REFERENCES fence(id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (kind, rid, field)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE replica (
	one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
	store BLOB NOT NULL,
	village TEXT NOT NULL,
	laptop TEXT NOT NULL,
	practice INTEGER NOT NULL,
	device BLOB NOT NULL,
	epoch BLOB NOT NULL,
	public_key BLOB NOT NULL,
	sealed_seed BLOB NOT NULL
) STRICT""",
    """CREATE TABLE author (
	no INTEGER NOT NULL PRIMARY KEY,
	device BLOB NOT NULL,
	epoch BLOB NOT NULL,
	UNIQUE (device, epoch)
) STRICT""",
    """CREATE TABLE entry (
	author INTEGER NOT NULL,
	audience INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	act BLOB NOT NULL,
	hlc INTEGER NOT NULL,
	officer BLOB,
	action TEXT NOT NULL,
	reason TEXT,
	undoes BLOB,
	body BLOB NOT NULL,
	PRIMARY KEY (author, audience, seq)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ix_entry_act ON entry (act)",
    """CREATE TABLE entry_record (
	record BLOB NOT NULL,
	author INTEGER NOT NULL,
	audience INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (record, author, audience, seq)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE row_version (
	record BLOB NOT NULL PRIMARY KEY,
	kind INTEGER NOT NULL,
	author INTEGER NOT NULL,
	audience INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	hlc INTEGER NOT NULL,
	reach INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE field_version (
	record BLOB NOT NULL,
	field INTEGER NOT NULL,
	author INTEGER NOT NULL,
	audience INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	hlc INTEGER NOT NULL,
	PRIMARY KEY (record, field)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE sibling (
	record BLOB NOT NULL,
	field INTEGER NOT NULL,
	author INTEGER NOT NULL,
	audience INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	hlc INTEGER NOT NULL,
	value BLOB NOT NULL,
	differs INTEGER NOT NULL,
	PRIMARY KEY (record, field, author, audience, seq)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE unread (
	no INTEGER NOT NULL PRIMARY KEY,
	author INTEGER NOT NULL,
	audience INTEGER NOT NULL,
	seq INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE search_doc (
	no INTEGER NOT NULL PRIMARY KEY,
	kind INTEGER NOT NULL,
	record BLOB NOT NULL UNIQUE
) STRICT""",
    """CREATE VIRTUAL TABLE search_text USING fts5(
	body, content='', contentless_delete=1, prefix='2 3',
	tokenize='unicode61 remove_diacritics 2'
)""",
    """CREATE TABLE draft (
	form TEXT NOT NULL,
	subject BLOB NOT NULL,
	officer BLOB NOT NULL,
	fields TEXT NOT NULL,
	saved_at INTEGER NOT NULL,
	PRIMARY KEY (form, subject, officer)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE fact (
	name TEXT NOT NULL PRIMARY KEY,
	value ANY
) STRICT, WITHOUT ROWID""",
)


def first(db: Database) -> None:
    """Make them."""
    for statement in TABLES:
        db.execute(statement)
