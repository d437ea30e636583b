"""FORM-3, the registration form (`pendaftaran_cpmi`): two pages, filled or for the pen.

Source: paper study F3 and its pictures 03a-d; UU 18/2017 art. 13 and 42; UU 27/2022.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.documents import blocks
from desmigratif_desktop.documents.press import (
    PaperMeta,
    PressedPaper,
    initials,
    press,
    require_printable,
)
from desmigratif_desktop.documents.sheets import F4, Sheet
from desmigratif_desktop.documents.styles import BOLD
from desmigratif_desktop.features.migration_services.documents.form_back import draw_back
from desmigratif_desktop.features.migration_services.documents.rows import (
    Rows,
    rhythm_of,
    three,
)
from desmigratif_desktop.features.migration_services.values import (
    RegistrationFacts,
    RelativeFacts,
    WorkFacts,
)
from desmigratif_desktop.foundation.partial_dates import format_long, is_partial_date

if TYPE_CHECKING:
    from desmigratif_desktop.documents.facts import Office
    from desmigratif_desktop.documents.pen import Pen

SUBTITLES = {
    "cpmi": "CALON PEKERJA MIGRAN INDONESIA (CPMI)",
    "pmi": "PEKERJA MIGRAN INDONESIA (PMI) DI LUAR NEGERI",
    "purna": "PURNA PEKERJA MIGRAN INDONESIA",
}
EDUCATION_BOXES = (
    (61.9, "Tidak tamat SD", ("tidak_belum_sekolah", "belum_tamat_sd_sederajat")),
    (90.8, "SD", ("tamat_sd_sederajat",)),
    (103.9, "SLTP", ("sltp_sederajat",)),
    (119.9, "SLTA", ("slta_sederajat",)),
    (135.8, "D I–III", ("diploma_i_ii", "akademi_diploma_iii_s_muda")),
    (153.7, "S1 ke atas", ("diploma_iv_strata_i", "strata_ii", "strata_iii")),
)
"""Six boxes for the ten values of the KK list; the record keeps the exact one."""
LANGUAGE_BOXES = (
    (61.9, "Inggris"), (79.6, "Mandarin"), (101.0, "Kanton"), (119.0, "Jepang"),
    (136.6, "Korea"), (152.6, "Arab"),
)  # fmt: skip
EXPERIENCE_COLUMNS = (20.0, 98.0, 138.0, 170.0, 200.0)
EXPERIENCE_ROWS, MOST_EXPERIENCE = 3, 5


def registration_form(
    facts: RegistrationFacts, sheet: Sheet = F4, *, emblem: bytes | None = None,
    photo: bytes | None = None,
) -> PressedPaper:  # fmt: skip
    """Press FORM-3 with these facts.

    Args:
        facts: what it says.
        sheet: F4 or A4.
        emblem: the village's emblem as PNG; None = nothing is drawn.
        photo: printed only where the facts hold the consent.

    Raises:
        InputError: a value cannot be printed or does not fit; it names the field.
    """
    require_printable(facts)
    meta = PaperMeta(
        f"Formulir Pendaftaran {initials(facts.name)}".strip(), facts.registered_on,
        facts.office.place_line,
    )  # fmt: skip
    agreed = photo if "photo" in facts.consents else None
    return _press(facts, sheet, meta, emblem, agreed)


def blank_registration_form(
    office: Office, sheet: Sheet = F4, *, emblem: bytes | None = None, registrant: str = "cpmi"
) -> PressedPaper:
    """Press FORM-3 for filling by hand; it takes no number."""
    facts = RegistrationFacts(office, "", "", "", "", registrant=registrant)
    require_printable(facts)
    meta = PaperMeta("Formulir Pendaftaran (kosong)", "", office.place_line)
    return _press(facts, sheet, meta, emblem, None)


def _press(
    facts: RegistrationFacts, sheet: Sheet, meta: PaperMeta, emblem: bytes | None,
    photo: bytes | None,
) -> PressedPaper:  # fmt: skip
    def front(pen: Pen) -> None:
        if facts.office.practice:
            blocks.practice_marks(pen)
        blocks.post_letterhead(pen, facts.office, emblem)
        _draw_title(pen, facts, photo)
        rows = Rows(pen, rhythm_of(sheet).front)
        rows.section(
            79.3 if sheet.is_tall else 78.0,
            "A",
            "Data diri",
            "Sesuai KTP elektronik dan Kartu Keluarga",
        )
        _draw_person(rows, facts)
        rows.section(rows.y + rows.beat.before, "B", "Keluarga dan kontak darurat")
        _draw_family(rows, facts)
        rows.section(rows.y + rows.beat.before, "C", "Keterampilan dan pengalaman")
        _draw_skills(rows, facts)
        _draw_experience(rows, facts.work_history)
        draw_footer(pen, facts, 1)

    def back(pen: Pen) -> None:
        if facts.office.practice:
            blocks.practice_marks(pen)
        draw_back(pen, facts)
        draw_footer(pen, facts, 2)

    return press((front, back), sheet, meta)


def draw_footer(pen: Pen, facts: RegistrationFacts, page: int) -> None:
    """Draw the form's footer."""
    office = facts.office
    name = f"FORM-3 · Pendaftaran · {office.village_term} {office.dotted_code}"
    blocks.footer(pen, name, f"Halaman {page} dari 2")


