"""The look of the house: colour tokens, type, palette and the sheet for fields.

Palette first, a short style sheet for fields, painting for the rest. The tokens were
measured with the WCAG formula; `tests/ui/test_theme.py` measures every pair again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from desmigratif_desktop.foundation.paths import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FAMILY: Final = "Noto Sans"
FACES: Final = ("Regular", "SemiBold", "Bold", "Italic")
NARROW_BELOW: Final = 1200
"""Logical width under which the rail shows icons only and side panels fold away."""


class Hue:
    """Colour tokens of the porch; names say the use, not the shade."""

    PINE = "#10382F"
    PINE_DEEP = "#0B2923"
    PINE_RAISED = "#2A4C44"
    PINE_LINE = "#2E5249"
    CREAM = "#F5F1E8"
    RAIL_TEXT = "#D5E0DA"
    MIST = "#B9CCC4"
    LEAF = "#11604F"
    LEAF_HOVER = "#0D5042"
    LEAF_PRESSED = "#094036"
    DEW = "#E5F0EA"
    DEW_HOVER = "#D8E8E0"
    DEW_PRESSED = "#CBE0D6"
    DEW_LINE = "#B5D3C6"
    LAMP = "#E0A33E"
    SOGA = "#80500A"
    SOGA_GROUND = "#FCF2DF"
    SOGA_LINE = "#E7C88F"
    BRICK = "#A2331F"
    BRICK_HOVER = "#88281A"
    BRICK_PRESSED = "#6E1F13"
    BRICK_GROUND = "#FBECE8"
    BRICK_LINE = "#E6B5AA"
    INDIGO = "#2F4F8F"
    INDIGO_GROUND = "#EAEFF8"
    INDIGO_LINE = "#B8C6E3"
    INK = "#1B2824"
    INK_2 = "#45524D"
    INK_3 = "#626D68"
    PAPER = "#FAF8F3"
    SURFACE = "#FFFFFF"
    SUNKEN = "#F2EFE7"
    DESK = "#E9E5DA"
    HAIR = "#E6E1D6"
    HAIR_2 = "#D3CCBD"
    EDGE = "#8C8678"
    WARN_EDGE = "#A86A10"
    HIT = "#F8DFA8"
    CHART_2 = "#699E8B"
    OFF_TEXT = "#6B6659"
    OFF_GROUND = "#DAD6CB"
    GHOST_HOVER = "#ECE8DD"
    GHOST_PRESSED = "#E3DED1"
    HOVER = "#F6F3EC"
    ERROR_GROUND = "#FFFCFB"
    WARN_GROUND = "#FFFDF8"


@dataclass(frozen=True, slots=True)
class Tint:
    """Three colours that belong together.

    Attributes:
        text: colour of words and icons.
        ground: colour behind them.
        line: colour of the border.
    """

    text: str
    ground: str
    line: str


class Tone(Enum):
    """What a badge, band or marker says; always together with a word or an icon."""

    STONE = Tint(Hue.INK_2, Hue.SUNKEN, Hue.HAIR_2)
    LEAF = Tint(Hue.LEAF, Hue.DEW, Hue.DEW_LINE)
    SOGA = Tint(Hue.SOGA, Hue.SOGA_GROUND, Hue.SOGA_LINE)
    BRICK = Tint(Hue.BRICK, Hue.BRICK_GROUND, Hue.BRICK_LINE)
    INDIGO = Tint(Hue.INDIGO, Hue.INDIGO_GROUND, Hue.INDIGO_LINE)
    LAMP = Tint(Hue.PINE_DEEP, Hue.LAMP, Hue.LAMP)


def font(px: int, weight: int = 400, *, italic: bool = False, spacing: float = 0.0) -> QFont:
    """Make a face of the house.

    Args:
        px: logical pixels; never under 11.
        weight: 400, 600 or 700.
        italic: only regular italic is shipped.
        spacing: extra pixels between letters, for NIK.
    """
    made = QFont(FAMILY)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    if spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    return made


def palette() -> QPalette:
    """The palette Fusion paints with."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: Hue.PAPER, role.WindowText: Hue.INK, role.Base: Hue.SURFACE,
        role.AlternateBase: Hue.PAPER, role.Text: Hue.INK, role.Button: Hue.SURFACE,
        role.ButtonText: Hue.INK, role.Highlight: Hue.LEAF, role.HighlightedText: Hue.SURFACE,
        role.Accent: Hue.LEAF, role.PlaceholderText: Hue.INK_3, role.ToolTipBase: Hue.INK,
        role.ToolTipText: Hue.CREAM, role.Link: Hue.LEAF, role.LinkVisited: Hue.LEAF,
        role.Mid: Hue.HAIR_2, role.Dark: Hue.EDGE,
    }.items():  # fmt: skip
        made.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(Hue.OFF_TEXT))
    return made


