"""Words of the import screen: fields, values, numbers, places in the file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.identity import mask_nik
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.money import format_number
from desmigratif_desktop.foundation.partial_dates import format_long
from desmigratif_desktop.people.fields import BY_NAME, Holds
from desmigratif_desktop.people.imports import mapping as mappings
from desmigratif_desktop.people.imports.headings import IGNORE, SKIPPED, label_of
from desmigratif_desktop.people.imports.plan import Outcome

if TYPE_CHECKING:
    from desmigratif_desktop.people.imports.apply import Imported
    from desmigratif_desktop.people.imports.found import Question
    from desmigratif_desktop.people.imports.plan import Plan, PlannedRow

STEPS: Final = ("Berkas", "Kolom", "Periksa", "Selesai")
_OWN: Final = {
    "pria_wanita": "Jenis kelamin (P = pria, W = wanita)",
    "nik_missing_reason": "Alasan tanpa NIK",
    "children_birth_years": "Tahun lahir anak",
    IGNORE: "Jangan dipakai",
}
_ORDERS: Final = {"dmy": "Tanggal, bulan, tahun", "mdy": "Bulan, tanggal, tahun"}
PHASES: Final = {"memeriksa": "Memeriksa", "menyimpan": "Menyimpan", "membaca": "Membaca"}
NIK_LENGTH: Final = 16
SEEN: Final = "seen"
"""An answer that keeps the field as it is, where a question names no choices."""


def field_words(name: str) -> str:
    """What officers call a field; "" is a column that is left out."""
    key = name or IGNORE
    return t(_OWN[key]) if key in _OWN else t(label_of(key))


@cache
def field_options() -> tuple[tuple[str, str], ...]:
    """What a column may hold, "do not use" first, then by name."""
    names = [one for one in mappings.TARGETS if one and one not in SKIPPED]
    rest = sorted(((one, field_words(one)) for one in names), key=lambda one: one[1].casefold())
    return ((IGNORE, field_words(IGNORE)), *rest)


def answer_options(question: Question) -> list[tuple[str, str]]:
    """The answers to a question, with words."""
    if question.code == "date_order":
        return [(one, t(_ORDERS[one])) for one in question.choices]
    if question.code == "no_name":
        words = t("Kolom {letter}")
        return [(one, words.format(letter=one)) for one in question.choices]
    return [(one or IGNORE, field_words(one)) for one in question.choices] or [
        (SEEN, t("Sudah saya periksa"))
    ]


def value_words(name: str, value: object) -> str:
    """A value in officers' words; numbers of identity are masked."""
    if value is None or value == "":
        return t("kosong")
    spec = BY_NAME.get(name)
    if spec is None:
        return str(value)
    if spec.holds in {Holds.NIK, Holds.NO_KK}:
        return mask_nik(str(value))
    if spec.holds in {Holds.DATE, Holds.PAST_DATE}:
        return format_long(str(value))
    return reference.table(spec.table).label(str(value)) if spec.table else str(value)


def sample_words(sample: str) -> str:
    """A cell as an example: numbers of identity are masked."""
    digits = "".join(one for one in sample if one.isdigit())
    return mask_nik(digits) if len(digits) == NIK_LENGTH else sample


def change_words(changes: tuple[tuple[str, object, object], ...]) -> str:
    """Proposed changes in one line."""
    return " · ".join(
        f"{field_words(name)}: {value_words(name, old)} → {value_words(name, new)}"
        for name, old, new in changes
    )


def plan_numbers(plan: Plan) -> list[tuple[str, int]]:
    """The numbers of a dry run with their names; the first is the sum of the others."""
    counts = plan.counts
    return [
        (t("dibaca"), plan.read),
        (t("akan ditambahkan"), counts[Outcome.ADDED]),
        (t("usul perubahan"), counts[Outcome.CHANGED]),
        (t("sudah sama"), counts[Outcome.UNCHANGED]),
        (t("perlu diputuskan"), counts[Outcome.DUPLICATE]),
        (t("ditolak"), counts[Outcome.REFUSED]),
    ]


def done_numbers(done: Imported) -> list[tuple[str, int]]:
    """The numbers of an import with their names."""
    return [
        (t("dibaca"), done.read),
        (t("ditambahkan"), done.added),
        (t("usul perubahan"), done.changed),
        (t("sudah sama"), done.unchanged),
        (t("perlu diputuskan"), done.duplicate_cases),
        (t("ditolak"), done.refused),
    ]


def import_words(added: int, made: int) -> str:
    """Words of the button that imports."""
    if added or not made:
        return t("Masukkan {n} warga").format(n=format_number(added))
    return t("Simpan {n} perubahan").format(n=format_number(made))


def problem_lines(plan: Plan) -> list[tuple[str, str, str, bool]]:
    """What is said about cells: (place, field or name, sentence, is a note); refusals first."""
    lines = []
    for row in plan.rows:
        for one in row.read.problems:
            head = field_words(one.field) if one.field else row.read.shown
            lines.append((f"{one.sheet}!{one.cell}", head, one.sentence, one.is_note))
        for reason in row.reasons:
            place = f"{row.read.sheet}!{row.read.cell_of('name')}"
            lines.append((place, row.read.shown, reason, False))
    return sorted(lines, key=lambda one: one[3])


def row_words(row: PlannedRow) -> str:
    """Who a row is about, with its place in the file."""
    return t("{name} · baris {row}").format(name=row.read.shown, row=row.read.row)


def progress_words(phase: str, done: int, total: int) -> str:
    """How far it is, in words."""
    return t("{phase}: {done} dari {total} warga").format(
        phase=t(PHASES.get(phase, phase.capitalize())),
        done=format_number(done), total=format_number(total),
    )  # fmt: skip
