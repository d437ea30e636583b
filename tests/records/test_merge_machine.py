"""Three laptops, any order of delivery, clocks off: one truth, and nobody's typing lost."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule

from desmigratif_desktop.foundation.clock import FrozenClock
from desmigratif_desktop.foundation.ids import derived_id
from desmigratif_desktop.records import changelog, rebuild
from desmigratif_desktop.records.merge import apply_entries, carry_followers
from desmigratif_desktop.records.undo import undo
from desmigratif_desktop.records.unit_of_work import Touched, unit
from desmigratif_sync.protocol.entries import Audience, Entry
from kit import store_kit
from kit.merge_oracle import Laptop, Oracle
from kit.store_kit import OFFICER, REGISTRY, Skill, Villager

LAPTOPS = ("A", "B", "C")
YEAR_MS = 365 * 24 * 3600 * 1000
texts = st.sampled_from([None, "Siti", "siti", "Mu'arifah"])
touched = st.dictionaries(
    st.sampled_from(["name", "alias", "rt", "rw"]), texts, min_size=1, max_size=3
)


def plain(value: object) -> object:
    return tuple(sorted(value.items())) if isinstance(value, dict) else value


class Village(RuleBasedStateMachine):
    records = Bundle("records")
    forms = Bundle("forms")
    acts = Bundle("acts")

    @initialize(target=records)
    def open_laptops(self):
        self.folder = Path(tempfile.mkdtemp(prefix="village-"))
        self.clocks = {name: FrozenClock(1_790_000_000_000, 1_000) for name in LAPTOPS}
        self.stores = {
            name: store_kit.new_store(self.folder / name, name, self.clocks[name])
            for name in LAPTOPS
        }
        self.oracle = Oracle(laptops={name: Laptop() for name in LAPTOPS})
        self.log: dict[str, list[Entry]] = {name: [] for name in LAPTOPS}  # by author, as written
        self.needs: dict[tuple, dict] = {}  # entry's dot -> heads of its author when it was written
        self.heads: dict[str, dict] = {name: {} for name in LAPTOPS}
        self.op_of: dict[tuple, int] = {}  # (dot, cell) -> number of the oracle's operation
        self.holds: dict[tuple, set[int]] = {}  # dot -> operations that the entry brings
        self.numbers = itertools.count(1)
        known = self.register("A", {"name": "Siti"})
        for laptop in ("B", "C"):
            self.arrive(laptop, self.log["A"][0])
        return known

    # What officers do

    @rule(target=records, laptop=st.sampled_from(LAPTOPS), fields=touched)
    def newcomer(self, laptop: str, fields: dict) -> tuple:
        return self.register(laptop, fields)

    def register(self, laptop: str, fields: dict) -> tuple:
        number = next(self.numbers)
        record = number.to_bytes(16)
        store_kit.add(self.stores[laptop], record, **fields)
        self.written(laptop, {record: (Villager, fields, {}, True)})
        return Villager, record

    @rule(target=records, laptop=st.sampled_from(LAPTOPS), skill=st.sampled_from(["las", "jahit"]))
    def learn(self, laptop: str, skill: str):
        record = derived_id("kit_skill", b"somebody", skill.encode())
        if store_kit.values(self.stores[laptop], record, Skill) is not None:
            return multiple()
        with unit(self.stores[laptop], OFFICER, "skill.add") as work:
            work.session.add(Skill(id=record, villager=b"somebody", skill=skill))
        self.written(laptop, {record: (Skill, {"villager": b"somebody", "skill": skill}, {}, True)})
        return Skill, record

    @rule(target=forms, laptop=st.sampled_from(LAPTOPS), record=records)
    def open_form(self, laptop: str, record: tuple):
        model, rid = record
        if store_kit.values(self.stores[laptop], rid, model) is None:
            return multiple()
        bases = store_kit.bases(self.stores[laptop], rid, model)
        saw = {name: self.oracle.numbers(laptop, (rid, name)) for name in bases}
        return laptop, model, rid, bases, saw

    @rule(target=acts, form=forms, fields=touched, widens=st.booleans())
    def save_form(self, form: tuple, fields: dict, widens: bool):
        return self.save(form, fields, widens=widens)

    @rule(target=acts, laptop=st.sampled_from(LAPTOPS), record=records, fields=touched)
    def edit_now(self, laptop: str, record: tuple, fields: dict):
        model, rid = record
        if store_kit.values(self.stores[laptop], rid, model) is None:
            return multiple()
        bases = store_kit.bases(self.stores[laptop], rid, model)
        saw = {name: self.oracle.numbers(laptop, (rid, name)) for name in bases}
        return self.save((laptop, model, rid, bases, saw), fields)

    def save(self, form: tuple, fields: dict, *, widens: bool = False):
        laptop, model, rid, bases, saw = form
        columns = REGISTRY.of(model).columns
        fields = {name: value for name, value in fields.items() if name in columns}
        if not fields or "state" in store_kit.values(self.stores[laptop], rid, model):
            return multiple()
        with unit(self.stores[laptop], OFFICER, "villager.edit") as work:
            row = work.get(model, rid)
            if widens:
                work.widen(row, Audience.DISTRICT)
            work.edit(row, Touched(fields, bases))
        self.written(laptop, {rid: (model, fields, saw, False)})
        return (laptop, work.act) if work.result.entries else multiple()

    @rule(laptop=st.sampled_from(LAPTOPS), other=st.sampled_from(LAPTOPS), record=records,
          fields=touched, theirs=texts)  # fmt: skip
    def save_a_slow_form(
        self, laptop: str, other: str, record: tuple, fields: dict, theirs
    ) -> None:
        """While a form stands open, another laptop changes the same fields and sends them."""
        form = self.open_form(laptop, record)
        if (
            not isinstance(form, tuple)
            or store_kit.values(self.stores[other], record[1], record[0]) is None
        ):
            return
        self.edit_now(other, record, dict.fromkeys(fields, theirs))
        self.deliver(other, laptop, 100, twice=False)
        self.save(form, fields)

    @rule(laptop=st.sampled_from(LAPTOPS), keeps=st.booleans())
    def settle_one(self, laptop: str, keeps: bool) -> None:
        """The officer decides the oldest conflict, for the shown value or for another."""
        with self.stores[laptop].read() as session:
            waiting = changelog.open_conflicts(session, REGISTRY)
        if not waiting:
            return
        one = waiting[0]
        value = one.shown.value if keeps else one.others[0].value
        model = Villager if one.kind == "kit_villager" else Skill
        register = REGISTRY.of(model).by_name[one.field]
        form = self.open_form(laptop, (model, one.record))
        self.save(form, register.columns_of(value))
        assert (one.record, one.field) not in store_kit.conflicts(self.stores[laptop])

    @rule(laptop=st.sampled_from(LAPTOPS), record=records)
    def widen(self, laptop: str, record: tuple) -> None:
        model, rid = record
        shown = store_kit.values(self.stores[laptop], rid, model)
        if shown is None or "state" in shown:
            return
        with unit(self.stores[laptop], OFFICER, "service.start") as work:
            work.widen(work.get(model, rid), Audience.DISTRICT)
        self.written(laptop, {})

    @rule(act=acts)
    def undo(self, act: tuple) -> None:
        laptop, number = act
        undo(self.stores[laptop], OFFICER, number)
        self.written(laptop, {})

    @rule(laptop=st.sampled_from(LAPTOPS), years=st.integers(-56, 73))
    def clock_jumps(self, laptop: str, years: int) -> None:
        self.clocks[laptop].now = max(0, 1_790_000_000_000 + years * YEAR_MS)

    # What travels

    @rule(giver=st.sampled_from(LAPTOPS), taker=st.sampled_from(LAPTOPS), count=st.integers(1, 5),
          twice=st.booleans())  # fmt: skip
    def deliver(self, giver: str, taker: str, count: int, twice: bool) -> None:
        if giver == taker:
            return
        for entry in self.log[giver]:
            if count and self.is_due(entry, taker):
                self.arrive(taker, entry, times=1 + twice)
                count -= 1

    def is_due(self, entry: Entry, target: str) -> bool:
        heads = self.heads[target]
        stream = entry.dot[:3]
        return heads.get(stream, 0) == entry.dot.seq - 1 and all(
            heads.get(other, 0) >= seq
            for other, seq in self.needs[entry.dot].items()
            if other != stream
        )

    def arrive(self, target: str, entry: Entry, times: int = 1) -> None:
        store = self.stores[target]
        applied = apply_entries(store, [entry] * times)
        assert (applied.entries, applied.duplicates, applied.unread) == (1, times - 1, 0)
        self.heads[target][entry.dot[:3]] = entry.dot.seq
        self.oracle.laptops[target].reached |= self.holds[entry.dot]
        carry_followers(store, applied.follow)
        self.written(target, {})
        self.compare(target)

    # What the oracle hears

    def written(self, laptop: str, typed: dict) -> None:
        """Read the entries that an act wrote; tell the oracle what its officer saw."""
        fresh = [
            entry
            for entry in store_kit.entries_of(self.stores[laptop])
            if entry.dot.seq > self.heads[laptop].get(entry.dot[:3], 0)
        ]
        for entry in fresh:
            self.needs[entry.dot] = dict(self.heads[laptop])
        for entry in fresh:
            self.log[laptop].append(entry)
            self.heads[laptop][entry.dot[:3]] = entry.dot.seq
            self.holds[entry.dot] = {
                self.op_of[one.dot, (one.record, one.field)] for one in entry.carries
            }
            self.note(laptop, entry, typed)
        self.compare(laptop)

    def note(self, laptop: str, entry: Entry, typed: dict) -> None:
        rank = (entry.hlc, *entry.dot)
        for create in entry.creates:
            for name, value in create.fields.items():
                self.tell(laptop, entry, (create.record, name), value, frozenset(), rank)
        written = {(one.record, one.field): one for one in entry.edits}
        for rid, (model, fields, saw, is_new) in typed.items():
            registers = {REGISTRY.of(model).by_column[name].name for name in fields}
            for name in () if is_new else registers:
                self.expect(laptop, rid, name, written, fields, saw)
        for (rid, name), one in written.items():
            form = typed.get(rid)
            seen = frozenset(self.op_of[dot, (rid, name)] for dot in one.base)
            if form and name in form[2]:
                assert seen == form[2][name], "the base is what the form had shown"
            self.tell(laptop, entry, (rid, name), one.value, seen, rank)

    def expect(self, laptop, rid, name, written, fields, saw) -> None:
        """A changed field is written with its new value; an untouched one never is."""
        lives = self.oracle.live(laptop, (rid, name))
        if name in fields and (
            len(lives) > 1 or self.oracle.shown(laptop, (rid, name)) != fields[name]
        ):
            assert written[rid, name].value == fields[name]
        for other_rid, other in written:
            if other_rid == rid:
                assert other in saw
                assert other in fields or other == "residence"

    def tell(self, laptop, entry, cell, value, seen, rank) -> None:
        number = self.oracle.type(laptop, cell, plain(value), seen, rank)
        self.op_of[entry.dot, cell] = number
        self.holds[entry.dot].add(number)

    def compare(self, laptop: str) -> None:
        """The laptop shows what the oracle says, and waits for the same decisions."""
        waiting = store_kit.conflicts(self.stores[laptop])
        rows: dict[bytes, dict] = {}
        for rid, name in self.oracle.cells(laptop):
            if rid not in rows:
                model = Villager if rid[:8] == bytes(8) else Skill
                rows[rid] = store_kit.values(self.stores[laptop], rid, model)
            row = rows[rid]
            if name == "residence":
                group = {one: row.get(one) for one in ("rt", "rw", "dusun")}
                shown = plain(group) if any(group.values()) else None
            else:
                shown = row.get(name)
            assert shown == self.oracle.shown(laptop, (rid, name)), (laptop, name)
            if "state" not in row:
                decisions = self.oracle.conflict(laptop, (rid, name))
                assert waiting.get((rid, name), frozenset()) == decisions, (laptop, rid, name)

    def teardown(self) -> None:
        if not hasattr(self, "stores"):
            return
        try:
            self.settle()
        finally:
            for store in self.stores.values():
                store.close()
            shutil.rmtree(self.folder)

    def settle(self) -> None:
        """Everybody hears everything: one state, reachable in any order, equal to its log."""
        moved = True
        while moved:
            moved = False
            for target in LAPTOPS:
                for entry in itertools.chain(*(list(self.log[one]) for one in LAPTOPS)):
                    if self.is_due(entry, target):
                        self.arrive(target, entry)
                        moved = True
        first = self.stores["A"]
        for name in ("B", "C"):
            assert store_kit.digests(self.stores[name]) == store_kit.digests(first)
            assert store_kit.conflicts(self.stores[name]) == store_kit.conflicts(first)
        self.district_sees_no_less_and_no_more(first)
        late = store_kit.new_store(self.folder / "late", "C")
        self.stores["late"] = late
        self.any_order(late)
        assert store_kit.digests(late) == store_kit.digests(first)
        assert store_kit.conflicts(late) == store_kit.conflicts(first)
        assert store_kit.sql(late, "SELECT count(*) FROM unread") == [(0,)]
        self.rewrite(first)
        assert store_kit.digests(late) == store_kit.digests(first)
        assert store_kit.conflicts(late) == store_kit.conflicts(first)

    def district_sees_no_less_and_no_more(self, store) -> None:
        """Of a widened record the wide stream alone tells the same values as both together."""
        with store.read() as session:
            connection = session.connection()
            widened = connection.exec_driver_sql("SELECT record FROM row_version WHERE reach>=1")
            for (record,) in widened.all():
                wide = rebuild.tell(connection, REGISTRY, record, reach=1)
                both = rebuild.tell(connection, REGISTRY, record)
                for name in both.written:
                    seen, true = wide.lives(name), both.lives(name)
                    assert {one.dot for one in seen} == {one.dot for one in true}, (record, name)

    def any_order(self, late) -> None:
        """Streams keep their order; nothing else does, and slices are cut anywhere."""
        dice = random.Random(len(self.oracle.ops))
        streams: dict[tuple, list[Entry]] = {}
        for entry in itertools.chain(*self.log.values()):
            streams.setdefault(entry.dot[:3], []).append(entry)
        queue = []
        while streams:
            stream = dice.choice(sorted(streams))
            queue.append(streams[stream].pop(0))
            if not streams[stream]:
                del streams[stream]
        while queue:
            size = dice.randint(1, 7)
            apply_entries(late, queue[:size])
            del queue[:size]

    def rewrite(self, store) -> None:
        """Write every row anew from the log."""
        records = [row[0] for row in store_kit.sql(store, "SELECT record FROM row_version")]
        with store.write() as connection:
            connection.exec_driver_sql("UPDATE sync_ctx SET mode='apply'")
            for record in records:
                rebuild.rebuild(connection, store.registry, record)
            connection.exec_driver_sql("DELETE FROM capture")
            connection.exec_driver_sql("UPDATE sync_ctx SET mode='off'")


TestVillage = Village.TestCase
TestVillage.settings = settings(
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes: by hand
    max_examples=400 if os.environ.get("DESMIGRATIF_TEST_ALL") else 25,
    stateful_step_count=60 if os.environ.get("DESMIGRATIF_TEST_ALL") else 30,
)