_SHEET = """
QLineEdit, QPlainTextEdit {{ background:{surface}; border:1px solid {edge}; border-radius:6px;
  padding:0 9px; min-height:38px; color:{ink}; placeholder-text-color:{ink3};
  selection-background-color:{leaf}; selection-color:white; }}
QPlainTextEdit {{ padding:6px 7px; }}
QLineEdit:hover, QPlainTextEdit:hover {{ border-color:{ink2}; }}
QLineEdit:focus {{ border:2px solid {leaf}; padding:0 8px; min-height:36px; }}
QPlainTextEdit:focus {{ border:2px solid {leaf}; padding:5px 6px; }}
QLineEdit[tall="44"] {{ min-height:42px; }} QLineEdit[tall="44"]:focus {{ min-height:40px; }}
QLineEdit[tall="48"] {{ min-height:46px; }} QLineEdit[tall="48"]:focus {{ min-height:44px; }}
QLineEdit[mark="error"] {{ border:2px solid {brick}; padding:0 8px; min-height:36px;
  background:{error_ground}; }}
QLineEdit[mark="warn"] {{ border:2px solid {warn}; padding:0 8px; min-height:36px;
  background:{warn_ground}; }}
QLineEdit[mark="error"]:focus, QLineEdit[mark="warn"]:focus {{ border-color:{leaf}; }}
QLineEdit[plain="yes"], QLineEdit[plain="yes"]:focus {{ border:none; background:transparent;
  padding:0; min-height:24px; }}
QLineEdit:disabled, QLineEdit:read-only, QPlainTextEdit:disabled {{ background:{sunken};
  border-color:{hair2}; color:{off}; }}
QComboBox {{ background:{surface}; border:1px solid {edge}; border-radius:6px;
  padding:0 34px 0 11px; min-height:38px; color:{ink}; }}
QComboBox:hover {{ border-color:{ink2}; }}
QComboBox:focus, QComboBox:on {{ border:2px solid {leaf}; padding:0 33px 0 10px;
  min-height:36px; }}
QComboBox[mark="error"] {{ border:2px solid {brick}; padding:0 33px 0 10px; min-height:36px; }}
QComboBox[mark="warn"] {{ border:2px solid {warn}; padding:0 33px 0 10px; min-height:36px; }}
QComboBox:disabled {{ background:{sunken}; border-color:{hair2}; color:{off}; }}
QComboBox::drop-down {{ border:none; width:0; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border:none; background:transparent; padding:0;
  min-height:24px; }}
QAbstractItemView#options {{ background:{surface}; border:1px solid {hair2}; outline:0;
  padding:5px; selection-background-color:{dew}; selection-color:{ink}; }}
QAbstractItemView#options::item {{ min-height:34px; padding:0 8px; border-radius:6px; }}
QAbstractItemView#options::item:hover, QAbstractItemView#options::item:selected {{
  background:{dew}; color:{ink}; }}
QTableView {{ background:{surface}; border:none; outline:0; gridline-color:transparent;
  selection-background-color:{dew}; selection-color:{ink}; }}
QTableCornerButton::section, QHeaderView {{ background:{surface}; border:none; }}
QHeaderView::section {{ background:{surface}; border:none; border-bottom:1px solid {hair2}; }}
QScrollArea, QScrollArea > QWidget#qt_scrollarea_viewport {{ background:transparent;
  border:none; }}
QScrollBar:vertical {{ background:transparent; width:12px; margin:2px; }}
QScrollBar:horizontal {{ background:transparent; height:12px; margin:2px; }}
QScrollBar::handle {{ background:#C9C0AF; border-radius:4px; min-height:40px; min-width:40px; }}
QScrollBar::handle:hover {{ background:{edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width:0; height:0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background:transparent; }}
QMenu {{ background:{surface}; border:1px solid {hair2}; padding:6px; }}
QMenu::item {{ padding:8px 28px 8px 12px; border-radius:6px; color:{ink}; }}
QMenu::item:selected {{ background:{dew}; color:{ink}; }}
QMenu::item:disabled {{ color:{off}; }}
QMenu::separator {{ height:1px; background:{hair}; margin:6px 4px; }}
QToolTip {{ background:{ink}; color:{cream}; border:none; padding:5px 8px; }}
"""


def style_sheet() -> str:
    """The sheet for fields, lists, menus and scroll bars; everything else is painted."""
    return _SHEET.format(
        surface=Hue.SURFACE, edge=Hue.EDGE, ink=Hue.INK, ink2=Hue.INK_2, ink3=Hue.INK_3,
        leaf=Hue.LEAF, brick=Hue.BRICK, warn=Hue.WARN_EDGE, sunken=Hue.SUNKEN, hair=Hue.HAIR,
        hair2=Hue.HAIR_2, off=Hue.OFF_TEXT, dew=Hue.DEW, cream=Hue.CREAM,
        error_ground=Hue.ERROR_GROUND, warn_ground=Hue.WARN_GROUND,
    )  # fmt: skip


def register_fonts() -> tuple[str, ...]:
    """Load the shipped faces; returns the families Qt knows them by."""
    families: list[str] = []
    for face in FACES:
        number = QFontDatabase.addApplicationFont(str(resource(f"fonts/NotoSans-{face}.ttf")))
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))


def apply_theme(app: QApplication) -> None:
    """Dress the application; called once, before the first window."""
    app.setStyle("Fusion")
    register_fonts()
    app.setFont(font(14))
    app.setPalette(palette())
    app.setStyleSheet(style_sheet())
