"""Every rule allows, forbids, and lets a near miss pass; building and checking agree."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from build_profiles import profile
from hypothesis import given
from hypothesis import strategies as st
from planning import crowd, meeting, partners, planned, table

from matcher.errors import ProfileError
from matcher.rules import (
    RULES,
    AlreadyMet,
    Availability,
    Cohorts,
    Exclusions,
    FixedTables,
    FrozenRounds,
    Minimum,
    Pins,
    Quota,
    Restriction,
    Rule,
    SameOrganization,
    Tables,
    Violation,
    sorted_pairs,
    violations,
)

ORGANIZATION = SameOrganization({"ana": frozenset({"acme"}), "ben": frozenset({"acme", "zeta"})})
PAIR = frozenset({("ana", "ben")})
COHORTS = Cohorts(
    {"ana": frozenset({"mentor"}), "ben": frozenset({"mentor"}), "cy": frozenset({"mentee"})},
    frozenset({("mentee", "mentor")}),
)
FREE = (meeting(1, "ana", "cy"), meeting(2, "ben", "cy"))
RULE = {
    Exclusions: Exclusions(PAIR),
    AlreadyMet: AlreadyMet(PAIR),
    SameOrganization: ORGANIZATION,
    Availability: Availability({"ana": frozenset({1, 3})}),
    Quota: Quota({"ana": 1}),
    Tables: Tables((1, 2)),
    Cohorts: COHORTS,
    FixedTables: FixedTables({"ana": frozenset({2, 3}), "cy": frozenset({1})}),
    Pins: Pins(frozenset({("ana", "ben", 2)})),
    FrozenRounds: FrozenRounds(frozenset({1}), ((1, 2, ("ana", "ben")),)),
    Minimum: Minimum({"ana": 3}),
}
BROKEN = {
    Availability: ([meeting(3, "ana", "ben")], ("ana",), 3, "ana is absent in round 3."),
    Quota: (
        [meeting(1, "ana", "ben"), meeting(2, "ana", "cy")],
        ("ana",),
        None,
        "ana has 2 meetings; at most 1 are allowed.",
    ),
    Tables: (
        [meeting(1, "ana", "ben"), meeting(1, "cy", "dee", at=2)],
        (),
        1,
        "Round 1 has 2 meetings for 1 tables.",
    ),
    FixedTables: ([meeting(1, "ana", "ben")], ("ana",), 1, "ana is at table 1, not at 2 or 3."),
    Pins: (
        [meeting(1, "ana", "ben")],
        ("ana", "ben"),
        2,
        "ana and ben do not meet in round 2 (pin).",
    ),
    FrozenRounds: (
        [meeting(1, "ana", "ben", at=2), meeting(1, "cy", "dee", at=3)],
        ("cy", "dee"),
        1,
        "cy and dee meet at table 3 in round 1, which is frozen.",
    ),
}
NEAR = {
    Availability: [meeting(2, "ana", "ben"), meeting(1, "ben", "cy")],
    Quota: [meeting(2, "ana", "ben"), meeting(1, "ben", "cy")],
    Tables: [meeting(2, "ana", "ben"), meeting(2, "cy", "dee", at=2), meeting(1, "ana", "cy")],
    FixedTables: [meeting(1, "ana", "ben", at=3), meeting(2, "ben", "cy", at=1)],
    Pins: [meeting(2, "ana", "ben", "cy")],
    FrozenRounds: [meeting(1, "ana", "ben", at=2), meeting(2, "cy", "dee", at=3)],
}
PAIR_RULES = [kind for kind in RULES if kind not in BROKEN and kind is not Minimum]
ASK = (Pins, FrozenRounds)
"""Rules that ask for meetings instead of forbidding some."""


@dataclass(frozen=True)
class EveryWay(Rule):
    """Restricts in the ways that need no pair: ben is late, cy has one meeting, one table."""

    kind = "every way"
    says = "do not meet"

    def restrict(self, ids, rounds):
        number = np.arange(rounds)
        return Restriction(
            pair_in_round=lambda a, b, when: (a == 0) & (b == len(ids) - 1) & (when == 0),
            present=np.array([[who != "ben" or r > 0 for r in number] for who in ids]),
            most=np.array([1 if who == "cy" else rounds for who in ids]),
            tables=np.full(rounds, 1),
        )

    def rows(self):
        return []


@pytest.mark.parametrize("kind", BROKEN)
def test_a_rule_forbids_what_it_says_and_lets_a_near_miss_pass(kind):
    meetings, ids, number, text = BROKEN[kind]
    found = Violation(kind=kind.kind, ids=ids, round=number, text=text)
    assert violations(meetings, [RULE[kind]], rounds=3) == [found]
    assert violations(NEAR[kind], [RULE[kind]], rounds=3) == []


@pytest.mark.parametrize("kind", RULES)
def test_a_plan_made_with_a_rule_keeps_it(kind):
    affinities = table({"ana ben": 9}, others=1, people="cy dee eve")
    plan = planned(affinities, [RULE[kind]], rounds=3)
    assert violations(plan.meetings, [RULE[kind]]) == []
    assert plan.meetings


@pytest.mark.parametrize("kind", [kind for kind in RULES if kind not in ASK])
def test_taking_a_meeting_away_breaks_no_rule(kind):
    affinities = table({"ana ben": 9}, others=1, people="cy dee eve")
    meetings = planned(affinities, [RULE[kind]], rounds=3).meetings
    for i in range(len(meetings)):
        assert violations(meetings[:i] + meetings[i + 1 :], [RULE[kind]]) == []


@pytest.mark.parametrize("kind", PAIR_RULES)
def test_a_rule_forbids_its_pair_and_nothing_else(kind):
    rule = RULE[kind]
    assert violations([meeting(1, "ana", "ben")], [rule]) == [
        Violation(kind=rule.kind, ids=("ana", "ben"), round=1, text=f"ana and ben {rule.says}.")
    ]
    assert violations(FREE, [rule]) == []


@pytest.mark.parametrize("kind", PAIR_RULES)
def test_a_rule_is_seen_inside_a_trio(kind):
    (found,) = violations([meeting(1, "ana", "ben", "cy")], [RULE[kind]])
    assert found.ids == ("ana", "ben")


@pytest.mark.parametrize("kind", PAIR_RULES)
def test_a_plan_keeps_the_rule_at_the_price_of_a_better_pair(kind):
    affinities = table({"ana ben": 900_000}, others=100_000, people="cy dee")
    assert ("ana", "ben") in partners(planned(affinities, rounds=1))
    assert ("ana", "ben") not in partners(planned(affinities, [RULE[kind]], rounds=1))


@pytest.mark.parametrize("kind", ASK)
def test_taking_away_a_meeting_that_a_rule_asks_for_breaks_it(kind):
    plan = planned(table({}, others=1, people="ana ben cy dee eve"), [RULE[kind]], rounds=3)
    kept = [each for each in plan.meetings if not {"ana", "ben"} <= set(each.members)]
    (found,) = violations(kept, [RULE[kind]], ids=plan.ids, rounds=3)
    assert found.ids[:2] == ("ana", "ben")


@pytest.mark.parametrize("kind", [kind for kind in RULES if kind is not FrozenRounds])
def test_a_rule_ignores_ids_the_event_does_not_have(kind):
    assert violations([meeting(1, "eve", "fay")], [RULE[kind]], rounds=3) == []


def test_a_pin_of_people_without_any_meeting_is_missed():
    pin = Pins(frozenset({("ana", "ben", None)}))
    (found,) = violations([meeting(1, "cy", "dee")], [pin], ids=("ana", "ben", "cy", "dee"))
    assert (found.ids, found.text) == (("ana", "ben"), "ana and ben do not meet (pin).")
    assert violations([meeting(1, "ana", "ben")], [pin]) == []


def test_a_frozen_meeting_that_is_gone_or_moved_is_missed():
    at_another = [meeting(1, "ana", "ben", at=1)]
    assert [found.text for found in violations(at_another, [RULE[FrozenRounds]])] == [
        "ana and ben do not meet at table 2 in round 1, which is frozen.",
        "ana and ben meet at table 1 in round 1, which is frozen.",
    ]


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ({"mentor"}, {"mentee"}, True),
        ({"mentor"}, {"mentor"}, False),
        ({"mentee"}, {"mentee"}, True),
        ({"mentor", "mentee"}, {"mentor"}, True),
        ({"guest"}, {"mentee"}, False),
        (None, {"guest"}, True),
    ],
)
def test_cohorts_meet_as_the_table_says(one, other, may):
    allowed = frozenset({("mentee", "mentor"), ("mentee", "mentee")})
    members = {"ana": one, "ben": other}
    rule = Cohorts({who: frozenset(of) for who, of in members.items() if of}, allowed)
    assert (violations([meeting(1, "ana", "ben")], [rule]) == []) is may


def test_people_without_a_table_in_common_never_meet():
    tables = {"ana": frozenset({1, 2}), "ben": frozenset({2, 3}), "cy": frozenset({3})}
    forbids = FixedTables(tables).restrict(["ana", "ben", "cy", "dee"], 1).pair
    a, b = np.triu_indices(4, 1)
    assert forbids(a, b).tolist() == [False, True, False, False, False, False]


def test_a_minimum_asks_and_never_forbids():
    rule = Minimum({"ana": 3})
    assert rule.restrict(["ana", "ben"], 2).fewest.tolist() == [3, 0]
    assert violations([meeting(1, "ana", "ben")], [rule]) == []


@pytest.mark.parametrize("rule", [Pins(frozenset({("a", "b", 4)})),
                                  FrozenRounds(frozenset({4}), ())])  # fmt: skip
def test_a_round_that_the_event_does_not_have_is_refused(rule):
    with pytest.raises(ProfileError, match="the last round is 3"):
        rule.restrict(["a", "b"], 3)


def test_every_way_of_restricting_is_read_in_a_plan():
    meetings = [meeting(1, "ben", "cy"), meeting(1, "ana", "dee", at=2), meeting(2, "ana", "cy")]
    assert [(found.ids, found.round) for found in violations(meetings, [EveryWay()])] == [
        (("cy",), None),
        ((), 1),
        (("ana", "dee"), 1),
        (("ben",), 1),
    ]


def test_every_way_of_restricting_narrows_the_plan():
    plan = planned(table({}, others=1, people="ana ben cy dee"), [EveryWay()], rounds=3)
    assert violations(plan.meetings, [EveryWay()]) == []
    assert len(plan.meetings) == 3


def test_two_promises_hold_without_any_rule():
    meetings = [meeting(1, "ana", "ben"), meeting(1, "ana", "cy"), meeting(2, "ana", "ben")]
    assert [(found.kind, found.ids) for found in violations(meetings, [])] == [
        ("rematch", ("ana", "ben")),
        ("place", ("ana",)),
    ]


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] < p[1])))
def test_building_and_checking_agree(pairs):
    rule = Exclusions(frozenset((f"p{a:04}", f"p{b:04}") for a, b in pairs))
    affinities = crowd(7)
    narrowed = rule.restrict(affinities.ids, 1).pair
    forbidden = narrowed(affinities.a, affinities.b)
    for a, b, found in zip(affinities.a, affinities.b, forbidden, strict=True):
        seated = meeting(1, affinities.ids[a], affinities.ids[b])
        assert bool(violations([seated], [rule])) == found


def test_organizations_come_from_profiles():
    people = [profile("ana", organization="Acme Ltd"), profile("ben", organization="ACME"),
              profile("cy", organization="Zeta"), profile("dee")]  # fmt: skip
    rule = SameOrganization.among(people)
    assert [row[1] for row in rule.rows()] == [("ana", "ben")]


def test_rows_are_sorted_and_say_everything_the_checker_needs():
    assert list(Exclusions(sorted_pairs([("cy", "ben"), ("ben", "ana")])).rows()) == [
        ("exclusion", ("ana", "ben"), None, ""),
        ("exclusion", ("ben", "cy"), None, ""),
    ]
    assert list(ORGANIZATION.rows()) == [("organization", ("ana", "ben"), None, "acme")]
    assert list(RULE[Availability].rows()) == [
        ("availability", ("ana",), 1, ""),
        ("availability", ("ana",), 3, ""),
    ]
    assert list(RULE[Quota].rows()) == [("quota", ("ana",), None, "1")]
    assert list(RULE[Tables].rows()) == [("tables", (), 1, "1"), ("tables", (), 2, "2")]
    assert list(Tables((4,)).rows()) == [("tables", (), None, "4")]
    assert list(COHORTS.rows()) == [
        ("cohort", ("cy",), None, "mentee"),
        ("cohort", ("ana", "ben"), None, "mentor"),
        ("cohorts", (), None, "mentee; mentor"),
    ]
    assert list(RULE[FixedTables].rows()) == [
        ("table", ("ana",), None, "2; 3"),
        ("table", ("cy",), None, "1"),
    ]
    assert list(RULE[Pins].rows()) == [("pin", ("ana", "ben"), 2, "")]
    assert list(RULE[FrozenRounds].rows()) == [
        ("frozen", (), 1, ""),
        ("frozen", ("ana", "ben"), 1, "2"),
    ]
    assert list(RULE[Minimum].rows()) == [("minimum", ("ana",), None, "3")]


@pytest.mark.parametrize("pair", [("ben", "ana"), ("ana", "ana")])
def test_a_pair_that_is_not_sorted_is_refused(pair):
    with pytest.raises(ProfileError, match="not a sorted pair"):
        Exclusions(frozenset({pair}))
    with pytest.raises(ProfileError, match="not a sorted pair"):
        Pins(frozenset({(*pair, None)}))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Availability({"ana": frozenset({0})}), "rounds count from 1"),
        (lambda: Quota({"ana": -1}), "0 or more"),
        (lambda: Tables(()), "needs numbers"),
        (lambda: Minimum({"ana": -1}), "0 or more"),
        (lambda: Pins(frozenset({("ana", "ben", 0)})), "not from 1"),
        (lambda: FixedTables({"ana": frozenset()}), "needs a table"),
        (lambda: FixedTables({"ana": frozenset({0})}), "tables count from 1"),
        (lambda: Cohorts({}, frozenset({("b", "a")})), "not a sorted pair of cohorts"),
        (lambda: FrozenRounds(frozenset({0}), ()), "rounds count from 1"),
        (lambda: FrozenRounds(frozenset({1}), ((2, 1, ("a", "b")),)), "not frozen"),
        (lambda: FrozenRounds(frozenset({1}), ((1, 1, ("b", "a")),)), "cannot be held"),
    ],
)
def test_impossible_numbers_are_refused(make, says):
    with pytest.raises(ProfileError, match=says):
        make()


def test_every_rule_stands_in_the_tuple():
    folder = Path(violations.__code__.co_filename).parent
    kinds = {name for path in folder.glob("*.py") for name in _kinds(path.read_text("utf-8"))}
    assert kinds == {rule.kind for rule in RULES}


def _kinds(source: str) -> list[str]:
    return re.findall(r'kind: ClassVar\[str\] = "(\w+)"', source)
