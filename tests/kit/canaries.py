"""Five hundred planted names: are they readable anywhere on a stolen disk?

Looked for as UTF-8, UTF-16LE, base64 at its three alignments, and in whatever unpacks
from zlib, gzip, zstd and PDF streams found inside the files.
"""

from __future__ import annotations

import base64
import random
import re
import zlib
from typing import TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_UNPACKED = 64 * 1024 * 1024
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd")
_PDF = re.compile(rb"stream\r?\n")


def plant(count: int = 500, seed: int = 7) -> list[str]:
    """Unique names, NIKs and passport numbers that occur nowhere else."""
    dice = random.Random(seed)
    letters = "bcdfghjklmnpqrstvwxz"
    found = []
    for number in range(count):
        if number % 3 == 0:
            found.append("Kenari" + "".join(dice.choices(letters, k=12)))
        elif number % 3 == 1:
            found.append("3212" + "".join(dice.choices("0123456789", k=12)))
        else:
            found.append("X" + "".join(dice.choices("ABCDEFGHJKLMNP0123456789", k=11)))
    return found


def needles(canaries: Iterable[str]) -> dict[bytes, str]:
    """Every form in which a canary may lie about."""
    found = {}
    for one in canaries:
        plain = one.encode()
        found[plain] = one
        found[plain.lower()] = one
        found[one.encode("utf-16-le")] = one
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + plain)
            start = (shift * 8 + 5) // 6
            end = (shift + len(plain)) * 8 // 6
            found[coded[start:end]] = one
    return found


def unpacked(raw: bytes) -> Iterator[bytes]:
    """A file's bytes, and what unpacks from streams inside."""
    yield raw
    for match in _ZLIB.finditer(raw):
        yield _inflate(raw[match.start() :], zlib.MAX_WBITS)
    for match in _GZIP.finditer(raw):
        yield _inflate(raw[match.start() :], 16 + zlib.MAX_WBITS)
    for match in _ZSTD.finditer(raw):
        try:
            reader = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
            yield reader.decompress(raw[match.start() :])[:MAX_UNPACKED]
        except zstandard.ZstdError:
            continue
    for match in _PDF.finditer(raw):
        body = raw[match.end() : raw.find(b"endstream", match.end())]
        yield _inflate(body, zlib.MAX_WBITS)
        try:
            yield _inflate(
                base64.a85decode(body.strip(), adobe=body.strip().endswith(b"~>")), zlib.MAX_WBITS
            )
        except ValueError:
            continue


def _inflate(raw: bytes, bits: int) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(raw, MAX_UNPACKED)
    except zlib.error:
        return b""


def search(folder: Path, canaries: Iterable[str]) -> dict[str, list[str]]:
    """Files below a folder with the canaries readable in them; names of files count, too."""
    wanted = needles(canaries)
    pattern = re.compile(b"|".join(re.escape(one) for one in wanted))
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        parts = [path.name.encode()]
        if path.is_file() and not path.is_symlink():
            parts += unpacked(path.read_bytes())
        hits = {wanted[match.group()] for part in parts for match in pattern.finditer(part)}
        if hits:
            found[str(path.relative_to(folder))] = sorted(hits)
    return found
