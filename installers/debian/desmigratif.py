"""The packaged window's first line."""

from __future__ import annotations

import sys

from desmigratif_desktop.app.main import main

if __name__ == "__main__":
    sys.exit(main())
