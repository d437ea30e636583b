"""The practice village: households, migrations in every stage, and the hard cases.

Seeded: the same seed gives the same people. Only ever in a practice folder, whose data
never meet real data. Numbers are invented from the village's own region code.

Source: DESIGN §10 (hard cases of the practice village).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.app.commands.demo_cases import hard_cases
from desmigratif_desktop.app.commands.demo_names import (
    HAMLETS,
    POOLS,
    SCHOOLING,
    STREETS,
    WORK_MEN,
    WORK_WOMEN,
    NamePool,
    draw_name,
)
from desmigratif_desktop.features.migration_services import rules, service
from desmigratif_desktop.features.migration_services.values import (
    ConsentDraft,
    ContactDraft,
    DocumentDraft,
    LanguageDraft,
    RegistrationDraft,
)
from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.errors import RuleBrokenError
from desmigratif_desktop.people.persons import add_person, put_role, sound
from desmigratif_desktop.people.rules import read_person
from desmigratif_desktop.records.unit_of_work import unit

if TYPE_CHECKING:
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store

CHUNK: Final = 250
EPISODES_PER_100: Final = 22
ADULT: Final = (19, 52)
COUNTRIES: Final = ("hk", "tw", "my", "jp", "sg", "kr", "sa", "ae", "bn")
LANGUAGES: Final = {"hk": "kanton", "tw": "mandarin", "jp": "jepang", "kr": "korea", "sa": "arab"}
REASONS: Final = ("kontrak_selesai", "keluarga", "phk")
ROUTES: Final = ("prosedural", "tidak_diketahui")
SOURCES: Final = ("petugas_desa", "keluarga_teman", "p3mi", "media_sosial")
JOBS: Final = (
    "pekerja_rumah_tangga", "pengasuh_lansia", "pekerja_ladang_perkebunan", "pekerja_pabrik",
    "pekerja_konstruksi", "pekerja_restoran",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """What was put into the practice village."""

    people: int
    households: int
    episodes: int


@dataclass(slots=True)
class _Plan:
    """The village as drawn, before it is written.

    Attributes:
        people: fields of each person.
        adults: places of people of working age, with their drawn age.
    """

    people: list[dict[str, Any]] = field(default_factory=list)
    adults: list[int] = field(default_factory=list)
    households: int = 0


def fill_village(store: Store, actor: Actor, *, people: int = 240, seed: int = 1) -> Filled:
    """Fill a practice folder.

    Args:
        store: the opened store; its folder must be marked for practice.
        actor: who registers.
        people: how many, the hard cases among them when there is room.
        seed: the same seed draws the same village.

    Raises:
        RuleBrokenError: the folder is no practice folder.
    """
    if not store.replica.practice:
        raise RuleBrokenError(
            "Folder ini bukan folder latihan, jadi tidak diisi data contoh.",
            "Buat folder latihan dengan init --practice.",
        )
    draw = random.Random(seed)  # noqa: S311 - a village drawn by lot, no secret
    today = local_date(store.clock)
    cases = hard_cases(store.replica.village, today)[:people]
    plan = _Plan()
    while len(plan.people) < people - len(cases):
        _draw_household(draw, plan, store.replica.village, today)
    del plan.people[people - len(cases) :]
    plan.adults = [place for place in plan.adults if place < len(plan.people)]
    ids = _write_people(store, actor, [*plan.people, *(one.person for one in cases)], today)
    episodes = 0
    for case, person in zip(cases, ids[len(plan.people) :], strict=True):
        episodes += case.register(store, actor, person)
    episodes += _write_episodes(store, actor, draw, (plan, ids))
    return Filled(len(ids), _count_households(store), episodes)


def _count_households(store: Store) -> int:
    with store.read() as session:
        found: int = (
            session.connection()
            .exec_driver_sql("SELECT count(*) FROM household WHERE state IS NULL")
            .scalar_one()
        )
    return found


def _draw_household(draw: random.Random, plan: _Plan, village: str, today: date) -> None:
    pool = draw.choices(POOLS, [one.weight for one in POOLS])[0]
    plan.households += 1
    issued = date(2008, 1, 1) + timedelta(draw.randrange(6_000))
    base: dict[str, Any] = {
        "no_kk": f"{village[:6]}{issued:%d%m%y}{plan.households % 10_000:04}",
        "address": f"Jalan {draw.choice(STREETS)} Nomor {draw.randint(1, 180)}",
        "dusun": draw.choice(HAMLETS),
        "rt": f"{draw.randint(1, 6):03}",
        "rw": f"{draw.randint(1, 3):03}",
        "area_code": village,
        "religion": pool.religion,
        "nationality": "wni",
    }
    age = draw.randint(27, 68)
    lot = _Lot(draw, plan, pool, base, today)
    head = _person(lot, "L", age, "kepala_keluarga")
    wife = _person(lot, "P", max(age - draw.randint(0, 8), 20), "istri")
    married = (today - timedelta(draw.randint(400, 9_000))).year
    for one, other in ((head, wife), (wife, head)):
        one |= {"marital_status": "kawin", "marriage_record": "tercatat",
                "marriage_date": str(married), "spouse_name": other["name"]}  # fmt: skip
    for _ in range(draw.choice((0, 1, 1, 2, 2, 3))):
        child_age = draw.randint(1, max(age - 22, 2))
        child = _person(lot, draw.choice("LP"), child_age, "anak")
        child |= {"father_name": head["name"], "mother_name": wife["name"],
                  "marital_status": "belum_kawin"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lot:
    """What the members of one household are drawn from."""

    draw: random.Random
    plan: _Plan
    pool: NamePool
    base: dict[str, Any]
    today: date


def _person(lot: _Lot, sex: str, age: int, relation: str) -> dict[str, Any]:
    draw, plan, base = lot.draw, lot.plan, lot.base
    born = lot.today - timedelta(age * 365 + draw.randint(5, 350))
    person: dict[str, Any] = {
        **base,
        "name": draw_name(draw, lot.pool, sex),
        "sex": sex,
        "household_relation": relation,
        "birth_date": born.isoformat(),
        "birth_place": "Kota" if draw.random() < 0.1 else "Kampung Baru",
        "education_level": draw.choice(SCHOOLING) if age > 12 else "belum_tamat_sd_sederajat",
        "occupation": draw.choice(WORK_MEN if sex == "L" else WORK_WOMEN)
        if age > 17
        else "pelajar_mahasiswa",
    }
    if age > 16 or draw.random() < 0.7:
        day = born.day + (40 if sex == "P" else 0)
        serial = len(plan.people) % 9_000 + 1
        person["nik"] = f"{base['area_code'][:6]}{day:02}{born:%m%y}{serial:04}"
    else:
        person["nik_missing_reason"] = "anak_belum_terdaftar"
    if age > 15 and draw.random() < 0.7:
        person["phone"] = f"+62812{draw.randrange(10**8):08}"
    if ADULT[0] <= age <= ADULT[1]:
        plan.adults.append(len(plan.people))
    plan.people.append(person)
    return person


def _write_people(
    store: Store, actor: Actor, people: list[dict[str, Any]], today: date
) -> list[bytes]:
    ids: list[bytes] = []
    for start in range(0, len(people), CHUNK):
        with unit(store, actor, "person.register", bulk=True) as work:
            ids += [
                add_person(work, sound(read_person(values, today)).values).id
                for values in people[start : start + CHUNK]
            ]
    return ids


def _write_episodes(
    store: Store, actor: Actor, draw: random.Random, drawn: tuple[_Plan, list[bytes]]
) -> int:
    """Episodes for some adults; every stage of the table comes up when there are enough."""
    plan, ids = drawn
    today = local_date(store.clock)
    stages = list(reference.table("stage").codes())
    wanted = len(plan.people) * EPISODES_PER_100 // 100
    chosen = draw.sample(plan.adults, min(wanted, len(plan.adults)))
    for turn, place in enumerate(chosen):
        stage = stages[turn % len(stages)]
        draft = _draft(draw, plan.people[place], ids[place], stage, today)
        if rules.tone_of(stage) == "purna":
            service.register_returning(store, actor, draft)
        elif rules.tone_of(stage) == "pmi":
            service.register_abroad(store, actor, draft)
        else:
            _walk(store, actor, draft, stage, today)
    _mark_families(store, actor, plan, ids, chosen)
    return len(chosen)


def _walk(store: Store, actor: Actor, draft: RegistrationDraft, stage: str, today: date) -> None:
    """Register first, then reach the stage step by step, a week apart."""
    done = service.register_cpmi(store, actor, draft)
    path = [
        code for code, _ in rules.STEP_LINE if rules.stage_place(code) <= rules.stage_place(stage)
    ]
    path = path[1:] if rules.tone_of(stage) == "cpmi" else [stage]
    if stage not in {*path, "terdaftar_desa", "minat"}:
        path.append(stage)
    for step, code in enumerate(path):
        day = today - timedelta(7 * (len(path) - step))
        service.record_stage(store, actor, done.episode, code, happened_on=day.isoformat())


def _draft(
    draw: random.Random, person: dict[str, Any], uid: bytes, stage: str, today: date
) -> RegistrationDraft:
    country = draw.choice(COUNTRIES)
    tone = rules.tone_of(stage)
    episode: dict[str, Any] = {
        "destination_country": country,
        "abroad_occupation": draw.choice(JOBS),
        "placement_scheme": draw.choice(("p_to_p", "p_to_p", "p_to_p", "g_to_g", "perseorangan")),
        "route_status": "prosedural" if tone == "cpmi" else draw.choice(ROUTES),
        "information_source": draw.choice(SOURCES),
        "registered_at": "Balai Desa",
        "registered_on": (today - timedelta(draw.randint(0, 55))).isoformat(),
    }
    if tone in {"pmi", "purna"}:
        left = today - timedelta(draw.randint(500, 3_000))
        episode |= {"stage": stage, "departure_date": f"{left:%Y-%m}"}
        if tone == "purna":
            back = today - timedelta(draw.randint(20, 400))
            episode |= {"return_date": f"{back:%Y-%m}",
                        "return_reason": draw.choice(REASONS)}  # fmt: skip
    answers = ("given", "given", "refused")
    relative = ContactDraft(person.get("spouse_name") or "Keluarga", "saudara", person.get("phone"))
    return RegistrationDraft(
        values={}, episode=episode, person=uid,
        contacts=(relative,),
        languages=(LanguageDraft(LANGUAGES[country], "sedikit"),) if country in LANGUAGES else (),
        consents=tuple(ConsentDraft(one, draw.choice(answers)) for one in rules.CONSENT_PURPOSES),
        documents=tuple(
            DocumentDraft(one)
            for one in draw.sample(("ktp", "kk", "akta_kelahiran", "izin_keluarga", "paspor"), 3)
        ),
    )  # fmt: skip


def _mark_families(
    store: Store, actor: Actor, plan: _Plan, ids: list[bytes], chosen: list[int]
) -> None:
    """Who lives with a migrant is family of one."""
    cards = {plan.people[place]["no_kk"] for place in chosen}
    members = [
        ids[place]
        for place, person in enumerate(plan.people)
        if person["no_kk"] in cards and place not in set(chosen)
    ]
    for start in range(0, len(members), CHUNK):
        with unit(store, actor, "person.correct", bulk=True) as work:
            for member in members[start : start + CHUNK]:
                put_role(work, member, "keluarga_pmi")
