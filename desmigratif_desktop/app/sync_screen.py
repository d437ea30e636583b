"""Kirim & terima: enrol once, then give and take; what was sent, what waits, what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.app.columns import TwoColumns
from desmigratif_desktop.app.conflict_words import ConflictLine, conflict_lines
from desmigratif_desktop.app.sync_cards import (
    ConflictCard,
    DevicesCard,
    EnrolCard,
    OutcomeCard,
    RunCard,
)
from desmigratif_desktop.app.sync_words import when_words
from desmigratif_desktop.exchange.enrolment import confirm_state, enrol
from desmigratif_desktop.exchange.session import run_exchange
from desmigratif_desktop.exchange.status import exchange_status
from desmigratif_desktop.exchange.values import ExchangeOutcome, LinkState
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.officers import officer_name
from desmigratif_desktop.people.roster import rows_of
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.actors import Right
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.buttons import secondary
from desmigratif_desktop.ui.dialogs import show_error
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from desmigratif_desktop.exchange.values import ExchangeStatus, Progress
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.ui.jobs import Job, OutsideWork
    from desmigratif_desktop.ui.shell import ScreenContext


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """What the page shows."""

    status: ExchangeStatus
    conflicts: tuple[ConflictLine, ...]


def read_sync(store: Store) -> SyncFacts:
    """Read the page's facts on the reader lane."""
    with store.read() as session:
        found = changelog.open_conflicts(session, store.registry, limit=20)
        names = {
            one: officer_name(session, one)
            for conflict in found
            for one in (conflict.shown.officer_id, *(o.officer_id for o in conflict.others))
        }
        people = rows_of(
            session, [one.record for one in found if one.kind == "person"], local_date(store.clock)
        )
        lines = conflict_lines(found, {row.uid: row.name for row in people}, names)
        return SyncFacts(exchange_status(store, session), lines)


