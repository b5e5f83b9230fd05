"""Large print jobs: queue, watch, stop, keep the file. They are `events.jobs`, as runs are.

A worker process of its own sets the sheets (`web.print_worker`). Plans never change, so one job of
one plan always gives the same file: it is made once and kept until it is removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.phrase import phrase

from .jobs import Jobs
from .model import Run, RunStatus
from .store import Store

__all__ = [
    *("PRINTS", "Print", "cancel", "content", "find", "input_of", "list_prints", "remove"),
    *("start", "start_again"),
]

_COLUMNS = (
    "number, run_id, since, job, status, done, pieces, cancel_requested, error, detail, started, "
    "ended, coalesce(length(content), 0) as size"
)
_OVER = "status not in ('queued', 'running')"
_NO_JOB = phrase("There is no such print job here. It may have been removed.")


def _keep(store: Store, number: int, content: bytes) -> None:
    store.change("update prints set content = ? where number = ?", (content, number))


PRINTS = Jobs(table="prints", keep=_keep)
"""The print jobs of all plans, each known by its number; what they make is the file."""


@dataclass(frozen=True, kw_only=True)
class Print:
    """One print job of a plan, and its file once that is complete.

    Parameters
    ----------
    number
        Unique in the database.
    run_id, since
        The run whose plan is printed; the one whose cards are out, None to print everything.
    job
        What was chosen, as whoever prints it wrote it.
    done, pieces
        How many pieces of paper are set, of how many; 0 while they are not counted.
    size
        Bytes of the file, 0 while there is none.
    error, detail, started, ended
        As `events.model.Run`.
    """

    number: int
    run_id: int
    since: int | None
    job: str
    status: RunStatus
    done: int = 0
    pieces: int = 0
    cancel_requested: bool = False
    error: str = ""
    detail: str = ""
    started: str = ""
    ended: str = ""
    size: int = 0


def start(
    store: Store, run: Run, job: str, *, since: Run | None = None, now: float | None = None
) -> Print:
    """Queue a job, or return it where it is under way or done already.

    Parameters
    ----------
    since
        The run whose cards are handed out: only what changes is printed.
    """
    return _queue(store, (run.id, since.id if since else None, job))


def start_again(store: Store, printed: Print) -> Print:
    """Queue a job once more that left no file."""
    return _queue(store, (printed.run_id, printed.since, printed.job))


def find(store: Store, run: Run, number: int) -> Print:
    """Return one job as it stands, after marking it if its worker is gone; raises `NotFound`."""
    PRINTS.mark_stale(store)
    sql = f"select {_COLUMNS} from prints where run_id = ? and number = ?"  # noqa: S608
    return _print(store.row(sql, (run.id, number), _NO_JOB))


def list_prints(store: Store, run: Run) -> tuple[Print, ...]:
    """Return the jobs of a plan, the newest first, after marking those whose worker is gone."""
    PRINTS.mark_stale(store)
    sql = f"select {_COLUMNS} from prints where run_id = ? order by number desc"  # noqa: S608
    return tuple(_print(row) for row in store.rows(sql, (run.id,)))


def cancel(store: Store, printed: Print) -> None:
    """Ask the worker to stop. A job that is over stays as it is."""
    PRINTS.cancel(store, printed.number)


def remove(store: Store, printed: Print) -> None:
    """Forget a job that is over, with its file."""
    store.change(f"delete from prints where number = ? and {_OVER}", (printed.number,))  # noqa: S608


def content(store: Store, printed: Print) -> bytes:
    """Return the file of a job; raises `NotFound` while there is none."""
    sql = "select content from prints where number = ? and content is not null"
    return bytes(store.row(sql, (printed.number,), _NO_JOB)["content"])


def input_of(store: Store, number: int) -> tuple[int, int | None, str]:
    """Return the run that a job prints, the one whose cards are out, and what was chosen."""
    sql = "select run_id, since, job from prints where number = ?"
    row = store.row(sql, (number,), _NO_JOB)
    return row["run_id"], row["since"], row["job"]


def _queue(store: Store, job: tuple[int, int | None, str]) -> Print:
    same = "run_id = ? and since is ? and job = ?"
    useless = "status not in ('queued', 'running', 'done')"
    with store.writing():
        PRINTS.mark_stale(store)
        store.change(f"delete from prints where {same} and {useless}", job)  # noqa: S608
        there = f"select 1 from prints where {same}"  # noqa: S608
        if next(store.rows(there, job), None) is None:
            row = dict(zip(("run_id", "since", "job"), job, strict=True))
            PRINTS.queue(store, row)
    return _print(next(store.rows(f"select {_COLUMNS} from prints where {same}", job)))  # noqa: S608


def _print(row: Mapping[str, Any]) -> Print:
    status, asked = RunStatus(row["status"]), bool(row["cancel_requested"])
    return Print(**{**row, "status": status, "cancel_requested": asked})
