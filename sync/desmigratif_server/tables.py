"""The server's tables, in types that SQLite and PostgreSQL both have.

Every key of village data begins with the village. `frame` keeps sealed frames as they
came; streams of audience `village` are stored and forwarded, never built into tables.
"""

from __future__ import annotations

import sqlalchemy as sa

SCHEMA = 1
metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

device = sa.Table(
    "device",
    metadata,
    sa.Column("device", sa.LargeBinary, primary_key=True),
    sa.Column("village", sa.Text, nullable=False, index=True),
    sa.Column("public", sa.LargeBinary, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("letter", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("replaces", sa.LargeBinary, nullable=False),
    sa.Column("sas", sa.Text, nullable=False),
    sa.Column("app", sa.Text, nullable=False),
    sa.Column("enrolled_at", sa.BigInteger, nullable=False),
    sa.Column("seen_at", sa.BigInteger, nullable=False),
    sa.Column("flagged_at", sa.BigInteger, nullable=False),
)
"""Directory of keys: village and rights derive from here. `flagged_at` <> 0: a fork."""

counter = sa.Table(
    "counter",
    metadata,
    sa.Column("device", sa.LargeBinary, primary_key=True),
    sa.Column("epoch", sa.LargeBinary, primary_key=True),
    sa.Column("last", sa.BigInteger, nullable=False),
)
"""The last request counter taken of each device and epoch."""

enrol_code = sa.Table(
    "enrol_code",
    metadata,
    sa.Column("lookup", sa.Text, primary_key=True),
    sa.Column("village", sa.Text, nullable=False),
    sa.Column("key", sa.LargeBinary, nullable=False),
    sa.Column("confirmed", sa.Integer, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sa.Column("wrong", sa.Integer, nullable=False),
    sa.Column("used_by", sa.LargeBinary, nullable=False),
)
"""Paper codes: the key derived from the secret part, never the code itself."""

stream_head = sa.Table(
    "stream_head",
    metadata,
    sa.Column("village", sa.Text, primary_key=True),
    sa.Column("audience", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("chain", sa.LargeBinary, nullable=False),
    sa.Column("stored_bytes", sa.BigInteger, nullable=False),
)
"""One row per stream; it is locked before anything of the stream is decided."""

author_head = sa.Table(
    "author_head",
    metadata,
    sa.Column("village", sa.Text, primary_key=True),
    sa.Column("audience", sa.Text, primary_key=True),
    sa.Column("device", sa.LargeBinary, primary_key=True),
    sa.Column("epoch", sa.LargeBinary, primary_key=True),
    sa.Column("last", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
)
"""What is held of each device: last entry, hash of the last frame."""

frame = sa.Table(
    "frame",
    metadata,
    sa.Column("village", sa.Text, primary_key=True),
    sa.Column("audience", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("device", sa.LargeBinary, nullable=False),
    sa.Column("epoch", sa.LargeBinary, nullable=False),
    sa.Column("first", sa.BigInteger, nullable=False),
    sa.Column("last", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("chain", sa.LargeBinary, nullable=False),
    sa.Column("received_at", sa.BigInteger, nullable=False),
    sa.Column("via", sa.LargeBinary, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("raw", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("village", "audience", "device", "epoch", "first"),
)
"""Sealed frames, append-only. `via` is the device that brought it."""
