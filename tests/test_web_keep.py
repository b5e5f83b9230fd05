"""Some of a plan stays, the rest is planned anew, in the browser."""

import re

import pytest
from test_web_plans import PEOPLE
from web_site import Site, text_of

from events import runs
from events.finished import read_finished
from events.model import Keeping
from events.records import keeping_from_json, keeping_to_json
from matcher.check import check
from matcher.settings import Settings


@pytest.fixture
def site(tmp_path, monkeypatch):
    return Site(tmp_path / "seedbed.db").work_at_once(monkeypatch)


@pytest.fixture
def plan(site):
    event = site.event(*PEOPLE, settings=Settings(rounds=3))
    return f"/events/{event.id}/plans/{site.solved(event).number}"


def files(site, plan, number):
    with site.store() as store:
        return runs.result_files(store, runs.find(store, plan.split("/")[2], number))


def seats(site, plan, number, at):
    found = read_finished(files(site, plan, number))
    return {(t.table, tuple(g.id for g in t.people)) for t in found.in_round(at)}


def keep(site, plan, **chosen):
    return site.post(f"{plan}/keep", f"{plan}/keep", do="plan", seen="0", **chosen)


def test_kept_rounds_and_meetings_stay_and_the_check_accepts_the_plan(site, plan):
    assert keep(site, plan, rounds=["2"], keep=["3-1"]).location.endswith("/plans/2")
    assert seats(site, plan, 2, 2) == seats(site, plan, 1, 2)
    kept = {pair for table, pair in seats(site, plan, 1, 3) if table == 1}
    assert kept <= {pair for _, pair in seats(site, plan, 2, 3)}
    made = files(site, plan, 2)
    assert check({name: data.decode() for name, data in made.items()}) == ()
    assert b"kept by hand for this plan" in made["rules.csv"]
    said = text_of(site.get(f"{plan.rpartition('/')[0]}/2"))
    assert "Made from plan 1: Kept: round 2. Kept: 1 meeting. The rest was planned anew." in said


def test_what_was_kept_once_does_not_bind_what_follows(site, plan):
    keep(site, plan, rounds=["1", "2", "3"])
    second = f"{plan.rpartition('/')[0]}/2"
    page = site.get(f"{second}/people/1/change?do=remove&round=1")
    assert "Make the changed plan" in page
    assert keep(site, second, rounds=["1"]).status_code == 302
    rules = files(site, plan, 3)["rules.csv"]
    assert b'"frozen","",1' in rules and b'"frozen","",2' not in rules


def test_a_change_in_a_frozen_round_of_the_event_is_still_refused(site, plan):
    with site.store() as store:
        run = runs.find(store, plan.split("/")[2], 1)
        store.change(
            "update runs set rules = ?, since = ? where id = ?",
            (
                "[frozen]\nrounds = [1]\n",
                runs.result_file(store, run, "pairings.csv").decode(),
                run.id,
            ),
        )
    assert "which is frozen" in site.get(f"{plan}/people/1/change?do=remove&round=1")
    keep(site, plan, rounds=["2"])
    rules = files(site, plan, 2)["rules.csv"]
    assert b'"frozen","",1' in rules and b'"frozen","",2' in rules
    assert seats(site, plan, 2, 1) == seats(site, plan, 1, 1)


def test_what_is_chosen_in_one_round_stays_chosen_while_another_is_shown(site, plan):
    page = site.post(f"{plan}/keep", f"{plan}/keep", show="2", keep=["1-1", "2-1"], rounds=["3"])
    assert '<input type="hidden" name="keep" value="1-1">' in page.text
    assert re.search(r'id="k2-1" value="2-1" checked', page.text)
    assert re.search(r'id="r3" value="3" checked', page.text)
    assert "2 meetings are chosen in all." in text_of(page.text)


def test_nothing_chosen_is_said_and_nothing_is_made(site, plan):
    page = keep(site, plan, keep=["9-9", "x"], rounds=["77", "x"])
    assert "Choose a round or a meeting that stays." in text_of(page.text)
    with site.store() as store:
        assert len(runs.list_runs(store, plan.split("/")[2])) == 1


def test_a_second_tab_is_told_and_can_go_on(site, plan):
    keep(site, plan, rounds=["1"])
    late = keep(site, plan, rounds=["2"])
    assert late.status_code == 409
    assert "Plan 2 says: “Kept: round 1. The rest was planned anew.”" in text_of(late.text)
    sent = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', late.text)
    data = {name: value for name, value in sent if name != "csrf_token"}
    assert site.post(f"{plan}/keep", plan, **data).location.endswith("/plans/3")


def test_a_table_of_three_stays_only_with_its_round(site):
    event = site.event(*PEOPLE[:5], settings=Settings(rounds=1))
    plan = f"/events/{event.id}/plans/{site.solved(event).number}"
    page = site.get(f"{plan}/keep")
    assert page.count('name="keep"') == 1 and "stays only with its whole round" in page


def test_what_is_kept_is_stored_exactly():
    keeping = Keeping(rounds=frozenset({3, 1}), pairs=frozenset({("ä;", '"', 2)}))
    assert keeping_from_json(keeping_to_json(keeping)) == keeping
    assert keeping_to_json(Keeping()) == "" and keeping_from_json("") == Keeping()
