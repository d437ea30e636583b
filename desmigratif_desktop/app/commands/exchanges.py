"""Exchange with the district from the command line: enrol once, then sync."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.app.commands.answers import DONE, PARTLY, Answer, Problem, Streams
from desmigratif_desktop.app.commands.folders import opened

if TYPE_CHECKING:
    import argparse


def enrol(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Enrol this laptop with a one-time code."""
    from desmigratif_desktop.exchange.enrolment import enrol as enrol_laptop
    from desmigratif_desktop.records.actors import Right

    with opened(arguments) as (store, actor):
        actor.require(Right.EXCHANGE)
        done = enrol_laptop(store, arguments.url, arguments.code)
    data = {"state": done.state.value, "sas": done.sas or None, "url": done.url,
            "devices": done.devices}  # fmt: skip
    line = "Laptop ini terdaftar."
    if done.sas:
        line = f"Laptop ini menunggu persetujuan kabupaten. Bacakan angka {done.sas} lewat telepon."
    return Answer(data, (line,))


def sync(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Send and fetch everything new."""
    from desmigratif_desktop.exchange.session import run_exchange
    from desmigratif_desktop.records.actors import Right

    with opened(arguments) as (store, actor):
        actor.require(Right.EXCHANGE)
        done = run_exchange(store, url=arguments.server)
    names = ("complete", "sent", "sent_entries", "received", "applied", "waiting", "unread",
             "conflicts", "bytes_up", "bytes_down", "round_trips")  # fmt: skip
    data = {name: getattr(done, name) for name in names}
    problems = tuple(Problem(f"frame_{one.code}", one.sentence) for one in done.refused)
    waits = bool(done.refused or done.conflicts or done.waiting or not done.complete)
    line = (
        f"Terkirim {done.sent_entries}, diterima {done.applied}, "
        f"menunggu keputusan {done.conflicts}."
    )
    return Answer(data, (line,), problems, PARTLY if waits else DONE)
