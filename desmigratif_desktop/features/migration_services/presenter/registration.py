"""The registration form without its widgets: what it loads, what it says, how it is saved.

Plain Python for the lanes. Only what the officer touched goes into the draft, with the
dots that were loaded; the half-filled form is kept for its officer alone.

Source: pictures 06 and 06b; FORM-3; DESIGN decision 4; redlist F18.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.rules import CONSENT_PURPOSES, FIELDS_BY_NAME
from desmigratif_desktop.features.migration_services.values import (
    ConsentDraft,
    ContactDraft,
    DocumentDraft,
    ExperienceDraft,
    LanguageDraft,
    RegistrationDraft,
)
from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.people.fields import BY_NAME
from desmigratif_desktop.people.radar.decisions import complete_person
from desmigratif_desktop.people.roster import show_person
from desmigratif_desktop.records import drafts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desmigratif_desktop.features.migration_services.values import (
        MigrationView,
        RegistrationDone,
    )
    from desmigratif_desktop.people.values import PersonView
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.drafts import Draft
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.unit_of_work import Touched
    from desmigratif_sync.protocol.entries import Dot

TITLES: Final = {
    "cpmi": "Pendaftaran calon PMI",
    "pmi": "Pendaftaran PMI di luar negeri",
    "purna": "Pendaftaran PMI purna",
}
WORK_TITLES: Final = {
    "cpmi": "Rencana kerja", "pmi": "Pekerjaan", "purna": "Riwayat kerja",
}  # fmt: skip
CONTACT: Final = ("contact_name", "contact_relation", "contact_phone", "contact_place")
CONSENT: Final = "consent_"
PERSON: Final = frozenset(BY_NAME) - {"note"}
"""Fields of this form that are the person's; `note` is the registration's."""
_REGISTER: Final = {
    "cpmi": service.register_cpmi,
    "pmi": service.register_abroad,
    "purna": service.register_returning,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A registration form as it opens.

    Attributes:
        view, migration: of an existing person; None for a new one.
        draft: what was left half filled.
    """

    view: PersonView | None
    migration: MigrationView | None
    draft: Draft | None


def load(store: Store, tone: str, person: bytes | None, officer: bytes) -> Loaded:
    """Read the person and the officer's draft.

    Raises:
        NotFoundError: no such person here.
    """
    with store.read() as session:
        view = migration = None
        if person is not None:
            view = show_person(store, session, person)
            migration = service.migration_of(session, person)
        draft = drafts.load_draft(session, service.draft_form(tone), person, officer)
        return Loaded(view, migration, draft)


def save(
    store: Store, actor: Actor, tone: str, draft: RegistrationDraft, origin: str
) -> RegistrationDone:
    """One save, one act.

    Raises:
        InputError: a field cannot be taken; the draft stays.
    """
    return _REGISTER[tone](store, actor, draft, origin=origin)


def hand_over(
    store: Store, tone: str, actor: Actor, touched: tuple[bytes, Touched], raw: Mapping[str, Any]
) -> None:
    """It is an existing person after all: their record is completed, the registration goes on.

    Args:
        store: the opened store.
        tone: of the registration.
        actor: who registers.
        touched: the person, and what was chosen for their record.
        raw: the form as typed; what is the person's own is not handed on.

    Raises:
        NotFoundError: no such person here.
    """
    person, chosen = touched
    officer = actor.officer_id
    if chosen.values:
        complete_person(store, actor, person, chosen)
    with store.read() as session:
        before = drafts.load_draft(session, service.draft_form(tone), person, officer)
    kept = {name: one for name, one in raw.items() if name not in PERSON and one}
    fields = {**kept, **(before.fields if before is not None else {})}
    if fields:
        drafts.save_draft(store, service.draft_form(tone), person, officer, fields)
    with store.local_write() as session:
        drafts.clear_draft(session, service.draft_form(tone), None, officer)


def load_around(migration: MigrationView | None) -> dict[str, Any]:
    """What is known around a person already, as the form's fields carry it."""
    if migration is None:
        return {"consent_method": "tanda_tangan"}
    values: dict[str, Any] = {"consent_method": "tanda_tangan"}
    values |= {
        f"{CONSENT}{one.purpose}": one.answer
        for one in migration.consents
        if one.answer in {"given", "refused"}
    }
    if migration.contacts:
        first = migration.contacts[0]
        kept = (first.name, first.relation, first.phone, first.place)
        values |= dict(zip(CONTACT, kept, strict=True))
    if migration.languages:
        values["languages"] = [one.language for one in migration.languages]
    return values


def step_words(steps: Mapping[str, Mapping[str, object]], warnings: int) -> dict[str, str]:
    """The line under the title of each step.

    Args:
        steps: the readable values of each step's fields.
        warnings: how many warnings stand in the form.
    """
    identity = t("sedang diisi") if steps["identity"].get("name") else t("nama belum diisi")
    held = steps["documents"].get("documents")
    answers = [steps["consents"].get(f"{CONSENT}{one}") for one in CONSENT_PURPOSES]
    return {
        "identity": t("{n} peringatan").format(n=warnings) if warnings else identity,
        "address": _filled(steps["address"]),
        "work": _filled(steps["work"]),
        "documents": _share(
            len(held) if isinstance(held, list) else 0, len(reference.table("document").codes())
        ),
        "consents": _share(sum(one is not None for one in answers), len(answers)),
    }


def _filled(values: Mapping[str, object]) -> str:
    known = sum(value is not None for value in values.values())
    return t("{n} terisi").format(n=known) if known else t("belum diisi")


def _share(done: int, total: int) -> str:
    return t("{done} dari {total}").format(done=done, total=total)


def draft_of(
    touched: Mapping[str, Any],
    whole: Mapping[str, Any],
    *,
    person: bytes | None,
    bases: Mapping[str, tuple[Dot, ...]],
    reason: str | None,
) -> RegistrationDraft:
    """One registration from the touched fields.

    Args:
        touched: only what the officer changed.
        whole: all values, for what belongs together (a contact's name and number).
        person: an existing person; None for a new one.
        bases: dots of the touched registers of the person.
        reason: why warnings were passed.
    """
    contacts: tuple[ContactDraft, ...] = ()
    if any(name in touched for name in CONTACT):
        name, relation, phone, place = (_text(whole.get(one)) for one in CONTACT)
        contacts = (ContactDraft(name or "", relation, phone, place),)
    method = _text(whole.get("consent_method")) or "tanda_tangan"
    answers = {
        name.removeprefix(CONSENT): str(value)
        for name, value in touched.items()
        if name.startswith(CONSENT) and name != "consent_method" and value
    }
    return RegistrationDraft(
        values={name: value for name, value in touched.items() if name in PERSON},
        episode={name: value for name, value in touched.items() if name in FIELDS_BY_NAME},
        person=person,
        bases=dict(bases),
        contacts=contacts,
        languages=tuple(LanguageDraft(code) for code in touched.get("languages") or ()),
        experiences=tuple(
            ExperienceDraft(work, country=country, started=started, ended=ended)
            for work, country, started, ended in touched.get("experiences") or ()
        ),
        consents=tuple(ConsentDraft(purpose, one, method) for purpose, one in answers.items()),
        documents=tuple(
            DocumentDraft(code, number=number) for code, number in touched.get("documents") or ()
        ),
        override_reason=reason,
    )


def _text(value: object) -> str | None:
    return str(value) if value else None
