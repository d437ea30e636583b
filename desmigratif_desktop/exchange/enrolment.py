"""Enrolment: the laptop and its district prove to each other that they know one paper code.

The server's id and key are pinned then and for ever; whoever answers later must sign with
them. Until a person at the district has compared the six digits the laptop waits, and
everything else works without it.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from desmigratif_desktop.exchange import link, outbox, words
from desmigratif_desktop.exchange.link import Link
from desmigratif_desktop.exchange.values import Enrolment, LinkState
from desmigratif_desktop.foundation.errors import FieldProblem, InputError, SyncRefusedError
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.actors import Right
from desmigratif_sync import __version__
from desmigratif_sync.client import http
from desmigratif_sync.protocol.endpoint import NotReachedError, RefusedError
from desmigratif_sync.protocol.enrolment import NONCE_BYTES, EnrolAnswer, EnrolRequest, read_code
from desmigratif_sync.protocol.limits import LETTERS, MAX_LABEL
from desmigratif_sync.protocol.problems import Code, Problem, WireError

if TYPE_CHECKING:
    from desmigratif_desktop.records.engine import Store


class LetterTakenError(SyncRefusedError):
    """Another laptop of this village carries the letter already.

    Attributes:
        free: letters that are free.
    """

    def __init__(self, problem: Problem) -> None:
        told = str(problem.details.get("free", ""))
        self.free = tuple(one for one in told if one in LETTERS)
        names = ", ".join(self.free) or "tidak ada"
        super().__init__(problem.sentence, f"Huruf yang masih bebas: {names}.", problem.code)


def enrol(store: Store, url: str, code: str, *, label: str = "") -> Enrolment:
    """Enrol this laptop with its district.

    Args:
        store: the opened store.
        url: the server's address.
        code: the paper code as typed.
        label: what the officers call the laptop; "Laptop A" if empty.

    Raises:
        InputError: the code or the address was mistyped.
        LetterTakenError: another laptop carries the letter; see `change_letter`.
        SyncRefusedError: the district refused, or the code is another village's.
        UnreachableError: no answer that proves the code.
    """
    if store.keys.actor is not None:
        store.keys.actor.require(Right.EXCHANGE)
    key = outbox.device_key(store)
    asked = EnrolRequest(
        lookup="",
        public=key.public,
        nonce=secrets.token_bytes(NONCE_BYTES),
        label=(label.strip() or f"Laptop {store.replica.laptop}")[:MAX_LABEL],
        letter=store.replica.laptop,
        practice=store.replica.practice,
        app=__version__,
        replaces=_former_device(store),
    )
    try:
        answer = http.enrol(url, code, asked, key=key, epoch=store.replica.epoch)
    except WireError as mistyped:
        sentence = "Kode pendaftaran salah ketik. Kode terdiri atas 17 huruf dan angka."
        raise InputError((FieldProblem("code", "code_mistyped", sentence),)) from mistyped
    except NotReachedError as broken:
        if broken.reason == "insecure":
            sentence = "Alamat server tidak aman; alamat harus diawali https://."
            raise InputError((FieldProblem("url", "url_insecure", sentence),)) from broken
        raise words.unreachable(broken) from broken
    except RefusedError as broken:
        if broken.problem.code == Code.LETTER_TAKEN:
            raise LetterTakenError(broken.problem) from broken
        raise words.refused(broken) from broken
    return _pin(store, http.check_url(url), code, asked, answer)


def _former_device(store: Store) -> bytes:
    with store.read() as session:
        pinned = link.load(session.connection())
    if pinned is None or pinned.device == store.replica.device:
        return b""
    return pinned.device


def _pin(store: Store, url: str, code: str, asked: EnrolRequest, answer: EnrolAnswer) -> Enrolment:
    if answer.state.village != store.replica.village:
        raise SyncRefusedError(
            "Kode pendaftaran ini dibuat untuk desa lain.",
            "Mintalah kode untuk desa Anda kepada kabupaten.",
        )
    if answer.practice != store.replica.practice:
        raise words.refused(RefusedError(Problem(Code.PRACTICE_MIXED), is_signed=True))
    identity = answer.state.identity
    sent = replace(asked, lookup=read_code(code).lookup)
    state = LinkState.ACTIVE if answer.is_active else LinkState.PENDING
    sas = "" if answer.is_active else sent.sas(identity.signing)
    now = store.clock.millis()
    pinned = Link(
        url, identity, store.replica.device, state, answer.practice, sas, now,
        None, None, 0, None, None, "",
    )  # fmt: skip
    with store.write() as connection:
        link.pin(connection, pinned)
        link.put_roster(connection, answer.state.roster, now)
        devices = link.devices(connection)
    return Enrolment(state, sas, url, len(devices))


def confirm_state(store: Store, *, url: str | None = None) -> LinkState:
    """Ask whether the district has confirmed this laptop meanwhile.

    Raises:
        UnreachableError: no answer that can be trusted.
        SyncRefusedError: refused for another reason, or not enrolled.
    """
    with store.read() as session:
        pinned = link.load(session.connection())
    if pinned is None:
        raise SyncRefusedError("Laptop ini belum terdaftar di server kabupaten.")
    endpoint = http.HttpEndpoint(
        url or pinned.url,
        identity=pinned.identity,
        key=outbox.device_key(store),
        epoch=store.replica.epoch,
        counter=lambda passed: link.next_counter(store, passed),
    )
    try:
        state = endpoint.state()
    except NotReachedError as broken:
        raise words.unreachable(broken) from broken
    except RefusedError as broken:
        if broken.problem.code == Code.NOT_CONFIRMED and broken.is_signed:
            return LinkState.PENDING
        raise words.refused(broken) from broken
    finally:
        endpoint.close()
    with store.write() as connection:
        link.note_state(connection, state, store.clock.millis())
    return LinkState.ACTIVE


def change_letter(store: Store, letter: str) -> None:
    """Give this laptop another letter; numbers already printed stay as they are.

    Args:
        store: the opened store.
        letter: "A", "B" or "C".

    Raises:
        InputError: no such letter.
        NotAllowedError: the officer's role does not include it.
    """
    if letter not in set(LETTERS):
        problem = FieldProblem("laptop", "letter_unknown", "Huruf laptop adalah A, B, atau C.")
        raise InputError((problem,))
    if store.keys.actor is not None:
        store.keys.actor.require(Right.EXCHANGE)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE replica SET laptop=?", (letter,))
    store.replica = replace(store.replica, laptop=letter)
    key_slots.update_label(store.folder, store.keys, laptop=letter)
