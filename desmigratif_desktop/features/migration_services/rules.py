"""What may be registered about a migration, and what each stage makes of a person.

Nothing here blames: a route may be unknown or not by the procedure, and it is a fact
like another. What cannot be is refused; what is unusual is named and never refuses.

Source: UU 18/2017 art. 5, 13, 42, 80; reference/domain.md §2.1-2.5; redlist F13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation import partial_dates, reference
from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.people.fields import FieldSpec, Holds, coded
from desmigratif_desktop.people.rules import read_fields, working_age_warning
from desmigratif_desktop.people.values import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from desmigratif_desktop.features.migration_services.values import FieldValue

LEGAL_BASIS: Final = "tugas_publik"
"""The basis of registering in the village: UU 18/2017 art. 42, a public duty."""
CONSENT_PURPOSES: Final = ("agency", "contact_family", "health_note", "photo")
"""What a registration asks; sending to the district is told, not asked."""

EPISODE_FIELDS: Final = (
    coded("stage", "Tahap"),
    coded("route_status", "Jalur"),
    coded("destination_country", "Negara tujuan"),
    FieldSpec("destination_place", "Kota atau daerah tujuan"),
    coded("abroad_occupation", "Pekerjaan di luar negeri"),
    coded("sector", "Sektor"),
    coded("placement_scheme", "Skema penempatan"),
    FieldSpec("agency", "P3MI"),
    FieldSpec("agency_license_no", "Nomor SIP3MI"),
    FieldSpec("job_order_no", "Nomor SIP2MI"),
    FieldSpec("recruiter", "Sponsor atau perekrut", Holds.NAME),
    FieldSpec("recruiter_phone", "Nomor HP sponsor", Holds.PHONE),
    coded("information_source", "Sumber informasi"),
    FieldSpec("fee_asked", "Biaya yang diminta", Holds.MONEY),
    FieldSpec("fee_paid", "Biaya yang sudah dibayar", Holds.MONEY),
    FieldSpec("employer", "Pemberi kerja"),
    FieldSpec("employer_address", "Alamat pemberi kerja"),
    FieldSpec("employer_phone", "Telepon pemberi kerja", Holds.PHONE),
    FieldSpec("contract_months", "Lama kontrak (bulan)", Holds.MONTHS),
    FieldSpec("wage", "Upah", Holds.MONEY),
    coded("wage_currency", "Mata uang", "currency"),
    FieldSpec("registered_on", "Tanggal pendaftaran", Holds.PAST_DATE),
    FieldSpec("registered_at", "Tempat pendaftaran"),
    FieldSpec("departure_date", "Tanggal berangkat", Holds.DATE),
    FieldSpec("return_date", "Tanggal pulang", Holds.PAST_DATE),
    coded("return_reason", "Alasan pulang"),
    coded("legal_basis", "Dasar pemrosesan data"),
    FieldSpec("visa_no", "Nomor visa"),
    FieldSpec("work_contract_no", "Nomor perjanjian kerja"),
    FieldSpec("e_kpmi_no", "Nomor E-KPMI"),
    FieldSpec("opp_date", "Tanggal OPP", Holds.DATE),
    FieldSpec("opp_place", "Tempat OPP"),
    FieldSpec("opp_certificate_no", "Nomor sertifikat OPP"),
    FieldSpec("competence_certificate_no", "Nomor sertifikat kompetensi"),
    coded("health_statement", "Pernyataan kesehatan"),
    FieldSpec("courses", "Pelatihan atau kursus"),
    FieldSpec("heir_name", "Ahli waris", Holds.NAME),
    FieldSpec("heir_relation", "Hubungan ahli waris"),
    FieldSpec("caregiver_name", "Pengasuh anak", Holds.NAME),
    FieldSpec("caregiver_relation", "Hubungan pengasuh"),
    FieldSpec("note", "Catatan", Holds.NOTE),
)
"""What an episode's form carries, in its order."""
FIELDS_BY_NAME: Final = {one.name: one for one in EPISODE_FIELDS}

