"""Values of the migration services: what papers say, what forms carry, what screens show.

Frozen, without behaviour. The facts of printed papers stand first; drafts and views follow.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - frozen facts are read back by their types
from dataclasses import dataclass, field

from desmigratif_desktop.documents.facts import Office  # noqa: TC001
from desmigratif_desktop.foundation.errors import FieldProblem  # noqa: TC001
from desmigratif_desktop.people.radar.values import NOTHING_TOLD, Told
from desmigratif_sync.protocol.entries import Dot  # noqa: TC001


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


FieldValue = str | int | None


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Whom to call; a contact of the same name is completed, not doubled."""

    name: str
    relation: str | None = None
    phone: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class SkillDraft:
    """A skill the person has, as told."""

    skill: str
    level: str | None = None
    certificate_no: str | None = None


@dataclass(frozen=True, slots=True)
class LanguageDraft:
    """A language the person speaks; a code of the table `language`, or a word."""

    language: str
    level: str | None = None


@dataclass(frozen=True, slots=True)
class ExperienceDraft:
    """Earlier work, at home or abroad; years as far as known."""

    work: str
    place: str | None = None
    country: str | None = None
    started: str | None = None
    ended: str | None = None
    stop_reason: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """An answer about one purpose.

    Attributes:
        purpose: photo, agency, contact_family, health_note.
        answer: given, refused or withdrawn.
        method: tanda_tangan, cap_jempol or lisan.
    """

    purpose: str
    answer: str
    method: str = "tanda_tangan"
    witness: str | None = None
    answered_on: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """Whether a document is there."""

    document: str
    status: str = "ada"
    number: str | None = None
    valid_until: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationDraft:
    """One registration as the officer filled it: only what was given stands in it.

    Attributes:
        person: an existing person's id; None = a new person.
        values: touched columns of the person, `no_kk` included.
        bases: dots of the touched registers as the form loaded them; empty for a new person.
        episode: columns of the episode that were given.
        happened_on: when the first stage was reached; None = not known.
        override_reason: why warnings were passed.
        told: what was decided about people who look alike; for a new person.
    """

    values: Mapping[str, FieldValue]
    episode: Mapping[str, FieldValue] = field(default_factory=dict)
    person: bytes | None = None
    bases: Mapping[str, tuple[Dot, ...]] = field(default_factory=dict)
    happened_on: str | None = None
    contacts: tuple[ContactDraft, ...] = ()
    skills: tuple[SkillDraft, ...] = ()
    languages: tuple[LanguageDraft, ...] = ()
    experiences: tuple[ExperienceDraft, ...] = ()
    consents: tuple[ConsentDraft, ...] = ()
    documents: tuple[DocumentDraft, ...] = ()
    override_reason: str | None = None
    told: Told = NOTHING_TOLD


@dataclass(frozen=True, slots=True)
class RegistrationDone:
    """A registration that was saved, whole.

    Attributes:
        registration_no: number of this laptop, as FORM-3 prints it.
    """

    person: bytes
    episode: bytes
    act: bytes
    registration_no: str
    warnings: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class StageLine:
    """One dated step of an episode, in words."""

    uid: bytes
    stage: str
    label: str
    happened_on: str | None
    note: str


@dataclass(frozen=True, slots=True)
class StepMark:
    """One disc of the step line.

    Attributes:
        mark: "done", "current" or "later".
    """

    stage: str
    label: str
    mark: str


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """One episode on the person page.

    Attributes:
        values: every column of the episode.
        labels: printed words of its coded columns.
        badge: "CPMI · Jepang"; tone: "cpmi", "pmi" or "purna".
        since, until: partial dates of the bar on the time line; None = not known or open.
        bases: dots per register, for a form.
    """

    uid: bytes
    person: bytes
    values: Mapping[str, FieldValue]
    labels: Mapping[str, str]
    stage: str
    stage_label: str
    badge: str
    tone: str
    since: str | None
    until: str | None
    steps: tuple[StepMark, ...]
    stages: tuple[StageLine, ...]
    documents: tuple[DocumentLine, ...]
    bases: Mapping[str, tuple[Dot, ...]] = field(default_factory=dict)

    @property
    def documents_held(self) -> int:
        """How many of the listed documents are there."""
        return sum(one.status == "ada" for one in self.documents)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One line of the document card."""

    document: str
    label: str
    status: str
    number: str
    noted_on: str | None
    valid_until: str | None


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One purpose and what the person answered; answer "" = not asked yet."""

    purpose: str
    label: str
    answer: str
    answer_label: str
    answered_on: str | None
    method: str


@dataclass(frozen=True, slots=True)
class MigrationView:
    """All of a person's migration, for the person page.

    Attributes:
        episodes: newest first.
        next_step: one sentence; empty when nothing waits.
    """

    person: bytes
    episodes: tuple[EpisodeView, ...]
    contacts: tuple[ContactDraft, ...]
    skills: tuple[SkillDraft, ...]
    languages: tuple[LanguageDraft, ...]
    experiences: tuple[ExperienceDraft, ...]
    consents: tuple[ConsentLine, ...]
    next_step: str
    consents_complete: bool


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One line of the list of registrations."""

    episode: bytes
    person: bytes
    name: str
    registration_no: str
    registered_on: str | None
    stage: str
    stage_label: str
    country_label: str
    badge: str
    tone: str
