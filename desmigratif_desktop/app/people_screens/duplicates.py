"""Warga mungkin tercatat ganda: pairs that wait, and a search over the whole register."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desmigratif_desktop.app.people_screens.compare import open_compare, read_both
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.people.radar.decisions import open_cases, open_cases_for, tell_apart
from desmigratif_desktop.people.radar.live import live_radar
from desmigratif_desktop.people.radar.radar import Radar
from desmigratif_desktop.people.radar.values import Band, Pair
from desmigratif_desktop.ui.badges import Badge
from desmigratif_desktop.ui.busy import Progress
from desmigratif_desktop.ui.buttons import Size, ghost, primary, secondary
from desmigratif_desktop.ui.cards import Card
from desmigratif_desktop.ui.empty_state import Drawing, EmptyState
from desmigratif_desktop.ui.labels import ElidedLabel, PlainLabel
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.theme import Hue, Tone

if TYPE_CHECKING:
    from desmigratif_desktop.app.people_screens.compare import Both
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.notices import ChangeNotice
    from desmigratif_desktop.ui.jobs import Job, OutsideWork
    from desmigratif_desktop.ui.shell import ScreenContext

SHOWN: Final = 60
KINDS: Final = frozenset({"person", "duplicate_case", "distinct_pair"})
KEYS: Final = (("Ctrl+Enter", "Periksa semua warga"), ("Esc", "Kembali"), ("F1", "Bantuan"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a decision.

    Attributes:
        pairs: the most alike first, at most `SHOWN`.
        total: how many in all.
        people: how many were compared.
    """

    pairs: tuple[Pair, ...]
    total: int
    people: int


def read_waiting(store: Store) -> Waiting:
    """Weigh the open cases anew, on the reader lane."""
    with store.read() as session:
        radar = live_radar(store).at(session)
        cases = open_cases(session)
    found = [one for case in cases if (one := radar.compare(*case)) is not None]
    found.sort(key=lambda one: -one.score)
    return Waiting(tuple(found[:SHOWN]), len(found), len(radar))


def search(context: ScreenContext, work: OutsideWork) -> int:
    """Look through the whole register beside the window, then keep what was found.

    Returns:
        How many pairs are new.
    """
    store, actor = context.store(), context.actor()

    def load() -> Radar:
        with store.read() as session:
            return Radar.load(session)

    radar = work.on_records(load)

    def tell(done: int, total: int) -> None:
        words = t("{done} dari {total} warga").format(
            done=format_number(done), total=format_number(total)
        )
        work.progress(done, total, words)

    pairs = radar.pairs(tell, lambda: work.is_cancelled)
    wanted = [(one.first, one.second) for one in pairs if one.band is Band.VERY]
    return work.on_records(lambda: open_cases_for(store, actor, wanted))


