"""What SQLCipher really sends to the disk: its own file system layer, listened to and broken.

The Linux wheel exports `sqlite3_vfs_find`. We replace `xOpen` of its default VFS and, per
opened file, its `io_methods`, by callbacks that note every write, cut and sync of named
files (never `-shm`), and that can fail on the n-th call. Nothing is compiled.

The model: writes reach the disk in any subset until a sync of that file; a torn write is
cut at 512 bytes; garbage fills what was under way. It knows no lost directory entries
and no disks that lie.

Source: trials T7, T8, snippet G2; security reference, appendix B.
"""

from __future__ import annotations

import ctypes as c
import errno
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlcipher3

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SQLITE_OK, SQLITE_IOERR, SQLITE_FULL = 0, 10, 13
IOERR_WRITE, IOERR_FSYNC, IOERR_SHORT_READ, IOERR_READ = 778, 1034, 522, 266


class _IoMethods(c.Structure):
    _fields_ = [
        ("version", c.c_int), ("close", c.c_void_p), ("read", c.c_void_p), ("write", c.c_void_p),
        ("truncate", c.c_void_p), ("sync", c.c_void_p), ("size", c.c_void_p), ("lock", c.c_void_p),
        ("unlock", c.c_void_p), ("check", c.c_void_p), ("control", c.c_void_p), ("sector", c.c_void_p),
        ("traits", c.c_void_p), ("shm_map", c.c_void_p), ("shm_lock", c.c_void_p),
        ("shm_barrier", c.c_void_p), ("shm_unmap", c.c_void_p), ("fetch", c.c_void_p),
        ("unfetch", c.c_void_p),
    ]  # fmt: skip


class _File(c.Structure):
    _fields_ = [("methods", c.POINTER(_IoMethods))]


class _Vfs(c.Structure):
    _fields_ = [
        ("version", c.c_int), ("os_file", c.c_int), ("max_path", c.c_int), ("next", c.c_void_p),
        ("name", c.c_char_p), ("data", c.c_void_p), ("open", c.c_void_p), ("delete", c.c_void_p),
    ]  # fmt: skip


