"""Small graphs that no rounds can hold as they are: the best plan of less is found and proved."""

from itertools import combinations

import numpy as np
import pytest
from planning import crowd, planned

from matcher.affinity.table import Affinities
from matcher.plan import Status

HEAVY, LIGHT = 900_000, 1_000
"""Affinity of the graph's pairs at least, and of all others less than this."""

PETERSEN = [(i, (i + 1) % 5) for i in range(5)] + [(i, i + 5) for i in range(5)]
PETERSEN += [(5 + i, 5 + (i + 2) % 5) for i in range(5)]


def cliques(number, size):
    """Groups with all pairs inside: an odd one holds half of its people a round, rounded down."""
    pairs = list(combinations(range(size), 2))
    return [(size * at + i, size * at + j) for at in range(number) for i, j in pairs]


def snark(stars):
    """Return the flower of so many stars (Isaacs 1975): three pairs a person, no three rounds."""
    pairs = []
    for at in range(stars):
        here, there = 4 * at, 4 * ((at + 1) % stars)
        pairs += [(here, here + 1), (here, here + 2), (here, here + 3), (here + 1, there + 1)]
        twist = at == stars - 1
        pairs += [(here + 2, there + 2 + twist), (here + 3, there + 3 - twist)]
    return pairs


def event(pairs, *, others):
    """Return affinities in which these pairs are worth most; the others too if permitted."""
    people = 1 + max(map(max, pairs))
    random, wanted = np.random.default_rng(people), {(min(pair), max(pair)) for pair in pairs}
    a, b = np.triu_indices(people, 1)
    inside = np.array([pair in wanted for pair in zip(a.tolist(), b.tolist(), strict=True)])
    value = random.integers(0, LIGHT, len(a)) + inside * HEAVY
    kept = inside | others
    return Affinities(
        ids=tuple(f"p{i:04}" for i in range(people)),
        a=a[kept].astype(np.int32),
        b=b[kept].astype(np.int32),
        value=value[kept],
    )


def heavy(plan):
    """Return how many of the graph's pairs meet."""
    return sum(meeting.value >= 2 * HEAVY for meeting in plan.meetings)


GRAPHS = [
    ("Petersen", PETERSEN, 3, 13),
    ("flower of five", snark(5), 3, 28),
    ("flower of seven", snark(7), 3, 40),
    ("ten threes", cliques(10, 3), 2, 20),
    ("two fives", cliques(2, 5), 4, 16),
    ("six fives", cliques(6, 5), 4, 48),
    ("four sevens", cliques(4, 7), 6, 72),
    ("two fifteens", cliques(2, 15), 14, 196),
]


@pytest.mark.parametrize("others", [True, False])
@pytest.mark.parametrize(("pairs", "rounds", "most"), [g[1:] for g in GRAPHS],
                         ids=[g[0] for g in GRAPHS])  # fmt: skip
def test_the_most_that_rounds_can_hold_is_proved(pairs, rounds, most, others):
    plan = planned(event(pairs, others=others), rounds=rounds)
    assert plan.status is Status.OPTIMAL
    assert heavy(plan) == most < len(pairs)
    assert len(plan.sit_outs) == (0 if others else 2 * (len(pairs) - most))


@pytest.mark.parametrize(("people", "rounds"), [(9, 4), (9, 6), (11, 4), (11, 6), (13, 5), (15, 4)])
def test_small_odd_events_with_a_trio_in_every_round_are_proved(people, rounds):
    plan = planned(crowd(people), rounds=rounds)
    assert plan.sit_outs == ()
    assert plan.status is Status.OPTIMAL
