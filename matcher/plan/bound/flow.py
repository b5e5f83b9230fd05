"""The relaxation of all rounds at once, as a min-cost flow; its potentials prove the bound.

Forget the rounds and let two people meet by halves: choose x(ab) between 0 and 1 for every pair,
with limits on each person's sum (their meetings) and on the sum over everybody (the seats). Every
plan is such an x, so the best x bounds every plan. Best x of this kind are found as a flow on the
bipartite double cover: an arc a→b' and an arc b→a' for each pair, and x(ab) is half of what the
two carry (Balinski 1965 for half-integrality).

Two people who share a partner in a trio have half a meeting less than a seat each. They get the
other half from a hub, worth nothing, that lets one unit through for every trio there can be.

The proof does not rest on the flow. Linear programming duality gives, for *any* integer prices of
a person and of a seat, an upper bound that is a plain sum (`priced_bound`). The flow only tells
which prices make it small.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.plan.watch import UNWATCHED, Watch
from matcher.rules.rule import Indices, Mask

from .flow_process import min_cost, run_flow
from .limits import Limits

__all__ = ["Flow", "Prices", "double_cover_flow", "least_sit_outs"]

Integers = NDArray[np.int64]

ARCS_AT_A_BLINK = 80_000
"""Arcs up to which a flow takes a tenth of a second; longer ones get a process of their own."""


@dataclass(frozen=True, kw_only=True)
class Prices:
    """A dual solution in half-units: what a meeting of each person, and any seat, is worth.

    Parameters
    ----------
    person
        (people,): price of one meeting of that person.
    seat
        Price of one seat taken, whoever takes it.
    """

    person: Integers
    seat: int

    def reduced(self, a: Indices, b: Indices, weight: Integers) -> Integers:
        """Return what each pair is worth above its price, in half-units."""
        result: Integers = 2 * weight - self.person[a] - self.person[b] - 2 * self.seat
        return result

    @property
    def of_two_cheapest(self) -> int:
        """What a pair worth nothing is above the price of the two who are cheapest."""
        return -2 * self.seat - int(np.sort(self.person)[:2].sum())

    def of_limits(self, limits: Limits) -> int:
        """Return the part of the bound that is due to the limits."""
        person = np.maximum(self.person * limits.low, self.person * limits.high)
        return int(person.sum()) + max(self.seat * limits.least, self.seat * limits.most)

    def suited(self, limits: Limits) -> Prices:
        """Return prices that leave every pair's as they are and make `of_limits` smallest.

        What people pay more, seats cost less: a convex function of how much, with a corner where a
        price changes its sign.
        """
        corners = np.append(-self.person, self.seat)
        order = np.argsort(corners, kind="stable")
        steeper = np.append(limits.high - limits.low, limits.most - limits.least)[order]
        slope = int(limits.low.sum()) - limits.most + np.cumsum(steeper)
        lowest = min(int(np.searchsorted(slope, 0)), len(order) - 1)
        more = int(corners[order[lowest]])
        return Prices(person=self.person + more, seat=self.seat - more)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Best relaxed choice among some pairs.

    Parameters
    ----------
    halves
        (pairs,): 0, 1 or 2, twice x of each pair.
    prices
        Optimal prices for these pairs.
    """

    halves: Integers
    prices: Prices


def double_cover_flow(
    a: Indices,
    b: Indices,
    weight: Integers,
    limits: Limits,
    watch: Watch = UNWATCHED,
    shared: int = 0,
) -> Flow | None:
    """Solve the relaxation over the given pairs; None when the limits cannot be met.

    Parameters
    ----------
    a, b, weight
        (pairs,): indices of people, and integer weights.
    limits
        Seats to be taken.
    watch
        May stop the flow; its exception passes through.
    shared
        Most trios in which two people share a partner.

    Notes
    -----
    Cost scaling push-relabel (Goldberg, Tarjan 1990) as in OR-Tools, O(n² m log(nC)), in practice
    about linear in the pairs.
    """
    if limits.most < int(limits.low.sum()) or limits.least > limits.most:
        return None
    people = np.arange(len(limits.low))
    optional = limits.high - limits.low
    free = np.zeros_like(optional)
    network = _network(a, b, -weight, limits, people, optional, free, shared)
    carried = network.solve(watch)
    if carried is None:
        return None
    m = len(a)
    return Flow(
        halves=carried[:m] + carried[m : 2 * m],
        prices=_prices(network.distances(carried), len(limits.low)),
    )


