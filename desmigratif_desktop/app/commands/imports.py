"""Rosters from the command line: import people, and take a whole import back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desmigratif_desktop.app.commands.answers import (
    DONE,
    PARTLY,
    REFUSED,
    Answer,
    Problem,
    Streams,
    UsageError,
)
from desmigratif_desktop.app.commands.folders import opened
from desmigratif_desktop.foundation.ids import from_text, to_text

if TYPE_CHECKING:
    import argparse

    from desmigratif_desktop.people.imports.apply import Imported
    from desmigratif_desktop.people.imports.found import Recognised
    from desmigratif_desktop.people.imports.mapping import Mapping
    from desmigratif_desktop.people.imports.plan import Plan, PlannedRow
    from desmigratif_desktop.people.imports.session import Loaded
    from desmigratif_desktop.records.engine import Store


def import_people(arguments: argparse.Namespace, streams: Streams) -> Answer:
    """Take a roster in: what is sure comes in, everything else is told with its cell."""
    from desmigratif_desktop.people.imports import report, session
    from desmigratif_desktop.people.imports.apply import Choices, apply_plan
    from desmigratif_desktop.people.imports.plan import Outcome

    if arguments.report is not None and not report.report_form(arguments.report):
        raise UsageError("Berkas laporan harus berakhiran .csv atau .xlsx.")
    loaded = _loaded(arguments.file, streams)
    with opened(arguments) as (store, actor):
        found = session.confirmed(loaded.found, _mapping(arguments.mapping, store, loaded))
        plan = session.dry_run(store, loaded, found)
        if arguments.report is not None:
            from desmigratif_desktop.app.commands.exports import write_file

            body = report.report_bytes(plan, report.report_form(arguments.report))
            write_file(arguments.report, body)
        if arguments.dry_run:
            return _answer(plan, None, found)
        changed = plan.of(Outcome.CHANGED) if arguments.accept_changes else ()
        choices = Choices(accepted=frozenset(one.read.key for one in changed))
        return _answer(plan, apply_plan(store, actor, plan, choices), found)


def import_undo(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Take a whole import back, as a new act."""
    from desmigratif_desktop.people.imports.apply import undo_import

    with opened(arguments) as (store, actor):
        done = undo_import(store, actor, from_text(arguments.act))
    data = {"act": to_text(done.act), "taken_back": done.taken_back, "kept": [
        {"kind": kind, "uid": to_text(record), "field": field or None}
        for kind, record, field in done.kept
    ]}  # fmt: skip
    line = f"Impor dibatalkan: {done.taken_back} data ditarik kembali."
    kept = f"{len(done.kept)} data sudah diubah sesudahnya dan dibiarkan."
    return Answer(data, (line, kept) if done.kept else (line,), code=PARTLY if done.kept else DONE)


def _loaded(name: str, streams: Streams) -> Loaded:
    from desmigratif_desktop.people.imports import session
    from desmigratif_desktop.people.imports.archive_check import MAX_FILE

    if name != "-":
        return session.load(Path(name))
    source = getattr(streams.into, "buffer", None)
    raw = source.read(MAX_FILE + 1) if source else streams.into.read().encode()
    form = "json" if raw.lstrip()[:1] in {b"[", b"{"} else "csv"
    return session.load_bytes("masukan", form, raw)


def _mapping(path: Path | None, store: Store, loaded: Loaded) -> Mapping | None:
    from desmigratif_desktop.people.imports import mapping as mappings

    if path is None:
        with store.read() as session:
            return mappings.recall(session, loaded.found)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError):
        raise UsageError(f"Berkas pemetaan {path.name} tidak dapat dibaca.") from None
    mapping = mappings.read_mapping(text, loaded.found)
    mappings.remember(store, loaded.found, mapping)
    return mapping


def _answer(plan: Plan, done: Imported | None, found: Recognised) -> Answer:
    from desmigratif_desktop.people.imports.plan import Outcome

    counts = plan.counts
    added = done.added if done else counts[Outcome.ADDED]
    data: dict[str, Any] = {
        "act": to_text(done.act) if done and done.act else None,
        "read": plan.read,
        "added": added,
        "changed": counts[Outcome.CHANGED],
        "unchanged": counts[Outcome.UNCHANGED],
        "duplicate_cases": counts[Outcome.DUPLICATE],
        "refused": counts[Outcome.REFUSED],
        "households": done.households if done else plan.households,
        "dry_run": done is None,
        "recognised": found.kind_label,
        "notes": list(plan.notes),
        "left": [{"sheet": one.sheet, "row": one.row, "text": one.text} for one in plan.left],
    }
    lines = (
        f"Dikenali: {found.kind_label}.",
        (
            f"{plan.read} warga dibaca: {added} ditambahkan, {data['changed']} usul perubahan, "
            f"{data['unchanged']} sudah sama, {data['duplicate_cases']} kembar perlu diputuskan, "
            f"{data['refused']} ditolak."
        ),
        *(("Percobaan saja; tidak ada yang disimpan.",) if done is None else ()),
    )
    waits = (
        data["refused"] or data["duplicate_cases"] or (data["changed"] and not (done and done.made))
    )
    is_nothing = not plan.read or (data["refused"] == plan.read)
    code = REFUSED if is_nothing else PARTLY if waits else DONE
    return Answer(data, lines, _problems(plan), code)


def _problems(plan: Plan) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for row in plan.rows:
        found += [
            Problem(one.code, one.sentence, one.field, one.row, one.cell)
            for one in row.read.problems
        ]
        found += _decisions(row)
    if not plan.rows:
        found.append(Problem("no_people", "Tidak ada warga dalam berkas ini."))
    return tuple(found)


def _decisions(row: PlannedRow) -> list[Problem]:
    read = row.read
    own = read.cell_of("name")
    found = [Problem("duplicate", reason, "", read.row, own) for reason in row.reasons]
    for name, old, new in row.changes:
        sentence = f"Tercatat “{old or 'kosong'}”, menurut berkas “{new}”."
        found.append(Problem("change", sentence, name, read.row, read.cell_of(name)))
    return found
