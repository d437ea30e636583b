from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from desmigratif_desktop.foundation import place_check
from desmigratif_desktop.foundation.errors import UnsafePlaceError
from desmigratif_desktop.foundation.place_check import check_place, find_mount, parse_mounts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the mount table of Linux")

ROOT = "22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n"


def table(kind: str, point: str = "/data", device: str = "8:17") -> str:
    return f"{ROOT}40 22 {device} / {point} rw,nosuid shared:9 master:2 - {kind} /dev/x rw\n"


def refusal(place, text: str, **more) -> str:
    with pytest.raises(UnsafePlaceError) as refused:
        check_place(Path(place), mount_table=text, **more)
    assert refused.value.advice
    return refused.value.sentence


@pytest.mark.parametrize(
    ("kind", "word"),
    [("vfat", "VFAT"), ("msdos", "MSDOS"), ("exfat", "EXFAT"), ("cifs", "jaringan"), ("smb3", "jaringan"), ("nfs", "jaringan"),
     ("nfs4", "jaringan"), ("fuse.sshfs", "FUSE"), ("fuse.rclone", "FUSE"), ("fuse", "FUSE"), ("fuseblk", "FUSE"),
     ("fuse.onedriver", "FUSE"), ("vboxsf", "bersama"), ("9p", "bersama"), ("iso9660", "hanya dapat dibaca"), ("VFAT", "VFAT")],
)  # fmt: skip
def test_L07_refused_disks_name_the_reason(kind, word):
    assert word in refusal("/data/desmigratif", table(kind))


@pytest.mark.parametrize(
    "kind", ["ext4", "xfs", "btrfs", "ntfs3", "f2fs", "zfs", "overlay", "tmpfs", "apfs"]
)
def test_L07_sound_disks_are_taken(kind, tmp_path):
    check_place(Path("/data/desmigratif"), mount_table=table(kind), sys_folder=tmp_path)


def test_L07_the_nearest_mount_counts():
    text = table("ext4", "/data") + "41 40 8:33 / /data/stick rw - vfat /dev/y rw\n"
    check_place(Path("/data/here"), mount_table=text)
    check_place(Path("/data/stick2"), mount_table=text)
    assert "VFAT" in refusal("/data/stick/x", text)
    over = text + "42 41 8:2 / /data/stick rw - ext4 /dev/z rw\n"
    check_place(Path("/data/stick/x"), mount_table=over)


def test_L07_blanks_in_mount_points_are_read():
    assert "VFAT" in refusal("/data/USB A/x", table("vfat", "/data/USB\\040A"))


@pytest.mark.parametrize("point", ["/media/siti/STICK", "/run/media/siti/STICK"])
def test_L07_removable_disks_are_refused(point):
    assert "lepas" in refusal(f"{point}/x", table("ext4", point))


def test_L07_a_disk_on_usb_is_removable(tmp_path):
    disk = tmp_path / "devices/pci0000:00/usb1/1-2/block/sdb/sdb1"
    disk.mkdir(parents=True)
    (tmp_path / "dev/block").mkdir(parents=True)
    (tmp_path / "dev/block/8:17").symlink_to(disk)
    assert "lepas" in refusal("/data/x", table("ext4"), sys_folder=tmp_path)
    check_place(Path("/home/x"), mount_table=table("ext4"), sys_folder=tmp_path)


def test_L07_a_card_marked_removable_is_removable(tmp_path):
    part = tmp_path / "devices/mmc0/mmcblk0/mmcblk0p1"
    part.mkdir(parents=True)
    (part.parent / "removable").write_text("1\n")
    (tmp_path / "dev/block").mkdir(parents=True)
    (tmp_path / "dev/block/8:17").symlink_to(part)
    assert "lepas" in refusal("/data/x", table("ext4"), sys_folder=tmp_path)
    (part.parent / "removable").write_text("0\n")
    check_place(Path("/data/x"), mount_table=table("ext4"), sys_folder=tmp_path)