def least_sit_outs(
    a: Indices,
    b: Indices,
    most: Integers,
    seats: int,
    owed: Integers,
    fewest: Integers,
    watch: Watch = UNWATCHED,
    shared: int = 0,
) -> Limits:
    """Return limits that every relaxed choice with the fewest, most even sit-outs keeps.

    Parameters
    ----------
    a, b
        (pairs,): indices of people.
    most
        (people,): most meetings of each person; what is missing counts as sit-outs.
    seats
        Most seats that can be taken in all.
    owed
        (people,): sit-outs that a person has already.
    fewest
        (people,): meetings that a person should get before sit-outs are levelled.
    shared
        Most trios in which two people share a partner.

    Notes
    -----
    The flow of least cost where the k-th sit-out of a person costs 2k − 1, so that the squares are
    minimized, and more than all of these if it takes away a meeting of their fewest; a meeting
    never costs anything, hence the sit-outs are as few as can be, too. By
    complementary slackness, a meeting whose reduced cost is not zero happens in all of these
    flows or in none (Frank, Murota 2022 on such "decreasingly minimal" flows).
    """
    person = np.repeat(np.arange(len(most)), most)
    first = np.cumsum(most) - most
    nth = np.arange(len(person)) - first[person]
    steps = 2 * ((owed + most)[person] - nth) - 1
    saved = steps + np.where(nth < fewest[person], 2 * int(steps.sum()) + 1, 0)
    none = np.zeros_like(most)
    limits = Limits(low=none, high=most, least=0, most=min(seats, int(most.sum())))
    cost = np.zeros(len(a), dtype=np.int64)
    network = _network(a, b, cost, limits, person, None, -saved, shared)
    carried = network.solve(watch)
    assert carried is not None  # no meeting at all would keep these limits
    reduced = network.reduced(network.distances(carried))
    low, high = np.zeros_like(most), most.copy()
    for side in range(2):
        at = 2 * len(a) + side * len(person) + np.arange(len(person))
        low = np.maximum(low, np.bincount(person[reduced[at] < 0], minlength=len(most)))
        high = np.minimum(high, np.bincount(person[reduced[at] <= 0], minlength=len(most)))
    taken = int(carried[: 2 * len(a)].sum()) + (int(carried[-1]) if shared else 0)
    sides = carried[2 * len(a) : 2 * len(a) + 2 * len(person)].reshape(2, -1)
    squares = int((steps * (1 - sides)).sum() + 1) // 2 + int((owed**2).sum())
    return Limits(low=low, high=high, least=taken, most=taken, squares=squares)


