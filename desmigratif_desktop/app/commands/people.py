"""Residents from the command line: add, show, find, set, history, the person's own copy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.app.commands.answers import (
    DONE,
    PARTLY,
    REFUSED,
    Answer,
    Problem,
    Streams,
    UsageError,
    from_error,
    problems_of,
)
from desmigratif_desktop.app.commands.folders import opened
from desmigratif_desktop.app.commands.spelling import history_json, person_copy, person_json
from desmigratif_desktop.foundation.errors import (
    DesmigratifError,
    FieldProblem,
    InputError,
    KnownError,
    NotFoundError,
    RuleBrokenError,
)
from desmigratif_desktop.foundation.ids import from_text, to_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store

NIK_DIGITS: Final = 16
MOST_BYTES: Final = 256 * 1024 * 1024
MOST_FOUND: Final = 10_000


class SeveralError(RuleBrokenError):
    """Several people answer to one NIK.

    Attributes:
        data: their uids, for the answer.
    """

    code = "nik_several"

    def __init__(self, uids: list[str]) -> None:
        super().__init__(
            f"NIK ini tercatat pada {len(uids)} warga: {', '.join(uids)}.",
            "Sebutkan salah satu nomor datanya.",
        )
        self.data = {"uids": uids}


def person_add(arguments: argparse.Namespace, streams: Streams) -> Answer:
    """Register each person of the input as an act of its own."""
    objects = list(_objects(arguments.file, streams))
    people: list[dict[str, Any]] = []
    problems: list[Problem] = []
    with opened(arguments) as (store, actor):
        for row, given in enumerate(objects, 1):
            try:
                done, warnings = _add_one(store, actor, given, row, arguments.override_reason)
            except KnownError:
                raise
            except DesmigratifError as error:
                problems += from_error(error, row=row)
                continue
            people.append(done)
            problems += warnings
            if not streams.is_json:
                streams.out.write(f"{done['uid']} {done['name']}\n")
                streams.out.flush()
    refused = len(objects) - len(people)
    code = DONE if not refused else PARTLY if people else REFUSED
    data: dict[str, Any] = {"added": len(people), "refused": refused, "people": people}
    return Answer(
        data, (f"{len(people)} warga didaftarkan, {refused} ditolak.",), tuple(problems), code
    )


def _add_one(
    store: Store, actor: Actor, given: Any, row: int, reason: str | None
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    from desmigratif_desktop.people.persons import register_person
    from desmigratif_desktop.people.values import PersonDraft

    if isinstance(given, DesmigratifError):
        raise given
    if not isinstance(given, dict):
        sentence = "Setiap warga harus berupa objek JSON."
        raise InputError((FieldProblem("", "not_an_object", sentence),))
    uid = given.get("uid")
    roles = given.get("roles") or []
    if not isinstance(roles, list) or not all(isinstance(one, str) for one in roles):
        raise InputError((FieldProblem("roles", "value_type", "Peran harus berupa daftar kode."),))
    draft = PersonDraft(given, tuple(roles), from_text(str(uid)) if uid else None)
    done = register_person(store, actor, draft, override_reason=reason)
    told = {"row": row, "uid": to_text(done.uid), "act": to_text(done.act), "name": given["name"]}
    return told, problems_of(done.warnings, row=row)


def _objects(name: str, streams: Streams) -> Iterator[Any]:
    """The objects of a JSON text: one, a list of them, or one a line."""
    text = _text(name, streams)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(text)
        return
    if isinstance(whole, list):
        yield from whole
    else:
        yield whole


def _lines(text: str) -> Iterator[Any]:
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or not lines[0].lstrip().startswith("{"):
        raise UsageError(
            "Masukan ini bukan JSON.", "Berikan objek, daftar, atau satu objek sebaris."
        )
    for line in lines:
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            problem = FieldProblem("", "json_shape", "Baris ini bukan JSON yang utuh.")
            yield InputError((problem,))


def _text(name: str, streams: Streams) -> str:
    try:
        if name == "-":
            source = getattr(streams.into, "buffer", None)
            raw = source.read(MOST_BYTES + 1) if source else streams.into.read().encode()
        else:
            with Path(name).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise UsageError("Masukan terlalu besar.")
        return str(raw.decode("utf-8-sig"))
    except (OSError, ValueError):
        raise UsageError(f"Masukan {name[:80]} tidak dapat dibaca sebagai teks UTF-8.") from None


def whose(session: Session, who: str) -> bytes:
    """The person meant by a uid or a NIK.

    Raises:
        NotFoundError: nobody.
        SeveralError: several people carry the NIK.
        InputError: neither a uid nor a NIK.
    """
    from desmigratif_desktop.people.persons import same_nik

    if len(who) == NIK_DIGITS and who.isascii() and who.isdigit():
        found = same_nik(session, who)
        if not found:
            raise NotFoundError("Tidak ada warga dengan NIK itu di laptop ini.")
        if len(found) > 1:
            raise SeveralError([to_text(one.uid) for one in found])
        return found[0].uid
    return from_text(who)


def person_show(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """One person, whole."""
    from desmigratif_desktop.people.fields import PERSON_FIELDS
    from desmigratif_desktop.people.roster import show_person

    with opened(arguments) as (store, _actor), store.read() as session:
        view = show_person(store, session, whose(session, arguments.who))
    filled = [one for one in PERSON_FIELDS if view.values[one.name] is not None]
    lines = [f"{to_text(view.uid)} {view.full_name}"]
    lines += [
        f"  {one.label}: {view.labels.get(one.name) or view.values[one.name]}" for one in filled
    ]
    return Answer(person_json(view), tuple(lines))


def person_find(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """People by the beginnings of words; NIK masked, as in every list."""
    from desmigratif_desktop.people.roster import find_people

    if not 0 < arguments.limit <= MOST_FOUND:
        raise UsageError(f"Batas harus antara 1 dan {MOST_FOUND}.")
    with opened(arguments) as (store, _actor), store.read() as session:
        rows = find_people(store, session, arguments.text, arguments.limit)
    people = [
        {"uid": to_text(one.uid), "name": one.name, "nik_masked": one.nik_masked or None,
         "age": one.age, "sex": one.sex, "dusun": one.dusun or None, "roles": list(one.roles)}
        for one in rows
    ]  # fmt: skip
    lines = tuple(
        f"{to_text(one.uid)} {one.name} {one.nik_masked} {one.dusun}".rstrip() for one in rows
    )
    return Answer({"people": people}, lines)


def person_set(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Change what is named, and nothing else; an empty value empties the field."""
    from desmigratif_desktop.people.fields import BY_NAME
    from desmigratif_desktop.people.persons import correct_person
    from desmigratif_desktop.records.unit_of_work import Touched

    values: dict[str, str] = {}
    for change in arguments.changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise UsageError("Perubahan ditulis isian=nilai.")
        if name not in BY_NAME:
            sentence = f"Isian {name} tidak dikenal."
            raise InputError((FieldProblem(name, "field_unknown", sentence),))
        values[name] = value
    with opened(arguments) as (store, actor):
        with store.read() as session:
            person = whose(session, arguments.who)
        done = correct_person(
            store, actor, person, Touched(values), override_reason=arguments.override_reason
        )
    data = {"uid": to_text(person), "act": to_text(done.act) if done.act else None}
    lines = ("Tersimpan." if done.act else "Tidak ada yang berubah.",)
    return Answer(data, lines, problems_of(done.warnings))


