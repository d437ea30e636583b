"""Power cuts on the encrypted store itself: a day is recorded once and cut off at many points.

    PYTHONPATH=.:sync:tests python -m kit.power_cut --cuts 2000 --seed 7

For each cut the files are laid out as the disk may hold them: what was synced, and of the
writes since then any subset, one of them torn at 512 bytes or full of garbage. The store
must open, pass every check, hold every act whole or not at all, and hold all acts that
were acknowledged before the cut; the acknowledgements are written down outside it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.records import rebuild
from desmigratif_desktop.records.backup import make_backup
from desmigratif_desktop.records.connection import connect
from desmigratif_desktop.records.drafts import save_draft
from desmigratif_desktop.records.engine import DATABASE, Store
from desmigratif_desktop.records.merge import apply_entries
from desmigratif_desktop.records.self_check import check_handle
from desmigratif_desktop.records.unit_of_work import unit
from desmigratif_sync.protocol.entries import Audience
from kit import store_kit
from kit.recording_vfs import Recorder, Step, recording
from kit.store_kit import OFFICER, REGISTRY, STEPS, Skill, Villager, Voucher

if TYPE_CHECKING:
    from desmigratif_desktop.records.keys import OpenedKeys

FAULTS = ("drop", "torn", "garbage")
SECTOR = 512
MEMORY = "/dev/shm"
LATER = Migrations("kit_later")


@LATER(name="0001_wide")
def _later(db) -> None:
    db.execute("CREATE TABLE kit_note (id INTEGER PRIMARY KEY, body TEXT) STRICT")
    db.execute("CREATE INDEX ix_kit_note ON kit_note (body)")
    db.execute("INSERT INTO kit_note(body) VALUES ('satu'), ('dua')")


@dataclass
class Day:
    """A recorded day.

    Attributes:
        steps: what was sent to the disk, with marks where something was acknowledged.
        keys: of the store.
        whole: hash of the entries of every act, by act.
        acts: how many of each sort of act.
    """

    steps: list[Step]
    keys: OpenedKeys
    whole: dict[bytes, str] = field(default_factory=dict)
    acts: Counter = field(default_factory=Counter)


def record_day(seed: int, rounds: int = 6) -> Day:
    """Let an officer work on a real store and listen to the disk."""
    dice = random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="power-day-"))
    other = store_kit.new_store(folder / "other", "B")
    store_kit.new_store(folder / "live" / "a").close()
    live = folder / "live" / "a"
    with recording(live) as recorder:
        recorder.note("write", str(live / DATABASE), 0, (live / DATABASE).read_bytes())
        recorder.note("sync", str(live / DATABASE))
        _, keys = store_kit._template()
        day = Day(recorder.steps, keys)
        steps: tuple[Migrations, ...] = (STEPS,)
        for number in range(rounds):
            store = Store.open(live, keys, REGISTRY, other.clock, steps)
            if number >= rounds // 2 and len(steps) == 1:
                store.close()
                steps = (STEPS, LATER)
                store = Store.open(live, keys, REGISTRY, other.clock, steps)
                recorder.acknowledge(("step", "kit_later"))
                day.acts["step"] += 1
            _work(store, other, recorder, day, dice)
            if number == rounds - 1:
                day.whole = _acts_of(store)
            store.close()
            day.acts["close"] += 1
    other.close()
    shutil.rmtree(folder)
    return day


def _work(store: Store, other: Store, recorder: Recorder, day: Day, dice: random.Random) -> None:
    people = [row[0] for row in store_kit.sql(store, "SELECT id FROM kit_villager")]

    def done(sort: str, act: bytes) -> None:
        recorder.acknowledge(("act", act))
        day.acts[sort] += 1

    for _ in range(6):
        record = dice.randbytes(16)
        done(
            "register",
            store_kit.add(store, record, name=f"Orang {dice.random()}", nik="32", rt="1"),
        )
        people.append(record)
        one = dice.choice(people)
        done(
            "edit", store_kit.edit(store, one, name=f"Nama {dice.random()}", rw=str(dice.random()))
        )
        with unit(store, OFFICER, "voucher") as work:
            work.session.add(Voucher(id=dice.randbytes(16), amount=dice.randrange(10**9)))
            work.session.add(Skill(id=dice.randbytes(16), villager=one, skill="las"))
            work.widen(work.get(Villager, one), Audience.DISTRICT)
        done("two audiences", work.act)
    with unit(store, OFFICER, "import", bulk=True) as work:
        work.session.add_all(
            [Villager(id=dice.randbytes(16), name=f"Impor {n}", rt="2") for n in range(40)]
        )
    done("bulk", work.act)
    store.tidy()
    day.acts["tidy"] += 1
    store_kit.add(other, dice.randbytes(16), name="Dari B")
    store_kit.edit(
        other, store_kit.sql(other, "SELECT id FROM kit_villager")[0][0], name=f"B {dice.random()}"
    )
    fresh = store_kit.entries_of(other)
    apply_entries(store, fresh)
    for entry in fresh:
        recorder.acknowledge(("act", entry.act))
    day.acts["apply"] += 1
    save_draft(store, "registration", None, OFFICER.officer_id, {"name": "Siti"})
    target = Path(tempfile.mkdtemp(prefix="power-backup-"))
    make_backup(store_kit.with_slots(store), target)
    shutil.rmtree(target)
    day.acts["backup"] += 1
    done("edit", store_kit.edit(store, dice.choice(people), age=dice.randrange(90)))


def _acts_of(store: Store) -> dict[bytes, str]:
    found: dict[bytes, list] = {}
    for act, *rest in store_kit.sql(
        store,
        "SELECT act, author, audience, seq, hlc, body FROM entry ORDER BY author, audience, seq",
    ):
        found.setdefault(act, []).append(rest)
    return {act: _hash(rows) for act, rows in found.items()}


def _hash(rows: list) -> str:
    return hashlib.blake2b(repr(rows).encode(), digest_size=8).hexdigest()


class Disk:
    """The disk as it stands at a moment of the day."""

    def __init__(self) -> None:
        self.durable: dict[str, bytearray] = {}
        self.pending: list[Step] = []
        self.acknowledged: list[tuple] = []

    def take(self, step: Step) -> None:
        """One more thing was sent."""
        if step.what == "mark":
            self.acknowledged.append(step.data)
        elif step.what == "sync":
            for one in self.pending:
                if one.file == step.file:
                    _lay(self.durable, one)
            self.pending = [one for one in self.pending if one.file != step.file]
        else:
            self.pending.append(step)

    def image(self, fault: str, dice: random.Random, aimed: bool) -> dict[str, bytearray]:
        """One way in which the disk may come back."""
        files = {name: bytearray(data) for name, data in self.durable.items()}
        last = len(self.pending) - 1
        for place, step in enumerate(self.pending):
            hit = place == last if aimed else dice.random() < 0.2
            if step.what == "write" and hit and fault != "drop":
                _lay(files, _broken(step, fault, dice))
            elif dice.random() < 0.5 or (aimed and place < last):
                _lay(files, step)
        return files


def _broken(step: Step, fault: str, dice: random.Random) -> Step:
    if fault == "garbage":
        return Step("write", step.file, step.offset, dice.randbytes(len(step.data)))
    cut = dice.randrange(0, len(step.data) // SECTOR + 1) * SECTOR
    return Step("write", step.file, step.offset, step.data[:cut])


def _lay(files: dict[str, bytearray], step: Step) -> None:
    if step.what == "delete":
        files.pop(step.file, None)
        return
    data = files.setdefault(step.file, bytearray())
    if step.what == "truncate":
        del data[step.offset :]
    elif step.data:
        if len(data) < step.offset:
            data.extend(bytes(step.offset - len(data)))
        data[step.offset : step.offset + len(step.data)] = step.data


def judge(folder: Path, day: Day, acknowledged: list[tuple]) -> str:  # noqa: PLR0911
    """Open an image as the program would; answer what is wrong with it, or nothing."""
    try:
        handle = connect(folder / DATABASE, day.keys)
    except DesmigratifError as error:
        return f"unopenable: {type(error).__name__}"
    try:
        found = check_handle(handle, REGISTRY)
        if found.faults:
            return "damaged"
        if handle.execute("SELECT mode FROM sync_ctx").fetchone() != ("off",):
            return "half an act"
        acts: dict[bytes, list] = {}
        for act, *rest in handle.execute(
            "SELECT act, author, audience, seq, hlc, body FROM entry ORDER BY author, audience, seq"
        ):
            acts.setdefault(act, []).append(rest)
        if any(day.whole.get(act) != _hash(rows) for act, rows in acts.items()):
            return "half an act"
        if any(kind == "act" and thing not in acts for kind, thing in acknowledged):
            return "acknowledged act lost"
        return _judge_step(handle, acknowledged) or _judge_rows(handle)
    except Exception as error:
        return f"unreadable: {type(error).__name__}"
    finally:
        handle.close()


def _judge_step(handle, acknowledged: list[tuple]) -> str:
    steps = {row[0] for row in handle.execute("SELECT migration_set FROM _sqlite_migrations")}
    names = {row[0] for row in handle.execute("SELECT name FROM sqlite_master")}
    if ("step", "kit_later") in acknowledged and "kit_later" not in steps:
        return "acknowledged step lost"
    if ("kit_later" in steps) != ("kit_note" in names) or ("kit_note" in names) != (
        "ix_kit_note" in names
    ):
        return "half a step"
    return ""


class _Speaks:
    """A raw handle that the product's readers understand."""

    def __init__(self, handle) -> None:
        from desmigratif_desktop.records.quick import Rows

        self.exec_driver_sql = lambda text, values=(): Rows(handle.execute(text, values))


