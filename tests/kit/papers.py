"""What the tests of papers look at: facts to print, and the pages as a reader sees them."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader

from desmigratif_desktop.documents.facts import Office
from desmigratif_desktop.features.migration_services.values import (
    RegistrationFacts,
    RelativeFacts,
    WorkFacts,
)
from desmigratif_desktop.records.actors import Actor, Role
from desmigratif_desktop.records.engine import Store
from desmigratif_desktop.records.keys import new_keys
from desmigratif_desktop.records.kinds import Registry

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.foundation.clock import Clock

OFFICE = Office(
    "9905012003", "Karanganyar", "Sindangsari", "Tirtamulya", "Provinsi Contoh",
    "Jalan Raya Karanganyar Nomor 12", "Telepon 0812-0000-7788", short_name="Ds.Krg",
    head_name="H. Suparman, S.Sos.",
)  # fmt: skip
LONG_NAME = "Raden Ayu Kusumaningtyas Hadiningrat Prabandari Sastrowardoyo"
OFFICER = Actor(b"\x01" * 16, "Dewi Lestari", Role.PETUGAS)
VIEWER = Actor(b"\x02" * 16, "H. Suparman", Role.PENANGGUNG_JAWAB)


def registration(**changes: Any) -> RegistrationFacts:
    """The facts of picture 03, with changes."""
    facts = RegistrationFacts(
        OFFICE, "CPMI/99.05.01.2003/A/2026/0047", "2026-11-21", "Dewi Lestari",
        "SITI NURHALIMAH", "Balai Desa", nik="9905014105900003", no_kk="9905012008150011",
        passport_name="SITI NURHALIMAH BINTI KASAN", birth_place="Sumberjaya",
        birth_date="1990-05-01", sex="P", religion="Islam", marital_status="kawin",
        marriage_record="tercatat", education_level="sltp_sederajat",
        address="Jalan Melati Nomor 4", rt="003", rw="002", dusun="Krajan Kulon",
        phone="0812-0000-4418", whatsapp="0812-0000-4418", mother_name="Sumiyati",
        father_name="Kasan", spouse_name="AHMAD SUBAGYO HADIKUSUMO", children_count=2,
        children_birth_years="2013, 2019",
        emergency_contact=RelativeFacts("Ahmad Subagyo", "suami", "0812-0000-4417", "desa ini"),
        heir=RelativeFacts("Ahmad Subagyo", "suami"), caregiver=RelativeFacts("Sumiyati", "nenek"),
        courses="Perawatan lansia (BLK Tirtamulya, 2026)", languages=("Mandarin",),
        work_history=(WorkFacts("Asisten rumah tangga", "Hong Kong", "2013–2017", "selesai"),),
        destination_country="Taiwan", occupation="Perawat lansia (caregiver)",
        placement_scheme="p_to_p", agency="PT Bahtera Karya Mandiri",
        agency_license_no="000/2024", recruiter_name="Bambang Prakoso",
        recruiter_phone="0857-0000-1234", information_source="keluarga_teman", fee_asked=0,
        fee_paid=0, health_statement="sehat", disability="tidak",
        consents=("contact_family", "agency", "health_note"),
    )  # fmt: skip
    return dataclasses.replace(facts, **changes)


def texts(data: bytes) -> list[str]:
    """The text of each page, blanks made even."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def loose_fonts(data: bytes) -> set[str]:
    """The fonts of a PDF that are not embedded."""
    reader = PdfReader(io.BytesIO(data))
    loose: set[str] = set()
    for page in reader.pages:
        fonts = page["/Resources"].get("/Font", {})
        for one in fonts.values():
            font = one.get_object()
            kept = font.get("/DescendantFonts", [font])[0].get_object()
            if "/FontFile2" not in kept.get("/FontDescriptor", {}).get_object():
                loose.add(str(font["/BaseFont"]))
    return loose


def annotations(data: bytes) -> list[Any]:
    """Links and other annotations of a PDF."""
    return [one for page in PdfReader(io.BytesIO(data)).pages for one in page.get("/Annots", [])]


def paper_store(folder: Path, clock: Clock, laptop: str = "A", *, practice: bool = False) -> Store:
    """A real, encrypted store that knows issued papers only."""
    from desmigratif_desktop.documents import model, steps

    folder.mkdir(parents=True, exist_ok=True)
    return Store.create(
        folder, new_keys(OFFICER), Registry(model.KINDS), clock, (steps.migrations,),
        village=OFFICE.village_code, laptop=laptop, practice=practice,
    )  # fmt: skip
