"""Facts of FORM-3 and FORM-17, gathered from the register at the moment of printing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.documents.facts import Office
from desmigratif_desktop.features.migration_services.model import (
    Consent,
    DocumentCheck,
    EmergencyContact,
    MigrationEpisode,
    PersonLanguage,
    WorkExperience,
)
from desmigratif_desktop.features.migration_services.values import (
    DocumentFacts,
    RegistrationFacts,
    RelativeFacts,
    WorkFacts,
)
from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.contacts import format_phone
from desmigratif_desktop.foundation.errors import NotFoundError
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.people.officers import officer_name
from desmigratif_desktop.people.persons import known_values
from desmigratif_desktop.people.village import show_post, show_village

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store

_PERSON: Final = (
    "nik", "no_kk", "passport_name", "birth_place", "birth_date", "sex", "marital_status",
    "marriage_record", "education_level", "address", "rt", "rw", "dusun", "mother_name",
    "father_name", "spouse_name", "children_count", "children_birth_years",
)  # fmt: skip
_EPISODE: Final = (
    "placement_scheme", "agency", "agency_license_no", "information_source", "fee_asked",
    "fee_paid", "courses",
)  # fmt: skip


def office_of(store: Store, session: Session) -> Office:
    """The village and its post as letterheads name them.

    Raises:
        NotFoundError: the village's data have not arrived yet.
    """
    village = show_village(store, session)
    post = show_post(store, session)
    contact = " · ".join(
        part
        for part in (
            f"Telepon {format_phone(village.word('phone'))}" if village.word("phone") else "",
            village.word("email"),
        )
        if part
    )
    return Office(
        village_code=village.area_code,
        village=village.word("name"),
        subdistrict=village.word("subdistrict"),
        regency=village.word("regency"),
        province=village.word("province"),
        address=str(post.values.get("address") or village.word("address")),
        contact=contact,
        village_term=village.word("sebutan_desa") or "Desa",
        subdistrict_term=village.word("sebutan_kecamatan") or "Kecamatan",
        head_term=village.word("sebutan_kepala_desa") or "Kepala Desa",
        short_name=village.word("short_name"),
        head_name=village.word("village_head"),
        practice=store.replica.practice,
    )


def registration_facts(store: Store, session: Session, episode: bytes) -> RegistrationFacts:
    """Everything FORM-3 says about one registration; unknown stays blank.

    Args:
        store: the opened store.
        session: either lane.
        episode: the episode's id.

    Raises:
        NotFoundError: no such episode, person or village here.
    """
    row, person = _rows(session, episode)
    known = known_values(session, person)
    facts: dict[str, Any] = {name: known[name] for name in _PERSON}
    facts |= {name: getattr(row, name) for name in _EPISODE}
    consents = _consents(session, person.id)
    facts |= _words(known, row)
    facts |= _consented(known, row, consents)
    facts |= _around(session, person.id, row)
    return RegistrationFacts(
        office=office_of(store, session),
        registration_no=row.registration_no or "",
        registered_on=row.registered_on or "",
        officer=officer_name(session, row.registered_by),
        name=person.name or "",
        place=row.registered_at,
        registrant=row.registered_as or "cpmi",
        consents=consents,
        signs_with=_signs_with(session, person.id),
        **facts,
    )


def _rows(session: Session, episode: bytes) -> tuple[MigrationEpisode, Person]:
    row = session.get(MigrationEpisode, episode)
    person = session.get(Person, row.person) if row is not None and row.person else None
    if row is None or person is None or row.state is not None:
        raise NotFoundError("Pendaftaran ini tidak ada di laptop ini.", "Cari lagi dari daftar.")
    return row, person


def _words(known: dict[str, Any], row: MigrationEpisode) -> dict[str, Any]:
    def label(table: str, code: str | None) -> str | None:
        return reference.table(table).label(code) or None

    return {
        "nik_missing_reason": label("nik_missing_reason", known["nik_missing_reason"]),
        "religion": label("religion", known["religion"]),
        "phone": format_phone(known["phone"]) or None,
        "whatsapp": format_phone(known["whatsapp"]) or None,
        "destination_country": label("destination_country", row.destination_country),
        "occupation": label("abroad_occupation", row.abroad_occupation),
        "recruiter_name": row.recruiter,
        "recruiter_phone": format_phone(row.recruiter_phone) or None,
    }


def _consented(
    known: dict[str, Any], row: MigrationEpisode, consents: tuple[str, ...]
) -> dict[str, Any]:
    """Health and disability leave the register only where the person agreed."""
    if "health_note" not in consents:
        return {"health_statement": None, "disability": None}
    need = known["disability"]
    word = need if need in (None, "tidak") else reference.table("disability").label(need)
    return {"health_statement": row.health_statement, "disability": word}


def _around(session: Session, person: bytes, row: MigrationEpisode) -> dict[str, Any]:
    relations = reference.table("family_relation")
    first = session.scalars(
        sa.select(EmergencyContact)
        .where(EmergencyContact.person == person, EmergencyContact.state.is_(None))
        .order_by(EmergencyContact.id)
        .limit(1)
    ).first()

    def relative(name: str | None, relation: str | None) -> RelativeFacts | None:
        return RelativeFacts(name, relations.label(relation).lower() or None) if name else None

    contact = first and RelativeFacts(
        first.name or "", relations.label(first.relation).lower() or None,
        format_phone(first.phone) or None, first.place,
    )  # fmt: skip
    return {
        "emergency_contact": contact,
        "heir": relative(row.heir_name, row.heir_relation),
        "caregiver": relative(row.caregiver_name, row.caregiver_relation),
        "languages": _languages(session, person),
        "work_history": _work(session, person),
        "documents": _documents(session, row.id),
    }


def _languages(session: Session, person: bytes) -> tuple[str, ...]:
    query = sa.select(PersonLanguage.language).where(
        PersonLanguage.person == person, PersonLanguage.present == 1
    )
    table = reference.table("language")
    return tuple(sorted(table.label(one) for one in session.scalars(query) if one))


def _work(session: Session, person: bytes) -> tuple[WorkFacts, ...]:
    query = (
        sa.select(WorkExperience)
        .where(WorkExperience.person == person, WorkExperience.state.is_(None))
        .order_by(WorkExperience.started, WorkExperience.id)
    )
    countries = reference.table("destination_country")
    return tuple(
        WorkFacts(
            one.work or "",
            countries.label(one.country) if one.country in countries else one.country or one.place,
            "–".join(year[:4] for year in (one.started, one.ended) if year) or None,
            one.stop_reason,
        )
        for one in session.scalars(query)
    )


def _documents(session: Session, episode: bytes) -> tuple[DocumentFacts, ...]:
    query = sa.select(DocumentCheck).where(DocumentCheck.episode == episode)
    noted = {one.document: one for one in session.scalars(query)}
    held = {"ada": True, "belum": False}
    return tuple(
        DocumentFacts(
            line.label,
            held.get(noted[line.code].status or "") if line.code in noted else None,
            noted[line.code].number if line.code in noted else None,
        )
        for line in reference.table("document")
    )


def _consents(session: Session, person: bytes) -> tuple[str, ...]:
    query = sa.select(Consent.purpose).where(Consent.person == person, Consent.answer == "given")
    return tuple(sorted(one for one in session.scalars(query) if one))


def _signs_with(session: Session, person: bytes) -> str:
    query = sa.select(Consent.method).where(Consent.person == person)
    return "thumbprint" if "cap_jempol" in set(session.scalars(query)) else "signature"
