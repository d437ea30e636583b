"""Keys of the store: one slot per officer, one for the recovery sheet, no other way in.

    passphrase --Argon2id--> slot key --XChaCha20-Poly1305--> the slot's private key
    the slot's public key --sealed box--> data key, salt, office key

The second step lets a store be re-keyed when an officer leaves, without asking the
others for their passphrases.

The data key opens the file (SQLCipher, 96-hex form: key and salt; with the 64-hex form
a power cut during a checkpoint can leave a file that nothing opens). The office key
wraps the device's signing key: viewers and the recovery sheet do not carry it.

Source: security design §6.2-6.3; trials T8, T16.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from argon2.low_level import Type, hash_secret_raw
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

from desmigratif_desktop.foundation.errors import (
    FieldProblem,
    InputError,
    RuleBrokenError,
    StoreDamagedError,
    WrongPassphraseError,
)
from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records import attempts, slot_file
from desmigratif_desktop.records.actors import WRITING_ROLES, Actor, Role
from desmigratif_desktop.records.slot_file import (
    SLOTS_COPY,
    SLOTS_FILE,
    OfficeLabel,
    Slot,
    SlotFile,
    decode_slots,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MIN_PASSPHRASE = 8
MAX_PASSPHRASE = 128
ARGON2_MEMORY_KIB = 65_536
ARGON2_PASSES = 3


@dataclass(frozen=True, slots=True, repr=False)
class OpenedKeys:
    """What an opened slot gives. Never printed, never logged.

    Attributes:
        data_key: 32 bytes, the store's key.
        salt: 16 bytes, the store's cipher salt.
        office_key: 32 bytes that wrap the device key; None for viewers and the sheet.
        actor: the officer whose slot it was; None for the recovery sheet.
        store_id: 16 bytes, which store these keys belong to.
    """

    data_key: bytes
    salt: bytes
    office_key: bytes | None
    actor: Actor | None
    store_id: bytes

    @property
    def pragma_hex(self) -> str:
        """The 96 hex digits of `PRAGMA key`."""
        return self.data_key.hex() + self.salt.hex()


def new_keys(actor: Actor) -> OpenedKeys:
    """Make the keys of a new store."""
    return OpenedKeys(
        secrets.token_bytes(32), secrets.token_bytes(16), secrets.token_bytes(32), actor, new_id()
    )


def check_new_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that cannot be used; strength is a reminder, not a wall.

    Raises:
        InputError: shorter than 8 or longer than 128 characters.
    """
    length = len(unicodedata.normalize("NFC", passphrase))
    if not MIN_PASSPHRASE <= length <= MAX_PASSPHRASE:
        raise InputError(
            (
                FieldProblem(
                    "passphrase",
                    "passphrase_length",
                    f"Kata sandi terdiri atas {MIN_PASSPHRASE} sampai {MAX_PASSPHRASE} karakter.",
                ),
            )
        )


def _slot_key(kind: str, secret: bytes, salt: bytes) -> bytes:
    if kind == "recovery":
        return hashlib.blake2b(secret, key=salt, person=b"dsm-recovery-v1", digest_size=32).digest()
    return hash_secret_raw(secret, salt, ARGON2_PASSES, ARGON2_MEMORY_KIB, 1, 32, Type.ID)


def _bound(slot: Slot, store_id: bytes) -> bytes:
    """Associated data: the slot's own metadata and the store, so slots cannot be swapped."""
    facts = [slot.id, slot.kind, slot.officer, slot.name, slot.role, slot.salt, slot.public]
    return json.dumps([*facts, store_id.hex()], separators=(",", ":")).encode()


def make_slot(keys: OpenedKeys, actor: Actor | None, secret: str | bytes) -> Slot:
    """Seal the keys for one officer (passphrase) or for the sheet (20-byte code)."""
    kind = "recovery" if actor is None else "passphrase"
    raw = secret if isinstance(secret, bytes) else unicodedata.normalize("NFC", secret).encode()
    private = PrivateKey.generate()
    slot = Slot(
        id=new_id().hex(),
        kind=kind,
        officer=actor.officer_id.hex() if actor else "",
        name=actor.name if actor else "",
        role=actor.role if actor else "",
        salt=secrets.token_bytes(16).hex(),
        sealed="",
        public=bytes(private.public_key).hex(),
        box="",
    )
    aead = Aead(_slot_key(kind, raw, bytes.fromhex(slot.salt)))
    sealed = bytes(aead.encrypt(bytes(private), aad=_bound(slot, keys.store_id)))
    return seal_again(replace(slot, sealed=sealed.hex()), keys)


def seal_again(slot: Slot, keys: OpenedKeys) -> Slot:
    """Give a slot the store's keys, without knowing its secret."""
    office = keys.office_key if slot.role in WRITING_ROLES else None
    payload = keys.data_key + keys.salt + (office or b"")
    box = SealedBox(PublicKey(bytes.fromhex(slot.public))).encrypt(payload)
    return replace(slot, box=bytes(box).hex())


def open_slot(file: SlotFile, slot: Slot, secret: str | bytes) -> OpenedKeys | None:
    """Try one slot; None when the secret is not its own."""
    raw = secret if isinstance(secret, bytes) else unicodedata.normalize("NFC", secret).encode()
    try:
        aead = Aead(_slot_key(slot.kind, raw, bytes.fromhex(slot.salt)))
        own = bytes(aead.decrypt(bytes.fromhex(slot.sealed), aad=_bound(slot, file.store_id)))
        payload = SealedBox(PrivateKey(own)).decrypt(bytes.fromhex(slot.box))
    except (CryptoError, ValueError, TypeError):
        return None
    actor = None
    if slot.kind == "passphrase":
        actor = Actor(bytes.fromhex(slot.officer), slot.name, Role(slot.role))
    return OpenedKeys(payload[:32], payload[32:48], payload[48:] or None, actor, file.store_id)


