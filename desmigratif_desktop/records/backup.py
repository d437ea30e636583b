"""Backups: an encrypted copy beside its slots, verified before it counts.

A backup is one file: manifest, slots and the encrypted database, in a plain tar. It
opens with an officer's passphrase or the recovery sheet, on any laptop. The manifest is
sealed with a code under the data key, so a changed backup is refused, not restored.

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
import secrets
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import sqlcipher3

from desmigratif_desktop.foundation.durable_files import move_durably
from desmigratif_desktop.foundation.errors import DiskFullError, KnownError, StoreDamagedError
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.connection import connect, translated
from desmigratif_desktop.records.engine import DATABASE, Store
from desmigratif_desktop.records.self_check import check_handle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desmigratif_desktop.records.keys import OpenedKeys
    from desmigratif_desktop.records.kinds import Registry

SUFFIX = ".cadangan"
MANIFEST, SLOTS, DATA = "manifest.json", "slots.json", "data.db"
SPARE_BYTES = 200 * 1024 * 1024
KEEP_LATEST = 14
MAX_MANIFEST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was verified.

    Attributes:
        path: the file.
        at: local time of making, ISO text.
        size: bytes.
        counts: rows per kind inside.
    """

    path: Path
    at: str
    size: int
    counts: dict[str, int]


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


def make_backup(
    store: Store, target: Path, *, progress: Callable[[int, int], None] | None = None
) -> BackupMade:
    """Make and verify a backup.

    Args:
        store: the opened store.
        target: folder for the file; made when missing.
        progress: called with (pages done, pages in all) while copying.

    Raises:
        DiskFullError: less free than twice the database and 200 MB.
        KnownError: the copy did not pass its checks; it was thrown away.
    """
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    size = store.path.stat().st_size
    store.require_space(
        2 * size + SPARE_BYTES if target.stat().st_dev == store.folder.stat().st_dev else 0
    )
    moment = datetime.fromtimestamp(max(store.clock.millis(), 0) / 1000, UTC)
    stamp = f"{moment:%Y%m%d-%H%M%S}"
    copy = target / f".{secrets.token_hex(8)}.db"
    try:
        counts = _copy_verified(store, copy, progress)
        manifest = _describe(store, copy, counts, moment.isoformat(timespec="seconds"))
        name = f"Desmigratif-{store.replica.village}-{store.replica.laptop}-{stamp}{SUFFIX}"
        path = _pack(store, copy, manifest, target / name)
    except OSError as error:
        raise DiskFullError(
            "Cadangan tidak dapat ditulis ke tempat itu.",
            "Periksa ruang dan sambungan diska; cadangan lama tetap ada.",
        ) from error
    finally:
        for rest in target.glob(copy.name + "*"):
            rest.unlink(missing_ok=True)
    key_slots.update_label(
        store.folder, store.keys, last_backup=moment.isoformat(timespec="seconds")
    )
    _prune(target)
    return BackupMade(path, manifest.at, path.stat().st_size, counts)


def _copy_verified(
    store: Store, copy: Path, progress: Callable[[int, int], None] | None
) -> dict[str, int]:
    target = sqlcipher3.connect(str(copy), isolation_level=None)
    try:
        target.execute(f"PRAGMA key=\"x'{store.keys.pragma_hex}'\"")
        target.execute("PRAGMA cipher_log_level=NONE")
        with store.raw_handle() as source:
            source.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            source.backup(
                target,
                pages=2_000,
                sleep=0,
                progress=lambda _, left, total: progress and progress(total - left, total),
            )
    finally:
        target.close()
    handle = connect(copy, store.keys)
    try:
        found = check_handle(handle, store.registry)
        handle.execute("PRAGMA journal_mode=DELETE")
    finally:
        handle.close()
    if found.faults:
        raise KnownError(
            "Salinan cadangan tidak lulus pemeriksaan, jadi tidak disimpan.",
            "Coba lagi; bila terulang, periksa diska.",
        )
    return found.counts


