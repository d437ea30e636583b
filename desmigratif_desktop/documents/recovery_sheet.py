"""The recovery sheet (lembar kunci pemulihan): printed once, straight to the printer.

The code opens the store when every officer forgot the passphrase. The paper folds over the
code, goes into an envelope, and its lower label closes the envelope. No file of it is kept.

Source: paper study, picture 15; security design §6.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.documents import blocks
from desmigratif_desktop.documents.pen import GUIDE_GREY, Pen, fit_size
from desmigratif_desktop.documents.press import (
    PaperMeta,
    PressedPaper,
    press,
    require_printable,
)
from desmigratif_desktop.documents.sheets import F4, Sheet
from desmigratif_desktop.documents.styles import BOLD, REGULAR
from desmigratif_desktop.foundation.errors import BugError
from desmigratif_desktop.foundation.partial_dates import format_long

if TYPE_CHECKING:
    from desmigratif_desktop.documents.facts import Office

GROUPS = 8
CELL_WIDTH, CELL_HEIGHT = 9.2, 10.6
INTRODUCTION = (
    "Kode di bawah membuka data pos layanan bila semua petugas lupa kata sandi atau laptop",
    "harus diganti. Bila kata sandi dan lembar ini sama-sama hilang, data tidak dapat dibuka,",
    "kecuali desa menitipkan kunci cadangan di kabupaten.",
)
KEEPING = (
    "Gunting label di bawah. Lipat lembar ini di garis lipat, kode di dalam, lalu lipat lagi.",
    "Masukkan ke amplop, rekatkan, tempel label, dan tanda tangani melintang di tutup amplop.",
    "Simpan di lemari terkunci kantor desa, bukan di pos layanan dan bukan di tas laptop.",
)
READING = (
    "Kode tidak memakai huruf I, L, O, dan U: yang tampak seperti O adalah angka nol, yang",
    "tampak seperti I adalah angka satu. Setelah dipakai, kode ini mati dan aplikasi mencetak",
    "lembar baru. Kode ini tidak membuka data pengaduan.",
)


@dataclass(frozen=True, slots=True)
class RecoveryFacts:
    """What the recovery sheet says.

    Attributes:
        code: eight groups of four letters with their check letter, parted by spaces.
        laptop: "A", "B" or "C".
        printed_on: ISO date.
        sheet_no: 1 for the first sheet; a later one ends the earlier.
        witness: the village head or who witnesses the closing; empty = dots.
    """

    office: Office
    code: str
    laptop: str
    printed_on: str
    officer: str
    sheet_no: int = 1
    witness: str = ""


def recovery_sheet(facts: RecoveryFacts, sheet: Sheet = F4) -> PressedPaper:
    """Press the recovery sheet.

    Raises:
        InputError: a name cannot be printed.
    """
    require_printable(facts)
    groups = facts.code.split()
    if len(groups) != GROUPS or any(len(one) != 5 for one in groups):
        raise BugError("a recovery code has eight groups of five")
    meta = PaperMeta("Lembar Kunci Pemulihan", facts.printed_on, facts.office.place_line)
    return press((lambda pen: _draw(pen, facts, groups),), sheet, meta)


def _draw(pen: Pen, facts: RecoveryFacts, groups: list[str]) -> None:
    """Draw from the top; A4 has 33 mm less, taken from the spaces between the three parts."""
    if facts.office.practice:
        blocks.practice_marks(pen)
    lift = 0.0 if pen.sheet.is_tall else 13.0
    _draw_explanation(pen, facts, lift)
    fold = 122 - lift
    for start, end, text_x, align in (
        (5.0, 13.0, 14.0, "left"), (pen.sheet.width - 13, pen.sheet.width - 5,
                                    pen.sheet.width - 14, "right"),
    ):  # fmt: skip
        pen.segment(start, fold, end, fold, 0.6, 0.2, dash=(2, 2))
        pen.text(text_x, fold + 0.9, "lipat", 7.5, align=align, grey=GUIDE_GREY)
    bottom = _draw_code(pen, groups, fold + (8 if pen.sheet.is_tall else 6))
    cut = bottom + (8.4 if pen.sheet.is_tall else 4.4)
    middle = pen.sheet.width / 2
    pen.segment(5, cut, middle - 17, cut, 0.6, 0.2, dash=(3, 3))
    pen.segment(middle + 17, cut, pen.sheet.width - 5, cut, 0.6, 0.2, dash=(3, 3))
    pen.text(middle, cut + 0.9, "gunting di garis ini", 8, align="centre", grey=GUIDE_GREY)
    _draw_label(pen, facts, cut + (6.8 if pen.sheet.is_tall else 3.6))


def _draw_explanation(pen: Pen, facts: RecoveryFacts, lift: float) -> None:
    left, right = pen.sheet.letter_left, pen.sheet.letter_end
    y = 22.0 - lift * 0.45
    pen.text(left, y, "RAHASIA", 11, BOLD, tracking=1.6)
    pen.text(right, y, "Jangan difoto, disalin, atau dikirim", 9.5, BOLD, align="right")
    pen.rule(left, right, y + 3.2, 2.0)
    pen.rule(left, right, y + 4.35, 0.6)
    y += 16.6 - lift * 0.1
    pen.text(left, y, "Lembar kunci pemulihan", 21, BOLD)
    y += 9.5
    for line in INTRODUCTION:
        pen.text(left, y, line, fit_size(line, REGULAR, 10.5, right - left) or 8)
        y += 5.3
    y += 2.8 - lift * 0.1
    office = facts.office
    last = f"{facts.sheet_no}"
    if facts.sheet_no > 1:
        last += f" (lembar nomor {facts.sheet_no - 1} tidak berlaku lagi)"
    rows = (
        ("Pos layanan", f"{office.village_term} {office.village} ({office.dotted_code})"),
        ("Laptop", f"Laptop {facts.laptop}"),
        ("Dicetak", f"{format_long(facts.printed_on)} oleh {facts.officer}"),
        ("Lembar nomor", last),
    )
    for label, value in rows:
        pen.text(left, y, label, 9.5)
        pen.text(left + 30, y, ":", 9.5)
        pen.value(left + 33.2, y, value, right - left - 33.2, field="officer", size=9.5)
        y += 5.6
    y += 4.0 - lift * 0.12
    pen.text(left, y, "Cara menyimpan", 10, BOLD)
    for number, line in enumerate(KEEPING, 1):
        y += 5.7
        pen.text(left, y, f"{number}.", 9.5)
        room = right - left - 6
        pen.text(left + 6, y, line, fit_size(line, REGULAR, 9.5, room) or 8)


def _draw_code(pen: Pen, groups: list[str], top: float) -> float:
    """Draw the frame with the code; give back the y of its lower edge."""
    pitch, height = (14.6, 97.6) if pen.sheet.is_tall else (13.2, 90.0)
    left, right = pen.sheet.letter_left - 4.1, pen.sheet.letter_end + 4.1
    pen.box(left, top, right - left, height, 1.4)
    inner, edge = left + 5.2, right - 5.2
    pen.text(inner, top + 8.8, "Kode pemulihan", 12, BOLD)
    pen.text(edge, top + 8.8, "8 kelompok; huruf terakhir tiap kelompok adalah pemeriksa", 8.5,
             align="right")  # fmt: skip
    for number, group in enumerate(groups):
        column, row = divmod(number, 4)
        x = inner + 5.6 + column * 59.0
        y = top + 16.8 + row * pitch
        pen.text(x - 2, y + 7.2, str(number + 1), 10, align="right")
        _draw_group(pen, x, y, group)
    pen.qr(" ".join(groups), edge - 43, top + 16.8, 43)
    pen.text(edge - 21.5, top + 63.6, "Pindai bila kamera ada", 8.5, align="centre")
    y = top + height - (16.6 if pen.sheet.is_tall else 15.2)
    for line in READING:
        pen.text(inner, y, line, fit_size(line, REGULAR, 9, edge - inner) or 8)
        y += 4.4
    return top + height


def _draw_group(pen: Pen, x: float, y: float, group: str) -> None:
    pen.box(x, y, CELL_WIDTH * 4, CELL_HEIGHT, 1.0)
    for place, letter in enumerate(group):
        gap = 1.6 if place == 4 else 0
        start = x + CELL_WIDTH * place + gap
        if place in (1, 2, 3):
            pen.segment(start, y, start, y + CELL_HEIGHT, 0.6)
        if place == 4:
            pen.box(start, y, CELL_WIDTH, CELL_HEIGHT, 0.9, dash=(1.6, 1.6))
        pen.text(start + CELL_WIDTH / 2, y + 7.6, letter, 18, BOLD, align="centre")


def _draw_label(pen: Pen, facts: RecoveryFacts, top: float) -> None:
    left, right = pen.sheet.letter_left - 4.1, pen.sheet.letter_end + 4.1
    pen.box(left, top, right - left, 73.6 if pen.sheet.is_tall else 71.6, 1.0)
    inner, edge, half = left + 5.2, right - 5.2, left + 92.4
    office = facts.office
    pen.text(inner, top + 8.8, f"LEMBAR KUNCI PEMULIHAN NOMOR {facts.sheet_no}", 13, BOLD)
    line = f"{office.post_name} {office.village_term} {office.village} ({office.dotted_code})"
    pen.value(inner, top + 14.4, f"{line} · Laptop {facts.laptop}", edge - inner, field="office",
              size=9.5)  # fmt: skip
    pen.rule(inner, edge, top + 17.4, 0.8)
    pen.text(inner, top + 23.6, f"Ditutup tanggal {format_long(facts.printed_on)} oleh:", 9.5)
    pen.text(half, top + 23.6, "Disaksikan oleh:", 9.5)
    pen.dots(inner, inner + 61.5, top + 37.0)
    pen.dots(half, half + 61.5, top + 37.0)
    pen.value(inner, top + 42.4, facts.officer.upper(), 80, field="officer", size=9, face=BOLD)
    if facts.witness:
        witness = f"{facts.witness}, {office.head_term}"
        pen.value(half, top + 42.4, witness, edge - half, field="office", size=9, face=BOLD)
    pen.rule(inner, edge, top + 46.2, 0.6)
    y = top + 52.2
    wide = pen.text(inner, y, f"Hanya dibuka di hadapan {office.head_term}. Dibuka tanggal", 9.5)
    pen.dots(inner + wide + 1, edge, y)
    y += 7.6
    pen.text(inner, y, "oleh", 9.5)
    pen.dots(inner + 9, inner + 77, y)
    pen.text(inner + 80, y, "alasan", 9.5)
    pen.dots(inner + 93, edge, y)
    y += 7.6
    wide = pen.text(inner, y, f"Paraf {office.head_term}", 9.5)
    pen.dots(inner + wide + 3, inner + 77, y)
