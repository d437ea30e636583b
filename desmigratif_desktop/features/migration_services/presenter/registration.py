"""The registration form without its widgets: texts in, problems and a draft out.

The form holds raw texts. Only what the officer touched goes into the draft, with the
dots that were loaded; what was half filled is kept as a draft of this officer alone.

Source: picture 06; DESIGN decision 4; redlist F18.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.presenter.sections import (
    CONTACT,
    EPISODE,
    FIELDS,
    SECTION_OF,
    SECTIONS,
)
from desmigratif_desktop.features.migration_services.rules import CONSENT_PURPOSES
from desmigratif_desktop.features.migration_services.values import (
    ConsentDraft,
    ContactDraft,
    DocumentDraft,
    LanguageDraft,
    RegistrationDraft,
    SkillDraft,
)
from desmigratif_desktop.foundation import identity, reference
from desmigratif_desktop.foundation.clock import local_date
from desmigratif_desktop.foundation.contacts import format_phone
from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.foundation.partial_dates import format_long, format_short
from desmigratif_desktop.foundation.places import Regions
from desmigratif_desktop.people.fields import Holds
from desmigratif_desktop.people.persons import same_nik
from desmigratif_desktop.people.roster import show_person
from desmigratif_desktop.people.rules import read_field
from desmigratif_desktop.records import drafts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from desmigratif_desktop.features.migration_services.values import RegistrationDone
    from desmigratif_desktop.people.fields import FieldSpec
    from desmigratif_desktop.people.values import SamePerson
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store
    from desmigratif_sync.protocol.entries import Dot

TITLES: Final = {
    "cpmi": "Pendaftaran calon PMI",
    "pmi": "Pendataan PMI di luar negeri",
    "purna": "Pendaftaran PMI purna",
}
_SAVE: Final = {
    "cpmi": service.register_cpmi,
    "pmi": service.register_abroad,
    "purna": service.register_returning,
}


@dataclass(slots=True)
class RegistrationTexts:
    """What the form holds, as typed.

    Attributes:
        fields: raw texts by key; coded fields hold the code.
        documents: status by document code.
        consents: answer by purpose.
        languages: codes or words; skills: words.
        method: how consent was given.
    """

    fields: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    consents: dict[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    method: str = "tanda_tangan"


@dataclass(frozen=True, slots=True)
class NikBrackets:
    """What stands under the digits while a NIK is typed.

    Attributes:
        place, place_note: "Kec. Gondang, Nganjuk", "tempat NIK pertama dibuat".
        birth, birth_note: "12 Juli 1992, perempuan", "tanggal 52 dikurangi 40".
        serial: "nomor urut".
        mismatch: the brackets that disagree with what was typed: "place", "birth".
        message: why it cannot be a NIK; empty when it can.
    """

    place: str = ""
    place_note: str = ""
    birth: str = ""
    birth_note: str = ""
    serial: str = ""
    mismatch: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class SectionStatus:
    """The line under a section's title, and its tone: "", "warning", "error", "done"."""

    key: str
    title: str
    line: str
    tone: str


@dataclass(frozen=True, slots=True)
class FormCheck:
    """All that is known about the form now.

    Attributes:
        errors: refuse; each names a key of the form.
        warnings: ask for a reason.
        same: people who carry the same NIK.
    """

    errors: tuple[FieldProblem, ...]
    warnings: tuple[FieldProblem, ...]
    same: tuple[SamePerson, ...]

    @property
    def may_save(self) -> bool:
        """Whether nothing refuses; warnings need a reason, told by `needs_reason`."""
        return not self.errors

    @property
    def needs_reason(self) -> bool:
        """Whether a warning asks why it is saved nevertheless."""
        return bool(self.warnings)


