"""The process that sets one large print job: ``python -m web.print_worker DATABASE PRINT``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from events import prints, runs
from events.launch import start_worker
from events.model import RunStatus
from events.prints import PRINTS, Print
from events.pulse import Pulse
from events.store import Store
from events.work import Made, run_worker, work_on
from matcher.phrase import phrase
from web.cards import CardsError, PrintJob, Stopped, changed_since, sheet_from_files

__all__ = ["launch_print", "main", "work"]

_BUG = phrase(
    "Something went wrong inside Seedbed, and no file was made. Please report the technical "
    "details below."
)


def launch_print(path: Path, printed: Print) -> None:
    """Start the worker process of a queued job and return at once."""
    start_worker(path, "web.print_worker", PRINTS, printed.number)


def work(path: Path, number: int) -> RunStatus | None:
    """Set the sheets of a queued job; None when the job is not to be had."""
    return work_on(path, PRINTS, number, partial(_make, number), bug=_BUG)


def _make(number: int, store: Store, pulse: Pulse) -> Made[bytes]:
    run_id, since, job = prints.input_of(store, number)
    try:
        sheet = sheet_from_files(runs.files_of(store, run_id))
        if since is not None:
            sheet = changed_since(sheet, sheet_from_files(runs.files_of(store, since)))
        content = PrintJob.from_json(job).pdf(
            sheet, lambda done, pieces: pulse.report(done=done, pieces=pieces)
        )
    except Stopped:
        return Made(status=RunStatus.CANCELLED)
    except CardsError as problem:
        return Made(status=RunStatus.FAILED, error=str(problem))
    return Made(status=RunStatus.DONE, result=content)


def main(arguments: Sequence[str]) -> int:
    """Run as a program; returns the exit code."""
    return run_worker(arguments, work, nice=5)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
