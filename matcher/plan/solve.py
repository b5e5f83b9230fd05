"""From a problem to its best schedule and a bound on all of them: the stages, in order.

first plan → bound → trios → who meets → when → repair → proof for a small event. Each stage gets
values from those before it and none reaches back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import numpy as np

from .bound.aims import (
    even_limits,
    odd_rounds,
    reached_limits,
    seats_in_rounds,
    shared_trios,
    trio_rounds,
)
from .bound.flow import least_sit_outs
from .bound.limits import Limits
from .bound.relaxation import Integers, Relaxation, relax
from .bound.tighten import tightened, whole_selection
from .bound.widen import widened
from .draft import Draft
from .plan import StoppedBy
from .problem import Problem, Trio
from .rounds.colouring import UNPLACED, assign_rounds
from .rounds.exact import reschedule, size_of_model
from .rounds.first import easy_bound, fill_up, first_draft, near_pairs
from .rounds.local import improve_around
from .rounds.timetable import best_timetable, selection_of
from .select.integral import Selection, best_selection
from .select.selection import select
from .select.trios import choose_trios, seat_triples
from .watch import Stopped, Watch

__all__ = ["Solution", "draft_for", "solve"]

KICKS, PAIRS_PER_KICK = 4_000, 4
"""Pairs that may take a round by force: at least so many, and one for so many pairs there are."""
PAIRS_AT_A_BLINK = 100_000
"""Pairs up to which the first plan is there before anybody could wish to stop."""
MOST_WIDENINGS = 5
"""Times that unlisted pairs are written out; what is left after that is in the bound."""
ENOUGH = 100_000
"""Where only candidates are listed, a loss of one part in so many is left."""
MOST_TIGHTENINGS, TIGHT_SELECTION_EFFORT = 4, 4.0
"""Times that crowds are looked for, and the limit of choosing who meets without them."""
MOST_PEOPLE_TO_TIGHTEN = 2_000
"""People up to whom the linear program behind the tolls is quick; beyond, the flow is close."""
LARGEST_EXACT_MODEL = 6_000
"""Booleans up to which a whole event goes to CP-SAT when its bound is not met."""
SELECTION_EFFORT, PROOF_EFFORT, REPAIR_EFFORT, LOCAL_EFFORT = 0.4, 0.5, 0.2, 0.3
"""Limits of one CP-SAT call in its deterministic seconds."""
REPLAN_EFFORT = 2.0
"""The same where it may settle the sit-outs of a small event, and save looking for fewer."""
PEOPLE_AROUND, MOST_MISSES = 120, 5
"""People that get new partners around a pair without a round; misses in a row to give up after."""
REPAIR_SIZES = (24,) * 10 + (40,) * 10
"""People in the neighbourhoods that are planned anew while somebody lacks a meeting."""
MOST_PEOPLE_TO_REPAIR = 30_000
"""Beyond, a neighbourhood takes seconds to cut out, and the few who lack a meeting keep lacking."""


@dataclass(frozen=True, kw_only=True)
class Solution:
    """A schedule, a bound on all with sit-outs as few and even, and what ended the run.

    All of those keep the limits.
    """

    draft: Draft
    bound: int
    limits: Limits
    stopped_by: StoppedBy


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

    def begin() -> _Run:
        near = near_pairs(problem, weight)
        draft = first_draft(problem, weight, near)
        return _Run(draft, easy_bound(problem, weight, near), watch)

    run = watch.run(begin) if len(problem.a) > PAIRS_AT_A_BLINK else begin()
    try:
        if len(problem.a):  # else all is settled
            watch.run(lambda: _improve(run, thorough))
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
    run = _Run(Draft(problem=problem, weight=weight, pairs=none, rounds=none), 0, watch)
    run.offer(_scheduled(run, _selected(run, relaxation)))
    _repair(run, relaxation)
    return run.best


class _Run:
    """The best draft so far, and the bounds that are known."""

    def __init__(self, draft: Draft, bound: int, watch: Watch) -> None:
        self.problem, self.weight, self.watch = draft.problem, draft.weight, watch
        self.best, self._bound = draft, bound
        self._even: Relaxation | None = None

    def offer(self, draft: Draft) -> None:
        """Keep the draft if it is better than the best."""
        if draft.rank > self.best.rank:
            self.best = draft
        self._show()

    def widen(self, problem: Problem) -> None:
        """Go on with a problem that has further pairs written out, all weights being its own."""
        pairs = problem.find(self.problem.a[self.best.pairs], self.problem.b[self.best.pairs])
        self.problem, self.weight = problem, problem.weight
        self.best = replace(self.best, problem=problem, weight=problem.weight, pairs=pairs)

    def bounded(self, even: Relaxation) -> None:
        """Note a bound on all plans that keep the relaxation's limits; the least of such counts."""
        if self._even is not None and self._even.limits is even.limits:
            even = replace(even, bound=min(even.bound, self._even.bound))
        self._even = even
        self._show()

    def lower(self, bound: int) -> None:
        """Note a bound on all plans as good as the best one in the first aim."""
        self._bound = min(self._bound, bound)

    def _show(self) -> None:
        if self.weight is not self.problem.weight:
            return  # not the total
        settled = sum(meeting.value for meeting in self.problem.fixed)
        self.watch.best, self.watch.bound = self.best.value + settled, self.bound + settled

    @property
    def is_even(self) -> bool:
        """Whether the best draft's sit-outs are as few and even as the relaxation's."""
        return self._even is not None and self._even.limits.hold(self.best.meetings)

    @property
    def bound(self) -> int:
        """The least bound that holds for plans as good as the best one in the first aim."""
        return self._known()[1]

    @property
    def proved(self) -> bool:
        """Whether nothing better is possible."""
        return self.is_even and self.best.value == self.bound

    @property
    def is_enough(self) -> bool:
        """Whether looking on is pointless: proved, or next to a bound that cannot be a proof."""
        loss = self.bound - self.best.value
        near = self.problem.others is not None and loss * ENOUGH <= self.bound
        return self.proved or (self.is_even and near)

    def _known(self) -> tuple[Draft, int]:
        """Return the best draft with a bound that holds for it, also while work goes on elsewhere.

        The bounds are read first: they hold for every draft that comes after them.
        """
        bound, even, best = self._bound, self._even, self.best
        if even is not None and even.limits.hold(best.meetings):
            bound = min(bound, even.bound)
        return best, bound

    def solution(self, by: StoppedBy) -> Solution:
        """Return what is known now."""
        best, bound = self._known()
        even = self._even
        is_even = even is not None and even.limits.hold(best.meetings)
        return Solution(
            draft=best,
            bound=bound,
            limits=even.limits if even and is_even else reached_limits(best.problem, best.meetings),
            stopped_by=StoppedBy.PROOF if best.value == bound else by,
        )


