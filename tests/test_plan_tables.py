"""Tables that people are bound to: zones, their room, and table numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import crowd, planned

from matcher.errors import NoPlan
from matcher.plan import make_plan
from matcher.plan.rounds.tables import number_tables
from matcher.plan.zones import Zones
from matcher.rules import FixedTables, Tables, violations
from matcher.settings import Settings


def bound(**tables):
    return FixedTables({person: frozenset(numbers) for person, numbers in tables.items()})


def pairs(*members):
    return np.array([(*each, -1) for each in members])


def zones(*seats, tables=9):
    return Zones.of_people([seats], np.array([tables]))


def test_without_bound_people_there_is_one_zone():
    free = zones(None, None)
    assert (free.sets, free.of((0, 1)), free.tables((0, 1), 0)) == ((), (0,), None)


def test_zones_are_unions_of_sets_that_overlap():
    one, two, three = frozenset({1, 2}), frozenset({2, 3}), frozenset({7})
    found = zones(one, two, three, None)
    assert {one, two, three, one | two} <= set(found.sets)
    assert one | three not in found.sets
    assert found.tables((0, 1), 0) == frozenset({2})
    assert len(found.of((0, 1))) == 1 + sum(2 in zone and 7 not in zone for zone in found.sets)


def test_a_zone_has_room_for_the_tables_that_the_round_has():
    found = Zones.of_people([[frozenset({2, 5})]], np.array([9, 4, 1]))
    assert found.room(np.array([4, 4, 1])).tolist() == [[4, 4, 1], [2, 1, 0]]


def test_sets_that_overlap_in_too_many_ways_are_refused_in_words():
    seats = [frozenset({0, i}) for i in range(1, 15)]
    with pytest.raises(NoPlan, match="Give people who need the same thing the same tables"):
        _ = zones(*seats, tables=20).sets


def test_bound_meetings_are_seated_first_and_walk_little():
    one, any_of_two = frozenset({1}), frozenset({1, 2})
    first = pairs((0, 1), (2, 3), (4, 5)), {0: any_of_two, 1: one}
    second = pairs((0, 4), (2, 5), (1, 3)), {0: any_of_two}
    assert [each.tolist() for each in number_tables([first, second], 6)] == [[2, 1, 3], [2, 1, 3]]


def test_a_table_beyond_those_of_the_round_is_no_reason_to_leave_one_out():
    first = pairs((0, 1), (2, 3)), {0: frozenset({9})}
    second = pairs((0, 2), (1, 3)), {}
    assert [each.tolist() for each in number_tables([first, second], 4)] == [[9, 1], [1, 2]]


def test_meetings_that_do_not_find_their_tables_are_a_bug():
    with pytest.raises(ValueError, match=r"infeasible|than there are tables"):
        number_tables([(pairs((0, 1), (2, 3)), {0: frozenset({1}), 1: frozenset({1})})], 4)


def test_somebody_bound_to_a_table_meets_everybody_there():
    plan = planned(crowd(12), [bound(p0003=[5])], rounds=4)
    assert {m.table for m in plan.meetings if "p0003" in m.members} == {5}
    assert plan.sit_outs == ()


def test_people_bound_to_one_table_take_turns():
    plan = planned(crowd(6, 1), [bound(p0000=[2], p0001=[2])], rounds=3)
    sitting = [who for _, who in plan.sit_outs]
    assert sorted(map(sitting.count, ("p0000", "p0001"))) == [1, 1]
    assert len(sitting) == 4  # while one of them sits out, so does somebody else


def test_people_with_too_few_tables_share_the_sit_outs_and_are_named():
    quiet = {f"p{i:04}": [1, 2] for i in range(8)}
    plan = planned(crowd(40, 1), [bound(**quiet)], rounds=4)
    sitting = [who for _, who in plan.sit_outs]
    assert {who: sitting.count(who) for who in sorted(set(sitting))} == dict.fromkeys(quiet, 2)
    assert "16 seats at table 1, 2 in all rounds, for p0000, p0001" in "\n".join(plan.notices)


def test_a_zone_keeps_to_the_tables_of_each_round():
    rules = [bound(p0000=[2], p0001=[1, 2]), Tables((3, 1, 3))]
    plan = planned(crowd(8, 2), rules, rounds=3)
    assert violations(plan.meetings, rules) == []
    assert all(m.table == 1 for m in plan.meetings if m.round == 2)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_tables_give_a_plan_that_keeps_them(data):
    people = data.draw(st.integers(4, 11))
    seats = data.draw(
        st.dictionaries(
            st.sampled_from([f"p{i:04}" for i in range(people)]),
            st.frozensets(st.integers(1, 4), min_size=1),
            max_size=people,
        )
    )
    rules = [FixedTables(seats), Tables(tuple(data.draw(st.lists(st.integers(1, 5), min_size=1))))]
    choice = Settings(rounds=data.draw(st.integers(1, 4)))
    try:
        plan = make_plan(crowd(people, data.draw(st.integers(0, 9))), choice, rules=rules)
    except NoPlan:
        return
    assert violations(plan.meetings, rules) == []
    assert plan.bound >= plan.total
