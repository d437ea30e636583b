"""Who has come: a candidate, somebody returned, the family of somebody abroad; or known already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.roster import find_people, show_person
from desmigratif_desktop.ui.buttons import Area, Size, ghost, secondary
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.painting import box, key_cap, key_width, ring, smooth, text
from desmigratif_desktop.ui.pickers import PersonChooser, PersonHit
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from desmigratif_desktop.people.values import PersonRow
    from desmigratif_desktop.ui.shell import ScreenContext

CHOICES: Final = (
    ("cpmi", "Calon pekerja", "Ingin bekerja ke luar negeri dan menyiapkan berangkat.",
     "plane", Tone.SOGA),
    ("purna", "Sudah pulang", "Pernah bekerja di luar negeri dan sekarang di desa.",
     "house", Tone.INDIGO),
    ("pmi", "Sedang di luar negeri", "Keluarganya yang datang, atau ia mengabari dari sana.",
     "phone", Tone.LEAF),
)  # fmt: skip
KEYS: Final = (("1", "Calon"), ("2", "Sudah pulang"), ("3", "Di luar negeri"), ("Esc", "Kembali"))


class WhoCard(Area):
    """One of three big answers.

    Args:
        title: 18/600.
        sentence: 13 px below it, on up to two lines.
        icon: icon name in a tinted square.
        tone: of the square.
        key: digit that presses it.
    """

    def __init__(self, title: str, sentence: str, icon: str, tone: Tone, key: str) -> None:
        super().__init__(f"{title}. {sentence}")
        self._icon, self._tone, self._key, self._title = icon, tone, key, title
        self.setMinimumSize(200, 172)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 84, 20, 18)
        column.setSpacing(4)
        told = PlainLabel(sentence, 13, 400, Hue.INK_2, wrap=True)
        told.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column.addSpacing(28)
        column.addWidget(told)
        column.addStretch(1)

    def sizeHint(self) -> QSize:
        """A wide card."""
        return QSize(300, 188)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, square, title and key."""
        painter = smooth(self)
        area = QRectF(self.rect())
        here = self.hasFocus() or self.underMouse()
        box(painter, area, 12, Hue.DEW if here else Hue.SURFACE, Hue.LEAF if here else Hue.HAIR_2)
        tint = self._tone.value
        box(painter, QRectF(24, 24, 48, 48), 10, tint.ground, tint.line)
        draw_icon(painter, self._icon, tint.text, 36, 36, 24)
        room = QRectF(24, 86, area.width() - 48, 24)
        text(painter, room, self._title, font(18, 600), Hue.INK)
        wide = key_width(self._key)
        key_cap(painter, area.width() - wide - 20, 24, self._key)
        if self.hasFocus():
            ring(painter, area, 11)


def _hits(rows: Sequence[PersonRow]) -> list[PersonHit]:
    found = []
    for row in rows:
        told = [
            t("{n} th").format(n=row.age) if row.age is not None else "",
            t("Dusun {dusun}").format(dusun=row.dusun) if row.dusun else "",
            row.role_label,
        ]
        found.append(PersonHit(row.uid, row.name, " · ".join(one for one in told if one)))
    return found


