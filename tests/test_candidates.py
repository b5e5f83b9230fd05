"""Candidates at size: guarantees, fairness between equals, and agreement with the exact table."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from build_profiles import profile

from benchmarks.people import attendee_csv
from events.importer import read_people
from events.profiles import to_profile
from matcher.affinity import AffinityModel, candidates, model, shared
from matcher.affinity.ranking import best_of_each


@pytest.fixture
def at_size(monkeypatch):
    """Treat events of three people and more as large ones."""
    monkeypatch.setattr(model, "EXACT_UP_TO", 2)
    return monkeypatch


def room(people):
    return [to_profile(attendee) for attendee in read_people(attendee_csv(people, 3)).people]


def listed(table):
    ids = table.ids
    pairs = zip(table.a.tolist(), table.b.tolist(), table.value.tolist(), strict=True)
    return {(ids[a], ids[b]): value for a, b, value in pairs}


def test_everybody_keeps_their_best_partners(at_size):
    people = room(90)
    at_size.setattr(candidates, "KEPT", 5)
    at_size.setattr(shared, "RARE", 0)
    few = listed(AffinityModel(people).table())
    at_size.undo()
    every = listed(AffinityModel(people).table())
    assert few.items() < every.items()
    for person in (each.id for each in people):
        worth = sorted((value for pair, value in every.items() if person in pair), reverse=True)
        assert sum(value >= worth[4] for pair, value in few.items() if person in pair) >= 5


def test_what_is_left_out_is_said(at_size):
    assert not AffinityModel(room(5)).table().exact
    at_size.undo()
    assert AffinityModel(room(5)).table().exact


@pytest.mark.parametrize(("holders", "kept"), [(shared.RARE, "all"), (shared.RARE + 1, "some")])
def test_all_pairs_that_share_a_rare_value_stay(at_size, holders, kept):
    people = [profile(f"p{at:03}", school="ETH") for at in range(holders)]
    people += [profile(f"q{at:03}", school=f"school {at}") for at in range(200)]
    at_size.setattr(candidates, "KEPT", 5)
    pairs = len(AffinityModel(people).table().a)
    at_size.setattr(shared, "RARE", 0)
    best = len(AffinityModel(people).table().a)
    every = holders * (holders - 1) // 2
    assert best == 5 * holders
    assert pairs == (every if kept == "all" else best)


@pytest.mark.parametrize("at_once", [7, 1_000])
def test_rare_pairs_stay_however_many_people_are_looked_at_in_one_go(at_size, at_once):
    people = room(60)
    at_size.setattr(shared, "RARE", 3)
    at_size.setattr(candidates, "KEPT", 1)
    at_size.setattr(candidates, "_PEOPLE_AT_ONCE", at_once)
    scoring = AffinityModel(people)
    graph, kept, rare = scoring.graph, listed(scoring.table()), 0
    for pair in combinations(scoring.ids, 2):
        common = [node for node, *_ in graph.shared(*pair) if graph.strength(node)]
        if any(graph.holders(node) <= 3 for node in common):
            assert pair in kept
            rare += 1
    assert rare > 60


def test_equal_offers_take_turns_so_that_nobody_is_everybodys_candidate(at_size):
    people = [profile(f"n{at:03}", need="German translation") for at in range(200)]
    people += [profile(f"o{at:03}", offer="German translation") for at in range(200)]
    table = AffinityModel(people).table()
    counts = np.bincount(np.concatenate([table.a, table.b]), minlength=400)
    assert counts.min() >= candidates.MATCHES
    assert counts.max() <= 3 * candidates.MATCHES


def test_the_order_of_people_changes_nothing(at_size):
    people = room(60)
    one, other = AffinityModel(people).table(), AffinityModel(people[::-1]).table()
    assert listed(one) == listed(other)


def test_candidates_are_scored_as_they_are_explained(at_size):
    scoring = AffinityModel(room(40))
    found = listed(scoring.table())
    assert {pair: said.affinity for pair, said in scoring.explain(found).items()} == found


def test_nobody_with_anything_in_common_is_no_mistake(at_size):
    people = [replace(profile(f"p{at}"), traits=()) for at in range(4)]
    assert listed(AffinityModel(people).table()) == {}


@pytest.mark.parametrize("most", [1, 3, 9])
def test_the_best_of_each_are_those_of_a_plain_sort(most):
    random = np.random.default_rng(most)
    mine, theirs = np.divmod(random.permutation(400), 20)
    worth = random.integers(0, 4, 400)
    got = list(zip(*best_of_each(mine, theirs, worth, most, 20), strict=True))
    for person in range(20):
        ranked = sorted(
            (-w, (t - m) % 20, t)
            for m, t, w in zip(mine, theirs, worth, strict=True)
            if m == person != t
        )
        assert [t for m, t in got if m == person] == [t for *_, t in ranked[:most]]
