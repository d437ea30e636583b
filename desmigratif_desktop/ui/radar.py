"""The radar: who in the register may be the person being typed; it shows, never blocks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.people.radar.comparing import chosen_values, compare_rows
from desmigratif_desktop.people.radar.decisions import tell_apart
from desmigratif_desktop.people.radar.live import live_radar
from desmigratif_desktop.people.radar.values import Band, Told
from desmigratif_desktop.people.roster import rows_of, show_person
from desmigratif_desktop.people.rules import read_person
from desmigratif_desktop.ui.badges import Badge
from desmigratif_desktop.ui.buttons import Size, ghost, link, secondary
from desmigratif_desktop.ui.cards import Card
from desmigratif_desktop.ui.compare import CompareDialog
from desmigratif_desktop.ui.labels import ElidedLabel, IconLabel, PlainLabel
from desmigratif_desktop.ui.painting import smooth
from desmigratif_desktop.ui.section_form import scrolled
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from PySide6.QtGui import QPaintEvent
    from sqlalchemy.orm import Session

    from desmigratif_desktop.people.radar.values import Near
    from desmigratif_desktop.people.values import Bases, PersonView
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.ui.shell import ScreenContext

IDLE_MS: Final = 250


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
    mother_name: str = ""
    sex: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the same person, as the card says it.

    Attributes:
        under: "CPMI · 34 tahun · Dusun Krajan".
    """

    near: Near
    under: str

    @property
    def uid(self) -> bytes:
        """Their id."""
        return self.near.person


@dataclass(frozen=True, slots=True)
class Same:
    """The officer said: it is this person.

    Attributes:
        person: the old record.
        values: what was chosen from the form; the rest of the record stays.
        bases: dots of the record as it was compared.
    """

    person: bytes
    values: Mapping[str, Any]
    bases: Bases


def look_for(
    store: Store, session: Session, typed: Typed, today: date
) -> tuple[tuple[Candidate, ...], int]:
    """People like the typed one, the most alike first, and how many were compared.

    Args:
        store: the opened store.
        session: the reader lane.
        typed: what stands in the form.
        today: of the post.
    """
    radar = live_radar(store).at(session)
    found = radar.near(asdict(typed), person=typed.but_not)
    rows = {one.uid: one for one in rows_of(session, [one.person for one in found], today)}
    shown = []
    for one in found:
        row = rows.get(one.person)
        if row is None:
            continue
        age = t("{n} tahun").format(n=row.age) if row.age is not None else ""
        dusun = t("Dusun {dusun}").format(dusun=row.dusun) if row.dusun else ""
        parts = (row.role_label or t("Warga"), age, dusun)
        shown.append(Candidate(one, " · ".join(part for part in parts if part)))
    return tuple(shown), len(radar)


