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


def test_two_with_one_need_share_it_and_two_with_one_offer_share_nothing():
    graph = ProfileGraph([profile("ana", need="money"), profile("ben", need="Money")])
    assert [node for node, *_ in graph.shared("ana", "ben")] == [TraitNode("need", "money")]
    graph = ProfileGraph([profile("ana", offer="money"), profile("ben", offer="money")])
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


def neighbours():
    """Two of Bilbao, one of the same region, one of the same country, one from elsewhere."""
    towns = {"ana": "Bilbao", "ben": "Bilbao, Spain", "cyd": "Vitoria-Gasteiz", "dee": "Sevilla"}
    others = {f"p{at}": "Osaka" for at in range(9)}
    return ProfileGraph([profile(each, city=town) for each, town in (towns | others).items()])


@pytest.mark.parametrize(
    ("other", "value", "holders"),
    [("ben", canonical("city", "Bilbao"), 2), ("cyd", "geo:ES.59", 3), ("dee", "geo:ES", 4)],
)
def test_two_people_share_the_narrowest_place_alone_by_its_own_rarity(other, value, holders):
    graph = neighbours()
    ((node, mine, _),) = graph.shared("ana", other)
    assert (node.value, mine.text, graph.holders(node)) == (value, "Bilbao", holders)
    at = [graph.ids.index(each) for each in ("ana", other)]
    product = graph.biadjacency() @ graph.biadjacency().T
    assert np.isclose(product[*at], graph.strength(node))


def test_a_wider_place_is_worth_less_and_a_foreign_one_nothing():
    graph = neighbours()
    worth = [graph.strength(graph.shared("ana", other)[0][0]) for other in ("ben", "cyd", "dee")]
    assert worth == sorted(worth, reverse=True)
    assert graph.shared("ana", "p1") == []


def test_what_two_shared_towns_lie_in_counts_once():
    towns = {"ana": "Bilbao; Sevilla", "ben": "Sevilla; Bilbao", "cyd": "Madrid", "dee": "Osaka"}
    graph = ProfileGraph([profile(each, lived=town) for each, town in towns.items()])
    product = graph.biadjacency() @ graph.biadjacency().T
    towns = sum(graph.strength(node) for node, _, _ in graph.shared("ana", "ben"))
    assert np.isclose(product[0, 1], towns - graph.strength(TraitNode("lived", "geo:ES")))


def test_whoever_names_a_region_shares_it_with_those_in_its_towns():
    graph = ProfileGraph([profile("ana", city="Basque Country"), profile("ben", city="Bilbao")])
    ((node, mine, theirs),) = graph.shared("ana", "ben")
    assert (node.value, mine.text, theirs.text) == ("geo:ES.59", "Basque Country", "Bilbao")


def test_a_country_of_most_people_links_nobody():
    towns = ("Bilbao", "Sevilla", "Madrid", "Zaragoza", "Valencia", "Málaga", "Murcia", "Osaka")
    graph = ProfileGraph([profile(f"p{at}", city=town) for at, town in enumerate(towns)])
    ((country, _, _),) = graph.shared("p0", "p1")
    assert rarity(graph.holders(country), len(towns)) > 0 == graph.strength(country)
    assert (graph.biadjacency() @ graph.biadjacency().T)[0, 1] == 0
