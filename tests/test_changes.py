"""Changes of a plan by hand: what they do, what they cost, and what stands in their way."""

from dataclasses import replace

import pytest
from planning import meeting

from matcher.changes import (
    CHANGES,
    Board,
    Forbid,
    Impossible,
    Move,
    Pin,
    Remove,
    Share,
    Swap,
    make_change,
    price,
)
from matcher.rules import (
    Availability,
    Cohorts,
    Exclusions,
    FixedTables,
    FrozenRounds,
    Pins,
    Quota,
    Violation,
)
from matcher.settings import Odd, Settings

NAMES = {"ana": "Ana", "ben": "Ben", "cy": "Cy", "dee": "Dee", "eve": "Eve"}
WORTH = {("ana", "ben"): 500, ("cy", "dee"): 300, ("ana", "dee"): 400, ("ben", "cy"): 100}
FIRST = (meeting(1, "ana", "ben", at=1), meeting(1, "cy", "dee", at=2))
SECOND = (meeting(2, "ana", "cy", at=1), meeting(2, "ben", "dee", at=2))


def board(*meetings, people="ana ben cy dee", rules=(), rounds=2, **settings):
    return Board(
        ids=tuple(people.split()),
        meetings=meetings or (*FIRST, *SECOND),
        settings=Settings(rounds=rounds, **settings),
        rules=rules,
        names=NAMES,
        values=lambda pairs: [WORTH.get(pair, 50) for pair in pairs],
    )


def seats(meetings, number=1):
    return {m.table: " ".join(m.members) for m in meetings if m.round == number}


def costs(here, change):
    changed = make_change(here, change)
    return price(here, changed.meetings, changed.rules)


def test_two_people_take_each_others_places_and_nobody_else_moves():
    here = board()
    changed = make_change(here, Swap(round=1, one="ben", other="dee"))
    assert seats(changed.meetings) == {1: "ana dee", 2: "ben cy"}
    assert seats(changed.meetings, 2) == seats(here.meetings, 2)
    assert changed.text == "Ben and Dee change places in round 1."


def test_the_price_of_a_swap_is_what_everybody_concerned_gains_and_loses():
    found = costs(board(*FIRST), Swap(round=1, one="ben", other="dee"))
    assert found.total == 2 * (400 + 100 - 500 - 300)
    assert {each.id: each.change for each in found.shares} == {
        "ben": -800,
        "cy": -400,
        "ana": -200,
        "dee": 200,
    }
    assert found.shares[0] == Share(id="ben", change=-800) and not found.broken
    assert [(m.members, m.value) for m in found.gone] == [
        (("ana", "ben"), 1000),
        (("cy", "dee"), 600),
    ]


def test_a_swap_back_restores_the_plan():
    here = board()
    there = make_change(here, Swap(round=1, one="ben", other="dee"))
    again = replace(here, meetings=there.meetings)
    back = make_change(again, Swap(round=1, one="dee", other="ben"))
    assert back.meetings == here.meetings
    assert price(here, back.meetings).is_nothing


def test_who_has_a_break_can_take_a_place():
    here = board(meeting(1, "ana", "ben"), people="ana ben cy", odd=Odd.SIT_OUT)
    changed = make_change(here, Swap(round=1, one="ben", other="cy"))
    assert seats(changed.meetings) == {1: "ana cy"}
    assert {s.id for s in price(here, changed.meetings).shares} == {"ana", "ben", "cy"}


def test_a_swap_that_lets_two_meet_again_is_named_as_broken():
    found = costs(board(), Swap(round=1, one="ben", other="cy"))
    assert [each.text for each in found.broken] == [
        "Ana and Cy meet 2 times.",
        "Ben and Dee meet 2 times.",
    ]


def test_a_person_joins_a_table_and_the_partner_left_alone_has_a_break():
    away = Availability({"eve": frozenset({1}), "dee": frozenset({2})})
    here = board(*FIRST, people="ana ben cy dee eve", rules=(away,))
    changed = make_change(here, Move(round=1, person="ana", table=2))
    assert seats(changed.meetings) == {2: "ana cy dee"}
    found = price(here, changed.meetings)
    assert (found.breaks, [each.kind for each in found.broken]) == (1, ["trio"])
    assert found.total == 300 + 400 + 50 - 1000 - 600


