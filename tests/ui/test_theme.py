"""Every pair of colours that carries words is measured again."""

from __future__ import annotations

import pytest

from desmigratif_desktop.ui.theme import FAMILY, Hue, Tone, font, register_fonts

pytestmark = pytest.mark.qt


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    (Hue.CREAM, Hue.PINE), (Hue.RAIL_TEXT, Hue.PINE), (Hue.MIST, Hue.PINE_DEEP),
    (Hue.SURFACE, Hue.LEAF), (Hue.SURFACE, Hue.LEAF_HOVER), (Hue.SURFACE, Hue.LEAF_PRESSED),
    (Hue.LEAF, Hue.SURFACE), (Hue.LEAF, Hue.PAPER), (Hue.LEAF, Hue.DEW), (Hue.PINE_DEEP, Hue.LAMP),
    (Hue.SURFACE, Hue.BRICK), (Hue.INK, Hue.SURFACE), (Hue.INK, Hue.HIT), (Hue.INK_2, Hue.PAPER),
    (Hue.INK_2, Hue.DEW), (Hue.INK_2, Hue.DESK), (Hue.INK_3, Hue.SURFACE), (Hue.INK_3, Hue.PAPER),
    (Hue.INK_3, Hue.SUNKEN), (Hue.INK_3, Hue.DEW), (Hue.SURFACE, Hue.PINE_RAISED),
    *[(tone.value.text, tone.value.ground) for tone in Tone],
]  # fmt: skip


@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_reach_4_5(words, ground):
    assert contrast(words, ground) >= 4.5


@pytest.mark.parametrize(
    ("line", "ground"),
    [(Hue.EDGE, Hue.SURFACE), (Hue.EDGE, Hue.PAPER), (Hue.WARN_EDGE, Hue.SURFACE),
     (Hue.CHART_2, Hue.SURFACE), (Hue.LAMP, Hue.PINE)],
)  # fmt: skip
def test_borders_and_marks_reach_3(line, ground):
    assert contrast(line, ground) >= 3


def test_the_shipped_faces_are_known_under_one_family(qapp):
    families = register_fonts()
    assert FAMILY in families
    widths = {weight: __import__("PySide6.QtGui", fromlist=["QFontMetricsF"]).QFontMetricsF(
        font(20, weight)).horizontalAdvance("Pendaftaran") for weight in (400, 600, 700)}  # fmt: skip
    assert widths[400] < widths[600] < widths[700]
