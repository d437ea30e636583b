"""Small dialogs of an episode: record a stage, answer a consent, note a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.values import ConsentDraft, DocumentDraft
from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.errors import DesmigratifError, InputError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.choices import Choice
from desmigratif_desktop.ui.dialogs import Dialog, show_error
from desmigratif_desktop.ui.fields import DateField, NoteField, TextField
from desmigratif_desktop.ui.form import FieldSpec, Form, Section
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.pickers import RadioRow
from desmigratif_desktop.ui.section_form import scrolled
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desmigratif_desktop.features.migration_services.values import (
        ConsentLine,
        DocumentLine,
        EpisodeView,
    )
    from desmigratif_desktop.ui.shell import ScreenContext


TRIM: Final = 250
"""What head, foot, one sentence and the margins of a dialog take of the window's height."""


class ActDialog(Dialog):
    """A dialog around a small form; it closes only after the act was saved.

    Args:
        over: any widget of the window.
        title: what is done.
        effect: words of the button.
        form: the fields.
        context: of the screen.
        act: makes the work of the writer lane from the form; may raise InputError.
        icon: before the title.
    """

    def __init__(
        self, over: QWidget, title: str, form: Form, *, effect: str, context: ScreenContext,
        act: Callable[[Form], Callable[[], Any]], icon: str = "flag",
    ) -> None:  # fmt: skip
        super().__init__(over, title, icon=icon)
        self.form, self._context, self._act, self._is_busy = form, context, act, False
        room = over.window().height() - TRIM
        if form.sizeHint().height() > room:
            area = scrolled(form)
            area.setFixedHeight(room)
            self.add(area)
        else:
            self.add(form)
        self.add_escape()
        self.add_effect(effect)
        form.submitted.connect(self.confirm)

    def confirm(self) -> None:
        """Run the act; problems stand beside their fields."""
        if self._is_busy:
            return
        try:
            self.form.touched()
            work = self._act(self.form)
        except InputError as wrong:
            self.form.show_problems(wrong.problems)
            self.replace_card()
            return
        self._is_busy = True
        self._context.jobs.write(work, lambda _done: self._finish(), self._refused, owner=self)

    def _finish(self) -> None:
        super().confirm()

    def _refused(self, error: BaseException) -> None:
        self._is_busy = False
        if isinstance(error, InputError):
            rest = self.form.show_problems(error.problems)
            self.replace_card()
            if not rest:
                return
        if isinstance(error, DesmigratifError):
            show_error(self, error)
            return
        raise error


def ask_stage(over: QWidget, context: ScreenContext, episode: EpisodeView) -> ActDialog:
    """Record that a stage was reached: which, when, how it is known."""
    stages = reference.table("stage")
    reasons = reference.table("return_reason").choices()
    told = t("Boleh hanya tahun, atau bulan dan tahun.")
    stage = FieldSpec("stage", t("Tahap"), lambda: Choice(stages.choices(), searchable=True))
    when = FieldSpec("happened_on", t("Sejak kapan"), DateField, optional=True, help=told)
    why = FieldSpec("return_reason", t("Alasan pulang"), lambda: Choice(reasons), optional=True)
    note = FieldSpec("stage_note", t("Keterangan"), lambda: NoteField(rows=2), optional=True)
    form = Form((Section("stage", "", ((stage,), (when, why), (note,))),))
    waiting = next((one.stage for one in episode.steps if one.mark == "current"), None)
    form.load({})
    form.fill({"stage": waiting} if waiting else {})
    reason = form.widget("return_reason").parentWidget()

    def follow(name: str) -> None:
        if name == "stage" and reason is not None:
            reason.setVisible(form.value("stage") in {"pulang", "purna"})

    form.changed.connect(follow)
    follow("stage")

    def act(filled: Form) -> Callable[[], Any]:
        values = filled.values()
        store, actor = context.store(), context.actor()
        return lambda: service.record_stage(
            store, actor, episode.uid, str(values["stage"] or ""),
            happened_on=_text(values["happened_on"]), note=_text(values["stage_note"]),
            return_reason=_text(values["return_reason"]),
        )  # fmt: skip

    dialog = ActDialog(
        over, t("Catat tahap"), form, effect=t("Catat tahap ini"), context=context, act=act
    )
    now = t("Tahap sekarang: {stage}. Tahap lama tetap tercatat.").format(stage=episode.stage_label)
    dialog.body.insertWidget(0, PlainLabel(now, 13, 400, Hue.INK_2, wrap=True))
    dialog.open(form.widget("stage"))
    return dialog


