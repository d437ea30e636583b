"""The hard cases of the practice village: what a real officer meets in the first month.

Source: DESIGN §10; trials F (the demo village must hold them or the forms will not).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.values import (
    ConsentDraft,
    ContactDraft,
    RegistrationDraft,
)

if TYPE_CHECKING:
    from datetime import date

    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store


@dataclass(frozen=True, slots=True)
class HardCase:
    """One person whom a form must not break on.

    Attributes:
        person: their fields.
        kind: "cpmi", "pmi" or "purna" when a registration follows; empty otherwise.
        episode: its fields.
        extra: contacts and consents of the registration.
    """

    person: dict[str, Any]
    kind: str = ""
    episode: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def register(self, store: Store, actor: Actor, person: bytes) -> int:
        """Register their migration, if they have one; returns how many episodes it made."""
        acts = {"cpmi": service.register_cpmi, "pmi": service.register_abroad,
                "purna": service.register_returning}  # fmt: skip
        if not self.kind:
            return 0
        draft = RegistrationDraft(values={}, person=person, episode=self.episode, **self.extra)
        acts[self.kind](store, actor, draft)
        return 1


def hard_cases(village: str, today: date) -> tuple[HardCase, ...]:
    """The cases, with numbers of this village.

    Args:
        village: 10-digit code.
        today: of the post; ages are reckoned from it.
    """
    home = {"area_code": village, "dusun": "Krajan", "rt": "001", "rw": "001"}
    return (*_names_and_papers(village, home), *_ages_and_journeys(village, home, today))


def _names_and_papers(village: str, home: dict[str, Any]) -> tuple[HardCase, ...]:
    region = village[:6]
    card = f"{region}1702120901"
    return (
        HardCase({**home, "name": "Sukarno", "sex": "L", "birth_date": "1956"}),
        HardCase({**home, "name": "Siti", "sex": "P", "nik_missing_reason": "tidak_ingat",
                  "bin_binti": "binti Mas'ud"}),
        HardCase({**home, "name": "Suparmi'ah", "nik": f"{region}5207920003", "sex": "P",
                  "birth_date": "1992-07-21", "birth_place": "Ja'an", "dusun": "Ja'an"},
                 "cpmi", {"destination_country": "jp", "abroad_occupation": "pengasuh_lansia"}),
        HardCase({**home, "name": "H. Mas'ud Rofi'i", "no_kk": card, "sex": "L",
                  "household_relation": "kepala_keluarga", "marital_status": "kawin",
                  "marriage_record": "tercatat", "birth_date": "1961-02-17"}),
        HardCase({**home, "name": "Hosnia", "no_kk": card, "sex": "P", "marital_status": "kawin",
                  "household_relation": "istri", "marriage_record": "tercatat"}),
        HardCase({**home, "name": "Masruroh", "no_kk": card, "sex": "P", "marital_status": "kawin",
                  "household_relation": "istri", "marriage_record": "belum_tercatat"}),
        HardCase({**home, "name": "Painem", "alias": "Siti Painem", "sex": "P",
                  "birth_date": "1965", "education_level": "tidak_belum_sekolah"},
                 "purna", {"destination_country": "sa", "departure_date": "1994",
                           "return_date": "2003", "return_reason": "kontrak_selesai"},
                 {"consents": (ConsentDraft("photo", "refused", "cap_jempol", "Wulandari"),)}),
    )  # fmt: skip


def _ages_and_journeys(village: str, home: dict[str, Any], today: date) -> tuple[HardCase, ...]:
    neighbour = f"{village[:6]}{(int(village[6:]) % 9_999) + 1:04}"
    child_born = today.replace(year=today.year - 17, month=1, day=3)
    return (
        HardCase({**home, "name": "Rohmatul Jannah", "sex": "P", "religion": "islam",
                  "birth_date": child_born.isoformat(), "education_level": "sltp_sederajat"},
                 "cpmi", {"destination_country": "my", "stage": "minat"}),
        HardCase({"name": "Yohanes Ola Tokan", "sex": "L", "religion": "katholik",
                  "area_code": neighbour, "address": "Desa tetangga"}),
        HardCase({**home, "name": "Warsidi", "sex": "L", "birth_date": "1985-09"},
                 "purna", {"destination_country": "my", "return_reason": "deportasi_repatriasi",
                           "return_date": f"{today.year - 1}", "route_status": "tidak_diketahui"}),
        HardCase({**home, "name": "Ngatinah", "sex": "P", "marital_status": "cerai_mati",
                  "birth_date": "1971-11-02"},
                 "cpmi", {"destination_country": "hk", "abroad_occupation": "pengasuh_anak"}),
        HardCase({**home, "name": "Tarsih", "sex": "P", "nik_missing_reason": "di_luar_negeri"},
                 "pmi", {"destination_country": "sa", "stage": "bekerja",
                         "departure_date": f"{today.year - 10}", "route_status": "nonprosedural",
                         "placement_scheme": "tidak_diketahui"},
                 {"contacts": (ContactDraft("Carkim", "ayah"),)}),
        HardCase({**home, "name": "Ni Luh Ayu Suarni", "sex": "P", "religion": "hindu",
                  "birth_date": "1998-05-30"}),
        HardCase({**home, "name": "Khong Fu Liang", "sex": "L", "religion": "khonghucu",
                  "birth_date": "1979-01-01"}),
    )  # fmt: skip
