"""What is due today: the numbers and lines of the home page, read in one snapshot.

Nothing here writes. A line names its next step and where it leads; the home page only
lays it out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desmigratif_desktop.features.migration_services import rules
from desmigratif_desktop.features.migration_services.model import (
    DocumentCheck,
    EpisodeStage,
    MigrationEpisode,
)
from desmigratif_desktop.foundation.reference import table
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.people.radar.decisions import count_open_cases
from desmigratif_desktop.records import changelog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

WEEKS = 8
MOST_LINES = 5
PASSPORT_DAYS = 90
_WHOLE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class DueLine:
    """One person whose registration waits for its next step.

    Attributes:
        person: id to open.
        name: the person.
        sentence: "Pendaftaran CPMI tujuan Malaysia".
        step: the next step, in words.
        missing: documents not there yet.
    """

    person: bytes
    name: str
    sentence: str
    step: str
    missing: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something with a date, or that has been silent.

    Attributes:
        person: id to open.
        sentence: what it is about.
        remark: "14 hari lagi".
        is_late: whether it is overdue.
    """

    person: bytes
    sentence: str
    remark: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The home page's facts.

    Attributes:
        due: registrations that wait, the oldest first.
        due_total: how many there are in all.
        reminders: passports that run out, workers without news.
        stages: (tone, count): cpmi, pmi, purna.
        people: all live people of the register.
        weeks: (Monday, registrations) of the last eight weeks; None = nothing was recorded
            before the first registration ever.
        conflicts: registers that wait for a decision.
        duplicates: pairs of people who may be one.
    """

    due: tuple[DueLine, ...]
    due_total: int
    reminders: tuple[Reminder, ...]
    stages: tuple[tuple[str, int], ...]
    people: int
    weeks: tuple[tuple[date, int | None], ...]
    conflicts: int
    duplicates: int = 0


def read_dashboard(session: Session, today: date) -> Dashboard:
    """Read everything the home page says, in one snapshot.

    Args:
        session: the reader lane.
        today: local date of the post.
    """
    open_ones = _open_episodes(session)
    waiting = [one for one in open_ones if rules.tone_of(one.stage or "") == "cpmi"]
    shown = waiting[:MOST_LINES]
    missing = _missing_documents(session, [one.id for one in shown])
    reached = _reached(session, [one.id for one in shown])
    names = _names(session, {one.person for one in open_ones if one.person})
    due = tuple(_due(one, names, missing, reached) for one in shown)
    tones = Counter(rules.tone_of(one.stage or "") for one in open_ones)
    stages = tuple((tone, tones[tone]) for tone in ("cpmi", "pmi", "purna"))
    people = session.scalar(
        sa.select(sa.func.count()).select_from(Person).where(Person.state.is_(None))
    )
    return Dashboard(
        due,
        len(waiting),
        _reminders(session, open_ones, names, today),
        stages,
        people or 0,
        _weeks(session, today),
        changelog.count_conflicts(session),
        count_open_cases(session),
    )


def _open_episodes(session: Session) -> list[MigrationEpisode]:
    """The latest episode of each live person, oldest registration first.

    A person who has not arrived yet from another laptop counts as live.
    """
    rows = session.scalars(
        sa.select(MigrationEpisode)
        .outerjoin(Person, Person.id == MigrationEpisode.person)
        .where(MigrationEpisode.state.is_(None), Person.state.is_(None))
        .order_by(MigrationEpisode.id)
    )
    latest = {one.person: one for one in rows}
    return list(latest.values())


def _due(
    episode: MigrationEpisode,
    names: Mapping[bytes, str],
    missing: Mapping[bytes, int],
    reached: Mapping[bytes, list[str]],
) -> DueLine:
    country = table("destination_country").label(episode.destination_country or "") or ""
    goal = f" tujuan {country}" if country else ""
    person = episode.person or b""
    return DueLine(
        person,
        names.get(person, ""),
        f"Pendaftaran CPMI{goal}",
        rules.next_step(episode.stage or "", reached.get(episode.id, [])),
        missing.get(episode.id, 0),
    )


def _missing_documents(session: Session, episodes: list[bytes]) -> dict[bytes, int]:
    rows = session.execute(
        sa.select(DocumentCheck.episode, sa.func.count())
        .where(
            DocumentCheck.episode.in_(episodes),
            DocumentCheck.status == "belum",
            DocumentCheck.state.is_(None),
        )
        .group_by(DocumentCheck.episode)
    )
    return {episode: count for episode, count in rows if episode is not None}


def _reached(session: Session, episodes: list[bytes]) -> dict[bytes, list[str]]:
    found: dict[bytes, list[str]] = {}
    rows = session.execute(
        sa.select(EpisodeStage.episode, EpisodeStage.stage).where(
            EpisodeStage.episode.in_(episodes), EpisodeStage.state.is_(None)
        )
    )
    for episode, stage in rows:
        if episode is not None and stage is not None:
            found.setdefault(episode, []).append(stage)
    return found


def _names(session: Session, people: set[bytes]) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    wanted = sorted(people)
    for start in range(0, len(wanted), 500):
        rows = session.execute(
            sa.select(Person.id, Person.name).where(Person.id.in_(wanted[start : start + 500]))
        )
        found |= {person: name or "" for person, name in rows}
    return found


def _reminders(
    session: Session, episodes: list[MigrationEpisode], names: Mapping[bytes, str], today: date
) -> tuple[Reminder, ...]:
    silent = [
        Reminder(
            one.person,
            f"{names.get(one.person, '')} belum memberi kabar",
            "hilang kontak",
            is_late=True,
        )
        for one in episodes
        if one.stage == "hilang_kontak" and one.person
    ]
    limit = (today + timedelta(days=PASSPORT_DAYS)).isoformat()
    rows = session.execute(
        sa.select(Person.id, Person.name, Person.passport_valid_until)
        .where(
            Person.state.is_(None),
            Person.passport_valid_until.is_not(None),
            Person.passport_valid_until <= limit,
        )
        .order_by(Person.passport_valid_until)
        .limit(MOST_LINES)
    )
    passports = [_passport(person, name or "", until or "", today) for person, name, until in rows]
    return tuple([*passports, *silent][:MOST_LINES])


def _passport(person: bytes, name: str, until: str, today: date) -> Reminder:
    try:
        days = (date.fromisoformat(until) - today).days
    except ValueError:
        return Reminder(person, f"Paspor {name} habis {until}", "segera", is_late=False)
    if days < 0:
        return Reminder(person, f"Paspor {name} sudah habis", f"{-days} hari lalu", is_late=True)
    return Reminder(person, f"Paspor {name} segera habis", f"{days} hari lagi", is_late=False)


def _weeks(session: Session, today: date) -> tuple[tuple[date, int | None], ...]:
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    rows = session.execute(
        sa.select(MigrationEpisode.registered_on).where(
            MigrationEpisode.state.is_(None), MigrationEpisode.registered_on >= first.isoformat()
        )
    )
    counts: Counter[date] = Counter()
    for (text,) in rows:
        day = _full_date(text)
        if day is not None:
            counts[day - timedelta(days=day.weekday())] += 1
    earliest = session.scalar(
        sa.select(sa.func.min(MigrationEpisode.registered_on)).where(
            MigrationEpisode.state.is_(None)
        )
    )
    weeks = [first + timedelta(weeks=step) for step in range(WEEKS)]
    return tuple(
        (week, counts[week] if counts[week] or (earliest or "9") <= week.isoformat() else None)
        for week in weeks
    )


def _full_date(text: str | None) -> date | None:
    """A whole date; None for a partial one, or for what another laptop wrote wrongly."""
    if text is None or not _WHOLE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
