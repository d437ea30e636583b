"""The recovery sheet: what an officer can get wrong, and which sheet is the valid one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.foundation.errors import InputError, WrongPassphraseError
from desmigratif_desktop.records import keys, recovery_code
from kit import store_kit


@given(st.binary(min_size=20, max_size=20))
def test_what_is_printed_is_read(code: bytes) -> None:
    spelled = recovery_code.spell(code)
    assert recovery_code.read(spelled) == code
    assert recovery_code.read(spelled.lower().replace(" ", "-")) == code
    assert recovery_code.read(spelled.replace("0", "o").replace("1", "l")) == code


@given(st.binary(min_size=20, max_size=20), st.integers(0, 39), st.integers(1, 31))
def test_L10_one_wrong_character_names_its_group(code: bytes, place: int, shift: int) -> None:
    plain = list(recovery_code.spell(code).replace(" ", ""))
    alphabet = recovery_code.ALPHABET
    plain[place] = alphabet[(alphabet.index(plain[place]) + shift) % 32]
    with pytest.raises(InputError, match=f"Kelompok ke-{place // 5 + 1} "):
        recovery_code.read("".join(plain))


@given(st.binary(min_size=20, max_size=20), st.integers(0, 6))
def test_L10_two_groups_exchanged_are_noticed(code: bytes, place: int) -> None:
    groups = recovery_code.spell(code).split()
    if groups[place][:4] == groups[place + 1][:4]:
        return
    groups[place], groups[place + 1] = groups[place + 1], groups[place]
    with pytest.raises(InputError):
        recovery_code.read(" ".join(groups))


@pytest.mark.parametrize("text", ["", "x", "A" * 39, "A" * 41, "U" * 40, "é" * 40])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        recovery_code.read(text)


def test_L10_used_and_strange_sheets_are_refused(store) -> None:
    store_kit.with_slots(store)
    first, second = recovery_code.new_code(), recovery_code.new_code()
    keys.replace_recovery_slot(store.folder, store.keys, first)
    opened = keys.unlock(store.folder, first)
    assert (opened.pragma_hex, opened.office_key) == (store.keys.pragma_hex, None)
    keys.replace_recovery_slot(store.folder, store.keys, second)
    for refused in (first, recovery_code.new_code()):
        with pytest.raises(WrongPassphraseError, match="bukan milik pos"):
            keys.unlock(store.folder, refused)
    assert keys.unlock(store.folder, second)
