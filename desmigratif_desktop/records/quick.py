"""Plain statements on the transaction's own connection, without the ORM's wrapping.

A save sends some twenty small statements and an apply twenty thousand; each costs five
to ten times less when it goes to the driver directly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Rows:
    """The answer to one statement, with the few readings that the machinery uses."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def all(self) -> list[Any]:
        """Every row."""
        found: list[Any] = self._cursor.fetchall()
        return found

    def one_or_none(self) -> Any:
        """The only row, if there is one."""
        return self._cursor.fetchone()

    def scalar_one(self) -> Any:
        """The first column of the row that must be there."""
        return self._cursor.fetchone()[0]

    def scalar_one_or_none(self) -> Any:
        """The first column, if there is a row."""
        row = self._cursor.fetchone()
        return None if row is None else row[0]

    def mappings(self) -> Named:
        """The rows by column name."""
        return Named(self._cursor)


class Named:
    """Rows by column name."""

    __slots__ = ("_cursor", "_names")

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._names = [one[0] for one in cursor.description]

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        names = self._names
        return (dict(zip(names, row, strict=True)) for row in self._cursor)

    def all(self) -> list[Mapping[str, Any]]:
        """Every row."""
        return list(self)

    def one(self) -> Mapping[str, Any]:
        """The row that must be there."""
        return next(iter(self))

    def one_or_none(self) -> Mapping[str, Any] | None:
        """The only row, if there is one."""
        return next(iter(self), None)


class Quick:
    """Speaks like an SQLAlchemy connection's `exec_driver_sql`, to the driver itself."""

    __slots__ = ("_raw",)

    def __init__(self, connection: Any) -> None:
        self._raw = connection.connection.driver_connection

    def exec_driver_sql(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        """Run one statement; a list of tuples runs it once for each."""
        if isinstance(values, list):
            return Rows(self._raw.executemany(statement, values))
        return Rows(self._raw.execute(statement, values))
