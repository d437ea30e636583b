"""Renew `tests/redlist.toml` from the names of the tests, or say what is missing.

python tests/kit/redlist_map.py            what no test answers yet; exit 1 when the map is old
python tests/kit/redlist_map.py --write    renew the map
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kit import redlist


def main(words: list[str]) -> int:
    """Compare, or write."""
    rows = redlist.read()
    answers = redlist.found()
    renewed = {key: dataclasses.replace(row, tests=answers[key]) for key, row in rows.items()}
    if "--write" in words:
        redlist.write(renewed)
    old = [key for key in redlist.IDS if rows[key].tests != renewed[key].tests]
    for line in redlist.summary():
        print(line)
    if old and "--write" not in words:
        print(f"redlist: the map is old for {' '.join(old)}; run this with --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
