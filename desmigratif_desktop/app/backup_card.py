"""The card "Cadangan" of the settings: last made, last tried, the stick, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desmigratif_desktop.app.sync_words import moment_words
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.records.backup import now_of
from desmigratif_desktop.records.backup_file import backups_of
from desmigratif_desktop.records.backup_stick import last_copy
from desmigratif_desktop.records.rehearsal import Rehearsed, is_red, last_rehearsal, rehearse
from desmigratif_desktop.ui.buttons import secondary
from desmigratif_desktop.ui.cards import Card, FactRow
from desmigratif_desktop.ui.dialogs import ask
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.app.session import Session
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.ui.shell import ScreenContext

    Failed = Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What is known of this laptop's backups.

    Attributes:
        rehearsed: the last trial that passed; None = never.
        is_red: more than 35 days without one.
        stick_at: when a backup last came onto the stick, UTC ISO text; "" = never.
    """

    rehearsed: Rehearsed | None
    is_red: bool
    stick_at: str


def read_backup_facts(store: Store, target: Path) -> BackupFacts:
    """Read them on the reader lane.

    Args:
        store: the opened store.
        target: where its backups lie.
    """
    with store.read() as session:
        last = last_rehearsal(session)
    replica = store.replica
    own = backups_of(target, replica.village, replica.laptop)
    red = is_red(last, own[0][0] if own else None, now_of(store))
    return BackupFacts(last, red, last_copy(store))


def iso_words(text: str) -> str:
    """A moment kept as ISO text, in words; "belum pernah" for none."""
    return moment_words(int(datetime.fromisoformat(text).timestamp() * 1000) if text else None)


class BackupCard:
    """Fills the card.

    Args:
        page: the page it stands on.
        context: what every screen is given.
        facts: read before.
        last_backup: UTC ISO text; "" = never.
        on_done: reads the page again.
        on_failed: tells an error.
    """

    def __init__(
        self,
        page: QWidget,
        context: ScreenContext,
        facts: BackupFacts,
        last_backup: str,
        *,
        on_done: Callable[[], None],
        on_failed: Failed,
    ) -> None:
        self._page, self._context, self._facts = page, context, facts
        self._on_done, self._on_failed = on_done, on_failed
        self._session: Session = context.parts["session"]
        self.card = Card(t("Cadangan"), padding=20)
        self.card.add(FactRow(t("Terakhir dibuat"), iso_words(last_backup), strong=True))
        self._add_rehearsal()
        self._add_stick()
        self.card.add(
            PlainLabel(
                t(
                    "Dibuat sendiri tiap hari dan saat menutup aplikasi, lalu diperiksa. Salin ke"
                    " flash disk agar aman bila laptop hilang."
                ),
                13,
                400,
                Hue.INK_2,
                wrap=True,
            )
        )

    def _add_rehearsal(self) -> None:
        last = self._facts.rehearsed
        words = iso_words(last.at) if last is not None else t("belum diuji")
        self.card.add(FactRow(t("Cadangan diuji"), words))
        if self._facts.is_red:
            words = t("Lebih dari 35 hari tanpa uji pemulihan. Tekan Uji pemulihan.")
            self.card.add(PlainLabel(words, 13, 600, Tone.BRICK.value.text, wrap=True))

    def _add_stick(self) -> None:
        chosen = self._session.settings.backup_folder
        if not chosen:
            words = t("belum dipilih")
        elif self._session.stick_folder is None:
            words = t("sekarang tidak terpasang")
        else:
            at = self._facts.stick_at
            words = iso_words(at) if at else t("belum disalin")
        self.card.add(FactRow(t("Disalin ke flash disk"), words))

    def add_buttons(self, *first: QWidget) -> Card:
        """Lay the buttons below, the page's own first."""
        test = secondary(t("Uji pemulihan"), icon="check")
        test.clicked.connect(lambda: self._rehearse(test))
        stick = secondary(t("Pilih flash disk"), icon="usb")
        stick.clicked.connect(self._choose_stick)
        back = secondary(t("Pulihkan dari cadangan"), icon="undo")
        back.clicked.connect(self._ask_restore)
        for row in (first, (test, stick), (back,)):
            line = QHBoxLayout()
            line.setSpacing(8)
            for one in row:
                line.addWidget(one)
            line.addStretch(1)
            self.card.add(line)
        return self.card

    def _rehearse(self, button: Any) -> None:
        button.setEnabled(False)
        store, target = self._session.store, self._session.backup_folder

        def done(_: object) -> None:
            self._on_done()
            self._context.announce(t("Cadangan diuji: dapat dipulihkan dan isinya cocok."))

        def failed(error: BaseException) -> None:
            button.setEnabled(True)
            self._on_failed(error)

        self._context.jobs.outside(
            lambda _: rehearse(store, target), done, failed, owner=self._page
        )

    def _choose_stick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._page, t("Pilih flash disk cadangan"))
        if not chosen:
            return

        def done(_: object) -> None:
            self._on_done()
            self._context.announce(t("Flash disk diberi tanda; cadangan disalin ke sana."))

        def work(_: object) -> None:
            self._session.choose_stick(Path(chosen))
            self._session.back_up()

        self._context.jobs.outside(work, done, self._on_failed, owner=self._page)

    def _ask_restore(self) -> None:
        ask(
            self._page,
            t("Pulihkan dari cadangan?"),
            t(
                "Cadangan keadaan sekarang dibuat dahulu. Lalu Anda memilih berkas dan melihat isi"
                " serta tanggalnya. Data yang sekarang disisihkan di folder tersendiri, tidak"
                " dihapus."
            ),
            effect=t("Lanjutkan"),
            on_yes=self._restore,
            icon="usb",
        )

    def _restore(self) -> None:
        session, leave = self._session, self._context.parts["restore"]
        self._context.jobs.outside(
            lambda _: session.back_up(), lambda _: leave(), self._on_failed, owner=self._page
        )


__all__ = ["BackupCard", "BackupFacts", "iso_words", "read_backup_facts"]
