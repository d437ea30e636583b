"""Bytes of strangers: refused early, alike, and without a word too many."""

from __future__ import annotations

import contextlib
import resource
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from desmigratif_sync.protocol.endpoint import RefusedError
from desmigratif_sync.protocol.envelopes import RequestHeader, read_request, sign_request
from desmigratif_sync.protocol.limits import MAX_REQUEST_BYTES
from desmigratif_sync.protocol.messages import SyncRequest, read_problem
from desmigratif_sync.protocol.wire import pack


def _post(district, path: str, raw: bytes, **more) -> requests.Response:
    return requests.post(district.url + path, data=raw, timeout=20, **more)


def _header(laptop, **more) -> RequestHeader:
    words = {
        "server": laptop.identity.server, "device": laptop.key.device, "epoch": laptop.epoch,
        "counter": laptop.next_counter(), "path": "/v1/sync",
    } | more  # fmt: skip
    return RequestHeader(**words)


def _request(laptop, body: bytes = b"", **more) -> bytes:
    return sign_request(_header(laptop, **more), body or SyncRequest().pack(), laptop.key)


def test_S01_whoever_is_not_known_gets_one_constant_answer(laptop, laptop_class) -> None:
    stranger = laptop_class(laptop.district, laptop.village)
    stranger.identity = laptop.identity
    good = _request(laptop)
    forged = sign_request(_header(laptop), SyncRequest().pack(), stranger.key)
    length = int.from_bytes(good[4:6])
    unsigned = good[: 6 + length] + good[6 + length + 64 :]
    twice = good[: 6 + length] + good[6 + length : 70 + length] * 2 + good[70 + length :]
    zeros = good[: 6 + length] + bytes(64) + good[70 + length :]
    attacks = [b"", b"x", b"DSQ1", good[:40], unsigned, twice, zeros, forged, _request(stranger)]
    answers = [_post(laptop.district, "/v1/sync", raw) for raw in attacks]
    assert {one.status_code for one in answers} == {401}
    assert len({one.content for one in answers}) == 1
    assert read_problem(answers[0].content).code == "401.1"


def test_S02_every_changed_byte_of_a_request_is_refused(laptop, runs_all) -> None:
    raw = _request(laptop, SyncRequest(frames=(laptop.frame(),)).pack())
    with requests.Session() as session:
        for at in range(0, len(raw), 1 if runs_all else 7):
            spoiled = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
            answer = session.post(laptop.district.url + "/v1/sync", data=spoiled, timeout=20)
            assert answer.status_code in {401, 426}
    assert laptop.fetch().streams[0].head == 0


def test_S02_a_request_for_one_path_is_not_taken_on_another(laptop) -> None:
    assert _post(laptop.district, "/v1/state", _request(laptop)).status_code == 401


@pytest.mark.parametrize(
    "target",
    [
        "/v1/sync/", "//v1/sync", "/v1/%73ync", "/v1/../v1/sync", "/v1/x/%2e%2e/sync",
        "/v1/sync?x=1", "/V1/sync", "/", "/v1", "/admin", "/v1/frames/1", "/docs", "/v1/sync;a",
    ],
)  # fmt: skip
def test_S08_other_spellings_and_paths_are_one_404(laptop, target: str) -> None:
    status, head, body = _raw(laptop.district, f"POST {target} HTTP/1.1", _request(laptop))
    other = _raw(laptop.district, "POST /nothing-here HTTP/1.1", b"")
    assert (status, body) == (404, other[2])
    assert _without_date(head) == _without_date(other[1])


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_S08_other_methods_are_the_same_404(laptop, method: str) -> None:
    status, head, _ = _raw(laptop.district, f"{method} /v1/sync HTTP/1.1", b"")
    other = _raw(laptop.district, "POST /nothing-here HTTP/1.1", b"")
    assert status == 404
    assert _without_date(head) == _without_date(other[1])


def test_S02_a_method_override_changes_nothing(laptop) -> None:
    headers = {"X-HTTP-Method-Override": "POST"}
    answer = requests.get(laptop.district.url + "/v1/sync", headers=headers, timeout=20)
    assert answer.status_code == 404


def test_S02_doubled_headers_are_refused(laptop) -> None:
    raw = _request(laptop)
    for doubled in (
        "Host: 127.0.0.1",
        f"Content-Length: {len(raw) + 1}",
        "Content-Type: text/plain",
    ):
        status, _, _ = _raw(
            laptop.district, "POST /v1/sync HTTP/1.1", raw, "Content-Type: a/b", doubled
        )
        assert status in {400, 404}


def _without_date(head: str) -> str:
    return "\n".join(line for line in head.splitlines() if not line.startswith("date"))


