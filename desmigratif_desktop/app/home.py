"""Beranda: who waits for a next step, what has to be decided, what runs out, what is unsent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.app.columns import TwoColumns
from desmigratif_desktop.app.home_facts import HomeFacts, greeting, read_home
from desmigratif_desktop.app.home_rows import DueRow, WaitingRow, waiting_lines
from desmigratif_desktop.foundation.clock import ZONES, hlc_datetime
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.partial_dates import format_with_weekday
from desmigratif_desktop.ui.buttons import primary, secondary, tint
from desmigratif_desktop.ui.cards import Card, Hairline
from desmigratif_desktop.ui.charts import Bar, BarChart, Slice, StackedBar
from desmigratif_desktop.ui.empty_state import Bones, Drawing, EmptyState
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from desmigratif_desktop.overview.dashboard import Dashboard, Reminder
    from desmigratif_desktop.records.drafts import Draft
    from desmigratif_desktop.ui.shell import ScreenContext

LEFT, RIGHT = 710, 368
STAGE_WORDS = {
    "cpmi": ("CPMI, menyiapkan berangkat", Hue.LAMP),
    "pmi": ("PMI, sedang bekerja", Hue.LEAF),
    "purna": ("Purna PMI", Hue.CHART_2),
}


class HomeScreen:
    """The first page after sign-in.

    Args:
        context: what every screen is given.
    """

    KEYS = (
        ("F2", "Cari warga"),
        ("Ctrl+N", "Warga baru"),
        ("F9", "Kirim & terima"),
        ("Ctrl+K", "Cari apa saja"),
        ("F1", "Bantuan"),
    )

    def __init__(self, context: ScreenContext) -> None:
        self._context = context
        self._page = Page(t("Beranda"), lined=False)
        self._page.header.setFixedHeight(88)
        go = context.navigate
        register = primary(t("Daftarkan warga"), icon="plus", key="Ctrl+N")
        register.clicked.connect(lambda: go("migration_services.choose"))
        people = secondary(t("Buka daftar warga"), icon="people", key="F2")
        people.clicked.connect(lambda: go("people"))
        for one in (register, people):
            one.setShortcut(QKeySequence())  # the house binds these keys on every page
        self._page.header.add_action(people)
        self._page.header.add_action(register)
        self._page.foot.set_keys(self.KEYS)
        self._body = ScrollBody(padding=24, spacing=16)
        self._bones = Bones(6)
        self._body.add(self._bones)
        self._body.end()
        self._page.set_body(self._body)
        context.board.posted.connect(self._on_notice)

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Read again."""
        store, officer = self._context.store(), self._context.actor().officer_id
        self._context.jobs.read(
            "home", lambda: read_home(store, officer), self._show, owner=self._page
        )

    def may_leave(self) -> bool:
        """Nothing is typed here."""
        return True

    def close(self) -> None:
        """Stop listening."""
        self._context.board.posted.disconnect(self._on_notice)

    def _on_notice(self, _notice: object) -> None:
        if self._page.isVisible():
            self.reload()

    def _show(self, facts: HomeFacts) -> None:
        actor = self._context.actor()
        self._page.header.set_title(
            greeting(facts.now.hour, actor.name), format_with_weekday(facts.today)
        )
        body = ScrollBody(padding=24, spacing=16)
        columns = TwoColumns(LEFT, RIGHT)
        self._fill_left(columns.left, facts)
        self._fill_right(columns.right, facts)
        columns.end()
        body.add(columns)
        body.end()
        self._body = body
        self._page.set_body(body)
        self._page.foot.set_saved(facts.now)

    def _fill_left(self, column: QVBoxLayout, facts: HomeFacts) -> None:
        board = facts.board
        more = t("{n} pendaftaran menunggu").format(n=board.due_total) if board.due_total else ""
        card = Card(t("Langkah berikutnya"), more, lined=True)
        rows: list[QWidget] = [
            DueRow.of_draft(one, self._open_draft(one)) for one in facts.drafts[:2]
        ]
        rows += [DueRow.of_due(one, self._open_person(one.person)) for one in board.due]
        for place, row in enumerate(rows[:5]):
            if place:
                card.add(Hairline())
            card.add(row)
        if not rows:
            card.add(self._nobody(board))
        column.addWidget(card)
        charts = QHBoxLayout()
        charts.setSpacing(16)
        charts.addWidget(_stages(board), 334)
        charts.addWidget(_weeks(facts), 360)
        column.addLayout(charts)
        column.addWidget(PlainLabel(_source_line(facts), 12, 400, Hue.INK_3, wrap=True))

    def _nobody(self, board: Dashboard) -> QWidget:
        words = t("Belum ada warga terdaftar") if not board.people else t("Tidak ada yang menunggu")
        line = (
            t("Warga yang datang didaftarkan dengan Ctrl N.")
            if not board.people
            else t("Pendaftaran berikutnya akan muncul di sini dengan langkahnya.")
        )
        drawing = Drawing.PORCH if not board.people else Drawing.DONE
        return EmptyState(words, line, drawing)

    def _fill_right(self, column: QVBoxLayout, facts: HomeFacts) -> None:
        waiting = Card(t("Menunggu perhatian Anda"), lined=True)
        lines = waiting_lines(facts)
        for place, line in enumerate(lines[:4]):
            if place:
                waiting.add(Hairline())
            waiting.add(WaitingRow(line, self._go(line.page)))
        if not lines:
            waiting.add(_calm(t("Tidak ada yang menunggu keputusan.")))
        column.addWidget(waiting)
        if facts.board.reminders:
            card = Card(t("Pengingat"), lined=True)
            for place, one in enumerate(facts.board.reminders):
                if place:
                    card.add(Hairline())
                card.add(_reminder(one))
            column.addWidget(card)
        column.addWidget(self._exchange_card(facts))

    def _exchange_card(self, facts: HomeFacts) -> Card:
        status = facts.status
        n = status.unsent_acts
        title = t("{n} perubahan belum terkirim").format(n=n) if n else t("Semua sudah terkirim")
        card = Card(title, padding=16)
        if status.done_at is not None:
            when = hlc_datetime(status.done_at << 16, facts.now.tzinfo or ZONES["WIB"])  # type: ignore[arg-type]
            last = t("Terakhir bertukar {day}, pukul {clock}.").format(
                day=format_with_weekday(when.date()), clock=f"{when:%H.%M}"
            )
        else:
            last = t("Laptop ini {words}.").format(words=status.link_words)
        safe = t("Semua perubahan aman di laptop ini.")
        card.add(PlainLabel(f"{last} {safe}", 13, 400, Hue.INK_2, wrap=True))
        line = QHBoxLayout()
        button = tint(t("Kirim & terima"), icon="cloud", key="F9")
        button.setShortcut(QKeySequence())
        button.clicked.connect(lambda: self._context.navigate("sync"))
        line.addWidget(button)
        line.addStretch(1)
        card.add(line)
        return card

    def _open_person(self, person: bytes) -> Any:
        return lambda: self._context.navigate("person", person)

    def _open_draft(self, draft: Draft) -> Any:
        page = "person.form" if draft.form == "person" else "migration_services.register"
        subject = draft.subject or None
        if page == "migration_services.register":
            return lambda: self._context.navigate(page, (draft.form.rpartition(".")[2], subject))
        return lambda: self._context.navigate(page, subject)

    def _go(self, page: str) -> Any:
        return lambda: self._context.navigate(page)


