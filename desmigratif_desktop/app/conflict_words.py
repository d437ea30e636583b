"""Open decisions in words: whose record, which field, which values, who wrote them.

Settling them is a screen of its own (*Perlu keputusan*); until then both values are kept
and shown here, so nobody has to guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people import words
from desmigratif_desktop.people.fields import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desmigratif_desktop.records.changelog import LiveValue, OpenConflict

KIND_WORDS: Final = {
    "village": "Data desa",
    "post": "Data pos",
    "officer": "Petugas",
    "household": "Keluarga",
    "migration_episode": "Perjalanan migrasi",
}
FIELD_WORDS: Final = {
    "office_name": "Nama kantor",
    "residence": "RT, RW, dusun",
    "marriage": "Status perkawinan",
    "stage": "Tahap",
}


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One open decision, in words.

    Attributes:
        subject: whose record.
        person: id to open; None when it is not a person.
        field: what differs.
        shown: (value, who wrote it).
        others: the other values, likewise.
    """

    subject: str
    person: bytes | None
    field: str
    shown: tuple[str, str]
    others: tuple[tuple[str, str], ...]


def conflict_lines(
    found: Sequence[OpenConflict], people: Mapping[bytes, str], officers: Mapping[bytes | None, str]
) -> tuple[ConflictLine, ...]:
    """Put open conflicts into words.

    Args:
        found: from the change log.
        people: names of the persons among them.
        officers: names by officer id.
    """
    return tuple(_line(one, people, officers) for one in found)


def _line(
    one: OpenConflict, people: Mapping[bytes, str], officers: Mapping[bytes | None, str]
) -> ConflictLine:
    is_person = one.kind == "person"
    subject = people.get(one.record, "") if is_person else KIND_WORDS.get(one.kind, one.kind)
    spec = BY_NAME.get(one.field)
    field = spec.label if spec else FIELD_WORDS.get(one.field, one.field)

    def said(live: LiveValue) -> tuple[str, str]:
        who = officers.get(live.officer_id) or t("petugas lain")
        return words.spell(spec, live.value), who

    return ConflictLine(
        subject,
        one.record if is_person else None,
        field,
        said(one.shown),
        tuple(said(other) for other in one.others),
    )
