"""Edge colouring with lists: the guarantee behind "no question twice"."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.questions.colour import assign, colour_edges, largest_degree

vertices = st.integers(0, 7).map(str)
multigraphs = st.lists(st.tuples(vertices, vertices), max_size=40)


def clashes(edges, items):
    """Pairs of edges with a common vertex and the same item."""
    return [
        (a, b)
        for a in range(len(edges))
        for b in range(a)
        if items[a] is not None
        and items[a] == items[b]
        and (edges[a][0] == edges[b][0] or edges[a][1] == edges[b][1])
    ]


@given(multigraphs)
def test_as_many_colours_as_the_largest_degree_suffice(edges):
    colours = colour_edges(edges)
    assert not clashes(edges, colours)
    assert set(colours) <= set(range(largest_degree(edges)))


@given(multigraphs, st.randoms(use_true_random=False))
def test_every_edge_gets_an_item_of_its_own_list(edges, random):
    degree = largest_degree(edges)
    items = [f"item {n}" for n in range(degree + 5)]
    lists = [random.sample(items, degree) for _ in edges]
    given_away = assign(edges, lists, random.sample(items, len(items)))
    assert not clashes(edges, given_away)
    assert all(item in mine for item, mine in zip(given_away, lists, strict=True))


def test_a_list_that_is_too_short_leaves_an_edge_empty_and_repeats_nothing():
    assert sorted(map(str, assign([("a", "b"), ("a", "c")], ["x", "x"], "x"))) == ["None", "x"]


def test_an_edge_may_be_there_twice():
    assert sorted(assign([("a", "b"), ("a", "b")], ["xy", "xy"], "xy")) == ["x", "y"]