def _describe(store: Store, copy: Path, counts: dict[str, int], at: str) -> Manifest:
    replica = store.replica
    return Manifest(
        replica.village,
        replica.laptop,
        at,
        counts,
        _hash_file(copy),
        copy.stat().st_size,
        replica.store.hex(),
    )


def _hash_file(path: Path) -> str:
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


def _pack(store: Store, copy: Path, manifest: Manifest, path: Path) -> Path:
    slots = (store.folder / key_slots.SLOTS_FILE).read_bytes()
    content = {name: getattr(manifest, name) for name in Manifest.__slots__}
    content["seal"] = _seal(manifest, slots, store.keys.data_key)
    fresh = path.with_name(copy.name + ".tar")
    with fresh.open("wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            _add(tar, MANIFEST, json.dumps(content, sort_keys=True, indent=1).encode())
            _add(tar, SLOTS, slots)
            member = tarfile.TarInfo(DATA)
            member.size = copy.stat().st_size
            with copy.open("rb") as data:
                tar.addfile(member, data)
        file.flush()
        os.fsync(file.fileno())
    with open_backup(fresh) as opened:
        if opened.data_hash() != manifest.data_hash:
            raise KnownError("Cadangan tidak terbaca kembali dengan benar.", "Pakai diska lain.")
    move_durably(fresh, path)
    return path


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


def _prune(target: Path) -> None:
    found = sorted(target.glob(f"Desmigratif-*{SUFFIX}"), key=lambda one: one.name[-31:])
    for old in found[:-KEEP_LATEST]:
        old.unlink(missing_ok=True)


class OpenedBackup:
    """A backup file, opened for reading; its manifest is not trusted before `unlock`."""

    def __init__(self, path: Path) -> None:
        try:
            self._tar = tarfile.open(path, "r:")  # noqa: SIM115 - closed by __exit__
            content = json.loads(self._small(MANIFEST))
            self.slots = self._small(SLOTS)
            self.seal = str(content.pop("seal"))
            self.manifest = Manifest(**content)
            data = self._tar.getmember(DATA)
        except (OSError, tarfile.TarError, KeyError, TypeError, ValueError):
            raise _not_a_backup() from None
        if data.size != self.manifest.data_bytes or not data.isfile():
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

    def data_hash(self) -> str:
        """Hash the database inside."""
        file = self._tar.extractfile(DATA)
        found = hashlib.blake2b(digest_size=32)
        while file is not None and (block := file.read(1 << 20)):
            found.update(block)
        return found.hexdigest()

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
        if not hmac.compare_digest(self.seal, _seal(self.manifest, self.slots, opened.data_key)):
            raise _changed()
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
        if _hash_file(path) != self.manifest.data_hash:
            raise _changed()


def _not_a_backup() -> StoreDamagedError:
    return StoreDamagedError(
        "Berkas itu bukan cadangan Desmigratif atau terpotong.", "Pilih berkas cadangan yang lain."
    )


def _changed() -> StoreDamagedError:
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

    Raises:
        StoreDamagedError: it does not pass.
    """
    handle: Any = connect(path, keys)
    try:
        with translated():
            found = check_handle(handle, registry)
    finally:
        handle.close()
    shared = {name: count for name, count in found.counts.items() if name in wanted}
    if found.faults or any(wanted[name] != count for name, count in shared.items()):
        raise _changed()


def newest(target: Path) -> Path | None:
    """The newest backup in a folder, by its name's time."""
    stamp = re.compile(r"-(\d{8}-\d{6})" + re.escape(SUFFIX) + "$")
    found = [
        (match.group(1), one)
        for one in target.glob(f"*{SUFFIX}")
        if (match := stamp.search(one.name))
    ]
    return max(found)[1] if found else None


__all__ = [
    "DATABASE",
    "BackupMade",
    "Manifest",
    "OpenedBackup",
    "check_extracted",
    "make_backup",
    "newest",
    "open_backup",
]
