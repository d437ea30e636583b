"""The receipt of an exchange (tanda terima data): half a sheet for the folder of the post.

Printed only from a receipt that was verified; it carries no personal data.

Source: paper study, picture 14.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.documents import blocks
from desmigratif_desktop.documents.blocks import Signatory
from desmigratif_desktop.documents.pen import Pen, fit_size
from desmigratif_desktop.documents.press import (
    PaperMeta,
    PressedPaper,
    press,
    require_printable,
)
from desmigratif_desktop.documents.sheets import HALF_F4, Sheet
from desmigratif_desktop.documents.styles import BOLD, REGULAR
from desmigratif_desktop.foundation.money import format_number

if TYPE_CHECKING:
    from desmigratif_desktop.documents.facts import Office

RECEIVED, CARRIED, PARTLY = "received", "carried", "partly"
HEADINGS = {
    RECEIVED: "Sudah diterima kabupaten",
    CARRIED: "Dibawa diska lepas, belum sampai",
    PARTLY: "Diterima sebagian, kirim lagi",
}
HALF_A4 = Sheet("half_a4", 210, 148.5)


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a verified receipt says.

    Attributes:
        status: RECEIVED, CARRIED or PARTLY.
        summary: one sentence under the status.
        at: local time as printed ("21 November 2026, 14.32 WIB").
        carrier: "Jaringan", "Diska lepas (USB) KURIR 02".
        sent: changes sent, with their first and last number.
        received: changes that came from the district.
        to_decide: values that differ and wait for a decision.
        unsent: changes still to be sent.
        digest: hex digits, printed in groups of four.
        server_seq: the district's number; 0 = none yet.
        todo: what to do now, at most three sentences.
    """

    office: Office
    receipt_no: str
    status: str
    summary: str
    at: str
    carrier: str
    laptop: str
    officer: str
    sent: int = 0
    first: int = 0
    last: int = 0
    received: int = 0
    to_decide: int = 0
    unsent: int = 0
    digest: str = ""
    server_seq: int = 0
    todo: tuple[str, ...] = ()


def data_receipt(facts: ReceiptFacts, sheet: Sheet = HALF_F4) -> PressedPaper:
    """Press the receipt of an exchange on half a sheet.

    Raises:
        InputError: a text cannot be printed or does not fit.
    """
    require_printable(facts)
    meta = PaperMeta(f"Tanda Terima Data {facts.receipt_no}", "", facts.office.place_line)
    return press((lambda pen: _draw(pen, facts),), sheet, meta)


def _draw(pen: Pen, facts: ReceiptFacts) -> None:
    if facts.office.practice:
        blocks.corner_box(pen, "LATIHAN · TIDAK BERLAKU")
    left, right, office = 18.0, pen.sheet.width - 18, facts.office
    lift = 0.0 if pen.sheet.height > 160 else 7.0
    y = 18.4 - lift
    pen.text(left, y, office.post_name.upper(), 12, BOLD, tracking=0.2)
    pen.text(right, y, "TANDA TERIMA DATA", 13, BOLD, align="right", tracking=0.3)
    pen.value(left, y + 5.6, office.place_line, 108, field="office", size=9)
    pen.text(right, y + 5.6, f"Nomor {facts.receipt_no}", 8.5, align="right")
    pen.rule(left, right, y + 9.9, 1.6)
    pen.rule(left, right, y + 11, 0.5)
    y += 16.6
    _draw_status(pen, facts, left, right, y)
    y = _draw_facts(pen, facts, left, right, y + 28.4)
    pen.text(left, y + 7.2, "Yang perlu dilakukan", 10.5, BOLD)
    y += 7.6
    for number, line in enumerate(facts.todo[:3], 1):
        y += 5.1
        pen.text(left, y, f"{number}.", 10)
        pen.value(left + 6, y, line, right - left - 6, field="todo", size=10)
    _draw_foot(pen, facts, left, right)


def _draw_status(pen: Pen, facts: ReceiptFacts, left: float, right: float, top: float) -> None:
    pen.box(left, top, right - left, 20, 1.2)
    x, y = left + 11, top + 10
    pen.circle(x, y, 6.6, 2.2)
    if facts.status == RECEIVED:
        pen.polyline(((x - 3, y), (x - 0.8, y + 2.6), (x + 3.4, y - 2.4)), 2.6)
    elif facts.status == CARRIED:
        pen.polyline(((x - 3.4, y), (x + 3.4, y)), 2.6)
        pen.polyline(((x + 0.8, y - 2.6), (x + 3.4, y), (x + 0.8, y + 2.6)), 2.6)
    else:
        pen.polyline(((x, y - 6), (x, y + 6)), 2.2)
    heading = HEADINGS[facts.status]
    pen.text(left + 22, top + 8.9, heading, 17, BOLD)
    pen.value(left + 22, top + 15.4, facts.summary, right - left - 25, field="summary")


def _draw_facts(pen: Pen, facts: ReceiptFacts, left: float, right: float, y: float) -> float:
    numbers = f" ({format_number(facts.first)}–{format_number(facts.last)})" if facts.last else ""
    columns = (
        (("Waktu", facts.at), ("Cara", facts.carrier), ("Laptop", facts.laptop),
         ("Petugas", facts.officer)),
        (("Dikirim", f"{format_number(facts.sent)} perubahan{numbers}"),
         ("Diterima", f"{format_number(facts.received)} perubahan dari kabupaten"),
         ("Perlu dipilih", f"{format_number(facts.to_decide)} isian berbeda"),
         ("Belum terkirim", format_number(facts.unsent))),
    )  # fmt: skip
    middle = (left + right) / 2 + 3
    for x, rows, room in (
        (left, columns[0], middle - left - 32),
        (middle, columns[1], right - middle - 28),
    ):
        for n, (label, value) in enumerate(rows):
            _row(pen, x, y + n * 5.6, label, value, room)
    y += 22
    pen.rule(left, right, y, 0.5, 0.27)
    digest = facts.digest.upper()
    groups = "  ".join(digest[n : n + 4] for n in range(0, len(digest), 4))
    _row(pen, left, y + 6.6, "Sidik data", groups or "belum ada", right - left - 30, face=BOLD)
    store = (
        f"{format_number(facts.server_seq)} di kabupaten; tanda tangan kabupaten sudah diperiksa"
    )
    store = (
        f"{store} dan benar" if facts.server_seq else "belum ada; data belum sampai di kabupaten"
    )
    _row(pen, left, y + 12.2, "Nomor simpan", store, right - left - 30)
    pen.rule(left, right, y + 15.8, 0.5, 0.27)
    return y + 15.8


def _row(  # noqa: PLR0917 - a place and what stands there
    pen: Pen, x: float, y: float, label: str, value: str, room: float, *, face: str = REGULAR
) -> None:
    pen.text(x, y, label, 10)
    pen.text(x + 26, y, ":", 10)
    pen.value(x + 29, y, value, room, field=label, size=10, face=face)


def _draw_foot(pen: Pen, facts: ReceiptFacts, left: float, right: float) -> None:
    y = pen.sheet.height - (31 if pen.sheet.height > 160 else 28.5)
    who = Signatory(("Petugas,",), facts.officer.upper())
    blocks.signature(pen, right - 27, y, who, space=17, width=54, size=10, field="officer")
    office = facts.office
    words = f"{office.village_term} {office.dotted_code} · {facts.laptop}"
    pen.text(left, y + 17, words, fit_size(words, REGULAR, 8.5, 90) or 8)
