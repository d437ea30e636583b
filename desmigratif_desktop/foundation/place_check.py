"""Where the village's records must not lie.

A database with a write-ahead log is lost on FAT and exFAT sticks, network disks and
folders that a cloud program copies behind its back; a link lets two programs write
one file by two names. Such a folder is refused with its reason, never with a warning.

Source: redlist L07; security reference §3 (A15-A17); DESIGN §11 (a deny list).
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from desmigratif_desktop.foundation.errors import UnsafePlaceError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOUNT_TABLE: Final = Path("/proc/self/mountinfo")
ADVICE: Final = "Pilih folder di dalam disk laptop ini sendiri."

_FAT: Final = frozenset({"vfat", "msdos", "fat", "fat32", "exfat", "umsdos", "texfat"})
_NETWORK: Final = frozenset({
    "cifs", "smb", "smb2", "smb3", "smbfs", "nfs", "nfs3", "nfs4", "ncpfs", "afs", "ceph",
    "glusterfs", "lustre", "davfs", "davfs2", "webdav", "coda", "beegfs",
})  # fmt: skip
_SHARED: Final = frozenset({"vboxsf", "vmhgfs", "prl_fs", "virtiofs", "9p", "drvfs"})
_FUSE_ALLOWED: Final = frozenset({"fuse.fuse-overlayfs"})
_READ_ONLY: Final = frozenset({"iso9660", "udf", "squashfs", "romfs", "erofs"})
_REMOVABLE_MOUNTS: Final = ("/media/", "/run/media/")
_CLOUD_NAMES: Final = re.compile(
    r"onedrive(?: ?-.*| \(.*)?|dropbox(?: \(.*)?|google ?drive(?: \(.*)?|googledrive-.*"
    r"|my drive|drive saya|icloud ?drive|com~apple~clouddocs|nextcloud\d*|owncloud|megasync"
    r"|mega|pcloud ?drive|box sync|yandex\.?disk|synologydrive|seafile|syncthing"
)
_CLOUD_MARKERS: Final = (
    ".dropbox", ".dropbox.cache", ".stfolder", ".nextcloudsync.log", ".owncloudsync.log",
    ".tmp.drivedownload", ".tmp.driveupload", ".seafile-data",
)  # fmt: skip
_OCTAL = re.compile(r"\\([0-7]{3})")
_GUARDED_SUFFIXES: Final = (".db", ".db-wal", ".db-shm", ".sqlite", ".sqlite3", ".json", ".bak")


@dataclass(frozen=True, slots=True)
class Mount:
    """The disk a folder lies on.

    Attributes:
        point: where it is mounted ("/", a drive letter).
        kind: name of its file system in lower case.
        device: "8:1" (major:minor); "" when unknown.
        is_removable: a stick, a card, a disk on USB.
        is_remote: on another computer.
    """

    point: str
    kind: str
    device: str = ""
    is_removable: bool = False
    is_remote: bool = False


def check_place(
    folder: Path, *, mount_table: str | None = None, sys_folder: Path = Path("/sys")
) -> None:
    """Refuse a folder in which the store must not be opened for writing.

    Args:
        folder: the folder; it need not exist yet.
        mount_table: text of `/proc/self/mountinfo`; without it the system is asked.
        sys_folder: where the kernel describes its disks.

    Raises:
        UnsafePlaceError: names the reason.
    """
    _refuse_links(folder)
    place = folder.resolve()
    _refuse_cloud(folder)
    _refuse_cloud(place)
    mount = find_mount(place, mount_table=mount_table, sys_folder=sys_folder)
    if mount is not None:
        _refuse_mount(mount)


def find_mount(
    place: Path, *, mount_table: str | None = None, sys_folder: Path = Path("/sys")
) -> Mount | None:
    """The disk a resolved path lies on; None when the system does not tell."""
    if os.name == "nt" and mount_table is None:
        return _windows_mount(place)
    text = mount_table if mount_table is not None else _read_text(MOUNT_TABLE)
    best: Mount | None = None
    for mount in parse_mounts(text):
        if _contains(mount.point, str(place)) and (
            best is None or len(mount.point) >= len(best.point)
        ):
            best = mount
    if best is None:
        return None
    is_removable = best.point.startswith(_REMOVABLE_MOUNTS) or (
        best.point != "/" and _is_on_usb(best.device, sys_folder)
    )
    return Mount(best.point, best.kind, best.device, is_removable, best.is_remote)


def parse_mounts(text: str) -> Iterator[Mount]:
    """Read the lines of a mount table in the form of `/proc/self/mountinfo`."""
    for line in text.splitlines():
        left, dash, right = line.partition(" - ")
        fields, kinds = left.split(" "), right.split(" ")
        if dash and len(fields) >= 6 and kinds[0]:  # noqa: PLR2004 - proc(5) names six
            kind = kinds[0].lower()
            yield Mount(_unescape(fields[4]), kind, fields[2], is_remote=kind in _NETWORK)


def cloud_name(place: Path) -> str:
    """The part of a path that a cloud program copies; "" when there is none."""
    for one in (place, *place.parents):
        if _CLOUD_NAMES.fullmatch(one.name.casefold().strip()):
            return one.name
        if any((one / marker).exists() for marker in _CLOUD_MARKERS):
            return one.name or str(one)
    return ""


def _refuse_mount(mount: Mount) -> None:
    if mount.kind in _FAT:
        _refuse(f"Disk di {mount.point} memakai format {mount.kind.upper()} yang tidak aman.")
    if mount.is_remote or mount.kind in _NETWORK:
        _refuse(f"Folder ini berada di jaringan ({mount.kind.upper()}), bukan di laptop ini.")
    if mount.kind in _SHARED and mount.point != "/":
        _refuse(f"Folder ini adalah folder bersama dari komputer lain ({mount.kind}).")
    if mount.kind.startswith("fuse") and mount.kind not in _FUSE_ALLOWED:
        _refuse(f"Disk di {mount.point} dipasang lewat perantara (FUSE) yang tidak aman.")
    if mount.kind in _READ_ONLY:
        _refuse(f"Disk di {mount.point} hanya dapat dibaca.")
    if mount.is_removable:
        _refuse("Folder ini berada di disk lepas (USB atau kartu) yang dapat tercabut.")


def _refuse_cloud(place: Path) -> None:
    name = cloud_name(place)
    if name:
        _refuse(f'Folder "{name}" disalin oleh program awan; basis data akan rusak di sana.')


def _refuse_links(folder: Path) -> None:
    """No file of the store may be a symbolic link or have a second name."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if not entry.name.endswith(_GUARDED_SUFFIXES):
            continue
        if entry.is_symlink():
            _refuse(f"Berkas {entry.name} hanyalah tautan ke tempat lain.")
        try:
            facts = Path(entry.path).lstat()  # scandir gives no link count on Windows
        except FileNotFoundError:  # another process has just closed the store
            continue
        if stat.S_ISREG(facts.st_mode) and facts.st_nlink > 1:
            _refuse(f"Berkas {entry.name} mempunyai dua nama (tautan keras).")


