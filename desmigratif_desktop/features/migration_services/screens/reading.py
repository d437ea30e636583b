"""What the registration form loads and how it is saved; plain Python for the lanes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.people.roster import person_values, show_person
from desmigratif_desktop.records import drafts

if TYPE_CHECKING:
    from desmigratif_desktop.features.migration_services.values import (
        MigrationView,
        RegistrationDone,
        RegistrationDraft,
    )
    from desmigratif_desktop.people.values import PersonView
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.drafts import Draft
    from desmigratif_desktop.records.engine import Store


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
    register = {
        "cpmi": service.register_cpmi,
        "pmi": service.register_abroad,
        "purna": service.register_returning,
    }[tone]
    return register(store, actor, draft, origin=origin)


def hand_over(store: Store, tone: str, person: bytes, officer: bytes, raw: dict[str, Any]) -> None:
    """It is an existing person after all: what was typed fills only what is empty there.

    Raises:
        NotFoundError: no such person here.
    """
    with store.read() as session:
        known = person_values(session, person)
        before = drafts.load_draft(session, service.draft_form(tone), person, officer)
    kept = {name: one for name, one in raw.items() if known.get(name) is None and one}
    fields = {**kept, **(before.fields if before is not None else {})}
    if fields:
        drafts.save_draft(store, service.draft_form(tone), person, officer, fields)
    with store.local_write() as session:
        drafts.clear_draft(session, service.draft_form(tone), None, officer)
