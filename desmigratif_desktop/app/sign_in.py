"""Sign-in and the lock: who is at work, and the passphrase that opens the post.

Before the key is accepted only the village's name, the officers' names and the date of
the last backup are readable.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.door import Door
from desmigratif_desktop.foundation.clock import ZONES, SystemClock
from desmigratif_desktop.foundation.errors import (
    DesmigratifError,
    StoreDamagedError,
    WrongPassphraseError,
)
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.partial_dates import format_with_weekday
from desmigratif_desktop.foundation.places import Regions
from desmigratif_desktop.foundation.settings import load_settings
from desmigratif_desktop.people.officers import POSITIONS
from desmigratif_desktop.people.village import zone_of
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.actors import Role
from desmigratif_desktop.ui.badges import initials, paint_avatar
from desmigratif_desktop.ui.buttons import Area, Size, link, primary
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.form_parts import MessageLine
from desmigratif_desktop.ui.icons import draw_icon
from desmigratif_desktop.ui.jobs import JobRunner
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.painting import box, ring, smooth, text
from desmigratif_desktop.ui.theme import Hue, Tone, font

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QPaintEvent

    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.keys import OpenedKeys, Slot, SlotFile

COLUMN = 440


class OfficerRow(Area):
    """One officer on the sign-in page: 64 px, avatar, name, position.

    Args:
        slot: the officer's slot.
    """

    def __init__(self, slot: Slot) -> None:
        self._position = POSITIONS[Role(slot.role)]
        super().__init__(f"{slot.name}, {self._position}")
        self.slot = slot
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(64)

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(COLUMN, 64)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Card, avatar, two lines, tick."""
        painter = smooth(self)
        area = QRectF(self.rect())
        chosen = self.isChecked()
        ground = Hue.DEW if chosen else Hue.HOVER if self.underMouse() else Hue.SURFACE
        line = Hue.LEAF if chosen else Hue.HAIR_2
        box(painter, area, 10, ground, line, width=2 if chosen else 1)
        disc = QRectF(18, 12, 40, 40)
        paint_avatar(painter, disc, initials(self.slot.name), Tone.LAMP if chosen else Tone.STONE)
        width = self.width() - 72 - 44
        text(painter, QRectF(72, 11, width, 22), self.slot.name, font(15, 600), Hue.INK)
        text(painter, QRectF(72, 33, width, 20), self._position, font(13), Hue.INK_2)
        if chosen:
            draw_icon(painter, "check", Hue.LEAF, self.width() - 38, 22, 20)
        if self.hasFocus():
            ring(painter, area, 10)


