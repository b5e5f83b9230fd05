"""The one entry: affinities, settings and rules in, a checked plan out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Affinities
from matcher.errors import MatcherError, NoPlan
from matcher.phrase import phrase
from matcher.rules import Rule, broken
from matcher.settings import Settings

from .narrow import narrow
from .notices import notices
from .plan import BoundCovers, Meetings, Plan, Progress, Status, StoppedBy
from .problem import Problem
from .seat import seat
from .watch import Stopped, Watch

if TYPE_CHECKING:
    from .draft import Draft
    from .fair.fairness import FairSolution

__all__ = ["BrokenPlan", "make_plan"]

SECONDS_TO_SEAT = 3e-6
"""What numbering tables and checking take for each person and round, kept back from a limit."""

Integers = NDArray[np.int64]


class BrokenPlan(MatcherError):  # noqa: N818
    """The planner made a plan that breaks a rule: a bug in Seedbed, and the plan is withheld."""


def make_plan(
    affinities: Affinities,
    settings: Settings,
    *,
    rules: Sequence[Rule] = (),
    names: Mapping[str, str] = MappingProxyType({}),
    on_progress: Callable[[Progress], bool] | None = None,
    clock: Callable[[], float] | None = None,
) -> Plan:
    """Return a plan of all rounds, with a proven bound on what any plan could reach.

    Parameters
    ----------
    affinities
        Who could be introduced to whom, and how well.
    settings
        Rounds, tables, what to do with an odd number of people, seed, limit.
    rules
        Hard rules; none is ever bent.
    names
        How notices call people; ids stand for those it does not have.
    on_progress
        Called at least at every stage and many times a second while a solver runs, from the
        calling thread; False stops the run with the best plan so far.
    clock
        Seconds that only ever rise, such as `time.monotonic`; used for `settings.limit_seconds`.

    Raises
    ------
    NoPlan
        With fewer than two people, when no two may meet, or when stopped before the first plan.
    Infeasible
        A `NoPlan` that names the requirements in conflict, when pins or frozen rounds cannot hold.

    Notes
    -----
    The order of aims: pins, then sit-outs as few and as even as possible, then the welfare, which
    is the total affinity where fairness is 0. Same input, settings and seed give the same plan,
    unless `limit_seconds` or `on_progress` ended the run; `Plan.repeatable` tells. The method is
    described in ``docs/planner.md``.
    """
    seats = len(affinities.ids) * settings.rounds
    watch = Watch(on_progress, clock, settings.limit_seconds, SECONDS_TO_SEAT * seats)
    # Late: loading OR-Tools takes half a second that help texts feel. The limit counts it.
    from .fair.fairness import make_fair
    from .pins.settle import settle
    from .solve import solve

    problem = narrow(affinities, settings, rules)
    try:
        problem = settle(problem, affinities, rules, names, watch)
        solution = solve(problem, problem.weight, watch, thorough=settings.fairness == 0)
    except Stopped as stopped:
        raise NoPlan(
            phrase("Stopped, no plan: the run was ended before it had one. Start again.")
        ) from stopped
    fair = make_fair(solution, settings.fairness, _settled(problem, affinities), watch)
    seated, values = seat(fair.solution.draft)
    found = broken(seated, rules, problem.restrictions, ids=problem.ids)
    if found:
        raise BrokenPlan(f"The plan breaks a rule and is withheld: {found[0].text}")
    plan = _plan(Meetings(problem.ids, seated, values), settings, fair, names)
    return plan if affinities.exact else _over_candidates(plan)


def _settled(problem: Problem, affinities: Affinities) -> Integers:
    """Return (people,): what each gets from meetings settled beforehand, in half-units."""
    amounts = np.zeros(problem.people, dtype=np.int64)
    for meeting in problem.fixed:
        a, b = np.array(meeting.pairs, dtype=np.int32).T
        shares = affinities.of(a, b) * (2 if len(meeting.members) == 2 else 1)
        shares[problem.kept_apart(a, b)] = 0  # they only share a partner
        np.add.at(amounts, a, shares)
        np.add.at(amounts, b, shares)
    return amounts


def _plan(
    meetings: Meetings, settings: Settings, fair: FairSolution, names: Mapping[str, str]
) -> Plan:
    solution, draft, problem = fair.solution, fair.solution.draft, fair.solution.draft.problem
    is_best = solution.is_even and fair.welfare == fair.bound
    return Plan(
        ids=problem.ids,
        rounds=problem.rounds,
        meetings=meetings,
        sit_outs=_sit_outs(draft),
        bound=solution.bound + sum(meeting.value for meeting in problem.fixed),
        welfare=fair.welfare,
        welfare_bound=fair.bound,
        bound_covers=BoundCovers.ALL,
        status=Status.OPTIMAL if is_best else Status.FEASIBLE,
        stopped_by=solution.stopped_by,
        repeatable=solution.stopped_by not in (StoppedBy.TIME, StoppedBy.CANCEL),
        notices=notices(draft, settings.odd, names),
    )


def _over_candidates(plan: Plan) -> Plan:
    """Return the plan with a certificate that speaks of the candidate pairs alone."""
    by = StoppedBy.EFFORT if plan.stopped_by is StoppedBy.PROOF else plan.stopped_by
    return replace(plan, bound_covers=BoundCovers.CANDIDATES, status=Status.FEASIBLE, stopped_by=by)


def _sit_outs(draft: Draft) -> tuple[tuple[int, str], ...]:
    idle = draft.problem.idle | draft.problem.present & ~draft.busy
    return tuple(
        (int(number) + 1, draft.problem.ids[person])
        for number, person in zip(*idle.T.nonzero(), strict=True)
    )