HISTORY_FIELDS: Final = {
    "migration_episode": {**FIELDS_BY_NAME,
                          "registration_no": FieldSpec("registration_no", "Nomor pendaftaran")},
    "episode_stage": {
        "stage": coded("stage", "Tahap"),
        "happened_on": FieldSpec("happened_on", "Tanggal tahap", Holds.DATE),
        "note": FieldSpec("note", "Keterangan tahap"),
    },
    "consent": {
        "purpose": coded("purpose", "Persetujuan", "consent_purpose"),
        "answer": coded("answer", "Jawaban", "consent_answer"),
        "answered_on": FieldSpec("answered_on", "Dijawab", Holds.DATE),
        "withdrawn_on": FieldSpec("withdrawn_on", "Ditarik", Holds.DATE),
    },
    "document_check": {
        "document": coded("document", "Dokumen"),
        "status": coded("status", "Keadaan dokumen", "document_status"),
        "number": FieldSpec("number", "Nomor dokumen"),
    },
}  # fmt: skip
"""How the changes around a migration are called in a person's history."""

STEP_LINE: Final = (
    ("terdaftar_desa", "Terdaftar desa"),
    ("terverifikasi_desa", "Terverifikasi"),
    ("terdaftar_siapkerja", "SIAPkerja"),
    ("tes_kesehatan", "Tes kesehatan"),
    ("perjanjian_penempatan", "Perjanjian penempatan"),
    ("paspor", "Paspor"),
    ("visa", "Visa"),
    ("perjanjian_kerja", "Perjanjian kerja"),
    ("opp", "Orientasi"),
    ("berangkat", "Berangkat"),
)
"""The steps before departure that the person page draws."""

_TONES: Final = {"sebelum": "cpmi", "selama": "pmi", "setelah": "purna", "keluar": "closed"}
_STILL_ABROAD: Final = "nonprosedural_diketahui"
"""Leaves the procedure, not the country: whoever is known so is a PMI like any other."""
FIRST_STAGE: Final = {"cpmi": "terdaftar_desa", "pmi": "bekerja", "purna": "purna"}
"""The stage of a fresh registration when none is given."""


def read_episode(
    raw: Mapping[str, Any],
    today: date,
    *,
    birth: str | None = None,
    known: Mapping[str, FieldValue] | None = None,
) -> Reading:
    """Read an episode's raw texts.

    Args:
        raw: field name to typed text; only what was given or touched.
        today: of the post.
        birth: the person's birth date in the kept form.
        known: what already stands in the episode.
    """
    values, errors = read_fields(FIELDS_BY_NAME, raw, today)
    found = check_dates({**(known or {}), **values}, birth, today)
    errors += [one for one in found if not one.is_warning]
    return Reading(values, tuple(errors), tuple(one for one in found if one.is_warning))


def check_dates(
    whole: Mapping[str, FieldValue], birth: str | None, today: date
) -> tuple[FieldProblem, ...]:
    """What the dates of an episode say about each other and about the person."""
    found: list[FieldProblem] = []
    left, back = (_date(whole, name) for name in ("departure_date", "return_date"))
    if left and back and partial_dates.surely_before(back, left):
        found.append(FieldProblem(
            "return_date", "return_before_departure",
            "Tanggal pulang lebih awal daripada tanggal berangkat.",
        ))  # fmt: skip
    for name, value in (("departure_date", left), ("return_date", back)):
        if value and birth and partial_dates.surely_before(value, birth):
            sentence = f"{FIELDS_BY_NAME[name].label} lebih awal daripada tanggal lahir."
            found.append(FieldProblem(name, "before_birth", sentence))
    stage = str(whole.get("stage") or "")
    if birth and tone_of(stage) != "purna" and not any(one.code == "before_birth" for one in found):
        on = partial_dates.earliest(left) if left else today
        young = working_age_warning(birth, on)
        if young is not None:
            found.append(young)
    if left and tone_of(stage) == "pmi" and partial_dates.earliest(left) > today:
        sentence = "Tanggal berangkat belum tiba, tetapi tahapnya sudah di luar negeri."
        found.append(FieldProblem("departure_date", "departure_future", sentence, is_warning=True))
    return tuple(found)


