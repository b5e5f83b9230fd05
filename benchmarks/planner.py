"""The planner beside what people would use otherwise, on the same affinities in the same run.

    python -m benchmarks.planner                          # a minute: 20 to 300 people
    python -m benchmarks.planner --people 1000 --slow     # networkx and one CP-SAT model too

Every total is shown as a share of Seedbed's proven bound, which holds for all methods alike as long
as nobody sits out. Seconds are processor seconds of this process, the solver's threads included.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import process_time

import networkx as nx
import numpy as np
import rustworkx as rx
from ortools.sat.python import cp_model

from matcher.affinity.table import FULL, Affinities
from matcher.plan import Plan, make_plan
from matcher.rules import Availability, Rule, violations
from matcher.settings import Settings

ROUNDS = 6
Pair = tuple[int, int]
Weights = dict[Pair, int]
Method = Callable[[int, Weights, np.ndarray], list[list[Pair]]]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One instance: affinities, rules, and the same as a table of weights for other methods."""

    kind: str
    affinities: Affinities
    rules: tuple[Rule, ...] = ()

    @property
    def weights(self) -> Weights:
        table = self.affinities
        pairs = zip(table.a.tolist(), table.b.tolist(), strict=True)
        return dict(zip(pairs, table.value.tolist(), strict=True))

    @property
    def present(self) -> np.ndarray:
        shape = (len(self.affinities.ids), ROUNDS)
        present = np.ones(shape, dtype=np.bool_)
        for rule in self.rules:
            bound = rule.restrict(self.affinities.ids, ROUNDS)
            present &= bound.present if bound.present is not None else True
        return present


def _table(people: int, value: np.ndarray, kept: np.ndarray) -> Affinities:
    a, b = np.triu_indices(people, 1)
    chosen = kept[a, b]
    return Affinities(
        ids=tuple(f"p{i:06}" for i in range(people)),
        a=a[chosen].astype(np.int32),
        b=b[chosen].astype(np.int32),
        value=np.clip(value[a, b][chosen], 0, FULL).astype(np.int64),
    )


def profiles(people: int, seed: int) -> Event:
    """Shared answers with a Zipf tail, rarer ones worth more: most pairs have little in common."""
    random = np.random.default_rng(seed)
    holds = np.zeros((people, 4 * people))
    for person in range(people):
        holds[person, (random.zipf(1.4, 8) - 1) % holds.shape[1]] = 1
    count = np.maximum(holds.sum(axis=0), 2)
    shared = (holds * np.log(people / count)) @ holds.T
    value = 20_000 + FULL * shared / max(1.0, shared[~np.eye(people, dtype=np.bool_)].max())
    return Event(kind="profiles", affinities=_table(people, value, np.ones_like(value) > 0))


def dense(people: int, seed: int) -> Event:
    """Independent uniform affinities of all pairs."""
    value = np.random.default_rng(seed).integers(0, FULL + 1, (people, people))
    return Event(kind="dense", affinities=_table(people, value, value >= 0))


def popular(people: int, seed: int) -> Event:
    """A tenth of the people are wanted by everybody."""
    random = np.random.default_rng(seed)
    wanted = np.where(np.arange(people) < people // 10, 400_000, 0)
    value = random.integers(0, 500_000, (people, people)) + wanted[:, None] + wanted[None, :]
    return Event(kind="popular", affinities=_table(people, value, value >= 0))


def two_sided(people: int, seed: int) -> Event:
    """Mentors and mentees, as many of each: only across."""
    value = np.random.default_rng(seed).integers(0, FULL + 1, (people, people))
    side = np.arange(people) % 2
    return Event(kind="two-sided", affinities=_table(people, value, side[:, None] != side[None, :]))


def late(people: int, seed: int) -> Event:
    """Dense, and a fifth of the people miss one to three rounds."""
    random = np.random.default_rng(seed + 1000)
    event = dense(people, seed)
    absent = {
        person: frozenset((random.permutation(ROUNDS)[: random.integers(1, 4)] + 1).tolist())
        for person in event.affinities.ids
        if random.random() < 0.2
    }
    return replace(event, kind="absences", rules=(Availability(absent),))


KINDS = (profiles, dense, popular, two_sided, late)
"""Kinds of event; a new one is one function and its name here."""


def rustworkx_rounds(people: int, weights: Weights, present: np.ndarray) -> list[list[Pair]]:
    """One maximum-weight matching after the other, with rustworkx."""

    def match(graph_weights: Weights) -> list[Pair]:
        graph: rx.PyGraph[int, int] = rx.PyGraph()
        graph.add_nodes_from(range(people))
        graph.add_edges_from([(i, j, w) for (i, j), w in graph_weights.items()])
        return list(rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int))

    return _round_by_round(match, weights, present)


