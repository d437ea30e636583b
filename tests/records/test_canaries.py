"""A stolen disk tells nothing (L12), and the search for canaries would see it if it did."""

from __future__ import annotations

import base64
import gzip
import logging
import zlib

import pytest
import zstandard

from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records.backup import make_backup
from desmigratif_desktop.records.drafts import save_draft
from desmigratif_desktop.records.search import find
from desmigratif_desktop.records.unit_of_work import unit
from kit import canaries, store_kit
from kit.store_kit import OFFICER, Villager

PLANTED = canaries.plant()


def test_L12_nothing_readable_in_store_log_backups_or_drafts(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    store = store_kit.with_slots(store_kit.new_store(tmp_path / "pos"))
    logging.getLogger().addHandler(handler := logging.FileHandler(tmp_path / "program.log"))
    try:
        with unit(store, OFFICER, "import", bulk=True) as work:
            work.session.add_all(
                [Villager(id=new_id(), name=one, alias=one, nik=one) for one in PLANTED]
            )
        make_backup(store, tmp_path / "cadangan")
        save_draft(store, "registration", None, OFFICER.officer_id, {"name": PLANTED[0]})
        for number, one in enumerate(PLANTED[:40]):
            store_kit.add(store, new_id(), name=one, nik=PLANTED[number])
        with store.read() as session:
            assert find(session, store.registry, PLANTED[0], kind="kit_villager")
        with pytest.raises(DesmigratifError) as seen, unit(store, OFFICER, "bad") as work:
            work.session.add(Villager(id=new_id(), name=PLANTED[1]))
            work.session.flush()
            work.session.connection().exec_driver_sql(f"SELECT no_such_thing('{PLANTED[2]}')")
        logging.getLogger().error("act failed", exc_info=seen.value)
        assert PLANTED[2] not in str(seen.value)
        handler.flush()
        wal = (store.folder / "desmigratif.db-wal").stat().st_size
        assert wal > 100_000, "the log must lie there for this to mean something"
        assert canaries.search(tmp_path / "pos", PLANTED) == {}
        assert canaries.search(tmp_path / "cadangan", PLANTED) == {}
        assert canaries.search(tmp_path / "tmp", PLANTED) == {}
        store.tidy()
        assert canaries.search(tmp_path / "pos", PLANTED) == {}
    finally:
        logging.getLogger().removeHandler(handler)
        store.close()
    assert canaries.search(tmp_path / "pos", PLANTED) == {}


@pytest.mark.parametrize(
    "hide",
    [
        lambda raw: raw,
        lambda raw: raw.decode().encode("utf-16-le"),
        base64.b64encode,
        lambda raw: base64.b64encode(b"x" + raw),
        lambda raw: base64.b64encode(b"xy" + raw + b"z"),
        lambda raw: b"junk" + zlib.compress(raw),
        lambda raw: b"junk" + gzip.compress(raw),
        lambda raw: b"junk" + zstandard.compress(raw * 3),
        lambda raw: b"%PDF stream\n" + zlib.compress(raw) + b"\nendstream",
        lambda raw: b"%PDF stream\n" + base64.a85encode(zlib.compress(raw)) + b"~>endstream",
    ],
    ids=["utf8", "utf16", "b64", "b64+1", "b64+2", "zlib", "gzip", "zstd", "pdf", "pdf85"],
)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_search_sees_a_canary_in_every_dress(tmp_path, hide, number: int) -> None:
    (tmp_path / "file.bin").write_bytes(b"\x00\x01" + hide(PLANTED[number].encode()) + b"\xff")
    assert canaries.search(tmp_path, PLANTED) == {"file.bin": [PLANTED[number]]}


def test_the_search_sees_a_canary_in_a_name(tmp_path) -> None:
    (tmp_path / f"surat {PLANTED[5]}.pdf").write_bytes(b"")
    assert list(canaries.search(tmp_path, PLANTED).values()) == [[PLANTED[5]]]