_FileP = c.POINTER(_File)
_OPEN = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, _FileP, c.c_int, c.POINTER(c.c_int))
_DELETE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_char_p, c.c_int)
_READ = c.CFUNCTYPE(c.c_int, _FileP, c.c_void_p, c.c_int, c.c_int64)
_WRITE = c.CFUNCTYPE(c.c_int, _FileP, c.c_void_p, c.c_int, c.c_int64)
_TRUNCATE = c.CFUNCTYPE(c.c_int, _FileP, c.c_int64)
_SYNC = c.CFUNCTYPE(c.c_int, _FileP, c.c_int)
_CLOSE = c.CFUNCTYPE(c.c_int, _FileP)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing sent to the disk.

    Attributes:
        what: "write", "truncate", "sync", "delete" or "mark".
        file: path.
        offset: of a write; the new size of a cut.
        data: of a write; the acknowledged thing of a mark.
    """

    what: str
    file: str
    offset: int = 0
    data: Any = b""


@dataclass
class Recorder:
    """What was sent since it began to listen.

    Attributes:
        folder: only files below it are noted.
        steps: in order.
        fail: asked before each call with (what, file, number of the call); answers an
            SQLite error code, "short" (half is written, then an error) or 0.
    """

    folder: str
    steps: list[Step] = field(default_factory=list)
    fail: Callable[[str, str, int], int | str] | None = None
    calls: int = 0

    def note(self, what: str, file: str, offset: int = 0, data: Any = b"") -> None:
        """Remember a step."""
        self.steps.append(Step(what, file, offset, data))

    def acknowledge(self, thing: Any) -> None:
        """The program told its officer that this is saved."""
        self.steps.append(Step("mark", "", 0, thing))

    def verdict(self, what: str, file: str) -> int | str:
        """Whether this call shall fail."""
        self.calls += 1
        return self.fail(what, file, self.calls) if self.fail else 0

    def count(self, what: str, ending: str = "") -> int:
        """How often something happened to files of this ending."""
        return sum(one.what == what and one.file.endswith(ending) for one in self.steps)


class _Patch:
    """The patched VFS: installed once for the life of the process, idle without a recorder."""

    def __init__(self) -> None:
        library = c.CDLL(sqlcipher3._sqlite3.__file__)
        library.sqlite3_vfs_find.restype = c.POINTER(_Vfs)
        library.sqlite3_vfs_find.argtypes = [c.c_char_p]
        self.recorder: Recorder | None = None
        self._vfs = library.sqlite3_vfs_find(None)
        self._real_open = _OPEN(self._vfs.contents.open)
        self._real_delete = _DELETE(self._vfs.contents.delete)
        self._names: dict[int, str] = {}
        self._tables: dict[int, _IoMethods] = {}
        self._real: dict[int, dict[str, Any]] = {}
        self._owner: dict[int, int] = {}
        self._alive = [
            _OPEN(self._open), _DELETE(self._delete), _READ(self._read), _WRITE(self._write),
            _TRUNCATE(self._truncate), _SYNC(self._sync), _CLOSE(self._close),
        ]  # fmt: skip
        self._vfs.contents.open = c.cast(self._alive[0], c.c_void_p)
        self._vfs.contents.delete = c.cast(self._alive[1], c.c_void_p)

    def _listening(self, handle: Any) -> tuple[str, Recorder | None]:
        name = self._names.get(c.addressof(handle.contents), "")
        recorder = self.recorder
        if recorder is None or not name.startswith(recorder.folder) or name.endswith("-shm"):
            return name, None
        return name, recorder

    def _methods(self, handle: Any) -> dict[str, Any]:
        return self._real[self._owner[c.addressof(handle.contents)]]

    def _open(self, vfs: int, name: int | None, handle: Any, flags: int, out: Any) -> int:
        result = self._real_open(vfs, name, handle, flags, out)
        if result != SQLITE_OK or not name or not handle.contents.methods:
            return result
        where = c.addressof(handle.contents)
        real = c.addressof(handle.contents.methods.contents)
        if real not in self._tables:
            self._tables[real] = self._copy(handle.contents.methods.contents)
            self._real[real] = {
                "read": _READ(handle.contents.methods.contents.read),
                "write": _WRITE(handle.contents.methods.contents.write),
                "truncate": _TRUNCATE(handle.contents.methods.contents.truncate),
                "sync": _SYNC(handle.contents.methods.contents.sync),
                "close": _CLOSE(handle.contents.methods.contents.close),
            }
        self._names[where] = (c.cast(name, c.c_char_p).value or b"").decode()
        self._owner[where] = real
        handle.contents.methods = c.pointer(self._tables[real])
        return result

    def _copy(self, real: _IoMethods) -> _IoMethods:
        table = _IoMethods()
        c.memmove(c.byref(table), c.byref(real), c.sizeof(_IoMethods))
        for name, callback in zip(
            ("read", "write", "truncate", "sync", "close"), self._alive[2:], strict=True
        ):
            setattr(table, name, c.cast(callback, c.c_void_p))
        return table

    def _delete(self, vfs: int, name: bytes, sync: int) -> int:
        recorder, path = self.recorder, name.decode()
        if recorder is not None and path.startswith(recorder.folder) and not path.endswith("-shm"):
            recorder.note("delete", path)
        return self._real_delete(vfs, name, sync)

    def _read(self, handle: Any, buffer: int, amount: int, offset: int) -> int:
        name, recorder = self._listening(handle)
        if recorder is not None and recorder.fail and recorder.verdict("read", name):
            return IOERR_READ
        return self._methods(handle)["read"](handle, buffer, amount, offset)

    def _write(self, handle: Any, buffer: int, amount: int, offset: int) -> int:
        name, recorder = self._listening(handle)
        if recorder is not None:
            verdict = recorder.verdict("write", name) if recorder.fail else 0
            if verdict == "short":
                half = amount // 2
                recorder.note("write", name, offset, c.string_at(buffer, half))
                self._methods(handle)["write"](handle, buffer, half, offset)
                return IOERR_WRITE
            if verdict:
                return int(verdict)
            recorder.note("write", name, offset, c.string_at(buffer, amount))
        return self._methods(handle)["write"](handle, buffer, amount, offset)

    def _truncate(self, handle: Any, size: int) -> int:
        name, recorder = self._listening(handle)
        if recorder is not None:
            verdict = recorder.verdict("truncate", name) if recorder.fail else 0
            if verdict:
                return IOERR_WRITE
            recorder.note("truncate", name, size)
        return self._methods(handle)["truncate"](handle, size)

    def _sync(self, handle: Any, flags: int) -> int:
        name, recorder = self._listening(handle)
        if recorder is not None:
            verdict = recorder.verdict("sync", name) if recorder.fail else 0
            if verdict:
                return IOERR_FSYNC
            recorder.note("sync", name)
        return self._methods(handle)["sync"](handle, flags)

    def _close(self, handle: Any) -> int:
        where = c.addressof(handle.contents)
        methods = self._methods(handle)
        self._names.pop(where, None)
        return methods["close"](handle)


_PATCH: list[_Patch] = []


def install() -> _Patch:
    """Patch the VFS once; connections opened earlier are not listened to."""
    if not _PATCH:
        _PATCH.append(_Patch())
    return _PATCH[0]


@contextmanager
def recording(folder: Path) -> Iterator[Recorder]:
    """Listen to every file below a folder that is opened from now on."""
    patch = install()
    patch.recorder = Recorder(str(folder))
    try:
        yield patch.recorder
    finally:
        patch.recorder = None


def is_available() -> bool:
    """Whether the cipher's library lets itself be listened to (the Linux wheel does)."""
    try:
        install()
    except (OSError, AttributeError):
        return False
    return True


def on_call(
    number: int, what: str, how: int | str = SQLITE_IOERR
) -> Callable[[str, str, int], int | str]:
    """Fail the n-th call of one sort, and that one only."""
    seen = 0

    def fail(kind: str, file: str, _: int) -> int | str:
        nonlocal seen
        if kind != what:
            return 0
        seen += 1
        return how if seen == number else 0

    return fail


__all__ = [
    "IOERR_FSYNC",
    "SQLITE_FULL",
    "Recorder",
    "Step",
    "errno",
    "install",
    "is_available",
    "on_call",
    "recording",
]