@dataclass(frozen=True, kw_only=True)
class _Network:
    """Arcs a→b', then b→a', source→person, person'→sink, source→sink, and those of the hub."""

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    capacity: Integers
    cost: Integers
    supply: Integers

    def with_hub(self, people: int, shared: int) -> _Network:
        """Return the network with a hub from left copies to right ones; its own arc comes last."""
        left = np.arange(people, dtype=np.int32)
        into, out = np.array([[2 * people + 2], [2 * people + 3]], dtype=np.int32)
        many = np.full(2 * people + 1, shared, dtype=np.int64)
        return _Network(
            tail=np.concatenate([self.tail, left, np.repeat(out, people), into]),
            head=np.concatenate([self.head, np.repeat(into, people), left + people, out]),
            capacity=np.concatenate([self.capacity, many]),
            cost=np.concatenate([self.cost, 0 * many]),
            supply=np.concatenate([self.supply, [0, 0]]),
        )

    def solve(self, watch: Watch) -> Integers | None:
        """Return what each arc carries at the least cost; None when the supplies cannot move."""
        arrays = (self.tail, self.head, self.capacity, self.cost, self.supply)
        if watch.is_watching and len(self.tail) > ARCS_AT_A_BLINK and sys.executable:
            return run_flow(watch, *arrays)
        return min_cost(*arrays)

    def distances(self, carried: Integers) -> Integers:
        """Return potentials under which no arc of the residual network has a negative cost."""
        forward, back = carried < self.capacity, carried > 0
        return _shortest(
            np.concatenate([self.tail[forward], self.head[back]]),
            np.concatenate([self.head[forward], self.tail[back]]),
            np.concatenate([self.cost[forward], -self.cost[back]]),
            len(self.supply),
        )

    def reduced(self, distance: Integers) -> Integers:
        """Return the reduced cost of each arc."""
        result: Integers = self.cost + distance[self.tail] - distance[self.head]
        return result


def _network(
    a: Indices,
    b: Indices,
    cost: Integers,
    limits: Limits,
    person: Indices,
    capacity: Integers | None,
    person_cost: Integers,
    shared: int,
) -> _Network:
    """Left copy of v is node v, right copy n + v, then source and sink.

    `person`, `capacity` (None: 1 each) and `person_cost` describe the arcs between source, people
    and sink. The lower limits are put into the supplies of the copies, so they need no reward: they
    hold or the flow does not exist. Seats between `least` and `most` may go unused, straight from
    source to sink.
    """
    n, spare = len(limits.low), limits.most - int(limits.low.sum())
    left, right, own = (side.astype(np.int32) for side in (a, b, person))
    source, sink = (np.full(len(own), 2 * n + i, dtype=np.int32) for i in range(2))
    room = np.ones(len(own), dtype=np.int64) if capacity is None else capacity
    ends = np.array([2 * n, 2 * n + 1], dtype=np.int32)
    one = np.ones(2 * len(a), dtype=np.int64)
    network = _Network(
        tail=np.concatenate([left, right, source, own + n, ends[:1]]),
        head=np.concatenate([right + n, left + n, own, sink, ends[1:]]),
        capacity=np.concatenate([one, room, room, [limits.most - limits.least]]),
        cost=np.concatenate([cost, cost, person_cost, person_cost, [0]]),
        supply=np.concatenate([limits.low, -limits.low, [spare, -spare]]),
    )
    return network.with_hub(n, shared) if shared else network


def _prices(distance: Integers, n: int) -> Prices:
    """Read prices off the potentials: what it takes to pass through either copy of a person."""
    source, sink = distance[2 * n], distance[2 * n + 1]
    person = (distance[:n] - source) + (sink - distance[n : 2 * n])
    return Prices(person=person, seat=int(source - sink))


def _shortest(
    tail: NDArray[np.int32], head: NDArray[np.int32], cost: Integers, nodes: int
) -> Integers:
    """Return shortest distances from a virtual source joined to every node at no cost.

    Bellman and Ford's method over arrays; only arcs out of nodes that changed are looked at again.
    It ends because the residual network of an optimal flow has no negative cycle.
    """
    order = np.argsort(tail, kind="stable")
    head, cost = head[order], cost[order]
    first = np.searchsorted(tail[order], np.arange(nodes + 1, dtype=np.int32))
    distance = np.zeros(nodes, dtype=np.int64)
    changed: Mask = np.ones(nodes, dtype=np.bool_)
    while changed.any():
        active = np.flatnonzero(changed)
        degree = first[active + 1] - first[active]
        start = np.repeat(first[active] - np.cumsum(degree) + degree, degree)
        arcs = start + np.arange(len(start))
        before = distance.copy()
        np.minimum.at(distance, head[arcs], np.repeat(distance[active], degree) + cost[arcs])
        changed = distance < before
    return distance
