"""Better meetings around a pair that found no round: CP-SAT over some hundred people.

Absences, trios and tables can keep a chosen pair out of every round, and what fills the gap is
worth less. Then the people around it get new partners and new rounds at once, with sit-outs as few
and even as before, while everybody further away keeps theirs. Only pairs near their price are
looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from ortools.sat.python import cp_model

from matcher.plan.bound.flow import Prices
from matcher.plan.bound.relaxation import Integers
from matcher.plan.cpsat import run_solver
from matcher.plan.draft import Draft
from matcher.plan.watch import Watch
from matcher.rules.rule import Mask

__all__ = ["improve_around", "people_near"]

NEAR_PAIRS_PER_PERSON = 2
"""Pairs, nearest to their price, along which a neighbourhood grows besides the meetings."""
PAIRS_PER_PERSON = 8
"""Pairs that are looked at, for each person of a neighbourhood."""


def improve_around(
    draft: Draft, prices: Prices, pair: int, size: int, effort: float, watch: Watch
) -> Draft:
    """Return a draft that is no worse, with other meetings among the people around a pair.

    Parameters
    ----------
    prices
        Of the relaxation; they say which pairs are worth looking at.
    pair
        Index of the problem's pair.
    size
        About how many people to plan anew.
    effort
        Limit in CP-SAT's deterministic seconds.
    """
    people = people_near(draft, prices, np.array([pair]), size)
    model = _Neighbourhood(draft, prices, people)
    found = model.solve(effort, watch)
    return max(draft, found, key=lambda each: each.rank)


def people_near(draft: Draft, prices: Prices, pairs: Integers, size: int) -> Mask:
    """Return (people,): those of some pairs, whom they meet or could well meet, and so on.

    Parameters
    ----------
    size
        About how many people there shall be.
    """
    problem = draft.problem
    cost = np.abs(prices.reduced(problem.a, problem.b, draft.weight))
    most = min(NEAR_PAIRS_PER_PERSON * problem.people, len(cost)) - 1
    linked = np.union1d(np.flatnonzero(cost <= np.partition(cost, most)[most]), draft.pairs)
    a, b = problem.a[linked], problem.b[linked]
    people = np.zeros(problem.people, dtype=np.bool_)
    people[problem.a[pairs]] = people[problem.b[pairs]] = True
    while (count := int(people.sum())) < size:
        beyond = np.union1d(b[people[a] & ~people[b]], a[people[b] & ~people[a]])
        if not len(beyond):
            break
        people[beyond[: size - count]] = True
    return people


class _Neighbourhood:
    """Variables and conditions for the meetings among some people."""

    def __init__(self, draft: Draft, prices: Prices, people: Mask) -> None:
        problem = draft.problem
        self.draft, self.problem, self.prices = draft, problem, prices
        self.inside = people[problem.a[draft.pairs]] & people[problem.b[draft.pairs]]
        self.kept = draft.only(~self.inside)
        self.pairs = self._candidates(prices, people)
        self.worth = prices.reduced(
            problem.a[self.pairs], problem.b[self.pairs], draft.weight[self.pairs]
        ).tolist()
        self.model = cp_model.CpModel()
        self.choices = self._choices()
        self._conditions(np.flatnonzero(people))

    def _candidates(self, prices: Prices, people: Mask) -> Integers:
        """Return pairs of these people that are near their price, with those that meet now."""
        problem = self.problem
        open_ = people[problem.a] & people[problem.b] & ~self.kept.met
        pairs = np.flatnonzero(open_)
        worth = prices.reduced(problem.a[pairs], problem.b[pairs], self.draft.weight[pairs])
        best = np.argsort(-worth, kind="stable")[: PAIRS_PER_PERSON * int(people.sum())]
        return np.union1d(pairs[best], self.draft.pairs[self.inside])

    def _choices(self) -> list[tuple[int, int, cp_model.IntVar]]:
        """Return (place among the pairs, round, Boolean) for everything possible."""
        problem = self.problem
        a, b = problem.a[self.pairs], problem.b[self.pairs]
        free = ~self.kept.busy
        possible = problem.allowed(a, b) & free[a] & free[b]
        return [
            (int(at), int(number), self.model.new_bool_var(""))
            for at, number in zip(*possible.nonzero(), strict=True)
        ]

    def _conditions(self, people: Integers) -> None:
        problem = self.problem
        a, b = problem.a[self.pairs].tolist(), problem.b[self.pairs].tolist()
        seat: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        once: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        own: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for at, number, variable in self.choices:
            once[at].append(variable)
            for person in (a[at], b[at]):
                seat[person, number].append(variable)
                own[person].append(variable)
        for group in (*seat.values(), *once.values()):
            self.model.add_at_most_one(group)
        self._share_sit_outs(people, own)
        for at in np.flatnonzero(problem.pinned[self.pairs]).tolist():
            self.model.add_bool_or(once[at])
        members = [((a[at], b[at]), number) for at, number, _ in self.choices]
        room = self.kept.room
        for (zone, number), found in problem.zones.group(members).items():
            self.model.add(sum(self.choices[i][2] for i in found) <= int(room[zone, number]))

    def _share_sit_outs(self, people: Integers, own: Mapping[int, list[cp_model.IntVar]]) -> None:
        """Keep everybody's number of meetings, but for exchanges that leave sit-outs as even.

        Whoever has most sit-outs, or one less, may take one from another such person.
        """
        problem, now, kept = self.problem, self.draft.meetings, self.kept.meetings
        worst = int((problem.whole - now).max())
        fewest, most = problem.whole - worst, np.minimum(problem.whole - worst + 1, problem.most)
        may_change = (now <= most) & ((fewest >= problem.fewest) | (now < problem.fewest))
        counts = []
        for person in people.tolist():
            if worst == 0 or not may_change[person]:
                self.model.add(sum(own[person]) == int(now[person] - kept[person]))
                continue
            least = max(0, int(fewest[person] - kept[person]))
            count = self.model.new_int_var(least, max(least, int(most[person] - kept[person])), "")
            self.model.add(sum(own[person]) == count)
            counts.append((count, person))
        self.model.add(
            sum(count for count, _ in counts) == sum(int(now[i] - kept[i]) for _, i in counts)
        )
        self.shared = sum(int(self.prices.person[person]) * count for count, person in counts)

    def solve(self, effort: float, watch: Watch) -> Draft:
        """Return the best draft found, the old one if none was."""
        self._hint()
        worth = sum(self.worth[at] * variable for at, _, variable in self.choices)
        self.model.maximize(worth + self.shared)
        result = run_solver(self.model, effort, self.problem.seed, watch)
        if not result.found:
            return self.draft
        values = result.values([variable for _, _, variable in self.choices])
        taken = [choice for choice, value in zip(self.choices, values, strict=True) if value]
        pairs = np.array([self.pairs[at] for at, _, _ in taken], dtype=np.int64)
        return self.kept.plus(pairs, np.array([number for _, number, _ in taken], dtype=np.int64))

    def _hint(self) -> None:
        pairs, rounds = self.draft.pairs[self.inside], self.draft.rounds[self.inside]
        held = set(zip(pairs.tolist(), rounds.tolist(), strict=True))
        for at, number, variable in self.choices:
            self.model.add_hint(variable, (int(self.pairs[at]), number) in held)
