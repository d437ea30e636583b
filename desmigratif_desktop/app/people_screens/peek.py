"""The panel beside the list of people, and the rows of like names on an empty page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.app.people_screens.cells import badge_words, tone_of
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.words import units_line
from desmigratif_desktop.ui.badges import Avatar, Badge
from desmigratif_desktop.ui.buttons import ghost, secondary, tint
from desmigratif_desktop.ui.cards import Card, FactRow, Hairline
from desmigratif_desktop.ui.labels import ElidedLabel, PlainLabel
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desmigratif_desktop.app.people_screens.reading import Peek
    from desmigratif_desktop.features.migration_services.presenter.glance import Glance
    from desmigratif_desktop.people.values import PersonRow, PersonView


def peek_panel(peek: Peek, act: Callable[[str], None]) -> QWidget:
    """Who the current row is and what can be done next.

    Args:
        peek: the person.
        act: called with "open", "edit" or "papers".
    """
    view = peek.view
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(20, 20, 20, 16)
    column.setSpacing(10)
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(Avatar(view.name, 48, tone_of(peek.glance)))
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addStretch(1)
    words.addWidget(ElidedLabel(view.name, 16, 600))
    alias = view.values.get("alias")
    if alias:
        words.addWidget(ElidedLabel(t("panggilan {alias}").format(alias=alias), 13, 400, Hue.INK_2))
    words.addStretch(1)
    head.addLayout(words, 1)
    column.addLayout(head)
    label = badge_words(" · ".join(view.role_labels), peek.glance)
    if label:
        column.addWidget(Badge(label, tone_of(peek.glance)), 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(Hairline())
    facts = QVBoxLayout()
    facts.setSpacing(2)
    for name, value in _facts(peek):
        facts.addWidget(FactRow(name, value))
    column.addLayout(facts)
    column.addWidget(Hairline())
    column.addWidget(PlainLabel(t("Langkah berikutnya"), 14, 600))
    column.addWidget(PlainLabel(_step(peek), 13, 400, Hue.INK_2, wrap=True))
    _add_buttons(column, peek, act)
    column.addStretch(1)
    return panel


def _facts(peek: Peek) -> list[tuple[str, str]]:
    view = peek.view
    unknown = t("belum diketahui")
    birth = view.birth_line.split(", ")[-1].replace(" tahun)", " th)")
    facts = [(t("Lahir"), birth or unknown), (t("Alamat"), _place(view) or unknown)]
    facts.append((t("HP"), view.phone_masked or unknown))
    others = len(view.members) - 1
    if others > 0:
        facts.append((t("Keluarga"), t("{n} orang serumah").format(n=others)))
    if view.audience != "village":
        facts.append((t("Dilihat"), t("desa dan kabupaten")))
    return facts


def _place(view: PersonView) -> str:
    """The hamlet and units, which say more here than the street."""
    parts = (str(view.values.get("dusun") or ""), units_line(view.values))
    return ", ".join(one for one in parts if one) or view.address_line


def _step(peek: Peek) -> str:
    if peek.view.open_conflicts:
        return t("Ada isian yang berbeda antarlaptop. Buka halamannya untuk memilih yang benar.")
    if peek.glance is not None and peek.glance.next_step:
        step = peek.glance.next_step
        return f"{step[:1].upper()}{step[1:]}."
    if peek.glance is not None and peek.glance.is_alarming:
        return t("Hubungi keluarganya dan catat kabar terakhir.")
    if not peek.view.values.get("nik"):
        return t("Lengkapi NIK bila KTP atau KK dibawa.")
    if peek.glance is None:
        return t("Belum ada layanan migrasi untuk orang ini.")
    return t("Tidak ada yang menunggu.")


def _add_buttons(column: QVBoxLayout, peek: Peek, act: Callable[[str], None]) -> None:
    column.addSpacing(4)
    open_ = tint(t("Buka halaman warga"), key="Return")
    open_.clicked.connect(lambda: act("open"))
    column.addWidget(open_)
    if peek.glance is not None:
        papers = secondary(t("Cetak"), icon="print", key="Ctrl+P")
        papers.setShortcut(QKeySequence())
        papers.clicked.connect(lambda: act("papers"))
        column.addWidget(papers)
    edit = secondary(t("Ubah data"), icon="edit", key="F4")
    edit.setShortcut(QKeySequence())
    edit.clicked.connect(lambda: act("edit"))
    column.addWidget(edit)


def alike_card(
    rows: Sequence[tuple[PersonRow, Glance | None]], open_person: Callable[[bytes], None]
) -> Card:
    """People whose name sounds like what was typed."""
    card = Card(t("Nama yang mirip"), lined=True, padding=16)
    card.setFixedWidth(560)
    card.body.setSpacing(0)
    for row, glance in rows:
        line = QWidget()
        line.setFixedHeight(44)
        across = QHBoxLayout(line)
        across.setContentsMargins(16, 0, 12, 0)
        across.setSpacing(10)
        across.addWidget(Avatar(row.name, 28, Tone.STONE))
        across.addWidget(PlainLabel(row.name, 14, 600))
        facts = (
            t("{n} th").format(n=row.age) if row.age is not None else "",
            t("Dusun {dusun}").format(dusun=row.dusun) if row.dusun else "",
            badge_words(row.role_label, glance),
        )
        about = " · ".join(one for one in facts if one)
        across.addWidget(ElidedLabel(about, 13, 400, Hue.INK_2), 1)
        button = ghost(t("Buka"), trailing="right")
        button.setAccessibleName(t("Buka {name}").format(name=row.name))
        button.clicked.connect(lambda _on=False, uid=row.uid: open_person(uid))
        across.addWidget(button)
        card.add(line)
    return card
