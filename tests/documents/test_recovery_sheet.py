from __future__ import annotations

import dataclasses
import io

import pypdfium2
import pytest
import zxingcpp

from desmigratif_desktop.documents.recovery_sheet import RecoveryFacts, recovery_sheet
from desmigratif_desktop.documents.sheets import A4, F4, Sheet
from desmigratif_desktop.foundation.errors import BugError
from desmigratif_desktop.records import recovery_code
from kit.papers import LONG_NAME, OFFICE, loose_fonts, texts

CODE = recovery_code.spell(bytes(range(20)))
FACTS = RecoveryFacts(OFFICE, CODE, "A", "2026-11-21", "Dewi Lestari", 2, "H. Suparman, S.Sos.")


@pytest.mark.parametrize("sheet", [F4, A4])
def test_the_sheet_is_one_page_that_explains_itself(sheet: Sheet) -> None:
    paper = recovery_sheet(FACTS, sheet)
    (page,) = texts(paper.data)
    assert "Lembar kunci pemulihan" in page
    assert "lembar nomor 1 tidak berlaku lagi" in page
    assert "kecuali desa menitipkan kunci cadangan di kabupaten" in page
    assert loose_fonts(paper.data) == set()
    assert paper.sha256 == recovery_sheet(FACTS, sheet).sha256


@pytest.mark.parametrize("sheet", [F4, A4])
def test_the_qr_reads_back_to_the_code(sheet: Sheet) -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(recovery_sheet(FACTS, sheet).data))
    image = document[0].render(scale=2).to_pil()
    document.close()
    (found,) = zxingcpp.read_barcodes(image)
    assert recovery_code.read(found.text) == bytes(range(20))


def test_long_names_fit() -> None:
    recovery_sheet(dataclasses.replace(FACTS, officer=LONG_NAME, witness=LONG_NAME), A4)


def test_a_code_of_another_shape_is_our_bug() -> None:
    with pytest.raises(BugError):
        recovery_sheet(dataclasses.replace(FACTS, code="ABCD"))
