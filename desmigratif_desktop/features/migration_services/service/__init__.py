"""What the migration service does: register, record stages, ask consent, read it all back."""

from __future__ import annotations

from desmigratif_desktop.features.migration_services.service.details import (
    answer_consent,
    drop_language,
    drop_skill,
    save_details,
    set_document,
)
from desmigratif_desktop.features.migration_services.service.paper_facts import registration_facts
from desmigratif_desktop.features.migration_services.service.reading import (
    history_with_migration,
    list_episodes,
    migration_of,
    show_episode,
)
from desmigratif_desktop.features.migration_services.service.registration import (
    draft_form,
    register_abroad,
    register_cpmi,
    register_returning,
)
from desmigratif_desktop.features.migration_services.service.stages import (
    correct_episode,
    record_stage,
)

__all__ = [
    "answer_consent",
    "correct_episode",
    "draft_form",
    "drop_language",
    "drop_skill",
    "history_with_migration",
    "list_episodes",
    "migration_of",
    "record_stage",
    "register_abroad",
    "register_cpmi",
    "register_returning",
    "registration_facts",
    "save_details",
    "set_document",
    "show_episode",
]
