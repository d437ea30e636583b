"""One line about many people's migration: for lists, peeks and pickers, in a few queries.

The eight documents of the meter are those of UU 18/2017 art. 13; the fuller checklist of
the office stands on the person's page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desmigratif_desktop.features.migration_services.model import DocumentCheck, MigrationEpisode
from desmigratif_desktop.features.migration_services.rules import next_step, tone_of
from desmigratif_desktop.foundation import reference

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from desmigratif_desktop.features.migration_services.values import DocumentLine

WORDS: Final = {"cpmi": "CPMI", "pmi": "PMI", "purna": "Purna"}
HELD: Final = ("ada", "tidak_perlu")


@dataclass(frozen=True, slots=True)
class Glance:
    """A person's latest migration in a line.

    Attributes:
        badge: "CPMI · Jepang"; tone: cpmi, pmi, purna or closed.
        is_alarming: lost contact or in trouble.
        held: how many of `total` documents are there.
    """

    episode: bytes
    badge: str
    tone: str
    is_alarming: bool
    held: int
    total: int
    next_step: str


def lawful_documents() -> tuple[str, ...]:
    """The documents of UU 18/2017 art. 13, in its order."""
    rows = reference.table("document").rows()
    return tuple(one.code for one in rows if one.source.startswith("UU 18/2017 Pasal 13"))


def lawful(lines: Collection[DocumentLine]) -> tuple[DocumentLine, ...]:
    """Those of a checklist that the meter counts."""
    wanted = lawful_documents()
    return tuple(one for one in lines if one.document in wanted)


def glances(session: Session, persons: Collection[bytes]) -> dict[bytes, Glance]:
    """The latest episode of each of these people; people without one are left out."""
    query = (
        sa.select(MigrationEpisode)
        .where(MigrationEpisode.person.in_(persons), MigrationEpisode.state.is_(None))
        .order_by(MigrationEpisode.id)
    )
    latest = {one.person or b"": one for one in session.scalars(query)}
    wanted = lawful_documents()
    counted = (
        sa.select(DocumentCheck.episode, sa.func.count())
        .where(
            DocumentCheck.episode.in_([one.id for one in latest.values()]),
            DocumentCheck.document.in_(wanted),
            DocumentCheck.status.in_(HELD),
        )
        .group_by(DocumentCheck.episode)
    )
    held = {row[0]: row[1] for row in session.execute(counted)}
    return {
        person: _glance(one, held.get(one.id, 0), len(wanted)) for person, one in latest.items()
    }


def _glance(episode: MigrationEpisode, held: int, total: int) -> Glance:
    stage = episode.stage or ""
    tone = tone_of(stage)
    stages, countries = reference.table("stage"), reference.table("destination_country")
    word = WORDS.get(tone) or stages.label(stage)
    is_alarming = stage in {"hilang_kontak", "bermasalah"}
    if is_alarming:
        word = stages.label(stage)
    country = countries.label(episode.destination_country)
    badge = f"{word} · {country}" if country else word
    step = next_step(stage, ()).removeprefix("Langkah berikutnya: ")
    return Glance(episode.id, badge, tone, is_alarming, held, total, step)


def lacking_documents() -> Any:
    """A select of the candidates whose documents of art. 13 are not all there."""
    stages = [one for one in reference.table("stage").codes() if tone_of(one) == "cpmi"]
    held = (
        sa.select(sa.func.count())
        .where(
            DocumentCheck.episode == MigrationEpisode.id,
            DocumentCheck.document.in_(lawful_documents()),
            DocumentCheck.status.in_(HELD),
        )
        .scalar_subquery()
    )
    return sa.select(MigrationEpisode.person).where(
        MigrationEpisode.state.is_(None),
        MigrationEpisode.stage.in_(stages),
        held < len(lawful_documents()),
    )


def bound_for(country: str) -> Any:
    """A select of the people with an episode to this country."""
    return sa.select(MigrationEpisode.person).where(
        MigrationEpisode.state.is_(None), MigrationEpisode.destination_country == country
    )


def countries_named(session: Session) -> tuple[tuple[str, str], ...]:
    """The countries that episodes name, as (code, label)."""
    query = sa.select(MigrationEpisode.destination_country).where(
        MigrationEpisode.state.is_(None), MigrationEpisode.destination_country.is_not(None)
    )
    table = reference.table("destination_country")
    codes = {one for one in session.scalars(query.distinct()) if one}
    return tuple(sorted(((one, table.label(one)) for one in codes), key=lambda pair: pair[1]))
