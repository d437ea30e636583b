"""Parts of a person's page: family, facts, what changed last, differences, the story."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.contacts import format_phone
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.partial_dates import format_with_weekday
from desmigratif_desktop.people.words import EMPTY
from desmigratif_desktop.ui.badges import Avatar
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.buttons import Size, link, secondary
from desmigratif_desktop.ui.cards import Card, ChoiceCard, FactRow
from desmigratif_desktop.ui.dialogs import Dialog
from desmigratif_desktop.ui.history_list import Change, HistoryItem, HistoryList
from desmigratif_desktop.ui.labels import ElidedLabel, IconLabel, PlainLabel
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from desmigratif_desktop.app.people_screens.person_reading import (
        Difference,
        PersonFacts,
        StoryLine,
    )
    from desmigratif_desktop.people.values import MemberLine

FACTS: Final = (
    ("birth_place", "Tempat lahir"), ("birth_date", "Tanggal lahir"), ("religion", "Agama"),
    ("marital_status", "Perkawinan"), ("education_level", "Pendidikan"),
    ("occupation", "Pekerjaan"), ("mother_name", "Ibu kandung"), ("father_name", "Ayah"),
    ("passport_no", "Paspor"),
)  # fmt: skip
MOST_SHOWN: Final = 60
MOST_FIELDS: Final = 6


def member_row(one: MemberLine, on_open: Callable[[], None] | None = None) -> QWidget:
    """One member of a household: disc, name, relation, age."""
    holder = QWidget()
    holder.setFixedHeight(42)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(Avatar(one.name, 28, Tone.STONE))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addStretch(1)
    words.addWidget(ElidedLabel(one.name, 13, 600))
    relation = one.relation.lower() or t("hubungan belum diisi")
    if one.is_head and "kepala" not in relation:
        relation = t("{relation} · kepala keluarga").format(relation=relation)
    words.addWidget(ElidedLabel(relation, 12, 400, Hue.INK_3))
    words.addStretch(1)
    row.addLayout(words, 1)
    if one.age is not None:
        row.addWidget(PlainLabel(t("{n} th").format(n=one.age), 13, 400, Hue.INK_2))
    if on_open is not None:
        button = link(t("Buka"), trailing="right")
        button.setAccessibleName(t("Buka {name}").format(name=one.name))
        button.clicked.connect(on_open)
        row.addWidget(button)
    return holder


def family_card(facts: PersonFacts, on_household: Callable[[], None]) -> Card:
    """The others in the household."""
    view = facts.view
    others = [one for one in view.members if one.uid != view.uid]
    card = Card(t("Keluarga"), padding=16)
    card.body.setSpacing(0)
    if view.household is not None:
        more = link(t("Lihat KK"))
        more.clicked.connect(on_household)
        card.add_head(more)
    for one in others[:4]:
        card.add(member_row(one))
    if len(others) > 4:
        words = t("dan {n} orang lagi").format(n=len(others) - 4)
        card.add(PlainLabel(words, 12, 400, Hue.INK_3))
    if not others:
        words = t("Isi No. KK supaya anggota keluarga berkumpul di sini.")
        if view.household is not None:
            words = t("Belum ada anggota lain dengan No. KK ini.")
        card.add(PlainLabel(words, 13, 400, Hue.INK_2, wrap=True))
    card.body.addStretch(1)
    return card


def facts_card(facts: PersonFacts, on_edit: Callable[[], None]) -> Card:
    """What a KTP says, as far as it is known."""
    view = facts.view
    card = Card(t("Data diri"), padding=16)
    edit = link(t("Ubah"))
    edit.clicked.connect(on_edit)
    card.add_head(edit)
    card.body.setSpacing(2)
    unknown = []
    for name, label in FACTS:
        value = view.values.get(name)
        if value is None:
            unknown.append(label)
            continue
        words = view.labels.get(name, str(value))
        if name == "birth_date":
            words = view.birth_line.split(", ")[-1]
        if name == "passport_no":
            words = f"{words[:1]}•••••{words[-2:]}"
        card.add(FactRow(t(label), words))
    if unknown:
        names = ", ".join(unknown[:3])
        told = t("Belum diisi: {names}").format(names=names.lower())
        if len(unknown) > 3:
            told += t(", dan {n} lagi").format(n=len(unknown) - 3)
        card.add(PlainLabel(told, 12, 400, Hue.INK_3, wrap=True))
    if view.values.get("note"):
        card.add(PlainLabel(str(view.values["note"]), 13, 400, Hue.INK_2, wrap=True))
    card.body.addStretch(1)
    return card


def _sentence(one: StoryLine) -> str:
    line = one.line
    changes = line.changes
    if one.is_beginning or not changes or line.action.startswith("migration.register"):
        return line.title
    first = changes[0]
    if first.new == EMPTY:
        said = t("{field} dikosongkan, semula {old}").format(field=first.label, old=first.old)
    elif first.old == EMPTY:
        said = t("{field}: {new}").format(field=first.label, new=first.new)
    else:
        said = t("{field}: {old} menjadi {new}").format(
            field=first.label, old=first.old, new=first.new
        )
    more = len(changes) - 1
    return t("{said}, dan {n} isian lain").format(said=said, n=more) if more else said


def changes_card(facts: PersonFacts, on_all: Callable[[], None]) -> Card:
    """Who changed what, the last four acts."""
    card = Card(t("Siapa mengubah apa"), padding=16)
    more = link(t("{n} perubahan").format(n=len(facts.story)), trailing="right")
    more.clicked.connect(on_all)
    card.add_head(more)
    card.body.setSpacing(6)
    for one in facts.story[:4]:
        holder = QHBoxLayout()
        holder.setSpacing(10)
        holder.addWidget(IconLabel("history", Hue.CHART_2, 14))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(_sentence(one), 13, 400, Hue.INK))
        about = f"{one.line.officer} · {_when(one, facts)}, {one.line.device_line}"
        words.addWidget(ElidedLabel(about, 12, 400, Hue.INK_3))
        holder.addLayout(words, 1)
        card.add(holder)
    card.body.addStretch(1)
    return card


def _when(one: StoryLine, facts: PersonFacts) -> str:
    if one.line.at[:10] == facts.today.isoformat():
        return t("hari ini {clock}").format(clock=one.line.clock)
    day = one.line.day.split(", ")[-1]
    return f"{day} {one.line.clock}"


# --- differences ----------------------------------------------------------------------


def difference_band(one: Difference, on_decide: Callable[[], None]) -> Band:
    """A field with two values: both are shown, nothing is lost."""
    shown, others = one.values[0], one.values[1:]
    button = secondary(t("Pilih yang benar"), size=Size.SMALL)
    button.clicked.connect(on_decide)
    told = "; ".join(f"{other.words} ({other.about})" for other in others)
    sentence = t("Ditampilkan {shown} ({about}). Tersimpan juga: {others}.").format(
        shown=shown.words, about=shown.about, others=told
    )
    title = t("{label} berbeda di dua tempat").format(label=one.label)
    return Band(title, sentence, Tone.SOGA, icon="swap", button=button)


class DifferenceDialog(Dialog):
    """Which value is right: digits choose, Enter keeps; the others stay in the history.

    Args:
        over: any widget of the window.
        one: the field and its values.
    """

    def __init__(self, over: QWidget, one: Difference) -> None:
        question = t("{label} yang mana yang benar?").format(label=one.label)
        super().__init__(over, question, icon="swap")
        self._group = QButtonGroup(self)
        for number, value in enumerate(one.values):
            card = ChoiceCard(value.words, value.about, key=str(number + 1), tall=True)
            card.setChecked(number == 0)
            self._group.addButton(card, number)
            self.add(card)
        told = t("Pilihan dapat dibatalkan dari riwayat, dan ikut terkirim pada pertukaran"
                 " berikutnya.")  # fmt: skip
        self.add(PlainLabel(told, 13, 400, Hue.INK_2, wrap=True))
        self.add_escape(t("Nanti saja"))
        self.add_effect(t("Pakai yang dipilih"), icon="check")

    def chosen(self) -> int:
        """Place of the chosen value."""
        return self._group.checkedId()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses."""
        digit = event.text()
        card = self._group.button(int(digit) - 1) if digit.isascii() and digit.isdigit() else None
        if card is not None:
            card.setChecked(True)
            event.accept()
            return
        super().keyPressEvent(event)