def _draw_title(pen: Pen, facts: RegistrationFacts, photo: bytes | None) -> None:
    rows = Rows(pen, 8.0)
    right = pen.sheet.end
    pen.text(20, 40.6, "FORMULIR PENDAFTARAN", 14, BOLD, tracking=0.2)
    subtitle = SUBTITLES.get(facts.registrant, SUBTITLES["cpmi"])
    pen.text(20, 47.3, subtitle, 12, BOLD)
    wide = pen.text(20, 53.9, "Isi dengan huruf cetak. Beri tanda", 9)
    blocks.tick_box(pen, 20 + wide + 1.8, 53.9, ticked=True)
    pen.text(20 + wide + 7, 53.9, "pada pilihan. Kosongkan yang belum diketahui.", 9)
    rows.y = 62.2
    dates = format_long(facts.registered_on) if facts.registered_on else ""
    _head_line(rows, "No. pendaftaran", facts.registration_no, "registration_no", right)
    _head_line_right(rows, "Tanggal", dates, "registered_on", right)
    rows.y = 70.2
    _head_line(rows, "Petugas penerima", facts.officer, "officer", right)
    _head_line_right(rows, "Tempat", facts.place, "place", right)
    blocks.photo_box(pen, right - 30, 36, photo)


def _head_line(rows: Rows, label: str, value: str | None, field: str, right: float) -> None:
    rows.pen.text(20, rows.y, label, 9)
    start, end = 50.5, right - 97.5
    rows.pen.dots(start, end, rows.y)
    rows.pen.value(start + 1, rows.y, value, end - start - 1, field=field)


def _head_line_right(rows: Rows, label: str, value: str | None, field: str, right: float) -> None:
    rows.pen.text(right - 95.6, rows.y, label, 9)
    start, end = right - 82.5, right - 34.5
    rows.pen.dots(start, end, rows.y)
    rows.pen.value(start + 1, rows.y, value, end - start - 1, field=field)


def _draw_person(rows: Rows, facts: RegistrationFacts) -> None:
    rows.label(1, "NIK")
    end = rows.comb(62, facts.nik, blocks.NIK_GROUPS)
    if facts.nik_missing_reason and not facts.nik:
        room = rows.pen.sheet.end - end - 3
        rows.pen.value(end + 3, rows.y, facts.nik_missing_reason, room, field="nik_missing_reason",
                       size=9)  # fmt: skip
    rows.down()
    rows.label(2, "Nomor KK")
    rows.comb(62, facts.no_kk, blocks.NIK_GROUPS)
    rows.down()
    rows.label(3, "Nama lengkap")
    rows.line(62, 200, facts.name, "name")
    rows.down()
    rows.label(4, "Nama di paspor")
    rows.line(62, 200, facts.passport_name, "passport_name")
    rows.down()
    _draw_birth(rows, facts)
    rows.down()
    rows.label(6, "Jenis kelamin")
    rows.choices(((61.9, "Laki-laki", facts.sex == "L"), (86.9, "Perempuan", facts.sex == "P")))
    rows.label(7, "Agama", 123.9)
    rows.line(143.9, 200, facts.religion, "religion")
    rows.down()
    _draw_status(rows, facts)
    rows.down()
    _draw_residence(rows, facts)


def _draw_birth(rows: Rows, facts: RegistrationFacts) -> None:
    rows.label(5, "Tempat lahir")
    rows.line(62, 113.5, facts.birth_place, "birth_place")
    left = rows.pen.sheet.end - 59.2
    rows.pen.text(left - 2.2, rows.y, "Tanggal lahir", 9, align="right")
    end = blocks.comb(rows.pen, left, rows.y, date_cells(facts.birth_date), (2, 2, 4))
    rows.pen.text(end + 1.3, rows.y, "tgl-bln-thn", 8)


def _draw_status(rows: Rows, facts: RegistrationFacts) -> None:
    unrecorded = facts.marital_status == "kawin" and facts.marriage_record == "belum_tercatat"
    rows.label(8, "Status perkawinan")
    rows.choices((
        (61.9, "Belum kawin", facts.marital_status == "belum_kawin"),
        (89.8, "Kawin", facts.marital_status == "kawin" and not unrecorded),
        (110.0, "Cerai hidup", facts.marital_status == "cerai_hidup"),
        (136.7, "Cerai mati", facts.marital_status == "cerai_mati"),
        (162.5, "Kawin belum tercatat", unrecorded),
    ))  # fmt: skip
    rows.down()
    rows.label(9, "Pendidikan terakhir")
    level = "_".join(part for part in (facts.education_level or "").split("_") if part)
    rows.choices([(at, word, level in codes) for at, word, codes in EDUCATION_BOXES])


