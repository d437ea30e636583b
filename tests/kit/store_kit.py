"""Small stores for tests: three test kinds, laptops of one village, entries carried by hand."""

from __future__ import annotations

import functools
import secrets
import shutil
import tempfile
from pathlib import Path

from sqlalchemy import INTEGER, TEXT, Index
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlite_utils import Database, Migrations

from desmigratif_desktop.foundation.clock import Clock, SystemClock
from desmigratif_desktop.records import changelog, device
from desmigratif_desktop.records.actors import Actor, Role
from desmigratif_desktop.records.connection import connect
from desmigratif_desktop.records.engine import DATABASE, Store
from desmigratif_desktop.records.keys import (
    OfficeLabel,
    OpenedKeys,
    SlotFile,
    make_slot,
    write_slots,
)
from desmigratif_desktop.records.kinds import (
    Base,
    Group,
    KindSpec,
    Registry,
    Synced,
    id_field,
    int_field,
    text_field,
)
from desmigratif_desktop.records.merge import Applied, apply_entries, carry_followers
from desmigratif_desktop.records.unit_of_work import Touched, unit
from desmigratif_sync.protocol.entries import Audience, Entry

VILLAGE = "3212162004"
PASSPHRASE = "padi bunting di sawah"
OFFICER = Actor(bytes.fromhex("01900000000070008000000000000001"), "Wulan", Role.PETUGAS)
OTHER_OFFICER = Actor(bytes.fromhex("01900000000070008000000000000002"), "Dadang", Role.PETUGAS)
VIEWER = Actor(bytes.fromhex("01900000000070008000000000000003"), "Kuwu", Role.PENANGGUNG_JAWAB)


class Villager(Synced):
    """Somebody, with a group and a column that ignores case."""

    __tablename__ = "kit_villager"
    __kind__ = KindSpec(
        901, "kit_villager", search=("name", "nik"),
        groups={"residence": Group(60, ("rt", "rw", "dusun"))},
    )  # fmt: skip
    name: Mapped[str | None] = text_field(2)
    nik: Mapped[str | None] = text_field(3)
    age: Mapped[int | None] = int_field(4)
    alias: Mapped[str | None] = mapped_column(
        TEXT(collation="NOCASE"), info={"field": 5}, nullable=True
    )
    rt: Mapped[str | None] = text_field(6)
    rw: Mapped[str | None] = text_field(7)
    dusun: Mapped[str | None] = text_field(8)
    photo: Mapped[bytes | None] = id_field(9)


class Skill(Synced):
    """An element of a set: its id derives from what it says."""

    __tablename__ = "kit_skill"
    __kind__ = KindSpec(902, "kit_skill", aggregate="villager")
    villager: Mapped[bytes | None] = id_field(2)
    skill: Mapped[str | None] = text_field(3)
    level: Mapped[int | None] = int_field(4)


class Voucher(Synced):
    """Something that the district sees from the first moment."""

    __tablename__ = "kit_voucher"
    __kind__ = KindSpec(903, "kit_voucher", audience=Audience.DISTRICT)
    amount: Mapped[int | None] = int_field(2)
    note: Mapped[str | None] = text_field(3)


class Counter(Base):
    """A local table."""

    __tablename__ = "kit_counter"
    __table_args__ = {"sqlite_strict": True}  # noqa: RUF012 - as SQLAlchemy wants it
    name: Mapped[str] = mapped_column(TEXT, primary_key=True)
    value: Mapped[int] = mapped_column(INTEGER)


Index("ix_kit_villager_name", Villager.name, Villager.id)
REGISTRY = Registry([Villager, Skill, Voucher])
STEPS = Migrations("kit")


@STEPS(name="0001_kit")
def _first(db: Database) -> None:
    for model in (Villager, Skill, Voucher, Counter):
        db.execute(str(CreateTable(model.__table__).compile(dialect=sqlite.dialect())).strip())
        for index in model.__table__.indexes:
            db.execute(str(CreateIndex(index).compile(dialect=sqlite.dialect())))


def new_keys() -> OpenedKeys:
    """Keys of a store of its own; no key derivation runs."""
    return OpenedKeys(
        secrets.token_bytes(32), secrets.token_bytes(16), secrets.token_bytes(32), OFFICER,
        secrets.token_bytes(16),
    )  # fmt: skip


