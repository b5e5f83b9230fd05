"""Pins and frozen rounds first: whether all of them can hold, and what is left to plan then.

Everything else may stay empty, so only the meetings that pins and frozen rounds ask for matter, and
whether they can be held is a small question for CP-SAT. If they can, frozen meetings and pins in a
round are taken out of the problem, and the other pins get rounds in which all can be held. If not,
the solver names some requirements that cannot hold together, and leaving out one after the other
ends with a set of which none can be spared (a deletion filter: Chinneck, Dravnieks 1991).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType

import numpy as np

from matcher.affinity.table import Affinities
from matcher.errors import NoPlan
from matcher.phrase import phrase
from matcher.plan.cpsat import SolverRun
from matcher.plan.narrow import narrow, write_out
from matcher.plan.problem import Fixed, Problem
from matcher.plan.watch import Watch
from matcher.rules import Rule
from matcher.settings import Settings

from .conflict import Conflict, Infeasible
from .requirements import Choice, Settling

__all__ = ["find_conflict", "settle"]

EFFORT, FILTER_EFFORT = 5.0, 0.5
"""Limits of the first decision, and of each later one, in CP-SAT's deterministic seconds."""


def settle(
    problem: Problem,
    affinities: Affinities,
    rules: Sequence[Rule],
    names: Mapping[str, str],
    watch: Watch,
) -> Problem:
    """Return what is left to plan beside frozen rounds and pins; the same if there are none.

    Parameters
    ----------
    problem
        As narrowed by these rules.
    names
        How to call people; ids stand for those it does not have.

    Raises
    ------
    Infeasible
        If they cannot all hold.
    NoPlan
        If that could not be decided within the effort.
    """
    if not any(each.pins or each.frozen_rounds for each in problem.restrictions):
        return problem
    watch.report("Settling pins and frozen rounds", 0.0)
    model = Settling(problem, affinities, rules, names)
    answer = model.decide(range(len(model.requirements)), EFFORT, watch)
    if answer.impossible:
        raise Infeasible(_conflict(model, answer, watch))
    if not answer.found:
        raise NoPlan(
            phrase(
                "Not decided in time whether all pins and frozen rounds can hold. Drop some pins, "
                "or give them rounds, and plan again."
            )
        )
    return _peeled(problem, affinities, model, model.held(answer))


def find_conflict(
    ids: Sequence[str],
    settings: Settings,
    rules: Sequence[Rule],
    names: Mapping[str, str] = MappingProxyType({}),
) -> Conflict | None:
    """Return pins, frozen rounds and rules that no plan can keep together, before any is made.

    Parameters
    ----------
    ids
        Everybody, sorted.
    names
        How to call people; ids stand for those it does not have.

    Returns
    -------
    Conflict or None
        None if all can hold, or if a short look does not decide it; `settle` looks longer.

    Notes
    -----
    Only people of pins and frozen meetings matter, so it takes as long in a large event as in a
    small one. Every pair is taken as permitted that the rules do not forbid.
    """
    bound = [rule.restrict(ids, settings.rounds) for rule in rules]
    asked = {i for each in bound for pin in each.pins for i in (pin.a, pin.b)}
    asked |= {i for each in bound for meeting in each.frozen for i in meeting.members}
    if not asked:
        return None
    none = np.zeros(0, dtype=np.int32)
    few = Affinities(
        ids=tuple(ids[i] for i in sorted(asked)),
        a=none,
        b=none,
        value=none.astype(np.int64),
        others=0,
    )
    watch = Watch()
    model = Settling(narrow(few, settings, rules), few, rules, names)
    answer = model.decide(range(len(model.requirements)), FILTER_EFFORT, watch)
    return _conflict(model, answer, watch) if answer.impossible else None


def _peeled(
    problem: Problem, affinities: Affinities, model: Settling, held: Sequence[Choice]
) -> Problem:
    timed = {((pin.a, pin.b), pin.round) for pin in model.pins if pin.round is not None}
    fixed = [each for each in held if each.table or (each.members, each.round) in timed]
    free = sorted((*each.members, each.round) for each in held if each not in fixed)
    a, b, rounds = np.array(free, dtype=np.int64).reshape(-1, 3).T
    problem = write_out(problem, a, b)
    settled = tuple(
        Fixed(
            round=each.round,
            members=each.members,
            table=each.table,
            value=_value(problem, affinities, each.members),
        )
        for each in fixed
    )
    problem = replace(problem, pins=problem.key(a, b), pin_rounds=rounds, fixed=settled)
    return problem.after(settled).freeze(model.frozen_rounds)


def _value(problem: Problem, affinities: Affinities, members: Sequence[int]) -> int:
    """Return what a meeting is worth in half-units."""
    a, b = np.array(list(combinations(members, 2)), dtype=np.int32).T
    if len(members) == 2:
        return 2 * int(affinities.of(a, b).sum())
    return int(affinities.of(a, b)[~problem.kept_apart(a, b)].sum())


def _conflict(model: Settling, answer: SolverRun, watch: Watch) -> Conflict:
    """Return requirements in conflict; rules are left out first, then pins, then frozen rounds."""
    left, irreducible = model.core(answer), True
    for at in sorted(left, reverse=True):
        if at not in left:
            continue
        without = model.decide([each for each in left if each != at], FILTER_EFFORT, watch)
        if without.impossible:
            left = model.core(without)
        elif not without.found:
            irreducible = False
    return Conflict(
        rounds=model.rounds,
        requirements=tuple(model.requirements[at] for at in left),
        irreducible=irreducible,
    )
