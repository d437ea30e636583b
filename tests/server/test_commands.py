"""The technician's commands: answers, exits, and never a traceback."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from desmigratif_server import settings
from desmigratif_server.store import Store


def test_a_server_is_made_once(own_district) -> None:
    status, answer, said = own_district.run("init")
    assert status == 1
    assert answer["problems"][0]["message"] in said
    assert set(answer["problems"][0]) == {"code", "field", "row", "cell", "message"}


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_keys_lie_in_a_file_of_their_own_for_one_user(own_district) -> None:
    keys = own_district.folder / settings.KEYS_FILE
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    keys.chmod(0o644)
    status, _, said = own_district.run("devices")
    assert status == 1
    assert "chmod 600" in said


@pytest.mark.parametrize("village", ["", "123", "32121620041", "32121620é4", "abcdefghij", "../x"])
def test_a_village_has_ten_digits(own_district, village: str) -> None:
    assert own_district.run("enrol-code", village)[0] == 1


def test_confirming_or_revoking_nobody_is_refused(own_district) -> None:
    for name in ("confirm", "revoke"):
        for device in ("00" * 8, "zz", ""):
            assert own_district.run(name, device)[0] == 1


def test_the_code_is_told_and_says_what_it_can_do(own_district) -> None:
    told = own_district.tell("enrol-code", "3212162004", "--confirmed")
    assert told["confirmed"] is True
    assert len(told["code"].replace("-", "")) == 17


def test_bad_usage_is_exit_2(own_district) -> None:
    import subprocess
    import sys

    for words in ([], ["nothing"], ["serve"], ["devices", "--folder"]):
        ran = subprocess.run(
            [sys.executable, "-m", "desmigratif_server", *words],
            capture_output=True, text=True, env=own_district.environment, check=False,
        )  # fmt: skip
        assert ran.returncode == 2
        assert "Traceback" not in ran.stderr


def test_a_missing_damaged_or_foreign_store_is_told(own_district, district_class, tmp_path) -> None:
    nothing = district_class(tmp_path / "nothing")
    assert nothing.run("devices")[0] == 1
    own_district.stop()
    other = district_class(tmp_path / "other").init()
    path = own_district.folder / "server.db"
    own = path.read_bytes()
    path.write_bytes((other.folder / "server.db").read_bytes())
    assert own_district.run("devices")[0] == 5
    path.write_bytes(b"garbage" * 2000)
    assert own_district.run("devices")[0] == 5
    path.unlink()
    assert own_district.run("devices")[0] == 5
    path.write_bytes(own)
    assert own_district.run("devices")[0] == 0


def test_S19_a_backup_is_encrypted_verified_and_whole(own_district, laptop_class) -> None:
    laptop = laptop_class(own_district).enrol()
    laptop.send(laptop.frame(), laptop.frame())
    told = own_district.tell("backup")
    raw = Path(told["path"]).read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    for canary in (laptop.village.encode(), b"Laptop depan", b"DSF1"):
        assert canary not in raw
    own_district.stop()
    (own_district.folder / "server.db").write_bytes(raw)
    for extra in own_district.folder.glob("server.db-*"):
        extra.unlink()
    store = Store.open(settings.load(own_district.folder))
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM frame").scalar_one() == 2
    store.close()


def test_the_database_is_written_through_to_the_disk(own_district) -> None:
    store = Store.open(settings.load(own_district.folder))
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    store.close()
