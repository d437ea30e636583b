"""The labelled stick: proven there, older ones untouched when it is pulled."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from desmigratif_desktop.foundation.errors import DiskFullError, KnownError, NotFoundError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import backup, backup_stick, keys
from kit import store_kit
from kit.store_kit import VILLAGE


@pytest.fixture
def stick(tmp_path) -> Path:
    place = tmp_path / "flash"
    place.mkdir()
    backup_stick.label_stick(place, VILLAGE, "Desa Kertasmaya")
    return place


@pytest.fixture
def post(store, monkeypatch):
    monkeypatch.setattr(keys, "ARGON2_MEMORY_KIB", 8)
    monkeypatch.setattr(keys, "ARGON2_PASSES", 1)
    store_kit.with_slots(store)
    store_kit.add(store, new_id(), name="Siti")
    yield store
    store_kit._slot.cache_clear()


@pytest.fixture
def made(post, tmp_path) -> Path:
    return backup.make_backup(post, tmp_path / "cadangan").path


def files(stick: Path) -> set[str]:
    return {one.name for one in stick.iterdir()}


def test_a_copy_is_proven_on_the_stick(post, made, stick) -> None:
    assert backup_stick.last_copy(post) == ""
    copied = backup_stick.copy_to_stick(post, made, stick)
    assert copied.path.read_bytes() == made.read_bytes()
    assert files(stick) == {backup_stick.LABEL, made.name}
    assert backup_stick.last_copy(post) == copied.at
    again = backup_stick.copy_to_stick(post, made, stick)
    assert again.path == copied.path


def test_a_folder_without_the_label_is_never_written_to(post, made, tmp_path) -> None:
    other = tmp_path / "pinjaman"
    other.mkdir()
    with pytest.raises(NotFoundError, match="belum terpasang"):
        backup_stick.copy_to_stick(post, made, other)
    with pytest.raises(NotFoundError):
        backup_stick.copy_to_stick(post, made, tmp_path / "tidak ada")
    assert list(other.iterdir()) == []


def test_the_stick_of_another_village_is_refused(post, made, stick) -> None:
    with pytest.raises(KnownError, match="desa lain"):
        backup_stick.label_stick(stick, "3212162005", "Desa lain")
    assert backup_stick.village_of(stick) == VILLAGE


class Pulled:
    """A file on a stick that is pulled after so many bytes."""

    def __init__(self, file, left: int, number: int) -> None:
        self.file, self.left, self.number = file, left, number

    def write(self, data: bytes) -> int:
        if len(data) > self.left:
            self.file.write(data[: self.left])
            raise OSError(self.number, "pulled")
        self.left -= len(data)
        return self.file.write(data)

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()


@pytest.mark.parametrize("number", [errno.EIO, errno.ENODEV, errno.ENOENT, errno.ENXIO])
@pytest.mark.parametrize("bytes_written", [0, 1, 5_000])
def test_a_stick_pulled_while_writing_keeps_the_older_backup(
    post, made, stick, tmp_path, monkeypatch, number: int, bytes_written: int
) -> None:
    backup_stick.copy_to_stick(post, made, stick)
    before = made.read_bytes()
    post.clock = store_kit.SystemClock()
    store_kit.add(post, new_id(), name="Budi")
    monkeypatch.setattr(post, "clock", type("C", (), {"millis": lambda _: 1_794_999_999_000})())
    newer = backup.make_backup(post, tmp_path / "cadangan").path
    real = Path.open

    def opening(self, mode="r", *rest, **named):
        found = real(self, mode, *rest, **named)
        return Pulled(found, bytes_written, number) if mode == "xb" else found

    monkeypatch.setattr(Path, "open", opening)
    with pytest.raises(KnownError, match="tercabut") as told:
        backup_stick.copy_to_stick(post, newer, stick)
    assert "cadangan lama" in told.value.advice
    monkeypatch.setattr(Path, "open", real)
    assert (stick / made.name).read_bytes() == before
    assert newer.exists()
    assert backup_stick.copy_to_stick(post, newer, stick).path.exists(), "in again, it goes on"
    assert not [one for one in files(stick) if one.startswith(".")]


def test_a_stick_gone_before_the_rename_has_no_half_backup(post, made, stick, monkeypatch) -> None:
    def gone(*_):
        raise OSError(errno.EIO, "pulled")

    monkeypatch.setattr(Path, "rename", gone)
    with pytest.raises(KnownError, match="tercabut"):
        backup_stick.copy_to_stick(post, made, stick)
    assert files(stick) == {backup_stick.LABEL}


def test_a_stick_that_lies_is_found_by_reading_back(post, made, stick, monkeypatch) -> None:
    monkeypatch.setattr(backup_stick, "_read_back", lambda part: "0" * 64)
    with pytest.raises(KnownError, match="tidak mengembalikan"):
        backup_stick.copy_to_stick(post, made, stick)
    assert files(stick) == {backup_stick.LABEL}


def test_a_full_stick_says_so(post, made, stick, monkeypatch) -> None:
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(backup_stick, "_write", full)
    with pytest.raises(DiskFullError, match="Ruang flash disk"):
        backup_stick.copy_to_stick(post, made, stick)


def test_what_an_earlier_pull_left_half_written_is_cleared(post, made, stick) -> None:
    (stick / f".abc{backup_stick.PART}").write_bytes(b"half")
    backup_stick.copy_to_stick(post, made, stick)
    assert files(stick) == {backup_stick.LABEL, made.name}


def test_a_backup_beyond_what_fat_holds_is_told_before(post, made, stick, monkeypatch) -> None:
    monkeypatch.setattr(backup_stick, "FAT_LIMIT", 1_000)
    with pytest.raises(KnownError, match="4 GB"):
        backup_stick.copy_to_stick(post, made, stick)
    assert files(stick) == {backup_stick.LABEL}
