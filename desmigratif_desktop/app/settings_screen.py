"""Pengaturan: post, officers and their ways in, backups, recovery sheet, this laptop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desmigratif_desktop.app.assembly import backup_folder
from desmigratif_desktop.app.backup_card import BackupCard, BackupFacts, read_backup_facts
from desmigratif_desktop.app.backup_retire import ask_retirement
from desmigratif_desktop.app.columns import TwoColumns
from desmigratif_desktop.app.settings_dialogs import ask_officer, ask_passphrase, ask_sheet
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people import officers as officer_service
from desmigratif_desktop.people import village as village_service
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.self_check import check
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_desktop.ui.badges import Badge
from desmigratif_desktop.ui.buttons import ghost, primary, secondary
from desmigratif_desktop.ui.cards import Card, FactRow
from desmigratif_desktop.ui.choices import Choice
from desmigratif_desktop.ui.dialogs import show_error, warn
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.form import FieldSpec, Form, Section
from desmigratif_desktop.ui.form_parts import FieldFrame
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desmigratif_desktop.people.values import OfficerView, PostView, VillageView
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.keys import OfficeLabel
    from desmigratif_desktop.ui.shell import ScreenContext
    from desmigratif_sync.protocol.entries import Scalar

VILLAGE_ROWS = (
    ("village_head", "village_head_nip"),
    ("address", "postal_code"),
    ("phone", "email"),
)


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """What the page shows."""

    village: VillageView
    post: PostView
    officers: tuple[OfficerView, ...]
    label: OfficeLabel
    slots: frozenset[str]
    backups: BackupFacts


def read_settings(store: Store) -> SettingsFacts:
    """Read the page's facts on the reader lane."""
    file = key_slots.read_slots(store.folder)
    with store.read() as session:
        return SettingsFacts(
            village_service.show_village(store, session),
            village_service.show_post(store, session),
            officer_service.list_officers(session),
            file.label,
            frozenset(one.officer for one in file.slots),
            read_backup_facts(store, backup_folder(store.folder)),
        )


def village_form() -> Form:
    """The village's facts that papers carry."""
    labels = {one.name: one.label for one in village_service.VILLAGE_FIELDS}
    rows = tuple(
        tuple(FieldSpec(name, t(labels[name]), TextField, optional=True) for name in row)
        for row in VILLAGE_ROWS
    )
    return Form((Section("village", "", rows),))


