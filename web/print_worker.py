"""The process that sets one large print job: ``python -m web.print_worker DATABASE PRINT``.

Killed at any moment it leaves either the whole file or none.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from events import prints, runs
from events.errors import EventsError
from events.launch import start_worker
from events.model import RunStatus
from events.prints import Print, PrintClaim
from events.pulse import Pulse
from events.store import Store
from web.cards import CardsError, PrintJob, Stopped, changed_since, sheet_from_files
from web.cards.parts import OnProgress

__all__ = ["launch_print", "main", "work"]

_LOG = logging.getLogger(__name__)
_BUG = (
    "Something went wrong inside Seedbed, and no file was made. Please report the technical "
    "details below."
)


def launch_print(path: Path, printed: Print) -> None:
    """Start the worker process of a queued job and return at once."""
    start_worker(path, "web.print_worker", printed.number, prints.interrupt)


def work(path: Path, number: int) -> RunStatus | None:
    """Set the sheets of a queued job; None when the job is not to be had.

    Whatever goes wrong is kept with the job in words, with the technical side beside it.
    """
    with Store.open(path) as store:
        claim = prints.claim(store, number)
        if claim is None:
            return None
        pulse = Pulse(path, partial(_beat, claim), (0, 0))
        pulse.start()
        content, error, detail = None, "", ""
        status = RunStatus.FAILED
        try:
            content = _made(store, claim, lambda done, of: pulse.on_progress((done, of)))
            status = RunStatus.DONE
        except Stopped:
            status = RunStatus.CANCELLED
        except (EventsError, CardsError) as problem:
            error = str(problem)
        except Exception:  # the organizer must hear of any bug, whatever it is
            error, detail = _BUG, traceback.format_exc()
            _LOG.exception("print job %d failed", number)
        pulse.end()
        prints.finish(store, claim, status, content=content, error=error, detail=detail)
        return status


def _beat(claim: PrintClaim, store: Store, amount: tuple[int, int]) -> bool:
    return prints.beat(store, claim, amount)


def _made(store: Store, claim: PrintClaim, on_progress: OnProgress) -> bytes:
    sheet = sheet_from_files(runs.files_of(store, claim.run_id))
    if claim.since is not None:
        before = sheet_from_files(runs.files_of(store, claim.since))
        sheet = changed_since(sheet, before)
    return PrintJob.from_json(claim.job).pdf(sheet, on_progress)


def main(arguments: Sequence[str]) -> int:
    """Run as a program; returns the exit code."""
    logging.basicConfig(level=logging.INFO)
    if hasattr(os, "nice"):
        os.nice(5)  # pages come first: people wait for them
    path, number = arguments
    return 0 if work(Path(path), int(number)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
