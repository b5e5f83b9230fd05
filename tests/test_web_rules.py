"""Rules in the browser: typed as a file and in the form of a person, and kept by plans."""

import tomllib
from dataclasses import replace

import pytest
from web_site import Site, solve, text_of

from events import runs
from events.model import RULE_COLUMNS, Attendee
from events.rules import Sentence, unusable
from events.rules.toml import KEYS
from events.sentences import say, take_out
from events.worker import work
from web.words import RULES_EXAMPLE

PEOPLE = tuple(Attendee(id=name.lower(), name=name) for name in ("Ana", "Ben", "Cleo", "Dan"))
SETTINGS = {"rounds": "3", "minutes": "10", "gap": "2", "odd": "trio", "start": ""}
PIN = '[[pin]]\npeople = ["Ana", "Dan"]\nround = 3\n'
FROZEN = "[frozen]\nrounds = [1, 2]\n"


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr("web.views.plans.launch", lambda path, run: None)
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def event(site):
    return site.event(*PEOPLE)


def planned(site, event, number, rules):
    """Make a plan with rules and return its rows: round, table, a, b."""
    at = f"/events/{event.id}/plans/"
    site.write_rules(event, rules)
    answer = site.post(at, at, **SETTINGS)
    assert answer.status_code == 302, text_of(answer.text)
    with site.store() as store:
        run = runs.find(store, event.id, number)
        work(site.path, run.id, solve)
        rows = runs.result_file(store, run, "pairings.csv").decode().splitlines()[1:]
    return [tuple(row.replace('"', "").split(",")[:4]) for row in rows]


def test_a_plan_keeps_the_rules_typed_as_a_file(site, event):
    rows = planned(site, event, 1, PIN)
    assert any(row[0] == "3" and row[2:] == ("ana", "dan") for row in rows)
    assert "[[pin]]" in site.get(f"/events/{event.id}/rules/")


def test_mistakes_stand_beside_the_file_and_nothing_is_saved(site, event):
    refused = site.write_rules(event, 'colour = 1\n[[pin]]\npeople = ["Ana", "Zoe"]')
    said = text_of(refused.text)
    assert "Line 1: there is no rule 'colour'." in said
    assert "Line 3: 'Zoe' is nobody at this event." in said
    assert "Zoe" in refused.text.partition("<textarea")[2]
    with site.store() as store:
        assert store.event(event.id).rules == ""


def test_a_file_changed_in_two_tabs_is_not_overwritten(site, event):
    site.write_rules(event, PIN)
    at = f"/events/{event.id}/rules/"
    refused = site.post(f"{at}file", at, rules="tables = 2", version="1")
    assert "Somebody else changed this" in text_of(refused.text)
    with site.store() as store:
        assert store.event(event.id).rules == PIN


def test_the_forecast_counts_rules_and_settings_that_nobody_saved_yet(site, event):
    at = f"/events/{event.id}/plans/"
    alone = '[[exclusion]]\npeople = ["Ana", "Ben"]\n[[exclusion]]\npeople = ["Ana", "Cleo"]\n'
    assert "1 permitted partner" not in text_of(site.post(f"{at}forecast", at, **SETTINGS).text)
    site.write_rules(event, alone)
    assert "1 permitted partner" in text_of(site.post(f"{at}forecast", at, **SETTINGS).text)
    with site.store() as store:
        assert store.event(event.id).settings == event.settings


def test_rules_that_no_longer_fit_the_people_are_said_and_no_plan_is_made(site, event):
    site.write_rules(event, PIN)
    with site.store() as store:
        ana = store.attendees(event.id)[0]
        store.save_attendee(event.id, replace(ana, archived=True))
    at = f"/events/{event.id}/plans/"
    said = text_of(site.post(at, at, **SETTINGS).text)
    assert "Line 2: 'Ana' is nobody at this event." in said
    with site.store() as store:
        assert runs.list_runs(store, event.id) == ()


def test_a_plan_keeps_rules_in_sentences_also_when_run_again(site, event):
    with site.store() as store:
        pin = Sentence(kind="round", blanks={"one": "ana", "other": "dan", "round": "3"})
        say(store, event.id, pin)
    rows = planned(site, event, 1, "")
    assert any(row[0] == "3" and row[2:] == ("ana", "dan") for row in rows)
    with site.store() as store:
        take_out(store, event.id, 1)
        again = runs.start_again(store, runs.find(store, event.id, 1))
        work(site.path, again.id, solve)
        assert runs.result_file(store, again, "rules.csv").decode().splitlines()[1:] == [
            '"pin","ana; dan",3,"","yes","app, rule 1"'
        ]


