"""Runs that start from a finished plan: changed by hand, or planned anew but for what stays.

The plan they start from is never touched. Whoever did not know of a newer one is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import runs
from .errors import Conflict
from .model import Keeping, Run
from .rules import Sentence
from .seats import read_seats, write_seats
from .store import Store

__all__ = ["newest_from", "start_changed", "start_keeping"]


def start_changed(
    store: Store,
    run: Run,
    *,
    seats: str,
    said: str,
    more: Sequence[Sentence] = (),
    seen: int = 0,
) -> Run:
    """Queue a run that tells the plan of an earlier one as it was changed by hand.

    Parameters
    ----------
    seats
        All meetings after the change, as `events.seats.write_seats` writes them.
    said
        What was changed, as a sentence.
    more
        Rules that hold from now on, in place of those that say something of the same.
    seen
        Number of the newest plan made from this one that the organizer knew of.

    Raises
    ------
    Conflict
        If a newer one was made in the meantime.
    StoreError
        If a run of this event is under way.
    """
    given = runs.input_of(store, run.id)
    subjects = {each.subject for each in more}
    left = [s for s in given.sentences if s.subject not in subjects]
    changed = replace(
        given,
        sentences=(*left, *more),
        base=run.id,
        printed=run.id,
        seats=seats,
        said=said,
        keeping=Keeping(),
        priced=False,
    )
    with store.writing():
        _refuse_unseen(store, run, seen)
        return runs.queue(store, run.event_id, changed)


def start_keeping(
    store: Store, run: Run, keeping: Keeping, *, said: str, seen: int = 0, now: float | None = None
) -> Run:
    """Queue a run that plans anew with all of an earlier one but what is to stay of its plan.

    Parameters
    ----------
    said, seen
        As for `start_changed`, which tells what is raised, too.
    """
    given = runs.input_of(store, run.id)
    frozen = frozenset(each.round for each in read_seats(given.since, run.settings.rounds))
    plan = read_seats(runs.result_file(store, run, "pairings.csv").decode(), run.settings.rounds)
    kept = [meeting for meeting in plan if meeting.round in frozen | keeping.rounds]
    changed = replace(
        given,
        since=write_seats(kept),
        base=run.id,
        printed=run.id,
        seats=None,
        said=said,
        keeping=keeping,
        priced=False,
    )
    with store.writing():
        _refuse_unseen(store, run, seen)
        return runs.queue(store, run.event_id, changed)


def newest_from(store: Store, run: Run) -> int:
    """Return the number of the newest plan that was made from this one by hand, 0 for none."""
    sql = (
        "select coalesce(max(number), 0) as last from runs where base = ?"
        " and status in ('queued', 'running', 'done')"
    )
    return int(next(store.rows(sql, (run.id,)))["last"])


def _refuse_unseen(store: Store, run: Run, seen: int) -> None:
    newest = newest_from(store, run)
    if newest > seen:
        raise Conflict(
            f"Plan {run.number} was changed into plan {newest} in the meantime. "
            f"Look at plan {newest}, and change that one."
        )
