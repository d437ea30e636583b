"""Papers are shown and printed at their own size."""

from __future__ import annotations

import io

import pytest

from desmigratif_desktop.foundation.errors import PaperNotWrittenError
from desmigratif_desktop.ui.paper import PaperView
from desmigratif_desktop.ui.pdf_pages import PdfPages
from desmigratif_desktop.ui.printing import Paper, PrintOrder, paper_of, print_pdf, save_pdf

pytestmark = pytest.mark.qt
MM = 72 / 25.4


@pytest.fixture(scope="module")
def f4_pdf():
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(215 * MM, 330 * MM))
    for number in range(2):
        canvas.rect(100 * MM, 200 * MM, 20 * MM, 20 * MM, fill=1)
        canvas.drawString(30 * MM, 300 * MM, f"Halaman {number + 1}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_the_desk_shows_pages_and_zooms(qtbot, f4_pdf):
    view = PaperView()
    qtbot.addWidget(view)
    view.resize(806, 640)
    view.show()
    view.show_pdf(f4_pdf)
    qtbot.wait(1)
    assert view._about.text() == "Halaman 1 dari 2 · F4 215 × 330 mm"
    before = view.percent()
    view.step_zoom(-1)
    assert view.percent() < before
    view.fit_page()
    assert view._sheets.page_size(0).height() <= 600
    picture = view.grab().toImage()
    assert any(
        picture.pixelColor(x, y).lightness() < 40
        for x in range(0, picture.width(), 3)
        for y in range(60, picture.height(), 3)
    )
    view.clear()


def test_bytes_that_are_no_pdf_are_refused_with_a_sentence(qtbot):
    view = PaperView()
    qtbot.addWidget(view)
    with pytest.raises(PaperNotWrittenError) as wrong:
        view.show_pdf(b"bukan pdf")
    assert wrong.value.sentence


def test_printing_keeps_millimetres(qapp, tmp_path, f4_pdf):
    target = tmp_path / "cetak.pdf"
    assert print_pdf(f4_pdf, PrintOrder(pdf_to=target, mark="Cetak ulang ke-1")) == 2
    printed = PdfPages(target.read_bytes())
    assert len(printed) == 2
    assert paper_of(printed.size_mm(0)) is Paper.F4
    dpi = 100
    picture = printed.picture(0, dpi, grey=True)
    per_mm = dpi / 25.4
    middle_y = round((330 - 210) * per_mm)
    dark = [x for x in range(picture.width()) if picture.pixelColor(x, middle_y).lightness() < 90]
    assert dark[0] == pytest.approx(100 * per_mm, abs=2)
    assert dark[-1] == pytest.approx(120 * per_mm, abs=2)
    upper = [
        picture.pixelColor(x, y).lightness()
        for x in range(round(150 * per_mm), round(205 * per_mm))
        for y in range(round(3 * per_mm), round(9 * per_mm))
    ]
    assert min(upper) < 120, "the reprint mark is missing"
    printed.close()


def test_saving_to_a_bad_place_says_so(tmp_path, f4_pdf):
    save_pdf(f4_pdf, tmp_path / "surat.pdf")
    assert (tmp_path / "surat.pdf").read_bytes() == f4_pdf
    with pytest.raises(PaperNotWrittenError):
        save_pdf(f4_pdf, tmp_path / "tidak" / "ada.pdf")
