"""Every public name of the product says what it is for."""

from __future__ import annotations

import ast

from kit import house


def _excused(node: ast.AST) -> bool:
    """Overrides and setters speak through what they override."""
    words = {ast.unparse(one).rsplit(".", 1)[-1] for one in getattr(node, "decorator_list", ())}
    return bool(words & {"override", "overload", "setter", "deleter"})


def _silent(body: list[ast.stmt], prefix: str) -> list[str]:
    found = []
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_") or _excused(node):
            continue
        if ast.get_docstring(node) is None:
            found.append(prefix + node.name)
        if isinstance(node, ast.ClassDef):
            found += _silent(node.body, f"{prefix}{node.name}.")
    return found


def test_every_public_name_is_documented() -> None:
    silent = []
    for path in house.python_files(*house.PRODUCT):
        tree = house.tree(path)
        if ast.get_docstring(tree) is None:
            silent.append(house.place(path))
        silent += _silent(tree.body, f"{house.place(path)}::")
    assert not silent


def test_every_module_postpones_its_annotations() -> None:
    """So that a type costs nothing when the program starts."""
    missing = []
    for path in house.python_files("desmigratif_desktop", "sync", "installers", "tests"):
        body = house.tree(path).body
        if len(body) > 1 and not any(
            isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in body
        ):
            missing.append(house.place(path))
    assert not missing
