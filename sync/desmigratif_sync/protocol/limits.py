"""Ceilings of the wire. Both sides check them before they allocate anything."""

from __future__ import annotations

MAX_HEADER_BYTES = 4 * 1024
"""Header of one frame (a village has a handful of devices in its `deps`)."""
MAX_RAW_BYTES = 4 * 1024 * 1024
"""One frame's body after decompression; stands in the signed header."""
MAX_FRAME_TOTAL = 320 * 1024
"""One whole frame: a single entry of 256 KiB that does not compress still fits."""
MAX_FRAME_ENTRIES = 4_096
MAX_FRAME_OPERATIONS = 150_000
MAX_FRAME_CELLS = 1_000_000
"""Cells of all columns of one frame, absent ones included."""
MAX_REQUEST_BYTES = 2 * 1024 * 1024
"""Body of one request; a larger one is answered 413 without being read to its end."""
MAX_ENROL_BYTES = 8 * 1024
MAX_ANSWER_BYTES = 4 * 1024 * 1024
"""A client reads no more of one answer than this."""
MAX_FRAMES_A_REQUEST = 2_000
DEFAULT_BUDGET = 256 * 1024
"""Bytes of frames that a client asks for in one answer when it says nothing."""
MAX_BUDGET = 1024 * 1024
MAX_DEPTH = 8
"""Nesting of any message."""
MAX_ITEMS = 50_000
"""Values inside any message, frames not counted in."""
MAX_LABEL = 60
"""Characters of a laptop's label."""
LETTERS = "ABC"
"""Letters of the laptops of one post; they hang on printed numbers."""