def person_history(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Who changed what, when and where, newest first."""
    from desmigratif_desktop.people.history import history_of
    from desmigratif_desktop.people.roster import person_values

    with opened(arguments) as (store, _actor), store.read() as session:
        person = whose(session, arguments.who)
        person_values(session, person)
        lines = history_of(store, session, person)
    data = {"uid": to_text(person), "entries": [history_json(one) for one in lines]}
    told = []
    for one in lines:
        told.append(f"{one.day} {one.clock}  {one.officer} ({one.device_line}): {one.title}")
        told += [f"    {change.label}: {change.old} → {change.new}" for change in one.changes]
    return Answer(data, tuple(told))


def person_export(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Everything held about a person, for that person.

    Source: UU 27/2022 art. 7 (right to a copy).
    """
    from desmigratif_desktop.app.commands.exports import write_file

    with opened(arguments) as (store, _actor), store.read() as session:
        copy = person_copy(store, session, whose(session, arguments.who))
    if arguments.to is None:
        text = json.dumps(copy, ensure_ascii=False, indent=1, sort_keys=True)
        return Answer(copy, (text,))
    body = json.dumps(copy, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_file(arguments.to, body.encode())
    data = {"file": str(arguments.to), "uid": copy["person"]["uid"]}
    return Answer(data, (f"Salinan data ditulis ke {arguments.to}. Berkas ini tidak terkunci.",))
