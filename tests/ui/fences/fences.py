"""Fences around every screen: nothing squeezed, nothing cut, nothing unnamed.

`broken(widget)` returns one sentence for each thing that does not fit; screens of all
rooms are walked with it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

FULL = (1366, 768)
NARROW = (1093, 614)


def broken(root: QWidget) -> list[str]:
    """What is squeezed, cut or unnamed in a shown widget."""
    found: list[str] = []
    for one in root.findChildren(QWidget):
        if not one.isVisibleTo(root) or one.width() <= 0:
            continue
        found += _label(one) + _button(one) + _field(one) + _name(one)
    return found


def _label(one: QWidget) -> list[str]:
    if not isinstance(one, QLabel) or not one.text():
        return []
    if one.wordWrap():
        if one.height() < one.heightForWidth(one.width()):
            return [f"wrapped label too low: {one.text()[:50]!r}"]
        return []
    if one.width() < one.sizeHint().width():
        return [f"label too narrow: {one.text()[:50]!r} {one.width()} < {one.sizeHint().width()}"]
    return []


def _button(one: QWidget) -> list[str]:
    if isinstance(one, QAbstractButton) and one.text() and one.width() < one.sizeHint().width():
        return [f"button too narrow: {one.text()!r} {one.width()} < {one.sizeHint().width()}"]
    return []


def _field(one: QWidget) -> list[str]:
    if isinstance(one, QComboBox) and one.width() < 72:
        return [f"combo too narrow: {one.width()}"]
    if isinstance(one, QLineEdit) and not isinstance(one.parent(), QComboBox) and one.width() < 40:
        return [f"field too narrow: {one.width()}"]
    return []


def _name(one: QWidget) -> list[str]:
    focusable = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
    inner = one.objectName().startswith("qt_") or one.objectName() == "options"
    if isinstance(one.parent(), QComboBox) or inner:
        return []
    named = one.accessibleName() or (isinstance(one, QAbstractButton) and one.text())
    if focusable and not named:
        return [f"no accessible name: {type(one).__name__}"]
    return []


def too_large(root: QWidget, room: tuple[int, int]) -> str:
    """Say when a screen cannot be made small enough; empty when it can."""
    hint = root.minimumSizeHint()
    if hint.width() > room[0] or hint.height() > room[1]:
        return f"{hint.width()} x {hint.height()} does not fit {room[0]} x {room[1]}"
    return ""


def primaries(root: QWidget) -> int:
    """How many primary buttons are visible; one a screen."""
    from desmigratif_desktop.ui.buttons import Button, Kind

    return sum(
        one.kind is Kind.PRIMARY for one in root.findChildren(Button) if one.isVisibleTo(root)
    )
