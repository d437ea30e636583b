"""Village, post, officer, household, person and what a person is to the programme.

Field numbers are for ever: a number or a name is never used again for another meaning.
Coded fields hold identifiers of the tables in `resources/reference/`.

Source: fields of e-KTP and family card; reference/domain.md §3.
"""

from __future__ import annotations

from sqlalchemy import TEXT, Computed, Index
from sqlalchemy.orm import Mapped, mapped_column

from desmigratif_desktop.foundation.ids import derived_id, new_id
from desmigratif_desktop.records.kinds import (
    Group,
    KindSpec,
    Synced,
    id_field,
    int_field,
    text_field,
)
from desmigratif_sync.protocol.entries import Audience


class Village(Synced):
    """The village with its whole address chain; one row, its id derives from its code.

    Attributes:
        area_code: 10 digits without dots (Kemendagri).
        sebutan_desa: what the place calls itself: Desa, Kelurahan, Nagari, Gampong …
        programme: desmigratif, desa_migran_emas, desbumi, lainnya.
        zone: WIB, WITA or WIT.
    """

    __tablename__ = "village"
    __kind__ = KindSpec(1, "village", audience=Audience.DISTRICT)

    area_code: Mapped[str | None] = text_field(2)
    name: Mapped[str | None] = text_field(3)
    subdistrict: Mapped[str | None] = text_field(4)
    regency: Mapped[str | None] = text_field(5)
    province: Mapped[str | None] = text_field(6)
    sebutan_desa: Mapped[str | None] = text_field(7)
    sebutan_dusun: Mapped[str | None] = text_field(8)
    sebutan_kepala_desa: Mapped[str | None] = text_field(9)
    sebutan_kecamatan: Mapped[str | None] = text_field(10)
    sebutan_kabupaten: Mapped[str | None] = text_field(11)
    village_head: Mapped[str | None] = text_field(12)
    village_head_nip: Mapped[str | None] = text_field(13)
    address: Mapped[str | None] = text_field(14)
    phone: Mapped[str | None] = text_field(15)
    email: Mapped[str | None] = text_field(16)
    postal_code: Mapped[str | None] = text_field(17)
    programme: Mapped[str | None] = text_field(18)
    programme_year: Mapped[str | None] = text_field(19)
    programme_decree: Mapped[str | None] = text_field(20)
    zone: Mapped[str | None] = text_field(21)
    short_name: Mapped[str | None] = text_field(22)


class Post(Synced):
    """The service post of a village; its id derives from the village's code."""

    __tablename__ = "post"
    __kind__ = KindSpec(2, "post", audience=Audience.DISTRICT)

    village: Mapped[bytes | None] = id_field(2)
    office_name: Mapped[str | None] = text_field(3)
    address: Mapped[str | None] = text_field(4)
    phone: Mapped[str | None] = text_field(5)
    email: Mapped[str | None] = text_field(6)
    opened_on: Mapped[str | None] = text_field(7)


class Officer(Synced):
    """Somebody who works at the post; the slot file carries the same id.

    Attributes:
        role: value of `records.actors.Role`.
        position: the words on a paper ("Petugas Desmigratif", "Sekretaris Desa").
        active: 1 works here, 0 no longer.
    """

    __tablename__ = "officer"
    __kind__ = KindSpec(3, "officer", audience=Audience.DISTRICT)

    name: Mapped[str | None] = text_field(2)
    role: Mapped[str | None] = text_field(3)
    position: Mapped[str | None] = text_field(4)
    phone: Mapped[str | None] = text_field(5)
    active: Mapped[int | None] = int_field(6)
    post: Mapped[bytes | None] = id_field(7)


