"""Opening what exists: from a backup, by the recovery sheet; and the sheet itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desmigratif_desktop.app import assembly, catalogue
from desmigratif_desktop.app.backup_panel import BackupPanel
from desmigratif_desktop.app.first_run_steps import Step
from desmigratif_desktop.app.passphrases import suggest_passphrase
from desmigratif_desktop.app.recovery_paper import recovery_paper
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records import recovery_code
from desmigratif_desktop.records.backup import SUFFIX, newest
from desmigratif_desktop.records.restore import recover, restore
from desmigratif_desktop.ui.buttons import link, primary, secondary
from desmigratif_desktop.ui.choices import Check, Choice
from desmigratif_desktop.ui.dialogs import show_error, warn
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.form_parts import FieldFrame
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.print_dialog import PrintDialog
from desmigratif_desktop.ui.printing import PrintOrder, print_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.ui.jobs import JobRunner


class RestoreStep(Step):
    """Go on from a backup file, with a passphrase or the recovery sheet."""

    def __init__(
        self,
        jobs: JobRunner,
        folder: Path,
        *,
        on_ready: Callable[[Store], None],
        on_sheet: Callable[[assembly.Created], None],
        on_back: Callable[[], None],
    ) -> None:
        super().__init__(
            jobs,
            t("Lanjutkan dari cadangan"),
            t(
                "Cadangan diperiksa seluruhnya sebelum dipakai. Data yang sekarang ada di laptop"
                " ini disisihkan, tidak dihapus."
            ),
            t("Periksa dan pulihkan"),
            on_back,
        )
        self.folder, self.on_ready, self.on_sheet = folder, on_ready, on_sheet
        self._add_file_row()
        self.secret = TextField(limit=128)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.fields.addWidget(FieldFrame(t("Kata sandi salah satu petugas"), self.secret))
        other = link(t("Kata sandi terlupa? Pakai lembar pemulihan"))
        other.clicked.connect(self._use_sheet)
        self.fields.addWidget(other)
        self._add_sheet_row()
        self._offer(folder)

    def _add_file_row(self) -> None:
        self.file = TextField(limit=400)
        choose = secondary(t("Pilih berkas"), icon="usb")
        choose.clicked.connect(self._choose)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(FieldFrame(t("Berkas cadangan"), self.file), 1)
        side = QVBoxLayout()
        side.addSpacing(24)
        side.addWidget(choose)
        side.addStretch(1)
        line.addLayout(side)
        self.fields.addLayout(line)
        self.seen = BackupPanel(self.folder)
        self.fields.addWidget(self.seen)
        self.file.textChanged.connect(self.seen.look)

    def _offer(self, folder: Path) -> None:
        """The newest backup beside the post stands there already."""
        found = newest(assembly.backup_folder(folder))
        if found is not None:
            self.file.setText(str(found))

    def _add_sheet_row(self) -> None:
        self.sheet = TextField(t("8 kelompok berisi 5 huruf atau angka"), limit=80)
        self.fresh = TextField(limit=128)
        self._sheet_row = QWidget()
        below = QHBoxLayout(self._sheet_row)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(16)
        below.addWidget(FieldFrame(t("Kode pada lembar pemulihan"), self.sheet), 2)
        below.addWidget(FieldFrame(t("Kata sandi baru"), self.fresh), 1)
        self._sheet_row.hide()
        self.fields.addWidget(self._sheet_row)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, t("Pilih berkas cadangan"), "", t("Cadangan Desmigratif") + f" (*{SUFFIX})"
        )
        if name:
            self.file.setText(name)

    def _use_sheet(self) -> None:
        self._sheet_row.setVisible(self._sheet_row.isHidden())
        self.sheet.setFocus()

    def submit(self) -> None:
        """Restore in the background; the sheet also makes a new passphrase and sheet."""
        file, folder = Path(self.file.text().strip()), self.folder
        sheet = "" if self._sheet_row.isHidden() else self.sheet.text().strip()
        secret, fresh = self.secret.text(), self.fresh.text()
        self.busy(t("Memeriksa …"))

        def work(_: object) -> tuple[Store, str]:
            if not sheet:
                restore(file, folder, secret, catalogue.registry())
                return assembly.open_post(folder, secret), ""
            code = recovery_code.read(sheet)
            key_slots.check_new_passphrase(fresh)
            restore(file, folder, code, catalogue.registry())
            done = recover(folder, code, None, fresh)
            return assembly.open_post(folder, fresh), done.code

        def ready(result: tuple[Store, str]) -> None:
            store, new_sheet = result
            if new_sheet:
                self.on_sheet(assembly.Created(store, new_sheet))
                return
            self.on_ready(store)

        self.jobs.outside(work, ready, self.refused, owner=self)


class RecoverStep(Step):
    """All passphrases are lost: the recovery sheet opens the post that lies here."""

    def __init__(
        self,
        jobs: JobRunner,
        folder: Path,
        *,
        on_sheet: Callable[[assembly.Created], None],
        on_back: Callable[[], None],
    ) -> None:
        super().__init__(
            jobs,
            t("Buka dengan lembar pemulihan"),
            t(
                "Sesudah dipakai, kode lama mati dan Anda mencetak lembar baru. Petugas lain"
                " mendapat kata sandi baru dari Anda. Pengaduan yang disegel tidak ikut terbuka."
            ),
            t("Buka pos layanan"),
            on_back,
        )
        self.folder, self.on_sheet = folder, on_sheet
        slots = key_slots.read_slots(folder)
        self.officer = Choice([(one.name, one.name) for one in slots.officers])
        if slots.officers:
            self.officer.set_value(slots.officers[0].name)
        self.code = TextField(t("8 kelompok berisi 5 huruf atau angka"), limit=80)
        self.fresh = TextField(limit=128)
        self.fields.addWidget(FieldFrame(t("Kode pada lembar pemulihan"), self.code))
        frame = FieldFrame(t("Kata sandi baru"), self.fresh, link=t("Sarankan"))
        frame.link_asked.connect(lambda: self.fresh.setText(suggest_passphrase()))
        self.row(FieldFrame(t("Petugas"), self.officer), frame)

    def submit(self) -> None:
        """Open with the sheet, then show the new one."""
        folder, typed = self.folder, self.code.text()
        fresh, who = self.fresh.text(), self.officer.value()
        self.busy(t("Membuka …"))

        def work(_: object) -> assembly.Created:
            done = recover(folder, recovery_code.read(typed), who, fresh)
            return assembly.Created(assembly.open_post(folder, fresh), done.code)

        self.jobs.outside(work, self.on_sheet, self.refused, owner=self)


class SheetStep(Step):
    """The recovery sheet: printed once, kept nowhere, then the work begins."""

    def __init__(
        self, jobs: JobRunner, created: assembly.Created, *, on_done: Callable[[], None]
    ) -> None:
        super().__init__(
            jobs,
            t("Cetak lembar kunci pemulihan"),
            t(
                "Bila semua kata sandi terlupa atau laptop harus diganti, hanya lembar ini yang"
                " membuka data. Lembar dicetak sekali dan tidak disimpan di laptop. Masukkan ke"
                " amplop dan simpan di lemari kantor desa."
            ),
            t("Mulai bekerja"),
            None,
        )
        self._created, self._on_done = created, on_done
        self.kept = Check(t("Lembar pemulihan sudah dicetak atau disalin dengan tangan"))
        self.kept.toggled.connect(self.effect.setEnabled)
        self.effect.setEnabled(False)
        line = QHBoxLayout()
        line.setSpacing(8)
        show = secondary(t("Tampilkan untuk disalin"), icon="eye")
        show.clicked.connect(self._reveal)
        make = primary(t("Cetak lembar"), icon="print")
        make.clicked.connect(self._print)
        line.addWidget(make)
        line.addWidget(show)
        line.addStretch(1)
        self.fields.addLayout(line)
        self._code = PlainLabel("", 18, 600, wrap=True)
        self._code.hide()
        self.fields.addWidget(self._code)
        self.fields.addWidget(self.kept)

    def _reveal(self) -> None:
        self._code.setText(self._created.recovery_code)
        self._code.setVisible(self._code.isHidden())

    def _print(self) -> None:
        dialog = PrintDialog(
            self,
            t("Cetak lembar kunci pemulihan"),
            note=(t("Langsung ke pencetak"), t("Tidak ada salinan yang disimpan di laptop ini.")),
        )
        dialog.confirmed.connect(self._send)
        dialog.open()

    def _send(self, order: PrintOrder) -> None:
        if not order.printer:
            warn(
                self,
                t("Belum ada pencetak"),
                t("Tekan Tampilkan untuk disalin, lalu salin kodenya dengan tangan."),
            )
            return
        try:
            paper = recovery_paper(self._created.store, self._created.recovery_code)
            print_pdf(paper.data, order)
        except DesmigratifError as error:
            show_error(self, error)
            return
        self.kept.setChecked(True)

    def submit(self) -> None:
        """The sheet is safe: forget the code and begin."""
        self._code.setText("")
        self._on_done()
