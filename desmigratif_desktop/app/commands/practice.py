"""The practice village: filled with believable people, only ever in a practice folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.app.commands.answers import Answer, Streams, UsageError
from desmigratif_desktop.app.commands.folders import opened

if TYPE_CHECKING:
    import argparse

MOST_PEOPLE: Final = 200_000


def demo(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Fill a practice folder; any other is refused."""
    from desmigratif_desktop.app.commands.demo_village import fill_village

    if not 1 <= arguments.people <= MOST_PEOPLE:
        raise UsageError(f"Jumlah warga harus antara 1 dan {MOST_PEOPLE}.")
    with opened(arguments) as (store, actor):
        done = fill_village(store, actor, people=arguments.people, seed=arguments.seed)
    data = {"people": done.people, "households": done.households, "episodes": done.episodes}
    return Answer(data, (f"{done.people} warga latihan, {done.episodes} perjalanan migrasi.",))
