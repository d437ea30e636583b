"""Papers of a registration: seen as paper, printed, kept as PDF, printed again from the archive."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.documents import archive
from desmigratif_desktop.features.migration_services import documents, service
from desmigratif_desktop.features.migration_services.presenter import papers
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.partial_dates import format_long
from desmigratif_desktop.foundation.paths import documents_folder
from desmigratif_desktop.people.roster import show_person
from desmigratif_desktop.ui.band_stack import BandStack
from desmigratif_desktop.ui.buttons import link, primary, secondary
from desmigratif_desktop.ui.cards import ChoiceCard, FactRow, Hairline
from desmigratif_desktop.ui.dialogs import show_error
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.page import Page
from desmigratif_desktop.ui.paper import PaperView
from desmigratif_desktop.ui.print_dialog import PrintDialog
from desmigratif_desktop.ui.printing import Paper, PrintOrder, print_pdf, save_pdf
from desmigratif_desktop.ui.section_form import scrolled
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from desmigratif_desktop.documents.archive import IssuedView
    from desmigratif_desktop.features.migration_services.presenter.papers import (
        PaperKind,
        PrintedPaper,
    )
    from desmigratif_desktop.features.migration_services.values import EpisodeView
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.ui.shell import ScreenContext

KEYS: Final = (
    ("Ctrl+P", "Cetak"), ("Ctrl+S", "Simpan PDF"), ("Ctrl+0", "Satu halaman"), ("Esc", "Kembali"),
)  # fmt: skip
SHEETS: Final = (("f4", "F4", "215 × 330 mm"), ("a4", "A4", "210 × 297 mm"))
LEFT: Final = 336


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk.

    Attributes:
        episode: None for the blank form alone.
        issued: the paper of this kind and sheet that was issued; None when there is none.
    """

    episode: EpisodeView | None
    name: str
    person: bytes
    data: bytes
    number: str
    issued: IssuedView | None


def read_desk(
    store: Store, episode: bytes | None, kind: PaperKind, sheet: str, *, blank: bool
) -> Desk:
    """Press what would be printed now; an issued paper is shown from its frozen bytes.

    Raises:
        NotFoundError: no such registration here.
        InputError: a value does not fit or cannot be printed.
    """
    with store.read() as session:
        view = service.show_episode(session, episode) if episode is not None else None
        person, name = b"", ""
        if view is not None:
            person = view.person
            name = show_person(store, session, person).full_name
        if blank or episode is None or view is None:
            made = papers.blank_paper(store, session, kind, sheet)
            return Desk(view, name, person, made.data, "", None)
        issued = next(
            (
                one
                for one in archive.papers_of(session, person)
                if (one.paper_type, one.sheet, one.voided_on) == (kind.code, sheet, None)
                and one.number == view.values.get("registration_no")
            ),
            None,
        )
        if issued is not None:
            frozen = archive.frozen_bytes(session, issued.id)
            data = frozen or documents.render_paper(issued).data
            return Desk(view, name, person, data, issued.number, issued)
        made = papers.preview_paper(store, session, kind, episode, sheet)
        return Desk(view, name, person, made.data, made.number, None)


