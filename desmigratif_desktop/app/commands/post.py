"""The post itself: init, officers, recovery by sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.app.commands.answers import Answer, Streams
from desmigratif_desktop.app.commands.folders import folder_of, opened, passphrase_of, read_secret
from desmigratif_desktop.foundation.errors import KnownError, NotFoundError, PaperNotWrittenError
from desmigratif_desktop.foundation.ids import new_id, to_text

if TYPE_CHECKING:
    import argparse

    from desmigratif_desktop.records.engine import Store

MOST_PATH: Final = 4096


def init(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Make a new post; its recovery code is told once."""
    from desmigratif_desktop.app import assembly

    folder = folder_of(arguments)
    made = assembly.create_post(folder, assembly.NewPost(
        area_code=arguments.village, office_name=arguments.office,
        officer_name=arguments.officer, passphrase=passphrase_of(arguments),
        laptop=arguments.laptop, practice=arguments.practice,
    ))  # fmt: skip
    store = made.store
    try:
        replica = store.replica
        data: dict[str, Any] = {
            "folder": str(folder),
            "village": replica.village,
            "laptop": replica.laptop,
            "practice": replica.practice,
            "device": replica.device.hex(),
            "officer": to_text(store.keys.actor.officer_id) if store.keys.actor else None,
        }
        lines = [f"Pos layanan dibuat di {folder}, laptop {replica.laptop}."]
        if arguments.sheet is None:
            data["recovery_code"] = made.recovery_code
            lines.append(f"Kode pemulihan, catat sekarang: {made.recovery_code}")
        else:
            data["sheet"] = str(_write_sheet(store, made.recovery_code, arguments.sheet))
            lines.append(f"Lembar pemulihan: {arguments.sheet}. Cetak, lalu hapus berkasnya.")
    finally:
        store.close()
    return Answer(data, tuple(lines))


def _write_sheet(store: Store, code: str, target: Path) -> Path:
    from desmigratif_desktop.documents.press import write_file
    from desmigratif_desktop.documents.recovery_sheet import RecoveryFacts, recovery_sheet
    from desmigratif_desktop.features.migration_services.service.paper_facts import office_of
    from desmigratif_desktop.foundation.clock import local_date

    if target.suffix.lower() != ".pdf":
        from desmigratif_desktop.foundation.durable_files import write_durably

        try:
            write_durably(target.absolute(), f"{code}\n".encode())
        except OSError:
            raise PaperNotWrittenError("Lembar pemulihan tidak dapat ditulis di sana.") from None
        return target
    with store.read() as session:
        facts = RecoveryFacts(
            office_of(store, session), code, store.replica.laptop,
            local_date(store.clock).isoformat(),
            store.keys.actor.name if store.keys.actor else "",
        )  # fmt: skip
    return write_file(recovery_sheet(facts), target)


def officer_add(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Add an officer: first the slot, then the record, so that a cut leaves no orphan act."""
    from desmigratif_desktop.people import officers
    from desmigratif_desktop.records import keys as key_slots
    from desmigratif_desktop.records.actors import Actor, Right

    role = officers.read_role(arguments.role)
    name = officers.read_name(arguments.name)
    secret = read_secret(arguments.new_passphrase_file)
    key_slots.check_new_passphrase(secret)
    with opened(arguments) as (store, actor):
        actor.require(Right.MANAGE_OFFICERS)
        new = Actor(new_id(), name, role)
        key_slots.add_officer_slot(store.folder, store.keys, new, secret)
        officers.add_officer(store, actor, new, position=arguments.position)
    data = {"officer": to_text(new.officer_id), "name": name, "role": role.value}
    return Answer(data, (f"Petugas {name} ({role.value}) ditambahkan.",))


def officer_slot(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Give an officer a new passphrase; the older one stops working."""
    from desmigratif_desktop.records import keys as key_slots
    from desmigratif_desktop.records.actors import Actor, Right, Role

    secret = read_secret(arguments.new_passphrase_file)
    key_slots.check_new_passphrase(secret)
    with opened(arguments) as (store, actor):
        who = actor
        if arguments.name is not None:
            actor.require(Right.MANAGE_OFFICERS)
            slots = key_slots.read_slots(store.folder).officers
            found = [one for one in slots if one.name == arguments.name]
            if not found:
                raise NotFoundError("Tidak ada petugas dengan nama itu pada pos layanan ini.")
            who = Actor(bytes.fromhex(found[0].officer), found[0].name, Role(found[0].role))
        key_slots.add_officer_slot(store.folder, store.keys, who, secret)
    return Answer(
        {"officer": to_text(who.officer_id), "name": who.name},
        (f"Kata sandi {who.name} sudah diganti.",),
    )


def officer_remove(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Let an officer go: the slot is deleted and the store gets new keys."""
    from desmigratif_desktop.app import assembly
    from desmigratif_desktop.app.retirement import retire_officer
    from desmigratif_desktop.records import keys as key_slots
    from desmigratif_desktop.records.actors import Right

    folder = folder_of(arguments)
    with opened(arguments) as (store, actor):
        actor.require(Right.MANAGE_OFFICERS)
        slots = key_slots.read_slots(folder).officers
        found = [one for one in slots if one.name == arguments.name]
        if len(found) != 1:
            raise NotFoundError("Tidak ada satu petugas dengan nama itu pada pos layanan ini.")
        officer = bytes.fromhex(found[0].officer)
        retire_officer(store, actor, officer).close()
    data = {
        "officer": to_text(officer),
        "name": arguments.name,
        "backup": str(assembly.backup_folder(folder)),
    }
    return Answer(data, (f"{arguments.name} berhenti; kata sandinya tidak berlaku lagi.",))


def officer_list(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """The officers of the post."""
    from desmigratif_desktop.people import officers

    with opened(arguments) as (store, _actor), store.read() as session:
        found = officers.list_officers(session)
    data = {
        "officers": [
            {"officer": to_text(one.uid), "name": one.name, "role": one.role,
             "position": one.position, "active": one.active}
            for one in found
        ]
    }  # fmt: skip
    return Answer(data, tuple(f"{one.name}, {one.position}" for one in found))


def recover(arguments: argparse.Namespace, _streams: Streams) -> Answer:
    """Open a folder with the recovery sheet; the sheet used is dead afterwards."""
    from desmigratif_desktop.app import assembly
    from desmigratif_desktop.records import restore

    folder = folder_of(arguments)
    if not assembly.has_post(folder):
        raise KnownError("Folder ini tidak berisi pos layanan.", "Sebutkan --folder.")
    code = sheet_code(arguments.sheet)
    done = restore.recover(folder, code, arguments.officer, passphrase_of(arguments))
    return Answer(
        {"officer_name": done.officer, "recovery_code": done.code},
        (
            f"Kata sandi {done.officer} sudah diganti. Lembar pemulihan yang lama tidak berlaku.",
            f"Kode pemulihan yang baru, catat sekarang: {done.code}",
        ),
    )


def sheet_code(given: str) -> bytes:
    """The code of a recovery sheet: as typed, or in a file.

    Raises:
        InputError: it cannot be a code.
    """
    from desmigratif_desktop.records import recovery_code

    path = Path(given)
    text = read_secret(path) if len(given) < MOST_PATH and path.is_file() else given
    return recovery_code.read(text)
