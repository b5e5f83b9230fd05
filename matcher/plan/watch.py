"""Progress out, and the wish to stop in. The only place that knows of clocks and callbacks.

A watched run works on a thread of its own, while the calling thread looks up many times a second,
tells how far it is and hears the wish to stop. It then returns at once, whatever the work is in the
middle of; the thread that is left behind ends at its next look, and a program that ends before
waits for it: a solver that is cut off takes the program with it. That is why what a run has reached
is kept in values that never change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from .plan import Progress, StoppedBy

__all__ = ["UNWATCHED", "Stopped", "Watch"]

T = TypeVar("T")

SECONDS_BETWEEN_LOOKS = 0.05


class Stopped(Exception):  # noqa: N818 - not an error
    """Raised inside the planner to leave it with the best plan so far."""

    def __init__(self, by: StoppedBy) -> None:
        super().__init__(by.value)
        self.by = by


class Watch:
    """Tells a caller how far the run is, and the run when to stop.

    Parameters
    ----------
    on_progress
        Gets a `Progress`; False stops the run. Called on the thread that called `run`.
    clock
        Seconds that only ever rise; None when there is no limit to keep.
    limit_seconds
        Wall-clock limit, counted from now; None for none.
    seconds_after
        What will be left to do after the work, kept back from the limit, at most half of it.
    """

    def __init__(
        self,
        on_progress: Callable[[Progress], bool] | None = None,
        clock: Callable[[], float] | None = None,
        limit_seconds: float | None = None,
        seconds_after: float = 0.0,
    ) -> None:
        self._on_progress, self._clock = on_progress, clock
        self._deadline: float | None = None
        if clock and limit_seconds:
            self._deadline = clock() + max(limit_seconds / 2, limit_seconds - seconds_after)
        self._stage, self._done = "", 0.0
        self._stopped: Stopped | None = None
        self._calls: SimpleQueue[Event] | None = None
        self._stops: list[Callable[[], object]] = []
        self._lock = Lock()
        self.best: int | None = None
        self.bound: int | None = None

    @property
    def is_watching(self) -> bool:
        """Whether anybody wants to know, or may stop the run."""
        return self._on_progress is not None or self._deadline is not None

    def report(self, stage: str, done: float) -> None:
        """Tell where the run is; `done` is a share of the whole and never falls.

        Raises
        ------
        Stopped
            If the caller wants no more, or time is up.
        """
        self.again()
        self._stage, self._done = stage, max(self._done, done)
        if self._calls is None:
            self._look()
            return
        heard = Event()
        with self._lock:
            self.again()
            self._calls.put(heard)
        heard.wait()
        self.again()

    def again(self) -> None:
        """Leave a long stage if the run was stopped; costs next to nothing.

        Raises
        ------
        Stopped
            If the caller wants no more, or time is up.
        """
        if self._stopped is not None:
            raise self._stopped

    def run(self, work: Callable[[], T]) -> T:
        """Return what `work` returns, looking up from it now and then.

        Raises
        ------
        Stopped
            At once when the caller wants no more or time is up; the work is left behind.
        """
        if not self.is_watching or self._calls is not None:
            return work()
        self._calls = calls = SimpleQueue[Event]()
        job = _Job(work)
        Thread(target=job).start()
        try:
            while not job.finished.is_set():
                self._hear(calls)
        finally:
            self._calls = None
        return job.result()

    def _hear(self, calls: SimpleQueue[Event]) -> None:
        """Look up: as soon as the work reports, or else after a moment."""
        heard = Event()
        try:
            with suppress(Empty):
                heard = calls.get(timeout=SECONDS_BETWEEN_LOOKS)
            self._look()
        except BaseException as error:
            self._stop(calls, error if isinstance(error, Stopped) else Stopped(StoppedBy.CANCEL))
            raise
        finally:
            heard.set()

    def _stop(self, calls: SimpleQueue[Event], stopped: Stopped) -> None:
        """Let the work end at its next look, and wake it where it waits for an answer."""
        with self._lock:
            self._stopped = stopped
            while not calls.empty():
                calls.get().set()
            for stop in self._stops:
                stop()

    def _look(self) -> None:
        if self._deadline is not None and self._clock and self._clock() >= self._deadline:
            raise Stopped(StoppedBy.TIME)
        if self._on_progress and self._on_progress(self._progress()) is False:
            raise Stopped(StoppedBy.CANCEL)

    @contextmanager
    def ending(self, stop: Callable[[], object]) -> Iterator[None]:
        """Call `stop` from the other thread if the run is stopped within this block.

        Raises
        ------
        Stopped
            Before or after the block, if the run was stopped.
        """
        with self._lock:
            self.again()
            self._stops.append(stop)
        try:
            yield
        finally:
            with self._lock:
                self._stops.remove(stop)
            self.again()

    def _progress(self) -> Progress:
        return Progress(stage=self._stage, done=self._done, best=self.best, bound=self.bound)


UNWATCHED = Watch()
"""For work that nobody waits for: it is never stopped and tells nothing."""


class _Job(Generic[T]):
    """Work on another thread, and what became of it."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._results: list[T] = []
        self._errors: list[BaseException] = []
        self.finished = Event()

    def __call__(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:  # raised where the result is asked for
            self._errors.append(error)
        finally:
            self.finished.set()

    def result(self) -> T:
        """Return what the work returned, or raise what it raised."""
        for error in self._errors:
            raise error
        return self._results[0]
