"""Schema steps of this room: local tables only, nothing here syncs.

A frame is kept for ever: its own ones so that a restored server can ask again, received
ones so that a village without its district still holds the whole chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("exchange")

TABLES = (
    """CREATE TABLE frame (
	no INTEGER NOT NULL PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	device BLOB NOT NULL,
	epoch BLOB NOT NULL,
	audience TEXT NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	own INTEGER NOT NULL CHECK (own IN (0, 1)),
	held INTEGER NOT NULL CHECK (held IN (0, 1)),
	chained INTEGER NOT NULL CHECK (chained IN (0, 1)),
	state TEXT NOT NULL CHECK (state IN ('sealed','stored','applied','parked','quarantine')),
	seq INTEGER,
	reason TEXT,
	sealed BLOB NOT NULL
) STRICT""",
    "CREATE INDEX ix_frame_stream ON frame (device, epoch, audience, last) WHERE chained = 1",
    "CREATE INDEX ix_frame_waiting ON frame (state, no) WHERE state IN ('stored','parked')",
    "CREATE INDEX ix_frame_unheld ON frame (no) WHERE own = 1 AND held = 0",
    """CREATE TABLE cursor (
	audience TEXT NOT NULL PRIMARY KEY,
	seq INTEGER NOT NULL,
	chain BLOB NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE server (
	one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
	url TEXT NOT NULL,
	server BLOB NOT NULL,
	generation INTEGER NOT NULL,
	signing BLOB NOT NULL,
	sealing BLOB NOT NULL,
	device BLOB NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('pending','active','revoked')),
	practice INTEGER NOT NULL,
	sas TEXT NOT NULL,
	counter INTEGER NOT NULL,
	enrolled_at INTEGER NOT NULL,
	tried_at INTEGER,
	done_at INTEGER,
	failures INTEGER NOT NULL DEFAULT 0,
	retry_after_s INTEGER,
	skew_ms INTEGER,
	problem TEXT
) STRICT""",
    """CREATE TABLE peer_device (
	device BLOB NOT NULL PRIMARY KEY,
	public_key BLOB NOT NULL,
	label TEXT NOT NULL,
	letter TEXT NOT NULL,
	state TEXT NOT NULL,
	seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE follow (
	record BLOB NOT NULL PRIMARY KEY,
	reach INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
)


@migrations(name="0001_first")
def first(db: Database) -> None:
    """Frames, cursors, the pinned server, the village's devices, widenings to follow."""
    for statement in TABLES:
        db.execute(statement)
