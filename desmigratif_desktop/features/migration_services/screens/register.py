"""The registration of a candidate, somebody abroad, or somebody returned: five steps, one act.

The draft is kept while it is filled and dropped in the same transaction that saves the
registration (redlist F18).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desmigratif_desktop.features.migration_services.rules import CONSENT_PURPOSES
from desmigratif_desktop.features.migration_services.screens import reading
from desmigratif_desktop.features.migration_services.screens.fields import DocumentsField
from desmigratif_desktop.features.migration_services.screens.sections import (
    CONSENT,
    TITLES,
    draft_of,
    load_around,
    steps_of,
)
from desmigratif_desktop.features.migration_services.service import draft_form
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import DesmigratifError, InputError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.rules import working_age_warning
from desmigratif_desktop.ui.band_stack import BandStack
from desmigratif_desktop.ui.buttons import Size, ghost, primary, secondary
from desmigratif_desktop.ui.dialogs import show_error
from desmigratif_desktop.ui.draft_keeper import (
    BASES,
    FIELD,
    STEP,
    DraftKeeper,
    clock_of,
    pack_bases,
    unpack_bases,
)
from desmigratif_desktop.ui.page import Page
from desmigratif_desktop.ui.person_warnings import (
    WATCHED,
    NikWatch,
    birth_of,
    register_of,
    show_nik_reason,
)
from desmigratif_desktop.ui.radar import RadarPanel
from desmigratif_desktop.ui.section_form import SectionedForm, count_words
from desmigratif_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desmigratif_desktop.features.migration_services.screens.reading import Loaded
    from desmigratif_desktop.features.migration_services.values import RegistrationDone
    from desmigratif_desktop.people.values import PersonView
    from desmigratif_desktop.ui.shell import ScreenContext

KEYS: Final = (
    ("Tab", "Isian berikut"), ("Alt+Down", "Bagian berikut"), ("Ctrl+S", "Simpan"),
    ("Ctrl+D", "Pakai yang mirip"), ("F1", "Arti isian"),
)  # fmt: skip


class _FormPage(Page):
    """The page; passes the narrow form on."""

    def __init__(self, title: str, form: SectionedForm) -> None:
        super().__init__(title)
        self._form = form

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Fold the section list."""
        self._form.set_narrow(narrow)


