"""What a person's form loads, and what happens when it is saved; plain Python for the lanes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.people.persons import correct_person, register_person
from desmigratif_desktop.people.radar.decisions import complete_person
from desmigratif_desktop.people.radar.values import NOTHING_TOLD, Told
from desmigratif_desktop.people.roster import show_person
from desmigratif_desktop.people.values import PersonDraft
from desmigratif_desktop.records import drafts

if TYPE_CHECKING:
    from desmigratif_desktop.foundation.errors import FieldProblem
    from desmigratif_desktop.people.values import PersonView
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.drafts import Draft
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.unit_of_work import Touched

FORM = "person"
"""Name of the form's draft."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A person as the form loads them.

    Attributes:
        view: None for a new person.
        draft: what was left half filled.
    """

    view: PersonView | None
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class Saved:
    """A form that was saved.

    Attributes:
        overtaken: labels' registers that another laptop had changed meanwhile.
    """

    uid: bytes
    warnings: tuple[FieldProblem, ...]
    overtaken: tuple[str, ...] = ()


def load(store: Store, person: bytes | None, officer: bytes) -> Loaded:
    """Read the person and the officer's draft.

    Raises:
        NotFoundError: no such person here.
    """
    with store.read() as session:
        view = show_person(store, session, person) if person is not None else None
        return Loaded(view, drafts.load_draft(session, FORM, person, officer))


def save(
    store: Store,
    actor: Actor,
    person: bytes | None,
    touched: Touched,
    *,
    reason: str | None,
    origin: str,
    told: Told = NOTHING_TOLD,
) -> Saved:
    """Register or correct, then drop the draft.

    Raises:
        InputError: a field cannot be taken; the draft stays.
    """
    if person is None:
        draft = PersonDraft(touched.values, told=told)
        made = register_person(store, actor, draft, override_reason=reason, origin=origin)
        saved = Saved(made.uid, made.warnings)
    else:
        done = correct_person(
            store, actor, person, touched, override_reason=reason,
            origin=origin,
        )  # fmt: skip
        saved = Saved(person, done.warnings, done.overtaken)
    with store.local_write() as session:
        drafts.clear_draft(session, FORM, person, actor.officer_id)
    return saved


def complete(store: Store, actor: Actor, person: bytes, touched: Touched, *, origin: str) -> None:
    """It is somebody who is known: write the chosen values there, drop this form's draft.

    Raises:
        InputError: a value cannot be taken; the draft stays.
    """
    complete_person(store, actor, person, touched, origin=origin)
    with store.local_write() as session:
        drafts.clear_draft(session, FORM, None, actor.officer_id)
