"""What the settings page asks in dialogs: officers, passphrases, the recovery sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.app.passphrases import suggest_passphrase
from desmigratif_desktop.app.recovery_paper import recovery_paper
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people import officers as officer_service
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records import recovery_code
from desmigratif_desktop.records.actors import Actor, Right, Role
from desmigratif_desktop.ui.choices import Choice
from desmigratif_desktop.ui.dialogs import Dialog, warn
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.form_parts import FieldFrame
from desmigratif_desktop.ui.print_dialog import PrintDialog
from desmigratif_desktop.ui.printing import PrintOrder, print_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desmigratif_desktop.ui.shell import ScreenContext

    Run = Callable[[Callable[[], None], str], None]

ROLE_CHOICES = tuple((role.value, words) for role, words in officer_service.POSITIONS.items())


def ask_officer(page: QWidget, context: ScreenContext, run: Run) -> None:
    """Ask for a new officer: name, role, first passphrase."""
    dialog = Dialog(page, t("Petugas baru"), icon="person")
    name, role = TextField(limit=60), Choice(ROLE_CHOICES)
    role.set_value(Role.PETUGAS.value)
    secret = TextField(limit=128)
    secret.setText(suggest_passphrase())
    dialog.add(FieldFrame(t("Nama lengkap"), name))
    dialog.add(FieldFrame(t("Peran"), role))
    dialog.add(
        FieldFrame(
            t("Kata sandi pertama"),
            secret,
            help_words=t("Tulis dan serahkan langsung; petugas itu dapat menggantinya."),
        )
    )
    dialog.add_escape()
    dialog.add_effect(t("Tambahkan petugas"))

    def accepted() -> None:
        store, actor = context.store(), context.actor()
        typed, chosen, words = name.text(), role.value() or "petugas", secret.text()

        def work() -> None:
            actor.require(Right.MANAGE_OFFICERS)
            key_slots.check_new_passphrase(words)
            fresh = Actor(
                new_id(), officer_service.read_name(typed), officer_service.read_role(chosen)
            )
            officer_service.add_officer(store, actor, fresh)
            key_slots.add_officer_slot(store.folder, store.keys, fresh, words)

        run(work, t("Petugas ditambahkan."))

    dialog.accepted.connect(accepted)
    dialog.open(name)


def ask_passphrase(page: QWidget, context: ScreenContext, run: Run) -> None:
    """Ask for the old and a new passphrase of the officer at work."""
    dialog = Dialog(page, t("Ganti kata sandi saya"), icon="key")
    old, new = TextField(limit=128), TextField(limit=128)
    old.setEchoMode(TextField.EchoMode.Password)
    new.setText(suggest_passphrase())
    dialog.add(FieldFrame(t("Kata sandi sekarang"), old))
    dialog.add(FieldFrame(t("Kata sandi baru"), new))
    dialog.add_escape()
    dialog.add_effect(t("Ganti kata sandi"))

    def accepted() -> None:
        store, actor = context.store(), context.actor()
        before, after = old.text(), new.text()

        def work() -> None:
            key_slots.unlock(store.folder, before, actor.officer_id)
            key_slots.add_officer_slot(store.folder, store.keys, actor, after)

        run(work, t("Kata sandi diganti."))

    dialog.accepted.connect(accepted)
    dialog.open(old)


def ask_sheet(page: QWidget, context: ScreenContext, run: Run) -> None:
    """Ask where to print a new recovery sheet; it ends the earlier one."""
    dialog = PrintDialog(
        page,
        t("Cetak lembar kunci pemulihan"),
        note=(t("Lembar lama mati"), t("Kode baru berlaku segera sesudah lembar ini dicetak.")),
    )
    dialog.confirmed.connect(lambda order: _print_sheet(page, context, run, order))
    dialog.open()


def _print_sheet(page: QWidget, context: ScreenContext, run: Run, order: PrintOrder) -> None:
    if not order.printer:
        warn(page, t("Belum ada pencetak"), t("Sambungkan pencetak dahulu."))
        return
    store, actor = context.store(), context.actor()

    def work() -> None:
        actor.require(Right.MANAGE_OFFICERS)
        code = recovery_code.new_code()
        paper = recovery_paper(store, recovery_code.spell(code))
        print_pdf(paper.data, order)
        key_slots.replace_recovery_slot(store.folder, store.keys, code)

    run(work, t("Lembar pemulihan baru dicetak."))
