"""The radar of an open store: loaded when it is first asked, then kept in step by notices."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from desmigratif_desktop.people.radar.radar import Radar

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.notices import ChangeNotice

WASTE: Final = 4
"""When a quarter of the rows stand empty, the register is read again."""


class LiveRadar:
    """One radar, shared by every form of the store; ask `live_radar` for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._radar: Radar | None = None
        self._changed: set[bytes] = set()
        self._pairs_changed = False

    def hear(self, notice: ChangeNotice) -> None:
        """Note what changed; it is read again when somebody asks."""
        with self._lock:
            if "distinct_pair" in notice.kinds:
                self._pairs_changed = True
            if "person" in notice.kinds:
                if notice.records:
                    self._changed |= notice.records
                else:
                    self._radar = None

    def at(self, session: Session) -> Radar:
        """The radar as this snapshot sees the register.

        Args:
            session: the reader lane.
        """
        with self._lock:
            radar = self._radar
            changed, self._changed = self._changed, set()
            pairs, self._pairs_changed = self._pairs_changed, False
            if radar is None or radar.index.waste * WASTE > len(radar) + 1_000:
                radar = self._radar = Radar.load(session)
            elif changed or pairs:
                radar.follow(session, changed, pairs=pairs)
            return radar


_ALL: WeakKeyDictionary[Store, LiveRadar] = WeakKeyDictionary()
_MAKING: Final = threading.Lock()


def live_radar(store: Store) -> LiveRadar:
    """The radar of a store; made once."""
    with _MAKING:
        found = _ALL.get(store)
        if found is None:
            found = _ALL[store] = LiveRadar()
            store.subscribe(found.hear)
        return found
