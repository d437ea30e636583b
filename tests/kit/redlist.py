"""The redlist: 148 bad inputs, faults and attacks, and the test that answers each.

A test that answers a row carries its id as a word of its name, `test_F01_nik_…`. The map in
`tests/redlist.toml` is made from these names (`kit/redlist_map.py --write`) and committed, so
that a row whose test was lost is seen.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
MAP = TESTS / "redlist.toml"
ROWS = {"L": 23, "F": 19, "C": 16, "S": 23, "U": 13, "Q": 15, "M": 13, "D": 12, "I": 14}
"""How many rows each chapter has; ids are the letter and two digits."""

IDS = tuple(f"{letter}{n:02}" for letter, count in ROWS.items() for n in range(1, count + 1))
_WORD = re.compile(r"[LFCSUQMDI]\d\d")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the redlist.

    Attributes:
        fault: what is done to the program.
        pilot: whether the first field pilot waits for it.
        due: whether it is promised now.
        tests: node names, `folder/file.py::test_name`.
        protocol: a dated manual protocol where no machine can do it alone.
    """

    fault: str
    pilot: bool
    due: bool
    tests: tuple[str, ...]
    protocol: str

    @property
    def answered(self) -> bool:
        """Whether a test or a protocol stands for it."""
        return bool(self.tests or self.protocol)


def read(path: Path = MAP) -> dict[str, Row]:
    """The committed map."""
    table = tomllib.loads(path.read_text("utf-8"))
    return {
        key: Row(
            row["fault"],
            row.get("pilot", False),
            row.get("due", False),
            tuple(row.get("tests", ())),
            row.get("protocol", ""),
        )
        for key, row in table.items()
    }


def write(rows: dict[str, Row], path: Path = MAP) -> None:
    """The map in its one canonical form."""
    out = [
        "# Which test answers which row of the redlist. `fault`, `pilot`, `due` and `protocol` are",
        "# written by hand; `tests` by `python tests/kit/redlist_map.py --write`.",
    ]
    for key in IDS:
        row = rows[key]
        out += ["", f"[{key}]", f"fault = {_text(row.fault)}"]
        out += [f"{name} = true" for name in ("pilot", "due") if getattr(row, name)]
        if row.protocol:
            out.append(f"protocol = {_text(row.protocol)}")
        if row.tests:
            out += ["tests = [", *(f"  {_text(test)}," for test in row.tests), "]"]
    path.write_text("\n".join(out) + "\n", "utf-8")


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def ids_in(name: str) -> list[str]:
    """The row ids a test's name carries: `test_L01_L02_…` carries two."""
    return [word for word in name.split("_") if _WORD.fullmatch(word) and word in IDS]


def strangers_in(name: str) -> list[str]:
    """Words that look like an id and are none, such as F20."""
    return [word for word in name.split("_") if _WORD.fullmatch(word) and word not in IDS]


def _tests_of(body: list[ast.stmt], prefix: str) -> list[str]:
    found = []
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            found += _tests_of(node.body, f"{prefix}{node.name}::")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith("test_"):
                found.append(prefix + node.name)
        elif isinstance(node, ast.Assign):  # TestPosts = PostMachine.TestCase
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            found += [prefix + name for name in names if name.startswith("Test")]
    return found


def names_of_tests(root: Path = TESTS) -> list[str]:
    """Every test of the house, read without running anything."""
    names = []
    for path in sorted(root.rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        place = path.relative_to(root).as_posix()
        names += _tests_of(tree.body, f"{place}::")
    return names


def found(root: Path = TESTS) -> dict[str, tuple[str, ...]]:
    """Row id to the tests whose names carry it."""
    answers: dict[str, list[str]] = {key: [] for key in IDS}
    for name in names_of_tests(root):
        for key in ids_in(name.split("::", 1)[1].replace("::", "_")):
            answers[key].append(name)
    return {key: tuple(tests) for key, tests in answers.items()}


def summary() -> list[str]:
    """What the end of a run says."""
    try:
        rows = read()
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        return [f"redlist: the map cannot be read: {error}"]
    open_rows = [key for key in IDS if key not in rows or not rows[key].answered]
    lines = [f"redlist: {len(IDS) - len(open_rows)} of {len(IDS)} rows answered by a test"]
    due = [key for key in open_rows if key in rows and rows[key].due]
    if due:
        lines.append(f"redlist: DUE AND MISSING: {' '.join(due)}")
    later = [key for key in open_rows if key not in due]
    if later:
        lines.append(f"redlist: later: {' '.join(later)}")
    return lines
