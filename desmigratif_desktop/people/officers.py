"""Officers of the post: who they are in the register. Their way in is a slot (records.keys)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from desmigratif_desktop.foundation.errors import FieldProblem, InputError
from desmigratif_desktop.foundation.texts import NAME_LIMIT, clean_text
from desmigratif_desktop.people.model import Officer, post_id
from desmigratif_desktop.people.values import OfficerView
from desmigratif_desktop.records.actors import Actor, Right, Role
from desmigratif_desktop.records.unit_of_work import Touched, Work, unit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desmigratif_desktop.records.engine import Store

POSITIONS: Final = {
    Role.PETUGAS: "Petugas Desmigratif",
    Role.PENANGGUNG_JAWAB: "Penanggung Jawab",
    Role.BENDAHARA: "Bendahara Koperasi",
    Role.PENGURUS: "Pengurus Koperasi",
    Role.PENGAWAS: "Pengawas Koperasi",
}


def read_role(text: str) -> Role:
    """A role from its identifier.

    Raises:
        InputError: no such role.
    """
    try:
        return Role(text.strip().lower())
    except ValueError:
        known = ", ".join(Role)
        sentence = f"Peran petugas tidak dikenal. Pilihan: {known}."
        raise InputError((FieldProblem("role", "role_unknown", sentence),)) from None


def read_name(text: str) -> str:
    """An officer's name.

    Raises:
        InputError: empty, too long, or with unseen characters.
    """
    return clean_text(text, NAME_LIMIT, field="name", label="Nama petugas", required=True)


def put_officer(work: Work, actor: Actor, *, position: str | None = None) -> Officer:
    """Write an officer's record inside an open unit.

    Args:
        work: the open unit.
        actor: the officer's id, name and role.
        position: the words on papers; None = the usual ones of the role.

    Writes: officer.
    """
    officer = Officer(
        id=actor.officer_id,
        name=actor.name,
        role=actor.role.value,
        position=position or POSITIONS[actor.role],
        active=1,
        post=post_id(work.store.replica.village),
    )
    work.session.add(officer)
    work.session.flush()
    return officer


def add_officer(
    store: Store, actor: Actor, officer: Actor, *, position: str | None = None
) -> bytes:
    """Write a new officer; the caller makes the slot. Returns the act's id.

    Raises:
        NotAllowedError: the role does not include managing officers.

    Writes: officer.
    """
    actor.require(Right.MANAGE_OFFICERS)
    with unit(store, actor, "officer.add") as work:
        put_officer(work, officer, position=position)
    return work.act


def retire_officer(store: Store, actor: Actor, officer: bytes) -> bytes:
    """Let an officer's record rest; their slot is taken by the caller. Returns the act's id.

    Raises:
        NotAllowedError: the role does not include managing officers.
        NotFoundError: no such officer.

    Writes: officer.
    """
    actor.require(Right.MANAGE_OFFICERS)
    with unit(store, actor, "officer.retire") as work:
        work.edit(work.get(Officer, officer), Touched({"active": 0}))
    return work.act


def list_officers(session: Session) -> tuple[OfficerView, ...]:
    """The officers of the post, the active ones first."""
    query = sa.select(Officer).where(Officer.state.is_(None))
    rows = session.scalars(query.order_by(Officer.active.desc(), Officer.id))
    return tuple(
        OfficerView(one.id, one.name or "", one.role or "", one.position or "", bool(one.active))
        for one in rows
    )


def officer_name(session: Session, officer: bytes | None) -> str:
    """An officer's name; "" when not known here."""
    if officer is None:
        return ""
    return session.scalar(sa.select(Officer.name).where(Officer.id == officer)) or ""