def test_a_table_of_three_needs_an_odd_number_of_people():
    (broken,) = costs(board(*FIRST), Move(round=1, person="ana", table=2)).broken
    assert (broken.kind, broken.text) == (
        "trio",
        "Ana, Cy and Dee sit together in round 1, though 4 people are there, an even number.",
    )


def test_who_leaves_a_table_of_three_leaves_a_pair():
    here = board(meeting(1, "ana", "ben", "cy"), people="ana ben cy", rounds=1)
    assert seats(make_change(here, Remove(round=1, person="ana")).meetings) == {1: "ben cy"}


def test_who_is_taken_out_of_a_pair_leaves_a_break_for_both():
    found = costs(board(), Remove(round=2, person="cy"))
    assert (found.breaks, found.total, found.new) == (2, -100, ())


def test_who_is_left_alone_meets_somebody_else_who_has_a_break():
    meetings = (meeting(1, "ana", "ben"),)
    here = board(*meetings, people="ana ben cy dee")
    assert seats(make_change(here, Remove(round=1, person="ben")).meetings) == {1: "ana dee"}
    apart = (Exclusions(frozenset({("ana", "dee")})), Availability({"cy": frozenset({1})}))
    here = board(*meetings, people="ana ben cy dee", rules=apart)
    assert seats(make_change(here, Remove(round=1, person="ben")).meetings) == {}


def test_who_moves_leaves_a_partner_to_somebody_who_has_a_break():
    here = board(*FIRST, people="ana ben cy dee eve")
    changed = make_change(here, Move(round=1, person="ana", table=2))
    assert seats(changed.meetings) == {1: "ben eve", 2: "ana cy dee"}
    assert price(here, changed.meetings).breaks == -1


def test_a_pin_takes_the_cheapest_exchange_and_holds_from_now_on():
    here = board(*FIRST)
    changed = make_change(here, Pin(one="dee", other="ana", round=1))
    assert seats(changed.meetings) == {1: "ben cy", 2: "ana dee"}
    assert changed.rules == (Pins(frozenset({("ana", "dee", 1)})),)
    assert not price(here, changed.meetings, changed.rules).broken


def test_a_pin_seats_two_who_have_a_break_at_a_free_table():
    here = board(meeting(1, "ana", "ben"), people="ana ben cy dee")
    assert seats(make_change(here, Pin(one="cy", other="dee", round=1)).meetings) == {
        1: "ana ben",
        2: "cy dee",
    }


def test_a_pin_of_two_who_meet_anyway_changes_no_card():
    here = board()
    changed = make_change(here, Pin(one="ana", other="ben"))
    assert price(here, changed.meetings, changed.rules).is_nothing and changed.rules


def test_two_who_meet_in_another_round_cannot_be_pinned_to_this_one():
    with pytest.raises(Impossible, match="Ana and Ben meet in round 1, and nobody meets twice"):
        make_change(board(), Pin(one="ana", other="ben", round=2))


def test_who_never_meets_again_changes_places_with_somebody_it_costs_least():
    here = board(*FIRST)
    changed = make_change(here, Forbid(one="ana", other="ben"))
    assert seats(changed.meetings) == {1: "ana dee", 2: "ben cy"} or seats(changed.meetings) == {
        1: "ben cy",
        2: "ana dee",
    }
    assert changed.rules == (Exclusions(frozenset({("ana", "ben")})),)


def test_a_way_that_breaks_a_rule_is_passed_over_for_a_dearer_one():
    apart = Exclusions(frozenset({("ana", "dee")}))
    changed = make_change(board(*FIRST, rules=(apart,)), Forbid(one="ana", other="ben"))
    assert set(seats(changed.meetings).values()) == {"ana cy", "ben dee"}


def test_where_no_exchange_is_allowed_two_have_a_break_instead():
    rules = (Exclusions(frozenset({("ana", "dee"), ("ana", "cy")})),)
    found = costs(board(*FIRST, rules=rules), Forbid(one="ana", other="ben"))
    assert (found.breaks, found.new, found.broken) == (2, (), ())


def test_two_who_do_not_meet_only_get_the_rule():
    here = board(*FIRST)
    changed = make_change(here, Forbid(one="ana", other="cy"))
    assert changed.meetings == here.meetings and changed.rules


