"""Keeps a half-filled form: two seconds after the last key, and whenever the form closes.

The draft lies in the encrypted store, belongs to its officer and never becomes a record
by itself (redlist F18).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desmigratif_desktop.foundation.clock import hlc_datetime
from desmigratif_desktop.records import drafts
from desmigratif_sync.protocol.entries import Dot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from desmigratif_desktop.records.drafts import Draft
    from desmigratif_desktop.ui.shell import ScreenContext

IDLE_MS = 2_000
BASES, STEP, FIELD = "_bases", "_step", "_field"
DISTINCT = "_distinct"
"""Names beside the fields in a draft: the dots they were loaded with, where the officer was,
and of whom they said *bukan orang ini*."""


class DraftKeeper(QObject):
    """Saves what `gather` returns while the form is filled.

    Args:
        context: of the screen.
        form: name of the form ("person", "registration.cpmi").
        subject: id of the record; None for a new one.
        gather: the fields as typed; an empty answer keeps nothing.
        parent: the form's widget.

    Signals:
        kept(str): a draft was kept, with the time ("09.41").
    """

    kept = Signal(str)

    def __init__(
        self,
        context: ScreenContext,
        form: str,
        subject: bytes | None,
        gather: Callable[[], dict[str, Any]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._form, self._subject, self._gather = context, form, subject, gather
        self._officer = context.actor().officer_id
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(IDLE_MS)
        self._timer.timeout.connect(self.keep)
        self._is_dirty = False
        self._is_over = False

    def touch(self) -> None:
        """A key was pressed; the two seconds begin again."""
        if not self._is_over:
            self._is_dirty = True
            self._timer.start()

    def keep(self) -> None:
        """Keep the draft now, when anything changed since the last time."""
        self._timer.stop()
        if self._is_over or not self._is_dirty:
            return
        self._is_dirty = False
        fields = self._gather()
        if not fields:
            return
        store, form, subject, officer = (
            self._context.store(), self._form, self._subject, self._officer,
        )  # fmt: skip

        def work() -> str:
            drafts.save_draft(store, form, subject, officer, fields)
            return f"{now_of(store):%H.%M}"

        self._context.jobs.write(work, self.kept.emit, owner=self)

    def close(self) -> None:
        """The form goes away: keep what was not kept yet."""
        self.keep()
        self._is_over = True

    def finish(self) -> None:
        """The form was saved or given up: keep nothing any more."""
        self._timer.stop()
        self._is_over = True

    def drop(self) -> None:
        """Forget the draft: the officer gave it up."""
        self.finish()
        store, form, subject, officer = (
            self._context.store(), self._form, self._subject, self._officer,
        )  # fmt: skip
        self._context.jobs.write(lambda: forget(store, form, subject, officer))

    def begin_again(self) -> None:
        """Keep drafts again, after the earlier one was dropped or the save was refused."""
        self._is_over = False

    def load(self, session: Any) -> Draft | None:
        """The officer's draft of this form, on the reader lane."""
        return drafts.load_draft(session, self._form, self._subject, self._officer)


def forget(store: Any, form: str, subject: bytes | None, officer: bytes) -> None:
    """Drop a draft, on the writer lane."""
    with store.local_write() as session:
        drafts.clear_draft(session, form, subject, officer)


def now_of(store: Any) -> datetime:
    """The post's clock as people read it."""
    return hlc_datetime(store.clock.millis() << 16)


def clock_of(draft: Draft) -> str:
    """When a draft was kept: "09.41"."""
    return f"{hlc_datetime(draft.saved_at << 16):%H.%M}"


def pack_bases(bases: Mapping[str, Any]) -> dict[str, list[list[Any]]]:
    """Dots as JSON carries them."""
    return {
        name: [[part.hex() if isinstance(part, bytes) else part for part in dot] for dot in dots]
        for name, dots in bases.items()
    }


def unpack_bases(packed: Mapping[str, Any]) -> dict[str, tuple[Dot, ...]]:
    """Dots back from JSON."""
    return {
        name: tuple(
            Dot(bytes.fromhex(device), bytes.fromhex(epoch), audience, seq)
            for device, epoch, audience, seq in dots
        )
        for name, dots in packed.items()
    }
