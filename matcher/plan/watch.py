"""Progress out, and the wish to stop in. The only place that knows of clocks and callbacks."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import TypeVar

from .plan import Progress, StoppedBy

__all__ = ["Stopped", "Watch"]

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
        Gets a `Progress`; False stops the run.
    clock
        Seconds that only ever rise; None when there is no limit to keep.
    limit_seconds
        Wall-clock limit, counted from now; None for none.
    """

    def __init__(
        self,
        on_progress: Callable[[Progress], bool] | None = None,
        clock: Callable[[], float] | None = None,
        limit_seconds: float | None = None,
    ) -> None:
        self._on_progress, self._clock = on_progress, clock
        self._deadline = clock() + limit_seconds if clock and limit_seconds else None
        self._stage, self._done = "", 0.0
        self.best: int | None = None
        self.bound: int | None = None

    def report(self, stage: str, done: float) -> None:
        """Tell where the run is; `done` is a share of the whole and never falls.

        Raises
        ------
        Stopped
            If the caller wants no more, or time is up.
        """
        self._stage, self._done = stage, max(self._done, done)
        if self._deadline is not None and self._clock and self._clock() >= self._deadline:
            raise Stopped(StoppedBy.TIME)
        if self._on_progress and self._on_progress(self._progress()) is False:
            raise Stopped(StoppedBy.CANCEL)

    def again(self) -> None:
        """Report the current stage once more, from within a long one."""
        self.report(self._stage, self._done)

    def during(self, work: Callable[[], T], stop: Callable[[], object]) -> T:
        """Return what `work` returns, looking up from it now and then.

        The work runs on a thread of its own and must end soon after `stop` has been called.
        """
        if self._on_progress is None and self._deadline is None:
            return work()
        result: list[T] = []
        errors: list[BaseException] = []
        finished = Event()
        worker = Thread(target=_run, args=(work, result, errors, finished), daemon=True)
        worker.start()
        try:
            while not finished.wait(SECONDS_BETWEEN_LOOKS):
                self.again()
        except BaseException:
            stop()
            worker.join()
            raise
        if errors:
            raise errors[0]
        return result[0]

    def _progress(self) -> Progress:
        return Progress(stage=self._stage, done=self._done, best=self.best, bound=self.bound)


def _run(
    work: Callable[[], T], result: list[T], errors: list[BaseException], finished: Event
) -> None:
    try:
        result.append(work())
    except BaseException as error:  # handed to the thread that waits
        errors.append(error)
    finally:
        finished.set()
