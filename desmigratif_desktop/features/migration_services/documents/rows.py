"""The rows of FORM-3: numbered labels, dotted lines, combs and boxes at their places.

The places are those of the F4 sheet; on A4 the columns move together and the rows stand
closer, so that both sheets hold the same form on two pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.documents import blocks, styles
from desmigratif_desktop.documents.pen import Pen, fit_size, too_long
from desmigratif_desktop.documents.styles import BOLD, REGULAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desmigratif_desktop.documents.sheets import Sheet

VALUE_X = 62.0
F4_END = 200.0
LABEL_SIZE = 9


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How closely a form stands on its sheet, in millimetres.

    Attributes:
        front: pitch of the rows on page 1.
        back: pitch of the rows on page 2.
        before: from the last row to the next section's rule.
        after: from that rule to the first row.
        experience: height of a row of the work table.
        documents: height of the document table without its head.
        spare: room under the work table for more rows.
        sign: from the capacity line to the name.
    """

    front: float
    back: float
    before: float
    after: float
    experience: float
    documents: float
    spare: float
    sign: float


TALL = Rhythm(8.0, 7.5, 7.0, 11.6, 7.4, 94.4, 7.0, 22.0)
CLOSE = Rhythm(7.15, 6.6, 5.4, 10.4, 6.8, 81.6, 2.0, 19.5)


def rhythm_of(sheet: Sheet) -> Rhythm:
    """The rhythm that fits a sheet."""
    return TALL if sheet.is_tall else CLOSE


class Rows:
    """A cursor that goes down a form.

    Attributes:
        pen: draws.
        y: baseline of the current row.
        pitch: from row to row.
        beat: the sheet's rhythm.
    """

    def __init__(self, pen: Pen, pitch: float) -> None:
        self.pen = pen
        self.y = 0.0
        self.pitch = pitch
        self.beat = rhythm_of(pen.sheet)

    def x(self, at: float) -> float:
        """A place of the F4 form on this sheet."""
        stretch = (self.pen.sheet.end - VALUE_X) / (F4_END - VALUE_X)
        return at if at <= VALUE_X else VALUE_X + (at - VALUE_X) * stretch

    def section(self, y: float, letter: str, title: str, note: str = "") -> None:
        """Open a section at y; the cursor stands on its first row."""
        blocks.section(self.pen, y, letter, title, note)
        self.y = y + self.beat.after

    def down(self, steps: float = 1) -> None:
        """Go to the next row."""
        self.y += self.pitch * steps

    def label(self, number: int | None, text: str, at: float = 20) -> None:
        """Draw a row's number, right-aligned, and its label."""
        left = self.x(at)
        if number:
            self.pen.text(left + 4.6, self.y, str(number), LABEL_SIZE, align="right")
        self.pen.text(left + 6.4, self.y, text, LABEL_SIZE)

    def word(self, at: float, text: str) -> None:
        """Draw a word inside a row."""
        self.pen.text(self.x(at), self.y, text, LABEL_SIZE)

    def line(self, start: float, end: float, value: str | None, field: str) -> None:
        """Draw a dotted line with its value."""
        left, right = self.x(start), self.x(end)
        self.pen.dots(left, right, self.y)
        self.pen.value(left + 1, self.y, value, right - left - 1.2, field=field)

    def comb(self, at: float, value: str | None, groups: Sequence[int]) -> float:
        """Draw cells; give back the x where they end, on this sheet."""
        return blocks.comb(self.pen, self.x(at), self.y, value, groups)

    def choices(self, options: Sequence[tuple[float, str, bool]]) -> None:
        """Draw tick boxes: place, word, whether ticked."""
        for at, text, ticked in options:
            blocks.choice(self.pen, self.x(at), self.y, text, ticked)

    def table_frame(self, columns: Sequence[float], top: float, heights: Sequence[float]) -> None:
        """Draw a table's frame, rows and columns; the first height is the head's."""
        left, right = self.x(columns[0]), self.x(columns[-1])
        bottom = top + sum(heights)
        y = top
        for n, height in enumerate(heights[:-1]):
            y += height
            self.pen.rule(left, right, y, 0.8 if n == 0 else 0.5)
        for column in columns[1:-1]:
            self.pen.segment(self.x(column), top, self.x(column), bottom, 0.5)
        self.pen.box(left, top, right - left, bottom - top, 0.8)

    def head(self, at: float, y: float, text: str, align: str = "left") -> None:
        """Draw a column's title."""
        self.pen.text(self.x(at), y, text, 8, BOLD, align=align)

    def cell(  # noqa: PLR0917 - a place and what stands there
        self, start: float, end: float, top: float, height: float, value: str | None, field: str
    ) -> None:
        """Draw a value into a table cell: one line, or two small ones."""
        line = " ".join((value or "").split())
        left, room = self.x(start) + 1.5, self.x(end) - self.x(start) - 2.6
        if not line:
            return
        size = fit_size(line, REGULAR, 9, room, 7.5)
        if size:
            self.pen.text(left, top + height / 2 + size * 0.125, line, size)
            return
        for small in (8.0, 7.5, 7.0, 6.5, 6.0):
            lines = styles.balanced_lines(line, REGULAR, small, room, 2)
            pitch = small * 0.37
            if lines and pitch * 2 <= height:
                middle = top + height / 2 + small * 0.12
                self.pen.text(left, middle - pitch / 2, lines[0], small)
                self.pen.text(left, middle + pitch / 2, lines[-1], small)
                return
        raise too_long(field)


def three(number: str | None) -> str:
    """Write an RT or RW number with three digits, as the KTP does."""
    return number.zfill(3)[-3:] if number and number.isdigit() else (number or "")[:3]
