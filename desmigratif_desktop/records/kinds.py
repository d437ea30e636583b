"""Kinds of synced records: how a mapped class tells the change log its fields.

A class derived from `Synced` names its kind and numbers its fields once and for ever:
capture, fold, merge, search, export and the wire read nothing else. A number or a name
is never used again for another meaning.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import BLOB, INTEGER, TEXT, Column, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from desmigratif_sync.protocol.entries import Audience, Scalar, Value

STATE_FIELD = 1


class Base(DeclarativeBase):
    """Base of all mapped classes of the laptop's store."""

    metadata = MetaData()


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that are one register: they change together or conflict together.

    Attributes:
        number: the register's field number.
        members: column names, in order.
    """

    number: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindSpec:
    """What a mapped class says of itself.

    Attributes:
        number: the kind's number in local tables, unique in the house (catalogue test).
        name: the kind's name on the wire.
        audience: the narrowest audience of a new record.
        groups: coupled columns, by register name.
        search: columns whose text finds the record; empty = not searchable.
        aggregate: column holding the id of the record this one belongs to (a bulk act
            makes one entry per aggregate); None = it stands alone.
    """

    number: int
    name: str
    audience: Audience = Audience.VILLAGE
    groups: Mapping[str, Group] = ()  # type: ignore[assignment]
    search: tuple[str, ...] = ()
    aggregate: str | None = None


def text_field(number: int, **kwargs: Any) -> Mapped[str | None]:
    """Declare a text column that syncs under this field number."""
    return mapped_column(TEXT, info={"field": number}, nullable=True, **kwargs)


def int_field(number: int, **kwargs: Any) -> Mapped[int | None]:
    """Declare a whole-number column that syncs under this field number."""
    return mapped_column(INTEGER, info={"field": number}, nullable=True, **kwargs)


def id_field(number: int, **kwargs: Any) -> Mapped[bytes | None]:
    """Declare a reference to another record by id (no foreign key: audiences differ)."""
    return mapped_column(BLOB, info={"field": number}, nullable=True, **kwargs)


class Synced(Base):
    """A record that syncs: 16-byte id, and a state (None = live, 'undone', 'merged')."""

    __abstract__ = True
    __kind__: ClassVar[KindSpec]
    __table_args__: Any = {"sqlite_strict": True}  # noqa: RUF012 - SQLAlchemy reads this name

    id: Mapped[bytes] = mapped_column(BLOB, primary_key=True)
    state: Mapped[str | None] = mapped_column(TEXT, info={"field": STATE_FIELD}, nullable=True)


@dataclass(frozen=True, slots=True)
class Register:
    """One unit of versioning: a column, or a group of coupled columns.

    Attributes:
        number: field number, also the bit that captures it.
        name: name on the wire.
        members: column names; one for a plain field.
    """

    number: int
    name: str
    members: tuple[str, ...]
    is_group: bool

    def value_of(self, row: Mapping[str, Scalar]) -> Value:
        """Read this register from a row of columns; an all-empty group is None."""
        if not self.is_group:
            return row[self.members[0]]
        value = {name: row[name] for name in self.members}
        return value if any(one is not None for one in value.values()) else None

    def columns_of(self, value: Value) -> dict[str, Scalar]:
        """Spread a register's value over its columns; unknown group members are dropped."""
        if not self.is_group:
            return {self.members[0]: value}  # type: ignore[dict-item]
        members = value if isinstance(value, Mapping) else {}
        return {name: members.get(name) for name in self.members}


class Kind:
    """One kind as the machinery sees it, read once from its mapped class."""

    def __init__(self, model: type[Synced]) -> None:
        spec = model.__kind__
        self.model = model
        self.number = spec.number
        self.name = spec.name
        self.audience = spec.audience
        self.search = spec.search
        self.aggregate = spec.aggregate
        self.table: Table = model.__table__  # type: ignore[assignment]
        self.groups = dict(spec.groups or {})
        self.column_numbers = {
            column.name: column.info["field"]
            for column in self.table.columns
            if "field" in column.info
        }
        self.registers = tuple(self._registers())
        self.by_name = {one.name: one for one in self.registers}
        self.by_column = {name: one for one in self.registers for name in one.members}
        self.columns = tuple(self.column_numbers)

    def _registers(self) -> Iterable[Register]:
        grouped = {name for group in self.groups.values() for name in group.members}
        for name, number in self.column_numbers.items():
            if name not in grouped:
                yield Register(number, name, (name,), is_group=False)
        for name, group in self.groups.items():
            yield Register(group.number, name, group.members, is_group=True)

    def column(self, name: str) -> Column[Any]:
        """The table's column of this name."""
        return self.table.columns[name]


@functools.cache
def kind_of(model: type[Synced]) -> Kind:
    """The kind of a mapped class."""
    return Kind(model)


class Registry:
    """All kinds this program knows, in catalogue order."""

    def __init__(self, models: Iterable[type[Synced]]) -> None:
        self.kinds = tuple(kind_of(model) for model in models)
        self.by_number = {kind.number: kind for kind in self.kinds}
        self.by_name = {kind.name: kind for kind in self.kinds}
        self.by_model = {kind.model: kind for kind in self.kinds}
        if not len(self.kinds) == len(self.by_number) == len(self.by_name):
            raise ValueError("two kinds share a number or a name")

    def of(self, model: type[Synced]) -> Kind:
        """The kind of a mapped class."""
        return self.by_model[model]