class PapersScreen:
    """The papers of one registration, or the blank form.

    Args:
        context: what every screen is given.
        subject: id of the episode, or ("saved", id) right after it, or ("blank", None).
    """

    def __init__(self, context: ScreenContext, subject: object) -> None:
        mark, episode = subject if isinstance(subject, tuple) else ("", subject)
        self._context = context
        self._episode: bytes | None = episode
        self._is_fresh = mark == "saved"
        self._kind = papers.PAPERS[0]
        self._is_blank = episode is None
        self._sheet = "f4"
        self._desk: Desk | None = None
        self._is_busy = False
        self._words = ""
        self.bands = BandStack()
        self.paper = PaperView()
        self._page = Page(t("Surat pendaftaran"), back=True)
        self._page.back_asked.connect(self._back)
        self._build()

    def _build(self) -> None:
        page = self._page
        self._keep = secondary(t("Simpan PDF"), icon="save", key="Ctrl+S")
        self._keep.clicked.connect(self.save_as)
        self._print = primary(t("Cetak"), icon="print", key="Ctrl+P")
        self._print.clicked.connect(self.ask_print)
        page.header.add_action(self._keep)
        page.header.add_action(self._print)
        page.foot.set_keys(KEYS)
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bands)
        row = QHBoxLayout()
        row.setSpacing(0)
        self._side = scrolled(self._choices())
        self._side.setFixedWidth(LEFT)
        row.addWidget(self._side)
        row.addWidget(Hairline(upright=True))
        row.addWidget(self.paper, 1)
        whole.addLayout(row, 1)
        page.set_body(body)

    def _choices(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 20, 20, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel(t("Surat"), 16, 600))
        self._kinds = QButtonGroup(inner)
        if self._episode is not None:
            for kind in papers.PAPERS:
                self._add_kind(column, t(kind.title), kind.form, partial(self._choose, kind))
        self._add_kind(
            column, t("Formulir kosong"), t("FORM-3, untuk diisi tangan"),
            partial(self._choose, papers.PAPERS[0], blank=True),
        )  # fmt: skip
        self._kinds.buttons()[0].setChecked(True)
        column.addSpacing(8)
        column.addWidget(PlainLabel(t("Kertas"), 13, 600))
        sheets = QHBoxLayout()
        sheets.setSpacing(8)
        self._sheets = QButtonGroup(inner)
        for code, name, size in SHEETS:
            card = ChoiceCard(name, size)
            card.setChecked(code == self._sheet)
            card.clicked.connect(partial(self._choose_sheet, code))
            self._sheets.addButton(card)
            sheets.addWidget(card)
        column.addLayout(sheets)
        column.addSpacing(8)
        column.addWidget(Hairline())
        self._facts = QVBoxLayout()
        self._facts.setSpacing(2)
        column.addLayout(self._facts)
        column.addStretch(1)
        return inner

    def _add_kind(self, column: QVBoxLayout, title: str, under: str, act: Any) -> None:
        card = ChoiceCard(title, under, icon="doc")
        card.clicked.connect(act)
        self._kinds.addButton(card)
        column.addWidget(card)

    def _choose(self, kind: PaperKind, _on: bool = False, *, blank: bool = False) -> None:  # noqa: FBT001, FBT002
        self._kind, self._is_blank = kind, blank
        self.reload()

    def _choose_sheet(self, code: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self._sheet = code
        self.reload()

    # --- the screen's protocol ----------------------------------------------------

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Press the paper again."""
        store, episode, kind = self._context.store(), self._episode, self._kind
        sheet, blank = self._sheet, self._is_blank
        self._context.jobs.read(
            "migration.papers",
            lambda: read_desk(store, episode, kind, sheet, blank=blank),
            self._show, self._failed, owner=self._page,
        )  # fmt: skip

    def may_leave(self) -> bool:
        """Nothing is typed here."""
        return True

    def close(self) -> None:
        """Let the paper go."""
        self.paper.clear()
        self._desk = None

    def _back(self) -> None:
        self._context.parts["back"]()

    # --- showing ------------------------------------------------------------------

    def _show(self, desk: Desk) -> None:
        self._desk = desk
        title = t("Formulir kosong") if self._is_blank else t(self._kind.title)
        number = t("nomor {n}").format(n=desk.number) if desk.number else t("tanpa nomor")
        self._page.header.set_title(title, f"{desk.name} · {number}" if desk.name else number)
        self.paper.show_pdf(desk.data)
        is_copy = desk.issued is not None
        self._print.set_words(t("Cetak ulang") if is_copy else t("Cetak"))
        self._fill_facts(desk)
        if self._is_fresh and desk.episode is not None:
            self._greet(desk)
        if self._words:
            self._context.announce(self._words)
            self._words = ""
        elif is_copy:
            words = t("Sudah dikeluarkan; cetak ulang memakai arsip yang sama")
            self._page.foot.set_truth(words, "lock", Tone.LEAF)
        else:
            self._page.foot.set_truth(t("Belum dicetak"), "clock", Tone.STONE)

    def _greet(self, desk: Desk) -> None:
        person = desk.person
        go = secondary(t("Halaman warga"), icon="person")
        go.clicked.connect(lambda: self._context.navigate("person", person))
        self.bands.say(
            t("Pendaftaran tersimpan. Nomor {n}").format(n=desk.number),
            t("Semuanya tercatat sekaligus di laptop ini. Cetak dan minta tanda tangan warga."),
            Tone.LEAF, button=go,
        )  # fmt: skip
        self._is_fresh = False

    def _fill_facts(self, desk: Desk) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        rows = [(t("Nomor"), desk.number or "–")]
        if desk.episode is not None:
            day = desk.episode.values.get("registered_on")
            rows.append((t("Terdaftar"), format_long(str(day)) if day else "–"))
            rows.append((t("Tahap"), desk.episode.stage_label))
        issued = desk.issued
        rows.append((t("Dicetak"), format_long(issued.issued_on) if issued else t("belum pernah")))
        for name, value in rows:
            self._facts.addWidget(FactRow(name, value))
        if issued is not None:
            told = t("Isi surat dibekukan saat dikeluarkan. Cetakan berikutnya bertanda SALINAN.")
            self._facts.addWidget(PlainLabel(told, 12, 400, Hue.INK_3, wrap=True))
        if desk.person:
            whose = link(t("Buka halaman warga"), trailing="right")
            person = desk.person
            whose.clicked.connect(lambda: self._context.navigate("person", person))
            self._facts.addWidget(whose, 0, Qt.AlignmentFlag.AlignLeft)

    # --- printing -----------------------------------------------------------------

    def ask_print(self) -> PrintDialog | None:
        """Ask where and how often; the paper is issued when the officer confirms."""
        if self._desk is None or self._is_busy:
            return None
        title = t("Cetak formulir kosong") if self._is_blank else t("Cetak {name}").format(
            name=self._kind.title[:1].lower() + self._kind.title[1:]
        )  # fmt: skip
        note = None
        if not self._is_blank:
            note = (
                t("Isi dibekukan saat dikeluarkan"),
                t("Nomor {n} tetap dipakai bila dicetak ulang.").format(n=self._desk.number),
            )
        dialog = PrintDialog(
            self._page, title, paper=Paper.A4 if self._sheet == "a4" else Paper.F4, copies=1,
            copies_hint=t("Pendaftar dan arsip desa"), note=note,
        )  # fmt: skip
        dialog.confirmed.connect(self._on_order)
        dialog.open()
        return dialog

    def _on_order(self, order: PrintOrder) -> None:
        if order.printer:
            self._issue(lambda made: self._send(made, order))
        else:
            self.save_as()

    def save_as(self) -> None:
        """Ask for a place, then keep the issued paper there."""
        if self._desk is None or self._is_busy:
            return
        number = self._desk.number.replace("/", "-") or "kosong"
        name = f"{self._kind.form} {number}.pdf"
        folder = documents_folder()
        dialog = QFileDialog(self._page, t("Simpan PDF"), str(folder / name), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.keep_at(Path(path)))
        dialog.open()

    def keep_at(self, target: Path) -> None:
        """Issue the paper and write it to a file."""

        def write(made: PrintedPaper) -> None:
            self._context.jobs.outside(
                lambda _work: save_pdf(made.data, target),
                lambda _done: self._tell(
                    t("PDF tersimpan: {name}. Berkas ini tidak terkunci.").format(name=target.name)
                ),
                self._failed, owner=self._page,
            )  # fmt: skip

        self._issue(write)

    def _issue(self, then: Any) -> None:
        store, actor, episode = self._context.store(), self._context.actor(), self._episode
        if self._desk is None:
            return
        if self._is_blank or episode is None:
            then(papers.PrintedPaper(self._desk.data, ""))
            return
        self._is_busy = True
        kind, sheet = self._kind, self._sheet

        def done(made: PrintedPaper) -> None:
            self._is_busy = False
            then(made)

        work = partial(papers.print_paper, store, actor, kind, episode, sheet)
        self._context.jobs.write(work, done, self._failed, owner=self._page)

    def _send(self, made: PrintedPaper, order: PrintOrder) -> None:
        try:
            pages = print_pdf(made.data, order)
        except DesmigratifError as error:
            self._failed(error)
            return
        self._tell(t("{n} halaman dikirim ke pencetak.").format(n=pages * order.copies))

    def _tell(self, words: str) -> None:
        """Say it now, and again once the paper was read anew."""
        self._words = words
        self._context.announce(words)
        self.reload()

    def _failed(self, error: BaseException) -> None:
        self._is_busy = False
        if not isinstance(error, DesmigratifError):
            raise error
        show_error(self._page, error)


__all__ = ["PapersScreen", "read_desk"]
