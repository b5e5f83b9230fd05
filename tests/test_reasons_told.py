"""What connects two people and what would bring them together, told to the organizer."""

import re
from dataclasses import replace

from build_plans import help_, pair, shared
from build_profiles import profile

from matcher.affinity import FULL, AffinityModel, Component, Contribution
from matcher.counterfactual import Exchange, WhyNot
from matcher.fields import Visibility
from matcher.reasons_told import told_chain, told_change, told_reasons
from matcher.relations import Relations

NAMES = {"ana": "Ana", "ben": "Ben", "cyd": "Cyd", "dee": "Dee"}
WEIGHTS = AffinityModel([profile("ana")]).weights
WISHED = Relations(wishes=frozenset({("ana", "ben")}))
BARE = pair("ana", "ben", Contribution(component=Component.BASE, points=20_000))


def asked(cost=None, **more):
    exchange = None
    if cost is not None:
        exchange = Exchange(round=1, instead=(("ana", "cyd"), ("ben", "dee")), change=-cost)
    usual = {"affinity": 20_000, "round": None, "forbidden": (), "lowest": (None, None)}
    return WhyNot(pair=("ana", "ben"), exchange=exchange, **{**usual, **more})


def test_reasons_name_both_peoples_words_and_who_gives():
    found = pair(
        "ana",
        "ben",
        shared("school", "MIT", "M.I.T.", points=90_000),
        help_("ana", "cello lessons", "cellos", points=80_000, visibility=Visibility.MATCH),
        help_("ben", "bees", "a hive", points=70_000),
    )
    assert told_reasons(found, NAMES) == (
        "School: “MIT” and “M.I.T.” (0.090; 2 of 2 who answered).",
        "Ana could help Ben: “cello lessons” for “cellos” (0.080; 90% sure; for matching only).",
        "Ben could help Ana: “a hive” for “bees” (0.070; 90% sure).",
    )


def test_the_figures_sum_to_the_affinity():
    people = [
        profile("ana", school="MIT", need="bees", organization="Acme", hobby="chess"),
        profile("ben", school="MIT", offer="bees", organization="Beta", hobby="chess"),
        profile("cyd", school="EPFL", hobby="go"),
    ]
    found = AffinityModel(people, relations=WISHED).explain([("ana", "ben")])["ana", "ben"]
    lines = told_reasons(found, NAMES)
    figures = [float(figure) for line in lines for figure in re.findall(r"\((0\.\d+)", line)]
    assert len(lines) == len(found.contributions)
    assert abs(sum(figures) - found.affinity / FULL) < 0.0005 * len(figures)


def test_a_gate_is_told_too():
    people = [profile(who, organization="Acme", school="ETH") for who in ("ana", "ben")]
    found = AffinityModel(people).explain([("ana", "ben")])["ana", "ben"]
    assert told_reasons(found, NAMES)[-1].startswith("All but the base counts at 15%")


def test_what_would_be_enough_is_named_with_what_it_brings():
    assert told_change(asked(cost=105_000), BARE, WEIGHTS) == (
        "For that exchange to pay, the two would have to be worth 0.105 more.",
        "Enough would be an offer of one that meets a need of the other (0.110).",
        "Enough would be help in both directions (0.441).",
    )
    assert "a wish of one of them (0.098)" in told_change(asked(cost=90_000), BARE, WEIGHTS)[1]
    assert told_change(asked(cost=500_000), BARE, WEIGHTS)[-1].endswith("adds as much.")


def test_a_welcome_is_told_as_one():
    people = [replace(profile("ana"), newcomer=True), replace(profile("ben"), host=True)]
    found = AffinityModel(people).explain([("ana", "ben")])["ana", "ben"]
    assert "One is new here, the other a host (0.059)." in told_reasons(found, NAMES)


def test_the_named_gains_are_true():
    one = [profile("ana", hobby="chess"), profile("ben", hobby="go")]
    wished = AffinityModel(one, relations=WISHED)
    helped = AffinityModel([profile("ana", need="bees"), profile("ben", offer="bees")])
    both = AffinityModel(
        [profile("ana", need="bees", offer="tea"), profile("ben", offer="bees", need="tea")]
    )
    gains = [
        model.explain([("ana", "ben")])["ana", "ben"].affinity - 20_000
        for model in (wished, helped, both)
    ]
    assert gains == [98_000, 110_250, 441_000]


def test_there_is_nothing_to_change_where_they_meet_or_may_not():
    assert (
        told_change(asked(round=2), BARE, WEIGHTS)
        == told_change(asked(forbidden=("x",)), BARE, WEIGHTS)
        == ()
    )
    assert told_change(asked(), BARE, WEIGHTS) == ()
    assert told_change(asked(cost=0), BARE, WEIGHTS)[0].startswith(
        "That exchange would cost nothing"
    )


def test_who_could_introduce_them():
    assert told_chain(None, NAMES) == ()
    assert told_chain(("ana", "ben"), NAMES) == ("Ana and Ben know each other.",)
    assert told_chain(("ana", "cyd", "ben"), NAMES) == ("Cyd knows them both.",)
    assert told_chain(("ana", "cyd", "dee", "ben"), NAMES) == (
        "Nobody knows both; the shortest chain is Ana, Cyd, Dee, Ben.",
    )