@pytest.mark.parametrize(
    ("rule", "change", "says"),
    [
        (Availability({"ben": frozenset({2})}), Swap(round=1, one="ben", other="dee"), ""),
        (
            FrozenRounds(frozenset({1}), tuple((1, m.table, m.members) for m in FIRST)),
            Swap(round=1, one="ben", other="dee"),
            "Ana and Ben do not meet at table 1 in round 1, which is frozen.",
        ),
        (
            FixedTables({"ben": frozenset({1})}),
            Swap(round=1, one="ben", other="dee"),
            "Ben is at table 2, not at 1.",
        ),
        (
            Pins(frozenset({("ana", "ben", 1)})),
            Remove(round=1, person="ben"),
            "Ana and Ben do not meet in round 1 (pin).",
        ),
        (Quota({"ana": 1}), Remove(round=1, person="ana"), ""),
    ],
)
def test_what_a_change_breaks_is_named_at_once_and_nothing_else(rule, change, says):
    found = costs(board(*FIRST, rules=(rule,)), change)
    assert (found.broken[0].text if found.broken else "") == says


def test_two_who_only_share_a_partner_give_each_other_nothing():
    cohorts = Cohorts(
        {"ana": frozenset({"mentee"}), "ben": frozenset({"mentor"}), "cy": frozenset({"mentee"})},
        frozenset({("mentee", "mentor")}),
        True,
    )
    here = board(meeting(1, "ana", "ben"), people="ana ben cy", rules=(cohorts,))
    found = costs(here, Move(round=1, person="cy", table=1))
    assert not found.broken
    assert {s.id: s.change for s in found.shares} == {"ana": -500, "ben": -400, "cy": 100}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Swap(round=1, one="ana", other="ben"), "sit at one table in round 1"),
        (Swap(round=1, one="ana", other="ana"), "Ana is one person"),
        (Swap(round=3, one="ana", other="cy"), "Name one from 1 to 2"),
        (Swap(round=1, one="ana", other="zoe"), "'zoe' is nobody in this plan"),
        (Move(round=1, person="ana", table=9), "Nobody sits at table 9"),
        (Move(round=1, person="ana", table=1), "Ana sits at table 1 in round 1 already"),
        (Remove(round=0, person="ana"), "There is no round 0"),
        (Pin(one="ana", other="ana"), "Name two"),
        (Forbid(one="ben", other="ben"), "Name two"),
    ],
)
def test_a_change_without_sense_is_refused_in_words(change, says):
    with pytest.raises(Impossible, match=says):
        make_change(board(), change)


def test_who_has_a_break_cannot_be_taken_out_nor_swapped_with_another():
    here = board(meeting(1, "ana", "ben"), people="ana ben cy dee")
    with pytest.raises(Impossible, match="Cy meets nobody in round 1"):
        make_change(here, Remove(round=1, person="cy"))
    with pytest.raises(Impossible, match="have no meeting in round 1"):
        make_change(here, Swap(round=1, one="cy", other="dee"))


def test_seats_that_there_are_not_are_named():
    here = board(*FIRST, tables=2, rounds=1)
    found = here.broken((meeting(2, "ana", "ben"), meeting(1, "cy", "dee", at=3)))
    assert found == (
        Violation(
            kind="seat",
            ids=("ana", "ben"),
            round=2,
            text="Ana and Ben would meet in round 2; the last one is 1.",
        ),
        Violation(
            kind="seat",
            ids=("cy", "dee"),
            round=1,
            text="Cy and Dee would sit at table 3 in round 1; there are 2.",
        ),
    )
    shared = here.broken((FIRST[0], meeting(1, "cy", "dee", at=1)))
    assert [each.ids for each in shared] == [("ana", "ben"), ("cy", "dee")]


def test_who_only_sits_elsewhere_is_moved_and_costs_nothing():
    here = board(*FIRST)
    found = price(here, (meeting(1, "cy", "dee", at=1), meeting(1, "ana", "ben", at=2)))
    assert (found.total, found.shares) == (0, ())
    assert found.moved == ("ana", "ben", "cy", "dee") and not found.is_nothing


def test_every_kind_of_change_is_named_and_told_in_words():
    assert [kind.kind for kind in CHANGES] == ["swap", "move", "remove", "pin", "forbid"]
    told = Move(round=2, person="ana", table=3).text(board())
    assert told == "Ana joins table 3 in round 2." and told.values["who"] == "Ana"
    assert Pin(one="ana", other="ben").text(board()) == "Ana and Ben must meet."
