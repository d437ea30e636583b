"""Ctrl K: one line that finds a person from anywhere, or with > a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.roster import find_people
from desmigratif_desktop.ui.palette import CommandPalette, Hit, HitGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from desmigratif_desktop.people.values import PersonRow
    from desmigratif_desktop.ui.shell import ScreenContext

MOST = 8


def commands() -> tuple[Hit, ...]:
    """What can be done from anywhere, with its key."""
    return (
        Hit(
            ("page", "migration_services.choose"),
            t("Daftarkan warga"),
            icon="plus",
            shortcut="Ctrl+N",
        ),
        Hit(("page", "people"), t("Buka daftar warga"), icon="people", shortcut="F2"),
        Hit(("page", "people.import"), t("Impor warga dari berkas"), icon="upload"),
        Hit(("page", "sync"), t("Kirim & terima data"), icon="swap", shortcut="F9"),
        Hit(("page", "home"), t("Beranda"), icon="home"),
        Hit(("page", "settings"), t("Pengaturan dan cadangan"), icon="gear"),
        Hit(("lock", None), t("Kunci layar"), icon="lock", shortcut="Ctrl+Shift+L"),
    )


def command_groups(words: str) -> tuple[HitGroup, ...]:
    """The commands whose words hold what was typed after >."""
    wanted = words.lower().split()
    hits = tuple(one for one in commands() if all(w in one.title.lower() for w in wanted))
    return (HitGroup(t("Perintah"), hits),) if hits else ()


def person_group(rows: Sequence[PersonRow]) -> tuple[HitGroup, ...]:
    """People as lines of the palette."""
    hits = tuple(
        Hit(
            ("person", one.uid),
            one.name,
            " · ".join(part for part in (one.role_label, one.dusun, one.nik_masked) if part),
        )
        for one in rows
    )
    return (HitGroup(t("Warga"), hits),) if hits else ()


def open_finder(over: QWidget, context: ScreenContext) -> CommandPalette:
    """Lay the palette over the window."""

    def ask(words: str, take: Callable[[Sequence[HitGroup]], None]) -> None:
        if not words or words.startswith(">"):
            take(command_groups(words.lstrip("> ")))
            return
        store = context.store()

        def read() -> tuple[PersonRow, ...]:
            with store.read() as session:
                return find_people(store, session, words, MOST)

        def show(rows: tuple[PersonRow, ...]) -> None:
            take((*person_group(rows), *command_groups(words)))

        context.jobs.read("finder", read, show, owner=palette)

    def chosen(key: Any) -> None:
        kind, subject = key
        if kind == "page":
            context.navigate(subject)
        elif kind == "person":
            context.navigate("person", subject)
        else:
            context.parts["lock"]()

    palette = CommandPalette(over, ask)
    palette.chosen.connect(chosen)
    palette.open()
    return palette
