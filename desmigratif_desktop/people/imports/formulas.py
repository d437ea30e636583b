"""Cells that no spreadsheet takes for a formula, and back.

Source: redlist F05.
"""

from __future__ import annotations

from typing import Final

FORMULA_STARTS: Final = "=+-@\t\r\n＝＋－＠'"
"""First characters that a spreadsheet might take for a formula, and our own guard."""


def guard_cell(value: str | float | None) -> str:
    """A cell that no spreadsheet takes for a formula; `open_cell` gives it back."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] and text[0] in FORMULA_STARTS else text


def open_cell(text: str) -> str:
    """The text of a guarded cell."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in FORMULA_STARTS else text
