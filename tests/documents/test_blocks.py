from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from desmigratif_desktop.documents import blocks, press, styles
from desmigratif_desktop.documents.blocks import Signatory
from desmigratif_desktop.documents.press import Body, Fit, PaperMeta
from desmigratif_desktop.documents.sheets import A4, F4, Sheet
from kit.papers import LONG_NAME, OFFICE, loose_fonts, texts

if TYPE_CHECKING:
    from desmigratif_desktop.documents.facts import Office
    from desmigratif_desktop.documents.pen import Pen

META = PaperMeta("Surat")
FAR = dataclasses.replace(
    OFFICE, village="U", village_term="Gampong", subdistrict_term="Distrik",
    subdistrict="Kepulauan Seribu Bukit Barisan Selatan",
    regency="Teluk Penyu Lematang Hilir Utara", head_term="Keuchik",
    address="Jalan Teuku Panglima Polem Raya Simpang Empat Nomor 112 A, Dusun Tengah",
    contact="Telepon 0651-555012 · Pos-el gampong.u@example.id · Laman gampong-u.example.id",
)  # fmt: skip


def letter(office: Office, sheet: Sheet, name: str) -> press.PressedPaper:
    """A whole letter of the shared blocks, as the features will set theirs."""

    def furniture(pen: Pen) -> None:
        blocks.village_letterhead(pen, office)
        blocks.letter_title(pen, 57, "SURAT PENGANTAR", "470/012/Ds.Krg-A/XI/2026")
        blocks.footer(pen, "FORM-4 · Surat pengantar", "Lembar asli", letter=True)

    def sign(pen: Pen) -> None:
        right = pen.sheet.width - 40
        blocks.duty_stamp_box(pen, right, 9)
        blocks.thumb_box(pen, 26, 10)
        blocks.signature(pen, 37, 9, Signatory(("Pemegang surat,",), name))
        capacity = (f"{office.village}, 21 November 2026", f"{office.head_term} {office.village},")
        blocks.signature(pen, right, 4.4, Signatory(capacity, name, "NIPD 99 05 01"))

    def build(fit: Fit) -> list[Any]:
        style = styles.body_style(fit.size, fit.leading)
        rows = [("Nama lengkap", name), ("Tempat tinggal", office.place_line)]
        return [
            blocks.paragraph("Yang bertanda tangan di bawah ini menerangkan bahwa:", style, 170),
            blocks.field_list(rows, size=fit.size, leading=fit.leading, width=165),
            blocks.Drawn(165, 70, sign),
        ]

    body = Body(sheet.letter_left, 72, sheet.letter_end - sheet.letter_left, 190)
    return press.press_story(
        build, sheet, META, body=body, furniture=furniture, longest=lambda: "name"
    )


@pytest.mark.parametrize("sheet", [F4, A4])
@pytest.mark.parametrize("office", [OFFICE, FAR])
@pytest.mark.parametrize("name", ["Sukarno", LONG_NAME])
def test_a_letter_stands_on_one_page(office: Office, sheet: Sheet, name: str) -> None:
    paper = letter(office, sheet, name)
    (page,) = texts(paper.data)
    assert f"{office.village_term} {office.village}".upper() in page
    assert page.replace(" ", "").count(name.replace(" ", "")) == 3
    assert "Rp10.000" in page
    assert loose_fonts(paper.data) == set()


def text_of(draw: Any) -> str:
    return texts(press.press((draw,), F4, META).data)[0]


def test_a_comb_spreads_a_number_over_its_cells() -> None:
    assert text_of(lambda pen: blocks.comb(pen, 20, 30, "9905014105900003")).replace(" ", "") == (
        "9905014105900003"
    )
    assert text_of(lambda pen: blocks.comb(pen, 20, 30, None)) == ""


def test_a_tick_is_drawn_not_written() -> None:
    def page(pen: Pen, *, ticked: bool) -> None:
        blocks.choice(pen, 20, 30, "Kawin", ticked)

    ticked = press.press((lambda pen: page(pen, ticked=True),), F4, META)
    empty = press.press((lambda pen: page(pen, ticked=False),), F4, META)
    assert ticked.data != empty.data
    assert texts(ticked.data) == texts(empty.data) == ["Kawin"]


@pytest.mark.parametrize("name", ["", "Sukarno", LONG_NAME, "W" * 60])
def test_a_signature_never_cuts_a_name(name: str) -> None:
    shown = text_of(lambda pen: blocks.signature(pen, 60, 40, Signatory(("Petugas,",), name)))
    assert name.replace(" ", "") in shown.replace(" ", "")


def test_a_paragraph_is_not_stretched_apart() -> None:
    style = styles.body_style(11)
    long_word = "kata " + "sangatpanjang" * 5 + " kata akhir"
    loose: Any = blocks.paragraph(long_word, style, 75)
    even: Any = blocks.paragraph("kata biasa " * 30, style, 170)
    assert loose.style.name == "ragged"
    assert even.style.name == "body"
