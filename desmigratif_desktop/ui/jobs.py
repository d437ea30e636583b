"""Work beside the window: three lanes, results back on the GUI thread, in order.

`records-write` has one thread, `records-read` one (the latest request wins), `outside`
three for networks, disks and papers. The outside lane never opens the database: it is
handed `on_records(fn)`, which runs `fn` on the writer lane and waits; the records lanes
wait for nobody, so no circle of waiting can form.

Results travel through one parameterless signal and a deque: no object that Qt owns is
ever touched from another thread.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    Done = Callable[[Any], None]
    Failed = Callable[[BaseException], None]

T = TypeVar("T")
OUTSIDE_THREADS = 3


class CancelledError(Exception):
    """The officer stopped the job."""


class Job:
    """One piece of work on its way; made by `JobRunner`."""

    def __init__(self, done: Done | None, failed: Failed | None, owner: QObject | None) -> None:
        self._done, self._failed, self._owner = done, failed, owner
        self._had_owner = owner is not None
        self._stopped = threading.Event()
        self.progress: Callable[[int, int, str], None] | None = None

    def cancel(self) -> None:
        """Ask it to stop; its result is dropped."""
        self._stopped.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it should stop."""
        return self._stopped.is_set()

    def deliver(self, value: object, error: BaseException | None) -> BaseException | None:
        """Hand the result over on the GUI thread; returns an error nobody took."""
        owner_gone = self._had_owner and not shiboken6.isValid(self._owner)
        if self.is_cancelled or owner_gone:
            return None
        if error is None:
            if self._done is not None:
                self._done(value)
            return None
        if self._failed is None:
            return error
        self._failed(error)
        return None

    def alive(self) -> bool:
        """Whether somebody still waits for it."""
        return not self.is_cancelled and not (
            self._had_owner and not shiboken6.isValid(self._owner)
        )


class OutsideWork:
    """What a job of the outside lane may use.

    Args:
        runner: the lanes.
        job: the job it belongs to.
    """

    def __init__(self, runner: JobRunner, job: Job) -> None:
        self._runner, self._job = runner, job

    def on_records(self, work: Callable[[], T]) -> T:
        """Run something on the writer lane and wait for it.

        Raises:
            CancelledError: the job was stopped before.
        """
        self.check()
        return self._runner.run_on_records(work)

    def check(self) -> None:
        """Leave when the officer pressed *Hentikan*.

        Raises:
            CancelledError: the job was stopped.
        """
        if self._job.is_cancelled:
            raise CancelledError

    @property
    def is_cancelled(self) -> bool:
        """Whether the officer pressed *Hentikan*; for work that stops by itself."""
        return self._job.is_cancelled

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Tell how far it is; shown on the GUI thread."""
        self._runner.tell_progress(self._job, done, total, words)


class JobRunner(QObject):
    """The lanes; one for the whole application, closed before the store.

    Signals:
        failed(object): an error that no caller took.
        idle(): the last result was delivered.
    """

    failed = Signal(object)
    idle = Signal()
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="records-write")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="records-read")
        self._outside = ThreadPoolExecutor(OUTSIDE_THREADS, thread_name_prefix="outside")
        self._box: deque[Callable[[], None]] = deque()
        self._latest: dict[str, Job] = {}
        self._pending = 0
        self._lock = threading.Lock()
        self._closed = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """Jobs whose result is not delivered yet."""
        return self._pending

    def write(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Run a service on the writer lane, one after another.

        Args:
            work: opens a unit and returns plain values.
            done: takes the result on the GUI thread.
            failed: takes the error there; without it `failed` is sent.
            owner: when it is gone, nothing is delivered.
        """
        job = Job(done, failed, owner)
        self._start(self._writer, job, work, must_run=True)
        return job

    def read(
        self,
        key: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Run a query on the reader lane; a later request with the same key replaces it.

        Args:
            key: what is asked ("people.search"); of one key only the latest is delivered.
            work: reads and returns plain values.
            done: takes the result on the GUI thread.
            failed: takes the error there; without it `failed` is sent.
            owner: when it is gone, nothing is delivered.
        """
        before = self._latest.get(key)
        if before is not None:
            before.cancel()
        job = Job(done, failed, owner)
        self._latest[key] = job
        self._start(self._reader, job, work, must_run=False)
        return job

    def outside(
        self,
        work: Callable[[OutsideWork], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        progress: Callable[[int, int, str], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run something that waits for a network, a disk or a printer.

        Args:
            work: takes the `OutsideWork` it may use.
            done: takes the result on the GUI thread.
            failed: takes the error there; without it `failed` is sent.
            progress: takes (done, total, words) on the GUI thread.
            owner: when it is gone, nothing is delivered.
        """
        job = Job(done, failed, owner)
        job.progress = progress
        handle = OutsideWork(self, job)
        self._start(self._outside, job, lambda: work(handle), must_run=False)
        return job

    def run_on_records(self, work: Callable[[], T]) -> T:
        """Run on the writer lane and wait; only for the outside lane."""
        return self._writer.submit(work).result()

    def tell_progress(self, job: Job, done: int, total: int, words: str) -> None:
        """Bring a progress to the GUI thread."""

        def show() -> None:
            if job.progress is not None and job.alive():
                job.progress(done, total, words)

        self._post(show)

    def close(self) -> None:
        """Finish what writes, drop what only reads; then nothing is delivered any more."""
        self._closed = True
        for job in self._latest.values():
            job.cancel()
        self._outside.shutdown(wait=True, cancel_futures=True)
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._box.clear()

    def _start(
        self, lane: ThreadPoolExecutor, job: Job, work: Callable[[], Any], *, must_run: bool
    ) -> None:
        if self._closed and not must_run:  # a timer of a page that is going away: nobody waits
            job.cancel()
            return
        with self._lock:
            self._pending += 1

        def run() -> Any:
            if job.is_cancelled and not must_run:
                raise CancelledError
            return work()

        future: Future[Any] = lane.submit(run)
        future.add_done_callback(lambda ended: self._finish(job, ended))

    def _finish(self, job: Job, ended: Future[Any]) -> None:
        if ended.cancelled():
            self._post(lambda: None, counts=True)
            return
        error = ended.exception()
        if isinstance(error, CancelledError):
            self._post(lambda: None, counts=True)
            return
        value = None if error is not None else ended.result()
        self._post(lambda: self._hand_over(job, value, error), counts=True)

    def _hand_over(self, job: Job, value: object, error: BaseException | None) -> None:
        untaken = job.deliver(value, error)
        if untaken is not None:
            self.failed.emit(untaken)

    def _post(self, step: Callable[[], None], *, counts: bool = False) -> None:
        if self._closed:
            return

        def whole() -> None:
            if counts:
                with self._lock:
                    self._pending -= 1
            step()
            if counts and self._pending == 0:
                self.idle.emit()

        self._box.append(whole)
        self._arrived.emit()

    @Slot()
    def _on_arrived(self) -> None:
        while self._box and not self._closed:
            self._box.popleft()()