def _judge_rows(handle) -> str:
    """Rows and log tell the same, for a few records of each image."""
    for kind in REGISTRY.kinds:
        columns = ", ".join(("id", *kind.columns))
        for row in handle.execute(
            f"SELECT {columns} FROM {kind.table.name} ORDER BY random() LIMIT 3"
        ).fetchall():
            values = dict(zip(("id", *kind.columns), row, strict=True))
            told = rebuild.tell(_Speaks(handle), REGISTRY, values["id"])
            for register in kind.registers:
                lives = {repr(one.value) for one in told.lives(register.name)} or {"None"}
                if repr(register.value_of(values)) not in lives:
                    return "row and log differ"
    return ""


@dataclass
class Outcome:
    """What a campaign came to.

    Attributes:
        cuts: how many of each (fault, aim).
        wrong: how many of each complaint.
        example: the first complaint, with what repeats it.
    """

    cuts: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    example: str = ""


def campaign(day: Day, cuts: int, seed: int, *, seconds: float = 0, aim: bool = True) -> Outcome:
    """Cut a day at so many points; a third of them aimed at page 1 under a checkpoint."""
    dice = random.Random(seed)
    aimed = [
        place for place, step in enumerate(day.steps)
        if step.what == "write" and step.offset == 0 and step.file.endswith(DATABASE) and place > 1
    ]  # fmt: skip
    points = [(dice.randrange(2, len(day.steps)), False) for _ in range(cuts)]
    if aim and aimed:
        points[: cuts // 3] = [(dice.choice(aimed), True) for _ in range(cuts // 3)]
    outcome, disk, position = Outcome(), Disk(), 0
    base = Path(
        tempfile.mkdtemp(prefix="power-cut-", dir=MEMORY if Path(MEMORY).is_dir() else None)
    )
    until = time.monotonic() + seconds if seconds else float("inf")
    dice.shuffle(points)
    if seconds:
        points = points[: max(60, int(seconds * 60))]
    try:
        for number, (point, is_aimed) in enumerate(sorted(points)):
            while position <= point:
                disk.take(day.steps[position])
                position += 1
            if time.monotonic() > until:
                break
            fault = FAULTS[number % 3]
            wrong = _cut(base / str(number), disk, day, fault, dice, is_aimed)
            outcome.cuts[fault, "page 1" if is_aimed else "anywhere"] += 1
            if wrong:
                outcome.wrong[wrong] += 1
                outcome.example = (
                    outcome.example or f"{wrong} at step {point} ({fault}, seed {seed})"
                )
    finally:
        shutil.rmtree(base)
    return outcome


def _cut(
    folder: Path, disk: Disk, day: Day, fault: str, dice: random.Random, is_aimed: bool
) -> str:
    folder.mkdir()
    for name, data in disk.image(fault, dice, is_aimed).items():
        if Path(name).name.startswith(DATABASE):
            (folder / Path(name).name).write_bytes(data)
    try:
        return judge(folder, day, disk.acknowledged)
    finally:
        shutil.rmtree(folder)


def main() -> int:
    """Run a campaign and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cuts", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    day = record_day(given.seed, given.rounds)
    began = time.monotonic()
    outcome = campaign(day, given.cuts, given.seed)
    print(f"seed {given.seed}: {len(day.steps)} steps to the disk, acts: {dict(day.acts)}")
    for (fault, where), count in sorted(outcome.cuts.items()):
        print(f"  {fault:8} {where:9} {count:6} cuts")
    print(
        f"  wrong: {dict(outcome.wrong) or 'nothing'}  ({time.monotonic() - began:.0f} s) {outcome.example}"
    )
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
