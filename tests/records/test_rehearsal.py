"""A rehearsal really restores, compares, forgets its scratch, and keeps the date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desmigratif_desktop.foundation.clock import FrozenClock
from desmigratif_desktop.foundation.errors import DiskFullError, NotFoundError, StoreDamagedError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import backup, keys, rehearsal
from desmigratif_desktop.records.rehearsal import is_due, is_red, last_rehearsal, rehearse
from kit import store_kit

MORNING = 1_794_531_600_000


@pytest.fixture
def post(tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "ARGON2_MEMORY_KIB", 8)
    monkeypatch.setattr(keys, "ARGON2_PASSES", 1)
    store = store_kit.with_slots(store_kit.new_store(tmp_path / "pos", clock=FrozenClock(MORNING)))
    for number in range(5):
        store_kit.add(store, new_id(), name=f"Orang {number}")
    yield store
    store.close()
    store_kit._slot.cache_clear()


@pytest.fixture
def target(tmp_path):
    return tmp_path / "cadangan"


def last(store):
    with store.read() as session:
        return last_rehearsal(session)


def scratch(store) -> list:
    return [one for one in store.folder.parent.iterdir() if "-uji-" in one.name]


def test_a_rehearsal_restores_counts_and_remembers(post, target) -> None:
    assert last(post) is None
    made = backup.make_backup(post, target)
    store_kit.add(post, new_id(), name="Sesudah cadangan")
    found = rehearse(post, target)
    assert found.name == made.path.name
    assert found.counts["kit_villager"] == 5, "as they were when it was made"
    kept = last(post)
    assert (kept.at, kept.name, kept.made_at) == (found.at, found.name, made.at)
    assert scratch(post) == []


def test_without_a_backup_there_is_nothing_to_rehearse(post, target) -> None:
    with pytest.raises(NotFoundError, match="Belum ada cadangan"):
        rehearse(post, target)
    assert last(post) is None


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_backup_that_rotted_on_the_disk_is_told_and_proves_nothing(post, target, share) -> None:
    made = backup.make_backup(post, target)
    raw = bytearray(made.path.read_bytes())
    raw[int(len(raw) * share)] ^= 0xFF
    made.path.write_bytes(raw)
    with pytest.raises(StoreDamagedError, match="tidak lulus uji"):
        rehearse(post, target)
    assert last(post) is None
    assert scratch(post) == []
    assert made.path.exists()


def test_a_manifest_that_promises_more_than_the_file_holds_is_found(
    post, target, monkeypatch
) -> None:
    real = backup.count_rows
    monkeypatch.setattr(
        backup, "_copy_verified",
        lambda store, copy, progress, real=backup._copy_verified: real(store, copy, progress) | {"kit_skill": 9},
    )  # fmt: skip
    backup.make_backup(post, target)
    with pytest.raises(StoreDamagedError):
        rehearse(post, target)
    assert real is not None


def test_no_room_for_the_trial_is_refused_before(post, target, monkeypatch) -> None:
    backup.make_backup(post, target)
    real = backup.shutil.disk_usage
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda p: real(p)._replace(free=100_000_000))
    with pytest.raises(DiskFullError):
        rehearse(post, target)


def test_the_scratch_of_a_cut_rehearsal_is_cleared(post, target) -> None:
    backup.make_backup(post, target)
    left = post.folder.with_name(f".{post.folder.name}-uji-0000")
    left.mkdir()
    (left / "uji.db").write_bytes(b"half")
    rehearse(post, target)
    assert scratch(post) == []


def test_due_after_thirty_days_red_after_thirty_five(post, target) -> None:
    now = datetime.fromtimestamp(MORNING / 1000, UTC)
    assert is_due(None, now)
    assert not is_red(None, None, now), "no backup: that has its own line"
    assert not is_red(None, now - timedelta(days=34), now)
    assert is_red(None, now - timedelta(days=36), now)
    backup.make_backup(post, target)
    rehearse(post, target)
    done = last(post)
    for days, due, red in (
        (0, False, False),
        (29, False, False),
        (31, True, False),
        (36, True, True),
    ):
        then = now + timedelta(days=days)
        assert (is_due(done, then), is_red(done, now, then)) == (due, red), days
    assert is_due(done, now - timedelta(days=400)), "a clock set back proves nothing"


def test_the_proven_backup_outlives_the_ladder(post, target) -> None:
    first = backup.make_backup(post, target)
    rehearse(post, target)
    for day in range(1, 25):
        post.clock.now = MORNING + day * 86_400_000 - 3_600_000
        backup.make_backup(post, target)
        post.clock.now += 3_600_000
        backup.make_backup(post, target)
    assert first.path.exists()
    assert len(list(target.iterdir())) < 30


def test_a_damaged_note_of_the_last_rehearsal_reads_as_never(post) -> None:
    for text in ("", "{", "[]", '{"at": "kemarin", "name": "", "made_at": ""}'):
        rehearsal.remember(post, rehearsal.REHEARSED, text)
        assert last(post) is None
