"""A real district for tests: the server in a process of its own, laptops, a line that breaks."""

from __future__ import annotations

import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desmigratif_desktop.exchange import enrolment, session, status
from desmigratif_desktop.exchange import steps as exchange_steps
from desmigratif_desktop.foundation.clock import SystemClock
from desmigratif_desktop.foundation.ids import derived_id, new_id
from desmigratif_desktop.foundation.places import Regions, bare_code
from desmigratif_desktop.people import model, officers, village
from desmigratif_desktop.people import steps as people_steps
from desmigratif_desktop.people.model import Household, Person
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.actors import Actor, Role
from desmigratif_desktop.records.engine import Store
from desmigratif_desktop.records.kinds import Registry
from desmigratif_desktop.records.unit_of_work import Touched, unit

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).resolve().parents[2]
REGISTRY = Registry(model.KINDS)
MIGRATIONS = (people_steps.migrations, exchange_steps.migrations)


def _villages() -> Iterator[str]:
    regions = Regions.load()
    for subdistrict in regions.children("3212"):
        for one in regions.children(subdistrict.code):
            yield bare_code(one.code)


VILLAGES = _villages()
"""Villages that exist; each test takes one, so that one server serves all of them."""


class District:
    """One server folder and, while it runs, its process."""

    def __init__(self, folder: Path, *, practice: bool = True) -> None:
        self.folder = folder
        self.port = 0
        self.url = ""
        self._process: subprocess.Popen[str] | None = None
        self.command("init", *(["--practice"] if practice else []))

    def command(self, name: str, *rest: str) -> dict[str, Any]:
        done = subprocess.run(
            self._arguments(name, *rest), capture_output=True, text=True, check=False,
            env=self._environment(), timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["data"]

    def _arguments(self, name: str, *rest: str) -> list[str]:
        folder = ["--folder", str(self.folder), "--json"]
        return [sys.executable, "-m", "desmigratif_server", name, *folder, *rest]

    @staticmethod
    def _environment() -> dict[str, str]:
        return os.environ | {"PYTHONPATH": os.pathsep.join((str(HOUSE), str(HOUSE / "sync")))}

    def start(self) -> District:
        self._process = subprocess.Popen(
            self._arguments("serve", "--port", str(self.port)), stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, env=self._environment(),
        )  # fmt: skip
        line = self._process.stdout.readline()
        self.url = json.loads(line)["data"]["url"]
        self.port = int(self.url.rpartition(":")[2])
        return self

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=20)
            self._process.stdout.close()
            self._process = None

    def code(self, of: str, *, confirmed: bool = True) -> str:
        return self.command("enrol-code", of, *(["--confirmed"] if confirmed else []))["code"]


@dataclass
class Laptop:
    """One laptop of a village."""

    store: Store
    officer: Actor

    def enrol(self, district: District, *, url: str | None = None) -> None:
        code = district.code(self.store.replica.village)
        enrolment.enrol(self.store, url or district.url, code)

    def exchange(self, **named: Any) -> session.ExchangeOutcome:
        return session.run_exchange(self.store, pause=lambda _s: None, **named)

    def status(self) -> status.ExchangeStatus:
        with self.store.read() as reading:
            return status.exchange_status(self.store, reading)

    def register(self, values: list[dict[str, Any]], *, bulk: bool = False) -> list[bytes]:
        """One act a person, or one act for all of them."""
        groups = [values] if bulk else [[one] for one in values]
        ids = []
        for group in groups:
            with unit(self.store, self.officer, "person.register", bulk=bulk) as work:
                people = [Person(id=new_id(), **one) for one in group]
                work.session.add_all(people)
            ids += [one.id for one in people]
        return ids

    def correct(self, person: bytes, bases: Any = None, **values: Any) -> bytes:
        with unit(self.store, self.officer, "person.correct") as work:
            work.edit(work.get(Person, person), Touched(values, bases or {}))
        return work.act

    def bases(self, person: bytes) -> dict[str, Any]:
        with self.store.read() as reading:
            return changelog.bases(reading, Person, person)

    def person(self, person: bytes) -> dict[str, Any]:
        with self.store.read() as reading:
            row = reading.get(Person, person)
            names = REGISTRY.of(Person).columns
            return {name: getattr(row, name) for name in names if getattr(row, name) is not None}

    def people(self) -> dict[bytes, dict[str, Any]]:
        names = REGISTRY.of(Person).columns
        columns = [Person.id, *(getattr(Person, name) for name in names)]
        with self.store.read() as reading:
            rows = reading.execute(sa.select(*columns)).all()
        return {
            row[0]: {n: v for n, v in zip(names, row[1:], strict=True) if v is not None}
            for row in rows
        }

    def digests(self) -> tuple[str, ...]:
        with self.store.read() as reading:
            return tuple(changelog.digest(reading, kind) for kind in REGISTRY.kinds)

    def sql(self, statement: str, *args: object) -> list[tuple[Any, ...]]:
        with self.store.read() as reading:
            return [tuple(row) for row in reading.connection().exec_driver_sql(statement, args)]


