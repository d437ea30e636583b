"""Marks on a copy: drawn over the output, never into the stored bytes.

Source: design §2.15 and §11 (reprint mark); paper study §2 (reprint, void).
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.documents import blocks, styles
from desmigratif_desktop.documents.press import PaperMeta, press
from desmigratif_desktop.documents.sheets import MM, Sheet
from desmigratif_desktop.documents.styles import BOLD

if TYPE_CHECKING:
    from desmigratif_desktop.documents.pen import Pen

_one_at_a_time = threading.Lock()
"""The PDF library is not safe for two threads."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a copy says of itself.

    Attributes:
        corner: words in the box at the upper margin.
        foot: words beside the footer.
        is_void: whether BATAL stands across the page.
        is_practice: the right corner is taken by LATIHAN, so the box moves to the left.
    """

    corner: str
    foot: str = ""
    is_void: bool = False
    is_practice: bool = False


def overlay(data: bytes, mark: Mark) -> bytes:
    """Draw a mark over every page of a finished PDF; the given bytes stay as they are."""
    import pypdfium2

    with _one_at_a_time:
        paper = pypdfium2.PdfDocument(data)
        try:
            for index in range(len(paper)):
                _mark_page(pypdfium2, paper, index, mark)
            buffer = io.BytesIO()
            paper.save(buffer)
        finally:
            paper.close()
    return buffer.getvalue()


def _mark_page(library: Any, paper: Any, index: int, mark: Mark) -> None:
    page = paper[index]
    width, height = page.get_size()
    sheet = Sheet("copy", width / MM, height / MM)
    pressed = press((lambda pen: _draw(pen, mark),), sheet, PaperMeta("mark"))
    source = library.PdfDocument(pressed.data)
    form = source.page_as_xobject(0, paper)
    page.insert_obj(form.as_pageobject())
    page.gen_content()
    page.close()
    form.close()
    source.close()


def _draw(pen: Pen, mark: Mark) -> None:
    if mark.is_void:
        pen.outline(pen.sheet.width / 2, pen.sheet.height / 2, "BATAL", 130, 38)
    if mark.is_practice:
        _left_corner(pen, mark.corner)
    else:
        blocks.corner_box(pen, mark.corner)
    if mark.foot:
        middle = (pen.sheet.left + pen.sheet.end) / 2 + 14
        pen.text(middle, pen.sheet.footer_y + 3.5, mark.foot, 7, align="centre")


def _left_corner(pen: Pen, words: str) -> None:
    wide = styles.width_mm(words, BOLD, 8) + 4
    pen.box(pen.sheet.left, 4.6, wide, 5.4, 0.7)
    pen.text(pen.sheet.left + 2, 8.3, words, 8, BOLD)
