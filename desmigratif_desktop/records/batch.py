"""New rows and log entries of one apply, written many at a time.

A first download is nothing but new rows. Written one by one they cost seven statements
each; gathered, a slice costs a handful. Whoever reads those tables flushes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desmigratif_desktop.records import search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from desmigratif_desktop.records.kinds import Kind
    from desmigratif_desktop.records.versions import LocalDot, Versions
    from desmigratif_sync.protocol.entries import Scalar, Value

CHUNK = 500


class Batch:
    """What waits to be written inside one transaction.

    A row names only the columns that some row of its batch fills: the driver takes 2 us
    to bind one NULL, and a person has thirty.
    """

    def __init__(self, connection: Any, versions: Versions) -> None:
        self._connection = connection
        self._versions = versions
        self._absent: set[bytes] = set()
        self._rows: dict[Kind, list[dict[str, Scalar]]] = {}
        self._made: list[tuple[bytes, int, LocalDot, int, int]] = []
        self._entries: list[tuple[Any, ...]] = []
        self._links: list[tuple[Any, ...]] = []
        self._unindexed: dict[bytes, tuple[Kind, dict[str, Scalar]]] = {}

    def expect(self, records: Iterable[bytes]) -> None:
        """Learn at once which of these records are not here yet."""
        wanted = list(set(records))
        self._absent.update(wanted)
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            marks = ",".join("?" * len(chunk))
            here = self._connection.exec_driver_sql(
                f"SELECT record FROM row_version WHERE record IN ({marks})", tuple(chunk)
            )
            self._absent.difference_update(row[0] for row in here)

    def is_absent(self, record: bytes) -> bool:
        """Whether a record is certainly neither here nor waiting to be written."""
        return record in self._absent

    def is_here(self, record: bytes) -> None:
        """Note that somebody wrote this record directly."""
        self._absent.discard(record)

    def make(
        self,
        kind: Kind,
        record: bytes,
        fields: Mapping[str, Value],
        version: tuple[LocalDot, int, int],
    ) -> None:
        """Gather a new row with its version: (dot, stamp, reach)."""
        columns: dict[str, Scalar] = {"id": record}
        for name, value in fields.items():
            columns |= kind.by_name[name].columns_of(value)
        self._absent.discard(record)
        self._rows.setdefault(kind, []).append(columns)
        self._made.append((record, kind.number, *version))
        if kind.search:
            self._unindexed[record] = (kind, columns)

    def log(self, entry: tuple[Any, ...], links: Iterable[tuple[Any, ...]]) -> None:
        """Gather an entry of the log with the records it touches."""
        self._entries.append(entry)
        self._links += links

    def flush(self) -> None:
        """Write everything gathered."""
        sql = self._connection.exec_driver_sql
        for kind, rows in self._rows.items():
            names = list(dict.fromkeys(name for row in rows for name in row))
            marks = ",".join("?" * len(names))
            values = [tuple(map(row.get, names)) for row in rows]
            sql(f"INSERT INTO {kind.table.name} ({', '.join(names)}) VALUES ({marks})", values)
        if self._made:
            self._versions.insert_rows(self._made)
        if self._entries:
            sql("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?)", self._entries)
        if self._links:
            sql("INSERT INTO entry_record VALUES (?,?,?,?)", self._links)
        for one in (self._rows, self._made, self._entries, self._links):
            one.clear()

    def index(self, later: Mapping[bytes, Kind]) -> None:
        """Make the new rows findable, but those that are indexed again anyhow."""
        kinds: dict[Kind, list[Mapping[str, Any]]] = {}
        for record, (kind, row) in self._unindexed.items():
            if record not in later:
                wanted = ("id", "state", *kind.search)
                kinds.setdefault(kind, []).append({name: row.get(name) for name in wanted})
        for kind, rows in kinds.items():
            search.index_new(self._connection, kind, rows)
        self._unindexed.clear()
