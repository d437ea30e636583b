"""What the screens around a person's form do alike: draft, warnings, radar, refusals.

A screen adds its steps, what it loads and how it is saved. What the officer did not
touch is never written (DESIGN decision 4; redlist F18).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import DesmigratifError, InputError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.fields import BY_NAME, register_of
from desmigratif_desktop.ui.band_stack import BandStack
from desmigratif_desktop.ui.buttons import Size, ghost, secondary
from desmigratif_desktop.ui.dialogs import show_error
from desmigratif_desktop.ui.draft_keeper import (
    BASES,
    DISTINCT,
    FIELD,
    STEP,
    DraftKeeper,
    clock_of,
    pack_bases,
    unpack_bases,
)
from desmigratif_desktop.ui.page import Page
from desmigratif_desktop.ui.person_warnings import WATCHED, NikWatch, show_nik_reason
from desmigratif_desktop.ui.radar import RadarPanel
from desmigratif_desktop.ui.section_form import SectionedForm
from desmigratif_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from desmigratif_desktop.people.values import PersonView
    from desmigratif_desktop.records.drafts import Draft
    from desmigratif_desktop.ui.radar import Same
    from desmigratif_desktop.ui.section_form import Step
    from desmigratif_desktop.ui.shell import ScreenContext


class _FormPage(Page):
    """The page; passes the narrow form on."""

    def __init__(self, title: str, form: SectionedForm) -> None:
        super().__init__(title)
        self._form = form

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Fold the section list."""
        self._form.set_narrow(narrow)


