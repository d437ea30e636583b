from __future__ import annotations

import io
import logging
import re
import sqlite3
import sys
import threading
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.foundation import logs
from desmigratif_desktop.foundation.logs import (
    describe_exception,
    mask,
    start_logging,
    stop_logging,
)

NIK = "3212162004880001"
CANARIES = (
    "Siti Kenari Rahasia",
    NIK,
    "A1234567",
    "+6281234567890",
    "081234567890",
    "siti@desa.id",
)
KEY = "9f8a" * 24


@pytest.fixture
def written(tmp_path):
    """What the handlers wrote: call it to read file and stream."""
    stream = io.StringIO()
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions
    handlers = start_logging(tmp_path, level=logging.DEBUG, stream=stream)

    def read() -> str:
        for handler in handlers:
            handler.flush()
        return (tmp_path / "desmigratif.log").read_text() + stream.getvalue()

    yield read
    stop_logging(handlers)
    sys.excepthook, threading.excepthook, sys.unraisablehook, logging.raiseExceptions = hooks


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"nik {NIK}", "nik 3212************"),
        ("3212 1620 0488 0001", "3212************"),
        ("3212.1620.0488.0001", "3212************"),
        ("32121620048800011", "3212*************"),
        ("٣٢١٢١٦٢٠٠٤٨٨٠٠٠١", "3212************"),
        ("３２１２１６２００４８８０００１", "3212************"),
        (f"x{NIK}y", "x3212************y"),
        ("paspor A1234567.", "paspor <paspor>."),
        ("AB123456", "<paspor>"),
        ("+6281234567890", "<telepon>"),
        ("0812-3456-7890", "<telepon>"),
        ("+852 9123 4567", "<telepon>"),
        ("surel siti.aminah@desa.go.id ya", "surel <surel> ya"),
        (KEY, "<rahasia:96>"),
        ("/usr/lib/python3/dist-packages/site/module/thing.py", "/usr/lib/python3/dist-packages/site/module/thing.py"),
        ("2026-11-21 menyimpan 12 data dalam 340 ms", "2026-11-21 menyimpan 12 data dalam 340 ms"),
        ("Rp1.250.000", "Rp1.250.000"),
        ("desa 3212162004", "desa 3212162004"),
    ],
)  # fmt: skip
def test_F19_masks(text, shown):
    assert mask(text) == shown


@given(st.text(max_size=30), st.from_regex(r"[0-9]{16}", fullmatch=True), st.text(max_size=30))
def test_F19_no_sixteen_digits_survive(before, nik, after):
    assert not re.search(r"\d{16}", mask(before + nik + after))


def force(kind: int) -> None:
    """Raise something that carries a canary in its message."""
    canary = CANARIES[kind % len(CANARIES)]
    match kind % 7:
        case 0:
            base = sqlite3.connect(":memory:")
            try:
                base.execute("CREATE TABLE t (v TEXT UNIQUE CHECK (v <> ''))")
                base.executemany("INSERT INTO t VALUES (?)", [(canary,), (canary,)])
            finally:
                base.close()
        case 1:
            raise ValueError(f"bad value {canary}")
        case 2:
            raise KeyError(canary)
        case 3:
            int(canary + "x")
        case 4:
            try:
                raise LookupError(canary)
            except LookupError as inner:
                raise RuntimeError(canary) from inner
        case 5:
            raise UnicodeDecodeError("utf-8", canary.encode(), 0, 1, canary)
        case 6:
            raise ExceptionGroup(canary, [ValueError(canary), OSError(2, canary, canary)])


def test_F19_fifty_exceptions_leave_no_canary(written):
    log = logging.getLogger("desmigratif_desktop.canary")
    for kind in range(56):
        try:
            force(kind)
        except Exception:
            log.exception("failed step %d", kind)
    text = written()
    assert text.count("failed step") == 2 * 56
    assert "IntegrityError at test_logs.py:" in text
    assert "RuntimeError at test_logs.py" in text
    assert "caused by LookupError" in text
    assert not [canary for canary in CANARIES if canary in text]
    assert not re.search(r"\d{16}", text)


def test_F19_another_handlers_formatted_traceback_is_not_reused(written):
    record = logging.LogRecord(
        "desmigratif_desktop.x", logging.ERROR, __file__, 1, "kept", (), None
    )
    try:
        raise ValueError(CANARIES[0])
    except ValueError:
        record.exc_info = sys.exc_info()
    record.exc_text = f"Traceback… {CANARIES[0]}"
    record.stack_info = CANARIES[0]
    logging.getLogger().handle(record)
    assert CANARIES[0] not in written()


def test_F19_messages_with_canaries_are_masked(written):
    log = logging.getLogger("desmigratif_sync.wire")
    for canary in CANARIES[1:]:
        log.warning("record %s", canary)
        log.warning(f"record {canary}")  # noqa: G004 - a careless call must be masked too
    text = written()
    assert text.count("record ") == 4 * len(CANARIES[1:])
    assert not [canary for canary in CANARIES[1:] if canary in text]


def test_F19_warnings_are_routed_and_masked(written):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"old {NIK}", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(capture=False)
    assert NIK not in written()
    assert "3212****" in written()


def test_F19_uncaught_exceptions_show_no_value(written, capsys):
    logs.route_uncaught()
    try:
        raise ValueError(CANARIES[0])
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)

    def fail() -> None:
        raise ValueError(CANARIES[0])

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    text = written() + "".join(capsys.readouterr())
    assert text.count("uncaught: ValueError at test_logs.py") == 4
    assert CANARIES[0] not in text


def test_uncaught_exceptions_reach_the_crash_window(written):
    shown: list[BaseException] = []
    logs.route_uncaught(shown.append)
    error = ValueError("x")
    sys.excepthook(ValueError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert shown == [error]


def test_one_record_is_one_line(written):
    logging.getLogger("desmigratif_desktop").warning("a\nERROR forged\r\n\x1b[2J\u202e end")
    lines = [line for line in written().splitlines() if line]
    assert len(lines) == 2
    assert "\x1b" not in lines[0]
    assert "\u202e" not in lines[0]


def test_a_broken_log_call_never_breaks_the_program(written):
    logging.getLogger("desmigratif_desktop").warning("%d of %s", CANARIES[0])  # noqa: PLE1206
    assert "unreadable message at test_logs.py" in written()
    assert CANARIES[0] not in written()


def test_a_long_message_is_cut(written):
    logging.getLogger("desmigratif_desktop").warning("ya " * 100_000)
    assert len(written()) < 20_000


def test_describes_a_ring_of_causes():
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert describe_exception(first) == "ValueError; caused by KeyError"


def test_standard_error_alone_is_enough():
    stream = io.StringIO()
    handlers = start_logging(None, stream=stream)
    logging.getLogger("desmigratif_desktop").info("hidup %s", NIK)
    stop_logging(handlers)
    assert "hidup 3212****" in stream.getvalue()
