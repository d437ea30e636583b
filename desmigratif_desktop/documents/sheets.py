"""Sheets of paper: their size, margins and rhythm. Everything in millimetres from the top left.

F4 (215 x 330) is what village offices have; A4 is the ministries' habit. A paper is laid out
anew for the other sheet, never scaled by the printer driver.

Source: paper study, §1 (sheets).
"""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper.

    Attributes:
        name: identifier ("f4"), stored with an issued paper.
        left: left margin of forms and lists.
        right: right margin of forms and lists.
        letter_left: left margin of letters.
        letter_right: right margin of letters.
    """

    name: str
    width: float
    height: float
    left: float = 20
    right: float = 15
    letter_left: float = 25
    letter_right: float = 20

    @property
    def end(self) -> float:
        """The x where the text of forms ends."""
        return self.width - self.right

    @property
    def letter_end(self) -> float:
        """The x where the text of letters ends."""
        return self.width - self.letter_right

    @property
    def footer_y(self) -> float:
        """The y of the thin line above the footer."""
        return self.height - 15.1

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points, as PDF counts."""
        return self.width * MM, self.height * MM

    @property
    def is_tall(self) -> bool:
        """Whether rows can stand at their full pitch (F4), or must be closer (A4)."""
        return self.height >= 320


F4 = Sheet("f4", 215, 330)
A4 = Sheet("a4", 210, 297)
HALF_F4 = Sheet("half_f4", 215, 165)
SHEETS = {one.name: one for one in (F4, A4)}
"""What an officer can choose."""


def sheet_named(name: str) -> Sheet:
    """The sheet with this identifier; F4 when the name is unknown."""
    return SHEETS.get(name, F4)