def new_laptop(
    folder: Path, of: str, letter: str = "A", *, practice: bool = True, opens: bool = True
) -> Laptop:
    """A laptop whose officer has just set up the post; with `opens` the village is made too."""
    officer = Actor(new_id(), f"Petugas {letter}", Role.PETUGAS)
    folder.mkdir(parents=True)
    store = Store.create(
        folder, key_slots.new_keys(officer), REGISTRY, SystemClock(), MIGRATIONS,
        village=of, laptop=letter, practice=practice,
    )  # fmt: skip
    if opens:
        with unit(store, officer, "post.open") as work:
            village.put_village(work, of)
            village.put_post(work, of, "Kantor Desa")
            officers.put_officer(work, officer)
    return Laptop(store, officer)


def roster(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """People with the fields of a KTP and a KK; no real person."""
    draw = random.Random(seed)
    first = [
        "Siti",
        "Sri",
        "Dewi",
        "Ayu",
        "Wati",
        "Rahayu",
        "Tini",
        "Wulan",
        "Agus",
        "Budi",
        "Joko",
        "Asep",
        "Ujang",
        "Dadang",
        "Wahyu",
    ]
    last = [
        "Santoso",
        "Wijaya",
        "Saputra",
        "Hidayat",
        "Nugroho",
        "Setiawan",
        "Rahman",
        "Permana",
        "Hakim",
        "Maulana",
    ]
    towns = ["Indramayu", "Cirebon", "Subang", "Majalengka", "Kuningan"]
    works = ["petani_pekebun", "buruh_harian_lepas", "wiraswasta", "mengurus_rumah_tangga"]
    found = []
    for _ in range(count):
        day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(1945, 2008)
        house = draw.randint(1, max(1, count // 4))
        serial = draw.randrange(10_000)
        found.append({
            "name": f"{draw.choice(first)} {draw.choice(first)} {draw.choice(last)}",
            "nik": f"321216{day:02}{month:02}{year % 100:02}{serial:04}",
            "household": derived_id("household", "3212162004", f"32121601010{house:05}"),
            "household_relation": draw.choice(["kepala_keluarga", "istri", "anak"]),
            "sex": draw.choice("LP"), "birth_place": draw.choice(towns),
            "birth_date": f"{year}-{month:02}-{day:02}", "religion": "islam",
            "education_level": draw.choice(["tamat_sd_sederajat", "slta_sederajat"]),
            "occupation": draw.choice(works), "blood_type": draw.choice(["A", "B", "O", "AB"]),
            "nationality": "WNI", "phone": f"+62812{draw.randrange(10**8):08}",
            "address": f"Jl. Melati No. {draw.randint(1, 220)}", "rt": f"{house % 9 + 1:03}",
            "rw": "002", "dusun": draw.choice(["Krajan", "Sukamaju"]), "marital_status": "kawin",
            "father_name": f"{draw.choice(first)} {draw.choice(last)}",
            "mother_name": draw.choice(first), "area_code": "3212162004",
        })  # fmt: skip
    return found


@dataclass
class Line:
    """A line between laptops and a server, which can break after so many bytes.

    Attributes:
        cut_up: bytes of one connection that still go up; None = all.
        cut_down: bytes that still come down.
        cuts: how many connections are cut; the later ones are whole.
        up: bytes seen going up.
        down: bytes seen coming down.
    """

    target: tuple[str, int]
    cut_up: int | None = None
    cut_down: int | None = None
    cuts: int = 0
    up: int = 0
    down: int = 0
    requests: int = 0
    on_answer: Any = None
    _listening: socket.socket = field(init=False)
    _open: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def close_all(self) -> None:
        """Every connection that is open breaks now."""
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            is_cut = self.cuts > 0
            self.cuts -= is_cut
            try:
                far = socket.create_connection(self.target)
            except OSError:
                near.close()
                continue
            self._open += [near, far]
            limits = (self.cut_up, self.cut_down) if is_cut else (None, None)
            for side in ((near, far, True, limits[0]), (far, near, False, limits[1])):
                threading.Thread(target=self._pump, args=side, daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, up: bool, left: int | None) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(16_384):
                if not up and self.on_answer is not None:
                    self.on_answer()
                if up:
                    self.up += len(piece)
                    self.requests += piece.startswith(b"POST ")
                else:
                    self.down += len(piece)
                if left is not None:
                    piece = piece[:left]
                    left -= len(piece)
                sink.sendall(piece)
                if left == 0:
                    break
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


class FalseServer:
    """Answers whatever a test tells it to: portals, proxies, impostors."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.seen = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), near:
                self._swallow(near)
                self.seen += 1
                near.sendall(self.answer)

    @staticmethod
    def _swallow(near: socket.socket) -> None:
        near.settimeout(10)
        found = b""
        while b"\r\n\r\n" not in found:
            found += near.recv(65_536)
        head, _, body = found.partition(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in head.splitlines()
            if line.lower().startswith(b"content-length:")
        )  # fmt: skip
        while len(body) < length:
            body += near.recv(65_536)


def http_answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    """The bytes of one answer."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def seconds(work: Any) -> tuple[float, Any]:
    """How long something took, and what it gave."""
    began = time.perf_counter()
    given = work()
    return time.perf_counter() - began, given


__all__ = ["District", "FalseServer", "Household", "Laptop", "Line", "new_laptop", "roster"]