class SyncScreen:
    """The exchange page.

    Args:
        context: what every screen is given.
    """

    KEYS = (("F9", "Mulai"), ("Esc", "Hentikan"), ("F1", "Bantuan"))

    def __init__(self, context: ScreenContext) -> None:
        self._context = context
        self._job: Job | None = None
        self._outcome: ExchangeOutcome | None = None
        self._problem = ""
        self._page = Page(
            t("Kirim & terima"),
            t(
                "Laptop ini dan Dinas kabupaten saling memberi yang baru. Tidak ada yang hilang"
                " atau tercatat dua kali."
            ),
        )
        self._page.foot.set_keys(self.KEYS)
        self._run = RunCard()
        self._run.start.clicked.connect(self.start)
        self._run.stop.clicked.connect(self.stop)
        self._status: ExchangeStatus | None = None
        context.board.posted.connect(self._on_notice)

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Read again."""
        store = self._context.store()
        self._context.jobs.read("sync", lambda: read_sync(store), self._show, owner=self._page)

    def may_leave(self) -> bool:
        """An exchange goes on in the background."""
        return True

    @property
    def is_busy(self) -> bool:
        """Whether an exchange runs; the house keeps the page alive so long."""
        return self._job is not None

    def escape(self) -> bool:
        """Esc stops a running exchange; True when it did."""
        if self._job is None:
            return False
        self.stop()
        return True

    def close(self) -> None:
        """Stop the exchange and stop listening."""
        self.stop()
        self._context.board.posted.disconnect(self._on_notice)

    def _on_notice(self, _notice: object) -> None:
        if self._page.isVisible() and self._job is None:
            self.reload()

    def _show(self, facts: SyncFacts) -> None:
        self._status = facts.status
        status = facts.status
        body = ScrollBody(padding=24, spacing=16)
        columns = TwoColumns(678, 400)
        self._fill(columns.left, facts)
        columns.right.addWidget(DevicesCard(status))
        columns.end()
        body.add(columns)
        body.end()
        self._page.set_body(body)
        words = t("Belum terkirim: {n}").format(n=status.unsent_acts)
        self._page.foot.set_truth(
            words,
            "swap" if status.unsent_acts else "check",
            Tone.SOGA if status.unsent_acts else Tone.LEAF,
        )

    def _fill(self, left: QVBoxLayout, facts: SyncFacts) -> None:
        status = facts.status
        if status.link in (LinkState.NOT_ENROLLED, LinkState.NEW_DEVICE):
            card = EnrolCard(status)
            card.asked.connect(self._enrol)
            left.addWidget(card)
        elif status.link is LinkState.PENDING:
            left.addWidget(self._pending_band(status))
        elif status.link is LinkState.REVOKED:
            left.addWidget(
                Band(
                    t("Izin bertukar data dicabut kabupaten"),
                    t("Data di laptop ini tetap dapat dipakai. Hubungi Dinas."),
                    Tone.BRICK,
                )
            )
        if status.link is LinkState.ACTIVE:
            self._run.tell(status, running=self._job is not None)
            if self._problem and self._job is None:
                self._run.rest(self._problem, is_problem=True)
            left.addWidget(self._run)
        if self._outcome is not None:
            left.addWidget(OutcomeCard(self._outcome))
        for line in facts.conflicts:
            card2 = ConflictCard(line)
            if line.person is not None:
                card2.open.clicked.connect(
                    lambda _=False, who=line.person: self._context.navigate("person", who)
                )
            left.addWidget(card2)

    def _pending_band(self, status: ExchangeStatus) -> Band:
        ask = secondary(t("Periksa lagi"))
        ask.clicked.connect(self._ask_state)
        return Band(
            t("Menunggu konfirmasi kabupaten"),
            t(
                "Bacakan kode {sas} kepada petugas Dinas lewat telepon. Setelah cocok, mereka"
                " menekan Setujui."
            ).format(sas=status.sas),
            Tone.SOGA,
            button=ask,
        )

    def _ask_state(self) -> None:
        store = self._context.store()
        self._context.jobs.outside(
            lambda _: confirm_state(store), lambda _: self.reload(), self._failed, owner=self._page
        )

    def _enrol(self, url: str, code: str) -> None:
        self._context.actor().require(Right.EXCHANGE)
        store = self._context.store()
        self._context.jobs.outside(
            lambda _: enrol(store, url, code),
            lambda _: self._enrolled(),
            self._refused,
            owner=self._page,
        )

    def _enrolled(self) -> None:
        self.reload()

    def _refused(self, error: BaseException) -> None:
        """The enrolment did not happen; what was typed stays."""
        if not isinstance(error, DesmigratifError):
            raise error
        show_error(self._page, error)

    def start(self) -> None:
        """Exchange now."""
        ready = self._status is not None and self._status.link is LinkState.ACTIVE
        if self._job is not None or not ready:
            return
        self._context.actor().require(Right.EXCHANGE)
        store = self._context.store()
        self._problem = ""
        self._run.begin()

        def work(handle: OutsideWork) -> ExchangeOutcome:
            def tell(step: Progress) -> None:
                handle.progress(step.sent_kb + step.received_kb, 0, when_words(step))

            return run_exchange(store, progress=tell, cancelled=lambda: handle.is_cancelled)

        self._job = self._context.jobs.outside(
            work, self._done, self._run_failed, progress=self._run.show_progress, owner=self._page
        )

    def stop(self) -> None:
        """Stop; what arrived stays."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._run.rest(t("Dihentikan. Yang sudah sampai tetap tersimpan."))

    def _done(self, outcome: ExchangeOutcome) -> None:
        self._job = None
        self._outcome = outcome
        self._run.rest("")
        self.reload()

    def _run_failed(self, error: BaseException) -> None:
        self._job = None
        if isinstance(error, DesmigratifError):
            self._problem = f"{error.sentence} {error.advice}".strip()
        self._run.rest(self._problem, is_problem=True)
        self.reload()
        if not isinstance(error, DesmigratifError):
            raise error

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DesmigratifError):
            raise error
        show_error(self._page, error)
        self.reload()
