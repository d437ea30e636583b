"""The registration form as five sections of rows; each row's parts add up to seven.

Source: pictures 06 and 06b (fields in seven parts), FORM-3 parts A to G.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desmigratif_desktop.features.migration_services.rules import FIELDS_BY_NAME
from desmigratif_desktop.people.fields import BY_NAME, FieldSpec, Holds, coded

EPISODE: Final = "episode."
CONTACT: Final = "contact."


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the form.

    Attributes:
        key: name in the form: "name", "episode.agency", "contact.phone".
        spec: how it is called and what it holds.
        parts: its width, of the row's seven.
        help: one line under the field; empty = none.
        is_required: only the name is.
    """

    key: str
    spec: FieldSpec
    parts: int
    help: str = ""
    is_required: bool = False

    @property
    def label(self) -> str:
        """What officers call it."""
        return self.spec.label


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section.

    Attributes:
        key: identity, family, plan, documents, consents.
        note: the line beside the title.
        rows: rows of fields; documents and consents have lists instead.
    """

    key: str
    title: str
    note: str
    rows: tuple[tuple[FormField, ...], ...] = ()


def _person(name: str, parts: int, help_: str = "", *, required: bool = False) -> FormField:
    return FormField(name, BY_NAME[name], parts, help_, required)


def _episode(name: str, parts: int, help_: str = "") -> FormField:
    return FormField(f"{EPISODE}{name}", FIELDS_BY_NAME[name], parts, help_)


def _contact(name: str, label: str, parts: int, holds: Holds = Holds.TEXT) -> FormField:
    spec = FieldSpec(f"contact_{name}", label, holds)
    if name == "relation":
        spec = coded("contact_relation", label, "family_relation")
    return FormField(f"{CONTACT}{name}", spec, parts)


IDENTITY: Final = FormSection(
    "identity", "Identitas", "Isi seperti pada KTP. Yang belum diketahui boleh dikosongkan.",
    (
        (_person("nik", 7),),
        (_person("nik_missing_reason", 7, "Diisi bila NIK belum ada."),),
        (_person("name", 4, "Satu kata pun boleh. Gelar diisi terpisah.", required=True),
         _person("alias", 3)),
        (_person("birth_place", 3), _person("birth_date", 2, "Boleh bulan atau tahun saja."),
         _person("sex", 2)),
        (_person("marital_status", 3), _person("religion", 2), _person("education_level", 2)),
        (_person("marriage_record", 3), _person("marriage_date", 2), _person("blood_type", 2)),
        (_person("mother_name", 3), _person("occupation", 4)),
        (_person("father_name", 3), _person("bin_binti", 2), _person("nationality", 2)),
        (_person("title_before", 2), _person("title_after", 2), _person("disability", 3)),
        (_person("passport_name", 3), _person("passport_no", 2),
         _person("passport_valid_until", 2)),
    ),
)  # fmt: skip

FAMILY: Final = FormSection(
    "family", "Alamat, keluarga", "Keluarga yang dapat dihubungi bila terjadi sesuatu.",
    (
        (_person("no_kk", 4), _person("household_relation", 3)),
        (_person("address", 7),),
        (_person("dusun", 3), _person("rt", 2), _person("rw", 2)),
        (_person("phone", 4), _person("whatsapp", 3)),
        (_person("spouse_name", 3), _person("children_count", 2),
         _person("children_birth_years", 2)),
        (_contact("name", "Kontak darurat", 4, Holds.NAME), _contact("relation", "Hubungan", 3)),
        (_contact("phone", "Nomor HP kontak", 4, Holds.PHONE), _contact("place", "Tinggal di", 3)),
        (_episode("heir_name", 4), _episode("heir_relation", 3)),
        (_episode("caregiver_name", 4), _episode("caregiver_relation", 3)),
    ),
)  # fmt: skip

PLAN: Final = FormSection(
    "plan", "Rencana kerja", "Yang belum diketahui boleh dikosongkan.",
    (
        (_episode("stage", 4), _episode("route_status", 3)),
        (_episode("destination_country", 4), _episode("abroad_occupation", 3)),
        (_episode("placement_scheme", 4), _episode("contract_months", 3)),
        (_episode("agency", 4), _episode("agency_license_no", 3)),
        (_episode("recruiter", 4), _episode("recruiter_phone", 3)),
        (_episode("information_source", 3), _episode("fee_asked", 2), _episode("fee_paid", 2)),
        (_episode("employer", 4), _episode("employer_phone", 3)),
        (_episode("departure_date", 2), _episode("return_date", 2), _episode("return_reason", 3)),
        (_episode("courses", 7),),
        (_episode("health_statement", 4), _episode("registered_at", 3)),
    ),
)  # fmt: skip

DOCUMENTS: Final = FormSection("documents", "Dokumen", "Tandai yang sudah ada hari ini.")
CONSENTS: Final = FormSection(
    "consents", "Persetujuan",
    "Menolak pun tetap dilayani. Data dikirim ke Dinas karena tugas pelayanan.",
)  # fmt: skip

SECTIONS: Final = (IDENTITY, FAMILY, PLAN, DOCUMENTS, CONSENTS)
FIELDS: Final = {field.key: field for section in SECTIONS for row in section.rows for field in row}
"""Every field of the form by its key."""
SECTION_OF: Final = {
    field.key: section.key for section in SECTIONS for row in section.rows for field in row
}
"""Which section a field stands in."""
