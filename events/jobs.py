"""Jobs: long work that a process of its own does. A job's row in its table is the truth.

No process remembers anything. The worker that claimed a job shows in the row that it lives; whoever
looks at a job whose worker has been silent for long marks it interrupted. Only the worker that
claimed a job may report on it, so a job has one result however often it is started.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from matcher.phrase import phrase

from .database import utc_now
from .model import RunStatus
from .store import Store

__all__ = ["STALE_SECONDS", "Claim", "Jobs"]

STALE_SECONDS = 30.0
"""A job whose worker has been silent for longer is interrupted. Solver stages that cannot be
interrupted may hold the heartbeat back, but not for that long."""

_GONE = phrase("It stopped before it was done: the program or the computer was shut down.")
_UNDER_WAY = "status in ('queued', 'running')"

Result = TypeVar("Result")


def moment() -> float:
    """Return the time in seconds; tests put a clock of their own in its place."""
    return time.time()


@dataclass(frozen=True)
class Claim:
    """The right of one worker to report on one job; the worker's name is random."""

    job: int
    worker: str


@dataclass(frozen=True, kw_only=True)
class Jobs(Generic[Result]):
    """The jobs of one table, each known by the number of its row.

    Parameters
    ----------
    table
        Has the columns status, worker, heartbeat, cancel_requested, error, detail, started and
        ended, and whatever tells how far a job is.
    keep
        Keeps what a worker made, together with the end of its job or not at all.
    """

    table: str
    keep: Callable[[Store, int, Result], None]

    def queue(self, store: Store, row: Mapping[str, object]) -> int:
        """Add a job that waits for its worker, and return its number."""
        queued = {"status": RunStatus.QUEUED, "heartbeat": moment(), "started": utc_now()}
        return store.insert(self.table, {**row, **queued})

    def claim(self, store: Store, job: int) -> Claim | None:
        """Take a queued job; None when another worker has it or it is over."""
        claim = Claim(job, secrets.token_hex(8))
        taken = {"status": RunStatus.RUNNING, "worker": claim.worker, "heartbeat": moment()}
        free = "rowid = ? and worker = '' and status in ('queued', 'interrupted')"
        return claim if self._set(store, taken, free, job) else None

    def beat(self, store: Store, claim: Claim, **progress: object) -> bool:
        """Show that the worker lives and how far it is; return whether it may go on.

        A worker that was taken for dead, as after the computer slept, is welcome back.

        Parameters
        ----------
        progress
            Columns of the job with what they are now.
        """
        alive = {"status": RunStatus.RUNNING, "heartbeat": moment(), **progress}
        back = {"error": "", "detail": "", "ended": ""}
        if not self._report(store, claim, alive | back):
            return False
        asked = f"select cancel_requested from {self.table} where rowid = ?"  # noqa: S608
        return not next(store.rows(asked, (claim.job,)))["cancel_requested"]

    def finish(
        self,
        store: Store,
        claim: Claim,
        status: RunStatus,
        result: Result | None = None,
        *,
        error: str = "",
        detail: str = "",
    ) -> bool:
        """Close a job with its whole result or none; False when it is not this worker's to close.

        Parameters
        ----------
        error, detail
            What went wrong, in the organizer's words and technically.
        """
        closed = {"status": status, "error": error, "detail": detail, "ended": utc_now()}
        with store.writing():
            if not self._report(store, claim, closed):
                return False
            if result is not None:
                self.keep(store, claim.job, result)
        return True

    def cancel(self, store: Store, job: int) -> None:
        """Ask the worker to stop. A job that is over stays as it is."""
        self._set(store, {"cancel_requested": 1}, "rowid = ?", job)

    def interrupt(self, store: Store, job: int, detail: str = "") -> None:
        """Mark a job whose worker is known to be gone, unless it is over."""
        self._interrupt(store, detail, "rowid = ?", job)

    def mark_stale(self, store: Store) -> None:
        """Mark the jobs whose worker has been silent for too long."""
        # Look before writing: a page that is only read must not wait for somebody's write lock.
        before = moment() - STALE_SECONDS
        stale = f"select 1 from {self.table} where {_UNDER_WAY} and heartbeat < ?"  # noqa: S608
        if next(store.rows(stale, (before,)), None):
            self._interrupt(store, "", "heartbeat < ?", before)

    def _report(self, store: Store, claim: Claim, columns: Mapping[str, object]) -> bool:
        claimed = "rowid = ? and worker = ? and status in ('running', 'interrupted')"
        return self._set(store, columns, claimed, claim.job, claim.worker)

    def _interrupt(self, store: Store, detail: str, which: str, value: object) -> None:
        left = {"status": RunStatus.INTERRUPTED, "error": _GONE, "detail": detail}
        self._set(store, left | {"ended": utc_now()}, f"{which} and {_UNDER_WAY}", value)

    def _set(
        self, store: Store, columns: Mapping[str, object], which: str, *values: object
    ) -> bool:
        sets = ", ".join(f"{column} = ?" for column in columns)
        sql = f"update {self.table} set {sets} where {which}"  # noqa: S608
        return bool(store.change(sql, (*columns.values(), *values)))
