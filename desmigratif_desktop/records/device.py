"""This laptop's identity: a signing key, wrapped by the office key, and its epoch.

A device is the first 8 bytes of BLAKE2b of its public key, for ever. The epoch is new
at init, at restore and at recover, so a restored laptop never issues a number twice.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.signing import SigningKey

from desmigratif_desktop.foundation.errors import NotAllowedError, StoreDamagedError
from desmigratif_sync.protocol.keys import device_id

if TYPE_CHECKING:
    from desmigratif_desktop.records.keys import OpenedKeys

_BOUND = b"desmigratif device key v1"


@dataclass(frozen=True, slots=True)
class Replica:
    """Which laptop of which village this store is.

    Attributes:
        store: 16 bytes, the store's id.
        village: 10-digit code.
        laptop: "A", "B" or "C"; numbers on paper carry it.
        practice: practice data never meets real data.
        device: 8 bytes.
        epoch: 8 bytes.
        public_key: 32 bytes.
    """

    store: bytes
    village: str
    laptop: str
    practice: bool
    device: bytes
    epoch: bytes
    public_key: bytes


def device_of(public_key: bytes) -> bytes:
    """The device id of a public key: known before any enrolment."""
    return device_id(public_key)


def new_epoch() -> bytes:
    """Eight random bytes."""
    return secrets.token_bytes(8)


def new_device(keys: OpenedKeys) -> tuple[bytes, bytes]:
    """Make a device key: (public key, seed sealed under the office key)."""
    signing = SigningKey.generate()
    return bytes(signing.verify_key), seal_seed(keys, bytes(signing))


def seal_seed(keys: OpenedKeys, seed: bytes) -> bytes:
    """Wrap the signing seed, so that a viewer who opens the store cannot sign."""
    if keys.office_key is None:
        raise NotAllowedError("Tindakan ini memerlukan kata sandi petugas.")
    return bytes(Aead(keys.office_key).encrypt(seed, aad=_BOUND + keys.store_id))


def open_signing_key(keys: OpenedKeys, sealed: bytes) -> SigningKey:
    """Unwrap the signing key.

    Raises:
        NotAllowedError: the slot in use carries no office key.
        StoreDamagedError: the wrapped key is not this store's.
    """
    if keys.office_key is None:
        raise NotAllowedError("Tindakan ini memerlukan kata sandi petugas.")
    try:
        seed = Aead(keys.office_key).decrypt(sealed, aad=_BOUND + keys.store_id)
    except CryptoError:
        raise StoreDamagedError(
            "Kunci laptop ini rusak.", "Pulihkan dari cadangan atau lembar pemulihan."
        ) from None
    return SigningKey(bytes(seed))
