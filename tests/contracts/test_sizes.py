"""A file fits in the head, a function on a screen."""

from __future__ import annotations

import ast

from kit import house

FILE_LINES = 400
FUNCTION_LINES = 40


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and its docstring."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node) is not None:
        first = node.body[0]
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        house.place(path): lines
        for path in house.python_files(*house.PRODUCT, "tests")
        if (lines := len(path.read_text("utf-8").splitlines())) > FILE_LINES
    }
    assert not long


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{house.place(path)}::{node.name}": lines
        for path in house.python_files(*house.PRODUCT)
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := _body_lines(node)) > FUNCTION_LINES
    }
    assert not long


def test_a_long_function_would_be_seen() -> None:
    source = 'def long():\n    """Say."""\n' + "    x = 1\n" * (FUNCTION_LINES + 1)
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef)
    assert _body_lines(node) > FUNCTION_LINES
