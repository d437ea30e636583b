"""The backup file: manifest, slots and the encrypted database, in a plain tar.

It opens with an officer's passphrase or the recovery sheet, on any laptop. The manifest
is sealed with a code under the data key, so a changed backup is refused, not restored.

Source: security design §6.10. The file carries no personal data outside the cipher
except the officers' names of the slots.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import re
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from desmigratif_desktop.foundation.errors import StoreDamagedError, StoreTooNewError
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.connection import connect, translated
from desmigratif_desktop.records.kinds import Registry
from desmigratif_desktop.records.self_check import check_handle

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.records.keys import OfficeLabel, OpenedKeys

SUFFIX: Final = ".cadangan"
MANIFEST, SLOTS, DATA = "manifest.json", "slots.json", "data.db"
MAX_MANIFEST_BYTES: Final = 1024 * 1024
_NAME: Final = re.compile(
    r"Desmigratif-(\d{10})-([A-Z])-(\d{8}-\d{6})" + re.escape(SUFFIX), re.ASCII
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        village: 10-digit code.
        laptop: "A", "B" or "C".
        at: time of making, UTC ISO text.
        counts: rows per kind.
        data_hash: BLAKE2b-256 of the database, hex.
        data_bytes: its size.
        store: store id in hex.
    """

    village: str
    laptop: str
    at: str
    counts: dict[str, int]
    data_hash: str
    data_bytes: int
    store: str


def name_of(village: str, laptop: str, moment: datetime) -> str:
    """The name of a backup's file."""
    return f"Desmigratif-{village}-{laptop}-{moment:%Y%m%d-%H%M%S}{SUFFIX}"


def made_at(name: str) -> datetime | None:
    """When a backup was made, by its name; None = not a backup's name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found.group(3), "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def backups_of(
    target: Path, village: str | None = None, laptop: str | None = None
) -> list[tuple[datetime, Path]]:
    """The backups in a folder, the oldest first.

    Args:
        target: the folder; a missing one holds none.
        village: only those of this village.
        laptop: only those of this laptop.
    """
    found = []
    for path in target.glob(f"Desmigratif-*{SUFFIX}"):
        moment, parts = made_at(path.name), _NAME.fullmatch(path.name)
        if moment is None or parts is None:
            continue
        if village in (None, parts.group(1)) and laptop in (None, parts.group(2)):
            found.append((moment, path))
    return sorted(found)


def newest(target: Path) -> Path | None:
    """The newest backup in a folder, by its name's time."""
    found = backups_of(target)
    return found[-1][1] if found else None


def hash_file(path: Path) -> str:
    """BLAKE2b-256 of a file, hex."""
    found = hashlib.blake2b(digest_size=32)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def _seal(manifest: Manifest, slots: bytes, data_key: bytes) -> str:
    key = hashlib.blake2b(b"backup", key=data_key, digest_size=32).digest()
    body = json.dumps(
        {name: getattr(manifest, name) for name in Manifest.__slots__}, sort_keys=True
    )
    return hashlib.blake2b(body.encode() + slots, key=key, digest_size=32).hexdigest()


