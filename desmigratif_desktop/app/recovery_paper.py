"""The recovery sheet of a post: its facts from the register, pressed in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.features.migration_services.service.paper_facts import office_of
from desmigratif_desktop.foundation.clock import ZONES, local_date

if TYPE_CHECKING:
    from desmigratif_desktop.documents.press import PressedPaper
    from desmigratif_desktop.records.engine import Store


def recovery_paper(store: Store, code: str, sheet_no: int = 1) -> PressedPaper:
    """Press the sheet; nothing is written to the disk.

    Args:
        store: the opened store.
        code: eight groups as `recovery_code.spell` gives them.
        sheet_no: 1 for the first sheet.
    """
    from desmigratif_desktop.documents.recovery_sheet import RecoveryFacts, recovery_sheet

    with store.read() as session:
        office = office_of(store, session)
    today = local_date(store.clock, ZONES["WIB"])
    officer = store.keys.actor.name if store.keys.actor else ""
    facts = RecoveryFacts(office, code, store.replica.laptop, today.isoformat(), officer, sheet_no)
    return recovery_sheet(facts)
