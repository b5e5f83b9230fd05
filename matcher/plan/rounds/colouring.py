"""From pairs to rounds: an edge colouring by alternating chains with seeded kicks.

Each round is a colour, and no person has two pairs of one colour. A pair that finds no common free
round is placed by swapping two rounds along a chain of meetings that alternates between them
(Kempe 1879, Vizing 1964). Where no chain helps, the pair takes a round by force and those it drives
out are placed again. Absences, trios and tables need no method of their own: they only say which
pair may be in which round, and how many fit.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from random import Random

import numpy as np

from matcher.plan.bound.relaxation import Integers
from matcher.plan.problem import Problem

__all__ = ["UNPLACED", "assign_rounds"]

UNPLACED = -1
"""Round of a pair that has none."""


def assign_rounds(
    problem: Problem,
    pairs: Integers,
    kicks: int,
    go_on: Callable[[], None] = lambda: None,
) -> list[int]:
    """Return the round (from 0) of each of these pairs, `UNPLACED` for those left over.

    Parameters
    ----------
    problem
        Says who is present when, and how many meetings fit into a round.
    pairs
        Indices into the problem's pairs; those given first are placed first.
    kicks
        How often a pair may take a round by force.
    go_on
        Called now and then; raises to stop.

    Notes
    -----
    A chain costs time in proportion to its length. Nothing guarantees that all pairs find a round
    even where that is possible; it nearly always happens.
    """
    board = _Board(problem, pairs)
    board.place_all(kicks, Random(problem.seed), go_on)  # noqa: S311 - repeatable, not secret
    return board.best


class _Board:
    """Who meets whom in which round, while pairs are being placed."""

    def __init__(self, problem: Problem, pairs: Integers) -> None:
        a, b = problem.a[pairs], problem.b[pairs]
        self.ends = list(zip(a.tolist(), b.tolist(), strict=True))
        self.rounds = range(problem.rounds)
        self.allowed: list[list[bool]] = problem.allowed(a, b).tolist()
        self.zones = problem.zones.of_pairs(a, b)
        self.room: list[list[int]] = problem.room.tolist()
        self.at = [[UNPLACED] * problem.rounds for _ in range(problem.people)]
        self.round = [UNPLACED] * len(self.ends)
        self.best = list(self.round)
        self.placed = 0
        self.pinned: list[bool] = problem.pinned[pairs].tolist()
        self._put_pins(problem, pairs)

    def _put_pins(self, problem: Problem, pairs: Integers) -> None:
        pins = np.flatnonzero(problem.pinned[pairs])
        at = np.searchsorted(problem.pins, problem.keys[pairs[pins]])
        for pair, number in zip(pins.tolist(), problem.pin_rounds[at].tolist(), strict=True):
            self._put(pair, number)

    def place_all(self, kicks: int, random: Random, go_on: Callable[[], None]) -> None:
        """Place every pair, or as many as the kicks allow; the best state is kept in `best`."""
        queue = deque(pair for pair, number in enumerate(self.round) if number == UNPLACED)
        steps, most, self.best = 0, self.placed, list(self.round)
        while queue:
            pair = queue.popleft()
            steps += 1
            if steps % 1000 == 0:
                go_on()
            if not (self._place(pair) or self._swap(pair, random)):
                if self.placed > most:
                    most, self.best = self.placed, list(self.round)
                if kicks <= 0:
                    continue
                kicks -= 1
                queue.extend(self._force(pair, random))
        if self.placed > most:
            self.best = list(self.round)

    def _put(self, pair: int, number: int) -> None:
        i, j = self.ends[pair]
        self.at[i][number] = self.at[j][number] = pair
        self.round[pair] = number
        for zone in self.zones[pair]:
            self.room[zone][number] -= 1
        self.placed += 1

    def _take(self, pair: int) -> None:
        (i, j), number = self.ends[pair], self.round[pair]
        self.at[i][number] = self.at[j][number] = UNPLACED
        self.round[pair] = UNPLACED
        for zone in self.zones[pair]:
            self.room[zone][number] += 1
        self.placed -= 1

    def _place(self, pair: int) -> bool:
        """Put the pair into the round with most room in which both are free."""
        (i, j), allowed = self.ends[pair], self.allowed[pair]
        mine, theirs = self.at[i], self.at[j]
        free = [r for r in self.rounds if mine[r] < 0 and theirs[r] < 0 and allowed[r]]
        if len(self.zones[pair]) > 1:
            free = [r for r in free if self._has_room(pair, r)]
        best = max(free, key=self.room[0].__getitem__, default=UNPLACED)
        if best < 0 or self.room[0][best] <= 0:
            return False
        self._put(pair, best)
        return True

    def _swap(self, pair: int, random: Random) -> bool:
        """Free a common round by swapping two rounds along a chain from one of the two people."""
        for person, other in self._both_ways(pair, random):
            for wanted, given in self._round_pairs(pair, person, other, random):
                chain = self._chain(other, wanted, given, stop=person)
                if chain is not None and self._fits(pair, chain, wanted, given):
                    self._flip(other, chain, wanted, given)
                    self._put(pair, wanted)
                    return True
        return False

    def _both_ways(self, pair: int, random: Random) -> Iterator[tuple[int, int]]:
        i, j = self.ends[pair]
        return iter(((i, j), (j, i)) if random.random() < 0.5 else ((j, i), (i, j)))

    def _round_pairs(
        self, pair: int, person: int, other: int, random: Random
    ) -> list[tuple[int, int]]:
        """Return (round free for `person`, round free for `other`), in random order."""
        mine, theirs, allowed = self.at[person], self.at[other], self.allowed[pair]
        found = [
            (wanted, given)
            for wanted in self.rounds
            if mine[wanted] < 0 and allowed[wanted]
            for given in self.rounds
            if theirs[given] < 0 and given != wanted
        ]
        random.shuffle(found)
        return found

    def _chain(self, vertex: int, wanted: int, given: int, stop: int) -> list[int] | None:
        """Return the alternating chain from `vertex`; None if it may not be swapped."""
        chain: list[int] = []
        old, new = wanted, given
        while (pair := self.at[vertex][old]) >= 0:
            if not self.allowed[pair][new]:
                return None
            chain.append(pair)
            i, j = self.ends[pair]
            vertex = j if vertex == i else i
            if vertex == stop:
                return None
            old, new = new, old
        return chain

    def _has_room(self, pair: int, number: int, more: Iterable[int] = ()) -> bool:
        """Return whether tables are left for the pair, once those of some pairs are free."""
        freed = [zone for other in more for zone in self.zones[other]]
        return all(self.room[zone][number] + freed.count(zone) > 0 for zone in self.zones[pair])

    def _fits(self, pair: int, chain: list[int], wanted: int, given: int) -> bool:
        """Return whether there are tables enough after the swap, with the pair in `wanted`."""
        if len(self.room) == 1:
            moved = len(chain) % 2
            return self.room[0][wanted] + moved >= 1 and self.room[0][given] - moved >= 0
        moves = Counter(zone for each in chain[::2] for zone in self.zones[each])
        moves.subtract(zone for each in chain[1::2] for zone in self.zones[each])
        own = self.zones[pair]
        return all(
            self.room[zone][wanted] + moves[zone] >= (zone in own)
            and self.room[zone][given] >= moves[zone]
            for zone in {*moves, *own}
        )

    def _flip(self, vertex: int, chain: list[int], wanted: int, given: int) -> None:
        """Swap the two rounds of everybody along the chain, which begins at `vertex`."""
        mine = self.at[vertex]
        mine[wanted], mine[given] = mine[given], mine[wanted]
        old, new = wanted, given
        for pair in chain:
            i, j = self.ends[pair]
            vertex = j if vertex == i else i
            mine = self.at[vertex]
            mine[wanted], mine[given] = mine[given], mine[wanted]
            self.round[pair] = new
            for zone in self.zones[pair]:
                self.room[zone][old] += 1
                self.room[zone][new] -= 1
            old, new = new, old

    def _force(self, pair: int, random: Random) -> list[int]:
        """Put the pair into a round by force and return those it drove out."""
        (i, j), allowed = self.ends[pair], self.allowed[pair]
        driven = {
            r: {p for p in (self.at[i][r], self.at[j][r]) if p >= 0}
            for r in self.rounds
            if allowed[r]
        }
        possible = [
            r
            for r, out in driven.items()
            if self._has_room(pair, r, out) and not any(self.pinned[p] for p in out)
        ]
        if not possible:
            return []
        number = random.choice(possible)  # always the one with fewest driven out goes in circles
        for out in driven[number]:
            self._take(out)
        self._put(pair, number)
        return sorted(driven[number])