def networkx_rounds(people: int, weights: Weights, present: np.ndarray) -> list[list[Pair]]:
    """One maximum-weight matching after the other, with networkx: what most would write."""

    def match(graph_weights: Weights) -> list[Pair]:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_weighted_edges_from((i, j, w) for (i, j), w in graph_weights.items())
        return list(nx.max_weight_matching(graph, maxcardinality=True))

    return _round_by_round(match, weights, present)


def _round_by_round(
    match: Callable[[Weights], list[Pair]], weights: Weights, present: np.ndarray
) -> list[list[Pair]]:
    left, rounds = dict(weights), []
    for number in range(ROUNDS):
        here = {p: w for p, w in left.items() if present[p[0], number] and present[p[1], number]}
        chosen = [(min(pair), max(pair)) for pair in match(here)]
        rounds.append(chosen)
        for pair in chosen:
            del left[pair]
    return rounds


def greedy_rounds(people: int, weights: Weights, present: np.ndarray) -> list[list[Pair]]:
    """Heaviest pair first, into the first round free for both."""
    free = present.copy()
    rounds: list[list[Pair]] = [[] for _ in range(ROUNDS)]
    for (i, j), _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        both = np.flatnonzero(free[i] & free[j])
        if len(both):
            rounds[both[0]].append((i, j))
            free[[i, j], both[0]] = False
    return rounds


def one_model(people: int, weights: Weights, present: np.ndarray) -> list[list[Pair]]:
    """One CP-SAT model over pairs and rounds, 60 seconds: what examples suggest."""
    model = cp_model.CpModel()
    var = {
        (pair, r): model.new_bool_var("")
        for pair in weights
        for r in range(ROUNDS)
        if present[pair[0], r] and present[pair[1], r]
    }
    seat: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for (pair, r), variable in var.items():
        for person in pair:
            seat.setdefault((person, r), []).append(variable)
    for group in seat.values():
        model.add_at_most_one(group)
    for pair in weights:
        model.add_at_most_one(var[pair, r] for r in range(ROUNDS) if (pair, r) in var)
    model.maximize(sum(weights[pair] * variable for (pair, _), variable in var.items()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 60
    solver.parameters.num_workers = 2
    solver.solve(model)
    return [
        [pair for pair in weights if (pair, r) in var and solver.boolean_value(var[pair, r])]
        for r in range(ROUNDS)
    ]


QUICK: tuple[Method, ...] = (rustworkx_rounds, greedy_rounds)
SLOW: tuple[Method, ...] = (networkx_rounds, one_model)
"""Methods to compare with; the slow ones only on request."""


def compare(event: Event, methods: tuple[Method, ...]) -> Iterator[tuple[str, ...]]:
    """Yield one line a method: people, kind, method, seconds, share of the bound, sit-outs."""
    people, present, weights = len(event.affinities.ids), event.present, event.weights
    start = process_time()
    plan = make_plan(event.affinities, Settings(rounds=ROUNDS), rules=event.rules)
    yield _line(event, f"seedbed, {plan.status}", start, plan.total, plan, len(plan.sit_outs))
    if violations(plan.meetings, event.rules):
        raise AssertionError(f"{event.kind}: the plan breaks its rules")
    for method in methods:
        start = process_time()
        rounds = method(people, weights, present)
        total = 2 * sum(weights[pair] for pairs in rounds for pair in pairs)
        empty = int(present.sum()) - 2 * sum(map(len, rounds))
        yield _line(event, method.__name__, start, total, plan, empty)


def _line(
    event: Event, name: str, start: float, total: int, plan: Plan, sit_outs: int
) -> tuple[str, ...]:
    return (
        str(len(event.affinities.ids)),
        event.kind,
        name,
        f"{process_time() - start:.2f}",
        f"{100 * total / plan.bound:.3f} %",
        str(sit_outs),
    )


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, nargs="+", default=[20, 100, 300])
    parser.add_argument("--kinds", nargs="+", choices=[kind.__name__ for kind in KINDS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slow", action="store_true", help="networkx and one CP-SAT model too")
    chosen = parser.parse_args()
    print(
        "| people | kind | method | seconds | total ÷ bound | sit-outs |\n|--:|---|---|--:|--:|--:|"
    )
    for people in chosen.people:
        for kind in KINDS:
            if not chosen.kinds or kind.__name__ in chosen.kinds:
                methods = QUICK + (SLOW if chosen.slow else ())
                for line in compare(kind(people, chosen.seed), methods):
                    print(f"| {' | '.join(line)} |", flush=True)


if __name__ == "__main__":
    main()
