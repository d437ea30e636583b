from __future__ import annotations

from desmigratif_desktop.documents.sheets import A4, F4, sheet_named


def test_f4_is_the_sheet_of_village_offices() -> None:
    assert (F4.width, F4.height) == (215, 330)
    assert (F4.end - F4.left, A4.end - A4.left) == (180, 175)
    assert (F4.letter_end - F4.letter_left, A4.letter_end - A4.letter_left) == (170, 165)


def test_sheets_are_found_by_name() -> None:
    assert sheet_named("a4") is A4
    assert sheet_named("f4") is F4
    assert sheet_named("legal") is F4
