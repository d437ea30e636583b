"""What the home page knows, read in one job, and how it greets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desmigratif_desktop.app.assembly import backup_folder
from desmigratif_desktop.app.backup_card import read_backup_facts
from desmigratif_desktop.exchange.status import exchange_status
from desmigratif_desktop.foundation.clock import ZONES, hlc_datetime, local_date
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.overview.dashboard import Dashboard, read_dashboard
from desmigratif_desktop.people.village import zone_of
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.drafts import Draft, drafts_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from desmigratif_desktop.exchange.values import ExchangeStatus
    from desmigratif_desktop.records.engine import Store
    from desmigratif_desktop.records.keys import OfficeLabel


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything the home page shows, read in one job."""

    board: Dashboard
    status: ExchangeStatus
    drafts: tuple[Draft, ...]
    label: OfficeLabel
    officers: int
    today: date
    now: datetime
    rehearsal_is_red: bool = False


def read_home(store: Store, officer: bytes) -> HomeFacts:
    """Read the home page's facts on the reader lane."""
    slots = key_slots.read_slots(store.folder)
    zone = ZONES[zone_of(slots.label.village)]
    now = hlc_datetime(store.clock.millis() << 16, zone)
    with store.read() as session:
        today = local_date(store.clock, zone)
        return HomeFacts(
            read_dashboard(session, today),
            exchange_status(store, session),
            tuple(drafts_of(session, officer)),
            slots.label,
            len(slots.officers),
            today,
            now,
            read_backup_facts(store, backup_folder(store.folder)).is_red,
        )


def greeting(hour: int, name: str) -> str:
    """Selamat pagi, siang, sore, malam, with the first word of the name."""
    part = "pagi" if hour < 11 else "siang" if hour < 15 else "sore" if hour < 19 else "malam"
    words = name.split(maxsplit=1)
    if not words:
        return t("Selamat {part}").format(part=part)
    return t("Selamat {part}, {name}").format(part=part, name=words[0])
