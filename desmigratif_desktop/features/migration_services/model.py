"""A migration, stage by stage, and what goes with it: contacts, skills, consents, papers.

A person is not their migration: each contract or destination is an episode of its own, and a
re-departure opens a new one. Everything may be unknown, late and out of order.

Source: UU 18/2017 art. 13 and 42; reference/domain.md §2.2-2.5, §8.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped  # noqa: TC002 - SQLAlchemy reads the annotations

from desmigratif_desktop.foundation.ids import derived_id
from desmigratif_desktop.records.kinds import KindSpec, Synced, id_field, int_field, text_field
from desmigratif_sync.protocol.entries import Audience


class EmergencyContact(Synced):
    """Whom to call when something happens to a worker."""

    __tablename__ = "emergency_contact"
    __kind__ = KindSpec(7, "emergency_contact", audience=Audience.DISTRICT, aggregate="person")

    person: Mapped[bytes | None] = id_field(2, index=True)
    name: Mapped[str | None] = text_field(3)
    relation: Mapped[str | None] = text_field(4)
    phone: Mapped[str | None] = text_field(5)
    place: Mapped[str | None] = text_field(6)


class MigrationEpisode(Synced):
    """One contract or destination of one person, from the wish to the return.

    Attributes:
        stage: where it stands now, a code of the table `stage`.
        route_status: prosedural, nonprosedural or tidak_diketahui; a fact, never blame.
        destination_country: ISO 3166-1 alpha-2 code.
        registered_as: cpmi, pmi or purna, as the paper of registration says.
        legal_basis: on what the processing rests (UU 27/2022 art. 20).
        fee_asked: whole rupiah asked of the candidate; a sign to watch, not a debt.
    """

    __tablename__ = "migration_episode"
    __kind__ = KindSpec(8, "migration_episode", audience=Audience.DISTRICT, aggregate="person")

    person: Mapped[bytes | None] = id_field(2, index=True)
    stage: Mapped[str | None] = text_field(3)
    route_status: Mapped[str | None] = text_field(4)
    destination_country: Mapped[str | None] = text_field(5)
    destination_place: Mapped[str | None] = text_field(6)
    abroad_occupation: Mapped[str | None] = text_field(7)
    sector: Mapped[str | None] = text_field(8)
    placement_scheme: Mapped[str | None] = text_field(9)
    agency: Mapped[str | None] = text_field(10)
    agency_license_no: Mapped[str | None] = text_field(11)
    job_order_no: Mapped[str | None] = text_field(12)
    recruiter: Mapped[str | None] = text_field(13)
    recruiter_phone: Mapped[str | None] = text_field(14)
    information_source: Mapped[str | None] = text_field(15)
    fee_asked: Mapped[int | None] = int_field(16)
    fee_paid: Mapped[int | None] = int_field(17)
    employer: Mapped[str | None] = text_field(18)
    employer_address: Mapped[str | None] = text_field(19)
    employer_phone: Mapped[str | None] = text_field(20)
    contract_months: Mapped[int | None] = int_field(21)
    wage: Mapped[int | None] = int_field(22)
    wage_currency: Mapped[str | None] = text_field(23)
    registered_on: Mapped[str | None] = text_field(24)
    registration_no: Mapped[str | None] = text_field(25)
    registered_at: Mapped[str | None] = text_field(26)
    registered_by: Mapped[bytes | None] = id_field(27)
    departure_date: Mapped[str | None] = text_field(28)
    return_date: Mapped[str | None] = text_field(29)
    return_reason: Mapped[str | None] = text_field(30)
    legal_basis: Mapped[str | None] = text_field(31)
    visa_no: Mapped[str | None] = text_field(32)
    work_contract_no: Mapped[str | None] = text_field(33)
    e_kpmi_no: Mapped[str | None] = text_field(34)
    opp_date: Mapped[str | None] = text_field(35)
    opp_place: Mapped[str | None] = text_field(36)
    opp_certificate_no: Mapped[str | None] = text_field(37)
    competence_certificate_no: Mapped[str | None] = text_field(38)
    health_statement: Mapped[str | None] = text_field(39)
    courses: Mapped[str | None] = text_field(40)
    heir_name: Mapped[str | None] = text_field(41)
    heir_relation: Mapped[str | None] = text_field(42)
    caregiver_name: Mapped[str | None] = text_field(43)
    caregiver_relation: Mapped[str | None] = text_field(44)
    note: Mapped[str | None] = text_field(45)
    registered_as: Mapped[str | None] = text_field(46)


class EpisodeStage(Synced):
    """One dated step of an episode; steps are added, never changed."""

    __tablename__ = "episode_stage"
    __kind__ = KindSpec(9, "episode_stage", audience=Audience.DISTRICT, aggregate="episode")

    episode: Mapped[bytes | None] = id_field(2, index=True)
    stage: Mapped[str | None] = text_field(3)
    happened_on: Mapped[str | None] = text_field(4)
    note: Mapped[str | None] = text_field(5)
    officer: Mapped[bytes | None] = id_field(6)


class PersonSkill(Synced):
    """A skill of a person: an element of a set, its id derives from both."""

    __tablename__ = "person_skill"
    __kind__ = KindSpec(10, "person_skill", aggregate="person")

    person: Mapped[bytes | None] = id_field(2, index=True)
    skill: Mapped[str | None] = text_field(3)
    level: Mapped[str | None] = text_field(4)
    certificate_no: Mapped[str | None] = text_field(5)
    present: Mapped[int | None] = int_field(6)


class PersonLanguage(Synced):
    """A language a person speaks: an element of a set, its id derives from both."""

    __tablename__ = "person_language"
    __kind__ = KindSpec(11, "person_language", aggregate="person")

    person: Mapped[bytes | None] = id_field(2, index=True)
    language: Mapped[str | None] = text_field(3)
    level: Mapped[str | None] = text_field(4)
    present: Mapped[int | None] = int_field(5)


class Consent(Synced):
    """What a person answered about one purpose; the history keeps every earlier answer.

    Attributes:
        purpose: photo, agency, contact_family, health_note.
        answer: given, refused or withdrawn.
        method: tanda_tangan, cap_jempol or lisan.
        version: of the text that was read out.

    Source: UU 27/2022 art. 21-24.
    """

    __tablename__ = "consent"
    __kind__ = KindSpec(12, "consent", audience=Audience.DISTRICT, aggregate="person")

    person: Mapped[bytes | None] = id_field(2, index=True)
    purpose: Mapped[str | None] = text_field(3)
    answer: Mapped[str | None] = text_field(4)
    answered_on: Mapped[str | None] = text_field(5)
    method: Mapped[str | None] = text_field(6)
    witness: Mapped[str | None] = text_field(7)
    version: Mapped[str | None] = text_field(8)
    withdrawn_on: Mapped[str | None] = text_field(9)


class WorkExperience(Synced):
    """Earlier work at home or abroad, as told; years may be missing."""

    __tablename__ = "work_experience"
    __kind__ = KindSpec(13, "work_experience", aggregate="person")

    person: Mapped[bytes | None] = id_field(2, index=True)
    work: Mapped[str | None] = text_field(3)
    place: Mapped[str | None] = text_field(4)
    country: Mapped[str | None] = text_field(5)
    started: Mapped[str | None] = text_field(6)
    ended: Mapped[str | None] = text_field(7)
    stop_reason: Mapped[str | None] = text_field(8)


class DocumentCheck(Synced):
    """Whether one required document is there: an element of the episode's checklist.

    Attributes:
        document: code of the table `document`.
        status: ada, belum or tidak_perlu.

    Source: UU 18/2017 art. 13.
    """

    __tablename__ = "document_check"
    __kind__ = KindSpec(14, "document_check", audience=Audience.DISTRICT, aggregate="episode")

    episode: Mapped[bytes | None] = id_field(2, index=True)
    document: Mapped[str | None] = text_field(3)
    status: Mapped[str | None] = text_field(4)
    number: Mapped[str | None] = text_field(5)
    noted_on: Mapped[str | None] = text_field(6)
    valid_until: Mapped[str | None] = text_field(7)


KINDS: tuple[type[Synced], ...] = (
    EmergencyContact,
    MigrationEpisode,
    EpisodeStage,
    PersonSkill,
    PersonLanguage,
    Consent,
    WorkExperience,
    DocumentCheck,
)
"""The mapped classes of this feature, in catalogue order."""


def element_id(kind: str, owner: bytes, value: str) -> bytes:
    """The id of a set element: the same on every laptop for the same owner and value.

    Args:
        kind: "person_skill", "person_language", "consent" or "document_check".
        owner: id of the person or episode.
        value: the element; case and outer spaces do not tell elements apart.
    """
    return derived_id(kind, owner, " ".join(value.casefold().split()))