class Household(Synced):
    """A family card (KK) and where its people live.

    Attributes:
        head: id of the person who heads it; several heads on paper are possible, one here.
    """

    __tablename__ = "household"
    __kind__ = KindSpec(
        4, "household", search=("no_kk",), groups={"residence": Group(60, ("rt", "rw", "dusun"))}
    )

    no_kk: Mapped[str | None] = text_field(2, index=True)
    head: Mapped[bytes | None] = id_field(3)
    address: Mapped[str | None] = text_field(4)
    area_code: Mapped[str | None] = text_field(5)
    village: Mapped[bytes | None] = id_field(6)
    issued_on: Mapped[str | None] = text_field(7)
    note: Mapped[str | None] = text_field(8)
    rt: Mapped[str | None] = text_field(9)
    rw: Mapped[str | None] = text_field(10)
    dusun: Mapped[str | None] = text_field(11)


class Person(Synced):
    """A resident, with what a KTP and a KK carry and what a worker abroad needs.

    Dates may be precise to a year ("1991"), a month ("1991-04") or a day ("1991-04-12").
    Health stands nowhere here.

    Attributes:
        nik: 16 digits or None; never unique, two people with one NIK are a case to decide.
        nik_missing_reason: why there is none.
        name_key: local, for paging by name; it does not sync.
    """

    __tablename__ = "person"
    __kind__ = KindSpec(
        5,
        "person",
        search=("name", "alias", "nik"),
        groups={
            "residence": Group(60, ("rt", "rw", "dusun")),
            "marriage": Group(61, ("marital_status", "marriage_date", "marriage_record")),
        },
    )
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy's own spelling

    name: Mapped[str | None] = text_field(2)
    nik: Mapped[str | None] = text_field(3, index=True)
    nik_missing_reason: Mapped[str | None] = text_field(4)
    household: Mapped[bytes | None] = id_field(5, index=True)
    household_relation: Mapped[str | None] = text_field(6)
    sex: Mapped[str | None] = text_field(7)
    birth_place: Mapped[str | None] = text_field(8)
    birth_date: Mapped[str | None] = text_field(9)
    religion: Mapped[str | None] = text_field(10)
    education_level: Mapped[str | None] = text_field(11)
    occupation: Mapped[str | None] = text_field(12)
    blood_type: Mapped[str | None] = text_field(13)
    nationality: Mapped[str | None] = text_field(14)
    disability: Mapped[str | None] = text_field(15)
    phone: Mapped[str | None] = text_field(16)
    whatsapp: Mapped[str | None] = text_field(17)
    email: Mapped[str | None] = text_field(18)
    address: Mapped[str | None] = text_field(19)
    area_code: Mapped[str | None] = text_field(20)
    rt: Mapped[str | None] = text_field(21)
    rw: Mapped[str | None] = text_field(22)
    dusun: Mapped[str | None] = text_field(23)
    marital_status: Mapped[str | None] = text_field(24)
    marriage_date: Mapped[str | None] = text_field(25)
    marriage_record: Mapped[str | None] = text_field(26)
    father_name: Mapped[str | None] = text_field(27)
    mother_name: Mapped[str | None] = text_field(28)
    father_nik: Mapped[str | None] = text_field(29)
    mother_nik: Mapped[str | None] = text_field(30)
    alias: Mapped[str | None] = text_field(31)
    title_before: Mapped[str | None] = text_field(32)
    title_after: Mapped[str | None] = text_field(33)
    bin_binti: Mapped[str | None] = text_field(34)
    passport_name: Mapped[str | None] = text_field(35)
    passport_no: Mapped[str | None] = text_field(36)
    passport_valid_until: Mapped[str | None] = text_field(37)
    birth_certificate_no: Mapped[str | None] = text_field(38)
    marriage_certificate_no: Mapped[str | None] = text_field(39)
    divorce_certificate_no: Mapped[str | None] = text_field(40)
    divorce_date: Mapped[str | None] = text_field(41)
    education_current: Mapped[str | None] = text_field(42)
    kitas_no: Mapped[str | None] = text_field(43)
    ethnicity: Mapped[str | None] = text_field(44)
    current_address: Mapped[str | None] = text_field(45)
    life_status: Mapped[str | None] = text_field(46)
    spouse_name: Mapped[str | None] = text_field(47)
    children_count: Mapped[int | None] = int_field(48)
    children_birth_years: Mapped[str | None] = text_field(49)
    id_siapkerja: Mapped[str | None] = text_field(50)
    no_ak1: Mapped[str | None] = text_field(51)
    id_siskop2mi: Mapped[str | None] = text_field(52)
    no_bpjs_tk: Mapped[str | None] = text_field(53)
    no_bpjs_kes: Mapped[str | None] = text_field(54)
    note: Mapped[str | None] = text_field(55)
    name_key: Mapped[str | None] = mapped_column(TEXT, Computed("lower(name)", persisted=False))


