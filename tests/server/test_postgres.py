"""The same server on PostgreSQL: one code path, the same promises."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desmigratif_sync.protocol.endpoint import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.postgres
NOBODY = "65534"


def _as_nobody(*words: str) -> list[str]:
    if os.name == "posix" and os.geteuid() == 0:
        return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *words]
    return list(words)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A cluster of its own, on a socket in a short temporary folder."""
    places = [Path(one) for one in sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, places)])
    if not shutil.which("initdb", path=path) or not shutil.which("pg_ctl", path=path):
        pytest.skip("no PostgreSQL on this machine")
    folder = Path(tempfile.mkdtemp(prefix="dsm-pg-"))
    folder.chmod(0o777)
    environment = os.environ | {"PATH": path, "HOME": str(folder)}
    cluster = str(folder / "c")

    def run(*words: str) -> int:
        ran = subprocess.run(
            _as_nobody(*words), env=environment, cwd=folder, timeout=120, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return ran.returncode

    if run("initdb", "-D", cluster, "-U", "desmigratif", "-A", "trust", "--no-sync"):
        pytest.skip("PostgreSQL cannot make a cluster here")
    options = f"-k {folder} -c listen_addresses=''"
    if run("pg_ctl", "-D", cluster, "-o", options, "-l", str(folder / "log"), "-w", "start"):
        pytest.skip("PostgreSQL does not start here")
    yield f"postgresql+psycopg://desmigratif@/postgres?host={folder}"
    run("pg_ctl", "-D", cluster, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def district(postgres: str, tmp_path_factory, district_class) -> Iterator[object]:
    """A server on that cluster."""
    folder = tmp_path_factory.mktemp("pg") / "server"
    made = district_class(folder, database=postgres).init().start()
    yield made
    made.stop()


def _results(answer) -> list[str]:
    return [str(one.result) for one in answer.verdicts]


def test_frames_go_up_and_come_down(laptop, laptop_class) -> None:
    frames = [laptop.frame(3), laptop.frame(2)]
    assert _results(laptop.send(*frames)) == ["stored", "stored"]
    assert _results(laptop.send(*frames)) == ["duplicate", "duplicate"]
    second = laptop_class(laptop.district, laptop.village, "B").enrol()
    down = {one.cursor.audience: one for one in second.fetch().streams}["village"]
    assert [raw for _, raw in down.frames] == frames


def test_S05_a_fork_is_seen(laptop) -> None:
    laptop.send(laptop.frame())
    laptop.seq, laptop.prev = 0, b"\0" * 32
    assert _results(laptop.send(laptop.frame(2))) == ["fork"]


def test_S16_two_carriers_at_once_store_each_frame_once(laptop, laptop_class) -> None:
    carriers = [laptop_class(laptop.district, laptop.village, one).enrol() for one in "BC"]
    frames = [laptop.frame() for _ in range(20)]
    found: list[str] = []
    faults: list[str] = []

    def carry(carrier) -> None:
        for _ in range(4):
            try:
                found.extend(_results(carrier.send(*frames)))
            except RefusedError as error:
                faults.append(error.problem.code)

    threads = [threading.Thread(target=carry, args=(one,)) for one in [laptop, *carriers]]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    assert found.count("stored") == 20
    assert set(found) == {"stored", "duplicate"}
    down = {one.cursor.audience: one for one in laptop.fetch().streams}["village"]
    assert [seq for seq, _ in down.frames] == list(range(1, 21))
    assert [raw for _, raw in down.frames] == frames


def test_C05_a_killed_server_keeps_what_it_acknowledged(laptop) -> None:
    frames = [laptop.frame() for _ in range(5)]
    assert set(_results(laptop.send(*frames))) == {"stored"}
    laptop.district.stop(kill=True)
    laptop.district.start()
    assert _results(laptop.send(*frames)) == ["duplicate"] * 5