class PersonFormPage:
    """A form in steps that asks for a person, the radar beside it, its draft kept.

    Args:
        context: what every screen is given.
        person: id of an existing person; None for a new one.
        steps: what is asked.
        title: of the page.
        draft: name of the form's draft.

    Attributes:
        form, radar, bands: the parts of the page.
    """

    def __init__(
        self, context: ScreenContext, person: bytes | None, steps: Sequence[Step], *,
        title: str, draft: str,
    ) -> None:  # fmt: skip
        self._context = context
        self._person = person
        self._origin = new_id().hex()
        self._view: PersonView | None = None
        self._base: dict[str, Any] = {}
        self._is_loaded = self._is_saving = False
        self._today = local_date(context.store().clock)
        self.bands = BandStack()
        self.radar = RadarPanel(context, self._typed if person is None else None)
        self.form = SectionedForm(steps, self.radar)
        self._watch = NikWatch(self.form, self._today, self.radar.look, person, self._more_warnings)
        self._page = _FormPage(title, self.form)
        self._keeper = DraftKeeper(context, draft, person, self._gather, self._page)
        self._lay_out()

    def _lay_out(self) -> None:
        page = self._page
        leave = ghost(t("Batal"), key="Esc")
        leave.clicked.connect(self._back)
        page.header.add_action(leave)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bands)
        column.addWidget(self.form, 1)
        page.set_body(body)
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(self.save)
        self.form.link_asked.connect(self._on_link)
        self._keeper.kept.connect(self._on_kept)
        self._bind("Ctrl+D", self.radar.compare_first)
        self.radar.same.connect(self._on_same)
        self.radar.told.connect(self._keeper.touch)
        self.radar.compare_asked.connect(self._compare_kept)
        show_nik_reason(self.form)

    def _bind(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    # --- what a screen adds ---------------------------------------------------------

    def _values(self) -> dict[str, Any]:
        """What the form shows before anybody types."""
        return dict(self._view.values) if self._view is not None else {}

    def _more_warnings(self) -> Mapping[str, tuple[str, str]]:
        """Further warnings by field, as (title, sentence)."""
        return {}

    def _name_steps(self) -> None:
        """Say in the list how far each step is."""
        raise NotImplementedError

    def _leave_unchanged(self) -> bool:
        """Leave when nothing was touched; False when there is something to save all the same."""
        return False

    def _work(
        self, touched: dict[str, Any], bases: dict[str, Any], reason: str | None
    ) -> Callable[[], Any]:
        """What the writer lane does to save."""
        raise NotImplementedError

    def _saved(self, done: Any) -> None:
        """Go on after the save."""
        raise NotImplementedError

    def _complete(self, same: Same) -> Callable[[], Any]:
        """What the writer lane does when it is somebody who is known."""
        raise NotImplementedError

    def _completed(self, person: bytes) -> None:
        """Go on with the old record; this form is not saved."""
        raise NotImplementedError

    # --- the radar ------------------------------------------------------------------

    def _typed(self) -> dict[str, Any]:
        return {name: one for name, one in self.form.values().items() if name in BY_NAME}

    def _on_same(self, same: Same) -> None:
        if self._is_saving:
            return
        self._is_saving = True
        self._keeper.finish()
        self._context.jobs.write(
            self._complete(same), lambda _done: self._completed(same.person), self._refused,
            owner=self._page,
        )  # fmt: skip

    def _compare_kept(self, other: bytes) -> None:
        self._context.navigate("people.duplicates", (self._person, other))

    # --- the screen's protocol ----------------------------------------------------

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def may_leave(self) -> bool:
        """Always: what was typed is kept as a draft."""
        return True

    def close(self) -> None:
        """Keep the draft."""
        self._keeper.close()

    def _back(self) -> None:
        self._context.parts["back"]()

    # --- loading ------------------------------------------------------------------

    def _load_form(self) -> None:
        self._base = dict(self._view.bases) if self._view is not None else {}
        self._watch.quiet(on=self._view is not None)
        self.form.load(self._values())
        self._watch.refresh()
        self._watch.quiet(on=False)
        show_nik_reason(self.form)

    def _restore(self, draft: Draft) -> None:
        fields = draft.fields
        self._base |= unpack_bases(fields.get(BASES) or {})
        self.form.restore({name: one for name, one in fields.items() if not name.startswith("_")})
        self.radar.restore_refused(fields.get(DISTINCT) or ())
        self._watch.refresh()
        show_nik_reason(self.form)
        self.form.go(int(fields.get(STEP) or 0), focus=False)
        if fields.get(FIELD) in self.form.names():
            self.form.reveal(str(fields[FIELD]))
        fresh = secondary(t("Buang draf"), size=Size.SMALL)
        fresh.clicked.connect(self._drop_draft)
        self.bands.say(
            t("Melanjutkan draf pukul {clock}").format(clock=clock_of(draft)),
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

    def _on_gone(self, error: BaseException) -> None:
        if not isinstance(error, DesmigratifError):
            raise error
        self.bands.say(error.sentence, error.advice, Tone.BRICK)

    # --- typing -------------------------------------------------------------------

    def _bases_of(self, names: Iterable[str]) -> dict[str, Any]:
        """The loaded dots of the registers that these fields lie in."""
        registers = {register_of(name) for name in names}
        return {name: dots for name, dots in self._base.items() if name in registers}

    def _gather(self) -> dict[str, Any]:
        raw = self.form.raw()
        if not raw:
            return {}
        bases = pack_bases(self._bases_of(raw))
        told = {DISTINCT: self.radar.refused()}
        return {**raw, BASES: bases, STEP: self.form.at, FIELD: self.form.focused(), **told}

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

    # --- saving -------------------------------------------------------------------

    def save(self) -> None:
        """Save what was touched as one act; a missing reason takes the keyboard instead."""
        if self._is_saving or not self._is_loaded:
            return
        try:
            touched: dict[str, Any] = self.form.touched()
        except InputError as wrong:
            self._refused(wrong)
            return
        if not touched and self._leave_unchanged():
            return
        if self.form.asks_reason():
            words = t("Pilih alasan pada peringatan, lalu simpan lagi.")
            self._page.foot.set_truth(words, "warn", Tone.SOGA)
            return
        self._is_saving = True
        self._keeper.finish()
        work = self._work(touched, self._bases_of(touched), self._watch.reason())
        self._context.jobs.write(work, self._saved, self._refused, owner=self._page)

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
