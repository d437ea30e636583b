"""A small JSON-schema reader: the words that our own schemas use, and no others."""

from __future__ import annotations

import re
from typing import Any

_TYPES = {
    "object": dict, "array": list, "string": str, "integer": int, "boolean": bool,
    "null": type(None),
}  # fmt: skip
_KNOWN = {
    "$schema", "title", "type", "properties", "required", "additionalProperties", "items",
    "pattern", "enum", "const", "anyOf",
}  # fmt: skip


def faults(schema: dict[str, Any], value: Any, where: str = "$") -> list[str]:
    """Where a value is not as the schema says; empty = it fits."""
    unknown = schema.keys() - _KNOWN
    if unknown:
        return [f"{where}: the schema uses {sorted(unknown)}"]
    found = []
    if "anyOf" in schema:
        tries = [faults(one, value, where) for one in schema["anyOf"]]
        if all(tries):
            found += tries[-1]
    if "const" in schema and value != schema["const"]:
        found.append(f"{where}: {value!r} is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is none of {schema['enum']}")
    if "type" in schema and not _is_of(schema["type"], value):
        return [*found, f"{where}: {value!r} is no {schema['type']}"]
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        found.append(f"{where}: {value!r} has not the shape {schema['pattern']}")
    if isinstance(value, dict):
        found += _object_faults(schema, value, where)
    if isinstance(value, list) and "items" in schema:
        for place, one in enumerate(value):
            found += faults(schema["items"], one, f"{where}[{place}]")
    return found


def _is_of(types: str | list[str], value: Any) -> bool:
    names = [types] if isinstance(types, str) else types
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)


def _object_faults(schema: dict[str, Any], value: dict[str, Any], where: str) -> list[str]:
    known = schema.get("properties", {})
    found = [
        f"{where}: {name} is missing" for name in schema.get("required", ()) if name not in value
    ]
    rest = schema.get("additionalProperties", True)
    for name, one in value.items():
        if name in known:
            found += faults(known[name], one, f"{where}.{name}")
        elif rest is False:
            found.append(f"{where}: {name} is not told of")
        elif isinstance(rest, dict):
            found += faults(rest, one, f"{where}.{name}")
    return found