def write_backup(path: Path, copy: Path, manifest: Manifest, slots: bytes, data_key: bytes) -> None:
    """Write a backup file durably and read it back.

    Raises:
        OSError: the place did not take it.
        StoreDamagedError: what was read back is not what was written.
    """
    content = {name: getattr(manifest, name) for name in Manifest.__slots__}
    content["seal"] = _seal(manifest, slots, data_key)
    with path.open("wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            _add(tar, MANIFEST, json.dumps(content, sort_keys=True, indent=1).encode())
            _add(tar, SLOTS, slots)
            member = tarfile.TarInfo(DATA)
            member.size = copy.stat().st_size
            with copy.open("rb") as data:
                tar.addfile(member, data)
        file.flush()
        os.fsync(file.fileno())
    with open_backup(path) as opened:
        if opened.data_hash() != manifest.data_hash:
            raise StoreDamagedError(
                "Cadangan tidak terbaca kembali dengan benar.", "Pakai diska lain."
            )


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


class OpenedBackup:
    """A backup file, opened for reading; its manifest is not trusted before its seal is.

    Attributes:
        manifest: what it says of itself.
        slots: the slot file inside, raw.
        seal: its seal, hex.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._tar = tarfile.open(path, "r:")  # noqa: SIM115 - closed by __exit__
        except (OSError, tarfile.TarError, ValueError):
            raise _not_a_backup() from None
        try:
            content = json.loads(self._small(MANIFEST))
            self.slots = self._small(SLOTS)
            self.seal = str(content.pop("seal"))
            self.manifest = Manifest(**content)
            data = self._tar.getmember(DATA)
            is_whole = data.size == self.manifest.data_bytes and data.isfile()
            datetime.fromisoformat(self.manifest.at)
        except (OSError, tarfile.TarError, KeyError, TypeError, ValueError, AttributeError):
            is_whole = False
        if not is_whole:
            self._tar.close()
            raise _not_a_backup()

    def _small(self, name: str) -> bytes:
        member = self._tar.getmember(name)
        file = self._tar.extractfile(member)
        if member.size > MAX_MANIFEST_BYTES or file is None:
            raise KeyError(name)
        return file.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tar.close()

    def label(self) -> OfficeLabel:
        """The village's name and what else stands on the sign-in page.

        Raises:
            StoreDamagedError: its slots cannot be read.
        """
        return key_slots.decode_slots(self.slots).label

    def officers(self) -> tuple[str, ...]:
        """The officers whose passphrase opens it.

        Raises:
            StoreDamagedError: its slots cannot be read.
        """
        return tuple(one.name for one in key_slots.decode_slots(self.slots).officers)

    def data_hash(self) -> str:
        """Hash the database inside."""
        file = self._tar.extractfile(DATA)
        found = hashlib.blake2b(digest_size=32)
        while file is not None and (block := file.read(1 << 20)):
            found.update(block)
        return found.hexdigest()

    def is_sealed_by(self, data_key: bytes) -> bool:
        """Whether manifest and slots are as the holder of this key wrote them."""
        return hmac.compare_digest(self.seal, _seal(self.manifest, self.slots, data_key))

    def unlock(self, secret: str | bytes, scratch: Path) -> OpenedKeys:
        """Open the slots inside and check the seal.

        Args:
            secret: passphrase, or the 20 bytes of the recovery code.
            scratch: an empty folder for the slot file.

        Raises:
            WrongPassphraseError: no slot opens.
            StoreDamagedError: the backup was changed.
        """
        (scratch / key_slots.SLOTS_FILE).write_bytes(self.slots)
        (scratch / key_slots.SLOTS_COPY).write_bytes(self.slots)
        opened = key_slots.unlock(scratch, secret)
        if not self.is_sealed_by(opened.data_key):
            raise changed()
        return opened

    def extract(self, path: Path) -> None:
        """Write the database out and compare its hash.

        Raises:
            StoreDamagedError: it was changed or cut.
        """
        file = self._tar.extractfile(DATA)
        with path.open("wb") as out:
            while file is not None and (block := file.read(1 << 20)):
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        if hash_file(path) != self.manifest.data_hash:
            raise changed()


def _not_a_backup() -> StoreDamagedError:
    return StoreDamagedError(
        "Berkas itu bukan cadangan Desmigratif atau terpotong.", "Pilih berkas cadangan yang lain."
    )


def changed() -> StoreDamagedError:
    """The refusal of a backup that is not what its seal says."""
    return StoreDamagedError(
        "Isi cadangan itu tidak cocok dengan segelnya.",
        "Pilih berkas cadangan yang lain; data di laptop ini tidak diubah.",
    )


def open_backup(path: Path) -> OpenedBackup:
    """Open a backup file.

    Raises:
        StoreDamagedError: not a backup, or cut short.
    """
    return OpenedBackup(path)


def check_extracted(
    path: Path, keys: OpenedKeys, registry: Registry, wanted: dict[str, int]
) -> None:
    """Check an extracted database whole and compare its counts.

    A kind that this program has and an older backup has not is no difference.

    Raises:
        StoreTooNewError: a newer program made it.
        StoreDamagedError: it does not pass.
    """
    known = [kind for kind in registry.kinds if kind.name in wanted]
    if len(known) < len(wanted.keys() - {"entry"}):
        raise StoreTooNewError(
            "Cadangan itu dibuat oleh Desmigratif yang lebih baru.",
            "Pasang versi yang sama atau lebih baru, lalu pulihkan lagi.",
        )
    handle: Any = connect(path, keys)
    try:
        with translated():
            found = check_handle(handle, Registry([kind.model for kind in known]))
    finally:
        handle.close()
    if found.faults or any(found.counts.get(name) != count for name, count in wanted.items()):
        raise changed()
