"""What happened, for the technician, without what belongs to the villagers.

Every handler made here masks what it writes: digits of a NIK after the fourth,
passports, phones, e-mail addresses, long secrets. An exception is written as its
type and the places it passed, never with its values.

Source: security reference §6.13; redlist F19.
"""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

ROOT_LOGGERS: Final = ("desmigratif_desktop", "desmigratif_sync", "desmigratif_server")
LOG_NAME: Final = "desmigratif.log"
FAULT_NAME: Final = "fault.log"
_FILE_BYTES: Final = 1 << 20
_FILES_KEPT: Final = 4
_FRAMES_SHOWN: Final = 12
_LINE_LIMIT: Final = 4000

_LONG_NUMBER = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){15,}(?![0-9])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,2}[0-9]{6,8}(?![A-Za-z0-9])")
_PHONE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+[1-9]|0[28]|628)[0-9](?:[ -]?[0-9]){6,13}(?![0-9A-Za-z])"
)
_SECRET = re.compile(r"[A-Za-z0-9+/_-]{40,}={0,2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def mask(text: str) -> str:
    """Hide what identifies a person or opens a lock.

    A run of 16 digits or more, grouped or not, keeps its first 4 (province, regency).
    """
    text = _LONG_NUMBER.sub(_mask_number, _ascii_digits(text))
    text = _EMAIL.sub("<surel>", text)
    text = _PASSPORT.sub("<paspor>", text)
    text = _PHONE.sub("<telepon>", text)
    return _SECRET.sub(_mask_secret, text)


def describe_exception(error: BaseException) -> str:
    """An exception as type and places, without its message or any value.

    "IntegrityError at fold.py:88 fold < unit_of_work.py:40 unit; caused by KeyError at …"
    """
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(parts) < _FRAMES_SHOWN:
        seen.add(id(current))
        parts.append(f"{type(current).__qualname__}{_places(current.__traceback__)}")
        hidden = None if current.__suppress_context__ else current.__context__
        current = current.__cause__ or hidden
    return "; caused by ".join(parts)


class MaskingFormatter(logging.Formatter):
    """One line a record, masked; exceptions without values, whoever formatted them before."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        """Write a record; a broken message never breaks the program."""
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - a wrong placeholder in a log call is no reason to fail
            message = f"(unreadable message at {Path(record.pathname).name}:{record.lineno})"
        if record.exc_info and record.exc_info[1] is not None:
            message = f"{message} | {describe_exception(record.exc_info[1])}"
        flat = _CONTROL.sub("?", message.replace("\r", "").replace("\n", " ⏎ "))
        head = f"{self.formatTime(record, self.datefmt)} {record.levelname} {record.name}"
        return f"{head} {mask(flat)[:_LINE_LIMIT]}"


def start_logging(
    folder: Path | None, *, level: int = logging.INFO, stream: TextIO | None = None
) -> tuple[logging.Handler, ...]:
    """Send the program's records to a rotating file and to standard error, masked.

    Args:
        folder: where the file lies; None for standard error alone.
        level: what is written.
        stream: instead of standard error.

    Returns:
        The handlers, for `stop_logging`.
    """
    handlers: list[logging.Handler] = []
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            RotatingFileHandler(
                folder / LOG_NAME, maxBytes=_FILE_BYTES, backupCount=_FILES_KEPT, encoding="utf-8"
            )
        )
    if stream is not None or sys.stderr is not None:
        handlers.append(logging.StreamHandler(stream))
    root = logging.getLogger()
    for handler in handlers:
        handler.setFormatter(MaskingFormatter())
        handler.setLevel(level if folder is None or handler is handlers[0] else logging.WARNING)
        root.addHandler(handler)
    for name in ROOT_LOGGERS:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False
    return tuple(handlers)


def stop_logging(handlers: tuple[logging.Handler, ...]) -> None:
    """Take the handlers away again and close their files."""
    root = logging.getLogger()
    for handler in handlers:
        root.removeHandler(handler)
        handler.close()
    logging.captureWarnings(capture=False)


def route_uncaught(shown: Callable[[BaseException], None] | None = None) -> None:
    """Write uncaught exceptions, of any thread, masked instead of Python's own traceback.

    Args:
        shown: called with the exception besides (the crash window).
    """
    log = logging.getLogger(__name__)

    def caught(error: BaseException | None) -> None:
        if error is None or isinstance(error, KeyboardInterrupt | SystemExit):
            return
        log.critical("uncaught: %s", describe_exception(error))
        if shown is not None:
            shown(error)

    def main_hook(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        caught(error)

    sys.excepthook = main_hook
    threading.excepthook = lambda told: caught(told.exc_value)
    sys.unraisablehook = lambda told: caught(told.exc_value)


def start_fault_log(folder: Path) -> TextIO:
    """Let the interpreter write hard crashes (no values, places only) to a file.

    Returns:
        The open file; keep it as long as the program runs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / FAULT_NAME).open("a", encoding="utf-8")
    faulthandler.enable(file, all_threads=True)
    return file


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace, limit=-_FRAMES_SHOWN)
    shown = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(frames)]
    return f" at {' < '.join(shown)}" if shown else ""


def _ascii_digits(text: str) -> str:
    """Digits of other scripts become ASCII, so that no NIK hides in them."""
    if text.isascii():
        return text
    return "".join(
        str(int(char)) if not char.isascii() and char.isdecimal() else char for char in text
    )


def _mask_number(found: re.Match[str]) -> str:
    digits = re.sub(r"[ .-]", "", found[0])
    return digits[:4] + "*" * (len(digits) - 4)


def _mask_secret(found: re.Match[str]) -> str:
    """Long runs with digits and letters are keys or bodies; paths have many slashes."""
    run = found[0]
    is_path = run.count("/") * 12 > len(run)
    has_both = any(c.isdigit() for c in run) and any(c.isalpha() for c in run)
    return run if is_path or not has_both else f"<rahasia:{len(run)}>"
