"""Stored means stored: killed servers, cut lines, restored databases."""

from __future__ import annotations

import contextlib
import random
import shutil
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from desmigratif_sync.protocol.endpoint import NotReachedError, RefusedError
from desmigratif_sync.protocol.entries import Dot

STORED = {"stored", "duplicate"}


def _stream(laptop, audience: str = "village") -> list[bytes]:
    return [
        raw
        for one in laptop.fetch().streams
        if one.cursor.audience == audience
        for _, raw in one.frames
    ]


class Line:
    """A TCP relay that breaks off after so many bytes up or down."""

    def __init__(self, url: str, *, up: int | None = None, down: int | None = None) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname, parts.port)
        self._up, self._down = up, down
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.carried = {"up": 0, "down": 0}
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(self._target)
                for one, two, way in ((near, far, "up"), (far, near, "down")):
                    words = (one, two, way, self._up if way == "up" else self._down)
                    threading.Thread(target=self._pump, args=words, daemon=True).start()

    def _pump(self, one: socket.socket, two: socket.socket, way: str, left: int | None) -> None:
        with contextlib.suppress(OSError):
            while piece := one.recv(4096 if left is None else max(1, min(4096, left))):
                two.sendall(piece)
                self.carried[way] += len(piece)
                if left is not None:
                    left -= len(piece)
                    if left <= 0:
                        break
        for end in (one, two):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listening.close()


def _through(laptop, frames, **cut) -> list[str] | None:
    """Send over a line that breaks; None when no answer came."""
    line = Line(laptop.district.url, **cut)
    real, laptop.district.url = laptop.district.url, line.url
    try:
        return [str(one.result) for one in laptop.send(*frames).verdicts]
    except NotReachedError:
        return None
    finally:
        laptop.district.url = real
        line.close()


@pytest.mark.parametrize("way", ["up", "down"])
def test_C01_a_line_cut_after_any_byte_loses_and_doubles_nothing(
    laptop, way: str, runs_all
) -> None:
    sent: list[bytes] = []
    total = 1_500 if way == "up" else 900
    for cut in range(1, total, 64 if runs_all else 192):
        raw = laptop.frame()
        sent.append(raw)
        answered = _through(laptop, [raw], **{way: cut})
        if answered is None:
            assert laptop.send(raw).verdicts[0].result in STORED
    assert _stream(laptop) == sent


def test_C01_a_cut_answer_is_no_ack(laptop) -> None:
    raw = laptop.frame()
    assert _through(laptop, [raw], down=120) is None
    assert [str(one.result) for one in laptop.send(raw).verdicts] == ["duplicate"]


def test_C05_S15_kill_between_commit_and_answer_then_resend(own_district, laptop_class) -> None:
    """Killed again and again while it stores; what was acknowledged is there, once."""
    laptop = laptop_class(own_district).enrol()
    dice = random.Random(7)
    sent, acknowledged = [], 0
    for _ in range(6):
        frames = [laptop.frame() for _ in range(10)]
        sent += frames
        found: list[str] = []

        def send(batch=frames, found=found) -> None:
            for raw in batch:
                try:
                    found.append(str(laptop.send(raw).verdicts[0].result))
                except (NotReachedError, RefusedError):
                    return

        sender = threading.Thread(target=send)
        sender.start()
        time.sleep(dice.random() * 0.25)
        own_district.stop(kill=True)
        sender.join()
        acknowledged += len(found)
        own_district.start()
        held = [one.last for one in laptop.endpoint.state().held]
        assert (held or [0])[0] >= acknowledged
        again = [str(one.result) for one in laptop.send(*frames).verdicts]
        assert set(again) <= STORED
        acknowledged = len(sent)
    assert _stream(laptop) == sent


def test_C05_a_killed_enrolment_is_asked_again(own_district, laptop_class) -> None:
    laptop = laptop_class(own_district)
    code, asked = own_district.code(), laptop.ask()
    line = Line(own_district.url, down=60)
    real, own_district.url = own_district.url, line.url
    with pytest.raises(NotReachedError):
        laptop.enrol(code, asked)
    own_district.url = real
    line.close()
    own_district.stop(kill=True)
    own_district.start()
    laptop.enrol(code, asked)
    assert laptop.answer.is_active
    assert laptop.send(laptop.frame()).verdicts[0].result == "stored"


def test_C11_a_server_restored_from_a_backup_gets_what_it_lacks(own_district, laptop_class) -> None:
    laptop = laptop_class(own_district).enrol()
    sent = [laptop.frame() for _ in range(3)]
    laptop.send(*sent)
    backup = own_district.tell("backup")["path"]
    sent += [laptop.frame() for _ in range(4)]
    laptop.send(*sent[3:])
    cursor = next(one.cursor for one in laptop.fetch().streams if one.cursor.audience == "village")
    own_district.stop(kill=True)
    for leftover in own_district.folder.glob("server.db*"):
        leftover.unlink()
    shutil.copy(backup, own_district.folder / "server.db")
    own_district.start()
    (held,) = laptop.endpoint.state().held
    assert held.last == 3
    results = [str(one.result) for one in laptop.send(*sent).verdicts]
    assert results == ["duplicate"] * 3 + ["stored"] * 4
    vector = (Dot(laptop.key.device, laptop.epoch, "village", 7),)
    (down,) = laptop.fetch(cursors=(cursor,), vector=vector).streams
    assert down.frames == ()
    assert down.cursor.seq == down.head == 7
    assert _stream(laptop) == sent
