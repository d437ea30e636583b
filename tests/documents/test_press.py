from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from reportlab.platypus import Paragraph

from desmigratif_desktop.documents import blocks, press, styles
from desmigratif_desktop.documents.press import Body, Fit, PaperMeta
from desmigratif_desktop.documents.sheets import A4, F4
from desmigratif_desktop.foundation.errors import DiskFullError, InputError, PaperNotWrittenError
from kit.papers import annotations, loose_fonts, registration, texts

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.documents.pen import Pen

META = PaperMeta("Surat S.N.", "2026-11-21", "Desa Karanganyar")
HOSTILE = ("Ani <b>Sari", "A & B", "<a href=file:///c:/x.exe>klik</a>", "&amp; <img src=x>")


def page(pen: Pen) -> None:
    pen.text(20, 30, "Siti Nurhalimah", 11)


def story(words: int) -> Any:
    def build(fit: Fit) -> list[Any]:
        text = "kata " * words
        return [Paragraph(styles.plain(text), styles.body_style(fit.size, fit.leading))]

    return build


def pressed_story(words: int) -> press.PressedPaper:
    return press.press_story(
        story(words), F4, META, body=Body(25, 60, 170, 100), furniture=page, longest=lambda: "name"
    )


def test_equal_pages_press_to_equal_bytes() -> None:
    assert press.press((page,), F4, META).sha256 == press.press((page,), F4, META).sha256


def test_the_file_says_what_it_is_and_carries_no_clock() -> None:
    paper = press.press((page,), F4, META)
    reader = PdfReader(io.BytesIO(paper.data))
    assert reader.metadata is not None
    assert reader.metadata.title == "Surat S.N."
    assert reader.metadata.subject == "2026-11-21"
    assert reader.metadata.author == "Desa Karanganyar"
    assert reader.metadata.creator == "Desmigratif Desktop"
    assert reader.trailer["/Root"]["/Lang"] == "id"
    assert b"2000010100" in paper.data or b"D:2000" in paper.data


@pytest.mark.parametrize("sheet", [F4, A4])
def test_sheets_have_their_size(sheet: Any) -> None:
    box = PdfReader(io.BytesIO(press.press((page,), sheet, META).data)).pages[0].mediabox
    assert float(box.width) == pytest.approx(sheet.width * 72 / 25.4, abs=0.01)
    assert float(box.height) == pytest.approx(sheet.height * 72 / 25.4, abs=0.01)


def test_a_long_story_is_set_smaller_until_it_fits() -> None:
    sizes: list[float] = []

    def build(fit: Fit) -> list[Any]:
        sizes.append(fit.size)
        return story(370)(fit)

    press.press_story(
        build, F4, META, body=Body(25, 60, 170, 100), furniture=page, longest=lambda: "name"
    )
    assert sizes[0] == 11
    assert 1 < len(sizes) <= len(press.FITS)
    assert len(texts(pressed_story(370).data)) == 1


def test_a_story_that_fits_nowhere_is_refused_by_the_name_of_its_field() -> None:
    with pytest.raises(InputError, match="Nama lengkap") as refused:
        pressed_story(3_000)
    assert refused.value.problems[0].field == "name"


def test_only_embedded_fonts_even_with_tables() -> None:
    def build(fit: Fit) -> list[Any]:
        rows = [("Nama", "Siti"), ("Alamat", "Jalan Melati")]
        return [blocks.field_list(rows, size=fit.size, leading=fit.leading, width=170)]

    paper = press.press_story(
        build, F4, META, body=Body(25, 60, 170, 100), furniture=page, longest=lambda: "name"
    )
    assert loose_fonts(paper.data) == set()


@pytest.mark.parametrize("name", HOSTILE)
def test_F17_markup_in_a_letter_is_text_without_links(name: str) -> None:
    def build(fit: Fit) -> list[Any]:
        style = styles.body_style(fit.size)
        return [
            blocks.field_list([("Nama", name)], size=fit.size, leading=fit.leading, width=170),
            blocks.paragraph(name, style, 170),
        ]

    paper = press.press_story(
        build, F4, META, body=Body(25, 60, 170, 100), furniture=page, longest=lambda: "name"
    )
    assert texts(paper.data)[0].count(name) == 2
    assert annotations(paper.data) == []


def test_F17_one_record_does_not_stop_a_run() -> None:
    def refuse() -> press.PressedPaper:
        press.require_printable(registration(name="\u7fbd\u7530"))
        raise AssertionError

    papers = [(str(n), lambda: press.press((page,), F4, META)) for n in range(49)]
    done, refused = press.press_each([*papers[:20], ("bad", refuse), *papers[20:]])
    assert len(done) == 49
    assert list(refused) == ["bad"]


@pytest.mark.parametrize("name", ["\u7fbd\u7530", "Siti \u2192", "\u0633", "Ani\u2610"])
def test_characters_without_a_glyph_are_refused_not_dropped(name: str) -> None:
    with pytest.raises(InputError, match="Nama lengkap") as refused:
        press.require_printable(registration(name=name))
    assert "U+" in refused.value.problems[0].message


@pytest.mark.parametrize("name", ["Nur'aini", "I Gusti Ngurah", "Zoë", "D’Ávila", "Ünal–Öz"])
def test_usual_names_are_printable(name: str) -> None:
    press.require_printable(registration(name=name))


def test_the_print_queue_sees_initials_only() -> None:
    assert press.initials("Siti Nurhalimah") == "S.N."
    assert press.initials("Sukarno") == "S."


def test_a_paper_is_written_whole(tmp_path: Path) -> None:
    paper = press.press((page,), F4, META)
    target = press.write_file(paper, tmp_path / "surat.pdf")
    assert target.read_bytes() == paper.data
    assert [one.name for one in tmp_path.iterdir()] == ["surat.pdf"]
    with pytest.raises(PaperNotWrittenError):
        press.write_file(paper, tmp_path / "nowhere" / "surat.pdf")


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(press, "write_durably", full)
    with pytest.raises(DiskFullError):
        press.write_file(press.press((page,), F4, META), tmp_path / "surat.pdf")
