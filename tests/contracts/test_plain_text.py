"""Nothing on the screen guesses HTML: redlist F04, security finding 6."""

from __future__ import annotations

import ast

from kit import house

LABELS = "desmigratif_desktop/ui/labels.py"
DIALOGS = "desmigratif_desktop/ui/dialogs.py"
RICH = {"RichText", "AutoText", "MarkdownText"}
TIPS = {"setToolTip", "setWhatsThis", "setStatusTip"}
STATIC_BOXES = {"information", "warning", "critical", "question", "about", "aboutQt"}
HTML_WIDGETS = {"QTextBrowser", "QErrorMessage", "QWhatsThis", "QSplashScreen"}
HTML_CALLS = {"setHtml", "appendHtml", "insertHtml", "setMarkdown", "setOpenExternalLinks"}


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)


def _is_literal(node: ast.expr) -> bool:
    """Whether a tool tip's words are written in the source or were made literal."""
    if isinstance(node, ast.IfExp):
        return _is_literal(node.body) and _is_literal(node.orelse)
    if isinstance(node, ast.Call):
        known = {"plain_tip", "t", "QCoreApplication.translate"}
        return ast.unparse(node.func).removeprefix("labels.") in known and (
            _called(node) == "plain_tip" or all(_is_literal(word) for word in node.args)
        )
    return isinstance(node, ast.Constant)


def _sins(tree: ast.Module, name: str) -> list[str]:
    found = []
    for node in ast.walk(tree):
        place = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Name | ast.Attribute):
            word = node.id if isinstance(node, ast.Name) else node.attr
            if word == "QLabel" and name != LABELS:
                found.append(f"{place} QLabel (use ui.labels)")
            if word == "QMessageBox" and name != DIALOGS:
                found.append(f"{place} QMessageBox (use ui.dialogs)")
            if word in RICH and ast.unparse(node).endswith(f"TextFormat.{word}"):
                found.append(f"{place} {word}")
            if word in HTML_WIDGETS:
                found.append(f"{place} {word}")
        if isinstance(node, ast.Call):
            called = _called(node)
            if called in STATIC_BOXES and "QMessageBox" in ast.unparse(node.func):
                found.append(f"{place} QMessageBox.{called} guesses HTML")
            if called in TIPS and node.args and not _is_literal(node.args[0]):
                found.append(f"{place} {called} without plain_tip()")
            if called in HTML_CALLS:
                found.append(f"{place} {called}")
    return found


def test_F04_no_widget_guesses_html() -> None:
    sins = [
        sin
        for path in house.python_files("desmigratif_desktop")
        for sin in _sins(house.tree(path), house.place(path))
    ]
    assert not sins


def test_F04_tooltip_role_of_a_table_is_made_literal() -> None:
    """A model that answers ToolTipRole must know `plain_tip`."""
    careless = [
        house.place(path)
        for path in house.python_files("desmigratif_desktop")
        if "ToolTipRole" in (text := path.read_text("utf-8")) and "plain_tip" not in text
    ]
    assert not careless


def test_each_sin_would_be_seen() -> None:
    planted = {
        "QLabel(name)": 1,
        "QMessageBox.warning(self, a, b)": 2,
        "x.setTextFormat(Qt.TextFormat.RichText)": 1,
        "button.setToolTip(person.name)": 1,
        "view.setHtml(name)": 1,
        "QTextBrowser()": 1,
        "button.setToolTip(plain_tip(person.name))": 0,
        "button.setToolTip(t('Simpan'))": 0,
    }
    for source, expected in planted.items():
        assert len(_sins(ast.parse(source), "x.py")) == expected, source
