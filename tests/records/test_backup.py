"""Backups and restore: a changed one is refused, the live data is never overwritten."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from sqlite_utils import Migrations

from desmigratif_desktop.foundation.errors import (
    DesmigratifError,
    DiskFullError,
    KnownError,
    StoreBusyError,
    WrongPassphraseError,
)
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import backup, keys, recovery_code, restore
from desmigratif_desktop.records.engine import DATABASE, Store
from desmigratif_desktop.records.self_check import check
from kit import store_kit
from kit.store_kit import PASSPHRASE, REGISTRY, STEPS


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keys, "ARGON2_MEMORY_KIB", 8)
    monkeypatch.setattr(keys, "ARGON2_PASSES", 1)
    monkeypatch.setattr(keys.attempts, "wait", lambda folder, pause: None)
    store_kit._slot.cache_clear()
    yield
    store_kit._slot.cache_clear()


@pytest.fixture
def post(store):
    store_kit.with_slots(store)
    for number in range(5):
        store_kit.add(store, new_id(), name=f"Orang {number}")
    return store


def people(store) -> list:
    return sorted(store_kit.sql(store, "SELECT id, name FROM kit_villager"))


def test_a_backup_opens_elsewhere_with_the_passphrase_and_a_new_epoch(post, tmp_path) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    wanted, replica = people(post), post.replica
    restored = restore.restore(made.path, tmp_path / "lain", PASSPHRASE, REGISTRY)
    assert restored.set_aside is None
    assert restored.counts["kit_villager"] == 5
    other = Store.open(
        tmp_path / "lain",
        keys.unlock(tmp_path / "lain", PASSPHRASE),
        REGISTRY,
        post.clock,
        (STEPS,),
    )
    assert people(other) == wanted
    assert (other.replica.device, other.replica.laptop) == (replica.device, replica.laptop)
    assert other.replica.epoch != replica.epoch
    assert not check(other).faults
    other.close()
    assert people(post) == wanted, "the live store goes on"


def test_L22_restore_sets_the_live_folder_aside(post, tmp_path) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    store_kit.add(post, new_id(), name="Sesudah cadangan")
    with pytest.raises(StoreBusyError):
        restore.restore(made.path, post.folder, PASSPHRASE, REGISTRY)
    newer = people(post)
    post.close()
    restored = restore.restore(made.path, post.folder, PASSPHRASE, REGISTRY)
    aside = Store.open(restored.set_aside, post.keys, REGISTRY, post.clock, (STEPS,))
    assert people(aside) == newer
    aside.close()
    back = Store.open(post.folder, post.keys, REGISTRY, post.clock, (STEPS,))
    assert len(people(back)) == 5
    back.close()


def test_L22_a_backup_changed_at_any_byte_is_refused(post, tmp_path, runs_all: bool) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    raw = made.path.read_bytes()
    live = tmp_path / "live"
    live.mkdir()
    (live / "ada").write_text("di sini")
    changed = tmp_path / "changed.cadangan"
    harmless = 0
    step = 97 if runs_all else len(raw) // 60
    for place in range(0, len(raw), step):
        broken = bytearray(raw)
        broken[place] ^= 0x5A
        changed.write_bytes(broken)
        try:
            restore.restore(changed, tmp_path / "out", PASSPHRASE, REGISTRY)
        except DesmigratifError:
            assert not (tmp_path / "out").exists()
            continue
        harmless += 1  # padding of the tar, or a name in its header: the content is proven equal
        shutil.rmtree(tmp_path / "out")
    assert harmless * step < 12_000, "only the padding and labels of the tar may change unseen"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    assert (live / "ada").read_text() == "di sini"


@pytest.mark.parametrize("share", [0, 0.001, 0.1, 0.5, 0.9])
def test_L22_a_truncated_backup_is_refused(post, tmp_path, share: float) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    raw = made.path.read_bytes()
    cut = tmp_path / "cut.cadangan"
    cut.write_bytes(raw[: int(len(raw) * share)])
    post.close()
    before = post.path.read_bytes()
    with pytest.raises(KnownError):
        restore.restore(cut, post.folder, PASSPHRASE, REGISTRY)
    assert post.path.read_bytes() == before


def test_L22_another_villages_backup_does_not_open(post, tmp_path) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    with pytest.raises(WrongPassphraseError):
        restore.restore(made.path, tmp_path / "out", "sandi desa lain", REGISTRY)
    assert not (tmp_path / "out").exists()


def test_L05_too_little_space_is_refused_before_it_begins(post, tmp_path, monkeypatch) -> None:
    real = shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: real(path)._replace(free=100_000_000))
    with pytest.raises(DiskFullError, match=r"kurang \d+ MB"):
        backup.make_backup(post, tmp_path / "cadangan")
    assert list((tmp_path / "cadangan").iterdir()) == []


def test_a_failed_copy_leaves_no_rest_and_the_older_backup(post, tmp_path, monkeypatch) -> None:
    target = tmp_path / "cadangan"
    first = backup.make_backup(post, target)
    monkeypatch.setattr(
        backup, "move_durably", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
    )
    with pytest.raises(DiskFullError):
        backup.make_backup(post, target)
    assert list(target.iterdir()) == [first.path]


def at(moment: datetime):
    return type("At", (), {"millis": lambda self: int(moment.timestamp() * 1000)})()


def test_an_older_backup_goes_when_no_rung_holds_it_and_another_laptops_stays(
    post, tmp_path
) -> None:
    target = tmp_path / "cadangan"
    target.mkdir()
    strangers = [
        target / f"Desmigratif-{village}-{laptop}-20260601-0{hour}0000.cadangan"
        for village, laptop in ((post.replica.village, "B"), ("3212162005", "A"))
        for hour in range(9)
    ]
    for one in strangers:
        one.write_bytes(b"")
    made = []
    for hour in range(12):
        post.clock = at(datetime(2026, 6, 1, 1 + hour, tzinfo=UTC))
        made.append(backup.make_backup(post, target).path)
    left = set(target.iterdir()) - set(strangers)
    assert sorted(left) == sorted(made[-8:])
    assert set(strangers) < set(target.iterdir())
    assert backup.newest(target) == made[-1]


@pytest.mark.parametrize("year", [1970, 2099])
def test_L18_a_clock_gone_wrong_deletes_no_backup(post, tmp_path, year: int) -> None:
    target = tmp_path / "cadangan"
    for day in range(1, 13):
        post.clock = at(datetime(2026, 6, day, 9, tzinfo=UTC))
        backup.make_backup(post, target)
    before = set(target.iterdir())
    for hour in range(3):
        post.clock = at(datetime(year, 1, 2, hour, tzinfo=UTC))
        backup.make_backup(post, target)
    assert before < set(target.iterdir())
    post.clock = at(datetime(2026, 6, 13, 9, tzinfo=UTC))
    backup.make_backup(post, target)
    assert len(set(target.iterdir())) >= len(before)


def test_the_counts_are_those_of_the_live_store(post, tmp_path, monkeypatch) -> None:
    """A copy that lost a row is thrown away, though it is a sound database."""
    real = backup.copy_pages

    def lossy(source, copy, keys_, progress=None):
        real(source, copy, keys_, progress)
        handle = backup.connect(copy, keys_)
        handle.execute("UPDATE sync_ctx SET mode='migrate'")
        handle.execute("DELETE FROM kit_villager WHERE id=(SELECT max(id) FROM kit_villager)")
        handle.close()

    monkeypatch.setattr(backup, "copy_pages", lossy)
    with pytest.raises(KnownError, match="tidak lulus"):
        backup.make_backup(post, tmp_path / "cadangan")
    assert list((tmp_path / "cadangan").iterdir()) == []


def test_a_copy_is_kept_before_the_steps_of_a_newer_program(post, tmp_path) -> None:
    newer = Migrations("kit")
    for one in STEPS._migrations:
        newer._migrations.append(one)

    @newer(name="0002_more")
    def _more(db) -> None:
        db.execute("CREATE TABLE kit_more (id INTEGER PRIMARY KEY) STRICT")

    folder, own = post.folder, post.keys
    wanted = people(post)
    post.close()
    target = tmp_path / "cadangan"

    def keep(handle):
        assert not handle.execute("SELECT 1 FROM sqlite_master WHERE name='kit_more'").fetchone()
        backup.keep_before_steps(folder, own, target, handle)

    Store.open(folder, own, REGISTRY, post.clock, (newer,), before_steps=keep).close()
    Store.open(folder, own, REGISTRY, post.clock, (newer,), before_steps=keep).close()
    (kept,) = target.iterdir()
    restore.restore(kept, tmp_path / "lama", PASSPHRASE, REGISTRY)
    old = Store.open(tmp_path / "lama", own, REGISTRY, post.clock, (STEPS,))
    assert people(old) == wanted
    old.close()


def test_L05_no_room_for_the_copy_means_no_step(post, tmp_path, monkeypatch) -> None:
    newer = Migrations("kit")
    newer._migrations.extend(STEPS._migrations)
    newer(name="0002_more")(lambda db: db.execute("CREATE TABLE kit_more (id INTEGER) STRICT"))
    post.close()
    real = shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: real(path)._replace(free=1_000_000))
    with pytest.raises(DiskFullError):
        Store.open(
            post.folder, post.keys, REGISTRY, post.clock, (newer,),
            before_steps=lambda handle: backup.keep_before_steps(
                post.folder, post.keys, tmp_path / "cadangan", handle
            ),
        )  # fmt: skip
    Store.open(post.folder, post.keys, REGISTRY, post.clock, (STEPS,)).close()


def test_L10_recovery_by_sheet_makes_a_new_device_and_kills_the_sheet(post, tmp_path) -> None:
    code = recovery_code.new_code()
    keys.replace_recovery_slot(post.folder, post.keys, code)
    made = backup.make_backup(post, tmp_path / "cadangan")
    wanted = people(post)
    lain = tmp_path / "lain"
    restore.restore(made.path, lain, code, REGISTRY)
    recovered = restore.recover(lain, code, None, "sandi sesudah pulih")
    with pytest.raises(WrongPassphraseError):
        restore.recover(lain, code, None, "sandi sekali lagi")
    with pytest.raises(WrongPassphraseError):
        keys.unlock(lain, PASSPHRASE)
    other = Store.open(
        lain, keys.unlock(lain, "sandi sesudah pulih"), REGISTRY, post.clock, (STEPS,)
    )
    assert people(other) == wanted
    assert other.replica.device != post.replica.device
    assert other.replica.laptop == post.replica.laptop
    assert other.signing_key()
    assert store_kit.add(other, new_id(), name="Sesudah pulih")
    other.close()
    assert keys.unlock(lain, recovery_code.read(recovered.code)).actor is None


def test_the_backup_of_a_busy_store_is_whole(post, tmp_path) -> None:
    """Somebody saves between two slices of the copy."""
    counts = []

    def progress(done: int, of: int) -> None:
        counts.append((done, of))

    made = backup.make_backup(post, tmp_path / "cadangan", progress=progress)
    assert counts
    assert counts[-1][0] == counts[-1][1]
    assert made.size == made.path.stat().st_size
    assert made.counts["kit_villager"] == 5


def test_the_database_inside_is_encrypted(post, tmp_path) -> None:
    made = backup.make_backup(post, tmp_path / "cadangan")
    raw = made.path.read_bytes()
    assert b"SQLite format" not in raw
    assert b"Orang 1" not in raw
    assert DATABASE.encode() not in raw
