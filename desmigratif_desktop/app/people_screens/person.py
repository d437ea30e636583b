"""A person's page: who they are, what waits, their migration, family, and who changed what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desmigratif_desktop.app.columns import TwoColumns
from desmigratif_desktop.app.people_screens import person_parts as parts
from desmigratif_desktop.app.people_screens.cells import badge_words, tone_of
from desmigratif_desktop.app.people_screens.person_reading import (
    Difference,
    PersonFacts,
    decide,
    read_person_page,
)
from desmigratif_desktop.features.migration_services.presenter.glance import lawful
from desmigratif_desktop.features.migration_services.screens import dialogs as acts
from desmigratif_desktop.features.migration_services.screens import journey
from desmigratif_desktop.foundation.contacts import format_phone
from desmigratif_desktop.foundation.errors import DesmigratifError, NotFoundError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.words import address_line
from desmigratif_desktop.records.undo import UndoOutcome, undo
from desmigratif_desktop.ui.badges import Badge
from desmigratif_desktop.ui.buttons import link, primary, secondary
from desmigratif_desktop.ui.cards import Card, Hairline
from desmigratif_desktop.ui.dialogs import ask, show_error
from desmigratif_desktop.ui.empty_state import Drawing, EmptyState
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.nik_field import group_nik
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.tabs import Tab, TabBar
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from desmigratif_desktop.features.migration_services.values import DocumentLine, EpisodeView
    from desmigratif_desktop.records.notices import ChangeNotice
    from desmigratif_desktop.ui.shell import ScreenContext

LEFT, RIGHT = 774, 304
KINDS: Final = frozenset({
    "person", "person_role", "household", "migration_episode", "episode_stage", "document_check",
    "consent", "emergency_contact",
})  # fmt: skip
KEYS: Final = (
    ("Ctrl+1", "Ringkasan"), ("Ctrl+4", "Riwayat"), ("F4", "Ubah"), ("Ctrl+P", "Cetak"),
    ("Esc", "Kembali"),
)  # fmt: skip


class PersonScreen:
    """One person.

    Args:
        context: what every screen is given.
        subject: id of the person.
    """

    def __init__(self, context: ScreenContext, subject: object) -> None:
        self._context = context
        self._person = subject if isinstance(subject, bytes) else b""
        self._facts: PersonFacts | None = None
        self._is_shown_whole = False
        self._said = ""
        self._page = Page(t("Warga"), back=True, avatar="?", lined=False)
        self._tabs = TabBar((Tab("summary", t("Ringkasan")),))
        self._build()
        context.board.posted.connect(self._on_notice)

    def _build(self) -> None:
        page = self._page
        page.back_asked.connect(self._back)
        page.set_tabs(self._tabs)
        self._tabs.chosen.connect(lambda _key: self._draw_body())
        self._phone = PlainLabel("", 13, 400, Hue.INK_2)
        self._nik = PlainLabel("", 13, 400, Hue.INK_2)
        self._reveal = link(t("Tampilkan"), icon="eye")
        self._reveal.clicked.connect(self._on_reveal)
        for one in (self._phone, self._nik, self._reveal):
            page.header.add_fact(one)
            one.hide()
        edit = secondary(t("Ubah data"), icon="edit", key="F4")
        edit.clicked.connect(self._edit)
        self._print = primary(t("Cetak"), icon="print", key="Ctrl+P")
        self._print.set_key("Ctrl+P")
        self._print.clicked.connect(self._open_papers)
        page.header.add_action(edit)
        page.header.add_action(self._print)
        page.foot.set_keys(KEYS)
        page.set_body(QWidget())
        for key, act in (("Ctrl+L", self._record_stage), ("Ctrl+P", self._open_papers)):
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- the screen's protocol ----------------------------------------------------

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Read again."""
        store, person, actor = self._context.store(), self._person, self._context.actor()
        self._context.jobs.read(
            f"person.{person.hex()}", lambda: read_person_page(store, person, actor), self._show,
            self._on_gone, owner=self._page,
        )  # fmt: skip

    def may_leave(self) -> bool:
        """Nothing is typed here."""
        return True

    def close(self) -> None:
        """Stop listening and forget who was shown."""
        self._context.board.posted.disconnect(self._on_notice)
        self._facts = None
        self._page.header.set_title("", "")

    def _on_notice(self, notice: ChangeNotice) -> None:
        if notice.kinds & KINDS and self._page.isVisible():
            self.reload()

    def _on_gone(self, error: BaseException) -> None:
        if not isinstance(error, NotFoundError):
            raise error
        self._page.set_body(EmptyState(error.sentence, error.advice, Drawing.SEARCH))
        self._print.hide()

    # --- drawing ------------------------------------------------------------------

    def _show(self, facts: PersonFacts) -> None:
        self._facts = facts
        view = facts.view
        header = self._page.header
        header.set_avatar(view.name)
        self._page.setAccessibleName(view.name)
        badges: list[QWidget] = []
        words = badge_words(" · ".join(view.role_labels), facts.glance)
        if words:
            icon = "warn" if facts.glance is not None and facts.glance.is_alarming else ""
            badges.append(Badge(words, tone_of(facts.glance), icon))
        if facts.migration.episodes and facts.migration.consents_complete:
            badges.append(Badge(t("Persetujuan lengkap"), Tone.LEAF, "check"))
        header.set_badges(badges)
        self._draw_line()
        has_paper = bool(facts.migration.episodes)
        self._print.set_words(t("Cetak") if has_paper else t("Daftarkan layanan"))
        self._print.set_icon_name("print" if has_paper else "plus")
        self._print.set_key("Ctrl+P" if has_paper else "")
        held = ""
        if facts.glance is not None:
            held = f"{facts.glance.held}/{facts.glance.total}"
        family = len(view.members) - 1 if view.members else 0
        self._tabs.set_tabs((
            Tab("summary", t("Ringkasan")), Tab("documents", t("Dokumen"), held),
            Tab("family", t("Keluarga"), str(family) if family > 0 else ""),
            Tab("story", t("Riwayat"), str(len(facts.story))),
        ))  # fmt: skip
        self._draw_body()
        if self._said:
            self._page.foot.set_truth(self._said)
        else:
            self._page.foot.set_saved(facts.now)
        self._said = ""

    def _draw_line(self) -> None:
        facts = self._facts
        if facts is None:
            return
        view = facts.view
        age = t("umur belum diketahui")
        if view.age is not None:
            age = t("{n} tahun").format(n=view.age)
        units = {name: view.values.get(name) for name in ("dusun", "rt", "rw")}
        place = address_line(units) or view.address_line or t("alamat belum diisi")
        self._page.header.set_title(view.full_name, f"{age}  ·  {place}")
        whole = self._is_shown_whole
        phone, nik = str(view.values.get("phone") or ""), str(view.values.get("nik") or "")
        self._phone.setText(f"·  {format_phone(phone) if whole else view.phone_masked}")
        self._phone.setVisible(bool(phone))
        shown = group_nik(nik) if whole else view.nik_masked
        self._nik.setText(f"·  NIK {shown}" if nik else t("·  NIK belum ada"))
        self._nik.set_colour(Hue.INK_2 if nik else Hue.SOGA)
        self._nik.show()
        self._reveal.setVisible(bool(phone or nik))
        self._reveal.set_words(t("Sembunyikan") if whole else t("Tampilkan"))
        self._reveal.set_icon_name("hide" if whole else "eye")

    def _on_reveal(self) -> None:
        self._is_shown_whole = not self._is_shown_whole
        self._draw_line()

    def _draw_body(self) -> None:
        facts = self._facts
        if facts is None:
            return
        draw = {
            "documents": self._documents, "family": self._family, "story": self._story,
        }.get(self._tabs.current, self._summary)  # fmt: skip
        self._page.set_body(draw(facts))

    def _summary(self, facts: PersonFacts) -> QWidget:
        body = ScrollBody(padding=24, spacing=12)
        columns = TwoColumns(LEFT, RIGHT)
        left, right = columns.left, columns.right
        for column in (left, right):
            column.setSpacing(12)
        for one in facts.differences:
            left.addWidget(parts.difference_band(one, partial(self._decide, one)))
        band = journey.next_step_band(facts.migration, self._record_stage)
        if band is not None:
            left.addWidget(band)
        record = self._record_stage if band is None else None
        left.addWidget(journey.journey_card(facts.migration, facts.today, self._register, record))
        pair = QHBoxLayout()
        pair.setSpacing(16)
        if facts.migration.episodes:
            latest = facts.migration.episodes[0]
            if latest.tone == "cpmi":
                first = journey.documents_card(latest, lambda: self._go_tab("documents"))
            else:
                first = journey.work_card(latest, parts.spell_phone)
            pair.addWidget(first, 1)
        pair.addWidget(parts.changes_card(facts, lambda: self._go_tab("story")), 1)
        left.addLayout(pair)
        right.addWidget(parts.family_card(facts, self._open_household))
        right.addWidget(parts.facts_card(facts, self._edit))
        if facts.migration.episodes:
            right.addWidget(journey.consents_card(facts.migration, self._ask_consent))
        contacts = journey.contacts_card(facts.migration, parts.spell_phone)
        if contacts is not None:
            right.addWidget(contacts)
        columns.end()
        body.add(columns)
        body.end()
        return body

    def _documents(self, facts: PersonFacts) -> QWidget:
        if not facts.migration.episodes:
            add = secondary(t("Tambah perjalanan"), icon="plus")
            add.clicked.connect(self._register)
            told = t("Daftar dokumen muncul sesudah pendaftaran layanan migrasi.")
            return EmptyState(t("Belum ada pendaftaran"), told, Drawing.PAPER, (add,))
        episode = facts.migration.episodes[0]
        body = ScrollBody(padding=24, spacing=12)
        named = {one.document for one in lawful(episode.documents)}
        law = [one for one in episode.documents if one.document in named]
        rest = [one for one in episode.documents if one.document not in named]
        for title, remark, lines in (
            (t("Dokumen menurut undang-undang"), t("UU 18/2017 Pasal 13"), law),
            (t("Dokumen lain"), t("syarat paspor dan pelindungan"), rest),
        ):
            card = Card(title, remark, lined=True)
            card.body.setSpacing(0)
            for place, line in enumerate(lines):
                if place:
                    card.add(Hairline())
                card.add(self._document_line(episode, line))
            body.add(card)
        body.end()
        return body

    def _document_line(self, episode: EpisodeView, line: DocumentLine) -> QWidget:
        holder = QWidget()
        holder.setFixedHeight(44)
        row = QHBoxLayout(holder)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(journey.document_row(line), 1)
        note = link(t("Ubah") if line.status != "belum" else t("Catat"), icon="edit")
        note.setAccessibleName(t("Catat {name}").format(name=line.label))
        note.clicked.connect(
            lambda: acts.ask_document(self._page, self._context, episode.uid, line)
        )
        row.addWidget(note)
        return holder

    def _family(self, facts: PersonFacts) -> QWidget:
        view = facts.view
        if view.household is None:
            add = secondary(t("Isi No. KK"), icon="edit", key="")
            add.clicked.connect(self._edit)
            told = t("Warga dengan No. KK yang sama berkumpul di sini dengan sendirinya.")
            return EmptyState(t("Kartu keluarga belum diisi"), told, Drawing.PORCH, (add,))
        body = ScrollBody(padding=24, spacing=12)
        card = Card(t("Serumah menurut KK"), t("{n} orang").format(n=len(view.members)), lined=True)
        whole = link(t("Halaman keluarga"), trailing="right")
        whole.clicked.connect(self._open_household)
        card.add_head(whole)
        card.body.setContentsMargins(20, 6, 20, 6)
        for one in view.members:
            is_self = one.uid == view.uid
            go = None if is_self else self._opener(one.uid)
            card.add(parts.member_row(one, go))
        body.add(card)
        body.end()
        return body

    def _opener(self, person: bytes) -> Any:
        return lambda: self._context.navigate("person", person)

    def _story(self, facts: PersonFacts) -> QWidget:
        body = ScrollBody(padding=24, spacing=12)
        told = t("Siapa mengubah apa, kapan, dari laptop mana. Tidak ada yang dapat dihapus dari"
                 " daftar ini.")  # fmt: skip
        body.add(PlainLabel(told, 13, 400, Hue.INK_2, wrap=True))
        body.add(parts.story_list(facts, self._context.actor().name, self._ask_undo))
        body.end()
        return body

    # --- what the officer does ----------------------------------------------------

    def _back(self) -> None:
        self._context.parts["back"]()

    def _go_tab(self, key: str) -> None:
        self._tabs.set_current(key)
        self._draw_body()

    def _edit(self) -> None:
        self._context.navigate("person.form", self._person)

    def _register(self) -> None:
        self._context.navigate("migration_services.choose", self._person)

    def _open_household(self) -> None:
        if self._facts is not None and self._facts.view.household is not None:
            self._context.navigate("household", self._facts.view.household)

    def _open_papers(self) -> None:
        if self._facts is None:
            return
        if not self._facts.migration.episodes:
            self._register()
            return
        self._context.navigate("migration_services.papers", self._facts.migration.episodes[0].uid)

    def _record_stage(self) -> None:
        if self._facts is not None and self._facts.migration.episodes:
            acts.ask_stage(self._page, self._context, self._facts.migration.episodes[0])

    def _ask_consent(self) -> None:
        if self._facts is not None:
            lines = self._facts.migration.consents
            acts.ask_consent(self._page, self._context, self._person, lines)

    def _decide(self, difference: Difference) -> None:
        store, actor, person = self._context.store(), self._context.actor(), self._person

        def choose(number: int) -> None:
            self._context.jobs.write(
                lambda: decide(store, actor, person, difference, number),
                lambda _act: self._context.announce(t("Pilihan tersimpan di laptop ini.")),
                self._on_failed, owner=self._page,
            )  # fmt: skip

        parts.ask_difference(self._page, difference, choose)

    def _ask_undo(self, act: bytes) -> None:
        facts = self._facts
        story = facts.story if facts is not None else ()
        line = next((one.line for one in story if one.line.act == act), None)
        if line is None:
            return
        told = t("{summary}, {day} pukul {clock} oleh {who}. Nilai sebelumnya dipakai lagi, dan"
                 " pengembalian ini ikut tercatat.").format(
            summary=line.summary or line.title, day=line.day, clock=line.clock, who=line.officer
        )  # fmt: skip
        ask(
            self._page, t("Kembalikan perubahan ini?"), told, effect=t("Kembalikan"),
            on_yes=lambda: self._undo(act), icon="undo",
        )  # fmt: skip

    def _undo(self, act: bytes) -> None:
        store, actor = self._context.store(), self._context.actor()
        self._context.jobs.write(
            lambda: undo(store, actor, act), self._on_undone, self._on_failed, owner=self._page
        )

    def _on_undone(self, outcome: UndoOutcome) -> None:
        self._said = t("{n} isian dikembalikan.").format(n=outcome.taken_back)
        if outcome.kept:
            self._said = t("{n} dikembalikan; {m} dibiarkan karena sudah diubah lagi.").format(
                n=outcome.taken_back, m=len(outcome.kept)
            )
        self.reload()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, DesmigratifError):
            raise error
        show_error(self._page, error)


__all__ = ["PersonScreen"]
