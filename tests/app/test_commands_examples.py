"""One example of each command with its answer, as `resources/schemas/` tells it."""

from __future__ import annotations

import io
import json
import sys

import pytest

from desmigratif_desktop.app.commands import main, program
from desmigratif_desktop.foundation.paths import resource
from kit.demo.schema import faults

EXAMPLES = json.loads(resource("schemas/examples.json").read_text(encoding="utf-8"))


def matches(wanted, given, names) -> bool:
    """Whether an answer is as the example tells; "*" is anything, "$name" binds."""
    if wanted == "*":
        return True
    if isinstance(wanted, str) and wanted.startswith("$"):
        return names.setdefault(wanted, given) == given
    if isinstance(wanted, dict):
        rest = wanted.keys() - {"..."}
        is_whole = "..." in wanted or given.keys() == rest
        return is_whole and all(matches(wanted[one], given[one], names) for one in rest)
    if isinstance(wanted, list):
        return len(wanted) == len(given) and all(
            matches(one, other, names) for one, other in zip(wanted, given, strict=True)
        )
    return wanted == given


def test_every_command_answers_as_its_example_and_schema_say(tmp_path, monkeypatch, capsys):
    secrets = {}
    for name in ("own", "other"):
        secrets[name] = tmp_path / name
        secrets[name].write_text(f"kata sandi {name}\n", encoding="utf-8")
    monkeypatch.setenv("DESMIGRATIF_PASSPHRASE_FILE", str(secrets["own"]))
    names = {"$other": str(secrets["other"]), "$folder": str(tmp_path)}
    for example in EXAMPLES:
        args = [names.get(one, one) for one in example["args"]]
        args = [one.replace("$folder", str(tmp_path)) for one in args]
        text = "\n".join(json.dumps(one) for one in example.get("input", ()))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
        code = main(["--folder", str(tmp_path / "pos"), "--json", *args])
        out = capsys.readouterr().out
        answer = json.loads(out)
        assert code == example["exit"], (example["command"], answer)
        schema = json.loads(resource(f"schemas/{example['command']}.json").read_text("utf-8"))
        assert faults(schema, answer) == [], example["command"]
        assert matches(example["data"], answer["data"], names), (example["command"], answer["data"])
        assert matches(example.get("problems", []), answer["problems"], names), answer["problems"]
    exported = json.loads((tmp_path / "warga.json").read_text("utf-8"))
    schema = json.loads(resource("schemas/people-export.json").read_text("utf-8"))
    assert faults(schema, exported) == []


def leaves(parser):
    import argparse

    groups = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not groups:
        yield parser.prog.split(" ", 1)[1].replace(" ", "-")
    for group in groups:
        for child in group.choices.values():
            yield from leaves(child)


def test_every_command_has_an_example_and_a_schema():
    told = {one["command"] for one in EXAMPLES}
    assert set(leaves(program.parser())) == told
    for name in told:
        assert resource(f"schemas/{name}.json").is_file()


@pytest.mark.parametrize(
    "value",
    [
        1,
        "x",
        None,
        {"schema": 2, "ok": True, "data": None, "problems": []},
        {"schema": 1, "ok": True, "data": {"people": "1", "file": "x"}, "problems": []},
    ],
)
def test_the_schema_reader_finds_faults(value):
    schema = json.loads(resource("schemas/export-people.json").read_text("utf-8"))
    assert faults(schema, value)