def roles_at(stage: str) -> dict[str, bool]:
    """What a stage makes of a person: role code to whether it holds now.

    A role that a stage says nothing about stays as it is.
    """
    return {
        "cpmi": {"cpmi": True},
        "pmi": {"pmi": True, "cpmi": False},
        "purna": {"purna": True, "pmi": False, "cpmi": False},
        "closed": {"cpmi": False, "pmi": False},
    }[tone_of(stage)]


def tone_of(stage: str) -> str:
    """Which colour and word an episode takes: cpmi, pmi, purna or closed."""
    if stage == _STILL_ABROAD:
        return "pmi"
    return _TONES.get(reference.table("stage").extra(stage, "phase"), "cpmi")  # noqa: S610 - a column of our own table


def stage_place(stage: str) -> int:
    """Where a stage stands in the usual order; 0 when this laptop does not know it."""
    return int(reference.table("stage").extra(stage, "order") or 0)  # noqa: S610 - a column of our own table


def step_marks(stage: str, reached: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """The step line: (stage, label, "done" | "current" | "later").

    A step counts as done when it was recorded, or when a later one was.
    """
    past = tone_of(stage) in {"pmi", "purna"}
    before = [one for one in (*reached, stage) if tone_of(one) == "cpmi"]
    furthest = max(map(stage_place, before), default=0)
    marks = []
    found_current = past
    for code, label in STEP_LINE:
        done = past or code in reached or stage_place(code) <= furthest
        if done:
            marks.append((code, label, "done"))
        elif not found_current:
            marks.append((code, label, "current"))
            found_current = True
        else:
            marks.append((code, label, "later"))
    return tuple(marks)


def next_step(stage: str, reached: Sequence[str]) -> str:
    """What comes next, in one sentence; empty when nothing waits before departure."""
    if tone_of(stage) != "cpmi":
        return ""
    waiting = [label for _, label, mark in step_marks(stage, reached) if mark == "current"]
    return f"Langkah berikutnya: {waiting[0].lower()}" if waiting else ""


def check_consent(purpose: str, answer: str, method: str) -> None:
    """Refuse an answer that says nothing the law knows.

    Raises:
        InputError: unknown purpose, answer or way of answering.
    """
    problems = tuple(
        FieldProblem("consents", code, sentence)
        for code, sentence, table, value in (
            ("consent_purpose", "Tujuan persetujuan tidak dikenal.", "consent_purpose", purpose),
            ("consent_answer", "Jawaban persetujuan tidak dikenal.", "consent_answer", answer),
            (
                "consent_method",
                "Cara menyatakan persetujuan tidak dikenal.",
                "consent_method",
                method,
            ),
        )
        if value not in reference.table(table)
    )
    if problems:
        raise InputError(problems)


def _date(whole: Mapping[str, FieldValue], name: str) -> str | None:
    value = whole.get(name)
    return value if isinstance(value, str) else None


def moves_on(stage: str | None, reached_on: str | None, new: str, happened_on: str | None) -> bool:
    """Whether a newly recorded stage becomes the present one.

    A stage told late (earlier phase, or surely an earlier day) only joins the history.
    """
    if stage is None:
        return True
    phases = {"cpmi": 0, "pmi": 1, "purna": 2, "closed": 2}
    now, then = phases[tone_of(stage)], phases[tone_of(new)]
    if then != now:
        return then > now
    known = reached_on is not None and happened_on is not None
    return not (known and partial_dates.surely_before(str(happened_on), str(reached_on)))
