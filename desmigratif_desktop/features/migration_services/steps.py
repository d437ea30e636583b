"""Schema steps of this feature: exact texts, equal to what the mapped classes would create."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Migrations

from desmigratif_desktop.people.steps import create_index, create_table

migrations = Migrations("migration_services")

EMERGENCY_CONTACT = """
    person BLOB, name TEXT, relation TEXT, phone TEXT, place TEXT, id BLOB NOT NULL, state TEXT,
    PRIMARY KEY (id)
"""

MIGRATION_EPISODE = """
    person BLOB, stage TEXT, route_status TEXT, destination_country TEXT, destination_place TEXT,
    abroad_occupation TEXT, sector TEXT, placement_scheme TEXT, agency TEXT,
    agency_license_no TEXT, job_order_no TEXT, recruiter TEXT, recruiter_phone TEXT,
    information_source TEXT, fee_asked INTEGER, fee_paid INTEGER, employer TEXT,
    employer_address TEXT, employer_phone TEXT, contract_months INTEGER, wage INTEGER,
    wage_currency TEXT, registered_on TEXT, registration_no TEXT, registered_at TEXT,
    registered_by BLOB, departure_date TEXT, return_date TEXT, return_reason TEXT,
    legal_basis TEXT, visa_no TEXT, work_contract_no TEXT, e_kpmi_no TEXT, opp_date TEXT,
    opp_place TEXT, opp_certificate_no TEXT, competence_certificate_no TEXT,
    health_statement TEXT, courses TEXT, heir_name TEXT, heir_relation TEXT, caregiver_name TEXT,
    caregiver_relation TEXT, note TEXT,
    registered_as TEXT, id BLOB NOT NULL, state TEXT, PRIMARY KEY (id)
"""

EPISODE_STAGE = """
    episode BLOB, stage TEXT, happened_on TEXT, note TEXT, officer BLOB, id BLOB NOT NULL,
    state TEXT, PRIMARY KEY (id)
"""

PERSON_SKILL = """
    person BLOB, skill TEXT, level TEXT, certificate_no TEXT, present INTEGER, id BLOB NOT NULL,
    state TEXT, PRIMARY KEY (id)
"""

PERSON_LANGUAGE = """
    person BLOB, language TEXT, level TEXT, present INTEGER, id BLOB NOT NULL, state TEXT,
    PRIMARY KEY (id)
"""

CONSENT = """
    person BLOB, purpose TEXT, answer TEXT, answered_on TEXT, method TEXT, witness TEXT,
    version TEXT, withdrawn_on TEXT, id BLOB NOT NULL, state TEXT, PRIMARY KEY (id)
"""

WORK_EXPERIENCE = """
    person BLOB, work TEXT, place TEXT, country TEXT, started TEXT, ended TEXT, stop_reason TEXT,
    id BLOB NOT NULL, state TEXT, PRIMARY KEY (id)
"""

DOCUMENT_CHECK = """
    episode BLOB, document TEXT, status TEXT, number TEXT, noted_on TEXT, valid_until TEXT,
    id BLOB NOT NULL, state TEXT, PRIMARY KEY (id)
"""


@migrations()
def m001_first_tables(db: Any) -> None:
    """Make the tables of this room."""
    create_table(db, "emergency_contact", EMERGENCY_CONTACT)
    create_index(db, "ix_emergency_contact_person", "emergency_contact", "person")
    create_table(db, "migration_episode", MIGRATION_EPISODE)
    create_index(db, "ix_migration_episode_person", "migration_episode", "person")
    create_table(db, "episode_stage", EPISODE_STAGE)
    create_index(db, "ix_episode_stage_episode", "episode_stage", "episode")
    create_table(db, "person_skill", PERSON_SKILL)
    create_index(db, "ix_person_skill_person", "person_skill", "person")
    create_table(db, "person_language", PERSON_LANGUAGE)
    create_index(db, "ix_person_language_person", "person_language", "person")
    create_table(db, "consent", CONSENT)
    create_index(db, "ix_consent_person", "consent", "person")
    create_table(db, "work_experience", WORK_EXPERIENCE)
    create_index(db, "ix_work_experience_person", "work_experience", "person")
    create_table(db, "document_check", DOCUMENT_CHECK)
    create_index(db, "ix_document_check_episode", "document_check", "episode")
