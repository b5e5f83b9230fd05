"""The price of a rule is what the event is worth without it, no more and no less."""

import json

import pytest
from click.testing import CliRunner
from planning import crowd, partners, planned, table

from events.exporter import export
from matcher.affinity import Affinities
from matcher.introduce import introduce_scored
from matcher.prices import rule_prices
from matcher.profile import Profile
from matcher.rules import Availability, Exclusions, Quota, Tables
from matcher.settings import Settings
from web.cli import seedbed

FOUR = table({"ana ben": 900_000, "ana cy": 10_000, "ben dee": 10_000, "cy dee": 100_000})
APART = Exclusions(frozenset({("ana", "ben")}))


def prices(affinities: Affinities, *rules, on_progress=None, **choice):
    plan = planned(affinities, rules, **choice)
    return rule_prices(plan, affinities, Settings(**choice), rules, on_progress)


def test_a_rule_that_parts_the_best_pair_has_its_price():
    (price,) = prices(FOUR, APART, rounds=1)
    assert (price.kind, price.total, price.certain) == ("exclusion", 2 * 980_000, True)
    assert (price.gain, price.lose, price.sit_outs) == (4, 0, 0)
    assert price.text == (
        "Without the rule exclusion the total rises by 4900.0%, 4 people gain and 0 lose."
    )


def test_a_rule_that_changes_nothing_costs_nothing():
    (price,) = prices(FOUR, Exclusions(frozenset({("ana", "dee")})), rounds=1)
    assert price.text == "The rule exclusion costs nothing."


def test_sit_outs_are_part_of_the_price():
    (price,) = prices(crowd(8, 1), Tables((3,)), rounds=2)
    assert price.sit_outs == -4
    assert "there are 4 breaks fewer" in price.text


def test_rules_that_say_nothing_are_not_priced():
    found = prices(crowd(8, 1), APART, Exclusions(frozenset()), Quota({"p0001": 1}), rounds=2)
    assert [price.kind for price in found] == ["exclusion", "quota"]
    assert prices(crowd(6), Availability({}), rounds=1) == ()


def test_stopping_keeps_the_prices_there_are():
    rules = (APART, Quota({"ana": 1}))
    assert prices(FOUR, *rules, rounds=1, on_progress=lambda _: False) == ()
    first = prices(FOUR, *rules, rounds=1, on_progress=lambda at: at.done < 0.5)
    assert [price.kind for price in first] == ["exclusion"]


def test_a_price_within_the_gap_is_said_to_be_unsure(monkeypatch):
    plan = planned(crowd(8, 1), [Quota({"p0001": 1})], rounds=2)
    object.__setattr__(plan, "bound", 10 * plan.bound)
    (price,) = rule_prices(plan, crowd(8, 1), Settings(rounds=2), [Quota({"p0001": 1})])
    assert not price.certain
    assert "no more than the plans may be short of the best." in price.text


@pytest.mark.parametrize("priced", [False, True])
def test_prices_are_made_on_request_and_leave_the_plan_alone(priced):
    people = [Profile(id=person, name=person) for person in FOUR.ids]
    outcome = introduce_scored(people, FOUR, Settings(rounds=1), rules=(APART,), priced=priced)
    data = json.loads(export(outcome)["plan.json"])["rule_prices"]
    assert [(each["kind"], each["total"]) for each in data] == ([("exclusion", 0.98)] * priced)
    assert partners(outcome.plan) == {("ana", "cy"), ("ben", "dee")}


def test_the_command_line_says_prices(tmp_path):
    (tmp_path / "in.csv").write_text(
        "a,b,affinity\nana,ben,.9\nana,cy,.01\nben,dee,.01\ncy,dee,.1\n"
    )
    (tmp_path / "rules.toml").write_text('[[exclusion]]\npeople = ["ana", "ben"]\n')
    words = ["plan", "in.csv", "--rounds", "1", "--rules", "rules.toml", "--rule-prices"]
    words = [str(tmp_path / word) if "." in word else word for word in words]
    said = CliRunner().invoke(seedbed, [*words, "--out", str(tmp_path / "out")])
    assert said.exit_code == 0, said.output
    assert "Without the rule exclusion the total rises" in said.stdout
