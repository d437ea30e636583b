"""The form of a person: what a KTP and a KK say. Only a name is needed; warnings never block.

A change that arrives meanwhile is shown and not reverted (DESIGN §2.4; redlist F18).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.app.people_screens import form_reading
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.fields import label_of
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_desktop.ui import people_form
from desmigratif_desktop.ui.buttons import primary
from desmigratif_desktop.ui.dialogs import ask
from desmigratif_desktop.ui.person_form_page import PersonFormPage
from desmigratif_desktop.ui.section_form import Step
from desmigratif_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.app.people_screens.form_reading import Loaded, Saved
    from desmigratif_desktop.people.values import PersonView
    from desmigratif_desktop.records.notices import ChangeNotice
    from desmigratif_desktop.ui.radar import Same
    from desmigratif_desktop.ui.shell import ScreenContext

KEYS: Final = (
    ("Tab", "Isian berikut"), ("Alt+Down", "Bagian berikut"), ("Ctrl+D", "Bandingkan"),
    ("Ctrl+S", "Simpan"), ("F1", "Arti isian"),
)  # fmt: skip


class PersonFormScreen(PersonFormPage):
    """Register or correct one person.

    Args:
        context: what every screen is given.
        subject: id of the person; None for a new one.
    """

    def __init__(self, context: ScreenContext, subject: object = None) -> None:
        steps = (
            Step("identity", t("Identitas"), (people_form.identity_section(),)),
            Step("address", t("Alamat, keluarga"), (people_form.address_section(),)),
            Step("papers", t("Nama, nomor lain"), (people_form.papers_section(),)),
        )
        super().__init__(
            context, subject if isinstance(subject, bytes) else None, steps,
            title=t("Warga baru"), draft=form_reading.FORM,
        )  # fmt: skip
        save = primary(t("Simpan"), icon="save", key="Ctrl+S")
        save.clicked.connect(self.save)
        self._page.header.add_action(save)
        self._page.foot.set_keys(KEYS)
        self._page.setFocusProxy(self.form)
        for key in ("identity", "address", "papers"):
            self.form.set_state(key, "")
        context.board.posted.connect(self._on_notice)

    def close(self) -> None:
        """Keep the draft and stop listening."""
        super().close()
        self._context.board.posted.disconnect(self._on_notice)

    # --- loading ------------------------------------------------------------------

    def reload(self) -> None:
        """Read the person once; a form in work is never read over."""
        if not self._is_loaded:
            self._read(self._show)

    def _read(self, show: Callable[[Loaded], None]) -> None:
        store, person = self._context.store(), self._person
        officer = self._context.actor().officer_id
        self._context.jobs.read(
            f"person.form.{self._origin}", lambda: form_reading.load(store, person, officer),
            show, self._on_gone, owner=self._page,
        )  # fmt: skip

    def _show(self, loaded: Loaded) -> None:
        self._view, self._is_loaded = loaded.view, True
        if loaded.view is not None:
            title = t("Ubah data: {name}").format(name=loaded.view.name)
            self._page.header.set_title(title, t("Yang tidak disentuh tidak diubah."))
        else:
            told = t("Hanya nama yang wajib. Yang belum diketahui boleh dikosongkan.")
            self._page.header.set_title(t("Warga baru"), told)
        self._load_form()
        if loaded.draft is not None:
            self._restore(loaded.draft)
        elif not self._page.isHidden():
            self.form.go(0)
        self._name_steps()

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

    # --- another laptop -----------------------------------------------------------

    def _on_notice(self, notice: ChangeNotice) -> None:
        if self._person is None or notice.origin == self._origin or not self._is_loaded:
            return
        if not notice.concerns("person", self._person) or self._is_saving:
            return
        self._read(lambda loaded: self._take_news(loaded.view))

    def _take_news(self, view: PersonView | None) -> None:
        """Show what changed elsewhere; touched fields keep their words and their base."""
        before = self._view
        if view is None or before is None:
            return
        changed = [name for name, one in view.values.items() if before.values.get(name) != one]
        if not changed:
            return
        raw, place, field = self.form.raw(), self.form.at, self.form.focused()
        self._view, self._base = view, {**view.bases, **self._bases_of(raw)}
        self.form.load(view.values)
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

    def _leave_unchanged(self) -> bool:
        if self._person is None:
            return False
        self._keeper.drop()
        self._leave(self._person, t("Tidak ada yang berubah."))
        return True

    def _work(
        self, touched: dict[str, Any], bases: dict[str, Any], reason: str | None
    ) -> Callable[[], Saved]:
        return partial(
            form_reading.save, self._context.store(), self._context.actor(), self._person,
            Touched(touched, bases), reason=reason, origin=self._origin,
            told=self.radar.decided(),
        )  # fmt: skip

    def _complete(self, same: Same) -> Callable[[], None]:
        return partial(
            form_reading.complete, self._context.store(), self._context.actor(), same.person,
            Touched(same.values, same.bases), origin=self._origin,
        )  # fmt: skip

    def _completed(self, person: bytes) -> None:
        self._leave(person, t("Data lama dilengkapi; tidak ada warga yang tercatat dua kali."))

    def _saved(self, saved: Saved) -> None:
        self._is_saving = False
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


__all__ = ["PersonFormScreen"]