def _contains(point: str, place: str) -> bool:
    return point in {"/", place} or place.startswith(f"{point.rstrip('/')}/")


def _is_on_usb(device: str, sys_folder: Path) -> bool:
    if not device or device.startswith("0:"):
        return False
    try:
        real = (sys_folder / "dev" / "block" / device).resolve(strict=True)
    except OSError:
        return False
    disks = (real, real.parent)
    return "/usb" in str(real) or any(_read_text(one / "removable").strip() == "1" for one in disks)


def _windows_mount(place: Path) -> Mount | None:
    """Ask Windows what kind of drive and file system a path lies on."""
    import ctypes  # noqa: PLC0415 - needed on Windows alone

    point = place.anchor
    if point.startswith("\\\\"):
        return Mount(point, "smb", is_remote=True)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent elsewhere
    drive = int(kernel.GetDriveTypeW(point))
    name = ctypes.create_unicode_buffer(64)
    known = kernel.GetVolumeInformationW(point, None, 0, None, None, None, name, len(name))
    kind = name.value.lower() if known else ""
    return Mount(point, kind, is_removable=drive == 2, is_remote=drive == 4)  # noqa: PLR2004


def _unescape(text: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), text)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _refuse(sentence: str) -> NoReturn:
    raise UnsafePlaceError(sentence, ADVICE)
