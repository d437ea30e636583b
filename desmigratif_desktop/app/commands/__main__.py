"""`python -m desmigratif_desktop.app.commands`."""

from __future__ import annotations

import sys

from desmigratif_desktop.app.commands import main

if __name__ == "__main__":
    sys.exit(main())