class RegistrationPresenter:
    """One open registration form.

    Attributes:
        texts: what the form holds now; the screen writes into it through `change`.
    """

    def __init__(
        self, store: Store, actor: Actor, *, kind: str = "cpmi", person: bytes | None = None
    ) -> None:
        self._store = store
        self._actor = actor
        self.kind = kind
        self.person = person
        self.title = TITLES[kind]
        self.sections = SECTIONS
        self.texts = RegistrationTexts()
        self._loaded: dict[str, str] = {}
        self._bases: Mapping[str, tuple[Dot, ...]] = {}

    def load(self, session: Session) -> bool:
        """Load the person's present values, then this officer's own draft over them.

        Returns:
            Whether a draft was found.
        """
        if self.person is not None:
            view = show_person(self._store, session, self.person)
            self._bases = view.bases
            self._loaded = {
                key: typed_form(one.spec, view.values.get(key))
                for key, one in FIELDS.items()
                if key in view.values
            }
            self.texts.fields.update(self._loaded)
        kept = drafts.load_draft(
            session, service.draft_form(self.kind), self.person, self._actor.officer_id
        )
        if kept is None or kept.fields.get("kind", self.kind) != self.kind:
            return False
        self._take(kept.fields)
        return True

    def _take(self, kept: Mapping[str, Any]) -> None:
        texts = self.texts
        texts.fields.update({k: str(v) for k, v in dict(kept.get("fields", {})).items()})
        texts.documents.update(kept.get("documents", {}))
        texts.consents.update(kept.get("consents", {}))
        texts.languages = list(kept.get("languages", []))
        texts.skills = list(kept.get("skills", []))
        texts.method = str(kept.get("method", texts.method))

    def change(self, key: str, text: str) -> None:
        """Take one field's text as typed."""
        self.texts.fields[key] = text

    def touched(self, key: str) -> bool:
        """Whether a field differs from what was loaded."""
        return self.texts.fields.get(key, "") != self._loaded.get(key, "")

    def keep_draft(self) -> None:
        """Keep the form as it stands (records lane); saving the registration drops it."""
        texts = self.texts
        changed = {key: text for key, text in texts.fields.items() if self.touched(key)}
        kept = {
            "kind": self.kind,
            "fields": changed,
            "documents": texts.documents,
            "consents": texts.consents,
            "languages": texts.languages,
            "skills": texts.skills,
            "method": texts.method,
        }
        form = service.draft_form(self.kind)
        drafts.save_draft(self._store, form, self.person, self._actor.officer_id, kept)

    def drop_draft(self) -> None:
        """Forget the draft (records lane); the officer chose to begin anew."""
        with self._store.local_write() as session:
            drafts.clear_draft(
                session, service.draft_form(self.kind), self.person, self._actor.officer_id
            )

    def draft(self, reason: str | None = None) -> RegistrationDraft:
        """The form as the service takes it: touched fields only."""
        texts = self.texts
        values = {key: text for key, text in texts.fields.items()
                  if "." not in key and self.touched(key)}  # fmt: skip
        if self.person is None:
            values = {key: text for key, text in values.items() if text.strip()}
        contact = {key.removeprefix(CONTACT): text for key, text in texts.fields.items()
                   if key.startswith(CONTACT) and text.strip()}  # fmt: skip
        return RegistrationDraft(
            values=values,
            episode=self._part(EPISODE),
            person=self.person,
            bases=dict(self._bases),
            contacts=(ContactDraft(contact.pop("name", ""), **contact),) if contact else (),
            skills=tuple(SkillDraft(one) for one in texts.skills if one.strip()),
            languages=tuple(LanguageDraft(one) for one in texts.languages if one.strip()),
            consents=tuple(
                ConsentDraft(purpose, answer, texts.method)
                for purpose, answer in texts.consents.items()
            ),
            documents=tuple(DocumentDraft(*one) for one in texts.documents.items()),
            override_reason=reason,
        )

    def _part(self, prefix: str) -> dict[str, str]:
        return {
            key.removeprefix(prefix): text
            for key, text in self.texts.fields.items()
            if key.startswith(prefix) and text.strip()
        }

    def check(self, session: Session) -> FormCheck:
        """Read the whole form without saving: every problem beside its field."""
        draft = self.draft()
        person, episode = service.read_registration(self._store, session, draft, self.kind)
        errors = [*person.errors, *(_prefixed(EPISODE, one) for one in episode.errors)]
        errors += self._contact_errors()
        warnings = [*person.warnings, *(_prefixed(EPISODE, one) for one in episode.warnings)]
        nik = person.values.get("nik")
        same = same_nik(session, nik if isinstance(nik, str) else None, but_not=self.person)
        return FormCheck(tuple(errors), tuple(warnings), same)

    def _contact_errors(self) -> list[FieldProblem]:
        errors = []
        given = {key: text for key, text in self.texts.fields.items()
                 if key.startswith(CONTACT) and text.strip()}  # fmt: skip
        today = local_date(self._store.clock)
        for key, text in given.items():
            spec = FIELDS[key].spec
            if spec.holds is Holds.CODE:
                continue
            try:
                read_field(spec, text, today)
            except InputError as refused:
                errors += [FieldProblem(key, one.code, one.message) for one in refused.problems]
        if given and f"{CONTACT}name" not in given:
            sentence = "Nama kontak darurat belum diisi."
            errors.append(FieldProblem(f"{CONTACT}name", "contact_empty", sentence))
        return errors

    def status(self, check: FormCheck) -> tuple[SectionStatus, ...]:
        """The lines of the section list."""
        return tuple(self._status(one.key, one.title, check) for one in SECTIONS)

    def _status(self, key: str, title: str, check: FormCheck) -> SectionStatus:
        errors = sum(SECTION_OF.get(one.field) == key for one in check.errors)
        warnings = sum(SECTION_OF.get(one.field) == key for one in check.warnings)
        if errors:
            return SectionStatus(key, title, f"{errors} perlu diperbaiki", "error")
        if warnings:
            return SectionStatus(key, title, f"{warnings} peringatan", "warning")
        if key == "documents":
            held = sum(one == "ada" for one in self.texts.documents.values())
            needed = len([row for row in reference.table("document") if row.extras["required"]])
            return SectionStatus(key, title, f"{held} dari {needed}", "")
        if key == "consents":
            answered = sum(one in self.texts.consents for one in CONSENT_PURPOSES)
            line = "lengkap" if answered == len(CONSENT_PURPOSES) else "perlu ditanyakan"
            return SectionStatus(key, title, line, "done" if line == "lengkap" else "")
        filled = any(self.texts.fields.get(one, "").strip() for one, place in SECTION_OF.items()
                     if place == key)  # fmt: skip
        return SectionStatus(key, title, "terisi" if filled else "belum diisi",
                             "done" if filled else "")  # fmt: skip

    def save(self, reason: str | None = None) -> RegistrationDone:
        """Save the registration (records lane).

        Raises:
            InputError: a field cannot be taken; the draft stays.
        """
        return _SAVE[self.kind](self._store, self._actor, self.draft(reason))


