"""The practice post: an invented village of 240 people, ready to be clicked through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.app import assembly

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.records.engine import Store

PEOPLE: Final = 240
SEED: Final = 2026
OFFICER: Final = "Wulandari"


def make_practice_post(folder: Path) -> Store:
    """Make the practice post and open it as its first officer.

    Raises:
        KnownError: the folder already holds something.
    """
    from desmigratif_desktop.app.commands.demo_village import fill_village

    created = assembly.create_post(
        folder,
        assembly.NewPost(
            assembly.PRACTICE_VILLAGE, "", OFFICER, assembly.PRACTICE_PASSPHRASE, "A", practice=True
        ),
    )
    actor = created.store.keys.actor
    if actor is not None:
        fill_village(created.store, actor, people=PEOPLE, seed=SEED)
    return created.store
