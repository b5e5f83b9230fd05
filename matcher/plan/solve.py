"""From a problem to its best schedule and a bound on all of them: the stages, in order.

first plan → bound → trios → who meets → when → repair → proof for a small event. Each stage gets
values from those before it and none reaches back.
"""

from __future__ import annotations

import numpy as np

from . import stages
from .bound.relaxation import Integers, Relaxation
from .draft import Draft
from .plan import StoppedBy
from .problem import Problem
from .rounds.first import easy_bound, first_draft, near_pairs
from .rounds.timetable import selection_of
from .run import Run, Solution
from .watch import Stopped, Watch

__all__ = ["draft_for", "solve"]

PAIRS_AT_A_BLINK = 100_000
"""Pairs up to which the first plan is there before anybody could wish to stop."""


def solve(problem: Problem, weight: Integers, watch: Watch, *, thorough: bool = True) -> Solution:
    """Return the best schedule found, also when the watch stops the run.

    Parameters
    ----------
    weight
        (pairs,): what the last aim maximizes.
    thorough
        Whether to look for the last per mille of it; the aims before it are always pursued fully.

    Raises
    ------
    Stopped
        Only while there is no schedule at all.
    """
    watch.report("Looking for a first plan", 0.0)

    def begin() -> tuple[Run, Integers]:
        near = near_pairs(problem, weight)
        draft = first_draft(problem, weight, near)
        return Run(draft, easy_bound(problem, weight, near), watch), near

    run, near = watch.run(begin) if len(problem.a) > PAIRS_AT_A_BLINK else begin()
    run.is_settled = not len(problem.a)
    try:
        if not run.is_settled:
            watch.run(lambda: _improve(run, near, thorough))
    except Stopped as stopped:
        return run.solution(stopped.by)
    return run.solution(StoppedBy.EFFORT)


def draft_for(problem: Problem, weight: Integers, relaxation: Relaxation, watch: Watch) -> Draft:
    """Return a schedule that comes close to a relaxation, without looking for better ones.

    Parameters
    ----------
    weight
        (pairs,): what the relaxation was solved for.
    """
    none = np.zeros(0, dtype=np.int64)
    run = Run(Draft(problem=problem, weight=weight, pairs=none, rounds=none), 0, watch)
    run.offer(stages.scheduled(run, stages.selected(run, relaxation)))
    stages.repair(run, relaxation)
    run.bounded(relaxation)
    stages.level(run, relaxation)
    return run.best


def _improve(run: Run, near: Integers, thorough: bool) -> None:
    """Take the stages one after the other."""
    run.watch.report("Bounding the best possible plan", 0.1)
    even = relaxation = stages.relaxed(run, near)
    run.bounded(relaxation)
    run.watch.report("Choosing who meets", 0.3)
    selection = stages.selected(run, relaxation)
    run.watch.report("Choosing when", 0.4)
    run.offer(stages.scheduled(run, selection))
    if thorough and stages.may_choose_better(run):
        run.watch.report("Choosing better who meets", 0.5)
        selection = stages.better_selection(run, relaxation, selection)
    if thorough:
        selection = stages.relieve(run, relaxation, selection)
    run.watch.report("Filling empty seats", 0.6)
    if not stages.replanned(run):
        stages.repair(run, relaxation)
    if not run.is_even:
        relaxation = stages.as_reached(run, even)
        run.bounded(relaxation)
        if thorough and stages.may_choose_better(run):
            selection = stages.better_selection(run, relaxation, selection_of(run.best))
    stages.level(run, relaxation)
    if thorough:
        relaxation, selection = stages.without_crowds(run, relaxation, selection)
        stages.improve_locally(run, relaxation, selection)
    if thorough and run.is_even and run.best.value < selection.value(run.problem, run.weight):
        run.watch.report("Trying every plan", 0.8)
        stages.prove(run, relaxation)
    if not run.is_even:  # a later stage found even fewer sit-outs than were reached before
        run.bounded(stages.as_reached(run, even))
