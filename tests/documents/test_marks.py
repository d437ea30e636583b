from __future__ import annotations

import threading

import pypdfium2
import pytest

from desmigratif_desktop.documents import press
from desmigratif_desktop.documents.marks import Mark, overlay
from desmigratif_desktop.documents.sheets import A4, F4, Sheet
from kit.papers import loose_fonts, texts


def paper(sheet: Sheet, pages: int = 1) -> bytes:
    draw = tuple(lambda pen: pen.text(20, 100, "Isi surat") for _ in range(pages))
    return press.press(draw, sheet, press.PaperMeta("x")).data


@pytest.mark.parametrize("sheet", [F4, A4])
@pytest.mark.parametrize("is_practice", [False, True])
def test_every_page_carries_the_mark_and_keeps_its_text(sheet: Sheet, is_practice: bool) -> None:
    data = paper(sheet, 2)
    mark = Mark("SALINAN · CETAK ULANG KE-1", "Isi sama", is_practice=is_practice)
    marked = overlay(data, mark)
    for page in texts(marked):
        assert "Isi surat" in page
        assert "SALINAN · CETAK ULANG KE-1" in page
        assert "Isi sama" in page
    assert loose_fonts(marked) == set()
    assert data == paper(sheet, 2)


def test_the_void_mark_is_seen_when_it_is_rendered() -> None:
    def ink(data: bytes) -> int:
        document = pypdfium2.PdfDocument(data)
        image = document[0].render(scale=1, grayscale=True).to_pil()
        document.close()
        return sum(one < 128 for one in image.tobytes())

    data = paper(F4)
    assert ink(overlay(data, Mark("DIBATALKAN", is_void=True))) > ink(data) + 2_000


def test_two_threads_may_mark_at_once() -> None:
    data, done = paper(F4), []
    threads = [
        threading.Thread(target=lambda: done.append(texts(overlay(data, Mark("SALINAN")))))
        for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(done) == 4
    assert all("SALINAN" in pages[0] for pages in done)
