"""What each rule costs, asked for and read in the browser."""

import pytest
from test_web_plans import PEOPLE, make
from web_site import Site, solve, text_of

from events import runs
from events.worker import work
from matcher.settings import Settings

APART = '[[exclusion]]\npeople = ["Ana", "Ben"]\n'
SAYS = "Without the rule exclusion the total rises by"


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr("web.views.plans.launch", lambda path, run: None)
    return Site(tmp_path / "seedbed.db")


def planned(site, rules="", **choice):
    """Make a plan as the form asks for it, and return its address."""
    event = site.event(*PEOPLE, settings=Settings(rounds=3))
    site.write_rules(event, rules)
    at = make(site, event, **choice).location
    work(site.path, int(at.rpartition("/")[2]), solve)
    return at


def test_prices_are_made_where_they_are_asked_for(site):
    said = text_of(site.get(planned(site, rules=APART, priced="y")))
    assert SAYS in said
    assert "Find out" not in said


def test_without_asking_no_time_is_spent_on_prices(site):
    said = text_of(site.get(planned(site, rules=APART)))
    assert "What each rule costs" in said
    assert SAYS not in said


def test_prices_of_a_plan_there_is_come_with_the_same_plan(site):
    at = planned(site, rules=APART)
    again = site.post(f"{at}/price", at).location
    work(site.path, 2, solve)
    assert SAYS in text_of(site.get(again))
    first, second = (site.client.get(f"{each}/files/pairings.csv").data for each in (at, again))
    assert first == second


def test_a_plan_without_rules_says_that_there_is_nothing_to_price(site):
    said = text_of(site.get(planned(site, priced="y")))
    assert "No rule restricts this plan." in said


def test_prices_that_were_stopped_say_so_and_the_plan_stays(site):
    def stopped(*people, **given):
        files = solve(*people, **{**given, "priced": False})
        with site.store() as store:
            runs.cancel(store, runs.list_runs(store, event.id)[0])
        return files

    event = site.event(*PEOPLE, settings=Settings(rounds=3))
    site.write_rules(event, APART)
    at = make(site, event, priced="y").location
    work(site.path, 1, stopped)
    said = text_of(site.get(at))
    assert "You stopped it before all rules had been looked at." in said
    assert "Best possible" in said


def test_a_run_that_is_made_again_is_priced_as_before(site):
    event = site.event(*PEOPLE)
    site.write_rules(event, APART)
    at = make(site, event, priced="y").location
    with site.store() as store:
        runs.RUNS.interrupt(store, 1)
        site.post(f"{at}/again", at)
        assert runs.input_of(store, 2).priced
