"""Frozen facts: what a paper says, as plain values that outlive the record they came from.

A paper is built from facts alone, so equal facts press to equal bytes; the same facts
travel as one JSON text and let another laptop print a copy.
"""

from __future__ import annotations

import dataclasses
import json
import types
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Iterator

Facts = TypeVar("Facts")


@dataclasses.dataclass(frozen=True, slots=True)
class Office:
    """The village and its service post, as letterheads and footers name them.

    The words for village, subdistrict and head differ between provinces (desa, gampong,
    nagari; kecamatan, distrik; kepala desa, keuchik): they are facts, never template text.

    Attributes:
        village_code: ten digits, without dots.
        village: name without the word before it ("Karanganyar").
        address: street line of the office; may be empty.
        contact: second line: telephone, e-mail; may be empty.
        village_term: "Desa", "Gampong", "Nagari" …
        short_name: the village part of letter numbers ("Ds.Krg").
        head_name: the village head's name with titles; empty when unknown.
        practice: papers of the practice village carry LATIHAN and are not valid.
    """

    village_code: str
    village: str
    subdistrict: str
    regency: str
    province: str = ""
    address: str = ""
    contact: str = ""
    village_term: str = "Desa"
    subdistrict_term: str = "Kecamatan"
    head_term: str = "Kepala Desa"
    short_name: str = ""
    head_name: str = ""
    post_name: str = "Pos Layanan Desmigratif"
    practice: bool = False

    @property
    def dotted_code(self) -> str:
        """The village code as people read it: 99.05.01.2003."""
        code = self.village_code
        return ".".join((code[:2], code[2:4], code[4:6], code[6:])) if len(code) == 10 else code

    @property
    def regency_line(self) -> str:
        """The regency with its word; a kota already carries its own."""
        has_word = self.regency.lower().startswith(("kabupaten", "kota"))
        return self.regency if has_word else f"Kabupaten {self.regency}"

    @property
    def place_line(self) -> str:
        """The address chain in one line."""
        return (
            f"{self.village_term} {self.village}, {self.subdistrict_term} {self.subdistrict}, "
            f"{self.regency_line}"
        )


def to_json(facts: Any) -> str:
    """Write facts as one canonical JSON text: keys sorted, empty values left out."""
    plain = _without_empty(dataclasses.asdict(facts))
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(shape: type[Facts], text: str) -> Facts:
    """Read facts back; fields that a newer program added are left aside.

    Args:
        shape: the facts dataclass ("RegistrationFacts").
        text: what `to_json` wrote.
    """
    built: Facts = _build(shape, json.loads(text))
    return built


def strings_of(facts: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the facts with the name of its field."""
    if isinstance(facts, str):
        yield path, facts
    elif dataclasses.is_dataclass(facts):
        for field in dataclasses.fields(facts):
            inner = f"{path}.{field.name}" if path else field.name
            yield from strings_of(getattr(facts, field.name), inner)
    elif isinstance(facts, tuple):
        for one in facts:
            yield from strings_of(one, path)


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_without_empty(one) for one in value]
    return value


def _build(shape: Any, value: Any) -> Any:
    if get_origin(shape) in (types.UnionType, Union):
        shape = next(one for one in get_args(shape) if one is not type(None))
    if value is None:
        return None
    if get_origin(shape) is tuple:
        return tuple(_build(get_args(shape)[0], one) for one in value)
    if dataclasses.is_dataclass(shape) and isinstance(value, dict):
        hints = get_type_hints(shape)
        known = {f.name for f in dataclasses.fields(shape)}
        needed = {
            f.name: ""
            for f in dataclasses.fields(shape)
            if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        }
        made = {key: _build(hints[key], one) for key, one in value.items() if key in known}
        return shape(**{**needed, **made})  # type: ignore[operator]
    return value
