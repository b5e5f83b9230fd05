"""What people would use instead: each plans the same arrays, round by round or all at once.

None of them knows tables: of a round's pairs they keep the heaviest that find one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx
import numpy as np
import rustworkx as rx
from ortools.sat.python import cp_model

from benchmarks.planner.instances import ROUNDS, Event

__all__ = ["METHODS", "Method", "Rounds"]

Rounds = list[list[int]]
"""For each round, which of the event's permitted pairs meet."""

ONE_MODEL_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Method:
    """Something that makes a plan.

    Parameters
    ----------
    work
        ``work(people, pairs)``: a figure that its time is about proportional to.
    limit
        Work beyond which it is not tried, because it would take longer than `reason` says.
    """

    name: str
    run: Callable[[Event], Rounds]
    work: Callable[[int, int], int]
    limit: int
    reason: str

    def refusal(self, event: Event) -> str:
        """Return why this event is too much for it, "" when it is not."""
        return "" if self.work(event.people, len(event.permitted[0])) <= self.limit else self.reason


def rustworkx_rounds(event: Event) -> Rounds:
    """One maximum-weight matching after the other, with rustworkx."""
    a, b, weight = event.permitted

    def match(pairs: np.ndarray) -> list[tuple[int, int]]:
        graph: rx.PyGraph[int, int] = rx.PyGraph()
        graph.add_nodes_from(range(event.people))
        columns = (a[pairs].tolist(), b[pairs].tolist(), weight[pairs].tolist())
        graph.add_edges_from(list(zip(*columns, strict=True)))
        return list(rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int))

    return _round_by_round(event, match)


def networkx_rounds(event: Event) -> Rounds:
    """One maximum-weight matching after the other, with networkx: what most would write."""
    a, b, weight = event.permitted

    def match(pairs: np.ndarray) -> list[tuple[int, int]]:
        graph: nx.Graph[int] = nx.Graph()
        columns = (a[pairs].tolist(), b[pairs].tolist(), weight[pairs].tolist())
        graph.add_weighted_edges_from(zip(*columns, strict=True))
        return list(nx.max_weight_matching(graph, maxcardinality=True))

    return _round_by_round(event, match)


def _round_by_round(event: Event, match: Callable[[np.ndarray], list[tuple[int, int]]]) -> Rounds:
    a, b, weight = event.permitted
    keys = a * event.people + b
    left, rounds = np.ones(len(a), dtype=np.bool_), []
    for number in range(ROUNDS):
        here = event.present[:, number]
        chosen = match(np.flatnonzero(left & here[a] & here[b]))
        wanted = [min(pair) * event.people + max(pair) for pair in chosen]
        pairs = np.searchsorted(keys, np.sort(np.array(wanted, dtype=np.int64)))
        pairs = pairs[np.argsort(-weight[pairs], kind="stable")][: event.tables[number]]
        left[pairs] = False
        rounds.append(pairs.tolist())
    return rounds


def greedy_rounds(event: Event) -> Rounds:
    """Heaviest pair first, into the first round free for both."""
    a, b, weight = event.permitted
    free, room = event.present.tolist(), event.tables.tolist()
    rounds: Rounds = [[] for _ in range(ROUNDS)]
    order = np.lexsort((b, a, -weight))
    ends = zip(order.tolist(), a[order].tolist(), b[order].tolist(), strict=True)
    for pair, i, j in ends:
        for number in range(ROUNDS):
            if free[i][number] and free[j][number] and room[number]:
                free[i][number] = free[j][number] = False
                room[number] -= 1
                rounds[number].append(pair)
                break
    return rounds


def one_model(event: Event) -> Rounds:
    """One CP-SAT model over pairs and rounds: what examples suggest."""
    a, b, weight = event.permitted
    model = cp_model.CpModel()
    both = event.present[a] & event.present[b]
    var = {
        (pair, number): model.new_bool_var("")
        for pair, number in zip(*(side.tolist() for side in np.nonzero(both)), strict=True)
    }
    groups: dict[tuple[str, int, int], list[cp_model.IntVar]] = {}
    for (pair, number), variable in var.items():
        for at in (("pair", pair, 0), ("seat", a[pair], number), ("seat", b[pair], number)):
            groups.setdefault(at, []).append(variable)
    for group in groups.values():
        model.add_at_most_one(group)
    for number in range(ROUNDS):
        meetings = [variable for (_, at), variable in var.items() if at == number]
        model.add(sum(meetings) <= int(event.tables[number]))
    model.maximize(sum(int(weight[pair]) * variable for (pair, _), variable in var.items()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = ONE_MODEL_SECONDS
    solver.parameters.num_workers = 2
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [[] for _ in range(ROUNDS)]
    rounds: Rounds = [[] for _ in range(ROUNDS)]
    for (pair, number), variable in var.items():
        if solver.boolean_value(variable):
            rounds[number].append(pair)
    return rounds


METHODS = (
    Method(
        name="rustworkx, round by round",
        run=rustworkx_rounds,
        work=lambda people, pairs: people * pairs,
        limit=600_000_000,
        reason="more than two minutes",
    ),
    Method(
        name="networkx, round by round",
        run=networkx_rounds,
        work=lambda people, pairs: people * pairs,
        limit=20_000_000,
        reason="more than five minutes",
    ),
    Method(
        name="heaviest pair first",
        run=greedy_rounds,
        work=lambda people, pairs: pairs,
        limit=10_000_000,
        reason="more than a minute",
    ),
    Method(
        name=f"one CP-SAT model, {ONE_MODEL_SECONDS} s",
        run=one_model,
        work=lambda people, pairs: ROUNDS * pairs,
        limit=300_000,
        reason="no plan within its time",
    ),
)
"""What is compared with; a new one is one function and one entry here."""
