from __future__ import annotations

from typing import Any

import pytest

from desmigratif_desktop.documents import pen, press, styles
from desmigratif_desktop.documents.sheets import F4
from desmigratif_desktop.foundation.errors import InputError
from kit.papers import LONG_NAME, texts


def drawn(draw: Any) -> str:
    return texts(press.press((draw,), F4, press.PaperMeta("x")).data)[0]


def test_a_short_value_keeps_its_size() -> None:
    assert pen.fit_size("Siti", styles.REGULAR, 10.5, 50) == 10.5


def test_a_long_value_shrinks_then_takes_two_lines_and_loses_nothing() -> None:
    assert pen.fit_size(LONG_NAME, styles.REGULAR, 10.5, 80) is None
    shown = drawn(lambda p: p.value(20, 30, LONG_NAME, 80, field="name"))
    assert shown == LONG_NAME


def test_F17_sixty_wide_letters_are_broken_never_cut() -> None:
    shown = drawn(lambda p: p.value(20, 30, "W" * 60, 120, field="name"))
    assert shown.replace(" ", "") == "W" * 60


def test_a_value_that_cannot_fit_is_refused_by_its_field() -> None:
    with pytest.raises(InputError) as refused:
        drawn(lambda p: p.value(20, 30, "W" * 200, 60, field="mother_name"))
    assert refused.value.problems[0].field == "mother_name"
    assert "Nama ibu kandung" in refused.value.problems[0].message


@pytest.mark.parametrize("value", [None, "", "   "])
def test_nothing_is_drawn_for_nothing(value: str | None) -> None:
    assert drawn(lambda p: p.value(20, 30, value, 50, field="name")) == ""


def test_F17_markup_is_drawn_as_text() -> None:
    hostile = "<b>Ani & <a href=file:///c:/x.exe>"
    assert drawn(lambda p: p.text(20, 30, hostile)) == hostile


def test_lines_are_balanced() -> None:
    lines = styles.balanced_lines(LONG_NAME, styles.BOLD, 9, 70, 3)
    assert lines is not None
    assert " ".join(lines) == LONG_NAME
    widths = [styles.width_mm(one, styles.BOLD, 9) for one in lines]
    assert max(widths) <= 70
