"""Enrolment: a laptop and a district prove to each other that they know one paper code.

The code is 16 Crockford characters and a check character: 4 name it, 12 are a secret of
60 bits that never travels. Both sides prove it by a keyed hash over what was said, so a
false server or a listener learns nothing that TLS alone would have had to hide. Six
digits derived from the same words are read over the telephone before the district
confirms the laptop.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace

from desmigratif_sync.protocol.envelopes import SERVER_ID_BYTES
from desmigratif_sync.protocol.keys import DEVICE_BYTES, HASH_BYTES, KEY_BYTES, digest
from desmigratif_sync.protocol.limits import LETTERS, MAX_ANSWER_BYTES, MAX_ENROL_BYTES, MAX_LABEL
from desmigratif_sync.protocol.messages import State
from desmigratif_sync.protocol.problems import Code, WireError
from desmigratif_sync.protocol.wire import Fields, pack, unpack

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_BASE = 37
LOOKUP_CHARS = 4
CODE_CHARS = 16
NONCE_BYTES = 16
NO_SERVER = bytes(SERVER_ID_BYTES)
"""The server id of an enrolment's envelope: the laptop does not know it yet."""
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, ".": None})


@dataclass(frozen=True, slots=True, repr=False)
class EnrolCode:
    """A paper code, read.

    Attributes:
        lookup: 4 characters, sent in clear.
        key: 32 bytes derived from the secret part; proves it, never travels.
    """

    lookup: str
    key: bytes


def make_code() -> str:
    """Draw a code whose check character is one of the 32 plain ones: "7K3M-…-X"."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARS))
        check = _check(body)
        if check < len(ALPHABET):
            groups = [body[at : at + LOOKUP_CHARS] for at in range(0, CODE_CHARS, LOOKUP_CHARS)]
            return "-".join([*groups, ALPHABET[check]])


def read_code(text: str) -> EnrolCode:
    """Read a code as an officer types it: case, spaces, O and 0, I and 1 do not matter.

    Raises:
        WireError: not a code; a single wrong character is always found.
    """
    plain = text.strip().upper().translate(_LOOKALIKES)
    if len(plain) != CODE_CHARS + 1 or any(one not in ALPHABET for one in plain):
        raise WireError(Code.BAD_CODE, "not an enrolment code")
    body, check = plain[:CODE_CHARS], plain[CODE_CHARS]
    if ALPHABET.index(check) != _check(body):
        raise WireError(Code.BAD_CODE, "the check character does not fit")
    return EnrolCode(body[:LOOKUP_CHARS], digest(b"desmigratif enrol 1\0", body.encode()))


def _check(body: str) -> int:
    number = 0
    for one in body:
        number = number * len(ALPHABET) + ALPHABET.index(one)
    return number % CHECK_BASE


def _proof(key: bytes, who: bytes, *words: bytes) -> bytes:
    return hashlib.blake2b(who + b"".join(map(digest, words)), key=key, digest_size=32).digest()


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """A laptop asks to belong to the village that the code names.

    Attributes:
        lookup: first four characters of the code.
        public: the laptop's Ed25519 key; the envelope proves that it holds the secret.
        nonce: 16 random bytes.
        label: what the officers call the laptop.
        letter: "A", "B" or "C".
        practice: the folder's mark.
        app: version of the program.
        replaces: the device whose letter this one takes over after `recover`.
        proof: by the code's key over everything else.
    """

    lookup: str
    public: bytes
    nonce: bytes
    label: str
    letter: str
    practice: bool
    app: str = ""
    replaces: bytes = b""
    proof: bytes = b""

    def words(self) -> bytes:
        """What the proof covers."""
        told = (
            self.lookup, self.public, self.nonce, self.label, self.letter, self.practice,
            self.app, self.replaces,
        )  # fmt: skip
        return pack(dict(enumerate(told)))

    def proved(self, code: EnrolCode) -> EnrolRequest:
        """The same with its proof."""
        return replace(self, proof=_proof(code.key, b"request", self.words()))

    def is_proved(self, key: bytes) -> bool:
        """Whether the asker knows the secret part of the code."""
        return hmac.compare_digest(self.proof, _proof(key, b"request", self.words()))

    def sas(self, server_signing: bytes) -> str:
        """Six digits that both screens show."""
        mixed = digest(b"desmigratif sas 1\0", self.words(), server_signing)
        return f"{int.from_bytes(mixed) % 1_000_000:06d}"

    def pack(self) -> bytes:
        """The message's one spelling."""
        return pack({0: self.words(), 1: self.proof})

    @classmethod
    def read(cls, raw: bytes) -> EnrolRequest:
        """Read strictly.

        Raises:
            WireError: not this message.
        """
        outer = Fields(unpack(raw, max_bytes=MAX_ENROL_BYTES))
        told = Fields(unpack(outer.octets(0), max_bytes=MAX_ENROL_BYTES))
        letter = told.text(4, most=1)
        if letter not in set(LETTERS):
            raise told.error("a laptop's letter is A, B or C")
        replaces = told.octets(7)
        if len(replaces) not in {0, DEVICE_BYTES}:
            raise told.error("a device has 8 bytes")
        return cls(
            lookup=told.text(0, most=LOOKUP_CHARS),
            public=told.octets(1, KEY_BYTES),
            nonce=told.octets(2, NONCE_BYTES),
            label=told.text(3, most=MAX_LABEL),
            letter=letter,
            practice=told.truth(5),
            app=told.text(6, most=40),
            replaces=replaces,
            proof=outer.octets(1, HASH_BYTES),
        )


@dataclass(frozen=True, slots=True)
class EnrolAnswer:
    """The district's side.

    Attributes:
        state: server identity to pin, village, roster (the laptop's own row included).
        is_active: False until a person at the district confirms the six digits.
        practice: the server's mark.
        proof: by the code's key over the request and everything else.
    """

    state: State
    is_active: bool
    practice: bool
    proof: bytes = b""

    def words(self) -> bytes:
        """What the proof covers."""
        return pack({0: self.state.tree(), 1: self.is_active, 2: self.practice})

    def proved(self, key: bytes, request: EnrolRequest) -> EnrolAnswer:
        """The same with its proof over the whole talk."""
        return replace(self, proof=_proof(key, b"answer", request.words(), self.words()))

    def is_proved(self, key: bytes, request: EnrolRequest) -> bool:
        """Whether the server knows the code too."""
        expected = _proof(key, b"answer", request.words(), self.words())
        return hmac.compare_digest(self.proof, expected)

    def pack(self) -> bytes:
        """The message's one spelling."""
        return pack({0: self.words(), 1: self.proof})

    @classmethod
    def read(cls, raw: bytes) -> EnrolAnswer:
        """Read strictly.

        Raises:
            WireError: not this message.
        """
        outer = Fields(unpack(raw, max_bytes=MAX_ANSWER_BYTES))
        tree = unpack(outer.octets(0), max_bytes=MAX_ANSWER_BYTES)
        told = Fields(tree)
        state = State.from_tree(tree.get(0))
        return cls(state, told.truth(1), told.truth(2), outer.octets(1, HASH_BYTES))
