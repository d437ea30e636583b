"""The rows of the home page: a registration that waits, a matter that wants a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.foundation.clock import ZONES, hlc_datetime
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.badges import Badge
from desmigratif_desktop.ui.buttons import Area, ghost, secondary
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.labels import ElidedLabel
from desmigratif_desktop.ui.painting import box, ring, smooth, text
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from desmigratif_desktop.app.home_facts import HomeFacts
    from desmigratif_desktop.overview.dashboard import DueLine
    from desmigratif_desktop.records.drafts import Draft

ROW = 64
BACKUP_OLD = timedelta(days=3)
ENOUGH_OFFICERS = 2


class DueRow(QWidget):
    """One person who waits: name, sentence, badge, the one action.

    Args:
        title: 14/600.
        sentence: 13 px below it.
        badge: words of the badge; empty for none.
        action: words of the button.
        on_open: what it does.
    """

    def __init__(
        self,
        title: str,
        sentence: str,
        badge: str,
        action: str,
        on_open: Callable[[], None],
        *,
        is_draft: bool = False,
    ) -> None:
        super().__init__()
        self.setFixedHeight(ROW)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(ElidedLabel(title, 14, 600))
        words.addWidget(ElidedLabel(sentence, 13, 400, Hue.INK_2))
        words.addStretch(1)
        row.addLayout(words, 1)
        if badge:
            row.addWidget(Badge(badge, Tone.SOGA))
        button = (secondary if is_draft else ghost)(action)
        button.setAccessibleName(f"{action}: {title}")
        button.clicked.connect(on_open)
        row.addWidget(button)

    @classmethod
    def of_draft(cls, draft: Draft, on_open: Callable[[], None]) -> DueRow:
        """A form that was left half filled."""
        at = hlc_datetime(draft.saved_at << 16, ZONES["WIB"])
        name = str(draft.fields.get("name") or t("Pendaftaran tanpa nama"))
        line = t("Draf yang belum disimpan · {clock}").format(clock=f"{at:%d/%m %H.%M}")
        return cls(name, line, "", t("Lanjutkan"), on_open, is_draft=True)

    @classmethod
    def of_due(cls, due: DueLine, on_open: Callable[[], None]) -> DueRow:
        """A registration that waits for its next step."""
        badge = t("{n} dokumen kurang").format(n=due.missing) if due.missing else ""
        line = (
            f"{due.sentence} · {due.step[:1].lower()}{due.step[1:]}" if due.step else due.sentence
        )
        return cls(due.name, line, badge, t("Buka"), on_open)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One matter at the right of the home page.

    Attributes:
        icon, tone: its picture.
        title, under: its words.
        page: where it leads.
    """

    icon: str
    tone: Tone
    title: str
    under: str
    page: str


def waiting_lines(facts: HomeFacts) -> list[WaitingLine]:
    """What wants a decision or a hand, the most pressing first."""
    found = (
        _conflict_line(facts),
        _duplicate_line(facts),
        _rehearsal_line(facts),
        _backup_line(facts),
        _officer_line(facts),
        *_exchange_lines(facts),
    )
    return [one for one in found if one is not None]


def _conflict_line(facts: HomeFacts) -> WaitingLine | None:
    if not facts.board.conflicts:
        return None
    title = t("{n} isian berbeda antarlaptop").format(n=facts.board.conflicts)
    under = t("Keduanya disimpan, lihat bedanya")
    return WaitingLine("swap", Tone.SOGA, title, under, "sync")


def _duplicate_line(facts: HomeFacts) -> WaitingLine | None:
    if not facts.board.duplicates:
        return None
    title = t("{n} warga mungkin tercatat ganda").format(n=facts.board.duplicates)
    under = t("Bandingkan, lalu lengkapi data lama")
    return WaitingLine("radar", Tone.SOGA, title, under, "people.duplicates")


def _officer_line(facts: HomeFacts) -> WaitingLine | None:
    if facts.officers >= ENOUGH_OFFICERS:
        return None
    title = t("Baru satu petugas punya kata sandi")
    under = t("Tambahkan petugas kedua di Pengaturan")
    return WaitingLine("key", Tone.INDIGO, title, under, "settings")


def _exchange_lines(facts: HomeFacts) -> list[WaitingLine]:
    lines = []
    if facts.status.sas:
        under = t("Bacakan kode {sas} lewat telepon").format(sas=facts.status.sas)
        title = t("Menunggu konfirmasi kabupaten")
        lines.append(WaitingLine("cloud", Tone.SOGA, title, under, "sync"))
    if facts.status.set_aside or facts.status.refused:
        title = t("Ada kiriman yang disisihkan")
        under = t("Data tetap aman; lihat Kirim & terima")
        lines.append(WaitingLine("warn", Tone.BRICK, title, under, "sync"))
    return lines


def _rehearsal_line(facts: HomeFacts) -> WaitingLine | None:
    if not facts.rehearsal_is_red:
        return None
    title = t("Cadangan lama tidak diuji")
    under = t("Tekan Uji pemulihan di Pengaturan")
    return WaitingLine("save", Tone.BRICK, title, under, "settings")


def _backup_line(facts: HomeFacts) -> WaitingLine | None:

    last = facts.label.last_backup
    if not last:
        if not facts.board.people:
            return None
        return WaitingLine(
            "save", Tone.SOGA, t("Belum ada cadangan"), t("Buat sekarang di Pengaturan"), "settings"
        )
    age = facts.now - datetime.fromisoformat(last)
    if age < BACKUP_OLD:
        return None
    return WaitingLine(
        "save",
        Tone.SOGA,
        t("Cadangan terakhir {n} hari lalu").format(n=age.days),
        t("Buat sekarang di Pengaturan"),
        "settings",
    )


class WaitingRow(Area):
    """Icon tile, two lines, an arrow.

    Args:
        line: what it says.
        on_open: what it does.
    """

    def __init__(self, line: WaitingLine, on_open: Callable[[], None]) -> None:
        super().__init__(f"{line.title}. {line.under}")
        self._line = line
        self.setFixedHeight(ROW)
        self.clicked.connect(on_open)

    def sizeHint(self) -> QSize:
        """As high as a row."""
        return QSize(300, ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tile, words, arrow."""
        painter = smooth(self)
        if self.underMouse():
            box(painter, QRectF(self.rect()).adjusted(1, 0, -1, 0), 0, Hue.HOVER)
        tint = self._line.tone.value
        tile = QRectF(16, 12, 40, 40)
        box(painter, tile, 8, tint.ground)
        draw_icon(painter, self._line.icon, tint.text, 26, 22, 20)
        width = self.width() - 68 - 40
        text(painter, QRectF(68, 11, width, 21), self._line.title, font(14, 600), Hue.INK)
        text(painter, QRectF(68, 32, width, 20), self._line.under, font(13), Hue.INK_2)
        draw_icon(painter, "right", Hue.INK_2, self.width() - 30, 24, 16)
        if self.hasFocus():
            ring(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), 6)


__all__ = ["DueRow", "WaitingLine", "WaitingRow", "waiting_lines"]
