"""The stages on the way from a problem to its schedule, one function each.

Each gets what those before it found; what it finds itself goes into the run, or to those after it.
The order is that of `solve`.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np

from matcher.rules.rule import Mask

from .bound.aims import (
    even_limits,
    odd_rounds,
    reached_limits,
    seats_in_rounds,
    shared_trios,
    trio_rounds,
    unevenness,
)
from .bound.flow import least_sit_outs
from .bound.relaxation import Integers, Relaxation, relax
from .bound.tighten import relieved, tightened, whole_selection
from .bound.widen import widened
from .draft import Draft
from .problem import Problem, Trio
from .rounds.colouring import UNPLACED, assign_rounds
from .rounds.exact import reschedule, size_of_model
from .rounds.first import fill_up
from .rounds.local import improve_around, people_near
from .rounds.timetable import best_timetable, selection_of
from .run import Run
from .select.integral import Selection, best_selection
from .select.selection import select
from .select.trios import choose_trios, seat_triples
from .watch import Watch

__all__ = [
    "as_reached",
    "better_selection",
    "even_relaxation",
    "improve_locally",
    "level",
    "may_choose_better",
    "prove",
    "relaxed",
    "relieve",
    "repair",
    "replanned",
    "scheduled",
    "selected",
    "without_crowds",
]

NONE = np.zeros(0, dtype=np.int64)
KICKS, PAIRS_PER_KICK = 4_000, 4
"""Pairs that may take a round by force: at least so many, and one for so many pairs there are."""
MANY_PAIRS = 100_000
"""Pairs from which on they are placed person by person, which takes half as many chains."""
MOST_WIDENINGS = 5
"""Times that unlisted pairs are written out; what is left after that is in the bound."""
MOST_PEOPLE_TO_CHOOSE_BETTER = 10_000
"""People beyond whom CP-SAT finds no better selection in its time."""
MOST_TIGHTENINGS, TIGHT_SELECTION_EFFORT = 4, 4.0
"""Times that crowds are looked for, and the limit of choosing who meets without them."""
MOST_PEOPLE_TO_TIGHTEN = 2_000
"""People up to whom the linear program behind the tolls is quick; beyond, the flow is close."""
PEOPLE_TO_RELIEVE, RELIEVED_AT_ONCE, MOST_TO_RELIEVE = 150, 4, 80
"""In larger ones: people that get other pairs around each pair without a round, and such pairs."""
LARGEST_EXACT_MODEL = 6_000
"""Booleans up to which a whole event goes to CP-SAT when its bound is not met."""
SELECTION_EFFORT, PROOF_EFFORT, REPAIR_EFFORT, LOCAL_EFFORT = 0.4, 0.5, 0.2, 0.3
"""Limits of one CP-SAT call in its deterministic seconds."""
REPLAN_EFFORT = 2.0
"""The same where it may settle the sit-outs of a small event, and save looking for fewer."""
PEOPLE_AROUND, MOST_MISSES = 120, 5
"""People that get new partners around a pair without a round; misses in a row to give up after."""
PEOPLE_TO_LEVEL, MOST_TO_LEVEL, MISSES_TO_LEVEL = 40, 60, 10
"""People around one who sits out more than need be, times that this is looked at, and in vain."""
REPAIR_SIZES = (24,) * 10 + (40,) * 10
"""People in the neighbourhoods that are planned anew while somebody lacks a meeting."""
WORTH_A_FLOW = 50_000
"""In a large event, a bound less than one part in so many too high is left as it is."""
MOST_PEOPLE_TO_REPAIR = 30_000
"""Beyond, a neighbourhood takes seconds to cut out, and the few who lack a meeting keep lacking."""


def relaxed(run: Run, near: Integers) -> Relaxation:
    """Return the relaxation, once those unlisted pairs are written out that it should look at.

    Parameters
    ----------
    near
        Indices of pairs to begin with.
    """
    among = np.zeros(len(run.problem.a), dtype=np.bool_)
    among[near] = True
    relaxation = even_relaxation(run.problem, run.weight, run.watch, among)
    for turn in range(MOST_WIDENINGS if run.weight is run.problem.weight else 0):
        run.watch.again()
        wider = widened(run.problem, relaxation.prices, turn)
        if wider is run.problem:
            break
        run.widen(wider)
        relaxation = even_relaxation(run.problem, run.weight, run.watch)
    return relaxation


def even_relaxation(
    problem: Problem, weight: Integers, watch: Watch, among: Mask | None = None
) -> Relaxation:
    """Return the relaxation with sit-outs as even as one could wish, or else as can be."""
    ideal = relax(problem, weight, even_limits(problem), watch, among)
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
    possible = relax(problem, weight, limits.plus(held), watch, among)
    assert possible is not None  # the flow that gave the limits keeps them
    return possible


def selected(run: Run, relaxation: Relaxation) -> Selection:
    """Return pairs and trios that lose little against the relaxation."""
    problem = run.problem
    trios = _trios(run, relaxation)
    rest = replace(problem.after(trios), trios=False) if trios else problem
    weight = run.weight[problem.find(rest.a, rest.b)]
    beside = even_relaxation(rest, weight, run.watch) if trios else relaxation
    pairs = select(rest, weight, beside, run.watch.again)
    return Selection(
        pairs=problem.find(rest.a[pairs], rest.b[pairs]),
        triples=tuple(sorted(trio.members for trio in trios)),
    )


def _trios(run: Run, relaxation: Relaxation) -> tuple[Trio, ...]:
    """Return trios that leave every pin the round known to be possible."""
    held = run.problem.place_pins()
    weight = run.weight[run.problem.find(held.a, held.b)]
    return choose_trios(held, weight, relaxation, trio_rounds(held).tolist())


def may_choose_better(run: Run) -> bool:
    """Return whether looking for a better selection could help."""
    return not run.is_enough and run.problem.people <= MOST_PEOPLE_TO_CHOOSE_BETTER


def better_selection(
    run: Run, relaxation: Relaxation, selection: Selection, effort: float = SELECTION_EFFORT
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
        run.offer(scheduled(run, better))
    return better


def without_crowds(
    run: Run, relaxation: Relaxation, selection: Selection
) -> tuple[Relaxation, Selection]:
    """Return a relaxation that knows what fits into no plan, and the best selection under it."""
    for turn in range(MOST_TIGHTENINGS if run.problem.people <= MOST_PEOPLE_TO_TIGHTEN else 0):
        placed = run.best.value >= selection.value(run.problem, run.weight)
        if run.is_enough or not run.is_even or (turn and placed):
            break
        run.watch.report("Looking for crowds", 0.7)
        tighter = tightened(run.problem, run.weight, relaxation, selection, run.watch)
        if tighter is relaxation:
            break
        relaxation = tighter
        run.bounded(relaxation)
        start = _start(run, relaxation)
        selection = better_selection(run, relaxation, start, TIGHT_SELECTION_EFFORT)
        if selection is start:
            run.offer(scheduled(run, selection))
    return relaxation, selection


def relieve(run: Run, relaxation: Relaxation, selection: Selection) -> Selection:
    """Return a selection with other pairs around those of a large event that found no round."""
    lost = np.setdiff1d(selection.pairs, run.best.pairs)
    if run.problem.people <= MOST_PEOPLE_TO_TIGHTEN or run.problem.zones.seats or not len(lost):
        return selection
    run.watch.report("Choosing others around crowds", 0.55)
    better = selection
    for first in range(0, min(len(lost), MOST_TO_RELIEVE), RELIEVED_AT_ONCE):
        pairs = lost[first : first + RELIEVED_AT_ONCE]
        people = people_near(run.best, relaxation.prices, pairs, PEOPLE_TO_RELIEVE * len(pairs))
        better = relieved(run.problem, run.weight, relaxation, better, people)
    if better is not selection:
        run.offer(scheduled(run, better))
    return better


def _start(run: Run, relaxation: Relaxation) -> Selection:
    """Return a good selection that overfills no crowd."""
    whole = None
    if not len(odd_rounds(run.problem)):
        whole = whole_selection(run.problem, run.weight, relaxation)
    return whole or selection_of(run.best)


def scheduled(run: Run, selection: Selection) -> Draft:
    """Return the selection with a round for each meeting that finds one."""
    problem, weight = run.problem, run.weight
    held = problem.place_pins()
    trios = seat_triples(held, selection.triples, odd_rounds(held).tolist())
    rest = replace(problem.after(trios), trios=False) if trios else problem
    a, b = problem.a[selection.pairs], problem.b[selection.pairs]
    pairs = rest.find(a, b)
    if len(pairs) <= MANY_PAIRS:
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


def repair(run: Run, relaxation: Relaxation) -> None:
    """Plan small neighbourhoods anew while somebody has fewer meetings than they could."""
    random = Random(run.problem.seed)  # noqa: S311 - repeatable, not secret
    misses = 0
    for size in REPAIR_SIZES if run.problem.people <= MOST_PEOPLE_TO_REPAIR else ():
        short = np.flatnonzero(run.best.meetings < relaxation.limits.low)
        seats = int(run.best.meetings.sum())
        if not len(short) and seats >= relaxation.limits.least:
            return
        people = _around(run.best, relaxation, size, random)
        before = run.best
        run.offer(reschedule(before, people, NONE, REPAIR_EFFORT, run.watch).draft)
        misses = misses + 1 if run.best is before else 0
        if misses >= MOST_MISSES and 2 * size >= run.problem.people:
            return  # the next ones would hardly be others


def level(run: Run, relaxation: Relaxation) -> None:
    """Plan the people around whoever sits out most anew, while sit-outs could be more even."""
    problem, misses = run.problem, set[int]()
    for _ in range(MOST_TO_LEVEL if problem.people <= MOST_PEOPLE_TO_REPAIR else 0):
        before, meetings = run.best, run.best.meetings
        if len(misses) == MISSES_TO_LEVEL or run.is_settled or not run.is_even:
            return
        if not unevenness(problem, relaxation.limits, meetings):
            return
        sit_outs = problem.whole - meetings
        often = np.flatnonzero((meetings < relaxation.limits.high) & (sit_outs > 1))
        often = np.setdiff1d(often, sorted(misses))
        if not len(often):
            return
        person = int(often[np.argmax(sit_outs[often])])
        people = _permitted_around(problem, person, PEOPLE_TO_LEVEL)
        run.offer(reschedule(before, people, NONE, REPAIR_EFFORT, run.watch).draft)
        if run.best.rank[:-1] == before.rank[:-1]:
            misses.add(person)


def _permitted_around(problem: Problem, person: int, size: int) -> Integers:
    """Return a person, their permitted partners, those of these, and so on, ascending."""
    near = np.zeros(problem.people, dtype=np.bool_)
    near[person] = True
    new = np.array([person])
    while len(new) and near.sum() < size:
        a, b = near[problem.a], near[problem.b]
        new = np.union1d(problem.b[a & ~b], problem.a[b & ~a])[: size - int(near.sum())]
        near[new] = True
    return np.flatnonzero(near)


def improve_locally(run: Run, relaxation: Relaxation, selection: Selection) -> None:
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


def prove(run: Run, relaxation: Relaxation) -> None:
    """Let CP-SAT look at who meets and when at once, where that is small enough."""
    draft, bound = best_timetable(
        run.best, relaxation, run.bound, LARGEST_EXACT_MODEL, PROOF_EFFORT, run.watch
    )
    run.offer(draft)
    run.lower(bound)


def replanned(run: Run) -> bool:
    """Let CP-SAT plan a small event whose sit-outs are not as few and even as one could wish.

    Return whether that settles the sit-outs, because they are proved to be the best.
    """
    odd = odd_rounds(run.problem)
    if run.is_most_even or size_of_model(run.problem, odd) > LARGEST_EXACT_MODEL:
        return run.is_even
    everyone = np.arange(run.problem.people)
    answer = reschedule(run.best, everyone, odd, REPLAN_EFFORT, run.watch)
    run.offer(answer.draft)
    if answer.proved:
        run.lower(run.best.value)
    run.is_settled = answer.settled
    return run.is_settled


def as_reached(run: Run, even: Relaxation) -> Relaxation:
    """Return the relaxation of plans with sit-outs as few and even as the best one's.

    Parameters
    ----------
    even
        The relaxation for sit-outs as few and even as one could wish.
    """
    reached = reached_limits(run.problem, run.best.meetings)
    if run.is_settled:
        reached = replace(reached, most=reached.least)
    if run.problem.people > MOST_PEOPLE_TO_CHOOSE_BETTER:
        known = even.under(reached)
        if (known.bound - even.bound) * WORTH_A_FLOW <= even.bound:
            return known
    relaxation = relax(run.problem, run.weight, reached, run.watch)
    assert relaxation is not None  # the best draft keeps these limits
    return relaxation
