"""Two people of the register side by side: complete the older, or tell them apart.

Joining both under one id is a merge; until then their case stays open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.radar.comparing import chosen_values, compare_rows
from desmigratif_desktop.people.radar.decisions import complete_person, tell_apart
from desmigratif_desktop.people.roster import show_person
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_desktop.ui.compare import CompareDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desmigratif_desktop.people.values import PersonView
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.ui.shell import ScreenContext


@dataclass(frozen=True, slots=True)
class Both:
    """The two people of a pair, the one who was registered first at the left."""

    old: PersonView
    new: PersonView


def read_both(store: Store, pair: tuple[bytes, bytes]) -> Both:
    """Read a pair on the reader lane.

    Raises:
        NotFoundError: one of them is no longer here.
    """
    first, second = sorted(pair)
    with store.read() as session:
        return Both(show_person(store, session, first), show_person(store, session, second))


def open_compare(
    context: ScreenContext, over: QWidget, both: Both, done: Callable[[str], None]
) -> CompareDialog:
    """Open the comparison of two people of the register.

    Args:
        context: of the screen.
        over: any widget of the window.
        both: the pair.
        done: takes one sentence when something was decided.
    """
    old, new = both.old, both.new
    rows = compare_rows(old.values, new.values)
    outcome = (
        t("Data yang lebih dahulu dilengkapi"),
        t("Kedua data tetap ada dan pasangan ini tetap menunggu sampai dapat digabung."),
    )
    heads = ((old.name, t("lebih dahulu")), (new.name, t("lebih baru")))
    dialog = CompareDialog(over, rows, heads, outcome, effect=t("Lengkapi data lama"))
    store, actor = context.store(), context.actor()

    def complete() -> None:
        chosen = chosen_values(rows, dialog.choices(), old.values, new.values)
        if not chosen:
            done(t("Tidak ada yang dipilih dari data yang lebih baru."))
            return
        work = partial(
            complete_person, store, actor, old.uid, Touched(chosen, old.bases), other=new.uid
        )
        said = t("Data {name} dilengkapi.").format(name=old.name)
        context.jobs.write(work, lambda _done: done(said), owner=over)

    def part() -> None:
        said = t("Dicatat sebagai dua orang; tidak ditanyakan lagi.")
        work = partial(tell_apart, store, actor, old.uid, new.uid)
        context.jobs.write(work, lambda _done: done(said), owner=over)

    dialog.accepted.connect(complete)
    dialog.told_apart.connect(part)
    dialog.start()
    return dialog


__all__ = ["Both", "open_compare", "read_both"]
