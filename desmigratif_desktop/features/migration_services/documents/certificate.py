"""FORM-17, the proof of registration: one page for the folder, a card for the purse.

It says that somebody is registered and that this costs nothing and is no permission to work
abroad: such papers were sold as permissions elsewhere. The NIK is masked.

Source: the project owner's card; paper study §2 (privacy) and 16 (card).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, Spacer

from desmigratif_desktop.documents import blocks, styles
from desmigratif_desktop.documents.blocks import Drawn, Signatory
from desmigratif_desktop.documents.pen import Pen, fit_size, too_long
from desmigratif_desktop.documents.press import (
    Body,
    Fit,
    PaperMeta,
    PressedPaper,
    initials,
    longest_field,
    press,
    press_story,
    require_printable,
)
from desmigratif_desktop.documents.sheets import A4, F4, MM, Sheet
from desmigratif_desktop.documents.styles import BOLD, ITALIC, REGULAR
from desmigratif_desktop.features.migration_services.documents.rows import three
from desmigratif_desktop.foundation.identity import mask_nik
from desmigratif_desktop.foundation.partial_dates import format_long

if TYPE_CHECKING:
    from desmigratif_desktop.features.migration_services.values import RegistrationFacts

AS_WHAT = {
    "cpmi": "calon pekerja migran Indonesia (CPMI)",
    "pmi": "pekerja migran Indonesia (PMI) di luar negeri",
    "purna": "purna pekerja migran Indonesia",
}
SHRINKABLE = ("name", "address", "birth_place", "dusun", "occupation", "destination_country")
CARD_WIDTH, CARD_HEIGHT = 85.6, 54.0


def registration_certificate(
    facts: RegistrationFacts, sheet: Sheet = F4, *, emblem: bytes | None = None,
    photo: bytes | None = None,
) -> PressedPaper:  # fmt: skip
    """Press the proof of registration on one page.

    Raises:
        InputError: a value cannot be printed or the paper overflows; it names the field.
    """
    require_printable(facts)
    office = facts.office
    agreed = photo if "photo" in facts.consents else None

    def furniture(pen: Pen) -> None:
        if office.practice:
            blocks.practice_marks(pen)
        blocks.post_letterhead(pen, office, emblem)
        _title(pen, facts.registration_no)
        name = f"FORM-17 · Tanda bukti pendaftaran · {office.village_term} {office.dotted_code}"
        blocks.footer(pen, name, "Lembar asli")

    width = sheet.end - sheet.left
    meta = PaperMeta(
        f"Tanda Bukti Pendaftaran {initials(facts.name)}", facts.registered_on, office.place_line
    )
    return press_story(
        lambda fit: _story(facts, fit, width, agreed), sheet, meta,
        body=Body(sheet.left, 63, width, sheet.footer_y - 66), furniture=furniture,
        longest=lambda: longest_field(facts, SHRINKABLE),
    )  # fmt: skip


def _title(pen: Pen, number: str) -> None:
    middle = (pen.sheet.left + pen.sheet.end) / 2
    wide = pen.text(middle, 46, "TANDA BUKTI PENDAFTARAN", 13, BOLD, align="centre", tracking=0.3)
    pen.rule(middle - wide / 2, middle + wide / 2, 47.3, 0.9)
    pen.text(middle, 52.8, f"Nomor : {number}", 11, align="centre")


def _story(facts: RegistrationFacts, fit: Fit, width: float, photo: bytes | None) -> list[Flowable]:
    office, body = facts.office, styles.body_style(fit.size, fit.leading)
    gap = 7.4 * MM * fit.spacing
    opening = (
        f"{office.post_name} {office.place_line}, menerangkan bahwa orang yang tersebut di bawah "
        f"ini telah terdaftar sebagai {AS_WHAT.get(facts.registrant, AS_WHAT['cpmi'])}:"
    )
    closing = (
        "Tanda bukti ini bukan izin bekerja ke luar negeri dan bukan pengganti perjanjian "
        "penempatan atau perjanjian kerja. Pendaftaran di pos layanan Desmigratif tidak dipungut "
        "biaya. Bila ada yang meminta uang atau menjanjikan keberangkatan tanpa melalui jalur "
        f"resmi, hubungi pos layanan atau {office.head_term}."
    )
    bring = "Bawalah tanda bukti ini setiap kali datang ke pos layanan."
    return [
        blocks.paragraph(opening, body, width),
        Spacer(0, gap / 2),
        blocks.field_list(_rows(facts), size=fit.size, leading=fit.leading, width=width),
        Spacer(0, gap),
        blocks.paragraph(closing, body, width),
        Spacer(0, gap / 3),
        blocks.paragraph(bring, body, width),
        Spacer(0, gap),
        Drawn(width, 66, lambda pen: _signatures(pen, facts, photo)),
    ]


def _rows(facts: RegistrationFacts) -> list[tuple[str, str]]:
    birth = ", ".join(part for part in (facts.birth_place, format_long(facts.birth_date)) if part)
    unit = " ".join(
        f"{word} {three(number)}" for word, number in (("RT", facts.rt), ("RW", facts.rw)) if number
    )
    dusun = f"Dusun {facts.dusun}" if facts.dusun else ""
    village = f"{facts.office.village_term} {facts.office.village}"
    home = ", ".join(part for part in (facts.address, dusun, unit, village) if part)
    wish = ", ".join(part for part in (facts.occupation, facts.destination_country) if part)
    rows = (
        ("Nama lengkap", facts.name),
        ("NIK", mask_nik(facts.nik) if facts.nik else facts.nik_missing_reason or ""),
        ("Tempat, tanggal lahir", birth),
        ("Tempat tinggal", home),
        ("Minat kerja", wish),
        ("Terdaftar pada", format_long(facts.registered_on)),
        ("Diterima oleh", facts.officer),
    )
    return [(label, value) for label, value in rows if value]


def _signatures(pen: Pen, facts: RegistrationFacts, photo: bytes | None) -> None:
    right = pen.sheet.width - 35
    place = f"{facts.office.village}, {format_long(facts.registered_on)}"
    thumb = facts.signs_with == "thumbprint"
    name = (facts.signer_name or facts.name).upper()
    holder = Signatory(("Pemegang,",), name, "(cap jempol kiri)" if thumb else "")
    blocks.photo_box(pen, pen.sheet.width / 2 - 15, 4, photo)
    if thumb:
        caption = ("Cap jempol kiri", "di hadapan", "petugas")
        blocks.guide_box(pen, 24, 10.4, 22, 20, caption)
    blocks.signature(pen, 35, 9, holder, width=66)
    officer = Signatory((place, "Petugas Desmigratif,"), facts.officer.upper())
    blocks.signature(pen, right, 4.4, officer, width=66, field="officer")


def registration_card(facts: RegistrationFacts, sheet: Sheet = A4) -> PressedPaper:
    """Press two cards of purse size: one for the holder, one for the family.

    Raises:
        InputError: a value cannot be printed or does not fit; it names the field.
    """
    require_printable(facts)

    def page(pen: Pen) -> None:
        if facts.office.practice:
            blocks.corner_box(pen, "LATIHAN · TIDAK BERLAKU")
        left = (sheet.width - 2 * CARD_WIDTH) / 2
        for top in (14.0, 78.0):
            _card(pen, facts, left, top)
        hint = "Gunting di garis putus-putus, lipat di tengah, laminasi. Kartu pertama untuk "
        hint += "pemegang, kartu kedua untuk keluarga."
        pen.text(left, 139, hint, 8)

    meta = PaperMeta(
        f"Kartu Pendaftaran {initials(facts.name)}", facts.registered_on, facts.office.place_line
    )
    return press((page,), sheet, meta)


def _card(pen: Pen, facts: RegistrationFacts, left: float, top: float) -> None:
    fold = left + CARD_WIDTH
    pen.box(left, top, CARD_WIDTH * 2, CARD_HEIGHT, 0.6, dash=(2.5, 2))
    pen.segment(fold, top - 3, fold, top, 0.5)
    pen.segment(fold, top + CARD_HEIGHT, fold, top + CARD_HEIGHT + 3, 0.5)
    if facts.office.practice:
        pen.outline(fold, top + CARD_HEIGHT / 2 + 6, "LATIHAN", 54, 14)
    _card_front(pen, facts, left + 5, top)
    _card_back(pen, facts, fold + 5, top)


def _card_front(pen: Pen, facts: RegistrationFacts, x: float, top: float) -> None:
    right, room = x + CARD_WIDTH - 10, CARD_WIDTH - 10
    pen.text(x, top + 7.2, "KARTU PENDAFTARAN", 10.5, BOLD, tracking=0.3)
    pen.text(right, top + 7.0, "Desmigratif", 8, align="right")
    kind = AS_WHAT.get(facts.registrant, AS_WHAT["cpmi"])
    pen.text(x, top + 11.3, kind[0].upper() + kind[1:], 8)
    pen.rule(x, right, top + 13.4, 1.2)
    y = _card_name(pen, facts.name.upper(), x, top + 19.4, room)
    birth = ", ".join(one for one in (facts.birth_place, format_long(facts.birth_date)) if one)
    home = ", ".join(
        one for one in (f"Dusun {facts.dusun}" if facts.dusun else "",
                        f"{facts.office.village_term} {facts.office.village}") if one
    )  # fmt: skip
    rows = (("Nomor", facts.registration_no, BOLD), ("Lahir", birth, REGULAR),
            ("Tempat tinggal", home, REGULAR),
            ("Terdaftar", format_long(facts.registered_on), REGULAR))  # fmt: skip
    pitch = (top + 50.6 - y) / len(rows)
    for label, value, face in rows:
        y += pitch
        if value:
            pen.text(x, y - 1.6, label, 8)
            pen.value(x + 23, y - 1.6, value, room - 23, field=label, size=9, face=face)
        pen.rule(x, right, y, 0.45, 0.27)


def _card_name(pen: Pen, name: str, x: float, y: float, room: float) -> float:
    size = fit_size(name, BOLD, 12, room, 9.5)
    if size:
        pen.text(x, y, name, size, BOLD)
        return y + 2.2
    for small in (8.5, 8.0, 7.5):
        lines = styles.balanced_lines(name, BOLD, small, room, 2)
        if lines:
            pen.text(x, y - 1.6, lines[0], small, BOLD)
            pen.text(x, y + 2.0, lines[-1], small, BOLD)
            return y + 3.6
    raise too_long("name")


def _card_lines(text: str, room: float) -> list[str]:
    if fit_size(text, REGULAR, 8.5, room, 7.5):
        return [text]
    return styles.balanced_lines(text, REGULAR, 8, room, 2) or [text]


def _card_back(pen: Pen, facts: RegistrationFacts, x: float, top: float) -> None:
    office, right, room = facts.office, x + CARD_WIDTH - 10, CARD_WIDTH - 10
    pen.text(x, top + 7.2, "Tunjukkan kartu ini saat datang ke pos layanan", 8.5)
    pen.text(x, top + 11.1, "atau sebutkan nomornya saat menelepon.", 8.5)
    pen.rule(x, right, top + 13.4, 0.6)
    y = top + 18.6
    pen.text(x, y, office.post_name, 9.5, BOLD)
    lines = (
        f"{office.village_term} {office.village}, {office.subdistrict_term} {office.subdistrict}",
        office.regency_line, office.address, office.contact, f"Petugas: {facts.officer}",
    )  # fmt: skip
    shown = [part for one in lines if one for part in _card_lines(one, room)]
    pitch = min(4.1, 23.4 / len(shown))
    size = min(8.5, pitch * 2.4)
    for line in shown:
        y += pitch
        pen.text(x, y, line, fit_size(line, REGULAR, size, room, 5) or 5)
    pen.rule(x, right, top + 43.6, 0.45, 0.27)
    pen.text(x, top + 47.2, "Bukan izin bekerja ke luar negeri.", 8, BOLD)
    pen.text(x, top + 50.6, "Pendaftaran tidak dipungut biaya.", 8, ITALIC)
