"""The room's tables: strict, local, made once."""

from __future__ import annotations

from desmigratif_desktop.exchange.steps import TABLES


def test_the_tables_lie_in_the_store_in_these_very_words(laptop):
    one = laptop()
    found = {row[0] for row in one.sql("SELECT sql FROM sqlite_master")}
    assert set(TABLES) <= found
    strict = one.sql(
        "SELECT name FROM pragma_table_list WHERE strict=0 AND name IN"
        " ('frame','cursor','server','peer_device','follow')"
    )
    assert strict == []


def test_no_trigger_captures_them(laptop):
    one = laptop()
    rows = one.sql("SELECT tbl_name FROM sqlite_master WHERE type='trigger'")
    assert not {row[0] for row in rows} & {"frame", "cursor", "server", "peer_device", "follow"}