def unlock(
    folder: Path,
    secret: str | bytes,
    officer: bytes | None = None,
    *,
    pause: Callable[[float], object] = time.sleep,
) -> OpenedKeys:
    """Open the store's keys with a passphrase or a recovery code (bytes).

    Args:
        folder: the store's folder.
        secret: passphrase text, or the 20 bytes of the recovery code.
        officer: try this officer's slots only; None = the slot that opens names the officer.
        pause: waits for so many seconds after earlier wrong passphrases.

    Raises:
        WrongPassphraseError: no slot opens.
        StoreDamagedError: no readable slot file, or one that was changed from outside.
    """
    files = slot_file.readable(folder)
    if isinstance(secret, bytes):
        keys = _open_any(folder, files, "recovery", secret, None)
        if keys is None:
            raise WrongPassphraseError(
                "Kode pemulihan ini bukan milik pos layanan ini atau sudah pernah dipakai.",
                "Pakailah lembar pemulihan yang terbaru.",
            )
        return keys
    attempts.wait(folder, pause)
    keys = _open_any(folder, files, "passphrase", secret, officer)
    if keys is None:
        attempts.note_failure(folder, time.time_ns() // 1_000_000)
        raise WrongPassphraseError(
            "Kata sandi belum cocok.", "Periksa Caps Lock, atau pakai lembar pemulihan."
        )
    attempts.note_success(folder)
    return keys


def _open_any(
    folder: Path, files: list[SlotFile], kind: str, secret: str | bytes, officer: bytes | None
) -> OpenedKeys | None:
    """Try the slot file, then its copy: the first may be another village's, or changed.

    Keys that are not the database's own (slots of before a change of keys) count only when
    no others open: a torn first page must not lock anybody out.
    """
    is_changed, salt = False, slot_file.salt_of(folder)
    older: OpenedKeys | None = None
    for file in files:
        for slot in file.slots:
            if slot.kind != kind or (officer is not None and slot.officer != officer.hex()):
                continue
            keys = open_slot(file, slot, secret)
            if keys is None:
                continue
            if not hmac.compare_digest(file.mac, _mac(file, keys.data_key)):
                is_changed = True
            elif salt in (None, keys.salt):
                return keys
            else:
                older = older or keys
    if is_changed and older is None:
        raise StoreDamagedError(
            "Daftar kunci pos layanan ini telah diubah dari luar.",
            "Pulihkan dari cadangan, atau pakai lembar pemulihan.",
        )
    return older


def _mac(file: SlotFile, data_key: bytes) -> str:
    key = hashlib.blake2b(b"slots", key=data_key, digest_size=32).digest()
    return hashlib.blake2b(
        slot_file.encode(replace(file, mac="")), key=key, digest_size=32
    ).hexdigest()


def read_slots(folder: Path) -> SlotFile:
    """Read the slot file, or its copy when the first is damaged.

    Raises:
        StoreDamagedError: neither can be read.
    """
    return slot_file.readable(folder)[0]


def write_slots(folder: Path, file: SlotFile, keys: OpenedKeys) -> SlotFile:
    """Write the slot file and its copy, sealed with a code under the data key."""
    sealed = replace(file, generation=file.generation + 1)
    sealed = seal_file(sealed, keys)
    slot_file.put(folder, sealed)
    return sealed


def seal_file(file: SlotFile, keys: OpenedKeys) -> SlotFile:
    """Seal a slot file with the code that its own store's key makes."""
    return replace(file, mac=_mac(file, keys.data_key))


def add_officer_slot(folder: Path, keys: OpenedKeys, actor: Actor, passphrase: str) -> SlotFile:
    """Give an officer a way in, or a new passphrase; their older slot goes.

    Raises:
        InputError: the passphrase cannot be used.
        RuleBrokenError: the keys at hand do not include what the role needs.
    """
    check_new_passphrase(passphrase)
    if actor.role in WRITING_ROLES and keys.office_key is None:
        raise RuleBrokenError(
            "Kata sandi petugas hanya dapat dibuat oleh petugas yang sedang masuk."
        )
    file = read_slots(folder)
    kept = tuple(one for one in file.slots if one.officer != actor.officer_id.hex())
    slots = (*kept, make_slot(keys, actor, passphrase))
    return write_slots(folder, replace(file, slots=slots), keys)


def replace_recovery_slot(folder: Path, keys: OpenedKeys, code: bytes) -> SlotFile:
    """Make a new sheet the only valid one."""
    file = read_slots(folder)
    kept = tuple(one for one in file.slots if one.kind != "recovery")
    slots = (*kept, make_slot(keys, None, code))
    return write_slots(folder, replace(file, slots=slots), keys)


def update_label(folder: Path, keys: OpenedKeys, **changes: Any) -> SlotFile:
    """Change what the sign-in page shows."""
    file = read_slots(folder)
    return write_slots(folder, replace(file, label=replace(file.label, **changes)), keys)


__all__ = [
    "SLOTS_COPY",
    "SLOTS_FILE",
    "OfficeLabel",
    "OpenedKeys",
    "Slot",
    "SlotFile",
    "decode_slots",
]
