"""FORM-3, page 2: the wish, health, documents, consent, statement and signatures.

Sending to the district rests on public duty and is told, not asked; asked are only the
purposes that a person may refuse. Sponsor and fees are there to see a danger in time.

Source: paper study F3; UU 18/2017 art. 13 and 42; UU 27/2022 art. 20-22.
"""

from __future__ import annotations

from desmigratif_desktop.documents import blocks, styles
from desmigratif_desktop.documents.blocks import Signatory
from desmigratif_desktop.documents.pen import Pen, too_long
from desmigratif_desktop.documents.styles import BOLD, REGULAR
from desmigratif_desktop.features.migration_services.documents.rows import Rows, rhythm_of
from desmigratif_desktop.features.migration_services.values import (
    DocumentFacts,
    RegistrationFacts,
)
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.foundation.partial_dates import format_long
from desmigratif_desktop.foundation.reference import table

DOCUMENT_COLUMNS = (20.0, 28.0, 120.0, 132.0, 144.0, 200.0)
MOST_DOCUMENTS = 18
SCHEME_BOXES = (
    (61.9, "P3MI (P to P)", ("p_to_p",)), (90.8, "Pemerintah (G to G)", ("g_to_g", "g_to_p")),
    (127.8, "Perseorangan", ("perseorangan",)), (155.7, "UKPS", ("ukps",)),
    (172.7, "Awak kapal", ("awak_kapal",)),
)  # fmt: skip
SOURCE_BOXES = (
    (61.9, "Petugas desa", ("petugas_desa",)),
    (91.8, "Keluarga/teman", ("keluarga_teman", "keluarga", "teman")),
    (124.7, "P3MI", ("p3mi",)), (142.7, "Media sosial", ("media_sosial",)),
)  # fmt: skip
PURPOSE = (
    "Data ini dipakai Pemerintah Desa dan pos layanan Desmigratif serta disampaikan kepada Dinas "
    "Tenaga Kerja kabupaten untuk melayani dan melindungi saya (UU 18/2017 Pasal 42). Butir di "
    "bawah ini boleh saya tolak atau tarik kapan saja; pendaftaran saya tetap dilayani."
)
CONSENTS = ("contact_family", "agency", "health_note", "photo")
"""Purposes asked on this form; their words stand in the table `consent_purpose`."""
STATEMENT = {
    "cpmi": "Saya menyatakan bahwa keterangan di atas benar, bahwa saya mendaftar atas kemauan "
    "sendiri, dan bahwa petugas telah menjelaskan tata cara bekerja ke luar negeri secara "
    "prosedural. Pendaftaran ini tidak dipungut biaya.",
    "pmi": "Saya menyatakan bahwa keterangan di atas benar sepanjang yang saya ketahui. "
    "Pendaftaran ini untuk pelayanan dan pelindungan, dan tidak dipungut biaya.",
    "purna": "Saya menyatakan bahwa keterangan di atas benar dan bahwa saya mendaftar atas "
    "kemauan sendiri. Pendaftaran ini tidak dipungut biaya.",
}
CAPACITY = {
    "cpmi": "Calon Pekerja Migran Indonesia,",
    "pmi": "Pekerja Migran Indonesia,",
    "purna": "Purna Pekerja Migran Indonesia,",
}


def usual_documents() -> tuple[DocumentFacts, ...]:
    """The document list of the table `document`, nothing ticked: what a blank form shows."""
    kinds = table("document")
    codes = sorted(kinds.codes(), key=lambda code: int(kinds.extra(code, "order") or 0))  # noqa: S610 - a table, not Django
    return tuple(DocumentFacts(kinds.label(code)) for code in codes)


