"""How answers spell a person: the fields, the history, and the copy of all that is held."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.foundation.ids import to_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.people.values import HistoryLine, PersonView
    from desmigratif_desktop.records.engine import Store


def person_json(view: PersonView) -> dict[str, Any]:
    """A person as answers spell them: every field, the printed words beside codes."""
    labels = {f"{name}_label": label for name, label in view.labels.items()}
    return {
        "uid": to_text(view.uid),
        **view.values,
        **labels,
        "household": to_text(view.household) if view.household else None,
        "roles": list(view.roles),
        "conflicts": list(view.open_conflicts),
    }


def history_json(line: HistoryLine) -> dict[str, Any]:
    """One line of a history as answers spell it."""
    return {
        "act": to_text(line.act),
        "at": line.at,
        "officer": line.officer,
        "device": line.device.hex(),
        "action": line.action,
        "title": line.title,
        "reason": line.reason or None,
        "changes": [
            {"field": one.field, "label": one.label, "old": one.old_value, "new": one.new_value,
             "old_text": one.old, "new_text": one.new}
            for one in line.changes
        ],
    }  # fmt: skip


def person_copy(store: Store, session: Session, person: bytes) -> dict[str, Any]:
    """What is held about a person: fields, family card, migrations, consents, history."""
    from desmigratif_desktop.features.migration_services import service
    from desmigratif_desktop.people.history import history_of
    from desmigratif_desktop.people.roster import show_person

    view = show_person(store, session, person)
    migration = service.migration_of(session, person)
    return {
        "person": person_json(view),
        "audience": view.audience,
        "episodes": [
            {"uid": to_text(one.uid), **one.values,
             "stages": [{"stage": step.stage, "happened_on": step.happened_on, "note": step.note}
                        for step in one.stages],
             "documents": [{"document": line.document, "status": line.status, "number": line.number}
                           for line in one.documents]}
            for one in migration.episodes
        ],
        "contacts": [asdict(one) for one in migration.contacts],
        "skills": [asdict(one) for one in migration.skills],
        "languages": [asdict(one) for one in migration.languages],
        "experiences": [asdict(one) for one in migration.experiences],
        "consents": [
            {"purpose": one.purpose, "answer": one.answer or None, "answered_on": one.answered_on}
            for one in migration.consents
        ],
        "history": [history_json(one) for one in history_of(store, session, person)],
    }  # fmt: skip
