import networkx as nx
import numpy as np
import pytest
from build_profiles import profile

from matcher.canon import canonical
from matcher.fields import Visibility
from matcher.graph import ProfileGraph, TraitNode, rarity


def test_rarity_falls_from_two_holders_to_everybody():
    values = [rarity(holders, 40) for holders in (2, 5, 20, 40)]
    assert values == sorted(values, reverse=True)
    assert (values[0], values[-1]) == (1.0, 0.0)


@pytest.mark.parametrize("answered", [1, 2])
def test_rarity_is_full_where_hardly_anybody_answered(answered):
    assert rarity(2, answered) == 1.0


def test_the_graph_is_bipartite_and_carries_the_words():
    graph = ProfileGraph([profile("ben", school="MIT"), profile("ana", school="mit")])
    node = TraitNode("school", canonical("school", "MIT"))
    assert nx.is_bipartite(graph.graph)
    assert graph.ids == ("ana", "ben")
    assert graph.graph.edges["ben", node]["trait"].text == "MIT"


def test_needs_and_offers_are_no_shared_facts():
    graph = ProfileGraph([profile("ana", need="money"), profile("ben", need="money")])
    assert graph.shared("ana", "ben") == []


def test_printed_holders_leave_out_those_who_said_no():
    people = [profile("ana", city="Graz"), profile("ben", Visibility.MATCH, city="Graz")]
    graph, node = ProfileGraph(people), TraitNode("city", canonical("city", "Graz"))
    assert (graph.holders(node), graph.printed_holders(node)) == (2, 1)


def test_of_equal_answers_the_first_stands():
    graph = ProfileGraph([profile("ana", skill="Rust; rust"), profile("ben", skill="RUST")])
    assert [(mine.text, theirs.text) for _, mine, theirs in graph.shared("ana", "ben")] == [
        ("Rust", "RUST")
    ]


def test_the_product_of_the_biadjacency_sums_strengths():
    people = [
        profile("ana", school="MIT", hobby="chess"),
        profile("ben", school="MIT", hobby="chess"),
        profile("cyd", school="ETH"),
    ]
    graph = ProfileGraph(people)
    product = graph.biadjacency() @ graph.biadjacency().T
    strengths = sum(graph.strength(node) for node, _, _ in graph.shared("ana", "ben"))
    assert np.isclose(product[0, 1], strengths)
    assert product[0, 2] == 0