def ask_consent(
    over: QWidget, context: ScreenContext, person: bytes, lines: tuple[ConsentLine, ...]
) -> ActDialog:
    """Note what the person answers now; an earlier answer stays in the history."""
    form = consent_form(lines)

    def act(filled: Form) -> Callable[[], Any]:
        touched = {name: one for name, one in filled.touched().items() if name != "method"}
        how = str(filled.value("method") or "tanda_tangan")
        store, actor = context.store(), context.actor()

        def work() -> None:
            for purpose, answer in touched.items():
                draft = ConsentDraft(purpose, str(answer), how)
                service.answer_consent(store, actor, person, draft)

        return work

    dialog = ActDialog(
        over, t("Persetujuan warga"), form, effect=t("Simpan jawaban"), context=context, act=act,
        icon="shield",
    )  # fmt: skip
    told = t("Bacakan kalimatnya. Menolak tidak mengurangi pelayanan apa pun.")
    dialog.body.insertWidget(0, PlainLabel(told, 13, 400, Hue.INK_2, wrap=True))
    dialog.open()
    return dialog


def consent_form(lines: tuple[ConsentLine, ...]) -> Form:
    """The purposes with their sentences, and how the person answered."""
    purposes = reference.table("consent_purpose")
    methods = reference.table("consent_method").choices()
    answers = (("given", t("Setuju")), ("refused", t("Tidak")), ("withdrawn", t("Dicabut")))
    rows = [
        (FieldSpec(
            one.purpose, one.label, lambda: RadioRow(answers),
            help=purposes.get(one.purpose).extras.get("text", ""),  # type: ignore[union-attr]
        ),)
        for one in lines
    ]  # fmt: skip
    rows.append((FieldSpec("method", t("Dinyatakan dengan"), lambda: Choice(methods)),))
    form = Form((Section("consents", "", tuple(rows)),))
    loaded: dict[str, object] = {one.purpose: one.answer or None for one in lines}
    loaded["method"] = next((one.method for one in lines if one.method), "tanda_tangan")
    form.load(loaded)
    return form


def ask_document(
    over: QWidget, context: ScreenContext, episode: bytes, line: DocumentLine
) -> ActDialog:
    """Note whether a document is there, with its number."""
    statuses = reference.table("document_status").choices()
    status = FieldSpec("status", t("Keadaan"), lambda: RadioRow(statuses))
    number = FieldSpec("number", t("Nomor atau keterangan"), TextField, optional=True)
    until = FieldSpec("valid_until", t("Berlaku sampai"), DateField, optional=True)
    form = Form((Section("document", "", ((status,), (number, until))),))
    form.load({
        "status": line.status, "number": line.number or None, "valid_until": line.valid_until,
    })  # fmt: skip

    def act(filled: Form) -> Callable[[], Any]:
        values = filled.values()
        draft = DocumentDraft(
            line.document, str(values["status"] or "belum"), _text(values["number"]),
            _text(values["valid_until"]),
        )  # fmt: skip
        store, actor = context.store(), context.actor()
        return lambda: service.set_document(store, actor, episode, draft)

    dialog = ActDialog(
        over, line.label, form, effect=t("Simpan"), context=context, act=act, icon="doc"
    )
    dialog.open(form.widget("status"))
    return dialog


def _text(value: object) -> str | None:
    return str(value) if value else None
