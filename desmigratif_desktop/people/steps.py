"""Schema steps of this room: exact texts, equal to what the mapped classes would create.

A test compares them text for text. Synced tables change by ADD COLUMN, new tables or
hand-written rebuilds, never by `transform()` (it drops triggers and generated columns).
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Migrations

migrations = Migrations("people")


def create_table(db: Any, name: str, columns: str) -> None:
    """Create a STRICT table in the very words of SQLAlchemy.

    Args:
        db: sqlite-utils database on the store's connection.
        name: table.
        columns: the column texts, parted by commas.
    """
    parts = (" ".join(one.split()) for one in columns.split(","))
    joined = ", \n\t".join(parts)
    db.execute(f"CREATE TABLE {name} (\n\t{joined}\n)\n STRICT")


def create_index(db: Any, name: str, table: str, *columns: str) -> None:
    """Create an index in the very words of SQLAlchemy."""
    db.execute(f"CREATE INDEX {name} ON {table} ({', '.join(columns)})")


VILLAGE = """
    area_code TEXT, name TEXT, subdistrict TEXT, regency TEXT, province TEXT, sebutan_desa TEXT,
    sebutan_dusun TEXT, sebutan_kepala_desa TEXT, sebutan_kecamatan TEXT, sebutan_kabupaten TEXT,
    village_head TEXT, village_head_nip TEXT, address TEXT, phone TEXT, email TEXT,
    postal_code TEXT, programme TEXT, programme_year TEXT, programme_decree TEXT, zone TEXT,
    short_name TEXT, id BLOB NOT NULL, state TEXT, PRIMARY KEY (id)
"""

POST = """
    village BLOB, office_name TEXT, address TEXT, phone TEXT, email TEXT, opened_on TEXT,
    id BLOB NOT NULL, state TEXT, PRIMARY KEY (id)
"""

OFFICER = """
    name TEXT, role TEXT, position TEXT, phone TEXT, active INTEGER, post BLOB, id BLOB NOT NULL,
    state TEXT, PRIMARY KEY (id)
"""

HOUSEHOLD = """
    no_kk TEXT, head BLOB, address TEXT, area_code TEXT, village BLOB, issued_on TEXT, note TEXT,
    rt TEXT, rw TEXT, dusun TEXT, id BLOB NOT NULL, state TEXT, PRIMARY KEY (id)
"""

PERSON = """
    name TEXT, nik TEXT, nik_missing_reason TEXT, household BLOB, household_relation TEXT,
    sex TEXT, birth_place TEXT, birth_date TEXT, religion TEXT, education_level TEXT,
    occupation TEXT, blood_type TEXT, nationality TEXT, disability TEXT, phone TEXT,
    whatsapp TEXT, email TEXT, address TEXT, area_code TEXT, rt TEXT, rw TEXT, dusun TEXT,
    marital_status TEXT, marriage_date TEXT, marriage_record TEXT, father_name TEXT,
    mother_name TEXT, father_nik TEXT, mother_nik TEXT, alias TEXT, title_before TEXT,
    title_after TEXT, bin_binti TEXT, passport_name TEXT, passport_no TEXT,
    passport_valid_until TEXT, birth_certificate_no TEXT, marriage_certificate_no TEXT,
    divorce_certificate_no TEXT, divorce_date TEXT, education_current TEXT, kitas_no TEXT,
    ethnicity TEXT, current_address TEXT, life_status TEXT, spouse_name TEXT,
    children_count INTEGER, children_birth_years TEXT, id_siapkerja TEXT, no_ak1 TEXT,
    id_siskop2mi TEXT, no_bpjs_tk TEXT, no_bpjs_kes TEXT, note TEXT,
    name_key TEXT GENERATED ALWAYS AS (lower(name)) VIRTUAL, id BLOB NOT NULL, state TEXT,
    PRIMARY KEY (id)
"""

PERSON_ROLE = """
    person BLOB, role TEXT, present INTEGER, since TEXT, id BLOB NOT NULL, state TEXT,
    PRIMARY KEY (id)
"""


@migrations()
def m001_first_tables(db: Any) -> None:
    """Make the tables of this room."""
    create_table(db, "village", VILLAGE)
    create_table(db, "post", POST)
    create_table(db, "officer", OFFICER)
    create_table(db, "household", HOUSEHOLD)
    create_index(db, "ix_household_no_kk", "household", "no_kk")
    create_table(db, "person", PERSON)
    create_index(db, "ix_person_household", "person", "household")
    create_index(db, "ix_person_name_key", "person", "name_key", "id")
    create_index(db, "ix_person_nik", "person", "nik")
    create_table(db, "person_role", PERSON_ROLE)
    create_index(db, "ix_person_role_person", "person_role", "person")


DUPLICATE_CASE = """
    first BLOB, second BLOB, decision TEXT, id BLOB NOT NULL, state TEXT, PRIMARY KEY (id)
"""

DISTINCT_PAIR = """
    first BLOB, second BLOB, present INTEGER, id BLOB NOT NULL, state TEXT, PRIMARY KEY (id)
"""


@migrations()
def m002_duplicates(db: Any) -> None:
    """Make the tables of cases and of pairs that are not one person."""
    for table, columns in (("duplicate_case", DUPLICATE_CASE), ("distinct_pair", DISTINCT_PAIR)):
        create_table(db, table, columns)
        create_index(db, f"ix_{table}_first", table, "first")
        create_index(db, f"ix_{table}_second", table, "second")