class SignIn(Door):
    """Who is at work, and their passphrase.

    Args:
        folder: the post.
        slots: its slot file.
        on_open: takes the opened store (start); None at the lock.
        on_keys: takes the opened keys (lock); None at the start.
        locked_by: the officer whose screen is locked.
        on_other: the link under the button.
        on_damaged: takes the error when the key fits and the data do not.
    """

    def __init__(
        self,
        folder: Path,
        slots: SlotFile,
        *,
        on_open: Callable[[Store], None] | None = None,
        on_keys: Callable[[OpenedKeys], None] | None = None,
        locked_by: Actor | None = None,
        on_other: Callable[[], None] | None = None,
        on_damaged: Callable[[StoreDamagedError], None] | None = None,
    ) -> None:
        under = _place_line(slots.label.village)
        super().__init__(
            slots.label.title,
            under,
            t(
                "Data di laptop ini disandikan. Tanpa kata sandi, tidak seorang pun dapat"
                " membacanya."
            ),
            _backup_line(slots.label.last_backup, slots.label.village),
        )
        self._folder, self._slots = folder, slots
        self._on_open, self._on_keys = on_open, on_keys
        self._locked_by = locked_by
        self._on_damaged = on_damaged
        self._jobs = JobRunner(self)
        self.destroyed.connect(self._jobs.close)
        self._rows: list[OfficerRow] = []
        self._build(on_other)
        QTimer.singleShot(0, self._first_focus)

    def _build(self, on_other: Callable[[], None] | None) -> None:
        locked = self._locked_by is not None
        inner = QWidget()
        inner.setMaximumWidth(COLUMN)
        inner.setMinimumWidth(COLUMN - 60)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        title = t("Layar terkunci") if locked else t("Siapa yang bertugas?")
        column.addWidget(PlainLabel(title, 28, 600))
        now = datetime.now(ZONES[zone_of(self._slots.label.village)])
        column.addWidget(
            PlainLabel(f"{format_with_weekday(now.date())}, pukul {now:%H.%M}", 14, 400, Hue.INK_2)
        )
        column.addSpacing(14)
        self._add_rows(column)
        column.addSpacing(14)
        self._add_passphrase(column)
        self._open = primary(
            t("Buka kunci") if locked else t("Buka pos layanan"), key="Enter", size=Size.LARGE
        )
        self._open.clicked.connect(self._try)
        column.addSpacing(6)
        column.addWidget(self._open)
        if on_other is not None:
            self._add_other(column, on_other)
        holder = QHBoxLayout()
        holder.addStretch(1)
        holder.addWidget(inner, 10)
        holder.addStretch(1)
        self.column.addLayout(holder)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self, self._try)

    def _add_other(self, column: QVBoxLayout, on_other: Callable[[], None]) -> None:
        locked = self._locked_by is not None
        lost = t("Lupa kata sandi? Pakai lembar pemulihan")
        other = link(t("Keluar dan tutup data") if locked else lost)
        other.clicked.connect(on_other)
        column.addSpacing(6)
        column.addWidget(other, 0, Qt.AlignmentFlag.AlignHCenter)

    def _add_rows(self, column: QVBoxLayout) -> None:
        wanted = (
            self._locked_by.officer_id.hex()
            if self._locked_by
            else (load_settings(self._folder).last_officer)
        )
        for slot in self._slots.officers:
            row = OfficerRow(slot)
            row.toggled.connect(self._name_field)
            self._rows.append(row)
            column.addWidget(row)
        chosen = next(
            (one for one in self._rows if one.slot.officer == wanted),
            self._rows[0] if self._rows else None,
        )
        if chosen is not None:
            chosen.setChecked(True)

    def _add_passphrase(self, column: QVBoxLayout) -> None:
        line = QHBoxLayout()
        self._label = PlainLabel("", 13, 600)
        line.addWidget(self._label, 1)
        self._show = link(t("Tampilkan"), icon="eye")
        self._show.clicked.connect(self._toggle_echo)
        line.addWidget(self._show)
        column.addLayout(line)
        self._field = TextField()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setFixedHeight(48)
        self._field.setMaxLength(key_slots.MAX_PASSPHRASE)
        column.addWidget(self._field)
        self._message = MessageLine()
        column.addWidget(self._message)
        if self._slots.label.practice:
            column.addWidget(
                PlainLabel(
                    t("Desa latihan. Kata sandinya: {words}").format(
                        words=assembly.PRACTICE_PASSPHRASE
                    ),
                    13,
                    400,
                    Hue.SOGA,
                    wrap=True,
                )
            )
        self._name_field()

    def _name_field(self) -> None:
        chosen = self._chosen()
        if chosen is not None and hasattr(self, "_label"):
            words = t("Kata sandi {name}").format(name=chosen.name)
            self._label.setText(words)
            self._field.setAccessibleName(words)

    def _chosen(self) -> Slot | None:
        return next((one.slot for one in self._rows if one.isChecked()), None)

    def _toggle_echo(self) -> None:
        hidden = self._field.echoMode() == QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self._field.setEchoMode(mode)
        self._show.set_words(t("Sembunyikan") if hidden else t("Tampilkan"))

    def _first_focus(self) -> None:
        self._field.setFocus()

    def type_passphrase(self, words: str) -> None:
        """Type for the officer (the tour and the practice page)."""
        self._field.setText(words)

    def _try(self) -> None:
        chosen = self._chosen()
        secret = self._field.text()
        if chosen is None or not secret or not self._open.isEnabled():
            self._field.setFocus()
            return
        self._open.setEnabled(False)
        self._message.say("", "warn", Hue.BRICK)
        officer = bytes.fromhex(chosen.officer)
        folder = self._folder
        if self._on_keys is not None:
            self._jobs.outside(
                lambda _: key_slots.unlock(folder, secret, officer),
                self._on_keys,
                self._refused,
                owner=self,
            )
        elif self._on_open is not None:
            self._jobs.outside(
                lambda _: assembly.open_post(folder, secret, officer, SystemClock()),
                self._on_open,
                self._refused,
                owner=self,
            )

    def _refused(self, error: BaseException) -> None:
        self._open.setEnabled(True)
        if isinstance(error, WrongPassphraseError):
            self._message.say(f"{error.sentence} {error.advice}", "warn", Hue.BRICK)
            self._field.selectAll()
            self._field.setFocus()
        elif isinstance(error, StoreDamagedError) and self._on_damaged is not None:
            self._on_damaged(error)
        elif isinstance(error, DesmigratifError):
            self._message.say(f"{error.sentence} {error.advice}", "warn", Hue.BRICK)
        else:
            raise error


def _place_line(code: str) -> str:
    place = Regions.load().village(code)
    return f"Kecamatan {place.subdistrict}, {place.regency}"


def _backup_line(last: str, village: str) -> str:
    if not last:
        return t("Belum ada cadangan")
    made = datetime.fromisoformat(last).astimezone(ZONES[zone_of(village)])
    return t("Cadangan terakhir: {day} {clock}").format(
        day=format_with_weekday(made.date()), clock=f"{made:%H.%M}"
    )
