"""Large events, where only candidate pairs are listed and all others are worth the same little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from planning import crowd, planned

from matcher.affinity.table import Affinities
from matcher.plan.bound.aims import even_limits
from matcher.plan.bound.relaxation import relax
from matcher.plan.bound.widen import widened
from matcher.plan.narrow import narrow
from matcher.rules import Cohorts, Exclusions
from matcher.settings import Settings

OTHERS = 20_000


def candidates(people: int, lonely: int, seed: int = 0) -> Affinities:
    """Return about 24 pairs a person and `others`; the last `lonely` people are in no pair."""
    random = np.random.default_rng(seed)
    a, b = random.integers(0, people - lonely, (2, 12 * people))
    keys = np.unique(np.minimum(a, b) * people + np.maximum(a, b))
    keys = keys[keys // people < keys % people]
    return Affinities(
        ids=tuple(f"p{i:05}" for i in range(people)),
        a=(keys // people).astype(np.int32),
        b=(keys % people).astype(np.int32),
        value=random.integers(OTHERS, 1_000_001, len(keys)),
        others=OTHERS,
        exact=False,
    )


def test_people_without_listed_partners_meet_each_other_next_to_the_bound() -> None:
    plan = planned(candidates(2_400, lonely=100), fairness=0)
    assert not plan.sit_outs
    assert plan.gap < 0.0001


def test_a_small_event_has_every_pair_written_out() -> None:
    problem = narrow(replace(crowd(20, share=0.3), others=OTHERS), Settings(rounds=3), ())
    assert problem.others is None
    assert len(problem.a) == 190


def test_pairs_that_are_written_out_are_new_permitted_and_lower_the_bound() -> None:
    table = candidates(2_400, lonely=100)
    lonely = table.ids[-100:]
    apart = Exclusions(frozenset({(lonely[0], other) for other in lonely[1:]}))
    problem = narrow(table, Settings(rounds=6), [apart])
    before = relax(problem, problem.weight, even_limits(problem))
    assert before is not None
    wider = widened(problem, before.prices, turn=0)
    after = relax(wider, wider.weight, even_limits(wider))
    assert after is not None
    assert len(wider.a) > len(problem.a)
    assert np.all(np.diff(wider.keys) > 0)
    assert after.bound < before.bound
    assert wider.find(np.full(99, 2300), np.arange(2301, 2400)).max() == -1


def sides(people: int, one: int) -> Cohorts:
    """Let the first `one` people meet the rest, and nobody of their own side."""
    of = {f"p{at:05}": frozenset({"host" if at < one else "guest"}) for at in range(people)}
    return Cohorts(of, frozenset({("guest", "host")}))


@pytest.mark.parametrize("hosts", [0, 20, 200, 1_200])
def test_everybody_gets_ten_permitted_candidates_beyond_the_rounds(hosts: int) -> None:
    rules = [sides(2_400, hosts)] if hosts else []
    problem = narrow(candidates(2_400, lonely=2_000), Settings(rounds=6), rules)
    assert problem.partners.min() >= 6 + 10


def test_whoever_has_fewer_permitted_partners_gets_them_all() -> None:
    problem = narrow(candidates(2_400, lonely=2_000), Settings(rounds=6), [sides(2_400, 7)])
    assert len(problem.a) == 7 * (2_400 - 7)
