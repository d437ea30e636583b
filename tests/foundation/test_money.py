from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.foundation.money import (
    MAX_RUPIAH,
    format_rupiah,
    in_words,
    number_in_words,
    parse_rupiah,
    share,
)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "Rp0"),
        (999, "Rp999"),
        (1000, "Rp1.000"),
        (1_250_000, "Rp1.250.000"),
        (-5000, "-Rp5.000"),
    ],
)
def test_prints_rupiah(amount, text):
    assert format_rupiah(amount) == text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1250000", 1_250_000),
        ("1.250.000", 1_250_000),
        ("Rp1.250.000", 1_250_000),
        ("rp 1.250.000,00", 1_250_000),
        ("Rp. 1.250.000,-", 1_250_000),
        ("Rp\u00a01.250.000", 1_250_000),
        ("  500 ", 500),
        ("0", 0),
        ("100.000.-", 100_000),
    ],
)
def test_reads_what_officers_type(text, amount):
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    ["", "Rp", "1,250,000", "1.5", "1.25.000", "1250,50", "-5000", "1e6", "lima", "1 250 000",
     "١٢٣", "１２３", "9" * 16, "9" * 5000, "1.250.00", "0x10", "+5"],
)  # fmt: skip
def test_refuses_rather_than_guess(text):
    with pytest.raises(InputError) as refused:
        parse_rupiah(text, field="price")
    assert refused.value.problems[0].field == "price"
    assert refused.value.sentence


@given(st.integers(0, MAX_RUPIAH))
def test_what_is_printed_reads_back(amount):
    assert parse_rupiah(format_rupiah(amount)) == amount


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"),
        (19, "sembilan belas"), (20, "dua puluh"), (21, "dua puluh satu"), (100, "seratus"),
        (101, "seratus satu"), (111, "seratus sebelas"), (200, "dua ratus"), (1000, "seribu"),
        (1001, "seribu satu"), (1100, "seribu seratus"), (2000, "dua ribu"),
        (11_000, "sebelas ribu"), (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"), (1_000_000, "satu juta"),
        (1_500_000, "satu juta lima ratus ribu"), (1_001_000, "satu juta seribu"),
        (10**9, "satu miliar"), (10**12, "satu triliun"), (-5, "minus lima"),
        (999_999_999_999_999, ("sembilan ratus sembilan puluh sembilan triliun sembilan ratus sembilan puluh "
         "sembilan miliar sembilan ratus sembilan puluh sembilan juta sembilan ratus sembilan puluh "
         "sembilan ribu sembilan ratus sembilan puluh sembilan")),
    ],
)  # fmt: skip
def test_spells_numbers(number, words):
    assert number_in_words(number) == words


def test_amount_in_words_carries_rupiah():
    assert in_words(1_250_000) == "satu juta dua ratus lima puluh ribu rupiah"


def test_beyond_the_range_is_a_bug_not_a_word():
    with pytest.raises(ValueError):
        in_words(MAX_RUPIAH + 1)


VALUES = {
    w: n
    for n, w in enumerate(
        [
            "nol",
            "satu",
            "dua",
            "tiga",
            "empat",
            "lima",
            "enam",
            "tujuh",
            "delapan",
            "sembilan",
            "sepuluh",
            "sebelas",
        ]
    )
}


def read_words(words: list[str]) -> int:
    """An independent reader of the words."""
    total = part = last = 0
    for word in words:
        match word:
            case "belas":
                last += 10
            case "puluh":
                part, last = part + last * 10, 0
            case "ratus":
                part, last = part + last * 100, 0
            case "seratus":
                part += 100
            case "seribu":
                total += 1000
            case "ribu" | "juta" | "miliar" | "triliun":
                scale = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}[word]
                total, part, last = total + (part + last) * scale, 0, 0
            case _:
                last = VALUES[word]
    return total + part + last


@given(st.integers(0, MAX_RUPIAH))
def test_words_mean_the_number(number):
    assert read_words(number_in_words(number).split()) == number


@given(st.integers(0, 10**12), st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_shares_sum_to_the_whole_and_are_fair(total, weights):
    parts = share(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * w) < sum(weights)
        for part, w in zip(parts, weights, strict=True)
    )


def test_share_refuses_nothing_to_weigh_by():
    for weights in ([], [0, 0], [1, -1, 3]):
        with pytest.raises(ValueError):
            share(100, weights)