def draw_back(pen: Pen, facts: RegistrationFacts) -> None:
    """Draw page 2 without its footer."""
    rows = Rows(pen, rhythm_of(pen.sheet).back)
    _draw_running_head(rows, facts)
    rows.section(18.2 if pen.sheet.is_tall else 17.2, "D", "Minat kerja")
    _draw_wish(rows, facts)
    note = "Boleh dikosongkan. Hanya untuk rujukan layanan."
    rows.section(rows.y + rows.beat.before - 0.5, "E", "Kesehatan", note)
    _draw_health(rows, facts)
    note = "Pos layanan menyimpan salinan, bukan dokumen asli."
    rows.section(rows.y + rows.beat.before - 0.5, "F", "Kelengkapan dokumen", note)
    bottom = _draw_documents(rows, facts.documents)
    rows.section(bottom + rows.beat.before - 3, "G", "Persetujuan pemrosesan data pribadi",
                 "UU Nomor 27 Tahun 2022")  # fmt: skip
    _draw_consent(rows, facts)
    rows.section(rows.y + rows.beat.before - 2.2, "H", "Pernyataan")
    _paragraph(rows, STATEMENT.get(facts.registrant, STATEMENT["cpmi"]))
    _draw_signatures(rows, facts)


def _draw_running_head(rows: Rows, facts: RegistrationFacts) -> None:
    rows.y = 13.8
    rows.pen.text(20, rows.y, "Formulir Pendaftaran", 9.5, BOLD)
    rows.word(78.0, "Nama")
    rows.line(88.5, 143.0, facts.name, "name")
    rows.word(146.0, "No.")
    number = facts.registration_no
    room = rows.x(200) - rows.x(152.5) - 1.2
    if styles.width_mm(number, REGULAR, 8) > room and number.count("/") > 2:
        number = "…/" + "/".join(number.split("/")[-3:])
    rows.line(152.5, 200, number, "registration_no")


def _draw_wish(rows: Rows, facts: RegistrationFacts) -> None:
    rows.label(22, "Negara tujuan")
    rows.line(62, 119.4, facts.destination_country, "destination_country")
    rows.label(23, "Jabatan", 121.9)
    rows.line(143.9, 200, facts.occupation, "occupation")
    rows.down()
    rows.label(24, "Skema penempatan")
    rows.choices([(at, word, facts.placement_scheme in codes) for at, word, codes in SCHEME_BOXES])
    rows.down()
    rows.label(25, "Nama P3MI")
    rows.line(62, 143.6, facts.agency, "agency")
    rows.word(147.8, "SIP3MI")
    rows.line(162.6, 200, facts.agency_license_no, "agency_license_no")
    rows.down()
    rows.label(26, "Sponsor/perekrut")
    rows.line(62, 143.6, facts.recruiter_name, "recruiter_name")
    rows.word(147.8, "Telepon")
    rows.line(162.6, 200, facts.recruiter_phone, "recruiter_phone")
    rows.down()
    known = {code for _, _, codes in SOURCE_BOXES for code in codes}
    source = facts.information_source
    rows.label(27, "Sumber informasi")
    rows.choices([(at, word, source in codes) for at, word, codes in SOURCE_BOXES])
    rows.choices(((170.7, "Lain", bool(source) and source not in known),))
    rows.down()
    rows.label(28, "Biaya yang diminta")
    rows.word(62, "Rp")
    rows.line(67.8, 112, _rupiah(facts.fee_asked), "fee_asked")
    rows.word(115.8, "Sudah dibayar Rp")
    rows.line(143.9, 200, _rupiah(facts.fee_paid), "fee_paid")


def _draw_health(rows: Rows, facts: RegistrationFacts) -> None:
    allowed = "health_note" in facts.consents
    state = facts.health_statement if allowed else None
    need = facts.disability if allowed else None
    rows.label(29, "Keadaan sekarang")
    rows.choices((
        (61.9, "Merasa sehat", state == "sehat"),
        (92.8, "Perlu pemeriksaan", state == "perlu_pemeriksaan"),
        (131.9, "Tidak ingin menjawab", state == "tidak_menjawab"),
    ))  # fmt: skip
    rows.down()
    special = bool(need) and need != "tidak"
    rows.label(30, "Disabilitas")
    rows.choices(((61.9, "Tidak", need == "tidak"), (79.9, "Ya, kebutuhan khusus:", special)))
    rows.line(119.5, 200, need if special else None, "disability")


