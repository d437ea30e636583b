"""The tool without a window: for technicians of the district and for scripts.

    0 done   1 refused   2 bad usage   3 not reachable   4 done in part   5 damaged or wrong key

Nothing here imports Qt; each command imports what it needs when it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and tell its exit code.

    Args:
        argv: arguments without the program's name; None = those of the process.
    """
    from desmigratif_desktop.app.commands import program

    return program.run(argv)
