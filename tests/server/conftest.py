"""A real district server in a process of its own, and laptops that talk to it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from desmigratif_sync.client.http import HttpEndpoint, enrol
from desmigratif_sync.protocol.enrolment import EnrolRequest
from desmigratif_sync.protocol.entries import Create, Dot, Entry
from desmigratif_sync.protocol.frames import NO_FRAME, frame_hash, seal
from desmigratif_sync.protocol.keys import DeviceKey
from desmigratif_sync.protocol.messages import SyncAnswer, SyncRequest, all_streams

if TYPE_CHECKING:
    from collections.abc import Iterator

SYNC = Path(__file__).resolve().parent.parent.parent / "sync"
VILLAGE = "3212162004"


@dataclass
class District:
    """One server's folder and, while it runs, its process."""

    folder: Path
    practice: bool = False
    process: subprocess.Popen[str] | None = None
    url: str = ""
    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"PYTHONPATH": str(SYNC)}

    def _words(self, name: str, *words: str) -> list[str]:
        folder = ("--folder", str(self.folder), "--json")
        return [sys.executable, "-m", "desmigratif_server", name, *folder, *words]

    def run(self, name: str, *words: str) -> tuple[int, Any, str]:
        ran = subprocess.run(
            self._words(name, *words), capture_output=True, text=True, timeout=120,
            env=self.environment, check=False,
        )  # fmt: skip
        assert "Traceback" not in ran.stderr
        return ran.returncode, json.loads(ran.stdout) if ran.stdout else None, ran.stderr

    def tell(self, name: str, *words: str) -> dict[str, Any]:
        status, answer, said = self.run(name, *words)
        assert status == 0, said
        assert answer["schema"] == 1
        assert answer["ok"] is True
        return answer["data"]

    def init(self) -> District:
        database = ["--database", self.database] if self.database else []
        self.tell("init", *(["--practice"] if self.practice else []), *database)
        return self

    def start(self, *words: str) -> District:
        log = (self.folder.parent / f"{self.folder.name}.log").open("a")
        self.process = subprocess.Popen(
            self._words("serve", "--port", "0", *words),
            stdout=subprocess.PIPE, stderr=log, text=True, env=self.environment,
        )  # fmt: skip
        log.close()
        assert self.process.stdout is not None
        self.url = json.loads(self.process.stdout.readline())["data"]["url"]
        return self

    def said(self) -> str:
        return (self.folder.parent / f"{self.folder.name}.log").read_text()

    def stop(self, *, kill: bool = False) -> None:
        if self.process is not None:
            (self.process.kill if kill else self.process.terminate)()
            self.process.wait(timeout=30)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    def code(self, village: str = VILLAGE, *, confirmed: bool = True) -> str:
        words = [village, "--confirmed"] if confirmed else [village]
        return self.tell("enrol-code", *words)["code"]


@dataclass
class Laptop:
    """A village's laptop as far as the wire sees it."""

    district: District
    village: str = VILLAGE
    letter: str = "A"
    practice: bool = False
    key: DeviceKey = field(default_factory=DeviceKey.generate)
    epoch: bytes = field(default_factory=lambda: os.urandom(8))
    counter: int = 0
    seq: int = 0
    prev: bytes = NO_FRAME
    identity: Any = None

    def ask(self, letter: str | None = None, replaces: bytes = b"") -> EnrolRequest:
        return EnrolRequest(
            "", self.key.public, os.urandom(16), "Laptop depan", letter or self.letter,
            self.practice, "0.1.0", replaces,
        )  # fmt: skip

    def enrol(self, code: str | None = None, asked: EnrolRequest | None = None) -> Laptop:
        made = code or self.district.code(self.village)
        asked = asked or self.ask()
        answer = enrol(self.district.url, made, asked, key=self.key, epoch=self.epoch)
        self.identity = answer.state.identity
        self.answer = answer
        return self

    def next_counter(self, passed: int = 0) -> int:
        self.counter = max(self.counter, passed) + 1
        return self.counter

    @property
    def endpoint(self) -> HttpEndpoint:
        return HttpEndpoint(
            self.district.url, identity=self.identity, key=self.key, epoch=self.epoch,
            counter=self.next_counter, connect_s=10, read_s=30,
        )  # fmt: skip

    def entries(self, count: int, audience: str = "village") -> list[Entry]:
        made = []
        for _ in range(count):
            self.seq += 1
            noise = random.Random(f"{self.key.device.hex()}{self.seq}")
            record = Create("person", noise.randbytes(16), {"name": f"Warga {self.seq}"})
            dot = Dot(self.key.device, self.epoch, audience, self.seq)
            made.append(
                Entry(dot, noise.randbytes(16), self.seq << 20, None, "person.register",
                      creates=(record,))
            )  # fmt: skip
        return made

    def frame(self, count: int = 1, **more: Any) -> bytes:
        """The next frame of this laptop, chained to the one before."""
        words = {"village": self.village, "practice": self.practice, "prev": self.prev} | more
        (raw,) = seal(self.entries(count), key=self.key, **words)
        self.prev = frame_hash(raw)
        return raw

    def send(self, *frames: bytes, **more: Any) -> SyncAnswer:
        words: dict[str, Any] = {"frames": frames, "budget": 0} | more
        endpoint = self.endpoint
        with contextlib.closing(endpoint):
            return endpoint.sync(SyncRequest(**words))

    def fetch(self, cursors: Any = None, **more: Any) -> SyncAnswer:
        return self.send(cursors=cursors or all_streams(), budget=1 << 18, **more)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """A running server for the tests of one file; each takes a village of its own."""
    made = District(tmp_path_factory.mktemp("district") / "server").init().start()
    yield made
    made.stop()


@pytest.fixture
def own_district(tmp_path: Path) -> Iterator[District]:
    """A server that a test may kill."""
    made = District(tmp_path / "server").init().start()
    yield made
    made.stop()


@pytest.fixture
def village() -> str:
    """A village that no other test has."""
    return f"32{int.from_bytes(os.urandom(4)) % 10**8:08d}"


@pytest.fixture
def laptop(district: District, village: str) -> Laptop:
    """An enrolled laptop of a village of its own."""
    return Laptop(district, village).enrol()


@pytest.fixture
def laptop_class() -> type[Laptop]:
    """To make more of them."""
    return Laptop


@pytest.fixture(scope="session")
def district_class() -> type[District]:
    """To make more of them."""
    return District
