"""An officer leaves: their name rests in the register, their passphrase opens nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.dialogs import ask

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desmigratif_desktop.ui.shell import ScreenContext


def ask_retirement(page: QWidget, context: ScreenContext, officer: bytes, name: str) -> None:
    """Ask before an officer's way in is taken; what they did stays under their name."""
    retire = context.parts["retire"]
    ask(
        page,
        t("{name} berhenti bertugas?").format(name=name),
        t(
            "Kata sandinya tidak berlaku lagi di laptop ini: cadangan dibuat, lalu seluruh data"
            " disandikan ulang dengan kunci baru. Catatan kerjanya tetap ada. Cadangan lama masih"
            " terbuka dengan kata sandi lama; simpan di lemari terkunci."
        ),
        effect=t("Berhentikan"),
        on_yes=lambda: retire(officer),
        is_danger=True,
    )
