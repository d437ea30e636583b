"""Warga: everybody in the register, found while typing, with the next step beside the list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desmigratif_desktop.app.people_screens import reading
from desmigratif_desktop.app.people_screens.cells import COLUMNS, cells
from desmigratif_desktop.app.people_screens.peek import alike_card, peek_panel
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.ui.badges import Chip
from desmigratif_desktop.ui.buttons import ghost, primary, secondary
from desmigratif_desktop.ui.draft_keeper import now_of
from desmigratif_desktop.ui.empty_state import Drawing, EmptyState
from desmigratif_desktop.ui.section_form import scrolled
from desmigratif_desktop.ui.table_model import RecordTableModel
from desmigratif_desktop.ui.table_page import TablePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from desmigratif_desktop.app.people_screens.reading import Found, Peek, Wanted
    from desmigratif_desktop.records.notices import ChangeNotice
    from desmigratif_desktop.ui.shell import ScreenContext
    from desmigratif_desktop.ui.table_model import Row

ROLES: Final = (
    ("cpmi", "CPMI"), ("pmi", "PMI"), ("purna", "Purna"), ("keluarga_pmi", "Keluarga PMI"),
)  # fmt: skip
KINDS: Final = frozenset({"person", "person_role", "migration_episode", "document_check"})
KEYS: Final = (
    ("Enter", "Buka"), ("Ctrl+F", "Cari"), ("Alt+1", "Saring tahap"), ("F4", "Ubah"),
    ("Ctrl+N", "Warga baru"),
)  # fmt: skip


class PeopleScreen:
    """The list of people.

    Args:
        context: what every screen is given.
        subject: words to look for at first; None for none.
    """

    def __init__(self, context: ScreenContext, subject: object = None) -> None:
        self._context = context
        self._wanted = reading.Wanted(text=subject if isinstance(subject, str) else "")
        self._peeked: Peek | None = None
        self._model = RecordTableModel(COLUMNS, self._fetch)
        self._chips: dict[str, Chip] = {
            "role": Chip(t("Semua tahap"), [(code, t(label)) for code, label in ROLES]),
            "dusun": Chip(t("Semua dusun"), ()),
            "country": Chip(t("Negara tujuan"), ()),
            "lacking": Chip(t("Dokumen kurang")),
            "without_nik": Chip(t("Tanpa NIK")),
        }
        self._page = TablePage(
            t("Warga"), "", self._model, search_hint=t("Nama, panggilan, atau NIK"),
            chips=tuple(self._chips.items()),
        )  # fmt: skip
        self._page.table.show_sorting("name", falling=False)
        self._build()
        context.board.posted.connect(self._on_notice)

    def _build(self) -> None:
        page = self._page
        new = primary(t("Daftarkan warga"), icon="plus", key="Ctrl+N")
        new.setShortcut(QKeySequence())
        new.clicked.connect(self._register)
        twice = ghost(t("Cari yang ganda"), icon="radar")
        twice.clicked.connect(lambda: self._context.navigate("people.duplicates"))
        take_in = ghost(t("Impor dari berkas"), icon="upload")
        take_in.clicked.connect(self._import)
        page.header.add_action(take_in)
        page.header.add_action(twice)
        page.header.add_action(new)
        page.foot.set_keys(KEYS)
        page.searched.connect(self._on_search)
        page.filtered.connect(self._on_filter)
        page.sorted_by.connect(self._on_sort)
        page.opened.connect(self._open)
        page.picked.connect(self._on_pick)
        for key, what in (("F4", "edit"), ("Ctrl+P", "papers")):
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda what=what: self._act(what))
        if page.search is not None and self._wanted.text:
            page.search.setText(self._wanted.text)
        if page.search is not None:
            page.setFocusProxy(page.search)

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Look again; the current row stays."""
        self._look()
        self._page.take_keyboard()

    def may_leave(self) -> bool:
        """Nothing is typed here that could be lost."""
        return True

    def close(self) -> None:
        """Stop listening and forget who was shown."""
        self._context.board.posted.disconnect(self._on_notice)
        self._model.set_ids(())

    # --- looking ------------------------------------------------------------------

    def _look(self) -> None:
        store, wanted = self._context.store(), self._wanted
        self._context.jobs.read(
            "people.ids", lambda: (reading.find(store, wanted), now_of(store)),
            lambda answer: self._show(*answer, wanted), owner=self._page,
        )  # fmt: skip

    def _show(self, found: Found, now: Any, wanted: Wanted) -> None:
        page = self._page
        self._chips["dusun"].set_choices([(one, one) for one in found.hamlets])
        self._chips["country"].set_choices(found.countries)
        total = format_number(found.total)
        page.header.set_title(
            t("Warga"),
            t("{n} orang di {m} dusun").format(n=total, m=len(found.hamlets))
            if found.hamlets else t("{n} orang").format(n=total),
        )  # fmt: skip
        page.set_count(*self._count_words(found, wanted))
        if not found.ids:
            page.set_empty(self._empty(found, wanted))
        page.set_ids(found.ids)
        if found.ids and page.table.current_id() is None:
            page.table.select_id(found.ids[0])
        if not found.ids:
            page.set_peek(None)
        else:
            self._peek_again()
        page.foot.set_saved(now)

    @staticmethod
    def _count_words(found: Found, wanted: Wanted) -> tuple[str, str]:
        strong = t("{n} warga").format(n=format_number(len(found.ids)))
        if not wanted.text.strip() and not wanted.is_filtered:
            return strong, ""
        rest = t("dari {n}").format(n=format_number(found.total))
        if wanted.text.strip():
            rest += t(", cocok dengan “{text}”").format(text=wanted.text.strip()[:24])
        return strong, rest

    def _fetch(self, ids: tuple[bytes, ...], take: Callable[[dict[bytes, Row]], None]) -> None:
        store, text = self._context.store(), self._wanted.text
        key = f"people.rows.{ids[0].hex() if ids else ''}"

        def read() -> dict[bytes, Row]:
            return {
                uid: cells(row, glance, text)
                for uid, (row, glance) in reading.rows(store, ids).items()
            }

        self._context.jobs.read(key, read, take, owner=self._page)

    def _empty(self, found: Found, wanted: Wanted) -> QWidget:
        text = wanted.text.strip()
        if not found.total:
            first = primary(t("Daftarkan warga pertama"), icon="plus")
            first.clicked.connect(self._register)
            roster = secondary(t("Impor daftar warga"), icon="upload")
            roster.clicked.connect(self._import)
            return EmptyState(
                t("Belum ada warga di sini"),
                t("Daftarkan yang datang, atau ambil daftar desa lewat Kirim & terima."),
                Drawing.PORCH, (roster, first),
            )  # fmt: skip
        actions: list[QWidget] = []
        if wanted.is_filtered:
            clear = secondary(t("Hapus saringan"), icon="x")
            clear.clicked.connect(self._page.clear_filters)
            actions.append(clear)
        if text:
            new = secondary(t("Daftarkan “{text}”").format(text=text[:24]), icon="plus")
            new.clicked.connect(self._register)
            actions.append(new)
            sentence = t("Tidak ada warga yang cocok dengan “{text}”").format(text=text[:40])
        else:
            sentence = t("Tidak ada warga pada saringan ini")
        line = t("Coba nama panggilan, atau daftarkan sebagai warga baru.")
        if wanted.is_filtered:
            line = t("Saringan sedang menyala. Hapus saringan untuk melihat semua warga.")
        elif found.alike:
            line = t("Nama lain yang mirip ada di bawah.")
        empty = EmptyState(sentence, line, Drawing.SEARCH, actions)
        if not found.alike:
            return empty
        return _with_alike(empty, alike_card(found.alike, self._open))

    # --- what the officer does ----------------------------------------------------

    def _on_search(self, text: str) -> None:
        self._wanted = replace(self._wanted, text=text)
        self._look()

    def _on_filter(self, key: str, value: object) -> None:
        is_plain = key in {"lacking", "without_nik"}
        change: dict[str, Any] = {key: bool(value) if is_plain else str(value or "")}
        self._wanted = replace(self._wanted, **change)
        self._look()

    def _on_sort(self, _key: str, falling: bool) -> None:  # noqa: FBT001 - a signal's shape
        self._wanted = replace(self._wanted, falling=falling)
        self._look()

    def _on_pick(self, _person: bytes) -> None:
        self._peek_again()

    def _peek_again(self) -> None:
        person = self._page.table.current_id()
        if person is None:
            return
        store = self._context.store()
        self._context.jobs.read(
            "people.peek", lambda: reading.peek(store, person), self._show_peek, owner=self._page
        )

    def _show_peek(self, peek: Peek | None) -> None:
        self._peeked = peek
        self._page.set_peek(peek_panel(peek, self._act) if peek is not None else None)

    def _act(self, what: str) -> None:
        person = self._page.table.current_id()
        if person is None:
            return
        if what == "open":
            self._open(person)
        elif what == "edit":
            self._context.navigate("person.form", person)
        elif self._peeked is not None and self._peeked.glance is not None:
            self._context.navigate("migration_services.papers", self._peeked.glance.episode)
        else:
            self._context.announce(t("Orang ini belum mempunyai pendaftaran yang dapat dicetak."))

    def _open(self, person: bytes) -> None:
        self._context.navigate("person", person)

    def _register(self) -> None:
        self._context.navigate("migration_services.choose")

    def _import(self) -> None:
        self._context.navigate("people.import")

    def _on_notice(self, notice: ChangeNotice) -> None:
        if notice.kinds & KINDS and self._page.isVisible():
            self._model.refresh()
            self._look()


def _with_alike(empty: QWidget, card: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 24)
    column.addWidget(empty, 2)
    column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(1)
    return scrolled(holder)


__all__ = ["PeopleScreen"]