class ChooseScreen:
    """The first question of a registration.

    Args:
        context: what every screen is given.
        subject: id of a person who is known already; None for nobody.
    """

    def __init__(self, context: ScreenContext, subject: object = None) -> None:
        self._context = context
        self._person = subject if isinstance(subject, bytes) else None
        self._page = Page(t("Daftarkan warga"), t("Satu kali simpan mencatat semuanya"), back=True)
        self._page.back_asked.connect(self._back)
        self._chooser = PersonChooser(self._ask, t("Cari yang sudah tercatat: nama atau NIK"))
        self._chooser.edited.connect(self._on_chosen)
        self._cards: list[WhoCard] = []
        self._build()

    def _build(self) -> None:
        later = ghost(t("Kembali"), key="Esc")
        later.clicked.connect(self._back)
        self._page.header.add_action(later)
        self._page.foot.set_keys(KEYS)
        body = ScrollBody(padding=48, spacing=16)
        body.column.setContentsMargins(48, 28, 48, 28)
        body.add(PlainLabel(t("Siapa yang datang hari ini?"), 24, 600))
        told = t("Yang belum diketahui boleh dikosongkan; semuanya dapat dilengkapi nanti.")
        body.add(PlainLabel(told, 14, 400, Hue.INK_2, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(16)
        for number, (tone, title, sentence, icon, colour) in enumerate(CHOICES, 1):
            card = WhoCard(t(title), t(sentence), icon, colour, str(number))
            card.clicked.connect(self._opener(tone))
            self._cards.append(card)
            digit = QShortcut(QKeySequence(str(number)), self._page)
            digit.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            digit.activated.connect(card.clicked)
            row.addWidget(card, 1)
        body.add(row)
        body.column.addSpacing(8)
        body.add(PlainLabel(t("Sudah pernah tercatat di desa ini?"), 16, 600))
        told = t("Cari namanya dahulu, lalu pilih salah satu di atas. Data lama dilengkapi, tidak"
                 " dibuat dua kali.")  # fmt: skip
        body.add(PlainLabel(told, 13, 400, Hue.INK_2, wrap=True))
        self._chooser.setMaximumWidth(560)
        body.add(self._chooser)
        self._known = PlainLabel("", 13, 600, Hue.LEAF, wrap=True)
        self._known.hide()
        body.add(self._known)
        self._add_others(body)
        body.end()
        self._page.set_body(body)

    def _back(self) -> None:
        self._context.parts["back"]()

    def _add_others(self, body: ScrollBody) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        only = secondary(t("Warga saja, tanpa layanan migrasi"), icon="person", size=Size.SMALL)
        only.clicked.connect(lambda: self._context.navigate("person.form", self._person))
        blank = secondary(t("Formulir kosong untuk diisi tangan"), icon="doc", size=Size.SMALL)
        blank.clicked.connect(
            lambda: self._context.navigate("migration_services.papers", ("blank", None))
        )
        line.addWidget(only)
        line.addWidget(blank)
        line.addStretch(1)
        body.column.addSpacing(8)
        body.add(line)

    def _opener(self, tone: str) -> Callable[[], None]:
        return lambda: self._context.navigate("migration_services.register", (tone, self._person))

    def _ask(self, words: str, take: Callable[[Sequence[PersonHit]], None]) -> None:
        store = self._context.store()

        def read() -> tuple[PersonRow, ...]:
            with store.read() as session:
                return find_people(store, session, words, 6)

        self._context.jobs.read(
            "choose.find", read, lambda rows: take(_hits(rows)), owner=self._page
        )

    def _on_chosen(self) -> None:
        chosen = self._chooser.value()
        self._person = chosen if isinstance(chosen, bytes) else None
        hit = self._chooser.chosen()
        self._tell(hit.name if hit is not None else "")
        if hit is not None:
            self._cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, name: str) -> None:
        self._known.setVisible(bool(name))
        self._known.setText(t("Untuk {name}: pilih 1, 2, atau 3.").format(name=name))

    # --- the screen's protocol ----------------------------------------------------

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Name the known person and give the first answer the keyboard."""
        self._cards[0].setFocus(Qt.FocusReason.OtherFocusReason)
        person = self._person
        if person is None:
            return
        store = self._context.store()

        def read() -> str:
            with store.read() as session:
                return show_person(store, session, person).name

        def show(name: str) -> None:
            self._tell(name)
            self._chooser.set_value(PersonHit(person, name))

        self._context.jobs.read("choose.name", read, show, owner=self._page)

    def may_leave(self) -> bool:
        """Nothing is typed here that could be lost."""
        return True

    def close(self) -> None:
        """Forget who was chosen."""
        self._chooser.set_value(None)


__all__ = ["ChooseScreen", "WhoCard"]
