from __future__ import annotations

import pytest

from desmigratif_desktop.documents import styles


@pytest.mark.parametrize("face", [styles.REGULAR, styles.BOLD, styles.ITALIC])
def test_the_fixed_signs_of_our_papers_have_glyphs(face: str) -> None:
    assert styles.missing_glyphs("·×–…“”‘’•()/:.,", face) == ""
    assert styles.missing_glyphs("A\u2610B\u4e2d\u2610", face) == "\u2610\u4e2d"


@pytest.mark.parametrize("text", ["<b>", "a & b", "\"x\" 'y'", "<a href=file:///c:/x.exe>"])
def test_F17_values_are_escaped(text: str) -> None:
    escaped = styles.plain(text)
    assert "<" not in escaped
    assert "&" not in escaped.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").replace(
        "&quot;", ""
    ).replace("&apos;", "")
    assert styles.bold(text) == f"<b>{escaped}</b>"


def test_a_word_wider_than_its_line_is_broken() -> None:
    lines = styles.balanced_lines("W" * 30, styles.REGULAR, 10, 50, 4)
    assert lines is not None
    assert len(lines) > 1
    assert "".join(lines) == "W" * 30
    assert all(styles.width_mm(one, styles.REGULAR, 10) <= 50 for one in lines)
    assert styles.balanced_lines("W" * 300, styles.REGULAR, 10, 50, 2) is None
