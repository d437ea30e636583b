from __future__ import annotations

import dataclasses

import pytest

from desmigratif_desktop.documents import data_receipt as receipts
from desmigratif_desktop.documents.sheets import HALF_F4, Sheet
from kit.papers import LONG_NAME, OFFICE, loose_fonts, texts

FACTS = receipts.ReceiptFacts(
    OFFICE, "TTD/99.05.01.2003/A/2026/0061", receipts.RECEIVED, "214 perubahan tersimpan aman.",
    "21 November 2026, 14.32 WIB", "Diska lepas (USB) KURIR 02", "Laptop A", "Dewi Lestari",
    sent=214, first=18402, last=18615, received=37, to_decide=2, digest="7f3a91c20b5e",
    server_seq=91022, todo=("Simpan lembar ini.", "Diska boleh dipakai lagi."),
)  # fmt: skip


@pytest.mark.parametrize("sheet", [HALF_F4, receipts.HALF_A4])
@pytest.mark.parametrize("status", [receipts.RECEIVED, receipts.CARRIED, receipts.PARTLY])
def test_each_state_is_one_half_sheet_in_words(status: str, sheet: Sheet) -> None:
    paper = receipts.data_receipt(dataclasses.replace(FACTS, status=status), sheet)
    (page,) = texts(paper.data)
    assert receipts.HEADINGS[status] in page
    assert "214 perubahan (18.402–18.615)" in page
    assert "7F3A 91C2 0B5E" in page
    assert loose_fonts(paper.data) == set()


def test_without_the_districts_number_it_does_not_claim_one() -> None:
    facts = dataclasses.replace(FACTS, status=receipts.CARRIED, server_seq=0, digest="")
    (page,) = texts(receipts.data_receipt(facts).data)
    assert "data belum sampai di kabupaten" in page
    assert "sudah diperiksa" not in page


def test_long_names_fit() -> None:
    receipts.data_receipt(dataclasses.replace(FACTS, officer=LONG_NAME))