def _stages(board: Dashboard) -> Card:
    total = sum(count for _, count in board.stages)
    card = Card(t("{n} warga migran menurut tahap").format(n=total), padding=16)
    slices = [
        Slice(t(STAGE_WORDS[tone][0]), count, STAGE_WORDS[tone][1]) for tone, count in board.stages
    ]
    card.add(StackedBar(slices, t("Warga migran menurut tahap")))
    card.body.addStretch(1)
    return card


def _weeks(facts: HomeFacts) -> Card:
    card = Card(t("Pendaftaran per minggu"), t("8 minggu"), padding=16)
    last = len(facts.board.weeks) - 1
    bars = [
        Bar(f"{day.day}/{day.month}", count, is_now=place == last)
        for place, (day, count) in enumerate(facts.board.weeks)
    ]
    card.add(BarChart(bars, t("Pendaftaran per minggu")))
    card.body.addStretch(1)
    return card


def _source_line(facts: HomeFacts) -> str:
    line = t("Angka dari {n} warga di laptop {letter} sampai pukul {clock}.").format(
        n=facts.board.people, letter=facts.label.laptop, clock=f"{facts.now:%H.%M}"
    )
    other = t("Laptop lain dapat menambahnya sesudah bertukar data.")
    return f"{line} {other}"


def _reminder(one: Reminder) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(16, 8, 16, 8)
    row.addWidget(PlainLabel(one.sentence, 13, wrap=True), 1)
    colour = Tone.BRICK.value.text if one.is_late else Tone.SOGA.value.text
    row.addWidget(PlainLabel(one.remark, 12, 600, colour))
    return holder


def _calm(words: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(16, 14, 16, 14)
    row.addWidget(PlainLabel(words, 13, 400, Hue.INK_3, wrap=True))
    return holder


__all__ = ["HomeScreen", "greeting", "read_home"]