def _raw(district, line: str, body: bytes, *more: str) -> tuple[int, str, bytes]:
    parts = urlsplit(district.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as wire:
        head = [line, "Host: 127.0.0.1", f"Content-Length: {len(body)}", "Connection: close", *more]
        wire.sendall("\r\n".join([*head, "", ""]).encode() + body)
        got = b""
        with contextlib.suppress(ConnectionError):
            while piece := wire.recv(65536):
                got += piece
    told, _, answer = got.partition(b"\r\n\r\n")
    return int(told.split(b" ")[1]), told.decode().lower(), answer


def test_S03_a_request_played_again_has_no_effect(laptop) -> None:
    raw = _request(laptop, SyncRequest(frames=(laptop.frame(),)).pack())
    assert _post(laptop.district, "/v1/sync", raw).status_code == 200
    for _ in range(2):
        answer = _post(laptop.district, "/v1/sync", raw)
        assert answer.status_code == 401
        assert answer.content[:4] == b"DSA1"
    assert sum(one.head for one in laptop.fetch().streams) == 1


def test_S03_a_laptop_that_lost_its_counter_catches_up_by_itself(laptop) -> None:
    for _ in range(5):
        laptop.send()
    laptop.counter = 0
    assert laptop.send(laptop.frame()).verdicts[0].result == "stored"
    assert laptop.counter > 5


def test_S12_a_body_too_large_is_refused_by_its_length_and_while_it_runs(laptop) -> None:
    huge = bytes(9 * 1024 * 1024)
    with contextlib.suppress(requests.ConnectionError):
        assert _post(laptop.district, "/v1/sync", huge).status_code == 413

    def endless():
        for _ in range(200):
            yield bytes(64 * 1024)

    with contextlib.suppress(requests.ConnectionError):
        answer = _post(laptop.district, "/v1/sync", endless())
        assert answer.status_code == 413
    status, _, _ = _raw(laptop.district, "POST /v1/sync HTTP/1.1", b"", f"X-Long: {'x' * 70_000}")
    assert status in {400, 404}
    assert laptop.send(laptop.frame()).verdicts[0].result == "stored"


def test_S12_two_hundred_slow_strangers_do_not_stop_an_honest_laptop(laptop) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 2048)), hard))
    parts = urlsplit(laptop.district.url)
    slow = []
    try:
        for number in range(200):
            wire = socket.create_connection((parts.hostname, parts.port), timeout=20)
            started = b"POST /v1/sync HTTP/1.1\r\nHost: x\r\n"
            more = f"Content-Length: {MAX_REQUEST_BYTES}\r\n\r\n".encode() + bytes(50_000)
            wire.sendall(started + (more if number % 2 else b""))
            slow.append(wire)
        started_at = time.monotonic()
        assert laptop.send(laptop.frame()).verdicts[0].result == "stored"
        assert time.monotonic() - started_at < 10
        assert laptop.district.process is not None
        assert _resident_mib(laptop.district.process.pid) < 200
    finally:
        for wire in slow:
            wire.close()


def _resident_mib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) // 1024


NESTED = b"\x81" * 1000 + b"\x00"
MANY_KEYS = pack(dict.fromkeys(range(100000), 0))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(NESTED, id="depth 1000"),
        pytest.param(MANY_KEYS, id="100,000 keys"),
        pytest.param(b"\xa2\x00\x80\x00\x80", id="key twice"),
        pytest.param(b"\xf9\x7e\x00", id="NaN"),
        pytest.param(b"\xfb\x7f\xf0\0\0\0\0\0\0", id="infinity"),
        pytest.param(b"\xc2\x59\x08\x00" + b"\xff" * 2048, id="bignum"),
        pytest.param(b"\x7f\x61a\xff", id="indefinite"),
        pytest.param(b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff", id="endless list"),
        pytest.param(b"\xd8\x1c\x81\xd8\x1d\x00", id="cycle"),
        pytest.param(b"\x63\xed\xa0\x80", id="surrogate"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_S13_a_hostile_message_of_a_known_laptop_is_400(laptop, body: bytes) -> None:
    raw = sign_request(_header(laptop), body, laptop.key)
    started = time.monotonic()
    answer = _post(laptop.district, "/v1/sync", raw)
    assert answer.status_code == 400
    assert answer.content[:4] == b"DSA1"
    assert time.monotonic() - started < 2
    assert laptop.send().verdicts == ()


def test_S17_plain_http_is_served_to_this_machine_only(district_class, tmp_path) -> None:
    made = district_class(tmp_path / "server").init()
    for host in ("0.0.0.0", "::", "192.0.2.1", "server.example"):
        status, answer, said = made.run("serve", "--host", host, "--port", "0")
        assert status == 1
        assert "127.0.0.1" in said
        assert answer["ok"] is False
    status, _, _ = made.run("devices")
    assert status == 0


def test_S18_a_fault_is_a_number_and_nothing_else(tmp_path, district_class, laptop_class) -> None:
    """A trigger in the way of every insert: the answer names no table, the log no value."""
    from desmigratif_server import settings
    from desmigratif_server.store import Store

    made = district_class(tmp_path / "server").init().start()
    try:
        laptop = laptop_class(made).enrol()
        store = Store.open(settings.load(made.folder))
        with store.write() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER spoil BEFORE INSERT ON frame BEGIN "
                "SELECT RAISE(ABORT, 'secret-canary'); END"
            )
        store.close()
        with pytest.raises(RefusedError) as refused:
            laptop.send(laptop.frame())
        assert refused.value.is_signed
        assert refused.value.problem.status in {500, 503}
        assert set(refused.value.problem.details) == {"error"}
        assert refused.value.problem.details["error"] in made.said()
        for canary in ("secret-canary", "INSERT", "Warga", laptop.village):
            assert canary not in made.said()
        assert laptop.endpoint.state().held == ()
    finally:
        made.stop()


def test_every_answer_carries_the_headers_of_a_careful_server(laptop) -> None:
    for answer in (
        _post(laptop.district, "/v1/sync", _request(laptop)),
        _post(laptop.district, "/nothing", b""),
        _post(laptop.district, "/v1/sync", b""),
    ):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "server" not in answer.headers


def test_a_request_to_another_server_is_told_so(laptop) -> None:
    raw = _request(laptop, server=b"another-server!!")
    assert _post(laptop.district, "/v1/sync", raw).status_code == 401
    assert read_request(raw).header.server == b"another-server!!"


def test_another_protocol_version_is_told_so_and_signed(laptop) -> None:
    answer = _post(laptop.district, "/v1/sync", _request(laptop, version=2))
    assert answer.status_code == 426
    assert answer.content[:4] == b"DSA1"
