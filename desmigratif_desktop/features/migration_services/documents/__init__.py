"""Papers of the migration services: FORM-3, filled and blank, and FORM-17.

Facts in, pressed papers out. Nothing here reads a record: the same facts print the same
bytes on every laptop.
"""

from __future__ import annotations

from desmigratif_desktop.features.migration_services.documents.certificate import (
    registration_card,
    registration_certificate,
)
from desmigratif_desktop.features.migration_services.documents.form import (
    blank_registration_form,
    registration_form,
)
from desmigratif_desktop.features.migration_services.documents.issuing import (
    CARD,
    CERTIFICATE,
    FORM,
    PAPER_NAMES,
    Issued,
    issue_paper,
    press_paper,
    render_paper,
)

__all__ = [
    "CARD",
    "CERTIFICATE",
    "FORM",
    "PAPER_NAMES",
    "Issued",
    "blank_registration_form",
    "issue_paper",
    "press_paper",
    "registration_card",
    "registration_certificate",
    "registration_form",
    "render_paper",
]
