"""Layanan migrasi: every registration with its stage and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QKeySequence

from desmigratif_desktop.features.migration_services.rules import next_step
from desmigratif_desktop.features.migration_services.screens.journey import TONES
from desmigratif_desktop.features.migration_services.service import list_episodes
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.foundation.partial_dates import format_short
from desmigratif_desktop.ui.badges import Chip
from desmigratif_desktop.ui.buttons import primary, secondary
from desmigratif_desktop.ui.draft_keeper import now_of
from desmigratif_desktop.ui.empty_state import Drawing, EmptyState
from desmigratif_desktop.ui.table_delegate import find_hits
from desmigratif_desktop.ui.table_model import Cell, CellKind, Column, RecordTableModel
from desmigratif_desktop.ui.table_page import TablePage
from desmigratif_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desmigratif_desktop.features.migration_services.values import EpisodeRow
    from desmigratif_desktop.records.notices import ChangeNotice
    from desmigratif_desktop.ui.shell import ScreenContext
    from desmigratif_desktop.ui.table_model import Row

MOST: Final = 5_000
COLUMNS: Final = (
    Column("name", "Nama", sortable=False), Column("badge", "Tahap", 190, sortable=False),
    Column("step", "Langkah berikutnya", 236, sortable=False),
    Column("registered", "Terdaftar", 108, sortable=False),
)  # fmt: skip
CHIPS: Final = (
    ("cpmi", "CPMI"), ("pmi", "PMI"), ("purna", "Purna"), ("closed", "Tidak berlanjut"),
)  # fmt: skip
KEYS: Final = (
    ("Enter", "Buka"), ("Ctrl+F", "Cari"), ("Alt+1", "Saring tahap"), ("Ctrl+N", "Warga baru"),
)  # fmt: skip
KINDS: Final = frozenset({"migration_episode", "episode_stage", "person"})
ALARMING: Final = frozenset({"hilang_kontak", "bermasalah"})


class EpisodesScreen:
    """The list of registrations.

    Args:
        context: what every screen is given.
    """

    def __init__(self, context: ScreenContext) -> None:
        self._context = context
        self._tone = self._text = ""
        self._rows: dict[bytes, EpisodeRow] = {}
        self._model = RecordTableModel(COLUMNS, self._fetch)
        chips = tuple((code, Chip(t(label))) for code, label in CHIPS)
        self._page = TablePage(
            t("Layanan migrasi"), "", self._model, search_hint=t("Nama atau nomor pendaftaran"),
            chips=chips, row_height=52,
        )  # fmt: skip
        self._build()
        context.board.posted.connect(self._on_notice)

    def _build(self) -> None:
        page = self._page
        blank = secondary(t("Formulir kosong"), icon="doc")
        blank.clicked.connect(
            lambda: self._context.navigate("migration_services.papers", ("blank", None))
        )
        new = primary(t("Daftarkan warga"), icon="plus", key="Ctrl+N")
        new.setShortcut(QKeySequence())
        new.clicked.connect(self._register)
        page.header.add_action(blank)
        page.header.add_action(new)
        page.foot.set_keys(KEYS)
        page.searched.connect(self._on_search)
        page.filtered.connect(self._on_filter)
        page.opened.connect(self._open)

    # --- the screen's protocol ----------------------------------------------------

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Read again; the keyboard is where it was left."""
        self._look()
        self._page.take_keyboard()

    def _look(self) -> None:
        store, tone, words = self._context.store(), self._tone, self._text

        def read() -> tuple[tuple[EpisodeRow, ...], Any]:
            with store.read() as session:
                rows = list_episodes(session, tone=tone, text=words, limit=MOST)
            return rows, now_of(store)

        self._context.jobs.read(
            "episodes", read, lambda found: self._show(*found), owner=self._page
        )

    def may_leave(self) -> bool:
        """Nothing is typed here that could be lost."""
        return True

    def close(self) -> None:
        """Stop listening and forget who was shown."""
        self._context.board.posted.disconnect(self._on_notice)
        self._rows = {}
        self._model.set_ids(())

    def _on_notice(self, notice: ChangeNotice) -> None:
        if notice.kinds & KINDS and self._page.isVisible():
            self._look()

    # --- showing ------------------------------------------------------------------

    def _show(self, rows: tuple[EpisodeRow, ...], now: Any) -> None:
        self._rows = {one.episode: one for one in rows}
        n = format_number(len(rows))
        self._page.set_count(t("{n} pendaftaran").format(n=n))
        told = t("Calon, yang sedang bekerja, dan yang sudah pulang")
        self._page.header.set_title(t("Layanan migrasi"), told)
        if not rows:
            self._page.set_empty(self._empty())
        self._page.set_ids(tuple(self._rows))
        self._page.foot.set_saved(now)

    def _empty(self) -> QWidget:
        if self._tone or self._text:
            clear = secondary(t("Hapus saringan"), icon="x")
            clear.clicked.connect(self._clear)
            sentence = t("Tidak ada pendaftaran pada saringan ini")
            return EmptyState(sentence, t("Coba nama lain."), Drawing.SEARCH, (clear,))
        line = t("Calon pekerja, yang sudah pulang, dan keluarga yang datang dicatat di sini.")
        return EmptyState(t("Belum ada pendaftaran"), line, Drawing.PORCH)

    def _fetch(self, ids: tuple[bytes, ...], take: Callable[[dict[bytes, Row]], None]) -> None:
        take({one: self._cells(self._rows[one]) for one in ids if one in self._rows})

    def _cells(self, row: EpisodeRow) -> Row:
        is_alarming = row.stage in ALARMING
        step = next_step(row.stage, ()).removeprefix("Langkah berikutnya: ")
        said = step[:1].upper() + step[1:] if step else "–"
        if is_alarming:
            said = t("Tanyakan kabar kepada keluarga")
        tone = Tone.BRICK if is_alarming else TONES[row.tone]
        day = format_short(row.registered_on) if row.registered_on else "–"
        return (
            Cell(row.name, CellKind.NAME, row.registration_no,
                 hits=find_hits(row.name, self._text)),
            Cell(row.badge, CellKind.BADGE, tone=tone, icon="warn" if is_alarming else ""),
            Cell(said, CellKind.TWO_LINES, row.stage_label),
            Cell(day),
        )  # fmt: skip

    # --- what the officer does ----------------------------------------------------

    def _on_search(self, words: str) -> None:
        self._text = words
        self._look()

    def _on_filter(self, key: str, value: object) -> None:
        self._tone = key if value else ""
        for code, _label in CHIPS:
            if code != key and value:
                self._page.chip(code).set_value(None)
        self._look()

    def _clear(self) -> None:
        self._page.clear_filters()
        if self._page.search is not None:
            self._page.search.clear()

    def _open(self, episode: bytes) -> None:
        row = self._rows.get(episode)
        if row is not None:
            self._context.navigate("person", row.person)

    def _register(self) -> None:
        self._context.navigate("migration_services.choose")


__all__ = ["EpisodesScreen"]