def _draw_residence(rows: Rows, facts: RegistrationFacts) -> None:
    rows.label(10, "Alamat")
    rows.line(62, 200, facts.address, "address")
    rows.down()
    rows.word(62, "RT")
    rows.comb(67.8, three(facts.rt), (3,))
    rows.word(88.2, "RW")
    rows.comb(95.2, three(facts.rw), (3,))
    rows.word(115.8, "Dusun")
    rows.line(127.8, 200, facts.dusun, "dusun")
    rows.down()
    rows.label(11, "Nomor telepon")
    rows.line(62, 114.1, facts.phone, "phone")
    rows.word(117.8, "WhatsApp")
    rows.line(134.8, 200, facts.whatsapp, "whatsapp")


def _draw_family(rows: Rows, facts: RegistrationFacts) -> None:
    rows.label(12, "Nama ibu kandung")
    rows.line(62, 119.4, facts.mother_name, "mother_name")
    rows.label(13, "Nama ayah", 121.9)
    rows.line(147.8, 200, facts.father_name, "father_name")
    rows.down()
    rows.label(14, "Nama suami/istri")
    rows.line(62, 200, facts.spouse_name, "spouse_name")
    rows.down()
    count = None if facts.children_count is None else str(facts.children_count)
    rows.label(15, "Jumlah anak")
    rows.line(62, 76, count, "children_count")
    rows.word(77.8, "orang")
    rows.word(93.9, "Tahun lahir")
    rows.line(112, 200, facts.children_birth_years, "children_birth_years")
    rows.down()
    contact = facts.emergency_contact
    _relative(rows, 16, "Kontak darurat", contact, "emergency_contact")
    rows.word(62, "Nomor telepon")
    rows.line(87.9, 143.6, contact.phone if contact else None, "emergency_contact")
    rows.word(147.8, "Tinggal di")
    rows.line(165.2, 200, contact.place if contact else None, "emergency_contact")
    rows.down()
    _relative(rows, 17, "Ahli waris", facts.heir, "heir")
    _relative(rows, 18, "Pengasuh anak", facts.caregiver, "caregiver")
    rows.down(-1)


def _relative(rows: Rows, number: int, label: str, who: RelativeFacts | None, field: str) -> None:
    rows.label(number, label)
    rows.line(62, 143.6, who.name if who else None, field)
    rows.word(147.8, "Hubungan")
    rows.line(165.2, 200, who.relation if who else None, field)
    rows.down()


def _draw_skills(rows: Rows, facts: RegistrationFacts) -> None:
    rows.label(19, "Pelatihan/kursus")
    rows.line(62, 200, facts.courses, "courses")
    rows.down()
    known = {word.casefold(): at for at, word in LANGUAGE_BOXES}
    spoken = {one.casefold() for one in facts.languages}
    others = ", ".join(one for one in facts.languages if one.casefold() not in known)
    rows.label(20, "Bahasa asing")
    rows.choices([(at, word, word.casefold() in spoken) for at, word in LANGUAGE_BOXES])
    rows.choices(((167.4, "lain", bool(others)),))
    rows.line(179.6, 200, others, "languages")
    rows.down()
    rows.label(21, "Pengalaman kerja di dalam dan luar negeri")


def _draw_experience(rows: Rows, history: tuple[WorkFacts, ...]) -> None:
    if len(history) > MOST_EXPERIENCE:
        earlier = len(history) - MOST_EXPERIENCE + 1
        words = f"dan {earlier} pekerjaan sebelumnya, tercatat di pos layanan"
        history = (*history[-(MOST_EXPERIENCE - 1) :], WorkFacts(words))
    count = max(EXPERIENCE_ROWS, len(history))
    spare = rows.beat.spare if count > EXPERIENCE_ROWS else 0
    height = (rows.beat.experience * EXPERIENCE_ROWS + spare) / count
    top = rows.y + (4.0 if rows.pen.sheet.is_tall else 2.6)
    rows.table_frame(EXPERIENCE_COLUMNS, top, (5.6, *[height] * count))
    titles = ("Pekerjaan dan tempat", "Negara/kota", "Tahun", "Alasan berhenti")
    for at, title in zip(EXPERIENCE_COLUMNS, titles, strict=False):
        rows.head(at + 1.5, top + 3.8, title)
    y = top + 5.6
    for one in history:
        values = (one.work, one.country, one.years, one.reason_left)
        for n, value in enumerate(values):
            start, end = EXPERIENCE_COLUMNS[n], EXPERIENCE_COLUMNS[n + 1]
            rows.cell(start, end, y, height, value, "work_history")
        y += height


def date_cells(value: str | None) -> str:
    """Spread a date over its eight cells; what is not known stays empty.

    Args:
        value: "1990-05-01" -> "01051990", "1990" -> "    1990".
    """
    if not value or not is_partial_date(value):
        return ""
    year, month, day = (*value.split("-"), "", "")[:3]
    return f"{day:>2}{month:>2}{year}"
