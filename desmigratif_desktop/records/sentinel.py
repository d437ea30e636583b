"""A mark beside the database: how far this laptop had come. An older file cannot hide.

Somebody copies yesterday's database file back. Its sequence numbers would be issued a
second time, with other content, and every replica would refuse one of the two. The mark
holds device, epoch and the last entry of each stream; when the database is behind it, the
laptop takes a new epoch before anything is written, and says so.

The mark is written after the entries are on disk, so a power cut never makes it lie.
Source: redlist L14; DESIGN "Epoch".
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation.durable_files import write_durably
from desmigratif_desktop.records.versions import AUDIENCES

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.records.device import Replica

SENTINEL: Final = "penanda.json"
MOST_BYTES: Final = 64 * 1024
_OWN: Final = (
    "SELECT audience, seq, act, hlc, body FROM entry"
    " WHERE author = (SELECT no FROM author WHERE device=? AND epoch=?) AND audience=?"
)
_TEXTS: Final = ("store", "device", "epoch", "at", "exchanged_at")
_LAST: Final = f"{_OWN} ORDER BY seq DESC LIMIT 1"
_ONE: Final = f"{_OWN} AND seq=?"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a laptop had come.

    Attributes:
        store: which store, hex.
        device, epoch: whose entries, hex.
        at: when the mark was written, UTC ISO text.
        exchanged_at: the last exchange, UTC ISO text; "" = never.
        heads: per audience number the last own entry: (seq, hash).
    """

    store: str
    device: str
    epoch: str
    at: str
    exchanged_at: str = ""
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)


def read_mark(folder: Path) -> Mark | None:
    """The mark beside a database; None = none that can be read."""
    try:
        raw = (folder / SENTINEL).read_bytes()
        content = json.loads(raw) if len(raw) <= MOST_BYTES else {}
        heads = {str(one): (int(seq), str(name)) for one, (seq, name) in content["heads"].items()}
        given = {name: str(content[name]) for name in _TEXTS}
        return Mark(heads=heads, **given)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_mark(
    folder: Path, connection: Any, replica: Replica, millis: int, *, exchanged: bool = False
) -> None:
    """Write how far the database has come; a disk that refuses it changes nothing.

    Args:
        folder: the store's folder.
        connection: reads the committed entries.
        replica: this laptop.
        millis: the time.
        exchanged: whether an exchange just ended.
    """
    own = (replica.device, replica.epoch)
    at = datetime.fromtimestamp(max(millis, 0) / 1000, UTC).isoformat(timespec="seconds")
    before = read_mark(folder)
    told = before.exchanged_at if before is not None else ""
    found = (
        connection.exec_driver_sql(_LAST, (*own, one)).one_or_none()
        for one in range(len(AUDIENCES))
    )
    content = {
        "v": 1,
        "store": replica.store.hex(),
        "device": replica.device.hex(),
        "epoch": replica.epoch.hex(),
        "at": at,
        "exchanged_at": at if exchanged else told,
        "heads": {str(row[0]): [row[1], _hash(row)] for row in found if row is not None},
    }
    with contextlib.suppress(OSError):
        write_durably(folder / SENTINEL, json.dumps(content, sort_keys=True).encode())


def is_behind(mark: Mark, connection: Any, replica: Replica) -> bool:
    """Whether the database is an older or another one than the mark beside it."""
    if mark.store != replica.store.hex():
        return False
    if (mark.device, mark.epoch) != (replica.device.hex(), replica.epoch.hex()):
        return True
    for audience, (seq, name) in mark.heads.items():
        wanted = (replica.device, replica.epoch, int(audience), seq)
        row = connection.exec_driver_sql(_ONE, wanted).one_or_none()
        if row is None or _hash(row) != name:
            return True
    return False


def forget_mark(folder: Path) -> None:
    """Let the mark go when the laptop's identity is changed on purpose."""
    (folder / SENTINEL).unlink(missing_ok=True)


def _hash(row: Any) -> str:
    found = hashlib.blake2b(digest_size=16)
    for part in row:
        found.update(part if isinstance(part, bytes) else str(part).encode())
        found.update(b"|")
    return found.hexdigest()
