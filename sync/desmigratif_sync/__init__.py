"""The wire between a village post and its district: messages, frames, client."""

from __future__ import annotations

__version__ = "0.1.0"
PROTOCOL_VERSION = 1