def ask_difference(
    over: QWidget, one: Difference, on_choose: Callable[[int], None]
) -> DifferenceDialog:
    """Ask which value is right."""
    dialog = DifferenceDialog(over, one)
    dialog.accepted.connect(lambda: on_choose(dialog.chosen()))
    dialog.open()
    return dialog


# --- the story ------------------------------------------------------------------------


def story_list(facts: PersonFacts, me: str, on_undo: Callable[[bytes], None]) -> QWidget:
    """All acts in cards by day."""
    shown = facts.story[:MOST_SHOWN]
    made = HistoryList()
    days = []
    for day, lines in groupby(shown, key=lambda one: one.line.day):
        acts = [_item(one, me) for one in lines]
        today = format_with_weekday(facts.today)
        named = t("Hari ini, {day}").format(day=day.split(", ")[-1]) if day == today else day
        days.append((named, acts))
    made.set_days(days)
    made.undo_asked.connect(on_undo)
    return made


def _item(one: StoryLine, me: str) -> HistoryItem:
    line = one.line
    note = f"“{line.reason}”" if line.reason else ""
    changes = tuple(
        Change(
            change.label,
            "" if change.old == EMPTY else change.old,
            "" if change.new == EMPTY else change.new,
        )
        for change in line.changes
    )
    if one.is_beginning:
        count = t("{title} · {n} isian").format(title=line.title, n=len(line.changes))
        note, changes = f"{count}. {note}".strip() if note else count, ()
    elif len(changes) > MOST_FIELDS:
        rest = t("{title} · {n} isian lain").format(title=line.title, n=len(changes) - MOST_FIELDS)
        note, changes = f"{rest}. {note}".strip() if note else rest, changes[:MOST_FIELDS]
    elif not changes:
        note = f"{line.title}. {note}".strip() if note else line.title
    return HistoryItem(
        act=line.act, time=line.clock, who=line.officer, where=line.device_line, changes=changes,
        note=note, may_undo=one.may_undo, is_mine=line.officer == me,
    )  # fmt: skip


def spell_phone(number: str | None) -> str:
    """A phone number as people write it."""
    return format_phone(number) if number else ""
