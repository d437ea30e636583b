"""C02, C03: answers that are not the pinned server's are no ack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desmigratif_desktop.exchange import link, session
from desmigratif_desktop.foundation.errors import (
    NotAllowedError,
    SyncRefusedError,
    UnreachableError,
)
from desmigratif_sync.protocol.envelopes import sign_answer
from desmigratif_sync.protocol.keys import DeviceKey
from exchange.district import District, FalseServer, http_answer, roster


def _held(laptop) -> list[int]:
    return [row[0] for row in laptop.sql("SELECT held FROM frame WHERE own=1")]


PORTAL = b"<html><body>Selamat datang di Wi-Fi Warung Kopi</body></html>"
LIES = {
    "500": http_answer("500 Internal Server Error", b"oops"),
    "502": http_answer("502 Bad Gateway", b"<html>bad gateway</html>"),
    "503": http_answer("503 Service Unavailable", b"", "Retry-After: 7"),
    "413": http_answer("413 Content Too Large"),
    "429": http_answer("429 Too Many Requests", b"", "Retry-After: 60"),
    "portal": http_answer("200 OK", PORTAL, "Content-Type: text/html"),
    "redirect": http_answer("302 Found", b"", "Location: https://masuk.warung.example/"),
    "empty": http_answer("200 OK"),
    "garbage": b"\x00\x01\x02 not even HTTP \r\n\r\n",
}


@pytest.mark.parametrize("lie", LIES)
def test_C02_an_answer_that_is_not_the_servers_is_no_ack(district, laptop, lie):
    one = laptop(enrolled_at=district)
    one.register(roster(2))
    false = FalseServer(LIES[lie])
    with pytest.raises(UnreachableError) as told:
        one.exchange(url=false.url)
    false.close()
    assert told.value.sentence
    assert "aman" in told.value.advice or "hubungi" in told.value.advice
    assert not any(_held(one))
    assert one.status().unsent_acts == 3
    assert one.status().problem == told.value.sentence
    assert one.status().failures == 1
    assert false.seen <= 6
    assert one.exchange().complete
    assert (one.status().unsent_acts, one.status().failures) == (0, 0)


class _Impostor:
    """Answers in the district's name with what a test makes of the true answer."""

    def __init__(self, real, change) -> None:
        self._real, self._change = real, change

    def __call__(self, *args, **named):
        endpoint = self._real(*args, **named)
        line, change = endpoint._line, self._change
        post = line.post

        def forged(path, raw):
            answer = post(path, raw)
            return type(answer)(answer.status, change(raw, answer.raw), None)

        line.post = forged
        return endpoint


def _unsigned(request: bytes, answer: bytes) -> bytes:
    length = int.from_bytes(answer[4:6])
    return answer[: 6 + length] + bytes(64) + answer[6 + length + 64 :]


def _body_changed(request: bytes, answer: bytes) -> bytes:
    return answer[:-1] + bytes([answer[-1] ^ 1])


@pytest.mark.parametrize("forgery", ["unsigned", "wrong_key", "other_request", "body_changed"])
def test_C03_a_receipt_without_the_pinned_signature_is_no_ack(
    district, laptop, monkeypatch, forgery
):
    one = laptop(enrolled_at=district)
    one.register(roster(1))
    with one.store.read() as reading:
        server = link.load(reading.connection()).identity.server
    kept: list[bytes] = []

    def wrong_key(request: bytes, answer: bytes) -> bytes:
        length = int.from_bytes(answer[4:6])
        body = answer[6 + length + 64 :]
        return sign_answer(server, 200, body, request=request, key=DeviceKey.generate())

    def other_request(request: bytes, answer: bytes) -> bytes:
        kept.append(answer)
        return kept[0] if len(kept) > 1 else answer

    changes = {
        "unsigned": _unsigned, "wrong_key": wrong_key,
        "other_request": other_request, "body_changed": _body_changed,
    }  # fmt: skip
    forging = _Impostor(session.HttpEndpoint, changes[forgery])
    monkeypatch.setattr(session, "HttpEndpoint", forging)
    if forgery == "other_request":
        one.exchange()
        one.register(roster(1, seed=2))
    unsent = one.status().unsent_acts
    assert unsent
    with pytest.raises(UnreachableError):
        one.exchange()
    assert one.status().unsent_acts == unsent
    monkeypatch.undo()
    assert one.exchange().complete
    assert one.status().unsent_acts == 0


def test_C03_another_server_at_the_same_address_is_refused(district, laptop, tmp_path):
    one = laptop(enrolled_at=district)
    one.register(roster(1))
    other = District(tmp_path / "lain").start()
    with pytest.raises((UnreachableError, SyncRefusedError)):
        one.exchange(url=other.url)
    other.kill()
    assert one.status().unsent_acts == 2


def test_C16_without_the_office_key_no_request_leaves(district, laptop):
    one = laptop(enrolled_at=district)
    one.register(roster(1))
    one.store.keys = replace(one.store.keys, office_key=None)
    false = FalseServer(LIES["empty"])
    with pytest.raises(NotAllowedError):
        one.exchange(url=false.url)
    assert false.seen == 0
    false.close()
