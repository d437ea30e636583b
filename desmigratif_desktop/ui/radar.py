"""The radar: who in the register may be the person being typed; it shows, never blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.foundation.partial_dates import format_long
from desmigratif_desktop.people.persons import same_nik
from desmigratif_desktop.people.roster import count_people, person_values, rows_of
from desmigratif_desktop.records import search
from desmigratif_desktop.ui.badges import Badge
from desmigratif_desktop.ui.buttons import Size, ghost, link, secondary
from desmigratif_desktop.ui.cards import Card
from desmigratif_desktop.ui.labels import ElidedLabel, IconLabel, PlainLabel
from desmigratif_desktop.ui.painting import smooth
from desmigratif_desktop.ui.section_form import scrolled
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPaintEvent
    from sqlalchemy.orm import Session

    from desmigratif_desktop.people.values import PersonRow
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.ui.shell import ScreenContext

IDLE_MS: Final = 250
MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form so far.

    Attributes:
        but_not: the person whose form is open.
    """

    nik: str = ""
    name: str = ""
    birth_date: str = ""
    dusun: str = ""
    but_not: bytes | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the same person.

    Attributes:
        grade: 3 = same NIK, 2 = name and birth, 1 = name only.
        lines: (agrees, words), the agreeing ones first.
    """

    uid: bytes
    name: str
    under: str
    grade: int
    lines: tuple[tuple[bool, str], ...]


def look_for(store: Store, session: Session, typed: Typed, today: date) -> tuple[Candidate, ...]:
    """People like the typed one, the most alike first.

    Args:
        store: the opened store.
        session: the reader lane.
        typed: what stands in the form.
        today: of the post.
    """
    ids: list[bytes] = [one.uid for one in same_nik(session, typed.nik or None)]
    if len(typed.name) >= 3:
        ids += search.find(session, store.registry, typed.name, kind="person", limit=MOST)
        first = typed.name.split()[0]
        if typed.birth_date and len(first) >= 3:
            ids += search.find(session, store.registry, first[:4], kind="person", limit=200)
    unique = [one for one in dict.fromkeys(ids) if one != typed.but_not]
    found = [_judge(session, row, typed) for row in rows_of(session, unique, today)]
    ranked = sorted((one for one in found if one.grade), key=lambda one: -one.grade)
    return tuple(ranked[:4])


def _judge(session: Session, row: PersonRow, typed: Typed) -> Candidate:
    values = person_values(session, row.uid)
    agrees: list[str] = []
    differs: list[str] = []
    nik, born = str(values["nik"] or ""), str(values["birth_date"] or "")
    same_number = bool(nik and nik == typed.nik)
    alike = _starts_alike(row.name, typed.name)
    if alike:
        agrees.append(t("Nama sama") if _plain(row.name) == _plain(typed.name) else t("Nama mirip"))
    if same_number:
        agrees.insert(0, t("NIK sama"))
    elif typed.nik:
        differs.append(t("NIK berbeda") if nik else t("NIK belum ada pada data lama"))
    same_day = bool(born and typed.birth_date and _same_day(born, typed.birth_date))
    if same_day:
        agrees.append(t("Lahir {day}").format(day=format_long(born)))
    elif born and typed.birth_date:
        differs.append(t("Lahir {day}, berbeda").format(day=format_long(born)))
    if typed.dusun and row.dusun and _plain(typed.dusun) != _plain(row.dusun):
        differs.append(t("Dusun {dusun}").format(dusun=row.dusun))
    grade = 3 if same_number else 2 if alike and same_day else 1 if alike else 0
    under = " · ".join(
        part for part in (
            row.role_label or t("Warga"),
            t("{n} tahun").format(n=row.age) if row.age is not None else "",
            t("Dusun {dusun}").format(dusun=row.dusun) if row.dusun else "",
        ) if part
    )  # fmt: skip
    lines = (*((True, words) for words in agrees), *((False, words) for words in differs))
    return Candidate(row.uid, row.name, under, grade, lines)


def _plain(words: str) -> str:
    return " ".join("".join(one for one in words.casefold() if one.isalnum() or one == " ").split())


def _starts_alike(name: str, typed: str) -> bool:
    """Whether every typed word begins a word of the name, or they share a long beginning."""
    have, want = _plain(name).split(), _plain(typed).split()
    if not want or not have:
        return False
    return all(any(one.startswith(word) for one in have) for word in want)


def _same_day(left: str, right: str) -> bool:
    return left.startswith(right) or right.startswith(left)


class RadarPanel(QWidget):
    """The column at the right of a form.

    Args:
        context: of the screen.
        use_words: words of the small button that takes a candidate.

    Signals:
        taken(bytes): the officer says it is this person.
    """

    taken = Signal(bytes)

    def __init__(
        self, context: ScreenContext, use_words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._use = use_words or t("Buka data")
        self._typed = Typed()
        self._found: tuple[Candidate, ...] = ()
        self._refused: set[bytes] = set()
        self._shows_all = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(IDLE_MS)
        self._timer.timeout.connect(self._look)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(16, 18, 16, 16)
        self._column.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._inner))
        self._people = 0
        self._draw()

    def look(self, typed: Typed) -> None:
        """Something else was typed."""
        if typed != self._typed:
            self._typed = typed
            self._timer.start()

    def candidates(self) -> tuple[Candidate, ...]:
        """Who is shown now."""
        return tuple(one for one in self._found if one.uid not in self._refused)

    def has_same_nik(self) -> bool:
        """Whether somebody shown carries the same NIK."""
        return any(one.grade == 3 for one in self.candidates())

    def take_first(self) -> None:
        """What Ctrl D does."""
        shown = self.candidates()
        if shown:
            self.taken.emit(shown[0].uid)

    def _look(self) -> None:
        store, typed = self._context.store(), self._typed

        def read() -> tuple[tuple[Candidate, ...], int]:
            with store.read() as session:
                found = look_for(store, session, typed, local_date(store.clock))
                return found, count_people(session)

        self._context.jobs.read("radar", read, self._show, owner=self)

    def _show(self, found: Any) -> None:
        self._found, self._people = found
        self._draw()

    def _refuse(self, uid: bytes) -> None:
        self._refused.add(uid)
        self._draw()

    def _draw(self) -> None:
        _clear(self._column)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel("radar", Hue.LEAF, 20))
        head.addWidget(PlainLabel(t("Mungkin sudah terdaftar"), 16, 600), 1)
        self._column.addLayout(head)
        shown = self.candidates()
        told = t("Dicocokkan dengan {n} warga saat Anda mengetik.").format(
            n=format_number(self._people)
        )
        if not self._people:
            told = t("Dicocokkan dengan daftar warga saat Anda mengetik.")
        self._column.addWidget(PlainLabel(told, 13, 400, Hue.INK_2, wrap=True))
        most = len(shown) if self._shows_all else 2 if self.width() >= 310 else 1
        for one in shown[:most]:
            self._column.addWidget(self._card(one))
        if len(shown) > most:
            words = t("{n} lagi yang agak mirip").format(n=len(shown) - most)
            more = link(words, trailing="right")
            more.clicked.connect(self._show_all)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if not shown and (self._typed.name or self._typed.nik):
            calm = t("Belum ada yang mirip.")
            self._column.addWidget(PlainLabel(calm, 13, 400, Hue.INK_3, wrap=True))
        self._column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(IconLabel("info", Hue.INK_3, 16), 0, Qt.AlignmentFlag.AlignTop)
        words = t("Bila orangnya sama, lengkapi data lama. Data tidak dibuat dua kali.")
        foot.addWidget(PlainLabel(words, 12, 400, Hue.INK_2, wrap=True), 1)
        self._column.addLayout(foot)

    def _show_all(self) -> None:
        self._shows_all = True
        self._draw()

    def _card(self, one: Candidate) -> Card:
        card = Card(padding=14)
        first = QHBoxLayout()
        first.addWidget(ElidedLabel(one.name, 14, 600), 1)
        grade = {3: t("NIK sama"), 2: t("Sangat mirip"), 1: t("Agak mirip")}[one.grade]
        first.addWidget(Badge(grade, Tone.STONE if one.grade == 1 else Tone.SOGA))
        card.add(first)
        card.add(ElidedLabel(one.under, 13, 400, Hue.INK_2))
        for agrees, words in one.lines:
            line = QHBoxLayout()
            line.setSpacing(10)
            icon = IconLabel("check" if agrees else "minus", Hue.LEAF if agrees else Hue.INK_3, 14)
            line.addWidget(icon)
            line.addWidget(ElidedLabel(words, 13, 400, Hue.INK if agrees else Hue.INK_2), 1)
            card.add(line)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        use = secondary(self._use, size=Size.SMALL)
        use.clicked.connect(lambda: self.taken.emit(one.uid))
        no = ghost(t("Bukan orang ini"), size=Size.SMALL)
        no.clicked.connect(lambda: self._refuse(one.uid))
        buttons.addWidget(use)
        buttons.addWidget(no)
        buttons.addStretch(1)
        card.add(buttons)
        return card

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sunken ground."""
        smooth(self).fillRect(self.rect(), Hue.SUNKEN)


def _clear(layout: Any) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            _clear(inner)
