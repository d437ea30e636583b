"""What a laptop believes: nothing that the pinned server did not sign over this request."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_sync.client.http import HttpEndpoint, check_url, new_session
from desmigratif_sync.client.retry import delay_s, next_budget
from desmigratif_sync.protocol.endpoint import NotReachedError, RefusedError
from desmigratif_sync.protocol.envelopes import sign_answer
from desmigratif_sync.protocol.keys import DeviceKey
from desmigratif_sync.protocol.messages import (
    ServerIdentity,
    State,
    SyncAnswer,
    SyncRequest,
    pack_problem,
)
from desmigratif_sync.protocol.problems import Problem

SERVER = DeviceKey.from_seed(b"s" * 32)
IDENTITY = ServerIdentity(b"i" * 16, 1, SERVER.public, b"x" * 32)
STATE = State(IDENTITY, 1, "3212162004", (), ())


class Portal:
    """A machine that answers HTTP as it likes."""

    def __init__(self, answer) -> None:
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.asked = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                wire, _ = self._socket.accept()
                with wire, contextlib.suppress(OSError):
                    self.asked += 1
                    raw = self._answer(_read_request(wire))
                    if raw:
                        wire.sendall(raw)

    def close(self) -> None:
        self._socket.close()


def _read_request(wire: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        got += wire.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += wire.recv(65536)
    return body


def _http(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _endpoint(url: str, key: DeviceKey, **more) -> HttpEndpoint:
    count = iter(range(1, 1000))
    return HttpEndpoint(
        url, identity=IDENTITY, key=key, epoch=b"epoch--1", connect_s=5, read_s=2,
        counter=lambda passed: max(next(count), passed + 1), **more,
    )  # fmt: skip


@contextlib.contextmanager
def _asking(answer, key: DeviceKey):
    portal = Portal(answer)
    endpoint = _endpoint(portal.url, key)
    yield endpoint, portal
    endpoint.close()
    portal.close()


def _signed(request: bytes, body: bytes, status: int = 200, **more) -> bytes:
    words = {"server": IDENTITY.server, "key": SERVER} | more
    return sign_answer(words["server"], status, body, request=request, key=words["key"])


HTML = b"<html><body>Selamat datang di Hotspot! Silakan masuk.</body></html>"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(_http("200 OK", HTML, "Content-Type: text/html"), "no_answer", id="portal"),
        pytest.param(_http("200 OK", b""), "no_answer", id="empty"),
        pytest.param(_http("302 Found", b"", "Location: http://x.test/"), "redirect", id="away"),
        pytest.param(_http("307 T", b"", "Location: /v1/sync"), "redirect", id="to itself"),
        pytest.param(_http("500 E", HTML), "unavailable", id="500"),
        pytest.param(_http("502 E", b""), "unavailable", id="502"),
        pytest.param(_http("503 E", b"", "Retry-After: 90"), "unavailable", id="503"),
        pytest.param(_http("413 E", HTML), "too_large", id="413"),
        pytest.param(_http("429 E", b"", "Retry-After: 30"), "too_many", id="429"),
        pytest.param(_http("401 E", HTML), "no_answer", id="a proxy's 401"),
        pytest.param(b"garbage\r\n\r\n", "offline", id="not HTTP"),
        pytest.param(b"", "offline", id="hung up"),
        pytest.param(_http("200 OK", b"x" * 100)[:-50], "offline", id="cut"),
        pytest.param(_http("200 OK", bytes(5 * 1024**2)), "too_large", id="endless answer"),
    ],
)
def test_C02_what_is_not_the_servers_answer_is_no_ack(key, answer: bytes, reason: str) -> None:
    with _asking(lambda _: answer, key) as (endpoint, portal):
        with pytest.raises(NotReachedError) as found:
            endpoint.sync(SyncRequest())
        assert found.value.reason == reason
        assert portal.asked == 1
        if b"Retry-After: 90" in answer:
            assert found.value.retry_after_s == 90


def test_a_signed_answer_is_believed(key) -> None:
    with _asking(lambda raw: _http("200 OK", _signed(raw, STATE.pack())), key) as (endpoint, _):
        assert endpoint.state() == STATE


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda raw: _signed(raw, STATE.pack(), key=DeviceKey.generate()), "not_signed"),
        (lambda raw: _signed(raw + b"x", STATE.pack()), "not_signed"),
        (lambda raw: _signed(raw, STATE.pack(), server=b"j" * 16), "other_server"),
        (lambda raw: _signed(raw, STATE.pack())[:-1] + b"\xff", "not_signed"),
        (lambda raw: _signed(raw, b"no state"), "no_answer"),
        (lambda _: STATE.pack(), "no_answer"),
    ],
    ids=["other key", "other request", "other server", "changed body", "nonsense", "bare"],
)
def test_C03_an_answer_that_is_not_this_servers_to_this_request_is_no_ack(
    key, spoil, reason: str
) -> None:
    with (
        _asking(lambda raw: _http("200 OK", spoil(raw)), key) as (endpoint, _),
        pytest.raises(NotReachedError) as found,
    ):
        endpoint.state()
    assert found.value.reason == reason


def test_C03_an_answer_to_an_earlier_request_is_no_ack(key) -> None:
    kept: list[bytes] = []

    def replay(raw: bytes) -> bytes:
        kept.append(_http("200 OK", _signed(raw, SyncAnswer(STATE).pack())))
        return kept[0]

    with _asking(replay, key) as (endpoint, _):
        assert endpoint.sync(SyncRequest()) == SyncAnswer(STATE)
        with pytest.raises(NotReachedError):
            endpoint.sync(SyncRequest())


def test_a_signed_refusal_carries_its_problem_and_its_sentence(key) -> None:
    told = pack_problem(Problem("403.2"))
    with (
        _asking(lambda raw: _http("403 F", _signed(raw, told, 403)), key) as (endpoint, _),
        pytest.raises(RefusedError) as found,
    ):
        endpoint.state()
    assert found.value.is_signed
    assert "mencabut izin" in found.value.problem.sentence
    assert found.value.problem.advice


def test_an_unknown_device_is_told_but_not_believed(key) -> None:
    told = pack_problem(Problem("401.1"))
    with (
        _asking(lambda _: _http("401 U", told), key) as (endpoint, _),
        pytest.raises(RefusedError) as found,
    ):
        endpoint.state()
    assert not found.value.is_signed


def test_a_silent_server_is_given_up(key) -> None:
    started = time.monotonic()
    with (
        _asking(lambda _: time.sleep(4), key) as (endpoint, _),
        pytest.raises(NotReachedError) as found,
    ):
        endpoint.state()
    assert found.value.reason == "timeout"
    assert time.monotonic() - started < 10


def test_nobody_listening_is_offline(key) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotReachedError) as found:
        _endpoint(f"http://127.0.0.1:{port}", key).state()
    assert found.value.reason == "offline"


@pytest.mark.parametrize(
    "url",
    [
        "http://sinkron.example", "http://10.0.0.5:8765", "ftp://x", "", "sinkron.example",
        "http://localhost.example", "http://127.0.0.1.example", "https://x/?a=1", "file:///etc",
    ],
)  # fmt: skip
def test_C04_personal_data_never_leaves_by_plain_http(key, url: str) -> None:
    with pytest.raises(NotReachedError) as found:
        _endpoint(url, key)
    assert found.value.reason == "insecure"


def test_safe_addresses_are_taken_as_they_are() -> None:
    assert check_url(" https://sinkron.example/desa/ ") == "https://sinkron.example/desa"
    assert check_url("http://127.0.0.1:8765") == "http://127.0.0.1:8765"
    assert check_url("http://[::1]:8765/") == "http://[::1]:8765"


def test_C04_a_certificate_that_nobody_vouches_for_is_refused(key, tmp_path) -> None:
    made = _self_signed(tmp_path)
    if made is None:
        pytest.skip("no openssl to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with contextlib.suppress(OSError):
                wire, _ = listening.accept()
                with context.wrap_socket(wire, server_side=True) as safe:
                    safe.recv(100)

        threading.Thread(target=serve, daemon=True).start()
        url = f"https://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(NotReachedError) as found:
            _endpoint(url, key).state()
    assert found.value.reason == "tls"


def _self_signed(folder):
    import shutil
    import subprocess

    if shutil.which("openssl") is None:
        return None
    path = folder / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", path, "-out", f"{path}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_text(path.read_text() + (folder / "both.pem.crt").read_text())
    return path


def test_the_environment_cannot_redirect_or_vouch(monkeypatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://192.0.2.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    assert new_session().trust_env is False


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_C02_the_wait_grows_to_half_an_hour_and_no_further(failures: int, chance: float) -> None:
    waited = delay_s(failures, chance=chance)
    assert 5 <= waited <= 1800
    assert delay_s(failures + 1, chance=chance) >= waited
    assert delay_s(failures, retry_after_s=10**6) == 1800
    assert delay_s(failures, retry_after_s=600) >= 600


def test_the_first_try_does_not_wait() -> None:
    assert delay_s(0) == 0


def test_requests_grow_on_a_good_line_and_shrink_on_a_bad_one() -> None:
    assert next_budget(64_000, 2, broken=False, most=256_000) == 128_000
    assert next_budget(64_000, 12, broken=False, most=256_000) == 64_000
    assert next_budget(200_000, 2, broken=False, most=256_000) == 256_000
    assert next_budget(64_000, 60, broken=True, most=256_000) == 32_000
    assert next_budget(16_384, 60, broken=True, most=256_000) == 16_384