Index("ix_person_name_key", Person.name_key, Person.id)


class PersonRole(Synced):
    """What a person is to the programme: one element of the set of their roles.

    Attributes:
        role: cpmi, pmi, purna, keluarga_pmi, pencari_kerja_dalam_negeri.
        present: 1 is, 0 was; a set element is never deleted.
    """

    __tablename__ = "person_role"
    __kind__ = KindSpec(6, "person_role", aggregate="person")

    person: Mapped[bytes | None] = id_field(2, index=True)
    role: Mapped[str | None] = text_field(3)
    present: Mapped[int | None] = int_field(4)
    since: Mapped[str | None] = text_field(5)


class DuplicateCase(Synced):
    """Two people who may be one; its id derives from the ordered pair.

    Two laptops that find the same pair open the same case, so nothing stands in it that
    they could fill differently: when it was found and by whom tells the change log.

    Attributes:
        first, second: ids of the two people, the smaller first.
        decision: None = open; distinct, completed, merged; open = asked again.
    """

    __tablename__ = "duplicate_case"
    __kind__ = KindSpec(15, "duplicate_case", aggregate="second")

    first: Mapped[bytes | None] = id_field(2, index=True)
    second: Mapped[bytes | None] = id_field(3, index=True)
    decision: Mapped[str | None] = text_field(4)


class DistinctPair(Synced):
    """Two people of whom an officer said that they are not one: never asked again.

    Attributes:
        first, second: ids of the two people, the smaller first.
        present: 1 holds, 0 was taken back; a set element is never deleted.
    """

    __tablename__ = "distinct_pair"
    __kind__ = KindSpec(16, "distinct_pair", aggregate="second")

    first: Mapped[bytes | None] = id_field(2, index=True)
    second: Mapped[bytes | None] = id_field(3, index=True)
    present: Mapped[int | None] = int_field(4)


KINDS: tuple[type[Synced], ...] = (
    Village,
    Post,
    Officer,
    Household,
    Person,
    PersonRole,
    DuplicateCase,
    DistinctPair,
)
"""The mapped classes of this room, in catalogue order."""


def village_id(area_code: str) -> bytes:
    """The id of a village, the same on every laptop.

    Args:
        area_code: 10 digits.
    """
    return derived_id("village", area_code)


def post_id(area_code: str) -> bytes:
    """The id of a village's post."""
    return derived_id("post", area_code)


def household_id(area_code: str, no_kk: str | None) -> bytes:
    """The id of a household: from village and first No. KK, else a new one."""
    return derived_id("household", area_code, no_kk) if no_kk else new_id()


def role_id(person: bytes, role: str) -> bytes:
    """The id of a set element (person, role)."""
    return derived_id("person_role", person, role)


def pair_of(left: bytes, right: bytes) -> tuple[bytes, bytes]:
    """Two ids in the order in which a pair is kept."""
    return (left, right) if left < right else (right, left)


def case_id(left: bytes, right: bytes) -> bytes:
    """The id of the duplicate case of two people, whichever is named first."""
    return derived_id("duplicate_case", *pair_of(left, right))


def distinct_id(left: bytes, right: bytes) -> bytes:
    """The id of the set element (two people are not one)."""
    return derived_id("distinct_pair", *pair_of(left, right))