@pytest.mark.parametrize(
    "name",
    ["OneDrive", "OneDrive - Kantor Desa", "onedrive", "Dropbox", "Dropbox (Personal)", "Google Drive", "GoogleDrive",
     "GoogleDrive-a@b.id", "My Drive", "Drive Saya", "iCloudDrive", "Nextcloud", "MEGAsync"],
)  # fmt: skip
def test_L07_cloud_folders_are_refused(name, tmp_path):
    assert "awan" in refusal(tmp_path / name / "Desa" / "desmigratif", ROOT)


@pytest.mark.parametrize(
    "name", ["drive", "Megawati", "onedrivex", "Data Dropbox lama", "Kotak", "box"]
)
def test_L07_ordinary_folders_are_taken(name, tmp_path):
    check_place(tmp_path / name / "desmigratif", mount_table=ROOT)


def test_L07_cloud_markers_and_links_into_the_cloud_are_refused(tmp_path):
    marked = tmp_path / "Berkas"
    (marked / ".dropbox.cache").mkdir(parents=True)
    assert "awan" in refusal(marked / "desmigratif", ROOT)
    cloud = tmp_path / "OneDrive" / "x"
    cloud.mkdir(parents=True)
    (tmp_path / "innocent").symlink_to(cloud)
    assert "awan" in refusal(tmp_path / "innocent", ROOT)


def test_L07_a_symlinked_database_is_refused(tmp_path):
    (tmp_path / "real.bin").write_bytes(b"x")
    folder = tmp_path / "desmigratif"
    folder.mkdir()
    (folder / "desmigratif.db").symlink_to(tmp_path / "real.bin")
    assert "tautan ke tempat lain" in refusal(folder, ROOT)


def test_L07_two_hard_links_are_refused(tmp_path):
    folder = tmp_path / "desmigratif"
    folder.mkdir()
    (folder / "desmigratif.db").write_bytes(b"x")
    check_place(folder, mount_table=ROOT)
    os.link(folder / "desmigratif.db", tmp_path / "second.db")
    assert "dua nama" in refusal(folder, ROOT)


def test_L07_a_folder_that_is_a_link_to_a_sound_place_is_taken(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    check_place(tmp_path / "link", mount_table=ROOT)


@pytest.mark.parametrize("text", ["", "\n\n", "garbage", "1 2 3 - ", "a b c d e f g", ROOT[:30]])
def test_a_strange_mount_table_breaks_nothing(text, tmp_path):
    assert find_mount(Path("/x"), mount_table=text) is None
    check_place(tmp_path, mount_table=text)
    assert list(parse_mounts(text)) == []


def test_this_machine_answers(tmp_path):
    check_place(tmp_path / "desmigratif")
    told = [one.point for one in parse_mounts(Path("/proc/self/mountinfo").read_text("utf-8"))]
    in_a_changed_root = "/" not in told  # a chroot's own root is no mount point: nothing is told
    assert in_a_changed_root or find_mount(tmp_path) is not None


class FakeKernel:
    """The two calls of Windows that tell a drive's kind and file system."""

    def __init__(self, drive: int, kind: str) -> None:
        self.drive, self.kind = drive, kind

    def GetDriveTypeW(self, _point: str) -> int:
        return self.drive

    def GetVolumeInformationW(self, *given: object) -> int:
        given[6].value = self.kind
        return 1


@pytest.mark.parametrize(
    ("place", "drive", "kind", "word"),
    [
        ("E:\\data", 2, "FAT32", "FAT32"),
        ("E:\\data", 2, "NTFS", "lepas"),
        ("Z:\\data", 4, "NTFS", "jaringan"),
        ("D:\\data", 3, "exFAT", "EXFAT"),
        ("\\\\server\\share\\data", 1, "NTFS", "jaringan"),
        ("C:\\data", 3, "NTFS", ""),
        ("C:\\data", 3, "ReFS", ""),
    ],
)
def test_L07_drives_of_windows_are_judged_alike(monkeypatch, place, drive, kind, word):
    windows = SimpleNamespace(kernel32=FakeKernel(drive, kind))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    mount = place_check._windows_mount(PureWindowsPath(place))
    if not word:
        place_check._refuse_mount(mount)
        return
    with pytest.raises(UnsafePlaceError) as refused:
        place_check._refuse_mount(mount)
    assert word in refused.value.sentence
