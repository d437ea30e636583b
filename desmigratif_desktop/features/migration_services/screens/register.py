"""The registration of a candidate, somebody abroad, or somebody returned: five steps, one act.

The draft is kept while it is filled and dropped in the same transaction that saves the
registration (redlist F18).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QKeySequence

from desmigratif_desktop.features.migration_services.presenter import registration
from desmigratif_desktop.features.migration_services.presenter.registration import TITLES
from desmigratif_desktop.features.migration_services.screens.sections import steps_of
from desmigratif_desktop.features.migration_services.service import draft_form
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.rules import working_age_warning
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_desktop.ui.buttons import primary, secondary
from desmigratif_desktop.ui.person_form_page import PersonFormPage
from desmigratif_desktop.ui.person_warnings import birth_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.features.migration_services.presenter.registration import Loaded
    from desmigratif_desktop.features.migration_services.values import RegistrationDone
    from desmigratif_desktop.ui.radar import Same
    from desmigratif_desktop.ui.shell import ScreenContext

KEYS: Final = (
    ("Tab", "Isian berikut"), ("Alt+Down", "Bagian berikut"), ("Ctrl+S", "Simpan"),
    ("Ctrl+D", "Bandingkan"), ("F1", "Arti isian"),
)  # fmt: skip


class RegisterScreen(PersonFormPage):
    """One registration.

    Args:
        context: what every screen is given.
        subject: (tone, id of an existing person or None).
    """

    def __init__(self, context: ScreenContext, subject: object = None) -> None:
        tone, person = subject if isinstance(subject, tuple) else ("cpmi", None)
        self._tone = tone if tone in TITLES else "cpmi"
        self._around: dict[str, Any] = {}
        super().__init__(
            context, person, steps_of(self._tone), title=t(TITLES[self._tone]),
            draft=draft_form(self._tone),
        )  # fmt: skip
        told = t("Yang belum diketahui boleh dikosongkan. Draf tersimpan sendiri di laptop ini.")
        self._page.header.set_title(t(TITLES[self._tone]), told)
        self._page.foot.set_keys(KEYS)
        self._add_buttons()
        self.form.moved.connect(self._on_moved)
        self._bind("Ctrl+S", self.save)
        self._name_steps()

    def _add_buttons(self) -> None:
        self._early = secondary(t("Simpan"), icon="save", key="Ctrl+S")
        self._early.setShortcut(QKeySequence())
        self._early.clicked.connect(self.save)
        self._main = primary(t("Lanjut"), key="Alt+Down")
        self._main.setShortcut(QKeySequence())
        self._main.clicked.connect(self._on_main)
        for button in (self._early, self._main):
            self._page.header.add_action(button)

    # --- loading ------------------------------------------------------------------

    def reload(self) -> None:
        """Read person and draft once; a form in work is never read over."""
        if self._is_loaded:
            return
        store, tone, person = self._context.store(), self._tone, self._person
        officer = self._context.actor().officer_id
        self._context.jobs.read(
            f"register.{self._origin}", lambda: registration.load(store, tone, person, officer),
            self._show, self._on_gone, owner=self._page,
        )  # fmt: skip

    def _show(self, loaded: Loaded) -> None:
        self._is_loaded, self._view = True, loaded.view
        self._around = registration.load_around(loaded.migration)
        self._load_form()
        if loaded.view is not None:
            told = t("Data {name} sudah ada; lengkapi yang baru saja.").format(
                name=loaded.view.name
            )
            self._page.header.set_title(t(TITLES[self._tone]), told)
        if loaded.draft is not None:
            self._restore(loaded.draft)
        else:
            self.form.go(2 if loaded.view is not None else 0)
        self._name_steps()

    def _values(self) -> dict[str, Any]:
        values = super()._values()
        values.pop("note", None)
        return values | self._around

    # --- typing -------------------------------------------------------------------

    def _more_warnings(self) -> dict[str, tuple[str, str]]:
        """F13: under 18 is named, and never blocks."""
        if self._tone == "purna":
            return {}
        problem = working_age_warning(birth_of(self.form), self._today)
        if problem is None:
            return {}
        return {"birth_date": (t("Belum berumur 18 tahun"), problem.message)}

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
        pairs = zip(self.form.steps, self.form.forms, strict=True)
        filled = {step.key: form.values() for step, form in pairs}
        n = self._watch.count()
        for key, words in registration.step_words(filled, n).items():
            self.form.set_state(key, words, is_warning=key == "identity" and bool(n))

    def _complete(self, same: Same) -> Callable[[], None]:
        return partial(
            registration.hand_over, self._context.store(), self._tone, self._context.actor(),
            (same.person, Touched(same.values, same.bases)), self.form.raw(),
        )  # fmt: skip

    def _completed(self, person: bytes) -> None:
        self._context.parts["leave_to"]("migration_services.register", (self._tone, person))

    # --- saving -------------------------------------------------------------------

    def _work(
        self, touched: dict[str, Any], bases: dict[str, Any], reason: str | None
    ) -> Callable[[], RegistrationDone]:
        draft = registration.draft_of(
            touched, self.form.values(), person=self._person, bases=bases, reason=reason
        )
        if self._person is None:
            draft = replace(draft, told=self.radar.decided())
        store, actor = self._context.store(), self._context.actor()
        return partial(registration.save, store, actor, self._tone, draft, self._origin)

    def _saved(self, done: RegistrationDone) -> None:
        self._is_saving = False
        subject = ("saved", done.episode)
        self._context.parts["leave_to"]("migration_services.papers", subject)
        words = t("Pendaftaran {number} tersimpan di laptop ini.").format(
            number=done.registration_no
        )
        self._context.announce(words)


__all__ = ["RegisterScreen"]
