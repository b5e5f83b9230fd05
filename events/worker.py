"""The process that makes one plan: ``python -m events.worker DATABASE RUN``; see `events.work`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from matcher.canon import Equals
from matcher.phrase import phrase
from matcher.plan import Arrangement, Infeasible, Progress
from matcher.settings import Settings

from . import runs
from .finished import read_finished
from .model import Attendee, RunStatus
from .pulse import Pulse
from .rules import read_rules
from .run_input import RunInput
from .seats import arrangement, read_seats
from .store import Store
from .words import to_style, with_printed
from .work import Made, run_worker, work_on

__all__ = ["Solve", "main", "solve_here", "work"]

Solve = Callable[..., Mapping[str, bytes]]
"""Makes the files of a plan from what `events.pipeline.introduce_attendees` takes."""

_BUG = phrase(
    "Something went wrong inside Seedbed, and no plan was made. Your people and earlier plans are "
    "untouched. Please report the technical details below."
)


def work(path: Path, run_id: int, solve: Solve) -> RunStatus | None:
    """Make the plan of a queued run; None when the run is not to be had."""

    def make(store: Store, pulse: Pulse) -> Made[Mapping[str, bytes]]:
        pulse.report(**vars(Progress(stage="Getting ready", done=0.0)))
        given = runs.input_of(store, run_id)
        try:
            files = _solved(store, given, solve, pulse)
        except Infeasible as answer:
            return Made(status=RunStatus.INFEASIBLE, result=_answer(given, answer))
        # A plan that was stopped is the best one so far.
        return Made(status=RunStatus.CANCELLED if pulse.stopped else RunStatus.DONE, result=files)

    return work_on(path, runs.RUNS, run_id, make, bug=_BUG)


def _solved(store: Store, given: RunInput, solve: Solve, pulse: Pulse) -> Mapping[str, bytes]:
    rules = read_rules(
        given.people,
        given.settings,
        toml=given.rules,
        sentences=given.sentences,
        since=given.since,
        keeping=given.keeping,
    )
    style = to_style(given.words, given.settings.language)
    return solve(
        given.people,
        given.settings,
        rules=rules,
        equals=Equals(given.decisions),
        priced=given.priced,
        style=with_printed(style, runs.files_of(store, given.printed)),
        arranged=_arranged(store, given),
        on_progress=lambda progress: pulse.report(**vars(progress)),
    )


def _arranged(store: Store, given: RunInput) -> Arrangement | None:
    """Return the meetings that were chosen by hand; None where the plan is to be computed."""
    if given.seats is None:
        return None
    base = read_finished(runs.files_of(store, given.base))
    meetings = read_seats(given.seats, given.settings.rounds)
    return arrangement(meetings, base.certificate, (given.said,))


def _answer(given: RunInput, answer: Infeasible) -> Mapping[str, bytes]:
    from .exporter import export_conflict  # late, as in `solve_here`

    return export_conflict(answer.conflict, given.settings, len(given.people))


def solve_here(
    path: Path, run_id: int, attendees: Sequence[Attendee], settings: Settings, **given: Any
) -> Mapping[str, bytes]:
    """Make the files of a plan with all there is here; a `Solve` once it knows path and run."""
    # The solver takes half a second to import; the run shows as running before that.
    from .exporter import export
    from .matches import KeptMatches
    from .meaning import meaning_here
    from .pipeline import introduce_attendees
    from .vectors import KeptVectors

    with Store.open(path, patient=True) as store:
        meaning = meaning_here(KeptVectors(store)).remembering(KeptMatches(store, run_id))
        return export(introduce_attendees(attendees, settings, meaning=meaning, **given))


def _plan(path: Path, run_id: int) -> RunStatus | None:
    return work(path, run_id, partial(solve_here, path, run_id))


def main(arguments: Sequence[str]) -> int:
    """Run as a program; returns the exit code."""
    return run_worker(arguments, _plan, nice=10)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