class SettingsScreen:
    """The settings page.

    Args:
        context: what every screen is given.
    """

    KEYS = (("Ctrl+S", "Simpan"), ("Esc", "Kembali"), ("F1", "Bantuan"))

    def __init__(self, context: ScreenContext) -> None:
        self._context = context
        self._page = Page(t("Pengaturan"), t("Data pos, petugas, cadangan, dan laptop ini."))
        self._save = primary(t("Simpan"), icon="save", key="Ctrl+S")
        self._save.clicked.connect(self._save_village)
        self._page.header.add_action(self._save)
        self._page.foot.set_keys(self.KEYS)
        self._form = village_form()
        self._office = TextField(limit=100)
        self._facts: SettingsFacts | None = None

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Read again."""
        store = self._context.store()
        self._context.jobs.read(
            "settings", lambda: read_settings(store), self._show, owner=self._page
        )

    def may_leave(self) -> bool:
        """What is typed here is one field or two; leaving keeps nothing."""
        return True

    def close(self) -> None:
        """Nothing is listened to."""

    def _show(self, facts: SettingsFacts) -> None:
        self._facts = facts
        body = ScrollBody(padding=24, spacing=16)
        columns = TwoColumns(620, 440)
        columns.left.addWidget(self._post_card(facts))
        columns.left.addWidget(self._officers_card(facts))
        columns.right.addWidget(self._backup_card(facts))
        columns.right.addWidget(self._sheet_card())
        columns.right.addWidget(self._laptop_card(facts))
        columns.end()
        body.add(columns)
        body.end()
        self._page.set_body(body)

    def _post_card(self, facts: SettingsFacts) -> Card:
        values = facts.village.values
        card = Card(
            f"{values['sebutan_desa']} {values['name']}",
            f"{values['subdistrict']}, {values['regency']}",
            padding=20,
        )
        self._office = TextField(limit=100)
        self._office.set_value(facts.post.values.get("office_name"))
        card.add(FieldFrame(t("Nama kantor pada kop surat"), self._office))
        self._form = village_form()
        self._form.load(dict(values))
        card.add(self._form)
        return card

    def _officers_card(self, facts: SettingsFacts) -> Card:
        card = Card(t("Petugas"), t("{n} orang").format(n=len(facts.officers)), padding=20)
        for one in facts.officers:
            has_way = one.uid.hex() in facts.slots
            line = QHBoxLayout()
            line.addWidget(PlainLabel(one.name, 14, 600))
            line.addWidget(PlainLabel(one.position, 13, 400, Hue.INK_2), 1)
            line.addWidget(
                Badge(
                    t("punya kata sandi") if has_way else t("laptop lain"),
                    Tone.LEAF if has_way else Tone.STONE,
                )
            )
            if has_way and one.uid != self._context.actor().officer_id:
                stop = ghost(t("Petugas berhenti"))
                stop.setAccessibleName(t("Petugas berhenti: {name}").format(name=one.name))
                stop.clicked.connect(self._retiring(one.uid, one.name))
                line.addWidget(stop)
            card.add(line)
        add = secondary(t("Tambah petugas"), icon="plus")
        add.clicked.connect(lambda: ask_officer(self._page, self._context, self._run))
        mine = secondary(t("Ganti kata sandi saya"), icon="key")
        mine.clicked.connect(lambda: ask_passphrase(self._page, self._context, self._run))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(add)
        foot.addWidget(mine)
        foot.addStretch(1)
        card.add(foot)
        return card

    def _retiring(self, officer: bytes, name: str) -> Any:
        return lambda: ask_retirement(self._page, self._context, officer, name)

    def _backup_card(self, facts: SettingsFacts) -> Card:
        make = secondary(t("Buat cadangan sekarang"), icon="save")
        make.clicked.connect(lambda: self._back_up(make))
        test = secondary(t("Periksa data"), icon="check")
        test.clicked.connect(lambda: self._check(test))
        filled = BackupCard(
            self._page,
            self._context,
            facts.backups,
            facts.label.last_backup,
            on_done=self.reload,
            on_failed=self._failed,
        )
        return filled.add_buttons(make, test)

    def _sheet_card(self) -> Card:
        card = Card(t("Lembar kunci pemulihan"), padding=20)
        card.add(
            PlainLabel(
                t(
                    "Mencetak lembar baru mematikan lembar yang lama. Lakukan bila lembar hilang"
                    " atau amplopnya pernah dibuka."
                ),
                13,
                400,
                Hue.INK_2,
                wrap=True,
            )
        )
        make = secondary(t("Cetak lembar baru"), icon="print")
        make.clicked.connect(lambda: ask_sheet(self._page, self._context, self._run))
        line = QHBoxLayout()
        line.addWidget(make)
        line.addStretch(1)
        card.add(line)
        return card

    def _laptop_card(self, facts: SettingsFacts) -> Card:
        card = Card(t("Laptop ini"), padding=20)
        card.add(FactRow(t("Huruf laptop"), facts.label.laptop, strong=True))
        card.add(FactRow(t("Kode desa"), facts.label.village))
        card.add(FactRow(t("Jenis data"), t("latihan") if facts.label.practice else t("asli")))
        paper = Choice((("F4", "F4 (215 x 330 mm)"), ("A4", "A4 (210 x 297 mm)")))
        paper.set_value(self._context.settings.paper)
        paper.edited.connect(lambda: self._remember(paper=paper.value() or "F4"))
        minutes = Choice(tuple((str(n), t("{n} menit").format(n=n)) for n in (2, 5, 10, 15, 30)))
        minutes.set_value(str(self._context.settings.lock_minutes))
        minutes.edited.connect(lambda: self._remember(lock_minutes=int(minutes.value() or 5)))
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(FieldFrame(t("Kertas surat"), paper))
        line.addWidget(FieldFrame(t("Kunci layar setelah"), minutes))
        card.add(line)
        return card

    def _remember(self, **changes: Any) -> None:
        self._context.parts["session"].remember(**changes)

    def _save_village(self) -> None:
        if self._facts is None:
            return
        try:
            touched = self._form.touched()
        except DesmigratifError as error:
            show_error(self._page, error)
            return
        store, actor, facts = self._context.store(), self._context.actor(), self._facts
        office = self._office.text().strip()

        def work() -> None:
            if touched:
                village_service.correct_village(
                    store,
                    actor,
                    Touched(cast("Mapping[str, Scalar]", touched), facts.village.bases),
                )
            if office != (facts.post.values.get("office_name") or ""):
                village_service.correct_post(
                    store, actor, Touched({"office_name": office}, facts.post.bases)
                )

        self._run(work, t("Pengaturan tersimpan."))

    def _run(self, work: Any, said: str) -> None:
        def done(_: object) -> None:
            self.reload()
            self._context.announce(said)

        self._context.jobs.write(work, done, self._failed, owner=self._page)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DesmigratifError):
            raise error
        show_error(self._page, error)

    def _back_up(self, button: Any) -> None:
        button.setEnabled(False)
        session = self._context.parts["session"]

        def done(_: object) -> None:
            self.reload()
            self._context.announce(t("Cadangan dibuat dan diperiksa."))

        self._context.jobs.outside(
            lambda _: session.back_up(), done, self._failed_after(button), owner=self._page
        )

    def _failed_after(self, button: Any) -> Any:
        """Say what is wrong and let the button be pressed again."""

        def failed(error: BaseException) -> None:
            button.setEnabled(True)
            self._failed(error)

        return failed

    def _check(self, button: Any) -> None:
        button.setEnabled(False)
        store = self._context.store()

        def done(found: Any) -> None:
            button.setEnabled(True)
            title = t("Data utuh") if not found.faults else t("Ada yang perlu diperbaiki")
            counts = t("{people} warga, {entries} catatan perubahan diperiksa.").format(
                people=found.counts.get("person", 0), entries=found.counts["entry"]
            )
            warn(self._page, title, " ".join(found.faults) or counts)

        self._context.jobs.outside(
            lambda _: check(store), done, self._failed_after(button), owner=self._page
        )
