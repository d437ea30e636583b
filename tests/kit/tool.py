"""The command line of one folder, in this process: what was answered, as data."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from desmigratif_desktop.app.commands import main

VILLAGE = "3518172004"


class Tool:
    """Runs commands on a folder.

    Args:
        folder: of the post.
        secret: passphrase.
    """

    def __init__(self, folder: Path, secret: str = "kata sandi sendiri") -> None:
        self.folder = folder
        self._secret = folder.with_name(f"{folder.name}.sandi")
        self._secret.write_text(secret, "utf-8")
        self.told = ""

    def __call__(self, *words: object, code: int = 0) -> Any:
        """Run a command; its `data`.

        Args:
            words: command and arguments.
            code: the exit that is expected.
        """
        base = ["--folder", str(self.folder), "--passphrase-file", str(self._secret), "--json"]
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = main([*base, *map(str, words)])
        self.told = out.getvalue() + err.getvalue()
        assert status == code, f"{words}: exit {status}: {self.told}"
        return json.loads(out.getvalue())["data"] if out.getvalue().strip() else None

    def init(self, office: str, officer: str, laptop: str, *more: str) -> Any:
        """A post of the village of the tests."""
        return self(
            "init", "--village", VILLAGE, "--office", office, "--officer", officer,
            "--laptop", laptop, *more,
        )  # fmt: skip

    def add(self, people: list[dict[str, Any]]) -> Any:
        """`person add` of a list."""
        file = self.folder.with_name("masuk.json")
        file.write_text(json.dumps(people), "utf-8")
        try:
            return self("person", "add", file)
        finally:
            file.unlink()

    def exported(self) -> bytes:
        """The bytes of `export people`."""
        file = self.folder.with_name(f"{self.folder.name}-ekspor.json")
        self("export", "people", "--to", file)
        raw = file.read_bytes()
        file.unlink()
        return raw
