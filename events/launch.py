"""Start the worker process of a run or another long job, and notice when it ends."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

from .jobs import Jobs
from .model import Run
from .runs import RUNS
from .store import Store

__all__ = ["launch", "start_worker"]

_ROOT = Path(__file__).resolve().parent.parent
_LAST_WORDS = 4000
"""Characters of a dead worker's last words that are kept."""


def launch(path: Path, run: Run) -> None:
    """Start the worker process of a queued run and return at once."""
    start_worker(path, "events.worker", RUNS, run.id)


def start_worker(path: Path, module: str, jobs: Jobs[Any], job: int) -> None:
    """Start ``python -m module DATABASE JOB`` and return at once.

    The process outlives the one that started it. While that one lives it also watches, so that a
    killed worker is noticed at once and not only by its silence; its last words are kept.
    """
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever waits for the worker
    try:
        worker = _started(path.resolve(), module, job, log)
    except OSError as problem:
        log.close()
        with Store.open(path) as store:
            jobs.interrupt(store, job, str(problem))
        return
    watch = (path, jobs, job, worker, log)
    threading.Thread(target=_await, args=watch, daemon=True).start()


def _started(path: Path, module: str, job: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
    detached: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        detached = {"creationflags": flags}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", module, str(path), str(job)],
        cwd=_ROOT,  # so that the module is ours, whatever lies in the folder we were started from
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=log,
        **detached,
    )


def _await(
    path: Path, jobs: Jobs[Any], job: int, worker: subprocess.Popen[bytes], log: IO[bytes]
) -> None:
    worker.wait()
    with log, Store.open(path, patient=True) as store:
        log.seek(0)
        said = log.read().decode(errors="replace")[-_LAST_WORDS:]
        jobs.interrupt(store, job, said)  # changes nothing if the worker closed its job
