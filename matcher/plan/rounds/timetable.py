"""Who meets and when in one model, for when the best selection does not fit into the rounds.

The selection model with a Boolean for each of its pairs and trios in each round. Small graphs
exist whose best selection cannot be given rounds; here CP-SAT looks at selection and rounds at
once, still only at what is within reach of the bound.
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from operator import itemgetter

import numpy as np
from ortools.sat.python import cp_model

from matcher.plan.bound.aims import odd_rounds
from matcher.plan.bound.relaxation import Integers, Relaxation
from matcher.plan.cpsat import run_solver
from matcher.plan.draft import Draft
from matcher.plan.problem import Trio
from matcher.plan.select.integral import Selection, SelectionModel, widest_reach
from matcher.plan.watch import Watch

__all__ = ["best_timetable", "selection_of"]

SMALL_MODEL, TIMES_EFFORT = 2_000, 10
"""Booleans up to which a model is worth so many times the effort: it is mostly solved then."""
SHARES_OF_GAP = (0.1, 0.3, 1.0)
"""How far below the bound each step looks, as a share of the way down to the best draft."""


def selection_of(draft: Draft) -> Selection:
    """Return who meets in a draft, without the rounds."""
    return Selection(
        pairs=np.sort(draft.pairs), triples=tuple(sorted(trio.members for trio in draft.trios))
    )


def best_timetable(
    draft: Draft, relaxation: Relaxation, bound: int, largest: int, effort: float, watch: Watch
) -> tuple[Draft, int]:
    """Return a draft at least as good, and a bound on every one within the relaxation's limits.

    Parameters
    ----------
    draft
        A schedule within the limits.
    relaxation
        Of the draft's problem and weight.
    bound
        The best bound known, at most the relaxation's.
    largest
        Booleans in a model that is still tried.
    effort
        Limit of each step in CP-SAT's deterministic seconds, for other than small models.

    Notes
    -----
    The reach grows: plans close to the bound first, in a model so small that they are soon found
    or excluded; the better of them narrows what the next model has to look at.
    """
    odd = odd_rounds(draft.problem)
    widest = widest_reach(draft.problem, relaxation, with_trios=len(odd) > 0)
    for share in SHARES_OF_GAP:
        lost = relaxation.bound - bound
        reach = lost + math.ceil((bound - draft.value) * share)
        if draft.value == bound or reach > widest:
            break
        model = _Timed(draft, relaxation, odd, reach)
        if model.size(odd) > largest:
            break
        model.add_rounds(odd)
        times = TIMES_EFFORT if model.size(odd) <= SMALL_MODEL else 1
        result = run_solver(model.model, times * effort, draft.problem.seed, watch)
        if model.is_complete:  # what is out of reach is worth less than the reach leaves
            bound = min(bound, max(model.limit(result), relaxation.bound - reach, draft.value))
        if result.found:
            before, found = draft, model.draft(result.values(model.timed))
            draft = max(draft, found, key=lambda each: each.rank)
            if draft is before and not result.proved:
                break  # further away it is harder still
    return draft, bound


class _Timed(SelectionModel):
    """The selection model, to which rounds can be added."""

    def __init__(self, draft: Draft, relaxation: Relaxation, odd: Integers, reach: int) -> None:
        start = selection_of(draft)
        super().__init__(draft.problem, draft.weight, relaxation, start, len(odd), reach)
        self.before = draft
        self.pairs = np.concatenate([self.open, self.fixed])
        self.triple_place: dict[tuple[int, ...], int] = {
            people: i for i, people in enumerate(self.triples, start=1)
        }

    def size(self, odd: Integers) -> int:
        """Return the number of Booleans that rounds will need, roughly."""
        return len(self.pairs) * self.problem.rounds + len(self.triples) * len(odd)

    def add_rounds(self, odd: Integers) -> None:
        """Give every pair and trio a Boolean a round, and the rounds their conditions."""
        self.pair_at = self._pair_rounds()
        self.trio_at = self._trio_rounds(odd)
        self.timed = [
            self.model.new_bool_var("") for _ in range(len(self.pair_at) + len(self.trio_at))
        ]
        self._link()
        self._one_place_at_a_time()
        if self.problem.rounds_are_alike:
            self._order_rounds(odd)
        self._hint_rounds()

    def _pair_rounds(self) -> list[tuple[int, int]]:
        """Return (place among `pairs`, round) for everything possible."""
        problem = self.problem
        possible = problem.allowed(problem.a[self.pairs], problem.b[self.pairs])
        return [(int(i), int(r)) for i, r in zip(*possible.nonzero(), strict=True)]

    def _trio_rounds(self, odd: Integers) -> list[tuple[int, int]]:
        """Return (place among `triples`, round) for everything possible."""
        i, j, k = np.array(self.triples, dtype=np.int64).reshape(-1, 3).T
        allowed = self.problem.allowed
        possible = allowed(i, j) & allowed(i, k) & allowed(j, k)
        at, rounds = np.nonzero(possible[:, odd])
        return list(zip(at.tolist(), odd[rounds].tolist(), strict=True))

    def _link(self) -> None:
        """Let each pair or trio that is chosen have one round, and no other any."""
        rounds: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for at, variable in zip(self._timed_places(), self.timed, strict=True):
            rounds[at].append(variable)
        for at, chosen in enumerate(self.pair_variables):
            self.model.add(sum(rounds[at]) == chosen)
        for at in range(len(self.open), len(self.pairs)):
            self.model.add_exactly_one(rounds[at])
        for at, chosen in enumerate(self.triple_variables, start=len(self.pairs)):
            self.model.add(sum(rounds[at]) == chosen)

    def _timed_places(self) -> list[int]:
        return [i for i, _ in self.pair_at] + [len(self.pairs) + i for i, _ in self.trio_at]

    def _members(self) -> list[tuple[tuple[int, ...], int]]:
        """Return people and round of each timed Boolean."""
        a, b = self.problem.a[self.pairs].tolist(), self.problem.b[self.pairs].tolist()
        pairs = [((a[i], b[i]), r) for i, r in self.pair_at]
        return [*pairs, *((self.triples[i], r) for i, r in self.trio_at)]

    def _one_place_at_a_time(self) -> None:
        seat: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        trio: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        meetings = self._members()
        for (people, number), variable in zip(meetings, self.timed, strict=True):
            if len(people) == 3:
                trio[number].append(variable)
            for person in people:
                seat[person, number].append(variable)
        for group in (*seat.values(), *trio.values()):
            self.model.add_at_most_one(group)
        for (zone, number), found in self.problem.zones.group(meetings).items():
            room = int(self.problem.room[zone, number])
            self.model.add(sum(self.timed[i] for i in found) <= room)

    def _order_rounds(self, odd: Integers) -> None:
        """Look at only one of the orders of rounds: by the trios, or by whom person 0 meets."""
        key: list[list[cp_model.LinearExprT]] = [[] for _ in range(self.problem.rounds)]
        for (people, number), variable in zip(self._members(), self.timed, strict=True):
            key[number].append(self._place(people, odd) * variable)
        for earlier, later in pairwise(key):
            self.model.add(sum(earlier) <= sum(later))

    def _place(self, people: tuple[int, ...], odd: Integers) -> int:
        """Return where in the order of rounds the round of this meeting belongs, 0 for anywhere."""
        if len(odd):
            return (
                1 + self.triples.index((people[0], people[1], people[2])) if len(people) == 3 else 0
            )
        return people[1] if people[0] == 0 else 0

    def _hint_rounds(self) -> None:
        held = self._before(self._new_numbers())
        for members, variable in zip(self._members(), self.timed, strict=True):
            self.model.add_hint(variable, members in held)

    def _new_numbers(self) -> dict[int, int]:
        """Return the rounds of the draft in the order in which the model looks at them."""
        rounds = range(self.problem.rounds)
        if not self.problem.rounds_are_alike:
            return {number: number for number in rounds}
        odd = odd_rounds(self.problem)
        key = dict.fromkeys(rounds, 0)
        for people, number in self._before({number: number for number in rounds}):
            if people in self.triple_place or len(people) == 2:
                key[number] += self._place(people, odd)
        return {old: new for new, old in enumerate(sorted(rounds, key=key.__getitem__))}

    def _before(self, numbers: dict[int, int]) -> set[tuple[tuple[int, ...], int]]:
        """Return the meetings of the draft as people and renumbered round."""
        draft = self.before
        a, b = self.problem.a[draft.pairs].tolist(), self.problem.b[draft.pairs].tolist()
        pairs = zip(a, b, draft.rounds.tolist(), strict=True)
        found: set[tuple[tuple[int, ...], int]] = {((i, j), numbers[r]) for i, j, r in pairs}
        return found | {(trio.members, numbers[trio.round]) for trio in draft.trios}

    def draft(self, values: list[bool]) -> Draft:
        """Return the schedule that these values of `timed` mean."""
        taken = [i for i, value in enumerate(values) if value]
        split = len(self.pair_at)
        pairs = np.array([self.pair_at[i] for i in taken if i < split], dtype=np.int64)
        trios = sorted((self.trio_at[i - split] for i in taken if i >= split), key=itemgetter(1))
        at, rounds = pairs.reshape(-1, 2).T
        return Draft(
            problem=self.problem,
            weight=self.weight,
            pairs=self.pairs[at],
            rounds=rounds,
            trios=tuple(
                sorted(
                    (Trio(round=r, members=self.triples[i]) for i, r in trios),
                    key=lambda t: t.round,
                )
            ),
        ).in_order()
