"""What may not stand in any file: this machine's paths, package hosts, unkept promises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kit import house

if TYPE_CHECKING:
    from pathlib import Path

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".cfg",
    ".ini",
    ".sh",
    ".yaml",
    ".yml",
    ".json",
    ".csv",
    ".txt",
    ".html",
    ".css",
    ".spec",
    ".nsi",
    ".desktop",
    ".po",
    ".xml",
    ".svg",
    "",
}
# Written in pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"work/(?!flows)",
            r"/tmp/" + r"v/",
            r"/opt/" + r"(pypi|wheels)",
            r"(?<![\w.])/" + r"root/",
            r"/home/" + r"(?!nama\b|petugas\b|x\b)\w+",
            r"[A-Z]:" + r"\\Users\\(?!nama\b|petugas\b|x\b)\w+",
        ]
    )
)
HOSTS = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "pythonhosted" + r"\.org",
            "deb\\." + "debian" + r"\.org",
            "registry\\." + "npmjs",
            "index" + "-url",
            "extra-" + "index",
        ]
    )
)
_PROMISE = "(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)"
PROMISES = re.compile(rf"[#/*-]\s*{_PROMISE}\b|\b{_PROMISE}[:(]")
VENDORED = ("resources/", "LICENSE")
"""Other people's text: data, fonts, licences. Their words are theirs."""


def _hits(pattern: re.Pattern[str], *, everywhere: bool) -> list[str]:
    found = []
    for path in house.files():
        name = house.place(path)
        if path.suffix not in TEXT or (not everywhere and name.startswith(VENDORED)):
            continue
        for number, line in enumerate(_lines(path), 1):
            if pattern.search(line):
                found.append(f"{name}:{number}: {line.strip()[:100]}")
    return found


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8", "replace").splitlines()


def test_no_file_names_a_machine() -> None:
    assert not _hits(MACHINE, everywhere=True)


def test_no_file_names_a_package_host() -> None:
    assert not _hits(HOSTS, everywhere=True)


def test_no_promise_is_left_in_the_code() -> None:
    assert not _hits(PROMISES, everywhere=False)


def test_planted_words_would_be_seen() -> None:
    assert MACHINE.search("open('/" + "work/main/x')")
    assert MACHINE.search("/home/" + "siti/x")
    assert HOSTS.search("https://files." + "pythonhosted" + ".org/x")
    assert PROMISES.search("# TO" + "DO: later")
    assert not PROMISES.search("metode MASTODON")


def test_text_files_are_utf8_with_unix_lines() -> None:
    wrong = []
    for path in house.files():
        if path.suffix in TEXT - {""} and not house.place(path).startswith("tests/"):
            raw = path.read_bytes()
            if b"\r\n" in raw and path.suffix != ".csv":
                wrong.append(f"{house.place(path)}: CRLF")
            try:
                raw.decode("utf-8")
            except UnicodeDecodeError:
                wrong.append(f"{house.place(path)}: not UTF-8")
    assert not wrong
