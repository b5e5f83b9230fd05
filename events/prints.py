"""Large print jobs: queue, watch, stop, keep the file. The table of prints is the truth.

A worker process of its own sets the sheets (`web.print_worker`), as with runs. Plans never change,
so one job of one plan always gives the same file: it is made once and kept until it is removed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.phrase import phrase

from .errors import NotFound
from .model import Run, RunStatus
from .runs import STALE_SECONDS
from .store import Store, moment, utc_now

__all__ = [
    *("Print", "PrintClaim", "beat", "cancel", "claim", "content", "find", "finish", "interrupt"),
    *("list_prints", "remove", "start", "start_again"),
]

_COLUMNS = (
    "number, run_id, since, job, status, done, pieces, cancel_requested, error, detail, started, "
    "ended, coalesce(length(content), 0) as size"
)
_OVER = "status not in ('queued', 'running')"
_GONE = "Printing stopped before it was done: the program or the computer was shut down."


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


@dataclass(frozen=True, kw_only=True)
class PrintClaim:
    """The right of one worker to report on one print job."""

    number: int
    worker: str
    run_id: int
    since: int | None
    job: str


def start(
    store: Store, run: Run, job: str, *, since: Run | None = None, now: float | None = None
) -> Print:
    """Queue a job, or return it where it is under way or done already.

    Parameters
    ----------
    since
        The run whose cards are handed out: only what changes is printed.
    """
    return _queue(store, (run.id, since.id if since else None, job), moment(now))


def start_again(store: Store, printed: Print, *, now: float | None = None) -> Print:
    """Queue a job once more that left no file."""
    return _queue(store, (printed.run_id, printed.since, printed.job), moment(now))


def find(store: Store, run: Run, number: int, *, now: float | None = None) -> Print:
    """Return one job as it stands, after marking it if its worker is gone; raises `NotFound`."""
    _mark_stale(store, moment(now))
    sql = f"select {_COLUMNS} from prints where run_id = ? and number = ?"  # noqa: S608
    return _print(_row(store, sql, run.id, number))


def list_prints(store: Store, run: Run, *, now: float | None = None) -> tuple[Print, ...]:
    """Return the jobs of a plan, the newest first, after marking those whose worker is gone."""
    _mark_stale(store, moment(now))
    sql = f"select {_COLUMNS} from prints where run_id = ? order by number desc"  # noqa: S608
    return tuple(_print(row) for row in store.rows(sql, (run.id,)))


def cancel(store: Store, printed: Print) -> None:
    """Ask the worker to stop. A job that is over stays as it is."""
    store.change("update prints set cancel_requested = 1 where number = ?", (printed.number,))


def remove(store: Store, printed: Print) -> None:
    """Forget a job that is over, with its file."""
    store.change(f"delete from prints where number = ? and {_OVER}", (printed.number,))  # noqa: S608


def content(store: Store, printed: Print) -> bytes:
    """Return the file of a job; raises `NotFound` while there is none."""
    sql = "select content from prints where number = ? and content is not null"
    return bytes(_row(store, sql, printed.number)["content"])


def claim(store: Store, number: int, *, now: float | None = None) -> PrintClaim | None:
    """Take a queued job; None when another worker has it or it is over."""
    worker = secrets.token_hex(8)
    sql = (
        "update prints set status = 'running', worker = ?, heartbeat = ?"
        " where number = ? and worker = '' and status in ('queued', 'interrupted')"
    )
    if not store.change(sql, (worker, moment(now), number)):
        return None
    row = _row(store, "select run_id, since, job from prints where number = ?", number)
    return PrintClaim(number=number, worker=worker, **row)


def beat(
    store: Store, claim: PrintClaim, amount: tuple[int, int], *, now: float | None = None
) -> bool:
    """Show that the worker lives and how much is done; return whether it may go on.

    A worker that was taken for dead, as after the computer slept, is welcome back.
    """
    sql = (
        "update prints set status = 'running', ended = '', error = '', detail = '', heartbeat = ?,"
        " done = ?, pieces = ? where number = ? and worker = ?"
        " and status in ('running', 'interrupted')"
    )
    if not store.change(sql, (moment(now), *amount, claim.number, claim.worker)):
        return False
    asked = "select cancel_requested from prints where number = ?"
    return not _row(store, asked, claim.number)["cancel_requested"]


def finish(
    store: Store,
    claim: PrintClaim,
    status: RunStatus,
    *,
    content: bytes | None = None,
    error: str = "",
    detail: str = "",
) -> bool:
    """Close a job with its whole file or none; False when it is not this worker's to close."""
    sql = (
        "update prints set status = ?, content = ?, error = ?, detail = ?, ended = ?"
        " where number = ? and worker = ? and status in ('running', 'interrupted')"
    )
    values = (status.value, content, error, detail, utc_now(), claim.number, claim.worker)
    return bool(store.change(sql, values))


def interrupt(store: Store, number: int, detail: str = "") -> None:
    """Mark a job whose worker is known to be gone, unless it is over."""
    store.change(_INTERRUPT + " and number = ?", (_GONE, detail, utc_now(), number))


_INTERRUPT = (
    "update prints set status = 'interrupted', error = ?, detail = ?, ended = ?"
    " where status in ('queued', 'running')"
)


def _queue(store: Store, job: tuple[int, int | None, str], now: float) -> Print:
    same = "run_id = ? and since is ? and job = ?"
    useless = "status not in ('queued', 'running', 'done')"
    with store.writing():
        _mark_stale(store, now)
        store.change(f"delete from prints where {same} and {useless}", job)  # noqa: S608
        there = f"select 1 from prints where {same}"  # noqa: S608
        if next(store.rows(there, job), None) is None:
            row = dict(zip(("run_id", "since", "job"), job, strict=True))
            store.insert("prints", {**row, "heartbeat": now, "started": utc_now()})
    return _print(_row(store, f"select {_COLUMNS} from prints where {same}", *job))  # noqa: S608


def _mark_stale(store: Store, now: float) -> None:
    # Look before writing: a page that is only read must not wait for somebody's write lock.
    before = now - STALE_SECONDS
    stale = "select 1 from prints where status in ('queued', 'running') and heartbeat < ?"
    if next(store.rows(stale, (before,)), None):
        store.change(_INTERRUPT + " and heartbeat < ?", (_GONE, "", utc_now(), before))


def _row(store: Store, sql: str, *values: object) -> dict[str, Any]:
    row = next(store.rows(sql, values), None)
    if row is None:
        raise NotFound(phrase("There is no such print job here. It may have been removed."))
    return row


def _print(row: Mapping[str, Any]) -> Print:
    status, asked = RunStatus(row["status"]), bool(row["cancel_requested"])
    return Print(**{**row, "status": status, "cancel_requested": asked})
