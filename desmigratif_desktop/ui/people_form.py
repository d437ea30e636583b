"""The fields of a person as widgets: one spelling for every form that asks for a person.

Labels and kinds of value come from `people.fields`; here stand only widgets and rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.foundation.identity import check_no_kk
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.fields import BY_NAME, FieldSpec, Holds
from desmigratif_desktop.ui.choices import Choice
from desmigratif_desktop.ui.fields import DateField, NoteField, NumberField, PhoneField, RupiahField
from desmigratif_desktop.ui.fields import TextField as Line
from desmigratif_desktop.ui.form import FieldSpec as Asked
from desmigratif_desktop.ui.form import Section
from desmigratif_desktop.ui.nik_field import NikField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

MEANINGS: Final = {
    "nik": "16 angka pada KTP atau KK. NIK tidak pernah berubah walaupun data diperbaiki.",
    "name": "Seperti pada KTP, tanpa gelar. Satu kata pun boleh.",
    "alias": "Nama yang dipakai tetangga; ikut dicari di daftar warga.",
    "birth_date": "Boleh hanya tahun (1992) atau bulan dan tahun (07-1992).",
    "no_kk": "16 angka di atas Kartu Keluarga. Warga dengan nomor sama berkumpul di satu keluarga.",
    "mother_name": "Nama ibu kandung seperti pada KK.",
    "household_relation": "Hubungan dengan kepala keluarga seperti pada KK.",
    "phone": "Nomor yang dapat dihubungi. Ditulis 08… atau +62…",
    "marriage_record": "Tercatat bila ada buku nikah atau akta perkawinan.",
    "disability": "Diisi bila warga menyampaikannya; bukan diagnosis.",
    "nik_missing_reason": "Mengapa NIK belum ada. NIK dapat diisi kapan saja.",
}
"""What F1 tells about a field, beyond its help line."""
OPTIONAL: Final = frozenset({"alias", "email", "whatsapp", "title_before", "title_after"})


class NoKkField(NikField):
    """16 digits of a family card, grouped like a NIK, without brackets."""

    def __init__(self) -> None:
        super().__init__(explain=False)

    def value(self) -> object:
        """16 digits; None when empty.

        Raises:
            InputError: not 16 digits.
        """
        digits = self.line.digits()
        hard = tuple(one for one in check_no_kk(digits) if not one.is_warning) if digits else ()
        if hard:
            raise InputError(hard)
        return digits or None


def options(table: str) -> tuple[tuple[str, str], ...]:
    """The choices of a reference table."""
    return reference.table(table).choices()


def maker(spec: FieldSpec) -> Callable[[], QWidget]:
    """What builds the widget of a field."""
    if spec.holds is Holds.CODE:
        return lambda: Choice(options(spec.table))
    known: dict[Holds, Callable[[], QWidget]] = {
        Holds.NIK: NikField,
        Holds.NO_KK: NoKkField,
        Holds.DATE: DateField,
        Holds.PAST_DATE: DateField,
        Holds.PHONE: PhoneField,
        Holds.NOTE: NoteField,
        Holds.UNIT: lambda: Line("001", limit=3),
        Holds.COUNT: lambda: NumberField(0, 40),
        Holds.MONTHS: lambda: NumberField(0, 600),
        Holds.MONEY: RupiahField,
    }
    return known.get(spec.holds, Line)


def asked(
    spec: FieldSpec, *, label: str = "", span: int = 1, help_words: str = "", link: str = "",
    optional: bool = False, make: Callable[[], QWidget] | None = None,
) -> Asked:  # fmt: skip
    """A field of a form from a field of the register."""
    return Asked(
        spec.name,
        t(label or spec.label),
        make or maker(spec),
        optional=optional or spec.name in OPTIONAL,
        help=t(help_words) if help_words else "",
        meaning=t(MEANINGS[spec.name]) if spec.name in MEANINGS else "",
        link=t(link) if link else "",
        span=span,
    )


def person_field(
    name: str, *, label: str = "", span: int = 1, help_words: str = "", link: str = ""
) -> Asked:
    """A field of a person by its identifier."""
    return asked(BY_NAME[name], label=label, span=span, help_words=help_words, link=link)


def identity_section() -> Section:
    """What stands on a KTP."""
    f = person_field
    return Section(
        "identity",
        t("Identitas"),
        (
            (f("nik", link="NIK belum ada"),),
            (f("nik_missing_reason"),),
            (
                f("name", span=3, help_words="Satu kata pun boleh. Gelar diisi terpisah."),
                f("alias", span=2),
            ),
            (f("birth_place", span=3), f("birth_date", span=2), f("sex", span=2)),
            (f("marital_status", span=3), f("religion", span=2), f("education_level", span=2)),
            (f("mother_name", span=3), f("occupation", label="Pekerjaan sekarang", span=4)),
        ),
        t("Isi seperti pada KTP. Yang belum diketahui boleh dikosongkan."),
    )


def address_section() -> Section:
    """Where somebody lives and with whom."""
    f = person_field
    return Section(
        "address",
        t("Alamat dan keluarga"),
        (
            (f("no_kk", span=3), f("household_relation", span=2)),
            (f("address", label="Jalan atau blok"),),
            (f("dusun", span=3), f("rt", span=1), f("rw", span=1)),
            (f("phone", span=1), f("whatsapp", span=1)),
            (f("father_name", span=1), f("spouse_name", span=1)),
            (f("children_count", span=1), f("children_birth_years", span=2)),
            (f("marriage_date", span=1), f("marriage_record", span=1)),
        ),
        t("Seperti pada Kartu Keluarga."),
    )


def papers_section() -> Section:
    """Names on papers and numbers of papers."""
    f = person_field
    return Section(
        "papers",
        t("Nama dan nomor lain"),
        (
            (f("title_before"), f("title_after"), f("bin_binti")),
            (
                f("passport_name", span=3),
                f("passport_no", span=2),
                f("passport_valid_until", span=2),
            ),
            (f("birth_certificate_no"), f("marriage_certificate_no")),
            (f("id_siapkerja"), f("no_ak1"), f("id_siskop2mi")),
            (f("no_bpjs_tk"), f("no_bpjs_kes")),
            (f("blood_type"), f("nationality"), f("disability")),
            (f("email"), f("current_address")),
            (f("note"),),
        ),
        t("Semuanya boleh kosong."),
    )