def test_a_plan_keeps_nothing_of_a_rule_about_somebody_who_is_not_coming(site, event):
    with site.store() as store:
        say(store, event.id, Sentence(kind="apart", blanks={"one": "ana", "other": "dan"}))
        ana = store.attendees(event.id)[0]
        store.save_attendee(event.id, replace(ana, archived=True))
        runs.start(store, event.id)
        (kept,) = store.rows("select sentences from runs")
    assert kept["sentences"] == "[]"


def test_what_cannot_hold_together_is_told_before_planning(site, event):
    at = f"/events/{event.id}/plans/"
    site.write_rules(event, PIN + '[[exclusion]]\npeople = ["Ana", "Dan"]')
    said = text_of(site.post(f"{at}forecast", at, **SETTINGS).text)
    assert "No plan of 3 rounds keeps all of these:" in said
    assert "Ana and Dan must meet in round 3 (pin)." in said
    site.write_rules(event, PIN)
    late = text_of(site.post(f"{at}forecast", at, **SETTINGS | {"rounds": "2"}).text)
    assert "is in round 3, and the last round is 2." in late


def test_frozen_rounds_stay_as_in_the_plan_in_use(site, event):
    before = planned(site, event, 1, "")
    site.post(f"/events/{event.id}/plans/1/use", f"/events/{event.id}/plans/1")
    last = next(row for row in before if row[0] == "3")
    apart = f'[[exclusion]]\npeople = ["{last[2]}", "{last[3]}"]\n'
    after = planned(site, event, 2, FROZEN + apart)
    assert [row for row in after if row[0] in "12"] == [row for row in before if row[0] in "12"]
    assert last[2:] not in {row[2:] for row in after}


def test_frozen_rounds_without_a_plan_in_use_say_what_is_missing(site, event):
    assert "put a plan to use" in text_of(site.write_rules(event, FROZEN).text)


def test_a_run_again_keeps_its_rules_and_frozen_rounds(site, event):
    planned(site, event, 1, "")
    site.post(f"/events/{event.id}/plans/1/use", f"/events/{event.id}/plans/1")
    second = planned(site, event, 2, FROZEN + '[[quota]]\nperson = "Ana"\nmost = 2\n')
    assert sum("ana" in row for row in second) == 2
    with site.store() as store:
        again = runs.start_again(store, runs.find(store, event.id, 2))
        work(site.path, again.id, solve)
        rows = runs.result_file(store, again, "pairings.csv").decode().splitlines()[1:]
    assert [tuple(row.replace('"', "").split(",")[:4]) for row in rows] == second


def test_rules_of_a_person_are_kept_as_typed(site, event):
    at = f"/events/{event.id}/people/new"
    typed = {"pin": "Ana@2\r\nBen", "wish": "Cleo", "available": "1-3;5", "quota": "3",
             "min_meetings": "1", "table": "3;4", "cohort": "mentor",
             "rivals": "yes", "urgency": "a first pilot: 0.5\r\nlow"}  # fmt: skip
    site.post(at, at, name="Eve", **typed)
    with site.store() as store:
        kept = next(e.attendee for e in store.attendees(event.id) if e.attendee.name == "Eve")
    assert {name: "\r\n".join(getattr(kept, name)) for name in typed} == typed


def test_a_rule_of_a_person_that_cannot_be_read_is_refused_in_words(site, event):
    at = f"/events/{event.id}/people/new"
    said = text_of(site.post(at, at, name="Eve", quota="lots", available="evening").text)
    assert f"'lots' {unusable('quota', 'lots')}" in said
    assert f"'evening' {unusable('available', 'evening')}" in said


def test_every_rule_column_stands_in_the_form(site, event):
    page = site.get(f"/events/{event.id}/people/new")
    assert [name for name in RULE_COLUMNS if f'name="{name}"' not in page] == []


def test_the_example_on_the_page_is_readable():
    assert set(tomllib.loads(RULES_EXAMPLE)) <= set(KEYS)
