"""PROTOCOL.md is true: each of its examples is read, and written again byte for byte."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from desmigratif_sync.protocol import limits
from desmigratif_sync.protocol.enrolment import EnrolAnswer, EnrolRequest, read_code
from desmigratif_sync.protocol.envelopes import open_answer, read_request
from desmigratif_sync.protocol.frames import FrameResult, open_frame
from desmigratif_sync.protocol.keys import DeviceKey
from desmigratif_sync.protocol.messages import (
    State,
    SyncAnswer,
    SyncRequest,
    pack_problem,
    read_problem,
)
from desmigratif_sync.protocol.problems import SENTENCES, Code

DOCUMENT = (Path(__file__).resolve().parents[2] / "sync" / "PROTOCOL.md").read_text("utf-8")
BLOCKS = {
    name: bytes.fromhex(text.replace("\n", ""))
    for name, text in re.findall(r"```hex ([a-z-]+)\n([0-9a-f\n]+)```", DOCUMENT)
}
LAPTOP = DeviceKey.from_seed(bytes(range(32)))
SERVER = DeviceKey.from_seed(bytes(range(32, 64)))
READERS = {
    "sync-request": SyncRequest,
    "sync-answer": SyncAnswer,
    "state": State,
    "enrol-request": EnrolRequest,
    "enrol-answer": EnrolAnswer,
}


@pytest.mark.parametrize("name", READERS)
def test_each_message_is_read_and_written_again(name: str) -> None:
    message = READERS[name].read(BLOCKS[name])
    assert message.pack() == BLOCKS[name]


def test_the_frame_carries_the_entry_that_is_told() -> None:
    (entry,) = open_frame(BLOCKS["frame"], LAPTOP.public).entries
    told = json.loads(re.findall(r"```json entry\n(.*)\n```", DOCUMENT)[0])
    made = [[one.kind, one.record.hex(), one.fields] for one in entry.creates]
    assert {"action": entry.action, "creates": made, "seq": entry.dot.seq} == told


def test_the_envelopes_are_signed_by_the_examples_keys() -> None:
    request = read_request(BLOCKS["request-envelope"])
    assert request.is_signed_by(LAPTOP.public)
    assert not request.is_signed_by(SERVER.public)
    assert request.body == BLOCKS["sync-request"]
    status, body = open_answer(
        BLOCKS["answer-envelope"],
        request=BLOCKS["request-envelope"],
        server=bytes(range(16)),
        public=SERVER.public,
    )
    assert (status, body) == (200, BLOCKS["sync-answer"])


def test_the_enrolment_is_proved_by_the_code_that_is_told() -> None:
    code = read_code(re.findall(r"Code of the example: `([^`]+)`", DOCUMENT)[0])
    asked = EnrolRequest.read(BLOCKS["enrol-request"])
    answer = EnrolAnswer.read(BLOCKS["enrol-answer"])
    assert asked.is_proved(code.key)
    assert answer.is_proved(code.key, asked)
    assert not answer.is_proved(b"x" * 32, asked)
    assert f"here {asked.sas(SERVER.public)}" in DOCUMENT


def test_the_problem_is_read_and_written_again() -> None:
    problem = read_problem(BLOCKS["problem"])
    assert (problem.code, problem.status, problem.details["free"]) == ("409.2", 409, "BC")
    assert pack_problem(problem) == BLOCKS["problem"]


def test_every_code_and_verdict_is_told_and_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)
    for code in Code:
        assert f"| {code.value} |" in DOCUMENT
    for result in FrameResult:
        assert result.value in DOCUMENT


def test_the_limits_that_are_told_are_the_programs() -> None:
    assert limits.MAX_REQUEST_BYTES == 2 * 1024**2
    assert limits.MAX_ANSWER_BYTES == limits.MAX_RAW_BYTES == 4 * 1024**2
    assert limits.MAX_FRAME_TOTAL == 320 * 1024
    assert f"{limits.MAX_FRAME_ENTRIES:,} entries" in DOCUMENT
    assert f"{limits.MAX_FRAME_OPERATIONS:,} operations" in DOCUMENT
