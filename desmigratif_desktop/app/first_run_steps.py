"""The ways of the first run, one widget each: new post, join, restore, recovery sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.joining import join_post
from desmigratif_desktop.app.passphrases import suggest_passphrase
from desmigratif_desktop.exchange.enrolment import LetterTakenError
from desmigratif_desktop.foundation.errors import DesmigratifError, InputError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.buttons import Size, ghost, primary
from desmigratif_desktop.ui.choices import Check, Choice
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.form_parts import FieldFrame
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.pickers import RegionChooser
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from desmigratif_desktop.ui.jobs import JobRunner

LAPTOPS = (("A", "A · laptop pertama"), ("B", "B · laptop kedua"), ("C", "C · laptop ketiga"))


class Step(QWidget):
    """One way: title, sentence, fields, and the two buttons below.

    Args:
        jobs: the lanes.
        title: 28/600.
        sentence: below it.
        effect: words of the main button.
        on_back: what the other button does; None hides it.
    """

    def __init__(
        self,
        jobs: JobRunner,
        title: str,
        sentence: str,
        effect: str,
        on_back: Callable[[], None] | None,
    ) -> None:
        super().__init__()
        self.jobs = jobs
        self.setMaximumWidth(800)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title, 28, 600))
        column.addWidget(PlainLabel(sentence, 14, 400, Hue.INK_2, wrap=True))
        self.fields = QVBoxLayout()
        self.fields.setSpacing(12)
        column.addLayout(self.fields)
        self.band = Band("", "", Tone.BRICK)
        self.band.hide()
        column.addWidget(self.band)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.effect = primary(effect, size=Size.LARGE)
        self.effect.clicked.connect(self.submit)
        if on_back is not None:
            back = ghost(t("Kembali"))
            back.clicked.connect(on_back)
            line.addWidget(back)
        line.addStretch(1)
        line.addWidget(self.effect)
        column.addSpacing(8)
        column.addLayout(line)

    def row(self, *frames: QWidget) -> None:
        """Put fields side by side."""
        line = QHBoxLayout()
        line.setSpacing(16)
        for one in frames:
            line.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, on the button or with Ctrl it does the act."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if with_ctrl or self.effect.hasFocus():
            if self.effect.isEnabled():
                self.submit()
        else:
            self.focusNextChild()

    def submit(self) -> None:
        """Do it; ways override."""

    def busy(self, words: str) -> None:
        """Hold the main button while it works."""
        self._words = self.effect.words
        self.effect.set_words(words)
        self.effect.setEnabled(False)
        self.band.hide()

    def refused(self, error: BaseException) -> None:
        """Say what is wrong; nothing was written."""
        self.effect.setEnabled(True)
        self.effect.set_words(self._words)
        if isinstance(error, InputError):
            self.band.set_words(error.problems[0].message, error.advice)
        elif isinstance(error, DesmigratifError):
            self.band.set_words(error.sentence, error.advice)
        else:
            raise error
        self.band.show()


class PostStep(Step):
    """A new post for the officers' own village."""

    def __init__(
        self,
        jobs: JobRunner,
        folder: Path,
        *,
        on_made: Callable[[assembly.Created], None],
        on_back: Callable[[], None],
        title: str = "",
        sentence: str = "",
        effect: str = "",
        laptop: str = "A",
    ) -> None:
        super().__init__(
            jobs,
            title or t("Siapkan pos layanan"),
            sentence
            or t(
                "Isi seperti pada papan nama kantor. Semuanya dapat dibetulkan kelak,"
                " kecuali kode desa dan huruf laptop."
            ),
            effect or t("Buat pos layanan"),
            on_back,
        )
        self.folder, self.on_made = folder, on_made
        self.village = RegionChooser()
        self.fields.addWidget(FieldFrame(t("Desa Anda, menurut wilayahnya"), self.village))
        self._add_names(laptop)

    def _add_names(self, laptop: str) -> None:
        self.office = TextField(t("Contoh: Kantor Desa Karangjati Wetan"), limit=100)
        self.letter = Choice(LAPTOPS)
        self.letter.set_value(laptop)
        self.row(
            FieldFrame(t("Nama kantor"), self.office, optional=True),
            FieldFrame(
                t("Nama laptop ini"), self.letter, help_words=t("Ikut tercetak pada nomor surat.")
            ),
        )
        self.officer = TextField(limit=60)
        self.passphrase = TextField(limit=128)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Normal)
        frame = FieldFrame(
            t("Kata sandi"),
            self.passphrase,
            link=t("Sarankan"),
            help_words=t("Paling sedikit 8 karakter, misalnya empat kata."),
        )
        frame.link_asked.connect(lambda: self.passphrase.setText(suggest_passphrase()))
        self.row(FieldFrame(t("Nama Anda (petugas)"), self.officer), frame)

    def asked(self) -> assembly.NewPost:
        """What was filled in."""
        return assembly.NewPost(
            str(self.village.value() or ""),
            self.office.text(),
            self.officer.text(),
            self.passphrase.text(),
            self.letter.value() or "A",
        )

    def submit(self) -> None:
        """Build the post in the background."""
        wanted = self.asked()
        if not wanted.area_code:
            self.village.set_mark("error")
        self.busy(t("Membuat …"))
        self.jobs.outside(
            lambda _: assembly.create_post(self.folder, wanted),
            self.on_made,
            self.refused,
            owner=self,
        )


class JoinStep(PostStep):
    """A further laptop of a post: the same facts, and the code of the district."""

    def __init__(
        self,
        jobs: JobRunner,
        folder: Path,
        *,
        on_made: Callable[[assembly.Created], None],
        on_back: Callable[[], None],
    ) -> None:
        super().__init__(
            jobs,
            folder,
            on_made=on_made,
            on_back=on_back,
            laptop="B",
            title=t("Bergabung dengan pos yang sudah ada"),
            sentence=t(
                "Kode pendaftaran berasal dari Dinas Tenaga Kerja kabupaten dan berlaku sekali."
                " Tanpa jaringan pun laptop ini dapat dipakai; data desa menyusul."
            ),
            effect=t("Bergabung"),
        )
        self.address = TextField(t("https://desmigratif.kabupaten.go.id"), limit=200)
        self.code = TextField(t("XXXX-XXXX-XXXX-XXXX-X"), limit=40)
        self.later = Check(t("Nanti saja, siapkan dahulu tanpa jaringan"))
        self.row(
            FieldFrame(t("Alamat server kabupaten"), self.address),
            FieldFrame(t("Kode pendaftaran"), self.code),
        )
        self.fields.addWidget(self.later)

    def submit(self) -> None:
        """Build the post, enrol, fetch the village's data."""
        wanted, address, code = self.asked(), self.address.text().strip(), self.code.text().strip()
        if self.later.isChecked():
            super().submit()
            return
        self.busy(t("Menghubungi kabupaten …"))
        self.jobs.outside(
            lambda _: join_post(self.folder, wanted, address, code),
            self.on_made,
            self._letter_or_refused,
            owner=self,
        )

    def _letter_or_refused(self, error: BaseException) -> None:
        self.refused(error)
        if isinstance(error, LetterTakenError) and error.free:
            self.letter.set_value(error.free[0])