class RegisterScreen:
    """One registration.

    Args:
        context: what every screen is given.
        subject: (tone, id of an existing person or None).
    """

    def __init__(self, context: ScreenContext, subject: object = None) -> None:
        tone, person = subject if isinstance(subject, tuple) else ("cpmi", None)
        self._context = context
        self._tone = tone if tone in TITLES else "cpmi"
        self._person: bytes | None = person
        self._origin = new_id().hex()
        self._view: PersonView | None = None
        self._base: dict[str, Any] = {}
        self._around: dict[str, Any] = {}
        self._is_loaded = self._is_saving = False
        self.bands = BandStack()
        self.radar = RadarPanel(context, t("Pakai data ini"))
        is_new = self._person is None
        self.form = SectionedForm(steps_of(self._tone), self.radar)
        self._today = local_date(context.store().clock)
        self._watch = NikWatch(
            self.form, self._today, self.radar.look, self._person, self._age_warning
        )
        self._page = _FormPage(t(TITLES[self._tone]), self.form)
        self._keeper = DraftKeeper(
            context, draft_form(self._tone), self._person, self._gather, self._page
        )
        self._build(is_new=is_new)

    def _build(self, *, is_new: bool) -> None:
        page = self._page
        leave = ghost(t("Batal"), key="Esc")
        leave.clicked.connect(self._back)
        self._early = secondary(t("Simpan"), icon="save", key="Ctrl+S")
        self._early.setShortcut(QKeySequence())
        self._early.clicked.connect(self.save)
        self._main = primary(t("Lanjut"), key="Alt+Down")
        self._main.setShortcut(QKeySequence())
        self._main.clicked.connect(self._on_main)
        for button in (leave, self._early, self._main):
            page.header.add_action(button)
        page.foot.set_keys(KEYS)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bands)
        column.addWidget(self.form, 1)
        page.set_body(body)
        told = t("Yang belum diketahui boleh dikosongkan. Draf tersimpan sendiri di laptop ini.")
        page.header.set_title(t(TITLES[self._tone]), told)
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(self.save)
        self.form.link_asked.connect(self._on_link)
        self.form.moved.connect(self._on_moved)
        self._keeper.kept.connect(self._on_kept)
        if is_new:
            self.radar.taken.connect(self._use_existing)
        else:
            self.radar.taken.connect(lambda person: self._context.navigate("person", person))
        for key, act in (("Ctrl+S", self.save), ("Ctrl+D", self.radar.take_first)):
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        show_nik_reason(self.form)
        self._name_steps()

    # --- the screen's protocol ----------------------------------------------------

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Read person and draft once; a form in work is never read over."""
        if self._is_loaded:
            return
        store, tone, person = self._context.store(), self._tone, self._person
        officer = self._context.actor().officer_id
        self._context.jobs.read(
            f"register.{self._origin}", lambda: reading.load(store, tone, person, officer),
            self._show, self._refused, owner=self._page,
        )  # fmt: skip

    def may_leave(self) -> bool:
        """Always: what was typed is kept as a draft."""
        return True

    def close(self) -> None:
        """Keep the draft."""
        self._keeper.close()

    def _back(self) -> None:
        self._context.parts["back"]()

    # --- loading ------------------------------------------------------------------

    def _show(self, loaded: Loaded) -> None:
        self._is_loaded, self._view = True, loaded.view
        self._around = load_around(loaded.migration)
        self._load_form()
        if loaded.view is not None:
            told = t("Data {name} sudah ada; lengkapi yang baru saja.").format(
                name=loaded.view.name
            )
            self._page.header.set_title(t(TITLES[self._tone]), told)
        if loaded.draft is not None:
            self._restore(loaded.draft.fields, clock_of(loaded.draft))
        else:
            self.form.go(2 if loaded.view is not None else 0)
        self._name_steps()

    def _load_form(self) -> None:
        view = self._view
        values = dict(view.values) if view is not None else {}
        values.pop("note", None)
        self._base = dict(view.bases) if view is not None else {}
        self._watch.quiet(on=view is not None)
        self.form.load(values | self._around)
        self._watch.refresh()
        self._watch.quiet(on=False)
        show_nik_reason(self.form)

    def _restore(self, fields: Mapping[str, Any], clock: str) -> None:
        self._base |= unpack_bases(fields.get(BASES) or {})
        self.form.restore({name: one for name, one in fields.items() if not name.startswith("_")})
        self._watch.refresh()
        show_nik_reason(self.form)
        self.form.go(int(fields.get(STEP) or 0), focus=False)
        if fields.get(FIELD) in self.form.names():
            self.form.reveal(str(fields[FIELD]))
        fresh = secondary(t("Buang draf"), size=Size.SMALL)
        fresh.clicked.connect(self._drop_draft)
        self.bands.say(
            t("Melanjutkan draf pukul {clock}").format(clock=clock),
            t("Isian yang belum disimpan dikembalikan seperti terakhir diketik."),
            Tone.INDIGO, button=fresh,
        )  # fmt: skip

    def _drop_draft(self) -> None:
        self._keeper.drop()
        self._keeper.begin_again()
        self.bands.clear()
        self._load_form()
        self.form.go(0)
        self._name_steps()

    # --- typing -------------------------------------------------------------------

    def _gather(self) -> dict[str, Any]:
        raw = self.form.raw()
        if not raw:
            return {}
        touched = {register_of(name) for name in raw}
        bases = {name: dots for name, dots in self._base.items() if name in touched}
        return {
            **raw, BASES: pack_bases(bases), STEP: self.form.at, FIELD: self.form.focused(),
        }  # fmt: skip

    def _age_warning(self) -> dict[str, tuple[str, str]]:
        """F13: under 18 is named, and never blocks."""
        if self._tone == "purna":
            return {}
        problem = working_age_warning(birth_of(self.form), self._today)
        if problem is None:
            return {}
        return {"birth_date": (t("Belum berumur 18 tahun"), problem.message)}

    def _on_changed(self, name: str) -> None:
        self._keeper.touch()
        if name in WATCHED:
            self._watch.refresh()
        self._name_steps()

    def _on_kept(self, clock: str) -> None:
        self._page.foot.set_truth(t("Draf tersimpan · {clock}").format(clock=clock))

    def _on_link(self, _name: str) -> None:
        show_nik_reason(self.form, on=True)
        self.form.reveal("nik_missing_reason")

    def _on_moved(self, place: int) -> None:
        is_last = place == len(self.form.steps) - 1
        self._early.setVisible(not is_last)
        self._main.set_words(t("Simpan pendaftaran") if is_last else t("Lanjut"))
        self._main.set_key("Ctrl+S" if is_last else "Alt+Down")

    def _on_main(self) -> None:
        if self.form.at == len(self.form.steps) - 1:
            self.save()
        else:
            self.form.step_by(1)

    def _name_steps(self) -> None:
        form, n = self.form, self._watch.count()
        named = t("sedang diisi") if form.value("name") else t("nama belum diisi")
        words = t("{n} peringatan").format(n=n) if n else named
        form.set_state("identity", words, is_warning=bool(n))
        for step, one in zip(form.steps[1:3], form.forms[1:3], strict=True):
            filled = sum(value is not None for value in one.values().values())
            form.set_state(step.key, t("{n} terisi").format(n=filled) if filled
                           else t("belum diisi"))  # fmt: skip
        documents = form.widget("documents")
        held = form.value("documents")
        total = documents.total() if isinstance(documents, DocumentsField) else 0
        count = len(held) if isinstance(held, list) else 0
        form.set_state("documents", count_words(count, total))
        answered = sum(form.value(f"{CONSENT}{one}") is not None for one in CONSENT_PURPOSES)
        form.set_state("consents", count_words(answered, len(CONSENT_PURPOSES)))

    def _use_existing(self, person: bytes) -> None:
        """It is somebody known: go on with their data; what was typed fills what is empty."""
        self._keeper.finish()
        store, tone = self._context.store(), self._tone
        officer, raw = self._context.actor().officer_id, self.form.raw()
        self._context.jobs.write(
            lambda: reading.hand_over(store, tone, person, officer, raw),
            lambda _done: self._context.parts["leave_to"](
                "migration_services.register", (tone, person)
            ),
            self._refused, owner=self._page,
        )  # fmt: skip

    # --- saving -------------------------------------------------------------------

    def save(self) -> None:
        """Save everything as one act; a missing reason takes the keyboard instead."""
        if self._is_saving or not self._is_loaded:
            return
        try:
            touched = self.form.touched()
        except InputError as wrong:
            self._refused(wrong)
            return
        if self.form.asks_reason():
            words = t("Pilih alasan pada peringatan, lalu simpan lagi.")
            self._page.foot.set_truth(words, "warn", Tone.SOGA)
            return
        registers = {register_of(name) for name in touched}
        bases = {name: dots for name, dots in self._base.items() if name in registers}
        draft = draft_of(
            touched, self.form.values(), person=self._person, bases=bases,
            reason=self._watch.reason(),
        )  # fmt: skip
        self._is_saving = True
        self._keeper.finish()
        store, actor = self._context.store(), self._context.actor()
        work = partial(reading.save, store, actor, self._tone, draft, self._origin)
        self._context.jobs.write(work, self._saved, self._refused, owner=self._page)

    def _saved(self, done: RegistrationDone) -> None:
        self._is_saving = False
        subject = ("saved", done.episode)
        self._context.parts["leave_to"]("migration_services.papers", subject)
        words = t("Pendaftaran {number} tersimpan di laptop ini.").format(
            number=done.registration_no
        )
        self._context.announce(words)

    def _refused(self, error: BaseException) -> None:
        self._is_saving = False
        self._keeper.begin_again()
        self._keeper.touch()
        if isinstance(error, InputError):
            homeless = self.form.show_problems(error.problems)
            if homeless:
                self.bands.say(t("Belum dapat disimpan"), homeless[0].message, Tone.BRICK)
            words = t("Belum disimpan: perbaiki isian yang ditandai.")
            self._page.foot.set_truth(words, "warn", Tone.BRICK)
        elif isinstance(error, DesmigratifError):
            show_error(self._page, error)
        else:
            raise error


__all__ = ["RegisterScreen"]
