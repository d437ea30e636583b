"""Rows of the list of people as table cells, and tones of badges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.table_delegate import find_hits
from desmigratif_desktop.ui.table_model import Cell, CellKind, Column
from desmigratif_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from desmigratif_desktop.features.migration_services.presenter.glance import Glance
    from desmigratif_desktop.people.values import PersonRow
    from desmigratif_desktop.ui.table_model import Row

COLUMNS: Final = (
    Column("name", t("Nama")),
    Column("nik", "NIK", 152, sortable=False),
    Column("age", t("Umur"), 54, sortable=False),
    Column("dusun", t("Dusun"), 94, sortable=False),
    Column("stage", t("Tahap"), 166, sortable=False),
    Column("documents", t("Dokumen"), 118, sortable=False),
)
TONES: Final = {"cpmi": Tone.SOGA, "pmi": Tone.LEAF, "purna": Tone.INDIGO, "closed": Tone.STONE}


def tone_of(glance: Glance | None) -> Tone:
    """The tone of a person's badge."""
    if glance is None:
        return Tone.STONE
    return Tone.BRICK if glance.is_alarming else TONES[glance.tone]


def badge_words(row_label: str, glance: Glance | None) -> str:
    """The badge of a person: their migration, else their role; "" without either."""
    return glance.badge if glance is not None else row_label


def cells(row: PersonRow, glance: Glance | None, text: str) -> Row:
    """One line of the list."""
    nik = Cell(row.nik_masked, CellKind.MASKED)
    if not row.nik_masked:
        nik = Cell(t("NIK belum ada"), CellKind.MASKED, tone=Tone.SOGA)
    age = t("{n} th").format(n=row.age) if row.age is not None else "–"
    words = badge_words(row.role_label, glance)
    icon = "warn" if glance is not None and glance.is_alarming else ""
    meter = Cell("", CellKind.METER)
    if glance is not None and (glance.tone == "cpmi" or glance.held):
        meter = Cell("", CellKind.METER, done=glance.held, total=glance.total)
    return (
        Cell(row.name, CellKind.NAME, row.subtitle, hits=find_hits(row.name, text)),
        nik,
        Cell(age),
        Cell(row.dusun or "–", CellKind.TWO_LINES, row.units),
        Cell(words, CellKind.BADGE, tone=tone_of(glance), icon=icon),
        meter,
    )