class DuplicatesScreen:
    """The pairs that may be one person.

    Args:
        context: what every screen is given.
        subject: a pair of ids to compare at once; None for none.
    """

    def __init__(self, context: ScreenContext, subject: object = None) -> None:
        self._context = context
        self._asked: tuple[bytes, bytes] | None = subject if isinstance(subject, tuple) else None
        self._job: Job | None = None
        self._page = Page(t("Mungkin tercatat ganda"))
        back = ghost(t("Kembali"), key="Esc")
        back.clicked.connect(self._back)
        self._look = primary(t("Periksa semua warga"), icon="radar", key="Ctrl+Enter")
        self._look.setShortcut(QKeySequence("Ctrl+Return"))
        self._look.clicked.connect(self.look_through)
        self._page.header.add_action(back)
        self._page.header.add_action(self._look)
        self._page.foot.set_keys(KEYS)
        context.board.posted.connect(self._on_notice)

    @property
    def is_busy(self) -> bool:
        """Whether a search is under way."""
        return self._job is not None

    def widget(self) -> QWidget:
        """The page."""
        return self._page

    def reload(self) -> None:
        """Read again; a pair that was asked for opens once."""
        store = self._context.store()
        self._context.jobs.read(
            "duplicates", partial(read_waiting, store), self._show, self._failed, owner=self._page
        )
        if self._asked is not None:
            pair, self._asked = self._asked, None
            self._compare(pair)

    def _back(self) -> None:
        self._context.parts["back"]()

    def may_leave(self) -> bool:
        """Nothing is typed here."""
        return True

    def close(self) -> None:
        """Stop searching and listening."""
        self._stop()
        self._context.board.posted.disconnect(self._on_notice)

    def escape(self) -> bool:
        """Esc stops a search first."""
        if self._job is None:
            return False
        self._stop()
        self.reload()
        return True

    # --- searching ------------------------------------------------------------------

    def look_through(self) -> None:
        """Compare everybody with everybody; the window stays usable."""
        if self._job is not None:
            return
        self._look.setEnabled(False)
        bar = Progress(t("Membandingkan semua warga"))
        bar.stop_asked.connect(self.escape)
        body = ScrollBody(padding=24, spacing=16)
        card = Card()
        card.add(bar)
        body.add(card)
        body.end()
        self._page.set_body(body)
        self._job = self._context.jobs.outside(
            partial(search, self._context), self._found, self._failed,
            progress=bar.show_progress, owner=self._page,
        )  # fmt: skip

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._look.setEnabled(True)

    def _found(self, new: int) -> None:
        self._stop()
        self.reload()
        words = t("{n} pasangan baru ditemukan.").format(n=new) if new else t(
            "Selesai. Tidak ada pasangan baru."
        )  # fmt: skip
        self._page.foot.set_truth(words)

    def _failed(self, error: BaseException) -> None:
        self._stop()
        if not isinstance(error, DesmigratifError):
            raise error
        self._page.foot.set_truth(error.sentence, "warn", Tone.BRICK)
        self.reload()

    # --- showing --------------------------------------------------------------------

    def _show(self, waiting: Waiting) -> None:
        if self._job is not None:
            return
        told = t("{n} pasangan di antara {m} warga").format(
            n=format_number(waiting.total), m=format_number(waiting.people)
        )
        self._page.header.set_title(t("Mungkin tercatat ganda"), told)
        if not waiting.pairs:
            self._page.set_body(EmptyState(
                t("Tidak ada warga yang menunggu dibandingkan"),
                t("Periksa semua warga bila daftar baru saja bertambah banyak."), Drawing.DONE,
            ))  # fmt: skip
            return
        body = ScrollBody(padding=24, spacing=12)
        for one in waiting.pairs:
            body.add(self._card(one))
        if waiting.total > len(waiting.pairs):
            rest = waiting.total - len(waiting.pairs)
            words = t("{n} pasangan lagi sesudah ini").format(n=format_number(rest))
            body.add(PlainLabel(words, 13, 400, Hue.INK_2))
        body.end()
        self._page.set_body(body)

    def _card(self, pair: Pair) -> Card:
        card = Card(padding=16)
        first = QHBoxLayout()
        first.setSpacing(12)
        title = f"{pair.first_name}  ·  {pair.second_name}"
        first.addWidget(ElidedLabel(title, 14, 600), 1)
        very = pair.band is Band.VERY
        words = t("Sangat mirip") if very else t("Agak mirip")
        first.addWidget(Badge(words, Tone.SOGA if very else Tone.STONE))
        compare = secondary(t("Bandingkan"), size=Size.SMALL)
        compare.setAccessibleName(t("Bandingkan {names}").format(names=title))
        compare.clicked.connect(lambda: self._compare((pair.first, pair.second)))
        apart = ghost(t("Dua orang"), size=Size.SMALL)
        apart.setAccessibleName(t("{names}: dua orang").format(names=title))
        apart.clicked.connect(lambda: self._part(pair))
        first.addWidget(compare)
        first.addWidget(apart)
        card.add(first)
        reasons = [one.words for one in pair.reasons if one.agrees]
        differ = [one.words for one in pair.reasons if not one.agrees]
        card.add(ElidedLabel(" · ".join(reasons), 13, 400, Hue.INK))
        if differ:
            line = t("Berbeda: {words}").format(words=" · ".join(differ))
            card.add(ElidedLabel(line, 13, 400, Hue.INK_2))
        return card

    def _compare(self, pair: tuple[bytes, bytes]) -> None:
        store = self._context.store()
        self._context.jobs.read(
            "duplicates.pair", partial(read_both, store, pair), self._open, self._failed,
            owner=self._page,
        )  # fmt: skip

    def _open(self, both: Both) -> None:
        open_compare(self._context, self._page, both, self._decided)

    def _part(self, pair: Pair) -> None:
        work = partial(
            tell_apart, self._context.store(), self._context.actor(), pair.first, pair.second
        )
        said = t("Dicatat sebagai dua orang; tidak ditanyakan lagi.")
        self._context.jobs.write(work, lambda _act: self._decided(said), owner=self._page)

    def _decided(self, words: str) -> None:
        self._page.foot.set_truth(words)
        self.reload()

    def _on_notice(self, notice: ChangeNotice) -> None:
        if notice.kinds & KINDS and self._page.isVisible() and self._job is None:
            self.reload()


__all__ = ["DuplicatesScreen", "read_waiting"]
