"""The form of a person: what a KTP and a KK say. Only a name is needed; warnings never block.

What the officer did not touch is never written; a change that arrives meanwhile is shown
and not reverted (DESIGN §2.4; redlist F18).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desmigratif_desktop.app.people_screens import form_reading
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import DesmigratifError, InputError
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.fields import BY_NAME, OTHER_LABELS
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_desktop.ui import people_form
from desmigratif_desktop.ui.band_stack import BandStack
from desmigratif_desktop.ui.buttons import Size, ghost, primary, secondary
from desmigratif_desktop.ui.dialogs import ask, show_error
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
    register_of,
    show_nik_reason,
)
from desmigratif_desktop.ui.radar import RadarPanel
from desmigratif_desktop.ui.section_form import SectionedForm, Step
from desmigratif_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desmigratif_desktop.app.people_screens.form_reading import Loaded, Saved
    from desmigratif_desktop.people.values import PersonView
    from desmigratif_desktop.records.notices import ChangeNotice
    from desmigratif_desktop.ui.shell import ScreenContext

KEYS: Final = (
    ("Tab", "Isian berikut"), ("Alt+Down", "Bagian berikut"), ("Ctrl+D", "Bandingkan"),
    ("Ctrl+S", "Simpan"), ("F1", "Arti isian"),
)  # fmt: skip


def label_of(register: str) -> str:
    """What officers call a register."""
    spec = BY_NAME.get(register)
    return spec.label if spec is not None else OTHER_LABELS.get(register, register)


class _FormPage(Page):
    """The page; passes the narrow form on."""

    def __init__(self, title: str, form: SectionedForm) -> None:
        super().__init__(title)
        self._form = form

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a Qt-like setter
        """Fold the section list."""
        self._form.set_narrow(narrow)


class PersonFormScreen:
    """Register or correct one person.

    Args:
        context: what every screen is given.
        subject: id of the person; None for a new one.
    """

    def __init__(self, context: ScreenContext, subject: object = None) -> None:
        self._context = context
        self._person = subject if isinstance(subject, bytes) else None
        self._origin = new_id().hex()
        self._view: PersonView | None = None
        self._base: dict[str, Any] = {}
        self._is_loaded = self._is_saving = False
        steps = (
            Step("identity", t("Identitas"), (people_form.identity_section(),)),
            Step("address", t("Alamat, keluarga"), (people_form.address_section(),)),
            Step("papers", t("Nama, nomor lain"), (people_form.papers_section(),)),
        )
        self.bands = BandStack()
        self.radar = RadarPanel(context, t("Buka data"))
        self.form = SectionedForm(steps, self.radar)
        today = local_date(context.store().clock)
        self._watch = NikWatch(self.form, today, self.radar.look, self._person)
        self._page = _FormPage(t("Warga baru"), self.form)
        self._keeper = DraftKeeper(
            context, form_reading.FORM, self._person, self._gather, self._page
        )
        self._build()
        context.board.posted.connect(self._on_notice)

    def _build(self) -> None:
        page = self._page
        leave = ghost(t("Batal"), key="Esc")
        leave.clicked.connect(self._back)
        save = primary(t("Simpan"), icon="save", key="Ctrl+S")
        save.clicked.connect(self.save)
        page.header.add_action(leave)
        page.header.add_action(save)
        page.foot.set_keys(KEYS)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bands)
        column.addWidget(self.form, 1)
        page.set_body(body)
        page.setFocusProxy(self.form)
        self.form.changed.connect(self._on_changed)
        self.form.submitted.connect(self.save)
        self.form.link_asked.connect(self._on_link)
        self.radar.taken.connect(self._open_other)
        self._keeper.kept.connect(self._on_kept)
        compare = QShortcut(QKeySequence("Ctrl+D"), page, self.radar.take_first)
        compare.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        show_nik_reason(self.form)
        for key in ("identity", "address", "papers"):
            self.form.set_state(key, "")

    # --- the screen's protocol ----------------------------------------------------

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Read the person once; a form in work is never read over."""
        if self._is_loaded:
            return
        store, person = self._context.store(), self._person
        officer = self._context.actor().officer_id
        self._context.jobs.read(
            f"person.form.{self._origin}", lambda: form_reading.load(store, person, officer),
            self._show, self._on_gone, owner=self._page,
        )  # fmt: skip

    def may_leave(self) -> bool:
        """Always: what was typed is kept as a draft."""
        return True

    def close(self) -> None:
        """Keep the draft and stop listening."""
        self._keeper.close()
        self._context.board.posted.disconnect(self._on_notice)

    def _back(self) -> None:
        self._context.parts["back"]()

    # --- loading ------------------------------------------------------------------

    def _show(self, loaded: Loaded) -> None:
        self._view, self._is_loaded = loaded.view, True
        view = loaded.view
        if view is not None:
            title = t("Ubah data: {name}").format(name=view.name)
            self._page.header.set_title(title, t("Yang tidak disentuh tidak diubah."))
            self._base = dict(view.bases)
            self._watch.quiet(on=True)
            self.form.load(view.values, view.bases)
        else:
            told = t("Hanya nama yang wajib. Yang belum diketahui boleh dikosongkan.")
            self._page.header.set_title(t("Warga baru"), told)
            self.form.load({})
        self._watch.refresh()
        self._watch.quiet(on=False)
        show_nik_reason(self.form)
        if loaded.draft is not None:
            self._restore(loaded.draft.fields, clock_of(loaded.draft))
        elif not self._page.isHidden():
            self.form.go(0)
        self._name_steps()

    def _restore(self, fields: Mapping[str, Any], clock: str) -> None:
        raw = {name: one for name, one in fields.items() if not name.startswith("_")}
        self._base |= unpack_bases(fields.get(BASES) or {})
        self.form.restore(raw)
        self._watch.refresh()
        show_nik_reason(self.form)
        self.form.go(int(fields.get(STEP) or 0), focus=False)
        if fields.get(FIELD) in self.form.names():
            self.form.reveal(str(fields[FIELD]))
        fresh = secondary(t("Buang draf"), size=Size.SMALL)
        fresh.clicked.connect(self._drop_draft)
        sentence = t("Isian yang belum disimpan dikembalikan seperti terakhir diketik.")
        title = t("Melanjutkan draf pukul {clock}").format(clock=clock)
        self.bands.say(title, sentence, Tone.INDIGO, button=fresh)

    def _drop_draft(self) -> None:
        self._keeper.drop()
        self._keeper.begin_again()
        self.bands.clear()
        view = self._view
        self._base = dict(view.bases) if view is not None else {}
        self.form.load(view.values if view is not None else {}, self._base)
        self._watch.refresh()
        self.form.go(0)

    def _on_gone(self, error: BaseException) -> None:
        if not isinstance(error, DesmigratifError):
            raise error
        self.bands.say(error.sentence, error.advice, Tone.BRICK)

    # --- typing -------------------------------------------------------------------

    def _gather(self) -> dict[str, Any]:
        raw = self.form.raw()
        if not raw:
            return {}
        registers = {register_of(name) for name in raw}
        bases = {name: dots for name, dots in self._base.items() if name in registers}
        named = {"name": raw.get("name") or (self._view.name if self._view else "")}
        kept = {**named, **raw} if self._person is None else raw
        return {
            **kept, BASES: pack_bases(bases), STEP: self.form.at, FIELD: self.form.focused(),
        }  # fmt: skip

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

    def _name_steps(self) -> None:
        n = self._watch.count()
        if n:
            words = t("{n} peringatan").format(n=n)
        else:
            known = sum(one is not None for one in self.form.forms[0].values().values())
            words = t("{n} terisi").format(n=known)
            if not self.form.value("name"):
                words = t("nama belum diisi")
        self.form.set_state("identity", words, is_warning=bool(n))
        for step, form in zip(self.form.steps[1:], self.form.forms[1:], strict=True):
            filled = sum(value is not None for value in form.values().values())
            told = t("{n} terisi").format(n=filled) if filled else t("boleh kosong")
            self.form.set_state(step.key, told)

    def _open_other(self, person: bytes) -> None:
        self._context.navigate("person", person)

    # --- another laptop -----------------------------------------------------------

    def _on_notice(self, notice: ChangeNotice) -> None:
        if self._person is None or notice.origin == self._origin or not self._is_loaded:
            return
        if not notice.concerns("person", self._person) or self._is_saving:
            return
        store, person = self._context.store(), self._person
        officer = self._context.actor().officer_id
        self._context.jobs.read(
            f"person.form.{self._origin}", lambda: form_reading.load(store, person, officer),
            lambda loaded: self._take_news(loaded.view), self._on_gone, owner=self._page,
        )  # fmt: skip

    def _take_news(self, view: PersonView | None) -> None:
        """Show what changed elsewhere; touched fields keep their words and their base."""
        before = self._view
        if view is None or before is None:
            return
        changed = [name for name, one in view.values.items() if before.values.get(name) != one]
        if not changed:
            return
        raw, place, field = self.form.raw(), self.form.at, self.form.focused()
        touched = {register_of(name) for name in raw}
        kept = {name: dots for name, dots in self._base.items() if name in touched}
        self._view, self._base = view, {**view.bases, **kept}
        self.form.load(view.values, view.bases)
        self.form.restore(raw)
        self._watch.refresh()
        self.form.go(place, focus=False)
        if field:
            self.form.reveal(field)
        names = ", ".join(dict.fromkeys(label_of(name) for name in changed[:4]))
        self.bands.say(
            t("Data ini baru saja berubah di tempat lain: {names}").format(names=names),
            t("Isian yang tidak Anda sentuh mengikuti yang baru. Isian Anda tetap; bila berbeda,"
              " keduanya disimpan."),
            Tone.SOGA,
        )  # fmt: skip

    # --- saving -------------------------------------------------------------------

    def save(self) -> None:
        """Save what was touched; a missing reason takes the keyboard instead."""
        if self._is_saving or not self._is_loaded:
            return
        try:
            values: dict[str, Any] = self.form.touched()
        except InputError as wrong:
            self._refused(wrong)
            return
        if self._person is not None and not values:
            self._keeper.drop()
            self._leave(self._person, t("Tidak ada yang berubah."))
            return
        if self.form.asks_reason():
            words = t("Pilih alasan pada peringatan, lalu simpan lagi.")
            self._page.foot.set_truth(words, "warn", Tone.SOGA)
            return
        self._is_saving = True
        store, actor = self._context.store(), self._context.actor()
        registers = {register_of(name) for name in values}
        bases = {name: dots for name, dots in self._base.items() if name in registers}
        work = partial(
            form_reading.save, store, actor, self._person, Touched(values, bases),
            reason=self._watch.reason(), origin=self._origin,
        )  # fmt: skip
        self._context.jobs.write(work, self._saved, self._refused, owner=self._page)

    def _saved(self, saved: Saved) -> None:
        self._is_saving = False
        self._keeper.finish()
        if saved.overtaken:
            names = ", ".join(label_of(name) for name in saved.overtaken)
            ask(
                self._page, t("Tersimpan. Ada isian yang juga diubah di tempat lain"),
                t("{names}: kedua nilai disimpan, tidak ada yang hilang. Pilih yang benar di"
                  " halaman warga.").format(names=names),
                effect=t("Buka halaman warga"), escape=t("Tutup"), icon="swap",
                on_yes=lambda: None,
            ).closed.connect(lambda: self._leave(saved.uid, ""))  # fmt: skip
            return
        self._leave(saved.uid, t("Tersimpan di laptop ini."))

    def _leave(self, person: bytes, words: str) -> None:
        self._context.parts["leave_to"]("person", person)
        if words:
            self._context.announce(words)

    def _refused(self, error: BaseException) -> None:
        self._is_saving = False
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


__all__ = ["PersonFormScreen", "label_of"]
