"""The cards of the exchange page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.app.sync_words import moment_words, outcome_words
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.badges import Badge
from desmigratif_desktop.ui.busy import ProgressBar
from desmigratif_desktop.ui.buttons import Size, link, primary, secondary
from desmigratif_desktop.ui.cards import Card, FactRow, Hairline
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.form_parts import FieldFrame
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from desmigratif_desktop.app.conflict_words import ConflictLine
    from desmigratif_desktop.exchange.values import ExchangeOutcome, ExchangeStatus

DEVICE_TONES = {
    "active": Tone.LEAF,
    "pending": Tone.SOGA,
    "revoked": Tone.BRICK,
    "district": Tone.INDIGO,
}
DEVICE_WORDS = {
    "active": "terdaftar",
    "pending": "menunggu",
    "revoked": "dicabut",
    "replaced": "diganti",
    "district": "kabupaten",
}


class EnrolCard(Card):
    """Address and code, once.

    Signals:
        asked(str, str): address and code.
    """

    asked = Signal(str, str)

    def __init__(self, status: ExchangeStatus) -> None:
        super().__init__(t("Daftarkan laptop ini ke kabupaten"), lined=False)
        self.add(
            PlainLabel(
                t(
                    "Kode pendaftaran diberikan Dinas Tenaga Kerja di atas kertas, berlaku sekali,"
                    " dan hanya untuk desa Anda. Tanpa pendaftaran pun semua pekerjaan di laptop"
                    " ini berjalan."
                ),
                14,
                400,
                Hue.INK_2,
                wrap=True,
            )
        )
        self._url = TextField("https://", limit=200)
        self._url.setText(status.url)
        self._code = TextField("XXXX-XXXX-XXXX-XXXX-X", limit=40)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(FieldFrame(t("Alamat server kabupaten"), self._url), 3)
        line.addWidget(FieldFrame(t("Kode pendaftaran"), self._code), 2)
        self.add(line)
        button = primary(t("Daftarkan laptop"), icon="link")
        button.clicked.connect(
            lambda: self.asked.emit(self._url.text().strip(), self._code.text().strip())
        )
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button)
        self.add(foot)


class RunCard(Card):
    """The exchange itself: one button, a line that says what happens, a bar."""

    def __init__(self) -> None:
        super().__init__(t("Lewat internet"), padding=20)
        self._said = PlainLabel("", 14, 400, Hue.INK_2, wrap=True)
        self._bar = ProgressBar(0)
        self._bar.hide()
        self.start = primary(t("Kirim & terima sekarang"), icon="cloud", size=Size.LARGE)
        self.stop = secondary(t("Hentikan"), icon="x")
        self.stop.hide()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.start)
        line.addWidget(self.stop)
        line.addStretch(1)
        self.add(self._said)
        self.add(self._bar)
        self.add(line)

    def tell(self, status: ExchangeStatus, *, running: bool) -> None:
        """Say where things stand."""
        if running:
            return
        n = status.unsent_acts
        waits = (
            t("{n} perubahan menunggu dikirim.").format(n=n)
            if n
            else t("Semua perubahan laptop ini sudah di kabupaten.")
        )
        last = t("Terakhir bertukar: {when}.").format(when=moment_words(status.done_at))
        said = f"{waits} {last}"
        self._said.set_colour(Hue.BRICK if status.problem else Hue.INK_2)
        if status.problem:
            said = f"{said} {t('Percobaan terakhir: ')}{status.problem}"
        self._said.setText(said)

    def begin(self) -> None:
        """An exchange begins."""
        self.start.setEnabled(False)
        self.stop.show()
        self._bar.set_percent(8)
        self._bar.show()
        self._said.set_colour(Hue.INK_2)
        self._said.setText(t("Menghubungi kabupaten …"))

    def show_progress(self, done: int, _total: int, words: str) -> None:
        """Say how far it is."""
        self._bar.set_percent(min(94, 12 + done // 4))
        self._said.setText(words)

    def rest(self, words: str, *, is_problem: bool = False) -> None:
        """It ended."""
        self.start.setEnabled(True)
        self.stop.hide()
        self._bar.hide()
        self._said.set_colour(Hue.BRICK if is_problem else Hue.INK_2)
        if words:
            self._said.setText(words)


class OutcomeCard(Card):
    """What the last exchange of this sitting came to."""

    def __init__(self, outcome: ExchangeOutcome) -> None:
        super().__init__(t("Isi pertukaran ini"), lined=True)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(10)
        numbers = QHBoxLayout()
        for count, words in (
            (outcome.sent_entries, t("dikirim")),
            (outcome.applied, t("diterima")),
            (outcome.conflicts, t("perbedaan")),
        ):
            one = QVBoxLayout()
            one.setSpacing(0)
            one.addWidget(PlainLabel(f"{count}", 28, 600))
            one.addWidget(PlainLabel(words, 13, 600))
            numbers.addLayout(one, 1)
        column.addLayout(numbers)
        column.addWidget(PlainLabel(outcome_words(outcome), 13, 400, Hue.INK_2, wrap=True))
        kilobytes = (outcome.bytes_up + outcome.bytes_down + 1023) // 1024
        column.addWidget(
            PlainLabel(
                t("{kb} KB dalam {n} hubungan · {when}").format(
                    kb=kilobytes, n=outcome.round_trips, when=moment_words(outcome.finished_at)
                ),
                12,
                400,
                Hue.INK_3,
                wrap=True,
            )
        )
        for frame in outcome.refused:
            column.addWidget(PlainLabel(frame.sentence, 13, 600, Hue.BRICK, wrap=True))
        self.add(holder)


class ConflictCard(Card):
    """Both values of one field that two laptops wrote apart."""

    def __init__(self, line: ConflictLine) -> None:
        super().__init__(f"{line.field} · {line.subject}", t("berbeda antarlaptop"), padding=20)
        value, who = line.shown
        self.add(FactRow(t("Ditampilkan"), f"{value} · {who}", strong=True))
        for other, by in line.others:
            self.add(FactRow(t("Disimpan"), f"{other} · {by}"))
        self.open = link(t("Buka orangnya"), trailing="right")
        if line.person is not None:
            self.add_head(self.open)


class DevicesCard(Card):
    """The village's laptops, as the district told."""

    def __init__(self, status: ExchangeStatus) -> None:
        super().__init__(t("Laptop desa ini"), lined=True)
        shown = [one for one in status.devices if one.state != "replaced"]
        for place, device in enumerate(shown):
            if place:
                self.add(Hairline())
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(20, 10, 16, 10)
            name = device.label or f"Laptop {device.letter}"
            if device.is_this:
                name = f"{name} ({t('laptop ini')})"
            row.addWidget(PlainLabel(name, 14, 600 if device.is_this else 400), 1)
            row.addWidget(
                Badge(
                    t(DEVICE_WORDS.get(device.state, device.state)),
                    DEVICE_TONES.get(device.state, Tone.STONE),
                )
            )
            self.add(holder)
        if not shown:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(20, 14, 20, 14)
            row.addWidget(
                PlainLabel(
                    t("Laptop lain tampak di sini sesudah laptop ini terdaftar di kabupaten."),
                    13,
                    400,
                    Hue.INK_3,
                    wrap=True,
                )
            )
            self.add(holder)
