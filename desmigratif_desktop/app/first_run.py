"""The first run: practise, open a post, join one, or go on from a backup.

Nothing is written before the last button of a way; a new post is built beside its place
and moved in whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop import __version__
from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.door import Door
from desmigratif_desktop.app.first_run_steps import (
    JoinStep,
    PostStep,
)
from desmigratif_desktop.app.opening_steps import RecoverStep, RestoreStep, SheetStep
from desmigratif_desktop.app.practice import make_practice_post
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.buttons import Size, primary, secondary
from desmigratif_desktop.ui.cards import Card, IconDisc
from desmigratif_desktop.ui.dialogs import show_error
from desmigratif_desktop.ui.jobs import JobRunner
from desmigratif_desktop.ui.labels import IconLabel, PlainLabel
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.ui.buttons import Button


@dataclass(frozen=True, slots=True)
class Way:
    """One way to begin.

    Attributes:
        name: identifier.
        title, sentence, promise: its words.
        icon, tone: its picture.
        button: words of its button.
        key: key of its button.
    """

    name: str
    title: str
    sentence: str
    promise: str
    icon: str
    tone: Tone
    button: str
    key: str


def ways() -> tuple[Way, ...]:
    """The four ways to begin, in order."""
    return (*_beginnings(), *_continuations())


def _beginnings() -> tuple[Way, ...]:
    return (
        Way(
            "practice", t("Coba dengan desa contoh"),
            t("Desa bayangan dengan 240 warga rekaan. Semua tombol boleh ditekan."),
            t("Data contoh tidak pernah dikirim ke mana pun"),
            "sprout", Tone.LEAF, t("Mulai belajar"), "Alt+C",
        ),
        Way(
            "post", t("Siapkan pos layanan"),
            t("Siapkan nama desa, nama petugas, dan kata sandi; kira-kira lima menit."),
            t("Data disandikan di laptop ini sejak awal"),
            "home", Tone.SOGA, t("Siapkan"), "Alt+S",
        ),
    )  # fmt: skip


def _continuations() -> tuple[Way, ...]:
    return (
        Way(
            "join", t("Bergabung dengan pos yang sudah ada"),
            t("Laptop kedua atau ketiga. Siapkan kode pendaftaran dari kabupaten."),
            t("Data desa menyusul begitu ada jaringan"),
            "laptop", Tone.INDIGO, t("Bergabung"), "Alt+B",
        ),
        Way(
            "restore", t("Lanjutkan dari cadangan"),
            t("Siapkan berkas cadangan dan kata sandi atau lembar pemulihan."),
            t("Cadangan diperiksa sebelum dipakai"),
            "usb", Tone.INDIGO, t("Pilih berkas"), "Alt+L",
        ),
    )  # fmt: skip


class FirstRun(Door):
    """The page before there is a post on this laptop.

    Args:
        folder: where the post shall lie.
        on_ready: takes the opened store.
        damaged: why an existing post cannot be opened; shown above the ways.
        on_back: back to the sign-in page, where there is one.
    """

    def __init__(
        self,
        folder: Path,
        *,
        on_ready: Callable[[Store], None],
        damaged: DesmigratifError | None = None,
        on_back: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(
            t("Selamat datang di pos layanan desa Anda"),
            t(
                "Mendaftarkan warga, mencetak surat, mencatat pelatihan dan koperasi. Semua"
                " berjalan tanpa internet."
            ),
            t(
                "Pilihan ini dapat diubah kapan saja. Tidak ada data yang dikirim sebelum Anda"
                " memintanya."
            ),
            t("Versi {version}").format(version=__version__),
        )
        self._folder, self._on_ready, self._on_back = folder, on_ready, on_back
        self._exists = assembly.has_post(folder)
        self._damaged = damaged
        self.jobs = JobRunner(self)
        self.destroyed.connect(self.jobs.close)
        self._step: QWidget | None = None
        self._waiting: Store | None = None
        self.buttons: dict[str, Button] = {}
        self.show_ways()

    def _show(self, step: QWidget) -> None:
        if self._step is not None:
            self.column.removeWidget(self._step)
            self._step.hide()
            self._step.deleteLater()
        self._step = step
        self.column.addWidget(step)
        step.show()

    def show_ways(self) -> None:
        """The four ways."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PlainLabel(t("Mulai dari mana?"), 28, 600))
        if self._damaged is not None:
            column.addWidget(Band(self._damaged.sentence, self._damaged.advice, Tone.BRICK))
        self.buttons = {}
        for way in ways():
            column.addWidget(self._card(way, is_first=way.name == "practice"))
        if self._exists:
            for name in ("practice", "post", "join"):
                self.buttons[name].setEnabled(False)
        self._show(page)
        self.buttons["restore" if self._exists else "practice"].setFocus()

    def _card(self, way: Way, *, is_first: bool) -> QWidget:
        card = Card(padding=20)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(IconDisc(way.icon, way.tone, 48))
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(PlainLabel(way.title, 18, 600))
        words.addWidget(PlainLabel(way.sentence, 14, 400, Hue.INK_2, wrap=True))
        promise = QHBoxLayout()
        promise.setSpacing(8)
        promise.addWidget(IconLabel("check", Hue.LEAF, 14))
        promise.addWidget(PlainLabel(way.promise, 13, 400, Hue.INK_2), 1)
        words.addLayout(promise)
        row.addLayout(words, 1)
        make = primary if is_first else secondary
        button = make(way.button, key=way.key, size=Size.LARGE)
        button.setMinimumWidth(176)
        button.clicked.connect(lambda: self.begin(way.name))
        self.buttons[way.name] = button
        row.addWidget(button)
        card.add(row)
        return card

    def begin(self, name: str) -> None:
        """Go one of the ways."""
        if name == "practice":
            self._practise()
        elif name == "post":
            self._show(
                PostStep(self.jobs, self._folder, on_made=self._made, on_back=self.show_ways)
            )
        elif name == "join":
            self._show(
                JoinStep(self.jobs, self._folder, on_made=self._made, on_back=self.show_ways)
            )
        elif name == "recover":
            self._show(
                RecoverStep(
                    self.jobs,
                    self._folder,
                    on_sheet=self._made,
                    on_back=self._on_back or self.show_ways,
                )
            )
        else:
            self._show(
                RestoreStep(
                    self.jobs,
                    self._folder,
                    on_ready=self._on_ready,
                    on_sheet=self._made,
                    on_back=self.show_ways,
                )
            )

    def _practise(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(False)
        self.buttons["practice"].set_words(t("Menyiapkan …"))
        self.jobs.outside(
            lambda _: make_practice_post(self._folder), self._on_ready, self._refused, owner=self
        )

    def _made(self, created: assembly.Created) -> None:
        self._waiting = created.store

        def done() -> None:
            self._waiting = None
            self._on_ready(created.store)

        self._show(SheetStep(self.jobs, created, on_done=done))

    def leave(self) -> None:
        """The window closes: let go of a post that was made and not yet entered."""
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None

    def _refused(self, error: BaseException) -> None:
        self.show_ways()
        if not isinstance(error, DesmigratifError):
            raise error
        show_error(self, error)
