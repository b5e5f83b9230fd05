"""Why these, why not those: answers about a finished plan."""

import pytest
from planning import crowd, planned, table

from matcher.counterfactual import Counterfactual
from matcher.counterfactual_told import told_why_not
from matcher.errors import ProfileError
from matcher.rules import Availability, Exclusions, violations

NAMES = {"ana": "Ana", "ben": "Ben", "cy": "Cy", "dee": "Dee"}
FOUR = table(
    {
        "ana ben": 100_000,
        "ana cy": 900_000,
        "ana dee": 300_000,
        "ben cy": 200_000,
        "ben dee": 800_000,
        "cy dee": 50_000,
    }
)


def asked(affinities=FOUR, rules=(), rounds=1, **settings):
    plan = planned(affinities, rules, rounds=rounds, fairness=0, **settings)
    return Counterfactual(plan.meetings, rounds, affinities, rules, NAMES)


def test_two_who_meet_are_told_when():
    answer = asked().why_not("cy", "ana")
    assert told_why_not(answer, NAMES) == ("Ana and Cy do meet, in round 1.",)


def test_others_are_worth_more_and_the_exchange_has_its_price():
    answer = asked().why_not("ana", "ben")
    assert (answer.affinity, answer.lowest) == (100_000, (900_000, 800_000))
    assert answer.exchange.instead == (("ana", "cy"), ("ben", "dee"))
    assert answer.exchange.change == 100_000 + 50_000 - 900_000 - 800_000
    assert "in total that is 1.550 less" in " ".join(told_why_not(answer, NAMES))


def test_a_rule_that_forbids_it_is_named():
    rules = [Exclusions(frozenset({("ana", "ben")}))]
    assert told_why_not(asked(rules=rules).why_not("ben", "ana"), NAMES)[0] == (
        "Ana and Ben are never to be paired (exclusion)."
    )


def test_two_who_are_never_there_together_are_kept_apart_by_that():
    rules = [Availability({"ana": frozenset({1}), "ben": frozenset({2})})]
    answer = asked(rules=rules, rounds=2).why_not("ana", "ben")
    assert answer.forbidden == ("Ana and Ben are not there at the same time.",)


def test_one_common_round_is_enough_to_be_permitted():
    rules = [Availability({"ana": frozenset({1})})]
    assert asked(rules=rules, rounds=2).why_not("ana", "ben").forbidden == ()


def test_a_pair_that_is_not_listed_is_not_permitted():
    affinities = table({"ana ben": 500_000, "cy dee": 500_000})
    answer = asked(affinities).why_not("ana", "cy")
    assert answer.affinity is None
    assert "not among the permitted pairs" in answer.forbidden[0]


def test_exchanges_break_no_rule():
    rules = [Exclusions(frozenset({("cy", "dee")}))]
    assert asked(rules=rules).why_not("ana", "ben").exchange is None


def test_partners_have_their_place_among_all_possible():
    these = asked(rounds=2).why_these("ana")
    assert [(each.id, each.round is not None, each.rank) for each in these.partners] == [
        (each.id, True, {"cy": 1, "dee": 2, "ben": 3}[each.id]) for each in these.partners
    ]
    assert these.possible == 3


def test_better_partners_are_better_than_the_least_and_not_met():
    affinities = crowd(20, 5)
    question = asked(affinities, rounds=4)
    for person in affinities.ids:
        these = question.why_these(person, most=99)
        least = min(each.affinity for each in these.partners)
        assert all(each.affinity > least and each.round is None for each in these.better)
        ranks = [each.rank for each in these.better]
        assert ranks == sorted(ranks)


def test_an_exchange_of_a_proved_plan_never_gains_and_keeps_every_promise():
    affinities = crowd(12, 7)
    plan = planned(affinities, rounds=3, fairness=0)
    assert plan.status == "optimal"
    question = Counterfactual(plan.meetings, 3, affinities, (), {})
    answers = [question.why_not(a, b) for a in affinities.ids for b in affinities.ids if a < b]
    changes = [each.exchange.change for each in answers if each.exchange]
    assert changes and max(changes) <= 0
    assert violations(plan.meetings, ()) == []


@pytest.mark.parametrize("pair", [("ana", "zoe"), ("ana", "ana")])
def test_questions_about_nobody_or_one_are_refused(pair):
    with pytest.raises(ProfileError, match=r"nobody|Ask about two"):
        asked().why_not(*pair)