def _draw_documents(rows: Rows, given: tuple[DocumentFacts, ...]) -> float:
    """Draw the document table; give back the y of its lower edge."""
    documents = given or usual_documents()
    if len(documents) > MOST_DOCUMENTS:
        raise too_long("documents")
    top = rows.y - rows.beat.after + (8.4 if rows.pen.sheet.is_tall else 7.6)
    height = min(5.9, rows.beat.documents / max(len(documents), 16))
    rows.table_frame(DOCUMENT_COLUMNS, top, (5.6, *[height] * len(documents)))
    heads = ((24.0, "No", "centre"), (29.5, "Dokumen", "left"), (126.0, "Ada", "centre"),
             (138.0, "Belum", "centre"), (145.5, "Nomor / keterangan", "left"))  # fmt: skip
    for at, word, align in heads:
        rows.head(at, top + 3.8, word, align)
    y = top + 5.6
    for number, one in enumerate(documents, 1):
        rows.pen.text(rows.x(24.0), y + height / 2 + 1.1, str(number), 9, align="centre")
        rows.cell(28.0, 120.0, y, height, one.label, "documents")
        base = y + height / 2 + 0.95
        blocks.tick_box(rows.pen, rows.x(126.0) - 1.7, base, ticked=one.held is True)
        blocks.tick_box(rows.pen, rows.x(138.0) - 1.7, base, ticked=one.held is False)
        rows.cell(144.0, 200.0, y, height, one.note, "documents")
        y += height
    return y


def _draw_consent(rows: Rows, facts: RegistrationFacts) -> None:
    _paragraph(rows, PURPOSE)
    step = 5.6 if rows.pen.sheet.is_tall else 5.1
    purposes = table("consent_purpose")
    for purpose in CONSENTS:
        rows.y += step
        blocks.tick_box(rows.pen, 20, rows.y, ticked=purpose in facts.consents)
        words = purposes.extra(purpose, "text")  # noqa: S610 - a table, not Django
        rows.pen.text(25.6, rows.y, words, 9)


def _paragraph(rows: Rows, text: str) -> None:
    """Set fixed text from the section's rule on; the cursor stays on its last line."""
    rows.y -= rows.beat.after - (10.6 if rows.pen.sheet.is_tall else 9.6)
    lines = wrapped(text, 9, rows.pen.sheet.end - 20)
    for n, line in enumerate(lines):
        rows.y += 4.2 if n else 0
        rows.pen.text(20, rows.y, line, 9)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Break fixed text into full lines."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if styles.width_mm(longer, REGULAR, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _draw_signatures(rows: Rows, facts: RegistrationFacts) -> None:
    pen, top = rows.pen, rows.y + (8.2 if rows.pen.sheet.is_tall else 6.4)
    right = pen.sheet.end - 32
    capacity = CAPACITY.get(facts.registrant, CAPACITY["cpmi"])
    if facts.signer_name:
        capacity = "Pemberi keterangan,"
    thumb = facts.signs_with == "thumbprint"
    below = "(cap jempol kiri)" if thumb else facts.signer_relation or ""
    name = facts.signer_name or facts.name
    holder = Signatory((capacity,), name.upper(), below if name else "")
    when = format_long(facts.registered_on) if facts.registered_on else f"{'.' * 26} 20{'.' * 6}"
    place = f"{facts.office.village}, {when}"
    officer = Signatory((place, "Petugas Desmigratif,"), facts.officer.upper())
    middle = (52 + right) / 2
    blocks.thumb_box(
        pen, middle - 11, top + 1.6, rows.beat.sign + 6 if thumb else rows.beat.sign + 4
    )
    blocks.signature(pen, 52, top + 4.6, holder, space=rows.beat.sign, width=62, size=9.5)
    blocks.signature(
        pen, right, top, officer, space=rows.beat.sign, width=62, size=9.5, field="officer"
    )


def _rupiah(amount: int | None) -> str | None:
    return None if amount is None else format_number(amount)
