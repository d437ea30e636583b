"""One row of the table: what it measures, ours beside its base, and the budget."""

from __future__ import annotations

import json
import os
import statistics
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes:
        name: what.
        ours, base: values in `unit`; base 0 = the budget is absolute.
        unit: of both.
        v1, dream: budgets, in the measure that `by` names.
        by: "ratio" (ours / base), "more" (ours - base), "value" (ours), "speed" (base / ours,
            budgets are the least share).
        remark: what to know.
    """

    name: str
    ours: float
    base: float
    unit: str
    v1: float | None
    dream: float | None
    by: str = "ratio"
    remark: str = ""

    @property
    def measure(self) -> float:
        if self.by == "ratio":
            return self.ours / self.base if self.base else 0.0
        if self.by == "more":
            return self.ours - self.base
        if self.by == "speed":
            return self.base / self.ours if self.ours else 0.0
        return self.ours

    def meets(self, budget: float | None) -> bool:
        if budget is None:
            return True
        return self.measure >= budget if self.by == "speed" else self.measure <= budget

    @property
    def verdict(self) -> str:
        if self.v1 is None:
            return ""
        if not self.meets(self.v1):
            return "LEWAT"
        return "impian" if self.dream is not None and self.meets(self.dream) else "v1"


def median_of(work: Callable[[], object], times: int) -> float:
    """Median milliseconds."""
    return statistics.median(each(work, times))


def each(work: Callable[[], object], times: int) -> list[float]:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found


def p99(values: Iterable[float]) -> float:
    found = sorted(values)
    return found[min(len(found) - 1, int(len(found) * 0.99))]


def text_of(rows: list[Row]) -> str:
    """The table for people."""
    lines = [
        f"{'apa':58} {'kami':>10} {'dasar':>10} {'':6} {'ukuran':>8} {'v1':>7} {'impian':>7}  putusan"
    ]
    for one in rows:
        v1 = "" if one.v1 is None else f"{one.v1:g}"
        dream = "" if one.dream is None else f"{one.dream:g}"
        lines.append(
            f"{one.name:58} {one.ours:10.2f} {one.base:10.2f} {one.unit:6} {one.measure:8.2f}"
            f" {v1:>7} {dream:>7}  {one.verdict} {one.remark}"
        )
    return "\n".join(lines)


def write_json(rows: list[Row], path: Path) -> None:
    content = {
        "schema": 1,
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "rows": [asdict(one) | {"measure": one.measure, "verdict": one.verdict} for one in rows],
    }
    path.write_text(json.dumps(content, indent=1), "utf-8")
