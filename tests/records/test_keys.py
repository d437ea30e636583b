"""The ways in: slots, their copy, the wait after wrong passphrases."""

from __future__ import annotations

import json

import pytest

from desmigratif_desktop.foundation.errors import (
    InputError,
    KnownError,
    NotAllowedError,
    RuleBrokenError,
    StoreDamagedError,
    WrongPassphraseError,
)
from desmigratif_desktop.records import attempts, keys
from desmigratif_desktop.records.actors import Role
from desmigratif_desktop.records.engine import DATABASE, Store
from kit import store_kit
from kit.store_kit import OFFICER, OTHER_OFFICER, PASSPHRASE, REGISTRY, STEPS, VIEWER

CHEAP = (8, 1)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The derivation's cost is tested once; the rest need not wait for it."""
    monkeypatch.setattr(keys, "ARGON2_MEMORY_KIB", CHEAP[0])
    monkeypatch.setattr(keys, "ARGON2_PASSES", CHEAP[1])
    store_kit._slot.cache_clear()
    yield
    store_kit._slot.cache_clear()


@pytest.fixture
def post(store):
    return store_kit.with_slots(store)


def no_pause(_: float) -> None:
    """Do not wait."""


def test_the_right_passphrase_gives_keys_and_names_the_officer(post) -> None:
    opened = keys.unlock(post.folder, PASSPHRASE)
    assert (opened.pragma_hex, opened.office_key) == (post.keys.pragma_hex, post.keys.office_key)
    assert opened.actor == OFFICER
    assert len(opened.pragma_hex) == 96


def test_keys_are_never_printed(post) -> None:
    assert post.keys.data_key.hex() not in repr(post.keys)
    assert repr(post.keys.data_key) not in repr(post.keys)


