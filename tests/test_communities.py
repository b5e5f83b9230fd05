"""Communities: found by what people share, the same each time."""

from random import Random

from build_profiles import profile

from matcher.communities import communities, strongest_ties, typical
from matcher.graph import ProfileGraph

PEOPLE = [
    *(profile(f"c{at}", hobby="chess", skill="Rust") for at in range(4)),
    *(profile(f"p{at}", hobby="pottery") for at in range(3)),
    profile("zoe", hobby="kites"),
]
CHESS, POTTERY = ("c0", "c1", "c2", "c3"), ("p0", "p1", "p2")


def test_people_who_share_something_are_one_community_and_who_shares_nothing_is_in_none():
    assert communities(strongest_ties(ProfileGraph(PEOPLE))) == (CHESS, POTTERY)


def test_the_order_of_the_rows_changes_nothing():
    shuffled = Random(1).sample(PEOPLE, len(PEOPLE))
    one, other = (strongest_ties(ProfileGraph(rows)) for rows in (PEOPLE, shuffled))
    assert (list(one), sorted(one.edges)) == (list(other), sorted(other.edges))
    assert communities(one) == communities(other)


def test_nobody_brings_more_than_four_ties():
    people = [profile(f"p{at:02}", hobby="chess") for at in range(9)]
    people.append(profile("zoe", hobby="kites"))
    ties = strongest_ties(ProfileGraph(people))
    assert 0 < ties.number_of_edges() <= 4 * 9
    assert ties.degree["zoe"] == 0 and not [one for one, other in ties.edges if one == other]


def test_a_community_is_named_by_what_it_holds_and_others_do_not():
    graph = ProfileGraph(PEOPLE)
    assert typical(graph, CHESS, most=1) in (("chess",), ("Rust",))
    assert typical(graph, POTTERY) == ("pottery",)
    assert typical(graph, ("c0", "p0")) == ()


def test_without_anything_shared_there_is_no_community():
    assert communities(strongest_ties(ProfileGraph([profile("ana"), profile("ben")]))) == ()
    assert communities(strongest_ties(ProfileGraph([]))) == ()