def _improve(run: _Run, thorough: bool) -> None:
    """Take the stages one after the other."""
    run.watch.report("Bounding the best possible plan", 0.1)
    relaxation = _relaxed(run)
    run.bounded(relaxation)
    run.watch.report("Choosing who meets", 0.3)
    selection = _selected(run, relaxation)
    run.watch.report("Choosing when", 0.4)
    run.offer(_scheduled(run, selection))
    if thorough and not run.is_enough:
        run.watch.report("Choosing better who meets", 0.5)
        selection = _better_selection(run, relaxation, selection)
    run.watch.report("Filling empty seats", 0.6)
    if not _replanned(run):
        _repair(run, relaxation)
    if not run.is_even:
        relaxation = _as_reached(run)
        run.bounded(relaxation)
        if thorough and not run.is_enough and run.problem.people <= MOST_PEOPLE_TO_REPAIR:
            selection = _better_selection(run, relaxation, selection_of(run.best))
    if thorough:
        run.watch.report("Looking for crowds", 0.7)
        if run.problem.people <= MOST_PEOPLE_TO_TIGHTEN:
            relaxation, selection = _without_crowds(run, relaxation, selection)
        _improve_locally(run, relaxation, selection)
    if thorough and run.is_even and run.best.value < selection.value(run.problem, run.weight):
        run.watch.report("Trying every plan", 0.8)
        _prove(run, relaxation)
    if not run.is_even:  # a later stage found even fewer sit-outs than were reached before
        run.bounded(_as_reached(run))