@pytest.mark.parametrize(
    "damage", ["absent", "empty", "cut", "another village", "swapped", "bad hex"]
)
def test_L09_a_damaged_slot_file_is_answered_by_its_copy(post, damage: str, tmp_path) -> None:
    keys.add_officer_slot(post.folder, post.keys, OTHER_OFFICER, "sandi yang lain")
    file = post.folder / keys.SLOTS_FILE
    raw = file.read_bytes()
    if damage == "absent":
        file.unlink()
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "cut":
        file.write_bytes(raw[: len(raw) // 2])
    elif damage == "another village":
        other = store_kit.new_keys()
        stranger = keys.SlotFile(
            other.store_id, 0, keys.OfficeLabel("1", "x", "A", practice=False), ()
        )
        file.write_bytes(keys.slot_file.encode(stranger))
    else:
        content = json.loads(raw)
        one, two = content["slots"]
        if damage == "swapped":
            one["sealed"], two["sealed"] = two["sealed"], one["sealed"]
        else:
            one["salt"] = two["salt"] = "zz"
        file.write_text(json.dumps(content))
    assert keys.unlock(post.folder, PASSPHRASE).pragma_hex == post.keys.pragma_hex


def test_L09_nothing_readable_asks_for_a_backup_and_makes_no_new_store(post) -> None:
    size = (post.folder / DATABASE).stat().st_size
    for name in (keys.SLOTS_FILE, keys.SLOTS_COPY):
        (post.folder / name).write_bytes(b"{")
    with pytest.raises(StoreDamagedError, match="cadangan"):
        keys.unlock(post.folder, PASSPHRASE)
    with pytest.raises(KnownError, match="sudah berisi"):
        Store.create(post.folder, store_kit.new_keys(), REGISTRY, post.clock, (STEPS,),
                     village="1", laptop="A", practice=True)  # fmt: skip
    assert (post.folder / DATABASE).stat().st_size == size


@pytest.mark.parametrize("field", ["role", "name", "officer"])
def test_L09_a_slot_whose_label_was_changed_opens_nothing(post, field: str) -> None:
    for name in (keys.SLOTS_FILE, keys.SLOTS_COPY):
        content = json.loads((post.folder / name).read_bytes())
        content["slots"][0][field] = {"role": "pengawas", "name": "X", "officer": "00" * 16}[field]
        (post.folder / name).write_text(json.dumps(content))
    with pytest.raises(WrongPassphraseError):
        keys.unlock(post.folder, PASSPHRASE, pause=no_pause)


def test_L09_a_slot_added_from_outside_is_noticed(post) -> None:
    for name in (keys.SLOTS_FILE, keys.SLOTS_COPY):
        content = json.loads((post.folder / name).read_bytes())
        content["slots"].append(dict(content["slots"][0], id="f" * 32))
        (post.folder / name).write_text(json.dumps(content))
    with pytest.raises(StoreDamagedError, match="diubah"):
        keys.unlock(post.folder, PASSPHRASE)


def test_L11_ten_wrong_passphrases_wait_longer_and_longer_also_after_a_restart(
    post, monkeypatch
) -> None:
    now = 1_790_000_000_000
    monkeypatch.setattr(attempts, "_now_ms", lambda: now)
    monkeypatch.setattr(keys.time, "time_ns", lambda: now * 1_000_000)
    waited = []
    for _ in range(10):
        with pytest.raises(WrongPassphraseError):
            keys.unlock(post.folder, "salah salah", pause=waited.append)
    assert waited == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert attempts.wait_seconds(post.folder, now) == 60, "the file, not the process, remembers"
    assert attempts.wait_seconds(post.folder, now + 59_000) == 1
    assert attempts.wait_seconds(post.folder, now + 61_000) == 0
    assert attempts.wait_seconds(post.folder, now - 10**9) == 60, "a clock set back gains nothing"
    before = {
        one.name: one.read_bytes() for one in post.folder.iterdir() if one.name.startswith("slots")
    }
    keys.unlock(post.folder, PASSPHRASE, pause=waited.append)
    assert waited[-1] == 60
    assert attempts.read(post.folder).before_success == 10
    assert attempts.wait_seconds(post.folder, now) == 0
    assert before == {
        one.name: one.read_bytes() for one in post.folder.iterdir() if one.name.startswith("slots")
    }


def test_L11_a_damaged_count_locks_nobody_out(post) -> None:
    (post.folder / attempts.ATTEMPTS_FILE).write_bytes(b"\xff{")
    assert keys.unlock(post.folder, PASSPHRASE, pause=no_pause)


def test_a_viewer_cannot_sign_and_cannot_make_officers(post) -> None:
    keys.add_officer_slot(post.folder, post.keys, VIEWER, "sandi kuwu ini")
    opened = keys.unlock(post.folder, "sandi kuwu ini")
    assert opened.actor.role is Role.PENANGGUNG_JAWAB
    assert opened.office_key is None
    viewer = store_kit.Store.__new__(store_kit.Store)
    viewer.keys, viewer.read = opened, post.read
    with pytest.raises(NotAllowedError):
        store_kit.Store.signing_key(viewer)
    with pytest.raises(RuleBrokenError):
        keys.add_officer_slot(post.folder, opened, OTHER_OFFICER, "sandi yang lain")


def test_a_new_passphrase_ends_the_old_one(post) -> None:
    keys.add_officer_slot(post.folder, post.keys, OFFICER, "sandi yang baru")
    assert keys.unlock(post.folder, "sandi yang baru").actor == OFFICER
    with pytest.raises(WrongPassphraseError):
        keys.unlock(post.folder, PASSPHRASE, pause=no_pause)


@pytest.mark.parametrize("bad", ["", "pendek", "x" * 129])
def test_passphrases_that_cannot_be_used(post, bad: str) -> None:
    with pytest.raises(InputError):
        keys.add_officer_slot(post.folder, post.keys, OTHER_OFFICER, bad)


def test_a_passphrase_is_one_however_its_accents_were_typed(post) -> None:
    keys.add_officer_slot(post.folder, post.keys, OTHER_OFFICER, "rahasia é é é")
    assert keys.unlock(post.folder, "rahasia e\u0301 e\u0301 e\u0301").actor == OTHER_OFFICER


def test_the_derivation_costs_what_the_design_says() -> None:
    import inspect

    source = inspect.getsource(keys)
    assert "ARGON2_MEMORY_KIB = 65_536" in source
    assert "ARGON2_PASSES = 3" in source
