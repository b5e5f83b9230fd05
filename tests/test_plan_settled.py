"""Pins and frozen rounds: kept, planned around, or answered with what is in their way."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import best_settled_rank, crowd, partners, planned, rank, table

from matcher.errors import NoPlan
from matcher.plan import Infeasible, Status, make_plan
from matcher.plan.pins.settle import find_conflict
from matcher.rules import (
    Availability,
    Exclusions,
    FixedTables,
    FrozenRounds,
    Pins,
    Quota,
    Tables,
    violations,
)
from matcher.settings import Odd, Settings

ANA, BEN, CY, DEE = people = ("p0000", "p0001", "p0002", "p0003")


def pins(*wanted):
    return Pins(frozenset(tuple(each) if len(each) == 3 else (*each, None) for each in wanted))


def frozen(*meetings):
    return FrozenRounds(frozenset(number for number, _, _ in meetings), meetings)


def conflict(rules, people=4, **choice):
    """Return what planning refuses; the look before planning says the same."""
    affinities = crowd(people)
    with pytest.raises(Infeasible) as answer:
        planned(affinities, rules, **choice)
    found = answer.value.conflict
    assert find_conflict(affinities.ids, Settings(**choice), rules) == found
    return found


def test_pinned_people_meet_in_their_round():
    wanted = pins((ANA, BEN, 2), (CY, DEE, 2), (ANA, CY))
    plan = planned(crowd(10), [wanted], rounds=3)
    assert {(ANA, BEN), (CY, DEE)} <= {m.members for m in plan.meetings if m.round == 2}
    assert (ANA, CY) in partners(plan)
    assert plan.sit_outs == ()


def test_pinned_people_meet_as_a_pair():
    plan = planned(crowd(9, 1), [pins((ANA, BEN), (CY, DEE, 1))], rounds=3)
    assert {(ANA, BEN), (CY, DEE)} <= {m.members for m in plan.meetings}


def test_the_worst_pairs_meet_when_they_are_pinned():
    worst = table({"a b": 9, "c d": 9, "a c": 0, "b d": 8, "a d": 7, "b c": 1})
    plan = planned(worst, [pins(("a", "c"))], rounds=2)
    assert (plan.total, plan.status) == (2 * (0 + 8 + 9 + 9), Status.OPTIMAL)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("people", "rounds", "odd"), [
    (4, 2, "trio"), (4, 3, "trio"), (5, 2, "trio"), (5, 2, "sit-out"), (6, 2, "trio")])  # fmt: skip
def test_tiny_events_with_pins_are_planned_as_well_as_can_be(people, rounds, odd, seed):
    affinities = crowd(people, seed, share=1.0 if seed < 2 else 0.8)
    choice = Settings(rounds=rounds, odd=Odd(odd))
    rules = [pins((ANA, BEN), (CY, DEE, 1 + seed % 2)), Exclusions(frozenset({(ANA, DEE)}))]
    rules += [frozen((1, 1, (ANA, CY)))] if seed % 2 else []
    best = best_settled_rank(affinities, rules, choice)
    if best is None:
        with pytest.raises(Infeasible):
            planned(affinities, rules, **vars(choice))
    else:
        assert rank(planned(affinities, rules, **vars(choice))) == best


def test_frozen_rounds_stay_as_they_are_and_nobody_meets_again():
    old = planned(crowd(11, 1), rounds=4)
    kept = [m for m in old.meetings if m.round in (1, 3)]
    rule = frozen(*((m.round, m.table, m.members) for m in kept))
    new = planned(crowd(11, 2), [rule], rounds=5)
    same = [(m.round, m.table, m.members) for m in new.meetings if m.round in (1, 3)]
    assert same == [(m.round, m.table, m.members) for m in kept]
    assert violations(new.meetings, [rule]) == []
    assert sum(m.value for m in new.meetings) == new.total <= new.bound


def test_whoever_sat_out_in_a_frozen_round_does_not_again():
    ids = crowd(9).ids
    pairs = zip(ids[1::2], ids[2::2], strict=True)
    rule = frozen(*((1, table, pair) for table, pair in enumerate(pairs, start=1)))
    plan = planned(crowd(9, 1), [rule], rounds=9, odd=Odd.SIT_OUT)
    assert sorted(who for _, who in plan.sit_outs) == list(ids)
    assert (1, ANA) in plan.sit_outs


def test_all_rounds_may_be_frozen():
    plan = planned(crowd(4), [frozen((1, 7, (ANA, BEN)), (1, 2, (CY, DEE)))], rounds=1)
    assert [(m.table, m.members) for m in plan.meetings] == [(2, (CY, DEE)), (7, (ANA, BEN))]
    assert plan.status is Status.OPTIMAL


def test_a_pin_that_a_frozen_round_fulfils_asks_for_nothing_more():
    plan = planned(crowd(4), [frozen((1, 1, (ANA, BEN))), pins((ANA, BEN))], rounds=3)
    assert [m.round for m in plan.meetings if m.members == (ANA, BEN)] == [1]


def test_a_pin_takes_a_pair_that_is_not_written_out(monkeypatch):
    monkeypatch.setattr("matcher.plan.narrow.EVERY_PAIR_UP_TO", 3)
    sparse = replace(crowd(60, share=0.05), others=1)
    rules = [pins((ANA, "p0059"), (BEN, "p0058", 1))]
    assert {(ANA, "p0059"), (BEN, "p0058")} <= partners(planned(sparse, rules, rounds=3))


@pytest.mark.parametrize(("rules", "says"), [
    ([pins((ANA, BEN)), Exclusions(frozenset({(ANA, BEN)}))],
     ["pin p0000 p0001", "exclusion p0000 p0001"]),
    ([pins((ANA, BEN, 1), (ANA, CY, 1), (BEN, CY))], ["pin p0000 p0001 1", "pin p0000 p0002 1"]),
    ([pins((ANA, BEN, 1)), Availability({BEN: frozenset({1, 2})})],
     ["pin p0000 p0001 1", "availability p0001 1"]),
    ([pins((ANA, BEN), (ANA, CY), (CY, DEE)), Quota({ANA: 1, DEE: 1})],
     ["pin p0000 p0001", "pin p0000 p0002", "quota p0000"]),
    ([pins((ANA, BEN, 1), (CY, DEE, 1)), Tables((1, 2))],
     ["pin p0000 p0001 1", "pin p0002 p0003 1", "tables 1"]),
    ([frozen((1, 3, (ANA, BEN))), FixedTables({BEN: frozenset({1, 2})})],
     ["frozen p0000 p0001 1", "table p0001"]),
    ([frozen((2, 1, (ANA, BEN))), pins((CY, DEE, 2))], ["frozen 2", "pin p0002 p0003 2"]),
    ([frozen((2, 1, (ANA, BEN)), (2, 1, (CY, DEE)))],
     ["frozen p0000 p0001 2", "frozen p0002 p0003 2"]),
    ([pins((ANA, BEN, 1), (CY, DEE, 1)),
      FixedTables({ANA: frozenset({1}), CY: frozenset({1}), DEE: frozenset({1, 4})})],
     ["pin p0000 p0001 1", "pin p0002 p0003 1", "table p0000", "table p0002"]),
])  # fmt: skip
def test_a_conflict_names_exactly_what_is_in_the_way(rules, says):
    found = conflict(rules, rounds=2)
    named = [(each.kind, *each.ids, each.round) for each in found.requirements]
    assert [" ".join(str(part) for part in each if part is not None) for each in named] == says
    assert found.irreducible


def test_a_conflict_speaks_in_names_and_says_what_to_do():
    names = {ANA: "Ana Li", BEN: "Ben Oz"}
    rules = [pins((ANA, BEN, 2)), Availability({BEN: frozenset({2})})]
    with pytest.raises(NoPlan) as answer:
        make_plan(crowd(3), Settings(rounds=2), rules=rules, names=names)
    assert str(answer.value).splitlines() == [
        "No plan of 2 rounds keeps all of these:",
        "- Ana Li and Ben Oz must meet in round 2 (pin).",
        "- Ben Oz is absent in round 2.",
        "Drop or change any one of these, and the others can hold.",
    ]


def test_more_partners_pinned_than_rounds_is_a_conflict_of_the_pins():
    found = conflict([pins((ANA, BEN), (ANA, CY), (ANA, DEE))], rounds=2)
    assert [each.kind for each in found.requirements] == ["pin"] * 3


def test_a_pin_of_a_pair_that_is_not_listed_is_a_conflict():
    with pytest.raises(Infeasible, match="the affinities do not list them"):
        planned(table({"ana ben": 5}, people="cy"), [pins(("ana", "cy"))])


@st.composite
def settled_events(draw):
    """Draw pins, rules and settings of a small event."""
    ids = crowd(draw(st.integers(4, 9))).ids
    pair = st.sampled_from(list(combinations(ids, 2)))
    rounds = draw(st.integers(1, 4))
    when = st.one_of(st.none(), st.integers(1, rounds))
    wanted = draw(st.lists(st.tuples(pair, when), max_size=5))
    absent = draw(st.dictionaries(st.sampled_from(ids), st.frozensets(st.integers(1, rounds))))
    seats = draw(
        st.dictionaries(
            st.sampled_from(ids), st.frozensets(st.integers(1, 3), min_size=1), max_size=3
        )
    )
    return (
        crowd(len(ids), draw(st.integers(0, 9))),
        [
            pins(*((*both, number) for both, number in wanted)),
            Exclusions(frozenset(draw(st.lists(pair, max_size=3)))),
            Availability(absent),
            FixedTables(seats),
            Tables((draw(st.integers(1, 4)),)),
        ],
        Settings(rounds=rounds, odd=draw(st.sampled_from(list(Odd)))),
    )


@settings(max_examples=60, deadline=None)
@given(settled_events())
def test_any_pins_are_kept_or_in_a_conflict(event):
    affinities, rules, choice = event
    try:
        plan = make_plan(affinities, choice, rules=rules)
    except Infeasible as answer:
        assert answer.conflict.irreducible
        return
    except NoPlan:
        assert not rules[0].pairs
        return
    assert violations(plan.meetings, rules, ids=plan.ids, rounds=choice.rounds) == []
    pairs = {m.members for m in plan.meetings if len(m.members) == 2}
    assert {(a, b) for a, b, _ in rules[0].pairs} <= pairs
    assert plan.total <= plan.bound


def only(requirements, rules, rounds):
    """Return rules that ask for these requirements and nothing else."""
    _, _, _, seats, tables = rules
    pinned = {(*each.ids, each.round) for each in requirements if each.kind == "pin"}
    apart = {each.ids for each in requirements if each.kind == "exclusion"}
    absent = [(*each.ids, each.round) for each in requirements if each.kind == "availability"]
    bound = {who for each in requirements if each.kind == "table" for who in each.ids}
    few = {each.round for each in requirements if each.kind == "tables"}
    return [
        Pins(frozenset(pinned)),
        Exclusions(frozenset(apart)),
        Availability({who: frozenset(r for w, r in absent if w == who) for who, _ in absent}),
        FixedTables({who: at for who, at in seats.at.items() if who in bound}),
        Tables(tuple(tables.most[0] if r in few else 99 for r in range(1, rounds + 1))),
    ]


@settings(max_examples=40, deadline=None)
@given(settled_events())
def test_dropping_any_one_requirement_of_a_conflict_resolves_it(event):
    affinities, rules, choice = event
    try:
        make_plan(affinities, choice, rules=rules)
    except Infeasible as answer:
        named = answer.conflict.requirements
        with pytest.raises(Infeasible):
            make_plan(affinities, choice, rules=only(named, rules, choice.rounds))
        for spared in named:
            rest = [each for each in named if each is not spared]
            make_plan(affinities, choice, rules=only(rest, rules, choice.rounds))
    except NoPlan:
        return
