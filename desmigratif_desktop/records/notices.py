"""What changed, told after COMMIT: each open screen decides for itself whether to reload."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangeNotice:
    """One act, as the screens hear of it.

    Attributes:
        act: 16 bytes; empty for changes that came from another laptop.
        kinds: names of the kinds touched.
        records: ids touched; empty when there were too many to name.
        origin: who caused it ("exchange", or a form's own mark).
    """

    act: bytes
    kinds: frozenset[str]
    records: frozenset[bytes]
    origin: str = ""

    def concerns(self, kind: str, record: bytes | None = None) -> bool:
        """Tell whether a screen showing this kind (and record) should reload."""
        if kind not in self.kinds:
            return False
        return record is None or not self.records or record in self.records
