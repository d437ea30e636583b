"""Impor dari berkas: a roster of people comes in, looked at before and undone as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from desmigratif_desktop.app import import_words as words
from desmigratif_desktop.app.import_report import ReportStep, ResultStep
from desmigratif_desktop.app.import_steps import ColumnsStep, FileStep, StepLine
from desmigratif_desktop.app.import_work import Watch, look_at, recall, write_report
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.foundation.paths import documents_folder
from desmigratif_desktop.people.imports import cases, session
from desmigratif_desktop.people.imports import mapping as mappings
from desmigratif_desktop.people.imports.apply import apply_plan, undo_import
from desmigratif_desktop.people.imports.plan import Outcome
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.busy import Progress
from desmigratif_desktop.ui.buttons import ghost, primary
from desmigratif_desktop.ui.cards import Card
from desmigratif_desktop.ui.dialogs import ask
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.people.imports.apply import Imported
    from desmigratif_desktop.people.imports.cases import Case
    from desmigratif_desktop.people.imports.mapping import Mapping
    from desmigratif_desktop.people.imports.plan import Plan
    from desmigratif_desktop.people.imports.session import Loaded
    from desmigratif_desktop.records.undo import UndoOutcome
    from desmigratif_desktop.ui.jobs import Job, OutsideWork
    from desmigratif_desktop.ui.shell import ScreenContext

KEYS: Final = (("Ctrl+Enter", "Lanjut"), ("Esc", "Kembali"), ("F1", "Bantuan"))
FILE, COLUMNS, REPORT, RESULT = range(4)


class ImportScreen:
    """The import, one step after another on one page."""

    def __init__(self, context: ScreenContext, _subject: object = None) -> None:
        self._context = context
        self._at = FILE
        self._job: Job | None = None
        self._watch: Watch | None = None
        self._bar: Progress | None = None
        self._loaded: Loaded | None = None
        self._mapping: Mapping | None = None
        self._asks = True
        self._plan: Plan | None = None
        self._done: Imported | None = None
        self.body: Any = None
        self._page = Page(t("Impor dari berkas"))
        back = ghost(t("Kembali"), key="Esc")
        back.clicked.connect(self._back)
        self._next = primary(t("Lanjut"), key="Ctrl+Enter")
        self._next.setShortcut(QKeySequence("Ctrl+Return"))
        self._next.clicked.connect(self.go_on)
        self._page.header.add_action(back)
        self._page.header.add_action(self._next)
        self._page.foot.set_keys(KEYS)
        self._to_file()

    # --- what the window asks -------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether a file is under way, or an import stands here that can be taken back."""
        return self._job is not None or self._at != FILE

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Look again at what waits; a file under way stays as it is."""
        if self._at == RESULT:
            self._read_cases()
        elif self._at == FILE and self._job is None:
            self._ask_waiting()

    def may_leave(self) -> bool:
        """The page goes on by itself, and is here again afterwards."""
        return True

    def close(self) -> None:
        """Stop what is not kept yet and forget who stood in the file."""
        if self._watch is not None:
            self._watch.cancelled = True
        if self._job is not None:
            self._job.cancel()
        self._job = self._loaded = self._plan = self._done = self.body = None

    def escape(self) -> bool:
        """Esc stops what runs, then goes a step back."""
        if self._job is not None:
            self._stop()
            return True
        if self._at == COLUMNS:
            self._to_file()
        elif self._at == REPORT:
            self._to_columns()
        else:
            return False
        return True

    def _back(self) -> None:
        if not self.escape():
            self._context.parts["back"]()

    def go_on(self) -> None:
        """The main button: the next step."""
        if self._job is not None:
            return
        if self._at == FILE:
            self.body.submit()
        elif self._at == COLUMNS:
            self._check()
        elif self._at == REPORT:
            self._import()
        else:
            self._to_file()

    # --- steps ----------------------------------------------------------------------

    def _step(self, at: int, body: QWidget, said: str) -> None:
        self._at, self.body = at, body
        self._page.set_body(body)
        self._next.set_words(said)
        self._next.setEnabled(True)
        if self._page.isVisible():
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_file(self, band: Band | None = None) -> None:
        self._loaded = self._plan = self._done = self._mapping = None
        self._step(FILE, FileStep(self.read_file, band), t("Lanjut"))
        self._page.setFocusProxy(self.body.path)

    def _to_columns(self, band: Band | None = None) -> None:
        assert self._loaded is not None and self._mapping is not None  # noqa: S101, PT018
        found = self._loaded.found
        step = ColumnsStep(found, self._mapping, asks=self._asks, band=band)
        self._step(COLUMNS, step, t("Lanjut"))

    def _to_report(self, band: Band | None = None) -> None:
        assert self._plan is not None  # noqa: S101 - a report is of a plan
        step = ReportStep(self._plan, on_save=self._save, on_ticked=self._count, band=band)
        self._step(REPORT, step, "")
        self._count()

    def _to_result(self, band: Band | None = None) -> None:
        step = ResultStep(
            self._done, on_undo=self._ask_undo, on_settle=self._settle, band=band,
            on_open=lambda: self._context.navigate("people"),
        )  # fmt: skip
        self._step(RESULT, step, t("Impor berkas lain"))
        self._read_cases()

    def _count(self) -> None:
        """What the main button would do now."""
        assert self._plan is not None  # noqa: S101 - a report is of a plan
        added = self._plan.counts[Outcome.ADDED]
        made = len(self.body.choices().accepted)
        self._next.set_words(words.import_words(added, made))
        self._next.setEnabled(bool(added or made))

    # --- work beside the window -----------------------------------------------------

    def _busy(self, title: str, *, can_stop: bool = True) -> None:
        self._bar = Progress(title, can_stop=can_stop)
        self._bar.stop_asked.connect(self._stop)
        body = ScrollBody(padding=24)
        body.add(StepLine(self._at))
        card = Card(padding=20)
        card.add(self._bar)
        body.add(card)
        body.end()
        self._page.set_body(body)
        self._next.setEnabled(False)

    def _told(self, done: int, total: int, said: str) -> None:
        if self._bar is not None and self._job is not None:
            self._bar.show_progress(done, total, said)

    def _stop(self) -> None:
        if self._watch is not None:
            self._watch.cancelled = True

    def _ended(self) -> None:
        self._job = self._watch = self._bar = None

    def _failed_to(self, show: Callable[[Band], None]) -> Callable[[BaseException], None]:
        """What a job does with its error: back to a step, with a band."""

        def failed(error: BaseException) -> None:
            self._ended()
            if not isinstance(error, DesmigratifError):
                raise error
            show(Band(error.sentence, error.advice, Tone.SOGA))

        return failed

    def _tell_failed(self, error: BaseException) -> None:
        """Say in the foot what went wrong beside the step."""
        if not isinstance(error, DesmigratifError):
            raise error
        self._page.foot.set_truth(error.sentence, "warn", Tone.BRICK)

    # --- 1 file ---------------------------------------------------------------------

    def read_file(self, path: Path) -> None:
        """Read a file beside the window, then show its columns."""
        if self._job is not None:
            return
        store = self._context.store()

        def work(outside: OutsideWork) -> tuple[Loaded, Mapping | None]:
            loaded = session.load(path)
            return loaded, outside.on_records(lambda: recall(store, loaded))

        self._busy(t("Membaca {name}").format(name=path.name), can_stop=False)
        self._job = self._context.jobs.outside(
            work, self._read, self._failed_to(self._to_file), owner=self._page
        )

    def _read(self, read: tuple[Loaded, Mapping | None]) -> None:
        self._ended()
        self._loaded, remembered = read
        self._asks = remembered is None
        self._mapping = remembered or mappings.propose(self._loaded.found)
        band = None
        if remembered is not None:
            said = t("Pembagian kolom diingat dari berkas dengan judul yang sama.")
            band = Band(said, t("Ubah bila perlu, lalu tekan Lanjut."), Tone.INDIGO)
        self._to_columns(band)

    # --- 2 columns ------------------------------------------------------------------

    def _check(self) -> None:
        """Take the mapping, then do the dry run."""
        assert self._loaded is not None  # noqa: S101 - columns are of a file
        loaded, store = self._loaded, self._context.store()
        try:
            mapping = self.body.mapping()
            found = session.confirmed(loaded.found, mapping)
        except DesmigratifError as error:
            self._page.foot.set_truth(error.sentence, "warn", Tone.BRICK)
            self.body.say(Band(error.sentence, error.advice, Tone.SOGA))
            return
        self._mapping, self._asks = mapping, False
        self._page.foot.set_truth("")

        def work(outside: OutsideWork) -> Plan:
            watch.told = outside.progress
            return outside.on_records(lambda: look_at(store, loaded, found, mapping, watch))

        watch = Watch(self._told)
        self._at = REPORT
        self._busy(t("Memeriksa {name}").format(name=loaded.book.name))
        self._watch = watch
        self._job = self._context.jobs.outside(
            work, self._planned, self._failed_to(self._to_columns), progress=self._told,
            owner=self._page,
        )  # fmt: skip

    def _planned(self, plan: Plan) -> None:
        self._ended()
        self._plan = plan
        self._to_report()

    def _save(self) -> None:
        dialog = QFileDialog(
            self._page, t("Simpan laporan"), str(documents_folder() / t("Laporan impor.xlsx")),
            t("Lembar kerja") + " (*.xlsx);;CSV (*.csv)",
        )  # fmt: skip
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(lambda name: self.save_report(Path(name)))
        dialog.open()

    def save_report(self, target: Path) -> None:
        """Write the report of the dry run to a file; its ending says which form."""
        plan = self._plan
        if plan is None:
            return

        def done(_: object) -> None:
            self._page.foot.set_truth(t("Laporan tersimpan: {name}").format(name=target.name))

        self._context.jobs.outside(
            lambda _: write_report(plan, target), done, self._tell_failed, owner=self._page
        )

    # --- 3 import -------------------------------------------------------------------

    def _import(self) -> None:
        assert self._plan is not None  # noqa: S101 - only a plan is imported
        store, actor, plan = self._context.store(), self._context.actor(), self._plan
        choices = self.body.choices()
        jobs = self._context.jobs
        watch = Watch(lambda *told: jobs.tell_progress(job, *told))
        title = words.import_words(plan.counts[Outcome.ADDED], len(choices.accepted))
        self._at = RESULT
        self._busy(title)
        self._watch = watch
        job = jobs.write(
            lambda: apply_plan(store, actor, plan, choices, progress=watch),
            self._imported, self._failed_to(self._to_report), owner=self._page,
        )  # fmt: skip
        job.progress = self._told
        self._job = job

    def _imported(self, done: Imported) -> None:
        self._ended()
        self._done, self._plan = done, None
        said = t("{n} warga masuk daftar desa.").format(n=format_number(done.added))
        more = t("{n} data diperbarui.").format(n=format_number(done.made)) if done.made else ""
        self._to_result(Band(said, more, Tone.LEAF))

    # --- 4 result -------------------------------------------------------------------

    def _ask_waiting(self) -> None:
        """On the first step: cases that wait from before can be opened."""
        self._look(lambda found: self.body.show_waiting(len(found), self._open_waiting))

    def _open_waiting(self) -> None:
        self._done = None
        self._to_result()

    def _read_cases(self) -> None:
        self._look(self.body.show_cases)

    def _look(self, show: Callable[[tuple[Case, ...]], None]) -> None:
        store, body = self._context.store(), self.body
        act = self._done.act if self._done is not None and self._done.act else None

        def read() -> tuple[Case, ...]:
            with store.read() as reading:
                return cases.waiting(reading, act)

        def take(found: tuple[Case, ...]) -> None:
            if self.body is body and self._job is None:
                show(found)

        self._context.jobs.read("import.waiting", read, take, owner=self._page)

    def _settle(self, case: Case, how: str) -> None:
        store, actor = self._context.store(), self._context.actor()

        def failed(error: BaseException) -> None:
            self._tell_failed(error)
            self._read_cases()

        def done(_: object) -> None:
            self._page.foot.set_truth(t("{name}: sudah diputuskan.").format(name=case.name))
            self._read_cases()

        work = lambda: cases.settle(store, actor, case, how)  # noqa: E731
        self._context.jobs.write(work, done, failed, owner=self._page)

    def _ask_undo(self) -> None:
        assert self._done is not None  # noqa: S101 - only an import is undone
        sentence = t(
            "{n} warga yang masuk bersama berkas ini ditarik kembali. Data yang sudah diubah"
            " petugas sesudahnya dibiarkan."
        ).format(n=format_number(self._done.added))
        ask(
            self._page, t("Batalkan seluruh impor?"), sentence,
            effect=t("Batalkan impor"), escape=t("Jangan"), on_yes=self._undo, is_danger=True,
        )  # fmt: skip

    def _undo(self) -> None:
        if self._done is None or self._job is not None:
            return
        store, actor, act = self._context.store(), self._context.actor(), self._done.act
        self._busy(t("Menarik kembali impor"), can_stop=False)
        self._job = self._context.jobs.write(
            lambda: undo_import(store, actor, act), self._undone,
            self._failed_to(self._to_result), owner=self._page,
        )  # fmt: skip

    def _undone(self, outcome: UndoOutcome) -> None:
        self._ended()
        kept = len({record for _, record, _ in outcome.kept})
        more = t("{n} data sudah diubah sesudahnya dan dibiarkan.") if kept else ""
        self._to_file(Band(t("Impor dibatalkan."), more.format(n=format_number(kept)), Tone.LEAF))
