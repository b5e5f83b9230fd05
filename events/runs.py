"""Runs: start, watch, stop, list. The table of runs is the truth; no process remembers anything.

A run is made by a worker process of its own (`events.worker`). The worker shows in the table that
it lives; whoever looks at a run whose worker has been silent for long marks it interrupted. Only
the worker that claimed a run may report on it, so a run has one result however often it is started.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.canon import Equals
from matcher.phrase import phrase
from matcher.plan import Meeting
from matcher.rules import FrozenRounds
from matcher.settings import Settings

from . import versions
from .errors import NotFound, StoreError
from .model import Attendee, Event, Run, RunStatus
from .records import (
    attendees_from_json,
    attendees_to_json,
    decisions_from_json,
    decisions_to_json,
    sentences_from_json,
    sentences_to_json,
    settings_from_json,
    settings_to_json,
    words_to_json,
)
from .rules import RulesFound, read_rules
from .seats import write_seats
from .sentences import sentences
from .series import decided
from .store import Store, moment, utc_now
from .words import to_style

__all__ = [
    "STALE_SECONDS",
    "Job",
    "cancel",
    "equals_in",
    "files_in_use",
    "files_of",
    "find",
    "find_rules",
    "interrupt",
    "job_of",
    "list_runs",
    "mark_stale",
    "pairings_in_use",
    "people_of",
    "queue",
    "result_file",
    "result_files",
    "result_names",
    "rules_of",
    "start",
    "start_again",
]

STALE_SECONDS = 30.0
"""A run whose worker has been silent for longer is interrupted. Solver stages that cannot be
interrupted may hold the heartbeat back, but not for that long."""

_COLUMNS = (
    "id, event_id, number, status, settings, people, stage, done, best, bound, cancel_requested, "
    "error, detail, started, ended, priced, said, "
    "(select number from runs as of where of.id = runs.base) as base, "
    "status <> 'infeasible' and exists (select 1 from run_files where run_id = runs.id) as has_plan"
)
_GONE = "The computation stopped before it was done: the program or the computer was shut down."


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a run is made from; see `events.claims.Claim`. Some of it is JSON, as it is kept."""

    people: tuple[Attendee, ...]
    settings: Settings
    rules: str
    sentences: str
    since: str
    equals: str
    priced: bool
    words: str
    printed: int | None
    base: int | None = None
    seats: str | None = None
    said: str = ""
    keeping: str = ""


def start(store: Store, event_id: str, *, priced: bool = False, now: float | None = None) -> Run:
    """Queue a run for what an event is now: people, settings, rules, decisions on equal answers.

    Parameters
    ----------
    priced
        Whether the run shall also say what each rule costs.

    Raises
    ------
    StoreError
        If a run of this event is under way: two at once would only slow each other down.
    UnusableOption
        If the rules cannot be used; every mistake stands on a line of its own.
    MatcherError
        If the organizer's words cannot be used.
    """
    event = store.event(event_id)
    found = find_rules(store, event)
    to_style(event.words, event.settings.language)  # refused now rather than after planning
    people = store.coming(event_id)
    here = {person.id for person in people}  # a plan keeps nothing of anybody else
    said = (each for each in sentences(store, event_id) if here.issuperset(each.people))
    job = Job(
        people=people,
        settings=replace(event.settings, title=event.title, **found.settings),
        rules=event.rules,
        sentences=sentences_to_json(said),
        since=_frozen(found),
        equals=decisions_to_json(kept.decision for kept in decided(store, event_id)),
        priced=priced,
        words=words_to_json(event.words),
        printed=_in_use(store, event_id),
    )
    return queue(store, event_id, job, moment(now))


def start_again(
    store: Store, run: Run, *, priced: bool | None = None, now: float | None = None
) -> Run:
    """Queue a new run with all that an earlier run was made from.

    Parameters
    ----------
    priced
        Whether it shall say what each rule costs; None for what the earlier run did.
    """
    job = job_of(store, run)
    if priced is not None:
        job = replace(job, priced=priced)
    return queue(store, run.event_id, job, moment(now))


def job_of(store: Store, run: Run) -> Job:
    """Return all that an earlier run was made from."""
    columns = "rules, sentences, since, equals, words, printed, base, seats, said, keeping"
    row = _row(store, f"select {columns} from runs where id = ?", run.id)  # noqa: S608
    people = people_of(store, run)
    return Job(people=people, settings=run.settings, priced=run.priced, **row)


def find_rules(store: Store, event: Event) -> RulesFound:
    """Return what the rules of an event and its people ask for; raises `UnusableOption`."""
    return read_rules(
        store.coming(event.id),
        event.settings,
        toml=event.rules,
        sentences=sentences(store, event.id),
        since=pairings_in_use(store, event.id),
    )


def pairings_in_use(store: Store, event_id: str) -> str:
    """Return the `pairings.csv` of the plan in use, "" when there is none."""
    number = versions.in_use(store, event_id)
    if number is None:
        return ""
    return result_file(store, find(store, event_id, number), "pairings.csv").decode()


def files_in_use(store: Store, event_id: str) -> dict[str, bytes]:
    """Return the files of the plan in use, empty when there is none."""
    return files_of(store, _in_use(store, event_id))


def _in_use(store: Store, event_id: str) -> int | None:
    number = versions.in_use(store, event_id)
    return None if number is None else find(store, event_id, number).id


def _frozen(found: RulesFound) -> str:
    """Return the frozen rounds as a `pairings.csv` without names: what the run keeps of a plan."""
    return write_seats(
        Meeting(round=number, table=table, members=members, value=0)
        for rule in found.rules
        if isinstance(rule, FrozenRounds)
        for number, table, members in rule.meetings
    )