def nik_brackets(text: str, birth_date: str | None, sex: str | None, today: Any) -> NikBrackets:
    """Explain a NIK while it is typed.

    Args:
        text: the digits typed so far.
        birth_date: the typed birth date in the kept form, if any.
        sex: "L", "P" or None.
        today: of the post.
    """
    problems = identity.check_nik(text)
    if problems:
        return NikBrackets(message=problems[0].message if text else "")
    reading = identity.explain_nik(text, birth_date, today)
    regions = Regions.load()
    place = "Kecamatan tidak ada dalam daftar sekarang"
    if regions.has(reading.region_code6):
        regency = regions.name(text[:4]).removeprefix("Kabupaten ")
        place = f"Kec. {regions.name(reading.region_code6)}, {regency}"
    word = "perempuan" if reading.sex == "P" else "laki-laki"
    day = int(text[6:8])
    note = f"tanggal {day} dikurangi {identity.FEMALE_DAY_OFFSET}" if reading.sex == "P" else ""
    found = {one.code for one in identity.compare_nik(text, birth_date, sex, today=today)}
    mismatch = []
    if found & {"nik_region_unknown"}:
        mismatch.append("place")
    if found & {"nik_birth_date", "nik_sex", "nik_calendar"}:
        mismatch.append("birth")
    return NikBrackets(
        place, "tempat NIK pertama dibuat", f"{format_long(reading.birth_date)}, {word}", note,
        "nomor urut", tuple(mismatch),
    )  # fmt: skip


def typed_form(spec: FieldSpec, value: Any) -> str:
    """A kept value as a form shows it: dates 12-07-1992, phones 0812-…, codes as codes."""
    if value is None:
        return ""
    text = str(value)
    if spec.holds in {Holds.DATE, Holds.PAST_DATE}:
        return format_short(text)
    return format_phone(text) if spec.holds is Holds.PHONE else text


def _prefixed(prefix: str, problem: FieldProblem) -> FieldProblem:
    key = problem.field if problem.field == "birth_date" else f"{prefix}{problem.field}"
    return FieldProblem(key, problem.code, problem.message, problem.is_warning)
