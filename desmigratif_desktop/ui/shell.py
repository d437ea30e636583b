"""What every screen is given: no screen reaches for anything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desmigratif_desktop.foundation.settings import Settings
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.ui.jobs import JobRunner
    from desmigratif_desktop.ui.notice_board import NoticeBoard


def _nowhere(_page: str, _subject: object = None) -> None:
    """Navigation of a screen that stands alone."""


def _quiet(_words: str, _is_warning: bool = False) -> None:  # noqa: FBT001, FBT002
    """Announcements of a screen that stands alone."""


@dataclass(slots=True)
class ScreenContext:
    """The parts of the application a screen may use.

    Attributes:
        jobs: the lanes to the database and outside.
        board: change notices on the GUI thread.
        store: gives the open store; call it inside a job, not on the GUI thread.
        actor: gives the officer at work.
        settings: of this laptop.
        navigate: opens a page: (key of the page, subject or None).
        announce: says one sentence in the foot: (words, is_warning).
        window: gives the window that dialogs lie over.
        parts: further parts by name that `app.assembly` hands to features.
    """

    jobs: JobRunner
    board: NoticeBoard
    store: Callable[[], Store]
    actor: Callable[[], Actor]
    settings: Settings
    navigate: Callable[..., None] = _nowhere
    announce: Callable[..., None] = _quiet
    window: Callable[[], QWidget | None] = lambda: None
    parts: dict[str, Any] = field(default_factory=dict)
