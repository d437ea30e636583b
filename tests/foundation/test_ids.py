from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.foundation.ids import derived_id, from_text, new_id, to_text


def test_new_ids_rise_and_are_uuid7():
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    assert all(len(one) == 16 and one[6] >> 4 == 7 and one[8] >> 6 == 2 for one in made)
    assert abs(int.from_bytes(made[-1][:6]) - time.time_ns() // 1_000_000) < 5000


def test_threads_never_make_the_same_id():
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.extend(new_id() for _ in range(2000)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8000


def test_derived_ids_are_fixed_for_ever():
    assert derived_id("village", "3212162004") == derived_id("village", b"3212162004")
    assert derived_id("village", "3212162004").hex() == "24e087dd9eba32bc68a503bd1326f853"


@given(
    st.lists(st.text(max_size=6), min_size=1, max_size=4),
    st.lists(st.text(max_size=6), min_size=1, max_size=4),
)
def test_different_keys_never_share_an_id(one, other):
    assert (derived_id(*one) == derived_id(*other)) == (one == other)


@given(st.binary(min_size=16, max_size=16))
def test_text_reads_back(identity):
    assert from_text(to_text(identity)) == identity
    assert from_text(f" {to_text(identity).upper()} ") == identity
    assert len(to_text(identity)) == 36


@pytest.mark.parametrize(
    "text", ["", "x", "00" * 15, "00" * 17, "zz" * 16, "٠" * 32, "3212162004880001"]
)
def test_other_texts_are_refused(text):
    with pytest.raises(InputError):
        from_text(text)
