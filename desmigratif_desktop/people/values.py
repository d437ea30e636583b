"""Drafts in, views out: frozen values, so that no mapped row ever reaches a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.people.radar.values import NOTHING_TOLD, Told
from desmigratif_sync.protocol.entries import Dot

if TYPE_CHECKING:
    from desmigratif_desktop.foundation.errors import FieldProblem

FieldValue = str | int | None
Bases = Mapping[str, tuple[Dot, ...]]


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A new person, as typed or already canonical; the service reads it by the rules.

    Attributes:
        values: fields by identifier, `no_kk` included; only those that were given.
        roles: role codes the person takes.
        uid: wanted id (from an export); None = a new one.
        told: what was decided about people who look alike.
    """

    values: Mapping[str, Any]
    roles: tuple[str, ...] = ()
    uid: bytes | None = None
    told: Told = NOTHING_TOLD


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules made of raw texts.

    Attributes:
        values: canonical values of the fields that were given, `no_kk` included.
        errors: problems that refuse.
        warnings: problems that ask for a reason and never refuse.
    """

    values: Mapping[str, FieldValue]
    errors: tuple[FieldProblem, ...] = ()
    warnings: tuple[FieldProblem, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing refuses."""
        return not self.errors


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Somebody who carries the same NIK.

    Attributes:
        uid: their id.
        line: "Sumiati, Dusun Krajan".
    """

    uid: bytes
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A person was registered.

    Attributes:
        uid: id of the person.
        act: id of the act.
        warnings: what the officer should still look at.
    """

    uid: bytes
    act: bytes
    warnings: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """A person was corrected.

    Attributes:
        act: id of the act; empty when nothing differed.
        overtaken: fields that another laptop or window had changed since the form was
            loaded; both values are kept and wait for a decision.
    """

    act: bytes
    warnings: tuple[FieldProblem, ...] = ()
    overtaken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of a list; NIK masked.

    Attributes:
        subtitle: "panggilan Riah" or empty.
        place: "Krajan"; units: "RT 004/002".
        key: where paging continues after this line.
    """

    uid: bytes
    name: str
    subtitle: str
    nik_masked: str
    age: int | None
    sex: str | None
    dusun: str
    units: str
    roles: tuple[str, ...]
    role_label: str
    key: tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of a list.

    Attributes:
        after: give this to fetch the next page; None = this was the last.
    """

    rows: tuple[PersonRow, ...]
    after: tuple[str, bytes] | None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of a household."""

    uid: bytes
    name: str
    relation: str
    age: int | None
    is_head: bool


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """A household page.

    Attributes:
        values: no_kk, address, dusun, rt, rw, area_code, issued_on, note.
        bases: dots per register, for a form.
        head_name: "" when unknown.
    """

    uid: bytes
    values: Mapping[str, FieldValue]
    no_kk_masked: str
    head_name: str
    address_line: str
    members: tuple[MemberLine, ...]
    bases: Bases = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person page, in words.

    Attributes:
        values: every field by identifier, `no_kk` included.
        labels: the printed word of each coded field that is filled.
        bases: live dots per register; what a form loads beside the values.
        roles: role codes in force; role_labels: their words.
        full_name: with titles.
        birth_line: "Nganjuk, 12 Juli 1992 (34 tahun)".
        address_line: "Dusun Ja'an RT 002 RW 001".
        audience: "village" or "district": who sees this person.
        open_conflicts: fields with more than one kept value.
    """

    uid: bytes
    values: Mapping[str, FieldValue]
    labels: Mapping[str, str]
    bases: Bases
    roles: tuple[str, ...]
    role_labels: tuple[str, ...]
    name: str
    full_name: str
    initials: str
    nik_masked: str
    phone_masked: str
    age: int | None
    birth_line: str
    address_line: str
    household: bytes | None
    members: tuple[MemberLine, ...]
    audience: str
    open_conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field that changed: "Nomor HP": old → new, in words ("kosong" when empty).

    Attributes:
        old_value: as kept, for programs; ids as hex, a group as an object.
    """

    field: str
    label: str
    old: str
    new: str
    old_value: Any = None
    new_value: Any = None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Who changed what, when and on which laptop.

    Attributes:
        act: id of the act, for undo.
        at: "2026-11-19T09:12:00+07:00".
        day: "Kamis, 19 November 2026"; clock: "09.12".
        device: 8 bytes; device_line: "laptop ini" or "laptop lain".
        title: what was done ("Warga didaftarkan").
        summary: one line ("Nomor HP diganti").
    """

    act: bytes
    at: str
    day: str
    clock: str
    officer: str
    device: bytes
    device_line: str
    action: str
    title: str
    summary: str
    reason: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class VillageView:
    """The village, with the dots a form needs."""

    uid: bytes
    area_code: str
    values: Mapping[str, FieldValue]
    bases: Bases

    def word(self, name: str) -> str:
        """A field as text; "" when empty."""
        return str(self.values.get(name) or "")


@dataclass(frozen=True, slots=True)
class PostView:
    """The service post, with the dots a form needs."""

    uid: bytes
    values: Mapping[str, FieldValue]
    bases: Bases


@dataclass(frozen=True, slots=True)
class OfficerView:
    """One officer of the post."""

    uid: bytes
    name: str
    role: str
    position: str
    active: bool
