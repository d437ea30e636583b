"""Hamlet and units hidden inside an address: "Dsn JIWET", "DSN. PRAPAT RT 02 RW 01".

"DS" may mean a hamlet or the village: it is a hamlet where the same name stands with
"Dsn" or "Dusun" elsewhere in the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desmigratif_desktop.people.imports.rows import RowRead

_NAME: Final = r"\s*[.:]?\s*(?P<name>[A-Za-z][A-Za-z'’ ]{1,38}?)"
_END: Final = r"(?=\s*(?:[,;/(]|$|\brt\b|\brw\b|\bno\b|\bds\b|\bdesa\b|[0-9]))"
_SURE = re.compile(
    rf"\b(?:dsn|dusun|dukuh|dkh|pedukuhan|padukuhan|lingkungan|lingk|banjar|jorong){_NAME}{_END}",
    re.IGNORECASE,
)
_MAYBE = re.compile(rf"\bds{_NAME}{_END}", re.IGNORECASE)
_UNITS = re.compile(
    r"\brt\s*[.:]?\s*(?P<rt>[0-9]{1,3})\s*[-/,]?\s*(?:rw\s*[.:]?\s*)?(?P<rw>[0-9]{1,3})?",
    re.IGNORECASE,
)


def find_homes(rows: Iterable[RowRead]) -> None:
    """Fill hamlet, RT and RW from addresses where no column gives them."""
    waiting = [one for one in rows if one.values.get("address") and not one.is_refused]
    spellings: dict[str, str] = {}
    for row in waiting:
        if found := _SURE.search(str(row.values["address"])):
            name = found["name"].strip()
            spellings.setdefault(name.casefold(), name)
    for row in waiting:
        _fill(row, spellings)


def _fill(row: RowRead, spellings: dict[str, str]) -> None:
    address = str(row.values["address"])
    rest = address
    found = _SURE.search(address)
    if found is None and (maybe := _MAYBE.search(address)):
        found = maybe if maybe["name"].strip().casefold() in spellings else None
    if found and not row.values.get("dusun"):
        row.values["dusun"] = spellings[found["name"].strip().casefold()]
        row.cells = {**row.cells, "dusun": row.cells["address"]}
        rest = rest.replace(found.group(0), " ")
    units = _UNITS.search(rest)
    if units and not row.values.get("rt") and not row.values.get("rw"):
        for name in ("rt", "rw"):
            if units[name] and units[name].strip("0"):
                row.values[name] = units[name].zfill(3)
                row.cells = {**row.cells, name: row.cells["address"]}
        rest = rest.replace(units.group(0), " ")
    if rest != address and not rest.strip(" ,.;/-"):
        del row.values["address"]
