"""The measurements: `python3 installers/start.py bench [--quick] [--json FILE] [--only WORD]`.

Each row stands beside its base, measured in the same run on the same machine, and beside
its budget. Ratios travel between machines, milliseconds do not.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import people, rows_store, rows_window, rows_wire  # noqa: E402
from benchmarks.measure import Row, text_of, write_json  # noqa: E402
from kit import recording_vfs  # noqa: E402


def main(words: list[str]) -> int:
    """Measure what was asked and print it."""
    parser = argparse.ArgumentParser(prog="bench", description="Ukuran kecepatan.")
    parser.add_argument(
        "--quick", action="store_true", help="10.000 warga saja, lebih sedikit ulangan"
    )
    parser.add_argument("--json", type=Path, default=None)
    parser.add_argument("--only", default="", help="save, find, window, wire, apply, import")
    given = parser.parse_args(words)
    times, most = (60, 10_000) if given.quick else (300, 100_000)
    wanted = set(given.only.split(",")) - {""}
    rows: list[Row] = []

    def asked(name: str) -> bool:
        return not wanted or name in wanted

    with tempfile.TemporaryDirectory(prefix="ukur-") as place:
        scratch = Path(place)
        small = scratch / "kecil"
        keys = people.make_post(small, 10_000) if not wanted or wanted - {"wire", "apply"} else None
        if asked("save"):
            rows += rows_store.save(small, keys, scratch, times)
            if recording_vfs.is_available():
                rows += rows_store.pages(small, keys)
        if asked("find"):
            rows += rows_store.find(small, keys, 10_000, times)
        if most > 10_000 and (asked("find") or asked("window")):
            large = scratch / "besar"
            large_keys = people.make_post(large, most)
            if asked("find"):
                rows += rows_store.find(large, large_keys, most, times)
            if asked("window"):
                rows += rows_window.window(large, large_keys, most, 5)
        elif asked("window"):
            rows += rows_window.window(small, keys, 10_000, 3)
        if asked("wire"):
            rows += rows_wire.wire(scratch / "jalur", 10_000)
        if asked("apply"):
            rows += rows_store.apply(scratch, 10_000)
        if asked("import"):
            rows += rows_window.spreadsheet(small, keys, scratch / "lembar", 6_000)
    print(text_of(rows))
    load = os.getloadavg() if hasattr(os, "getloadavg") else ()
    print("beban mesin:", " ".join(f"{one:.1f}" for one in load))
    if given.json is not None:
        write_json(rows, given.json)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
