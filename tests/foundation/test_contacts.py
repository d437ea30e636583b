from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.foundation.contacts import (
    check_passport,
    format_phone,
    is_mobile,
    mask_passport,
    mask_phone,
    normalise_passport,
    normalise_phone,
)
from desmigratif_desktop.foundation.errors import InputError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("081234567890", "+6281234567890"), ("0812-3456-7890", "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"), ("+62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"), ("+6281234567890", "+6281234567890"),
        ("+62081234567890", "+6281234567890"), ("81234567890", "+6281234567890"),
        ("0811234567", "+62811234567"), ("(0234) 271234", "+62234271234"),
        ("021-5551234", "+62215551234"), ("+852 9123 4567", "+85291234567"),
        ("00852 9123 4567", "+85291234567"), ("+886 912 345 678", "+886912345678"),
        ("+60 12-345 6789", "+60123456789"), ("+966501234567", "+966501234567"), ("", ""), ("  ", ""),
    ],
)  # fmt: skip
def test_normalises_to_e164(text, number):
    assert normalise_phone(text) == number


@pytest.mark.parametrize(
    "text",
    ["08123", "0812345678901234567", "abc", "0812x3456", "+", "+0", "++6281234567890", "12345",
     "٠٨١٢٣٤٥٦٧٨٩٠", "０８１２３４５６７８９０", "85291234567", "886912345678", "+62", "0", "1e10", "081234567890/081234567891"],
)  # fmt: skip
def test_refuses_what_is_uncertain(text):
    with pytest.raises(InputError) as refused:
        normalise_phone(text, field="whatsapp")
    assert refused.value.problems[0].field == "whatsapp"


@pytest.mark.parametrize(
    ("number", "shown", "masked"),
    [
        ("+6281234567890", "0812-3456-7890", "0812-••••-7890"),
        ("+85291234567", "+852 9123 4567", "+852•••••567"),
        ("+62234271234", "0234271234", "+62••••••234"),
        (None, "", ""),
    ],
)
def test_prints_and_masks(number, shown, masked):
    assert format_phone(number) == shown
    assert mask_phone(number) == masked


@given(st.from_regex(r"\+628[1-9][0-9]{7,10}", fullmatch=True))
def test_what_is_printed_reads_back(number):
    assert normalise_phone(format_phone(number)) == number
    assert normalise_phone(number) == number
    assert is_mobile(number)


@pytest.mark.parametrize("text", ["A1234567", "C123456", "AB123456", "X1234567"])
def test_usual_passports_are_silent(text):
    assert check_passport(text) == ()


@pytest.mark.parametrize(
    "text", ["12345678", "A123", "ABC12345", "A12345678", "a1234567", "Ａ1234567"]
)
def test_unusual_passports_warn(text):
    (problem,) = check_passport(text)
    assert problem.is_warning
    assert problem.code == "passport_shape"


def test_passport_form_and_mask():
    assert normalise_passport(" a 123-4567 ") == "A1234567"
    assert mask_passport("A1234567") == "A•••••67"
    assert mask_passport("A1") == "••"
    assert mask_passport(None) == ""
