"""The fields of a person: how each is called, what it may hold, where its words stand.

Forms, history lines, imports and the command line read this one list.

Source: reference/domain.md §3.3-3.7, §11.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Holds(StrEnum):
    """What kind of value a field holds."""

    NAME = "name"
    TEXT = "text"
    NOTE = "note"
    NIK = "nik"
    NO_KK = "no_kk"
    CODE = "code"
    DATE = "date"
    PAST_DATE = "past_date"
    PHONE = "phone"
    UNIT = "unit"
    COUNT = "count"
    MONTHS = "months"
    MONEY = "money"
    AREA = "area"
    PASSPORT = "passport"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form.

    Attributes:
        name: identifier, also the JSON name.
        label: what officers call it.
        holds: what kind of value.
        table: reference table of a coded field; empty otherwise.
    """

    name: str
    label: str
    holds: Holds = Holds.TEXT
    table: str = ""


def coded(name: str, label: str, table: str = "") -> FieldSpec:
    """A coded field; its table carries the field's name unless another is given."""
    return FieldSpec(name, label, Holds.CODE, table or name)


PERSON_FIELDS: Final = (
    FieldSpec("name", "Nama lengkap", Holds.NAME),
    FieldSpec("nik", "NIK", Holds.NIK),
    coded("nik_missing_reason", "Alasan tanpa NIK"),
    FieldSpec("no_kk", "Nomor KK", Holds.NO_KK),
    coded("household_relation", "Hubungan dalam keluarga"),
    coded("sex", "Jenis kelamin"),
    FieldSpec("birth_place", "Tempat lahir"),
    FieldSpec("birth_date", "Tanggal lahir", Holds.PAST_DATE),
    coded("religion", "Agama"),
    coded("marital_status", "Status perkawinan"),
    FieldSpec("marriage_date", "Tanggal perkawinan", Holds.PAST_DATE),
    coded("marriage_record", "Pencatatan perkawinan"),
    coded("education_level", "Pendidikan terakhir"),
    coded("occupation", "Pekerjaan"),
    coded("blood_type", "Golongan darah"),
    coded("nationality", "Kewarganegaraan"),
    coded("disability", "Disabilitas"),
    FieldSpec("phone", "Nomor HP", Holds.PHONE),
    FieldSpec("whatsapp", "Nomor WhatsApp", Holds.PHONE),
    FieldSpec("email", "Surel"),
    FieldSpec("address", "Alamat"),
    FieldSpec("dusun", "Dusun"),
    FieldSpec("rt", "RT", Holds.UNIT),
    FieldSpec("rw", "RW", Holds.UNIT),
    FieldSpec("area_code", "Kode wilayah", Holds.AREA),
    FieldSpec("current_address", "Alamat sekarang"),
    FieldSpec("father_name", "Nama ayah", Holds.NAME),
    FieldSpec("mother_name", "Nama ibu kandung", Holds.NAME),
    FieldSpec("father_nik", "NIK ayah", Holds.NIK),
    FieldSpec("mother_nik", "NIK ibu", Holds.NIK),
    FieldSpec("spouse_name", "Nama suami/istri", Holds.NAME),
    FieldSpec("children_count", "Jumlah anak", Holds.COUNT),
    FieldSpec("children_birth_years", "Tahun lahir anak"),
    FieldSpec("alias", "Nama panggilan", Holds.NAME),
    FieldSpec("title_before", "Gelar di depan"),
    FieldSpec("title_after", "Gelar di belakang"),
    FieldSpec("bin_binti", "Bin/binti", Holds.NAME),
    FieldSpec("passport_name", "Nama di paspor", Holds.NAME),
    FieldSpec("passport_no", "Nomor paspor", Holds.PASSPORT),
    FieldSpec("passport_valid_until", "Paspor berlaku sampai", Holds.DATE),
    FieldSpec("birth_certificate_no", "Nomor akta kelahiran"),
    FieldSpec("marriage_certificate_no", "Nomor akta perkawinan"),
    FieldSpec("divorce_certificate_no", "Nomor akta perceraian"),
    FieldSpec("divorce_date", "Tanggal perceraian", Holds.PAST_DATE),
    coded("education_current", "Pendidikan sedang ditempuh"),
    FieldSpec("kitas_no", "Nomor KITAS/KITAP"),
    FieldSpec("ethnicity", "Suku"),
    coded("life_status", "Status dasar"),
    FieldSpec("id_siapkerja", "ID SIAPkerja"),
    FieldSpec("no_ak1", "Nomor AK-1"),
    FieldSpec("id_siskop2mi", "ID Sisko P2MI"),
    FieldSpec("no_bpjs_tk", "Nomor BPJS Ketenagakerjaan"),
    FieldSpec("no_bpjs_kes", "Nomor BPJS Kesehatan"),
    FieldSpec("note", "Catatan", Holds.NOTE),
)
"""Every field a person may carry, in the order of forms and exports."""

BY_NAME: Final = {one.name: one for one in PERSON_FIELDS}
COLUMNS: Final = tuple(one.name for one in PERSON_FIELDS if one.name != "no_kk")
"""The fields that are columns of a person; `no_kk` stands on the household."""

OTHER_LABELS: Final = {
    "state": "Keadaan data",
    "household": "Kartu keluarga",
    "residence": "Alamat",
    "marriage": "Perkawinan",
    "head": "Kepala keluarga",
    "issued_on": "Tanggal terbit",
    "role": "Peran",
    "present": "Berlaku",
    "since": "Sejak",
}
"""Words for registers that are no field of a form."""

REGISTER_OF: Final = {
    "rt": "residence", "rw": "residence", "dusun": "residence", "marital_status": "marriage",
    "marriage_date": "marriage", "marriage_record": "marriage", "no_kk": "household",
}  # fmt: skip
"""The register a person's field lies in, where it is not its own."""


def register_of(name: str) -> str:
    """The register of a person's field, by which its dots are known."""
    return REGISTER_OF.get(name, name)


def label_of(register: str) -> str:
    """What officers call a field or register."""
    spec = BY_NAME.get(register)
    return spec.label if spec is not None else OTHER_LABELS.get(register, register)
