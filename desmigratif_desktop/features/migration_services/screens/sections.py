"""What a registration asks, in five steps, as widgets in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.features.migration_services.presenter.registration import (
    CONSENT,
    WORK_TITLES,
)
from desmigratif_desktop.features.migration_services.rules import (
    CONSENT_PURPOSES,
    FIELDS_BY_NAME,
    tone_of,
)
from desmigratif_desktop.features.migration_services.screens.fields import (
    DocumentsField,
    ExperienceField,
    LanguagesField,
)
from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.fields import Holds
from desmigratif_desktop.ui.choices import Choice
from desmigratif_desktop.ui.fields import DateField, NumberField, PhoneField, TextField
from desmigratif_desktop.ui.form import FieldSpec, Section
from desmigratif_desktop.ui.people_form import (
    address_section,
    asked,
    identity_section,
    options,
    person_field,
)
from desmigratif_desktop.ui.pickers import RadioRow
from desmigratif_desktop.ui.section_form import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def _episode(
    name: str, *, label: str = "", span: int = 1, help_words: str = "", optional: bool = False
) -> FieldSpec:
    spec = FIELDS_BY_NAME[name]
    make: Callable[[], QWidget] | None = None
    if spec.holds in {Holds.DATE, Holds.PAST_DATE}:
        make = _month_field
    elif name == "wage":
        make = _wage_field
    return asked(spec, label=label, span=span, help_words=help_words, optional=optional, make=make)


def _month_field() -> DateField:
    """A day of somebody's migration, often known to the month only."""
    return DateField(placeholder="03-2024")


def _wage_field() -> NumberField:
    """A wage is in the currency beside it, so no `Rp` stands in the field."""
    return NumberField(0, 999_999_999)


def steps_of(tone: str) -> tuple[Step, ...]:
    """The five steps of a registration.

    Args:
        tone: "cpmi", "pmi" or "purna".
    """
    return (
        Step("identity", t("Identitas"), (identity_section(),)),
        Step("address", t("Alamat, keluarga"), (address_section(), _contact_section())),
        Step("work", t(WORK_TITLES[tone]), (_work_section(tone), _background_section())),
        Step("documents", t("Dokumen"), (_documents_section(),)),
        Step("consents", t("Persetujuan"), (_consent_section(),)),
    )


def _contact_section() -> Section:
    relations = options("family_relation")
    e = _episode
    return Section(
        "contact",
        t("Yang dihubungi bila terjadi sesuatu"),
        (
            (
                FieldSpec("contact_name", t("Nama kontak darurat"), TextField, span=3),
                FieldSpec("contact_relation", t("Hubungan"), lambda: Choice(relations), span=2),
            ),
            (
                FieldSpec("contact_phone", t("Nomor HP kontak"), PhoneField, span=2),
                FieldSpec("contact_place", t("Tempat tinggal kontak"), TextField, span=3),
            ),
            (e("heir_name", span=3), e("heir_relation", span=2)),
            (e("caregiver_name", span=3), e("caregiver_relation", span=2)),
        ),
    )


def _work_section(tone: str) -> Section:
    e = _episode
    place = (e("destination_country"), e("destination_place", optional=True))
    work = (e("abroad_occupation", span=3), e("placement_scheme", span=3))
    agency = (e("agency", span=3), e("agency_license_no", span=2))
    helper = (e("recruiter", span=3), e("recruiter_phone", span=2))
    fees = (e("fee_asked"), e("fee_paid"))
    route = e("route_status", help_words="Dicatat untuk pelindungan, bukan untuk menghukum.")
    employer = (e("employer", span=3), e("employer_phone", span=2))
    contract = (e("contract_months"), e("wage"), e("wage_currency"))
    rows: dict[str, tuple[tuple[FieldSpec, ...], ...]] = {
        "cpmi": (place, work, agency, (e("information_source"),), helper, fees),
        "pmi": (
            place, work, (_stage_field(), e("departure_date")), employer,
            (e("employer_address"),), contract, (route,), agency,
        ),
        "purna": (
            place, work, (e("departure_date"), e("return_date"), e("return_reason")),
            employer, contract, agency,
        ),
    }  # fmt: skip
    hint = {
        "cpmi": t("Belum pasti pun boleh; isi yang sudah diketahui."),
        "pmi": t("Sejauh yang diketahui keluarga."),
        "purna": t("Keberangkatan yang terakhir."),
    }[tone]
    return Section("work", t(WORK_TITLES[tone]), rows[tone], hint)


def _stage_field() -> FieldSpec:
    table = reference.table("stage")
    abroad = [pair for pair in table.choices() if tone_of(pair[0]) == "pmi"]
    return FieldSpec("stage", t("Keadaan sekarang"), lambda: Choice(abroad))


def _background_section() -> Section:
    return Section(
        "background",
        t("Bekal dan pengalaman"),
        (
            (FieldSpec("languages", t("Bahasa yang dikuasai"), LanguagesField),),
            (_episode("courses", optional=True),),
            (FieldSpec("experiences", t("Pekerjaan sebelumnya"), ExperienceField, optional=True),),
        ),
    )


def _documents_section() -> Section:
    return Section(
        "documents",
        t("Dokumen yang sudah ada"),
        (
            (FieldSpec("documents", "", DocumentsField),),
            (_episode("registered_on", help_words="Kosong berarti hari ini."),
             _episode("registered_at", label="Didaftarkan di")),
            (_episode("note", optional=True),),
        ),
        t("Centang yang dibawa; sisanya dapat menyusul."),
    )  # fmt: skip


def _consent_section() -> Section:
    purposes = reference.table("consent_purpose")
    answers = (("given", t("Setuju")), ("refused", t("Tidak setuju")))
    rows: list[tuple[FieldSpec, ...]] = []
    for code in CONSENT_PURPOSES:
        row = purposes.get(code)
        told = row.extras.get("text", "") if row is not None else ""
        label = purposes.label(code)
        rows.append((FieldSpec(f"{CONSENT}{code}", label, lambda: RadioRow(answers), help=told),))
    methods = options("consent_method")
    rows.append((
        FieldSpec("consent_method", t("Dinyatakan dengan"), lambda: Choice(methods)),
        _episode("health_statement", help_words="Dicetak hanya bila warga setuju."),
        person_field("disability"),
    ))  # fmt: skip
    return Section(
        "consents",
        t("Persetujuan"),
        tuple(rows),
        t("Bacakan, lalu catat jawabannya. Menolak tidak mengurangi pelayanan."),
    )