def _relaxed(run: _Run) -> Relaxation:
    """Return the relaxation, once those unlisted pairs are written out that it should look at."""
    relaxation = _even_relaxation(run.problem, run.weight, run.watch)
    for turn in range(MOST_WIDENINGS if run.weight is run.problem.weight else 0):
        run.watch.again()
        wider = widened(run.problem, relaxation.prices, turn)
        if wider is run.problem:
            break
        run.widen(wider)
        relaxation = _even_relaxation(run.problem, run.weight, run.watch)
    return relaxation


def _even_relaxation(problem: Problem, weight: Integers, watch: Watch) -> Relaxation:
    """Return the relaxation with sit-outs as even as one could wish, or else as can be."""
    ideal = relax(problem, weight, even_limits(problem), watch)
    if ideal is not None:
        return ideal
    held, free = problem.pin_meetings, ~problem.pinned
    limits = least_sit_outs(
        problem.a[free],
        problem.b[free],
        problem.most - held,
        seats_in_rounds(problem) - int(held.sum()),
        problem.owed,
        np.maximum(0, problem.fewest - held),
        watch,
        shared_trios(problem),
    )
    possible = relax(problem, weight, limits.plus(held), watch)
    assert possible is not None  # the flow that gave the limits keeps them
    return possible


def _selected(run: _Run, relaxation: Relaxation) -> Selection:
    """Return pairs and trios that lose little against the relaxation."""
    problem = run.problem
    trios = _trios(run, relaxation)
    rest = replace(problem.after(trios), trios=False) if trios else problem
    weight = run.weight[problem.find(rest.a, rest.b)]
    pairs = select(rest, weight, _even_relaxation(rest, weight, run.watch) if trios else relaxation)
    return Selection(
        pairs=problem.find(rest.a[pairs], rest.b[pairs]),
        triples=tuple(sorted(trio.members for trio in trios)),
    )


def _trios(run: _Run, relaxation: Relaxation) -> tuple[Trio, ...]:
    """Return trios that leave every pin the round known to be possible."""
    held = run.problem.place_pins()
    weight = run.weight[run.problem.find(held.a, held.b)]
    return choose_trios(held, weight, relaxation, trio_rounds(held).tolist())


def _better_selection(
    run: _Run, relaxation: Relaxation, selection: Selection, effort: float = SELECTION_EFFORT
) -> Selection:
    """Return the best selection; its schedule and its bound go into the run."""
    better, bound = best_selection(
        run.problem,
        run.weight,
        relaxation,
        selection,
        len(odd_rounds(run.problem)),
        effort,
        run.watch,
    )
    run.bounded(replace(relaxation, bound=bound))
    if better is not selection:
        run.offer(_scheduled(run, better))
    return better


def _without_crowds(
    run: _Run, relaxation: Relaxation, selection: Selection
) -> tuple[Relaxation, Selection]:
    """Return a relaxation that knows what fits into no plan, and the best selection under it."""
    for turn in range(MOST_TIGHTENINGS):
        placed = run.best.value >= selection.value(run.problem, run.weight)
        if run.is_enough or not run.is_even or (turn and placed):
            break
        tighter = tightened(run.problem, run.weight, relaxation, selection, run.watch)
        if tighter is relaxation:
            break
        relaxation = tighter
        run.bounded(relaxation)
        start = _start(run, relaxation)
        selection = _better_selection(run, relaxation, start, TIGHT_SELECTION_EFFORT)
        if selection is start:
            run.offer(_scheduled(run, selection))
    return relaxation, selection


def _start(run: _Run, relaxation: Relaxation) -> Selection:
    """Return a good selection that overfills no crowd."""
    whole = None
    if not len(odd_rounds(run.problem)):
        whole = whole_selection(run.problem, run.weight, relaxation)
    return whole or selection_of(run.best)


