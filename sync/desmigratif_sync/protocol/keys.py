"""Device keys: Ed25519, and the short names that devices carry for ever.

A device is named by the first 8 bytes of BLAKE2b of its public key, known before any
enrolment. Keys that libsodium would treat as weak are refused at the door.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from nacl.bindings import crypto_core_ed25519_is_valid_point
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64
DEVICE_BYTES = 8
HASH_BYTES = 32


class WeakKeyError(ValueError):
    """Not a point of the main subgroup: small order, wrong length or not canonical."""


def digest(*parts: bytes) -> bytes:
    """BLAKE2b-256 over the parts as they follow each other."""
    made = hashlib.blake2b(digest_size=HASH_BYTES)
    for part in parts:
        made.update(part)
    return made.digest()


def check_public_key(public: bytes) -> bytes:
    """Give the key back when it is sound.

    Raises:
        WeakKeyError: it is not.
    """
    if len(public) != KEY_BYTES or not crypto_core_ed25519_is_valid_point(public):
        raise WeakKeyError("not a sound Ed25519 public key")
    return public


def device_id(public: bytes) -> bytes:
    """The device's name: first 8 bytes of BLAKE2b of its public key.

    Raises:
        WeakKeyError: the key is not sound.
    """
    return digest(check_public_key(public))[:DEVICE_BYTES]


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this key signed this message."""
    try:
        VerifyKey(check_public_key(public)).verify(message, signature)
    except (BadSignatureError, WeakKeyError, ValueError, TypeError):
        return False
    return True


@dataclass(frozen=True, slots=True, repr=False)
class DeviceKey:
    """The signing key of one device; its seed never leaves the device.

    Attributes:
        seed: 32 secret bytes.
        public: 32 bytes.
        device: 8 bytes, derived from `public`.
    """

    seed: bytes
    public: bytes
    device: bytes

    @classmethod
    def generate(cls) -> DeviceKey:
        """Make a new key from the system's randomness."""
        return cls.from_seed(bytes(SigningKey.generate()))

    @classmethod
    def from_seed(cls, seed: bytes) -> DeviceKey:
        """Rebuild the key from its 32-byte seed."""
        public = bytes(SigningKey(seed).verify_key)
        return cls(seed, public, device_id(public))

    def sign(self, message: bytes) -> bytes:
        """Sign; 64 bytes."""
        return SigningKey(self.seed).sign(message).signature

    def __repr__(self) -> str:
        return f"DeviceKey({self.device.hex()})"
