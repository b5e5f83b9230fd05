"""What the process of any job does: claim it, show how far it is, make its result, close it.

Killed at any moment it leaves either a whole result or none.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from matcher.errors import MatcherError
from matcher.phrase import Phrase

from .errors import EventsError
from .jobs import Jobs, Result
from .model import RunStatus
from .pulse import Pulse
from .store import Store

__all__ = ["Made", "run_worker", "work_on"]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Made(Generic[Result]):
    """What came of a job.

    Parameters
    ----------
    error
        Why there is no result, in the organizer's words.
    """

    status: RunStatus
    result: Result | None = None
    error: str = ""
    detail: str = ""


def work_on(
    path: Path,
    jobs: Jobs[Result],
    job: int,
    make: Callable[[Store, Pulse], Made[Result]],
    *,
    bug: Phrase,
) -> RunStatus | None:
    """Do a queued job; None when it is not to be had.

    Whatever goes wrong is kept with the job in words, with the technical side beside it.

    Parameters
    ----------
    bug
        What is said of a fault inside Seedbed.
    """
    with Store.open(path, patient=True) as store:
        claim = jobs.claim(store, job)
        if claim is None:
            return None
        pulse = Pulse(path, jobs, claim)
        pulse.start()
        made: Made[Result]
        try:
            made = make(store, pulse)
        except (EventsError, MatcherError) as problem:
            made = Made(status=RunStatus.FAILED, error=str(problem))
        except Exception:  # the organizer must hear of any bug, whatever it is
            made = Made(status=RunStatus.FAILED, error=bug, detail=traceback.format_exc())
            _LOG.exception("job %d of %s failed", job, jobs.table)
        pulse.end()
        failed = made.status is RunStatus.FAILED
        status = RunStatus.CANCELLED if failed and pulse.stopped else made.status
        jobs.finish(store, claim, status, made.result, error=made.error, detail=made.detail)
        return status


def run_worker(
    arguments: Sequence[str], work: Callable[[Path, int], RunStatus | None], *, nice: int
) -> int:
    """Run as the program ``python -m MODULE DATABASE JOB``; returns the exit code."""
    logging.basicConfig(level=logging.INFO)
    if os.name == "posix":
        _step_back(nice)
    path, job = arguments
    return 0 if work(Path(path), int(job)) else 1


def _step_back(nice: int) -> None:
    """Let pages come first, for people wait for them.

    Linux may divide the processor among sessions before it looks at processes, and a worker has a
    session of its own (`events.launch`).
    """
    os.nice(nice)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # not on this system, or not allowed
            Path("/proc/self/autogroup").write_text(str(nice), encoding="ascii")