def _scheduled(run: _Run, selection: Selection) -> Draft:
    """Return the selection with a round for each meeting that finds one."""
    problem, weight = run.problem, run.weight
    held = problem.place_pins()
    trios = seat_triples(held, selection.triples, odd_rounds(held).tolist())
    rest = replace(problem.after(trios), trios=False) if trios else problem
    a, b = problem.a[selection.pairs], problem.b[selection.pairs]
    pairs = rest.find(a, b)
    if len(pairs) <= PAIRS_AT_A_BLINK:  # else person by person, which takes half as many chains
        pairs = pairs[np.argsort(-weight[selection.pairs], kind="stable")]
    given = np.array(
        assign_rounds(rest, pairs, KICKS + len(pairs) // PAIRS_PER_KICK, run.watch.again),
        dtype=np.int64,
    )
    placed = given != UNPLACED
    draft = Draft(
        problem=problem,
        weight=weight,
        pairs=problem.find(rest.a[pairs[placed]], rest.b[pairs[placed]]),
        rounds=given[placed],
        trios=trios,
    ).in_order()
    return fill_up(draft, np.arange(len(problem.a)))


def _repair(run: _Run, relaxation: Relaxation) -> None:
    """Plan small neighbourhoods anew while somebody has fewer meetings than they could."""
    random = Random(run.problem.seed)  # noqa: S311 - repeatable, not secret
    none = np.zeros(0, dtype=np.int64)
    for size in REPAIR_SIZES if run.problem.people <= MOST_PEOPLE_TO_REPAIR else ():
        short = np.flatnonzero(run.best.meetings < relaxation.limits.low)
        seats = int(run.best.meetings.sum())
        if not len(short) and seats >= relaxation.limits.least:
            return
        people = _around(run.best, relaxation, size, random)
        run.offer(reschedule(run.best, people, none, REPAIR_EFFORT, run.watch).draft)


def _improve_locally(run: _Run, relaxation: Relaxation, selection: Selection) -> None:
    """Look for better meetings around each chosen pair that found no round."""
    misses = 0
    for pair in np.setdiff1d(selection.pairs, run.best.pairs).tolist():
        enough = run.best.value >= selection.value(run.problem, run.weight)
        if enough or run.proved or misses == MOST_MISSES:
            return
        before = run.best
        run.offer(
            improve_around(before, relaxation.prices, pair, PEOPLE_AROUND, LOCAL_EFFORT, run.watch)
        )
        misses = misses + 1 if run.best is before else 0


def _around(draft: Draft, relaxation: Relaxation, size: int, random: Random) -> Integers:
    """Return people who lack meetings, their rivals for tables, and whom all these meet."""
    lack = np.flatnonzero(draft.meetings < relaxation.limits.high).tolist()
    people = random.sample(lack, min(4, len(lack)))
    rivals = sorted(draft.problem.zones.rivals(people) - set(people))
    people += random.sample(rivals, min(len(rivals), size // 2))
    a, b = draft.problem.a[draft.pairs], draft.problem.b[draft.pairs]
    for _ in range(2):
        near = np.union1d(b[np.isin(a, people)], a[np.isin(b, people)])
        new = sorted(set(near.tolist()) - set(people))
        people += random.sample(new, min(len(new), size - len(people)))
    others = sorted(set(range(draft.problem.people)) - set(people))
    people += random.sample(others, min(len(others), size - len(people)))
    return np.array(sorted(people), dtype=np.int64)


def _prove(run: _Run, relaxation: Relaxation) -> None:
    """Let CP-SAT look at who meets and when at once, where that is small enough."""
    draft, bound = best_timetable(
        run.best, relaxation, run.bound, LARGEST_EXACT_MODEL, PROOF_EFFORT, run.watch
    )
    run.offer(draft)
    run.lower(bound)


def _replanned(run: _Run) -> bool:
    """Let CP-SAT plan a small event whose sit-outs are not as few and even as one could wish.

    Return whether that settles the sit-outs, because they are proved to be the best.
    """
    odd = odd_rounds(run.problem)
    if run.is_even or size_of_model(run.problem, odd) > LARGEST_EXACT_MODEL:
        return run.is_even
    everyone = np.arange(run.problem.people)
    answer = reschedule(run.best, everyone, odd, REPLAN_EFFORT, run.watch)
    run.offer(answer.draft)
    if answer.proved:
        run.lower(run.best.value)
    return answer.settled


def _as_reached(run: _Run) -> Relaxation:
    """Return the relaxation of plans with sit-outs as few and even as the best one's."""
    reached = reached_limits(run.problem, run.best.meetings)
    relaxation = relax(run.problem, run.weight, reached, run.watch)
    assert relaxation is not None  # the best draft keeps these limits
    return relaxation
