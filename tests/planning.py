"""Builders and a brute-force reference for tests of the planner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, combinations_with_replacement, product

import numpy as np

from matcher.affinity.table import Affinities
from matcher.plan import Conflict, Meeting, Plan, Requirement, make_plan
from matcher.rules import Pins, Rule, violations
from matcher.settings import Odd, Settings

Rank = tuple[int, int, int, int]

CONFLICT = Conflict(
    rounds=2,
    requirements=(
        Requirement(kind="pin", ids=("ana", "ben"), round=1, text="Ana and Ben must meet."),
        Requirement(kind="availability", ids=("ben",), round=1, text="Ben is absent."),
    ),
    irreducible=True,
)
"""What a plan says that cannot be."""


def table(pairs: Mapping[str, int], others: int | None = None, people: str = "") -> Affinities:
    """Return affinities from ``{"ana ben": 500_000}``; `people` adds some without a pair."""
    ids = sorted({person for pair in pairs for person in pair.split()} | set(people.split()))
    listed = sorted((*sorted(map(ids.index, pair.split())), value) for pair, value in pairs.items())
    a, b, value = np.array(listed, dtype=np.int64).reshape(-1, 3).T
    return Affinities(
        ids=tuple(ids), a=a.astype(np.int32), b=b.astype(np.int32), value=value, others=others
    )


def crowd(people: int, seed: int = 0, *, share: float = 1.0, levels: int = 1_000_001) -> Affinities:
    """Return random affinities of `share` of all pairs; `levels` 1 makes them all equal."""
    random = np.random.default_rng(seed)
    a, b = np.triu_indices(people, 1)
    kept = random.random(len(a)) < share
    value = random.integers(0, levels, kept.sum()) if levels > 1 else np.full(kept.sum(), 500_000)
    return Affinities(
        ids=tuple(f"p{i:04}" for i in range(people)),
        a=a[kept].astype(np.int32),
        b=b[kept].astype(np.int32),
        value=value.astype(np.int64),
    )


def planned(affinities: Affinities, rules: Sequence[Rule] = (), **settings: object) -> Plan:
    return make_plan(affinities, Settings(**settings), rules=rules)  # type: ignore[arg-type]


def meeting(number: int, *members: str, at: int = 1) -> Meeting:
    return Meeting(round=number, table=at, members=tuple(sorted(members)), value=0)


def partners(plan: Plan) -> set[tuple[str, str]]:
    return {pair for each in plan.meetings for pair in each.pairs}


def rank(plan: Plan) -> Rank:
    """Return what the aims say of a plan, in their order; greater is better."""
    sit_outs = [sum(who == person for _, who in plan.sit_outs) for person in plan.ids]
    return -sum(sit_outs), -max(sit_outs), -sum(s * s for s in sit_outs), plan.total


def best_rank(affinities: Affinities, rules: Sequence[Rule], settings: Settings) -> Rank:
    """Return the rank of the best of all schedules, by looking at every one."""
    values = _values(affinities)
    rounds = [
        meetings
        for meetings in _matchings(affinities.ids, settings)
        if set().union(*(each.pairs for each in meetings)) <= values.keys()
        and not violations(meetings, rules)
    ]
    plans = combinations_with_replacement(rounds, settings.rounds)
    return max(_rank(plan, affinities.ids, values) for plan in plans if _no_rematch(plan))


def best_settled_rank(
    affinities: Affinities, rules: Sequence[Rule], settings: Settings
) -> Rank | None:
    """Return the rank of the best schedule where rounds differ; None where none keeps the rules."""
    values = _values(affinities)
    single = [
        meetings
        for meetings in _matchings(affinities.ids, settings)
        if set().union(*(each.pairs for each in meetings)) <= values.keys()
    ]
    pins = [rule for rule in rules if isinstance(rule, Pins)]
    apart = {(a, b) for rule in pins for a, b, _ in rule.pairs}
    ranks = []
    for choice in product(single, repeat=settings.rounds):
        plan = [
            [replace(each, round=number) for each in meetings]
            for number, meetings in enumerate(choice, start=1)
        ]
        meetings = [each for found in plan for each in found]
        trios = {pair for each in meetings if len(each.members) == 3 for pair in each.pairs}
        if not apart & trios and not violations(
            meetings, rules, ids=affinities.ids, rounds=settings.rounds
        ):
            ranks.append(_rank(plan, affinities.ids, values))
    return max(ranks, default=None)


def _values(affinities: Affinities) -> dict[tuple[str, str], int]:
    a, b = (x.astype(np.int32) for x in np.triu_indices(len(affinities.ids), 1))
    ids, found = affinities.ids, affinities.of(a, b)
    return {(ids[i], ids[j]): int(v) for i, j, v in zip(a, b, found, strict=True) if v >= 0}


def _matchings(ids: Sequence[str], settings: Settings) -> Iterator[tuple[Meeting, ...]]:
    """Yield every set of meetings that one round could hold."""
    trio = settings.odd is Odd.TRIO and len(ids) % 2 == 1
    tables = settings.tables if settings.tables is not None else len(ids)
    for meetings in _seatings(tuple(ids), trio):
        if len(meetings) <= tables:
            yield meetings


def _seatings(free: tuple[str, ...], trio: bool) -> Iterator[tuple[Meeting, ...]]:
    if not free:
        yield ()
        return
    first, rest = free[0], free[1:]
    yield from _seatings(rest, trio)
    for size in (1, 2) if trio else (1,):
        for others in combinations(rest, size):
            left = tuple(person for person in rest if person not in others)
            for more in _seatings(left, trio and size == 1):
                yield (meeting(1, first, *others), *more)


def _no_rematch(plan: Sequence[Sequence[Meeting]]) -> bool:
    pairs = [pair for meetings in plan for each in meetings for pair in each.pairs]
    return len(pairs) == len(set(pairs))


def _rank(
    plan: Sequence[Sequence[Meeting]], ids: Sequence[str], values: Mapping[tuple[str, str], int]
) -> Rank:
    sit_outs = dict.fromkeys(ids, len(plan))
    total = 0
    for each in (each for meetings in plan for each in meetings):
        total += sum(values[pair] for pair in each.pairs) * (2 if len(each.members) == 2 else 1)
        for person in each.members:
            sit_outs[person] -= 1
    counts = sit_outs.values()
    return -sum(counts), -max(counts), -sum(s * s for s in counts), total
