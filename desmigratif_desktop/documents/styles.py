"""Type: Noto Sans, embedded, one family for screen and paper; measured before it is set.

A glyph that a font lacks would be dropped without a word (a minus sign, once): every text is
checked before it is printed.

Source: paper study, §1 (type) and §4 (what bit).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desmigratif_desktop.foundation.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterable

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"
FILES = {
    REGULAR: "fonts/NotoSans-Regular.ttf",
    BOLD: "fonts/NotoSans-Bold.ttf",
    ITALIC: "fonts/NotoSans-Italic.ttf",
}
ESCAPES = {'"': "&quot;", "'": "&apos;"}


@functools.cache
def ready() -> None:
    """Register the fonts, once a process."""
    rl_config.useA85 = 0
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resource(file))))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD
    )


def width_mm(text: str, face: str, size: float, tracking: float = 0) -> float:
    """How wide a text stands, in millimetres."""
    ready()
    points = pdfmetrics.stringWidth(text, face, size) + tracking * max(len(text) - 1, 0)
    return float(points) / 72 * 25.4


@functools.cache
def _glyphs(face: str) -> frozenset[int]:
    ready()
    font: Any = pdfmetrics.getFont(face)
    return frozenset(font.face.charToGlyph)


def missing_glyphs(text: str, face: str = REGULAR) -> str:
    """The characters of a text that this font cannot print, each once."""
    glyphs = _glyphs(face)
    return "".join(dict.fromkeys(one for one in text if ord(one) not in glyphs))


def plain(text: str) -> str:
    """Escape a value for a Paragraph: it is text, never markup."""
    return escape(" ".join(text.split()), ESCAPES)


def bold(text: str) -> str:
    """Escape a value and set it bold."""
    return f"<b>{plain(text)}</b>"


def body_style(size: float = 11, leading: float | None = None) -> ParagraphStyle:
    """Justified text of letters with the first line indented 10 mm."""
    ready()
    lead = leading if leading is not None else size * 1.5
    return ParagraphStyle(
        "body", fontName=REGULAR, fontSize=size, leading=lead, alignment=TA_JUSTIFY,
        firstLineIndent=10 * 72 / 25.4,
    )  # fmt: skip


def cell_style(
    size: float = 11, leading: float | None = None, face: str = REGULAR
) -> ParagraphStyle:
    """Flush-left text of lists and tables."""
    ready()
    lead = leading if leading is not None else size * 1.5
    return ParagraphStyle("cell", fontName=face, fontSize=size, leading=lead, alignment=TA_LEFT)


def balanced_lines(text: str, face: str, size: float, width: float, most: int) -> list[str] | None:
    """Break a text at spaces into as few lines as hold it, as even as they can be.

    Args:
        text: the words.
        face: a font of this module.
        size: in points.
        width: of one line, in millimetres.
        most: how many lines there may be.

    Returns:
        The lines; None when they do not hold it.
    """
    words = [part for word in text.split() for part in _broken(word, face, size, width)]
    for count in range(1, most + 1):
        best: tuple[float, list[str]] | None = None
        for lines in _splits(words, min(count, len(words) or 1)):
            widest = max((width_mm(one, face, size) for one in lines), default=0.0)
            if widest <= width and (best is None or widest < best[0]):
                best = widest, lines
        if best:
            return best[1]
    return None


def _broken(word: str, face: str, size: float, width: float) -> Iterable[str]:
    """A word wider than the line is broken where the line ends: never cut, never smaller."""
    while len(word) > 1 and width_mm(word, face, size) > width:
        end = len(word) - 1
        while end > 1 and width_mm(word[:end], face, size) > width:
            end -= 1
        yield word[:end]
        word = word[end:]
    yield word


def _splits(words: list[str], count: int) -> Iterable[list[str]]:
    if count <= 1:
        yield [" ".join(words)]
        return
    for cut in range(1, len(words) - count + 2):
        for rest in _splits(words[cut:], count - 1):
            yield [" ".join(words[:cut]), *rest]