def find(store: Store, event_id: str, number: int, *, now: float | None = None) -> Run:
    """Return one run as it stands, after marking it if its worker is gone; raises `NotFound`."""
    mark_stale(store, now)
    sql = f"select {_COLUMNS} from runs where event_id = ? and number = ?"  # noqa: S608
    return _run(_row(store, sql, event_id, number))


def list_runs(store: Store, event_id: str, *, now: float | None = None) -> tuple[Run, ...]:
    """Return the runs of an event, the newest first, after marking those whose worker is gone."""
    mark_stale(store, now)
    sql = f"select {_COLUMNS} from runs where event_id = ? order by number desc"  # noqa: S608
    return tuple(_run(row) for row in store.rows(sql, (event_id,)))


def cancel(store: Store, run: Run) -> None:
    """Ask the worker to stop and keep the best plan so far. A run that is over stays as it is."""
    store.change("update runs set cancel_requested = 1 where id = ?", (run.id,))


def result_files(store: Store, run: Run, names: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the files of a run by name; empty while there are none.

    Parameters
    ----------
    names
        Of the files to read, where there are such; all of them when empty.
    """
    return files_of(store, run.id, names)


def files_of(store: Store, run_id: int | None, names: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the files of the run with an id, as `result_files` does; empty for None."""
    only = f" and name in ({', '.join('?' * len(names))})" if names else ""
    sql = f"select name, content from run_files where run_id = ?{only} order by name"  # noqa: S608
    return {row["name"]: bytes(row["content"]) for row in store.rows(sql, (run_id, *names))}


def result_names(store: Store, run: Run) -> tuple[str, ...]:
    """Return the names of the files of a run, sorted."""
    sql = "select name from run_files where run_id = ? order by name"
    return tuple(row["name"] for row in store.rows(sql, (run.id,)))


def people_of(store: Store, run: Run) -> tuple[Attendee, ...]:
    """Return the people as they were when a run was started."""
    row = _row(store, "select attendees from runs where id = ?", run.id)
    return attendees_from_json(row["attendees"])


def rules_of(store: Store, run: Run, people: Sequence[Attendee]) -> RulesFound:
    """Return what the rules of a run's event and of its `people` asked for when it was started."""
    row = _row(store, "select rules, sentences, since from runs where id = ?", run.id)
    return read_rules(
        people,
        run.settings,
        toml=row["rules"],
        sentences=sentences_from_json(row["sentences"]),
        since=row["since"],
    )


def equals_in(store: Store, run: Run) -> Equals:
    """Return what was decided about equal answers when a run was started."""
    row = _row(store, "select equals from runs where id = ?", run.id)
    return Equals(decisions_from_json(row["equals"]))


def result_file(store: Store, run: Run, name: str) -> bytes:
    """Return one file of a run; raises `NotFound`."""
    sql = "select content from run_files where run_id = ? and name = ?"
    return bytes(_row(store, sql, run.id, name)["content"])


def interrupt(store: Store, run_id: int, detail: str = "") -> None:
    """Mark a run whose worker is known to be gone, unless it is over."""
    store.change(_INTERRUPT + " and id = ?", (_GONE, detail, utc_now(), run_id))


_INTERRUPT = (
    "update runs set status = 'interrupted', error = ?, detail = ?, ended = ?"
    " where status in ('queued', 'running')"
)


def mark_stale(store: Store, now: float | None = None) -> None:
    """Mark the runs whose worker has been silent for too long."""
    # Look before writing: a page that is only read must not wait for somebody's write lock.
    stale = "status in ('queued', 'running') and heartbeat < ?"
    before = moment(now) - STALE_SECONDS
    if next(store.rows(f"select 1 from runs where {stale}", (before,)), None):  # noqa: S608
        store.change(_INTERRUPT + " and heartbeat < ?", (_GONE, "", utc_now(), before))


def queue(store: Store, event_id: str, job: Job, now: float) -> Run:
    """Add a run under the next number; raises `StoreError` while another one is under way."""
    with store.writing():
        mark_stale(store, now)
        busy = "select number from runs where event_id = ? and status in ('queued', 'running')"
        under_way = next(store.rows(busy, (event_id,)), None)
        if under_way:
            raise StoreError(
                f"Plan {under_way['number']} is being made. "
                "Stop it first, or wait until it is done."
            )
        last = "select coalesce(max(number), 0) as last from runs where event_id = ?"
        number = _row(store, last, event_id)["last"] + 1
        store.insert(
            "runs",
            {
                "event_id": event_id,
                "number": number,
                "status": RunStatus.QUEUED.value,
                "settings": settings_to_json(job.settings),
                "attendees": attendees_to_json(job.people),
                "people": len(job.people),
                "rules": job.rules,
                "sentences": job.sentences,
                "since": job.since,
                "equals": job.equals,
                "priced": job.priced,
                "words": job.words,
                "printed": job.printed,
                "base": job.base,
                "seats": job.seats,
                "said": job.said,
                "keeping": job.keeping,
                "heartbeat": now,
                "started": utc_now(),
            },
        )
    return find(store, event_id, number, now=now)


def _row(store: Store, sql: str, *values: object) -> dict[str, Any]:
    row = next(store.rows(sql, values), None)
    if row is None:
        raise NotFound(phrase("There is no such plan here. It may have been removed."))
    return row


def _run(row: Mapping[str, Any]) -> Run:
    return Run(
        **{
            **row,
            "status": RunStatus(row["status"]),
            "settings": settings_from_json(row["settings"]),
            "cancel_requested": bool(row["cancel_requested"]),
            "priced": bool(row["priced"]),
            "has_plan": bool(row["has_plan"]),
        }
    )
