"""CP-SAT over pairs and rounds: proof for a small event, repair of a few people in a large one.

One Boolean per pair and round (and per trio and round where trios may move), each person at most
once a round, each pair at most once. All effort is counted in the solver's deterministic time, on
one worker, so that the same input gives the same answer on every run.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from ortools.sat.python import cp_model

from matcher.plan.bound.relaxation import Integers
from matcher.plan.cpsat import SolverRun, run_solver
from matcher.plan.draft import Draft
from matcher.plan.problem import Problem, Trio
from matcher.plan.watch import Watch
from matcher.rules.rule import Mask

__all__ = ["Answer", "reschedule", "size_of_model"]


MOST_PEOPLE_TO_COUNT = 100
"""People up to whom trios are counted, and any three are looked at."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What CP-SAT made of a draft.

    Parameters
    ----------
    draft
        At least as good as the one it was given.
    settled
        Whether no schedule of these people has fewer or more even sit-outs.
    proved
        Whether none is better by the whole order of aims.
    """

    draft: Draft
    settled: bool = False
    proved: bool = False


def size_of_model(problem: Problem, trio_rounds: Integers) -> int:
    """Return the number of Booleans of a model of the whole problem, or more."""
    triples = _most_triples(problem) if len(trio_rounds) else 0
    return len(problem.a) * problem.rounds + triples * len(trio_rounds)


def _most_triples(problem: Problem) -> int:
    """Return how many trios of permitted pairs there are, or more."""
    n = problem.people
    if n > MOST_PEOPLE_TO_COUNT:
        return n * (n - 1) * (n - 2) // 6
    linked = np.zeros((n, n), dtype=np.int64)
    linked[problem.a, problem.b] = linked[problem.b, problem.a] = 1
    degree = linked.sum(axis=1)
    shared = int((degree * (degree - 1)).sum()) // 2 if problem.shares else 0
    return int(np.trace(linked @ linked @ linked)) // 6 + shared


def reschedule(
    draft: Draft, people: Integers, trio_rounds: Integers, effort: float, watch: Watch
) -> Answer:
    """Plan the meetings among some people anew; everything else stays as it is.

    Parameters
    ----------
    draft
        The schedule to improve; it is the solver's first hint.
    people
        Indices of those whose meetings with each other may change, ascending.
    trio_rounds
        Rounds in which their trios may change; empty to keep all trios.
    effort
        Limit for each of two solver calls, in CP-SAT's deterministic seconds.
    watch
        May stop the solver; the exception passes through.

    Notes
    -----
    The sit-outs come first, in a model of their own; what it reaches is a condition of the second,
    which maximizes the weight.
    """
    model = _Model(draft, people, trio_rounds)
    first = model.solve(model.sit_out_cost(), effort, watch)
    if first is None:
        return Answer(draft=draft)
    model.hold_sit_outs(first.value)
    model.hint(first.values(model.variables))
    second = model.solve(-model.weight(), effort, watch)
    best = second or first
    found = model.draft(best.values(model.variables))
    if found.rank < draft.rank:
        return Answer(draft=draft)
    proved = first.proved and second is not None and second.proved
    return Answer(draft=found, settled=first.proved, proved=proved)


class _Model:
    """Variables, conditions and the two objectives of one neighbourhood."""

    def __init__(self, draft: Draft, people: Integers, trio_rounds: Integers) -> None:
        self.before, self.people = draft, people
        self.problem: Problem = draft.problem
        self.model = cp_model.CpModel()
        self._split(set(people.tolist()), set(trio_rounds.tolist()))
        self.pairs, self.pair_rounds = self._open_pairs()
        self.trios = self._open_trios(trio_rounds)
        count = len(self.pairs) + len(self.trios)
        self.variables = [self.model.new_bool_var("") for _ in range(count)]
        self._add_conditions()
        self.new_number = self._order_rounds()
        self.sit_outs = self._add_sit_outs()
        self.hint(self._as_before())

    def _split(self, people: set[int], trio_rounds: set[int]) -> None:
        """Set aside what stays: meetings with anybody else, and trios in other rounds."""
        inside = np.isin(self.problem.a, self.people) & np.isin(self.problem.b, self.people)
        moving = inside[self.before.pairs]
        free = [t for t in self.before.trios if self._moves(t, people, trio_rounds)]
        self.kept = Draft(
            problem=self.problem,
            weight=self.before.weight,
            pairs=self.before.pairs[~moving],
            rounds=self.before.rounds[~moving],
            trios=tuple(t for t in self.before.trios if t not in free),
        )
        self.free: Mask = self.problem.present & ~self.kept.busy
        self.candidates = np.flatnonzero(inside & ~self.kept.met)

    @staticmethod
    def _moves(trio: Trio, people: set[int], trio_rounds: set[int]) -> bool:
        return trio.round in trio_rounds and people.issuperset(trio.members)

    def _open_pairs(self) -> tuple[Integers, Integers]:
        a, b = self.problem.a[self.candidates], self.problem.b[self.candidates]
        open_ = self.problem.allowed(a, b) & self.free[a] & self.free[b]
        at, rounds = np.nonzero(open_)
        return self.candidates[at], rounds

    def _open_trios(self, trio_rounds: Integers) -> list[tuple[Trio, int]]:
        """Return every trio that could be, with what it is worth in half-units."""
        taken = {trio.round for trio in self.kept.trios}
        rounds = [r for r in trio_rounds.tolist() if r not in taken]
        if not rounds:
            return []
        free = self.candidates[~self.problem.pinned[self.candidates]]
        triples = np.array(list(combinations(self.people.tolist(), 3)), dtype=np.int64)
        inside = self.problem.inside(triples)
        i, j, k = triples.reshape(-1, 3).T
        allowed, share = self.problem.allowed, self.problem.share
        met = np.isin(inside, free)
        apart = np.stack([share(i, j), share(i, k), share(j, k)], axis=1)
        fits = (met | apart).all(axis=1) & (met.sum(axis=1) >= 2)
        possible = allowed(i, j) & allowed(i, k) & allowed(j, k)
        possible &= self.free[i] & self.free[j] & self.free[k] & fits[:, np.newaxis]
        worth = np.where(inside < 0, 0, self.before.weight[inside]).sum(axis=1).tolist()
        return [
            (Trio(round=number, members=(a, b, c)), worth[at])
            for at, (a, b, c) in enumerate(triples.tolist())
            for number in rounds
            if possible[at, number]
        ]

    def _add_conditions(self) -> None:
        seat: dict[tuple[int, int], list[int]] = defaultdict(list)
        pair: dict[tuple[int, ...], list[int]] = defaultdict(list)
        trio: dict[int, list[int]] = defaultdict(list)
        meetings = self._members()
        for v, (members, r) in enumerate(meetings):
            for person in members:
                seat[person, r].append(v)
            for two in combinations(members, 2):
                pair[two].append(v)
        for v, (three, _) in enumerate(self.trios, start=len(self.pairs)):
            trio[three.round].append(v)
        for group in (seat, pair, trio):
            for alike in group.values():
                self.model.add_at_most_one(self.variables[v] for v in alike)
        for p in self.candidates[self.problem.pinned[self.candidates]].tolist():
            ends = int(self.problem.a[p]), int(self.problem.b[p])
            self.model.add_bool_or(self.variables[v] for v in pair[ends])
        room = self.kept.room
        for (zone, number), found in self.problem.zones.group(meetings).items():
            self.model.add(sum(self.variables[v] for v in found) <= int(room[zone, number]))
        self.seat = seat

    def _order_rounds(self) -> list[int]:
        """Look at only one of the orders of rounds, where these are alike and all of them is open.

        Return the number of each round of the draft in it. Rounds go by whom the person meets who
        could meet most people; the round of a trio with them comes after those of their pairs.
        """
        rounds = range(self.problem.rounds)
        if len(self.kept.pairs) or self.kept.trios or not self.problem.rounds_are_alike:
            return list(rounds)
        somebody = int(np.argmax(self.problem.partners))
        tables = sorted({members for members, _ in self._members() if somebody in members})
        place = {members: at for at, members in enumerate(tables, start=1)}
        key: list[list[cp_model.LinearExprT]] = [[] for _ in rounds]
        for (members, number), variable in zip(self._members(), self.variables, strict=True):
            if members in place:
                key[number].append(place[members] * variable)
        for earlier, later in pairwise(key):
            self.model.add(sum(earlier) <= sum(later))
        held = {
            number: place[members] for members, number in self.before.members if members in place
        }
        order = sorted(rounds, key=lambda number: held.get(number, 0))
        return [order.index(number) for number in rounds]

    def _members(self) -> list[tuple[tuple[int, ...], int]]:
        """Return people and round of each variable."""
        a, b = self.problem.a[self.pairs].tolist(), self.problem.b[self.pairs].tolist()
        pairs = zip(zip(a, b, strict=True), self.pair_rounds.tolist(), strict=True)
        return [*pairs, *((trio.members, trio.round) for trio, _ in self.trios)]

    def _add_sit_outs(self) -> dict[int, list[cp_model.IntVar]]:
        """Add Booleans "this person has at least k sit-outs" for k = 1, 2, and so on."""
        rest = (self.problem.most - self.kept.meetings).tolist()
        result = {}
        for person in self.people.tolist():
            mine = [v for r in range(self.problem.rounds) for v in self.seat.get((person, r), ())]
            steps = [self.model.new_bool_var("") for _ in range(rest[person])]
            self.model.add(sum(self.variables[v] for v in mine) + sum(steps) == rest[person])
            for less, more in pairwise(steps):
                self.model.add_implication(more, less)
            result[person] = steps
        return result

    def sit_out_cost(self) -> cp_model.LinearExprT:
        """Return the aim before the weight as one number.

        How many sit-outs, how many below a minimum, the most of anybody, the squares.
        """
        owed = self.problem.owed.tolist()
        spare = (self.problem.most - self.problem.fewest).tolist()
        squares = sum(
            (2 * (owed[person] + k) + 1) * step
            for person, steps in self.sit_outs.items()
            for k, step in enumerate(steps)
        )
        number = sum(step for steps in self.sit_outs.values() for step in steps)
        below = sum(
            step
            for person, steps in self.sit_outs.items()
            for step in steps[max(0, spare[person]) :]
        )
        worst = self.model.new_int_var(0, self.problem.rounds, "")
        for person, steps in self.sit_outs.items():
            self.model.add(worst >= sum(steps) + owed[person])
        rounds = self.problem.rounds + 1
        most_squares = len(self.people) * self.problem.rounds**2 + 1
        most_below = int(self.problem.fewest.sum()) + 1
        aims = worst + rounds * (below + most_below * number)
        cost: cp_model.LinearExprT = squares + most_squares * aims
        self.cost = cost
        return cost

    def hold_sit_outs(self, cost: int) -> None:
        """Make what the first aim reached a condition."""
        self.model.add(self.cost <= cost)

    def weight(self) -> cp_model.LinearExprT:
        """Return the second aim, in half-units."""
        weight = self.before.weight
        values = (2 * weight[self.pairs]).tolist()
        values += [worth for _, worth in self.trios]
        return cp_model.LinearExpr.weighted_sum(self.variables, values)

    def _as_before(self) -> list[bool]:
        held = {(members, self.new_number[number]) for members, number in self.before.members}
        return [each in held for each in self._members()]

    def hint(self, chosen: list[bool]) -> None:
        """Suggest a solution to start from."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in zip(self.variables, chosen, strict=True):
            self.model.add_hint(variable, value)

    def solve(self, cost: cp_model.LinearExprT, effort: float, watch: Watch) -> SolverRun | None:
        """Return the cheapest choice found within the effort; None when none was found."""
        self.model.minimize(cost)
        result = run_solver(self.model, effort, self.problem.seed, watch)
        return result if result.found else None

    def draft(self, chosen: list[bool]) -> Draft:
        """Return the whole schedule with this choice in place of the old one."""
        at = np.flatnonzero(np.array(chosen[: len(self.pairs)], dtype=np.bool_))
        trios = [t for t, v in zip(self.trios, chosen[len(self.pairs) :], strict=True) if v]
        return Draft(
            problem=self.problem,
            weight=self.before.weight,
            pairs=np.concatenate([self.kept.pairs, self.pairs[at]]),
            rounds=np.concatenate([self.kept.rounds, self.pair_rounds[at]]),
            trios=tuple(sorted([*self.kept.trios, *(t for t, _ in trios)], key=lambda t: t.round)),
        ).in_order()
