"""Drawings of many people: every meeting, person and tie is in them, in its place."""

import networkx as nx

from web.drawings import draw_around, draw_matrix, draw_net, draw_shades

PEOPLE = ("ana", "ben", "cleo", "dan")
NAMES = {person: person.title() for person in PEOPLE}


def test_a_meeting_is_two_squares_and_has_the_colour_of_a_group_only_inside_it():
    groups = {"ana": 1, "ben": 1, "cleo": 2, "dan": 0}
    drawn = draw_matrix(PEOPLE, groups, [("ben", "ana"), ("ana", "cleo")])
    assert drawn.within == {1: "M0 1h1v1h-1zM1 0h1v1h-1z"}
    assert drawn.between == "M2 0h1v1h-1zM0 2h1v1h-1z"
    assert (drawn.size, drawn.borders) == (4, (2, 3))


def test_people_of_no_group_are_no_group():
    drawn = draw_matrix(PEOPLE, {}, [("ana", "ben")])
    assert drawn.within == {} and drawn.between.count("h1v1") == 2 and drawn.borders == ()


def test_everybody_is_a_dot_inside_the_picture_and_whoever_is_alone_stands_below():
    ties = nx.Graph([("ana", "ben"), ("ben", "cleo")])
    ties.add_node("dan")
    net = draw_net(ties, {"ana": 1}, NAMES)
    assert [dot.name for dot in net.dots] == ["Ana", "Ben", "Cleo", "Dan"]
    assert [dot.group for dot in net.dots] == [1, 0, 0, 0]
    assert all(7 <= dot.x <= 393 and 7 <= dot.y <= net.side - 7 for dot in net.dots)
    assert net.dots[3].y > 400 and all(dot.y < 400 for dot in net.dots[:3])
    assert len(net.lines) == 2
    assert draw_net(ties, {"ana": 1}, NAMES) == net


def test_a_room_of_strangers_is_rows_of_dots():
    ties = nx.empty_graph(("a", "b"))
    net = draw_net(ties, {}, {"a": "A", "b": "B"})
    assert (len(net.dots), net.lines) == (2, ())
    assert net.dots[0] != net.dots[1]


def test_a_square_is_as_dark_as_two_groups_meet_densely():
    shades = {(s.row, s.column): s for s in draw_shades([3, 2], {(0, 0): 3, (0, 1): 3})}
    assert (shades[0, 0].count, shades[0, 0].strength) == (3, 1.0)
    assert (shades[0, 1].count, shades[0, 1].strength) == (3, 0.5)
    assert shades[1, 0].count == shades[0, 1].count
    assert (shades[1, 1].count, shades[1, 1].strength) == (0, 0.0)


def test_one_person_alone_and_no_meetings_are_drawn_without_colour():
    assert [shade.strength for shade in draw_shades([1], {})] == [0.0]
    assert draw_shades([], {}) == ()


def test_what_is_shared_lies_between_a_person_and_those_who_share_it():
    net = draw_around("Ana", [("1", "Ben"), ("2", "Cleo")], [("a", "chess", [0])])
    assert [(dot.name, dot.mark) for dot in net.dots] == [
        *(("Ana", ""), ("chess", "a"), ("Ben", "1"), ("Cleo", "2"))
    ]
    place = {(dot.x, dot.y): dot.name for dot in net.dots}
    ends = {(place[line.x1, line.y1], place[line.x2, line.y2]) for line in net.lines}
    assert {frozenset(pair) for pair in ends} == {
        *(frozenset({"Ana", "chess"}), frozenset({"chess", "Ben"}), frozenset({"Ana", "Cleo"}))
    }
    assert all(7 <= dot.x <= 393 and 7 <= dot.y <= 393 for dot in net.dots)
