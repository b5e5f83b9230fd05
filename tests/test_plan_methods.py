"""No plan, whoever made it, is worth more than the bound of one that is as good before."""

import networkx as nx
import pytest
from planning import crowd, planned, rank
from test_plan_reached import rules_of

from matcher.plan import StoppedBy, make_plan
from matcher.settings import Settings

ROUNDS = 5


@pytest.mark.parametrize("seed", range(4))
def test_no_other_plan_under_random_rules_exceeds_the_bound(seed):
    affinities = crowd(18, seed)
    rules = rules_of(affinities.ids, seed)
    plan = planned(affinities, rules, rounds=ROUNDS)
    others = [
        planned(affinities, rules, rounds=ROUNDS, seed=lot, fairness=fairness)
        for lot, fairness in ((1, 0), (2, 0.5), (3, 1))
    ]
    alike = [each.total for each in others if rank(each)[:-1] == rank(plan)[:-1]]
    assert alike
    assert max(alike) <= plan.bound


@pytest.mark.parametrize("people", [8, 12, 20])
def test_round_by_round_matching_stays_below_the_bound(people):
    affinities = crowd(people, people)
    plan = planned(affinities, rounds=ROUNDS)
    graph, total = nx.Graph(), 0
    columns = (affinities.a, affinities.b, affinities.value)
    graph.add_weighted_edges_from(zip(*(each.tolist() for each in columns), strict=True))
    for _ in range(ROUNDS):
        matching = nx.max_weight_matching(graph, maxcardinality=True)
        assert 2 * len(matching) == people
        total += sum(2 * graph.edges[pair]["weight"] for pair in matching)
        graph.remove_edges_from(matching)
    assert 0.9 * plan.bound < total <= plan.total <= plan.bound


def test_a_plan_at_once_stays_below_the_bound_of_the_finished_one():
    affinities = crowd(40, 2)
    done = planned(affinities, rounds=ROUNDS)
    first = make_plan(
        affinities,
        Settings(rounds=ROUNDS),
        on_progress=lambda progress: progress.stage == "Looking for a first plan",
    )
    assert first.stopped_by is StoppedBy.CANCEL
    assert first.total <= first.bound
    assert rank(first) <= rank(done)
    assert done.total <= first.bound
