"""A household's page: the card's number, where they live, and who belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QWidget

from desmigratif_desktop.app.columns import TwoColumns
from desmigratif_desktop.app.people_screens.person_parts import member_row
from desmigratif_desktop.features.migration_services.screens.dialogs import ActDialog
from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.partial_dates import format_long
from desmigratif_desktop.people.households import (
    HOUSEHOLD_FIELDS,
    correct_household,
    show_household,
)
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_desktop.ui.buttons import primary
from desmigratif_desktop.ui.cards import Card, FactRow, Hairline
from desmigratif_desktop.ui.empty_state import Drawing, EmptyState
from desmigratif_desktop.ui.form import Form, Section
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.nik_field import group_nik
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.people_form import asked
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.people.fields import FieldSpec
    from desmigratif_desktop.people.values import HouseholdView
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.notices import ChangeNotice
    from desmigratif_desktop.ui.shell import ScreenContext

KEYS: Final = (("F4", "Ubah"), ("Tab", "Anggota berikut"), ("Esc", "Kembali"))
BY_NAME: Final = {one.name: one for one in HOUSEHOLD_FIELDS}


def _read(store: Store, household: bytes) -> HouseholdView:
    with store.read() as session:
        return show_household(store, session, household)


def _spec(name: str) -> FieldSpec:
    return BY_NAME[name]


class HouseholdScreen:
    """One household.

    Args:
        context: what every screen is given.
        subject: id of the household.
    """

    def __init__(self, context: ScreenContext, subject: object) -> None:
        self._context = context
        self._household = subject if isinstance(subject, bytes) else b""
        self._view: HouseholdView | None = None
        self._page = Page(t("Keluarga"), back=True)
        self._page.back_asked.connect(self._back)
        edit = primary(t("Ubah kartu keluarga"), icon="edit", key="F4")
        edit.clicked.connect(self._edit)
        self._page.header.add_action(edit)
        self._page.foot.set_keys(KEYS)
        self._page.set_body(QWidget())
        context.board.posted.connect(self._on_notice)

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Read again."""
        store, household = self._context.store(), self._household
        self._context.jobs.read(
            f"household.{household.hex()}", lambda: _read(store, household), self._show,
            self._on_gone, owner=self._page,
        )  # fmt: skip

    def may_leave(self) -> bool:
        """Nothing is typed here."""
        return True

    def close(self) -> None:
        """Stop listening and forget who was shown."""
        self._context.board.posted.disconnect(self._on_notice)
        self._view = None

    def _back(self) -> None:
        self._context.parts["back"]()

    def _on_notice(self, notice: ChangeNotice) -> None:
        if notice.kinds & {"household", "person"} and self._page.isVisible():
            self.reload()

    def _on_gone(self, error: BaseException) -> None:
        if not isinstance(error, NotFoundError):
            raise error
        self._page.set_body(EmptyState(error.sentence, error.advice, Drawing.SEARCH))

    def _show(self, view: HouseholdView) -> None:
        self._view = view
        head = view.head_name
        title = t("Keluarga tanpa kepala tercatat")
        if head:
            title = t("Keluarga {name}").format(name=head)
        number = view.no_kk_masked
        under = t("No. KK {n}").format(n=number) if number else t("No. KK belum ada")
        place = view.address_line or t("alamat belum diisi")
        self._page.header.set_title(title, f"{under}  ·  {place}")
        self._page.foot.set_truth(t("Semua tersimpan di laptop ini"))
        body = ScrollBody(padding=24, spacing=16)
        columns = TwoColumns(774, 304)
        columns.left.addWidget(self._members(view))
        columns.right.addWidget(self._card(view))
        columns.end()
        body.add(columns)
        body.end()
        self._page.set_body(body)

    def _members(self, view: HouseholdView) -> Card:
        card = Card(t("Anggota"), t("{n} orang").format(n=len(view.members)), lined=True)
        card.body.setContentsMargins(20, 6, 20, 6)
        card.body.setSpacing(4)
        for place, one in enumerate(view.members):
            if place:
                card.add(Hairline())
            card.add(member_row(one, self._opener(one.uid)))
        if not view.members:
            words = t("Belum ada warga dengan No. KK ini.")
            card.add(PlainLabel(words, 13, 400, Hue.INK_2, wrap=True))
        return card

    def _opener(self, person: bytes) -> Any:
        return lambda: self._context.navigate("person", person)

    def _card(self, view: HouseholdView) -> Card:
        card = Card(t("Kartu Keluarga"), padding=16)
        card.body.setSpacing(2)
        values = view.values
        unknown = t("belum diisi")
        issued = format_long(str(values["issued_on"])) if values.get("issued_on") else unknown
        for label, value in (
            (t("Nomor"), group_nik(str(values["no_kk"])) if values.get("no_kk") else unknown),
            (t("Alamat"), str(values.get("address") or unknown)),
            (t("Dusun"), str(values.get("dusun") or unknown)),
            ("RT / RW", f"{values.get('rt') or '–'} / {values.get('rw') or '–'}"),
            (t("Terbit"), issued),
        ):
            card.add(FactRow(label, value))
        if values.get("note"):
            card.add(PlainLabel(str(values["note"]), 13, 400, Hue.INK_2, wrap=True))
        return card

    def _edit(self) -> None:
        view = self._view
        if view is None:
            return
        rows = (
            (asked(_spec("no_kk")),),
            (asked(_spec("address")),),
            (asked(_spec("dusun"), span=2), asked(_spec("rt")), asked(_spec("rw"))),
            (asked(_spec("issued_on")),),
            (asked(_spec("note"), optional=True),),
        )
        form = Form((Section("household", "", rows),))
        form.load(view.values)
        store, actor, household = self._context.store(), self._context.actor(), self._household

        def act(filled: Form) -> Callable[[], Any]:
            touched: dict[str, Any] = filled.touched()
            registers = {"residence" if one in {"rt", "rw", "dusun"} else one for one in touched}
            bases = {name: dots for name, dots in view.bases.items() if name in registers}
            if not touched:
                return lambda: None
            return lambda: correct_household(store, actor, household, Touched(touched, bases))

        ActDialog(
            self._page, t("Ubah kartu keluarga"), form, effect=t("Simpan kartu keluarga"),
            context=self._context, act=act, icon="house",
        ).open(form.widget("no_kk"))  # fmt: skip


__all__ = ["HouseholdScreen"]
