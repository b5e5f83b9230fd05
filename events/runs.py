"""Runs: start, watch, stop, list, read what they made. A run is one of `events.jobs`.

A worker process of its own makes it (`events.worker`), from what stood in its row when it was
started (`events.run_input`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.canon import Equals
from matcher.phrase import phrase
from matcher.plan import Meeting
from matcher.rules import FrozenRounds

from . import versions
from .errors import StoreError
from .jobs import Jobs
from .model import Attendee, Event, Run, RunStatus
from .records import (
    attendees_from_json,
    decisions_from_json,
    sentences_from_json,
    settings_from_json,
)
from .rules import RulesFound, read_rules
from .run_input import INPUT_COLUMNS, RunInput, input_from_row, input_to_row
from .seats import write_seats
from .sentences import sentences
from .series import decided
from .store import Store
from .words import to_style

__all__ = [
    "RUNS",
    "cancel",
    "equals_in",
    "files_in_use",
    "files_of",
    "find",
    "find_rules",
    "input_of",
    "list_runs",
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

_COLUMNS = (
    "id, event_id, number, status, settings, people, stage, done, best, bound, cancel_requested, "
    "error, detail, started, ended, priced, said, "
    "(select number from runs as of where of.id = runs.base) as base, "
    "status <> 'infeasible' and exists (select 1 from run_files where run_id = runs.id) as has_plan"
)
_NO_PLAN = phrase("There is no such plan here. It may have been removed.")


def _keep(store: Store, run_id: int, files: Mapping[str, bytes]) -> None:
    store.change("update runs set done = 1 where id = ?", (run_id,))
    store.insert_all(
        "run_files",
        (
            {"run_id": run_id, "name": name, "content": content}
            for name, content in sorted(files.items())
        ),
    )


RUNS = Jobs(table="runs", keep=_keep)
"""The runs of all events as jobs, each known by its id; what they make are files by name."""


def start(store: Store, event_id: str, *, priced: bool = False) -> Run:
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
    given = RunInput(
        people=people,
        settings=replace(event.settings, title=event.title, **found.settings),
        rules=event.rules,
        sentences=tuple(
            each for each in sentences(store, event_id) if here.issuperset(each.people)
        ),
        since=_frozen(found),
        decisions=tuple(kept.decision for kept in decided(store, event_id)),
        priced=priced,
        words=event.words,
        printed=_in_use(store, event_id),
    )
    return queue(store, event_id, given)


def start_again(
    store: Store, run: Run, *, priced: bool | None = None, now: float | None = None
) -> Run:
    """Queue a new run with all that an earlier run was made from.

    Parameters
    ----------
    priced
        Whether it shall say what each rule costs; None for what the earlier run did.
    """
    given = input_of(store, run.id)
    if priced is not None:
        given = replace(given, priced=priced)
    return queue(store, run.event_id, given)


def input_of(store: Store, run_id: int) -> RunInput:
    """Return all that a run was made from; raises `NotFound`."""
    sql = f"select {INPUT_COLUMNS} from runs where id = ?"  # noqa: S608
    return input_from_row(store.row(sql, (run_id,), _NO_PLAN))


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


def find(store: Store, event_id: str, number: int) -> Run:
    """Return one run as it stands, after marking it if its worker is gone; raises `NotFound`."""
    RUNS.mark_stale(store)
    sql = f"select {_COLUMNS} from runs where event_id = ? and number = ?"  # noqa: S608
    return _run(store.row(sql, (event_id, number), _NO_PLAN))


def list_runs(store: Store, event_id: str) -> tuple[Run, ...]:
    """Return the runs of an event, the newest first, after marking those whose worker is gone."""
    RUNS.mark_stale(store)
    sql = f"select {_COLUMNS} from runs where event_id = ? order by number desc"  # noqa: S608
    return tuple(_run(row) for row in store.rows(sql, (event_id,)))


def cancel(store: Store, run: Run) -> None:
    """Ask the worker to stop and keep the best plan so far. A run that is over stays as it is."""
    RUNS.cancel(store, run.id)


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
    row = store.row("select attendees from runs where id = ?", (run.id,), _NO_PLAN)
    return attendees_from_json(row["attendees"])


def rules_of(store: Store, run: Run, people: Sequence[Attendee]) -> RulesFound:
    """Return what the rules of a run's event and of its `people` asked for when it was started."""
    row = store.row("select rules, sentences, since from runs where id = ?", (run.id,), _NO_PLAN)
    return read_rules(
        people,
        run.settings,
        toml=row["rules"],
        sentences=sentences_from_json(row["sentences"]),
        since=row["since"],
    )


def equals_in(store: Store, run: Run) -> Equals:
    """Return what was decided about equal answers when a run was started."""
    row = store.row("select equals from runs where id = ?", (run.id,), _NO_PLAN)
    return Equals(decisions_from_json(row["equals"]))


def result_file(store: Store, run: Run, name: str) -> bytes:
    """Return one file of a run; raises `NotFound`."""
    sql = "select content from run_files where run_id = ? and name = ?"
    return bytes(store.row(sql, (run.id, name), _NO_PLAN)["content"])


def queue(store: Store, event_id: str, given: RunInput) -> Run:
    """Add a run under the next number; raises `StoreError` while another one is under way."""
    with store.writing():
        RUNS.mark_stale(store)
        busy = "select number from runs where event_id = ? and status in ('queued', 'running')"
        under_way = next(store.rows(busy, (event_id,)), None)
        if under_way:
            raise StoreError(
                f"Plan {under_way['number']} is being made. "
                "Stop it first, or wait until it is done."
            )
        last = "select coalesce(max(number), 0) as last from runs where event_id = ?"
        number = next(store.rows(last, (event_id,)))["last"] + 1
        RUNS.queue(store, {"event_id": event_id, "number": number, **input_to_row(given)})
    return find(store, event_id, number)


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
