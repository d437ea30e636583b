"""Values of the migration services: what papers say, what forms carry, what screens show.

Frozen, without behaviour. The facts of printed papers stand first; drafts and views follow.
"""

from __future__ import annotations

from dataclasses import dataclass

from desmigratif_desktop.documents.facts import Office


@dataclass(frozen=True, slots=True)
class RelativeFacts:
    """A person near the registrant, as FORM-3 prints them.

    Attributes:
        relation: printed word ("suami", "nenek").
        phone: as printed ("0812-0000-4417").
        place: where they live ("desa ini").
    """

    name: str
    relation: str | None = None
    phone: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """One line of work experience, at home or abroad."""

    work: str
    country: str | None = None
    years: str | None = None
    reason_left: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One line of the document check.

    Attributes:
        label: printed name of the document.
        held: True = Ada, False = Belum, None = neither box is ticked.
        note: number or remark.
    """

    label: str
    held: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """Everything FORM-3 (`pendaftaran_cpmi`) and FORM-17 say; None = not known, left blank.

    Coded fields hold identifiers of `resources/reference/`; texts are printed as they stand.

    Attributes:
        registration_no: "CPMI/99.05.01.2003/A/2026/0047".
        registered_on: ISO date.
        place: where the registration was taken ("Balai Desa").
        registrant: "cpmi", "pmi" (already abroad) or "purna" (returned).
        birth_date: "1990-05-01", "1990-05" or "1990".
        religion: printed word.
        marital_status: belum_kawin, kawin, cerai_hidup, cerai_mati.
        marriage_record: tercatat or belum_tercatat.
        education_level: identifier of the KK list; printed as one of six boxes.
        languages: printed words ("Mandarin"); the known six get their box.
        placement_scheme: p_to_p, g_to_g, g_to_p, perseorangan, ukps, awak_kapal …
        information_source: petugas_desa, keluarga_teman, p3mi, media_sosial, lain.
        fee_asked: whole rupiah; 0 = asked nothing, None = not known.
        health_statement: sehat, perlu_pemeriksaan, tidak_menjawab; printed only with consent.
        disability: "tidak", or the printed word of the special need; only with consent.
        consents: purposes agreed to: contact_family, agency, health_note, photo.
        signs_with: "signature" or "thumbprint".
        signer_name: who signs when it is not the registrant (family of somebody abroad).
    """

    office: Office
    registration_no: str
    registered_on: str
    officer: str
    name: str
    place: str | None = None
    registrant: str = "cpmi"
    nik: str | None = None
    nik_missing_reason: str | None = None
    no_kk: str | None = None
    passport_name: str | None = None
    birth_place: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    religion: str | None = None
    marital_status: str | None = None
    marriage_record: str | None = None
    education_level: str | None = None
    address: str | None = None
    rt: str | None = None
    rw: str | None = None
    dusun: str | None = None
    phone: str | None = None
    whatsapp: str | None = None
    mother_name: str | None = None
    father_name: str | None = None
    spouse_name: str | None = None
    children_count: int | None = None
    children_birth_years: str | None = None
    emergency_contact: RelativeFacts | None = None
    heir: RelativeFacts | None = None
    caregiver: RelativeFacts | None = None
    courses: str | None = None
    languages: tuple[str, ...] = ()
    work_history: tuple[WorkFacts, ...] = ()
    destination_country: str | None = None
    occupation: str | None = None
    placement_scheme: str | None = None
    agency: str | None = None
    agency_license_no: str | None = None
    recruiter_name: str | None = None
    recruiter_phone: str | None = None
    information_source: str | None = None
    fee_asked: int | None = None
    fee_paid: int | None = None
    health_statement: str | None = None
    disability: str | None = None
    documents: tuple[DocumentFacts, ...] = ()
    consents: tuple[str, ...] = ()
    signs_with: str = "signature"
    signer_name: str | None = None
    signer_relation: str | None = None
