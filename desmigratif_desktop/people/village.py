"""The village and its service post: made once at first run, corrected when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import FieldProblem, InputError, NotFoundError
from desmigratif_desktop.foundation.places import Regions, bare_code
from desmigratif_desktop.people.fields import FieldSpec, Holds
from desmigratif_desktop.people.model import Post, Village, post_id, village_id
from desmigratif_desktop.people.rules import read_touched
from desmigratif_desktop.people.values import PostView, VillageView
from desmigratif_desktop.records import changelog
from desmigratif_desktop.records.actors import Actor, Right
from desmigratif_desktop.records.unit_of_work import Touched, Work, unit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store

VILLAGE_FIELDS: Final = (
    FieldSpec("name", "Nama desa"),
    FieldSpec("subdistrict", "Kecamatan"),
    FieldSpec("regency", "Kabupaten/kota"),
    FieldSpec("province", "Provinsi"),
    FieldSpec("sebutan_desa", "Sebutan desa"),
    FieldSpec("sebutan_dusun", "Sebutan dusun"),
    FieldSpec("sebutan_kepala_desa", "Sebutan kepala desa"),
    FieldSpec("sebutan_kecamatan", "Sebutan kecamatan"),
    FieldSpec("sebutan_kabupaten", "Sebutan kabupaten"),
    FieldSpec("village_head", "Nama kepala desa", Holds.NAME),
    FieldSpec("village_head_nip", "NIP/NIPD kepala desa"),
    FieldSpec("address", "Alamat kantor"),
    FieldSpec("phone", "Telepon", Holds.PHONE),
    FieldSpec("email", "Surel"),
    FieldSpec("postal_code", "Kode pos"),
    FieldSpec("short_name", "Singkatan desa pada nomor surat"),
    FieldSpec("programme", "Program"),
    FieldSpec("programme_year", "Tahun program"),
    FieldSpec("programme_decree", "Nomor SK program"),
    FieldSpec("zone", "Zona waktu"),
)
POST_FIELDS: Final = (
    FieldSpec("office_name", "Nama kantor"),
    FieldSpec("address", "Alamat pos"),
    FieldSpec("phone", "Telepon pos", Holds.PHONE),
    FieldSpec("email", "Surel pos"),
    FieldSpec("opened_on", "Mulai melayani", Holds.PAST_DATE),
)


def check_area_code(area_code: str) -> str:
    """The 10 digits of a village code, with or without dots.

    Raises:
        InputError: no such village in the shipped regions.
    """
    code = bare_code(area_code)
    is_code = code.isascii() and code.isdigit() and len(code) == 10  # noqa: PLR2004 - PPKKCCVVVV
    if not is_code or not Regions.load().has(code):
        sentence = "Kode wilayah desa ini tidak ada dalam daftar. Kode desa terdiri atas 10 angka."
        raise InputError((FieldProblem("village", "village_unknown", sentence),))
    return code


def put_village(work: Work, area_code: str) -> Village:
    """Make the village with its address chain from the shipped regions.

    Args:
        work: the open unit.
        area_code: 10 digits.

    Writes: village.
    """
    found = work.session.get(Village, village_id(area_code))
    if found is not None:
        return found
    place = Regions.load().village(area_code)
    is_ward = area_code[6] == "1"
    is_city = place.regency.casefold().startswith("kota ")
    village = Village(
        id=village_id(area_code),
        area_code=area_code,
        name=place.village,
        subdistrict=place.subdistrict,
        regency=place.regency,
        province=place.province,
        sebutan_desa="Kelurahan" if is_ward else "Desa",
        sebutan_dusun="Lingkungan" if is_ward else "Dusun",
        sebutan_kepala_desa="Lurah" if is_ward else "Kepala Desa",
        sebutan_kecamatan="Kecamatan",
        sebutan_kabupaten="Kota" if is_city else "Kabupaten",
        programme="desmigratif",
        zone=zone_of(area_code),
    )
    work.session.add(village)
    work.session.flush()
    return village


def zone_of(area_code: str) -> str:
    """The time zone of a province: WIB, WITA or WIT.

    Source: Keppres 41/1987.
    """
    return reference.table("province_zone").extra(area_code[:2], "zone") or "WIB"  # noqa: S610 - a column of our own table


def put_post(work: Work, area_code: str, office_name: str) -> Post:
    """Make the service post of a village.

    Writes: post.
    """
    found = work.session.get(Post, post_id(area_code))
    if found is None:
        found = Post(id=post_id(area_code), village=village_id(area_code), office_name=office_name)
        work.session.add(found)
        work.session.flush()
    return found


def show_village(store: Store, session: Session) -> VillageView:
    """The village of this store.

    Raises:
        NotFoundError: its data have not arrived yet (a laptop that joined another's post).
    """
    row = session.get(Village, village_id(store.replica.village))
    if row is None:
        raise NotFoundError("Data desa belum ada di laptop ini.", "Lakukan kirim dan terima data.")
    values = {one.name: getattr(row, one.name) for one in VILLAGE_FIELDS}
    return VillageView(
        row.id, row.area_code or "", values, changelog.bases(session, Village, row.id)
    )


def show_post(store: Store, session: Session) -> PostView:
    """The service post of this store.

    Raises:
        NotFoundError: its data have not arrived yet.
    """
    row = session.get(Post, post_id(store.replica.village))
    if row is None:
        raise NotFoundError("Data pos belum ada di laptop ini.", "Lakukan kirim dan terima data.")
    values = {one.name: getattr(row, one.name) for one in POST_FIELDS}
    return PostView(row.id, values, changelog.bases(session, Post, row.id))


def correct_village(store: Store, actor: Actor, touched: Touched, *, origin: str = "") -> bytes:
    """Correct the village's touched fields; returns the act's id.

    Raises:
        InputError: a field cannot be taken.

    Writes: village.
    """
    actor.require(Right.REGISTER)
    values = read_touched(VILLAGE_FIELDS, touched.values, local_date(store.clock))
    with unit(store, actor, "village.correct", origin=origin) as work:
        row = work.get(Village, village_id(store.replica.village))
        work.edit(row, Touched(_changed(row, values), touched.bases))
    return work.act


def correct_post(store: Store, actor: Actor, touched: Touched, *, origin: str = "") -> bytes:
    """Correct the post's touched fields; returns the act's id.

    Raises:
        InputError: a field cannot be taken.

    Writes: post.
    """
    actor.require(Right.REGISTER)
    values = read_touched(POST_FIELDS, touched.values, local_date(store.clock))
    with unit(store, actor, "post.correct", origin=origin) as work:
        row = work.get(Post, post_id(store.replica.village))
        work.edit(row, Touched(_changed(row, values), touched.bases))
    return work.act


def _changed(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in values.items() if getattr(row, name) != one}