class RadarPanel(QWidget):
    """The column at the right of a form.

    Args:
        context: of the screen.
        values: gives what stands in the form of a new person; None where an existing
            person is corrected.

    Signals:
        same(object): `Same`: it is somebody who is known; the form is not saved.
        compare_asked(bytes): an existing person is to be compared with this one.
        told(): *Bukan orang ini* was said of somebody; the form keeps it with its draft.
    """

    same = Signal(object)
    compare_asked = Signal(bytes)
    told = Signal()

    def __init__(
        self,
        context: ScreenContext,
        values: Callable[[], Mapping[str, Any]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._values = values
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
        return any(one.near.same_nik for one in self.candidates())

    def decided(self) -> Told:
        """What is to be kept when a new person is saved."""
        alike = (one.uid for one in self.candidates() if one.near.band is Band.VERY)
        return Told(tuple(sorted(self._refused)), tuple(alike))

    def refused(self) -> list[str]:
        """Who was told apart, for a draft."""
        return sorted(one.hex() for one in self._refused)

    def restore_refused(self, kept: Iterable[str]) -> None:
        """Take over who was told apart, from a draft."""
        self._refused = {bytes.fromhex(one) for one in kept}
        self._draw()

    def compare_first(self) -> None:
        """What Ctrl D does."""
        shown = self.candidates()
        if shown:
            self._compare(shown[0].uid)

    # --- comparing ----------------------------------------------------------------

    def _compare(self, person: bytes) -> None:
        if self._values is None:
            self.compare_asked.emit(person)
            return
        store, typed = self._context.store(), dict(self._values())

        def read() -> tuple[PersonView, dict[str, Any]]:
            new = read_person(typed, local_date(store.clock), known={}).values
            with store.read() as session:
                return show_person(store, session, person), dict(new)

        self._context.jobs.read("radar.compare", read, self._open_compare, owner=self)

    def _open_compare(self, found: tuple[PersonView, dict[str, Any]]) -> None:
        view, new = found
        rows = compare_rows(view.values, new)
        heads = ((t("Data lama"), view.name), (t("Yang sedang diisi"), ""))
        outcome = (
            t("Data lama dilengkapi, tidak dibuat dua kali"),
            t("Surat dan pelatihan yang lama tetap padanya. Nilai lama dapat dikembalikan dari"
              " riwayat."),
        )  # fmt: skip
        dialog = CompareDialog(self, rows, heads, outcome)

        def take() -> None:
            chosen = chosen_values(rows, dialog.choices(), view.values, new)
            self.same.emit(Same(view.uid, chosen, view.bases))

        dialog.accepted.connect(take)
        dialog.told_apart.connect(lambda: self._refuse(view.uid))
        dialog.start()

    def _look(self) -> None:
        store, typed = self._context.store(), self._typed

        def read() -> tuple[tuple[Candidate, ...], int]:
            with store.read() as session:
                return look_for(store, session, typed, local_date(store.clock))

        self._context.jobs.read("radar", read, self._show, owner=self)

    def _show(self, found: Any) -> None:
        self._found, self._people = found
        self._draw()

    def _refuse(self, uid: bytes) -> None:
        self._refused.add(uid)
        self._draw()
        person = self._typed.but_not
        if person is None:
            self.told.emit()
            return
        store, actor = self._context.store(), self._context.actor()
        self._context.jobs.write(lambda: tell_apart(store, actor, person, uid), owner=self)

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
        words = t("Bila orangnya sama, tekan Bandingkan."
                  " Data lama dilengkapi, tidak dibuat dua kali.")  # fmt: skip
        foot.addWidget(PlainLabel(words, 12, 400, Hue.INK_2, wrap=True), 1)
        self._column.addLayout(foot)

    def _show_all(self) -> None:
        self._shows_all = True
        self._draw()

    def _card(self, one: Candidate) -> Card:
        near = one.near
        card = Card(padding=14)
        first = QHBoxLayout()
        first.addWidget(ElidedLabel(near.name, 14, 600), 1)
        very = near.band is Band.VERY
        words = t("Sangat mirip") if very else t("Agak mirip")
        grade = t("NIK sama") if near.same_nik else words
        first.addWidget(Badge(grade, Tone.SOGA if very else Tone.STONE))
        card.add(first)
        card.add(ElidedLabel(one.under, 13, 400, Hue.INK_2))
        for reason in near.reasons:
            line = QHBoxLayout()
            line.setSpacing(10)
            colour = Hue.LEAF if reason.agrees else Hue.INK_3
            says = t("sama:") if reason.agrees else t("berbeda:")
            line.addWidget(IconLabel("check" if reason.agrees else "minus", colour, 14, says))
            ink = Hue.INK if reason.agrees else Hue.INK_2
            line.addWidget(ElidedLabel(reason.words, 13, 400, ink), 1)
            card.add(line)
        card.add(self._buttons(one))
        return card

    def _buttons(self, one: Candidate) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        compare = secondary(t("Bandingkan"), size=Size.SMALL)
        compare.setAccessibleName(t("Bandingkan dengan {name}").format(name=one.near.name))
        compare.clicked.connect(lambda: self._compare(one.uid))
        no = ghost(t("Bukan orang ini"), size=Size.SMALL)
        no.setAccessibleName(t("{name} bukan orang ini").format(name=one.near.name))
        no.clicked.connect(lambda: self._refuse(one.uid))
        buttons.addWidget(compare)
        buttons.addWidget(no)
        buttons.addStretch(1)
        return buttons

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
