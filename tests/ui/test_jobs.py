"""Lanes keep their order, deliver on the GUI thread, and the latest question wins."""

from __future__ import annotations

import threading
import time

import pytest
import shiboken6
from PySide6.QtCore import QObject

from desmigratif_desktop.ui.jobs import JobRunner
from desmigratif_desktop.ui.notice_board import NoticeBoard

pytestmark = pytest.mark.qt


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    made.close()


def test_two_thousand_results_arrive_in_order_on_the_gui_thread(runner, qtbot):
    seen, threads = [], set()

    def take(value):
        seen.append(value)
        threads.add(threading.current_thread())

    for number in range(2000):
        runner.write(lambda number=number: number, take)
    qtbot.waitUntil(lambda: len(seen) == 2000, timeout=10_000)
    assert seen == list(range(2000))
    assert threads == {threading.main_thread()}
    assert runner.pending == 0


def test_the_latest_question_wins(runner, qtbot):
    gate, seen = threading.Event(), []
    runner.read("cari", lambda: gate.wait(5), lambda _v: seen.append("first"))
    for number in range(5):
        runner.read("cari", lambda number=number: number, seen.append)
    gate.set()
    qtbot.waitUntil(lambda: runner.pending == 0)
    assert seen == [4]


def test_writes_are_never_dropped(runner, qtbot):
    done = []
    job = runner.write(lambda: done.append(1))
    job.cancel()
    qtbot.waitUntil(lambda: runner.pending == 0)
    assert done == [1]


def test_an_error_goes_to_its_caller_or_to_the_signal(runner, qtbot):
    taken = []

    def fail():
        raise ValueError("x")

    runner.write(fail, failed=taken.append)
    qtbot.waitUntil(lambda: len(taken) == 1)
    with qtbot.waitSignal(runner.failed) as heard:
        runner.write(fail)
    assert isinstance(heard.args[0], ValueError)


def test_nothing_is_delivered_to_an_owner_that_is_gone(runner, qtbot):
    owner, seen, gate = QObject(), [], threading.Event()
    runner.write(lambda: gate.wait(5), seen.append, owner=owner)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: runner.pending == 0)
    assert seen == []


def test_the_outside_lane_reaches_records_through_the_writer(runner, qtbot):
    names, steps, result = [], [], []

    def work(outside):
        for number in range(3):
            names.append(outside.on_records(lambda: threading.current_thread().name))
            outside.progress(number, 3, "…")
        return "selesai"

    runner.outside(work, result.append, progress=lambda *told: steps.append(told))
    qtbot.waitUntil(lambda: result == ["selesai"])
    assert all(name.startswith("records-write") for name in names)
    assert [step[0] for step in steps] == [0, 1, 2]


def test_a_stopped_outside_job_says_nothing(runner, qtbot):
    seen, begun = [], threading.Event()

    def work(outside):
        begun.set()
        while True:
            time.sleep(0.005)
            outside.check()

    job = runner.outside(work, seen.append, seen.append)
    begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: runner.pending == 0)
    assert seen == []


def test_notices_arrive_on_the_gui_thread(qtbot):
    board, seen = NoticeBoard(), []
    board.posted.connect(lambda one: seen.append((one, threading.current_thread())))
    thread = threading.Thread(target=lambda: [board.post(number) for number in range(5)])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(seen) == 5)
    assert [one for one, _thread in seen] == list(range(5))
    assert {thread for _one, thread in seen} == {threading.main_thread()}


def test_what_a_leaving_page_asks_after_the_close_is_dropped_and_a_write_is_not():
    runner = JobRunner()
    runner.close()
    answers: list[object] = []
    assert runner.read("late", lambda: 1, answers.append).is_cancelled
    assert runner.outside(lambda _work: 1, answers.append).is_cancelled
    with pytest.raises(RuntimeError):
        runner.write(lambda: 1, answers.append)
    assert answers == []
