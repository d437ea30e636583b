"""Desmigratif Desktop: the village post's register of people who go abroad to work."""

from __future__ import annotations

from desmigratif_sync import __version__

__all__ = ["__version__"]
