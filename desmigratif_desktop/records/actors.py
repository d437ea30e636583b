"""Who acts, and what their role lets them do. Services ask; screens only hide.

Source: programme guide (two officers, a person in charge) and UU 25/1992 for the
cooperative's board; the village head sees and does not write.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desmigratif_desktop.foundation.errors import NotAllowedError


class Role(StrEnum):
    """What an officer is in the post."""

    PETUGAS = "petugas"
    PENANGGUNG_JAWAB = "penanggung_jawab"
    BENDAHARA = "bendahara"
    PENGURUS = "pengurus"
    PENGAWAS = "pengawas"


class Right(StrEnum):
    """What a service may ask for."""

    READ = "read"
    READ_IDENTITY = "read_identity"
    REGISTER = "register"
    PRINT = "print"
    EXPORT = "export"
    EXCHANGE = "exchange"
    BACKUP = "backup"
    MANAGE_OFFICERS = "manage_officers"
    BOOKS = "books"


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PETUGAS: frozenset(Right) - {Right.BOOKS},
    Role.PENANGGUNG_JAWAB: frozenset({Right.READ, Right.BACKUP}),
    Role.BENDAHARA: frozenset(
        {Right.READ, Right.READ_IDENTITY, Right.BOOKS, Right.PRINT, Right.BACKUP}
    ),
    Role.PENGURUS: frozenset({Right.READ, Right.BOOKS, Right.PRINT}),
    Role.PENGAWAS: frozenset({Right.READ}),
}

WRITING_ROLES = frozenset({Role.PETUGAS, Role.BENDAHARA, Role.PENGURUS})
"""Roles whose slot carries the office key, so their acts can be signed."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The officer who is signed in.

    Attributes:
        officer_id: 16 bytes.
        name: as on the slot, for the screen.
        role: what they may do.
    """

    officer_id: bytes
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Tell whether the role includes a right."""
        return right in _RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Refuse an act that the role does not include.

        Raises:
            NotAllowedError: always when `may` is false.
        """
        if not self.may(right):
            raise NotAllowedError(
                "Peran Anda tidak mencakup tindakan ini.",
                "Mintalah petugas Desmigratif melakukannya.",
            )