@functools.cache
def _template() -> tuple[Path, OpenedKeys]:
    folder = Path(tempfile.mkdtemp(prefix="store-kit-"))
    keys = new_keys()
    Store.create(
        folder, keys, REGISTRY, SystemClock(), (STEPS,), village=VILLAGE, laptop="A", practice=True
    ).close()
    return folder / DATABASE, keys


def new_store(folder: Path, laptop: str = "A", clock: Clock | None = None) -> Store:
    """A laptop's store with an identity of its own, made from a copy of one template."""
    template, keys = _template()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, folder / DATABASE)
    public, sealed = device.new_device(keys)
    handle = connect(folder / DATABASE, keys)
    handle.execute(
        "UPDATE replica SET laptop=?, device=?, epoch=?, public_key=?, sealed_seed=?",
        (laptop, device.device_of(public), device.new_epoch(), public, sealed),
    )
    handle.close()
    return Store.open(folder, keys, REGISTRY, clock or SystemClock(), (STEPS,))


def again(
    store: Store, *, registry: Registry | None = None, steps: tuple[Migrations, ...] = (STEPS,)
) -> Store:
    """Close a store and open it anew."""
    store.close()
    return Store.open(store.folder, store.keys, registry or store.registry, store.clock, steps)


@functools.cache
def _slot() -> tuple[OpenedKeys, SlotFile]:
    _, keys = _template()
    label = OfficeLabel(VILLAGE, "Desa Kertasmaya", "A", practice=True)
    return keys, SlotFile(keys.store_id, 0, label, (make_slot(keys, OFFICER, PASSPHRASE),))


def with_slots(store: Store) -> Store:
    """Lay a slot file beside the store; its passphrase is `PASSPHRASE`."""
    keys, file = _slot()
    write_slots(store.folder, file, keys)
    return store


def add(store: Store, record: bytes, **values: object) -> bytes:
    """Register somebody; returns the act."""
    with unit(store, OFFICER, "villager.register") as work:
        work.session.add(Villager(id=record, **values))
    return work.act


def edit(
    store: Store, record: bytes, bases: dict | None = None, model: type[Synced] = Villager, **values
) -> bytes:
    """Change somebody as a form does; returns the act."""
    with unit(store, OFFICER, "villager.edit") as work:
        work.edit(work.get(model, record), Touched(values, bases or {}))
    return work.act


def bases(store: Store, record: bytes, model: type[Synced] = Villager) -> dict:
    """What a form loads beside the values."""
    with store.read() as session:
        return changelog.bases(session, model, record)


def values(store: Store, record: bytes, model: type[Synced] = Villager) -> dict[str, object] | None:
    """The shown values that are not empty; None = no such row."""
    with store.read() as session:
        row = session.get(model, record)
        if row is None:
            return None
        columns = REGISTRY.of(model).columns
        return {name: getattr(row, name) for name in columns if getattr(row, name) is not None}


def entries_of(
    store: Store, of: Store | None = None, audience: str | None = None, after: int = 0
) -> list[Entry]:
    """The entries of one laptop as a store holds them, village first."""
    replica = (of or store).replica
    with store.read() as session:
        return [
            entry
            for one in ([audience] if audience else ["village", "district", "case"])
            for entry in changelog.entries_after(
                session.connection(), (replica.device, replica.epoch), one, after, 100_000
            )
        ]


def send(source: Store, target: Store, *, of: Store | None = None, follow: bool = True) -> Applied:
    """Carry one laptop's entries to another."""
    applied = apply_entries(target, entries_of(source, of))
    if follow:
        carry_followers(target, applied.follow)
    return applied


def conflicts(store: Store) -> dict[tuple[bytes, str], frozenset]:
    """The values that wait for a decision, by record and register."""
    with store.read() as session:
        return {
            (one.record, one.field): frozenset(
                _plain(live.value) for live in (one.shown, *one.others)
            )
            for one in changelog.open_conflicts(session, store.registry)
        }


def _plain(value: object) -> object:
    return tuple(sorted(value.items())) if isinstance(value, dict) else value


def digests(store: Store) -> tuple[str, ...]:
    """One digest a kind."""
    with store.read() as session:
        return tuple(changelog.digest(session, kind) for kind in store.registry.kinds)


def sql(store: Store, statement: str, *args: object) -> list[tuple]:
    """Ask the store's tables."""
    with store.read() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(statement, args)]
