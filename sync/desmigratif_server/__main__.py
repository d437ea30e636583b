"""`python -m desmigratif_server` is `desmigratif-server`."""

from __future__ import annotations

import sys

from desmigratif_server.commands import main

sys.exit(main())
