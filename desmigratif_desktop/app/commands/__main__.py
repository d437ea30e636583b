"""`python -m desmigratif_desktop.app.commands`."""

import sys

from desmigratif_desktop.app.commands import main

if __name__ == "__main__":
    sys.exit(main())
