"""A real district server in another process, for the tour: practice only, loopback only."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from desmigratif_desktop.app.tour_guide import TourError

if TYPE_CHECKING:
    from pathlib import Path


def free_port() -> int:
    """A port of the loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PracticeDistrict:
    """Starts, answers, stops.

    Args:
        folder: where the server keeps its store.

    Attributes:
        url: its address.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tool("init", "--practice")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [*_PROGRAM, "serve", "--folder", str(folder), "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(self.url, timeout=2):  # noqa: S310 - loopback
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise TourError("server latihan kabupaten tidak menjawab")

    def enrol_code(self, village: str) -> str:
        """A confirmed one-time code for a laptop of a village."""
        answer = self._tool("enrol-code", village, "--confirmed")
        return str(answer["data"]["code"])

    def _tool(self, *arguments: str) -> dict[str, dict[str, object]]:
        done = subprocess.run(  # noqa: S603 - our own module, our own arguments
            [*_PROGRAM, *arguments, "--folder", str(self._folder), "--json"],
            capture_output=True,
            text=True,
            check=False,
            env=_environment(),
        )
        if done.returncode != 0:
            raise TourError(f"server latihan: {done.stderr.strip() or done.stdout.strip()}")
        answer: dict[str, dict[str, object]] = json.loads(done.stdout)
        return answer

    def stop(self) -> None:
        """Stop it."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()


_PROGRAM = (sys.executable, "-m", "desmigratif_server")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}
