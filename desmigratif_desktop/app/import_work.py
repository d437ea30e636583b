"""What the import screen does beside the window: recall, dry run, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.app.import_words import progress_words
from desmigratif_desktop.foundation.durable_files import write_durably
from desmigratif_desktop.foundation.errors import PaperNotWrittenError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.imports import mapping as mappings
from desmigratif_desktop.people.imports import report, session
from desmigratif_desktop.people.imports.values import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desmigratif_desktop.people.imports.found import Recognised
    from desmigratif_desktop.people.imports.mapping import Mapping
    from desmigratif_desktop.people.imports.plan import Plan
    from desmigratif_desktop.people.imports.session import Loaded
    from desmigratif_desktop.records.engine import Store


class Watch(Progress):
    """Brings the counts to the window and the wish to stop to the work.

    Args:
        told: takes (done, total, words), from any thread.

    Attributes:
        told: the same.
    """

    def __init__(self, told: Callable[[int, int, str], None]) -> None:
        super().__init__()
        self.told = told

    def tell(self, phase: str, done: int, total: int) -> None:
        """Pass on how far it is."""
        self.told(done, total, progress_words(phase, done, total))


def recall(store: Store, loaded: Loaded) -> Mapping | None:
    """The mapping that was confirmed for the same headings."""
    with store.read() as reading:
        return mappings.recall(reading, loaded.found)


def look_at(
    store: Store, loaded: Loaded, found: Recognised, mapping: Mapping, watch: Watch
) -> Plan:
    """The dry run; the mapping is remembered once it could be followed to the end."""
    plan = session.dry_run(store, loaded, found, watch)
    mappings.remember(store, loaded.found, mapping)
    return plan


def write_report(plan: Plan, target: Path) -> None:
    """Keep the report; without an ending that is known it becomes a worksheet.

    Raises:
        PaperNotWrittenError: the place cannot be written.
    """
    form = report.report_form(target)
    whole = target if form else target.with_name(f"{target.name}.xlsx")
    try:
        write_durably(whole.absolute(), report.report_bytes(plan, form or "xlsx"))
    except OSError:
        raise PaperNotWrittenError(
            t("Laporan tidak dapat disimpan di tempat itu."),
            t("Pilih folder lain, atau periksa ruang kosongnya."),
        ) from None
